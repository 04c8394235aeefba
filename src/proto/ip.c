/* SPDX-License-Identifier: MIT */
/* ip.c - IPv4 (RFC 791 section 3.1). Its options are in ip_options.c. */
#include <ringtap/dissect.h>
#include "ip.h"
#include "list.h"
#include "words.h"

static const struct rt_word flags[] = { { 1, "MF" }, { 2, "DF" }, { 4, "evil" } };

const struct rt_row ip_rows[IP_ROW_COUNT] = {
	{ "version",   0,  4, RT_NUM, .init = 4 },
	{ "ihl",       4,  4, RT_NUM, RT_FILL_HEADER },
	{ "tos",       8,  8, RT_HEX },
	{ "len",      16, 16, RT_NUM, RT_FILL_EXTENT },
	{ "id",       32, 16, RT_NUM, .init = 1 },
	{ "flags",    48,  3, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags), .join = '+') },
	{ "frag",     51, 13, RT_NUM },
	{ "ttl",      64,  8, RT_NUM, .init = 64 },
	{ "proto",    72,  8, RT_ENUM, RT_FILL_NEXT, .names = &ip_protocols },
	{ "chksum",   80, 16, RT_HEX, RT_SUM(.is_header = true) },
	{ "src",      96, 32, RT_IP4 },
	{ "dst",     128, 32, RT_IP4 },
	{ "options", 160,  0, RT_LIST, .list = &ip_options },
};

/* A source route that is not at its end: the destination is its last address (RFC 1122 section 4.1.3.3). */
static void follow_route(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	struct rt_walk walk;
	struct rt_layer item;
	rt_walk_find(&walk, packet, layer, "options");
	while (rt_walk_next(&walk, &item)) {
		const uint8_t *option = packet->frame->data + item.at;
		bool is_route = (option[0] & 0x7f) == 3 || (option[0] & 0x7f) == 9;
		if (is_route && item.header >= 7 && option[2] < item.header)
			ends->to = option + item.header - 4;
	}
}

static void ends(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	const uint8_t *header = packet->frame->data + layer->at;
	*ends = (struct rt_ends){ .from = header + 12, .to = header + 16, .size = 4,
	                          .is_part = rt_be16(header + 6) & 0x3fff };
	follow_route(packet, layer, ends);
}

const struct rt_proto proto_ip = {
	.name = "IP", .spec = "RFC 791 section 3.1", RT_ROWS(ip_rows), .header = 20,
	.size = { "ihl", 4 }, .next = { "proto" }, .is_carrier = true,
	RT_MORE(.extent = { "len", 1 }, .solid = "frag", .from = "src", .to = "dst", .ends = ends),
	.lines = RT_LINES(
		{ "frag", 0, "TTL: {ttl}?, proto {proto}" },
		{ .text = "TTL: {ttl}, {proto} fragment at {frag}" }),
	.summaries = RT_LINES(
		{ "frag", 0, "{src} > {dst} {proto}" },
		{ .text = "{src} > {dst} {proto} frag:{frag}" }),
	RT_LINKS({ "Ether", "type", 0x0800 }, { "IP", "proto", 4 }, { "IPv6", "nh", 4 },
	         { "frame", "link", RT_LINK_RAW, "version", 4 }, { "frame", "link", 12, "version", 4 },
	         { "frame", "link", RT_LINK_IPV4 }, { "VXLAN", "NextProtocol", 1 },
	         { "GTP_U_Header", "gtp_type", 255, "version", 4 },
	         { "GTPPDUSessionContainer", NULL, 0, "version", 4 }),
};
