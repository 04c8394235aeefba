/* SPDX-License-Identifier: MIT */
/* dhcp.c - BOOTP (RFC 951) and DHCP (RFC 2131): the fixed fields, and behind the cookie the options (RFC 2132), which
 * Scapy has as a layer of their own. What people ask for of the options stands in rows aside. */
#include "list.h"
#include "words.h"

#define COOKIE 0x63825363u              /* RFC 2131 section 3 */

/* ---- options -------------------------------------------------------------------------------------------------- */

static const struct rt_word types[] = {
	{ 1, "discover" }, { 2, "offer" }, { 3, "request" }, { 4, "decline" }, { 5, "ack" }, { 6, "nak" },
	{ 7, "release" }, { 8, "inform" }, { 9, "force_renew" }, { 10, "lease_query" }, { 11, "lease_unassigned" },
	{ 12, "lease_unknown" }, { 13, "lease_active" },
};
static const struct rt_names type_names = { RT_WORDS(types) };

#define VALUES(c_name, bits, kind) \
	static const struct rt_row c_name##_item_rows[] = { { "value", 0, bits, kind } }; \
	static const struct rt_proto c_name##_item = { .name = "value", .spec = "RFC 2132 section 2", \
	                                               RT_ROWS(c_name##_item_rows), .header = (bits) / 8 }; \
	static const struct rt_list c_name##_list = { .other = &c_name##_item, .item_bytes = (bits) / 8, \
	                                              .is_values = true, .last_code = -1 }; \
	static const struct rt_row c_name##_rows[] = { START, { "value", 16, 0, RT_LIST, .list = &c_name##_list } }

#define START { "code", 0, 8, RT_NUM }, { "length", 8, 8, RT_NUM }
VALUES(u8s, 8, RT_NUM);
VALUES(u16s, 16, RT_NUM);
VALUES(u32s, 32, RT_NUM);
VALUES(ips, 32, RT_IP4);
static const struct rt_row text_rows[]  = { START, { "value", 16, 0, RT_TEXT } };
static const struct rt_row bytes_rows[] = { START, { "value", 16, 0, RT_BYTES } };
static const struct rt_row type_rows[]  = { START, { "value", 16, 8, RT_ENUM, .names = &type_names } };
static const struct rt_row single_rows[] = { { "code", 0, 8, RT_NUM } };

#define OPTION(kind, rows, bytes) \
	static const struct rt_proto kind = { .name = "", .spec = "RFC 2132", RT_ROWS(rows), .header = bytes }
OPTION(text,   text_rows,   2);
OPTION(bytes,  bytes_rows,  2);
OPTION(type,   type_rows,   3);
OPTION(u8s,    u8s_rows,    2);
OPTION(u16s,   u16s_rows,   2);
OPTION(u32s,   u32s_rows,   2);
OPTION(ips,    ips_rows,    2);
OPTION(single, single_rows, 1);         /* pad, end */
#undef OPTION

enum kind { BYTES, TEXT, TYPE, U8S, U16S, U32S, IPS, SINGLE };
static const struct rt_item kinds[] = {
	{ BYTES, &bytes }, { TEXT, &text }, { TYPE, &type }, { U8S, &u8s }, { U16S, &u16s }, { U32S, &u32s },
	{ IPS, &ips }, { SINGLE, &single },
};
#define OPTION(code, name, kind) { code, name },
static const struct rt_word option_words[] = {
#include "names/dhcp_options.def"
};
#undef OPTION
#define OPTION(code, name, kind) [code] = kind,
static const uint8_t option_kinds[256] = {
#include "names/dhcp_options.def"
};
#undef OPTION

/* The only options without a length are the first and the last code. */
static bool next_option(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->at >= walk->end)
		return false;
	const uint8_t *p = walk->frame->data + walk->at;
	uint32_t left = walk->end - walk->at, size = p[0] == 0 || p[0] == 255 || left < 2 ? 1 : 2u + p[1];
	*item = (struct rt_layer){ .proto = kinds[option_kinds[p[0]]].proto, .at = walk->at,
	                           .header = size < left ? size : left, .id = RT_NO_ID };
	item->end = item->at + item->header;
	walk->at = item->end;
	return true;
}

static const struct rt_list option_list = {
	RT_ITEMS(kinds), .other = &bytes, .next = next_option, .last_code = -1, .is_pairs = true,
	.is_assigned = true, .names = RT_NAMES(RT_WORDS(option_words)), .empty = "''",
};

/* ---- the layer of the options ---------------------------------------------------------------------------------- */

#define VALUE 16                        /* bits of an option in front of it: code, length */

static const struct rt_row dhcp_rows[] = {
	{ "options",      0, 0, RT_LIST, .list = &option_list },
	{ "message_type", VALUE, 8, RT_ENUM, .names = &type_names, .init = 53, .is_aside = true },
	{ "requested",    VALUE, 32, RT_IP4,  .init = 50, .is_aside = true },
	{ "server",       VALUE, 32, RT_IP4,  .init = 54, .is_aside = true },
	{ "hostname",     VALUE, 0, RT_TEXT, .init = 12, .is_aside = true },
	{ "lease",        VALUE, 32, RT_NUM,  .init = 51, .is_aside = true },
};

/* A row aside is the value of the first option whose code is its `init`. */
static bool place_option(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                         struct rt_place *place)
{
	struct rt_walk walk = { .frame = frame, .list = &option_list, .at = layer->at,
	                         .end = layer->at + layer->header,
	                         .most = RT_ITEMS_MAX };
	struct rt_layer item;
	*place = (struct rt_place){ 0, layer->header * 8 };
	if (!row->is_aside)
		return true;
	while (rt_walk_next(&walk, &item)) {
		if (frame->data[item.at] != row->init || item.header < 2)
			continue;
		*place = (struct rt_place){ (item.at - layer->at + 2) * 8, (item.header - 2) * 8 };
		return !row->width || place->width == row->width;
	}
	return false;
}

static uint32_t measure_options(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at;
}

#define SAYS(type, word, rest) { "message_type", type, "DHCP " word rest }

const struct rt_proto proto_dhcp = {
	.name = "DHCP", .title = "DHCP options", .spec = "RFC 2131 section 3", RT_ROWS(dhcp_rows), .header = 1,
	.measure = measure_options, .place = place_option,
	.lines = RT_LINES(
		SAYS(2, "offer", " {BOOTP.yiaddr}[ to {BOOTP.chaddr}][ from {server}][, lease {lease}]"),
		SAYS(3, "request", "[ {requested}][ from {BOOTP.chaddr}][ host {hostname}]"),
		SAYS(5, "ack", " {BOOTP.yiaddr}[ to {BOOTP.chaddr}][ from {server}][, lease {lease}]"),
		SAYS(6, "nak", "[ to {BOOTP.chaddr}][ from {server}]"),
		SAYS(7, "release", " {BOOTP.ciaddr}[ from {BOOTP.chaddr}]"),
		{ .text = "DHCP[ {message_type}][ {requested}][ from {BOOTP.chaddr}][ host {hostname}]" }),
	.summaries = RT_LINES(
		{ "message_type", 1, "DHCP Discover" }, { "message_type", 2, "DHCP Offer" },
		{ "message_type", 3, "DHCP Request" }, { "message_type", 4, "DHCP Decline" },
		{ "message_type", 5, "DHCP Ack" }, { "message_type", 6, "DHCP Nak" },
		{ "message_type", 7, "DHCP Release" }, { "message_type", 8, "DHCP Inform" },
		{ "message_type", 9, "DHCP Force_renew" }, { "message_type", 10, "DHCP Lease_query" },
		{ "message_type", 11, "DHCP Lease_unassigned" }, { "message_type", 12, "DHCP Lease_unknown" },
		{ "message_type", 13, "DHCP Lease_active" }, { .text = NULL }),
	RT_LINKS({ "BOOTP", NULL }),
};

/* ---- the fixed fields ------------------------------------------------------------------------------------------- */

static const struct rt_word ops[] = { { 1, "BOOTREQUEST" }, { 2, "BOOTREPLY" } };
static const struct rt_word flags[] = { { 32768, "B" } };

#define HTYPE 8, 8                      /* place of the row `htype`; 1: Ethernet */

static const struct rt_row bootp_rows[] = {
	{ "op",        0,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(ops)), .init = 1 },
	{ "htype",  HTYPE,     RT_ENUM, .names = &hardware_types, .init = 1 },
	{ "hlen",     16,   8, RT_NUM, .init = 6 },
	{ "hops",     24,   8, RT_NUM },
	{ "xid",      32,  32, RT_HEX },
	{ "secs",     64,  16, RT_NUM },
	{ "flags",    80,  16, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags)) },
	{ "ciaddr",   96,  32, RT_IP4 },
	{ "yiaddr",  128,  32, RT_IP4 },
	{ "siaddr",  160,  32, RT_IP4 },
	{ "giaddr",  192,  32, RT_IP4 },
	{ "chaddr",  224,  48, RT_MAC, RT_WHEN(HTYPE, 1) },
	{ "pad",     272,  80, RT_XBYTES, RT_WHEN(HTYPE, 1), .is_aside = true },
	{ "chaddr",  224, 128, RT_BYTES, RT_UNLESS(HTYPE, 1) },
	{ "sname",   352, 512, RT_BYTES },
	{ "file",    864, 1024, RT_BYTES },
	{ "options", 1888,  0, RT_BYTES },
};

static uint32_t measure_bootp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	bool has_cookie = end - at >= 240 && rt_be32(frame->data + at + 236) == COOKIE;
	return has_cookie ? 240 : end - at;
}

const struct rt_proto proto_bootp = {
	.name = "BOOTP", .spec = "RFC 951 section 3, RFC 2131 section 2", RT_ROWS(bootp_rows), .header = 236,
	.measure = measure_bootp,
	.lines = RT_LINES({ "op", 1, "?BOOTP request from {chaddr}" }, { .text = "?BOOTP reply {yiaddr} to {chaddr}" }),
	RT_LINKS({ "UDP", "dport", 67 }, { "UDP", "dport", 68 }),
};
