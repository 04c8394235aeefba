/* SPDX-License-Identifier: MIT */
/* test_dns_name.c - names of RFC 1035 section 4.1.4: labels, pointers, loops, and the limits of section 3.1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

#define NOT_A_NAME NULL

/* The message begins at byte 2; `at` counts from there. */
struct row { const char *expected; uint32_t after; const char *why, *hex; uint32_t at; };

static const struct row rows[] = {
	{ ".",        1, "the root",                   "00", 0 },
	{ "a.",       3, "one label",                  "016100", 0 },
	{ "a.bc.",    6, "two labels",                 "016102626300", 0 },
	{ "a.bc.",    8, "a pointer",                  "026263000161c000" "ff", 4 },
	{ "bc.",      6, "nothing but a pointer",      "02626300c000", 4 },
	{ "b.a.bc.", 12, "a pointer to a pointer",     "026263000161c0000162c004", 8 },
	{ "a.b.",     5, "a dot inside a label",       "03612e6200", 0 },
	{ NOT_A_NAME, 2, "a pointer to itself",        "c000", 0 },
	{ NOT_A_NAME, 4, "a pointer into its own name", "0161c000", 0 },
	{ NOT_A_NAME, 2, "a pointer forward",          "c00202626300", 0 },
	{ NOT_A_NAME, 4, "two that point to each other", "c002c000", 2 },
	{ NOT_A_NAME, 1, "half a pointer",             "c0", 0 },
	{ NOT_A_NAME, 3, "a label that is cut",        "056162", 0 },
	{ NOT_A_NAME, 2, "no end",                     "0161", 0 },
	{ NOT_A_NAME, 4, "a label of a kind of the future", "41616200", 0 },
	{ NOT_A_NAME, 4, "... and of another",         "81616200", 0 },
	{ NOT_A_NAME, 0, "nothing",                    "", 0 },
	{ NOT_A_NAME, 2, "a pointer past the end",     "cfff", 0 },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct sample sample = { row->why, 0, row->hex };
	uint8_t bytes[SAMPLE_MAX];
	char text[RT_NAME_MAX];
	uint32_t size = (uint32_t)sample_bytes(&sample, bytes), after = 9999;
	uint8_t *exact = malloc(size + 2);
	assert_non_null(exact);
	memset(exact, 0x3f, 2);
	memcpy(exact + 2, bytes, size);
	const struct rt_frame frame = { .data = exact, .caplen = size + 2, .len = size + 2 };
	int length = rt_dns_name(&frame, 2, 2 + row->at, 2 + size, text, &after);
	assert_int_equal(row->expected ? (int)strlen(row->expected) : -1, length);
	if (row->expected)
		assert_memory_equal(row->expected, text, strlen(row->expected));
	assert_int_equal(row->after, after - 2);
	free(exact);
}

/* 255 bytes on the wire, with all length bytes and the root, are a name; one more is none. */
static void test_longest(void **state)
{
	uint8_t bytes[300] = { 0 };
	char text[RT_NAME_MAX];
	uint32_t after;
	const struct rt_frame frame = { .data = bytes, .caplen = sizeof bytes, .len = sizeof bytes };
	(void)state;
	memset(bytes, 'a', 255);
	bytes[0] = bytes[64] = bytes[128] = 63;
	bytes[192] = 61;                        /* 3 * 64 + 62 + 1 = 255 */
	bytes[254] = 0;
	assert_int_equal(rt_dns_name(&frame, 0, 0, sizeof bytes, text, &after), 254);
	assert_int_equal(after, 255);
	bytes[192] = 62;
	bytes[254] = 'a';
	bytes[255] = 0;
	assert_int_equal(rt_dns_name(&frame, 0, 0, sizeof bytes, text, &after), -1);
	assert_int_equal(after, 256);
}

/* 127 labels of one byte are the most that fit into 255 bytes. */
static void test_most_labels(void **state)
{
	uint8_t bytes[300] = { 0 };
	char text[RT_NAME_MAX];
	uint32_t after;
	const struct rt_frame frame = { .data = bytes, .caplen = sizeof bytes, .len = sizeof bytes };
	(void)state;
	for (unsigned i = 0; i < 127; i++) {
		bytes[2 * i] = 1;
		bytes[2 * i + 1] = 'x';
	}
	assert_int_equal(rt_dns_name(&frame, 0, 0, sizeof bytes, text, &after), 254);
	assert_int_equal(after, 255);
}

/* A chain of pointers, each to the one before: followed, and it ends. */
static void test_chain(void **state)
{
	uint8_t bytes[400] = { 1, 'a', 0 };
	char text[RT_NAME_MAX];
	uint32_t after;
	const struct rt_frame frame = { .data = bytes, .caplen = sizeof bytes, .len = sizeof bytes };
	(void)state;
	for (unsigned at = 3, to = 0; at + 2 <= sizeof bytes; to = at, at += 2) {
		bytes[at] = (uint8_t)(0xc0 | to >> 8);
		bytes[at + 1] = (uint8_t)to;
	}
	assert_int_equal(rt_dns_name(&frame, 0, 3 + 2 * 50, sizeof bytes, text, &after), 2);
	assert_memory_equal("a.", text, 2);
	assert_true(rt_dns_name(&frame, 0, 397, sizeof bytes, text, &after) < 0);   /* too many to be honest */
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 3] = {
		cmocka_unit_test(test_longest), cmocka_unit_test(test_most_labels), cmocka_unit_test(test_chain),
	};
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[3 + i] = (struct CMUnitTest){ rows[i].why, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("dns_name", tests, NULL, NULL);
}
