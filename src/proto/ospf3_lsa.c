/* SPDX-License-Identifier: MIT */
/* ospf3_lsa.c - the link state advertisements of OSPF version 3 (RFC 5340 section A.4). Prefixes have as many words of
 * four bytes as their bits need. */
#include "lists.h"
#include "ospf.h"

static const struct rt_word link_types[] = { { 1, "p2p" }, { 2, "transit" }, { 3, "reserved" }, { 4, "virtual" } };
static const struct rt_word router_flags[] = { { 1, "B" }, { 2, "E" }, { 4, "V" }, { 8, "W" } };
static const struct rt_word external_flags[] = { { 1, "T" }, { 2, "F" }, { 4, "E" } };
static const struct rt_word prefix_flags[] = { { 1, "NU" }, { 2, "LA" }, { 4, "MC" }, { 8, "P" } };

#define FLAGS(words) RT_FLAGS, .names = RT_NAMES(RT_WORDS(words), .join = '+')
#define PREFIX_OPTIONS "prefixoptions"

static const struct rt_row link_rows[] = {
	{ "type",        0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(link_types)), .init = 1 },
	{ "reserved",    8,  8, RT_NUM },
	{ "metric",     16, 16, RT_NUM, .init = 10 },
	{ "intid",      32, 32, RT_NUM },
	{ "neighintid", 64, 32, RT_NUM },
	{ "neighbor",   96, 32, RT_IP4 },
};
static const struct rt_proto router_link = { .name = "OSPFv3_Link", .title = "OSPFv3 Link",
                                             .spec = "RFC 5340 section A.4.3", RT_ROWS(link_rows), .header = 16 };
static const struct rt_list links = { .other = &router_link, .item_bytes = 16, .last_code = -1 };

static const struct rt_row prefix_rows[] = {
	{ "prefixlen",    0,  8, RT_NUM },
	{ PREFIX_OPTIONS, 8,  8, FLAGS(prefix_flags) },
	{ "metric",      16, 16, RT_NUM, .init = 10 },
	{ "prefix",      32,  0, RT_PREFIX6, RT_BITS(3, 4) },
};
static const struct rt_proto prefix = { .name = "OSPFv3_Prefix_Item", .title = "OSPFv3 Link Prefix Item",
                                        .spec = "RFC 5340 section A.4.1", RT_ROWS(prefix_rows), .header = 4,
                                        .is_flow = true };
static const struct rt_list prefixes = { .other = &prefix, .is_sized = true, .last_code = -1 };

static const struct rt_row router_rows[] = {
	OSPF3_LSA, { "flags", 160, 8, FLAGS(router_flags) }, { "options", 168, 24, RT_FLAGS, .names = &ospf3_options },
	{ "linklist", 192, 0, RT_LIST, .list = &links },
};
static const struct rt_row network_rows[] = {
	OSPF3_LSA, { "reserved", 160, 8, RT_NUM }, { "options", 168, 24, RT_FLAGS, .names = &ospf3_options },
	{ "routerlist", 192, 0, RT_LIST, .list = &ip4_list },
};
static const struct rt_row area_prefix_rows[] = {
	OSPF3_LSA, { "reserved", 160, 8, RT_NUM }, { "metric", 168, 24, RT_HEX, .init = 10 },
	{ "prefixlen", 192, 8, RT_NUM }, { PREFIX_OPTIONS, 200, 8, FLAGS(prefix_flags) },
	{ "reserved2", 208, 16, RT_NUM }, { "prefix", 224, 0, RT_PREFIX6, RT_BITS(3, 4) },
};
static const struct rt_row area_router_rows[] = {
	OSPF3_LSA, { "reserved", 160, 8, RT_NUM }, { "options", 168, 24, RT_FLAGS, .names = &ospf3_options },
	{ "reserved2", 192, 8, RT_NUM }, { "metric", 200, 24, RT_HEX, .init = 1 }, { "router", 224, 32, RT_IP4 },
};
static const struct rt_row external_rows[] = {
	OSPF3_LSA, { "flags", 160, 8, FLAGS(external_flags) }, { "metric", 168, 24, RT_HEX, .init = 20 },
	{ "prefixlen", 192, 8, RT_NUM }, { PREFIX_OPTIONS, 200, 8, FLAGS(prefix_flags) },
	{ "reflstype", 208, 16, RT_ENUM, .names = &ospf3_lsa_types },
	{ "prefix", 224, 0, RT_PREFIX6, RT_BITS(3, 4) },
	{ "fwaddr", 224, 128, RT_IP6, RT_WHEN(160, 8, 2, 3, 6, 7) },
	{ "tag", 224, 32, RT_NUM, RT_WHEN(160, 8, 1, 3, 5, 7) },
	{ "reflsid", 224, 32, RT_IP4, RT_UNLESS(208, 16, 0) },
};
static const struct rt_row link_lsa_rows[] = {
	OSPF3_LSA, { "prio", 160, 8, RT_NUM, .init = 1 }, { "options", 168, 24, RT_FLAGS, .names = &ospf3_options },
	{ "lladdr", 192, 128, RT_IP6 }, { "prefixes", 320, 32, RT_NUM },
	{ "prefixlist", 352, 0, RT_LIST, .list = &prefixes, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row inside_rows[] = {
	OSPF3_LSA, { "prefixes", 160, 16, RT_NUM }, { "reflstype", 176, 16, RT_ENUM, .names = &ospf3_lsa_types },
	{ "reflsid", 192, 32, RT_IP4 }, { "refadrouter", 224, 32, RT_IP4 },
	{ "prefixlist", 256, 0, RT_LIST, .list = &prefixes, RT_COUNTED(4, 0, 0) },
};
static const struct rt_row other_rows[] = { OSPF3_LSA, { "data", 160, 0, RT_BYTES } };

#define LSA(c_name, class, words, section, table, bytes, ...) \
	static const struct rt_proto c_name = { .name = class, .title = "OSPFv3 " words, \
	                                        .spec = "RFC 5340 section " section, RT_ROWS(table), \
	                                        .header = bytes, __VA_ARGS__ }
LSA(router,      "OSPFv3_Router_LSA",            "Router LSA",            "A.4.3", router_rows, 24);
LSA(network,     "OSPFv3_Network_LSA",           "Network LSA",           "A.4.4", network_rows, 24);
LSA(area_prefix, "OSPFv3_Inter_Area_Prefix_LSA", "Inter Area Prefix LSA", "A.4.5", area_prefix_rows, 28,
    .is_flow = true);
LSA(area_router, "OSPFv3_Inter_Area_Router_LSA", "Inter Area Router LSA", "A.4.6", area_router_rows, 32);
LSA(external,    "OSPFv3_AS_External_LSA",       "AS External LSA",       "A.4.7", external_rows, 28, .is_flow = true);
LSA(type7,       "OSPFv3_Type_7_LSA",            "Type 7 LSA",            "A.4.8", external_rows, 28, .is_flow = true);
LSA(link_lsa,    "OSPFv3_Link_LSA",              "Link LSA",              "A.4.9", link_lsa_rows, 44, .is_flow = true);
LSA(inside,      "OSPFv3_Intra_Area_Prefix_LSA", "Intra Area Prefix LSA", "A.4.10", inside_rows, 32, .is_flow = true);
LSA(other,       "OSPFv3_BaseLSA",               "LSA",                   "A.4.2", other_rows, 20);

static const struct rt_item items[] = {
	{ 0x0008, &link_lsa }, { 0x2001, &router }, { 0x2002, &network }, { 0x2003, &area_prefix },
	{ 0x2004, &area_router }, { 0x2007, &type7 }, { 0x2009, &inside }, { 0x4005, &external },
};

const struct rt_list ospf3_lsas = {
	RT_ITEMS(items), .other = &other, .code_at = 2, .code_bytes = 2, .length_at = 18, .length_bytes = 2,
	.length_unit = 1, .last_code = -1,
};
