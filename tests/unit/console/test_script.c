/* SPDX-License-Identifier: MIT */
/* test_script.c - the interpreter from outside: where errors are, when a text wants more lines, callbacks by name,
 * limits, interrupts, and objects of the host. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>
#include <ringtap/console.h>
#include "rows.h"

static char printed[4096];

struct session { struct rt_script *script; struct rt_text out; struct rt_script_error error; };

static const struct rt_type type_box;
static const struct rt_method host_functions[];
static int boxes;                        /* alive */

static struct rt_any find_name(struct rt_script *script, const char *name, size_t length)
{
	(void)script;
	for (const struct rt_method *row = host_functions; row->name; row++)
		if (strncmp(row->name, name, length) == 0 && !row->name[length])
			return rt_native(row);
	return length == 3 && memcmp(name, "Box", 3) == 0 ? rt_type_value(&type_box) : rt_nothing();
}

static void open_session(struct session *session, struct rt_script_options options)
{
	struct rt_error error;
	rt_text_init(&session->out, printed, sizeof printed - 1, -1);
	options.out = &session->out;
	options.find = find_name;
	assert_int_equal(rt_script_new(&session->script, &options, &error), 0);
}

static int run(struct session *session, const char *text, unsigned flags)
{
	session->out.at = printed;
	const int rc = rt_script_run(session->script, text, strlen(text), "name.py", flags, &session->error);
	*session->out.at = '\0';
	return rc;
}

static void close_session(struct session *session)
{
	rt_script_free(session->script);
	assert_int_equal(session->out.error, 0);
	assert_int_equal(boxes, 0);
}

/* ---- where errors are ----------------------------------------------------------------------------------- */

struct place_row { const char *text, *what; int line, column; bool is_early; };

static const struct place_row place_rows[] = {
	{ "foo", "NameError: name 'foo' is not defined", 1, 1, false },
	{ "x = 1\nprint(x, foo)\n", "NameError: name 'foo' is not defined", 2, 10, false },
	{ "x = \"é\" + foo", "NameError: name 'foo' is not defined", 1, 11, false },
	{ "\tx = 1", "IndentationError: unexpected indent", 1, 9 - 7, false },
	{ "def f(x):\n    return x // 0\nf(1)", "ZeroDivisionError: integer division or modulo by zero", 2, 14, false },
	{ "a = {}\nb = a.get(1)\nb.foo", "AttributeError: 'NoneType' object has no attribute 'foo'", 3, 3, false },
	{ "x = [1,\n     2][\n  5]", "IndexError: list index out of range", 1, 5, false },
	{ "int('x')", "ValueError: invalid literal for int() with base 10: 'x'", 1, 1, false },
	{ "'a'.join([1])", "TypeError: sequence item 0: expected str instance, int found", 1, 5, false },
	{ "for i in 5: pass", "TypeError: 'int' object is not iterable", 1, 10, false },
	{ "a, b = 1, 2, 3", "ValueError: too many values to unpack (expected 2)", 1, 1, false },
	{ "x = 5\nx[0] = 1", "TypeError: 'int' object does not support item assignment", 2, 1, false },
	{ "raise ValueError('no')", "ValueError: no", 1, 1, false },
	{ "raise ValueError('a\\nb\\x1b')", "ValueError: a\\x0ab\\x1b", 1, 1, false },
	{ "assert 1 > 2", "AssertionError", 1, 1, false },
	{ "f'{1 +\n foo}'", "SyntaxError: unterminated string literal (detected at line 1)", 1, 1, false },
	{ "x = f'a{foo}'", "NameError: name 'foo' is not defined", 1, 9, false },
	{ "x = f'a{1 +}'", "SyntaxError: f-string: invalid syntax", 1, 12, false },
	{ "x = 5 $ 3", "SyntaxError: invalid syntax", 1, 7, false },
	{ "x = 1.5", "SyntaxError: there are no floats here", 1, 5, false },
	{ "if x = 3: pass", "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 4, false },
	{ "try:\n  1 // 0\nfinally:\n  pass", "ZeroDivisionError: integer division or modulo by zero", 2, 5, false },
	{ "try:\n  1 // 0\nexcept KeyError:\n  pass", "ZeroDivisionError: integer division or modulo by zero", 2, 5, false },
	{ "try:\n  1 // 0\nexcept:\n  raise", "ZeroDivisionError: integer division or modulo by zero", 2, 5, false },
	{ "sum(x // 0 for x in [1])", "ZeroDivisionError: integer division or modulo by zero", 1, 7, false },
	{ "sorted([1], key=lambda x: x.foo)", "AttributeError: 'int' object has no attribute 'foo'", 1, 29, false },
	{ "import os", "ModuleNotFoundError: No module named 'os': there are no modules here", 1, 1, false },
	{ "(1,\n 2", "SyntaxError: '(' was never closed", 1, 1, true },
	{ "x = '''a\nb", "SyntaxError: unterminated triple-quoted string literal (detected at line 2)", 1, 5, true },
	{ "if 1:", "IndentationError: expected an indented block after 'if' statement on line 1", 1, 6, true },
	{ "while 1:\n", "IndentationError: expected an indented block after 'while' statement on line 1", 2, 1, true },
	{ "try:\n  pass\n", "SyntaxError: expected 'except' or 'finally' block", 3, 1, true },
	{ "x = 1 + \\", "SyntaxError: unexpected EOF while parsing", 1, 10, true },
	{ "x = 'a", "SyntaxError: unterminated string literal (detected at line 1)", 1, 5, false },
	{ "x = (1]", "SyntaxError: closing parenthesis ']' does not match opening parenthesis '('", 1, 7, false },
	{ "def f(a, a): pass", "SyntaxError: duplicate argument 'a' in function definition", 1, 10, false },
	{ "\xff", "SyntaxError: the text is not UTF-8", 1, 1, false },
};

static void test_place(void **state)
{
	const struct place_row *row = *state;
	struct session session;
	open_session(&session, (struct rt_script_options){ 0 });
	assert_int_equal(run(&session, row->text, 0), -EINVAL);
	assert_string_equal(session.error.what, row->what);
	assert_string_equal(session.error.file, "name.py");
	assert_int_equal(session.error.line, row->line);
	assert_int_equal(session.error.column, row->column);
	assert_int_equal(session.error.is_early, row->is_early);
	close_session(&session);
}

/* ---- more lines ------------------------------------------------------------------------------------------- */

struct more_row { const char *text; bool wants_more; };

static const struct more_row more_rows[] = {
	{ "x = 1\n", false }, { "x = (\n", true }, { "x = [1,\n2]\n", false }, { "if x:\n", true }, { "if x:\n  y\n", true },
	{ "if x:\n  y\n\n", false }, { "if x: y\n", true }, { "if x: y\n\n", false }, { "def f():\n", true },
	{ "def f():\n  return 1\n", true }, { "def f():\n  return 1\n\n", false }, { "for x in y:\n  if x:\n", true },
	{ "x = '''\n", true }, { "x = '''\n'''\n", false }, { "x = 1 + \\\n", true }, { "x = 'a\n", false }, { "1 +\n", false },
	{ "x = )\n", false }, { "try:\n  x\n", true }, { "try:\n  x\nexcept:\n  y\n\n", false }, { "\n", false }, { "", false },
	{ "# only this\n", false }, { "else:\n", false }, { "f(1,\n", true }, { "@f\n", false }, { "while 1:\n  x\nelse:\n", true },
	{ "if x:\ny\n", false }, { "x = {\n 'a': 1,\n", true },
};

static void test_more(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	for (size_t i = 0; i < RT_COUNT(more_rows); i++) {
		const char *text = more_rows[i].text;
		if (rt_script_wants_more(session.script, text, strlen(text)) != more_rows[i].wants_more)
			fail_msg("\"%s\"", text);
	}
	close_session(&session);
}

/* ---- callbacks, limits --------------------------------------------------------------------------------------- */

static void test_callback(void **state)
{
	struct session session;
	struct rt_any result, argument;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	assert_int_equal(run(&session, "def pkt_callback(pkt):\n    return pkt + suffix\n", 0), 0);
	assert_int_equal(rt_script_set(session.script, "suffix", rt_str(session.script, "!", 1)), 0);
	argument = rt_str(session.script, "hi", 2);
	const struct rt_any function = rt_script_get(session.script, "pkt_callback");
	assert_int_equal(rt_script_call(session.script, function, &argument, 1, &result, &session.error), 0);
	size_t size;
	assert_string_equal(rt_text_bytes(result, &size), "hi!");
	assert_int_equal(size, 3);
	assert_null(rt_script_get(session.script, "at_end").type);
	argument = rt_int(5);
	assert_int_equal(rt_script_call(session.script, function, &argument, 1, &result, &session.error), -EINVAL);
	assert_string_equal(session.error.what, "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
	assert_int_equal(session.error.line, 2);
	close_session(&session);
}

/* Garbage of every kind, cycles too, in a small heap: what is used does not grow. */
static void test_steady(void **state)
{
	static const char text[] =
		"n = {}\n"
		"def each(i):\n"
		"    key = f'10.0.0.{i % 50}:{i % 3}'\n"
		"    n[key] = n.get(key, 0) + 1\n"
		"    a = [i, key]\n"
		"    a.append(a)\n"
		"    f = lambda: a\n"
		"    return sum(x for x in [i, 1]) if f() else None\n";
	struct session session;
	struct rt_any result, function;
	size_t used, peak, early = 0;
	(void)state;
	open_session(&session, (struct rt_script_options){ .memory = 512 << 10 });
	assert_int_equal(run(&session, text, 0), 0);
	function = rt_script_get(session.script, "each");
	for (int i = 0; i < 300000; i++) {
		const struct rt_any argument = rt_int(i);
		assert_int_equal(rt_script_call(session.script, function, &argument, 1, &result, &session.error), 0);
		assert_int_equal(result.num, i + 1);
		rt_script_memory(session.script, &used, &peak);
		if (i == 20000)
			early = peak;
	}
	assert_true(peak <= 512 << 10);
	assert_int_equal(peak, early);
	assert_int_equal(run(&session, "print(len(n), sum(n.values()))", 0), 0);
	assert_string_equal(printed, "150 300000\n");
	close_session(&session);
}

static void test_memory(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ .memory = 1 << 20 });
	for (int i = 0; i < 3; i++) {
		assert_int_equal(run(&session, "l = []\nwhile True:\n    l.append('x' * 100)", 0), -ENOMEM);
		assert_string_equal(session.error.what, "MemoryError");
		assert_int_equal(session.error.line, 3);
		assert_int_equal(run(&session, "print(len(l) > 3000)\ndel l\nx = 'y' * 300000\ndel x", 0), 0);
		assert_string_equal(printed, "True\n");
	}
	close_session(&session);
}

/* A full heap, and statements that leave garbage: it goes before there is no room to read the next one. */
static void test_memory_again(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ .memory = 1 << 20 });
	assert_int_equal(run(&session, "l = []\nwhile True:\n    l.append('x' * 100)", 0), -ENOMEM);
	for (int i = 0; i < 2000; i++) {
		assert_int_equal(run(&session, "x = 'y' * 300\nprint(len(x))", 0), 0);
		assert_false(rt_script_wants_more(session.script, "(1, (2, 3))", 11));
		assert_true(rt_script_wants_more(session.script, "(1, (2, 3)", 10));
	}
	assert_string_equal(printed, "300\n");
	close_session(&session);
}

static void test_steps(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ .steps = 1000 });
	assert_int_equal(run(&session, "for i in range(900): pass", 0), 0);
	assert_int_equal(run(&session, "for i in range(900): pass", 0), 0);
	assert_int_equal(run(&session, "try:\n    for i in range(1100): pass\nfinally:\n    print('no')", 0), -ETIME);
	assert_string_equal(session.error.what, "RuntimeError: the step budget is used up");
	assert_string_equal(printed, "");
	assert_int_equal(run(&session, "def f(n):\n    return f(n + 1)\nf(0)", 0), -EINVAL);
	assert_int_equal(run(&session, "print(i)", 0), 0);
	close_session(&session);
}

/* What would take for ever, or more than there is, each in a function of its own: counted in steps, so that Ctrl-C ends
 * it, too, or an error at once. `what` NULL: the steps are used up. */
#define NEST "a = b = t = u = ()\nfor i in range(60): a = [a, a]; b = [b, b]; t = (t, t); u = (u, u)\n"
static const struct endless { const char *text, *what; } endless_rows[] = {
	{ NEST "a == b", NULL }, { NEST "a < b", NULL }, { NEST "t == u", NULL }, { NEST "{t: 1}", NULL },
	{ NEST "{t}", NULL }, { NEST "t in {u: 1}", NULL }, { NEST "repr(a)", NULL }, { NEST "print(t)", NULL },
	{ NEST "a in [b]", NULL }, { NEST "[b].index(a)", NULL }, { NEST "[b].count(a)", NULL },
	{ NEST "sorted([a, b])", NULL }, { NEST "max([a, b])", NULL }, { NEST "str(a)", NULL }, { NEST "f'{a}'", NULL },
	{ "sum(range(10 ** 9))", NULL }, { "max(range(10 ** 15))", NULL }, { "all(range(1, 10 ** 15))", NULL },
	{ "any(x < 0 for x in range(10 ** 15))", NULL }, { "for x in zip(range(10 ** 15), range(10 ** 15)): pass", NULL },
	{ "for i, x in enumerate(range(10 ** 15)): pass", NULL }, { "next(filter(lambda v: v < 0, range(10 ** 15)))", NULL },
	{ "max(map(lambda v: v, range(10 ** 15)))", NULL }, { "-1 in (i for i in range(10 ** 15))", NULL },
	{ "{i % 10 for i in range(10 ** 15)}", NULL }, { "dict((1, 2) for i in range(10 ** 15))", NULL },
	{ "{}.update((1, 2) for i in range(10 ** 15))", NULL }, { "set().update(1 for i in range(10 ** 15))", NULL },
	{ "','.join('' for i in range(10 ** 15))", NULL }, { "l = [0] * 9999\nwhile True: l.index(1) if 1 in l else 0", NULL },
	{ "while True:\n    try:\n        1 // 0\n    except: pass\n    finally: pass", NULL },
	{ "x = 'a' * 10 ** 12", "MemoryError" }, { "x = [1] * 10 ** 12", "MemoryError" },
	{ "x = (1,) * 10 ** 12", "MemoryError" }, { "x = b'a' * 10 ** 12", "MemoryError" },
	{ "x = 'ab' * 2 ** 62", "MemoryError" }, { "x = bytes(10 ** 12)", "MemoryError" },
	{ "x = 'a'.ljust(10 ** 12)", "MemoryError" }, { "x = '1'.zfill(10 ** 12)", "MemoryError" },
	{ "x = f'{1:>1000000000}'", "MemoryError" }, { "x = f'{0:02000000000,}'", "MemoryError" },
	{ "x = '%1000000000d' % 1", "MemoryError" },
	{ "x = 'a'\nwhile True: x += x", "MemoryError" }, { "x = [1]\nwhile True: x += x", "MemoryError" },
	{ "x = ('a' * 1000000).replace('a', 'b' * 1000)", "MemoryError" },
	{ "x = 3 ** 10 ** 18", "OverflowError: integers have 64 bits here: the result does not fit" },
	{ "x = 1 << 10 ** 12", "OverflowError: integers have 64 bits here: the result does not fit" },
	{ "len(range(-2 ** 62, 2 ** 62))", "OverflowError: this range is too long" },
	{ "f = lambda: sorted([1, 2], key=lambda v: f())\nf()", "RecursionError: maximum recursion depth exceeded" },
	{ "def f(n): return f(n + 1)\nf(0)", "RecursionError: maximum recursion depth exceeded" },
	{ "l = []\nfor i in range(9999): l = [l]\nm = []\nfor i in range(9999): m = [m]\nl == m",
	  "RecursionError: maximum recursion depth exceeded" },
	{ "t = ()\nfor i in range(9999): t = (t,)\n{t: 1}", "RecursionError: maximum recursion depth exceeded" },
};

static void test_endless(void **state)
{
	const struct endless *row = *state;
	const clock_t start = clock();
	struct session session;
	open_session(&session, (struct rt_script_options){ .steps = 100000 });
	const int rc = run(&session, row->text, 0);
	assert_string_equal(row->what ? row->what : "RuntimeError: the step budget is used up", session.error.what);
	assert_true(row->what ? rc == -EINVAL || rc == -ENOMEM : rc == -ETIME);
	assert_in_range(clock() - start, 0, 10 * CLOCKS_PER_SEC);       /* usually a hundredth of a second */
	assert_int_equal(run(&session, "print(1)", 0), 0);
	assert_string_equal(printed, "1\n");
	close_session(&session);
}

static void test_interrupt(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	assert_int_equal(run(&session, "ctrl_c()\nwhile True: pass", 0), -EINTR);
	assert_string_equal(session.error.what, "KeyboardInterrupt");
	assert_int_equal(session.error.line, 2);
	assert_int_equal(run(&session, "ctrl_c()\nsum(x for x in range(10 ** 15))", 0), -EINTR);
	assert_int_equal(run(&session, "ctrl_c()\nlist(range(10 ** 5))", 0), -EINTR);
	assert_int_equal(run(&session, "try:\n    ctrl_c()\n    while True: pass\n"
	                               "except KeyboardInterrupt:\n    print('bye')", 0), 0);
	assert_string_equal(printed, "bye\n");
	close_session(&session);
}

/* One that came while nothing ran is forgotten on request, and only then. */
static void test_interrupt_forgotten(void **state)
{
	static const char text[] = "for i in range(10): pass\nprint(i)";
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	rt_script_interrupt(session.script);
	assert_int_equal(run(&session, text, 0), -EINTR);
	rt_script_interrupt(session.script);
	rt_script_forget_interrupt(session.script);
	assert_int_equal(run(&session, text, 0), 0);
	assert_string_equal(printed, "9\n");
	close_session(&session);
}

/* The place of a global stays, whatever a script does with the name. */
static void test_slot(void **state)
{
	struct session session;
	struct rt_any function, result;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	const int slot = rt_script_slot(session.script, "pkt");
	assert_true(slot >= 0);
	assert_int_equal(run(&session, "pkt", 0), -EINVAL);
	assert_int_equal(run(&session, "n = 0\ndef f():\n    global n\n    n += pkt", 0), 0);
	function = rt_script_get(session.script, "f");
	for (int i = 0; i < 10; i++) {
		rt_script_set_slot(session.script, slot, rt_int(i));
		assert_int_equal(rt_script_call(session.script, function, NULL, 0, &result, &session.error), 0);
	}
	assert_int_equal(run(&session, "print(n, pkt)\ndel pkt\nfor i in range(200):\n    pass", 0), 0);
	assert_string_equal(printed, "45 9\n");
	assert_int_equal(rt_script_slot(session.script, "pkt"), slot);
	rt_script_set_slot(session.script, slot, rt_int(5));
	assert_int_equal(run(&session, "print(pkt)", 0), 0);
	assert_string_equal(printed, "5\n");
	close_session(&session);
}

static void test_exit(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	assert_int_equal(run(&session, "print(1)\nexit(3)", 0), -ECANCELED);
	assert_int_equal(session.error.status, 3);
	assert_int_equal(run(&session, "exit()", 0), -ECANCELED);
	assert_int_equal(session.error.status, 0);
	assert_int_equal(run(&session, "exit('bad')", 0), -ECANCELED);
	assert_int_equal(session.error.status, 1);
	close_session(&session);
}

static void test_console(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ .is_escaped = true });
	assert_int_equal(run(&session, "print('a\\x1b[31mb\\r\\tc\\u202e\\x9b é')\n'x\\x1by'\n5", RT_SCRIPT_ECHO), 0);
	assert_string_equal(printed, "a\\x1b[31mb\\x0d\tc\\u202e\\x9b é\n'x\\x1by'\n5\n");
	close_session(&session);
}

/* What a callback gave is printed as print() prints it; what cannot be says so, and is not the next call's fault. */
static void test_print(void **state)
{
	struct session session;
	struct rt_any value;
	(void)state;
	open_session(&session, (struct rt_script_options){ .is_escaped = true });
	assert_int_equal(run(&session, "x = 'a\\x1b[31m'\nl = []\nfor i in range(300): l = [l]", 0), 0);
	value = rt_script_get(session.script, "l");
	assert_int_equal(rt_script_print(session.script, value, &session.error), -EINVAL);
	assert_string_equal(session.error.what, "RecursionError: maximum recursion depth exceeded");
	value = rt_script_get(session.script, "x");
	assert_int_equal(rt_script_print(session.script, value, &session.error), 0);
	*session.out.at = '\0';
	assert_string_equal(printed, "a\\x1b[31m\n");
	close_session(&session);
}

static void add_own(void *context, const char *name, bool is_own)
{
	struct rt_text *out = context;
	if (is_own)
		rt_put_format(out, "%s ", name);
}

static void add_name(void *context, const char *name, size_t length)
{
	rt_put(context, name, length);
	rt_put_char(context, ' ');
}

static void test_names(void **state)
{
	struct session session;
	(void)state;
	open_session(&session, (struct rt_script_options){ 0 });
	assert_int_equal(run(&session, "b = Box(1)\ndef f(local): pass\nlen = 5\ndel len\nx = 1", 0), 0);
	rt_script_each_name(session.script, add_own, &session.out);
	rt_names(rt_script_get(session.script, "b"), add_name, &session.out);
	*session.out.at = '\0';
	assert_string_equal(printed, "b f x double value ");
	assert_int_equal(rt_script_set(session.script, "b", rt_none()), 0);
	close_session(&session);
}

/* ---- objects of the host ----------------------------------------------------------------------------------------- */

struct box { struct rt_object head; struct rt_any value; };

static struct box *as_box(struct rt_any v) { return (struct box *)(void *)v.object; }

static void box_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct box *)(void *)object)->value);
}

static void box_drop(struct rt_script *s, struct rt_object *object)
{
	(void)s, (void)object;
	boxes--;
}

static struct rt_any box_new(struct rt_script *s, struct rt_any value)
{
	struct box *box = (struct box *)(void *)rt_object_new(s, &type_box, sizeof *box);
	if (!box)
		return rt_nothing();
	boxes++;
	box->value = value;
	return rt_any_of(&box->head);
}

static bool box_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	rt_put_string(out, form == RT_FORM_REPR ? "<Box " : "");
	const bool is_right = rt_put_any(s, out, as_box(v)->value, form);
	rt_put_string(out, form == RT_FORM_REPR ? ">" : "");
	return is_right;
}

static bool box_format(struct rt_script *s, struct rt_text *out, struct rt_any v, const char *spec, size_t length)
{
	rt_put_format(out, "[%.*s|", (int)length, spec);
	const bool is_right = rt_put_any(s, out, as_box(v)->value, RT_FORM_STR);
	rt_put_char(out, ']');
	return is_right;
}

static struct rt_any box_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	(void)s;
	if (site->key != &type_box) {           /* found once, remembered */
		site->key = &type_box;
		site->memo = strcmp(site->name, "value") == 0;
	}
	return site->memo ? as_box(v)->value : rt_nothing();
}

static bool box_set(struct rt_script *s, struct rt_any v, struct rt_site *site, struct rt_any value)
{
	if (strcmp(site->name, "value") == 0)
		as_box(v)->value = value;
	else
		rt_raise(s, RT_AttributeError, "a box has no %s", site->name);
	return !rt_failed(s);
}

static struct rt_any box_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	int64_t num;
	if (!rt_number(s, key, &num))
		return rt_nothing();
	return num == 0 ? as_box(v)->value : rt_raise(s, RT_IndexError, "a box has one item");
}

static bool box_set_item(struct rt_script *s, struct rt_any v, struct rt_any key, struct rt_any value)
{
	(void)s, (void)key;
	as_box(v)->value = value.type ? value : rt_none();
	return true;
}

static struct rt_any box_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	(void)v;
	return rt_tuple(s, parts, 3);
}

static int64_t box_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return !rt_is(as_box(v)->value, &rt_type_none);
}

static int box_contains(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	(void)s;
	return item.type == as_box(v)->value.type && item.num == as_box(v)->value.num;
}

static int box_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	if (state[0]++ >= 2)
		return 0;
	*item = box_new(s, as_box(v)->value);   /* made while it is walked, as packets are */
	return item->type ? 1 : -1;
}

static int box_compare(struct rt_script *s, struct rt_any v, struct rt_any other, enum rt_relation relation)
{
	(void)s;
	const struct rt_any x = as_box(v)->value, y = rt_is(other, &type_box) ? as_box(other)->value : other;
	if (!rt_is(x, &rt_type_int) || !rt_is(y, &rt_type_int))
		return RT_UNKNOWN;
	return relation == RT_EQUAL ? x.num == y.num : relation == RT_NOT_EQUAL ? x.num != y.num
	     : relation == RT_LESS ? x.num < y.num : relation == RT_GREATER ? x.num > y.num : RT_UNKNOWN;
}

static bool box_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	(void)s;
	*hash = (uint64_t)as_box(v)->value.num;
	return true;
}

static bool box_number(struct rt_script *s, struct rt_any v, int64_t *num)
{
	return rt_number(s, as_box(v)->value, num);
}

static struct rt_any box_bytes(struct rt_script *s, struct rt_any v)
{
	(void)v;
	return rt_bytes(s, "box", 3);
}

static struct rt_any box_binary(struct rt_script *s, char op, struct rt_any v, struct rt_any other, bool is_swapped)
{
	const struct rt_any parts[2] = { is_swapped ? other : as_box(v)->value, is_swapped ? as_box(v)->value : other };
	return op == '/' ? rt_tuple(s, parts, 2) : rt_nothing();
}

static struct rt_any box_call(struct rt_script *s, struct rt_any v, const struct rt_args *args)
{
	if (args->named)
		return rt_raise(s, RT_TypeError, "no %s here", rt_text_bytes(args->names[0], &(size_t){ 0 }));
	return args->count ? rt_call(s, args->at[0], &as_box(v)->value, 1) : rt_int(args->count);
}

/* isinstance(x, box): of the type of what is inside. */
static int box_has(struct rt_script *s, struct rt_any kind, struct rt_any value)
{
	(void)s;
	return value.type == as_box(kind)->value.type;
}

static void box_names(struct rt_any v, void (*add)(void *context, const char *name, size_t length), void *context)
{
	(void)v;
	add(context, "value", 5);
}

static struct rt_any box_make(struct rt_script *s, struct rt_any *args, unsigned count)
{
	return box_new(s, count ? args[1] : rt_none());
}

static struct rt_any box_double(struct rt_script *s, struct rt_any *args, unsigned count)
{
	int64_t by = 2;
	(void)count;
	if (args[1].type && !rt_number(s, args[1], &by))
		return rt_nothing();
	as_box(args[0])->value = rt_int(as_box(args[0])->value.num * by);
	return args[0];
}

static const struct rt_method box_maker = { "Box", box_make, 0, 1, 0, "value", true };
static const struct rt_method box_methods[] = { { "double", box_double, 0, 1, 0, "by", false }, { NULL } };

static const struct rt_type type_box = {
	.name = "Box",
	.methods = box_methods,
	.maker = &box_maker,
	.mark = box_mark,
	.drop = box_drop,
	.put = box_put,
	.format = box_format,
	.get = box_get,
	.set = box_set,
	.item = box_item,
	.set_item = box_set_item,
	.slice = box_slice,
	.length = box_length,
	.contains = box_contains,
	.next = box_next,
	.compare = box_compare,
	.hash = box_hash,
	.number = box_number,
	.bytes = box_bytes,
	.binary = box_binary,
	.call = box_call,
	.has = box_has,
	.names = box_names,
};

static struct rt_any host_ctrl_c(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)args, (void)count;
	rt_script_interrupt(s);
	return rt_none();
}

/* each(iterable, prn, limit): calls prn for each item, as sniff() will. */
static struct rt_any host_each(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct rt_any item, *list = rt_hold(s, rt_list(s, 0));
	struct rt_any *iterator = list ? rt_hold(s, rt_iterate(s, args[0])) : NULL;
	int64_t limit = INT64_MAX;
	int rc = 0;
	(void)count;
	if (!iterator || (args[2].type && !rt_number(s, args[2], &limit)))
		return rt_nothing();
	while (limit-- > 0 && (rc = rt_next(s, *iterator, &item)) == 1) {
		struct rt_any value = args[1].type ? rt_call(s, args[1], &item, 1) : item;
		if (!value.type || !rt_list_add(s, *list, value))
			return rt_nothing();
	}
	return rc < 0 ? rt_nothing() : *list;
}

static const struct rt_method host_functions[] = {
	{ "ctrl_c", host_ctrl_c, 0, 0, 0, NULL, false },
	{ "each", host_each, 1, 1, 1, "prn limit", false },
	{ NULL }
};

struct host_row { const char *text, *printed; };

static const struct host_row host_rows[] = {
	{ "print(Box(5), repr(Box('a')), [Box(1)], type(Box(1)), Box)", "5 <Box 'a'> [<Box 1>] <class 'Box'> <class 'Box'>\n" },
	{ "b = Box(1)\nb.value = 7\nprint(b.value, b.double().value, b.double(by=3).value, b.double)",
	  "7 14 42 <built-in method double of Box object>\n" },
	{ "for x in [Box(1), Box(2), 'a', Box(3)]:\n    try:\n        print(x.value)\n    except AttributeError as e:\n        print(e)",
	  "1\n2\n'str' object has no attribute 'value'\n3\n" },
	{ "try:\n    Box(1).foo\nexcept AttributeError as e:\n    print(e)", "'Box' object has no attribute 'foo'\n" },
	{ "try:\n    Box(1).foo = 1\nexcept AttributeError as e:\n    print(e)", "a box has no foo\n" },
	{ "b = Box(5)\nb[0] = 6\nprint(b[0], b[Box(0)], b[1:2], b['x':], len(b), len(Box()), bool(Box()))\ndel b[0]\nprint(b)",
	  "6 6 (1, 2, None) ('x', None, None) 1 0 False\nNone\n" },
	{ "try:\n    Box(1)[1]\nexcept IndexError as e:\n    print(e)", "a box has one item\n" },
	{ "print(5 in Box(5), 6 in Box(5), 5 not in Box(5))", "True False False\n" },
	{ "print([x.value for x in Box(3)], list(Box(1)), sum(x.value for x in Box(4)), list(zip(Box(1), Box(2))))",
	  "[3, 3] [<Box 1>, <Box 1>] 8 [(<Box 1>, <Box 2>), (<Box 1>, <Box 2>)]\n" },
	{ "print(Box(1) == 1, 1 == Box(1), Box(2) > 1, 3 > Box(2), Box(1) != Box(1), Box('a') == 'a', sorted([Box(2), Box(1)]))",
	  "True True True True False False [<Box 1>, <Box 2>]\n" },
	{ "try:\n    Box('a') < 1\nexcept TypeError as e:\n    print(e)", "'<' not supported between instances of 'Box' and 'int'\n" },
	{ "d = {Box(1): 'x'}\nprint(d[Box(1)], Box(2) in d)", "x False\n" },
	{ "print(int(Box(7)), hex(Box(255)), [1, 2, 3][Box(1)], bytes(Box(1)), 'x' * 3)", "7 0xff 2 b'box' xxx\n" },
	{ "print(Box(1) / 2, 3 / Box(4), Box(1) / Box(2))", "(1, 2) (3, 4) (1, <Box 2>)\n" },
	{ "try:\n    Box(1) + 2\nexcept TypeError as e:\n    print(e)", "unsupported operand type(s) for +: 'Box' and 'int'\n" },
	{ "print(f'{Box(5):>8} {Box(6)}', format(Box(1), 'x'), '%s' % Box(3), '{}'.format(Box(4)), str(Box(9)))",
	  "[>8|5] [|6] [x|1] 3 [|4] 9\n" },
	{ "print(Box(5)(), Box(5)(lambda v: v + 1))", "0 6\n" },
	{ "try:\n    Box(5)(a=1)\nexcept TypeError as e:\n    print(e)", "no a here\n" },
	{ "print(isinstance(Box(1), Box), isinstance(5, Box(1)), isinstance('a', (int, Box(1))))", "True True False\n" },
	{ "print(each([1, 2, 3], prn=lambda x: x * 2), each(Box(1), limit=1), each(range(10 ** 9), limit=2, prn=str))",
	  "[2, 4, 6] [<Box 1>] ['0', '1']\n" },
	{ "try:\n    each([1], foo=2)\nexcept TypeError as e:\n    print(e)", "'foo' is an invalid keyword argument for each()\n" },
	{ "try:\n    each([1, 0], prn=lambda x: 1 // x)\nexcept ZeroDivisionError as e:\n    print(e)",
	  "integer division or modulo by zero\n" },
	{ "b = Box(1)\nb.value = b\nprint(b)\nb.value = [b]\nprint([b])", "{...}\n[<Box [{...}]>]\n" },
	{ "print(dir(Box(1)), hasattr(Box(1), 'value'), getattr(Box(5), 'value'))", "['double', 'value'] True 5\n" },
};

static void run_host(const struct host_row *row, bool is_stressed)
{
	struct session session;
	open_session(&session, (struct rt_script_options){ .is_stressed = is_stressed });
	if (run(&session, row->text, 0) < 0)
		fail_msg("%s", session.error.what);
	assert_string_equal(printed, row->printed);
	close_session(&session);
}

static void test_host(void **state)
{
	run_host(*state, false);
	run_host(*state, true);
}

int main(void)
{
	for (size_t i = 0; i < RT_COUNT(place_rows); i++)
		rows_add("place", place_rows[i].text, test_place, &place_rows[i]);
	for (size_t i = 0; i < RT_COUNT(host_rows); i++)
		rows_add("host", host_rows[i].text, test_host, &host_rows[i]);
	for (size_t i = 0; i < RT_COUNT(endless_rows); i++)
		rows_add("endless", endless_rows[i].text, test_endless, &endless_rows[i]);
	rows_add("more lines", NULL, test_more, NULL);
	rows_add("callback", NULL, test_callback, NULL);
	rows_add("memory stays", NULL, test_steady, NULL);
	rows_add("memory limit", NULL, test_memory, NULL);
	rows_add("memory again", NULL, test_memory_again, NULL);
	rows_add("interrupt, forgotten", NULL, test_interrupt_forgotten, NULL);
	rows_add("slot", NULL, test_slot, NULL);
	rows_add("print from outside", NULL, test_print, NULL);
	rows_add("steps", NULL, test_steps, NULL);
	rows_add("interrupt", NULL, test_interrupt, NULL);
	rows_add("exit", NULL, test_exit, NULL);
	rows_add("console", NULL, test_console, NULL);
	rows_add("names", NULL, test_names, NULL);
	return rows_run("script");
}
