/* SPDX-License-Identifier: MIT */
/* loopback.c - BSD's loopback header (LINKTYPE_NULL, LINKTYPE_LOOP): the address family, in the byte order of the host
 * that wrote the file, or in network order. Families are small, so that the two zeros tell the order. */
#include "list.h"

static const struct rt_word types[] = {
	{ 0x02, "IPv4" }, { 0x07, "OSI" }, { 0x10, "Appletalk" }, { 0x17, "Netware IPX/SPX" }, { 0x18, "IPv6" },
	{ 0x1c, "IPv6" }, { 0x1e, "IPv6" },
};

#define TYPE "type", 0, 32, RT_ENUM, RT_FILL_NEXT, .names = RT_NAMES(RT_WORDS(types)), .init = 2
static const struct rt_row big_rows[] = { { TYPE } };
static const struct rt_row little_rows[] = { { TYPE, .is_little = true } };

#define LOOPBACK(table, least, most) { \
	.name = "Loopback", .spec = "LINKTYPE_NULL", RT_ROWS(table), .header = 4, \
	.next = { "type" }, .is_carrier = true, .is_link = true, \
	.lines = RT_LINES({ .text = "?type {type}" }), \
	RT_LINKS({ "frame", "link", RT_LINK_NULL }, { "frame", "link", RT_LINK_LOOP }), \
	RT_MORE(.only = { 0, 16, (least), (most) }, \
	        RT_CARRIES({ "IP", "type", 2 }, { "IPv6", "type", 10 }, { "IPv6", "type", 24 }, { "IPv6", "type", 28 }, \
	                   { "IPv6", "type", 30 })) }    /* Linux, BSD, FreeBSD, macOS */

const struct rt_proto proto_loopback = LOOPBACK(big_rows, 0, 0);
const struct rt_proto proto_loopback_little = LOOPBACK(little_rows, 1, UINT16_MAX);
