/* SPDX-License-Identifier: MIT */
/* udplite.c - UDP-Lite (RFC 3828 section 3.1): UDP, with a count of the bytes that its checksum covers in place of the
 * length. What follows is linked as below UDP. */
#include "list.h"
#include "words.h"

static const struct rt_row rows[] = {
	{ "sport",     0, 16, RT_ENUM, .names = &udp_ports },
	{ "dport",    16, 16, RT_ENUM, .names = &udp_ports },
	{ "coverage", 32, 16, RT_NUM },
	{ "chksum",   48, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_ANY, .zero = RT_ZERO_IS_ONES, .row = "coverage",
	                                     .unit = 1, .counts_all = true) },
};

const struct rt_proto proto_udplite = {
	.name = "UDPLite", .title = "UDP-Lite", .spec = "RFC 3828 section 3.1", RT_ROWS(rows), .header = 8,
	.next = { "dport", "sport" }, .next_as = "UDP", RT_MORE(.from = "sport", .to = "dport"), .is_carrier = true,
	.lines = RT_LINES({ .text = "?UDPLite|" }), .summaries = RT_LINES({ .text = "UDPLite {sport} > {dport}" }),
	RT_LINKS({ "IP", "proto", 136 }, { "IPv6", "nh", 136 }),
};
