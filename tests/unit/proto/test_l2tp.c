/* SPDX-License-Identifier: MIT */
/* test_l2tp.c - L2TP. The bytes are laid out by RFC 2661 sections 3.1 and 4; tshark 4.0.17 reads the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, udp_len) TUNNEL_UDP(len, "06a5", "06a5", udp_len)
#define SAYS(text) "10.0.0.1:1701 -> 10.0.0.2:1701 TTL: 64, L2TP tunnel " text

static const struct dissected_packet packets[] = {
	{ { "control", V4, OUTER("0038", "0024") "c802001c" "0003" "0000" "0001" "0002" "8008000000000001"
	    "8008000000090007" }, "IP / UDP / L2TP", SAYS("3 session 0 SCCRQ ns 1 nr 2, Len: 0") },
	{ { "empty", V4, OUTER("0028", "0014") "c802000c" "0003" "0000" "0001" "0002" }, "IP / UDP / L2TP",
	  SAYS("3 session 0 ns 1 nr 2, Len: 0") },
	{ { "sequence", V4, OUTER("0028", "0014") "4802000c" "0003" "0004" "0001" "0002" }, "IP / UDP / L2TP",
	  SAYS("3 session 4 ns 1 nr 2, Len: 0") },
	{ { "offset", V4, OUTER("0026", "0012") "0202" "0003" "0004" "0002" "ffff" }, "IP / UDP / L2TP",
	  SAYS("3 session 4, Len: 0") },
	{ { "data", V4, OUTER("0042", "002e") "0002" "0003" "0004" "ff03" "0021" TUNNEL_INNER },
	  "IP / UDP / L2TP / HDLC / PPP / IP / UDP", TUNNEL_ENDS "UDP, Len: 0" },
	{ { "version 3", V4, OUTER("0028", "0014") "c803000c" "00000003" "00010002" }, "IP / UDP / Raw",
	  "10.0.0.1:1701 -> 10.0.0.2:1701 TTL: 64, UDP, Len: 12", .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "sequence+length+control", "control", "L2TP", "hdr" },
	{ "2", "control", "L2TP", "version" },
	{ "28", "control", "L2TP", "len" },
	{ "3", "control", "L2TP", "tunnel_id" },
	{ "1", "control", "L2TP", "ns" },
	{ "[{\"M\":1,\"H\":0,\"reserved\":0,\"len\":8,\"vendor\":0,\"type\":0,\"message\":1},"
	  "{\"M\":1,\"H\":0,\"reserved\":0,\"len\":8,\"vendor\":0,\"type\":9,\"value\":\"0007\"}]", "control",
	  "L2TP", "avps" },
	{ "12", "sequence", "L2TP", "len" },
	{ "2", "sequence", "L2TP", "nr" },
	{ "", "sequence", "L2TP", "avps" },
	{ "", "offset", "L2TP", "len" },
	{ "2", "offset", "L2TP", "offset" },
	{ "ffff", "offset", "L2TP", "offset_pad" },
};

DISSECTED_MAIN("l2tp", packets, fields)
