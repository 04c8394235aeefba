/* SPDX-License-Identifier: MIT */
/* modbus.c - Modbus/TCP (Modbus Messaging on TCP/IP V1.0b section 3.1.3, Application Protocol V1.1b3 section 6): a
 * header, and behind it a request, an answer or an exception, a layer for each function. Records of files and what is
 * carried for other buses stay Raw. */
#include "list.h"

static const struct rt_word exceptions[] = {
	{ 1, "Illegal Function Code" }, { 2, "Illegal Data Address" }, { 3, "Illegal Data Value" },
	{ 4, "Server Device Failure" }, { 5, "Acknowledge" }, { 6, "Server Device Busy" }, { 8, "Memory Parity Error" },
	{ 10, "Gateway Path Unavailable" }, { 11, "Gateway Target Device Failed to Respond" },
};
static const struct rt_word diagnostics[] = {
	{ 0, "Return Query Data" }, { 1, "Restart Communications Option" }, { 2, "Return Diagnostic Register" },
	{ 3, "Change ASCII Input Delimiter" }, { 4, "Force Listen Only Mode" },
	{ 10, "Clear Counters and Diagnostic Register" }, { 11, "Return Bus Message Count" },
	{ 12, "Return Bus Communication Error Count" }, { 13, "Return Bus Exception Error Count" },
	{ 14, "Return Slave Message Count" }, { 15, "Return Slave No Response Count" },
	{ 16, "Return Slave NAK Count" }, { 17, "Return Slave Busy Count" },
	{ 18, "Return Bus Character Overrun Count" },
	{ 20, "Clear Overrun Counter and Flag" },
};

/* ---- the header -------------------------------------------------------------------------------------------------- */

static const struct rt_row rows[] = {
	{ "transId", 0, 16, RT_HEX }, { "protoId", 16, 16, RT_HEX }, { "len", 32, 16, RT_NUM, RT_FILL_EXTENT },
	{ "unitId", 48, 8, RT_HEX, .init = 255 },
};

#define HEADER(class, port) { \
	.name = class, .title = "ModbusADU", .spec = "Modbus/TCP section 3.1.3", RT_ROWS(rows), .header = 7, \
	RT_MORE(.extent = { "len", 1, 6 }), .lines = RT_LINES({ .text = "?Modbus, unit {unitId}" }), \
	RT_LINKS({ "TCP", port, 502, "protoId", 0 }) }

const struct rt_proto proto_modbus_request = HEADER("ModbusADURequest", "dport");
const struct rt_proto proto_modbus_response = HEADER("ModbusADUResponse", "sport");

/* ---- lists of values --------------------------------------------------------------------------------------------- */

#define VALUES(c_name, bytes, kind) \
	static const struct rt_row c_name##_rows[] = { { "value", 0, (bytes) * 8, kind } }; \
	static const struct rt_proto c_name = { .name = "value", .spec = "Modbus section 6", RT_ROWS(c_name##_rows), \
	                                        .header = bytes }; \
	static const struct rt_list c_name##_list = { .other = &(c_name), .item_bytes = bytes, .is_values = true, \
	                                              .last_code = -1 }
VALUES(octets, 1, RT_NUM);
VALUES(hex_octets, 1, RT_HEX);
VALUES(words, 2, RT_NUM);
VALUES(hex_words, 2, RT_HEX);

/* ---- rows of functions ------------------------------------------------------------------------------------------- */

#define CODE { "funcCode", 0, 8, RT_HEX }
#define HEX(name, bit) { name, bit, 16, RT_HEX }
#define COUNT(bit) { "byteCount", bit, 8, RT_NUM }
#define COUNTED(name, bit, values) { name, bit, 0, RT_LIST, .list = &values##_list, RT_COUNTED(1, 1, 0) }

static const struct rt_row bare_rows[] = { CODE };
static const struct rt_row read_rows[] = { CODE, HEX("startAddr", 8), HEX("quantity", 24) };
static const struct rt_row coils_rows[] = { CODE, COUNT(8), COUNTED("coilStatus", 16, octets) };
static const struct rt_row inputs_rows[] = { CODE, COUNT(8), COUNTED("inputStatus", 16, octets) };
static const struct rt_row registers_rows[] = { CODE, COUNT(8), COUNTED("registerVal", 16, words) };
static const struct rt_row coil_rows[] = { CODE, HEX("outputAddr", 8), HEX("outputValue", 24) };
static const struct rt_row register_rows[] = { CODE, HEX("registerAddr", 8), HEX("registerValue", 24) };
static const struct rt_row status_rows[] = { CODE, { "startAddr", 8, 8, RT_HEX } };
static const struct rt_row diagnostic_rows[] = {
	CODE, { "subFunc", 8, 16, RT_XENUM, .names = RT_NAMES(RT_WORDS(diagnostics)) },
	{ "data", 24, 0, RT_LIST, .list = &hex_words_list },
};
static const struct rt_row counter_rows[] = { CODE, HEX("status", 8), HEX("eventCount", 24) };
static const struct rt_row log_rows[] = {
	CODE, COUNT(8), HEX("status", 16), HEX("eventCount", 32), HEX("messageCount", 48),
	{ "event", 64, 0, RT_LIST, .list = &hex_octets_list },
};
static const struct rt_row write_coils_rows[] = {
	CODE, HEX("startAddr", 8), HEX("quantityOutput", 24), COUNT(40), COUNTED("outputsValue", 48, hex_octets),
};
static const struct rt_row coils_written_rows[] = { CODE, HEX("startAddr", 8), HEX("quantityOutput", 24) };
static const struct rt_row write_registers_rows[] = {
	CODE, HEX("startAddr", 8), { "quantityRegisters", 24, 16, RT_NUM }, COUNT(40),
	COUNTED("outputsValue", 48, hex_words),
};
static const struct rt_row registers_written_rows[] = { CODE, HEX("startAddr", 8), HEX("quantityRegisters", 24) };
static const struct rt_row server_rows[] = { CODE, COUNT(8), { "slaveId", 16, 0, RT_BYTES, RT_COUNTED(1, 1, 0) } };
static const struct rt_row mask_rows[] = { CODE, HEX("refAddr", 8), HEX("andMask", 24), HEX("orMask", 40) };
static const struct rt_row read_write_rows[] = {
	CODE, HEX("readStartingAddr", 8), HEX("readQuantityRegisters", 24), HEX("writeStartingAddr", 40),
	{ "writeQuantityRegisters", 56, 16, RT_NUM }, COUNT(72), COUNTED("writeRegistersValue", 80, hex_words),
};
static const struct rt_row queue_rows[] = { CODE, HEX("FIFOPointerAddr", 8) };
static const struct rt_row queued_rows[] = {
	CODE, { "byteCount", 8, 16, RT_NUM }, { "FIFOCount", 24, 16, RT_NUM },
	{ "FIFOVal", 40, 0, RT_LIST, .list = &words_list, RT_COUNTED(1, 2, 0) },
};
static const struct rt_row error_rows[] = {
	CODE, { "exceptCode", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(exceptions)) },
};
static const struct rt_row exception_rows[] = {
	CODE, { "exceptionCode", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(exceptions)) },
};

/* ---- functions --------------------------------------------------------------------------------------------------- */

#define PDU(c_name, class, words, table, bytes, header_, code, sentence) \
	const struct rt_proto proto_modbus_##c_name = { \
		.name = "ModbusPDU" class, .title = words, .spec = "Modbus section 6", RT_ROWS(table), \
		.header = bytes, .is_flow = true, \
		.lines = RT_LINES({ .text = "Modbus " sentence ", unit {" header_ ".unitId:d}" }), \
		RT_LINKS({ header_, NULL, 0, "funcCode", code }) }
#define ASKED(c_name, class, words, table, bytes, code, sentence) \
	PDU(ask_##c_name, class "Request", words, table, bytes, "ModbusADURequest", code, sentence)
#define ANSWERED(c_name, class, words, table, bytes, code, sentence) \
	PDU(answer_##c_name, class "Response", words, table, bytes, "ModbusADUResponse", code, sentence " response")
#define FAILED(c_name, class, words, table, code, sentence, field) \
	PDU(fail_##c_name, class "Error", words, table, 2, "ModbusADUResponse", 0x80 | (code), sentence ": {" field "}")

ASKED(coils, "01ReadCoils", "Read Coils Request", read_rows, 5, 1, "Read Coils at {startAddr} quantity {quantity}");
ANSWERED(coils, "01ReadCoils", "Read Coils Response", coils_rows, 2, 1, "Read Coils");
FAILED(coils, "01ReadCoils", "Read Coils Exception", error_rows, 1, "Read Coils", "exceptCode");
ASKED(inputs, "02ReadDiscreteInputs", "Read Discrete Inputs", read_rows, 5, 2,
      "Read Discrete Inputs at {startAddr} quantity {quantity}");
ANSWERED(inputs, "02ReadDiscreteInputs", "Read Discrete Inputs Response", inputs_rows, 2, 2, "Read Discrete Inputs");
FAILED(inputs, "02ReadDiscreteInputs", "Read Discrete Inputs Exception", error_rows, 2, "Read Discrete Inputs",
       "exceptCode");
ASKED(registers, "03ReadHoldingRegisters", "Read Holding Registers", read_rows, 5, 3,
      "Read Holding Registers at {startAddr} quantity {quantity}");
ANSWERED(registers, "03ReadHoldingRegisters", "Read Holding Registers Response", registers_rows, 2, 3,
         "Read Holding Registers");
FAILED(registers, "03ReadHoldingRegisters", "Read Holding Registers Exception", error_rows, 3,
       "Read Holding Registers", "exceptCode");
ASKED(input, "04ReadInputRegisters", "Read Input Registers", read_rows, 5, 4,
      "Read Input Registers at {startAddr} quantity {quantity}");
ANSWERED(input, "04ReadInputRegisters", "Read Input Registers Response", registers_rows, 2, 4,
         "Read Input Registers");
FAILED(input, "04ReadInputRegisters", "Read Input Registers Exception", error_rows, 4, "Read Input Registers",
       "exceptCode");
ASKED(coil, "05WriteSingleCoil", "Write Single Coil", coil_rows, 5, 5,
      "Write Single Coil at {outputAddr} = {outputValue}");
ANSWERED(coil, "05WriteSingleCoil", "Write Single Coil", coil_rows, 5, 5, "Write Single Coil");
FAILED(coil, "05WriteSingleCoil", "Write Single Coil Exception", error_rows, 5, "Write Single Coil", "exceptCode");
ASKED(register, "06WriteSingleRegister", "Write Single Register", register_rows, 5, 6,
      "Write Single Register at {registerAddr} = {registerValue}");
ANSWERED(register, "06WriteSingleRegister", "Write Single Register Response", register_rows, 5, 6,
         "Write Single Register");
FAILED(register, "06WriteSingleRegister", "Write Single Register Exception", error_rows, 6, "Write Single Register",
       "exceptCode");
ASKED(status, "07ReadExceptionStatus", "Read Exception Status", bare_rows, 1, 7, "Read Exception Status");
ANSWERED(status, "07ReadExceptionStatus", "Read Exception Status Response", status_rows, 2, 7,
         "Read Exception Status");
FAILED(status, "07ReadExceptionStatus", "Read Exception Status Exception", error_rows, 7, "Read Exception Status",
       "exceptCode");
ASKED(diagnostics, "08Diagnostics", "Diagnostics", diagnostic_rows, 3, 8, "Diagnostics {subFunc}");
ANSWERED(diagnostics, "08Diagnostics", "Diagnostics Response", diagnostic_rows, 3, 8, "Diagnostics");
FAILED(diagnostics, "08Diagnostics", "Diagnostics Exception", exception_rows, 8, "Diagnostics", "exceptionCode");
ASKED(counter, "0BGetCommEventCounter", "Get Comm Event Counter", bare_rows, 1, 11, "Get Comm Event Counter");
ANSWERED(counter, "0BGetCommEventCounter", "Get Comm Event Counter Response", counter_rows, 5, 11,
         "Get Comm Event Counter");
FAILED(counter, "0BGetCommEventCounter", "Get Comm Event Counter Exception", exception_rows, 11,
       "Get Comm Event Counter", "exceptionCode");
ASKED(log, "0CGetCommEventLog", "Get Comm Event Log", bare_rows, 1, 12, "Get Comm Event Log");
ANSWERED(log, "0CGetCommEventLog", "Get Comm Event Log Response", log_rows, 8, 12, "Get Comm Event Log");
FAILED(log, "0CGetCommEventLog", "Get Comm Event Log Exception", exception_rows, 12, "Get Comm Event Log",
       "exceptionCode");
ASKED(write_coils, "0FWriteMultipleCoils", "Write Multiple Coils", write_coils_rows, 6, 15,
      "Write Multiple Coils at {startAddr} quantity {quantityOutput}");
ANSWERED(write_coils, "0FWriteMultipleCoils", "Write Multiple Coils Response", coils_written_rows, 5, 15,
         "Write Multiple Coils");
FAILED(write_coils, "0FWriteMultipleCoils", "Write Multiple Coils Exception", error_rows, 15, "Write Multiple Coils",
       "exceptCode");
ASKED(write_registers, "10WriteMultipleRegisters", "Write Multiple Registers", write_registers_rows, 6, 16,
      "Write Multiple Registers at {startAddr} quantity {quantityRegisters}");
ANSWERED(write_registers, "10WriteMultipleRegisters", "Write Multiple Registers Response", registers_written_rows, 5,
         16, "Write Multiple Registers");
FAILED(write_registers, "10WriteMultipleRegisters", "Write Multiple Registers Exception", error_rows, 16,
       "Write Multiple Registers", "exceptCode");
ASKED(server, "11ReportSlaveId", "Report Slave Id", bare_rows, 1, 17, "Report Slave Id");
ANSWERED(server, "11ReportSlaveId", "Report Slave Id Response", server_rows, 2, 17, "Report Slave Id");
FAILED(server, "11ReportSlaveId", "Report Slave Id Exception", error_rows, 17, "Report Slave Id", "exceptCode");
ASKED(mask, "16MaskWriteRegister", "Mask Write Register", mask_rows, 7, 22, "Mask Write Register at {refAddr}");
ANSWERED(mask, "16MaskWriteRegister", "Mask Write Register Response", mask_rows, 7, 22, "Mask Write Register");
FAILED(mask, "16MaskWriteRegister", "Mask Write Register Exception", error_rows, 22, "Mask Write Register",
       "exceptCode");
ASKED(read_write, "17ReadWriteMultipleRegisters", "Read Write Multiple Registers", read_write_rows, 10, 23,
      "Read Write Multiple Registers at {readStartingAddr} quantity {readQuantityRegisters}");
ANSWERED(read_write, "17ReadWriteMultipleRegisters", "Read Write Multiple Registers Response", registers_rows, 2, 23,
         "Read Write Multiple Registers");
FAILED(read_write, "17ReadWriteMultipleRegisters", "Read Write Multiple Exception", error_rows, 23,
       "Read Write Multiple Registers", "exceptCode");
ASKED(queue, "18ReadFIFOQueue", "Read FIFO Queue", queue_rows, 3, 24, "Read FIFO Queue at {FIFOPointerAddr}");
ANSWERED(queue, "18ReadFIFOQueue", "Read FIFO Queue Response", queued_rows, 5, 24, "Read FIFO Queue");
FAILED(queue, "18ReadFIFOQueue", "Read FIFO Queue Exception", error_rows, 24, "Read FIFO Queue", "exceptCode");
FAILED(read_file, "14ReadFileRecord", "Read File Record Exception", error_rows, 20, "Read File Record", "exceptCode");
FAILED(write_file, "15WriteFileRecord", "Write File Record Exception", error_rows, 21, "Write File Record",
       "exceptCode");
FAILED(device, "2B0EReadDeviceIdentification", "Read Exception Status Exception", error_rows, 43,
       "Read Device Identification", "exceptCode");
