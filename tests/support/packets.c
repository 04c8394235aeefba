// SPDX-License-Identifier: MIT
/* packets.c - bodies written byte by byte, IPv6 chains of extension headers put together from their
 * numbers, and the link headers in front of them. RFC 791, 792, 793, 768, 826, 903, 8200, 4302, 6275; IEEE
 * 802.1Q; LINKTYPE_LINUX_SLL and _SLL2 as tcpdump.org describes them. Checksums are 0: no filter looks at
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include "packets.h"

enum to { ONE, ALL, GROUP };     /* unicast, broadcast, multicast destination */

struct body { const char *name; uint16_t type; enum to to; const char *hex; };

#define A1   "0a000001"          /* 10.0.0.1                                                    */
#define A2   "0a000002"          /* 10.0.0.2                                                    */
#define C34  "c0a81022"          /* 192.168.16.34                                               */
#define C100 "c0a81064"          /* 192.168.16.100                                              */
#define S1   "20010db8000000000000000000000001"      /* 2001:db8::1                             */
#define S2   "20010db8000000000000000000000002"      /* 2001:db8::2                             */
#define SYN  "c001 0050 00000001 00000000 5002 ffff 0000 0000 "      /* 49153 -> 80             */
#define DATA "abac 01bb 00000002 00000003 5018 0200 0000 0000 6869 " /* 43948 -> 443, "hi"      */

static const struct body bodies[] = {
	/*                             version/ihl tos, length, id, fragment, ttl, protocol, checksum, from, to */
	{ "tcp4-syn",     0x0800, ONE,   "4500 0028 0001 4000 40 06 0000" A1 A2 SYN },
	{ "udp4-dns",     0x0800, ONE,   "4510 0024 0002 0000 40 11 0000" A1 "0a000035"
	                                 "cf08 0035 0010 0000 6869686968696869" },
	{ "icmp4-echo",   0x0800, ONE,   "4500 001c 0003 0000 40 01 0000" C34 C100 "0800 0000 0006 0001" },
	{ "tcp4-later",   0x0800, ONE,   "4500 0028 0004 1000 40 06 0000" A1 A2
	                                 "0050 0050 00000001 00000000 5002 ffff 0000 0000" },
	{ "tcp4-options", 0x0800, ONE,   "4800 0034 0005 0000 40 06 0000" A2 "ac100001"
	                                 "0101 0101 0101 0101 0101 0100" SYN },
	{ "arp-request",  0x0806, ALL,   "0001 0800 06 04 0001 020000000001" A1 "000000000000" A2 },
	{ "tcp6-plain",   0x86dd, ONE,   "60000000 0014 06 40" S1 S2 SYN },
	{ "udp6-plain",   0x86dd, ONE,   "60000000 000a 11 40" S2 S1 "0035 cf08 000a 0000 6869" },
	{ "icmp6-echo",   0x86dd, ONE,   "60000000 0008 3a 40" S1 S2 "8000 0000 0006 0001" },
	{ "tcp6-x0",      0x86dd, ONE,   "60000000 001c 00 40" S1 S2 "06 00 050200000000" SYN },
#define IN_ALL_WAYS 10           /* the rows above meet every way of being carried, also in the small set */
	{ "tcp4-data",    0x0800, ONE,   "4500 002a 0006 4000 40 06 0000" C34 C100 DATA },
	{ "tcp4-rst",     0x0800, ONE,   "4500 0028 0007 4000 ff 06 0000" A2 A1
	                                 "0016 c350 00000001 00000000 5004 0000 0000 0000" },
	{ "tcp4-first",   0x0800, ONE,   "4500 0028 0008 2000 40 06 0000" A1 A2
	                                 "0050 1f90 00000001 00000000 5010 ffff 0000 0000" },
	{ "udp4-first",   0x0800, ONE,   "4500 0024 0009 2000 40 11 0000" A1 A2
	                                 "0035 0035 0100 0000 6869686968696869" },
	{ "udp4-later",   0x0800, ONE,   "4500 0024 0009 2001 40 11 0000" A1 A2
	                                 "0035 0035 0035 0035 6869686968696869" },
	{ "udp4-options", 0x0800, ONE,   "4600 0020 000a 0000 01 11 0000" C34 A1 "94040000"
	                                 "13c4 1fff 0008 0000" },
	{ "udp4-mdns",    0x0800, GROUP, "4500 0020 000b 0000 ff 11 0000" C34 "e00000fb"
	                                 "14e9 14e9 000c 0000 00000000" },
	{ "udp4-dhcp",    0x0800, ALL,   "4500 0020 000c 0000 40 11 0000" "00000000 ffffffff"
	                                 "0044 0043 000c 0000 01010600" },
	{ "icmp4-reply",  0x0800, ONE,   "4500 001c 000d 0000 40 01 0000" C100 C34 "0000 0000 0006 0001" },
	{ "icmp4-port",   0x0800, ONE,   "4500 0038 000e 0000 40 01 0000" C100 C34 "0303 0000 00000000"
	                                 "4500 001c 0003 0000 40 11 0000" C34 C100 "13c4 0035 0008 0000" },
	{ "icmp4-later",  0x0800, ONE,   "4500 001c 000f 0010 40 01 0000" A1 A2 "0800 0000 0006 0001" },
	{ "igmp4",        0x0800, GROUP, "46c0 0020 0010 0000 01 02 0000" C34 "e0000016" "94040000"
	                                 "1600 0000 e00000fb" },
	{ "sctp4",        0x0800, ONE,   "4500 0020 0011 0000 40 84 0000" A1 A2
	                                 "0050 1388 00000001 00000000" },
	{ "gre4",         0x0800, ONE,   "4500 0018 0012 0000 40 2f 0000" A1 A2 "0000 0800" },
	{ "esp4",         0x0800, ONE,   "4500 001c 0013 0000 40 32 0000" A1 A2 "00000001 00000001" },
	{ "arp-reply",    0x0806, ONE,   "0001 0800 06 04 0002 020000000002" A2 "020000000001" A1 },
	{ "rarp-request", 0x8035, ALL,   "0001 0800 06 04 0003 020000000001 00000000 020000000001 0a000063" },
	{ "udp6-mdns",    0x86dd, GROUP, "60000000 0008 11 ff fe800000000000000000000000000001"
	                                 "ff0200000000000000000000000000fb" "14e9 14e9 0008 0000" },
	{ "icmp6-ns",     0x86dd, GROUP, "60000000 0018 3a ff" S1 "ff0200000000000000000001ff000002"
	                                 "8700 0000 00000000" S2 },
	{ "sctp6",        0x86dd, ONE,   "60000000 000c 84 40" S1 S2 "0050 1388 00000001 00000000" },
	{ "none6",        0x86dd, ONE,   "60000000 0000 3b 40" S1 S2 },
	{ "mpls",         0x8847, ONE,   "000641ff 4500 0028 0001 4000 40 06 0000" A1 A2 },
	{ "pppoe",        0x8864, ONE,   "1100 0001 001e 0021 4500 001c 0001 4000 40 11 0000" A1 A2 },
	{ "local",        0x88b5, ONE,   "4500 0028 0001 4000 40 06 0000" A1 A2 SYN },
	{ "stp",          0x0026, GROUP,
	                                 "424203 0000 00 00 00 8000020000000001 00000000 8000020000000001 8001" },
	{ "snap",         0x0024, ONE,   "aaaa03 000000 0800 4500 001c 0001 0000 40 11 0000" A1 A2
	                                 "0035 0035 0008 0000" },
};

/* Chains of extension headers: their numbers in order, what stands behind them. 44: a first fragment; -44:
 * a later one, behind which there is only data. */
struct chain { const char *name; uint8_t last; int16_t headers[9]; };

static const struct chain chains[] = {
	{ "tcp6-x43",       6, { 43 } },
	{ "tcp6-x51",       6, { 51 } },
	{ "tcp6-x60",       6, { 60 } },
	{ "tcp6-x135",      6, { 135 } },
	{ "tcp6-first",     6, { 44 } },
	{ "tcp6-later",     6, { -44 } },
	{ "udp6-x0",       17, { 300 } },
	{ "udp6-first",    17, { 60, 44 } },
	{ "udp6-later",    17, { 60, -44 } },
	{ "udp6-behind",   17, { 44, 60, 51 } },
	{ "icmp6-x0",      58, { 300 } },
	{ "icmp6-x60-60",  58, { 60, 60 } },
	{ "tcp6-x3",        6, { 300, 60, 43 } },
	{ "tcp6-x4",        6, { 300, 60, 43, 44 } },
	{ "udp6-x5",       17, { 300, 60, 43, 44, 51 } },
	{ "tcp6-x6",        6, { 300, 60, 43, 44, 51, 60 } },
	{ "tcp6-x7",        6, { 300, 60, 43, 44, 51, 60, 135 } },
	{ "tcp6-x8",        6, { 300, 60, 60, 43, 44, 51, 60, 135 } },
	{ "none6-x0",      59, { 300 } },
};
#define HOP_BY_HOP 300           /* number 0, in a table where 0 is the end */

static size_t put_hex(uint8_t *at, const char *hex)
{
	size_t digits = 0;
	for (; *hex; hex++) {
		if (*hex == ' ')
			continue;
		const unsigned value = (unsigned)(*hex <= '9' ? *hex - '0' : *hex - 'a' + 10);
		at[digits / 2] = (uint8_t)(digits % 2 ? at[digits / 2] | value : value << 4);
		digits++;
	}
	return digits / 2;
}

static uint8_t chain_number(const struct chain *chain, size_t at)
{
	const int header = chain->headers[at];
	if (header == 0)
		return chain->last;
	return header == HOP_BY_HOP ? 0 : (uint8_t)(header < 0 ? -header : header);
}

/* Each header names the next one; lengths are in their own units: 4 bytes less 8 for AH, 8 bytes less 8
 * for others. */
static size_t chain_header(uint8_t *at, const struct chain *chain, size_t place)
{
	const uint8_t number = chain_number(chain, place);
	size_t size = number == 51 ? 24 : number == 43 ? 24 : number == 44 ? 8 : place % 2 ? 16 : 8;
	memset(at, 0, size);
	at[0] = chain_number(chain, place + 1);
	at[1] = (uint8_t)(number == 44 ? 0 : number == 51 ? size / 4 - 2 : size / 8 - 1);
	if (number == 44)
		put_hex(at + 2, chain->headers[place] < 0 ? "0009 00000007" : "0001 00000007");
	return size;
}

static size_t chain_bytes(uint8_t *at, const struct chain *chain)
{
	size_t size = put_hex(at, "60000000 0000 00 40" S1 S2);
	at[6] = chain_number(chain, 0);
	for (size_t i = 0; chain->headers[i]; i++)
		size += chain_header(at + size, chain, i);
	if (chain->last == 6)
		size += put_hex(at + size, SYN);
	else if (chain->last == 17)
		size += put_hex(at + size, "0035 cf08 000a 0000 6869");
	else if (chain->last == 58)
		size += put_hex(at + size, "8f00 0000 00000000");
	at[4] = (uint8_t)((size - 40) >> 8);
	at[5] = (uint8_t)(size - 40);
	return size;
}

/* What stands between the addresses and the ethertype. */
static const struct { const char *name, *hex; } ways[] = {
	{ "plain",    "" },
	{ "vlan",     "8100 0005 " },
	{ "qinq",     "8100 0064 8100 0005 " },
	{ "88a8",     "88a8 0064 8100 0005 " },
	{ "zero",     "8100 0000 " },            /* priority tag */
	{ "9100",     "9100 0064 8100 0005 " },
	{ "service",  "88a8 a005 " },            /* one tag, with priority bits */
	{ "six",      "8100 e006 " },
};
#define SMALL_WAYS 6

static struct test_packet *set_add(struct packet_set *set)
{
	if (set->count == set->room) {
		set->room = set->room ? set->room * 2 : 256;
		set->packets = realloc(set->packets, set->room * sizeof *set->packets);
		if (!set->packets)
			abort();
	}
	struct test_packet *packet = &set->packets[set->count++];
	memset(packet, 0, sizeof *packet);
	return packet;
}

/* The link header up to where a tag or the ethertype goes; `type_at` is where SLL2 keeps it, at its front. */
static size_t put_link(uint8_t *at, unsigned link, enum to to)
{
	static const char *const to_mac[] = { "020000000002", "ffffffffffff", "01005e0000fb" };
	static const char *const sll[] = { "0000", "0001", "0002" }, *const sll2[] = { "00", "01", "02" };
	switch (link) {
	case RT_LINK_ETHER:
		return put_hex(at, to_mac[to]) + put_hex(at + 6, "020000000001");
	case RT_LINK_SLL:            /* packet type, ARPHRD, address length, address */
		return put_hex(at, sll[to]) + put_hex(at + 2, "0001 0006 0200000000010000");
	case RT_LINK_SLL2:           /* protocol, reserved, interface, ARPHRD; packet type; address */
		put_hex(at, "0000 0000 00000003 0001");
		put_hex(at + 10, sll2[to]);
		return 11 + put_hex(at + 11, "06 0200000000010000");
	default:
		return 0;
	}
}

static size_t put_frame(uint8_t *at, unsigned link, enum to to, const char *tags, uint16_t type)
{
	if (link == RT_LINK_RAW)
		return 0;
	uint8_t types[32];
	size_t size = put_link(at, link, to), extra = put_hex(types, tags);
	types[extra] = (uint8_t)(type >> 8);
	types[extra + 1] = (uint8_t)type;
	const size_t first = link == RT_LINK_SLL2 ? 2 : 0;
	memcpy(at, types, first);
	memcpy(at + size, types + first, extra + 2 - first);
	return size + extra + 2 - first;
}

static bool is_ip(uint16_t type) { return type == 0x0800 || type == 0x86dd; }

static void add_body(struct packet_set *set, const struct body *body, const uint8_t *bytes, size_t size,
                     size_t way)
{
	if (set->link == RT_LINK_RAW && !is_ip(body->type))
		return;
	if (set->link != RT_LINK_ETHER && body->type < 0x600)
		return;
	struct test_packet *packet = set_add(set);
	snprintf(packet->body, sizeof packet->body, "%s", body->name);
	snprintf(packet->way, sizeof packet->way, "%s", ways[way].name);
	packet->is_whole = true;
	const size_t at = put_frame(packet->bytes, set->link, body->to, ways[way].hex, body->type);
	memcpy(packet->bytes + at, bytes, size);
	packet->size = (uint32_t)(at + size);
}

static void add_ways(struct packet_set *set, const struct body *body, const uint8_t *bytes, size_t size,
                     size_t count)
{
	if (set->link == RT_LINK_RAW)
		count = 1;
	for (size_t way = 0; way < count; way++)
		add_body(set, body, bytes, size, way);
}

/* Frames so short that headers are missing: the beginning of a real one. */
static void add_runts(struct packet_set *set)
{
	const struct test_packet whole = set->packets[0];
	for (uint32_t size = 0; size <= 20; size++) {
		struct test_packet *packet = set_add(set);
		*packet = whole;
		snprintf(packet->body, sizeof packet->body, "runt-%u", size);
		snprintf(packet->way, sizeof packet->way, "short");
		packet->is_whole = false;
		packet->size = size;
	}
}

static struct packet_set make(unsigned link, bool is_full)
{
	struct packet_set set = { .link = link };
	uint8_t bytes[TEST_PACKET_MAX];
	for (size_t i = 0; i < RT_COUNT(bodies); i++) {
		const size_t size = put_hex(bytes, bodies[i].hex);
		const size_t count = is_full ? RT_COUNT(ways) : i < IN_ALL_WAYS ? SMALL_WAYS : 1;
		add_ways(&set, &bodies[i], bytes, size, count);
	}
	for (size_t i = 0; i < RT_COUNT(chains); i++) {
		const struct body body = { .name = chains[i].name, .type = 0x86dd, .to = ONE };
		add_ways(&set, &body, bytes, chain_bytes(bytes, &chains[i]), is_full ? RT_COUNT(ways) : 1);
	}
	add_runts(&set);
	return set;
}

struct packet_set packets_make(unsigned link) { return make(link, true); }
struct packet_set packets_make_few(unsigned link) { return make(link, false); }

void packets_free(struct packet_set *set)
{
	free(set->packets);
	*set = (struct packet_set){ 0 };
}

const struct test_packet *packets_find(const struct packet_set *set, const char *way, const char *body)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->packets[i].way, way) == 0 && strcmp(set->packets[i].body, body) == 0)
			return &set->packets[i];
	return NULL;
}

struct dice dice_new(uint64_t otherwise)
{
	const char *seed = getenv("RINGTAP_SEED");
	struct dice dice = { seed ? strtoull(seed, NULL, 0) : otherwise };
	printf("RINGTAP_SEED=%llu\n", (unsigned long long)dice.state);
	return dice;
}

uint32_t dice_roll(struct dice *dice, uint32_t sides)        /* splitmix64 */
{
	dice->state += 0x9e3779b97f4a7c15u;
	uint64_t z = dice->state;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32) % sides;
}

static void damage(struct test_packet *packet, bool may_cut, struct dice *dice)
{
	static const uint8_t telling[] = { 0x08, 0x00, 0x81, 0x86, 0xdd, 0x06, 0x11, 0x45, 0x4f, 0x60, 0x2c,
	                                   0xff };
	packet->is_whole = false;
	strcpy(packet->way, "damaged");
	if (packet->size == 0)
		return;
	if (may_cut && dice_roll(dice, 3) == 0) {
		packet->size = dice_roll(dice, packet->size);
		return;
	}
	for (uint32_t i = 1 + dice_roll(dice, 3); i > 0; i--) {
		const uint32_t at = dice_roll(dice, packet->size);
		packet->bytes[at] = (uint8_t)(dice_roll(dice, 2) ? telling[dice_roll(dice, sizeof telling)]
		                                                  : dice_roll(dice, 256));
	}
}

void packets_damage(struct packet_set *set, size_t count, unsigned copies, bool may_cut, struct dice *dice)
{
	for (size_t i = 0; i < count; i++) {
		for (unsigned copy = 0; copy < copies; copy++) {
			struct test_packet *packet = set_add(set);
			*packet = set->packets[i];
			damage(packet, may_cut, dice);
		}
	}
}
