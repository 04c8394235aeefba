/* SPDX-License-Identifier: MIT */
/* builtins.c - the functions that every script knows: printing, numbers, going through things. */
#include "machine.h"
#include "width.h"

/* ---- printing ----------------------------------------------------------------------------------------- */

static bool separator(struct rt_script *s, struct rt_any v, const char *otherwise, const char *name,
                      struct rt_any *text)
{
	*text = is_nothing(v) || rt_is(v, &rt_type_none) ? text_of(s, &rt_type_str, otherwise, 1) : v;
	if (is_nothing(*text) || is_str(*text))
		return !is_nothing(*text);
	return fail(s, RT_TypeError, "%s must be None or a string, not %s", name, v.type->name);
}

/* print(*values, sep, end, flush) */
NATIVE(builtin_print)
{
	struct rt_any between, end;
	if (!separator(s, args[count], " ", "sep", &between) || !separator(s, args[count + 1], "\n", "end", &end))
		return rt_nothing();
	for (unsigned i = 0; i < count; i++)
		if ((i && !any_print(s, between, RT_FORM_STR)) || !any_print(s, args[i], RT_FORM_STR))
			return rt_nothing();
	return any_print(s, end, RT_FORM_STR) ? rt_none() : rt_nothing();
}

NATIVE(builtin_repr) { return any_text(s, args[0], RT_FORM_REPR); }

NATIVE(builtin_format)
{
	if (count > 1 && !is_str(args[1]))
		return rt_raise(s, RT_TypeError, "format() argument 2 must be str, not %s", args[1].type->name);
	return any_format(s, args[0], count > 1 ? as_text(args[1])->bytes : "", count > 1 ? as_text(args[1])->size : 0);
}

/* ---- numbers ------------------------------------------------------------------------------------------ */

static struct rt_any with_prefix(struct rt_script *s, struct rt_any v, const char *spec)
{
	int64_t num;
	return any_int(s, v, &num) ? any_format(s, rt_int(num), spec, 2) : rt_nothing();
}

NATIVE(builtin_hex) { return with_prefix(s, args[0], "#x"); }
NATIVE(builtin_oct) { return with_prefix(s, args[0], "#o"); }
NATIVE(builtin_bin) { return with_prefix(s, args[0], "#b"); }

NATIVE(builtin_abs)
{
	if (!is_int(args[0]))
		return rt_raise(s, RT_TypeError, "bad operand type for abs(): '%s'", args[0].type->name);
	return args[0].num < 0 ? any_unary(s, '-', args[0]) : rt_int(args[0].num);
}

NATIVE(builtin_divmod)
{
	if (!is_int(args[0]) || !is_int(args[1]))
		return rt_raise(s, RT_TypeError, "unsupported operand type(s) for divmod(): '%s' and '%s'",
		                args[0].type->name, args[1].type->name);
	const struct rt_any pair[2] = { any_binary(s, 'd', args[0], args[1], false),
	                                args[1].num ? any_binary(s, '%', args[0], args[1], false) : rt_nothing() };
	return is_nothing(pair[0]) || is_nothing(pair[1]) ? rt_nothing() : rt_tuple(s, pair, 2);
}

NATIVE(builtin_pow) { return any_binary(s, 'p', args[0], args[1], false); }

NATIVE(builtin_chr)
{
	char bytes[4];
	int64_t code;
	if (!any_int(s, args[0], &code))
		return rt_nothing();
	if (code < 0 || code > 0x10ffff)
		return rt_raise(s, RT_ValueError, "chr() arg not in range(0x110000)");
	if (code >= 0xd800 && code < 0xe000)
		return rt_raise(s, RT_ValueError, "there are no surrogates here");
	return text_of(s, &rt_type_str, bytes, utf8_put(bytes, (uint32_t)code));
}

NATIVE(builtin_ord)
{
	const struct text *text = as_text(args[0]);
	if (!is_str(args[0]) && !rt_is(args[0], &rt_type_bytes))
		return rt_raise(s, RT_TypeError, "ord() expected string of length 1, but %s found", args[0].type->name);
	if (text->count != 1)
		return rt_raise(s, RT_TypeError, "ord() expected a character, but string of length %u found",
		                text->count);
	uint32_t code = (uint8_t)*text->bytes;
	if (is_str(args[0]))
		utf8_next(text->bytes, text->size, &code);
	return rt_int(code);
}

/* ---- sums and extremes -------------------------------------------------------------------------------- */

NATIVE(builtin_sum)
{
	struct rt_any item, *total = rt_hold(s, is_nothing(args[1]) ? rt_int(0) : args[1]);
	struct rt_any *iterator = total ? rt_hold(s, any_iterate(s, args[0])) : NULL;
	int rc;
	if (!iterator)
		return rt_nothing();
	if (is_str(*total))
		return rt_raise(s, RT_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
	while ((rc = any_next(s, *iterator, &item)) == 1) {
		const struct rt_any sum = any_binary(s, '+', *total, item, false);
		if (is_nothing(sum))
			return sum;
		*total = sum;
	}
	return rc < 0 ? rt_nothing() : *total;
}

struct extreme { struct rt_any *best, *best_key; struct rt_any key; bool is_max, has_best; };

static bool consider(struct rt_script *s, struct extreme *extreme, struct rt_any item)
{
	struct rt_any *held = rt_hold(s, item);
	const bool has_key = extreme->key.type && extreme->key.type != &rt_type_none;
	const struct rt_any key = !held ? rt_nothing() : has_key ? rt_call(s, extreme->key, &item, 1) : item;
	if (is_nothing(key))
		return false;
	s->sp = held;
	int is_better = 1;
	if (extreme->has_best)
		is_better = any_relation(s, key, *extreme->best_key, extreme->is_max ? RT_GREATER : RT_LESS);
	if (is_better == 1) {
		*extreme->best = item;
		*extreme->best_key = key;
		extreme->has_best = true;
	}
	return is_better >= 0;
}

static bool consider_all(struct rt_script *s, struct extreme *extreme, struct rt_any from)
{
	struct rt_any item, *iterator = rt_hold(s, any_iterate(s, from));
	int rc;
	if (!iterator)
		return false;
	while ((rc = any_next(s, *iterator, &item)) == 1)
		if (!consider(s, extreme, item))
			return false;
	return rc == 0;
}

/* max(iterable) or max(a, b, ...), with key and default */
static struct rt_any find_extreme(struct rt_script *s, struct rt_any *args, unsigned count, bool is_max)
{
	const char *name = is_max ? "max" : "min";
	const struct rt_any otherwise = args[count + 1];
	struct extreme extreme = { .key = args[count], .is_max = is_max };
	extreme.best = rt_hold(s, rt_none());
	extreme.best_key = extreme.best ? rt_hold(s, rt_none()) : NULL;
	if (!extreme.best_key)
		return rt_nothing();
	if (!is_nothing(otherwise) && count > 1)
		return rt_raise(s, RT_TypeError, "Cannot specify a default for %s() with multiple positional arguments",
		                name);
	if (count == 1 && !consider_all(s, &extreme, args[0]))
		return rt_nothing();
	for (unsigned i = 0; count > 1 && i < count; i++)
		if (!consider(s, &extreme, args[i]))
			return rt_nothing();
	if (extreme.has_best)
		return *extreme.best;
	return !is_nothing(otherwise) ? otherwise : rt_raise(s, RT_ValueError, "%s() arg is an empty sequence", name);
}

NATIVE(builtin_max) { return find_extreme(s, args, count, true); }
NATIVE(builtin_min) { return find_extreme(s, args, count, false); }

/* The first item whose truth is `wanted` decides. */
static struct rt_any find_truth(struct rt_script *s, struct rt_any from, int wanted)
{
	struct rt_any item, *iterator = rt_hold(s, any_iterate(s, from));
	int rc;
	if (!iterator)
		return rt_nothing();
	while ((rc = any_next(s, *iterator, &item)) == 1) {
		struct rt_any *held = rt_hold(s, item);
		const int truth = held ? any_truth(s, item) : -1;
		if (truth < 0)
			return rt_nothing();
		if (truth == wanted)
			return rt_bool(wanted);
		s->sp = held;
	}
	return rc < 0 ? rt_nothing() : rt_bool(!wanted);
}

NATIVE(builtin_any) { return find_truth(s, args[0], 1); }
NATIVE(builtin_all) { return find_truth(s, args[0], 0); }

/* ---- going through things ----------------------------------------------------------------------------- */

NATIVE(builtin_len)
{
	const int64_t length = any_length(s, args[0]);
	return length < 0 ? rt_nothing() : rt_int(length);
}

NATIVE(builtin_sorted)
{
	struct rt_any *list = rt_hold(s, rt_list(s, 0));
	const int is_reverse = is_nothing(args[2]) ? 0 : any_truth(s, args[2]);
	if (!list || is_reverse < 0 || !list_extend(s, *list, args[0]) ||
	    !list_sort(s, *list, args[1], is_reverse))
		return rt_nothing();
	return *list;
}

NATIVE(builtin_iter) { return any_iterate(s, args[0]); }

NATIVE(builtin_next)
{
	struct rt_any item;
	if (!args[0].type->is_iterator)
		return rt_raise(s, RT_TypeError, "'%s' object is not an iterator", args[0].type->name);
	const int rc = any_next(s, args[0], &item);
	if (rc == 0 && count < 2)
		raise_value(s, exception_new(s, &type_of_trouble[RT_StopIteration], rt_tuple(s, NULL, 0)));
	return rc == 1 ? item : rc == 0 && count > 1 ? args[1] : rt_nothing();
}

/* ---- types and attributes ----------------------------------------------------------------------------- */

static int is_instance(struct rt_script *s, struct rt_any v, struct rt_any kind)
{
	if (rt_is(kind, &rt_type_type))
		return type_is_a(v.type, kind.fixed);
	if (kind.type->has)
		return kind.type->has(s, kind, v);
	if (!rt_is(kind, &rt_type_tuple)) {
		fail(s, RT_TypeError, "isinstance() arg 2 must be a type, a tuple of types, or a union");
		return -1;
	}
	int verdict = depth_enter(s) ? 0 : -1;
	for (uint32_t i = 0; verdict == 0 && i < as_list(kind)->count; i++)
		verdict = is_instance(s, v, as_list(kind)->items[i]);
	depth_leave(s);
	return verdict;
}

NATIVE(builtin_isinstance)
{
	const int verdict = is_instance(s, args[0], args[1]);
	return verdict < 0 ? rt_nothing() : rt_bool(verdict);
}

NATIVE(builtin_callable)
{
	const struct rt_type *type = args[0].type;
	return rt_bool(type == &type_function || type == &rt_type_native || type == &type_bound ||
	               type == &rt_type_type || type->call);
}

static struct rt_any attribute_or(struct rt_script *s, const struct rt_any *args, struct rt_any otherwise,
                                  struct rt_any found)
{
	if (!is_str(args[1]))
		return rt_raise(s, RT_TypeError, "attribute name must be string, not '%s'", args[1].type->name);
	struct rt_site site = { .name = as_text(args[1])->bytes, .length = as_text(args[1])->size };
	const struct rt_any value = any_attribute(s, args[0], &site);
	if (!is_nothing(value))
		return is_nothing(found) ? value : found;
	if (!is_nothing(otherwise) && rt_is(s->raised, &type_of_trouble[RT_AttributeError])) {
		s->raised = rt_nothing();
		return otherwise;
	}
	return rt_nothing();
}

NATIVE(builtin_getattr) { return attribute_or(s, args, count > 2 ? args[2] : rt_nothing(), rt_nothing()); }
NATIVE(builtin_hasattr) { return attribute_or(s, args, rt_bool(false), rt_bool(true)); }

/* exit(status) */
NATIVE(builtin_exit)
{
	const struct rt_any list = rt_tuple(s, args, count);
	return is_nothing(list) ? list : raise_value(s, exception_new(s, &type_of_trouble[RT_SystemExit], list));
}

const struct rt_method builtin_functions[] = {
	{ "abs", builtin_abs, 1, 1, 0, NULL },
	{ "all", builtin_all, 1, 1, 0, NULL },
	{ "any", builtin_any, 1, 1, 0, NULL },
	{ "bin", builtin_bin, 1, 1, 0, NULL },
	{ "callable", builtin_callable, 1, 1, 0, NULL },
	{ "chr", builtin_chr, 1, 1, 0, NULL },
	{ "dir", builtin_dir, 0, 1, 0, NULL },
	{ "divmod", builtin_divmod, 2, 2, 0, NULL },
	{ "exit", builtin_exit, 0, 1, 0, NULL },
	{ "format", builtin_format, 1, 2, 0, NULL },
	{ "getattr", builtin_getattr, 2, 3, 0, NULL },
	{ "hasattr", builtin_hasattr, 2, 2, 0, NULL },
	{ "help", builtin_help, 0, 1, 0, NULL },
	{ "hex", builtin_hex, 1, 1, 0, NULL },
	{ "isinstance", builtin_isinstance, 2, 2, 0, NULL },
	{ "iter", builtin_iter, 1, 1, 0, NULL },
	{ "len", builtin_len, 1, 1, 0, NULL },
	{ "max", builtin_max, 1, RT_VARIADIC, 0, "key default" },
	{ "min", builtin_min, 1, RT_VARIADIC, 0, "key default" },
	{ "next", builtin_next, 1, 2, 0, NULL },
	{ "oct", builtin_oct, 1, 1, 0, NULL },
	{ "ord", builtin_ord, 1, 1, 0, NULL },
	{ "pow", builtin_pow, 2, 2, 0, NULL },
	{ "print", builtin_print, 0, RT_VARIADIC, 0, "sep end flush" },
	{ "quit", builtin_exit, 0, 1, 0, NULL },
	{ "repr", builtin_repr, 1, 1, 0, NULL },
	{ "sorted", builtin_sorted, 1, 1, 1, "key reverse" },
	{ "sum", builtin_sum, 1, 2, 1, "start" },
	{ NULL }
};

const struct rt_type *const builtin_types[] = {
	&rt_type_bool, &rt_type_bytes, &rt_type_dict, &type_enumerate, &type_filter, &rt_type_int, &rt_type_list,
	&type_map, &type_range, &type_reversed, &type_set, &rt_type_str, &rt_type_tuple, &rt_type_type, &type_zip, NULL
};
