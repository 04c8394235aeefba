/* SPDX-License-Identifier: MIT */
/* test_modbus.c - Modbus/TCP, with the examples of its application protocol, section 6; tshark 4.0.17 reads the
 * same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "read", V4, TCP4("c000", "01f6") "1501" "0000" "0006" "ff" "03" "006b" "0003" },
	  "IP / TCP / ModbusADURequest / ModbusPDU03ReadHoldingRegistersRequest",
	  TCP4_LINE("49152", "502", "Modbus Read Holding Registers at 107 quantity 3, unit 255, Len: 12"), true },
	{ { "registers", V4, TCP4("01f6", "c000") "1501" "0000" "0009" "ff" "03" "06" "022b00000064" },
	  "IP / TCP / ModbusADUResponse / ModbusPDU03ReadHoldingRegistersResponse",
	  TCP4_LINE("502", "49152", "Modbus Read Holding Registers response, unit 255, Len: 15"), true },
	{ { "write", V4, TCP4("c000", "01f6") "0001" "0000" "0006" "01" "05" "00ac" "ff00" },
	  "IP / TCP / ModbusADURequest / ModbusPDU05WriteSingleCoilRequest",
	  TCP4_LINE("49152", "502", "Modbus Write Single Coil at 172 = 65280, unit 1, Len: 12"), true },
	{ { "write registers", V4, TCP4("c000", "01f6") "0001" "0000" "000b" "01" "10" "0001" "0002" "04" "000a0102" },
	  "IP / TCP / ModbusADURequest / ModbusPDU10WriteMultipleRegistersRequest",
	  TCP4_LINE("49152", "502", "Modbus Write Multiple Registers at 1 quantity 2, unit 1, Len: 17"), true },
	{ { "mask", V4, TCP4("c000", "01f6") "0001" "0000" "0008" "01" "16" "0004" "00f2" "0025" },
	  "IP / TCP / ModbusADURequest / ModbusPDU16MaskWriteRegisterRequest",
	  TCP4_LINE("49152", "502", "Modbus Mask Write Register at 4, unit 1, Len: 14"), true },
	{ { "queue", V4, TCP4("01f6", "c000") "0001" "0000" "000a" "01" "18" "0006" "0002" "01b8" "1284" },
	  "IP / TCP / ModbusADUResponse / ModbusPDU18ReadFIFOQueueResponse",
	  TCP4_LINE("502", "49152", "Modbus Read FIFO Queue response, unit 1, Len: 16"), true },
	{ { "of another bus", V4, TCP4("c000", "01f6") "0001" "0000" "0005" "01" "2b" "0d" "0001" },
	  "IP / TCP / ModbusADURequest / Raw", TCP4_LINE("49152", "502", "Modbus, unit 1, Len: 11"), true },
	{ { "error", V4, TCP4("01f6", "c000") "0001" "0000" "0003" "01" "81" "02" },
	  "IP / TCP / ModbusADUResponse / ModbusPDU01ReadCoilsError",
	  TCP4_LINE("502", "49152", "Modbus Read Coils: Illegal Data Address, unit 1, Len: 9"), true },
};

static const struct dissected_field fields[] = {
	{ "5377", "read", "ModbusADURequest", "transId" },
	{ "3", "read", "ModbusPDU03ReadHoldingRegistersRequest", "quantity" },
	{ "[555,0,100]", "registers", "ModbusPDU03ReadHoldingRegistersResponse", "registerVal" },
	{ "65280", "write", "ModbusPDU05WriteSingleCoilRequest", "outputValue" },
	{ "2", "error", "ModbusPDU01ReadCoilsError", "exceptCode" },
	{ "[10,258]", "write registers", "ModbusPDU10WriteMultipleRegistersRequest", "outputsValue" },
	{ "[440,4740]", "queue", "ModbusPDU18ReadFIFOQueueResponse", "FIFOVal" },
	{ "37", "mask", "ModbusPDU16MaskWriteRegisterRequest", "orMask" },
};

DISSECTED_MAIN("modbus", packets, fields)
