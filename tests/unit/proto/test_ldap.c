/* SPDX-License-Identifier: MIT */
/* test_ldap.c - LDAP, laid out by RFC 4511 section 4; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "bind", V4, TCP4("c000", "0185") "3013" "020101" "600e" "020103" "0405'cn=ad'" "8002'pw'" },
	  "IP / TCP / LDAP",
	  TCP4_LINE("49152", "389", "LDAP bindRequest cn=ad, Len: 21") },
	{ { "denied", V4, TCP4("0185", "c000") "300c" "020101" "6107" "0a0131" "0400" "0400" }, "IP / TCP / LDAP",
	  TCP4_LINE("389", "49152", "LDAP bindResponse invalidCredentials, Len: 14") },
	{ { "search", V4, TCP4("c000", "0185") "3084" "00000027" "020102" "6322" "0404'dc=x'" "0a0102" "0a0100" "020100"
	    "020100" "010100" "870b'objectClass'" }, "IP / TCP / LDAP",
	  TCP4_LINE("49152", "389", "LDAP searchRequest dc=x, Len: 45") },
	{ { "entry", V4, TCP4("0185", "c000") "300d" "020102" "6408" "0404'dc=x'" "3000" "300c" "020102" "6507" "0a0100"
	  "0400"
	    "0400" }, "IP / TCP / LDAP / LDAP",
	  TCP4_LINE("389", "49152", "LDAP searchResEntry dc=x, LDAP searchResDone success, Len: 29") },
	{ { "encrypted", V4, TCP4("0185", "c000") "00000020" "aabb" }, "IP / TCP / Raw",
	  "192.168.16.34:389 -> 192.168.16.100:49152 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 6" },
};

static const struct dissected_field fields[] = {
	{ "1", "bind", "LDAP", "messageID" },
	{ "0", "bind", "LDAP", "protocolOp" },
	{ "49", "denied", "LDAP", "resultCode" },
	{ "", "denied", "LDAP", "name" },
};

DISSECTED_MAIN("ldap", packets, fields)
