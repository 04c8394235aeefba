// SPDX-License-Identifier: MIT
/* packets.c - every body (bodies.c) as every link carries it (ways.c, wlan.c); runts, damaged copies, and the dice for
 * them. */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include "bodies.h"
#include "packets.h"

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

static void finish(struct test_packet *packet, const struct frame *frame, const char *way, const char *body,
                   const char *shark)
{
	if (frame->size > TEST_PACKET_MAX)
		abort();
	packet->size = (uint32_t)frame->size;
	snprintf(packet->way, sizeof packet->way, "%s", way);
	snprintf(packet->body, sizeof packet->body, "%s", body);
	packet->shark = shark;
	packet->is_whole = true;
}

static void add_ways(struct packet_set *set, const struct load *load, size_t most)
{
	for (size_t way = 0; way < most && way_name(set->link, way); way++) {
		struct test_packet *packet = set_add(set);
		struct frame frame = { packet->bytes, 0 };
		if (!way_put(&frame, set->link, way, load)) {
			set->count--;
			continue;
		}
		finish(packet, &frame, way_name(set->link, way), load->body->name, load->body->shark);
	}
}

static void add_bodies(struct packet_set *set, const struct body *from, size_t count, size_t most)
{
	uint8_t bytes[BODY_MAX];
	for (size_t i = 0; i < count; i++)
		add_ways(set, &(struct load){ &from[i], bytes, hex_put(bytes, from[i].hex) }, most);
}

static void add_chains(struct packet_set *set, size_t most)
{
	uint8_t bytes[BODY_MAX];
	for (size_t i = 0; i < chains_count(); i++) {
		struct body body;
		const size_t size = chain_get(i, &body, bytes);
		add_ways(set, &(struct load){ &body, bytes, size }, most);
	}
}

static void add_wlan_frames(struct packet_set *set, size_t most)
{
	for (size_t way = 0; way < most && radio_name(set->link, way); way++) {
		for (size_t i = 0; i < wlan_frame_count; i++) {
			struct test_packet *packet = set_add(set);
			struct frame frame = { packet->bytes, 0 };
			radio_put(&frame, set->link, way, &wlan_frames[i]);
			finish(packet, &frame, radio_name(set->link, way), wlan_frames[i].name,
			       wlan_frames[i].shark);
		}
	}
}

/* Frames so short that headers are missing: the beginning of a real one. */
static void add_runts(struct packet_set *set)
{
	const struct test_packet whole = set->packets[0];
	for (uint32_t size = 0; size <= 20 || size < whole.size; size += size < 20 ? 1 : 7) {
		struct test_packet *packet = set_add(set);
		*packet = whole;
		snprintf(packet->body, sizeof packet->body, "runt-%u", size);
		snprintf(packet->way, sizeof packet->way, "short");
		packet->is_whole = false;
		packet->size = size;
	}
}

static bool has_tags(unsigned link) { return link == RT_LINK_ETHER || link == RT_LINK_SLL || link == RT_LINK_SLL2; }

enum size { FEW, USUAL, ALL_THERE_IS };

#define ALL_WAYS  SIZE_MAX
#define TAG_WAYS  8              /* of Ethernet and cooked links, but for the outgoing one        */
#define FEW_WAYS  6              /* of a small set                                               */
#define SOME_WAYS 3              /* of what is carried alike                                     */
#define CHAIN_WAYS 4             /* of chains made by dice                                       */

static struct packet_set make(unsigned link, enum size size)
{
	struct packet_set set = { .link = link };
	const size_t all = size == FEW ? FEW_WAYS : size == USUAL && has_tags(link) ? TAG_WAYS : ALL_WAYS;
	const size_t usual = size == FEW ? 1 : has_tags(link) ? all : SOME_WAYS;
	add_bodies(&set, bodies, bodies_common, all);
	add_bodies(&set, bodies + bodies_common, bodies_count - bodies_common, usual);
	add_chains(&set, usual);
	if (size == ALL_THERE_IS)
		add_bodies(&set, more_bodies, more_bodies_count, SOME_WAYS);
	if (is_wlan(link))
		add_wlan_frames(&set, size == FEW ? 1 : ALL_WAYS);
	add_runts(&set);
	return set;
}

void packets_chains(struct packet_set *set, unsigned copies, struct dice *dice)
{
	uint8_t bytes[BODY_MAX];
	char name[32];
	for (unsigned i = 0; i < 9 * copies; i++) {
		struct body body = { .name = name };
		const size_t size = chain_random(i / copies, dice, name, &body, bytes);
		add_ways(set, &(struct load){ &body, bytes, size }, CHAIN_WAYS);
	}
}

struct packet_set packets_make(unsigned link) { return make(link, USUAL); }
struct packet_set packets_make_few(unsigned link) { return make(link, FEW); }
struct packet_set packets_make_all(unsigned link) { return make(link, ALL_THERE_IS); }

void packets_add(struct packet_set *set, const char *body, const char *way, const uint8_t *bytes, size_t size)
{
	struct test_packet *packet = set_add(set);
	snprintf(packet->body, sizeof packet->body, "%s", body);
	snprintf(packet->way, sizeof packet->way, "%s", way);
	packet->size = (uint32_t)(size < TEST_PACKET_MAX ? size : TEST_PACKET_MAX);
	memcpy(packet->bytes, bytes, packet->size);
}

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

bool packets_fit(const char *patterns, const struct test_packet *packet)
{
	char list[400], full[64], *rest = list;
	bool is_fit = false;
	snprintf(list, sizeof list, "%s", patterns);
	snprintf(full, sizeof full, "%s/%s", packet->way, packet->body);
	for (const char *word; (word = strsep(&rest, " "));) {
		const bool takes_away = *word == '!';
		word += takes_away;
		if (fnmatch(word, strchr(word, '/') ? full : packet->body, 0) == 0)
			is_fit = !takes_away;
	}
	return is_fit;
}

void packets_report(const char *what, const char *text, unsigned link, const struct test_packet *packet)
{
	printf("%s | %s | %s | %s/%s ", what, text, rt_link_name(link), packet->way, packet->body);
	for (uint32_t i = 0; i < packet->size; i++)
		printf("%02x", packet->bytes[i]);
	printf("\n");
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
