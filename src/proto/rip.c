/* SPDX-License-Identifier: MIT */
/* rip.c - RIP (RFC 2453 section 4, RFC 4822 section 2), each entry a layer as in Scapy. */
#include "list.h"

static const struct rt_word commands[] = {
	{ 1, "req" }, { 2, "resp" }, { 3, "traceOn" }, { 4, "traceOff" }, { 5, "sun" }, { 6, "trigReq" },
	{ 7, "trigResp" }, { 8, "trigAck" }, { 9, "updateReq" }, { 10, "updateResp" }, { 11, "updateAck" },
};
static const struct rt_word families[] = { { 2, "IP" } };
static const struct rt_word auths[] = { { 65535, "Auth" } };
static const struct rt_word auth_types[] = { { 1, "md5authdata" }, { 2, "simple" }, { 3, "md5" } };
static const struct rt_word metrics[] = { { 16, "Unreach" } };

#define AUTH_TYPE 16, 16                /* place of the row `authtype` */

static const struct rt_row rip_rows[] = {
	{ "cmd",     0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(commands)), .init = 1 },
	{ "version", 8,  8, RT_NUM, .init = 1 },
	{ "null",   16, 16, RT_NUM },
};
static const struct rt_row entry_rows[] = {
	{ "AF",         0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(families)), .init = 2 },
	{ "RouteTag",  16, 16, RT_NUM },
	{ "addr",      32, 32, RT_IP4 },
	{ "mask",      64, 32, RT_IP4 },
	{ "nextHop",   96, 32, RT_IP4 },
	{ "metric",   128, 32, RT_ENUM, .names = RT_NAMES(RT_WORDS(metrics)), .init = 1 },
};
static const struct rt_row auth_rows[] = {
	{ "AF",            0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(auths)), .init = 65535 },
	{ "authtype", AUTH_TYPE,  RT_ENUM, .names = RT_NAMES(RT_WORDS(auth_types)), .init = 2 },
	{ "password",     32, 128, RT_BYTES, RT_WHEN(AUTH_TYPE, 2) },
	{ "digestoffset", 32, 16, RT_NUM, RT_WHEN(AUTH_TYPE, 3) },
	{ "keyid",        48,  8, RT_NUM, RT_WHEN(AUTH_TYPE, 3) },
	{ "authdatalen",  56,  8, RT_NUM, RT_WHEN(AUTH_TYPE, 3) },
	{ "seqnum",       64, 32, RT_NUM, RT_WHEN(AUTH_TYPE, 3) },
	{ "zeropad",      96, 64, RT_BYTES, RT_WHEN(AUTH_TYPE, 3) },
	{ "authdata",     32,  0, RT_BYTES, RT_WHEN(AUTH_TYPE, 1) },
};

/* The digest takes what there is; of other kinds nothing but the type is known to be there. */
static uint32_t measure_auth(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint16_t type = rt_be16(frame->data + at + 2);
	return type == 1 ? end - at : type == 2 || type == 3 ? 20 : 4;
}

const struct rt_proto proto_rip = {
	.name = "RIP", .title = "RIP header", .spec = "RFC 2453 section 4", RT_ROWS(rip_rows), .header = 4,
	.lines = RT_LINES({ .text = "RIPv{version} {cmd}[, {RIPEntry.addr} metric {RIPEntry.metric}]" }),
	RT_LINKS({ "UDP", "dport", 520 }, { "UDP", "sport", 520 }),
};
const struct rt_proto proto_rip_auth = {
	.name = "RIPAuth", .title = "RIP authentication", .spec = "RFC 4822 section 2", RT_ROWS(auth_rows), .header = 4,
	.measure = measure_auth, RT_LINKS({ "RIP", NULL, 0, "AF", 65535 }),
};
const struct rt_proto proto_rip_entry = {
	.name = "RIPEntry", .title = "RIP entry", .spec = "RFC 2453 section 4", RT_ROWS(entry_rows), .header = 20,
	RT_LINKS({ "RIP", NULL }, { "RIPEntry", NULL }, { "RIPAuth", NULL }),
};
