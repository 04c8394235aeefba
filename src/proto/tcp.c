/* SPDX-License-Identifier: MIT */
/* tcp.c - TCP (RFC 9293 section 3.1; the ninth flag is RFC 3540's). Its options are in tcp_options.c. */
#include "ip.h"
#include "list.h"
#include "words.h"

static const struct rt_word flags[] = {
	{ 1, "F" }, { 2, "S" }, { 4, "R" }, { 8, "P" }, { 16, "A" }, { 32, "U" }, { 64, "E" }, { 128, "C" },
	{ 256, "N" },
};

const struct rt_row tcp_rows[TCP_ROW_COUNT] = {
	{ "sport",      0, 16, RT_ENUM, .names = &tcp_ports, .init = 20 },
	{ "dport",     16, 16, RT_ENUM, .names = &tcp_ports, .init = 80 },
	{ "seq",       32, 32, RT_NUM },
	{ "ack",       64, 32, RT_NUM },
	{ "dataofs",   96,  4, RT_NUM, RT_FILL_HEADER },
	{ "reserved", 100,  3, RT_NUM },
	{ "flags",    103,  9, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags)), .init = 2 },
	{ "window",   112, 16, RT_NUM, .init = 8192 },
	{ "chksum",   128, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_ANY) },
	{ "urgptr",   144, 16, RT_NUM },
	{ "options",  160,  0, RT_LIST, .list = &tcp_options },
};

const struct rt_proto proto_tcp = {
	.name = "TCP", .spec = "RFC 9293 section 3.1", RT_ROWS(tcp_rows), .header = 20, .size = { "dataofs", 4 },
	.next = { "dport", "sport" }, RT_MORE(.from = "sport", .to = "dport"), .is_carrier = true,
	.counted = 1,
	.lines = RT_LINES({ .text = "Flags: {flags}|, Seq: {seq}, Ack: {ack}, Win: {window}" }),
	.summaries = RT_LINES(
		{ .under = "IP",   .text = "TCP {IP.src}:{sport} > {IP.dst}:{dport} {flags}" },
		{ .under = "IPv6", .text = "TCP {IPv6.src}:{sport} > {IPv6.dst}:{dport} {flags}" },
		{ .text = "TCP {sport} > {dport} {flags}" }),
	RT_LINKS({ "IP", "proto", 6 }, { "IPv6", "nh", 6 }),
};
