/* SPDX-License-Identifier: MIT */
/* test_openvpn.c - OpenVPN, which Scapy 2.5.0 does not have. The bytes are laid out by "OpenVPN Protocol"
 * (openvpn.net); tshark 4.0.17 reads the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, udp_len) TUNNEL_UDP(len, "04aa", "04aa", udp_len)
#define SAYS(text) "10.0.0.1:1194 -> 10.0.0.2:1194 TTL: 64, OpenVPN " text

static const struct dissected_packet packets[] = {
	{ { "reset", V4, OUTER("002a", "0016") "38" "0102030405060708" "00" "00000000" }, "IP / UDP / OpenVPN / Raw",
	  SAYS("P_CONTROL_HARD_RESET_CLIENT_V2 session 0x102030405060708, Len: 5") },
	{ { "data", V4, OUTER("0024", "0010") "48" "000005" "01020304" }, "IP / UDP / OpenVPN / Raw",
	  SAYS("P_DATA_V2 peer 5, Len: 4") },
	{ { "old data", V4, OUTER("0021", "000d") "31" "01020304" }, "IP / UDP / OpenVPN / Raw",
	  SAYS("P_DATA_V1, Len: 4") },
	{ { "tcp", V4, "4500003c00010000" "4006" "0000" "0a000001" "0a000002" "c00004aa" "00000001" "00000000"
	    "50182000" "00000000" "0012" "28" "0102030405060708" "01" "00000000" "05060708" },
	  "IP / TCP / OpenVPN / Raw",
	  "10.0.0.1:49152 -> 10.0.0.2:1194 TTL: 64, Flags: PA, Seq: 1, Ack: 0, Win: 8192, OpenVPN P_ACK_V1 session "
	  "0x102030405060708, Len: 9" },
};

static const struct dissected_field fields[] = {
	{ "7", "reset", "OpenVPN", "opcode" },
	{ "0", "reset", "OpenVPN", "key_id" },
	{ "72623859790382856", "reset", "OpenVPN", "session_id" },
	{ "5", "data", "OpenVPN", "peer_id" },
	{ "1", "old data", "OpenVPN", "key_id" },
	{ "", "old data", "OpenVPN", "session_id" },
	{ "18", "tcp", "OpenVPN", "length" },
	{ "5", "tcp", "OpenVPN", "opcode" },
};

DISSECTED_MAIN("openvpn", packets, fields)
