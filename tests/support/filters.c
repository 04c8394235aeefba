// SPDX-License-Identifier: MIT
/* filters.c - the table, and libpcap's answers read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"
#include "filters.h"
#include "links.h"

const char *const filters[] = {
#include "filters.def"
};
const size_t filter_count = RT_COUNT(filters);

const char *const refused_filters[] = {
#include "refused.def"
};
const size_t refused_filter_count = RT_COUNT(refused_filters);

const unsigned filter_links[] = { PACKET_LINKS };
const size_t filter_link_count = RT_COUNT(filter_links);

static char *joined(const char *const texts[], size_t count)
{
	size_t size = 1;
	for (size_t i = 0; i < count; i++)
		size += strlen(texts[i]) + 1;
	char *all = malloc(size), *at = all;
	assert_non_null(all);
	for (size_t i = 0; i < count; i++)
		at += sprintf(at, "%s\n", texts[i]);
	return all;
}

struct theirs theirs_read(const char *line)
{
	struct theirs program = { 0 };
	assert_non_null(line);
	if (*line == '!') {
		program.why = strdup(line + 1);
		return program;
	}
	char *at;
	program.count = strtoul(line, &at, 10);
	program.code = calloc(program.count, sizeof *program.code);
	assert_non_null(program.code);
	for (size_t i = 0; i < program.count; i++) {
		struct sock_filter *insn = &program.code[i];
		insn->code = (uint16_t)strtoul(at, &at, 10);
		insn->jt = (uint8_t)strtoul(at, &at, 10);
		insn->jf = (uint8_t)strtoul(at, &at, 10);
		insn->k = (uint32_t)strtoul(at, &at, 10);
	}
	assert_true(program.count > 0 && at[strspn(at, "\n")] == '\0');
	return program;
}

/* Without them libpcap knows no service, and takes any protocol for number 0. */
static void need_names(void)
{
	static const char *const files[] = { "/etc/services", "/etc/protocols", "/etc/networks" };
	for (size_t i = 0; i < RT_COUNT(files); i++) {
		if (access(files[i], R_OK) == 0)
			continue;
		print_message("skipped: there is no %s here (Debian: netbase)\n", files[i]);
		skip();
	}
}

/* Two lines for each filter. */
static char *ask_python(unsigned link, bool is_swapped, const char *const texts[], size_t count)
{
	char number[16], *input = joined(texts, count);
	const char *argv[] = { "/usr/bin/python3", RINGTAP_SOURCE "/tests/support/libpcap.py", number,
	                       is_swapped ? "swapped" : NULL, NULL };
	snprintf(number, sizeof number, "%u", link);
	struct answer answer = ask(argv, input, strlen(input));
	free(input);
	if (answer.status == 77 || answer.status == 127) {
		free(answer.text);
		print_message("skipped: no %s\n", answer.status == 77 ? "libpcap" : "Python");
		skip();
	}
	assert_int_equal(answer.status, 0);
	return answer.text;
}

struct both *libpcap_ask(unsigned link, bool is_swapped, const char *const texts[], size_t count)
{
	need_names();
	char *lines = ask_python(link, is_swapped, texts, count), *rest = lines;
	struct both *answers = calloc(count + 1, sizeof *answers);
	assert_non_null(answers);
	for (size_t i = 0; i < count; i++) {
		answers[i].optimised = theirs_read(strsep(&rest, "\n"));
		answers[i].plain = theirs_read(strsep(&rest, "\n"));
	}
	assert_string_equal(rest, "");
	free(lines);
	return answers;
}

void libpcap_free(struct both *answers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(answers[i].optimised.why);
		free(answers[i].optimised.code);
		free(answers[i].plain.why);
		free(answers[i].plain.code);
	}
	free(answers);
}
