/* SPDX-License-Identifier: MIT */
/* dccp.c - DCCP (RFC 4340 section 5): the generic header with a long or a short sequence number, what the type of
 * packet adds, and options. The fixed part of the table ends behind the bit X, at 9 of at least 12 bytes. */
#include "list.h"
#include "words.h"

static const struct rt_word types[] = {
	{ 0, "Request" }, { 1, "Response" }, { 2, "Data" }, { 3, "Ack" }, { 4, "DataAck" }, { 5, "CloseReq" },
	{ 6, "Close" }, { 7, "Reset" }, { 8, "Sync" }, { 9, "SyncAck" },
};
static const struct rt_word resets[] = {
	{ 0, "Unspecified" }, { 1, "Closed" }, { 2, "Aborted" }, { 3, "No Connection" }, { 4, "Packet Error" },
	{ 5, "Option Error" }, { 6, "Mandatory Error" }, { 7, "Connection Refused" }, { 8, "Bad Service Code" },
	{ 9, "Too Busy" }, { 10, "Bad Init Cookie" }, { 11, "Aggression Penalty" },
};
static const struct rt_word options[] = {
	{ 0, "Padding" }, { 1, "Mandatory" }, { 2, "Slow Receiver" }, { 32, "Change L" }, { 33, "Confirm L" },
	{ 34, "Change R" }, { 35, "Confirm R" }, { 36, "Init Cookie" }, { 37, "NDP Count" },
	{ 38, "Ack Vector [Nonce 0]" }, { 39, "Ack Vector [Nonce 1]" }, { 40, "Data Dropped" }, { 41, "Timestamp" },
	{ 42, "Timestamp Echo" }, { 43, "Elapsed Time" }, { 44, "Data Checksum" },
};

#define OPTION { "option", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(options)) }
static const struct rt_row single_rows[] = { OPTION };
static const struct rt_row option_rows[] = { OPTION, { "length", 8, 8, RT_NUM }, { "value", 16, 0, RT_BYTES } };
static const struct rt_proto single = { .name = "DCCPOption", .title = "DCCP Option", .spec = "RFC 4340 section 5.8",
                                        RT_ROWS(single_rows), .header = 1 };
static const struct rt_proto option = { .name = "DCCPOption", .title = "DCCP Option", .spec = "RFC 4340 section 5.8",
                                        RT_ROWS(option_rows), .header = 2 };
static const struct rt_item items[] = { { 0, &single }, { 1, &single }, { 2, &single } };
static const struct rt_list option_list = {
	RT_ITEMS(items), .other = &option, .code_bytes = 1, .length_bytes = 1, .length_unit = 1, .single_count = 32,
	.last_code = -1,
};

#define IS_LONG  RT_WHEN(71, 1, 1)
#define IS_SHORT RT_WHEN(71, 1, 0)
#define ACKS_LONG  RT_WHEN(67, 5, 3, 7, 9, 11, 13, 15, 17, 19)      /* type and X: types 1 and 3 to 9, X set   */
#define ACKS_SHORT RT_WHEN(67, 5, 2, 6, 8, 10, 12, 14, 16, 18)
#define IS_RESET RT_WHEN(67, 4, 7)

static const struct rt_row rows[] = {
	{ "sport",       0, 16, RT_NUM },
	{ "dport",      16, 16, RT_NUM },
	{ "dataofs",    32,  8, RT_NUM, RT_FILL_HEADER },
	{ "ccval",      40,  4, RT_NUM },
	{ "cscov",      44,  4, RT_NUM },
	{ "chksum",     48, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_ANY, .is_header = true, .row = "cscov", .unit = 4,
	                                       .add = -4, .counts_all = true) },
	{ "res",        64,  3, RT_NUM },
	{ "type",       67,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) },
	{ "x",          71,  1, RT_NUM, .init = 1 },
	{ "reserved",   72,  8, RT_NUM, IS_LONG },
	{ "seq",        72, 48, RT_NUM, IS_LONG },
	{ "seq",        72, 24, RT_NUM, IS_SHORT },
	{ "reserved2",  72, 16, RT_NUM, ACKS_LONG },
	{ "ack",        72, 48, RT_NUM, ACKS_LONG },
	{ "reserved2",  72,  8, RT_NUM, ACKS_SHORT },
	{ "ack",        72, 24, RT_NUM, ACKS_SHORT },
	{ "service",    72, 32, RT_NUM, RT_WHEN(67, 4, 0, 1) },
	{ "reset_code", 72,  8, RT_ENUM, IS_RESET, .names = RT_NAMES(RT_WORDS(resets)) },
	{ "data1",      72,  8, RT_NUM, IS_RESET },
	{ "data2",      72,  8, RT_NUM, IS_RESET },
	{ "data3",      72,  8, RT_NUM, IS_RESET },
	{ "options",    72,  0, RT_LIST, .list = &option_list },
};

const struct rt_proto proto_dccp = {
	.name = "DCCP", .spec = "RFC 4340 section 5", RT_ROWS(rows), .header = 9, .size = { "dataofs", 4 },
	.is_flow = true, RT_MORE(.from = "sport", .to = "dport"), .is_carrier = true,
	.lines = RT_LINES({ .text = "DCCP {type}| seq {seq}[ ack {ack}][ service {service}][ {reset_code}]" }),
	.summaries = RT_LINES({ .text = "DCCP {sport} > {dport} {type}" }),
	RT_LINKS({ "IP", "proto", 33 }, { "IPv6", "nh", 33 }),
};
