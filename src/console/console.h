/* SPDX-License-Identifier: MIT */
/* console.h - the conversation: lines from a terminal or a pipe become statements, statements become answers. */
#ifndef RINGTAP_CONSOLE_CONSOLE_H
#define RINGTAP_CONSOLE_CONSOLE_H

#include <ringtap/console.h>

struct console_options {
	struct rt_script *script;        /* borrowed; prints to `out`                                 */
	struct rt_text *out, *err;       /* answers; errors                                           */
	int in, stop;                    /* lines come from there; readable when all is to end        */
	const char *banner;              /* shown on a terminal, before the first prompt              */
};

/* Until the end of the input, Ctrl-D, exit() or `stop`. The terminal is as it was then. Returns the status that exit()
 * was given, else 0; or a negative errno. */
int console_run(const struct console_options *options, struct rt_error *error);

#endif
