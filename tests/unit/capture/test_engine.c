/* SPDX-License-Identifier: MIT */
/* test_engine.c - source -> filter -> number -> sinks, with a source that tells a story and sinks that write down
 * what they were told: "a" is a batch of one frame, and so on. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/capture.h>

/* Frames are single bytes, told apart by them; a capital letter is what the filter lets through. */
struct story {
	struct rt_source source;
	const char *at;                 /* what is left: batches end with ' ', the story with 0 or an '!' (error) */
	struct rt_frame frames[64];
	bool is_lent;
	struct rt_stop *stop;           /* is set when a '.' is told                                              */
};

static const struct rt_iface iface = { .name = "", .link = RT_LINK_ETHER };

static int story_next(struct rt_source *source, struct rt_batch *batch, struct rt_error *error)
{
	struct story *story = (struct story *)source;
	size_t count = 0;
	assert_false(story->is_lent);
	if (*story->at == '\0')
		return 0;
	if (*story->at == '!')
		return rt_fail(error, EBADMSG, "damaged");
	for (; *story->at && *story->at != ' ' && *story->at != '!'; story->at++) {
		if (*story->at == '.')
			story->stop->now = 1;
		else
			story->frames[count++] = (struct rt_frame){ .data = (const uint8_t *)story->at, .caplen = 1, .len = 1,
			                                            .iface = &iface, .link = RT_LINK_ETHER };
	}
	story->at += *story->at == ' ';
	story->is_lent = true;
	*batch = (struct rt_batch){ story->frames, count };
	return 1;
}

static void story_release(struct rt_source *source)
{
	struct story *story = (struct story *)source;
	assert_true(story->is_lent);
	story->is_lent = false;
	memset(story->frames, 0xff, sizeof story->frames);
}

/* Writes "A1B2|": bytes with their numbers, and '|' for a flush. */
struct diary { struct rt_sink sink; char text[256]; size_t size; char fails_on; bool flush_fails; };

static int diary_take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct diary *diary = (struct diary *)sink;
	assert_int_not_equal(0, count);
	for (size_t i = 0; i < count; i++) {
		if (diary->fails_on && *frames[i].data == diary->fails_on)
			return rt_fail(error, ENOSPC, "full");
		diary->size += (size_t)snprintf(diary->text + diary->size, sizeof diary->text - diary->size, "%c%u",
		                                *frames[i].data, (unsigned)frames[i].number);
	}
	return 0;
}

static int diary_flush(struct rt_sink *sink, struct rt_error *error)
{
	struct diary *diary = (struct diary *)sink;
	diary->text[diary->size++] = '|';
	diary->text[diary->size] = '\0';
	return diary->flush_fails ? rt_fail(error, EPIPE, "gone") : 0;
}

static int diary_close(struct rt_sink *sink, struct rt_error *error) { (void)sink; (void)error; fail(); return 0; }

static const struct row { const char *name, *story; uint64_t limit; const char *filter; int rc; const char *diary; uint64_t captured; }
rows[] = {
	{ "nothing",                  "",          0, NULL, 0, "", 0 },
	{ "one batch",                "ab",        0, NULL, 0, "a1b2|", 2 },
	{ "numbers go on",            "ab c de",   0, NULL, 0, "a1b2|c3|d4e5|", 5 },
	{ "empty batches",            " a  b",     0, NULL, 0, "|a1||b2|", 2 },
	{ "limit between batches",    "ab cd",     2, NULL, 0, "a1b2|", 2 },
	{ "limit inside a batch",     "ab cde f",  4, NULL, 0, "a1b2|c3d4|", 4 },
	{ "limit in the first batch", "abcdef",    1, NULL, 0, "a1|", 1 },
	{ "limit never reached",      "ab",        9, NULL, 0, "a1b2|", 2 },
	{ "damage after good frames", "ab!",       0, NULL, -EBADMSG, "a1b2|", 2 },
	{ "limit before damage",      "ab!",       2, NULL, 0, "a1b2|", 2 },
	{ "stop",                     "ab. cd",    0, NULL, 0, "a1b2|", 2 },
	{ "filter",                   "aBcD eF",   0, "ether[0] < 0x60", 0, "B1D2|F3|", 3 },
	{ "filter takes nothing",     "ab c",      0, "ether[0] < 0x60", 0, "||", 0 },
	{ "filter and limit",         "aBcDeF gH", 2, "ether[0] < 0x60", 0, "B1D2|", 2 },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct rt_stop stop = { .fd = -1 };
	struct rt_error error = { 0 };
	struct rt_filter *filter = NULL;
	struct story story = { .source = { .next = story_next, .release = story_release }, .at = row->story, .stop = &stop };
	struct diary one = { .sink = { diary_take, diary_flush, diary_close } }, other = one;
	struct rt_sink *sinks[] = { &one.sink, &other.sink };
	if (row->filter)
		assert_int_equal(0, rt_filter_compile(&filter, row->filter,
		                 &(struct rt_filter_options){ .link = RT_LINK_ETHER }, &error));
	struct rt_run run = { .source = &story.source, .filter = filter, .sinks = sinks, .sink_count = 2,
	                      .limit = row->limit, .stop = &stop, .captured = 99 };
	assert_int_equal(row->rc, rt_run(&run, &error));
	assert_string_equal(row->diary, one.text);
	assert_string_equal(row->diary, other.text);
	assert_int_equal(row->captured, run.captured);
	assert_false(story.is_lent);
	if (row->rc)
		assert_string_equal("damaged", error.what);
	rt_filter_free(filter);
}

/* A sink that fails ends the run; the batch goes back all the same. */
static void test_sink_fails(void **state)
{
	struct rt_error error = { 0 };
	struct story story = { .source = { .next = story_next, .release = story_release }, .at = "ab cd ef" };
	struct diary one = { .sink = { diary_take, diary_flush, diary_close }, .fails_on = 'd' };
	struct rt_sink *sinks[] = { &one.sink };
	struct rt_run run = { .source = &story.source, .sinks = sinks, .sink_count = 1 };
	(void)state;
	assert_int_equal(-ENOSPC, rt_run(&run, &error));
	assert_string_equal("full", error.what);
	assert_string_equal("a1b2|c3", one.text);
	assert_false(story.is_lent);
}

static void test_flush_fails(void **state)
{
	struct rt_error error = { 0 };
	struct story story = { .source = { .next = story_next, .release = story_release }, .at = "ab cd ef" };
	struct diary one = { .sink = { diary_take, diary_flush, diary_close }, .flush_fails = true };
	struct rt_sink *sinks[] = { &one.sink };
	struct rt_run run = { .source = &story.source, .sinks = sinks, .sink_count = 1 };
	(void)state;
	assert_int_equal(-EPIPE, rt_run(&run, &error));
	assert_string_equal("a1b2|", one.text);
	assert_false(story.is_lent);
}

/* Nobody listens: frames are counted (--count-only). */
static void test_no_sinks(void **state)
{
	struct rt_error error = { 0 };
	struct story story = { .source = { .next = story_next, .release = story_release }, .at = "ab cd ef" };
	struct rt_run run = { .source = &story.source };
	(void)state;
	assert_int_equal(0, rt_run(&run, &error));
	assert_int_equal(6, run.captured);
}

/* Asked to stop before it began. */
static void test_stopped_before(void **state)
{
	struct rt_error error = { 0 };
	struct rt_stop stop = { .now = 1, .fd = -1 };
	struct story story = { .source = { .next = story_next, .release = story_release }, .at = "ab" };
	struct rt_run run = { .source = &story.source, .stop = &stop };
	(void)state;
	assert_int_equal(0, rt_run(&run, &error));
	assert_int_equal(0, run.captured);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 4];
	size_t count = 0;
	for (; count < RT_COUNT(rows); count++)
		tests[count] = (struct CMUnitTest){ rows[count].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[count] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_sink_fails);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_flush_fails);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_no_sinks);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_stopped_before);
	return _cmocka_run_group_tests("engine", tests, count, NULL, NULL);
}
