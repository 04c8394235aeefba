/* SPDX-License-Identifier: MIT */
/* l2tp.c - L2TP version 2 over UDP (RFC 2661 section 3.1), with the attribute value pairs of control messages (section
 * 4). What data messages carry is PPP. */
#include "flow.h"
#include "list.h"

static const struct rt_word flags[] = {
	{ 1, "res00" }, { 2, "res01" }, { 4, "res02" }, { 8, "res03" }, { 16, "priority" }, { 32, "offset" },
	{ 64, "res06" }, { 128, "sequence" }, { 256, "res08" }, { 512, "res09" }, { 1024, "length" },
	{ 2048, "control" },
};
static const struct rt_word versions[] = { { 2, "L2TPv2" } };
static const struct rt_word messages[] = {
	{ 1, "SCCRQ" }, { 2, "SCCRP" }, { 3, "SCCCN" }, { 4, "StopCCN" }, { 6, "HELLO" }, { 7, "OCRQ" }, { 8, "OCRP" },
	{ 9, "OCCN" }, { 10, "ICRQ" }, { 11, "ICRP" }, { 12, "ICCN" }, { 14, "CDN" }, { 15, "WEN" }, { 16, "SLI" },
};
static const struct rt_word attributes[] = {
	{ 0, "Message Type" }, { 1, "Result Code" }, { 2, "Protocol Version" }, { 3, "Framing Capabilities" },
	{ 4, "Bearer Capabilities" }, { 5, "Tie Breaker" }, { 6, "Firmware Revision" }, { 7, "Host Name" },
	{ 8, "Vendor Name" }, { 9, "Assigned Tunnel ID" }, { 10, "Receive Window Size" }, { 11, "Challenge" },
	{ 12, "Q.931 Cause Code" }, { 13, "Challenge Response" }, { 14, "Assigned Session ID" },
	{ 15, "Call Serial Number" }, { 16, "Minimum BPS" }, { 17, "Maximum BPS" }, { 18, "Bearer Type" },
	{ 19, "Framing Type" }, { 21, "Called Number" }, { 22, "Calling Number" }, { 23, "Sub-Address" },
	{ 24, "Tx Connect Speed" }, { 25, "Physical Channel ID" }, { 26, "Initial Received LCP CONFREQ" },
	{ 27, "Last Sent LCP CONFREQ" }, { 28, "Last Received LCP CONFREQ" }, { 29, "Proxy Authen Type" },
	{ 30, "Proxy Authen Name" }, { 31, "Proxy Authen Challenge" }, { 32, "Proxy Authen ID" },
	{ 33, "Proxy Authen Response" }, { 34, "Call Errors" }, { 35, "ACCM" }, { 36, "Random Vector" },
	{ 37, "Private Group ID" }, { 38, "Rx Connect Speed" }, { 39, "Sequencing Required" },
};

#define PAIR \
	{ "M",         0,  1, RT_NUM }, \
	{ "H",         1,  1, RT_NUM }, \
	{ "reserved",  2,  4, RT_NUM }, \
	{ "len",       6, 10, RT_NUM }, \
	{ "vendor",   16, 16, RT_NUM }, \
	{ "type",     32, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(attributes)) }

static const struct rt_row pair_rows[] = { PAIR, { "value", 48, 0, RT_BYTES, RT_COUNTED(3, 1, -6) } };
static const struct rt_row message_rows[] = {
	PAIR, { "message", 48, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(messages)) },
};
static const struct rt_proto pair = { .name = "L2TPAVP", .title = "L2TP AVP", .spec = "RFC 2661 section 4.1",
                                      RT_ROWS(pair_rows), .header = 6, .is_flow = true };
static const struct rt_proto message = { .name = "L2TPAVP", .title = "L2TP AVP", .spec = "RFC 2661 section 4.4.1",
                                         RT_ROWS(message_rows), .header = 8 };
static const struct rt_item items[] = { { 0, &message } };
static const struct rt_list pairs = { RT_ITEMS(items), .other = &pair, .code_at = 4, .code_bytes = 2, .is_sized = true,
                                      .last_code = -1 };

/* Conditions look at the first bits: control 0, length 1, sequence 4, offset 6. */
#define HAS_LENGTH   RT_WHEN(0, 2, 1, 2, 3)
#define HAS_SEQUENCE RT_UNLESS(0, 5, 0, 2, 4, 6, 8, 10, 12, 14)
#define HAS_OFFSET   RT_WHEN(0, 7, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43, \
                             45, 47, 49, 51, 53, 55, 57, 59, 61, 63)

static const struct rt_row rows[] = {
	{ "hdr",         0, 12, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags), .join = '+') },
	{ "version",    12,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(versions)), .init = 2 },
	{ "len",        16, 16, RT_NUM, HAS_LENGTH },
	{ "tunnel_id",  16, 16, RT_NUM },
	{ "session_id", 16, 16, RT_NUM },
	{ "ns",         16, 16, RT_NUM, HAS_SEQUENCE },
	{ "nr",         16, 16, RT_NUM, HAS_SEQUENCE },
	{ "offset",     16, 16, RT_NUM, HAS_OFFSET },
	{ "offset_pad", 16,  0, RT_BYTES, HAS_OFFSET, RT_COUNTED(1, 1, 0) },
	{ "avps",       16,  0, RT_LIST, .list = &pairs, RT_WHEN(0, 1, 1) },
};

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const struct rt_layer layer = { .proto = &proto_l2tp, .at = at, .end = end };
	return (frame->data[at + 1] & 15) == 2 ? flow_size(frame, &layer) : 0;
}

const struct rt_proto proto_l2tp = {
	.name = "L2TP", .spec = "RFC 2661 section 3.1", RT_ROWS(rows), .header = 2, .measure = measure, .is_flow = true,
	.is_carrier = true,
	.lines = RT_LINES({ .text = "L2TP tunnel {tunnel_id} session {session_id}|[ {avps.message}]"
	                            "[ ns {ns} nr {nr}]" }),
	RT_LINKS({ "UDP", "dport", 1701 }, { "UDP", "sport", 1701 }),
};
