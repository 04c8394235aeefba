/* SPDX-License-Identifier: MIT */
/* pool.c - test packets and samples in one set. */
#include <stdio.h>
#include <stdlib.h>
#include "pool.h"
#include "sample.h"

static void add_sample(struct packet_set *set, const struct sample *sample)
{
	uint8_t bytes[SAMPLE_MAX];
	const size_t size = sample_bytes(sample, bytes);
	if (sample->link != set->link || size > TEST_PACKET_MAX)
		return;
	struct test_packet *packet = &set->packets[set->count++];
	memset(packet, 0, sizeof *packet);
	snprintf(packet->body, sizeof packet->body, "%s", sample->name);
	snprintf(packet->way, sizeof packet->way, "sample");
	memcpy(packet->bytes, bytes, size);
	packet->size = (uint32_t)size;
}

struct packet_set pool_make(unsigned link)
{
	struct packet_set set = packets_make_all(link);
	set.room = set.count + sample_count;
	set.packets = realloc(set.packets, set.room * sizeof *set.packets);
	if (!set.packets)
		abort();
	for (size_t i = 0; i < sample_count; i++)
		add_sample(&set, &samples[i]);
	return set;
}

void pool_report(const char *what, const char *text, const struct packet_set *set, const struct test_packet *packet)
{
	printf("%s | %s | %s | %s/%s ", what, text, rt_link_name(set->link), packet->way, packet->body);
	for (uint32_t i = 0; i < packet->size; i++)
		printf("%02x", packet->bytes[i]);
	printf("\n");
}
