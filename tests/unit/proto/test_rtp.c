/* SPDX-License-Identifier: MIT */
/* test_rtp.c - RTP, laid out by RFC 3550 section 5.1; Scapy 2.5.0 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "sound", V4, UDP4("138c", "138c") "80" "88" "0102" "00000320" "deadbeef" "d5d5" }, "IP / UDP / RTP / Raw",
	  UDP4_LINE("5004", "5004", "RTP PCMA, seq 258, time 800, ssrc 0xdeadbeef, Len: 14") },
	{ { "mixed", V4, UDP4("c000", "138c") "82" "60" "0001" "00000001" "00000002" "00000003" "00000004" },
	  "IP / UDP / RTP",
	  UDP4_LINE("49152", "5004", "RTP 96, seq 1, time 1, ssrc 0x2, Len: 20") },
	{ { "version 1", V4, UDP4("c000", "138c") "42" "60" "0001" "00000001" "00000002" }, "IP / UDP / Raw",
	  UDP4_LINE("49152", "5004", "UDP, Len: 12") },
};

static const struct dissected_field fields[] = {
	{ "1", "sound", "RTP", "marker" },
	{ "3735928559", "sound", "RTP", "sourcesync" },
	{ "[3,4]", "mixed", "RTP", "sync" },
};

DISSECTED_MAIN("rtp", packets, fields)
