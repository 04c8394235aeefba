/* SPDX-License-Identifier: MIT */
/* test_arena.c - memory that is given back all at once: aligned, zeroed, never moved, and bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <ringtap/base.h>

static void test_pieces(void **state)
{
	enum { COUNT = 3000 };
	static uint8_t *piece[COUNT];
	struct rt_arena arena = { 0 };
	(void)state;
	for (size_t i = 0; i < COUNT; i++) {            /* sizes below, at and above a chunk */
		size_t size = i % 97 == 0 ? 16384 + i : i % 61;
		piece[i] = rt_arena_get(&arena, size);
		assert_non_null(piece[i]);
		assert_int_equal((uintptr_t)piece[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(piece[i][k], 0);
		memset(piece[i], (int)(i & 0xff), size);
	}
	for (size_t i = 0; i < COUNT; i++) {            /* nobody wrote into somebody else's */
		size_t size = i % 97 == 0 ? 16384 + i : i % 61;
		for (size_t k = 0; k < size; k++)
			assert_int_equal(piece[i][k], i & 0xff);
	}
	assert_false(arena.is_full);
	rt_arena_free(&arena);
	assert_int_equal(arena.used, 0);
	assert_null(arena.chunks);
}

struct limit_row { const char *name; bool expected; size_t limit, first, second; };

static const struct limit_row limit_rows[] = {
	{ "no limit",                  true,  0,    1 << 20, 1 << 20 },
	{ "both fit",                  true,  1024, 512,     512 },
	{ "the second is too much",    false, 1024, 512,     513 },
	{ "larger than the limit",     false, 1024, 16,      1025 },
	{ "larger than any memory",    false, 0,    16,      SIZE_MAX },
	{ "rounding would wrap",       false, 0,    16,      SIZE_MAX - 7 },
	{ "half of all addresses",     false, 0,    16,      SIZE_MAX / 2 + 1 },
};

static void test_limit(void **state)
{
	const struct limit_row *row = *state;
	struct rt_arena arena = { .limit = row->limit };
	assert_non_null(rt_arena_get(&arena, row->first));
	assert_int_equal(row->expected, rt_arena_get(&arena, row->second) != NULL);
	assert_int_equal(row->expected, !arena.is_full);
	if (!row->expected)
		assert_null(rt_arena_get(&arena, 1));   /* refused once, refused until freed: errors cannot be missed */
	rt_arena_free(&arena);
	assert_non_null(rt_arena_get(&arena, 1));
	assert_int_equal(arena.limit, row->limit);
	rt_arena_free(&arena);
}

static void test_free_twice(void **state)
{
	struct rt_arena arena = { 0 };
	(void)state;
	rt_arena_free(&arena);
	assert_non_null(rt_arena_get(&arena, 8));
	rt_arena_free(&arena);
	rt_arena_free(&arena);
	assert_null(arena.chunks);
}

static void test_cursor(void **state)
{
	static const uint8_t bytes[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	(void)state;
	for (size_t size = 0; size <= 8; size++) {
		struct rt_cursor cursor = { .at = bytes, .end = bytes + size };
		assert_int_equal(rt_cursor_u8(&cursor), size >= 1 ? 1 : 0);
		assert_int_equal(rt_cursor_be16(&cursor), size >= 3 ? 0x0203 : 0);
		assert_int_equal(rt_cursor_be32(&cursor), size >= 7 ? 0x04050607 : 0);
		assert_int_equal(cursor.is_short, size < 7);
		assert_int_equal(rt_cursor_u8(&cursor), size == 8 ? 8 : 0);
		assert_int_equal(cursor.is_short, size < 8);    /* sticky, although a byte may be left */
	}
}

int main(void)
{
	static struct CMUnitTest tests[3 + RT_COUNT(limit_rows)] = {
		cmocka_unit_test(test_pieces), cmocka_unit_test(test_free_twice), cmocka_unit_test(test_cursor),
	};
	for (size_t i = 0; i < RT_COUNT(limit_rows); i++)
		tests[3 + i] = (struct CMUnitTest){ .name = limit_rows[i].name, .test_func = test_limit,
		                                    .initial_state = (void *)(uintptr_t)&limit_rows[i] };
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
