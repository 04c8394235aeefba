/* SPDX-License-Identifier: MIT */
/* vrrp.c - who is the router: VRRP versions 2 (RFC 3768 section 5.1) and 3 (RFC 5798 section 5.1), and HSRP version 1
 * (RFC 2281 section 5) with its MD5 authentication, which no RFC has. HSRP version 2 looks different and stays Raw. */
#include <ringtap/dissect.h>
#include "list.h"
#include "lists.h"

#define START(number) \
	{ "version",   0, 4, RT_NUM, .init = (number) }, \
	{ "type",      4, 4, RT_NUM, .init = 1 }, \
	{ "vrid",      8, 8, RT_NUM, .init = 1 }, \
	{ "priority", 16, 8, RT_NUM, .init = 100 }, \
	{ "ipcount",  24, 8, RT_NUM }

static const struct rt_row rows2[] = {
	START(2),
	{ "authtype", 32,  8, RT_NUM },
	{ "adv",      40,  8, RT_NUM, .init = 1 },
	{ "chksum",   48, 16, RT_HEX, RT_SUM(RT_SUM_INTERNET) },
	{ "addrlist", 64,  0, RT_LIST, .list = &ip4_list, RT_COUNTED(4, 0, 0) },
	{ "auth1",    64, 32, RT_NUM },
	{ "auth2",    64, 32, RT_NUM },
};
/* Over IPv4 the pseudo header counts by RFC 5798, and does not by RFC 9568 section 5.2.8. */
static const struct rt_sum message_only = { .kind = RT_SUM_INTERNET };

#define ROWS3(addresses, version4) { \
	START(3), \
	{ "res",      32,  4, RT_NUM }, \
	{ "adv",      36, 12, RT_NUM, .init = 100 }, \
	{ "chksum",   48, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_ANY, .or = (version4)) }, \
	{ "addrlist", 64,  0, RT_LIST, .list = (addresses), RT_COUNTED(4, 0, 0) } }
static const struct rt_row rows34[] = ROWS3(&ip4_list, &message_only);
static const struct rt_row rows36[] = ROWS3(&ip6_list, NULL);

static const struct rt_word opcodes[] = { { 0, "Hello" }, { 1, "Coup" }, { 2, "Resign" }, { 3, "Advertise" } };
static const struct rt_word states[] = {
	{ 0, "Initial" }, { 1, "Learn" }, { 2, "Listen" }, { 4, "Speak" }, { 8, "Standby" }, { 16, "Active" },
};
static const struct rt_word hsrp_auth[] = { { 4, "MD5 authentication" } };
static const struct rt_word algorithms[] = { { 1, "MD5" } };

static const struct rt_row hsrp_rows[] = {
	{ "version",    0,  8, RT_NUM },
	{ "opcode",     8,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(opcodes)) },
	{ "state",     16,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(states)), .init = 16 },
	{ "hellotime", 24,  8, RT_NUM, .init = 3 },
	{ "holdtime",  32,  8, RT_NUM, .init = 10 },
	{ "priority",  40,  8, RT_NUM, .init = 120 },
	{ "group",     48,  8, RT_NUM, .init = 1 },
	{ "reserved",  56,  8, RT_NUM },
	{ "auth",      64, 64, RT_BYTES },
	{ "virtualIP", 128, 32, RT_IP4 },
};
static const struct rt_row md5_rows[] = {
	{ "type",       0,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(hsrp_auth)), .init = 4 },
	{ "len",        8,   8, RT_NUM },
	{ "algo",      16,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(algorithms)) },
	{ "padding",   24,   8, RT_NUM },
	{ "flags",     32,  16, RT_HEX },
	{ "sourceip",  48,  32, RT_IP4 },
	{ "keyid",     80,  32, RT_HEX },
	{ "authdigest", 112, 128, RT_BYTES },
};

static uint32_t measure_hsrp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return frame->data[at] == 0 ? 20 : 0;
}

#define LINE "vrid {vrid}| priority {priority}[ {addrlist.address}]"
#define VRRP3(table, parent, row) { \
	.name = "VRRPv3", .spec = "RFC 5798 section 5.1", RT_ROWS(table), .header = 8, .is_flow = true, \
	.lines = RT_LINES({ .text = "VRRPv3 " LINE }), RT_LINKS({ (parent), (row), 112, "version", 3 }) }

const struct rt_proto proto_vrrp34 = VRRP3(rows34, "IP", "proto");
const struct rt_proto proto_vrrp36 = VRRP3(rows36, "IPv6", "nh");

const struct rt_proto proto_vrrp = {
	.name = "VRRP", .spec = "RFC 3768 section 5.1", RT_ROWS(rows2), .header = 8, .is_flow = true,
	.lines = RT_LINES({ .text = "VRRP " LINE }), RT_LINKS({ "IP", "proto", 112 }),
};

const struct rt_proto proto_hsrp = {
	.name = "HSRP", .spec = "RFC 2281 section 5", RT_ROWS(hsrp_rows), .header = 20, .measure = measure_hsrp,
	.lines = RT_LINES({ .text = "HSRP {opcode} {state}| group {group} {virtualIP}" }),
	RT_LINKS({ "UDP", "dport", 1985 }, { "UDP", "sport", 1985 }, { "UDP", "dport", 2029 },
	         { "UDP", "sport", 2029 }),
};

const struct rt_proto proto_hsrp_md5 = {
	.name = "HSRPmd5", .title = "HSRP MD5 Authentication", .spec = "Cisco, no RFC", RT_ROWS(md5_rows), .header = 30,
	RT_LINKS({ "HSRP" }),
};
