/* SPDX-License-Identifier: MIT */
/* tcp_options.c - the options of TCP (RFC 9293, 7323, 2018, 1146, 2385, 5482, 5925, 7413, 8684). Scapy shows each
 * as a pair: the name and the value behind kind and length. */
#include <ringtap/dissect.h>
#include "ip.h"

#define KIND   { "kind", 0, 8, RT_NUM }
#define LENGTH { "length", 8, 8, RT_NUM }

static const struct rt_row edge_rows[] = { { "edge", 0, 32, RT_NUM } };
static const struct rt_proto edge = { .name = "edge", .spec = "RFC 2018", RT_ROWS(edge_rows), .header = 4 };
static const struct rt_list edges = { .other = &edge, .item_bytes = 4, .is_values = true, .last_code = -1 };

static const struct rt_row bare_rows[] = { KIND };
static const struct rt_row bytes_rows[] = { KIND, LENGTH, { "value", 16, 0, RT_BYTES } };
static const struct rt_row u8_rows[] = { KIND, LENGTH, { "value", 16, 8, RT_NUM } };
static const struct rt_row u16_rows[] = { KIND, LENGTH, { "value", 16, 16, RT_NUM } };
static const struct rt_row two_rows[] = { KIND, LENGTH, { "value", 16, 32, RT_NUM }, { "echo", 48, 32, RT_NUM } };
static const struct rt_row sum_rows[] = { KIND, LENGTH, { "algorithm", 16, 8, RT_NUM }, { "value", 24, 16, RT_NUM } };
static const struct rt_row sack_rows[] = { KIND, LENGTH, { "edges", 16, 0, RT_LIST, .list = &edges } };

/* RFC 5925 section 2.2: two keys and a code, shown as a record of its own. */
static const struct rt_row ao_rows[] = {
	{ "keyid", 0, 8, RT_NUM }, { "rnextkeyid", 8, 8, RT_NUM }, { "mac", 16, 0, RT_BYTES },
};
static const struct rt_proto ao_value = { .name = "TCPAOValue", .spec = "RFC 5925 section 2.2", RT_ROWS(ao_rows),
                                          .header = 2 };

static bool next_ao(struct rt_walk *walk, struct rt_layer *item)
{
	bool is_there = walk->at < walk->end;
	*item = (struct rt_layer){ .proto = &ao_value, .at = walk->at, .header = walk->end - walk->at,
	                           .end = walk->end, .id = RT_NO_ID };
	walk->at = walk->end;
	return is_there;
}

static const struct rt_list ao_values = { .other = &ao_value, .next = next_ao, .last_code = -1 };
static const struct rt_row ao_option_rows[] = { KIND, LENGTH, { "value", 16, 0, RT_LIST, .list = &ao_values } };

#define OPTION(c_name, text, words, bytes) \
	static const struct rt_proto c_name = { .name = text, .spec = "RFC 9293", RT_ROWS(words), .header = bytes }
OPTION(eol,       "EOL",          bare_rows,  1);
OPTION(nop,       "NOP",          bare_rows,  1);
OPTION(mss,       "MSS",          u16_rows,   4);
OPTION(wscale,    "WScale",       u8_rows,    3);
OPTION(sackok,    "SAckOK",       bytes_rows, 2);
OPTION(sack,      "SAck",         sack_rows,  2);
OPTION(timestamp, "Timestamp",    two_rows,  10);
OPTION(sum,       "AltChkSum",    sum_rows,   5);
OPTION(sum_data,  "AltChkSumOpt", bytes_rows, 2);
OPTION(md5,       "MD5",          bytes_rows, 2);
OPTION(mood,      "Mood",         bytes_rows, 2);
OPTION(uto,       "UTO",          u16_rows,   4);
OPTION(ao,        "AO",           ao_option_rows, 2);
OPTION(tfo,       "TFO",          two_rows,  10);
OPTION(other,     "",             bytes_rows, 2);        /* shown by its number */

/* Names that Scapy does not have (IANA, TCP Option Kind Numbers). */
OPTION(echo,         "Echo",         bytes_rows, 2);
OPTION(echo_reply,   "EchoReply",    bytes_rows, 2);
OPTION(partial,      "POCPermitted", bytes_rows, 2);
OPTION(partial_info, "POCProfile",   bytes_rows, 2);
OPTION(cc,           "CC",           bytes_rows, 2);
OPTION(cc_new,       "CCNew",        bytes_rows, 2);
OPTION(cc_echo,      "CCEcho",       bytes_rows, 2);
OPTION(quick_start,  "QuickStart",   bytes_rows, 2);
OPTION(multipath,    "MPTCP",        bytes_rows, 2);
OPTION(encryption,   "ENO",          bytes_rows, 2);
OPTION(ecn0,         "AccECN0",      bytes_rows, 2);
OPTION(ecn1,         "AccECN1",      bytes_rows, 2);
OPTION(experiment,   "Experiment",   bytes_rows, 2);

static const struct rt_item items[] = {
	{ 0, &eol }, { 1, &nop }, { 2, &mss }, { 3, &wscale }, { 4, &sackok }, { 5, &sack }, { 6, &echo },
	{ 7, &echo_reply }, { 8, &timestamp }, { 9, &partial }, { 10, &partial_info }, { 11, &cc }, { 12, &cc_new },
	{ 13, &cc_echo }, { 14, &sum }, { 15, &sum_data }, { 19, &md5 }, { 25, &mood }, { 27, &quick_start },
	{ 28, &uto }, { 29, &ao }, { 30, &multipath }, { 34, &tfo }, { 69, &encryption }, { 172, &ecn0 },
	{ 174, &ecn1 }, { 253, &experiment }, { 254, &experiment },
};

const struct rt_list tcp_options = {
	RT_ITEMS(items), .other = &other, .code_bytes = 1, .length_bytes = 1, .length_unit = 1, .single_count = 2,
	.last_code = 0, .is_pairs = true, .empty = "[]", .empty_last = "''",
};
