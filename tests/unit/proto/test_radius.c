/* SPDX-License-Identifier: MIT */
/* test_radius.c - RADIUS, laid out by RFC 2865 sections 3 and 5; Scapy 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4   RT_LINK_IPV4
#define AUTH "000102030405060708090a0b0c0d0e0f"

static const struct dissected_packet packets[] = {
	{ { "request", V4, UDP4("c000", "0714") "01" "2a" "0031" AUTH "0106'fred'" "0406c0a80110" "050600000003"
	    "020baabbccddeeff001122" }, "IP / UDP / Radius",
	  UDP4_LINE("49152", "1812", "RADIUS Access-Request id 42, user fred, Len: 49") },
	{ { "reject", V4, UDP4("0714", "c000") "03" "2a" "001c" AUTH "1208'go '1b'!'" "0000" "ff" },
	  "IP / UDP / Radius / Raw", UDP4_LINE("1812", "49152",
	      "RADIUS Access-Reject id 42, go \\x1b!\\x00, Len: 30") },
	{ { "wrong", V4, UDP4("c000", "0715") "04" "01" "0018" AUTH "0500" "0503" }, "IP / UDP / Radius",
	  UDP4_LINE("49152", "1813", "RADIUS Accounting-Request id 1, Len: 24") },
};

static const struct dissected_field fields[] = {
	{ AUTH, "request", "Radius", "authenticator" },
	{ "[{\"type\":1,\"len\":6,\"value\":\"fred\"},{\"type\":4,\"len\":6,\"value\":\"192.168.1.16\"},"
	  "{\"type\":5,\"len\":6,\"value\":3},{\"type\":2,\"len\":11,\"value\":\"aabbccddeeff001122\"}]",
	  "request", "Radius", "attributes" },
	{ "[{\"type\":5,\"len\":0,\"value\":\"\"},{\"type\":5,\"len\":3,\"value\":\"\"}]", "wrong", "Radius",
	  "attributes" },
};

DISSECTED_MAIN("radius", packets, fields)
