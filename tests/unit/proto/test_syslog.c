/* SPDX-License-Identifier: MIT */
/* test_syslog.c - syslog, after the examples of RFC 3164 section 5.4 and RFC 5424 section 6.5; tshark 4.0.17 reads the
 * same priorities. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "RFC 3164", V4, UDP4("0202", "0202") "'<34>Oct 11 22:14:15 mymachine su: failed'0a" }, "IP / UDP / Syslog",
	  UDP4_LINE("514", "514", "syslog <34>Oct 11 22:14:15 mymachine su: failed, Len: 41") },
	{ { "escape", V4, UDP4("c000", "0202") "'<165>1 - - - - - '1b'[2J'" }, "IP / UDP / Syslog",
	  UDP4_LINE("49152", "514", "syslog <165>1 - - - - - \\x1b[2J, Len: 21") },
	{ { "no priority", V4, UDP4("c000", "0202") "'<1234>x'" }, "IP / UDP / Raw",
	  UDP4_LINE("49152", "514", "UDP, Len: 7") },
};

static const struct dissected_field fields[] = {
	{ "34", "RFC 3164", "Syslog", "priority" },
	{ "Oct 11 22:14:15 mymachine su: failed", "RFC 3164", "Syslog", "message" },
};

DISSECTED_MAIN("syslog", packets, fields)
