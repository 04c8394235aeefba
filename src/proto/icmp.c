/* SPDX-License-Identifier: MIT */
/* icmp.c - ICMP (RFC 792, 950, 1191, 4884): what follows type and code depends on the type. Errors carry the
 * start of the packet that caused them, as layers of their own names (icmp_error.c). */
#include "ip.h"
#include "list.h"
#include "words.h"

#define TYPE 0, 8                       /* place of the row `type` */
#define ECHO_LIKE 0, 8, 13, 14, 15, 16, 17, 18, 37, 38

const struct rt_row icmp_rows[ICMP_ROW_COUNT] = {
	{ "type",        0,  8, RT_ENUM, .names = &icmp_types, .init = 8 },
	{ "code",        8,  8, RT_ENUM, .names = &icmp_codes },
	{ "chksum",     16, 16, RT_HEX, RT_SUM(RT_SUM_INTERNET) },
	{ "id",         32, 16, RT_HEX, RT_WHEN(TYPE, ECHO_LIKE) },
	{ "seq",        48, 16, RT_HEX, RT_WHEN(TYPE, ECHO_LIKE) },
	{ "ts_ori",     64, 32, RT_CLOCK, RT_WHEN(TYPE, 13, 14) },
	{ "ts_rx",      96, 32, RT_CLOCK, RT_WHEN(TYPE, 13, 14) },
	{ "ts_tx",     128, 32, RT_CLOCK, RT_WHEN(TYPE, 13, 14) },
	{ "gw",         32, 32, RT_IP4, RT_WHEN(TYPE, 5) },
	{ "ptr",        32,  8, RT_NUM, RT_WHEN(TYPE, 12) },
	{ "reserved",   32,  8, RT_NUM, RT_WHEN(TYPE, 3, 11) },
	{ "length",     40,  8, RT_NUM, RT_WHEN(TYPE, 3, 11, 12) },
	{ "addr_mask",  64, 32, RT_IP4, RT_WHEN(TYPE, 17, 18) },
	{ "nexthopmtu", 48, 16, RT_NUM, RT_WHEN(TYPE, 3) },
	{ "unused",     48, 16, RT_NUM, RT_WHEN(TYPE, 11, 12) },
	{ "unused",     32, 32, RT_NUM, RT_UNLESS(TYPE, 3, 5, 11, 12, ECHO_LIKE) },
};

const struct rt_proto proto_icmp = {
	.name = "ICMP", .spec = "RFC 792", RT_ROWS(icmp_rows), .header = 8, .next = { "type" }, .is_carrier = true,
	.counted = 3,
	.lines = RT_LINES(
		{ "type", 0,  "ICMP {type}| id {id} seq {seq}" },
		{ "type", 8,  "ICMP {type}| id {id} seq {seq}" },
		{ "type", 3,  "ICMP {type} {code}|[, {IPerror.src} -> {IPerror.dst}]" },
		{ "type", 11, "ICMP {type} {code}|[, {IPerror.src} -> {IPerror.dst}]" },
		{ "type", 5,  "ICMP {type} {code}| to {gw}" },
		{ .text = "ICMP {type} code {code}|" }),
	.summaries = RT_LINES(
		{ .under = "IP", .text = "ICMP {IP.src} > {IP.dst} {type} {code}" },
		{ .text = "ICMP {type} {code}" }),
	RT_LINKS({ "IP", "proto", 1 }),
};
