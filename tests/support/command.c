/* SPDX-License-Identifier: MIT */
/* command.c - the real program, run as a person would, and all it said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "command.h"

static void split(struct command_line *words, size_t *count, char **at, const char *line)
{
	while (*(line += strspn(line, " "))) {
		bool is_quoted = *line == '\'';
		size_t size = is_quoted ? strcspn(++line, "'") : strcspn(line, " ");
		assert_true(*count < COMMAND_WORDS && *at + size < words->memory + sizeof words->memory);
		words->argv[(*count)++] = memcpy(*at, line, size);
		(*at)[size] = '\0';
		*at += size + 1;
		line += size + (is_quoted && line[size]);
	}
	words->argv[*count] = NULL;
}

const char *command_itself(void)
{
	const char *command = getenv("RINGTAP_COMMAND");
	return command ? command : RINGTAP_PROGRAM;
}

void command_split(struct command_line *words, const char *line)
{
	char *at = words->memory;
	size_t count = 0;
	split(words, &count, &at, command_itself());
	split(words, &count, &at, line);
}

struct said command_fed(const void *input, size_t size, const char *line)
{
	struct command_line words;
	struct said said;
	command_split(&words, line);
	struct answer answer = ask_both(words.argv, input, size, said.err, sizeof said.err);
	said.status = answer.status;
	said.out = answer.text;
	said.out_size = answer.size;
	return said;
}

struct said command(const char *format, ...)
{
	char line[2048];
	va_list args;
	va_start(args, format);
	assert_in_range(vsnprintf(line, sizeof line, format, args), 0, sizeof line - 1);
	va_end(args);
	return command_fed(NULL, 0, line);
}

void command_says(int status, const char *out, const char *err, const char *line)
{
	struct said said = command_fed(NULL, 0, line);
	if (err)
		assert_string_equal(err, said.err);
	if (out)
		assert_string_equal(out, said.out);
	assert_int_equal(status, said.status);
	free(said.out);
}
