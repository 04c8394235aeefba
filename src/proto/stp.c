/* SPDX-License-Identifier: MIT */
/* stp.c - spanning tree messages (IEEE 802.1D-2004 clause 9): configuration, and topology changes, which end behind the
 * type; version 2 (RSTP) has the length of nothing at its end. Cisco's per VLAN lies behind SNAP. The instances of
 * version 3 (MSTP) stay Raw. */
#include "list.h"
#include "llc.h"

#define SECONDS .names = RT_NAMES(.per = 256)
#define CONFIG  RT_UNLESS(24, 8, 0x80)  /* of `bpdutype`                                              */

static const struct rt_row rows[] = {
	{ "proto",            0, 16, RT_NUM },
	{ "version",         16,  8, RT_NUM },
	{ "bpdutype",        24,  8, RT_NUM },
	{ "bpduflags",       32,  8, RT_NUM, CONFIG },
	{ "rootid",          40, 16, RT_NUM, CONFIG },
	{ "rootmac",         56, 48, RT_MAC, CONFIG },
	{ "pathcost",       104, 32, RT_NUM, CONFIG },
	{ "bridgeid",       136, 16, RT_NUM, CONFIG },
	{ "bridgemac",      152, 48, RT_MAC, CONFIG },
	{ "portid",         200, 16, RT_NUM, CONFIG },
	{ "age",            216, 16, RT_FIXED, SECONDS, CONFIG },
	{ "maxage",         232, 16, RT_FIXED, SECONDS, CONFIG },
	{ "hellotime",      248, 16, RT_FIXED, SECONDS, CONFIG },
	{ "fwddelay",       264, 16, RT_FIXED, SECONDS, CONFIG },
	{ "version1length", 280,  8, RT_NUM, RT_WHEN(16, 8, 2, 3) },
};

static bool claims_stp(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return is_llc(above, 0x42) || is_snap(above, 0x00000c);
}

#define SAYS " root {rootid}/{rootmac} cost {pathcost} bridge {bridgeid}/{bridgemac} port {portid}"

const struct rt_proto proto_stp = {
	.name = "STP", .title = "Spanning Tree Protocol", .spec = "IEEE 802.1D-2004 clause 9", RT_ROWS(rows),
	.header = 4, .claims = claims_stp,
	.lines = RT_LINES(
		{ "bpdutype", 0x80, "STP topology change" },
		{ "version", 2, "RSTP|" SAYS },
		{ "version", 3, "MSTP|" SAYS },
		{ .text = "STP|" SAYS }),
	RT_LINKS({ "LLC", "dsap", 0x42 }, { "Ether", "type", 0x010b }),
};
