/* SPDX-License-Identifier: MIT */
/* test_language.c - the rows of language.txt: a source text, then what it prints and how it ends. Each row is run
 * twice: as it is, and with garbage collected at every allocation, in another interpreter. What is expected comes from
 * python3, which python_language (tests/python/language.py) asks again; rows where we differ say why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/console.h>
#include "rows.h"

#define FILE_MAX   (1u << 20)
#define OUTPUT_MAX (1u << 16)
#define STEPS_MAX  3000000u              /* a row that does not end fails                                */
#define MEMORY     (32u << 20)
#define MARK       "\n=== "
#define MIDDLE     "\n---\n"

struct row { const char *name, *source, *expected; bool is_console; };

static char file[FILE_MAX];
static struct row rows[1024];

static void run_row(const struct row *row, bool is_stressed, char *output)
{
	struct rt_text out;
	struct rt_error error;
	struct rt_script *script;
	struct rt_script_error what;
	rt_text_init(&out, output, OUTPUT_MAX - sizeof what, -1);
	const struct rt_script_options options = {
		.out = &out, .steps = STEPS_MAX, .memory = MEMORY, .is_stressed = is_stressed
	};
	assert_int_equal(rt_script_new(&script, &options, &error), 0);
	const int rc = rt_script_run(script, row->source, strlen(row->source), "row",
	                             row->is_console ? RT_SCRIPT_ECHO : 0, &what);
	assert_int_equal(out.error, 0);
	out.end += sizeof what;
	if (rc < 0)
		rt_put_format(&out, "! %s\n", what.what);
	rt_put_char(&out, '\0');
	assert_int_equal(out.error, 0);
	rt_script_free(script);
}

static void test_row(void **state)
{
	static char output[OUTPUT_MAX];
	const struct row *row = *state;
	run_row(row, false, output);
	assert_string_equal(output, row->expected);
	if (getenv("RINGTAP_UNSTRESSED"))
		return;
	run_row(row, true, output);
	assert_string_equal(output, row->expected);
}

/* Ends the text in front of `line`, which begins with a line end that stays; the place behind it. NULL: no such line.
 * */
static char *cut_before(char *at, const char *line)
{
	char *found = strncmp(at, line + 1, strlen(line) - 1) == 0 ? at - 1 : strstr(at, line);
	if (!found)
		return NULL;
	found[1] = '\0';
	return found + strlen(line);
}

/* "=== name", the source, "---", what is expected. */
static size_t read_rows(char *at)
{
	size_t count = 0;
	at = cut_before(at, MARK);
	while (at && count < RT_COUNT(rows)) {
		struct row *row = &rows[count++];
		char *next = cut_before(at, MARK), *source = strchr(at, '\n') + 1;
		*row = (struct row){ .name = at, .source = source, .is_console = strncmp(at, "console", 7) == 0 };
		source[-1] = '\0';
		row->expected = cut_before(source, MIDDLE);
		if (!row->expected) {
			fprintf(stderr, "row \"%s\" has no ---\n", row->name);
			exit(1);
		}
		at = next;
	}
	return count;
}

int main(int argc, char **argv)
{
	FILE *from = fopen(argc > 1 ? argv[1] : RINGTAP_SOURCE "/tests/unit/console/language.txt", "rb");
	if (!from)
		return 1;
	file[fread(file, 1, sizeof file - 1, from)] = '\0';
	fclose(from);
	const size_t count = read_rows(file);
	for (size_t i = 0; i < count; i++)
		rows_add(rows[i].name, NULL, test_row, &rows[i]);
	return rows_run("language");
}
