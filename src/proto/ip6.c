/* SPDX-License-Identifier: MIT */
/* ip6.c - IPv6 (RFC 8200 section 3). */
#include "ip.h"
#include "list.h"
#include "words.h"

const struct rt_row ip6_rows[IP6_ROW_COUNT] = {
	{ "version",  0,   4, RT_NUM, .init = 6 },
	{ "tc",       4,   8, RT_NUM },
	{ "fl",      12,  20, RT_NUM },
	{ "plen",    32,  16, RT_NUM, RT_FILL_EXTENT },
	{ "nh",      48,   8, RT_ENUM, RT_FILL_NEXT, .names = &ip6_next, .init = 59 },
	{ "hlim",    56,   8, RT_NUM, .init = 64 },
	{ "src",     64, 128, RT_IP6 },
	{ "dst",    192, 128, RT_IP6 },
};

static void ends(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	const uint8_t *header = packet->frame->data + layer->at;
	*ends = (struct rt_ends){ .from = header + 8, .to = header + 24, .size = 16 };
}

const struct rt_proto proto_ip6 = {
	.name = "IPv6", .spec = "RFC 8200 section 3", RT_ROWS(ip6_rows), .header = 40, .next = { "nh" },
	.is_carrier = true, RT_MORE(.extent = { "plen", 1, 40 }, .from = "src", .to = "dst", .ends = ends),
	.lines = RT_LINES({ .text = "HLIM: {hlim}?, next header {nh}" }),
	.summaries = RT_LINES({ .text = "{src} > {dst} ({nh:d})" }),
	RT_LINKS({ "Ether", "type", 0x86dd }, { "IP", "proto", 41 }, { "IPv6", "nh", 41 },
	         { "frame", "link", RT_LINK_RAW, "version", 6 }, { "frame", "link", 12, "version", 6 },
	         { "frame", "link", RT_LINK_IPV6 }, { "VXLAN", "NextProtocol", 2 },
	         { "GTP_U_Header", "gtp_type", 255, "version", 6 },
	         { "GTPPDUSessionContainer", NULL, 0, "version", 6 },
	         { "UDP", "dport", 3544, "version", 6 }, { "UDP", "sport", 3544, "version", 6 },
	         { "TeredoAuth", NULL, 0, "version", 6 }, { "TeredoOrigin", NULL, 0, "version", 6 }),
};
