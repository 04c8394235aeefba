/* SPDX-License-Identifier: MIT */
/* icmp6_more.c - ICMPv6 messages that are rarely met: node information (RFC 4620; code and qtype say which), home agent
 * and mobile prefix discovery (RFC 6275 sections 6.5 to 6.8), RPL (RFC 6550 section 6). */
#include <ringtap/dissect.h>
#include "icmp6.h"
#include "list.h"
#include "lists.h"

/* ---- node information ------------------------------------------------------------------------------------- */

static const struct rt_word query_codes[] = { { 0, "IPv6 Query" }, { 1, "Name Query" }, { 2, "IPv4 Query" } };
static const struct rt_word reply_codes[] = {
	{ 0, "Successful Reply" }, { 1, "Response Refusal" }, { 3, "Unknown query type" },
};
static const struct rt_word query_types[] = {
	{ 0, "NOOP" }, { 2, "Node Name" }, { 3, "IPv6 Address" }, { 4, "IPv4 Address" },
};
static const struct rt_word flags[] = { { 1, "T" }, { 2, "A" }, { 4, "C" }, { 8, "L" }, { 16, "S" }, { 32, "G" } };

#define NODE(words) \
	ICMP6_TYPE, { "code", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }, ICMP6_CKSUM, \
	{ "qtype",  32, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(query_types)) }, \
	{ "unused", 48, 10, RT_NUM }, \
	{ "flags",  58,  6, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags)) }, \
	{ "nonce",  64, 64, RT_BYTES }

#define ANSWER(c_name, kind, bits) \
	static const struct rt_row c_name##_rows[] = { { "ttl", 0, 32, RT_NUM }, { "address", 32, bits, kind } }; \
	static const struct rt_proto c_name = { .name = "answer", .spec = "RFC 4620 section 6", \
	                                        RT_ROWS(c_name##_rows), .header = 4 + bits / 8 }; \
	static const struct rt_list c_name##_list = { .other = &c_name, .item_bytes = 4 + bits / 8, .last_code = -1 }
ANSWER(answer6, RT_IP6, 128);
ANSWER(answer4, RT_IP4, 32);

static const struct rt_row none_rows[] = { NODE(query_codes) };
static const struct rt_row query_rows[] = {
	NODE(query_codes),
	{ "data", 128, 128, RT_IP6, RT_WHEN(8, 8, 0) },
	{ "data", 128,  32, RT_IP4, RT_WHEN(8, 8, 2) },
	{ "data", 128,   0, RT_LIST, .list = &name_list, RT_UNLESS(8, 8, 0, 2) },
};
static const struct rt_row reply_rows[] = { NODE(reply_codes) };
static const struct rt_row names_rows[] = {
	NODE(reply_codes), { "ttl", 128, 32, RT_NUM }, { "data", 128, 0, RT_LIST, .list = &name_list },
};
static const struct rt_row answers6_rows[] = { NODE(reply_codes), { "data", 128, 0, RT_LIST, .list = &answer6_list } };
static const struct rt_row answers4_rows[] = { NODE(reply_codes), { "data", 128, 0, RT_LIST, .list = &answer4_list } };

/* The message of that code (255: any) and that query type (255: any), with what its data take. */
#define MEASURE(function, code, qtype, size) \
	static uint32_t function(const struct rt_frame *frame, uint32_t at, uint32_t end) \
	{ \
		(void)end; \
		bool is_it = (code == 255 || frame->data[at + 1] == code) && \
		             (qtype == 255 || rt_be16(frame->data + at + 4) == qtype); \
		return is_it ? (size) : 0; \
	}
MEASURE(query_none, 255, 0, 16)
MEASURE(query_name, 255, 2, end - at)
MEASURE(query_ip6, 255, 3, end - at)
MEASURE(query_ip4, 255, 4, end - at)
MEASURE(reply_name, 0, 2, end - at)
MEASURE(reply_ip6, 0, 3, end - at)
MEASURE(reply_ip4, 0, 4, end - at)
MEASURE(reply_other, 0, 255, 16)
MEASURE(reply_refuse, 1, 255, 16)
MEASURE(reply_unknown, 2, 255, 16)

#define NODE_MESSAGE(c_name, class, words, number, table, function) \
	const struct rt_proto proto_node_##c_name = { \
		.name = "ICMPv6NI" class, .title = "ICMPv6 Node Information " words, .spec = "RFC 4620 section 4", \
		RT_ROWS(table), .header = 16, .measure = function, .is_flow = true, .is_carrier = true, \
		.lines = ICMP6_LINES("{type}| {qtype}"), ICMP6_LINKS(number) }
NODE_MESSAGE(query_none,    "QueryNOOP", "Query - NOOP Query",         139, none_rows, query_none);
NODE_MESSAGE(query_name,    "QueryName", "Query - IPv6 Name Query",    139, query_rows, query_name);
NODE_MESSAGE(query_ip6,     "QueryIPv6", "Query - IPv6 Address Query", 139, query_rows, query_ip6);
NODE_MESSAGE(query_ip4,     "QueryIPv4", "Query - IPv4 Address Query", 139, query_rows, query_ip4);
NODE_MESSAGE(reply_name,    "ReplyName", "Reply - Node Names",         140, names_rows, reply_name);
NODE_MESSAGE(reply_ip6,     "ReplyIPv6", "Reply - IPv6 addresses",     140, answers6_rows, reply_ip6);
NODE_MESSAGE(reply_ip4,     "ReplyIPv4", "Reply - IPv4 addresses",     140, answers4_rows, reply_ip4);
NODE_MESSAGE(reply_none,    "ReplyNOOP", "Reply - NOOP Reply",         140, reply_rows, reply_other);
NODE_MESSAGE(reply_refuse,  "ReplyRefuse", "Reply - Responder refuses to supply answer", 140, reply_rows,
             reply_refuse);
NODE_MESSAGE(reply_unknown, "ReplyUnknown", "Reply - Qtype unknown to the responder", 140, reply_rows,
             reply_unknown);

/* ---- home agents and mobile prefixes, RPL ------------------------------------------------------------------ */

static const struct rt_word mobile_router[] = { { 1, "MR" } };
static const struct rt_word managed[] = { { 1, "O" }, { 2, "M" } };
static const struct rt_word rpl_codes[] = {
	{ 0, "DIS" }, { 1, "DIO" }, { 2, "DAO" }, { 3, "DAO-ACK" }, { 7, "DCO" }, { 8, "DCO-ACK" },
};

#define AGENT \
	ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM, { "id", 32, 16, RT_HEX }, \
	{ "R", 48, 1, RT_ENUM, .names = RT_NAMES(RT_WORDS(mobile_router)) }, { "res", 49, 15, RT_HEX }

static const struct rt_row agent_rows[] = { AGENT };
static const struct rt_row agents_rows[] = { AGENT, { "addresses", 64, 0, RT_LIST, .list = &ip6_list_spaced } };
static const struct rt_row solicitation_rows[] = {
	ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM, { "id", 32, 16, RT_HEX }, { "res", 48, 16, RT_HEX },
};
static const struct rt_row advertisement_rows[] = {
	ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM, { "id", 32, 16, RT_HEX },
	{ "flags", 48, 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(managed)) }, { "res", 50, 14, RT_HEX },
};
static const struct rt_row rpl_rows[] = {
	ICMP6_TYPE, { "code", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(rpl_codes)) }, ICMP6_CKSUM,
};

#define MESSAGE(class, words, rfc, number, table, bytes, sentence, ...) { \
	.name = class, .title = words, .spec = rfc, RT_ROWS(table), .header = bytes, .is_carrier = true, \
	.lines = ICMP6_LINES("{type}|" sentence), ICMP6_LINKS(number), __VA_ARGS__ }

const struct rt_proto proto_agents_request =
	MESSAGE("ICMPv6HAADRequest", "ICMPv6 Home Agent Address Discovery Request", "RFC 6275 section 6.5", 144,
	        agent_rows, 8, " id {id}");
const struct rt_proto proto_agents_reply =
	MESSAGE("ICMPv6HAADReply", "ICMPv6 Home Agent Address Discovery Reply", "RFC 6275 section 6.6", 145,
	        agents_rows, 8, " id {id}", .is_flow = true);
const struct rt_proto proto_mobile_solicitation =
	MESSAGE("ICMPv6MPSol", "ICMPv6 Mobile Prefix Solicitation", "RFC 6275 section 6.7", 146, solicitation_rows, 8,
	        " id {id}");
const struct rt_proto proto_mobile_advertisement =
	MESSAGE("ICMPv6MPAdv", "ICMPv6 Mobile Prefix Advertisement", "RFC 6275 section 6.8", 147, advertisement_rows, 8,
	        " id {id}", .next_as = "ICMPv6ND_RS");
const struct rt_proto proto_rpl =
	MESSAGE("ICMPv6RPL", "RPL", "RFC 6550 section 6", 155, rpl_rows, 4, " {code}");
