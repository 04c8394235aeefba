/* SPDX-License-Identifier: MIT */
/* ppp_lcp.c - PPP's link control protocol (RFC 1661 sections 5 and 6, options also RFC 1570 and RFC 1662): one layer
 * for each kind of message, told apart by its own code. */
#include "list.h"
#include "ppp.h"
#include "words.h"

const struct rt_word ppp_codes[] = {
	{ 1, "Configure-Request" }, { 2, "Configure-Ack" }, { 3, "Configure-Nak" }, { 4, "Configure-Reject" },
	{ 5, "Terminate-Request" }, { 6, "Terminate-Ack" }, { 7, "Code-Reject" }, { 8, "Protocol-Reject" },
	{ 9, "Echo-Request" }, { 10, "Echo-Reply" }, { 11, "Discard-Request" }, { 14, "Reset-Request" },
	{ 15, "Reset-Ack" },
};
#define LINK_CODES 11           /* ... of them are in RFC 1661                                            */

/* ---- options: type, length, value ------------------------------------------------------------------------ */

static const struct rt_word types[] = {
	{ 1, "Maximum-Receive-Unit" }, { 2, "Async-Control-Character-Map" }, { 3, "Authentication-protocol" },
	{ 4, "Quality-protocol" }, { 5, "Magic-number" }, { 7, "Protocol-Field-Compression" },
	{ 8, "Address-and-Control-Field-Compression" }, { 13, "Callback" },
};
static const struct rt_word auth_protocols[] = {
	{ 0xc023, "Password authentication protocol" }, { 0xc223, "Challenge-response authentication protocol" },
	{ 0xc227, "PPP Extensible authentication protocol" },
};
static const struct rt_word algorithms[] = { { 5, "MD5" }, { 6, "SHA1" }, { 128, "MS-CHAP" }, { 129, "MS-CHAP-v2" } };
static const struct rt_word quality_protocols[] = { { 0xc025, "Link Quality Report" } };
static const struct rt_word operations[] = {
	{ 0, "Location determined by user authentication" }, { 1, "Dialing string" }, { 2, "Location identifier" },
	{ 3, "E.164 number" }, { 4, "Distinguished name" },
};

#define OPTION_START { "type", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) }, { "len", 8, 8, RT_NUM }

static const struct rt_row data_rows[] = { OPTION_START, { "data", 16, 0, RT_BYTES } };
static const struct rt_row mru_rows[] = { OPTION_START, { "max_recv_unit", 16, 16, RT_NUM } };
static const struct rt_row accm_rows[] = { OPTION_START, { "accm", 16, 32, RT_NUM } };
static const struct rt_row auth_rows[] = {
	OPTION_START,
	{ "auth_protocol", 16, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(auth_protocols)) },
	{ "data",          32,  0, RT_BYTES, RT_UNLESS(16, 16, 0xc223) },
	{ "algorithm",     32,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(algorithms)), RT_WHEN(16, 16, 0xc223) },
};
static const struct rt_row quality_rows[] = {
	OPTION_START,
	{ "quality_protocol", 16, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(quality_protocols)) },
	{ "data",             32,  0, RT_BYTES },
};
static const struct rt_row magic_rows[] = { OPTION_START, { "magic_number", 16, 32, RT_NUM } };
static const struct rt_row callback_rows[] = {
	OPTION_START,
	{ "operation", 16, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(operations)) },
	{ "message",   24, 0, RT_BYTES },
};

#define OPTION(c_name, class, table, bytes) \
	static const struct rt_proto c_name = { .name = class, .title = "PPP LCP Option", \
	                                        .spec = "RFC 1661 section 6", RT_ROWS(table), .header = bytes }
OPTION(other,    "PPP_LCP_Option",                  data_rows,     2);
OPTION(mru,      "PPP_LCP_MRU_Option",              mru_rows,      4);
OPTION(accm,     "PPP_LCP_ACCM_Option",             accm_rows,     6);
OPTION(auth,     "PPP_LCP_Auth_Protocol_Option",    auth_rows,     4);
OPTION(quality,  "PPP_LCP_Quality_Protocol_Option", quality_rows,  4);
OPTION(magic,    "PPP_LCP_Magic_Number_Option",     magic_rows,    6);
OPTION(callback, "PPP_LCP_Callback_Option",         callback_rows, 3);

static const struct rt_item items[] = {
	{ 1, &mru }, { 2, &accm }, { 3, &auth }, { 4, &quality }, { 5, &magic }, { 13, &callback },
};
static const struct rt_list options = {
	RT_ITEMS(items), .other = &other, .code_bytes = 1, .length_bytes = 1, .length_unit = 1, .last_code = -1,
};

/* ---- messages --------------------------------------------------------------------------------------------- */

#define START PPP_CODE(.words = ppp_codes, .count = LINK_CODES), PPP_ID, PPP_LEN

static const struct rt_row message_rows[] = { START, { "data", 32, 0, RT_BYTES } };
static const struct rt_row configure_rows[] = { START, { "options", 32, 0, RT_LIST, .list = &options } };
static const struct rt_row magic_message_rows[] = {
	START, { "magic_number", 32, 32, RT_NUM }, { "data", 64, 0, RT_BYTES },
};
static const struct rt_row protocol_rows[] = {
	START,
	{ "rejected_protocol",    32, 16, RT_ENUM, .names = &ppp_protocols },
	{ "rejected_information", 48,  0, RT_BYTES },
};

#define LAYER(class, table, bytes) \
	.name = class, .title = "PPP Link Control Protocol", .spec = "RFC 1661 section 5", RT_ROWS(table), \
	.header = bytes, .size = { "len", 1 }

/* What a Code-Reject gives back: one message, perhaps cut. Of those that reject themselves only the data. */
static const struct rt_proto inner_message   = { LAYER("PPP_LCP", message_rows, 4) };
static const struct rt_proto inner_configure = { LAYER("PPP_LCP_Configure", configure_rows, 4) };
static const struct rt_proto inner_terminate = { LAYER("PPP_LCP_Terminate", message_rows, 4) };
static const struct rt_proto inner_echo      = { LAYER("PPP_LCP_Echo", magic_message_rows, 8) };
static const struct rt_proto inner_discard   = { LAYER("PPP_LCP_Discard_Request", magic_message_rows, 8) };

static const struct rt_item inner[] = {
	{ 1, &inner_configure }, { 2, &inner_configure }, { 3, &inner_configure }, { 4, &inner_configure },
	{ 5, &inner_terminate }, { 6, &inner_terminate }, { 9, &inner_echo }, { 10, &inner_echo },
	{ 11, &inner_discard },
};

static bool next_rejected(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->at >= walk->end)
		return false;
	uint8_t code = walk->frame->data[walk->at];
	*item = (struct rt_layer){ .proto = &inner_message, .at = walk->at, .header = walk->end - walk->at,
	                           .end = walk->end, .id = RT_NO_ID };
	for (size_t i = 0; i < RT_COUNT(inner); i++)
		if (inner[i].code == code)
			item->proto = inner[i].proto;
	walk->at = walk->end;
	return true;
}

static const struct rt_list rejected = {
	RT_ITEMS(inner), .other = &inner_message, .next = next_rejected, .last_code = -1, .empty = "None",
};
static const struct rt_row code_rows[] = { START, { "rejected_packet", 32, 0, RT_LIST, .list = &rejected } };

#define MESSAGE(class, table, bytes, ...) { \
	LAYER(class, table, bytes), .is_last = true, \
	.lines = RT_LINES({ .text = "LCP {code}| id {id}" }), .summaries = RT_LINES({ .text = "LCP {code}" }), \
	RT_LINKS(__VA_ARGS__) }
#define CODE(number) { "PPP", "proto", 0xc021, "code", number }

const struct rt_proto proto_lcp_configure =
	MESSAGE("PPP_LCP_Configure", configure_rows, 4, CODE(1), CODE(2), CODE(3), CODE(4));
const struct rt_proto proto_lcp_terminate = MESSAGE("PPP_LCP_Terminate", message_rows, 4, CODE(5), CODE(6));
const struct rt_proto proto_lcp_code_reject = MESSAGE("PPP_LCP_Code_Reject", code_rows, 4, CODE(7));
const struct rt_proto proto_lcp_protocol_reject = MESSAGE("PPP_LCP_Protocol_Reject", protocol_rows, 6, CODE(8));
const struct rt_proto proto_lcp_echo = MESSAGE("PPP_LCP_Echo", magic_message_rows, 8, CODE(9), CODE(10));
const struct rt_proto proto_lcp_discard = MESSAGE("PPP_LCP_Discard_Request", magic_message_rows, 8, CODE(11));
const struct rt_proto proto_lcp = MESSAGE("PPP_LCP", message_rows, 4, { "PPP", "proto", 0xc021 });
