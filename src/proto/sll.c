/* SPDX-License-Identifier: MIT */
/* sll.c - Linux cooked headers, versions 1 and 2 (LINKTYPE_LINUX_SLL and SLL2): what captures on "any" by
 * other tools contain. What follows is linked as below Ethernet. */
#include "list.h"
#include "words.h"

static const struct rt_word kinds[] = {
	{ 0, "unicast" }, { 1, "broadcast" }, { 2, "multicast" }, { 3, "unicast-to-another-host" }, { 4, "sent-by-us" },
};

static const struct rt_row rows1[] = {
	{ "pkttype",      0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(kinds)) },
	{ "lladdrtype",  16, 16, RT_HEX },
	{ "lladdrlen",   32, 16, RT_NUM },
	{ "src",         48, 64, RT_BYTES },
	{ "proto",      112, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
};

static const struct rt_row rows2[] = {
	{ "proto",        0, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
	{ "reserved",    16, 16, RT_NUM },
	{ "ifindex",     32, 32, RT_NUM },
	{ "lladdrtype",  64, 16, RT_HEX },
	{ "pkttype",     80,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(kinds)) },
	{ "lladdrlen",   88,  8, RT_NUM },
	{ "src",         96, 64, RT_BYTES },
};

const struct rt_proto proto_sll = {
	.name = "CookedLinux", .title = "cooked linux", .spec = "LINKTYPE_LINUX_SLL", RT_ROWS(rows1), .header = 16,
	.next = { "proto" }, .next_as = "Ether", .is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?type {proto}" }),
	RT_LINKS({ "frame", "link", RT_LINK_SLL }),
};

const struct rt_proto proto_sll2 = {
	.name = "CookedLinuxV2", .title = "cooked linux v2", .spec = "LINKTYPE_LINUX_SLL2", RT_ROWS(rows2),
	.header = 20, .next = { "proto" }, .next_as = "Ether", .is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?type {proto}" }),
	RT_LINKS({ "frame", "link", RT_LINK_SLL2 }),
};
