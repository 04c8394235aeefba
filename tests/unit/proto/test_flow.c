/* SPDX-License-Identifier: MIT */
/* test_flow.c - rows that stand one after the other, lists that another row counts, and items that their own rows
 * size, in a table made for the test. What is expected is read from the bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"
#include "src/proto/flow.h"

static const struct rt_row number_rows[] = { { "number", 0, 16, RT_NUM } };
static const struct rt_proto number = { .name = "number", .spec = "none", RT_ROWS(number_rows), .header = 2 };
static const struct rt_list numbers = { .other = &number, .item_bytes = 2, .is_values = true, .last_code = -1 };

static const struct rt_row record_rows[] = {
	{ "size", 0, 8, RT_NUM }, { "data", 8, 0, RT_BYTES, RT_COUNTED(1, 1, 0) },
};
static const struct rt_proto record = { .name = "record", .spec = "none", RT_ROWS(record_rows), .header = 1,
                                        .is_flow = true };
static const struct rt_list records = { .other = &record, .is_sized = true, .last_code = -1 };

/* Header: two bits that say what is there, and three counts. */
static const struct rt_row rows[] = {
	{ "has_a",   0,  1, RT_NUM },
	{ "has_b",   1,  1, RT_NUM },
	{ "spare",   2,  6, RT_NUM },
	{ "count",   8,  8, RT_NUM },
	{ "a",      16, 16, RT_NUM, RT_WHEN(0, 1, 1) },
	{ "list",   16,  0, RT_LIST, .list = &numbers, RT_COUNTED(2, 0, 0) },
	{ "b",      16,  8, RT_NUM, RT_WHEN(0, 2, 1, 3) },
	{ "bytes",  16,  0, RT_BYTES, RT_COUNTED(4, 4, -3) },
	{ "items",  16,  0, RT_LIST, .list = &records, RT_COUNTED(5, 0, 0) },
	{ "rest",   16,  0, RT_BYTES },
};
static const struct rt_proto proto = { .name = "flow", .spec = "none", RT_ROWS(rows), .header = 2, .is_flow = true };

struct row { const char *expected, *hex, *field; };

static const struct row table[] = {
	{ "4660", "8000" "1234", "a" },
	{ "", "4000" "12", "a" },
	{ "18", "4000" "12", "b" },
	{ "18", "c000" "1234" "12", "b" },
	{ "", "8000" "1234" "12", "b" },
	{ "[1,2]", "0002" "00010002", "list" },
	{ "[1,2]", "c002" "1234" "00010002", "list" },
	{ "[]", "0000" "0001", "list" },
	{ "", "0000" "0001", "bytes" },                     /* 0 * 4 - 3: nothing */
	{ "0102030405", "0002" "00010002" "0102030405" "00", "bytes" },
	{ "[{\"size\":2,\"data\":\"aabb\"}]", "0001" "0001" "07" "02aabb" "ff", "items" },
	{ "[{\"size\":0,\"data\":\"\"},{\"size\":1,\"data\":\"aa\"}]", "0002" "00010002" "0102030405" "00" "01aa",
	  "items" },
	{ "ff", "0001" "0001" "07" "02aabb" "ff", "rest" },
	{ "0001", "0000" "0001", "rest" },
	{ "", "0004" "00010002", "bytes" },                 /* not captured */
	{ "[{\"size\":9}]", "0001" "0001" "07" "09aabb", "items" },
};

/* Addresses of which only some bytes are there: as many bits as the row before says, or the rest. */
static const struct rt_row address_rows[] = {
	{ "bits",     0, 8, RT_NUM },
	{ "by_word",  8, 0, RT_PREFIX6, RT_BITS(1, 4) },
	{ "by_byte",  8, 0, RT_PREFIX4, RT_BITS(2, 1) },
	{ "address",  8, 0, RT_IP4, RT_BITS(3, 1) },
};
static const struct rt_proto address = { .name = "address", .spec = "none", RT_ROWS(address_rows), .header = 1,
                                         .is_flow = true };

static const struct row addresses[] = {
	{ "2001:db8::/32", "20" "20010db8" "0a010203", "by_word" },
	{ "10.1.2.3/32", "20" "20010db8" "0a010203", "by_byte" },
	{ "2001:d00::/17", "11" "20010d00" "0a0100", "by_word" },
	{ "10.1.0.0/17", "11" "20010d00" "0a0100", "by_byte" },
	{ "10.1.2.0", "11" "20010d00" "0a0100" "0a0102", "address" },
	{ "::/0", "00", "by_word" },
	{ "0.0.0.0/0", "00", "by_byte" },
};

/* A number that says how many bytes it has, and what it counts: the examples of RFC 9000 A.1. */
static const struct rt_row varint_rows[] = {
	{ "first",  0, 8, RT_NUM },
	{ "size",   8, 0, RT_NUM, .is_varint = true },
	{ "data",   8, 0, RT_BYTES, RT_COUNTED(1, 1, 0) },
	{ "last",   8, 8, RT_NUM },
};
static const struct rt_proto varint = { .name = "varint", .spec = "none", RT_ROWS(varint_rows), .header = 1,
                                        .is_flow = true };

static const struct row varints[] = {
	{ "37", "00" "25", "size" },
	{ "37", "00" "4025", "size" },
	{ "15293", "00" "7bbd", "size" },
	{ "494878333", "00" "9d7f3e7d", "size" },
	{ "151288809941952652", "00" "c2197c5eff14e88c", "size" },
	{ "2", "00" "c000000000000002" "aabb" "07", "size" },
	{ "aabb", "00" "c000000000000002" "aabb" "07", "data" },
	{ "aabb", "00" "4002" "aabb" "07", "data" },
	{ "7", "00" "4002" "aabb" "07", "last" },
	{ "7", "00" "00" "07", "last" },
	{ "", "00" "4003" "aabb", "data" },
	{ "", "00" "7b", "size" },                          /* not captured */
	{ "", "00", "size" },
	{ "", "00" "ffffffffffffffff" "aabb" "07", "data" },
	{ "", "00" "ffffffffffffffff" "aabb" "07", "last" },
};

static const char *text_of(const struct rt_proto *proto_of, const char *hex, const char *field)
{
	static char text[256];
	static struct sampled sampled;
	const struct sample sample = { "flow", 0, hex };
	struct rt_value value;
	struct rt_text out;
	uint8_t bytes[SAMPLE_MAX];
	uint32_t size = (uint32_t)sample_bytes(&sample, bytes);
	sample_make(&sampled, 9999, bytes, size, size);
	const struct rt_layer layer = { .proto = proto_of, .header = size, .end = size, .id = RT_NO_ID };
	rt_text_init(&out, text, sizeof text - 1, -1);
	if (rt_value_find(&sampled.packet, &layer, field, &value))
		rt_put_value(&out, &value, RT_STYLE_PLAIN);
	*out.at = '\0';
	return text;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	assert_string_equal(row->expected, text_of(&proto, row->hex, row->field));
}

static void test_addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < RT_COUNT(addresses); i++)
		assert_string_equal(addresses[i].expected, text_of(&address, addresses[i].hex, addresses[i].field));
}

static void test_varints(void **state)
{
	(void)state;
	for (size_t i = 0; i < RT_COUNT(varints); i++)
		assert_string_equal(varints[i].expected, text_of(&varint, varints[i].hex, varints[i].field));
}

/* A count of a million is bounded, and reaches past the capture. */
static void test_size(void **state)
{
	static const uint8_t bytes[] = { 0xc0, 3, 0, 0, 0, 1, 0, 2, 0, 3, 7 };
	static const struct rt_row wide_rows[] = {
		{ "count", 0, 32, RT_NUM }, { "data", 32, 0, RT_BYTES, RT_COUNTED(1, 255, 0) },
	};
	static const struct rt_proto wide = { .name = "wide", .spec = "none", RT_ROWS(wide_rows), .header = 4,
	                                      .is_flow = true };
	const struct rt_frame frame = { .data = bytes, .caplen = sizeof bytes, .len = sizeof bytes };
	struct rt_layer layer = { .proto = &proto, .end = sizeof bytes };
	(void)state;
	/* 2 of header, a, three numbers, b, nine bytes, and no byte for the items: 2 + 2 + 6 + 1 + 9 */
	assert_int_equal(20, flow_size(&frame, &layer));
	layer.proto = &wide;
	assert_in_range(flow_size(&frame, &layer), sizeof bytes + 1, 1u << 21);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(table) + 3];
	static char names[RT_COUNT(table)][64];
	for (size_t i = 0; i < RT_COUNT(table); i++) {
		struct rt_text name;
		rt_text_init(&name, names[i], sizeof names[i] - 1, -1);
		rt_put_format(&name, "%s of %s", table[i].field, table[i].hex);
		tests[i] = (struct CMUnitTest){ names[i], test_row, NULL, NULL, (void *)(uintptr_t)&table[i] };
	}
	tests[RT_COUNT(table)] = (struct CMUnitTest)cmocka_unit_test(test_size);
	tests[RT_COUNT(table) + 1] = (struct CMUnitTest)cmocka_unit_test(test_addresses);
	tests[RT_COUNT(table) + 2] = (struct CMUnitTest)cmocka_unit_test(test_varints);
	return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
