/* SPDX-License-Identifier: MIT */
/* icmp6_nd.c - neighbour discovery (RFC 4861): solicitations, advertisements, redirects. Their options are
 * layers behind them, a chain, each told apart by its own row `type`. */
#include "icmp6.h"
#include "list.h"
#include "lists.h"

static const struct rt_word preferences[] = {
	{ 0, "Medium (default)" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" },
};

#define START ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM

static const struct rt_row rs_rows[] = { START, { "res", 32, 32, RT_NUM } };
static const struct rt_row ra_rows[] = {
	START,
	{ "chlim",          32,  8, RT_NUM },
	{ "M",              40,  1, RT_NUM },
	{ "O",              41,  1, RT_NUM },
	{ "H",              42,  1, RT_NUM },
	{ "prf",            43,  2, RT_ENUM, .names = RT_NAMES(RT_WORDS(preferences)), .init = 1 },
	{ "P",              45,  1, RT_NUM },
	{ "res",            46,  2, RT_NUM },
	{ "routerlifetime", 48, 16, RT_NUM, .init = 1800 },
	{ "reachabletime",  64, 32, RT_NUM },
	{ "retranstimer",   96, 32, RT_NUM },
};
static const struct rt_row ns_rows[] = { START, { "res", 32, 32, RT_NUM }, { "tgt", 64, 128, RT_IP6 } };
static const struct rt_row na_rows[] = {
	START,
	{ "R",   32,   1, RT_NUM, .init = 1 },
	{ "S",   33,   1, RT_NUM },
	{ "O",   34,   1, RT_NUM, .init = 1 },
	{ "res", 35,  29, RT_HEX },
	{ "tgt", 64, 128, RT_IP6 },
};
static const struct rt_row redirect_rows[] = {
	START, { "res", 32, 32, RT_HEX }, { "tgt", 64, 128, RT_IP6 }, { "dst", 192, 128, RT_IP6 },
};

#define TITLE "ICMPv6 Neighbor Discovery - "
#define MESSAGE(class, text, number, words, bytes, sentence, ...) { \
	.name = class, .title = TITLE text, .spec = "RFC 4861 section 4", RT_ROWS(words), .header = bytes, \
	.is_carrier = true, .lines = ICMP6_LINES("{type}|" sentence), ICMP6_LINKS(number), __VA_ARGS__ }
#define SAYS(words) .summaries = RT_LINES({ .text = words })

const struct rt_proto proto_icmp6_rs = MESSAGE("ICMPv6ND_RS", "Router Solicitation", 133, rs_rows, 8, "", SAYS(NULL));
const struct rt_proto proto_icmp6_ra =
	MESSAGE("ICMPv6ND_RA", "Router Advertisement", 134, ra_rows, 16, " lifetime {routerlifetime}",
	        .next_as = "ICMPv6ND_RS",
	        SAYS(TITLE "Router Advertisement Lifetime {routerlifetime} Hop Limit {chlim} Preference {prf} "
	             "Managed {M} Other {O} Home {H}"));
const struct rt_proto proto_icmp6_ns =
	MESSAGE("ICMPv6ND_NS", "Neighbor Solicitation", 135, ns_rows, 24, " who has {tgt}", .next_as = "ICMPv6ND_RS",
	        SAYS(TITLE "Neighbor Solicitation (tgt: {tgt})"));
const struct rt_proto proto_icmp6_na =
	MESSAGE("ICMPv6ND_NA", "Neighbor Advertisement", 136, na_rows, 24, " {tgt}", .next_as = "ICMPv6ND_RS",
	        SAYS(TITLE "Neighbor Advertisement (tgt: {tgt})"));
const struct rt_proto proto_icmp6_redirect =
	MESSAGE("ICMPv6ND_Redirect", "Redirect", 137, redirect_rows, 40, " {dst} via {tgt}", .next_as = "ICMPv6ND_RS",
	        SAYS(NULL));

/* ---- options: type, length in units of 8 bytes, value (RFC 4861 section 4.6) ---------------------------- */

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

#define OPTION_TITLE "ICMPv6 Neighbor Discovery Option - "
#define OTHER_OPTION(class, words, rfc, number, table, bytes, sentence, ...) { \
	.name = class, .title = words, .spec = rfc, RT_ROWS(table), .header = bytes, \
	.next_as = "ICMPv6ND_RS", SAYS(words " " sentence), \
	RT_LINKS({ "ICMPv6ND_RS", NULL, 0, "type", number }), __VA_ARGS__ }
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
	OTHER_OPTION("ICMPv6NDOptAdvInterval", TITLE "Interval Advertisement", "RFC 6275 section 7.3", 7,
	             interval_rows, 8, "{advint} milliseconds");
const struct rt_proto proto_nd_agent =
	OTHER_OPTION("ICMPv6NDOptHAInfo", TITLE "Home Agent Information", "RFC 6275 section 7.4", 8, agent_rows, 8,
	             "{pref} {lifetime} seconds");
const struct rt_proto proto_nd_resolver =
	OTHER_OPTION("ICMPv6NDOptRDNSS", OPTION_TITLE "Recursive DNS Server Option", "RFC 8106 section 5.1",
	             25, resolver_rows, 8, "{dns}", .size = { "len", 8 });
