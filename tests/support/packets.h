/* SPDX-License-Identifier: MIT */
/* packets.h - the packets that filters are judged on: every body (what an ethertype announces) in every
 * way a link may carry it, under a name; runts; and damaged copies. Randomness with a seed, so that all of
 * it can be repeated. */
#ifndef RINGTAP_TESTS_PACKETS_H
#define RINGTAP_TESTS_PACKETS_H

#include <ringtap/packet.h>

#define TEST_PACKET_MAX 512

struct test_packet {
	char body[32];           /* "tcp4-syn", "runt-7"                                            */
	char way[16];            /* how it is carried: "plain", "vlan", "qinq" ...                  */
	const char *shark;       /* the last layers tshark must find in it, if it is whole          */
	bool is_whole;           /* all headers are there and true                                  */
	uint32_t size;
	uint8_t bytes[TEST_PACKET_MAX];
};

struct dice { uint64_t state; };

struct packet_set { unsigned link; size_t count, room; struct test_packet *packets; };

/* All usual bodies the link can carry, in all its ways or the first few, the frames that only 802.11 has, and runts. */
struct packet_set packets_make(unsigned link);
/* Also tunnels, labels, PPPoE, 802.2, other network layers; and on cooked links what this host sends. */
struct packet_set packets_make_all(unsigned link);
/* Only the usual bodies, carried plainly, and the first of them in a few ways: for tests that count seconds. */
struct packet_set packets_make_few(unsigned link);
/* One more, that need not be whole; at most TEST_PACKET_MAX bytes of it. */
void packets_add(struct packet_set *set, const char *body, const char *way, const uint8_t *bytes, size_t size);
/* Adds IPv6 chains made by dice, some that end in a fragment but the first, untagged and in three ways with tags:
 * `copies` for each length from 0 to 8 headers. */
void packets_chains(struct packet_set *set, unsigned copies, struct dice *dice);
void packets_free(struct packet_set *set);
/* Do patterns name the packet? The last one that fits decides; '!' takes away. A pattern with a '/' is for way/body,
 * else for the body. */
bool packets_fit(const char *patterns, const struct test_packet *packet);
/* A line for a bug report on standard output: what, the expression, the link, way/body, the bytes. */
void packets_report(const char *what, const char *text, unsigned link, const struct test_packet *packet);
const struct test_packet *packets_find(const struct packet_set *set, const char *way, const char *body);

/* RINGTAP_SEED from the environment, else `otherwise`; prints what it took. */
struct dice dice_new(uint64_t otherwise);
uint32_t dice_roll(struct dice *dice, uint32_t sides);       /* 0 .. sides - 1 */

/* `copies` damaged copies of the first `count` packets are added: cut short, or with 1 to 3 bytes changed. */
void packets_damage(struct packet_set *set, size_t count, unsigned copies, bool may_cut, struct dice *dice);

#endif
