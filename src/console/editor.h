/* SPDX-License-Identifier: MIT */
/* editor.h - a line editor that takes bytes and gives bytes: no terminal, no descriptor, no signal. Whoever has the
 * terminal in raw mode feeds what comes from it to editor_feed(), and writes what is put into `out`.
 *
 * The line stays on one row: one that is wider than the window is scrolled, with '<' and '>' where it goes on. Only
 * carriage return, backspace and, unless the terminal is dumb, ESC [ K, ESC [ H, ESC [ J are sent, so a serial line with
 * a vt100 is enough. */
#ifndef RINGTAP_CONSOLE_EDITOR_H
#define RINGTAP_CONSOLE_EDITOR_H

#include <ringtap/base.h>
#include "history.h"

#define EDITOR_LINE_MAX 4095            /* bytes; what is typed beyond is not taken                        */
#define EDITOR_CHOICES  256             /* completions that are listed                                     */

enum editor_event {
	EDITOR_MORE,             /* nothing yet                                                       */
	EDITOR_LINE,             /* Enter: editor->line is what was typed                             */
	EDITOR_CANCEL,           /* Ctrl-C: the line is to be forgotten                               */
	EDITOR_END,              /* Ctrl-D in an empty line                                           */
};

/* What may stand in the place of the word before the cursor. */
struct editor_choices {
	size_t from;             /* the word begins here; its end is the cursor                       */
	unsigned count;          /* of `texts`; more than EDITOR_CHOICES are cut                      */
	const char *texts[EDITOR_CHOICES];   /* valid until the next call                             */
};
/* Fills `choices` for the line up to the cursor. */
typedef void editor_complete(void *context, const char *line, size_t cursor, struct editor_choices *choices);

struct editor {
	/* set by the caller before the first editor_start() */
	struct history *history; /* borrowed; lines are added by the caller                           */
	editor_complete *complete;
	void *context;
	unsigned columns;        /* of the window; fewer than 20 count as 20                          */
	bool is_dumb;            /* TERM=dumb: nothing but printable characters, CR, LF, BS           */

	/* to be read */
	char line[EDITOR_LINE_MAX + 1];
	size_t size, cursor;
	bool is_pasting;         /* what comes is pasted, not typed                                    */

	/* the editor's own */
	char prompt[32], kept[EDITOR_LINE_MAX + 1], killed[EDITOR_LINE_MAX + 1], search[128];
	char keys[16];           /* of a sequence that is not complete                                */
	unsigned key_count, shown, recalled, found;
	size_t first;            /* the first byte shown                                              */
	bool is_searching, was_tab;
};

/* Begins a line: shows the prompt. The line is empty. */
void editor_start(struct editor *editor, const char *prompt, struct rt_text *out);
/* One byte from the terminal. */
enum editor_event editor_feed(struct editor *editor, char byte, struct rt_text *out);
/* The window has another width now. */
void editor_resize(struct editor *editor, unsigned columns, struct rt_text *out);
/* At the begin and the end of the session: asks for bracketed paste, takes it back. */
void editor_open(const struct editor *editor, struct rt_text *out);
void editor_close(const struct editor *editor, struct rt_text *out);

#endif
