/* SPDX-License-Identifier: MIT */
/* test_checksum.c - wrong checksums are marked by -v, and by nothing else. The bytes, right sums included, are Scapy's;
 * tests/scapy/sums.py has every kind of sum. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

#define ENDS  "0a0000010a000002"
#define TCP(sum) "4500002b00010000400666ca" ENDS "0014005000000000000000005002" "2000" sum "0000" "686921"
#define UDP(sum) "4500001f00010000401166cb" ENDS "00140050000b" sum "686921"
#define SCTP(sum) "450000340001000040846643" ENDS "0014005000000000" sum \
	"00000012000000000000000000000000" "68690000"
#define ENDS6 "fe800000000000000000000000000001" "fe800000000000000000000000000002"
#define ECHO(sum) "60000000000b3a40" ENDS6 "8000" sum "00010001" "686921"

/* `line`: as it stands; `is_cut`: the last byte was not captured. */
struct row { const char *name, *hex, *line; bool is_cut, is_unsummed, is_plain; };

static const struct row rows[] = {
	{ "TCP", TCP("f20f"), "chksum    = 0xf20f\n" },
	{ "TCP, wrong", TCP("f20e"), "chksum    = 0xf20e (incorrect -> 0xf20f)\n" },
	{ "TCP, wrong, --show", TCP("f20e"), "chksum    = 0xf20e\n", .is_plain = true },
	{ "TCP, wrong and cut", TCP("f20e"), "chksum    = 0xf20e\n", .is_cut = true },
	{ "TCP, left to the card", TCP("f20e"), "chksum    = 0xf20e\n", .is_unsummed = true },
	{ "UDP", UDP("6208"), "chksum    = 0x6208\n" },
	{ "UDP, wrong", UDP("0100"), "chksum    = 0x100 (incorrect -> 0x6208)\n" },
	{ "UDP, none", UDP("0000"), "chksum    = 0x0\n" },
	{ "SCTP", SCTP("2d82e3ff"), "chksum    = 0x2d82e3ff\n" },
	{ "SCTP, wrong", SCTP("2d82e3fe"), "chksum    = 0x2d82e3fe (incorrect -> 0x2d82e3ff)\n" },
	{ "ICMPv6", ECHO("f949"), "cksum     = 0xf949\n" },
	{ "ICMPv6, wrong", ECHO("940f"), "cksum     = 0x940f (incorrect -> 0xf949)\n" },
};

static char *shown(struct sampled *sampled, bool checks_sums)
{
	const struct rt_output_options options = { .format = RT_FORMAT_SHOW, .checks_sums = checks_sums };
	size_t size;
	return printed(&options, &sampled->frame, 1, &size);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct sample sample = { row->name, RT_LINK_RAW, row->hex };
	uint8_t bytes[SAMPLE_MAX];
	uint32_t size = (uint32_t)sample_bytes(&sample, bytes);
	struct sampled sampled;
	sample_make(&sampled, RT_LINK_RAW, bytes, size - row->is_cut, size);
	sampled.frame.is_unsummed = row->is_unsummed;
	char *text = shown(&sampled, !row->is_plain);
	if (!strstr(text, row->line))
		fail_msg("no %s in\n%s", row->line, text);
	free(text);
}

/* Scapy's own sums are right, in every sample. */
static void test_samples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sample_count; i++) {
		struct sampled sampled;
		sample_get(&sampled, samples[i].name);
		char *text = shown(&sampled, true), *mark = strstr(text, "incorrect");
		if (mark)
			fail_msg("%s: %s", samples[i].name, text);
		free(text);
	}
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 1];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	tests[RT_COUNT(rows)] = (struct CMUnitTest)cmocka_unit_test(test_samples);
	return cmocka_run_group_tests_name("checksum", tests, NULL, NULL);
}
