/* SPDX-License-Identifier: MIT */
/* editor.c - keys become changes of a line: moving, erasing, history, search, completion, paste. What it looks like on
 * the screen is the business of editor_draw.c. Keys are those of Emacs and of vt100, xterm, screen and the Linux console. */
#include "editor_draw.h"
#include "width.h"

#define KEY(letter) ((letter) & 0x1f)
#define ESC 0x1b
#define INDENT "    "

/* ---- the line ---------------------------------------------------------------------------------------------- */

static void erase(struct editor *e, size_t from, size_t to)
{
	memmove(e->line + from, e->line + to, e->size - to + 1);
	e->size -= to - from;
	e->cursor = from;
}

static void insert(struct editor *e, const char *text, size_t size)
{
	if (size > EDITOR_LINE_MAX - e->size)
		return;
	memmove(e->line + e->cursor + size, e->line + e->cursor, e->size - e->cursor + 1);
	memcpy(e->line + e->cursor, text, size);
	e->size += size;
	e->cursor += size;
}

static void set_line(struct editor *e, const char *text)
{
	const size_t size = strnlen(text, EDITOR_LINE_MAX);
	memcpy(e->line, text, size);
	e->line[size] = '\0';
	e->size = e->cursor = size;
}

/* Into the buffer that Ctrl-Y gives back. */
static void kill(struct editor *e, size_t from, size_t to)
{
	if (from == to)
		return;
	memcpy(e->killed, e->line + from, to - from);
	e->killed[to - from] = '\0';
	erase(e, from, to);
}

/* ---- moving -------------------------------------------------------------------------------------------------- */

static size_t next(const struct editor *e)
{
	unsigned width;
	return e->cursor < e->size ? cluster_next(e->line, e->size, e->cursor, &width) : e->size;
}

static size_t back(const struct editor *e) { return cluster_back(e->line, e->cursor); }

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static size_t word_next(const struct editor *e)
{
	size_t at = e->cursor;
	while (at < e->size && !is_word(e->line[at]))
		at++;
	while (at < e->size && is_word(e->line[at]))
		at++;
	return at;
}

static size_t word_back(const struct editor *e)
{
	size_t at = e->cursor;
	while (at > 0 && !is_word(e->line[at - 1]))
		at--;
	while (at > 0 && is_word(e->line[at - 1]))
		at--;
	return at;
}

/* Ctrl-W: up to a blank. */
static size_t blank_back(const struct editor *e)
{
	size_t at = e->cursor;
	while (at > 0 && e->line[at - 1] == ' ')
		at--;
	while (at > 0 && e->line[at - 1] != ' ')
		at--;
	return at;
}

/* ---- history --------------------------------------------------------------------------------------------------- */

/* What is being typed is kept, and stands behind the newest line. */
static void recall(struct editor *e, bool is_older)
{
	const unsigned count = e->history ? e->history->count : 0;
	if (is_older ? e->recalled == 0 : e->recalled >= count)
		return;
	if (e->recalled == count)
		memcpy(e->kept, e->line, e->size + 1);
	e->recalled += is_older ? -1u : 1u;
	set_line(e, e->recalled == count ? e->kept : e->history->lines[e->recalled]);
}

static void search_again(struct editor *e)
{
	const char *line = e->history && e->search[0] ? history_find(e->history, e->search, &e->found) : NULL;
	if (!line)
		return;
	set_line(e, line);
	e->cursor = (size_t)(strstr(e->line, e->search) - e->line);
}

static void search_start(struct editor *e)
{
	memcpy(e->kept, e->line, e->size + 1);
	e->is_searching = true;
	e->search[0] = '\0';
	e->found = e->history && e->history->count ? e->history->count - 1 : 0;
}

/* True: the key belongs to the search. All others end it, and then do what they always do. */
static bool search_key(struct editor *e, uint8_t key)
{
	const size_t size = strlen(e->search);
	if (key == KEY('R')) {
		e->found -= e->found > 0;
		search_again(e);
		return true;
	}
	if (key == KEY('G') || key == KEY('C')) {
		set_line(e, e->kept);
		e->is_searching = false;
		return key == KEY('G');
	}
	if (key == 0x7f || key == KEY('H')) {
		e->search[size ? cluster_back(e->search, size) : 0] = '\0';
		e->found = e->history && e->history->count ? e->history->count - 1 : 0;
		search_again(e);
		return true;
	}
	if (key < ' ') {
		e->is_searching = false;
		return false;
	}
	if (size + 2 <= sizeof e->search) {
		e->search[size] = (char)key;
		e->search[size + 1] = '\0';
		search_again(e);
	}
	return true;
}

/* ---- completion --------------------------------------------------------------------------------------------------- */

static size_t common_length(const struct editor_choices *choices)
{
	size_t length = strlen(choices->texts[0]);
	for (unsigned i = 1; i < choices->count; i++) {
		size_t same = 0;
		while (same < length && choices->texts[i][same] == choices->texts[0][same])
			same++;
		length = same;
	}
	while (length > 0 && ((uint8_t)choices->texts[0][length] & 0xc0) == 0x80)
		length--;                       /* whole characters */
	return length;
}

/* Behind nothing but blanks a Tab indents. */
static bool is_indent(const struct editor *e) { return strspn(e->line, " ") >= e->cursor; }

/* As far as all choices agree; a second Tab lists them. */
static void complete(struct editor *e, struct rt_text *out)
{
	struct editor_choices choices = { 0 };
	if (is_indent(e)) {
		insert(e, INDENT, strlen(INDENT) - e->cursor % strlen(INDENT));
		return;
	}
	if (e->complete)
		e->complete(e->context, e->line, e->cursor, &choices);
	if (!choices.count || choices.from > e->cursor) {
		rt_put_char(out, '\a');
		return;
	}
	const size_t length = common_length(&choices), typed = e->cursor - choices.from;
	if (length > typed || choices.count == 1) {
		erase(e, choices.from, e->cursor);
		insert(e, choices.texts[0], length);
		e->was_tab = false;
	} else if (e->was_tab) {
		draw_choices(e, &choices, out);
	} else {
		e->was_tab = true;
		rt_put_char(out, '\a');
	}
}

/* ---- keys ------------------------------------------------------------------------------------------------------------ */

enum sequence { UNKNOWN, UP, DOWN, RIGHT, LEFT, HOME, END, DELETE, WORD_RIGHT, WORD_LEFT, WORD_DELETE, WORD_ERASE, PASTE, PASTED };

/* Behind ESC. */
static enum sequence sequence_find(const char *keys)
{
	static const struct { const char *keys; enum sequence sequence; } sequences[] = {
		{ "[A", UP }, { "[B", DOWN }, { "[C", RIGHT }, { "[D", LEFT }, { "[H", HOME }, { "[F", END },
		{ "OA", UP }, { "OB", DOWN }, { "OC", RIGHT }, { "OD", LEFT }, { "OH", HOME }, { "OF", END },
		{ "[1~", HOME }, { "[7~", HOME }, { "[4~", END }, { "[8~", END }, { "[3~", DELETE },
		{ "[1;5C", WORD_RIGHT }, { "[1;5D", WORD_LEFT }, { "[1;3C", WORD_RIGHT }, { "[1;3D", WORD_LEFT },
		{ "f", WORD_RIGHT }, { "b", WORD_LEFT }, { "d", WORD_DELETE }, { "\x7f", WORD_ERASE },
		{ "[200~", PASTE }, { "[201~", PASTED },
	};
	for (size_t i = 0; i < RT_COUNT(sequences); i++)
		if (strcmp(sequences[i].keys, keys) == 0)
			return sequences[i].sequence;
	return UNKNOWN;
}

static void sequence_do(struct editor *e, enum sequence sequence)
{
	switch (sequence) {
	case UP:          recall(e, true); return;
	case DOWN:        recall(e, false); return;
	case RIGHT:       e->cursor = next(e); return;
	case LEFT:        e->cursor = back(e); return;
	case HOME:        e->cursor = 0; return;
	case END:         e->cursor = e->size; return;
	case DELETE:      erase(e, e->cursor, next(e)); return;
	case WORD_RIGHT:  e->cursor = word_next(e); return;
	case WORD_LEFT:   e->cursor = word_back(e); return;
	case WORD_DELETE: kill(e, e->cursor, word_next(e)); return;
	case WORD_ERASE:  kill(e, word_back(e), e->cursor); return;
	case PASTE:       e->is_pasting = true; return;
	case PASTED:      e->is_pasting = false; return;
	case UNKNOWN:     return;
	}
}

/* CSI sequences end with a byte from '@' on, SS3 ones and Alt keys with the first. */
static bool is_complete(const struct editor *e)
{
	const char last = e->keys[e->key_count - 1];
	if (e->key_count == sizeof e->keys - 1)
		return true;
	if (e->keys[0] == '[')
		return e->key_count > 1 && last >= '@' && last <= '~';
	return e->keys[0] != 'O' || e->key_count > 1;
}

/* Inside of a sequence. `key_count` counts ESC, so it is 1 when nothing stands behind it. */
static void sequence_key(struct editor *e, char key)
{
	e->key_count--;
	e->keys[e->key_count++] = key;
	e->keys[e->key_count] = '\0';
	if (is_complete(e)) {
		e->key_count = 0;
		sequence_do(e, sequence_find(e->keys));
	} else {
		e->key_count++;
	}
}

static void swap(struct editor *e)
{
	char text[8];
	if (e->cursor == 0 || e->size < 2)
		return;
	if (e->cursor == e->size)
		e->cursor = back(e);
	const size_t from = back(e), at = e->cursor, to = next(e);
	if (to - at > sizeof text)
		return;
	memcpy(text, e->line + at, to - at);
	memmove(e->line + from + (to - at), e->line + from, at - from);
	memcpy(e->line + from, text, to - at);
	e->cursor = to;
}

static void control(struct editor *e, uint8_t key, struct rt_text *out)
{
	switch (key) {
	case KEY('A'): e->cursor = 0; return;
	case KEY('E'): e->cursor = e->size; return;
	case KEY('B'): e->cursor = back(e); return;
	case KEY('F'): e->cursor = next(e); return;
	case KEY('P'): recall(e, true); return;
	case KEY('N'): recall(e, false); return;
	case KEY('D'): erase(e, e->cursor, next(e)); return;
	case KEY('H'):
	case 0x7f:     erase(e, back(e), e->cursor); return;
	case KEY('K'): kill(e, e->cursor, e->size); return;
	case KEY('U'): kill(e, 0, e->cursor); return;
	case KEY('W'): kill(e, blank_back(e), e->cursor); return;
	case KEY('Y'): insert(e, e->killed, strlen(e->killed)); return;
	case KEY('T'): swap(e); return;
	case KEY('L'): draw_clear(e, out); return;
	case KEY('R'): search_start(e); return;
	case ESC:      e->key_count = 1; return;
	}
}

static enum editor_event finish(struct editor *e, enum editor_event event, struct rt_text *out)
{
	e->is_searching = false;
	e->cursor = event == EDITOR_LINE ? e->size : e->cursor;
	draw_line(e, out);
	rt_put_string(out, event == EDITOR_CANCEL ? "^C\r\n" : "\r\n");
	return event;
}

/* A pasted Tab is blanks, and a pasted line end ends the line; other control characters are left out. Ctrl-C helps where
 * the end of the paste was lost. */
static enum editor_event paste(struct editor *e, uint8_t key, struct rt_text *out)
{
	const char byte = (char)key;
	if (key == '\r' || key == '\n')
		return finish(e, EDITOR_LINE, out);
	if (key == KEY('C')) {
		e->is_pasting = false;
		return finish(e, EDITOR_CANCEL, out);
	}
	if (key == ESC)
		e->key_count = 1;
	else if (key == '\t')
		insert(e, INDENT, strlen(INDENT));
	else if (key >= ' ' && key != 0x7f)
		insert(e, &byte, 1);
	return EDITOR_MORE;
}

static enum editor_event plain(struct editor *e, uint8_t key, struct rt_text *out)
{
	const char byte = (char)key;
	if (key == '\r' || key == '\n')
		return finish(e, EDITOR_LINE, out);
	if (key == KEY('C'))
		return finish(e, EDITOR_CANCEL, out);
	if (key == KEY('D') && e->size == 0)
		return finish(e, EDITOR_END, out);
	if (key == '\t')
		complete(e, out);
	else if (key < ' ' || key == 0x7f)
		control(e, key, out);
	else
		insert(e, &byte, 1);
	return EDITOR_MORE;
}

/* A character that is not complete is not shown yet. */
static bool is_partial(const struct editor *e)
{
	uint32_t code;
	size_t from = e->cursor;
	while (from > 0 && e->cursor - from < 3 && ((uint8_t)e->line[from - 1] & 0xc0) == 0x80)
		from--;
	if (from == 0 || (uint8_t)e->line[from - 1] < 0xc2)
		return false;
	from--;
	const uint8_t first = (uint8_t)e->line[from];
	const size_t needs = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	return e->cursor - from < needs && utf8_next(e->line + from, e->cursor - from, &code) == 1;
}

enum editor_event editor_feed(struct editor *e, char byte, struct rt_text *out)
{
	const uint8_t key = (uint8_t)byte;
	const bool is_one_byte = !e->key_count;
	const size_t size = e->size;
	enum editor_event event = EDITOR_MORE;
	if (key != '\t')
		e->was_tab = false;
	if (e->key_count)
		sequence_key(e, byte);
	else if (e->is_pasting)
		event = paste(e, key, out);
	else if (!e->is_searching || !search_key(e, key))
		event = plain(e, key, out);
	if (event == EDITOR_MORE && !e->key_count && !is_partial(e) && !(is_one_byte && draw_appended(e, size, out)))
		draw_line(e, out);
	return event;
}

void editor_start(struct editor *e, const char *prompt, struct rt_text *out)
{
	const size_t size = strnlen(prompt, sizeof e->prompt - 1);
	memcpy(e->prompt, prompt, size);
	e->prompt[size] = '\0';
	e->line[0] = e->kept[0] = '\0';
	e->size = e->cursor = e->first = 0;
	e->shown = 0;
	e->recalled = e->history ? e->history->count : 0;
	e->is_searching = false;
	draw_line(e, out);
}
