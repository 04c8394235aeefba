/* SPDX-License-Identifier: MIT */
/* ether.c - Ethernet II (IEEE 802.3 clause 3). Its EtherTypes are the family of links that VLAN tags and
 * cooked headers share. */
#include "list.h"
#include "words.h"

static const struct rt_row rows[] = {
	{ "dst",   0, 48, RT_MAC },
	{ "src",  48, 48, RT_MAC },
	{ "type", 96, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
};

const struct rt_proto proto_ether = {
	.name = "Ether", .title = "Ethernet", .spec = "IEEE 802.3 clause 3", RT_ROWS(rows), .header = 14,
	.next = { "type" }, .from = "src", .to = "dst", .is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?type {type}" }),
	.summaries = RT_LINES({ .text = "{src} > {dst} ({type})" }),
	RT_LINKS({ "frame", "link", RT_LINK_ETHER }, { "Ether", "type", 0x6558 },
	         { "VXLAN" }, { "VXLAN", "NextProtocol", 0 }, { "VXLAN", "NextProtocol", 3 }),
};
