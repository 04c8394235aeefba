/* SPDX-License-Identifier: MIT */
/* rows.h - tests made of rows: each row is added under a name of its own, then all of them are run by cmocka. */
#ifndef RINGTAP_TESTS_ROWS_H
#define RINGTAP_TESTS_ROWS_H

/* The test gets `row` as *state. Named "group: name", or "group" when `name` is NULL. At most 1024 a program. */
void rows_add(const char *group, const char *name, void (*test)(void **state), const void *row);
/* What main returns. */
int  rows_run(const char *program);

#endif
