/* SPDX-License-Identifier: MIT */
/* dot11_ht.c - what a station of 802.11n can do (IEEE 802.11-2016 clause 9.4.2.56): little-endian words of flags, which
 * stand here from their upper bits down, as Scapy has them. The bitmap of 77 rates is shown as bytes. */
#include "dot11_elements.h"
#include "list.h"

static const struct rt_word sizes[] = { { 0, "3839 o" }, { 1, "7935 o" } };
static const struct rt_word saves[] = { { 0, "static SM" }, { 1, "dynamic SM" }, { 3, "disabled" } };
static const struct rt_word channels[] = { { 0, "20Mhz" }, { 1, "20Mhz+40Mhz" } };
static const struct rt_word selections[] = {
	{ 0x01, "res" }, { 0x02, "Transmit_Sounding_PPDUs" }, { 0x04, "Receive_ASEL" },
	{ 0x08, "Antenna_Indices_Feedback" }, { 0x10, "Explicit_CSI_Feedback" },
	{ 0x20, "Explicit_CSI_Feedback_Based_Transmit_ASEL" }, { 0x40, "Antenna_Selection" },
};

/* Words of `bytes` bytes at `byte`: a field begins `part` bits below the top. */
#define FIELD(name, byte, bytes, from, bits) \
	{ name, (byte) * 8 + (from), (bits), RT_NUM, .word = (bytes), .part = (from) }
#define WORDS(name, byte, bytes, from, bits, words) \
	{ name, (byte) * 8 + (from), (bits), RT_ENUM, .names = RT_NAMES(RT_WORDS(words)), .word = (bytes), \
	  .part = (from) }
#define INFO(name, from, bits) FIELD(name, 2, 2, from, bits)
#define MPDU(name, from, bits) FIELD(name, 4, 1, from, bits)
#define RATE(name, from, bits) FIELD(name, 5, 16, from, bits)
#define MORE(name, from, bits) FIELD(name, 21, 2, from, bits)
#define BEAM(name, from, bits) FIELD(name, 23, 4, from, bits)
#define BITMAP_BYTES 10

static const struct rt_row rows[] = {
	ELEMENT_START,
	INFO("L_SIG_TXOP_Protection", 0, 1), INFO("Forty_Mhz_Intolerant", 1, 1), INFO("PSMP", 2, 1),
	INFO("DSSS_CCK", 3, 1), WORDS("Max_A_MSDU", 2, 2, 4, 1, sizes), INFO("Delayed_BlockAck", 5, 1),
	INFO("Rx_STBC", 6, 2), INFO("Tx_STBC", 8, 1), INFO("Short_GI_40Mhz", 9, 1), INFO("Short_GI_20Mhz", 10, 1),
	INFO("Green_Field", 11, 1), WORDS("SM_Power_Save", 2, 2, 12, 2, saves),
	WORDS("Supported_Channel_Width", 2, 2, 14, 1, channels), INFO("LDPC_Coding_Capability", 15, 1),
	MPDU("res1", 0, 3), MPDU("Min_MPDCU_Start_Spacing", 3, 3), MPDU("Max_A_MPDU_Length_Exponent", 6, 2),
	RATE("res2", 0, 27), RATE("TX_Unequal_Modulation", 27, 1), RATE("TX_Max_Spatial_Streams", 28, 2),
	RATE("TX_RX_MCS_Set_Not_Equal", 30, 1), RATE("TX_MCS_Set_Defined", 31, 1), RATE("res3", 32, 6),
	RATE("RX_Highest_Supported_Data_Rate", 38, 10), RATE("res4", 48, 3),
	{ "RX_MSC_Bitmask", 5 * 8, 0, RT_XBYTES },
	MORE("res5", 0, 4), MORE("RD_Responder", 4, 1), MORE("HTC_HT_Support", 5, 1), MORE("MCS_Feedback", 6, 2),
	MORE("res6", 8, 5), MORE("PCO_Transition_Time", 13, 2), MORE("PCO", 15, 1),
	BEAM("res7", 0, 3), BEAM("Channel_Estimation_Capability", 3, 2),
	BEAM("CSI_max_n_Rows_Beamformer_Supported", 5, 2),
	BEAM("Compressed_Steering_n_Beamformer_Antennas_Supported", 7, 2),
	BEAM("Noncompressed_Steering_n_Beamformer_Antennas_Supported", 9, 2),
	BEAM("CSI_n_Beamformer_Antennas_Supported", 11, 2), BEAM("Minimal_Grouping", 13, 2),
	BEAM("Explicit_Compressed_Beamforming_Feedback", 15, 2),
	BEAM("Explicit_Noncompressed_Beamforming_Feedback", 17, 2),
	BEAM("Explicit_Transmit_Beamforming_CSI_Feedback", 19, 2), BEAM("Explicit_Compressed_Steering", 21, 1),
	BEAM("Explicit_Noncompressed_Steering", 22, 1), BEAM("Explicit_CSI_Transmit_Beamforming", 23, 1),
	BEAM("Calibration", 24, 2), BEAM("Implicit_Trasmit_Beamforming", 26, 1), BEAM("Transmit_NDP", 27, 1),
	BEAM("Receive_NDP", 28, 1), BEAM("Transmit_Staggered_Sounding", 29, 1),
	BEAM("Receive_Staggered_Sounding", 30, 1), BEAM("Implicit_Transmit_Beamforming_Receiving", 31, 1),
	{ "ASEL", 27 * 8, 8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(selections), .join = '+') },
};

static bool place_ht(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                     struct rt_place *place)
{
	(void)frame, (void)layer;
	if (row->width == 0)
		place->width = BITMAP_BYTES * 8;
	return true;
}

const struct rt_proto proto_dot11_ht = ELEMENT("HTCapabilities", "HT Capabilities", 45, rows, .place = place_ht);
