/* SPDX-License-Identifier: MIT */
/* test_llc.c - 802.3, LLC and SNAP, in Ethernet and behind VLAN tags. The bytes were made by Scapy 2.5.0, which also
 * says the summaries; tshark 4.0 finds the same layers. */
#include "dissected.h"

#define MACS "020000000002020000000001"
#define UDP4 "4500001e00010000401166cc0a0000010a000002" "00010002000a836b6869"

static const struct dissected_packet packets[] = {
	{ .sample = { "IP behind SNAP", 1, MACS "0026" "aaaa03" "0000000800" UDP4 },
	  .layers = "Dot3 / LLC / SNAP / IP / UDP / Raw",
	  FIELDS("Dot3.len", "38", "LLC.dsap", "170", "LLC.ssap", "170", "LLC.ctrl", "3", "SNAP.OUI", "0",
	         "SNAP.code", "2048"),
	  .line = "10.0.0.1:1 -> 10.0.0.2:2 TTL: 64, UDP, Len: 2",
	  .summary = "Dot3 / LLC / SNAP / IP / UDP 10.0.0.1:1 > 10.0.0.2:2 / Raw" },
	{ .sample = { "an LLC that nobody knows, and what fills the frame", 1,
	  MACS "0006" "e0e003" "697078" "0000000000" },
	  .layers = "Dot3 / LLC / Raw / Padding",
	  .line = "02:00:00:00:00:01 -> 02:00:00:00:00:02 LLC dsap 224 ssap 224 ctrl 3, Len: 3",
	  .summary = "802.3 02:00:00:00:00:01 > 02:00:00:00:00:02 / LLC / Raw / Padding" },
	{ .sample = { "SNAP of an organisation", 1, MACS "000b" "aaaa03" "00000c2004" "010203" },
	  .layers = "Dot3 / LLC / SNAP / Raw",
	  .line = "02:00:00:00:00:01 -> 02:00:00:00:00:02 SNAP 00:00:0c type 0x2004, Len: 3",
	  .show = "###[ SNAP ]### \n        OUI       = 00:00:0c\n        code      = 0x2004\n" },
	{ .sample = { "not unnumbered: no SNAP", 1, MACS "0008" "aaaa00" "0000000800" },
	  .layers = "Dot3 / LLC / Raw" },
	{ .sample = { "a length behind a VLAN tag", 1, MACS "81000005" "0006" "e0e003" "697078" "0000" },
	  .layers = "Ether / Dot1Q / LLC / Raw / Padding", FIELDS("Dot1Q.vlan", "5", "Dot1Q.type", "6"),
	  .line = "vlan 5 02:00:00:00:00:01 -> 02:00:00:00:00:02 LLC dsap 224 ssap 224 ctrl 3, Len: 3",
	  .summary = "Ether / 802.1q 02:00:00:00:00:01 > 02:00:00:00:00:02 (0x6) vlan 5 / LLC / Raw / Padding" },
	{ .sample = { "a length behind two tags", 1, MACS "88a80064" "81000005" "0003" "e0e003" },
	  .layers = "Ether / Dot1AD / Dot1Q / LLC" },
	{ .sample = { "LLC in a cooked frame", 113, "0000" "0001" "0006" "0200000000010000" "0004" "e0e00301" },
	  .layers = "CookedLinux / LLC / Raw" },
	{ .sample = { "a length of 0 is one", 1, MACS "0000" "e0e003" }, .layers = "Dot3 / Padding" },
	{ .sample = { "1500 is the greatest length", 1, MACS "05dc" "e0e003" }, .layers = "Dot3 / LLC" },
	{ .sample = { "1501 is a type", 1, MACS "05dd" "e0e003" }, .layers = "Ether / Raw" },
};

DISSECTED_PACKETS("llc", packets)
