/* SPDX-License-Identifier: MIT */
/* icmp6.c - ICMPv6 (RFC 4443): errors and echo. Every type is a layer of its own, told apart by its own row
 * `type`; neighbour discovery is in icmp6_nd.c. */
#include "icmp6.h"
#include "list.h"
#include "words.h"

static const struct rt_word unreach_codes[] = {
	{ 0, "No route to destination" }, { 1, "Communication with destination administratively prohibited" },
	{ 2, "Beyond scope of source address" }, { 3, "Address unreachable" }, { 4, "Port unreachable" },
};
static const struct rt_word time_codes[] = {
	{ 0, "hop limit exceeded in transit" }, { 1, "fragment reassembly time exceeded" },
};
static const struct rt_word problem_codes[] = {
	{ 0, "erroneous header field encountered" }, { 1, "unrecognized Next Header type encountered" },
	{ 2, "unrecognized IPv6 option encountered" }, { 3, "first fragment has incomplete header chain" },
};

#define NAMED_CODE(words) { "code", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }

static const struct rt_row unreach_rows[] = {
	ICMP6_TYPE, NAMED_CODE(unreach_codes), ICMP6_CKSUM, { "length", 32, 8, RT_NUM }, { "unused", 40, 24, RT_HEX },
};
static const struct rt_row too_big_rows[] = { ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM, { "mtu", 32, 32, RT_NUM } };
static const struct rt_row time_rows[] = {
	ICMP6_TYPE, NAMED_CODE(time_codes), ICMP6_CKSUM, { "length", 32, 8, RT_NUM }, { "unused", 40, 24, RT_HEX },
};
static const struct rt_row problem_rows[] = {
	ICMP6_TYPE, NAMED_CODE(problem_codes), ICMP6_CKSUM, { "ptr", 32, 32, RT_NUM },
};
static const struct rt_row echo_rows[] = {
	ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM, { "id", 32, 16, RT_HEX }, { "seq", 48, 16, RT_HEX },
	{ "data", 64, 0, RT_BYTES },
};
static const struct rt_row unknown_rows[] = { ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM, { "msgbody", 32, 0, RT_BYTES } };

static uint32_t all_of_it(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at;
}

#define ERROR(class, text, number, words, why) { \
	.name = class, .title = text, .spec = "RFC 4443 section 3", RT_ROWS(words), .header = 8, \
	.is_carrier = true, .lines = ICMP6_LINES("{type}" why "|[, {IPerror6.src} -> {IPerror6.dst}]"), \
	ICMP6_LINKS(number) }

const struct rt_proto proto_icmp6_dest_unreach =
	ERROR("ICMPv6DestUnreach", "ICMPv6 Destination Unreachable", 1, unreach_rows, ": {code}");
const struct rt_proto proto_icmp6_too_big =
	ERROR("ICMPv6PacketTooBig", "ICMPv6 Packet Too Big", 2, too_big_rows, ": MTU {mtu}");
const struct rt_proto proto_icmp6_time_exceeded =
	ERROR("ICMPv6TimeExceeded", "ICMPv6 Time Exceeded", 3, time_rows, ": {code}");
const struct rt_proto proto_icmp6_param_problem =
	ERROR("ICMPv6ParamProblem", "ICMPv6 Parameter Problem", 4, problem_rows, ": {code}");

#define ECHO(class, words, number) { \
	.name = class, .title = words, .spec = "RFC 4443 section 4", RT_ROWS(echo_rows), .header = 8, \
	.measure = all_of_it, .is_certain = true, .is_carrier = true, .data_at = 8, \
	.lines = ICMP6_LINES("{type}| id {id} seq {seq}"), \
	.summaries = RT_LINES({ .text = words " (id: {id} seq: {seq})" }), ICMP6_LINKS(number) }

const struct rt_proto proto_icmp6_echo_request = ECHO("ICMPv6EchoRequest", "ICMPv6 Echo Request", 128);
const struct rt_proto proto_icmp6_echo_reply = ECHO("ICMPv6EchoReply", "ICMPv6 Echo Reply", 129);

const struct rt_proto proto_icmp6_unknown = {
	.name = "ICMPv6Unknown", .title = "Scapy6 ICMPv6 fallback class", .spec = "RFC 4443 section 2.1",
	RT_ROWS(unknown_rows), .header = 4, .measure = all_of_it, .is_certain = true, .is_carrier = true, .data_at = 4,
	.lines = ICMP6_LINES("{type} code {code}|"),
	RT_LINKS({ "IPv6", "nh", 58 }, { "IPerror6", "nh", 58 }),
};
