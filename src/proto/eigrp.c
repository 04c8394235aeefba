/* SPDX-License-Identifier: MIT */
/* eigrp.c - EIGRP (RFC 7868 section 6): the header and its TLVs. A destination has only the bytes that its prefix
 * needs; of several in one route the first is shown. */
#include "list.h"
#include "words.h"

static const struct rt_word opcodes[] = {
	{ 1, "Update" }, { 2, "Request" }, { 3, "Query" }, { 4, "Replay" }, { 5, "Hello" }, { 6, "IPX SAP" },
	{ 10, "SIA Query" }, { 11, "SIA Reply" },
};
static const struct rt_word flags[] = { { 1, "init" }, { 2, "cond-recv" }, { 4, "unknown" }, { 8, "update" } };
static const struct rt_word auth_types[] = { { 2, "MD5" } };
static const struct rt_word stub_flags[] = {
	{ 1, "connected" }, { 2, "static" }, { 4, "summary" }, { 8, "receive-only" }, { 16, "redistributed" },
	{ 32, "leak-map" },
};
static const struct rt_word origins[] = {
	{ 1, "IGRP" }, { 2, "EIGRP" }, { 3, "Static Route" }, { 4, "RIP" }, { 5, "Hello" }, { 6, "OSPF" },
	{ 7, "IS-IS" }, { 8, "EGP" }, { 9, "BGP" }, { 10, "IDRP" }, { 11, "Connected Link" },
};
static const struct rt_word route_flags[] = { { 1, "external" }, { 2, "candidate-default" } };

#define FLAGS(words) RT_FLAGS, .names = RT_NAMES(RT_WORDS(words), .join = '+')
#define START { "type", 0, 16, RT_HEX }, { "len", 16, 16, RT_NUM }
#define METRIC(bit, last) \
	{ "delay",       (bit),       32, RT_NUM }, \
	{ "bandwidth",   (bit) +  32, 32, RT_NUM }, \
	{ "mtu",         (bit) +  64, 24, RT_NUM }, \
	{ "hopcount",    (bit) +  88,  8, RT_NUM }, \
	{ "reliability", (bit) +  96,  8, RT_NUM }, \
	{ "load",        (bit) + 104,  8, RT_NUM }, \
	{ last,          (bit) + 112, 16, RT_HEX }, \
	{ "prefixlen",   (bit) + 128,  8, RT_NUM }
#define ORIGIN(bit) \
	{ "originrouter",   (bit),       32, RT_IP4 }, \
	{ "originasn",      (bit) +  32, 32, RT_NUM }, \
	{ "tag",            (bit) +  64, 32, RT_NUM }, \
	{ "externalmetric", (bit) +  96, 32, RT_NUM }, \
	{ "reserved",       (bit) + 128, 16, RT_NUM }, \
	{ "extprotocolid",  (bit) + 144,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(origins)) }, \
	{ "flags",          (bit) + 152,  8, FLAGS(route_flags) }

static const struct rt_row generic_rows[] = { START, { "value", 32, 0, RT_BYTES } };
static const struct rt_row parameter_rows[] = {
	START,
	{ "k1", 32, 8, RT_NUM, .init = 1 }, { "k2", 40, 8, RT_NUM }, { "k3", 48, 8, RT_NUM, .init = 1 },
	{ "k4", 56, 8, RT_NUM }, { "k5", 64, 8, RT_NUM }, { "reserved", 72, 8, RT_NUM },
	{ "holdtime", 80, 16, RT_NUM, .init = 15 },
};
static const struct rt_row auth_rows[] = {
	START, { "authtype", 32, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(auth_types)), .init = 2 },
	{ "keysize", 48, 16, RT_NUM }, { "keyid", 64, 32, RT_NUM }, { "nullpad", 96, 96, RT_BYTES },
	{ "authdata", 192, 0, RT_BYTES },
};
static const struct rt_row sequence_rows[] = {
	START, { "addrlen", 32, 8, RT_NUM, .init = 4 },
	{ "ipaddr", 40, 32, RT_IP4, RT_WHEN(32, 8, 4) }, { "ip6addr", 40, 128, RT_IP6, RT_WHEN(32, 8, 16) },
};
static const struct rt_row version_rows[] = { START, { "ios", 32, 16, RT_NUM }, { "eigrp", 48, 16, RT_NUM } };
static const struct rt_row next_rows[] = { START, { "nms", 32, 32, RT_NUM } };
static const struct rt_row stub_rows[] = { START, { "flags", 32, 16, FLAGS(stub_flags) } };
static const struct rt_row inside_rows[] = {
	START, { "nexthop", 32, 32, RT_IP4 }, METRIC(64, "reserved"), { "dst", 200, 0, RT_IP4 },
};
static const struct rt_row outside_rows[] = {
	START, { "nexthop", 32, 32, RT_IP4 }, ORIGIN(64), METRIC(224, "reserved2"), { "dst", 360, 0, RT_IP4 },
};
static const struct rt_row inside6_rows[] = {
	START, { "nexthop", 32, 128, RT_IP6 }, METRIC(160, "reserved"), { "dst", 296, 0, RT_IP6 },
};
static const struct rt_row outside6_rows[] = {
	START, { "nexthop", 32, 128, RT_IP6 }, ORIGIN(160), METRIC(320, "reserved2"), { "dst", 456, 0, RT_IP6 },
};

#define TLV(c_name, class, words, table, bytes, ...) \
	static const struct rt_proto c_name = { .name = class, .title = "EIGRP " words, .spec = "RFC 7868 section 6", \
	                                        RT_ROWS(table), .header = bytes, __VA_ARGS__ }
TLV(generic,   "EIGRPGeneric",  "Generic TLV",              generic_rows,   4);
TLV(parameter, "EIGRPParam",    "Parameters",               parameter_rows, 12);
TLV(auth,      "EIGRPAuthData", "Authentication Data",      auth_rows,      24);
TLV(sequence,  "EIGRPSeq",      "Sequence",                 sequence_rows,  5);
TLV(version,   "EIGRPSwVer",    "Software Version",         version_rows,   8);
TLV(next,      "EIGRPNms",      "Next Multicast Sequence",  next_rows,      8);
TLV(stub,      "EIGRPStub",     "Stub Router",              stub_rows,      6);
TLV(inside,    "EIGRPIntRoute",   "Internal Route",          inside_rows,   25, .is_flow = true);
TLV(outside,   "EIGRPExtRoute",   "External Route",          outside_rows,  45, .is_flow = true);
TLV(inside6,   "EIGRPv6IntRoute", "for IPv6 Internal Route", inside6_rows,  37, .is_flow = true);
TLV(outside6,  "EIGRPv6ExtRoute", "for IPv6 External Route", outside6_rows, 57, .is_flow = true);

static const struct rt_item items[] = {
	{ 1, &parameter }, { 2, &auth }, { 3, &sequence }, { 4, &version }, { 5, &next }, { 6, &stub },
	{ 0x102, &inside }, { 0x103, &outside }, { 0x402, &inside6 }, { 0x403, &outside6 },
};
static const struct rt_list tlvs = {
	RT_ITEMS(items), .other = &generic, .code_bytes = 2, .length_bytes = 2, .length_unit = 1, .last_code = -1,
};

static const struct rt_row rows[] = {
	{ "ver",      0,  8, RT_NUM, .init = 2 },
	{ "opcode",   8,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(opcodes)), .init = 5 },
	{ "chksum",  16, 16, RT_HEX, RT_SUM(RT_SUM_INTERNET) },
	{ "flags",   32, 32, FLAGS(flags) },
	{ "seq",     64, 32, RT_NUM },
	{ "ack",     96, 32, RT_NUM },
	{ "asn",    128, 32, RT_NUM, .init = 100 },
	{ "tlvlist", 160, 0, RT_LIST, .list = &tlvs },
};

const struct rt_proto proto_eigrp = {
	.name = "EIGRP", .spec = "RFC 7868 section 6", RT_ROWS(rows), .header = 20, .is_flow = true,
	.lines = RT_LINES({ .text = "EIGRP {opcode}| AS {asn}[, {tlvlist.dst}/{tlvlist.prefixlen} via "
	                            "{tlvlist.nexthop}]" }),
	.summaries = RT_LINES(
		{ "flags", 0, "EIGRP (AS={asn} Opcode={opcode})" },
		{ .text = "EIGRP (AS={asn} Opcode={opcode} Flags={flags})" }),
	RT_LINKS({ "IP", "proto", 88 }, { "IPv6", "nh", 88 }),
};
