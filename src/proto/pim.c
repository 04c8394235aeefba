/* SPDX-License-Identifier: MIT */
/* pim.c - PIM version 2 (RFC 7761 section 4.9): the header, Hello with its options, Join/Prune with its groups; the
 * bodies of other messages stay Raw. An address has the size that its family gives it: 2 is IPv6. */
#include "list.h"
#include "words.h"

static const struct rt_word types[] = {
	{ 0, "Hello" }, { 1, "Register" }, { 2, "Register-Stop" }, { 3, "Join/Prune" }, { 4, "Bootstrap" },
	{ 5, "Assert" }, { 6, "Graft" }, { 7, "Graft-Ack" }, { 8, "Candidate-RP-Advertisement" },
};
static const struct rt_word tracking[] = { { 1, "T" } };

/* The sum of a Register does not cover the packet in it, but one that does is accepted. */
static const struct rt_sum whole = { .pseudo = RT_PSEUDO_IP6 };

static const struct rt_row rows[] = {
	{ "version",   0,  4, RT_NUM, .init = 2 },
	{ "type",      4,  4, RT_ENUM, RT_FILL_NEXT, .names = RT_NAMES(RT_WORDS(types)) },
	{ "reserved",  8,  8, RT_NUM },
	{ "chksum",   16, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_IP6, .bytes = 8, RT_WHEN(4, 4, 1), .or = &whole) },
};

/* ---- Hello ------------------------------------------------------------------------------------------------ */

#define START { "type", 0, 16, RT_NUM }, { "length", 16, 16, RT_NUM }

static const struct rt_row delay_rows[] = {
	{ "t",                  0,  1, RT_FLAGS, .names = RT_NAMES(RT_WORDS(tracking)) },
	{ "propagation_delay",  1, 15, RT_NUM, .init = 500 },
	{ "override_interval", 16, 16, RT_NUM, .init = 2500 },
};
static const struct rt_row refresh_rows[] = {
	{ "version", 0, 8, RT_NUM, .init = 1 }, { "interval", 8, 8, RT_NUM }, { "reserved", 16, 16, RT_NUM },
};

#define HELLO(c_name, class, words, table, bytes) \
	static const struct rt_proto c_name = { .name = class, .title = "PIMv2 " words, \
	                                        .spec = "RFC 7761 section 4.9.2", RT_ROWS(table), .header = bytes }
#define HELLO_OPTION(c_name, class, words, table, bytes) HELLO(c_name, class, "Hello Options : " words, table, bytes)
HELLO_OPTION(delay_value, "PIMv2HelloLANPruneDelayValue", "LAN Prune Delay Value", delay_rows, 4);
HELLO_OPTION(refresh_value, "PIMv2HelloStateRefreshValue", "State-Refresh Value", refresh_rows, 4);

static const struct rt_list delay_values = { .other = &delay_value, .item_bytes = 4, .last_code = -1 };
static const struct rt_list refresh_values = { .other = &refresh_value, .item_bytes = 4, .last_code = -1 };

static const struct rt_row holdtime_rows[] = { START, { "holdtime", 32, 16, RT_NUM, .init = 105 } };
static const struct rt_row prune_rows[] = { START, { "value", 32, 0, RT_LIST, .list = &delay_values } };
static const struct rt_row priority_rows[] = { START, { "dr_priority", 32, 32, RT_NUM, .init = 1 } };
static const struct rt_row generation_rows[] = { START, { "generation_id", 32, 32, RT_NUM } };
static const struct rt_row state_rows[] = { START, { "value", 32, 0, RT_LIST, .list = &refresh_values } };
static const struct rt_row generic_rows[] = { START, { "value", 32, 0, RT_BYTES } };

HELLO_OPTION(holdtime,   "PIMv2HelloHoldtime",      "Holdtime",        holdtime_rows,   6);
HELLO_OPTION(prune,      "PIMv2HelloLANPruneDelay", "LAN Prune Delay", prune_rows,      4);
HELLO_OPTION(priority,   "PIMv2HelloDRPriority",    "DR Priority",     priority_rows,   8);
HELLO_OPTION(generation, "PIMv2HelloGenerationID",  "Generation ID",   generation_rows, 8);
HELLO_OPTION(state,      "PIMv2HelloStateRefresh",  "State-Refresh",   state_rows,      4);
HELLO(generic, "PIMv2GenericHello", "Generic Hello", generic_rows, 4);

static const struct rt_item options[] = {
	{ 1, &holdtime }, { 2, &prune }, { 19, &priority }, { 20, &generation }, { 21, &state },
};
static const struct rt_list option_list = {
	RT_ITEMS(options), .other = &generic, .code_bytes = 2, .length_bytes = 2, .length_unit = 1, .length_add = 4,
	.last_code = -1,
};
static const struct rt_row hello_rows[] = { { "option", 0, 0, RT_LIST, .list = &option_list } };

/* ---- Join/Prune ------------------------------------------------------------------------------------------- */

#define ADDRESS(name, bit) \
	{ name, bit,  32, RT_IP4, RT_UNLESS(0, 8, 2) }, \
	{ name, bit, 128, RT_IP6, RT_WHEN(0, 8, 2) }

static const struct rt_row source_rows[] = {
	{ "addr_family",    0, 8, RT_NUM, .init = 1 },
	{ "encoding_type",  8, 8, RT_NUM },
	{ "rsrvd",         16, 5, RT_NUM },
	{ "sparse",        21, 1, RT_NUM },
	{ "wildcard",      22, 1, RT_NUM },
	{ "rpt",           23, 1, RT_NUM, .init = 1 },
	{ "mask_len",      24, 8, RT_NUM, .init = 32 },
	ADDRESS("src_ip", 32),
};

#define ITEM(c_name, class, words, table) \
	static const struct rt_proto c_name = { .name = class, .title = "PIMv2 " words, \
	                                        .spec = "RFC 7761 section 4.9.1", RT_ROWS(table), .header = 4, \
	                                        .is_flow = true }
ITEM(join, "PIMv2JoinAddrs", "Join: Source Address", source_rows);
ITEM(pruned, "PIMv2PruneAddrs", "Prune: Source Address", source_rows);

static const struct rt_list joins = { .other = &join, .is_sized = true, .last_code = -1 };
static const struct rt_list prunes = { .other = &pruned, .is_sized = true, .last_code = -1 };

static const struct rt_row group_rows[] = {
	{ "addr_family",       0,  8, RT_NUM, .init = 1 },
	{ "encoding_type",     8,  8, RT_NUM },
	{ "bidirection",      16,  1, RT_NUM },
	{ "reserved",         17,  6, RT_NUM },
	{ "admin_scope_zone", 23,  1, RT_NUM },
	{ "mask_len",         24,  8, RT_NUM, .init = 32 },
	ADDRESS("gaddr", 32),
	{ "num_joins",        32, 16, RT_NUM },
	{ "num_prunes",       32, 16, RT_NUM },
	{ "join_ips",         32,  0, RT_LIST, .list = &joins, RT_COUNTED(2, 0, 0) },
	{ "prune_ips",        32,  0, RT_LIST, .list = &prunes, RT_COUNTED(2, 0, 0) },
};
ITEM(group, "PIMv2GroupAddrs", "Join/Prune: Multicast Group Address", group_rows);
static const struct rt_list groups = { .other = &group, .is_sized = true, .last_code = -1 };

static const struct rt_row join_prune_rows[] = {
	{ "up_addr_family",    0,  8, RT_NUM, .init = 1 },
	{ "up_encoding_type",  8,  8, RT_NUM },
	ADDRESS("up_neighbor_ip", 16),
	{ "reserved",         16,  8, RT_NUM },
	{ "num_group",        16,  8, RT_NUM },
	{ "holdtime",         16, 16, RT_NUM, .init = 210 },
	{ "jp_ips",           16,  0, RT_LIST, .list = &groups, RT_COUNTED(2, 0, 0) },
};

/* ---- protocols -------------------------------------------------------------------------------------------- */

const struct rt_proto proto_pim = {
	.name = "PIMv2Hdr", .title = "Protocol Independent Multicast Version 2 Header", .spec = "RFC 7761 section 4.9",
	RT_ROWS(rows), .header = 4, .next = { "type" }, .lines = RT_LINES({ .text = "PIMv2 {type}|" }),
	RT_LINKS({ "IP", "proto", 103 }, { "IPv6", "nh", 103 }),
};

const struct rt_proto proto_pim_hello = {
	.name = "PIMv2Hello", .title = "PIMv2 Hello Options", .spec = "RFC 7761 section 4.9.2", RT_ROWS(hello_rows),
	.is_flow = true, RT_LINKS({ "PIMv2Hdr", "type", 0 }),
};

const struct rt_proto proto_pim_join_prune = {
	.name = "PIMv2JoinPrune", .title = "PIMv2 Join/Prune Options", .spec = "RFC 7761 section 4.9.5",
	RT_ROWS(join_prune_rows), .header = 2, .is_flow = true,
	.lines = RT_LINES({ .text = "upstream {up_neighbor_ip}[, group {jp_ips.gaddr}]" }),
	RT_LINKS({ "PIMv2Hdr", "type", 3 }),
};
