/* SPDX-License-Identifier: MIT */
/* test_find.c - protocols, rows, words and layers by name, and bits at any place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

static void test_proto(void **state)
{
	(void)state;
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		const struct rt_proto *found = rt_proto_find(proto->name, strlen(proto->name));
		assert_string_equal(proto->name, found->name);          /* two tables may share a name: the first */
	}
	assert_null(rt_proto_at(rt_proto_count()));
	assert_ptr_equal(rt_proto_find("IPv6xyz", 4), rt_proto_find("IPv6", 4));
	assert_null(rt_proto_find("IPv", 3));
	assert_null(rt_proto_find("ip", 2));
	assert_null(rt_proto_find("", 0));
	assert_string_equal("frame", rt_proto_at(0)->name);             /* the root of all links */
}

static void test_row(void **state)
{
	const struct rt_proto *ip = rt_proto_find("IP", 2);
	(void)state;
	assert_string_equal("ttl", rt_row_find(ip, "ttl", 3)->name);
	assert_string_equal("ttl", rt_row_find(ip, "ttl.x", 3)->name);
	assert_null(rt_row_find(ip, "tt", 2));
	assert_null(rt_row_find(ip, "ttlx", 4));
	assert_null(rt_row_find(ip, "", 0));
}

static void test_words(void **state)
{
	static const struct rt_word words[] = { { 0, "none" }, { 7, "seven" }, { 8, "eight" }, { UINT32_MAX, "all" } };
	const struct rt_names names = { RT_WORDS(words) }, empty = { .words = words };
	(void)state;
	assert_string_equal("none", rt_names_find(&names, 0));
	assert_string_equal("seven", rt_names_find(&names, 7));
	assert_string_equal("eight", rt_names_find(&names, 8));
	assert_string_equal("all", rt_names_find(&names, UINT32_MAX));
	assert_null(rt_names_find(&names, 1));
	assert_null(rt_names_find(&names, 9));
	assert_null(rt_names_find(&names, UINT32_MAX - 1));
	assert_null(rt_names_find(&empty, 0));
}

/* Each word of each enumeration is found under its own number. */
static void test_all_words(void **state)
{
	(void)state;
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		for (unsigned i = 0; i < proto->row_count; i++) {
			const struct rt_row *row = &proto->rows[i];
			const struct rt_names *names = rt_row_names(row);
			for (unsigned k = 0; names && k < names->count; k++)
				assert_ptr_equal(names->words[k].name, rt_names_find(names, names->words[k].value));
		}
	}
}

static void test_layer(void **state)
{
	struct sampled sampled;
	(void)state;
	sample_get(&sampled, "tunnel");         /* Ether / IP / IP / UDP / Raw */
	const struct rt_packet *packet = &sampled.packet;
	assert_ptr_equal(rt_layer_find(packet, "IP", 1), &packet->layer[1]);
	assert_ptr_equal(rt_layer_find(packet, "IP", 2), &packet->layer[2]);
	assert_ptr_equal(rt_layer_find(packet, "IP", 0), &packet->layer[1]);
	assert_null(rt_layer_find(packet, "IP", 3));
	assert_null(rt_layer_find(packet, "TCP", 1));
	assert_null(rt_layer_find(packet, "frame", 1));
}

static void test_value(void **state)
{
	struct sampled sampled;
	struct rt_value value;
	(void)state;
	sample_get(&sampled, "redirect");       /* of the rows `gw`, `id`, `ptr` at bit 32 only `gw` is there */
	const struct rt_layer *icmp = rt_layer_find(&sampled.packet, "ICMP", 1);
	assert_true(rt_value_find(&sampled.packet, icmp, "gw", &value));
	assert_memory_equal("\xc0\xa8\x10\x02", value.bytes, 4);
	assert_false(rt_value_find(&sampled.packet, icmp, "id", &value));
	assert_false(rt_value_find(&sampled.packet, icmp, "nothing", &value));
	const struct rt_layer frame = rt_frame_layer(&sampled.packet);
	assert_true(rt_value_find(&sampled.packet, &frame, "len", &value));
	assert_int_equal(sampled.frame.len, value.num);
}

/* Any width at any place, next to the same bits gathered one by one. */
static void test_bits(void **state)
{
	uint8_t bytes[20];
	(void)state;
	for (unsigned i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 73 + 41);
	for (uint32_t bit = 0; bit < 64; bit++) {
		uint64_t expected = 0;
		for (uint32_t width = 1; width <= 64; width++) {
			uint32_t last = bit + width - 1;
			expected = expected << 1 | (bytes[last / 8] >> (7 - last % 8) & 1);
			if (rt_bits(bytes, bit, width) != expected)
				fail_msg("%u bits at %u", width, bit);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_proto), cmocka_unit_test(test_row), cmocka_unit_test(test_words),
		cmocka_unit_test(test_all_words), cmocka_unit_test(test_layer), cmocka_unit_test(test_value),
		cmocka_unit_test(test_bits),
	};
	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
