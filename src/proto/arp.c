/* SPDX-License-Identifier: MIT */
/* arp.c - address resolution (RFC 826): two hardware and two protocol addresses, whose sizes the header
 * gives; of Ethernet and IPv4 or IPv6 size they are shown as addresses, else as bytes. */
#include <ringtap/dissect.h>
#include "list.h"
#include "words.h"

static const struct rt_word operations[] = {
	{ 1, "who-has" }, { 2, "is-at" }, { 3, "RARP-req" }, { 4, "RARP-rep" }, { 5, "Dyn-RARP-req" },
	{ 6, "Dyn-RAR-rep" }, { 7, "Dyn-RARP-err" }, { 8, "InARP-req" }, { 9, "InARP-rep" },
};

/* The four addresses stand after each other: `bit` is 64 + which, the place comes from the sizes. */
#define ADDRESS(name, which, type) \
	{ name, 64 + (which), 0, type }
enum { HWSRC, PSRC, HWDST, PDST };

static const struct rt_row rows[] = {
	{ "hwtype",  0, 16, RT_XENUM, .names = &hardware_types, .init = 1 },
	{ "ptype",  16, 16, RT_XENUM, .names = &ethertypes, .init = 0x0800 },
	{ "hwlen",  32,  8, RT_NUM, .init = 6 },
	{ "plen",   40,  8, RT_NUM, .init = 4 },
	{ "op",     48, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(operations)), .init = 1 },
	ADDRESS("hwsrc", HWSRC, RT_MAC), ADDRESS("hwsrc", HWSRC, RT_BYTES),
	ADDRESS("psrc",  PSRC,  RT_IP4), ADDRESS("psrc",  PSRC,  RT_IP6), ADDRESS("psrc", PSRC, RT_BYTES),
	ADDRESS("hwdst", HWDST, RT_MAC), ADDRESS("hwdst", HWDST, RT_BYTES),
	ADDRESS("pdst",  PDST,  RT_IP4), ADDRESS("pdst",  PDST,  RT_IP6), ADDRESS("pdst", PDST, RT_BYTES),
};

static enum rt_kind address_kind(const uint8_t *header, bool is_hardware)
{
	uint16_t type = rt_be16(is_hardware ? header : header + 2);
	uint8_t size = header[is_hardware ? 4 : 5];
	if (is_hardware)
		return type == 1 && size == 6 ? RT_MAC : RT_BYTES;
	return type == 0x0800 && size == 4 ? RT_IP4 : type == 0x86dd && size == 16 ? RT_IP6 : RT_BYTES;
}

static bool arp_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	const uint8_t *header = frame->data + layer->at;
	if (row->bit < 64)
		return true;
	unsigned which = row->bit - 64u, pair = header[4] + header[5];
	if (row->kind != address_kind(header, which == HWSRC || which == HWDST))
		return false;
	uint32_t at = 8 + (which >= HWDST ? pair : 0) + (which % 2 ? header[4] : 0u);
	*place = (struct rt_place){ at * 8, header[which % 2 ? 5 : 4] * 8u };
	return true;
}

static uint32_t arp_measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return 8 + 2 * ((uint32_t)frame->data[at + 4] + frame->data[at + 5]);
}

const struct rt_proto proto_arp = {
	.name = "ARP", .spec = "RFC 826", RT_ROWS(rows), .header = 8, .is_last = true, .is_whole = true, .is_certain = true,
	.measure = arp_measure, .place = arp_place,
	.lines = RT_LINES(
		{ "op", 1, "ARP who-has {pdst} tell {psrc}" },
		{ "op", 2, "ARP {psrc} is-at {hwsrc}" },
		{ "op", 3, "RARP who-is {hwdst} tell {hwsrc}" },
		{ "op", 4, "RARP {hwdst} is-at {pdst}" },
		{ .text = "ARP {op} {psrc} > {pdst}" }),
	.summaries = RT_LINES(
		{ "op", 1, "ARP who has {pdst} says {psrc}" },
		{ "op", 2, "ARP is at {hwsrc} says {psrc}" },
		{ .text = "ARP {op} {psrc} > {pdst}" }),
	RT_LINKS({ "Ether", "type", 0x0806 }, { "Ether", "type", 0x8035 }),
};
