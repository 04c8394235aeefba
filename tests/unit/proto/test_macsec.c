/* SPDX-License-Identifier: MIT */
/* test_macsec.c - the tag of MACsec. The bytes were made by Scapy 2.5.0, fields and summaries as it reads them; tshark
 * 4.0 reads the same. */
#include "dissected.h"

#define HEAD "020000000002020000000001" "88e5"
#define ENDS "02:00:00:00:00:01 -> 02:00:00:00:00:02"

static const struct dissected_packet packets[] = {
	{ .sample = { "encrypted, with an identifier", 1,
	  HEAD "2e00" "00000007" "0200000000010001" "736563726574" },
	  .layers = "Ether / MACsec / Raw",
	  FIELDS("MACsec.SC", "1", "MACsec.E", "1", "MACsec.C", "1", "MACsec.AN", "2", "MACsec.SL", "0",
	         "MACsec.PN", "7", "MACsec.SCI",
	         "[{\"system_identifier\":\"02:00:00:00:00:01\",\"port_identifier\":1}]"),
	  .line = ENDS " MACsec encrypted, an 2 pn 7, Len: 6", .summary = "Ether / an=2, pn=7, sci=MACsecSCI / Raw",
	  .show = "     \\SCI       \\\n      |###[ SCI ]### \n      |  system_identifier= 02:00:00:00:00:01\n" },
	{ .sample = { "only protected", 1,
	  HEAD "0106" "00000007" "736563726574" }, .layers = "Ether / MACsec / Raw",
	  FIELDS("MACsec.SC", "0", "MACsec.AN", "1", "MACsec.SL", "6", "MACsec.SCI", ""),
	  .line = ENDS " MACsec, an 1 pn 7, Len: 6", .summary = "Ether / an=1, pn=7 / Raw" },
};

DISSECTED_PACKETS("macsec", packets)
