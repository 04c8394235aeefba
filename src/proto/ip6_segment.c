/* SPDX-License-Identifier: MIT */
/* ip6_segment.c - segment routing of IPv6 (RFC 8754 section 2): a routing header of type 4, with its segments, last one
 * first, and TLVs behind them. */
#include "list.h"
#include "lists.h"
#include "words.h"

static const struct rt_word tlv_types[] = {
	{ 0, "Pad1 TLV" }, { 1, "Ingress Node TLV" }, { 2, "Egress Node TLV" }, { 4, "PadN TLV" }, { 5, "HMAC TLV" },
};

#define TYPE  { "type", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(tlv_types)) }
#define START TYPE, { "len", 8, 8, RT_NUM }
#define NODE(name) START, { "reserved", 16, 8, RT_NUM }, { "flags", 24, 8, RT_NUM }, { name, 32, 128, RT_IP6 }

static const struct rt_row pad1_rows[] = { TYPE };
static const struct rt_row generic_rows[] = { START, { "value", 16, 0, RT_BYTES } };
static const struct rt_row padding_rows[] = { START, { "padding", 16, 0, RT_BYTES } };
static const struct rt_row ingress_rows[] = { NODE("ingress_node") };
static const struct rt_row egress_rows[] = { NODE("egress_node") };
static const struct rt_row hmac_rows[] = {
	START, { "D", 16, 1, RT_NUM }, { "reserved", 17, 15, RT_NUM }, { "hmackeyid", 32, 32, RT_NUM },
	{ "hmac", 64, 0, RT_BYTES },
};

#define TLV(c_name, class, words, table, bytes) \
	static const struct rt_proto c_name = { .name = "IPv6ExtHdrSegmentRoutingTLV" class, \
	                                        .title = "IPv6 Option Header Segment Routing - " words " TLV", \
	                                        .spec = "RFC 8754 section 2.1", RT_ROWS(table), .header = bytes }
TLV(generic, "",            "Generic",      generic_rows, 2);
TLV(pad1,    "Pad1",        "Pad1",         pad1_rows,    1);
TLV(ingress, "IngressNode", "Ingress Node", ingress_rows, 20);
TLV(egress,  "EgressNode",  "Egress Node",  egress_rows,  20);
TLV(padn,    "PadN",        "PadN",         padding_rows, 2);
TLV(hmac,    "HMAC",        "HMAC",         hmac_rows,    8);

static const struct rt_item items[] = { { 0, &pad1 }, { 1, &ingress }, { 2, &egress }, { 4, &padn }, { 5, &hmac } };
static const struct rt_list tlvs = {
	RT_ITEMS(items), .other = &generic, .code_bytes = 1, .length_bytes = 1, .length_unit = 1, .length_add = 2,
	.single_count = 1, .last_code = -1,
};

static const struct rt_row rows[] = {
	{ "nh",           0,  8, RT_ENUM, RT_FILL_NEXT, .names = &ip6_next, .init = 59 },
	{ "len",          8,  8, RT_NUM, RT_FILL_HEADER },
	{ "type",        16,  8, RT_NUM, .init = 4 },
	{ "segleft",     24,  8, RT_NUM },
	{ "lastentry",   32,  8, RT_NUM },
	{ "unused1",     40,  1, RT_NUM },
	{ "protected",   41,  1, RT_NUM },
	{ "oam",         42,  1, RT_NUM },
	{ "alert",       43,  1, RT_NUM },
	{ "hmac",        44,  1, RT_NUM },
	{ "unused2",     45,  3, RT_NUM },
	{ "tag",         48, 16, RT_NUM },
	{ "addresses",   64,  0, RT_LIST, .list = &ip6_list_spaced, RT_COUNTED(8, 16, 16) },
	{ "tlv_objects", 64,  0, RT_LIST, .list = &tlvs },
};

/* While segments are left, the last one, which stands first, is the destination (RFC 8754 section 4.1). */
static void ends(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	const uint8_t *header = packet->frame->data + layer->at;
	if (header[3] == 0)
		return;
	if (ends->size != 16 || layer->header < 24)
		ends->size = 0;
	else
		ends->to = header + 8;
}

const struct rt_proto proto_ip6_segment = {
	.name = "IPv6ExtHdrSegmentRouting", .title = "IPv6 Option Header Segment Routing", .spec = "RFC 8754 section 2",
	RT_ROWS(rows), .header = 8, .size = { "len", 8, 8 }, .is_flow = true, .next = { "nh" }, .next_as = "IPv6",
	RT_MORE(.ends = ends),
	.lines = RT_LINES({ .text = "segment routing {segleft} left" }),
	RT_LINKS({ "IPv6", "nh", 43, "type", 4 }, { "IPerror6", "nh", 43, "type", 4 }),
};
