/* SPDX-License-Identifier: MIT */
/* ospf_lsa.c - the link state advertisements of OSPF version 2 (RFC 2328 section A.4, RFC 3101, RFC 5250). The length
 * of each stands behind its type. */
#include "lists.h"
#include "ospf.h"

static const struct rt_word link_types[] = { { 1, "p2p" }, { 2, "transit" }, { 3, "stub" }, { 4, "virtual" } };
static const struct rt_word router_flags[] = { { 1, "B" }, { 2, "E" }, { 4, "V" }, { 8, "W" }, { 16, "Nt" } };
static const struct rt_word external_flags[] = { { 1, "E" } };

#define FLAGS(words) RT_FLAGS, .names = RT_NAMES(RT_WORDS(words), .join = '+')

static const struct rt_row tos_rows[] = {
	{ "tos", 0, 8, RT_NUM }, { "reserved", 8, 8, RT_NUM }, { "tosmetric", 16, 16, RT_NUM },
};
static const struct rt_proto tos = { .name = "tos", .spec = "RFC 2328 section A.4.2", RT_ROWS(tos_rows), .header = 4 };
static const struct rt_list tos_list = { .other = &tos, .item_bytes = 4, .last_code = -1 };

static const struct rt_row link_rows[] = {
	{ "id",        0, 32, RT_IP4 },
	{ "data",     32, 32, RT_IP4 },
	{ "type",     64,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(link_types)), .init = 3 },
	{ "toscount", 72,  8, RT_NUM },
	{ "metric",   80, 16, RT_NUM, .init = 10 },
	{ "toslist",  96,  0, RT_LIST, .list = &tos_list, RT_UNLESS(72, 8, 0), RT_COUNTED(2, 0, 0) },
};
static const struct rt_proto router_link = {
	.name = "OSPF_Link", .title = "OSPF Link", .spec = "RFC 2328 section A.4.2", RT_ROWS(link_rows), .header = 12,
	.is_flow = true,
};
static const struct rt_list links = { .other = &router_link, .is_sized = true, .last_code = -1 };

static const struct rt_row router_rows[] = {
	OSPF_LSA(RT_NUM, .init = 1),
	{ "flags",     160,  8, FLAGS(router_flags) },
	{ "reserved",  168,  8, RT_NUM },
	{ "linkcount", 176, 16, RT_NUM },
	{ "linklist",  192,  0, RT_LIST, .list = &links, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row network_rows[] = {
	OSPF_LSA(RT_NUM, .init = 2), { "mask", 160, 32, RT_IP4 }, { "routerlist", 192, 0, RT_LIST, .list = &ip4_list },
};
static const struct rt_row summary_rows[] = {
	OSPF_LSA(RT_NUM, .init = 3),
	{ "mask",     160, 32, RT_IP4 },
	{ "reserved", 192,  8, RT_NUM },
	{ "metric",   200, 24, RT_HEX, .init = 10 },
};
static const struct rt_row external_rows[] = {
	OSPF_LSA(RT_NUM, .init = 5),
	{ "mask",     160, 32, RT_IP4 },
	{ "ebit",     192,  1, FLAGS(external_flags) },
	{ "reserved", 193,  7, RT_NUM },
	{ "metric",   200, 24, RT_HEX, .init = 20 },
	{ "fwdaddr",  224, 32, RT_IP4 },
	{ "tag",      256, 32, RT_HEX },
};
static const struct rt_row opaque_rows[] = { OSPF_LSA(RT_NUM, .init = 9), { "data", 160, 0, RT_BYTES } };

#define LSA(c_name, class, words, rfc, table, bytes, ...) \
	static const struct rt_proto c_name = { .name = class, .title = "OSPF " words, .spec = rfc, RT_ROWS(table), \
	                                        .header = bytes, __VA_ARGS__ }
LSA(router,   "OSPF_Router_LSA",      "Router LSA",                        "RFC 2328 section A.4.2", router_rows, 24,
    .is_flow = true);
LSA(network,  "OSPF_Network_LSA",     "Network LSA",                       "RFC 2328 section A.4.3", network_rows, 24);
LSA(summary,  "OSPF_SummaryIP_LSA",   "Summary LSA (IP Network)",          "RFC 2328 section A.4.4", summary_rows, 28);
LSA(boundary, "OSPF_SummaryASBR_LSA", "Summary LSA (AS Boundary Router)",  "RFC 2328 section A.4.4", summary_rows, 28);
LSA(external, "OSPF_External_LSA",    "External LSA (ASBR)",               "RFC 2328 section A.4.5", external_rows, 36);
LSA(nssa,     "OSPF_NSSA_External_LSA", "NSSA External LSA",               "RFC 3101 section 2.2", external_rows, 36);
LSA(on_link,  "OSPF_Link_Scope_Opaque_LSA", "Link Scope External LSA",     "RFC 5250 section 3", opaque_rows, 20);
LSA(in_area,  "OSPF_Area_Scope_Opaque_LSA", "Area Scope External LSA",     "RFC 5250 section 3", opaque_rows, 20);
LSA(in_as,    "OSPF_AS_Scope_Opaque_LSA", "AS Scope External LSA",         "RFC 5250 section 3", opaque_rows, 20);
LSA(other,    "OSPF_BaseLSA",         "LSA",                               "RFC 2328 section A.4.1", opaque_rows, 20);

static const struct rt_item items[] = {
	{ 1, &router }, { 2, &network }, { 3, &summary }, { 4, &boundary }, { 5, &external }, { 7, &nssa },
	{ 9, &on_link }, { 10, &in_area }, { 11, &in_as },
};

const struct rt_list ospf_lsas = {
	RT_ITEMS(items), .other = &other, .code_at = 3, .code_bytes = 1, .length_at = 18, .length_bytes = 2,
	.length_unit = 1, .last_code = -1,
};
