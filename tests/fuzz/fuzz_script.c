/* SPDX-License-Identifier: MIT */
/* fuzz_script.c - any text as a script of the console's language: it is compiled and run with budgets of steps and
 * memory, and ends in one of the ways that console.h names. Input: how (1 byte), the text. The rows of
 * tests/unit/console/language.txt are good seeds; -dict= its words. */
#include <errno.h>
#include <stdlib.h>
#include <ringtap/console.h>

#define STEPS      3000u
#define MEMORY     (512u << 10)
#define STRESS_MAX 300u                  /* bytes of a text that is run with a collection at every allocation */

enum { HOW_ECHO = 1, HOW_STRESSED = 2, HOW_ESCAPED = 4 };

static void check(int rc, const struct rt_script_error *error)
{
	if (rc == 0)
		return;
	if (rc != -EINVAL && rc != -ETIME && rc != -ENOMEM && rc != -ECANCELED && rc != -EINTR)
		abort();
	if (!error->what[0] || error->line < 0 || error->column < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[1 << 16];
	struct rt_text out;
	struct rt_error problem;
	struct rt_script *script;
	struct rt_script_error error;
	size_t used, peak;
	if (!size)
		return 0;
	const char *text = (const char *)data + 1;
	rt_text_init(&out, memory, sizeof memory, -1);
	const struct rt_script_options options = {
		.out = &out, .steps = STEPS, .memory = MEMORY, .is_escaped = data[0] & HOW_ESCAPED,
		.is_stressed = data[0] & HOW_STRESSED && size < STRESS_MAX,
	};
	if (rt_script_new(&script, &options, &problem) < 0)
		abort();
	rt_script_wants_more(script, text, size - 1);
	const int rc = rt_script_run(script, text, size - 1, "fuzz", data[0] & HOW_ECHO, &error);
	check(rc, &error);
	/* whatever happened, the next text runs */
	check(rt_script_run(script, "print(1)", 8, "fuzz", 0, &error), &error);
	rt_script_memory(script, &used, &peak);
	if (peak > MEMORY)
		abort();
	rt_script_free(script);
	return 0;
}
