/* SPDX-License-Identifier: MIT */
/* dot11_security.c - encrypted bodies of 802.11 (IEEE 802.11-2016 clause 12): the initialisation vector tells the
 * method, where it is long: TKIP repeats a byte of it, CCMP has a zero. What is behind it cannot be read. */
#include "dot11.h"
#include "list.h"

enum method { WEP, TKIP, CCMP, UNKNOWN };

static enum method method(const uint8_t *body, uint32_t size)
{
	if (!(body[3] & 0x20) || size < 8)
		return WEP;
	if (body[1] == ((body[0] | 0x20) & 0x7f))
		return TKIP;
	return body[2] == 0 ? CCMP : UNKNOWN;
}

static bool is_encrypted(const struct rt_packet *above, const struct rt_layer *layer, enum method wanted)
{
	const uint8_t *header = dot11_above(above);
	return header && dot11_is_protected(header) && layer->end - layer->at >= 4 &&
	       method(above->frame->data + layer->at, layer->end - layer->at) == wanted;
}

#define CLAIMS(name, wanted) \
	static bool name(const struct rt_packet *above, struct rt_layer *layer) \
	{ \
		return is_encrypted(above, layer, wanted); \
	}
CLAIMS(claims_wep, WEP)
CLAIMS(claims_tkip, TKIP)
CLAIMS(claims_ccmp, CCMP)
CLAIMS(claims_unknown, UNKNOWN)

#define KEY_ROWS(rest) \
	{ "key_id",  24,  2, RT_NUM }, \
	{ "ext_iv",  26,  1, RT_NUM }, \
	{ (rest),    27,  5, RT_NUM }

static const struct rt_row wep_rows[] = {
	{ "iv",       0, 24, RT_BYTES },
	{ "keyid",   24,  8, RT_NUM },
	{ "wepdata", 32,  0, RT_BYTES },
	{ "icv",     64, 32, RT_NUM },
};
static const struct rt_row tkip_rows[] = {
	{ "TSC1",  0, 8, RT_NUM }, { "WEPSeed", 8, 8, RT_NUM }, { "TSC0", 16, 8, RT_NUM }, KEY_ROWS("res"),
	{ "TSC2", 32, 8, RT_NUM }, { "TSC3",   40, 8, RT_NUM }, { "TSC4", 48, 8, RT_NUM }, { "TSC5", 56, 8, RT_NUM },
	{ "data", 64, 0, RT_BYTES },
};
static const struct rt_row ccmp_rows[] = {
	{ "PN0",  0, 8, RT_NUM }, { "PN1",  8, 8, RT_NUM }, { "res0", 16, 8, RT_NUM }, KEY_ROWS("res1"),
	{ "PN2", 32, 8, RT_NUM }, { "PN3", 40, 8, RT_NUM }, { "PN4", 48, 8, RT_NUM }, { "PN5", 56, 8, RT_NUM },
	{ "data", 64, 0, RT_BYTES },
};
static const struct rt_row unknown_rows[] = { { "data", 0, 0, RT_BYTES } };

static uint32_t measure_wep(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at;
}

/* The last four bytes are the check value. */
static bool place_wep(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	(void)frame;
	if (row->bit < 32)
		return true;
	if (layer->header < 8)
		return false;
	place->bit = row->width ? (layer->header - 4) * 8 : 32;
	place->width = row->width ? 32 : (layer->header - 8) * 8;
	return true;
}

#define LINKS RT_LINKS({ "Dot11", "type", DOT11_DATA }, { "Dot11" }, \
	{ "Dot11QoS", "A_MSDU_Present", 0 }, { "Dot11QoS", "A_MSDU_Present", 1 })
#define SECURITY(class, text, table, bytes, function, ...) { \
	.name = "Dot11" class, .title = "802.11 " text, .spec = "IEEE 802.11-2016 clause 12", RT_ROWS(table), \
	.header = bytes, .claims = function, LINKS, __VA_ARGS__ }

const struct rt_proto proto_dot11_wep =
	SECURITY("WEP", "WEP packet", wep_rows, 4, claims_wep, .measure = measure_wep, .place = place_wep,
	         .lines = RT_LINES({ .text = "WEP" }));
const struct rt_proto proto_dot11_tkip =
	SECURITY("TKIP", "TKIP packet", tkip_rows, 8, claims_tkip, .is_flow = true,
	         .lines = RT_LINES({ .text = "TKIP" }));
const struct rt_proto proto_dot11_ccmp =
	SECURITY("CCMP", "CCMP packet", ccmp_rows, 8, claims_ccmp, .is_flow = true,
	         .lines = RT_LINES({ .text = "CCMP" }));
const struct rt_proto proto_dot11_encrypted =
	SECURITY("Encrypted", "Encrypted (unknown algorithm)", unknown_rows, 0, claims_unknown, .is_flow = true,
	         .lines = RT_LINES({ .text = "encrypted" }));
