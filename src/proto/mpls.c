/* SPDX-License-Identifier: MIT */
/* mpls.c - labels (RFC 3032 section 2.1). Nothing says what the last one carries: IP tells itself by its version, a
 * control word by its zeros (RFC 4448 section 4.6), and the rest is taken for Ethernet. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_row label_rows[] = {
	{ "label", 0, 20, RT_NUM, .init = 3 },
	{ "cos",  20,  3, RT_NUM },
	{ "s",    23,  1, RT_NUM, .init = 1 },
	{ "ttl",  24,  8, RT_NUM },
};

static const struct rt_row word_rows[] = {
	{ "zero",      0,  4, RT_NUM },
	{ "reserved",  4, 12, RT_NUM },
	{ "seq",      16, 16, RT_NUM },
};

static uint32_t measure_word(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return rt_be16(frame->data + at) ? 0 : 4;
}

const struct rt_proto proto_mpls = {
	.name = "MPLS", .spec = "RFC 3032 section 2.1", RT_ROWS(label_rows), .header = 4, .next = { "s" },
	.is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?MPLS ttl {ttl}" }),
	RT_LINKS({ "Ether", "type", 0x8847 }, { "Ether", "type", 0x8848 }, { "PPP", "proto", 0x0281 },
	         { "IP", "proto", 137 }, { "IPv6", "nh", 137 }, { "MPLS", "s", 0 }),
	RT_MORE(.prefix = "mpls {label} ",
	        RT_CARRIES({ "IP", "s", 1, "version", 4 }, { "IPv6", "s", 1, "version", 6 }, { "Ether", "s", 1 },
	                   { "Dot3", "s", 1 })),
};

const struct rt_proto proto_eomcw = {
	.name = "EoMCW", .spec = "RFC 4448 section 4.6", RT_ROWS(word_rows), .header = 4, .measure = measure_word,
	.is_carrier = true, .is_link = true,
	RT_LINKS({ "MPLS", "s", 1, "zero", 0 }), RT_MORE(RT_CARRIES({ "Ether" }, { "Dot3" })),
};
