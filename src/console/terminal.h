/* SPDX-License-Identifier: MIT */
/* terminal.h - the terminal of a console: raw while a line is typed, as it was while statements run, and as it was in
 * the end. Changes of the window and Ctrl-Z from elsewhere come through a signalfd, so nothing here is global. */
#ifndef RINGTAP_CONSOLE_TERMINAL_H
#define RINGTAP_CONSOLE_TERMINAL_H

#include <ringtap/base.h>
#include <termios.h>

struct terminal {
	int in, out;             /* borrowed                                                          */
	int stop;                /* readable when the process is to end; -1: none; borrowed           */
	int signals;             /* SIGWINCH and SIGTSTP; -1: not open                                */
	bool is_raw, is_dumb;
	struct termios saved;
};

enum terminal_event {
	TERMINAL_BYTE,           /* `*byte` was typed                                                 */
	TERMINAL_IDLE,           /* nothing more is waiting: show what there is                       */
	TERMINAL_RESIZED,        /* the window, or the screen has to be shown again                   */
	TERMINAL_END,            /* hung up, or the process is to end                                 */
};

/* False: `in` and `out` are not both terminals; nothing is changed then. */
bool terminal_open(struct terminal *terminal, int in, int out, int stop);
void terminal_close(struct terminal *terminal);          /* accepts what was not opened              */
void terminal_raw(struct terminal *terminal);
void terminal_cooked(struct terminal *terminal);
unsigned terminal_columns(const struct terminal *terminal);      /* 80 where it is not known      */
/* Waits, unless `is_waiting` is false. */
enum terminal_event terminal_next(struct terminal *terminal, bool is_waiting, char *byte);

#endif
