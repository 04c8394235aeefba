/* SPDX-License-Identifier: MIT */
/* icmp6_nd.c - neighbour discovery (RFC 4861): solicitations, advertisements, redirects, and those of inverse discovery
 * (RFC 3122). Their options are layers behind them, a chain (icmp6_nd_options.c). */
#include "icmp6.h"
#include "list.h"

static const struct rt_word preferences[] = {
	{ 0, "Medium (default)" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" },
};
const struct rt_names nd_preferences = { RT_WORDS(preferences) };

#define START ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM

static const struct rt_row rs_rows[] = { START, { "res", 32, 32, RT_NUM } };
static const struct rt_row ra_rows[] = {
	START,
	{ "chlim",          32,  8, RT_NUM },
	{ "M",              40,  1, RT_NUM },
	{ "O",              41,  1, RT_NUM },
	{ "H",              42,  1, RT_NUM },
	{ "prf",            43,  2, RT_ENUM, .names = &nd_preferences, .init = 1 },
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

static const struct rt_row inverse_rows[] = { START, { "reserved", 32, 32, RT_HEX } };

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

#define INVERSE(class, text, number) { \
	.name = class, .title = "ICMPv6 Inverse Neighbor Discovery " text, .spec = "RFC 3122 section 3", \
	RT_ROWS(inverse_rows), .header = 8, .is_carrier = true, .lines = ICMP6_LINES("{type}|"), \
	.next_as = "ICMPv6ND_RS", ICMP6_LINKS(number) }

const struct rt_proto proto_icmp6_inverse_solicitation = INVERSE("ICMPv6ND_INDSol", "Solicitation", 141);
const struct rt_proto proto_icmp6_inverse_advertisement = INVERSE("ICMPv6ND_INDAdv", "Advertisement", 142);
