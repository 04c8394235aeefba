/* SPDX-License-Identifier: MIT */
/* rows.c - collects named tests for cmocka, whose tables want constant names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "rows.h"

#define ROWS_MAX 1024

static struct CMUnitTest tests[ROWS_MAX];
static char names[ROWS_MAX][64];
static size_t count;

void rows_add(const char *group, const char *name, void (*test)(void **state), const void *row)
{
	if (count == ROWS_MAX)
		abort();
	snprintf(names[count], sizeof names[0], "%s%s%s", group, name ? ": " : "", name ? name : "");
	tests[count] = (struct CMUnitTest){ names[count], test, NULL, NULL, (void *)(uintptr_t)row };
	count++;
}

int rows_run(const char *program) { return _cmocka_run_group_tests(program, tests, count, NULL, NULL); }
