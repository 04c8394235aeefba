/* SPDX-License-Identifier: MIT */
/* dot1q.c - VLAN tags: 802.1Q and the service tag of 802.1ad (IEEE 802.1Q clause 9.6). What follows is
 * linked as below Ethernet, other tags included. */
#include "list.h"
#include "words.h"

static const struct rt_row rows[] = {
	{ "prio",  0,  3, RT_NUM },
	{ "id",    3,  1, RT_NUM },
	{ "vlan",  4, 12, RT_NUM, .init = 1 },
	{ "type", 16, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
};

#define SUMMARIES RT_LINES( \
	{ .under = "Ether", .text = "802.1q {Ether.src} > {Ether.dst} ({type}) vlan {vlan}" }, \
	{ .text = "802.1q ({type}) vlan {vlan}" })

const struct rt_proto proto_dot1q = {
	.name = "Dot1Q", .title = "802.1Q", .spec = "IEEE 802.1Q clause 9.6", RT_ROWS(rows), .header = 4,
	.next = { "type" }, .next_as = "Ether", .is_carrier = true, .is_link = true,
	.prefix = "vlan {vlan} ", .lines = RT_LINES({ .text = "?type {type}" }), .summaries = SUMMARIES,
	RT_LINKS({ "Ether", "type", 0x8100 }, { "Ether", "type", 0x9100 }),
};

const struct rt_proto proto_dot1ad = {
	.name = "Dot1AD", .title = "802_1AD", .spec = "IEEE 802.1Q clause 9.6", RT_ROWS(rows), .header = 4,
	.next = { "type" }, .next_as = "Ether", .is_carrier = true, .is_link = true,
	.prefix = "vlan {vlan} ", .lines = RT_LINES({ .text = "?type {type}" }), .summaries = SUMMARIES,
	RT_LINKS({ "Ether", "type", 0x88a8 }),
};
