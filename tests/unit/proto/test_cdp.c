/* SPDX-License-Identifier: MIT */
/* test_cdp.c - Cisco's discovery protocol. The bytes were made by Scapy 2.5.0, fields as it reads them; tshark 4.0
 * reads the same, but for gateways. */
#include "dissected.h"

#define MACS "01000ccccccc020000000001"
#define ENDS "02:00:00:00:00:01 -> 01:00:0c:cc:cc:cc"
#define CDP  "aaaa0300000c2000" "02b4" "47e0"

static const struct dissected_packet packets[] = {
	{ .sample = { "a switch", 1,
	  MACS "0051" CDP "00010007" "737731" "00020011" "00000001" "01" "01cc" "0004" "0a000001" "00030009"
	         "4769302f31" "00040008" "00000009" "00070009" "0a010000" "10" "00070008" "0a0000fe" "000b0005" "01"
	         "00100006" "0539" },
	  .layers = "Dot3 / LLC / SNAP / CDPv2_HDR",
	  FIELDS("CDPv2_HDR.vers", "2", "CDPv2_HDR.ttl", "180", "CDPv2_HDR.cksum", "18400", "CDPv2_HDR.msg",
	         "[{\"type\":1,\"len\":7,\"val\":\"737731\"},"
	         "{\"type\":2,\"len\":17,\"naddr\":1,\"addr\":[{\"ptype\":1,\"plen\":1,\"proto\":\"cc\","
	         "\"addrlen\":4,\"addr\":\"10.0.0.1\"}]},"
	         "{\"type\":3,\"len\":9,\"iface\":\"4769302f31\"},"
	         "{\"type\":4,\"len\":8,\"cap\":\"Router+Switch\"},"
	         "{\"type\":7,\"len\":9,\"prefix\":\"10.1.0.0\",\"plen\":16},"
	         "{\"type\":7,\"len\":8,\"defaultgw\":\"10.0.0.254\"},"
	         "{\"type\":11,\"len\":5,\"duplex\":1},{\"type\":16,\"len\":6,\"power\":1337}]"),
	  .line = ENDS " CDP sw1, ttl 180, Len: 73",
	  .summary = "802.3 02:00:00:00:00:01 > 01:00:0c:cc:cc:cc / LLC / SNAP / CDPv2_HDR",
	  .show = "            |  power     = 1337 mW\n" },
	{ .sample = { "addresses of other kinds", 1,
	  MACS "0042" CDP "00160036" "00000003" "02" "08aaaa0300000086dd" "0010"
	         "20010db8000000000000000000000001" "01" "0181" "0003" "490001" "01" "01cc" "0005" "0a00000100" },
	  .layers = "Dot3 / LLC / SNAP / CDPv2_HDR",
	  FIELDS("CDPv2_HDR.msg",
	         "[{\"type\":22,\"len\":54,\"naddr\":3,\"addr\":[{\"ptype\":2,\"plen\":8,\"proto\":"
	         "\"aaaa0300000086dd\",\"addrlen\":16,\"addr\":\"2001:db8::1\"},{\"ptype\":1,\"plen\":1,"
	         "\"proto\":\"81\",\"addrlen\":3,\"addr\":\"490001\"},{\"ptype\":1,\"plen\":1,\"proto\":"
	         "\"cc\",\"addrlen\":5,\"addr\":\"0a00000100\"}]}]") },
	{ .sample = { "a length that is too small, one that is too big", 1,
	  MACS "0016" CDP "00010001" "00630063" "0102" }, .layers = "Dot3 / LLC / SNAP / CDPv2_HDR",
	  FIELDS("CDPv2_HDR.msg",
	         "[{\"type\":1,\"len\":1,\"val\":\"\"},{\"type\":99,\"len\":99,\"val\":\"0102\"}]") },
	{ .sample = { "2000 is Cisco's only", 1, MACS "000c" "aaaa030000002000" "02b447e0" },
	  .layers = "Dot3 / LLC / SNAP / Raw" },
};

DISSECTED_PACKETS("cdp", packets)
