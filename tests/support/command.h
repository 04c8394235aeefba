/* SPDX-License-Identifier: MIT */
/* command.h - the real program, run as a person would, and all it said. RINGTAP_PROGRAM is its path; the environment
 * variable RINGTAP_RUNNER puts words in front of it (qemu-mips-static, valgrind). */
#ifndef RINGTAP_TESTS_COMMAND_H
#define RINGTAP_TESTS_COMMAND_H

#include <stddef.h>
#include "ask.h"

#define COMMAND_WORDS 48

struct said { int status; char *out; size_t out_size; char err[4096]; };

/* The words of `line`, parted by blanks; '...' keeps blanks. Points into `words`' own memory. */
struct command_line { const char *argv[COMMAND_WORDS + 1]; char memory[2048]; };
void command_split(struct command_line *words, const char *program, const char *line);

/* Runs the program with the words of `line` (printf's format). free(said.out). `input` may be NULL. */
struct said command_fed(const void *input, size_t size, const char *line);
struct said command(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Runs it and holds against: status, standard output, standard error. NULL: whatever. */
void command_says(int status, const char *out, const char *err, const char *line);

#endif
