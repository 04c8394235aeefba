/* SPDX-License-Identifier: MIT */
/* udp.c - UDP (RFC 768). */
#include "ip.h"
#include "list.h"
#include "words.h"

const struct rt_row udp_rows[UDP_ROW_COUNT] = {
	{ "sport",   0, 16, RT_ENUM, .names = &udp_ports, .init = 53 },
	{ "dport",  16, 16, RT_ENUM, .names = &udp_ports, .init = 53 },
	{ "len",    32, 16, RT_NUM, RT_FILL_EXTENT },
	{ "chksum", 48, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_ANY, .zero = RT_ZERO_IS_EITHER) },
};

const struct rt_proto proto_udp = {
	.name = "UDP", .spec = "RFC 768", RT_ROWS(udp_rows), .header = 8,
	RT_MORE(.extent = { "len", 1 }, .from = "sport", .to = "dport"), .next = { "dport", "sport" }, .is_carrier = true,
	.counted = 2,
	.lines = RT_LINES({ .text = "?UDP|" }),
	.summaries = RT_LINES(
		{ .under = "IP",   .text = "UDP {IP.src}:{sport} > {IP.dst}:{dport}" },
		{ .under = "IPv6", .text = "UDP {IPv6.src}:{sport} > {IPv6.dst}:{dport}" },
		{ .text = "UDP {sport} > {dport}" }),
	RT_LINKS({ "IP", "proto", 17 }, { "IPv6", "nh", 17 }),
};
