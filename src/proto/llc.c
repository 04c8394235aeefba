/* SPDX-License-Identifier: MIT */
/* llc.c - logical link control (IEEE 802.2 clause 3) and the sub-network access protocol behind it (IEEE 802 clause
 * 10), whose numbers are EtherTypes unless an organisation gives others. */
#include <ringtap/dissect.h>
#include "list.h"
#include "llc.h"
#include "words.h"

#define UNNUMBERED_INFORMATION 3

static const struct rt_row llc_rows[] = {
	{ "dsap",  0, 8, RT_HEX },
	{ "ssap",  8, 8, RT_HEX },
	{ "ctrl", 16, 8, RT_NUM },
};

static const struct rt_row snap_rows[] = {
	{ "OUI",   0, 24, RT_OUI },
	{ "code", 24, 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes },
};

static const struct rt_layer *last_layer(const struct rt_packet *above, const struct rt_proto *proto)
{
	const struct rt_layer *last = above->count ? &above->layer[above->count - 1] : NULL;
	return last && last->proto == proto ? last : NULL;
}

bool is_llc(const struct rt_packet *above, uint8_t sap)
{
	const struct rt_layer *llc = last_layer(above, &proto_llc);
	const uint8_t *header = llc ? above->frame->data + llc->at : NULL;
	return llc && header[0] == sap && header[1] == sap && header[2] == UNNUMBERED_INFORMATION;
}

bool is_snap(const struct rt_packet *above, uint32_t oui)
{
	const struct rt_layer *snap = last_layer(above, &proto_snap);
	return snap && rt_bits(above->frame->data + snap->at, 0, 24) == oui;
}

static bool claims_snap(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return is_llc(above, 0xaa);
}

const struct rt_proto proto_llc = {
	.name = "LLC", .spec = "IEEE 802.2 clause 3", RT_ROWS(llc_rows), .header = 3, .next = { "dsap" },
	.is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?LLC dsap {dsap} ssap {ssap} ctrl {ctrl}" }),
	RT_LINKS({ "Ether", "type", 4 }, { "Ether", "type", 0x8870 }),   /* 4: of cooked headers, no length    */
};

const struct rt_proto proto_snap = {
	.name = "SNAP", .spec = "IEEE 802 clause 10", RT_ROWS(snap_rows), .header = 5, .claims = claims_snap,
	.next = { "code" }, .next_as = "Ether", .is_carrier = true, .is_link = true,
	.lines = RT_LINES({ .text = "?SNAP {OUI} type {code}" }),
	RT_LINKS({ "LLC", "dsap", 0xaa }),
};
