/* SPDX-License-Identifier: MIT */
/* test_dccp.c - DCCP, which Scapy does not have. The bytes are laid out by RFC 4340 section 5 (checksums are made up);
 * tshark 4.0.17 reads the same. */
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define OUTER(len) "4500" len "00010000" "4021" "0000" "0a000001" "0a000002"
#define SAYS(text) "10.0.0.1:1024 -> 10.0.0.2:5001 TTL: 64, DCCP " text

static const struct dissected_packet packets[] = {
	{ { "request", V4, OUTER("0030") "04001389" "07001234" "0100" "000000000007" "00000063"
	    "2005060101000000" },
	  "IP / DCCP", SAYS("Request seq 7 service 99, Len: 0") },
	{ { "response", V4, OUTER("0030") "04001389" "07001234" "0300" "000000000009" "0000" "000000000007"
	    "00000063" }, "IP / DCCP", SAYS("Response seq 9 ack 7 service 99, Len: 0") },
	{ { "data", V4, OUTER("0022") "04001389" "03101234" "04" "00000a" "6869" }, "IP / DCCP / Raw",
	  SAYS("Data seq 10, Len: 2") },
	{ { "ack", V4, OUTER("0028") "04001389" "05001234" "06" "00000b" "00" "00000a" "2604" "8000" }, "IP / DCCP",
	  SAYS("Ack seq 11 ack 10, Len: 0") },
	{ { "reset", V4, OUTER("0030") "04001389" "07001234" "0f00" "00000000000c" "0000" "00000000000b" "07010203" },
	  "IP / DCCP", SAYS("Reset seq 12 ack 11 Connection Refused, Len: 0") },
};

static const struct dissected_field fields[] = {
	{ "1024", "request", "DCCP", "sport" },
	{ "7", "request", "DCCP", "dataofs" },
	{ "1", "request", "DCCP", "x" },
	{ "7", "request", "DCCP", "seq" },
	{ "", "request", "DCCP", "ack" },
	{ "99", "request", "DCCP", "service" },
	{ "[{\"option\":32,\"length\":5,\"value\":\"060101\"},{\"option\":0},{\"option\":0},{\"option\":0}]", "request",
	  "DCCP", "options" },
	{ "7", "response", "DCCP", "ack" },
	{ "10", "data", "DCCP", "seq" },
	{ "", "data", "DCCP", "reserved" },
	{ "1", "data", "DCCP", "ccval" },
	{ "10", "ack", "DCCP", "ack" },
	{ "[{\"option\":38,\"length\":4,\"value\":\"8000\"}]", "ack", "DCCP", "options" },
	{ "7", "reset", "DCCP", "reset_code" },
	{ "3", "reset", "DCCP", "data3" },
};

DISSECTED_MAIN("dccp", packets, fields)
