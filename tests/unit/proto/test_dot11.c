/* SPDX-License-Identifier: MIT */
/* test_dot11.c - 802.11: header, QoS, what is carried, encrypted bodies, management frames and their elements. The
 * bytes were made by Scapy 2.5.0, fields and summaries as it reads them (but for the order of bytes in `ID`); tshark
 * 4.0 finds the same layers. Frames in a frame and HT control follow IEEE 802.11-2016 clauses 9.3.2.2 and 9.2.4.6. */
#include "dissected.h"

#define A "020000000001"
#define B "020000000002"
#define F "ffffffffffff"
#define UDP4 "aaaa03" "0000000800" "4500001c00010000401166ce0a0000010a000002" "000100020008ebd8"
#define FROM_B "02:00:00:00:00:02 -> 02:00:00:00:00:01"

static const struct dissected_packet packets[] = {
	{ .sample = { "an acknowledgement has one address", RT_LINK_WLAN, "d400" "0000" A }, .layers = "Dot11",
	  FIELDS("Dot11.type", "1", "Dot11.subtype", "13", "Dot11.addr1", "02:00:00:00:00:01", "Dot11.addr2",
	         ""),
	  .line = "-> 02:00:00:00:00:01 802.11 Ack, Len: 0", .summary = "802.11 Control Ack > 02:00:00:00:00:01 (RA)" },
	{ .sample = { "a request to send has two, and a duration", RT_LINK_WLAN, "b400" "3a01" A B }, .layers = "Dot11",
	  FIELDS("Dot11.ID", "314", "Dot11.addr3", "", "Dot11.SC", ""), .line = FROM_B " 802.11 RTS, Len: 0",
	  .summary = "802.11 Control RTS 02:00:00:00:00:02 (TA) > 02:00:00:00:00:01 (RA)" },
	{ .sample = { "an extension of control", RT_LINK_WLAN, "6408" "0000" A B }, .layers = "Dot11",
	  FIELDS("Dot11.cfe", "8", "Dot11.FCfield", "") },
	{ .sample = { "to a cell", RT_LINK_WLAN, "0801" "0000" A B F "1000" UDP4 },
	  .layers = "Dot11 / LLC / SNAP / IP / UDP",
	  FIELDS("Dot11.FCfield", "to-DS", "Dot11.SC", "16", "Dot11.addr4", ""),
	  .line = "10.0.0.1:1 -> 10.0.0.2:2 TTL: 64, UDP, Len: 0",
	  .summary = "Dot11 / LLC / SNAP / IP / UDP 10.0.0.1:1 > 10.0.0.2:2",
	  .show = "  addr1     = 02:00:00:00:00:01 (RA=BSSID)\n  addr2     = 02:00:00:00:00:02 (TA=SA)\n"
	          "  addr3     = ff:ff:ff:ff:ff:ff (DA)\n" },
	{ .sample = { "from a cell, with QoS", RT_LINK_WLAN, "8802" "0000" B A F "0000" "0600" UDP4 },
	  .layers = "Dot11 / Dot11QoS / LLC / SNAP / IP / UDP",
	  FIELDS("Dot11QoS.TID", "6", "Dot11QoS.A_MSDU_Present", "0", "Dot11QoS.EOSP", "0"),
	  .show = "  addr3     = ff:ff:ff:ff:ff:ff (SA)\n" },
	{ .sample = { "with HT control", RT_LINK_WLAN, "8882" "0000" B A F "0000" "0600" "01000080" UDP4 },
	  .layers = "Dot11 / Dot11QoS / LLC / SNAP / IP / UDP", FIELDS("Dot11QoS.HTC", "2147483649") },
	{ .sample = { "between cells", RT_LINK_WLAN, "0803" "0000" B A F "0000" A UDP4 },
	  .layers = "Dot11 / LLC / SNAP / IP / UDP",
	  FIELDS("Dot11.addr4", "02:00:00:00:00:01"), .show = "  addr4     = 02:00:00:00:00:01 (SA)\n" },
	{ .sample = { "frames in a frame", RT_LINK_WLAN, "8802" "0000" B A A "0000" "8000" B F "0024" UDP4 "0000"
	  B F "0024" UDP4 },
	  .layers = "Dot11 / Dot11QoS / Dot3 / LLC / SNAP / IP / UDP / Padding",
	  .show = "  addr3     = 02:00:00:00:00:01 (BSSID)\n" },
	{ .sample = { "no data", RT_LINK_WLAN, "c802" "0000" B A A "0000" "0000" }, .layers = "Dot11 / Dot11QoS",
	  .line = "02:00:00:00:00:01 -> 02:00:00:00:00:02 802.11 QoS Null (no data), Len: 0" },
	{ .sample = { "CCMP", RT_LINK_WLAN, "8841" "0000" A B F "0000" "0000" "0102002000000000" "61626364" },
	  .layers = "Dot11 / Dot11QoS / Dot11CCMP",
	  FIELDS("Dot11CCMP.PN0", "1", "Dot11CCMP.PN1", "2", "Dot11CCMP.ext_iv", "1", "Dot11CCMP.key_id", "0",
	         "Dot11CCMP.data", "61626364"),
	  .line = FROM_B " 802.11 QoS Data, CCMP, Len: 12",
	  .summary = "802.11 Data QoS Data 02:00:00:00:00:02 (TA=SA) > 02:00:00:00:00:01 (RA=BSSID) / Dot11QoS / "
	             "Dot11CCMP" },
	{ .sample = { "TKIP", RT_LINK_WLAN, "0841" "0000" A B F "0000" "0121032000000000" "61626364" },
	  .layers = "Dot11 / Dot11TKIP",
	  FIELDS("Dot11TKIP.TSC1", "1", "Dot11TKIP.WEPSeed", "33", "Dot11TKIP.TSC0", "3") },
	{ .sample = { "WEP", RT_LINK_WLAN, "0841" "0000" A B F "0000" "010203" "00" "616263" "00000005" },
	  .layers = "Dot11 / Dot11WEP",
	  FIELDS("Dot11WEP.iv", "010203", "Dot11WEP.keyid", "0", "Dot11WEP.wepdata", "616263", "Dot11WEP.icv",
	         "5") },
	{ .sample = { "some other method", RT_LINK_WLAN, "0841" "0000" A B F "0000" "0102032000000000" },
	  .layers = "Dot11 / Dot11Encrypted",
	  FIELDS("Dot11Encrypted.data", "0102032000000000"),
	  .line = FROM_B " 802.11 Data, encrypted, Len: 8" },
	{ .sample = { "goodbye", RT_LINK_WLAN, "c000" "0000" A B A "0000" "0700" }, .layers = "Dot11 / Dot11Deauth",
	  FIELDS("Dot11Deauth.reason", "7"),
	  .line = FROM_B " 802.11 Deauthentication, reason class3-from-nonass, Len: 2" },
	{ .sample = { "authentication", RT_LINK_WLAN, "b000" "0000" A B A "0000" "0000" "0100" "0000" },
	  .layers = "Dot11 / Dot11Auth",
	  FIELDS("Dot11Auth.algo", "0", "Dot11Auth.seqnum", "1", "Dot11Auth.status", "0"),
	  .line = FROM_B " 802.11 Authentication, open number 1 success, Len: 6" },
	{ .sample = { "who is there?", RT_LINK_WLAN, "4000" "0000" F B F "0000" "0000" },
	  .layers = "Dot11 / Dot11ProbeReq / Dot11Elt",
	  .summary = "802.11 Management Probe Request 02:00:00:00:00:02 (TA=SA) > ff:ff:ff:ff:ff:ff (RA=DA) / "
	             "Dot11ProbeReq / SSID=''" },
	{ .sample = { "let me in", RT_LINK_WLAN, "0000" "0000" A B A "0000" "0100" "0a00" "0004686f6d65" },
	  .layers = "Dot11 / Dot11AssoReq / Dot11Elt",
	  FIELDS("Dot11AssoReq.cap", "ESS", "Dot11AssoReq.listen_interval", "10", "Dot11Elt.info",
	         "686f6d65") },
	{ .sample = { "no", RT_LINK_WLAN, "1000" "0000" B A A "0000" "0100" "1100" "01c0" },
	  .layers = "Dot11 / Dot11AssoResp",
	  FIELDS("Dot11AssoResp.status", "17", "Dot11AssoResp.AID", "49153") },
	{ .sample = { "let me in again", RT_LINK_WLAN, "2000" "0000" A B A "0000" "0100" "0a00" A },
	  .layers = "Dot11 / Dot11ReassoReq",
	  FIELDS("Dot11ReassoReq.current_AP", "02:00:00:00:00:01") },
	{ .sample = { "an action", RT_LINK_WLAN, "d000" "0000" A B A "0000" "0300" }, .layers = "Dot11 / Raw" },
	{ .sample = { "a beacon", RT_LINK_WLAN,
	  "8000" "0000" F A A "1000" "0201000000000000" "6400" "1100" "0004686f6d65" "010382840c" "030106"
	         "050400010000" "0706444520010d14" "2a0140" "30140100000fac040100000fac040100000fac01c000"
	         "dd050050f20201" },
	  .layers = "Dot11 / Dot11Beacon / Dot11Elt / Dot11EltRates / Dot11EltDSSSet / Dot11Elt / Dot11EltCountry / "
	            "Dot11EltERP / Dot11EltRSN / Dot11EltVendorSpecific",
	  FIELDS("Dot11Beacon.timestamp", "258", "Dot11Beacon.beacon_interval", "100", "Dot11Beacon.cap",
	         "ESS+privacy", "Dot11EltRates.rates", "[130,132,12]", "Dot11EltDSSSet.channel", "6",
	         "Dot11EltCountry.country_string", "444520", "Dot11EltCountry.descriptors",
	         "[{\"first_channel_number\":1,\"num_channels\":13,\"mtp\":20}]", "Dot11EltCountry.pad", "",
	         "Dot11EltERP.Use_Protection", "1", "Dot11EltRSN.version", "1",
	         "Dot11EltRSN.group_cipher_suite", "[{\"oui\":4012,\"cipher\":4}]",
	         "Dot11EltRSN.nb_pairwise_cipher_suites", "1", "Dot11EltRSN.akm_suites",
	         "[{\"oui\":4012,\"suite\":1}]", "Dot11EltRSN.mfp_capable", "1", "Dot11EltRSN.mfp_required",
	         "1",
	         "Dot11EltRSN.pmkids", "", "Dot11EltVendorSpecific.oui", "20722",
	         "Dot11EltVendorSpecific.info", "0201"),
	  .line = "02:00:00:00:00:01 -> ff:ff:ff:ff:ff:ff 802.11 Beacon, SSID home, channel 6, country DE , RSN "
	          "802.1X, Len: 72",
	  .summary = "802.11 Management Beacon 02:00:00:00:00:01 (TA=SA) > ff:ff:ff:ff:ff:ff (RA=DA) / Dot11Beacon / "
	             "SSID='home' / Dot11EltRates / Dot11EltDSSSet / Dot11Elt / Dot11EltCountry / Dot11EltERP / "
	             "Dot11EltRSN / Dot11EltVendorSpecific",
	  .show = "###[ 802.11 Rates ]### \n        ID        = Supported Rates\n        len       = 3\n"
	          "        rates     = [1.0(B) Mbps, 2.0(B) Mbps, 6.0 Mbps]\n" },
	{ .sample = { "keys and a group cipher for management", RT_LINK_WLAN,
	  "4000" "0000" F B F "0000" "302e0100" "000fac04" "0200" "000fac04" "000fac02" "0100" "000fac08" "c000"
	         "0100" "000102030405060708090a0b0c0d0e0f" "000fac06" },
	  .layers = "Dot11 / Dot11ProbeReq / Dot11EltRSN",
	  FIELDS("Dot11EltRSN.pairwise_cipher_suites",
	         "[{\"oui\":4012,\"cipher\":4},{\"oui\":4012,\"cipher\":2}]", "Dot11EltRSN.akm_suites",
	         "[{\"oui\":4012,\"suite\":8}]", "Dot11EltRSN.pmkids",
	         "[{\"nb_pmkids\":1,\"pmkid_list\":[\"000102030405060708090a0b0c0d0e0f\"]}]",
	         "Dot11EltRSN.group_management_cipher_suite", "[{\"oui\":4012,\"cipher\":6}]"),
	  .line = "02:00:00:00:00:02 -> ff:ff:ff:ff:ff:ff 802.11 Probe Request, RSN SAE, Len: 48" },
	{ .sample = { "counts past the end", RT_LINK_WLAN, "4000" "0000" F B F "0000" "300a0100000fac04ffff000f" },
	  .layers = "Dot11 / Dot11ProbeReq / Dot11EltRSN",
	  FIELDS("Dot11EltRSN.nb_pairwise_cipher_suites", "65535", "Dot11EltRSN.pairwise_cipher_suites",
	         "[{}]", "Dot11EltRSN.nb_akm_suites", "", "Dot11EltRSN.mfp_capable", "", "Dot11EltRSN.pmkids",
	         "") },
	{ .sample = { "Microsoft's", RT_LINK_WLAN, "4000" "0000" F B F "0000" "dd160050f2010100" "0050f202" "0100"
	  "0050f202" "0100"
	                               "0050f202" },
	  .layers = "Dot11 / Dot11ProbeReq / Dot11EltMicrosoftWPA",
	  FIELDS("Dot11EltMicrosoftWPA.type", "1", "Dot11EltMicrosoftWPA.version", "1",
	         "Dot11EltMicrosoftWPA.akm_suites", "[{\"oui\":20722,\"suite\":2}]"),
	  .line = "02:00:00:00:00:02 -> ff:ff:ff:ff:ff:ff 802.11 Probe Request, WPA PSK, Len: 24" },
	{ .sample = { "what a station can do", RT_LINK_WLAN, "4000" "0000" F B F "0000"
	  "2d1aef1117ffff0000000000000000000000000000"
	                                         "1000000000000000" "00" },
	  .layers = "Dot11 / Dot11ProbeReq / Dot11EltHTCapabilities / Dot11Elt",
	  FIELDS("Dot11EltHTCapabilities.LDPC_Coding_Capability", "1",
	         "Dot11EltHTCapabilities.Supported_Channel_Width", "1",
	         "Dot11EltHTCapabilities.SM_Power_Save", "3", "Dot11EltHTCapabilities.Short_GI_40Mhz", "1",
	         "Dot11EltHTCapabilities.Rx_STBC", "1", "Dot11EltHTCapabilities.Max_A_MSDU", "0",
	         "Dot11EltHTCapabilities.DSSS_CCK", "1", "Dot11EltHTCapabilities.Max_A_MPDU_Length_Exponent",
	         "3", "Dot11EltHTCapabilities.Min_MPDCU_Start_Spacing", "5",
	         "Dot11EltHTCapabilities.RX_MSC_Bitmask", "ffff0000000000000000") },
};

DISSECTED_PACKETS("dot11", packets)
