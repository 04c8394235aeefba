/* SPDX-License-Identifier: MIT */
/* test_arp.c - RARP and inverse ARP, which have the format of ARP; Scapy finds RARP below no EtherType. The bytes are
 * laid out by RFC 903 and RFC 2390; tshark 4.0.17 reads the same. */
#include "dissected.h"

#define ETHER "020000000002" "020000000001"

static const struct dissected_packet packets[] = {
	{ { "ask", RT_LINK_ETHER, ETHER "8035" "00010800" "0604" "0003" "020000000001" "00000000" "020000000001"
	    "00000000" }, "Ether / ARP", "RARP who-is 02:00:00:00:00:01 tell 02:00:00:00:00:01" },
	{ { "reply", RT_LINK_ETHER, ETHER "8035" "00010800" "0604" "0004" "020000000002" "0a000002" "020000000001"
	    "0a000001" }, "Ether / ARP", "RARP 02:00:00:00:00:01 is-at 10.0.0.1" },
	{ { "inverse", RT_LINK_ETHER, ETHER "0806" "00010800" "0604" "0008" "020000000002" "0a000002" "020000000001"
	    "00000000" }, "Ether / ARP", "ARP InARP-req 10.0.0.2 > 0.0.0.0" },
};

static const struct dissected_field fields[] = {
	{ "3", "ask", "ARP", "op" },
	{ "02:00:00:00:00:01", "ask", "ARP", "hwdst" },
	{ "10.0.0.1", "reply", "ARP", "pdst" },
	{ "8", "inverse", "ARP", "op" },
};

DISSECTED_MAIN("arp", packets, fields)
