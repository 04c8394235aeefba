// SPDX-License-Identifier: MIT
/* test_editor.c - keys are fed to the line editor, and what it sends goes to a terminal in memory: the row that a person
 * would see, where the cursor is, and the line in the end. Each row runs on a vt100 and on a dumb terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "../../../src/console/editor.h"
#include "screen.h"

#define UP    "\033[A"
#define DOWN  "\033[B"
#define RIGHT "\033[C"
#define LEFT  "\033[D"
#define HOME  "\033[H"
#define END   "\033[F"
#define DEL   "\033[3~"
#define BS    "\177"
#define WORD_LEFT  "\033[1;5D"
#define WORD_RIGHT "\033[1;5C"
#define PASTE(text) "\033[200~" text "\033[201~"
#define LEFT5 LEFT LEFT LEFT LEFT LEFT
#define TEN "0123456789"

static const struct row { const char *name, *keys, *screen; unsigned cursor; unsigned columns; } rows[] = {
	{ "nothing", "", ">>>", 4, 80 },
	{ "letters", "pkts", ">>> pkts", 8, 80 },
	{ "insert in front", "kts" HOME "p", ">>> pkts", 5, 80 },
	{ "left, insert", "pts" LEFT LEFT "k", ">>> pkts", 6, 80 },
	{ "left at the begin stays", "a" LEFT LEFT LEFT "b", ">>> ba", 5, 80 },
	{ "right at the end stays", "a" RIGHT RIGHT "b", ">>> ab", 6, 80 },
	{ "arrows of application mode", "ab\033OD\033OD\033OCx", ">>> axb", 6, 80 },
	{ "home and end of vt220", "b\033[1~a\033[4~c", ">>> abc", 7, 80 },
	{ "home and end of rxvt", "b\033[7~a\033[8~c", ">>> abc", 7, 80 },
	{ "ctrl-a, ctrl-e", "b\001a\005c", ">>> abc", 7, 80 },
	{ "ctrl-b, ctrl-f", "ac\002b\006d", ">>> abcd", 8, 80 },
	{ "backspace", "abc" BS, ">>> ab", 6, 80 },
	{ "backspace as ctrl-h", "abc\010", ">>> ab", 6, 80 },
	{ "backspace at the begin", HOME BS "a" HOME BS, ">>> a", 4, 80 },
	{ "delete", "abc" HOME DEL, ">>> bc", 4, 80 },
	{ "ctrl-d in a line deletes", "abc" HOME "\004", ">>> bc", 4, 80 },
	{ "delete at the end", "abc" DEL, ">>> abc", 7, 80 },
	{ "ctrl-k", "abc def" LEFT LEFT LEFT "\013", ">>> abc", 8, 80 },
	{ "ctrl-u", "abc def" LEFT LEFT LEFT "\025", ">>> def", 4, 80 },
	{ "ctrl-w", "one two  \027", ">>> one", 8, 80 },
	{ "ctrl-w twice", "one two\027\027", ">>>", 4, 80 },
	{ "ctrl-y", "one two\027\001\031", ">>> twoone", 7, 80 },
	{ "ctrl-t", "abdc" "\024", ">>> abcd", 8, 80 },
	{ "words", "one.two" WORD_LEFT "x", ">>> one.xtwo", 9, 80 },
	{ "alt-b, alt-f", "one two\033b\033b\033fx", ">>> onex two", 8, 80 },
	{ "alt-d", "one two" HOME "\033d", ">>>  two", 4, 80 },
	{ "alt-backspace", "one.two\033\177", ">>> one.", 8, 80 },
	{ "keys nobody knows", "a\033[24~\033[1;2P\033xb", ">>> ab", 6, 80 },
	{ "control characters", "a\001\005\036\037\034b", ">>> ab", 6, 80 },
	{ "umlauts", "für" LEFT LEFT "\177", ">>> ür", 4, 80 },
	{ "backspace takes a character", "aé" BS, ">>> a", 5, 80 },
	{ "a combining accent goes with its letter", "xe\xcc\x81" LEFT, ">>> xe\xcc\x81", 5, 80 },
	{ "... and is erased with it", "xe\xcc\x81" BS, ">>> x", 5, 80 },
	{ "wide characters", "日本" LEFT "x", ">>> 日x本", 7, 80 },
	{ "emoji", "a\xf0\x9f\x98\x80" "b", ">>> a\xf0\x9f\x98\x80" "b", 8, 80 },
	{ "no UTF-8", "a\xff" "b", ">>> a?b", 7, 80 },
	{ "cut UTF-8", "a\xc3" "b", ">>> a?b", 7, 80 },
	{ "history", UP, ">>> len(pkts)", 13, 80 },
	{ "a line longer by one from the history", "firs" UP UP UP, ">>> first", 9, 80 },
	{ "... and another one", "xxxx" UP UP UP, ">>> first", 9, 80 },
	{ "history twice", UP UP, ">>> pkts[0].show()", 18, 80 },
	{ "history to its end", UP UP UP UP UP, ">>> first", 9, 80 },
	{ "history and back", "typed" UP UP DOWN DOWN, ">>> typed", 9, 80 },
	{ "history, one more down", "typed" UP DOWN DOWN DOWN, ">>> typed", 9, 80 },
	{ "ctrl-p, ctrl-n", "\020\020\016", ">>> len(pkts)", 13, 80 },
	{ "search", "\022" "pk", "(search)`pk': len(pkts)", 18, 80 },
	{ "search, next", "\022" "pk\022", "(search)`pk': pkts[0].show()", 14, 80 },
	{ "search, nothing", "\022" "zz", "(search)`zz':", 14, 80 },
	{ "search, less", "\022" "pkz" BS, "(search)`pk': len(pkts)", 18, 80 },
	{ "search, then edit", "\022" "sho\005" "x", ">>> pkts[0].show()x", 19, 80 },
	{ "search given up", "typed\022" "pk\007", ">>> typed", 9, 80 },
	{ "paste", PASTE("a\tb"), ">>> a    b", 10, 80 },
	{ "paste controls", PASTE("a\001\022b"), ">>> ab", 6, 80 },
	{ "screen cleared", "abc\014", ">>> abc", 7, 80 },
	/* wider than the window: 30 columns, the last one stays free; '>>> ' leaves 25 */
	{ "as wide as the window", TEN TEN "abcde", ">>> " TEN TEN "abcde", 29, 30 },
	{ "one too wide", TEN TEN "abcdef", ">>> <456789" TEN "abcdef", 27, 30 },
	{ "wide, at the begin", TEN TEN "abcdefghij" HOME, ">>> " TEN TEN "abcd>", 4, 30 },
	{ "wide, some back", TEN TEN "abcdefghij" LEFT5 LEFT5 LEFT5 LEFT5 LEFT5, ">>> <56789" TEN "abcdefgh>", 5, 30 },
	{ "narrow window", TEN TEN, ">>> <89" TEN, 17, 10 },
	{ "wide characters, one too wide", "日本日本日本日本日本日本日", ">>> <本日本日本日本日本日", 25, 30 },
	{ "wide characters, at the begin", "日本日本日本日本日本日本日" HOME, ">>> 日本日本日本日本日本日本>", 4, 30 },
	{ "combining characters are as wide as their letters", TEN TEN "abcde\xcc\x81", ">>> " TEN TEN "abcde\xcc\x81", 29, 30 },
	/* completion */
	{ "complete the only one", "my_\t", ">>> my_pkt", 10, 80 },
	{ "complete to where they part", "p\t", ">>> pkt", 7, 80 },
	{ "complete in the middle", "(my_)" LEFT "\t", ">>> (my_pkt)", 11, 80 },
	{ "complete nothing", "zzz\t", ">>> zzz", 7, 80 },
	{ "complete whole characters", "n\tx", ">>> nx", 6, 80 },
	{ "a tab in front of all indents", "\tx", ">>>     x", 9, 80 },
	{ "two tabs indent twice", "\t\tx", ">>>         x", 13, 80 },
	{ "a tab behind blanks goes to the next four", "  \tx" , ">>>     x", 9, 80 },
	{ "a tab between blanks and a word indents", "my_" HOME "\t", ">>>     my_", 8, 80 },
};

static void complete(void *context, const char *line, size_t cursor, struct editor_choices *choices)
{
	static const char *const words[] = { "my_pkt", "pkts", "pkt_callback", "日本", "日x", "日\xff", "né", "nè" };
	(void)context;
	choices->from = cursor;
	while (choices->from > 0 && line[choices->from - 1] != '(' && line[choices->from - 1] != ' ')
		choices->from--;
	for (size_t i = 0; i < RT_COUNT(words); i++)
		if (strncmp(words[i], line + choices->from, cursor - choices->from) == 0)
			choices->texts[choices->count++] = words[i];
}

struct session { struct history history; struct editor editor; struct screen screen; enum editor_event event; };

static void show(struct session *s, struct rt_text *out)
{
	screen_feed(&s->screen, out->start, rt_text_length(out));
	out->at = out->start;
}

static void feed(struct session *s, const char *keys)
{
	static char memory[1 << 16];
	struct rt_text out;
	rt_text_init(&out, memory, sizeof memory, -1);
	for (; *keys && s->event == EDITOR_MORE; keys++) {
		s->event = editor_feed(&s->editor, *keys, &out);
		show(s, &out);
	}
}

static struct session *start(unsigned columns, bool is_dumb)
{
	static char memory[256];
	struct session *s = calloc(1, sizeof *s);
	struct rt_text out;
	assert_non_null(s);
	history_add(&s->history, "first");
	history_add(&s->history, "pkts[0].show()");
	history_add(&s->history, "len(pkts)");
	s->editor.history = &s->history;
	s->editor.complete = complete;
	s->editor.columns = columns;
	s->editor.is_dumb = is_dumb;
	s->screen.columns = columns < 20 ? 20 : columns;
	rt_text_init(&out, memory, sizeof memory, -1);
	editor_start(&s->editor, ">>> ", &out);
	show(s, &out);
	return s;
}

static void stop(struct session *s)
{
	history_free(&s->history);
	free(s);
}

static void check(const struct row *row, bool is_dumb)
{
	struct session *s = start(row->columns, is_dumb);
	feed(s, row->keys);
	assert_string_equal(row->screen, screen_row(&s->screen, s->screen.y));
	assert_int_equal(row->cursor, s->screen.x);
	assert_int_equal(0, s->screen.unknown);
	if (!is_dumb)
		assert_int_equal(0, s->screen.y);
	stop(s);
}

static void test_row(void **state)
{
	check(*state, false);
	check(*state, true);
}

/* ---- how a line ends ------------------------------------------------------------------------------------------ */

static const struct end { const char *name, *keys; enum editor_event event; const char *line, *screen; } ends[] = {
	{ "enter", "pkts\r", EDITOR_LINE, "pkts", ">>> pkts" },
	{ "enter as line feed", "pkts\n", EDITOR_LINE, "pkts", ">>> pkts" },
	{ "enter in the middle", "pkts" LEFT LEFT "\r", EDITOR_LINE, "pkts", ">>> pkts" },
	{ "ctrl-c", "pkts\003", EDITOR_CANCEL, "pkts", ">>> pkts^C" },
	{ "ctrl-d", "\004", EDITOR_END, "", ">>>" },
	{ "enter in a search", "\022" "sho\r", EDITOR_LINE, "pkts[0].show()", ">>> pkts[0].show()" },
	{ "ctrl-c in a search", "typed\022" "pk\003", EDITOR_CANCEL, "typed", ">>> typed^C" },
	{ "ctrl-c in a paste without an end", "\033[200~ab\003", EDITOR_CANCEL, "ab", ">>> ab^C" },
	{ "a pasted line", "\033[200~a = 1\n", EDITOR_LINE, "a = 1", ">>> a = 1" },
};

static void test_end(void **state)
{
	const struct end *end = *state;
	struct session *s = start(80, false);
	feed(s, end->keys);
	assert_int_equal(end->event, s->event);
	assert_string_equal(end->line, s->editor.line);
	assert_string_equal(end->screen, screen_row(&s->screen, 0));
	assert_int_equal(1, s->screen.y);
	assert_int_equal(0, s->screen.x);
	stop(s);
}

/* The second Tab lists what there is, and the line stands below. */
static void test_list(void **state)
{
	(void)state;
	struct session *s = start(80, false);
	feed(s, "pkt\t\t");
	assert_string_equal(">>> pkt", screen_row(&s->screen, 0));
	assert_string_equal("pkts          pkt_callback", screen_row(&s->screen, 1));
	assert_string_equal(">>> pkt", screen_row(&s->screen, 2));
	assert_int_equal(7, s->screen.x);
	assert_int_equal(1, s->screen.bells);
	stop(s);
}

/* Ctrl-L: nothing is left but the line, in the first row; a dumb terminal shows the line once more. */
static void test_clear(void **state)
{
	(void)state;
	for (int is_dumb = 0; is_dumb < 2; is_dumb++) {
		struct session *s = start(80, is_dumb);
		feed(s, "pkt\t\t");
		assert_int_equal(2, s->screen.y);
		feed(s, "s\014");
		assert_int_equal(is_dumb ? 3 : 0, s->screen.y);
		assert_string_equal(">>> pkts", screen_row(&s->screen, s->screen.y));
		assert_string_equal("", screen_row(&s->screen, s->screen.y + 1));
		assert_int_equal(8, s->screen.x);
		stop(s);
	}
}

/* A character behind all others is sent alone: a serial line is slow. */
static void test_appended(void **state)
{
	(void)state;
	char memory[64];
	struct rt_text out;
	struct session *s = start(80, false);
	rt_text_init(&out, memory, sizeof memory, -1);
	for (const char *key = "print(1)"; *key; key++)
		editor_feed(&s->editor, *key, &out);
	assert_int_equal(8, rt_text_length(&out));
	assert_memory_equal("print(1)", memory, 8);
	stop(s);
}

/* Columns are counted, not bytes, and what is no UTF-8 is not sent. */
static void test_wide_list(void **state)
{
	(void)state;
	struct session *s = start(80, false);
	feed(s, "日\t\t");
	assert_string_equal("日本  日x   日?", screen_row(&s->screen, 1));
	stop(s);
}

/* Bytes beyond the limit are not taken, and nothing is lost of what is there. */
static void test_long(void **state)
{
	(void)state;
	struct session *s = start(80, false);
	for (int i = 0; i < EDITOR_LINE_MAX + 100; i++)
		feed(s, "x");
	assert_int_equal(EDITOR_LINE_MAX, s->editor.size);
	feed(s, HOME "y" DEL "y\r");
	assert_int_equal(EDITOR_LINE, s->event);
	assert_int_equal('y', s->editor.line[0]);
	stop(s);
}

static void test_resize(void **state)
{
	(void)state;
	char memory[1024];
	struct rt_text out;
	struct session *s = start(80, false);
	feed(s, TEN TEN "abcdefghij");
	rt_text_init(&out, memory, sizeof memory, -1);
	s->screen.columns = 30;
	editor_resize(&s->editor, 30, &out);
	show(s, &out);
	assert_string_equal(">>> <89" TEN "abcdefghij", screen_row(&s->screen, 0));
	editor_resize(&s->editor, 80, &out);
	s->screen.columns = 80;
	show(s, &out);
	assert_string_equal(">>> " TEN TEN "abcdefghij", screen_row(&s->screen, 0));
	stop(s);
}

/* Any bytes: the cursor stays in the line, and the screen shows no more than one row. */
static void test_random(void **state)
{
	(void)state;
	uint64_t dice = 1;
	for (int run = 0; run < 300; run++) {
		struct session *s = start(20 + (unsigned)run % 60, run & 1);
		for (int i = 0; i < 200; i++) {
			dice = dice * 6364136223846793005u + 1442695040888963407u;
			const uint8_t byte = (uint8_t)(dice >> 56);
			const char keys[2] = { (char)(byte % 5 ? byte : 27), 0 };
			if (byte == '\r' || byte == '\n' || byte == 3 || byte == 4 || byte == '\t' || byte == 12)
				continue;
			feed(s, byte % 7 == 0 ? "日" : byte % 11 == 0 ? "e\xcc\x81" : keys);
			assert_true(s->editor.cursor <= s->editor.size);
			assert_int_equal(strlen(s->editor.line), s->editor.size);
			assert_int_equal(0, s->screen.unknown);
			assert_int_equal(0, s->screen.y);
		}
		stop(s);
	}
}

/* ---- history ---------------------------------------------------------------------------------------------------- */

static void test_history(void **state)
{
	(void)state;
	char path[] = "/tmp/ringtap-history-XXXXXX", text[32];
	struct history history = { 0 }, back = { 0 };
	close(mkstemp(path));
	for (int i = 0; i < HISTORY_LINES + 10; i++) {
		snprintf(text, sizeof text, "line %d", i);
		history_add(&history, text);
		history_add(&history, text);             /* twice in a row: once */
		history_add(&history, "");
	}
	assert_int_equal(HISTORY_LINES, history.count);
	assert_string_equal("line 10", history.lines[0]);
	assert_int_equal(0, history_save(&history, path));
	history_load(&back, path);
	assert_int_equal(HISTORY_LINES, back.count);
	assert_string_equal("line 1009", back.lines[HISTORY_LINES - 1]);
	history_free(&history);
	history_free(&back);
	unlink(path);
	history_load(&back, path);
	assert_int_equal(0, back.count);
	assert_true(history_save(&back, "/proc/nothing") < 0);
}

static void test_path(void **state)
{
	(void)state;
	char path[64], *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
	setenv("HOME", "/nowhere", 1);
	assert_true(history_path(path, sizeof path));
	assert_string_equal("/nowhere/.ringtap_history", path);
	assert_false(history_path(path, 10));
	unsetenv("HOME");
	assert_false(history_path(path, sizeof path));
	if (home)
		setenv("HOME", home, 1);
	free(home);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(ends) + 9];
	size_t count = 0;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[count++] = (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	for (size_t i = 0; i < RT_COUNT(ends); i++)
		tests[count++] = (struct CMUnitTest){ ends[i].name, test_end, NULL, NULL, (void *)(uintptr_t)&ends[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_list);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_clear);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_appended);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_wide_list);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_long);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_resize);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_random);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_history);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_path);
	return _cmocka_run_group_tests("editor", tests, count, NULL, NULL);
}
