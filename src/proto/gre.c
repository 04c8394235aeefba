/* SPDX-License-Identifier: MIT */
/* gre.c - generic routing encapsulation: version 0 with checksum, key and sequence number (RFC 2784, RFC 2890), and
 * version 1 as PPTP uses it (RFC 2637 section 4.1). What follows is linked as below Ethernet. Source routes of RFC 1701
 * are not read: with them, Raw follows. */
#include "list.h"
#include "words.h"

#define FLAGS(key) \
	{ "chksum_present",      0, 1, RT_NUM }, \
	{ "routing_present",     1, 1, RT_NUM }, \
	{ "key_present",         2, 1, RT_NUM, .init = (key) }, \
	{ "seqnum_present",      3, 1, RT_NUM }, \
	{ "strict_route_source", 4, 1, RT_NUM }, \
	{ "recursion_control",   5, 3, RT_NUM }
#define PROTO_ROW(value) { "proto", 16, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes, .init = (value) }
#define WITH_SUM RT_WHEN(0, 2, 1, 2, 3)         /* checksum or routing present: both fields are there        */

static const struct rt_row rows[] = {
	FLAGS(0),
	{ "flags",            8,  5, RT_NUM },
	{ "version",         13,  3, RT_NUM },
	PROTO_ROW(0),
	{ "chksum",          32, 16, RT_HEX, RT_SUM(RT_WHEN(0, 1, 1)), WITH_SUM },
	{ "offset",          32, 16, RT_HEX, WITH_SUM },
	{ "key",             32, 32, RT_HEX, RT_WHEN(2, 1, 1) },
	{ "sequence_number", 32, 32, RT_HEX, RT_WHEN(3, 1, 1) },
};
static const struct rt_row pptp_rows[] = {
	FLAGS(1),
	{ "acknum_present",   8,  1, RT_NUM },
	{ "flags",            9,  4, RT_NUM },
	{ "version",         13,  3, RT_NUM, .init = 1 },
	PROTO_ROW(0x880b),
	{ "payload_len",     32, 16, RT_NUM, RT_FILL_EXTENT },
	{ "call_id",         48, 16, RT_NUM },
	{ "sequence_number", 64, 32, RT_HEX, RT_WHEN(3, 1, 1) },
	{ "ack_number",      64, 32, RT_HEX, RT_WHEN(8, 1, 1) },
};

const struct rt_proto proto_gre_pptp = {
	.name = "GRE_PPTP", .title = "GRE PPTP", .spec = "RFC 2637 section 4.1", RT_ROWS(pptp_rows), .header = 8,
	.is_flow = true, .next = { "proto" }, .is_carrier = true,
	.lines = RT_LINES({ .text = "GRE {proto}| call {call_id}[ seq {sequence_number}][ ack {ack_number}]" }),
	RT_LINKS({ "IP", "proto", 47, "proto", 0x880b }, { "IPv6", "nh", 47, "proto", 0x880b }),
};

const struct rt_proto proto_gre = {
	.name = "GRE", .spec = "RFC 2784", RT_ROWS(rows), .header = 4, .is_flow = true, .next = { "proto" },
	.next_as = "Ether", .is_carrier = true, RT_MORE(.solid = "routing_present", .prefix = "gre "),
	.lines = RT_LINES({ .text = "GRE {proto}|[ key {key}][ seq {sequence_number}]" }),
	RT_LINKS({ "IP", "proto", 47 }, { "IPv6", "nh", 47 }),
};
