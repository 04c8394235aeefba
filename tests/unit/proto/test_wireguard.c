/* SPDX-License-Identifier: MIT */
/* test_wireguard.c - WireGuard. The bytes are laid out by section 5.4 of its paper; tshark 4.0.17 reads the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, udp_len) TUNNEL_UDP(len, "ca6c", "ca6c", udp_len)
#define SAYS(text) "10.0.0.1:51820 -> 10.0.0.2:51820 TTL: 64, WireGuard " text
#define B16 "000102030405060708090a0b0c0d0e0f"

static const struct dissected_packet packets[] = {
	{ { "initiation", V4, OUTER("00b0", "009c") "01000000" "78563412" B16 B16 B16 B16 B16 B16
	    "0102030405060708090a0b0c" B16 B16 },
	  "IP / UDP / Wireguard / WireguardInitiation", SAYS("initiate, from 0x12345678, Len: 144") },
	{ { "response", V4, OUTER("0078", "0064") "02000000" "01000000" "78563412" B16 B16 B16 B16 B16 },
	  "IP / UDP / Wireguard / WireguardResponse", SAYS("respond, from 0x1 to 0x12345678, Len: 88") },
	{ { "cookie", V4, OUTER("005c", "0048") "03000000" "78563412" B16 "0001020304050607" B16 B16 },
	  "IP / UDP / Wireguard / WireguardCookieReply", SAYS("cookie reply, to 0x12345678, Len: 60") },
	{ { "data", V4, OUTER("003c", "0028") "04000000" "78563412" "0900000000000000" B16 },
	  "IP / UDP / Wireguard / WireguardTransport", SAYS("transport, to 0x12345678 counter 9, Len: 28") },
	{ { "other", V4, OUTER("0020", "000c") "05000000" }, "IP / UDP / Raw",
	  "10.0.0.1:51820 -> 10.0.0.2:51820 TTL: 64, UDP, Len: 4", .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "1", "initiation", "Wireguard", "message_type" },
	{ "305419896", "initiation", "WireguardInitiation", "sender_index" },
	{ B16 B16 B16, "initiation", "WireguardInitiation", "encrypted_static" },
	{ B16, "initiation", "WireguardInitiation", "mac2" },
	{ "1", "response", "WireguardResponse", "sender_index" },
	{ "305419896", "response", "WireguardResponse", "receiver_index" },
	{ B16 "0001020304050607", "cookie", "WireguardCookieReply", "nonce" },
	{ "9", "data", "WireguardTransport", "counter" },
	{ B16, "data", "WireguardTransport", "encrypted_encapsulated_packet" },
};

DISSECTED_MAIN("wireguard", packets, fields)
