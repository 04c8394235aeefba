/* SPDX-License-Identifier: MIT */
/* ask.h - put a question to another program: bytes on its standard input, an answer on its standard output.
 * Second sources (python3, tcpdump, tshark) are asked this way. Nothing here judges the answer. */
#ifndef RINGTAP_TESTS_ASK_H
#define RINGTAP_TESTS_ASK_H

#include <stdbool.h>
#include <stddef.h>

struct answer {
	int   status;            /* exit status; 127: the program is not there; 128 + n: ended by signal n  */
	char *text;              /* standard output, with a 0 after it; free() it                          */
	size_t size;
};

/* `argv` ends with NULL; argv[0] is looked up in PATH. `input` may be NULL (then it is /dev/null). Standard error
 * is thrown away. The program gets 120 seconds. */
struct answer ask(const char *const argv[], const void *input, size_t size);
/* The same, and the first room - 1 bytes of its standard error into `errors`. */
struct answer ask_both(const char *const argv[], const void *input, size_t size, char *errors, size_t room);
/* Ends the running test as skipped, and says why, when there is no such program. */
void need_program(const char *name);
/* The byte that two hexadecimal digits write; fails the test when they are none. */
unsigned hex_pair(const char *digits);

#endif
