/* SPDX-License-Identifier: MIT */
/* test_gre.c - GRE. The bytes are laid out by RFC 2784, RFC 2890 and RFC 2637 section 4.1 (checksums are made up);
 * tshark 4.0.17 reads the same. */
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define OUTER(len) "4500" len "00010000" "402f" "0000" "0a000001" "0a000002"
#define INNER "4500001c00010000" "4011" "0000" "c0a81022" "c0a81064" "03e807d000080000"
#define SAYS(text) "gre 10.0.0.1 -> 10.0.0.2 TTL: 64, " text
#define FLOW "192.168.16.34:1000 -> 192.168.16.100:2000"

static const struct dissected_packet packets[] = {
	{ { "plain", V4, OUTER("0034") "00000800" INNER }, "IP / GRE / IP / UDP", "gre " FLOW " TTL: 64, UDP, Len: 0" },
	{ { "key", V4, OUTER("0038") "20000800" "00000007" INNER }, "IP / GRE / IP / UDP",
	  "gre " FLOW " TTL: 64, UDP, Len: 0" },
	{ { "all", V4, OUTER("0024") "b0004242" "12340000" "0000002a" "00000009" }, "IP / GRE",
	  SAYS("GRE 0x4242 key 42 seq 9, Len: 0") },
	{ { "seq", V4, OUTER("001c") "10004242" "00000009" }, "IP / GRE", SAYS("GRE 0x4242 seq 9, Len: 0") },
	{ { "bridged", V4, OUTER("0042") "00006558" "020000000002020000000001" "0800" INNER },
	  "IP / GRE / Ether / IP / UDP", "gre " FLOW " TTL: 64, UDP, Len: 0" },
	{ { "routed", V4, OUTER("0024") "40000800" "12340000" "0000002a" "00000009" }, "IP / GRE / Raw",
	  SAYS("GRE IPv4, Len: 8") },
	{ { "pptp", V4, OUTER("0024") "3081880b" "00000005" "00000001" "00000002" }, "IP / GRE_PPTP",
	  "10.0.0.1 -> 10.0.0.2 TTL: 64, GRE PPP call 5 seq 1 ack 2, Len: 0" },
	{ { "pptp data", V4, OUTER("003e") "3001880b" "001e0005" "00000001" "0021" INNER },
	  "IP / GRE_PPTP / PPP / IP / UDP", FLOW " TTL: 64, UDP, Len: 0" },
	{ { "pptp ack", V4, OUTER("0020") "2081880b" "00000005" "00000002" }, "IP / GRE_PPTP",
	  "10.0.0.1 -> 10.0.0.2 TTL: 64, GRE PPP call 5 ack 2, Len: 0" },
	{ { "in IPv6", RT_LINK_IPV6, "6000000000202f40" "20010db8000000000000000000000001"
	    "20010db8000000000000000000000002" "00000800" INNER }, "IPv6 / GRE / IP / UDP",
	  "gre " FLOW " TTL: 64, UDP, Len: 0" },
};

static const struct dissected_field fields[] = {
	{ "1", "key", "GRE", "key_present" },
	{ "7", "key", "GRE", "key" },
	{ "", "key", "GRE", "chksum" },
	{ "2048", "key", "GRE", "proto" },
	{ "4660", "all", "GRE", "chksum" },
	{ "0", "all", "GRE", "offset" },
	{ "42", "all", "GRE", "key" },
	{ "9", "all", "GRE", "sequence_number" },
	{ "9", "seq", "GRE", "sequence_number" },
	{ "4660", "routed", "GRE", "chksum" },
	{ "5", "pptp", "GRE_PPTP", "call_id" },
	{ "1", "pptp", "GRE_PPTP", "sequence_number" },
	{ "2", "pptp", "GRE_PPTP", "ack_number" },
	{ "", "pptp ack", "GRE_PPTP", "sequence_number" },
	{ "2", "pptp ack", "GRE_PPTP", "ack_number" },
};

DISSECTED_MAIN("gre", packets, fields)
