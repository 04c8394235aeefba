/* SPDX-License-Identifier: MIT */
/* dissected.c - runs the two tables of a protocol's test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/ringtap.h>
#include "dissected.h"
#include "hard.h"
#include "nest.h"

static const struct dissected_packet *packets;
static size_t packet_count;

static void make(struct sampled *out, const struct sample *sample)
{
	uint8_t bytes[SAMPLE_MAX];
	uint32_t size = (uint32_t)sample_bytes(sample, bytes);
	sample_make(out, sample->link, bytes, size, size);
}

/* Every format prints the packet cut at every length: what it reads is captured, and a line is one line. */
static void print_cut(const struct sampled *sampled)
{
	static const struct rt_output_options formats[] = {
		{ .format = RT_FORMAT_LINE }, { .format = RT_FORMAT_SUMMARY }, { .format = RT_FORMAT_JSON },
		{ .format = RT_FORMAT_SHOW, .checks_sums = true },
	};
	struct exact cut = { 0 };
	for (uint32_t caplen = 1; caplen <= sampled->frame.caplen; caplen++)
		exact_add(&cut, &sampled->frame, sampled->bytes, caplen);
	for (size_t i = 0; i < RT_COUNT(formats); i++) {
		size_t size, lines = 0;
		char *text = printed(&formats[i], cut.frames, cut.count, &size);
		for (size_t k = 0; k < size; k++)
			lines += text[k] == '\n';
		assert_true(formats[i].format == RT_FORMAT_SHOW || lines == cut.count);
		free(text);
	}
	exact_free(&cut);
}

static void check_text(const struct rt_frame *frame, enum rt_format format, const char *expected)
{
	const struct rt_output_options options = { .format = (uint8_t)format, .stamp = RT_STAMP_NONE };
	size_t size;
	if (!expected)
		return;
	char *text = printed(&options, frame, 1, &size);
	assert_true(size > 0);
	text[size - 1] = '\0';
	if (format != RT_FORMAT_SHOW)
		assert_string_equal(expected, text);
	else if (!strstr(text, expected))
		fail_msg("no such lines:\n%s\nin\n%s", expected, text);
	free(text);
}

static void check_fields(const struct rt_packet *packet, const char *const *fields)
{
	for (; fields && *fields; fields += 2) {
		char text[2048], layer[64];
		const char *dot = strchr(fields[0], '.');
		size_t size = dot ? (size_t)(dot - fields[0]) : sizeof layer;
		assert_true(size < sizeof layer);
		memcpy(layer, fields[0], size);
		layer[size] = '\0';
		rt_get_text(packet, layer, dot + 1, text, sizeof text);
		if (strcmp(text, fields[1]) != 0)
			fail_msg("%s: %s, not %s", fields[0], text, fields[1]);
	}
}

static void test_packet(void **state)
{
	const struct dissected_packet *packet = *state;
	struct sampled sampled;
	make(&sampled, &packet->sample);
	assert_string_equal(packet->layers, layer_names(&sampled.packet));
	check_fields(&sampled.packet, packet->fields);
	check_text(&sampled.frame, RT_FORMAT_LINE, packet->line);
	check_text(&sampled.frame, RT_FORMAT_SUMMARY, packet->summary);
	check_text(&sampled.frame, RT_FORMAT_SHOW, packet->show);
	print_cut(&sampled);
	if (!packet->is_doubtful)
		hard_cut(&packet->sample);
	hard_spoil(&packet->sample);
}

static const struct sample *find(const char *name)
{
	for (size_t i = 0; i < packet_count; i++)
		if (strcmp(packets[i].sample.name, name) == 0)
			return &packets[i].sample;
	fail_msg("no packet %s", name);
	return NULL;
}

static void test_field(void **state)
{
	const struct dissected_field *field = *state;
	struct sampled sampled;
	char text[2048];
	make(&sampled, find(field->packet));
	size_t size = rt_get_text(&sampled.packet, field->layer, field->field, text, sizeof text);
	assert_string_equal(field->expected, text);
	assert_int_equal(size, strlen(field->expected));
}

int dissected_run(const char *program, const struct dissected_packet *all, size_t count,
                  const struct dissected_field *fields, size_t field_count)
{
	struct CMUnitTest *tests = calloc(count + field_count, sizeof *tests);
	char (*names)[80] = calloc(field_count, sizeof *names);
	if (!tests || !names)
		return 1;
	packets = all;
	packet_count = count;
	for (size_t i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){ all[i].sample.name, test_packet, NULL, NULL,
		                                (void *)(uintptr_t)&all[i] };
	for (size_t i = 0; i < field_count; i++) {
		snprintf(names[i], sizeof names[i], "%s %s.%s", fields[i].packet, fields[i].layer, fields[i].field);
		tests[count + i] = (struct CMUnitTest){ names[i], test_field, NULL, NULL,
		                                        (void *)(uintptr_t)&fields[i] };
	}
	int failed = _cmocka_run_group_tests(program, tests, count + field_count, NULL, NULL);
	free(names);
	free(tests);
	return failed;
}
