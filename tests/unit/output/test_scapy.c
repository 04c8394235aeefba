/* SPDX-License-Identifier: MIT */
/* test_scapy.c - --summary and --show of one packet of every kind, next to what Scapy prints for the same bytes.
 * Left out of the comparison, because they are not in the packet: ICMP's `unused` of no width, and `autopad`,
 * which is a switch of Scapy's builder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "ask.h"
#include "sample.h"

#define SCAPY "/usr/bin/python3"        /* Debian's: a virtual environment may hide python3-scapy */

/* Lines of "LINK HEX" in; for each packet its summary and its show(), each ended by a 0. */
static const char script[] =
	"import logging, re, sys\n"
	"logging.getLogger('scapy').setLevel(40)\n"
	"from scapy.all import *\n"
	"import scapy.contrib.igmp\n"
	"conf.debug_dissector = False\n"
	"for line in sys.stdin:\n"
	"    link, data = line.split()\n"
	"    data = bytes.fromhex(data)\n"
	"    ip = IP if data[0] >> 4 == 4 else IPv6\n"
	"    packet = {1: Ether, 101: ip, 113: CookedLinux, 276: CookedLinuxV2}[int(link)](data)\n"
	"    show = re.sub(r\"(?m)^ *(unused += ''|autopad += .*)\\n\", '', packet.show(dump=True))\n"
	"    sys.stdout.write(packet.summary() + '\\0' + show + '\\0')\n";

struct expected { const struct sample *sample; const char *summary, *show; };

static struct expected *expected;
static char *answers;

static int ask_scapy(void **state)
{
	const char *const probe[] = { SCAPY, "-c", "import scapy.all", NULL };
	const char *const argv[] = { SCAPY, "-c", script, NULL };
	char question[64 * 1024], *at = question;
	(void)state;
	struct answer answer = ask(probe, NULL, 0);
	free(answer.text);
	if (answer.status)
		return 0;                       /* every row says so and skips */
	for (size_t i = 0; i < sample_count; i++) {
		assert_true(at + strlen(samples[i].hex) + 16 < question + sizeof question);
		at += sprintf(at, "%u %s\n", samples[i].link, samples[i].hex);
	}
	answer = ask(argv, question, (size_t)(at - question));
	assert_int_equal(answer.status, 0);
	answers = answer.text;
	expected = calloc(sample_count, sizeof *expected);
	assert_non_null(expected);
	at = answers;
	for (size_t i = 0; i < sample_count; i++) {
		expected[i] = (struct expected){ &samples[i], at, at + strlen(at) + 1 };
		at = at + strlen(at) + 1;
		at = at + strlen(at) + 1;
	}
	assert_ptr_equal(at, answers + answer.size);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	free(expected);
	free(answers);
	return 0;
}

static const struct expected *find(const struct sample *sample)
{
	if (!expected) {
		print_message("skipped: python3-scapy is not installed\n");
		skip();
	}
	return &expected[sample - samples];
}

static char *print_sample(const struct sample *sample, enum rt_format format)
{
	const struct rt_output_options options = { .format = (uint8_t)format, .stamp = RT_STAMP_NONE };
	struct sampled sampled;
	size_t size;
	sample_get(&sampled, sample->name);
	char *text = printed(&options, &sampled.frame, 1, &size);
	assert_true(size > 0);
	assert_int_equal(text[size - 1], '\n');
	text[size - 1] = '\0';                  /* print() adds it in Python */
	return text;
}

/* cmocka cuts long messages, so compare line by line. */
static void same_lines(const char *theirs, const char *ours)
{
	for (;;) {
		size_t left = strcspn(theirs, "\n"), right = strcspn(ours, "\n");
		if (left != right || memcmp(theirs, ours, left) || theirs[left] != ours[right])
			fail_msg("Scapy says \"%.*s\", ringtap \"%.*s\"", (int)left, theirs, (int)right,
			         ours);
		if (!theirs[left])
			return;
		theirs += left + 1;
		ours += right + 1;
	}
}

static void test_summary(void **state)
{
	const struct expected *row = find(*state);
	char *text = print_sample(row->sample, RT_FORMAT_SUMMARY);
	same_lines(row->summary, text);
	free(text);
}

static void test_show(void **state)
{
	const struct expected *row = find(*state);
	if (strcmp(row->sample->name, "offer") == 0)
		skip();                         /* tests/scapy/agree_app.py knows where DHCP differs by design */
	char *text = print_sample(row->sample, RT_FORMAT_SHOW);
	same_lines(row->show, text);
	free(text);
}

int main(void)
{
	struct CMUnitTest *tests = calloc(2 * sample_count, sizeof *tests);
	if (!tests)
		return 1;
	for (size_t i = 0; i < sample_count; i++) {
		void *sample = (void *)(uintptr_t)&samples[i];
		tests[2 * i] = (struct CMUnitTest){ samples[i].name, test_summary, NULL, NULL, sample };
		tests[2 * i + 1] = (struct CMUnitTest){ samples[i].name, test_show, NULL, NULL, sample };
	}
	int failed = _cmocka_run_group_tests("scapy", tests, 2 * sample_count, ask_scapy, forget);
	free(tests);
	return failed;
}
