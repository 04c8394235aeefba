/* SPDX-License-Identifier: MIT */
/* dot11_rsn.c - how a cell is protected (IEEE 802.11-2016 clause 9.4.2.25): lists of ciphers and of key managements,
 * each behind its count; and Microsoft's older element with the same beginning. Everything behind the version may be
 * missing. */
#include "dot11_elements.h"
#include "list.h"

static const struct rt_word ciphers[] = {
	{ 0, "Use group cipher suite" }, { 1, "WEP-40" }, { 2, "TKIP" }, { 3, "OCB" }, { 4, "CCMP-128" },
	{ 5, "WEP-104" }, { 6, "BIP-CMAC-128" }, { 7, "Group addressed traffic not allowed" }, { 8, "GCMP-128" },
	{ 9, "GCMP-256" }, { 10, "CCMP-256" }, { 11, "BIP-GMAC-128" }, { 12, "BIP-GMAC-256" }, { 13, "BIP-CMAC-256" },
};
static const struct rt_word managements[] = {
	{ 0, "Reserved" }, { 1, "802.1X" }, { 2, "PSK" }, { 3, "FT-802.1X" }, { 4, "FT-PSK" }, { 5, "WPA-SHA256" },
	{ 6, "PSK-SHA256" }, { 7, "TDLS" }, { 8, "SAE" }, { 9, "FT-SAE" }, { 10, "AP-PEER-KEY" },
	{ 11, "WPA-SHA256-SUITE-B" }, { 12, "WPA-SHA384-SUITE-B" }, { 13, "FT-802.1X-SHA384" },
	{ 14, "FILS-SHA256" }, { 15, "FILS-SHA384" }, { 16, "FT-FILS-SHA256" }, { 17, "FT-FILS-SHA384" },
	{ 18, "OWE" },
};

/* ---- suites and keys --------------------------------------------------------------------------------------- */

#define SUITE(name, words) \
	{ "oui", 0, 24, RT_OUI }, { name, 24, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }
static const struct rt_row cipher_rows[] = { SUITE("cipher", ciphers) };
static const struct rt_row management_rows[] = { SUITE("suite", managements) };

static const struct rt_proto cipher = {
	.name = "RSNCipherSuite", .title = "Cipher suite", .spec = "IEEE 802.11-2016 clause 9.4.2.25.2",
	RT_ROWS(cipher_rows), .header = 4,
};
static const struct rt_proto management = {
	.name = "AKMSuite", .title = "AKM suite", .spec = "IEEE 802.11-2016 clause 9.4.2.25.3",
	RT_ROWS(management_rows), .header = 4,
};
static const struct rt_list cipher_list = { .other = &cipher, .item_bytes = 4, .last_code = -1 };
static const struct rt_list management_list = { .other = &management, .item_bytes = 4, .last_code = -1 };

static const struct rt_row id_rows[] = { { "pmkid", 0, 128, RT_XBYTES } };
static const struct rt_proto id = { .name = "pmkid", .spec = "IEEE 802.11-2016 clause 9.4.2.25.5", RT_ROWS(id_rows),
                                    .header = 16 };
static const struct rt_list id_list = { .other = &id, .item_bytes = 16, .is_values = true, .last_code = -1 };
static const struct rt_row ids_rows[] = {
	{ "nb_pmkids", 0, 16, RT_NUM, .is_little = true }, { "pmkid_list", 16, 0, RT_LIST, .list = &id_list },
};
static const struct rt_proto ids = { .name = "PMKIDListPacket", .title = "PMKIDs",
                                     .spec = "IEEE 802.11-2016 clause 9.4.2.25.5", RT_ROWS(ids_rows), .header = 2 };
static const struct rt_list ids_list = { .other = &ids, .item_bytes = UINT8_MAX, .last_code = -1 };   /* just one */

/* ---- the elements: `bit` of a row is its kind, the places come from walking over the parts in front of it ----- */

enum part {
	VERSION = 16, GROUP = 24, PAIRWISE_COUNT = 32, PAIRWISE = 40, AKM_COUNT = 48, AKM = 56, CAPABILITIES = 64,
	PMKIDS = CAPABILITIES + 16, LAST = 88,
};

#define COUNT(name, kind) { name, kind, 16, RT_NUM, .is_little = true }
#define SUITES(name, kind, what) { name, kind, 0, RT_LIST, .list = &what##_list }
#define RSN_ROWS \
	{ "version", VERSION, 16, RT_NUM, .is_little = true }, SUITES("group_cipher_suite", GROUP, cipher), \
	COUNT("nb_pairwise_cipher_suites", PAIRWISE_COUNT), SUITES("pairwise_cipher_suites", PAIRWISE, cipher), \
	COUNT("nb_akm_suites", AKM_COUNT), SUITES("akm_suites", AKM, management)
#define BITS(name, bit, width) { name, CAPABILITIES + (bit), width, RT_NUM }

static const struct rt_row rsn_rows[] = {
	ELEMENT_START, RSN_ROWS,
	BITS("mfp_capable", 0, 1), BITS("mfp_required", 1, 1), BITS("gtksa_replay_counter", 2, 2),
	BITS("ptksa_replay_counter", 4, 2), BITS("no_pairwise", 6, 1), BITS("pre_auth", 7, 1), BITS("reserved", 8, 1),
	BITS("ocvc", 9, 1), BITS("extended_key_id", 10, 1), BITS("pbac", 11, 1), BITS("spp_a_msdu_required", 12, 1),
	BITS("spp_a_msdu_capable", 13, 1), BITS("peer_key_enabled", 14, 1), BITS("joint_multiband_rsna", 15, 1),
	SUITES("pmkids", PMKIDS, ids), SUITES("group_management_cipher_suite", LAST, cipher),
};
static const struct rt_row wpa_rows[] = {
	ELEMENT_START, { "oui", 0, 24, RT_OUI }, { "type", 0, 8, RT_HEX }, RSN_ROWS,
};

static uint32_t little16(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8; }

/* Bytes of the part at `at`; what its count says is in `*count`. */
static uint32_t part_size(const struct rt_frame *frame, const struct rt_layer *layer, enum part part, uint32_t at,
                          uint32_t *count)
{
	bool is_there = layer->header >= at + 2;
	const uint8_t *p = frame->data + layer->at + at;
	switch (part) {
	case PAIRWISE_COUNT: case AKM_COUNT:
		*count = is_there ? little16(p) : 0;
		return 2;
	case PAIRWISE: case AKM:
		return *count * 4;
	case PMKIDS:
		return is_there ? 2 + little16(p) * 16 : 0;
	case GROUP: case LAST:
		return 4;
	default:
		return 2;
	}
}

/* The element's rows from `version` on, which stands at byte `at`. A list that is cut is shown as far as it goes. */
static bool place_part(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                       uint32_t at, struct rt_place *place)
{
	bool is_capability = row->bit >= CAPABILITIES && row->bit < PMKIDS;
	enum part wanted = is_capability ? CAPABILITIES : (enum part)row->bit;
	uint32_t count = 0, left;
	for (enum part part = VERSION; part < wanted; part += part == CAPABILITIES ? 16 : 8)
		at += part_size(frame, layer, part, at, &count);
	uint32_t need = wanted == GROUP || wanted == LAST ? 4 : wanted == PMKIDS ? 2 : 0;
	if (at + need > layer->header)
		return false;
	left = layer->header - at;
	uint32_t size = part_size(frame, layer, wanted, at, &count);
	*place = (struct rt_place){ at * 8, (size < left ? size : left) * 8 };
	if (is_capability)
		*place = (struct rt_place){ at * 8 + row->bit - CAPABILITIES, row->width };
	return row->kind == RT_LIST || size <= left;
}

static bool place_rsn(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	return row < rsn_rows + 2 || place_part(frame, layer, row, 2, place);
}

static bool place_wpa(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	if (row >= wpa_rows + 4)
		return place_part(frame, layer, row, 6, place);
	if (row >= wpa_rows + 2)
		*place = (struct rt_place){ row == wpa_rows + 2 ? 16 : 40, row->width };
	return true;
}

static bool claims_wpa(const struct rt_packet *above, struct rt_layer *layer)
{
	static const uint8_t microsoft[] = { 0x00, 0x50, 0xf2, 1 };
	return layer->end - layer->at >= 6 &&
	       memcmp(above->frame->data + layer->at + 2, microsoft, sizeof microsoft) == 0;
}

const struct rt_proto proto_dot11_rsn =
	ELEMENT("RSN", "RSN information", 48, rsn_rows, .place = place_rsn, SAYS("RSN[ {akm_suites.suite}]"));
const struct rt_proto proto_dot11_wpa =
	ELEMENT("MicrosoftWPA", "Microsoft WPA", 221, wpa_rows, .place = place_wpa, .claims = claims_wpa,
	        SAYS("WPA[ {akm_suites.suite}]"));
