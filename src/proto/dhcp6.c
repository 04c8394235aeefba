/* SPDX-License-Identifier: MIT */
/* dhcp6.c - DHCPv6 messages (RFC 8415 sections 8 and 9). Their options are layers behind them (dhcp6_options.c). */
#include "list.h"

static const struct rt_word types[] = {
	{ 1, "SOLICIT" }, { 2, "ADVERTISE" }, { 3, "REQUEST" }, { 4, "CONFIRM" }, { 5, "RENEW" }, { 6, "REBIND" },
	{ 7, "REPLY" }, { 8, "RELEASE" }, { 9, "DECLINE" }, { 10, "RECONFIGURE" }, { 11, "INFORMATION-REQUEST" },
	{ 12, "RELAY-FORW" }, { 13, "RELAY-REPL" },
};
#define TYPE { "msgtype", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 1 }

static const struct rt_row message_rows[] = { TYPE, { "trid", 8, 24, RT_HEX } };
static const struct rt_row relay_rows[] = {
	TYPE, { "hopcount", 8, 8, RT_NUM }, { "linkaddr", 16, 128, RT_IP6 }, { "peeraddr", 144, 128, RT_IP6 },
};

#define LAYER(class, words, number, rows, bytes, sentence) { \
	.name = class, .title = "DHCPv6 " words, .spec = "RFC 8415 section 8", RT_ROWS(rows), .header = bytes, \
	.next_as = "DHCP6_Solicit", .lines = RT_LINES({ .text = "DHCPv6 {msgtype}" sentence }), \
	RT_LINKS({ "UDP", "dport", 547, "msgtype", number }, { "UDP", "dport", 546, "msgtype", number }) }
#define MESSAGE(class, words, number) \
	LAYER("DHCP6_" class, words " Message", number, message_rows, 4, \
	      "[ {DHCP6OptIA_NA.ianaopts.addr}][ {DHCP6OptIA_PD.iapdopt.prefix}/{DHCP6OptIA_PD.iapdopt.plen}]")
#define RELAY(class, words, number) \
	LAYER("DHCP6_" class, words " Message (Relay Agent/Server Message)", number, relay_rows, 34, " {peeraddr}")

const struct rt_proto proto_dhcp6_solicit       = MESSAGE("Solicit", "Solicit", 1);
const struct rt_proto proto_dhcp6_advertise     = MESSAGE("Advertise", "Advertise", 2);
const struct rt_proto proto_dhcp6_request       = MESSAGE("Request", "Request", 3);
const struct rt_proto proto_dhcp6_confirm       = MESSAGE("Confirm", "Confirm", 4);
const struct rt_proto proto_dhcp6_renew         = MESSAGE("Renew", "Renew", 5);
const struct rt_proto proto_dhcp6_rebind        = MESSAGE("Rebind", "Rebind", 6);
const struct rt_proto proto_dhcp6_reply         = MESSAGE("Reply", "Reply", 7);
const struct rt_proto proto_dhcp6_release       = MESSAGE("Release", "Release", 8);
const struct rt_proto proto_dhcp6_decline       = MESSAGE("Decline", "Decline", 9);
const struct rt_proto proto_dhcp6_reconf        = MESSAGE("Reconf", "Reconfigure", 10);
const struct rt_proto proto_dhcp6_info_request  = MESSAGE("InfoRequest", "Information Request", 11);
const struct rt_proto proto_dhcp6_relay_forward = RELAY("RelayForward", "Relay Forward", 12);
const struct rt_proto proto_dhcp6_relay_reply   = RELAY("RelayReply", "Relay Reply", 13);
