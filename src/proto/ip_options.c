/* SPDX-License-Identifier: MIT */
/* ip_options.c - the options of IPv4 (RFC 791 section 3.1, RFC 1063, 1393, 2113): kind, length, value. */
#include "ip.h"
#include "lists.h"

static const struct rt_word classes[] = { { 0, "control" }, { 2, "debug" } };
static const struct rt_word options[] = {
	{ 0, "end_of_list" }, { 1, "nop" }, { 2, "security" }, { 3, "loose_source_route" }, { 4, "timestamp" },
	{ 5, "extended_security" }, { 6, "commercial_security" }, { 7, "record_route" }, { 8, "stream_id" },
	{ 9, "strict_source_route" }, { 10, "experimental_measurement" }, { 11, "mtu_probe" }, { 12, "mtu_reply" },
	{ 13, "flow_control" }, { 14, "access_control" }, { 15, "encode" }, { 16, "imi_traffic_descriptor" },
	{ 17, "extended_IP" }, { 18, "traceroute" }, { 19, "address_extension" }, { 20, "router_alert" },
	{ 21, "selective_directed_broadcast_mode" }, { 23, "dynamic_packet_state" },
	{ 24, "upstream_multicast_packet" }, { 25, "quick_start" }, { 30, "rfc4727_experiment" },
};
static const struct rt_word stamps[] = {
	{ 0, "timestamp_only" }, { 1, "timestamp_and_ip_addr" }, { 3, "prespecified_ip_addr" },
};
static const struct rt_word alerts[] = { { 0, "router_shall_examine_packet" } };

#define KIND \
	{ "copy_flag", 0, 1, RT_NUM }, \
	{ "optclass",  1, 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(classes)) }, \
	{ "option",    3, 5, RT_ENUM, .names = RT_NAMES(RT_WORDS(options)) }
#define LENGTH { "length", 8, 8, RT_NUM }

static const struct rt_row bare_rows[] = { KIND };
static const struct rt_row value_rows[] = { KIND, LENGTH, { "value", 16, 0, RT_BYTES } };
static const struct rt_row security_rows[] = {
	KIND, LENGTH, { "security", 16, 16, RT_NUM }, { "compartment", 32, 16, RT_NUM },
	{ "handling_restrictions", 48, 16, RT_NUM }, { "transmission_control_code", 64, 24, RT_BYTES },
};
static const struct rt_row route_rows[] = {
	KIND, LENGTH, { "pointer", 16, 8, RT_NUM }, { "routers", 24, 0, RT_LIST, .list = &ip4_list },
};
static const struct rt_row stream_rows[] = { KIND, LENGTH, { "security", 16, 16, RT_NUM } };
static const struct rt_row mtu_rows[] = { KIND, LENGTH, { "mtu", 16, 16, RT_NUM } };
static const struct rt_row traceroute_rows[] = {
	KIND, LENGTH, { "id", 16, 16, RT_NUM }, { "outbound_hops", 32, 16, RT_NUM },
	{ "return_hops", 48, 16, RT_NUM }, { "originator_ip", 64, 32, RT_IP4 },
};
static const struct rt_row timestamp_rows[] = {
	KIND, LENGTH, { "pointer", 16, 8, RT_NUM }, { "oflw", 24, 4, RT_NUM },
	{ "flg", 28, 4, RT_ENUM, .names = RT_NAMES(RT_WORDS(stamps)) },
	{ "internet_address", 32, 32, RT_IP4, RT_UNLESS(28, 4, 0) },
	{ "timestamp", 32, 32, RT_NUM, RT_WHEN(28, 4, 0) },
	{ "timestamp", 64, 32, RT_NUM, RT_UNLESS(28, 4, 0) },
};
static const struct rt_row extension_rows[] = {
	KIND, LENGTH, { "src_ext", 16, 32, RT_IP4 }, { "dst_ext", 48, 32, RT_IP4 },
};
static const struct rt_row alert_rows[] = {
	KIND, LENGTH, { "alert", 16, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(alerts)) },
};
static const struct rt_row sdbm_rows[] = { KIND, LENGTH, { "addresses", 16, 0, RT_LIST, .list = &ip4_list } };

#define OPTION(c_name, class, words, table, bytes) \
	static const struct rt_proto c_name = { .name = class, .title = "IP Option" words, .spec = "RFC 791", \
	                                        RT_ROWS(table), .header = bytes }
OPTION(other,      "IPOption",                   "",                                  value_rows,      2);
OPTION(eol,        "IPOption_EOL",               " End of Options List",              bare_rows,       1);
OPTION(nop,        "IPOption_NOP",               " No Operation",                     bare_rows,       1);
OPTION(security,   "IPOption_Security",          " Security",                         security_rows,  11);
OPTION(rr,         "IPOption_RR",                " Record Route",                     route_rows,      3);
OPTION(lsrr,       "IPOption_LSRR",              " Loose Source and Record Route",    route_rows,      3);
OPTION(ssrr,       "IPOption_SSRR",              " Strict Source and Record Route",   route_rows,      3);
OPTION(stream_id,  "IPOption_Stream_Id",         " Stream ID",                        stream_rows,     4);
OPTION(mtu_probe,  "IPOption_MTU_Probe",         " MTU Probe",                        mtu_rows,        4);
OPTION(mtu_reply,  "IPOption_MTU_Reply",         " MTU Reply",                        mtu_rows,        4);
OPTION(traceroute, "IPOption_Traceroute",        " Traceroute",                       traceroute_rows, 12);
OPTION(timestamp,  "IPOption_Timestamp",         " Timestamp",                        timestamp_rows,  4);
OPTION(extension,  "IPOption_Address_Extension", " Address Extension",                extension_rows, 10);
OPTION(alert,      "IPOption_Router_Alert",      " Router Alert",                     alert_rows,      4);
OPTION(sdbm,       "IPOption_SDBM",              " Selective Directed Broadcast Mode", sdbm_rows,      2);

static const struct rt_item items[] = {
	{ 0, &eol }, { 1, &nop }, { 2, &security }, { 3, &lsrr }, { 4, &timestamp }, { 7, &rr }, { 8, &stream_id },
	{ 9, &ssrr }, { 11, &mtu_probe }, { 12, &mtu_reply }, { 18, &traceroute }, { 19, &extension },
	{ 20, &alert }, { 21, &sdbm },
};

const struct rt_list ip_options = {
	RT_ITEMS(items), .other = &other, .code_bytes = 1, .length_bytes = 1, .code_mask = 0x1f, .length_unit = 1,
	.single_count = 2, .last_code = -1,
};
