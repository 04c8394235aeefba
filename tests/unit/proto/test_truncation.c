/* SPDX-License-Identifier: MIT */
/* test_truncation.c - every sample cut at every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "hard.h"

static void test_sample(void **state) { hard_cut(*state); }

int main(void)
{
	struct CMUnitTest *tests = calloc(sample_count, sizeof *tests);
	if (!tests)
		return 1;
	for (size_t i = 0; i < sample_count; i++)
		tests[i] = (struct CMUnitTest){ samples[i].name, test_sample, NULL, NULL,
		                                (void *)(uintptr_t)&samples[i] };
	int failed = _cmocka_run_group_tests("truncation", tests, sample_count, NULL, NULL);
	free(tests);
	return failed;
}
