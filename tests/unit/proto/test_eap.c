/* SPDX-License-Identifier: MIT */
/* test_eap.c - EAP over LANs and in PPP, and the keys of Wi-Fi. The bytes were made by Scapy 2.5.0, fields and
 * summaries as it reads them; tshark 4.0 finds the same layers, and says which message of the handshake it is. */
#include "dissected.h"

#define EAPOL "0180c2000003020000000001" "888e" "02"
#define ENDS  "02:00:00:00:00:01 -> 01:80:c2:00:00:03"
#define ZERO8 "0000000000000000"
#define KEY(size, info, data) EAPOL "03" size "02" info "0010" "0000000000000001" \
	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" \
	ZERO8 ZERO8 ZERO8 ZERO8 ZERO8 ZERO8 data
#define DATA "0002" "dd00"

static const struct dissected_packet packets[] = {
	{ .sample = { "somebody begins", 1, EAPOL "01" "0000" "000000000000" },
	  .layers = "Ether / EAPOL / Padding",
	  FIELDS("EAPOL.version", "2", "EAPOL.type", "1", "EAPOL.len", "0"),
	  .line = ENDS " EAPOL-Start, Len: 0",
	  .summary = "Ether / EAPOL EAPOL-Start / Padding", .show = "     version   = 802.1X-2004\n" },
	{ .sample = { "who is there?", 1, EAPOL "00" "0008" "01010008" "01" "77686f" },
	  .layers = "Ether / EAPOL / EAP",
	  FIELDS("EAP.code", "1", "EAP.id", "1", "EAP.len", "8", "EAP.type", "1", "EAP.message", "77686f",
	         "EAP.identity", ""),
	  .line = ENDS " EAP Request Identity id 1, Len: 0", .summary = "Ether / EAPOL / EAP Request Identity" },
	{ .sample = { "me", 1, EAPOL "00" "0007" "02010007" "01" "6d65" "0000" },
	  .layers = "Ether / EAPOL / EAP / Padding", FIELDS("EAP.identity", "6d65", "EAP.message", ""),
	  .line = ENDS " EAP Response Identity id 1 me, Len: 0",
	  .summary = "Ether / EAPOL / EAP Response Identity 'me' / Padding" },
	{ .sample = { "other methods are wanted", 1, EAPOL "00" "0007" "02010007" "03" "0d19" },
	  .layers = "Ether / EAPOL / EAP", FIELDS("EAP.desired_auth_types", "[13,25]"),
	  .show = "        desired_auth_types= [EAP-TLS, PEAP]\n" },
	{ .sample = { "success has no type", 1, EAPOL "00" "0004" "03010004" "0000" },
	  .layers = "Ether / EAPOL / EAP / Padding", FIELDS("EAP.type", ""),
	  .line = ENDS " EAP Success id 1, Len: 0", .summary = "Ether / EAPOL / EAP Success / Padding" },
	{ .sample = { "a method that nobody knows", 1, EAPOL "00" "0008" "01010008" "32" "010203" },
	  .layers = "Ether / EAPOL / EAP / Raw", .line = ENDS " EAP Request EAP-AKA id 1, Len: 3" },
	{ .sample = { "MD5", 1,
	  EAPOL "00" "0019" "01020019" "04" "10000102030405060708090a0b0c0d0e0f" "6c616e" },
	  .layers = "Ether / EAPOL / EAP_MD5",
	  FIELDS("EAP_MD5.value_size", "16", "EAP_MD5.value", "000102030405060708090a0b0c0d0e0f",
	         "EAP_MD5.optional_name", "6c616e"),
	  .line = ENDS " EAP Request MD5-Challenge id 2, Len: 0",
	  .summary = "Ether / EAPOL / EAP Request MD5-Challenge" },
	{ .sample = { "MD5 with a size past its end", 1, EAPOL "00" "0008" "01020008" "04" "03" "0102" },
	  .layers = "Ether / EAPOL / EAP_MD5",
	  FIELDS("EAP_MD5.value_size", "3", "EAP_MD5.value", "", "EAP_MD5.optional_name", "") },
	{ .sample = { "TLS with a length", 1, EAPOL "00" "000c" "0102000c" "0d" "80" "0000012c" "1603" },
	  .layers = "Ether / EAPOL / EAP_TLS",
	  FIELDS("EAP_TLS.L", "1", "EAP_TLS.tls_message_len", "300", "EAP_TLS.tls_data", "1603"),
	  .summary = "Ether / EAPOL / EAP Request EAP-TLS" },
	{ .sample = { "TLS without", 1, EAPOL "00" "0008" "02020008" "0d" "00" "1603" },
	  .layers = "Ether / EAPOL / EAP_TLS",
	  FIELDS("EAP_TLS.L", "0", "EAP_TLS.tls_message_len", "", "EAP_TLS.tls_data", "1603") },
	{ .sample = { "TTLS", 1, EAPOL "00" "0006" "01020006" "15" "21" }, .layers = "Ether / EAPOL / EAP_TTLS",
	  FIELDS("EAP_TTLS.S", "1", "EAP_TTLS.version", "1", "EAP_TTLS.reserved", "0") },
	{ .sample = { "PEAP", 1, EAPOL "00" "0006" "01020006" "19" "21" }, .layers = "Ether / EAPOL / EAP_PEAP",
	  FIELDS("EAP_PEAP.S", "1", "EAP_PEAP.version", "1"), .show = "###[ PEAP ]### \n" },
	{ .sample = { "FAST", 1, EAPOL "00" "0007" "01020007" "2b" "21" "78" },
	  .layers = "Ether / EAPOL / EAP_FAST",
	  FIELDS("EAP_FAST.data", "78") },
	{ .sample = { "LEAP", 1, EAPOL "00" "0012" "01030012" "11" "010008" ZERO8 "6d65" },
	  .layers = "Ether / EAPOL / LEAP",
	  FIELDS("LEAP.count", "8", "LEAP.challenge_response", ZERO8, "LEAP.username", "6d65") },
	{ .sample = { "in PPP", RT_LINK_PPP, "ff03c227" "01020016" "04" "10000102030405060708090a0b0c0d0e0f" },
	  .layers = "HDLC / PPP / EAP_MD5", .line = "HDLC EAP Request MD5-Challenge id 2, Len: 0" },
	{ .sample = { "a key", 1, KEY("0061", "008a", DATA) }, .layers = "Ether / EAPOL / WPA_key",
	  FIELDS("WPA_key.descriptor_type", "2", "WPA_key.key_info", "138", "WPA_key.len", "16",
	         "WPA_key.replay_counter", "0000000000000001", "WPA_key.wpa_key_length", "2",
	         "WPA_key.wpa_key", "dd00"),
	  .line = ENDS " EAPOL-Key, message 1 of 4, Len: 97", .summary = "Ether / EAPOL EAPOL-Key / WPA_key" },
	{ .sample = { "its answer", 1, KEY("0061", "010a", DATA) }, .layers = "Ether / EAPOL / WPA_key",
	  .line = ENDS " EAPOL-Key, message 2 of 4, Len: 97" },
	{ .sample = { "install it", 1, KEY("0061", "13ca", DATA) }, .layers = "Ether / EAPOL / WPA_key",
	  .line = ENDS " EAPOL-Key, message 3 of 4, Len: 97" },
	{ .sample = { "done", 1, KEY("005f", "030a", "0000") }, .layers = "Ether / EAPOL / WPA_key",
	  .line = ENDS " EAPOL-Key, message 4 of 4, Len: 95" },
};

DISSECTED_PACKETS("eap", packets)
