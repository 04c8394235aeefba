/* SPDX-License-Identifier: MIT */
/* eapol.c - EAP over LANs (IEEE 802.1X-2010 clause 11) and the keys of Wi-Fi that it carries (IEEE 802.11-2016 clause
 * 12.7.2). */
#include "list.h"

static const struct rt_word versions[] = { { 1, "802.1X-2001" }, { 2, "802.1X-2004" }, { 3, "802.1X-2010" } };
static const struct rt_word types[] = {
	{ 0, "EAP-Packet" }, { 1, "EAPOL-Start" }, { 2, "EAPOL-Logoff" }, { 3, "EAPOL-Key" },
	{ 4, "EAPOL-Encapsulated-ASF-Alert" }, { 5, "EAPOL-MKA" }, { 6, "EAPOL-Announcement (Generic)" },
	{ 7, "EAPOL-Announcement (Specific)" }, { 8, "EAPOL-Announcement-Req" },
};

static const struct rt_row eapol_rows[] = {
	{ "version", 0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(versions)), .init = 1 },
	{ "type",    8,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) },
	{ "len",    16, 16, RT_NUM, RT_FILL_EXTENT },
};

static const struct rt_row key_rows[] = {
	{ "descriptor_type",  0,   8, RT_NUM, .init = 1 },
	{ "key_info",         8,  16, RT_NUM },
	{ "len",             24,  16, RT_NUM },
	{ "replay_counter",  40,  64, RT_BYTES },
	{ "nonce",          104, 256, RT_BYTES },
	{ "key_iv",         360, 128, RT_BYTES },
	{ "wpa_key_rsc",    488,  64, RT_BYTES },
	{ "wpa_key_id",     552,  64, RT_BYTES },
	{ "wpa_key_mic",    616, 128, RT_BYTES },
	{ "wpa_key_length", 744,  16, RT_NUM, RT_FILL_HEADER },
	{ "wpa_key",        760,   0, RT_BYTES },
};

const struct rt_proto proto_eapol = {
	.name = "EAPOL", .spec = "IEEE 802.1X-2010 clause 11", RT_ROWS(eapol_rows), .header = 4, .next = { "type" },
	RT_MORE(.extent = { "len", 1, 4 }), .has_zero_extent = true, .is_carrier = true,
	.lines = RT_LINES({ "type", 0, "?EAP-Packet" }, { .text = "{type}|" }),
	.summaries = RT_LINES({ .text = "EAPOL {type}" }),
	RT_LINKS({ "Ether", "type", 0x888e }),
};

/* Key information of the handshake: its message by the bits Ack, MIC, Install, Secure and by the kind of key. */
#define HANDSHAKE(version) \
	{ "key_info", 0x0088 | (version), "message 1 of 4" }, { "key_info", 0x0108 | (version), "message 2 of 4" }, \
	{ "key_info", 0x13c8 | (version), "message 3 of 4" }, { "key_info", 0x0308 | (version), "message 4 of 4" }

const struct rt_proto proto_wpa_key = {
	.name = "WPA_key", .spec = "IEEE 802.11-2016 clause 12.7.2", RT_ROWS(key_rows), .header = 95,
	.size = { "wpa_key_length", 1, 95 },
	.lines = RT_LINES(HANDSHAKE(0), HANDSHAKE(2), HANDSHAKE(3), { .text = "key info {key_info}" }),
	RT_LINKS({ "EAPOL", "type", 3 }),
};
