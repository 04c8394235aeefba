/* SPDX-License-Identifier: MIT */
/* openvpn.c - the start of OpenVPN's packets (openvpn.net, "OpenVPN Protocol"): opcode and key, then a session or a
 * peer. What follows may begin with a checksum whose size only the ends know, and stays Raw. */
#include "list.h"

static const struct rt_word opcodes[] = {
	{ 1, "P_CONTROL_HARD_RESET_CLIENT_V1" }, { 2, "P_CONTROL_HARD_RESET_SERVER_V1" },
	{ 3, "P_CONTROL_SOFT_RESET_V1" }, { 4, "P_CONTROL_V1" }, { 5, "P_ACK_V1" }, { 6, "P_DATA_V1" },
	{ 7, "P_CONTROL_HARD_RESET_CLIENT_V2" },
	{ 8, "P_CONTROL_HARD_RESET_SERVER_V2" }, { 9, "P_DATA_V2" }, { 10, "P_CONTROL_HARD_RESET_CLIENT_V3" },
	{ 11, "P_CONTROL_WKC_V1" },
};

#define START(bit) \
	{ "opcode",     (bit),     5, RT_ENUM, .names = RT_NAMES(RT_WORDS(opcodes)), .init = 7 }, \
	{ "key_id",     (bit) + 5, 3, RT_NUM }, \
	{ "peer_id",    (bit) + 8, 24, RT_NUM, RT_WHEN((bit), 5, 9) }, \
	{ "session_id", (bit) + 8, 64, RT_HEX, RT_WHEN((bit), 5, 1, 2, 3, 4, 5, 7, 8, 10, 11) }

static const struct rt_row rows[] = { START(0) };
static const struct rt_row tcp_rows[] = { { "length", 0, 16, RT_NUM, RT_FILL_EXTENT }, START(16) };

#define SAYS .is_carrier = true, \
	.lines = RT_LINES({ .text = "OpenVPN {opcode}|[ session {session_id:x}][ peer {peer_id}]" })

const struct rt_proto proto_openvpn = {
	.name = "OpenVPN", .spec = "OpenVPN protocol", RT_ROWS(rows), .header = 1, SAYS,
	RT_LINKS({ "UDP", "dport", 1194 }, { "UDP", "sport", 1194 }),
};

/* Over TCP each packet stands behind its length. */
const struct rt_proto proto_openvpn_tcp = {
	.name = "OpenVPN", .spec = "OpenVPN protocol", RT_ROWS(tcp_rows), .header = 3, RT_MORE(.extent = { "length", 1, 2 }),
	SAYS,
	RT_LINKS({ "TCP", "dport", 1194 }, { "TCP", "sport", 1194 }),
};
