/* SPDX-License-Identifier: MIT */
/* test_lint.c - every table of every protocol is sound, and the lint that says so finds each kind of mistake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "lint.h"
#include "sample.h"

/* ---- mistakes: the complaint first ------------------------------------------------------------------------ */

static const struct rt_word ordered[] = { { 1, "one" }, { 2, "two" } };
static const struct rt_word unordered[] = { { 2, "two" }, { 1, "one" } };
static const struct rt_word big[] = { { 256, "big" } };
static const struct rt_word three[] = { { 3, "three" } };

#define ROWS(...) RT_ROWS(((const struct rt_row[]){ __VA_ARGS__ }))
#define BYTE(name, bit) { name, bit, 8, RT_NUM }
#define NAMES(words) .names = RT_NAMES(RT_WORDS(words))
#define WRONG(...) { .name = "X", .spec = "none", __VA_ARGS__ }

static uint32_t opens(const struct rt_packet *packet, const struct rt_layer *layer, uint8_t bytes[RT_OPENED_MAX])
{
	(void)packet, (void)layer, (void)bytes;
	return 0;
}

static bool places(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                   struct rt_place *place)
{
	(void)frame, (void)layer, (void)row, (void)place;
	return false;
}

struct wrong { const char *complaint; struct rt_proto proto; };

static const struct wrong wrongs[] = {
	{ "X: b: overlap at bit 8, value 0", WRONG(ROWS(BYTE("a", 0), BYTE("b", 4)), .header = 2) },
	{ "X: b: hole at bit 8, value 0", WRONG(ROWS(BYTE("a", 0), BYTE("b", 16)), .header = 3) },
	{ "X: b: overlap at bit 8, value 0",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 8, RT_NUM, RT_WHEN(0, 8, 7) }, { "b", 0, 8, RT_NUM, RT_UNLESS(0, 8, 7) }),
	        .header = 1) },
	{ "X: 8 bits in a header of 2 bytes, value 0", WRONG(ROWS(BYTE("a", 0)), .header = 2) },
	{ "X: b: behind a, which has no end", WRONG(ROWS({ "a", 0, 0, RT_BYTES }, BYTE("b", 8)), .header = 1) },
	{ "X: a: a wrong width", WRONG(ROWS({ "a", 0, 40, RT_MAC }), .header = 5) },
	{ "X: a: a wrong width", WRONG(ROWS({ "a", 0, 33, RT_IP4 }), .header = 5) },
	{ "X: a: a wrong width", WRONG(ROWS({ "a", 0, 0, RT_NUM }), .header = 1) },
	{ "X: a: a wrong width", WRONG(ROWS({ "a", 0, 12, RT_BYTES }), .header = 2) },
	{ "X: a: no names", WRONG(ROWS({ "a", 0, 8, RT_ENUM }), .header = 1) },
	{ "X: a: 1 is not in order", WRONG(ROWS({ "a", 0, 8, RT_ENUM, NAMES(unordered) }), .header = 1) },
	{ "X: a: 256 does not fit", WRONG(ROWS({ "a", 0, 8, RT_ENUM, NAMES(big) }), .header = 1) },
	{ "X: a: 3 is not one bit", WRONG(ROWS({ "a", 0, 8, RT_FLAGS, NAMES(three) }), .header = 1) },
	{ "X: a: how many make 1?", WRONG(ROWS({ "a", 0, 8, RT_FIXED }), .header = 1) },
	{ "X: a: a wrong width", WRONG(ROWS({ "a", 0, 16, RT_OUI }), .header = 2) },
	{ "X: a: not in its word", WRONG(ROWS({ "a", 0, 16, RT_BYTES, .word = 2 }), .header = 2) },
	{ "X: b: not in its word",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 16, RT_NUM, .word = 2, .part = 3 }), .header = 3) },
	{ "X: b: its condition looks at no row",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 8, RT_NUM, RT_WHEN(1, 8, 7) }), .header = 1) },
	{ "X: c: its condition looks behind the shortest header",
	  WRONG(ROWS(BYTE("a", 0), BYTE("b", 8), { "c", 16, 8, RT_NUM, RT_WHEN(8, 8, 7) }), .header = 1) },
	{ "X: a: little-endian, but not of whole bytes",
	  WRONG(ROWS({ "a", 0, 12, RT_NUM, .is_little = true }), .header = 2) },
	{ "X: b: counted, but not in a flow",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_BYTES, RT_COUNTED(1, 1, 0) }), .header = 1, .size = { "a", 1 }) },
	{ "X: b: no number counts it",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_BYTES, RT_COUNTED(2, 1, 0) }), .header = 1, .is_flow = true) },
	{ "X: b: items of no list",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_BYTES, RT_COUNTED(1, 0, 0) }), .header = 1, .is_flow = true) },
	{ "", WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_BYTES, RT_COUNTED(1, 1, 0) }, BYTE("c", 8)), .header = 1,
	            .is_flow = true) },
	{ "", WRONG(ROWS(BYTE("a", 0), BYTE("b", 8), { "c", 16, 8, RT_NUM, RT_WHEN(0, 16, 7) }), .header = 2,
	            .is_flow = true) },
	{ "", WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_NUM, .is_varint = true }), .header = 1, .is_flow = true) },
	{ "X: b: says its size, but not in a flow",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_NUM, .is_varint = true }), .header = 1) },
	{ "X: b: says its size, but not in a flow",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 8, RT_NUM, .is_varint = true }), .header = 1, .is_flow = true) },
	{ "", WRONG(ROWS(BYTE("a", 0), { "b", 8, 8, RT_NUM, .is_opened = true }), .header = 1, RT_MORE(.open = opens),
	            .place = places) },
	{ "X: b: hidden, but nothing lays it open",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 8, RT_NUM, .is_opened = true }), .header = 1, .place = places) },
	{ "X: b: hidden, but nothing lays it open",
	  WRONG(ROWS(BYTE("a", 0), { "b", 0, 8, RT_NUM, .is_opened = true }), .header = 1, RT_MORE(.open = opens),
	        .place = places) },
	{ "X: b: hidden, but read from the frame",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 0, RT_NAME, .is_opened = true }), .header = 1, RT_MORE(.open = opens),
	        .place = places) },
	{ "X: c: hole at bit 8, value 0",
	  WRONG(ROWS(BYTE("a", 0), { "b", 16, 0, RT_TEXT, .is_opened = true }, BYTE("c", 9)), .header = 2,
	        RT_MORE(.open = opens), .place = places) },
	{ "X: a: a list without items", WRONG(ROWS({ "a", 0, 0, RT_LIST }), .header = 1) },
	{ "X: a: a sum of what?", WRONG(ROWS({ "a", 0, 16, RT_HEX, RT_FILL_SUM }), .header = 2) },
	{ "X: a: a sum of what?", WRONG(ROWS({ "a", 0, 16, RT_NUM, RT_SUM(RT_SUM_INTERNET) }), .header = 2) },
	{ "X: a: no number b", WRONG(ROWS({ "a", 0, 16, RT_HEX, RT_SUM(.row = "b") }), .header = 2) },
	{ "X: b: not at a word",
	  WRONG(ROWS(BYTE("a", 0), { "b", 8, 16, RT_HEX, RT_SUM(RT_SUM_INTERNET) }), .header = 3) },
	{ "X: a: not at a word", WRONG(ROWS({ "a", 0, 16, RT_HEX, RT_SUM(.skip_at = 2, .skip = 1) }), .header = 2) },
	{ "X: no row len", WRONG(ROWS(BYTE("a", 0)), .header = 1, .size = { "len", 1 }) },
	{ "X: no row b", WRONG(ROWS(BYTE("a", 0)), .header = 1, .next = { "a", "b" }) },
	{ "X: one end only", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(.from = "a")) },
	{ "X: no protocol Y", WRONG(ROWS(BYTE("a", 0)), .header = 1, .next_as = "Y") },
	{ "X: a link below IPv5, which is not there",
	  WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_LINKS({ "IPv5", "nh", 1 })) },
	{ "X: IP is not selected by ttl", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_LINKS({ "IP", "ttl", 1 })) },
	{ "X: IP.proto has no value 256", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_LINKS({ "IP", "proto", 256 })) },
	{ "X: b has no value 1", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_LINKS({ "IP", "proto", 1, "b", 1 })) },
	{ "X: the link below IP stands twice",
	  WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_LINKS({ "IP", "proto", 1 }, { "IP", "proto", 1 })) },
	{ "X: carries IPv5, which is not there", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(RT_CARRIES({ "IPv5" }))) },
	{ "X: a has no value 256", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(RT_CARRIES({ "IP", "a", 256 }))) },
	{ "X: IP.version has no value 16",
	  WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(RT_CARRIES({ "IP", "a", 1, "version", 16 }))) },
	{ "X: told by bits that are not in the header",
	  WRONG(ROWS(BYTE("a", 0), BYTE("b", 8)), .header = 1, RT_MORE(.only = { 4, 8, 0, 1 })) },
	{ "X: told by all values, or by none", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(.only = { 0, 8, 0, 255 })) },
	{ "X: told by all values, or by none", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(.only = { 0, 8, 2, 1 })) },
	{ "X: told by all values, or by none", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(.only = { 0, 4, 1, 16 })) },
	{ "", WRONG(ROWS(BYTE("a", 0)), .header = 1, RT_MORE(.only = { 7, 1, 1, 1 })) },
	{ "X: no rows, or no specification", { .name = "X", ROWS(BYTE("a", 0)), .header = 1 } },
	{ "X: no rows, or no specification", WRONG(.header = 1) },
	{ "", WRONG(.header = 0) },
	{ "", WRONG(ROWS({ "a", 0, 8, RT_ENUM, NAMES(ordered) }), .header = 1) },
};

static void test_wrong(void **state)
{
	const struct wrong *wrong = *state;
	char text[LINT_TEXT] = "";
	assert_int_equal(lint_proto(&wrong->proto, text), wrong->complaint[0] == '\0');
	assert_string_equal(wrong->complaint, text);
}

/* ---- the real tables -------------------------------------------------------------------------------------- */

static void test_proto(void **state)
{
	char text[LINT_TEXT] = "";
	if (!lint_proto(*state, text))
		fail_msg("%s", text);
}

/* A dissector finds all its links, and every sentence of every table names fields that there are. */
static void test_sentences(void **state)
{
	static const enum rt_format formats[] = { RT_FORMAT_LINE, RT_FORMAT_SUMMARY };
	struct rt_error error = { 0 };
	(void)state;
	for (size_t i = 0; i < RT_COUNT(formats); i++) {
		const struct rt_output_options options = { .format = (uint8_t)formats[i] };
		struct rt_sink *sink;
		if (rt_printer_new(&sink, -1, sample_dissector(), &options, &error) < 0)
			fail_msg("%s", error.what);
		assert_int_equal(sink->close(sink, &error), 0);
	}
}

/* Names are what people type: {IP.src}, and IP_2 is the second of its name. */
static void test_spelling(void **state)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	(void)state;
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		assert_true(proto->name[0] && !proto->name[strspn(proto->name, allowed)]);
		for (unsigned i = 0; i < proto->row_count; i++)
			assert_int_equal(strlen(proto->rows[i].name), strspn(proto->rows[i].name, allowed));
	}
}

int main(void)
{
	size_t count = 0, protos = rt_proto_count();
	struct CMUnitTest *tests = calloc(RT_COUNT(wrongs) + protos + 2, sizeof *tests);
	if (!tests)
		return 1;
	for (size_t i = 0; i < RT_COUNT(wrongs); i++)
		tests[count++] = (struct CMUnitTest){ wrongs[i].complaint, test_wrong, NULL, NULL,
		                                      (void *)(uintptr_t)&wrongs[i] };
	for (size_t id = 0; id < protos; id++)
		tests[count++] = (struct CMUnitTest){ rt_proto_at(id)->name, test_proto, NULL, NULL,
		                                      (void *)(uintptr_t)rt_proto_at(id) };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_sentences);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_spelling);
	int failed = _cmocka_run_group_tests("lint", tests, count, NULL, NULL);
	free(tests);
	return failed;
}
