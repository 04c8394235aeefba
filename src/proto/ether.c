/* SPDX-License-Identifier: MIT */
/* ether.c - Ethernet II, and 802.3, which has a length where the other has a type (IEEE 802.3 clause 3). EtherTypes are
 * the family of links that VLAN tags, cooked headers and SNAP share; 802.3 carries LLC. */
#include "list.h"
#include "words.h"

#define LENGTH_MAX 1500                 /* clause 3.2.6, as far as Scapy goes                         */
#define TYPE       96, 16               /* place of the rows `type` and `len`                         */

static const struct rt_row ether_rows[] = {
	{ "dst",   0, 48, RT_MAC },
	{ "src",  48, 48, RT_MAC },
	{ "type", 96, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
};

static const struct rt_row dot3_rows[] = {
	{ "dst",   0, 48, RT_MAC },
	{ "src",  48, 48, RT_MAC },
	{ "len",  96, 16, RT_NUM, RT_FILL_EXTENT },
};

#define CARRIERS \
	{ "frame", "link", RT_LINK_ETHER }, { "Ether", "type", 0x6558 }, { "VXLAN" }, { "VXLAN", "NextProtocol", 0 }, \
	{ "VXLAN", "NextProtocol", 3 }

const struct rt_proto proto_ether = {
	.name = "Ether", .title = "Ethernet", .spec = "IEEE 802.3 clause 3", RT_ROWS(ether_rows), .header = 14,
	RT_MORE(.only = { TYPE, LENGTH_MAX + 1, UINT16_MAX }, .from = "src", .to = "dst"), .next = { "type" },
	.is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?type {type}" }),
	.summaries = RT_LINES({ .text = "{src} > {dst} ({type})" }),
	RT_LINKS(CARRIERS),
};

const struct rt_proto proto_dot3 = {
	.name = "Dot3", .title = "802.3", .spec = "IEEE 802.3 clause 3", RT_ROWS(dot3_rows), .header = 14,
	RT_MORE(.only = { TYPE, 0, LENGTH_MAX }, .extent = { "len", 1, 14 }, .from = "src", .to = "dst",
	        RT_CARRIES({ "LLC" })),
	.is_carrier = true, .is_link = true, .has_zero_extent = true,
	.lines = RT_LINES({ .text = "?802.3" }),
	.summaries = RT_LINES({ .text = "802.3 {src} > {dst}" }),
	RT_LINKS(CARRIERS),
};
