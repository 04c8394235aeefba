/* SPDX-License-Identifier: MIT */
/* help.c - what there is: names of a value for dir(), help() and completion. */
#include "machine.h"

void rt_names(struct rt_any v, void (*add)(void *context, const char *name, size_t length), void *context)
{
	const struct rt_type *type = rt_is(v, &rt_type_type) ? v.fixed : v.type;
	for (const struct rt_type *at = type; at; at = at->base == at ? NULL : at->base)
		for (const struct rt_method *method = at->methods; method && method->name; method++)
			add(context, method->name, strlen(method->name));
	if (v.type->names)
		v.type->names(v, add, context);
}

/* ---- dir() -------------------------------------------------------------------------------------------- */

struct collected { struct rt_script *s; struct rt_any list; bool has_failed; };

static void collect(void *context, const char *name, size_t length)
{
	struct collected *collected = context;
	const struct rt_any text = collected->has_failed ? rt_nothing() : rt_str(collected->s, name, length);
	if (is_nothing(text) || !list_add(collected->s, as_list(collected->list), text))
		collected->has_failed = true;
}

static void collect_own(void *context, const char *name, bool is_own)
{
	if (is_own)
		collect(context, name, strlen(name));
}

struct rt_any builtin_dir(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct collected collected = { .s = s, .list = rt_list(s, 0) };
	if (!rt_hold(s, collected.list))
		return rt_nothing();
	if (count)
		rt_names(args[0], collect, &collected);
	else
		rt_script_each_name(s, collect_own, &collected);
	if (collected.has_failed || !list_sort(s, collected.list, rt_nothing(), false))
		return rt_nothing();
	return collected.list;
}

/* ---- help() ------------------------------------------------------------------------------------------- */

static void put_name(void *context, const char *name, size_t length)
{
	struct rt_text *out = context;
	rt_put_string(out, "  ");
	rt_put(out, name, length);
	rt_put_char(out, '\n');
}

/* f(a, b): of a function of the language, its parameters; of one in C, how many it takes. */
static void put_function(struct rt_text *out, struct rt_any v)
{
	const struct code *code = rt_is(v, &type_function) ? as_function(v)->code : NULL;
	const struct rt_method *row = code ? NULL : v.fixed;
	rt_put_format(out, "%s(", code ? as_text(code->name)->bytes : row->name);
	for (unsigned i = 0; code && i < code->param_count; i++)
		rt_put_format(out, "%s%s", i ? ", " : "", as_text(code->names[i])->bytes);
	if (row)
		rt_put_format(out, "%s%s%s", row->max ? "..." : "", row->names && row->max ? ", " : "",
		              row->names ? row->names : "");
	rt_put_string(out, ")\n");
}

struct rt_any builtin_help(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct rt_text *out = s->options.out;
	if (!count) {
		rt_put_string(out, "A small Python: integers of 64 bits, str, bytes, list, dict, tuple, set, functions.\n"
		                   "dir() lists your names, dir(x) what stands behind the dot of x, help(x) more of x.\n");
		rt_put_string(out, s->options.help ? s->options.help : "");
	} else if (args[0].type->help) {
		args[0].type->help(s, args[0]);
	} else if (rt_is(args[0], &type_function) || rt_is(args[0], &rt_type_native)) {
		put_function(out, args[0]);
	} else {
		rt_put_format(out, "%s:\n",
		              rt_is(args[0], &rt_type_type) ? ((const struct rt_type *)args[0].fixed)->name
		                                            : args[0].type->name);
		rt_names(args[0], put_name, out);
	}
	return rt_none();
}
