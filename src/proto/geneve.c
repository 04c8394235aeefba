/* SPDX-License-Identifier: MIT */
/* geneve.c - GENEVE (RFC 8926 section 3.4): a tunnel for what has an EtherType, with options. */
#include "list.h"
#include "words.h"

static const struct rt_word class_words[] = {
	{ 0x0100, "Linux" }, { 0x0101, "Open vSwitch" }, { 0x0102, "Open Virtual Networking (OVN)" },
	{ 0x0103, "In-band Network Telemetry (INT)" }, { 0x0104, "VMware" }, { 0x0105, "Amazon.com, Inc." },
	{ 0x0106, "Cisco Systems, Inc." }, { 0x0107, "Oracle Corporation" }, { 0x0110, "Amazon.com, Inc." },
	{ 0x0118, "IBM" }, { 0x0128, "Ericsson" }, { 0xfeff, "Unassigned" }, { 0xffff, "Experimental" },
};

static const struct rt_row option_rows[] = {
	{ "classid",   0, 16, RT_XENUM, .names = RT_NAMES(RT_WORDS(class_words)) },
	{ "type",     16,  8, RT_HEX },
	{ "reserved", 24,  3, RT_NUM },
	{ "length",   27,  5, RT_NUM },
	{ "data",     32,  0, RT_BYTES, RT_COUNTED(1, 4, 0) },
};
static const struct rt_proto option = { .name = "GeneveOptions", .title = "Geneve Options",
                                        .spec = "RFC 8926 section 3.5", RT_ROWS(option_rows), .header = 4,
                                        .is_flow = true };
static const struct rt_list options = { .other = &option, .is_sized = true, .last_code = -1 };

static const struct rt_row rows[] = {
	{ "version",    0,  2, RT_NUM },
	{ "optionlen",  2,  6, RT_NUM, RT_FILL_HEADER },
	{ "oam",        8,  1, RT_NUM },
	{ "critical",   9,  1, RT_NUM },
	{ "reserved",  10,  6, RT_NUM },
	{ "proto",     16, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
	{ "vni",       32, 24, RT_HEX },
	{ "reserved2", 56,  8, RT_HEX },
	{ "options",   64,  0, RT_LIST, .list = &options },
};

const struct rt_proto proto_geneve = {
	.name = "GENEVE", .spec = "RFC 8926 section 3.4", RT_ROWS(rows), .header = 8, .size = { "optionlen", 4, 8 },
	.next = { "proto" }, .next_as = "Ether", .is_carrier = true, RT_MORE(.prefix = "geneve {vni} "),
	.lines = RT_LINES({ .text = "GENEVE vni {vni}| {proto}" }),
	.summaries = RT_LINES({ .text = "GENEVE (vni={vni},optionlen={optionlen},proto={proto})" }),
	RT_LINKS({ "UDP", "dport", 6081 }),
};
