/* SPDX-License-Identifier: MIT */
/* test_rip.c - RIP, laid out by RFC 2453 section 4 and RFC 4822 section 2; Scapy 2.5.0 and tshark 4.0.17 read the
 * same. */
#include "carrier.h"
#include "dissected.h"

#define V4    RT_LINK_IPV4
#define ENTRY "0002" "0007" "0a010000" "ffff0000" "0a0000fe" "00000003"

static const struct dissected_packet packets[] = {
	{ { "response", V4, UDP4("0208", "0208") "02020000" ENTRY "0002" "0000" "0a020000" "ffff0000" "00000000"
	  "00000010" },
	  "IP / UDP / RIP / RIPEntry / RIPEntry", UDP4_LINE("520", "520", "RIPv2 resp, 10.1.0.0 metric 3, Len: 44") },
	{ { "request", V4, UDP4("0208", "0208") "01010000" }, "IP / UDP / RIP",
	  UDP4_LINE("520", "520", "RIPv1 req, Len: 4") },
	{ { "simple", V4, UDP4("0208", "0208") "02020000" "ffff" "0002" "'secret'" "00000000000000000000" ENTRY },
	  "IP / UDP / RIP / RIPAuth / RIPEntry", UDP4_LINE("520", "520", "RIPv2 resp, 10.1.0.0 metric 3, Len: 44") },
	{ { "md5", V4, UDP4("0208", "0208") "02020000" "ffff" "0003" "002c" "01" "14" "00000009"
	  "0000000000000000" ENTRY },
	  "IP / UDP / RIP / RIPAuth / RIPEntry", UDP4_LINE("520", "520", "RIPv2 resp, 10.1.0.0 metric 3, Len: 44") },
};

static const struct dissected_field fields[] = {
	{ "7", "response", "RIPEntry", "RouteTag" },
	{ "255.255.0.0", "response", "RIPEntry", "mask" },
	{ "10.0.0.254", "response", "RIPEntry", "nextHop" },
	{ "73656372657400000000000000000000", "simple", "RIPAuth", "password" },
	{ "44", "md5", "RIPAuth", "digestoffset" },
	{ "9", "md5", "RIPAuth", "seqnum" },
	{ "", "md5", "RIPAuth", "password" },
};

DISSECTED_MAIN("rip", packets, fields)
