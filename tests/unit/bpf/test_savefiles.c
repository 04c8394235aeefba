// SPDX-License-Identifier: MIT
/* test_savefiles.c - what test_tcpdump.c does, beyond its tables: rows of the filters put together at random, and
 * frames that Scapy makes at random. Another RINGTAP_SEED, other ones. Needs libpcap, Python and Scapy; without them
 * the tests skip and say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "ask.h"
#include "compare.h"
#include "rows.h"

/* ---- rows of the table put together at random: what one of them shifts, the next one reads -------------------- */

#define PAIRS 500                /* a link                                                       */

/* Not the first row, which is empty; not what has no meaning. */
static const char *some_row(struct dice *dice)
{
	const char *row = filters[1 + dice_roll(dice, (uint32_t)filter_count - 1)];
	const bool is_nonsense = strncmp(row, "byte ", 5) == 0 && strpbrk(row, "&|");
	return is_nonsense ? some_row(dice) : row;
}

static char *pair(struct dice *dice)
{
	static const char *const forms[] = {
		"(%s) and (%s)", "(%s) or (%s)", "(%s) and not (%s)", "not (%s) and (%s)", "not (%s) or (%s)",
		"(%s) and (%s) and (%s)", "(%s) or (%s) and (%s)", "((%s) or (%s)) and (%s)", "((%s) and (%s)) or (%s)",
	};
	const char *form = forms[dice_roll(dice, RT_COUNT(forms))];
	const char *first = some_row(dice), *second = some_row(dice), *third = some_row(dice);
	char *text;
	assert_true(asprintf(&text, form, first, second, third) > 0);
	return text;
}

static void test_pairs(void **state)
{
	const unsigned link = *(const unsigned *)*state;
	char *texts[PAIRS];
	struct dice dice = dice_new(11 + link);
	struct packet_set set = compare_packets(link, false, &dice);
	for (size_t i = 0; i < PAIRS; i++)
		texts[i] = pair(&dice);
	compare_all((const char *const *)texts, PAIRS, false, false, &set);
	for (size_t i = 0; i < PAIRS; i++)
		free(texts[i]);
	packets_free(&set);
}

/* ---- frames that Scapy makes at random ------------------------------------------------------------------------- */

#define SCAPY_FRAMES "60"        /* a link                                                       */

/* Lines of "LINKTYPE HEX", those of a link one after the other. */
static char *scapy_set(struct packet_set *set, char *at)
{
	set->link = (unsigned)strtoul(at, NULL, 10);
	while (*at && strtoul(at, NULL, 10) == set->link) {
		uint8_t bytes[TEST_PACKET_MAX];
		size_t size = 0;
		for (at = strchr(at, ' ') + 1; *at != '\n'; at += 2)
			bytes[size++] = (uint8_t)hex_pair(at);
		packets_add(set, "random", "scapy", bytes, size);
		at++;
	}
	return at;
}

static void test_scapy(void **state)
{
	struct dice dice = dice_new(3);
	char seed[16];
	const char *argv[] = { "/usr/bin/python3", "-B", RINGTAP_SOURCE "/tests/support/random_frames.py", seed,
	                       SCAPY_FRAMES, NULL };
	(void)state;
	snprintf(seed, sizeof seed, "%u", dice_roll(&dice, 1u << 30));
	struct answer answer = ask(argv, NULL, 0);
	if (answer.status == 77 || answer.status == 127) {
		free(answer.text);
		print_message("skipped: no Scapy\n");
		skip();
	}
	assert_int_equal(answer.status, 0);
	size_t links = 0;
	for (char *at = answer.text; *at; links++) {
		struct packet_set set = { 0 };
		at = scapy_set(&set, at);
		compare_all(filters, filter_count, false, true, &set);
		packets_free(&set);
	}
	free(answer.text);
	assert_int_equal(links, filter_link_count);
}

int main(void)
{
	for (size_t i = 0; i < filter_link_count; i++)
		rows_add("pairs", rt_link_name(filter_links[i]), test_pairs, &filter_links[i]);
	rows_add("scapy", NULL, test_scapy, NULL);
	return rows_run("savefiles");
}
