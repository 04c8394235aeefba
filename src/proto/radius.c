/* SPDX-License-Identifier: MIT */
/* radius.c - RADIUS (RFC 2865 section 3) and its attributes, each with the kind of value that its RFC gives it. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word codes[] = {
	{ 1, "Access-Request" }, { 2, "Access-Accept" }, { 3, "Access-Reject" }, { 4, "Accounting-Request" },
	{ 5, "Accounting-Response" }, { 11, "Access-Challenge" }, { 12, "Status-Server (experimental)" },
	{ 13, "Status-Client (experimental)" }, { 40, "Disconnect-Request" }, { 41, "Disconnect-ACK" },
	{ 42, "Disconnect-NAK" }, { 43, "CoA-Request" }, { 44, "CoA-ACK" }, { 45, "CoA-NAK" },
};
#define ATTRIBUTE(type, name, kind) { type, name },
static const struct rt_word types[] = {
#include "names/radius_attributes.def"
};
#undef ATTRIBUTE

#define START { "type", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 1 }, { "len", 8, 8, RT_NUM }

static const struct rt_row octets_rows[]   = { START, { "value", 16, 0, RT_XBYTES } };
static const struct rt_row string_rows[]   = { START, { "value", 16, 0, RT_TEXT } };
static const struct rt_row number_rows[]   = { START, { "value", 16, 32, RT_NUM } };
static const struct rt_row address_rows[]  = { START, { "value", 16, 32, RT_IP4 } };
static const struct rt_row address6_rows[] = { START, { "value", 16, 128, RT_IP6 } };

#define VALUE(c_name, bytes) \
	static const struct rt_proto c_name = { .name = "RadiusAttribute", .title = "Radius Attribute", \
	                                        .spec = "RFC 2865 section 5", RT_ROWS(c_name##_rows), .header = bytes }
VALUE(octets, 2);
VALUE(string, 2);
VALUE(number, 6);
VALUE(address, 6);
VALUE(address6, 18);

enum kind { OCTETS, STRING, NUMBER, ADDRESS, ADDRESS6 };
static const struct rt_item kinds[] = {
	{ OCTETS, &octets }, { STRING, &string }, { NUMBER, &number }, { ADDRESS, &address }, { ADDRESS6, &address6 },
};
#define ATTRIBUTE(type, name, kind) [type] = kind,
static const uint8_t kind_of[256] = {
#include "names/radius_attributes.def"
};

/* One whose value has not the size that its kind asks for is octets. */
static bool next_attribute(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->end - walk->at < 2)
		return false;
	const uint8_t *p = walk->frame->data + walk->at;
	uint32_t size = p[1] < 2 ? 2 : p[1], left = walk->end - walk->at;
	const struct rt_proto *proto = kinds[kind_of[p[0]]].proto;
	*item = (struct rt_layer){ .proto = proto, .at = walk->at, .header = size < left ? size : left,
	                           .id = RT_NO_ID };
	item->end = item->at + item->header;
	if (proto->header > 2 && proto->header != item->header)
		item->proto = &octets;
	walk->at = item->end;
	return true;
}

static const struct rt_list attributes = { RT_ITEMS(kinds), .other = &octets, .next = next_attribute, .last_code = -1 };

enum { USER = 1, MESSAGE = 18 };        /* `init` of the rows aside: the attribute that they are           */

static const struct rt_row rows[] = {
	{ "code",           0,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(codes)), .init = 1 },
	{ "id",             8,   8, RT_NUM },
	{ "len",           16,  16, RT_NUM },
	{ "authenticator", 32, 128, RT_XBYTES },
	{ "attributes",   160,   0, RT_LIST, .list = &attributes },
	{ "user",         160,   0, RT_TEXT, .init = USER, .is_aside = true },
	{ "message",      160,   0, RT_TEXT, .init = MESSAGE, .is_aside = true },
};

static bool place_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	struct rt_walk walk = { .frame = frame, .list = &attributes, .owner = *layer, .at = layer->at + 20,
	                        .end = layer->at + layer->header, .most = RT_ITEMS_MAX };
	struct rt_layer item;
	if (row->kind == RT_LIST)
		place->width = (layer->header - 20) * 8;
	if (!row->is_aside)
		return true;
	while (rt_walk_next(&walk, &item)) {
		*place = (struct rt_place){ (item.at + 2 - layer->at) * 8, (item.header - 2) * 8 };
		if (frame->data[item.at] == row->init)
			return true;
	}
	return false;
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t length = rt_be16(frame->data + at + 2);
	return length >= 20 && length < end - at ? length : end - at;
}

const struct rt_proto proto_radius = {
	.name = "Radius", .title = "RADIUS", .spec = "RFC 2865 section 3", RT_ROWS(rows), .header = 20,
	.measure = measure, .place = place_row,
	.lines = RT_LINES({ .text = "RADIUS {code} id {id}[, user {user}][, {message}]" }),
	RT_LINKS({ "UDP", "dport", 1812 }, { "UDP", "sport", 1812 }, { "UDP", "dport", 1813 }, { "UDP", "sport", 1813 },
	         { "UDP", "dport", 3799 }, { "UDP", "sport", 3799 }),
};
