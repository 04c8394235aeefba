/* SPDX-License-Identifier: MIT */
/* icmp_error.c - the packet that caused an ICMP or ICMPv6 error (RFC 792, RFC 4443 section 2.4): the same rows
 * as the living ones under Scapy's names for them, and no sentences of their own. RFC 792 promises only 8 bytes
 * behind the IP header, so a TCP header may end there. */
#include "ip.h"
#include "list.h"

const struct rt_proto proto_icmp_ip = {
	.name = "IPerror", .title = "IP in ICMP", .spec = "RFC 792", .rows = ip_rows, .row_count = IP_ROW_COUNT,
	.header = 20, .size = { "ihl", 4 }, .next = { "proto" }, RT_MORE(.extent = { "len", 1 }, .solid = "frag"),
	.is_quote = true,
	RT_LINKS({ "ICMP", "type", 3 }, { "ICMP", "type", 4 }, { "ICMP", "type", 5 }, { "ICMP", "type", 11 },
	         { "ICMP", "type", 12 }, { "IPerror", "proto", 4 }),
};

const struct rt_proto proto_icmp_tcp = {
	.name = "TCPerror", .title = "TCP in ICMP", .spec = "RFC 792", .rows = tcp_rows, .row_count = TCP_ROW_COUNT,
	.header = 8, .size = { "dataofs", 4 },
	RT_LINKS({ "IPerror", "proto", 6 }, { "IPerror6", "nh", 6 }),
};

const struct rt_proto proto_icmp_udp = {
	.name = "UDPerror", .title = "UDP in ICMP", .spec = "RFC 792", .rows = udp_rows, .row_count = UDP_ROW_COUNT,
	.header = 8, RT_MORE(.extent = { "len", 1 }),
	RT_LINKS({ "IPerror", "proto", 17 }, { "IPerror6", "nh", 17 }),
};

const struct rt_proto proto_icmp_icmp = {
	.name = "ICMPerror", .title = "ICMP in ICMP", .spec = "RFC 792", .rows = icmp_rows,
	.row_count = ICMP_ROW_COUNT, .header = 8,
	RT_LINKS({ "IPerror", "proto", 1 }),
};

const struct rt_proto proto_icmp6_ip6 = {
	.name = "IPerror6", .title = "IPv6 in ICMPv6", .spec = "RFC 4443 section 2.4", .rows = ip6_rows,
	.row_count = IP6_ROW_COUNT, .header = 40, RT_MORE(.extent = { "plen", 1, 40 }), .next = { "nh" },
	.is_quote = true,
	RT_LINKS({ "ICMPv6DestUnreach" }, { "ICMPv6PacketTooBig" }, { "ICMPv6TimeExceeded" },
	         { "ICMPv6ParamProblem" }),
};
