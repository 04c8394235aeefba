/* SPDX-License-Identifier: MIT */
/* dsa.c - tags by which switch chips tell the processor behind them which port a frame is from or for: Marvell's DSA
 * and EDSA, Broadcom's, MediaTek's, Qualcomm's (there is no standard; the kernel's net/dsa/tag_*.c, and
 * LINKTYPE_DSA_TAG_*). They stand between the addresses and the type, or in front of all. Nothing in a frame says that
 * there is one: the link type does. */
#include <ringtap/dissect.h>
#include "list.h"
#include "words.h"

static const struct rt_row address_rows[] = { { "dst", 0, 48, RT_MAC }, { "src", 48, 48, RT_MAC } };

#define TYPE(bit) { "type", (bit), 16, RT_XENUM, RT_FILL_NEXT, .names = &ethertypes }
#define NUMBER(name, bit, bits) { name, (bit), (bits), RT_NUM }

/* ---- Marvell --------------------------------------------------------------------------------------------- */

enum mode { TO_CPU, FROM_CPU, TO_SNIFFER, FORWARD };

static const struct rt_word modes[] = {
	{ TO_CPU, "to CPU" }, { FROM_CPU, "from CPU" }, { TO_SNIFFER, "to sniffer" }, { FORWARD, "forward" },
};

/* `code` says why the processor gets the frame; its last bit stands apart. */
#define MARVELL(bit) \
	{ "mode", (bit), 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(modes)) }, \
	NUMBER("tagged", (bit) + 2, 1), NUMBER("device", (bit) + 3, 5), NUMBER("port", (bit) + 8, 5), \
	{ "trunk", (bit) + 13, 1, RT_NUM, RT_UNLESS(bit, 2, TO_CPU) }, \
	{ "reserved", (bit) + 14, 1, RT_NUM, RT_UNLESS(bit, 2, TO_CPU) }, \
	{ "code", (bit) + 13, 2, RT_NUM, RT_WHEN(bit, 2, TO_CPU) }, \
	NUMBER("cfi", (bit) + 15, 1), NUMBER("prio", (bit) + 16, 3), NUMBER("code0", (bit) + 19, 1), \
	NUMBER("vlan", (bit) + 20, 12), TYPE((bit) + 32)

static const struct rt_row dsa_rows[] = { MARVELL(0) };
static const struct rt_row edsa_rows[] = {
	{ "edsa_type", 0, 16, RT_HEX }, { "edsa_reserved", 16, 16, RT_NUM }, MARVELL(32),
};

/* ---- Broadcom -------------------------------------------------------------------------------------------- */

#define FROM_SWITCH 0
static const struct rt_word opcodes[] = { { FROM_SWITCH, "from switch" }, { 1, "to switch" } };
static const struct rt_word reasons[] = {
	{ 0x01, "mirror" }, { 0x02, "learn" }, { 0x04, "switch" }, { 0x08, "terminate" }, { 0x10, "snoop" },
	{ 0x20, "exception" },
};
#define WHEN_FROM RT_WHEN(0, 3, FROM_SWITCH)
#define WHEN_TO   RT_UNLESS(0, 3, FROM_SWITCH)

#define BROADCOM \
	{ "opcode", 0, 3, RT_ENUM, .names = RT_NAMES(RT_WORDS(opcodes)) }, \
	{ "reserved", 3, 5, RT_NUM, WHEN_FROM }, { "class", 8, 8, RT_NUM, WHEN_FROM }, \
	{ "reason", 16, 8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(reasons), .join = '+'), WHEN_FROM }, \
	{ "priority", 24, 3, RT_NUM, WHEN_FROM }, { "port", 27, 5, RT_NUM, WHEN_FROM }, \
	{ "priority", 3, 3, RT_NUM, WHEN_TO }, { "tagging", 6, 2, RT_NUM, WHEN_TO }, \
	{ "stamp", 8, 1, RT_NUM, WHEN_TO }, { "ports", 9, 23, RT_HEX, WHEN_TO }

static const struct rt_row brcm_rows[] = { BROADCOM, TYPE(32) };
static const struct rt_row prepend_rows[] = { BROADCOM };

/* ---- MediaTek, Qualcomm: a port when received, a mask of ports when sent ------------------------------------ */

static const struct rt_word taggings[] = { { 0, "untagged" }, { 1, "802.1Q" }, { 2, "802.1ad" } };

static const struct rt_row mtk_rows[] = {
	NUMBER("reserved", 0, 6), { "tagging", 6, 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(taggings)) },
	NUMBER("reserved2", 8, 1), NUMBER("no_learning", 9, 1), NUMBER("port", 10, 6), NUMBER("prio", 16, 3),
	NUMBER("cfi", 19, 1), NUMBER("vlan", 20, 12), TYPE(32),
};
static const struct rt_row qca_rows[] = {
	NUMBER("version", 0, 2), NUMBER("prio", 2, 3), NUMBER("frame_type", 5, 5), NUMBER("reserved", 10, 2),
	NUMBER("tagged", 12, 1), NUMBER("port", 13, 3), TYPE(16),
};

/* ---- layers ------------------------------------------------------------------------------------------------ */

#define CLAIMS(name, type) \
	static bool name(const struct rt_packet *above, struct rt_layer *layer) \
	{ \
		(void)layer; \
		return above->frame->link == (type); \
	}
CLAIMS(claims_dsa, RT_LINK_DSA)
CLAIMS(claims_edsa, RT_LINK_EDSA)
CLAIMS(claims_brcm, RT_LINK_DSA_BRCM)
CLAIMS(claims_prepend, RT_LINK_DSA_BRCM_PREPEND)
CLAIMS(claims_mtk, RT_LINK_DSA_MTK)
CLAIMS(claims_qca, RT_LINK_DSA_QCA)

#define LINK(type) { "frame", "link", (type) }
const struct rt_proto proto_dsa_ether = {
	.name = "Ether", .title = "Ethernet", .spec = "IEEE 802.3 clause 3", RT_ROWS(address_rows), .header = 12,
	.is_carrier = true, .is_link = true,
	.summaries = RT_LINES({ .text = "{src} > {dst}" }),
	RT_LINKS(LINK(RT_LINK_DSA), LINK(RT_LINK_EDSA), LINK(RT_LINK_DSA_BRCM), LINK(RT_LINK_DSA_MTK),
	         LINK(RT_LINK_DSA_QCA)),
	RT_MORE(.from = "src", .to = "dst", RT_CARRIES({ "DSA" }, { "EDSA" }, { "BRCM" }, { "MTK" }, { "QCA" })),
};

#define TAG(class, words, source, table, bytes, function) { \
	.name = class, .title = words, .spec = source, RT_ROWS(table), .header = bytes, .claims = function, \
	.next = { "type" }, .next_as = "Ether", .is_carrier = true, .is_link = true, RT_MORE(.prefix = "port {port} "), \
	.lines = RT_LINES({ .text = "?type {type}" }) }

const struct rt_proto proto_dsa = TAG("DSA", "DSA tag", "LINKTYPE_DSA_TAG_DSA", dsa_rows, 6, claims_dsa);
const struct rt_proto proto_edsa = TAG("EDSA", "EDSA tag", "LINKTYPE_DSA_TAG_EDSA", edsa_rows, 10, claims_edsa);
const struct rt_proto proto_mtk = TAG("MTK", "MediaTek switch tag", "net/dsa/tag_mtk.c", mtk_rows, 6, claims_mtk);
const struct rt_proto proto_qca = TAG("QCA", "Qualcomm switch tag", "net/dsa/tag_qca.c", qca_rows, 4, claims_qca);

const struct rt_proto proto_brcm = {
	.name = "BRCM", .title = "Broadcom switch tag", .spec = "LINKTYPE_DSA_TAG_BRCM", RT_ROWS(brcm_rows),
	.header = 6, .claims = claims_brcm, .next = { "type" }, .next_as = "Ether", .is_carrier = true, .is_link = true,
	RT_MORE(.prefix = "[port {port} ]"), .lines = RT_LINES({ .text = "?type {type}" }),
};

const struct rt_proto proto_brcm_prepend = {
	.name = "BRCM", .title = "Broadcom switch tag", .spec = "LINKTYPE_DSA_TAG_BRCM_PREPEND", RT_ROWS(prepend_rows),
	.header = 4, .claims = claims_prepend, .is_carrier = true, .is_link = true,
	RT_LINKS(LINK(RT_LINK_DSA_BRCM_PREPEND)),
	RT_MORE(.prefix = "[port {port} ]", RT_CARRIES({ "Ether" }, { "Dot3" })),
};
