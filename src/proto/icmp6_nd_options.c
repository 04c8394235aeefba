/* SPDX-License-Identifier: MIT */
/* icmp6_nd_options.c - the options of neighbour discovery (RFC 4861 section 4.6): type, length in units of 8 bytes,
 * value. Each is a layer behind the message or the option before it, told apart by its own row `type`. */
#include <ringtap/dissect.h>
#include "icmp6.h"
#include "list.h"
#include "lists.h"

static const struct rt_word address_codes[] = {
	{ 1, "Old Care-Of Address" }, { 2, "New Care-Of Address" }, { 3, "NAR's IP address" },
};
static const struct rt_word lla_codes[] = {
	{ 0, "Wildcard requesting resolution for all nearby AP" }, { 1, "LLA for the new AP" }, { 2, "LLA of the MN" },
	{ 3, "LLA of the NAR" }, { 4, "LLA of the src of TrSolPr or PrRtAdv msg" },
	{ 5, "AP identified by LLA belongs to current iface of router" },
	{ 6, "No preifx info available for AP identified by the LLA" },
	{ 7, "No fast handovers support for AP identified by the LLA" },
};

/* What a redirected packet begins with: its IPv6 header, and the rest as bytes. */
static bool next_quoted(struct rt_walk *walk, struct rt_layer *item)
{
	uint32_t left = walk->end - walk->at;
	bool is_header = walk->index == 1 && left >= proto_ip6.header;
	*item = (struct rt_layer){ .proto = is_header ? &proto_ip6 : &proto_raw, .at = walk->at, .end = walk->end,
	                           .header = is_header ? proto_ip6.header : left, .id = RT_NO_ID };
	walk->at += item->header;
	return left != 0;
}

static const struct rt_item quoted_items[] = { { 0, &proto_ip6 } };
static const struct rt_list quoted = { RT_ITEMS(quoted_items), .other = &proto_raw, .next = next_quoted,
                                       .last_code = -1 };

#define OPTION_START { "type", 0, 8, RT_NUM }, { "len", 8, 8, RT_NUM, RT_FILL_HEADER }

static const struct rt_row lladdr_rows[] = { OPTION_START, { "lladdr", 16, 48, RT_MAC } };
static const struct rt_row mtu_rows[] = { OPTION_START, { "res", 16, 16, RT_HEX }, { "mtu", 32, 32, RT_NUM } };
static const struct rt_row prefix_rows[] = {
	OPTION_START,
	{ "prefixlen",          16,   8, RT_NUM },
	{ "L",                  24,   1, RT_NUM },
	{ "A",                  25,   1, RT_NUM },
	{ "R",                  26,   1, RT_NUM },
	{ "res1",               27,   5, RT_NUM },
	{ "validlifetime",      32,  32, RT_HEX },
	{ "preferredlifetime",  64,  32, RT_HEX },
	{ "res2",               96,  32, RT_HEX },
	{ "prefix",            128, 128, RT_IP6 },
};
static const struct rt_row redirected_rows[] = {
	OPTION_START, { "res", 16, 48, RT_BYTES }, { "pkt", 64, 0, RT_LIST, .list = &quoted },
};
static const struct rt_row limit_rows[] = {
	OPTION_START, { "shortcutlim", 16, 8, RT_NUM, .init = 40 }, { "res1", 24, 8, RT_NUM },
	{ "res2", 32, 32, RT_NUM },
};
static const struct rt_row interval_rows[] = {
	OPTION_START, { "res", 16, 16, RT_NUM }, { "advint", 32, 32, RT_NUM },
};
static const struct rt_row agent_rows[] = {
	OPTION_START, { "res", 16, 16, RT_NUM }, { "pref", 32, 16, RT_NUM }, { "lifetime", 48, 16, RT_NUM, .init = 1 },
};
static const struct rt_row resolver_rows[] = {
	OPTION_START, { "res", 16, 16, RT_NUM }, { "lifetime", 32, 32, RT_NUM },
	{ "dns", 64, 0, RT_LIST, .list = &ip6_list_spaced },
};
static const struct rt_row list_rows[] = {
	OPTION_START, { "res", 16, 48, RT_BYTES }, { "addrlist", 64, 0, RT_LIST, .list = &ip6_list_spaced },
};
static const struct rt_row nonce_rows[] = { OPTION_START, { "nonce", 16, 0, RT_BYTES } };
static const struct rt_row address_rows[] = {
	OPTION_START, { "optcode", 16, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(address_codes)), .init = 1 },
	{ "plen", 24, 8, RT_NUM, .init = 64 }, { "res", 32, 32, RT_NUM }, { "addr", 64, 128, RT_IP6 },
};
static const struct rt_row new_prefix_rows[] = {
	OPTION_START, { "optcode", 16, 8, RT_NUM }, { "plen", 24, 8, RT_NUM, .init = 64 },
	{ "res", 32, 32, RT_NUM }, { "prefix", 64, 128, RT_IP6 },
};
static const struct rt_row lla_rows[] = {
	OPTION_START, { "optcode", 16, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(lla_codes)) },
	{ "lla", 24, 48, RT_MAC },
};
static const struct rt_row map_rows[] = {
	OPTION_START, { "dist", 16, 4, RT_NUM, .init = 1 }, { "pref", 20, 4, RT_NUM, .init = 15 },
	{ "R", 24, 1, RT_NUM, .init = 1 }, { "res", 25, 7, RT_NUM }, { "validlifetime", 32, 32, RT_NUM },
	{ "addr", 64, 128, RT_IP6 },
};
static const struct rt_row route_rows[] = {
	OPTION_START, { "plen", 16, 8, RT_NUM }, { "res1", 24, 3, RT_NUM },
	{ "prf", 27, 2, RT_ENUM, .names = &nd_preferences }, { "res2", 29, 3, RT_NUM },
	{ "rtlifetime", 32, 32, RT_NUM }, { "prefix", 64, 0, RT_IP6, RT_COUNTED(6, 8, -8) },
};
static const struct rt_row flags_rows[] = { OPTION_START, { "res", 16, 48, RT_NUM } };
static const struct rt_row search_rows[] = {
	OPTION_START, { "res", 16, 16, RT_NUM }, { "lifetime", 32, 32, RT_NUM },
	{ "searchlist", 64, 0, RT_LIST, .list = &name_list },
};

#define OPTION_TITLE "ICMPv6 Neighbor Discovery Option - "
#define QUIET_OPTION(class, words, rfc, number, table, bytes, ...) { \
	.name = class, .title = words, .spec = rfc, RT_ROWS(table), .header = bytes, \
	.next_as = "ICMPv6ND_RS", RT_LINKS({ "ICMPv6ND_RS", NULL, 0, "type", number }), __VA_ARGS__ }
#define OTHER_OPTION(class, words, rfc, number, table, bytes, sentence, ...) \
	QUIET_OPTION(class, words, rfc, number, table, bytes, \
	             .summaries = RT_LINES({ .text = words " " sentence }), __VA_ARGS__)
#define SIZED .size = { "len", 8 }
#define OPTION(class, text, number, table, bytes, sentence) \
	OTHER_OPTION(class, OPTION_TITLE text, "RFC 4861 section 4.6", number, table, bytes, sentence)

const struct rt_proto proto_nd_source =
	OPTION("ICMPv6NDOptSrcLLAddr", "Source Link-Layer Address", 1, lladdr_rows, 8, "{lladdr}");
const struct rt_proto proto_nd_target =
	OPTION("ICMPv6NDOptDstLLAddr", "Destination Link-Layer Address", 2, lladdr_rows, 8, "{lladdr}");
const struct rt_proto proto_nd_prefix =
	OPTION("ICMPv6NDOptPrefixInfo", "Prefix Information", 3, prefix_rows, 32,
	       "{prefix}/{prefixlen} On-link {L} Autonomous Address {A} Router Address {R}");
const struct rt_proto proto_nd_mtu = OPTION("ICMPv6NDOptMTU", "MTU", 5, mtu_rows, 8, "{mtu}");
const struct rt_proto proto_nd_interval =
	OTHER_OPTION("ICMPv6NDOptAdvInterval", "ICMPv6 Neighbor Discovery - Interval Advertisement",
	             "RFC 6275 section 7.3", 7, interval_rows, 8, "{advint} milliseconds");
const struct rt_proto proto_nd_agent =
	OTHER_OPTION("ICMPv6NDOptHAInfo", "ICMPv6 Neighbor Discovery - Home Agent Information",
	             "RFC 6275 section 7.4", 8, agent_rows, 8,
	             "{pref} {lifetime} seconds");
const struct rt_proto proto_nd_resolver =
	OTHER_OPTION("ICMPv6NDOptRDNSS", OPTION_TITLE "Recursive DNS Server Option", "RFC 8106 section 5.1",
	             25, resolver_rows, 8, "{dns}", SIZED);
const struct rt_proto proto_nd_redirected =
	QUIET_OPTION("ICMPv6NDOptRedirectedHdr", OPTION_TITLE "Redirected Header", "RFC 4861 section 4.6.3", 4,
	             redirected_rows, 8, SIZED);
const struct rt_proto proto_nd_limit =
	QUIET_OPTION("ICMPv6NDOptShortcutLimit", OPTION_TITLE "NBMA Shortcut Limit", "RFC 2491 section 6", 6,
	             limit_rows, 8);
const struct rt_proto proto_nd_sources =
	QUIET_OPTION("ICMPv6NDOptSrcAddrList", "ICMPv6 Inverse Neighbor Discovery Option - Source Address List",
	             "RFC 3122 section 3.1", 9, list_rows, 8, SIZED);
const struct rt_proto proto_nd_targets =
	QUIET_OPTION("ICMPv6NDOptTgtAddrList", "ICMPv6 Inverse Neighbor Discovery Option - Target Address List",
	             "RFC 3122 section 3.1", 10, list_rows, 8, SIZED);
const struct rt_proto proto_nd_nonce =
	QUIET_OPTION("ICMPv6NDOptNonce", "ICMPv6NDOptNonce", "RFC 3971 section 5.3.2", 14, nonce_rows, 8, SIZED);
const struct rt_proto proto_nd_address =
	QUIET_OPTION("ICMPv6NDOptIPAddr", "ICMPv6 Neighbor Discovery - IP Address Option (FH for MIPv6)",
	             "RFC 4068 section 6.4.1", 17, address_rows, 24);
const struct rt_proto proto_nd_new_prefix =
	QUIET_OPTION("ICMPv6NDOptNewRtrPrefix",
	             "ICMPv6 Neighbor Discovery - New Router Prefix Information Option (FH for MIPv6)",
	             "RFC 4068 section 6.4.2", 18, new_prefix_rows, 24);
const struct rt_proto proto_nd_lla =
	QUIET_OPTION("ICMPv6NDOptLLA", "ICMPv6 Neighbor Discovery - Link-Layer Address (LLA) Option (FH for MIPv6)",
	             "RFC 4068 section 6.4.3", 19, lla_rows, 9);
const struct rt_proto proto_nd_map =
	QUIET_OPTION("ICMPv6NDOptMAP", "ICMPv6 Neighbor Discovery - MAP Option", "RFC 4140 section 4.5", 23,
	             map_rows, 24);
const struct rt_proto proto_nd_route =
	OTHER_OPTION("ICMPv6NDOptRouteInfo", OPTION_TITLE "Route Information Option", "RFC 4191 section 2.3", 24,
	             route_rows, 8, "{prefix}/{plen} Preference {prf}", .is_flow = true);
const struct rt_proto proto_nd_flags =
	QUIET_OPTION("ICMPv6NDOptEFA", OPTION_TITLE "Expanded Flags Option", "RFC 5175 section 4", 26, flags_rows, 8);
const struct rt_proto proto_nd_search =
	OTHER_OPTION("ICMPv6NDOptDNSSL", OPTION_TITLE "DNS Search List Option", "RFC 8106 section 5.2", 31,
	             search_rows, 8, "{searchlist}", SIZED);
