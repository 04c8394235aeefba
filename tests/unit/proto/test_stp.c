/* SPDX-License-Identifier: MIT */
/* test_stp.c - spanning tree. The bytes were made by Scapy 2.5.0, fields as it reads them; a topology change and the
 * last byte of RSTP are IEEE 802.1D-2004 figures 9-2 and 9-3, as tshark 4.0 reads them. */
#include "dissected.h"

#define GROUP "0180c2000000020000000001"

static const struct dissected_packet packets[] = {
	{ .sample = { "RSTP", 1,
	  GROUP "0027" "424203" "0000" "02" "02" "3c" "8000001122334455" "00004e20" "9000020000000001" "8001"
	         "0102" "1400" "0200" "0f00" "00" "00000000000000" },
	  .layers = "Dot3 / LLC / STP / Padding",
	  FIELDS("STP.version", "2", "STP.bpduflags", "60", "STP.rootid", "32768", "STP.rootmac",
	         "00:11:22:33:44:55", "STP.pathcost", "20000", "STP.bridgeid", "36864", "STP.bridgemac",
	         "02:00:00:00:00:01", "STP.portid", "32769", "STP.age", "1.0078125", "STP.maxage", "20.0",
	         "STP.hellotime", "2.0", "STP.fwddelay", "15.0", "STP.version1length", "0"),
	  .line = "02:00:00:00:00:01 -> 01:80:c2:00:00:00 RSTP root 32768/00:11:22:33:44:55 cost 20000 bridge "
	          "36864/02:00:00:00:00:01 port 32769, Len: 36",
	  .show = "###[ Spanning Tree Protocol ]### \n        proto     = 0\n        version   = 2\n" },
	{ .sample = { "a configuration", 1,
	  GROUP "0026" "424203" "0000" "00" "00" "01" "8000001122334455" "00000000" "8000020000000001" "8002"
	         "0000" "1400" "0200" "0f00" },
	  .layers = "Dot3 / LLC / STP", FIELDS("STP.bpduflags", "1", "STP.version1length", ""),
	  .line = "02:00:00:00:00:01 -> 01:80:c2:00:00:00 STP root 32768/00:11:22:33:44:55 cost 0 bridge "
	          "32768/02:00:00:00:00:01 port 32770, Len: 35" },
	{ .sample = { "a topology change", 1, GROUP "0007" "424203" "00000080" "0000000000" },
	  .layers = "Dot3 / LLC / STP / Padding", FIELDS("STP.bpdutype", "128", "STP.bpduflags", ""),
	  .line = "02:00:00:00:00:01 -> 01:80:c2:00:00:00 STP topology change, Len: 4",
	  .summary = "802.3 02:00:00:00:00:01 > 01:80:c2:00:00:00 / LLC / STP / Padding" },
	{ .sample = { "Cisco's, per VLAN", 1,
	  "01000ccccccd020000000001" "81000005" "0032" "aaaa03" "00000c010b" "0000000000" "0000001122334455"
	         "00000000" "0000000000000000" "0000" "0100" "1400" "0200" "0f00" "00000000020005" },
	  .layers = "Ether / Dot1Q / LLC / SNAP / STP / Raw",
	  .line = "vlan 5 02:00:00:00:00:01 -> 01:00:0c:cc:cc:cd STP root 0/00:11:22:33:44:55 cost 0 bridge "
	          "0/00:00:00:00:00:00 port 0, Len: 42",
	  .summary = "Ether / 802.1q 02:00:00:00:00:01 > 01:00:0c:cc:cc:cd (0x32) vlan 5 / LLC / SNAP / STP / Raw" },
};

DISSECTED_PACKETS("stp", packets)
