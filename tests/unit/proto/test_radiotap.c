/* SPDX-License-Identifier: MIT */
/* test_radiotap.c - what radios put in front of 802.11. The bytes of the first row were made by Scapy 2.5.0, fields as
 * it reads them; the others follow radiotap.org and the pcap link types 119 and 163. tshark 4.0 reads the same. */
#include "dissected.h"

#define A "020000000001"
#define ACK "d400" "0000" A
#define ZERO4 "00000000"
#define ITEM(did, value) did "0000" "0400" value

static const struct dissected_packet packets[] = {
	{ .sample = { "a beacon with a checksum", RT_LINK_RADIOTAP,
	  "0000" "1200" "2e480000" "10" "02" "8509a000" "d8" "01" "0000"
	         "8000" "0000" "ffffffffffff" A A "1000" "0201000000000000" "6400" "1100" "0004686f6d65" "030106"
	         "98d10d3c" },
	  .layers = "RadioTap / Dot11FCS / Dot11Beacon / Dot11Elt / Dot11EltDSSSet",
	  FIELDS("RadioTap.len", "18", "RadioTap.present", "Flags+Rate+Channel+dBm_AntSignal+Antenna+RXFlags",
	         "RadioTap.Flags", "FCS", "RadioTap.Rate", "1.0", "RadioTap.ChannelFrequency", "2437",
	         "RadioTap.ChannelFlags", "CCK+2GHz", "RadioTap.dBm_AntSignal", "-40", "RadioTap.Antenna",
	         "1",
	         "RadioTap.RXFlags", "", "RadioTap.notdecoded", "", "Dot11FCS.fcs", "1007538584",
	         "Dot11EltDSSSet.channel", "6"),
	  .line = "2437 MHz -40 dBm 02:00:00:00:00:01 -> ff:ff:ff:ff:ff:ff 802.11 Beacon, SSID home, channel 6, Len: "
	          "21",
	  .summary = "RadioTap / Dot11FCS / Dot11Beacon / SSID='home' / Dot11EltDSSSet",
	  .show = "     fcs       = 0x3c0dd198\n" },
	{ .sample = { "no fields", RT_LINK_RADIOTAP, "0000" "0800" ZERO4 ACK }, .layers = "RadioTap / Dot11",
	  FIELDS("RadioTap.present", "", "RadioTap.Rate", ""),
	                   .line = "-> 02:00:00:00:00:01 802.11 Ack, Len: 0" },
	{ .sample = { "every field of the old kinds, aligned", RT_LINK_RADIOTAP,
	  "0000" "2800" "ffff0000" "0807060504030201" "00" "6c" "b4144001" "0102" "c8" "a0" "0500" "0600" "0700"
	         "14" "02"
	         "15" "16" "0200" "0800" ACK },
	  .layers = "RadioTap / Dot11",
	  FIELDS("RadioTap.mac_timestamp", "72623859790382856", "RadioTap.Rate", "54.0",
	         "RadioTap.ChannelFrequency", "5300", "RadioTap.ChannelFlags", "OFDM+5GHz", "RadioTap.FHSS",
	         "513",
	         "RadioTap.dBm_AntSignal", "-56", "RadioTap.dBm_AntNoise", "-96", "RadioTap.Lock_Quality",
	         "5",
	         "RadioTap.TX_Attenuation", "6", "RadioTap.dB_TX_Attenuation", "7", "RadioTap.dBm_TX_Power",
	         "20",
	         "RadioTap.Antenna", "2", "RadioTap.dB_AntSignal", "21", "RadioTap.dB_AntNoise", "22",
	         "RadioTap.RXFlags", "BAD_PLCP", "RadioTap.TXFlags", "NOACK", "RadioTap.notdecoded", "") },
	{ .sample = { "retries, XChannel, MCS, A-MPDU, VHT", RT_LINK_RADIOTAP,
	  "0000" "2c00" "00003f00" "03" "04" "0000" "40000200" "7109" "0b" "1e" "070407" "00" "44332211" "0400"
	         "0000" "4400" "04" "04" "91000000" "00" "00" "0000" ACK },
	  .layers = "RadioTap / Dot11",
	  FIELDS("RadioTap.b17", "3", "RadioTap.b18", "4", "RadioTap.ChannelPlusFlags",
	         "OFDM+40MHz_ext_channel_above",
	         "RadioTap.ChannelPlusFrequency", "2417", "RadioTap.ChannelPlusNumber", "11",
	         "RadioTap.knownMCS", "MCS_bandwidth+MCS_index+guard_interval", "RadioTap.guard_interval",
	         "1",
	         "RadioTap.MCS_bandwidth", "0", "RadioTap.MCS_index", "7", "RadioTap.A_MPDU_ref", "287454020",
	         "RadioTap.A_MPDU_flags", "KnownLastSubframe", "RadioTap.KnownVHT", "GuardInterval+Bandwidth",
	         "RadioTap.PresentVHT", "GuardInterval", "RadioTap.VHT_bandwidth", "4", "RadioTap.mcs_nss",
	         "9100000000", "RadioTap.GroupID", "0", "RadioTap.notdecoded", "") },
	{ .sample = { "the rest", RT_LINK_RADIOTAP,
	  "0000" "3800" "0000c00f" "0100000000000000" "0a00" "21" "02" "0102" "0304" "0506" "0708" "090a" "0b0c"
	         "0100" "0200" "01020304" "05060708" "0300" "0400" "05" "81" "06" "00" "0300" "5341" ACK },
	  .layers = "RadioTap / Dot11",
	  FIELDS("RadioTap.timestamp", "1", "RadioTap.ts_accuracy", "10", "RadioTap.ts_unit", "1",
	         "RadioTap.ts_position", "2", "RadioTap.ts_flags", "Accuracy", "RadioTap.he_data1", "513",
	         "RadioTap.he_data6", "3083", "RadioTap.hemu_flags1", "1", "RadioTap.RU_channel1",
	         "[1,2,3,4]",
	         "RadioTap.RU_channel2", "[5,6,7,8]", "RadioTap.hemuou_per_user_1", "3",
	         "RadioTap.hemuou_per_user_position", "5", "RadioTap.hemuou_per_user_known",
	         "user field position+Coding", "RadioTap.zero_length_psdu", "6", "RadioTap.lsig_data1",
	         "rate+length", "RadioTap.lsig_length", "1045", "RadioTap.lsig_rate", "3") },
	{ .sample = { "three masks, of which the first is read", RT_LINK_RADIOTAP,
	  "0000" "1600" "220000a0" "200800a0" "20080000" "00" "d8" "d7" "00" "d6" "01" ACK },
	  .layers = "RadioTap / Dot11",
	  FIELDS("RadioTap.Ext", "[{\"present\":2684356640},{\"present\":2080}]", "RadioTap.dBm_AntSignal",
	         "-40",
	         "RadioTap.notdecoded", "d700d601") },
	{ .sample = { "fields past the header's end", RT_LINK_RADIOTAP, "0000" "0900" "2e480000" "00" ACK },
	  .layers = "RadioTap / Dot11", FIELDS("RadioTap.Flags", "", "RadioTap.Rate", "", "RadioTap.Antenna",
	            "") },
	{ .sample = { "a length that is none", RT_LINK_RADIOTAP, "0000" "0700" ZERO4 ACK }, .layers = "Raw" },
	{ .sample = { "AVS", RT_LINK_AVS,
	  "80211001" "00000040" "0000000000000001" "0000000000000002" "00000008" "00000024" "00000036"
	         ZERO4 ZERO4
	         "00000002" "ffffffd8" "ffffffa0" "00000001" "00000003" ACK },
	  .layers = "AVSWLANHeader / Dot11",
	  FIELDS("AVSWLANHeader.len", "64", "AVSWLANHeader.phytype", "8", "AVSWLANHeader.channel", "36",
	         "AVSWLANHeader.ssi_type", "2", "AVSWLANHeader.ssi_signal", "-40", "AVSWLANHeader.ssi_noise",
	         "-96",
	         "AVSWLANHeader.encoding", "3"),
	  .show = "  phytype   = OFDM 802.11a\n" },
	{ .sample = { "Prism", RT_LINK_PRISM,
	  "44000000" "90000000" "776c616e300000000000000000000000" ITEM("44100100", "01000000")
	         ITEM("44200100", "02000000") ITEM("44300100", "06000000") ITEM("44400100", "05000000")
	         ITEM("44500100", ZERO4) ITEM("44600100", "d8ffffff") ITEM("44700100", "00000000")
	         ITEM("44800100", "6c000000") ITEM("44900100", ZERO4) ITEM("44a00100", "0a000000") ACK },
	  .layers = "PrismHeader / Dot11",
	  FIELDS("PrismHeader.dev", "776c616e300000000000000000000000", "PrismHeader.channel", "6",
	         "PrismHeader.signal", "-40", "PrismHeader.rate", "108", "PrismHeader.frmlen", "10"),
	  .show = "  dev       = 'wlan0'\n" },
	{ .sample = { "AVS where Prism is expected", RT_LINK_PRISM,
	  "80211001" "00000040" "0000000000000001" "0000000000000002" "00000008" "00000024" "00000036"
	         ZERO4 ZERO4
	         "00000002" "ffffffd8" "ffffffa0" "00000001" "00000003" ACK },
	  .layers = "AVSWLANHeader / Dot11" },
};

DISSECTED_PACKETS("radiotap", packets)
