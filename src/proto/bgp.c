/* SPDX-License-Identifier: MIT */
/* bgp.c - BGP-4 (RFC 4271 section 4): a header in front of every message, so that a segment is a chain of both. A
 * message that goes on in the next segment is shown as far as it goes. */
#include <ringtap/dissect.h>
#include "list.h"

#define HEADER 19u
#define EXTENDED_LENGTH 0x10            /* of an attribute's flags                                       */

static const struct rt_word types[] = {
	{ 0, "NONE" }, { 1, "OPEN" }, { 2, "UPDATE" }, { 3, "NOTIFICATION" }, { 4, "KEEPALIVE" },
	{ 5, "ROUTE-REFRESH" },
};
static const struct rt_word error_codes[] = {
	{ 1, "Message Header Error" }, { 2, "OPEN Message Error" }, { 3, "UPDATE Message Error" },
	{ 4, "Hold Timer Expired" }, { 5, "Finite State Machine Error" }, { 6, "Cease" },
	{ 7, "ROUTE-REFRESH Message Error" },
};
static const struct rt_word flag_words[] = {
	{ 1, "NA0" }, { 2, "NA1" }, { 4, "NA2" }, { 8, "NA3" }, { 16, "Extended-Length" }, { 32, "Partial" },
	{ 64, "Transitive" }, { 128, "Optional" },
};
static const struct rt_word attribute_codes[] = {
	{ 1, "ORIGIN" }, { 2, "AS_PATH" }, { 3, "NEXT_HOP" }, { 4, "MULTI_EXIT_DISC" }, { 5, "LOCAL_PREF" },
	{ 6, "ATOMIC_AGGREGATE" }, { 7, "AGGREGATOR" }, { 8, "COMMUNITY" }, { 9, "ORIGINATOR_ID" },
	{ 10, "CLUSTER_LIST" }, { 14, "MP_REACH_NLRI" }, { 15, "MP_UNREACH_NLRI" }, { 16, "EXTENDED COMMUNITIES" },
	{ 17, "AS4_PATH" }, { 18, "AS4_AGGREGATOR" }, { 22, "PMSI_TUNNEL" }, { 26, "AIGP" }, { 32, "LARGE_COMMUNITY" },
	{ 40, "BGP Prefix-SID" },
};
static const struct rt_word origins[] = { { 0, "IGP" }, { 1, "EGP" }, { 2, "INCOMPLETE" } };

/* ---- lists: prefixes, attributes, parameters ------------------------------------------------------------------ */

static const struct rt_row prefix_rows[] = {
	{ "prefixlen", 0, 8, RT_NUM }, { "prefix", 8, 0, RT_PREFIX4, RT_BITS(1, 1) },
};
static const struct rt_proto prefix = { .name = "BGPNLRI_IPv4", .title = "IPv4 NLRI", .spec = "RFC 4271 section 4.3",
                                        RT_ROWS(prefix_rows), .header = 1, .is_flow = true };
static const struct rt_list prefixes = { .other = &prefix, .is_sized = true, .last_code = -1 };

/* `init`: the attribute whose value the row is; 0: of all others. */
static const struct rt_row attribute_rows[] = {
	{ "type_flags", 0, 8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flag_words), .join = '+') },
	{ "type_code",  8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(attribute_codes)) },
	{ "attr_len",  16, 16, RT_NUM },
	{ "attribute", 24, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(origins)), .init = 1 },
	{ "attribute", 24, 32, RT_IP4, .init = 3 },
	{ "attribute", 24, 32, RT_NUM, .init = 4 },
	{ "attribute", 24, 32, RT_NUM, .init = 5 },
	{ "attribute", 24, 32, RT_IP4, .init = 9 },
	{ "attribute", 24, 0, RT_XBYTES },
};

static bool is_typed(uint8_t code) { return code == 1 || (code >= 3 && code <= 5) || code == 9; }

static bool place_attribute(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                            struct rt_place *place)
{
	const uint8_t *p = frame->data + layer->at;
	uint32_t length_bits = p[0] & EXTENDED_LENGTH ? 16 : 8, front = 2 + length_bits / 8;
	unsigned nth = (unsigned)(row - attribute_rows);
	if (layer->header < front)
		return nth < 2;
	if (nth == 2)
		place->width = length_bits;
	if (nth < 3)
		return true;
	*place = (struct rt_place){ front * 8, (layer->header - front) * 8 };
	return row->init ? p[1] == row->init && place->width == row->width : !is_typed(p[1]);
}

static const struct rt_proto attribute = { .name = "BGPPathAttr", .title = "BGP path attribute",
                                           .spec = "RFC 4271 section 4.3", RT_ROWS(attribute_rows), .header = 2,
                                           .place = place_attribute };

static bool next_attribute(struct rt_walk *walk, struct rt_layer *item)
{
	uint32_t left = walk->end - walk->at, size = 3;
	const uint8_t *p = walk->frame->data + walk->at;
	if (left < 3)
		return false;
	if (!(p[0] & EXTENDED_LENGTH))
		size += p[2];
	else if (left >= 4)
		size = 4u + rt_be16(p + 2);
	size = size < left ? size : left;
	*item = (struct rt_layer){ .proto = &attribute, .at = walk->at, .header = size, .end = walk->at + size,
	                           .id = RT_NO_ID };
	walk->at += size;
	return true;
}

static const struct rt_list attributes = { .other = &attribute, .next = next_attribute, .last_code = -1 };

static const struct rt_row parameter_rows[] = {
	{ "param_type", 0, 8, RT_NUM }, { "param_length", 8, 8, RT_NUM }, { "param_value", 16, 0, RT_XBYTES },
};
static const struct rt_proto parameter = { .name = "BGPOptParam", .title = "Optional parameter",
                                           .spec = "RFC 4271 section 4.2", RT_ROWS(parameter_rows), .header = 2 };
static const struct rt_list parameters = { .other = &parameter, .code_bytes = 1, .length_bytes = 1, .length_unit = 1,
                                           .length_add = 2, .last_code = -1 };

/* ---- messages ---------------------------------------------------------------------------------------------------- */

static const struct rt_row header_rows[] = {
	{ "marker",   0, 128, RT_XBYTES },
	{ "len",    128,  16, RT_NUM },
	{ "type",   144,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 4 },
};
static const struct rt_row open_rows[] = {
	{ "version",       0,  8, RT_NUM, .init = 4 },
	{ "my_as",         8, 16, RT_NUM },
	{ "hold_time",    24, 16, RT_NUM },
	{ "bgp_id",       40, 32, RT_IP4 },
	{ "opt_param_len", 72, 8, RT_NUM },
	{ "opt_params",   80,  0, RT_LIST, .list = &parameters, RT_COUNTED(1, 1, 0) },
};
static const struct rt_row update_rows[] = {
	{ "withdrawn_routes_len", 0, 16, RT_NUM },
	{ "withdrawn_routes",    16,  0, RT_LIST, .list = &prefixes, RT_COUNTED(1, 1, 0) },
	{ "path_attr_len",       16, 16, RT_NUM },
	{ "path_attr",           16,  0, RT_LIST, .list = &attributes, RT_COUNTED(1, 1, 0) },
	{ "nlri",                16,  0, RT_LIST, .list = &prefixes },
};
static const struct rt_row notification_rows[] = {
	{ "error_code",    0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(error_codes)) },
	{ "error_subcode", 8, 8, RT_NUM },
	{ "data",         16, 0, RT_XBYTES },
};
static const struct rt_row refresh_rows[] = {
	{ "afi", 0, 16, RT_NUM }, { "subtype", 16, 8, RT_NUM }, { "safi", 24, 8, RT_NUM },
};

static bool is_header(const struct rt_frame *frame, uint32_t at)
{
	const uint8_t *p = frame->data + at;
	for (unsigned i = 0; i < 16; i++)
		if (p[i] != 0xff)
			return false;
	return rt_be16(p + 16) >= HEADER && p[18] >= 1 && p[18] <= 5;
}

/* Segments that begin inside a message are data. */
static uint32_t measure_header(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return is_header(frame, at) ? HEADER : 0;
}

/* A message ends where the header above it says. */
static bool claims_message(const struct rt_packet *above, struct rt_layer *layer)
{
	const struct rt_layer *header = &above->layer[above->count - 1];
	uint32_t length = rt_be16(above->frame->data + header->at + 16) - HEADER, left = layer->end - layer->at;
	layer->header = length < left ? length : left;
	return length > 0;
}

const struct rt_proto proto_bgp = {
	.name = "BGPHeader", .title = "HEADER", .spec = "RFC 4271 section 4.1", RT_ROWS(header_rows), .header = HEADER,
	.measure = measure_header, .next = { "type" },
	.lines = RT_LINES({ "type", 4, "BGP KEEPALIVE" }, { .text = "?BGP {type}" }),
	RT_LINKS({ "TCP", "dport", 179 }, { "TCP", "sport", 179 }, { "BGPOpen", NULL }, { "BGPUpdate", NULL },
	         { "BGPNotification", NULL }, { "BGPRouteRefresh", NULL }, { "BGPHeader", "type", 4 }),
};
#define MESSAGE(class, words, number, rows, bytes, sentence) { \
	.name = class, .title = words, .spec = "RFC 4271 section 4", RT_ROWS(rows), .header = bytes, .is_flow = true, \
	.claims = claims_message, .lines = RT_LINES({ .text = "BGP " sentence }), \
		RT_LINKS({ "BGPHeader", "type", number }) }

const struct rt_proto proto_bgp_open = MESSAGE("BGPOpen", "OPEN", 1, open_rows, 10,
                                               "OPEN AS {my_as} id {bgp_id} hold {hold_time}");
const struct rt_proto proto_bgp_update = MESSAGE("BGPUpdate", "UPDATE", 2, update_rows, 2,
                                                 "UPDATE[ {nlri.prefix}][ withdraws {withdrawn_routes.prefix}]");
const struct rt_proto proto_bgp_notification = MESSAGE("BGPNotification", "NOTIFICATION", 3, notification_rows, 2,
                                                       "NOTIFICATION {error_code} subcode {error_subcode}");
const struct rt_proto proto_bgp_refresh = MESSAGE("BGPRouteRefresh", "ROUTE-REFRESH", 5, refresh_rows, 4,
                                                  "ROUTE-REFRESH afi {afi} safi {safi}");
