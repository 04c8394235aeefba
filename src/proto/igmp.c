/* SPDX-License-Identifier: MIT */
/* igmp.c - group membership of IPv4: IGMP versions 1 and 2 (RFC 1112, RFC 2236), version 3 (RFC 3376 section 4), and
 * multicast router discovery, which has the header of version 3 (RFC 4286). A query of version 3 is one of at least 12
 * bytes (RFC 3376 section 7.1). */
#include <ringtap/dissect.h>
#include "list.h"
#include "lists.h"

#define QUERY 0x11

static const struct rt_word types[] = {
	{ 0x11, "Group Membership Query" }, { 0x12, "Version 1 - Membership Report" },
	{ 0x16, "Version 2 - Membership Report" }, { 0x17, "Leave Group" },
};
static const struct rt_word types3[] = {
	{ 0x11, "Membership Query" }, { 0x22, "Version 3 Membership Report" },
	{ 0x30, "Multicast Router Advertisement" },
	{ 0x31, "Multicast Router Solicitation" }, { 0x32, "Multicast Router Termination" },
};
static const struct rt_word record_types[] = {
	{ 1, "Mode Is Include" }, { 2, "Mode Is Exclude" }, { 3, "Change To Include Mode" },
	{ 4, "Change To Exclude Mode" }, { 5, "Allow New Sources" }, { 6, "Block Old Sources" },
};

#define START(words) \
	{ "type",   0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)), .init = QUERY }, \
	{ "mrcode", 8,  8, RT_NUM, .init = 20 }, \
	{ "chksum", 16, 16, RT_HEX, RT_SUM(RT_SUM_INTERNET) }

static const struct rt_row record_rows[] = {
	{ "rtype",     0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(record_types)), .init = 1 },
	{ "auxdlen",   8,  8, RT_NUM },
	{ "numsrc",   16, 16, RT_NUM },
	{ "maddr",    32, 32, RT_IP4 },
	{ "srcaddrs", 64,  0, RT_LIST, .list = &ip4_list, RT_COUNTED(2, 0, 0) },
	{ "auxdata",  64,  0, RT_BYTES, RT_UNLESS(8, 8, 0), RT_COUNTED(4, 4, 0) },
};
static const struct rt_proto record = { .name = "IGMPv3gr", .spec = "RFC 3376 section 4.2.4", RT_ROWS(record_rows),
                                        .header = 8, .is_flow = true };
static const struct rt_list records = { .other = &record, .is_sized = true, .last_code = -1 };

static const struct rt_row rows[] = { START(types), { "gaddr", 32, 32, RT_IP4 } };
static const struct rt_row rows3[] = { START(types3) };
static const struct rt_row query_rows[] = {
	{ "gaddr",     0, 32, RT_IP4 },
	{ "resv",     32,  4, RT_NUM },
	{ "s",        36,  1, RT_NUM },
	{ "qrv",      37,  3, RT_NUM },
	{ "qqic",     40,  8, RT_NUM },
	{ "numsrc",   48, 16, RT_NUM },
	{ "srcaddrs", 64,  0, RT_LIST, .list = &ip4_list, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row report_rows[] = {
	{ "res2",     0, 16, RT_HEX },
	{ "numgrp",  16, 16, RT_NUM },
	{ "records", 32,  0, RT_LIST, .list = &records, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row router_rows[] = { { "qryIntvl", 0, 16, RT_NUM }, { "robust", 16, 16, RT_NUM } };

/* A query that is too short for version 3; what was not captured counts too. */
static uint32_t measure3(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t size = end - at + (end == frame->caplen ? frame->len - frame->caplen : 0);
	return frame->data[at] == QUERY && size < 12 ? 0 : 4;
}

#define SUMMARIES(name, what) RT_LINES( \
	{ .under = "IP", .text = name ": {IP.src} > {IP.dst} " what }, { .text = name " " what })

const struct rt_proto proto_igmp3 = {
	.name = "IGMPv3", .spec = "RFC 3376 section 4", RT_ROWS(rows3), .header = 4, .measure = measure3,
	.next = { "type" },
	.lines = RT_LINES({ .text = "IGMPv3 {type}|" }), .summaries = SUMMARIES("IGMPv3", "{type}"),
	RT_LINKS({ "IP", "proto", 2, "type", QUERY }, { "IP", "proto", 2, "type", 0x22 },
	         { "IP", "proto", 2, "type", 0x30 }, { "IP", "proto", 2, "type", 0x31 },
	         { "IP", "proto", 2, "type", 0x32 }),
};

const struct rt_proto proto_igmp = {
	.name = "IGMP", .spec = "RFC 2236 section 2", RT_ROWS(rows), .header = 8,
	.lines = RT_LINES({ .text = "IGMP {type}| {gaddr}" }), .summaries = SUMMARIES("IGMP", "{type} {gaddr}"),
	RT_LINKS({ "IP", "proto", 2 }),
};

const struct rt_proto proto_igmp3_query = {
	.name = "IGMPv3mq", .spec = "RFC 3376 section 4.1", RT_ROWS(query_rows), .header = 8, .is_flow = true,
	.lines = RT_LINES({ .text = "{gaddr}" }),
	RT_LINKS({ "IGMPv3", "type", QUERY }),
};

const struct rt_proto proto_igmp3_report = {
	.name = "IGMPv3mr", .spec = "RFC 3376 section 4.2", RT_ROWS(report_rows), .header = 4, .is_flow = true,
	.lines = RT_LINES({ .text = "{numgrp} groups[, {records.rtype} {records.maddr}]" }),
	RT_LINKS({ "IGMPv3", "type", 0x22 }),
};

const struct rt_proto proto_igmp3_router = {
	.name = "IGMPv3mra", .spec = "RFC 4286 section 3", RT_ROWS(router_rows), .header = 4,
	.lines = RT_LINES({ .text = "interval {qryIntvl} robustness {robust}" }),
	RT_LINKS({ "IGMPv3", "type", 0x30 }),
};
