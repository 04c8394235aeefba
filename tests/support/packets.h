/* SPDX-License-Identifier: MIT */
/* packets.h - the packets that filters are judged on: every body (what an ethertype announces) in every
 * way a link may carry it, under a name; runts; and damaged copies. Randomness with a seed, so that all of
 * it can be repeated. */
#ifndef RINGTAP_TESTS_PACKETS_H
#define RINGTAP_TESTS_PACKETS_H

#include <ringtap/packet.h>

#define TEST_PACKET_MAX 320

struct test_packet {
	char body[32];           /* "tcp4-syn", "runt-7"                                            */
	char way[16];            /* how it is carried: "plain", "vlan", "qinq" ...                  */
	bool is_whole;           /* all headers are there and true                                  */
	uint32_t size;
	uint8_t bytes[TEST_PACKET_MAX];
};

struct packet_set { unsigned link; size_t count, room; struct test_packet *packets; };

/* All bodies the link can carry in all its ways, and runts of 0 to 20 bytes. */
struct packet_set packets_make(unsigned link);
/* Only the bodies, carried plainly, and the first few of them in all ways: for tests that count seconds. */
struct packet_set packets_make_few(unsigned link);
void packets_free(struct packet_set *set);
const struct test_packet *packets_find(const struct packet_set *set, const char *way, const char *body);

struct dice { uint64_t state; };

/* RINGTAP_SEED from the environment, else `otherwise`; prints what it took. */
struct dice dice_new(uint64_t otherwise);
uint32_t dice_roll(struct dice *dice, uint32_t sides);       /* 0 .. sides - 1 */

/* `copies` damaged copies of the first `count` packets are added: cut short, or with 1 to 3 bytes changed. */
void packets_damage(struct packet_set *set, size_t count, unsigned copies, bool may_cut, struct dice *dice);

#endif
