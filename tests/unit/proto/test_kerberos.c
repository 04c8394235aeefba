/* SPDX-License-Identifier: MIT */
/* test_kerberos.c - the tags of Kerberos messages (RFC 4120 section 5.10); tshark 4.0.17 reads the same types. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "request", V4, UDP4("c000", "0058") "6a0c" "300a" "a103" "020105" "a203" "02010a" }, "IP / UDP / Kerberos",
	  UDP4_LINE("49152", "88", "Kerberos AS-REQ, Len: 14") },
	{ { "error", V4, TCP4("0058", "c000") "0000000e" "7e0c" "300a" "a003" "020105" "a103" "02011e" },
	  "IP / TCP / Kerberos", TCP4_LINE("88", "49152", "Kerberos KRB-ERROR, Len: 18") },
	{ { "other", V4, UDP4("c000", "0058") "300c" "3000" }, "IP / UDP / Raw",
	  UDP4_LINE("49152", "88", "UDP, Len: 4") },
};

static const struct dissected_field fields[] = {
	{ "10", "request", "Kerberos", "msg_type" },
	{ "14", "error", "Kerberos", "len" },
};

DISSECTED_MAIN("kerberos", packets, fields)
