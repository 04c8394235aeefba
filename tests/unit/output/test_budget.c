/* SPDX-License-Identifier: MIT */
/* test_budget.c - lists in lists: a text has at most RT_FIELDS_MAX items and fields of items, whatever a packet is full
 * of. The packet is one of DHCP with parameter request lists (RFC 2132 section 9.8) as long as they can be; how many
 * numbers there are is counted by hand: an option is four (itself, kind, length, value), a number two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

#define OPTIONS 100u                    /* 15 whole ones and 239 numbers of the next fit                    */
#define NUMBERS 255u
#define FRONT   (20u + 8 + 236 + 4)
#define SIZE    (FRONT + OPTIONS * (2 + NUMBERS))
#define FIT     (15 * NUMBERS + 239)
#define TEXT_MAX (1u << 20)

static uint8_t bytes[SIZE];

static void fill(void)
{
	static const uint8_t front[] = { 0x45, [8] = 64, 17, [20] = 0, 68, 0, 67 }, magic[] = { 0x63, 0x82, 0x53, 0x63 };
	memcpy(bytes, front, sizeof front);
	memcpy(bytes + FRONT - sizeof magic, magic, sizeof magic);
	for (unsigned i = 0; i < OPTIONS; i++) {
		uint8_t *option = bytes + FRONT + i * (2 + NUMBERS);
		option[0] = 55;
		option[1] = NUMBERS;
		memset(option + 2, 251, NUMBERS);
	}
}

static unsigned count(const char *text, const char *word)
{
	unsigned n = 0;
	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}


struct row { const char *name; void (*put)(struct rt_text *, const struct rt_packet *); };

static void put_show(struct rt_text *out, const struct rt_packet *packet) { rt_put_show(out, packet, 0); }
static void put_repr(struct rt_text *out, const struct rt_packet *packet) { rt_put_repr(out, packet, 0); }

static void put_options(struct rt_text *out, const struct rt_packet *packet)
{
	struct rt_value value;
	assert_true(rt_value_find(packet, rt_layer_find(packet, "DHCP", 1), "options", &value));
	rt_put_value(out, &value, RT_STYLE_SHOW);
}

static void test_text(void **state)
{
	static const struct rt_iface iface = { .name = "" };
	const struct row *row = *state;
	const struct rt_frame frame = { .data = bytes, .caplen = SIZE, .len = SIZE, .iface = &iface, .link = RT_LINK_RAW };
	struct rt_packet packet;
	struct rt_text out;
	char *text = calloc(1, TEXT_MAX);
	assert_non_null(text);
	rt_decode(sample_dissector(), &frame, &packet);
	rt_text_init(&out, text, TEXT_MAX - 1, -1);
	for (unsigned i = 1; i <= 2; i++) {             /* the next text begins anew */
		row->put(&out, &packet);
		assert_int_equal(i * FIT, count(text, "251"));
	}
	assert_int_equal(out.fields, 0);
	free(text);
}

int main(void)
{
	static const struct row rows[] = {
		{ "json", rt_put_json }, { "show", put_show }, { "repr", put_repr }, { "one value", put_options },
	};
	struct CMUnitTest tests[RT_COUNT(rows)];
	fill();
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, test_text, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
