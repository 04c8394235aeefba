/* SPDX-License-Identifier: MIT */
/* test_quic.c - headers of QUIC, laid out by RFC 9000 section 17, and the hello in a client's Initial (RFC 9001
 * appendix A.2); tshark 4.0.17 reads the same, but for the hello that goes on in another packet. */
#include "carrier.h"
#include "dissected.h"
#include "initials.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "initial", V4, UDP4("c000", "01bb") "c3" "00000001" "08" "8394c8f03e515708" "00" "00" "449e" "aabb" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443",
	      "QUIC v1 Initial, dcid 8394c8f03e515708, scid , Len: 20") },
	{ { "answer", V4, UDP4("01bb", "c000") "e5" "00000001" "00" "04" "f067a550" "4016" "aa" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("443", "49152", "QUIC v1 Handshake, dcid , scid f067a550, Len: 14") },
	{ { "token", V4, UDP4("c000", "01bb") "c3" "00000001" "01" "aa" "00" "03" "010203" "9d7f3e7d" "bb" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443", "QUIC v1 Initial, dcid aa, scid , Len: 17") },
	{ { "early", V4, UDP4("c000", "01bb") "d3" "00000001" "01" "aa" "00" "01" "bb" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443", "QUIC v1 0-RTT, dcid aa, scid , Len: 10") },
	{ { "retry", V4, UDP4("01bb", "c000") "ff" "00000001" "00" "01" "cc" "0102030405060708090a0b0c0d0e0f1011" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("443", "49152", "QUIC v1 Retry, dcid , scid cc, Len: 25") },
	{ { "draft", V4, UDP4("c000", "01bb") "c3" "ff00001d" "01" "aa" "00" "00" "01" "bb" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443", "QUIC 0xff00001d Initial, dcid aa, scid , Len: 11") },
	{ { "version 2", V4, UDP4("c000", "01bb") "d3" "6b3343cf" "02" "0102" "01" "03" "00" "01" "aa" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443", "QUIC v2 Initial, dcid 0102, scid 03, Len: 13") },
	{ { "versions", V4, UDP4("01bb", "c000") "80" "00000000" "02" "0102" "01" "03" "00000001" },
	  "IP / UDP / QUIC / Raw", UDP4_LINE("443", "49152", "QUIC version negotiation, dcid 0102, scid 03, Len: 14") },
	{ { "hello", V4, UDP4("c000", "01bb") INITIAL }, "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443",
	      "QUIC v1 Initial ClientHello example.com alpn alpn, dcid 8394c8f03e515708, scid , Len: 1200"),
	  .summary = "IP / UDP 192.168.16.34:49152 > 192.168.16.100:https / QUIC / Raw",
	  .show = "        length    = 1182\n        handshake = client_hello\n        server_name= 'example.com'\n"
	          "        alpn      = 'alpn'\n" },
	{ { "hello 2", V4, UDP4("c000", "01bb") INITIAL_V2 }, "IP / UDP / QUIC / Raw", UDP4_LINE("49152", "443",
	      "QUIC v2 Initial ClientHello example.com alpn alpn, dcid 0102030405060708, scid aabb, Len: 299") },
	{ { "hello begins", V4, UDP4("c000", "01bb") INITIAL_BEGIN }, "IP / UDP / QUIC / Raw",
	  UDP4_LINE("49152", "443",
	      "QUIC v1 Initial ClientHello example.com, dcid 0102030405060708, scid , Len: 120") },
	{ { "hello ends", V4, UDP4("c000", "01bb") INITIAL_REST }, "IP / UDP / QUIC / Raw",
	  UDP4_LINE("49152", "443", "QUIC v1 Initial, dcid 0102030405060708, scid , Len: 202") },
	{ { "more behind it", V4, UDP4("c000", "01bb") INITIAL_BEGIN "c3" }, "IP / UDP / QUIC / Raw",
	  UDP4_LINE("49152", "443",
	      "QUIC v1 Initial ClientHello example.com, dcid 0102030405060708, scid , Len: 121") },
	{ { "short", V4, UDP4("c000", "01bb") "61" "aabbcc" }, "IP / UDP / Raw",
	  UDP4_LINE("49152", "443", "UDP, Len: 4") },
	{ { "long id", V4, UDP4("c000", "01bb") "c3" "00000001" "15" "8394c8f03e51570800" }, "IP / UDP / Raw",
	  UDP4_LINE("49152", "443", "UDP, Len: 15"), .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "8394c8f03e515708", "initial", "QUIC", "dcid" },
	{ "0", "initial", "QUIC", "scid_len" },
	{ "2", "answer", "QUIC", "long_packet_type" },
	{ "", "versions", "QUIC", "long_packet_type" },
	{ "0", "initial", "QUIC", "token_length" },
	{ "", "initial", "QUIC", "token" },
	{ "1182", "initial", "QUIC", "length" },
	{ "22", "answer", "QUIC", "length" },
	{ "", "answer", "QUIC", "token_length" },
	{ "3", "token", "QUIC", "token_length" },
	{ "010203", "token", "QUIC", "token" },
	{ "494878333", "token", "QUIC", "length" },
	{ "1", "early", "QUIC", "length" },
	{ "", "retry", "QUIC", "length" },
	{ "", "draft", "QUIC", "length" },
	{ "0", "version 2", "QUIC", "token_length" },
	{ "1", "version 2", "QUIC", "length" },
	{ "1", "hello", "QUIC", "handshake" },
	{ "example.com", "hello", "QUIC", "server_name" },
	{ "alpn", "hello", "QUIC", "alpn" },
	{ "example.com", "hello 2", "QUIC", "server_name" },
	{ "", "hello begins", "QUIC", "alpn" },
	{ "", "hello ends", "QUIC", "handshake" },
	{ "", "initial", "QUIC", "handshake" },
	{ "", "draft", "QUIC", "handshake" },
};

DISSECTED_MAIN("quic", packets, fields)
