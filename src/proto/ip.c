/* SPDX-License-Identifier: MIT */
/* ip.c - IPv4 (RFC 791 section 3.1). Its options are in ip_options.c. */
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
	{ "chksum",   80, 16, RT_HEX, RT_FILL_SUM },
	{ "src",      96, 32, RT_IP4 },
	{ "dst",     128, 32, RT_IP4 },
	{ "options", 160,  0, RT_LIST, .list = &ip_options },
};

const struct rt_proto proto_ip = {
	.name = "IP", .spec = "RFC 791 section 3.1", RT_ROWS(ip_rows), .header = 20,
	.size = { "ihl", 4 }, .extent = { "len", 1 }, .next = { "proto" }, .solid = "frag",
	.from = "src", .to = "dst", .is_carrier = true,
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
