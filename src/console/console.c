/* SPDX-License-Identifier: MIT */
/* console.c - reads statements, a line or a block of them at a time, and runs them. On a terminal with the line editor;
 * from a pipe without prompts, and in the same way. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "complete.h"
#include "console.h"
#include "terminal.h"

#define BLOCK_MAX (1u << 20)             /* bytes of one block of lines                                    */

struct console {
	const struct console_options *options;
	char *block;                     /* lines that belong together, with their line ends          */
	size_t size, room;
	int status;                      /* of exit()                                                 */
	bool is_over, is_terminal;
	struct terminal terminal;
	struct editor editor;
	struct history history;
	struct completer completer;
};

/* ---- statements ------------------------------------------------------------------------------------------- */

static bool block_add(struct console *c, const char *line, size_t size)
{
	if (c->size + size + 2 > c->room) {
		const size_t room = 2 * (c->size + size + 2);
		char *block = room <= BLOCK_MAX ? realloc(c->block, room) : NULL;
		if (!block)
			return false;
		c->block = block;
		c->room = room;
	}
	memcpy(c->block + c->size, line, size);
	c->size += size;
	c->block[c->size++] = '\n';
	return true;
}

static void tell(struct console *c, const struct rt_script_error *error)
{
	struct rt_text *err = c->options->err;
	rt_text_flush(c->options->out);
	if (error->line)
		rt_put_format(err, "%s:%d:%d: ", error->file, error->line, error->column);
	rt_put_format(err, "%s\n", error->what);
	rt_text_flush(err);
}

/* While statements run, the terminal is as the user knows it: Ctrl-C is a signal. */
static void run_block(struct console *c)
{
	struct rt_script_error error;
	if (c->size == 0)
		return;
	terminal_cooked(&c->terminal);
	const int rc = rt_script_run(c->options->script, c->block, c->size, "<stdin>", RT_SCRIPT_ECHO, &error);
	if (rc == -ECANCELED) {
		c->is_over = true;
		c->status = error.status;
	} else if (rc < 0) {
		tell(c, &error);
	}
	rt_text_flush(c->options->out);
	c->size = 0;
	if (c->is_terminal)
		terminal_raw(&c->terminal);
}

/* An empty line ends a block, unless it `is_inside`. True: more lines belong to it. */
static bool take_line(struct console *c, const char *line, size_t size, bool is_inside)
{
	if (!block_add(c, line, size)) {
		rt_put_string(c->options->err, "MemoryError: the block is too long\n");
		rt_text_flush(c->options->err);
		c->size = 0;
		return false;
	}
	if (is_inside || rt_script_wants_more(c->options->script, c->block, c->size))
		return true;
	run_block(c);
	return false;
}

/* ---- from a pipe --------------------------------------------------------------------------------------------- */

static int run_pipe(struct console *c, struct rt_error *error)
{
	char *text = NULL;
	size_t size = 0, room = 0, from = 0;
	int rc = 0;
	for (;;) {
		char *end = size > from ? memchr(text + from, '\n', size - from) : NULL;
		if (end && !c->is_over) {
			take_line(c, text + from, (size_t)(end - text) - from, false);
			from = (size_t)(end - text) + 1;
			continue;
		}
		if (from)
			memmove(text, text + from, size - from);
		size -= from;
		from = 0;
		if (c->is_over || size > BLOCK_MAX)
			break;
		if (size + 4096 > room) {
			char *more = realloc(text, room = 2 * room + 4096);
			if (!more) {
				rc = rt_fail(error, ENOMEM, "no memory");
				break;
			}
			text = more;
		}
		const ssize_t n = read(c->options->in, text + size, 4096);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		size += (size_t)n;
	}
	if (!c->is_over && rc == 0 && size)
		take_line(c, text, size, false);
	if (!c->is_over && rc == 0)
		run_block(c);                    /* what the end of the input ends */
	free(text);
	return rc;
}

/* ---- on a terminal ---------------------------------------------------------------------------------------------- */

static void show(struct console *c) { rt_text_flush(c->options->out); }

static void prompt(struct console *c, bool is_block)
{
	c->editor.columns = terminal_columns(&c->terminal);
	editor_start(&c->editor, is_block ? "... " : ">>> ", c->options->out);
	show(c);
}

/* Returns true in a block. Functions that are pasted have empty lines. */
static bool take_typed(struct console *c)
{
	const bool is_empty = strspn(c->editor.line, " ") == c->editor.size;
	history_add(&c->history, c->editor.line);
	show(c);
	return take_line(c, c->editor.line, c->editor.size, c->editor.is_pasting && is_empty && c->size);
}

/* False: the conversation is over. */
static bool take_event(struct console *c, enum editor_event event)
{
	if (event == EDITOR_MORE)
		return true;
	if (event == EDITOR_END)
		return false;
	if (event == EDITOR_CANCEL)
		c->size = 0;
	const bool is_block = event == EDITOR_LINE && take_typed(c);
	if (c->is_over)
		return false;
	prompt(c, is_block);
	return true;
}

static void converse(struct console *c)
{
	char byte;
	prompt(c, false);
	for (bool is_on = true, is_shown = true; is_on; ) {
		switch (terminal_next(&c->terminal, is_shown, &byte)) {
		case TERMINAL_BYTE:
			is_on = take_event(c, editor_feed(&c->editor, byte, c->options->out));
			is_shown = false;
			break;
		case TERMINAL_IDLE:
			show(c);
			is_shown = true;
			break;
		case TERMINAL_RESIZED:
			editor_resize(&c->editor, terminal_columns(&c->terminal), c->options->out);
			is_shown = false;
			break;
		case TERMINAL_END:
			rt_put_string(c->options->out, "\r\n");
			is_on = false;
		}
	}
}

static void run_terminal(struct console *c)
{
	char path[4096];
	const bool has_history = history_path(path, sizeof path);
	if (has_history)
		history_load(&c->history, path);
	c->editor.history = &c->history;
	c->editor.complete = complete;
	c->editor.context = &c->completer;
	c->editor.is_dumb = c->terminal.is_dumb;
	rt_put_string(c->options->out, c->options->banner ? c->options->banner : "");
	terminal_raw(&c->terminal);
	editor_open(&c->editor, c->options->out);
	converse(c);
	editor_close(&c->editor, c->options->out);
	show(c);
	if (has_history)
		history_save(&c->history, path);
	history_free(&c->history);
}

int console_run(const struct console_options *options, struct rt_error *error)
{
	struct console *c = calloc(1, sizeof *c);
	if (!c)
		return rt_fail(error, ENOMEM, "no memory");
	c->options = options;
	c->completer.script = options->script;
	c->is_terminal = terminal_open(&c->terminal, options->in, options->out->fd, options->stop);
	int rc = 0;
	if (c->is_terminal)
		run_terminal(c);
	else
		rc = run_pipe(c, error);
	terminal_close(&c->terminal);
	complete_free(&c->completer);
	if (rc == 0)
		rc = c->status;
	free(c->block);
	free(c);
	return rc;
}
