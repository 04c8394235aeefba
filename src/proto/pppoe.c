/* SPDX-License-Identifier: MIT */
/* pppoe.c - PPP over Ethernet (RFC 2516): sessions, and how they are found, with tags (also RFC 4638, RFC 5578). */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word session[] = { { 0, "Session" } };
static const struct rt_word codes[] = {
	{ 0x00, "PPP Session Stage" }, { 0x07, "PPPoE Active Discovery Offer (PADO)" },
	{ 0x09, "PPPoE Active Discovery Initiation (PADI)" }, { 0x0a, "PPPoE Active Discovery Session-Grant (PADG)" },
	{ 0x0b, "PPPoE Active Discovery Session-Credit Response (PADC)" },
	{ 0x0c, "PPPoE Active Discovery Quality (PADQ)" }, { 0x19, "PPPoE Active Discovery Request (PADR)" },
	{ 0x65, "PPPoE Active Discovery Session-confirmation (PADS)" },
	{ 0xa7, "PPPoE Active Discovery Terminate (PADT)" },
};

#define HEADER(words) \
	{ "version",    0,  4, RT_NUM, .init = 1 }, \
	{ "type",       4,  4, RT_NUM, .init = 1 }, \
	{ "code",       8,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }, \
	{ "sessionid", 16, 16, RT_HEX }, \
	{ "len",       32, 16, RT_NUM, RT_FILL_EXTENT }

static const struct rt_row session_rows[] = { HEADER(session) };
static const struct rt_row discovery_rows[] = { HEADER(codes) };

const struct rt_proto proto_pppoe = {
	.name = "PPPoE", .title = "PPP over Ethernet", .spec = "RFC 2516 section 4", RT_ROWS(session_rows), .header = 6,
	RT_MORE(.extent = { "len", 1, 6 }), .has_zero_extent = true, .next = { "code" }, .is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?PPPoE session {sessionid}" }),
	RT_LINKS({ "Ether", "type", 0x8864 }, { "frame", "link", RT_LINK_PPP_ETHER }),
};

/* Without a type in front of it, the code must tell. */
static bool claims_discovery(const struct rt_packet *above, struct rt_layer *layer)
{
	return above->count || (layer->end - layer->at >= 2 && above->frame->data[layer->at + 1]);
}

const struct rt_proto proto_pppoed = {
	.name = "PPPoED", .title = "PPP over Ethernet Discovery", .spec = "RFC 2516 section 5", RT_ROWS(discovery_rows),
	.header = 6, .claims = claims_discovery, RT_MORE(.extent = { "len", 1, 6 }), .has_zero_extent = true,
	.next = { "type" }, .is_carrier = true,
	.lines = RT_LINES({ "sessionid", 0, "{code}|" }, { .text = "{code}| session {sessionid}" }),
	.summaries = RT_LINES({ .text = "{code}" }),
	RT_LINKS({ "Ether", "type", 0x8863 }, { "frame", "link", RT_LINK_PPP_ETHER }),
};

/* ---- tags: type, length, value (appendix A) --------------------------------------------------------------------- */

static const struct rt_word types[] = {
	{ 0x0000, "End-Of-List" }, { 0x0101, "Service-Name" }, { 0x0102, "AC-Name" }, { 0x0103, "Host-Uniq" },
	{ 0x0104, "AC-Cookie" }, { 0x0105, "Vendor-Specific" }, { 0x0106, "Credits" }, { 0x0107, "Metrics" },
	{ 0x0108, "Sequence Number" }, { 0x0109, "Credit Scale Factor" }, { 0x0110, "Relay-Session-Id" },
	{ 0x0120, "PPP-Max-Payload" }, { 0x0201, "Service-Name-Error" }, { 0x0202, "AC-System-Error" },
	{ 0x0203, "Generic-Error" },
};
static const struct rt_row tag_rows[] = {
	{ "tag_type",   0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) },
	{ "tag_len",   16, 16, RT_NUM },
	{ "tag_value", 32,  0, RT_BYTES },
};
static const struct rt_proto tag = { .name = "PPPoETag", .title = "PPPoE Tag", .spec = "RFC 2516 appendix A",
                                     RT_ROWS(tag_rows), .header = 4 };
static const struct rt_list tags = { .other = &tag, .code_bytes = 2, .length_bytes = 2, .length_unit = 1,
                                     .length_add = 4, .is_spaced = true, .last_code = -1 };
static const struct rt_row tags_rows[] = { { "tag_list", 0, 0, RT_LIST, .list = &tags } };

const struct rt_proto proto_pppoed_tags = {
	.name = "PPPoED_Tags", .title = "PPPoE Tag List", .spec = "RFC 2516 appendix A", RT_ROWS(tags_rows),
	.is_flow = true,
	.summaries = RT_LINES({ .text = "PPPoE Tags{tag_list}", .also = "PPPoED" }),
	RT_LINKS({ "PPPoED", "type", 1 }),
};
