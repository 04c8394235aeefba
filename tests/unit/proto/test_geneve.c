/* SPDX-License-Identifier: MIT */
/* test_geneve.c - GENEVE. The bytes are laid out by RFC 8926 section 3; tshark 4.0.17 reads the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, udp_len) TUNNEL_UDP(len, "c000", "17c1", udp_len)

static const struct dissected_packet packets[] = {
	{ { "bridged", V4, OUTER("005a", "0046") "03406558" "00002a00" "01028001" "0badcafe" "ffff0000"
	    TUNNEL_ETHER TUNNEL_INNER },
	  "IP / UDP / GENEVE / Ether / IP / UDP", "geneve 42 " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "routed", V4, OUTER("0040", "002c") "00000800" "00002a00" TUNNEL_INNER }, "IP / UDP / GENEVE / IP / UDP",
	  "geneve 42 " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "empty", V4, OUTER("0024", "0010") "00800000" "00002a00" }, "IP / UDP / GENEVE",
	  "geneve 42 10.0.0.1:49152 -> 10.0.0.2:6081 TTL: 64, GENEVE vni 42 0x0, Len: 0" },
};

static const struct dissected_field fields[] = {
	{ "3", "bridged", "GENEVE", "optionlen" },
	{ "1", "bridged", "GENEVE", "critical" },
	{ "42", "bridged", "GENEVE", "vni" },
	{ "[{\"classid\":258,\"type\":128,\"reserved\":0,\"length\":1,\"data\":\"0badcafe\"},"
	  "{\"classid\":65535,\"type\":0,\"reserved\":0,\"length\":0,\"data\":\"\"}]", "bridged", "GENEVE", "options" },
	{ "[]", "routed", "GENEVE", "options" },
	{ "1", "empty", "GENEVE", "oam" },
};

DISSECTED_MAIN("geneve", packets, fields)
