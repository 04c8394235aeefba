/* SPDX-License-Identifier: MIT */
/* vxlan.c - VXLAN (RFC 7348 section 5) with the group policy of draft-smith-vxlan-group-policy, and its generic
 * protocol extension (draft-ietf-nvo3-vxlan-gpe), which says what follows. Without the flag of a valid VNI it is
 * something else. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word flags[] = {
	{ 1, "OAM" }, { 2, "R" }, { 4, "NextProtocol" }, { 8, "Instance" }, { 16, "V1" }, { 32, "V2" }, { 64, "R" },
	{ 128, "G" },
};
static const struct rt_word policies[] = {
	{ 1, "R" }, { 2, "R" }, { 4, "R" }, { 8, "A" }, { 16, "R" }, { 32, "R" }, { 64, "D" }, { 128, "R" },
};
static const struct rt_word protocols[] = {
	{ 0, "NotDefined" }, { 1, "IPv4" }, { 2, "IPv6" }, { 3, "Ethernet" }, { 4, "NSH" },
};

#define FLAGS(words) RT_FLAGS, .names = RT_NAMES(RT_WORDS(words), .join = '+')
#define START { "flags", 0, 8, FLAGS(flags), .init = 8 }
#define END { "vni", 32, 24, RT_HEX }, { "reserved2", 56, 8, RT_HEX }
#define HAS_POLICY 0, 1                 /* the flag G                                                     */

static const struct rt_row rows[] = {
	START,
	{ "reserved1", 8, 24, RT_NUM, RT_WHEN(HAS_POLICY, 0) },
	{ "gpflags",   8,  8, FLAGS(policies), RT_WHEN(HAS_POLICY, 1) },
	{ "gpid",     16, 16, RT_NUM, RT_WHEN(HAS_POLICY, 1) },
	END,
};
static const struct rt_row gpe_rows[] = {
	START,
	{ "reserved0",     8, 16, RT_NUM },
	{ "NextProtocol", 24,  8, RT_ENUM, RT_FILL_NEXT, .names = RT_NAMES(RT_WORDS(protocols)) },
	END,
};

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return frame->data[at] & 0x08 ? 8 : 0;
}

static uint32_t measure_gpe(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return (frame->data[at] & 0x8c) == 0x0c ? 8 : 0;
}

#define PORT(row) { "UDP", row, 4789 }, { "UDP", row, 4790 }, { "UDP", row, 6633 }, { "UDP", row, 8472 }
#define BOTH .is_carrier = true, RT_MORE(.prefix = "vxlan {vni} "), .lines = RT_LINES({ .text = "VXLAN vni {vni}|" }), \
	RT_LINKS(PORT("dport"), PORT("sport"))

const struct rt_proto proto_vxlan_gpe = {
	.name = "VXLAN", .spec = "draft-ietf-nvo3-vxlan-gpe", RT_ROWS(gpe_rows), .header = 8, .measure = measure_gpe,
	.next = { "NextProtocol" }, .is_strict = true,
	.summaries = RT_LINES({ .text = "VXLAN (vni={vni})" }), BOTH,
};

const struct rt_proto proto_vxlan = {
	.name = "VXLAN", .spec = "RFC 7348 section 5", RT_ROWS(rows), .header = 8, .measure = measure,
	.summaries = RT_LINES({ .text = "VXLAN (vni={vni}[ gpid={gpid}])" }), BOTH,
};
