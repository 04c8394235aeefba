/* SPDX-License-Identifier: MIT */
/* radiotap.c - what a radio says about a frame (radiotap.org): masks of what is present, then the fields in the order
 * of their bits, each aligned from the start of the header, all little-endian. Names are Scapy's. Of several masks only
 * the first is read; what it does not describe is `notdecoded`. */
#include "dot11.h"
#include "list.h"

enum bit {
	TSFT, FLAGS, RATE, CHANNEL, FHSS, DBM_SIGNAL, DBM_NOISE, QUALITY, ATTENUATION, DB_ATTENUATION, POWER, ANTENNA,
	DB_SIGNAL, DB_NOISE, RX_FLAGS, TX_FLAGS, RTS_RETRIES, DATA_RETRIES, XCHANNEL, MCS, AMPDU, VHT, TIMESTAMP, HE,
	HE_MU, HE_USER, NO_PSDU, L_SIG, BITS
};
#define MASKS_END 0x80000000u           /* of a mask: another follows                                  */
#define MASKS_MAX 32                    /* budget                                                      */

static const struct { uint8_t align, size; } fields[BITS] = {
	[TSFT] = { 8, 8 }, [FLAGS] = { 1, 1 }, [RATE] = { 1, 1 }, [CHANNEL] = { 2, 4 }, [FHSS] = { 2, 2 },
	[DBM_SIGNAL] = { 1, 1 }, [DBM_NOISE] = { 1, 1 }, [QUALITY] = { 2, 2 }, [ATTENUATION] = { 2, 2 },
	[DB_ATTENUATION] = { 2, 2 }, [POWER] = { 1, 1 }, [ANTENNA] = { 1, 1 }, [DB_SIGNAL] = { 1, 1 },
	[DB_NOISE] = { 1, 1 }, [RX_FLAGS] = { 2, 2 }, [TX_FLAGS] = { 2, 2 }, [RTS_RETRIES] = { 1, 1 },
	[DATA_RETRIES] = { 1, 1 }, [XCHANNEL] = { 4, 8 }, [MCS] = { 1, 3 }, [AMPDU] = { 4, 8 }, [VHT] = { 2, 12 },
	[TIMESTAMP] = { 8, 12 }, [HE] = { 2, 12 }, [HE_MU] = { 2, 12 }, [HE_USER] = { 2, 6 }, [NO_PSDU] = { 1, 1 },
	[L_SIG] = { 2, 4 },
};

/* ---- names ------------------------------------------------------------------------------------------------- */

#define NAMES(words) .names = RT_NAMES(RT_WORDS(words), .join = '+')
#define UNIT(text) .names = RT_NAMES(.unit = text)

static const struct rt_word present[] = {
	{ 1u << 0, "TSFT" }, { 1u << 1, "Flags" }, { 1u << 2, "Rate" }, { 1u << 3, "Channel" }, { 1u << 4, "FHSS" },
	{ 1u << 5, "dBm_AntSignal" }, { 1u << 6, "dBm_AntNoise" }, { 1u << 7, "Lock_Quality" },
	{ 1u << 8, "TX_Attenuation" }, { 1u << 9, "dB_TX_Attenuation" }, { 1u << 10, "dBm_TX_Power" },
	{ 1u << 11, "Antenna" }, { 1u << 12, "dB_AntSignal" }, { 1u << 13, "dB_AntNoise" }, { 1u << 14, "RXFlags" },
	{ 1u << 15, "TXFlags" }, { 1u << 16, "b17" }, { 1u << 17, "b18" }, { 1u << 18, "ChannelPlus" },
	{ 1u << 19, "MCS" }, { 1u << 20, "A_MPDU" }, { 1u << 21, "VHT" }, { 1u << 22, "timestamp" },
	{ 1u << 23, "HE" }, { 1u << 24, "HE_MU" }, { 1u << 25, "HE_MU_other_user" }, 
	{ 1u << 26, "zero_length_psdu" },
	{ 1u << 27, "L_SIG" }, { 1u << 28, "TLV" }, { 1u << 29, "RadiotapNS" }, { 1u << 30, "VendorNS" },
	{ 1u << 31, "Ext" },
};
static const struct rt_word flag_words[] = {
	{ 0x01, "CFP" }, { 0x02, "ShortPreamble" }, { 0x04, "wep" }, { 0x08, "fragment" }, { 0x10, "FCS" },
	{ 0x20, "pad" }, { 0x40, "badFCS" }, { 0x80, "ShortGI" },
};
static const struct rt_word channel_words[] = {         /* the last 8 only in ChannelPlus */
	{ 0x0001, "res1" }, { 0x0002, "res2" }, { 0x0004, "res3" }, { 0x0008, "res4" }, { 0x0010, "Turbo" },
	{ 0x0020, "CCK" }, { 0x0040, "OFDM" }, { 0x0080, "2GHz" }, { 0x0100, "5GHz" }, { 0x0200, "Passive" },
	{ 0x0400, "Dynamic_CCK_OFDM" }, { 0x0800, "GFSK" }, { 0x1000, "GSM" }, { 0x2000, "StaticTurbo" },
	{ 0x4000, "10MHz" }, { 0x8000, "5MHz" }, { 0x10000, "20MHz" }, { 0x20000, "40MHz_ext_channel_above" },
	{ 0x40000, "40MHz_ext_channel_below" }, { 0x80000, "res5" }, { 0x100000, "res6" }, { 0x200000, "res7" },
	{ 0x400000, "res8" }, { 0x800000, "res9" },
};
static const struct rt_word rx_words[] = { { 1, "res1" }, { 2, "BAD_PLCP" }, { 4, "res2" } };
static const struct rt_word tx_words[] = {
	{ 0x01, "TX_FAIL" }, { 0x02, "CTS" }, { 0x04, "RTS" }, { 0x08, "NOACK" }, { 0x10, "NOSEQ" }, { 0x20, "ORDER" },
};
static const struct rt_word mcs_words[] = {
	{ 0x01, "MCS_bandwidth" }, { 0x02, "MCS_index" }, { 0x04, "guard_interval" }, { 0x08, "HT_format" },
	{ 0x10, "FEC_type" }, { 0x20, "STBC_streams" }, { 0x40, "Ness" }, { 0x80, "Ness_MSB" },
};
static const struct rt_word fecs[] = { { 0, "BCC" }, { 1, "LDPC" } };
static const struct rt_word formats[] = { { 0, "mixed" }, { 1, "greenfield" } };
static const struct rt_word guards[] = { { 0, "Long_GI" }, { 1, "Short_GI" } };
static const struct rt_word bandwidths[] = { { 0, "20MHz" }, { 1, "40MHz" }, { 2, "ht40Mhz-" }, { 3, "ht40MHz+" } };
static const struct rt_word ampdu_words[] = {
	{ 0x0001, "Report0Subframe" }, { 0x0002, "Is0Subframe" }, { 0x0004, "KnownLastSubframe" },
	{ 0x0008, "LastSubframe" }, { 0x0010, "CRCerror" }, { 0x0020, "EOFsubframe" }, { 0x0040, "KnownEOF" },
	{ 0x0080, "res1" }, { 0x0100, "res2" }, { 0x0200, "res3" }, { 0x0400, "res4" }, { 0x0800, "res5" },
	{ 0x1000, "res6" }, { 0x2000, "res7" }, { 0x4000, "res8" },
};
static const struct rt_word vht_known[] = {
	{ 0x0001, "STBC" }, { 0x0002, "TXOP_PS_NOT_ALLOWED" }, { 0x0004, "GuardInterval" }, { 0x0008, "SGINsysmDis" },
	{ 0x0010, "LDPCextraOFDM" }, { 0x0020, "Beamformed" }, { 0x0040, "Bandwidth" }, { 0x0080, "GroupID" },
	{ 0x0100, "PartialAID" }, { 0x0200, "res1" }, { 0x0400, "res2" }, { 0x0800, "res3" }, { 0x1000, "res4" },
	{ 0x2000, "res5" }, { 0x4000, "res6" }, { 0x8000, "res7" },
};
static const struct rt_word vht_flags[] = {
	{ 0x01, "STBC" }, { 0x02, "TXOP_PS_NOT_ALLOWED" }, { 0x04, "GuardInterval" }, { 0x08, "SGINsysmDis" },
	{ 0x10, "LDPCextraOFDM" }, { 0x20, "Beamformed" }, { 0x40, "res1" }, { 0x80, "res2" },
};
static const struct rt_word vht_bandwidths[] = {
	{ 0, "20MHz" }, { 1, "40MHz" }, { 2, "40MHz" }, { 3, "40MHz" }, { 4, "80MHz" }, { 5, "80MHz" }, { 6, "80MHz" },
	{ 7, "80MHz" }, { 8, "80MHz" }, { 9, "80MHz" }, { 10, "80MHz" }, { 11, "160MHz" }, { 12, "160MHz" },
	{ 13, "160MHz" }, { 14, "160MHz" }, { 15, "160MHz" }, { 16, "160MHz" }, { 17, "160MHz" }, { 18, "160MHz" },
	{ 19, "160MHz" }, { 20, "160MHz" }, { 21, "160MHz" }, { 22, "160MHz" }, { 23, "160MHz" }, { 24, "160MHz" },
	{ 25, "160MHz" },
};
static const struct rt_word units[] = { { 0, "milliseconds" }, { 1, "microseconds" }, { 2, "nanoseconds" } };
static const struct rt_word stamp_flags[] = {
	{ 0x01, "32-bit_counter" }, { 0x02, "Accuracy" }, { 0x04, "res1" }, { 0x08, "res2" }, { 0x10, "res3" },
	{ 0x20, "res4" }, { 0x40, "res5" }, { 0x80, "res6" },
};
static const struct rt_word user_words[] = {
	{ 0x01, "user field position" }, { 0x02, "STA-ID" }, { 0x04, "NSTS" }, { 0x08, "Tx Beamforming" },
	{ 0x10, "Spatial Configuration" }, { 0x20, "MCS" }, { 0x40, "DCM" }, { 0x80, "Coding" },
};
static const struct rt_word sig_words[] = { { 1, "rate" }, { 2, "length" } };

/* ---- rows: `init` is the bit that says whether the row is there, plus 1; `bit` counts from its field --------- */

static const struct rt_row mask_rows[] = { { "present", 0, 32, RT_HEX, .is_little = true } };
static const struct rt_proto mask = {
	.name = "RadioTapExtendedPresenceMask", .title = "RadioTap Extended presence mask", .spec = "radiotap.org",
	RT_ROWS(mask_rows), .header = 4,
};
static const struct rt_list masks = { .other = &mask, .item_bytes = 4, .last_code = -1 };
static const struct rt_row channel_number_rows[] = { { "channel", 0, 8, RT_NUM } };
static const struct rt_proto channel_number = {
	.name = "channel", .spec = "radiotap.org", RT_ROWS(channel_number_rows), .header = 1,
};
static const struct rt_list channels = {
	.other = &channel_number, .item_bytes = 1, .is_values = true, .last_code = -1,
};

#define IF(field)         .init = (field) + 1
#define NUMBER(name, field, byte)        { name, (byte) * 8,  8, RT_NUM, IF(field) }
#define LITTLE(name, field, byte, bytes) { name, (byte) * 8, (bytes) * 8, RT_NUM, .is_little = true, IF(field) }
#define BIT_FLAGS(name, field, byte, bytes, words) \
	{ name, (byte) * 8, (bytes) * 8, RT_FLAGS, NAMES(words), .is_little = true, IF(field) }
#define CHOICE(name, field, bit, bits, words) { name, bit, bits, RT_ENUM, NAMES(words), IF(field) }
enum { EXT = 60000, REST };             /* `bit` of rows of any size                                   */

static const struct rt_row rows[] = {
	{ "version", 0, 8, RT_NUM }, { "pad", 8, 8, RT_NUM }, { "len", 16, 16, RT_NUM, .is_little = true },
	{ "present", 32, 32, RT_FLAGS, NAMES(present), .is_little = true },
	{ "Ext", EXT, 0, RT_LIST, .list = &masks },
	LITTLE("mac_timestamp", TSFT, 0, 8),
	BIT_FLAGS("Flags", FLAGS, 0, 1, flag_words),
	{ "Rate", 0, 8, RT_FIXED, .names = RT_NAMES(.per = 2, .unit = " Mbps"), IF(RATE) },
	LITTLE("ChannelFrequency", CHANNEL, 0, 2),
	{ "ChannelFlags", 16, 16, RT_FLAGS, .names = RT_NAMES(.words = channel_words, .count = 16, .join = '+'),
	  .is_little = true, IF(CHANNEL) },
	{ "FHSS", 0, 16, RT_HEX, .is_little = true, IF(FHSS) },
	{ "dBm_AntSignal", 0, 8, RT_INT, UNIT(" dBm"), IF(DBM_SIGNAL) },
	{ "dBm_AntNoise",  0, 8, RT_INT, UNIT(" dBm"), IF(DBM_NOISE) },
	LITTLE("Lock_Quality", QUALITY, 0, 2),
	LITTLE("TX_Attenuation", ATTENUATION, 0, 2),
	LITTLE("dB_TX_Attenuation", DB_ATTENUATION, 0, 2),
	{ "dBm_TX_Power", 0, 8, RT_INT, UNIT(" dBm"), IF(POWER) },
	NUMBER("Antenna", ANTENNA, 0),
	NUMBER("dB_AntSignal", DB_SIGNAL, 0),
	NUMBER("dB_AntNoise", DB_NOISE, 0),
	BIT_FLAGS("RXFlags", RX_FLAGS, 0, 2, rx_words),
	BIT_FLAGS("TXFlags", TX_FLAGS, 0, 2, tx_words),
	NUMBER("b17", RTS_RETRIES, 0),
	NUMBER("b18", DATA_RETRIES, 0),
	BIT_FLAGS("ChannelPlusFlags", XCHANNEL, 0, 4, channel_words),
	LITTLE("ChannelPlusFrequency", XCHANNEL, 4, 2),
	NUMBER("ChannelPlusNumber", XCHANNEL, 6),
	BIT_FLAGS("knownMCS", MCS, 0, 1, mcs_words),
	{ "Ness_LSB", 8, 1, RT_NUM, IF(MCS) }, { "STBC_streams", 9, 2, RT_NUM, IF(MCS) },
	CHOICE("FEC_type", MCS, 11, 1, fecs), CHOICE("HT_format", MCS, 12, 1, formats),
	CHOICE("guard_interval", MCS, 13, 1, guards), CHOICE("MCS_bandwidth", MCS, 14, 2, bandwidths),
	NUMBER("MCS_index", MCS, 2),
	LITTLE("A_MPDU_ref", AMPDU, 0, 4),
	BIT_FLAGS("A_MPDU_flags", AMPDU, 4, 4, ampdu_words),
	BIT_FLAGS("KnownVHT", VHT, 0, 2, vht_known),
	BIT_FLAGS("PresentVHT", VHT, 2, 1, vht_flags),
	CHOICE("VHT_bandwidth", VHT, 24, 8, vht_bandwidths),
	{ "mcs_nss", 32, 40, RT_BYTES, IF(VHT) },
	NUMBER("GroupID", VHT, 9),
	LITTLE("PartialAID", VHT, 10, 2),
	LITTLE("timestamp", TIMESTAMP, 0, 8), LITTLE("ts_accuracy", TIMESTAMP, 8, 2),
	{ "ts_position", 80, 4, RT_NUM, IF(TIMESTAMP) }, CHOICE("ts_unit", TIMESTAMP, 84, 4, units),
	BIT_FLAGS("ts_flags", TIMESTAMP, 11, 1, stamp_flags),
	LITTLE("he_data1", HE, 0, 2), LITTLE("he_data2", HE, 2, 2), LITTLE("he_data3", HE, 4, 2),
	LITTLE("he_data4", HE, 6, 2), LITTLE("he_data5", HE, 8, 2), LITTLE("he_data6", HE, 10, 2),
	LITTLE("hemu_flags1", HE_MU, 0, 2), LITTLE("hemu_flags2", HE_MU, 2, 2),
	{ "RU_channel1", 32, 32, RT_LIST, .list = &channels, IF(HE_MU) },
	{ "RU_channel2", 64, 32, RT_LIST, .list = &channels, IF(HE_MU) },
	LITTLE("hemuou_per_user_1", HE_USER, 0, 2), LITTLE("hemuou_per_user_2", HE_USER, 2, 2),
	NUMBER("hemuou_per_user_position", HE_USER, 4),
	BIT_FLAGS("hemuou_per_user_known", HE_USER, 5, 1, user_words),
	NUMBER("zero_length_psdu", NO_PSDU, 0),
	BIT_FLAGS("lsig_data1", L_SIG, 0, 2, sig_words),
	{ "lsig_length", 16, 12, RT_NUM, .word = 2, IF(L_SIG) },
	{ "lsig_rate", 28, 4, RT_NUM, .word = 2, .part = 12, IF(L_SIG) },
	{ "notdecoded", REST, 0, RT_BYTES },
};

/* ---- places ---------------------------------------------------------------------------------------------- */

static uint32_t little32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Where the masks end, in bytes. */
static uint32_t masks_end(const uint8_t *header, uint32_t size)
{
	uint32_t at = 4;
	while (at + 8 <= size && at < 4 + 4 * MASKS_MAX && little32(header + at) & MASKS_END)
		at += 4;
	return at + 4;
}

/* Where the field of `wanted` begins, or, for BITS, where all of them end. */
static uint32_t field_at(const uint8_t *header, uint32_t size, unsigned wanted)
{
	uint32_t at = masks_end(header, size), there = little32(header + 4);
	for (unsigned bit = 0; bit < BITS && bit <= wanted; bit++) {
		if (!(there >> bit & 1))
			continue;
		at = (at + fields[bit].align - 1) & ~(fields[bit].align - 1u);
		if (bit == wanted)
			break;
		at += fields[bit].size;
	}
	return at;
}

static bool place_rest(const uint8_t *header, uint32_t size, const struct rt_row *row, struct rt_place *place)
{
	uint32_t from = row->bit == EXT ? 8 : field_at(header, size, BITS);
	uint32_t to = row->bit == EXT ? masks_end(header, size) : size;
	*place = (struct rt_place){ from * 8, from < to ? (to - from) * 8 : 0 };
	return row->bit == REST ? from <= size : from < to;
}

static bool place_field(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                        struct rt_place *place)
{
	const uint8_t *header = frame->data + layer->at;
	if (row->bit >= EXT)
		return place_rest(header, layer->header, row, place);
	if (!row->init)
		return true;
	place->bit = field_at(header, layer->header, row->init - 1) * 8 + row->bit;
	return little32(header + 4) >> (row->init - 1) & 1;
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t size = frame->data[at + 2] | (uint32_t)frame->data[at + 3] << 8;
	(void)end;
	return size < 8 ? 0 : size;
}

uint8_t radiotap_flags(const struct rt_frame *frame, const struct rt_layer *radiotap)
{
	const uint8_t *header = frame->data + radiotap->at;
	if (radiotap->proto != &proto_radiotap || !(little32(header + 4) >> FLAGS & 1))
		return 0;
	uint32_t at = field_at(header, radiotap->header, FLAGS);
	return at < radiotap->header ? header[at] : 0;
}

const struct rt_proto proto_radiotap = {
	.name = "RadioTap", .spec = "radiotap.org", RT_ROWS(rows), .header = 8, .measure = measure,
	.place = place_field, .is_carrier = true, .is_link = true,
	RT_MORE(.prefix = "[{ChannelFrequency} MHz ][{dBm_AntSignal} ]"),
	.lines = RT_LINES({ .text = "?radiotap" }),
	RT_LINKS({ "frame", "link", RT_LINK_RADIOTAP }),
};
