/* SPDX-License-Identifier: MIT */
/* test_modbus.c - Modbus/TCP, with the examples of its application protocol, section 6; tshark 4.0.17 reads the
 * same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "read", V4, TCP4("c000", "01f6") "1501" "0000" "0006" "ff" "03" "006b" "0003" },
	  "IP / TCP / ModbusADURequest",
	  TCP4_LINE("49152", "502", "Modbus Read Holding Registers at 107 quantity 3, unit 255, Len: 12"), true },
	{ { "registers", V4, TCP4("01f6", "c000") "1501" "0000" "0009" "ff" "03" "06" "022b00000064" },
	  "IP / TCP / ModbusADUResponse / Raw",
	  TCP4_LINE("502", "49152", "Modbus Read Holding Registers response, unit 255, Len: 15"), true },
	{ { "write", V4, TCP4("c000", "01f6") "0001" "0000" "0006" "01" "05" "00ac" "ff00" },
	  "IP / TCP / ModbusADURequest",
	  TCP4_LINE("49152", "502", "Modbus Write Single Coil at 172 = 65280, unit 1, Len: 12"), true },
	{ { "error", V4, TCP4("01f6", "c000") "0001" "0000" "0003" "01" "81" "02" }, "IP / TCP / ModbusADUError",
	  TCP4_LINE("502", "49152", "Modbus Read Coils: Illegal Data Address, unit 1, Len: 9"), true },
};

static const struct dissected_field fields[] = {
	{ "5377", "read", "ModbusADURequest", "transId" },
	{ "06022b00000064", "registers", "Raw", "load" },
	{ "", "write", "ModbusADURequest", "quantity" },
	{ "1", "error", "ModbusADUError", "error" },
};

DISSECTED_MAIN("modbus", packets, fields)
