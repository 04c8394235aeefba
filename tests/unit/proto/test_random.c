/* SPDX-License-Identifier: MIT */
/* test_random.c - any bytes at all, and samples with a few bytes changed, on every link type: layers nest, fields lie
 * inside their headers, and no packet costs more than its budget of layers and items. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>
#include "hard.h"
#include "links.h"
#include "nest.h"

#define RANDOM  200000                  /* frames of any bytes                                          */

static const uint16_t links[] = { ALL_LINKS, 9999 };

static void test_random(void **state)
{
	uint32_t seed = HARD_SEED;
	uint8_t bytes[SAMPLE_MAX];
	(void)state;
	print_message("seed %u\n", HARD_SEED);
	for (unsigned i = 0; i < RANDOM; i++) {
		uint32_t size = hard_random(&seed) % 200;
		for (uint32_t k = 0; k < size; k++)
			bytes[k] = (uint8_t)(hard_random(&seed) >> 8);
		hard_frame(links[i % RT_COUNT(links)], bytes, size, size + hard_random(&seed) % 3);
	}
}

static void test_spoilt(void **state)
{
	(void)state;
	print_message("seed %u\n", HARD_SEED);
	for (size_t i = 0; i < sample_count; i++)
		hard_spoil(&samples[i]);
}

/* Every link type with every value of the row that selects what follows. */
static void test_all_links(void **state)
{
	uint32_t seed = HARD_SEED;
	uint8_t bytes[256];
	(void)state;
	for (uint32_t link = 0; link < 300; link++) {
		for (unsigned n = 0; n < 20; n++) {
			for (size_t k = 0; k < sizeof bytes; k++)
				bytes[k] = n == 0 ? 0 : n == 1 ? 0xff : (uint8_t)(hard_random(&seed) >> 8);
			hard_frame(link, bytes, sizeof bytes, sizeof bytes);
		}
	}
}

/* ---- budgets ---------------------------------------------------------------------------------------------- */

#define ENDS6 "00000000000000000000000000000001" "00000000000000000000000000000002"

struct tower { const char *name; uint16_t link; const char *first, *each; };

static const struct tower towers[] = {
	{ "tags in tags", RT_LINK_ETHER, "0200000000020200000000018100", "00058100" },
	{ "IP in IP", RT_LINK_IPV4, "", "45000000000000004004000001010101" "02020202" },
	{ "IPv6 in IPv6", RT_LINK_IPV6, "", "6000000000002940" ENDS6 },
	{ "headers of options", RT_LINK_IPV6, "6000000000003c40" ENDS6, "3c00010400000000" },
	{ "ND options", RT_LINK_IPV6, "6000000000003aff" ENDS6 "8500000000000000", "0101020000000001" },
};

static uint32_t put_hex(uint8_t *at, const char *hex)
{
	const struct sample sample = { "tower", 0, hex };
	return (uint32_t)sample_bytes(&sample, at);
}

/* 4,000 bytes of headers in headers: at most RT_LAYERS_MAX layers, the rest is Raw. */
static void test_tower(void **state)
{
	const struct tower *tower = *state;
	static uint8_t bytes[4096 + SAMPLE_MAX];
	const struct rt_iface iface = { .name = "", .link = tower->link };
	struct rt_packet packet;
	uint32_t size = put_hex(bytes, tower->first);
	while (size < 4000)
		size += put_hex(bytes + size, tower->each);
	const struct rt_frame frame = { .data = bytes, .caplen = size, .len = size, .iface = &iface,
	                                .link = tower->link };
	rt_decode(sample_dissector(), &frame, &packet);
	check_nesting(&packet);
	assert_in_range(packet.count, RT_LAYERS_MAX - 1, RT_LAYERS_MAX);
	assert_string_equal("Raw", packet.layer[packet.count - 1].proto->name);
	assert_int_equal(size, packet.layer[packet.count - 1].end);
}

/* 2,046 options of one byte in one header: the walk ends after RT_ITEMS_MAX. */
static void test_items(void **state)
{
	static uint8_t bytes[40 + 2048];
	const struct rt_iface iface = { .name = "", .link = RT_LINK_IPV6 };
	const struct rt_frame frame = { .data = bytes, .caplen = sizeof bytes, .len = sizeof bytes, .iface = &iface,
	                                .link = RT_LINK_IPV6 };
	struct rt_packet packet;
	struct rt_value options;
	struct rt_walk walk;
	struct rt_layer item;
	unsigned count = 0;
	(void)state;
	put_hex(bytes, "60000000080000ff" ENDS6 "3bff");
	rt_decode(sample_dissector(), &frame, &packet);
	check_nesting(&packet);
	assert_string_equal("IPv6 / IPv6ExtHdrHopByHop", layer_names(&packet));
	assert_true(rt_value_find(&packet, &packet.layer[1], "options", &options));
	assert_int_equal(options.size, 2046);
	for (rt_walk_start(&walk, &options); rt_walk_next(&walk, &item); count++)
		assert_int_equal(item.at, 42 + count);
	assert_int_equal(count, RT_ITEMS_MAX);
}

/* A message that claims 4 x 65,535 records and has thousands: 256 are walked, and the time stays small. */
static void test_records(void **state)
{
	static uint8_t bytes[60000];
	static const uint8_t record[] = { 0, 0, 99, 0, 1, 0, 0, 0, 0, 0, 0 };
	const struct rt_iface iface = { .name = "", .link = RT_LINK_IPV4 };
	struct rt_packet packet;
	(void)state;
	uint32_t size = put_hex(bytes, "4500ea60000000004011000001010101020202020035003500000000"
	                               "00018180ffffffffffffffff");
	while (size + sizeof record <= sizeof bytes) {
		memcpy(bytes + size, record, sizeof record);
		size += sizeof record;
	}
	const struct rt_frame frame = { .data = bytes, .caplen = size, .len = size, .iface = &iface,
	                                .link = RT_LINK_IPV4 };
	clock_t from = clock();
	for (int i = 0; i < 1000; i++)
		rt_decode(sample_dissector(), &frame, &packet);
	check_nesting(&packet);
	assert_string_equal("IP / UDP / DNS / Raw", layer_names(&packet));
	assert_true((clock() - from) / CLOCKS_PER_SEC < 2);      /* a thousand of them; without a budget: minutes */
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(towers) + 5] = {
		cmocka_unit_test(test_random), cmocka_unit_test(test_spoilt), cmocka_unit_test(test_all_links),
		cmocka_unit_test(test_items), cmocka_unit_test(test_records),
	};
	for (size_t i = 0; i < RT_COUNT(towers); i++)
		tests[5 + i] = (struct CMUnitTest){ towers[i].name, test_tower, NULL, NULL,
		                                    (void *)(uintptr_t)&towers[i] };
	return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
