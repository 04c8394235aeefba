/* SPDX-License-Identifier: MIT */
/* test_isakmp.c - the header of ISAKMP and IKEv2, laid out by RFC 2408 section 3.1 and RFC 7296 section 3.1; Scapy
 * 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "main mode", V4, UDP4("01f4", "01f4") "0102030405060708" "0000000000000000" "01" "10" "02" "00" "00000000"
	  "0000001e"
	    "0000" "ff" }, "IP / UDP / ISAKMP / Raw / Padding",
	  UDP4_LINE("500", "500", "ISAKMP identity prot., SA, spi 0102030405060708, Len: 31") },
	{ { "IKEv2", V4, UDP4("01f4", "01f4") "0102030405060708" "1112131415161718" "2e" "20" "23" "28" "00000001"
	  "0000001c" },
	  "IP / UDP / ISAKMP", UDP4_LINE("500", "500", "ISAKMP IKE_AUTH, IKEv2 SK, spi 0102030405060708, Len: 28") },
};

static const struct dissected_field fields[] = {
	{ "0102030405060708", "main mode", "ISAKMP", "init_cookie" },
	{ "res3+res5", "IKEv2", "ISAKMP", "flags" },
	{ "32", "IKEv2", "ISAKMP", "version" },
};

DISSECTED_MAIN("isakmp", packets, fields)
