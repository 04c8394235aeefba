/* SPDX-License-Identifier: MIT */
/* test_mpls.c - labels and what is behind them. The bytes follow RFC 3032 and RFC 4448; tshark 4.0 finds the same
 * layers where a pseudo wire is told by its control word. */
#include "dissected.h"

#define MACS  "020000000002020000000001"
#define INNER "a20000000002a20000000001"
#define UDP4  "4500001c00010000401166ce0a0000010a000002" "000100020008ebd8"

static const struct dissected_packet packets[] = {
	{ .sample = { "two labels and IP", 1, MACS "8847" "00010aff" "00064140" UDP4 },
	  .layers = "Ether / MPLS / MPLS / IP / UDP",
	  FIELDS("MPLS.label", "16", "MPLS.cos", "5", "MPLS.s", "0", "MPLS.ttl", "255"),
	  .line = "mpls 16 mpls 100 10.0.0.1:1 -> 10.0.0.2:2 TTL: 64, UDP, Len: 0",
	  .summary = "Ether / MPLS / MPLS / IP / UDP 10.0.0.1:1 > 10.0.0.2:2" },
	{ .sample = { "IPv6", 1,
	  MACS "8848" "00002140" "6000000000003b40" "00000000000000000000000000000001"
	         "00000000000000000000000000000002" },
	  .layers = "Ether / MPLS / IPv6" },
	{ .sample = { "Ethernet", 1, MACS "8847" "00064140" INNER "0800" UDP4 },
	  .layers = "Ether / MPLS / Ether / IP / UDP" },
	{ .sample = { "Ethernet whose address begins with a 0", 1,
	  MACS "8847" "00064140" "021122334455" "021122334456" "0806" },
	  .layers = "Ether / MPLS / Ether" },
	{ .sample = { "802.3", 1, MACS "8847" "00064140" INNER "0003" "e0e003" },
	  .layers = "Ether / MPLS / Dot3 / LLC" },
	{ .sample = { "a control word", 1, MACS "8847" "00064140" "00000007" MACS "0800" UDP4 },
	  .layers = "Ether / MPLS / EoMCW / Ether / IP / UDP", FIELDS("EoMCW.seq", "7") },
	{ .sample = { "neither", 1, MACS "8847" "00064140" "feedbeef" }, .layers = "Ether / MPLS / Raw",
	  .line = "mpls 100 02:00:00:00:00:01 -> 02:00:00:00:00:02 MPLS ttl 64, Len: 4 "
	          "[Ether: 14 bytes needed, 4 captured]", .is_doubtful = true },
	{ .sample = { "in PPP", RT_LINK_PPP, "0281" "00064140" UDP4 }, .layers = "PPP / MPLS / IP / UDP" },
	{ .sample = { "in IP", RT_LINK_IPV4,
	  "450000340001000040890000" "0a0000010a000002" "00064140" UDP4 },
	  .layers = "IP / MPLS / IP / UDP" },
};

DISSECTED_PACKETS("mpls", packets)
