/* SPDX-License-Identifier: MIT */
/* modbus.c - Modbus/TCP (Modbus Messaging on TCP/IP V1.0b section 3.1.3, Application Protocol V1.1b3 section 6): the
 * header, and of the data what its function says. */
#include "list.h"

static const struct rt_word functions[] = {
	{ 1, "Read Coils" }, { 2, "Read Discrete Inputs" }, { 3, "Read Holding Registers" },
	{ 4, "Read Input Registers" },
	{ 5, "Write Single Coil" }, { 6, "Write Single Register" }, { 7, "Read Exception Status" },
	{ 8, "Diagnostics" },
	{ 11, "Get Comm Event Counter" }, { 12, "Get Comm Event Log" }, { 15, "Write Multiple Coils" },
	{ 16, "Write Multiple Registers" }, { 17, "Report Server ID" }, { 20, "Read File Record" },
	{ 21, "Write File Record" }, { 22, "Mask Write Register" }, { 23, "Read/Write Multiple Registers" },
	{ 24, "Read FIFO Queue" }, { 43, "Encapsulated Interface Transport" },
};
static const struct rt_word exceptions[] = {
	{ 1, "Illegal Function Code" }, { 2, "Illegal Data Address" }, { 3, "Illegal Data Value" },
	{ 4, "Server Device Failure" }, { 5, "Acknowledge" }, { 6, "Server Device Busy" }, { 8, "Memory Parity Error" },
	{ 10, "Gateway Path Unavailable" }, { 11, "Gateway Target Device Failed to Respond" },
};

#define FUNCTION 57, 7                  /* place of the row `funcCode`, without its highest bit          */

#define ROWS_BEFORE \
	{ "transId",   0, 16, RT_HEX }, { "protoId", 16, 16, RT_HEX }, { "len", 32, 16, RT_NUM, RT_FILL_EXTENT }, \
	{ "unitId",   48,  8, RT_HEX, .init = 255 }, { "error", 56, 1, RT_NUM }, \
	{ "funcCode", FUNCTION, RT_ENUM, .names = RT_NAMES(RT_WORDS(functions)), .init = 3 }
#define ADDRESSED 1, 2, 3, 4, 5, 6, 15, 16

static const struct rt_row request_rows[] = {
	ROWS_BEFORE,
	{ "startAddr", 64, 16, RT_HEX, RT_WHEN(FUNCTION, ADDRESSED) },
	{ "quantity",  80, 16, RT_NUM, RT_WHEN(FUNCTION, 1, 2, 3, 4, 15, 16) },
	{ "value",     80, 16, RT_HEX, RT_WHEN(FUNCTION, 5, 6) },
};
static const struct rt_row response_rows[] = { ROWS_BEFORE };
static const struct rt_row error_rows[] = {
	ROWS_BEFORE, { "exceptCode", 64, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(exceptions)), .init = 1 },
};

#define LAYER(class, words, rows, bytes, sentence, ...) { \
	.name = class, .title = words, .spec = "Modbus/TCP section 3.1.3", RT_ROWS(rows), .header = bytes, \
	.extent = { "len", 1, 6 }, .lines = RT_LINES({ .text = "Modbus {funcCode}" sentence ", unit {unitId}" }), \
	RT_LINKS(__VA_ARGS__) }

const struct rt_proto proto_modbus_request = LAYER("ModbusADURequest", "ModbusADU", request_rows, 8,
	"[ at {startAddr}][ quantity {quantity}][ = {value}]", { "TCP", "dport", 502, "protoId", 0 });
const struct rt_proto proto_modbus_error = LAYER("ModbusADUError", "ModbusADU", error_rows, 9, ": {exceptCode}",
	{ "TCP", "sport", 502, "error", 1 });
const struct rt_proto proto_modbus_response = LAYER("ModbusADUResponse", "ModbusADU", response_rows, 8, " response",
	{ "TCP", "sport", 502, "protoId", 0 });
