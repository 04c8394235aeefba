/* SPDX-License-Identifier: MIT */
/* test_stamp.c - the time before a line, next to tcpdump's for the same frames, in several time zones around the
 * hours when clocks change. The zones are written out (POSIX TZ), so that no zone files are needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"
#include "sample.h"

#define SECOND 1000000000ull

static const uint64_t times[] = {
	1700000000 * SECOND + 35000,         /* CLI.md's */
	1700000000 * SECOND + 1035000,
	1700000000 * SECOND + 999999000,
	1700000001 * SECOND,
	1700000101 * SECOND + 7000,
	1700000100 * SECOND + 999999000,     /* back in time */
	1698540900 * SECOND - 1000,          /* 2023-10-29 00:55, then over the end of summer time in Europe */
	1698541200 * SECOND - 1000,
	1698541200 * SECOND,
	1698544800 * SECOND,
	1711846799 * SECOND + 999999000,     /* 2024-03-31 01:00: its begin */
	1711846800 * SECOND,
	1709164799 * SECOND + 999999000,     /* over 2024-02-29 */
	1709164800 * SECOND,
	1709251200 * SECOND,
	2147483647 * SECOND + 999999000,     /* the last second that tcpdump converts */
	0, 1000, SECOND,
};

static const char *const zones[] = { "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "NST3:30NDT,M3.2.0,M11.1.0",
	                             "IST-5:30",
	                             "LHST-10:30LHDT-11,M10.1.0,M4.1.0", "XXX-12:45", "LMT-0:53:28" };

struct form { const char *option; enum rt_stamp stamp; };

static const struct form forms[] = {
	{ "-t", RT_STAMP_NONE }, { "-n", RT_STAMP_CLOCK }, { "-tt", RT_STAMP_EPOCH },
	{ "-ttt", RT_STAMP_DELTA }, { "-tttt", RT_STAMP_DATE }, { "-ttttt", RT_STAMP_FIRST },
};

static struct sampled sampled;
static struct rt_frame frames[RT_COUNT(times)];

/* tcpdump's -ttt and -ttttt begin again at 24 hours; ringtap goes on counting, so frames there are a day apart at
 * most: `count` of them from the first. */
static struct answer ask_tcpdump(const char *option, bool is_nano, size_t count)
{
	const char *const argv[] = { "tcpdump", "-n", is_nano ? "--nano" : "--micro", option, "-r", "-",
	         NULL };
	struct capfile file = { 0 };
	capfile_pcap(&file, is_nano ? PCAP_NANO : PCAP_MICRO, 65535, RT_LINK_ETHER);
	for (size_t i = 0; i < count; i++) {
		uint32_t part = (uint32_t)(frames[i].time % SECOND);
		capfile_record(&file, (uint32_t)(frames[i].time / SECOND), is_nano ? part : part / 1000,
		               sampled.frame.caplen, sampled.frame.len, sampled.bytes, sampled.frame.caplen);
	}
	struct answer answer = ask(argv, file.bytes, file.size);
	capfile_free(&file);
	assert_int_equal(answer.status, 0);
	return answer;
}

/* What stands before "ARP" in every line, ours and theirs. */
static void same_stamps(const char *theirs, const char *ours, size_t count, const char *zone)
{
	for (size_t i = 0; i < count; i++) {
		const char *left = strstr(theirs, "ARP"), *right = strstr(ours, "ARP");
		assert_true(left && right);
		if (left - theirs != right - ours || memcmp(theirs, ours, (size_t)(left - theirs)) != 0)
			fail_msg("frame %zu, TZ=%s: tcpdump \"%.*s\", ringtap \"%.*s\"", i, zone,
			         (int)(left - theirs), theirs,
			         (int)(right - ours), ours);
		theirs = strchr(left, '\n') + 1;
		ours = strchr(right, '\n') + 1;
	}
	assert_int_equal(*ours, '\0');
}

static void compare(const struct form *form, bool is_nano, const char *zone)
{
	struct rt_output_options options = { .stamp = (uint8_t)form->stamp };
	bool is_difference = form->stamp == RT_STAMP_DELTA || form->stamp == RT_STAMP_FIRST;
	size_t count = is_difference ? 6 : RT_COUNT(times), size;
	sampled.iface.is_nano = is_nano;
	for (size_t i = 0; i < count; i++) {
		frames[i] = sampled.frame;
		frames[i].number = i + 1;
		frames[i].time = times[i] + (is_nano ? 123 : 0);
	}
	struct answer answer = ask_tcpdump(form->option, is_nano, count);
	char *text = printed(&options, frames, count, &size);
	same_stamps(answer.text, text, count, zone);
	free(text);
	free(answer.text);
}

static void test_form(void **state)
{
	need_program("tcpdump");
	sample_get(&sampled, "who-has");
	for (size_t i = 0; i < RT_COUNT(zones); i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		compare(*state, false, zones[i]);
		compare(*state, true, zones[i]);
	}
}

struct row { const char *expected; struct rt_output_options options; uint64_t time; };

static const struct row rows[] = {
	{ "22:13:20.000035 ", { .stamp = RT_STAMP_CLOCK, .is_utc = true }, SAMPLE_TIME },
	{ "2023-11-14 22:13:20.000035 ", { .stamp = RT_STAMP_DATE, .is_utc = true }, SAMPLE_TIME },
	{ "2023-11-14 22:13:20.000035000 ", { .stamp = RT_STAMP_DATE, .is_utc = true, .is_nano = true },
	  SAMPLE_TIME },
	{ "1700000000.000035000 ", { .stamp = RT_STAMP_EPOCH, .is_nano = true }, SAMPLE_TIME },
	/* date -u of the seconds: */
	{ "2100-02-28 23:59:59.000000 ", { .stamp = RT_STAMP_DATE, .is_utc = true }, 4107542399 * SECOND },
	{ "2100-03-01 00:00:00.000000 ", { .stamp = RT_STAMP_DATE, .is_utc = true }, 4107542400 * SECOND },
	{ "2106-02-07 06:28:15.000000 ", { .stamp = RT_STAMP_DATE, .is_utc = true }, 4294967295 * SECOND },
	{ "2554-07-21 23:34:33.709551 ", { .stamp = RT_STAMP_DATE, .is_utc = true }, UINT64_MAX },
	{ " 00:00:00.000000 ", { .stamp = RT_STAMP_DELTA }, SAMPLE_TIME },
	{ " 00:00:00.000000000 ", { .stamp = RT_STAMP_FIRST, .is_nano = true }, SAMPLE_TIME },
};

/* --utc and --nano, wherever the machine is. */
static void test_row(void **state)
{
	const struct row *row = *state;
	size_t size;
	setenv("TZ", "NST3:30", 1);
	tzset();
	sample_get(&sampled, "who-has");
	sampled.frame.time = row->time;
	char *text = printed(&row->options, &sampled.frame, 1, &size);
	*strstr(text, "ARP") = '\0';
	assert_string_equal(row->expected, text);
	free(text);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(forms) + RT_COUNT(rows)];
	size_t count = 0;
	for (size_t i = 0; i < RT_COUNT(forms); i++)
		tests[count++] = (struct CMUnitTest){ .name = forms[i].option, .test_func = test_form,
		                                      .initial_state = (void *)(uintptr_t)&forms[i] };
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = rows[i].expected, .test_func = test_row,
		                                      .initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("stamp", tests, NULL, NULL);
}
