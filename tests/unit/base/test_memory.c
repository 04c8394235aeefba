/* SPDX-License-Identifier: MIT */
/* test_memory.c - the memory that is free, against another source: sysinfo(2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/sysinfo.h>
#include <cmocka.h>
#include <ringtap/base.h>

/* What is available is less than all there is, and more than a part of what lies idle. */
static void test_available(void **state)
{
	struct sysinfo info;
	(void)state;
	assert_int_equal(0, sysinfo(&info));
	const uint64_t available = rt_memory_available(), unit = info.mem_unit;
	assert_in_range(available, info.freeram * unit / 4, info.totalram * unit);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_available) };
	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
