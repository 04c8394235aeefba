/* SPDX-License-Identifier: MIT */
/* test_ntp.c - NTP, laid out by RFC 5905 section 7.3 and RFC 9327 section 2; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4    RT_LINK_IPV4
#define TIMES "e8fc0f0000000000" "e8fc0f1080000000" "e8fc0f1100000000" "e8fc0f1100000001"

static const struct dissected_packet packets[] = {
	{ { "client", V4, UDP4("007b", "007b") "23" "00" "06" "ec" "00000000" "00000000" "00000000" TIMES },
	  "IP / UDP / NTPHeader", UDP4_LINE("123", "123", "NTPv4 client, Len: 48") },
	{ { "server", V4, UDP4("007b", "c000") "24" "02" "06" "ec" "00000123" "00000456" "0a000001" TIMES
	    "00000001" "00112233445566778899aabbccddeeff" }, "IP / UDP / NTPHeader / NTPAuthenticator",
	  UDP4_LINE("123", "49152", "NTPv4 server, stratum 2, reference 10.0.0.1, Len: 68") },
	{ { "GPS", V4, UDP4("007b", "c000") "1c" "01" "06" "ec" "00000123" "00000456" "'GPS'00" TIMES },
	  "IP / UDP / NTPHeader", UDP4_LINE("123", "49152", "NTPv3 server, stratum 1, Len: 48") },
	{ { "kiss", V4, UDP4("007b", "c000") "e4" "00" "06" "ec" "00000000" "00000000" "'RATE'" TIMES },
	  "IP / UDP / NTPHeader", UDP4_LINE("123", "49152", "NTPv4 server, stratum 0, Len: 48") },
	{ { "readvar", V4, UDP4("c000", "007b") "16" "82" "0001" "0615" "0000" "0000" "0004" "'a=1'00" },
	  "IP / UDP / NTPControl", UDP4_LINE("49152", "123", "NTPv2 control CTL_OP_READVAR, Len: 16") },
	{ { "monlist", V4, UDP4("c000", "007b") "17" "00" "03" "2a" "0000" "0000" "00000000" },
	  "IP / UDP / NTPPrivate", UDP4_LINE("49152", "123", "NTPv2 private request 42, Len: 12") },
};

static const struct dissected_field fields[] = {
	{ "3", "kiss", "NTPHeader", "leap" },
	{ "291", "server", "NTPHeader", "delay" },
	{ "10.0.0.1", "server", "NTPHeader", "id" },
	{ "", "server", "NTPHeader", "ref_id" },
	{ "47505300", "GPS", "NTPHeader", "ref_id" },
	{ "16788310076619227137", "GPS", "NTPHeader", "sent" },         /* e8fc0f1100000001 */
	{ "00112233445566778899aabbccddeeff", "server", "NTPAuthenticator", "dgst" },
	{ "1557", "readvar", "NTPControl", "status" },
	{ "613d3100", "readvar", "NTPControl", "data" },
	{ "1", "readvar", "NTPControl", "response" },
	{ "3", "monlist", "NTPPrivate", "implementation" },
};

DISSECTED_MAIN("ntp", packets, fields)
