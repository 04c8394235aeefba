/* SPDX-License-Identifier: MIT */
/* test_hostile.c - every format on every sample, cut at every length and spoiled at random: a line stays one line,
 * no control byte gets out, and JSON stays strict (judged by python3). The bytes lie at the end of their memory, so
 * that a sanitizer sees a read past the capture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "ask.h"
#include "hard.h"

#define SEED   20240611u
#define JUDGED (16u << 20)              /* bytes of JSON that one Python reads, or a little more */

#define FIELDS "{IP.src} {IPv6.dst} {TCP.options} {DNS.qd.qname} {DNS.an.rdata} {DNS.ar} {Raw.load} " \
	"{IP.options} {ARP.psrc}"

static const struct rt_output_options formats[] = {
	{ .format = RT_FORMAT_LINE }, { .format = RT_FORMAT_LINE, .is_short = true, .show_link = true },
	{ .format = RT_FORMAT_SUMMARY }, { .format = RT_FORMAT_TEMPLATE, .template_text = FIELDS },
	{ .format = RT_FORMAT_JSON }, { .format = RT_FORMAT_SHOW }, { .format = RT_FORMAT_SHOW, .checks_sums = true },
};

/* --show may break lines; of everything else each frame is one. Bytes of 0x80 and above only as UTF-8 that JSON
 * allows. */
static void check_clean(const struct rt_output_options *options, const char *text, size_t size, size_t count,
                        const char *name)
{
	size_t lines = 0;
	assert_int_equal(strlen(text), size);
	assert_true(size > 0 && text[size - 1] == '\n');
	for (size_t i = 0; i < size; i++) {
		uint8_t c = (uint8_t)text[i];
		lines += c == '\n';
		if (c != '\n' && (c < 0x20 || c == 0x7f))
			fail_msg("byte %02x in format %u of %s, line %zu", c, options->format, name, lines + 1);
	}
	if (options->format == RT_FORMAT_SHOW ? lines < count : lines != count)
		fail_msg("%zu lines in format %u of %s, %zu frames", lines, options->format, name, count);
}

struct json { char *text; size_t size, room, lines; };

static void collect(struct json *json, const char *text, size_t size, size_t lines)
{
	if (json->room - json->size < size) {
		json->room = (json->size + size) * 2;
		json->text = realloc(json->text, json->room);
		assert_non_null(json->text);
	}
	memcpy(json->text + json->size, text, size);
	json->size += size;
	json->lines += lines;
}

static void add(struct exact *frames, const struct sample *sample, const uint8_t *bytes, uint32_t caplen, uint32_t len)
{
	static const struct rt_iface iface = { .name = "v\x1b\xff\"\n0" };
	const struct rt_frame like = { .len = len, .time = SAMPLE_TIME, .number = 1, .iface = &iface,
	                               .link = (uint16_t)sample->link };
	exact_add(frames, &like, bytes, caplen);
}

/* All frames in every format, each by one printer. */
static void print_all(struct json *json, const char *name, struct exact *frames)
{
	for (size_t f = 0; f < RT_COUNT(formats); f++) {
		size_t size;
		char *text = printed(&formats[f], frames->frames, frames->count, &size);
		check_clean(&formats[f], text, size, frames->count, name);
		if (formats[f].format == RT_FORMAT_JSON)
			collect(json, text, size, frames->count);
		free(text);
	}
	exact_free(frames);
}

/* RFC 8259, no member twice, no text that a parser may refuse; the answer is the number of lines. */
static void judge(struct json *json)
{
	static const char program[] =
		"import json, sys\n"
		"def once(pairs):\n"
		"    assert len(dict(pairs)) == len(pairs), [k for k, v in pairs]\n"
		"    return dict(pairs)\n"
		"def no(word): raise ValueError(word)\n"
		"lines = sys.stdin.buffer.read().split(b'\\n')\n"
		"for line in lines[:-1]:\n"
		"    packet = json.loads(line.decode('utf-8', 'strict'), object_pairs_hook=once, "
		"parse_constant=no)\n"
		"    seen = {}\n"
		"    keys = ['number', 'time', 'iface', 'caplen', 'len', 'layers']\n"
		"    for name in packet['layers']:\n"
		"        seen[name] = seen.get(name, 0) + 1\n"
		"        keys.append(name if seen[name] == 1 else '%s_%d' % (name, seen[name]))\n"
		"    assert list(packet) == keys, line\n"
		"print(len(lines) - 1)\n";
	char expected[32];
	snprintf(expected, sizeof expected, "%zu\n", json->lines);
	need_program("/usr/bin/python3");
	struct answer answer = ask((const char *const[]){ "/usr/bin/python3", "-c", program, NULL },
	                           json->text, json->size);
	assert_string_equal(expected, answer.text);
	assert_int_equal(answer.status, 0);
	free(answer.text);
	free(json->text);
	*json = (struct json){ 0 };
}

static void test_cut(void **state)
{
	struct json json = { 0 };
	uint8_t bytes[SAMPLE_MAX];
	(void)state;
	for (size_t i = 0; i < sample_count; i++) {
		uint32_t size = (uint32_t)sample_bytes(&samples[i], bytes);
		struct exact frames = { 0 };
		for (uint32_t caplen = 0; caplen <= size; caplen++)
			add(&frames, &samples[i], bytes, caplen, size);
		print_all(&json, samples[i].name, &frames);
	}
	judge(&json);
}

static void test_spoilt(void **state)
{
	struct json json = { 0 };
	uint8_t bytes[SAMPLE_MAX];
	uint32_t seed = SEED;
	(void)state;
	print_message("seed %u\n", SEED);
	for (size_t i = 0; i < sample_count; i++) {
		struct exact frames = { 0 };
		for (unsigned n = 0; n < hard_variants(); n++) {
			uint32_t size = (uint32_t)sample_bytes(&samples[i], bytes), first = n % 2 ? 14 : 34;
			for (unsigned k = 1 + hard_random(&seed) % 6; k; k--) {
				uint32_t at = first < size ? first + hard_random(&seed) % (size - first) : 0;
				bytes[at] = (uint8_t)hard_random(&seed);
			}
			uint32_t caplen = n % 4 ? size : hard_random(&seed) % size;
			add(&frames, &samples[i], bytes, caplen, n % 3 ? size : size + hard_random(&seed) % 1000);
		}
		print_all(&json, samples[i].name, &frames);
		if (json.size > JUDGED)
			judge(&json);
	}
	judge(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cut), cmocka_unit_test(test_spoilt) };
	return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
