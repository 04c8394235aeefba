/* SPDX-License-Identifier: MIT */
/* command.h - the real program, run as a person would, and all it said. It is the one that was built with the tests, or
 * what the environment variable RINGTAP_COMMAND says: "qemu-mips-static build-mips/ringtap". */
#ifndef RINGTAP_TESTS_COMMAND_H
#define RINGTAP_TESTS_COMMAND_H

#include <stddef.h>
#include "ask.h"

#define COMMAND_WORDS 48

struct said { int status; char *out; size_t out_size; char err[4096]; };

/* RINGTAP_COMMAND, or the path of the program. */
const char *command_itself(void);
/* Its words and those of `line`, parted by blanks; '...' keeps blanks. They stand in `words`. */
struct command_line { const char *argv[COMMAND_WORDS + 1]; char memory[2048]; };
void command_split(struct command_line *words, const char *line);

/* Runs the program with the words of `line` (printf's format). free(said.out). `input` may be NULL. */
struct said command_fed(const void *input, size_t size, const char *line);
struct said command(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Runs it and holds against: status, standard output, standard error. NULL: whatever. */
void command_says(int status, const char *out, const char *err, const char *line);

#endif
