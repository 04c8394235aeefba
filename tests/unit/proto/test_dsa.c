/* SPDX-License-Identifier: MIT */
/* test_dsa.c - the tags of switch chips. The bytes follow the kernel's net/dsa/tag_*.c; tcpdump 4.99 reads the same of
 * those that have a link type, but for Broadcom's priority of sent frames, which it seeks in the second byte, where the
 * kernel does not put it. */
#include "dissected.h"

#define MACS "020000000002" "020000000001"
#define IP4  "0800" "4500001c00010000401166ce0a0000010a000002" "000100020008ebd8"
#define SAYS "10.0.0.1:1 -> 10.0.0.2:2 TTL: 64, UDP, Len: 0"

static const struct dissected_packet packets[] = {
	{ .sample = { "DSA, forwarded", RT_LINK_DSA, MACS "e310a005" IP4 }, .layers = "Ether / DSA / IP / UDP",
	  FIELDS("Ether.dst", "02:00:00:00:00:02", "DSA.mode", "3", "DSA.tagged", "1", "DSA.device", "3", "DSA.port",
	         "2",
	         "DSA.trunk", "0", "DSA.code", "", "DSA.prio", "5", "DSA.vlan", "5", "DSA.type", "2048"),
	  .line = "port 2 " SAYS, .summary = "Ether / DSA / IP / UDP 10.0.0.1:1 > 10.0.0.2:2",
	  .show = "###[ DSA tag ]### \n     mode      = forward\n" },
	{ .sample = { "DSA, to the processor", RT_LINK_DSA, MACS "01140000" IP4 }, .layers = "Ether / DSA / IP / UDP",
	  FIELDS("DSA.mode", "0", "DSA.device", "1", "DSA.port", "2", "DSA.code", "2", "DSA.trunk", "") },
	{ .sample = { "EDSA", RT_LINK_EDSA, MACS "dada" "0000" "4018" "0007" IP4 }, .layers = "Ether / EDSA / IP / UDP",
	  FIELDS("EDSA.edsa_type", "56026", "EDSA.mode", "1", "EDSA.port", "3", "EDSA.vlan", "7"),
	  .line = "port 3 " SAYS },
	{ .sample = { "Broadcom, from the switch", RT_LINK_DSA_BRCM, MACS "00000484" IP4 },
	  .layers = "Ether / BRCM / IP / UDP",
	  FIELDS("BRCM.opcode", "0", "BRCM.reason", "switch", "BRCM.priority", "4", "BRCM.port", "4", "BRCM.ports", ""),
	  .line = "port 4 " SAYS },
	{ .sample = { "Broadcom, to the switch", RT_LINK_DSA_BRCM, MACS "24000008" IP4 },
	  .layers = "Ether / BRCM / IP / UDP",
	  FIELDS("BRCM.opcode", "1", "BRCM.priority", "1", "BRCM.ports", "8", "BRCM.port", ""), .line = SAYS },
	{ .sample = { "Broadcom's, in front", RT_LINK_DSA_BRCM_PREPEND, "00000401" MACS IP4 },
	  .layers = "BRCM / Ether / IP / UDP", FIELDS("BRCM.port", "1"), .line = "port 1 " SAYS },
	{ .sample = { "MediaTek's, tagged", RT_LINK_DSA_MTK, MACS "0103a005" IP4 }, .layers = "Ether / MTK / IP / UDP",
	  FIELDS("MTK.tagging", "1", "MTK.port", "3", "MTK.prio", "5", "MTK.vlan", "5"), .line = "port 3 " SAYS },
	{ .sample = { "Qualcomm's", RT_LINK_DSA_QCA, MACS "9002" IP4 }, .layers = "Ether / QCA / IP / UDP",
	  FIELDS("QCA.version", "2", "QCA.prio", "2", "QCA.frame_type", "0", "QCA.port", "2"), .line = "port 2 " SAYS },
	{ .sample = { "nothing known inside", RT_LINK_DSA, MACS "c0080001" "88b5" "0102" },
	  .layers = "Ether / DSA / Raw",
	  .line = "port 1 02:00:00:00:00:01 -> 02:00:00:00:00:02 type 0x88b5, Len: 2" },
};

DISSECTED_PACKETS("dsa", packets)
