/* SPDX-License-Identifier: MIT */
/* test_vxlan.c - VXLAN. The bytes are laid out by RFC 7348 section 5 and the drafts of its extensions; tshark 4.0.17
 * reads the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, dport, udp_len) TUNNEL_UDP(len, "c000", dport, udp_len)

static const struct dissected_packet packets[] = {
	{ { "plain", V4, OUTER("004e", "12b5", "003a") "08000000" "00002a00" TUNNEL_ETHER TUNNEL_INNER },
	  "IP / UDP / VXLAN / Ether / IP / UDP", "vxlan 42 " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "linux", V4, OUTER("004e", "2118", "003a") "08000000" "00002a00" TUNNEL_ETHER TUNNEL_INNER },
	  "IP / UDP / VXLAN / Ether / IP / UDP", "vxlan 42 " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "policy", V4, OUTER("004e", "12b5", "003a") "88080007" "00002a00" TUNNEL_ETHER TUNNEL_INNER },
	  "IP / UDP / VXLAN / Ether / IP / UDP", "vxlan 42 " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "extension 4", V4, OUTER("0040", "12b6", "002c") "0c000001" "00002a00" TUNNEL_INNER },
	  "IP / UDP / VXLAN / IP / UDP", "vxlan 42 " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "extension 6", V4, OUTER("0054", "12b6", "0040") "0c000002" "00002a00" TUNNEL_INNER6 },
	  "IP / UDP / VXLAN / IPv6 / UDP", "vxlan 42 " TUNNEL_ENDS6 "UDP, Len: 0" },
	{ { "extension nsh", V4, OUTER("002c", "12b6", "0018") "0c000004" "00002a00" "0102030405060708" },
	  "IP / UDP / VXLAN / Raw", "vxlan 42 10.0.0.1:49152 -> 10.0.0.2:4790 TTL: 64, VXLAN vni 42, Len: 8" },
	{ { "none", V4, OUTER("0024", "12b5", "0010") "00000000" "00002a00" }, "IP / UDP / Raw",
	  "10.0.0.1:49152 -> 10.0.0.2:4789 TTL: 64, UDP, Len: 8", .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "Instance", "plain", "VXLAN", "flags" },
	{ "42", "plain", "VXLAN", "vni" },
	{ "0", "plain", "VXLAN", "reserved1" },
	{ "", "plain", "VXLAN", "gpid" },
	{ "Instance+G", "policy", "VXLAN", "flags" },
	{ "A", "policy", "VXLAN", "gpflags" },
	{ "7", "policy", "VXLAN", "gpid" },
	{ "1", "extension 4", "VXLAN", "NextProtocol" },
	{ "NextProtocol+Instance", "extension 4", "VXLAN", "flags" },
};

DISSECTED_MAIN("vxlan", packets, fields)
