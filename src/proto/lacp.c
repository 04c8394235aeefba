/* SPDX-License-Identifier: MIT */
/* lacp.c - slow protocols: link aggregation and its markers (IEEE 802.1AX-2014 clause 6.4.2 and 6.5.3). */
#include "list.h"

static const struct rt_word subtypes[] = {
	{ 0, "Unused" }, { 1, "LACP" }, { 2, "Marker Protocol" }, { 3, "OAM" }, { 10, "OSSP" },
};
static const struct rt_word markers[] = { { 1, "Marker Request" }, { 2, "Marker Response" } };

static const struct rt_row slow_rows[] = {
	{ "subtype", 0, 8, RT_ENUM, RT_FILL_NEXT, .names = RT_NAMES(RT_WORDS(subtypes)) },
};

/* One end of a link, of 20 bytes from `bit` on. */
#define END(end, bit, number) \
	{ end "_type",            (bit),        8, RT_NUM, .init = (number) }, \
	{ end "_length",          (bit) +   8,  8, RT_NUM, .init = 20 }, \
	{ end "_system_priority", (bit) +  16, 16, RT_NUM }, \
	{ end "_system",          (bit) +  32, 48, RT_MAC }, \
	{ end "_key",             (bit) +  80, 16, RT_NUM }, \
	{ end "_port_priority",   (bit) +  96, 16, RT_NUM }, \
	{ end "_port_number",     (bit) + 112, 16, RT_NUM }, \
	{ end "_state",           (bit) + 128,  8, RT_NUM }, \
	{ end "_reserved",        (bit) + 136, 24, RT_XBYTES }

static const struct rt_row lacp_rows[] = {
	{ "version", 0, 8, RT_NUM, .init = 1 },
	END("actor", 8, 1), END("partner", 168, 2),
	{ "collector_type",      328,   8, RT_NUM, .init = 3 },
	{ "collector_length",    336,   8, RT_NUM, .init = 16 },
	{ "collector_max_delay", 344,  16, RT_NUM },
	{ "collector_reserved",  360,  96, RT_XBYTES },
	{ "terminator_type",     456,   8, RT_NUM },
	{ "terminator_length",   464,   8, RT_NUM },
	{ "reserved",            472, 400, RT_XBYTES },
};

static const struct rt_row marker_rows[] = {
	{ "version",                    0,   8, RT_NUM, .init = 1 },
	{ "marker_type",                8,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(markers)), .init = 1 },
	{ "marker_length",             16,   8, RT_NUM, .init = 16 },
	{ "requester_port",            24,  16, RT_NUM },
	{ "requester_system",          40,  48, RT_MAC },
	{ "requester_transaction_id",  88,  32, RT_NUM },
	{ "marker_reserved",          120,  16, RT_XBYTES },
	{ "terminator_type",          136,   8, RT_NUM },
	{ "terminator_length",        144,   8, RT_NUM },
	{ "reserved",                 152, 720, RT_XBYTES },
};

const struct rt_proto proto_slow = {
	.name = "SlowProtocol", .spec = "IEEE 802.3 annex 57A", RT_ROWS(slow_rows), .header = 1, .next = { "subtype" },
	.is_carrier = true, .lines = RT_LINES({ .text = "?SlowProtocol {subtype}" }),
	RT_LINKS({ "Ether", "type", 0x8809 }),
};

const struct rt_proto proto_lacp = {
	.name = "LACP", .spec = "IEEE 802.1AX-2014 clause 6.4.2", RT_ROWS(lacp_rows), .header = 109,
	.lines = RT_LINES({ .text = "LACP|, {actor_system} port {actor_port_number} key {actor_key} state "
	                            "{actor_state}, partner {partner_system} port {partner_port_number} key "
	                            "{partner_key} state {partner_state}" }),
	RT_LINKS({ "SlowProtocol", "subtype", 1 }),
};

const struct rt_proto proto_marker = {
	.name = "MarkerProtocol", .spec = "IEEE 802.1AX-2014 clause 6.5.3", RT_ROWS(marker_rows), .header = 109,
	.lines = RT_LINES({ .text = "{marker_type}|, {requester_system} port {requester_port}" }),
	RT_LINKS({ "SlowProtocol", "subtype", 2 }),
};
