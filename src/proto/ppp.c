/* SPDX-License-Identifier: MIT */
/* ppp.c - PPP (RFC 1661 section 2) and the address and control bytes that stand before it on serial lines (RFC 1662).
 * The protocol number is one byte long when its first byte is odd (section 6.5): two tables of the same name. */
#include "list.h"
#include "words.h"

static const struct rt_row hdlc_rows[] = {
	{ "address", 0, 8, RT_HEX, .init = 0xff },
	{ "control", 8, 8, RT_HEX, .init = 3 },
};

static const struct rt_row rows[] = {
	{ "proto", 0, 16, RT_ENUM, RT_FILL_NEXT, .names = &ppp_protocols, .init = 0x21 },
};
static const struct rt_row short_rows[] = {
	{ "proto", 0, 8, RT_ENUM, RT_FILL_NEXT, .names = &ppp_short_protocols, .init = 0x21 },
};

#define IS_SHORT 7, 1                   /* the last bit of the first byte                             */

/* Address and control are told by their first byte. */
#define CARRIERS(...) \
	{ "PPPoE", "code", 0, __VA_ARGS__ }, { "frame", "link", RT_LINK_PPP, __VA_ARGS__ }, \
	{ "L2TP", NULL, 0, __VA_ARGS__ }, { "GRE_PPTP", "proto", 0x880b, __VA_ARGS__ }, \
	{ "Ether", "type", 0x880b, __VA_ARGS__ }
#define ADDRESS "address", 0xff

const struct rt_proto proto_hdlc = {
	.name = "HDLC", .spec = "RFC 1662 section 3.1", RT_ROWS(hdlc_rows), .header = 2, .is_carrier = true,
	.is_link = true,
	RT_LINKS(CARRIERS(ADDRESS), { "frame", "link", RT_LINK_PPP_SERIAL, ADDRESS }),
};

#define PPP .name = "PPP", .title = "PPP Link Layer", .spec = "RFC 1661 section 2", .next = { "proto" }, \
	.next_as = "PPP", .is_carrier = true, .is_link = true, .lines = RT_LINES({ .text = "?PPP {proto}" }), \
	RT_LINKS({ "HDLC" }, CARRIERS())

const struct rt_proto proto_ppp = {
	PPP, RT_ROWS(rows), .header = 2,
	RT_MORE(.only = { IS_SHORT, 0, 0 }, RT_CARRIES({ "IP", "proto", 0x21 }, { "IPv6", "proto", 0x57 })),
};

const struct rt_proto proto_ppp_short = { PPP, RT_ROWS(short_rows), .header = 1, RT_MORE(.only = { IS_SHORT, 1, 1 }) };
