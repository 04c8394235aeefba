/* SPDX-License-Identifier: MIT */
/* editor_draw.c - the row of the screen that is being edited: prompt, the part of the line that fits, the cursor. The
 * row is written from its first column every time, which any terminal can do; the last column stays free, for there some
 * terminals wrap and others do not. */
#include "editor_draw.h"
#include "width.h"

#define LEAST_COLUMNS 20u

static unsigned columns_of(const struct editor *e)
{
	return (e->columns < LEAST_COLUMNS ? LEAST_COLUMNS : e->columns) - 1;
}

/* A cluster. Bytes that are no UTF-8, and the controls of C1, must not reach the terminal. */
static void put_cluster(const char *text, size_t from, size_t to, struct rt_text *out)
{
	uint32_t code;
	const size_t length = utf8_next(text + from, to - from, &code);
	if ((code == 0xfffd && length == 1) || (code >= 0x80 && code < 0xa0))
		rt_put_char(out, '?');
	else
		rt_put(out, text + from, to - from);
}

/* Until `room` columns are full; how many were put. */
static unsigned put_clusters(const char *text, size_t size, unsigned room, struct rt_text *out)
{
	unsigned all = 0, width;
	for (size_t at = 0, behind; at < size && all < room; at = behind, all += width) {
		behind = cluster_next(text, size, at, &width);
		put_cluster(text, at, behind, out);
	}
	return all;
}

/* The search stands in the place of the prompt. */
static void put_prompt(const struct editor *e, struct rt_text *out, unsigned *width)
{
	char memory[sizeof e->search + 32];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	if (e->is_searching)
		rt_put_format(&text, "(search)`%s': ", e->search);
	else
		rt_put_string(&text, e->prompt);
	*width = put_clusters(memory, rt_text_length(&text), columns_of(e) / 2, out);
}

static unsigned columns_of_text(const char *text, size_t size)
{
	unsigned all = 0, width;
	for (size_t at = 0; at < size; all += width)
		at = cluster_next(text, size, at, &width);
	return all;
}

/* Columns from one place of the line to another. */
static unsigned columns_between(const struct editor *e, size_t from, size_t to)
{
	return from < to ? columns_of_text(e->line + from, to - from) : 0;
}

/* The first byte to show, so that the cursor is to be seen; one column at either side is for '<' and '>'. */
static void scroll(struct editor *e, unsigned room)
{
	if (columns_between(e, 0, e->size) <= room) {
		e->first = 0;
		return;
	}
	if (e->cursor < e->first)
		e->first = e->cursor;
	while (columns_between(e, e->first, e->cursor) + 2 > room) {
		unsigned width;
		e->first = cluster_next(e->line, e->size, e->first, &width);
	}
	while (e->first > 0 && columns_between(e, cluster_back(e->line, e->first), e->size) + 1 < room)
		e->first = cluster_back(e->line, e->first);
	if (e->first == e->cursor && e->first > 0)       /* something of what is in front */
		e->first = cluster_back(e->line, e->first);
}

/* From `first` on, at most `room` columns; how many were put. `*until`: up to there in any case. */
static unsigned put_part(const struct editor *e, unsigned room, size_t until, struct rt_text *out)
{
	unsigned all = 0, width;
	const bool is_cut = e->first > 0;
	if (is_cut && until > e->first) {
		rt_put_char(out, '<');
		all = 1;
	}
	size_t at = e->first;
	if (is_cut && at < e->size)
		at = cluster_next(e->line, e->size, at, &width);
	while (at < until) {
		const size_t behind = cluster_next(e->line, e->size, at, &width);
		const bool is_last = behind >= e->size;
		if (all + width + !is_last > room) {
			rt_put_char(out, '>');
			return all + 1;
		}
		put_cluster(e->line, at, behind, out);
		all += width;
		at = behind;
	}
	return all;
}

static void put_erase(struct editor *e, unsigned shown, struct rt_text *out)
{
	if (!e->is_dumb)
		rt_put_string(out, "\033[K");
	else if (e->shown > shown)
		rt_put_spaces(out, e->shown - shown);
	e->shown = shown;
}

void draw_line(struct editor *e, struct rt_text *out)
{
	unsigned prompt;
	rt_put_char(out, '\r');
	put_prompt(e, out, &prompt);
	const unsigned room = columns_of(e) - prompt;
	scroll(e, room);
	const unsigned all = put_part(e, room, e->size, out);
	put_erase(e, prompt + all, out);
	if (e->cursor == e->size && !e->is_dumb)
		return;
	rt_put_char(out, '\r');
	put_prompt(e, out, &prompt);
	put_part(e, room, e->cursor, out);
}

static bool is_plain(char c) { return c >= ' ' && c < 0x7f; }

bool draw_appended(struct editor *e, size_t size, struct rt_text *out)
{
	const char *last = e->line + size;
	if (e->size != size + 1 || e->cursor != e->size || e->first || e->is_searching || e->shown >= columns_of(e) ||
	    !is_plain(*last) || (size && !is_plain(last[-1])))
		return false;
	rt_put_char(out, *last);
	e->shown++;
	return true;
}

void draw_clear(struct editor *e, struct rt_text *out)
{
	rt_put_string(out, e->is_dumb ? "\r\n" : "\033[H\033[J");
	e->shown = 0;
}

void draw_choices(struct editor *e, const struct editor_choices *choices, struct rt_text *out)
{
	unsigned widest = 0;
	for (unsigned i = 0; i < choices->count; i++) {
		const unsigned width = columns_of_text(choices->texts[i], strlen(choices->texts[i]));
		widest = width > widest ? width : widest;
	}
	const unsigned fits = columns_of(e) / (widest + 2), row = fits ? fits : 1;
	for (unsigned i = 0; i < choices->count; i++) {
		rt_put_string(out, i % row == 0 ? "\r\n" : "");
		const unsigned width = put_clusters(choices->texts[i], strlen(choices->texts[i]), widest + 2, out);
		if ((i + 1) % row && i + 1 < choices->count)
			rt_put_spaces(out, widest + 2 - width);
	}
	rt_put_string(out, "\r\n");
	e->shown = 0;
}

void editor_resize(struct editor *e, unsigned columns, struct rt_text *out)
{
	e->columns = columns;
	draw_line(e, out);
}

void editor_open(const struct editor *e, struct rt_text *out)
{
	if (!e->is_dumb)
		rt_put_string(out, "\033[?2004h");
}

void editor_close(const struct editor *e, struct rt_text *out)
{
	if (!e->is_dumb)
		rt_put_string(out, "\033[?2004l");
}
