/* SPDX-License-Identifier: MIT */
/* test_snmp.c - SNMP, laid out by RFC 1157 section 4 and RFC 3416 section 3; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4    RT_LINK_IPV4
#define DESCR "06082b06010201010100"            /* 1.3.6.1.2.1.1.1.0 */

static const struct dissected_packet packets[] = {
	{ { "get", V4, UDP4("c000", "00a1") "3029" "020101" "0406'public'" "a01c" "02044f2a11c3" "020100" "020100"
	    "300e" "300c" DESCR "0500" }, "IP / UDP / SNMP",
	  UDP4_LINE("49152", "161", "SNMPv2c get public 1.3.6.1.2.1.1.1.0, Len: 43") },
	{ { "response", V4, UDP4("00a1", "c000") "3052" "020100" "0406'public'" "a245" "020101" "020102" "020101"
	    "303a" "300f" DESCR "0403'box'" "3012" "060a2b060102010202010a01" "4104" "ffffffff" "3013" DESCR "0607"
	    "2b06010401" "8f65" }, "IP / UDP / SNMP",
	  UDP4_LINE("161", "49152", "SNMPv1 response public 1.3.6.1.2.1.1.1.0 = box, Len: 84") },
	{ { "trap", V4, UDP4("c000", "00a2") "3028" "020100" "0406'public'" "a41b" "06072b0601040182" "37"
	  "40040a000001" "020103"
	    "020100" "4302" "1234" "3000" }, "IP / UDP / SNMP",
	  UDP4_LINE("49152", "162", "SNMPv1 trap public 1.3.6.1.4.1.311 link_up, Len: 42") },
	{ { "v3", V4, UDP4("c000", "00a1") "300a" "020103" "3003" "020105" "0400" }, "IP / UDP / SNMP",
	  UDP4_LINE("49152", "161", "SNMPv3, Len: 12") },
	{ { "long form", V4, UDP4("c000", "00a1") "30820009" "020101" "0402'ab'" "a000" "ff" }, "IP / UDP / SNMP / Raw",
	  UDP4_LINE("49152", "161", "SNMPv2c get ab, Len: 14") },
	{ { "no SNMP", V4, UDP4("c000", "00a1") "3003" "020109" }, "IP / UDP / Raw",
	  UDP4_LINE("49152", "161", "UDP, Len: 5") },
};

static const struct dissected_field fields[] = {
	{ "public", "get", "SNMP", "community" },
	{ "1328157123", "get", "SNMP", "id" },
	{ "[{\"oid\":\"1.3.6.1.2.1.1.1.0\"}]", "get", "SNMP", "varbindlist" },
	{ "2", "response", "SNMP", "error" },
	{ "[{\"oid\":\"1.3.6.1.2.1.1.1.0\",\"value\":\"box\"},"
	  "{\"oid\":\"1.3.6.1.2.1.2.2.1.10.1\",\"value\":4294967295},"
	  "{\"oid\":\"1.3.6.1.2.1.1.1.0\",\"value\":\"1.3.6.1.4.1.2021\"}]", "response", "SNMP", "varbindlist" },
	{ "1.3.6.1.4.1.311", "trap", "SNMP", "enterprise" },
	{ "10.0.0.1", "trap", "SNMP", "agent_addr" },
	{ "4660", "trap", "SNMP", "time_stamp" },
	{ "", "trap", "SNMP", "error_index" },
};

DISSECTED_MAIN("snmp", packets, fields)
