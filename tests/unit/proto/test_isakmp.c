/* SPDX-License-Identifier: MIT */
/* test_isakmp.c - the header of ISAKMP and IKEv2, laid out by RFC 2408 section 3.1 and RFC 7296 section 3.1; Scapy
 * 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "main mode", V4, UDP4("01f4", "01f4") "0102030405060708" "0000000000000000" "01" "10" "02" "00" "00000000"
	    "00000038" "0d" "00" "0010" "00000001" "00000001" "00010203" "00" "00" "000c" "afcad71368a1f1c9" "ff" },
	  "IP / UDP / ISAKMP / ISAKMP_payload_SA / ISAKMP_payload_VendorID / Padding",
	  UDP4_LINE("500", "500", "ISAKMP identity prot., SA, spi 0102030405060708, Len: 57"), .is_doubtful = true,
	  FIELDS("ISAKMP_payload_SA.next_payload", "13", "ISAKMP_payload_SA.length", "16", "ISAKMP_payload_SA.DOI", "1",
	         "ISAKMP_payload_SA.prop", "00010203", "ISAKMP_payload_VendorID.load", "afcad71368a1f1c9"),
	  .summary = "IP / UDP 192.168.16.34:isakmp > 192.168.16.100:isakmp / ISAKMP / ISAKMP_payload_SA / "
	             "ISAKMP_payload_VendorID / Padding" },
	{ { "keys", V4, UDP4("01f4", "01f4") "0102030405060708" "1112131415161718" "04" "10" "02" "00" "00000000"
	    "0000003e" "0a" "00" "0006" "aabb" "05" "00" "0006" "ccdd" "09" "00" "000c" "01" "11" "01f4" "0a000001"
	    "00" "00" "000a" "616263646566" },
	  "IP / UDP / ISAKMP / ISAKMP_payload_KE / ISAKMP_payload_Nonce / ISAKMP_payload_ID / ISAKMP_payload",
	  UDP4_LINE("500", "500", "ISAKMP identity prot., KE, spi 0102030405060708, Len: 62"), .is_doubtful = true,
	  FIELDS("ISAKMP_payload_KE.load", "aabb", "ISAKMP_payload_Nonce.load", "ccdd", "ISAKMP_payload_ID.IDtype", "1",
	         "ISAKMP_payload_ID.Port", "500", "ISAKMP_payload_ID.load", "0a000001") },
	{ { "encrypted", V4, UDP4("01f4", "01f4") "0102030405060708" "1112131415161718" "05" "10" "02" "01" "00000000"
	    "00000024" "aabbccddeeff0011" }, "IP / UDP / ISAKMP / Raw",
	  UDP4_LINE("500", "500", "ISAKMP identity prot., ID, spi 0102030405060708, Len: 36") },
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
