/* SPDX-License-Identifier: MIT */
/* rtp.c - RTP (RFC 3550 section 5), on the ports that RFC 3551 section 8 names: others are agreed on elsewhere. */
#include "list.h"

static const struct rt_word payloads[] = {
	{ 0, "G.711 PCMU" }, { 3, "GSM" }, { 4, "G723" }, { 5, "DVI4" }, { 6, "DVI4" }, { 7, "LPC" }, { 8, "PCMA" },
	{ 9, "G722" }, { 10, "L16" }, { 11, "L16" }, { 12, "QCELP" }, { 13, "CN" }, { 14, "MPA" }, { 15, "G728" },
	{ 16, "DVI4" }, { 17, "DVI4" }, { 18, "G729" }, { 25, "CelB" }, { 26, "JPEG" }, { 28, "nv" }, { 31, "H261" },
	{ 32, "MPV" }, { 33, "MP2T" }, { 34, "H263" },
};
static const struct rt_row id_rows[] = { { "id", 0, 32, RT_NUM } };
static const struct rt_proto id = { .name = "id", .spec = "RFC 3550 section 5.1", RT_ROWS(id_rows), .header = 4 };
static const struct rt_list ids = { .other = &id, .item_bytes = 4, .is_values = true, .last_code = -1 };

static const struct rt_row rows[] = {
	{ "version",       0,  2, RT_NUM, .init = 2 },
	{ "padding",       2,  1, RT_NUM },
	{ "extension",     3,  1, RT_NUM },
	{ "numsync",       4,  4, RT_NUM },
	{ "marker",        8,  1, RT_NUM },
	{ "payload_type",  9,  7, RT_ENUM, .names = RT_NAMES(RT_WORDS(payloads)) },
	{ "sequence",     16, 16, RT_NUM },
	{ "timestamp",    32, 32, RT_NUM },
	{ "sourcesync",   64, 32, RT_NUM },
	{ "sync",         96,  0, RT_LIST, .list = &ids },
};

const struct rt_proto proto_rtp = {
	.name = "RTP", .spec = "RFC 3550 section 5.1", RT_ROWS(rows), .header = 12, .size = { "numsync", 4, 12 },
	.lines = RT_LINES({ .text = "RTP {payload_type}, seq {sequence}, time {timestamp}, ssrc {sourcesync:x}" }),
	RT_LINKS({ "UDP", "dport", 5004, "version", 2 }, { "UDP", "sport", 5004, "version", 2 }),
};
