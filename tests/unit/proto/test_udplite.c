/* SPDX-License-Identifier: MIT */
/* test_udplite.c - UDP-Lite, which Scapy does not have. The bytes are laid out by RFC 3828 section 3.1 (the checksum is
 * made up); tshark 4.0.17 reads the same. */
#include "dissected.h"

#define OUTER(len) "4500" len "00010000" "4088" "0000" "0a000001" "0a000002"

static const struct dissected_packet packets[] = {
	{ { "data", RT_LINK_IPV4, OUTER("001e") "0400138a" "0008" "1234" "6869" }, "IP / UDPLite / Raw",
	  "10.0.0.1:1024 -> 10.0.0.2:5002 TTL: 64, UDPLite, Len: 2" },
	{ { "name", RT_LINK_IPV4, OUTER("0037") "04000035" "0000" "1234" "00070100000100000000000001" "6107"
	    "6578616d706c65" "00" "00010001" }, "IP / UDPLite / DNS",
	  "10.0.0.1:1024 -> 10.0.0.2:53 TTL: 64, DNS query A a.example, Len: 27" },
};

static const struct dissected_field fields[] = {
	{ "1024", "data", "UDPLite", "sport" },
	{ "8", "data", "UDPLite", "coverage" },
	{ "4660", "data", "UDPLite", "chksum" },
};

DISSECTED_MAIN("udplite", packets, fields)
