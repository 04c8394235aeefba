/* SPDX-License-Identifier: MIT */
/* test_teredo.c - Teredo, which Scapy does not have. The bytes are laid out by RFC 4380 section 5.1.1; tshark 4.0.17
 * reads the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, udp_len) TUNNEL_UDP(len, "0dd8", "c000", udp_len)
#define AUTH "00010000" "0102030405060708" "00"
#define ORIGIN "0000" "3fff" "f5fffffe"          /* port 49152, 10.0.0.1 */

static const struct dissected_packet packets[] = {
	{ { "plain", V4, OUTER("004c", "0038") TUNNEL_INNER6 }, "IP / UDP / IPv6 / UDP", TUNNEL_ENDS6 "UDP, Len: 0" },
	{ { "origin", V4, OUTER("0054", "0040") ORIGIN TUNNEL_INNER6 }, "IP / UDP / TeredoOrigin / IPv6 / UDP",
	  TUNNEL_ENDS6 "UDP, Len: 0" },
	{ { "both", V4, OUTER("0061", "004d") AUTH ORIGIN TUNNEL_INNER6 },
	  "IP / UDP / TeredoAuth / TeredoOrigin / IPv6 / UDP", TUNNEL_ENDS6 "UDP, Len: 0" },
	{ { "keyed", V4, OUTER("005e", "004a") "00010203" "6964" "6b6579" "0102030405060708" "00" TUNNEL_INNER6 },
	  "IP / UDP / TeredoAuth / IPv6 / UDP", TUNNEL_ENDS6 "UDP, Len: 0" },
};

static const struct dissected_field fields[] = {
	{ "16383", "origin", "TeredoOrigin", "obfuscated_port" },
	{ "4127195134", "origin", "TeredoOrigin", "obfuscated_address" },
	{ "72623859790382856", "both", "TeredoAuth", "nonce" },
	{ "", "both", "TeredoAuth", "client_id" },
	{ "6964", "keyed", "TeredoAuth", "client_id" },
	{ "6b6579", "keyed", "TeredoAuth", "auth" },
	{ "0", "keyed", "TeredoAuth", "confirmation" },
};

DISSECTED_MAIN("teredo", packets, fields)
