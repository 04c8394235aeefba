/* SPDX-License-Identifier: MIT */
/* test_llmnr.c - LLMNR and multicast DNS, laid out by RFC 4795 section 2.1.1 and RFC 6762 section 18; tshark 4.0.17
 * reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "query", V4, UDP4("c000", "14eb") "abcd" "0000" "0001" "0000" "0000" "0000" "04'wpad'00" "0001" "0001" },
	  "IP / UDP / LLMNRQuery", UDP4_LINE("49152", "5355", "LLMNR query A wpad, Len: 22"),
	  .summary = "IP / UDP 192.168.16.34:49152 > 192.168.16.100:5355 / LLMNRQuery who has 'wpad.'" },
	{ { "answer", V4, UDP4("14eb", "c000") "abcd" "8200" "0001" "0001" "0000" "0000" "04'wpad'00" "0001" "0001"
	    "c00c" "0001" "0001" "0000001e" "0004" "0a000007" }, "IP / UDP / LLMNRResponse",
	  UDP4_LINE("5355", "49152", "LLMNR answer A wpad 10.0.0.7, Len: 38"),
	  .summary = "IP / UDP 192.168.16.34:5355 > 192.168.16.100:49152 / LLMNRResponse 'wpad.' is at '10.0.0.7'" },
	{ { "mdns", V4, UDP4("14e9", "14e9") "0000" "8400" "0000" "0001" "0000" "0000" "03'box'05'local'00" "0001"
	  "8001"
	    "00000078" "0004" "0a000007" }, "IP / UDP / DNS",
	        UDP4_LINE("5353", "5353", "DNS answer 10.0.0.7, Len: 37") },
};

static const struct dissected_field fields[] = {
	{ "43981", "query", "LLMNRQuery", "id" },
	{ "0", "query", "LLMNRQuery", "c" },
	{ "1", "answer", "LLMNRResponse", "tc" },
	{ "[{\"rrname\":\"wpad.\",\"type\":1,\"rclass\":1,\"ttl\":30,\"rdlen\":4,\"rdata\":\"10.0.0.7\"}]",
	  "answer", "LLMNRResponse", "an" },
	{ "[{\"rrname\":\"box.local.\",\"type\":1,\"rclass\":32769,\"ttl\":120,\"rdlen\":4,\"rdata\":\"10.0.0.7\"}]",
	  "mdns", "DNS", "an" },                        /* the cache flush bit */
};

DISSECTED_MAIN("llmnr", packets, fields)
