/* SPDX-License-Identifier: MIT */
/* macsec.c - the tag of MACsec (IEEE 802.1AE-2018 clause 9). What is behind it is encrypted, or ends with a check value
 * of a length that the packet does not say: Raw. */
#include "list.h"

static const struct rt_row sci_rows[] = {
	{ "system_identifier", 0, 48, RT_MAC },
	{ "port_identifier",  48, 16, RT_NUM },
};
static const struct rt_proto sci = { .name = "MACsecSCI", .title = "SCI", .spec = "IEEE 802.1AE-2018 clause 9.9",
                                     RT_ROWS(sci_rows), .header = 8 };
static const struct rt_list scis = { .other = &sci, .item_bytes = 8, .last_code = -1 };

static const struct rt_row rows[] = {
	{ "Ver",       0,  1, RT_NUM },
	{ "ES",        1,  1, RT_NUM },
	{ "SC",        2,  1, RT_NUM },
	{ "SCB",       3,  1, RT_NUM },
	{ "E",         4,  1, RT_NUM },
	{ "C",         5,  1, RT_NUM },
	{ "AN",        6,  2, RT_NUM },
	{ "reserved",  8,  2, RT_NUM },
	{ "SL",       10,  6, RT_NUM },
	{ "PN",       16, 32, RT_NUM, .init = 1 },
	{ "SCI",      48,  0, RT_LIST, .list = &scis, RT_WHEN(2, 1, 1) },
};

static uint32_t measure_tag(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return frame->data[at] & 0x20 ? 14 : 6;
}

const struct rt_proto proto_macsec = {
	.name = "MACsec", .title = "802.1AE", .spec = "IEEE 802.1AE-2018 clause 9", RT_ROWS(rows), .header = 6,
	.measure = measure_tag, .is_carrier = true,
	.lines = RT_LINES({ "E", 1, "MACsec encrypted|, an {AN} pn {PN}" }, { .text = "MACsec|, an {AN} pn {PN}" }),
	.summaries = RT_LINES({ "SC", 1, "an={AN}, pn={PN}, sci=MACsecSCI" }, { .text = "an={AN}, pn={PN}" }),
	RT_LINKS({ "Ether", "type", 0x88e5 }),
};
