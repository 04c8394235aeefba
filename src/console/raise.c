/* SPDX-License-Identifier: MIT */
/* raise.c - exceptions: Python's classes, making and raising one, and what the host reads of one that nobody caught. */
#include "machine.h"

/* ---- the object --------------------------------------------------------------------------------------- */

static void exception_mark(struct rt_script *s, struct rt_object *object)
{
	const struct exception *exception = (struct exception *)(void *)object;
	rt_mark(s, exception->args);
	rt_mark(s, exception->file);
}

/* As str() of one: nothing, its only argument, or all of them. */
static bool put_message(struct rt_script *s, struct rt_text *out, struct rt_any v)
{
	const struct rt_any args = as_exception(v)->args;
	const uint32_t count = as_list(args)->count;
	if (count != 1)
		return !count || any_put(s, out, args, RT_FORM_REPR);
	return any_put(s, out, as_list(args)->items[0],
	               v.type == &type_of_trouble[RT_KeyError] ? RT_FORM_REPR : RT_FORM_STR);
}

static bool exception_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	const struct list *args = as_list(as_exception(v)->args);
	if (form == RT_FORM_STR)
		return put_message(s, out, v);
	rt_put_string(out, v.type->name);
	rt_put_char(out, '(');
	for (uint32_t i = 0; i < args->count; i++) {
		if (i)
			rt_put_string(out, ", ");
		if (!any_put(s, out, args->items[i], RT_FORM_REPR))
			return false;
	}
	rt_put_char(out, ')');
	return true;
}

static struct rt_any exception_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	(void)s;
	return site->length == 4 && memcmp(site->name, "args", 4) == 0 ? as_exception(v)->args : rt_nothing();
}

struct rt_any exception_new(struct rt_script *s, const struct rt_type *class, struct rt_any args)
{
	struct exception *exception = (struct exception *)(void *)rt_object_new(s, class, sizeof *exception);
	if (!exception)
		return rt_nothing();
	exception->args = args;
	return rt_any_of(&exception->head);
}

NATIVE(exception_make)
{
	struct rt_any tuple = rt_tuple(s, args + 1, count);
	return is_nothing(tuple) ? tuple : exception_new(s, args[0].fixed, tuple);
}

static const struct rt_method exception_maker = { "exception", exception_make, 0, RT_VARIADIC, 0, NULL, true };

const struct rt_type type_of_trouble[RT_TROUBLES] = {
#define RT_TROUBLE(its_name, its_base) [RT_##its_name] = { \
	.name = #its_name, .base = &type_of_trouble[RT_##its_base], .maker = &exception_maker, .mark = exception_mark, \
	.put = exception_put, .get = exception_get },
	RT_EACH_TROUBLE(RT_TROUBLE)
#undef RT_TROUBLE
};

bool type_is_a(const struct rt_type *type, const struct rt_type *base)
{
	while (type != base && type && type->base != type)
		type = type->base;
	return type == base;
}

/* ---- raising ------------------------------------------------------------------------------------------ */

bool rt_failed(const struct rt_script *s) { return s->raised.type != NULL; }

struct rt_any raise_value(struct rt_script *s, struct rt_any exception)
{
	s->raised = exception;
	return rt_nothing();
}

/* There may be no memory for an exception: one was made in time. */
struct rt_any raise_memory(struct rt_script *s)
{
	if (!is_nothing(s->no_memory))
		as_exception(s->no_memory)->line = 0;
	return raise_value(s, s->no_memory);
}

static struct rt_any raise_with(struct rt_script *s, enum rt_trouble what, struct rt_any argument)
{
	struct rt_any args = is_nothing(argument) ? argument : rt_tuple(s, &argument, 1);
	struct rt_any exception = is_nothing(args) ? args : exception_new(s, &type_of_trouble[what], args);
	return is_nothing(exception) ? exception : raise_value(s, exception);
}

struct rt_any raise_key(struct rt_script *s, struct rt_any key) { return raise_with(s, RT_KeyError, key); }

static struct rt_any raise_format(struct rt_script *s, enum rt_trouble what, const char *format, va_list args)
{
	char memory[512];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory, -1);
	rt_put_vformat(&text, format, args);
	return raise_with(s, what, rt_str(s, memory, rt_text_length(&text)));
}

struct rt_any rt_raise(struct rt_script *s, enum rt_trouble what, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	raise_format(s, what, format, args);
	va_end(args);
	return rt_nothing();
}

bool fail(struct rt_script *s, enum rt_trouble what, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	raise_format(s, what, format, args);
	va_end(args);
	return false;
}

/* ---- for the host ------------------------------------------------------------------------------------- */

/* One line in which nothing moves a cursor. */
static void copy_text(char *to, size_t room, const char *bytes, size_t size)
{
	struct rt_text out;
	rt_text_init(&out, to, room - 1, -1);
	put_clean(&out, bytes, size, "");
	*out.at = '\0';
}

static void describe(struct rt_script *s, struct rt_any v, struct rt_script_error *error)
{
	char memory[1024];
	struct rt_text out;
	rt_text_init(&out, memory, sizeof memory, -1);
	rt_put_string(&out, v.type->name);
	rt_put_string(&out, ": ");
	const size_t bare = rt_text_length(&out);
	put_message(s, &out, v);
	copy_text(error->what, sizeof error->what, memory,
	          rt_text_length(&out) > bare ? rt_text_length(&out) : bare - 2);
}

void exception_report(struct rt_script *s, struct rt_script_error *error)
{
	const struct rt_any v = s->raised;
	const struct exception *exception = as_exception(v);
	*error = (struct rt_script_error){ .line = (int)exception->line, .column = (int)exception->column };
	s->raised = rt_nothing();
	if (is_str(exception->file))
		copy_text(error->file, sizeof error->file, as_text(exception->file)->bytes,
		          as_text(exception->file)->size);
	describe(s, v, error);
	s->raised = rt_nothing();
	error->is_early = s->is_early && type_is_a(v.type, &type_of_trouble[RT_SyntaxError]);
	if (v.type == &type_of_trouble[RT_SystemExit] && as_list(exception->args)->count) {
		const struct rt_any status = as_list(exception->args)->items[0];
		error->status = is_int(status) ? (int)status.num : status.type == &rt_type_none ? 0 : 1;
	}
}
