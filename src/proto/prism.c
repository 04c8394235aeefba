/* SPDX-License-Identifier: MIT */
/* prism.c - older headers that radios put in front of 802.11: Prism's, little-endian items, and AVS's, big-endian (pcap
 * link types 119 and 163). AVS's has a number that tells it where Prism's is expected. */
#include <ringtap/dissect.h>
#include "list.h"

#define ITEM(name, byte, kind) \
	{ name "_did",    (byte) * 8,      32, RT_NUM, .is_little = true }, \
	{ name "_status", (byte) * 8 + 32, 16, RT_NUM, .is_little = true }, \
	{ name "_len",    (byte) * 8 + 48, 16, RT_NUM, .is_little = true }, \
	{ name,           (byte) * 8 + 64, 32, kind,   .is_little = true }

static const struct rt_row prism_rows[] = {
	{ "msgcode", 0, 32, RT_NUM, .is_little = true, .init = 68 },
	{ "len",    32, 32, RT_NUM, .is_little = true, .init = 144 },
	{ "dev", 64, 128, RT_BYTES },
	ITEM("hosttime", 24, RT_NUM), ITEM("mactime", 36, RT_NUM), ITEM("channel", 48, RT_NUM),
	ITEM("rssi", 60, RT_NUM), ITEM("sq", 72, RT_NUM), ITEM("signal", 84, RT_INT), ITEM("noise", 96, RT_NUM),
	ITEM("rate", 108, RT_NUM), ITEM("istx", 120, RT_NUM), ITEM("frmlen", 132, RT_NUM),
};

static const struct rt_word phys[] = {
	{ 0, "Unknown" }, { 1, "FHSS 802.11 '97" }, { 2, "DSSS 802.11 '97" }, { 3, "IR Baseband" },
	{ 4, "DSSS 802.11b" }, { 5, "PBCC 802.11b" }, { 6, "OFDM 802.11g" }, { 7, "PBCC 802.11g" },
	{ 8, "OFDM 802.11a" },
};
static const struct rt_word strengths[] = { { 0, "None" }, { 1, "Normalized RSSI" }, { 2, "dBm" }, { 3, "Raw RSSI" } };
static const struct rt_word preambles[] = { { 0, "Unknown" }, { 1, "Short" }, { 2, "Long" } };
static const struct rt_word encodings[] = { { 0, "Unknown" }, { 1, "CCK" }, { 2, "PBCC" }, { 3, "OFDM" } };

#define WORDS(words) .names = RT_NAMES(RT_WORDS(words))
static const struct rt_row avs_rows[] = {
	{ "version",      0, 32, RT_NUM, .init = 1 },
	{ "len",         32, 32, RT_NUM, RT_FILL_HEADER },
	{ "mactime",     64, 64, RT_NUM },
	{ "hosttime",   128, 64, RT_NUM },
	{ "phytype",    192, 32, RT_ENUM, WORDS(phys) },
	{ "channel",    224, 32, RT_NUM },
	{ "datarate",   256, 32, RT_NUM },
	{ "antenna",    288, 32, RT_NUM },
	{ "priority",   320, 32, RT_NUM },
	{ "ssi_type",   352, 32, RT_ENUM, WORDS(strengths) },
	{ "ssi_signal", 384, 32, RT_INT },
	{ "ssi_noise",  416, 32, RT_INT },
	{ "preamble",   448, 32, RT_ENUM, WORDS(preambles) },
	{ "encoding",   480, 32, RT_ENUM, WORDS(encodings) },
};

static bool is_avs(const struct rt_frame *frame, uint32_t at) { return rt_be32(frame->data + at) >> 8 == 0x802110; }

/* Below AVS's own link type any version is taken. */
static bool claims_avs(const struct rt_packet *above, struct rt_layer *layer)
{
	return above->frame->link == RT_LINK_AVS || (layer->end - layer->at >= 4 && is_avs(above->frame, layer->at));
}

const struct rt_proto proto_avs = {
	.name = "AVSWLANHeader", .title = "AVS WLAN Monitor Header", .spec = "LINKTYPE_IEEE802_11_AVS",
	RT_ROWS(avs_rows), .header = 64, .size = { "len", 1 }, .claims = claims_avs, .is_carrier = true,
	.is_link = true,
	RT_LINKS({ "frame", "link", RT_LINK_AVS }, { "frame", "link", RT_LINK_PRISM }),
};

const struct rt_proto proto_prism = {
	.name = "PrismHeader", .title = "Prism header", .spec = "LINKTYPE_PRISM_HEADER", RT_ROWS(prism_rows),
	.header = 144, .is_carrier = true, .is_link = true,
	RT_LINKS({ "frame", "link", RT_LINK_PRISM }),
};
