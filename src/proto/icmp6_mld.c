/* SPDX-License-Identifier: MIT */
/* icmp6_mld.c - multicast listener discovery: version 1 (RFC 2710), version 2 (RFC 3810 section 5), and multicast
 * router discovery (RFC 4286). A query of version 2 is one of at least 28 bytes (RFC 3810 section 8.1). */
#include <ringtap/dissect.h>
#include "icmp6.h"
#include "list.h"
#include "lists.h"

#define START ICMP6_TYPE, ICMP6_CODE, ICMP6_CKSUM
#define RES   ICMP6_TYPE, { "res", 8, 8, RT_NUM }, ICMP6_CKSUM
#define ADDRESS { "mrd", 32, 16, RT_NUM }, { "reserved", 48, 16, RT_NUM }, { "mladdr", 64, 128, RT_IP6 }

static const struct rt_row record_rows[] = {
	{ "rtype",            0,   8, RT_NUM, .init = 4 },
	{ "auxdata_len",      8,   8, RT_NUM },
	{ "sources_number",  16,  16, RT_NUM },
	{ "dst",             32, 128, RT_IP6 },
	{ "sources",        160,   0, RT_LIST, .list = &ip6_list_spaced, RT_COUNTED(2, 0, 0) },
	{ "auxdata",        160,   0, RT_BYTES, RT_COUNTED(4, 4, 0) },
};
static const struct rt_proto record = {
	.name = "ICMPv6MLDMultAddrRec", .title = "ICMPv6 MLDv2 - Multicast Address Record",
	.spec = "RFC 3810 section 5.2", RT_ROWS(record_rows), .header = 20, .is_flow = true,
};
static const struct rt_list records = { .other = &record, .is_sized = true, .last_code = -1 };

static const struct rt_row rows[] = { START, ADDRESS };
static const struct rt_row query_rows[] = {
	START, ADDRESS,
	{ "Resv",           192,  4, RT_NUM },
	{ "S",              196,  1, RT_NUM },
	{ "QRV",            197,  3, RT_NUM },
	{ "QQIC",           200,  8, RT_NUM },
	{ "sources_number", 208, 16, RT_NUM },
	{ "sources",        224,  0, RT_LIST, .list = &ip6_list_spaced, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row report_rows[] = {
	RES,
	{ "reserved",       32, 16, RT_NUM },
	{ "records_number", 48, 16, RT_NUM },
	{ "records",        64,  0, RT_LIST, .list = &records, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row advertisement_rows[] = {
	ICMP6_TYPE, { "advinter", 8, 8, RT_NUM, .init = 20 }, ICMP6_CKSUM,
	{ "queryint", 32, 16, RT_NUM }, { "robustness", 48, 16, RT_NUM },
};
static const struct rt_row router_rows[] = { RES };

/* A query that is too short for version 2; what was not captured counts too. */
static bool is_short_query(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return end - at + (end == frame->caplen ? frame->len - frame->caplen : 0) < 28;
}

static uint32_t measure_query(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return is_short_query(frame, at, end) ? 24 : 0;
}

#define MESSAGE(class, words, rfc, number, table, bytes, sentence, ...) { \
	.name = class, .title = words, .spec = rfc, RT_ROWS(table), .header = bytes, .is_carrier = true, \
	.lines = ICMP6_LINES("{type}|" sentence), ICMP6_LINKS(number), __VA_ARGS__ }

const struct rt_proto proto_mld_query =
	MESSAGE("ICMPv6MLQuery", "MLD - Multicast Listener Query", "RFC 2710 section 3", 130, rows, 24, " {mladdr}",
	        .measure = measure_query);
const struct rt_proto proto_mld_report =
	MESSAGE("ICMPv6MLReport", "MLD - Multicast Listener Report", "RFC 2710 section 3", 131, rows, 24, " {mladdr}");
const struct rt_proto proto_mld_done =
	MESSAGE("ICMPv6MLDone", "MLD - Multicast Listener Done", "RFC 2710 section 3", 132, rows, 24, " {mladdr}");
const struct rt_proto proto_mld2_query =
	MESSAGE("ICMPv6MLQuery2", "MLDv2 - Multicast Listener Query", "RFC 3810 section 5.1", 130, query_rows, 28,
	        " {mladdr}", .is_flow = true);
const struct rt_proto proto_mld2_report =
	MESSAGE("ICMPv6MLReport2", "MLDv2 - Multicast Listener Report", "RFC 3810 section 5.2", 143, report_rows, 8,
	        " {records_number} groups[, {records.dst}]", .is_flow = true);
const struct rt_proto proto_mrd_advertisement =
	MESSAGE("ICMPv6MRD_Advertisement", "ICMPv6 Multicast Router Discovery Advertisement", "RFC 4286 section 3", 151,
	        advertisement_rows, 8, " interval {queryint}");
const struct rt_proto proto_mrd_solicitation =
	MESSAGE("ICMPv6MRD_Solicitation", "ICMPv6 Multicast Router Discovery Solicitation", "RFC 4286 section 4", 152,
	        router_rows, 4, "");
const struct rt_proto proto_mrd_termination =
	MESSAGE("ICMPv6MRD_Termination", "ICMPv6 Multicast Router Discovery Termination", "RFC 4286 section 5", 153,
	        router_rows, 4, "");
