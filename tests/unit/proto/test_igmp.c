/* SPDX-License-Identifier: MIT */
/* test_igmp.c - IGMP. The bytes are laid out by RFC 2236 section 2, RFC 3376 section 4 and RFC 4286 section 3
 * (checksums are made up); tshark 4.0.17 reads the same. */
#include "dissected.h"

#define IP4(len) "4600" len "00010000" "0102" "0000" "c0a81022" "e0000016" "94040000"
#define V4 RT_LINK_IPV4
#define SAYS(text) "192.168.16.34 -> 224.0.0.22 TTL: 1, " text

static const struct dissected_packet packets[] = {
	{ { "report 1", V4, IP4("0020") "1200" "f9fd" "e0000005" }, "IP / IGMP",
	  SAYS("IGMP Version 1 - Membership Report 224.0.0.5, Len: 8") },
	{ { "leave", V4, IP4("0020") "1700" "f8fd" "e0000005" }, "IP / IGMP",
	  SAYS("IGMP Leave Group 224.0.0.5, Len: 8") },
	{ { "unknown", V4, IP4("0020") "1300" "f8fd" "e0000005" }, "IP / IGMP", SAYS("IGMP 19 224.0.0.5, Len: 8") },
	{ { "query 3", V4, IP4("002c") "1118" "eef0" "ef010203"   /* max. response 2.4 s; group */
	    "0a" "7d" "0002" "0a000001" "0a000002"   /* suppress, robustness 2; 125 s; two sources */ },
	  "IP / IGMPv3 / IGMPv3mq", SAYS("IGMPv3 Membership Query, 239.1.2.3, Len: 20") },
	{ { "report 3", V4, IP4("0038") "2200" "ebf9" "0000" "0002"
	    "04" "00" "0000" "ef010203"   /* exclude nobody */
	    "05" "01" "0001" "ef010204" "0a000001" "aabbccdd"   /* one source more; auxiliary data */ },
	  "IP / IGMPv3 / IGMPv3mr",
	  SAYS("IGMPv3 Version 3 Membership Report, 2 groups, Change To Exclude Mode 239.1.2.3, Len: 32") },
	{ { "router", V4, IP4("0020") "3014" "cf6c" "007d" "0002" }, "IP / IGMPv3 / IGMPv3mra",
	  SAYS("IGMPv3 Multicast Router Advertisement, interval 125 robustness 2, Len: 8") },
	{ { "stop", V4, IP4("001c") "3200" "cdff" }, "IP / IGMPv3",
	  SAYS("IGMPv3 Multicast Router Termination, Len: 4") },
};

static const struct dissected_field fields[] = {
	{ "18", "report 1", "IGMP", "type" },
	{ "224.0.0.5", "report 1", "IGMP", "gaddr" },
	{ "63997", "report 1", "IGMP", "chksum" },
	{ "24", "query 3", "IGMPv3", "mrcode" },
	{ "239.1.2.3", "query 3", "IGMPv3mq", "gaddr" },
	{ "1", "query 3", "IGMPv3mq", "s" },
	{ "2", "query 3", "IGMPv3mq", "qrv" },
	{ "125", "query 3", "IGMPv3mq", "qqic" },
	{ "[\"10.0.0.1\",\"10.0.0.2\"]", "query 3", "IGMPv3mq", "srcaddrs" },
	{ "2", "report 3", "IGMPv3mr", "numgrp" },
	{ "[{\"rtype\":4,\"auxdlen\":0,\"numsrc\":0,\"maddr\":\"239.1.2.3\",\"srcaddrs\":[]},"
	  "{\"rtype\":5,\"auxdlen\":1,\"numsrc\":1,\"maddr\":\"239.1.2.4\",\"srcaddrs\":[\"10.0.0.1\"],"
	  "\"auxdata\":\"aabbccdd\"}]", "report 3", "IGMPv3mr", "records" },
	{ "125", "router", "IGMPv3mra", "qryIntvl" },
};

DISSECTED_MAIN("igmp", packets, fields)
