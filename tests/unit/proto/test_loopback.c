/* SPDX-License-Identifier: MIT */
/* test_loopback.c - BSD's loopback header in both byte orders. Families are those of the pcap link type list
 * (LINKTYPE_NULL: 2, 24, 28, 30) and Linux's 10; tshark 4.0 finds the same layers. */
#include "dissected.h"

#define UDP4 "4500001c0001000040117cce7f0000017f000001" "00010002000801d9"
#define HOST6 "00000000000000000000000000000001"
#define UDP6 "6000000000081140" HOST6 HOST6 "000100020008ffd9"

static const struct dissected_packet packets[] = {
	{ .sample = { "little-endian", 0, "02000000" UDP4 }, .layers = "Loopback / IP / UDP",
	  FIELDS("Loopback.type", "2"), .line = "127.0.0.1:1 -> 127.0.0.1:2 TTL: 64, UDP, Len: 0",
	  .summary = "Loopback / IP / UDP 127.0.0.1:1 > 127.0.0.1:2",
	  .show = "###[ Loopback ]### \n  type      = IPv4\n" },
	{ .sample = { "big-endian", 0, "00000002" UDP4 }, .layers = "Loopback / IP / UDP",
	  FIELDS("Loopback.type", "2") },
	{ .sample = { "OpenBSD's", 108, "00000018" UDP6 }, .layers = "Loopback / IPv6 / UDP" },
	{ .sample = { "FreeBSD's IPv6", 0, "1c000000" UDP6 }, .layers = "Loopback / IPv6 / UDP" },
	{ .sample = { "macOS's IPv6", 0, "1e000000" UDP6 }, .layers = "Loopback / IPv6 / UDP" },
	{ .sample = { "Linux's IPv6", 0, "0a000000" UDP6 }, .layers = "Loopback / IPv6 / UDP" },
	{ .sample = { "a family that nobody knows", 0, "07000000" "0102" }, .layers = "Loopback / Raw",
	  .line = "Loopback type OSI, Len: 2" },
};

DISSECTED_PACKETS("loopback", packets)
