/* SPDX-License-Identifier: MIT */
/* dot1q.c - VLAN tags: 802.1Q and the service tag of 802.1ad (IEEE 802.1Q clause 9.6). What follows is linked as below
 * Ethernet, other tags included; where the type is a length, as below 802.3, from a table of the same name. */
#include "list.h"
#include "words.h"

static const struct rt_row rows[] = {
	{ "prio",  0,  3, RT_NUM },
	{ "id",    3,  1, RT_NUM },
	{ "vlan",  4, 12, RT_NUM, .init = 1 },
	{ "type", 16, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
};

#define LENGTH_MAX 1500
#define TYPE 16, 16                     /* place of the row `type`                                    */

#define SUMMARIES RT_LINES( \
	{ .under = "Ether", .text = "802.1q {Ether.src} > {Ether.dst} ({type}) vlan {vlan}" }, \
	{ .text = "802.1q ({type}) vlan {vlan}" })

#define TAG \
	.spec = "IEEE 802.1Q clause 9.6", RT_ROWS(rows), .header = 4, .is_carrier = true, .is_link = true, \
	.lines = RT_LINES({ .text = "?type {type}" }), .summaries = SUMMARIES
#define PREFIX .prefix = "vlan {vlan} "
#define TYPED RT_MORE(PREFIX, .only = { TYPE, LENGTH_MAX + 1, UINT16_MAX }), .next = { "type" }, .next_as = "Ether"
#define SIZED .has_zero_extent = true, \
	RT_MORE(PREFIX, .only = { TYPE, 0, LENGTH_MAX }, .extent = { "type", 1, 4 }, RT_CARRIES({ "LLC" }))
#define DOT1Q  .name = "Dot1Q", .title = "802.1Q", \
	RT_LINKS({ "Ether", "type", 0x8100 }, { "Ether", "type", 0x9100 })
#define DOT1AD .name = "Dot1AD", .title = "802_1AD", RT_LINKS({ "Ether", "type", 0x88a8 })

const struct rt_proto proto_dot1q        = { DOT1Q,  TAG, TYPED };
const struct rt_proto proto_dot1q_sized  = { DOT1Q,  TAG, SIZED };
const struct rt_proto proto_dot1ad       = { DOT1AD, TAG, TYPED };
const struct rt_proto proto_dot1ad_sized = { DOT1AD, TAG, SIZED };
