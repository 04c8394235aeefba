/* SPDX-License-Identifier: MIT */
/* set.c - sets: dicts without values, which keep the order in which their elements came. */
#include "machine.h"

static struct rt_any set_new(struct rt_script *s)
{
	struct dict *set = dict_new(s, &type_set);
	return set ? rt_any_of(&set->head) : rt_nothing();
}

static bool add(struct rt_script *s, struct rt_any set, struct rt_any item)
{
	return dict_put(s, as_dict(set), item, rt_none());
}

static bool is_table(struct rt_any v) { return v.type == &type_set || v.type == &rt_type_dict; }

/* `set` must be held. */
static bool set_update(struct rt_script *s, struct rt_any set, struct rt_any from)
{
	struct entry *entry;
	if (is_table(from)) {
		for (uint32_t at = 0; (entry = dict_next(as_dict(from), &at)); )
			if (!add(s, set, entry->key))
				return false;
		return true;
	}
	struct rt_any *iterator = rt_hold(s, any_iterate(s, from)), item;
	if (!iterator)
		return false;
	int rc;
	while ((rc = any_next(s, *iterator, &item)) == 1)
		if (!add(s, set, item))
			return false;
	return rc == 0;
}

/* `v` as a set, held; a set is itself. */
static struct rt_any as_set(struct rt_script *s, struct rt_any v)
{
	if (v.type == &type_set)
		return v;
	struct rt_any *set = rt_hold(s, set_new(s));
	return set && set_update(s, *set, v) ? *set : rt_nothing();
}

/* ---- algebra ------------------------------------------------------------------------------------------ */

/* Adds to `into` what of `from` is (or is not) in `other`. */
static bool add_chosen(struct rt_script *s, struct rt_any into, struct rt_any from, struct rt_any other, int wanted)
{
	struct entry *entry;
	for (uint32_t at = 0; (entry = dict_next(as_dict(from), &at)); ) {
		const int is_in = step_allowed(s) ? dict_contains(s, other, entry->key) : -1;
		if (is_in < 0 || (is_in == wanted && !add(s, into, entry->key)))
			return false;
	}
	return true;
}

static bool combine(struct rt_script *s, char op, struct rt_any into, struct rt_any a, struct rt_any b)
{
	switch (op) {
	case '|': return set_update(s, into, a) && set_update(s, into, b);
	case '&': return add_chosen(s, into, a, b, 1);
	case '-': return add_chosen(s, into, a, b, 0);
	default:  return add_chosen(s, into, a, b, 0) && add_chosen(s, into, b, a, 0);
	}
}

static bool is_operator(char op) { return op == '|' || op == '&' || op == '-' || op == '^'; }

static struct rt_any set_binary(struct rt_script *s, char op, struct rt_any v, struct rt_any other, bool is_swapped)
{
	if (!is_operator(op) || other.type != &type_set || is_swapped)
		return rt_nothing();
	struct rt_any result = set_new(s);
	return !is_nothing(result) && combine(s, op, result, v, other) ? result : rt_nothing();
}

bool set_change(struct rt_script *s, char op, struct rt_any a, struct rt_any b)
{
	struct rt_any result = is_operator(op) ? set_binary(s, op, a, b, false) : rt_nothing();
	if (is_nothing(result))
		return false;
	struct dict *to = as_dict(a), *from = as_dict(result), old = *to;
	const struct rt_object head = to->head;
	*to = *from;                            /* the two exchange all but their heads */
	to->head = head;
	old.head = from->head;
	*from = old;
	return true;
}

static int is_subset(struct rt_script *s, const struct dict *x, struct rt_any y)
{
	struct entry *entry;
	int verdict = 1;
	for (uint32_t at = 0; verdict == 1 && (entry = dict_next(x, &at)); )
		verdict = step_allowed(s) ? dict_contains(s, y, entry->key) : -1;
	return verdict;
}

static int set_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	if (b.type != &type_set)
		return RT_UNKNOWN;
	const uint32_t x = as_dict(a)->count, y = as_dict(b)->count;
	if (relation == RT_GREATER || relation == RT_GREATER_EQUAL)
		return set_compare(s, b, a, relation == RT_GREATER ? RT_LESS : RT_LESS_EQUAL);
	const bool may_be = relation == RT_LESS ? x < y : relation == RT_LESS_EQUAL ? x <= y : x == y;
	const int verdict = may_be ? is_subset(s, as_dict(a), b) : 0;
	return verdict < 0 || relation != RT_NOT_EQUAL ? verdict : !verdict;
}

/* ---- the type ----------------------------------------------------------------------------------------- */

static int set_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct entry *entry;
	const int rc = dict_step(s, v, state, &entry);
	if (rc == 1)
		*item = entry->key;
	return rc;
}

static bool set_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	struct entry *entry;
	(void)form;
	if (!as_dict(v)->count) {
		rt_put_string(out, "set()");
		return true;
	}
	rt_put_char(out, '{');
	for (uint32_t at = 0, count = 0; (entry = dict_next(as_dict(v), &at)); count++) {
		if (count)
			rt_put_string(out, ", ");
		if (!any_put(s, out, entry->key, RT_FORM_REPR))
			return false;
	}
	rt_put_char(out, '}');
	return true;
}

NATIVE(set_make)
{
	struct rt_any *set = rt_hold(s, set_new(s));
	return set && (!count || set_update(s, *set, args[1])) ? *set : rt_nothing();
}

/* ---- methods ------------------------------------------------------------------------------------------ */

NATIVE(method_add)
{
	return add(s, args[0], args[1]) ? rt_none() : rt_nothing();
}

NATIVE(method_discard)
{
	struct rt_any value;
	return dict_remove(s, as_dict(args[0]), args[1], &value) >= 0 ? rt_none() : rt_nothing();
}

NATIVE(method_remove)
{
	struct rt_any value;
	const int verdict = dict_remove(s, as_dict(args[0]), args[1], &value);
	return verdict == 1 ? rt_none() : verdict == 0 ? raise_key(s, args[1]) : rt_nothing();
}

NATIVE(method_pop)
{
	struct dict *set = as_dict(args[0]);
	struct rt_any value;
	if (!set->count)
		return raise_key(s, text_of(s, &rt_type_str, "pop from an empty set", 21));
	const struct rt_any item = set->entries[set->used - 1].key;
	return dict_remove(s, set, item, &value) == 1 ? item : rt_nothing();
}

NATIVE(method_clear)
{
	dict_clear(s, as_dict(args[0]));
	return rt_none();
}

NATIVE(method_update)
{
	for (unsigned i = 0; i < count; i++)
		if (!set_update(s, args[0], args[i + 1]))
			return rt_nothing();
	return rt_none();
}

static struct rt_any combined(struct rt_script *s, char op, struct rt_any *args, unsigned count)
{
	struct rt_any *result = rt_hold(s, set_new(s));
	if (!result || !set_update(s, *result, args[0]))
		return rt_nothing();
	for (unsigned i = 0; i < count; i++) {
		const struct rt_any other = as_set(s, args[i + 1]);
		if (is_nothing(other) || !set_change(s, op, *result, other))
			return rt_nothing();
	}
	return *result;
}

NATIVE(method_union) { return combined(s, '|', args, count); }
NATIVE(method_intersection) { return combined(s, '&', args, count); }
NATIVE(method_difference) { return combined(s, '-', args, count); }
NATIVE(method_symmetric) { return combined(s, '^', args, count); }
NATIVE(method_copy) { return combined(s, '|', args, count); }

static struct rt_any related(struct rt_script *s, struct rt_any *args, enum rt_relation relation)
{
	const struct rt_any other = as_set(s, args[1]);
	const int verdict = is_nothing(other) ? -1 : set_compare(s, args[0], other, relation);
	return verdict < 0 ? rt_nothing() : rt_bool(verdict);
}

NATIVE(method_issubset)
{
	return related(s, args, RT_LESS_EQUAL);
}

NATIVE(method_issuperset)
{
	return related(s, args, RT_GREATER_EQUAL);
}

NATIVE(method_isdisjoint)
{
	const struct rt_any both = combined(s, '&', args, count);
	return is_nothing(both) ? both : rt_bool(as_dict(both)->count == 0);
}

const struct rt_method set_methods[] = {
	{ "add", method_add, 1, 1, 0, NULL },
	{ "clear", method_clear, 0, 0, 0, NULL },
	{ "copy", method_copy, 0, 0, 0, NULL },
	{ "difference", method_difference, 0, RT_VARIADIC, 0, NULL },
	{ "discard", method_discard, 1, 1, 0, NULL },
	{ "intersection", method_intersection, 0, RT_VARIADIC, 0, NULL },
	{ "isdisjoint", method_isdisjoint, 1, 1, 0, NULL },
	{ "issubset", method_issubset, 1, 1, 0, NULL },
	{ "issuperset", method_issuperset, 1, 1, 0, NULL },
	{ "pop", method_pop, 0, 0, 0, NULL },
	{ "remove", method_remove, 1, 1, 0, NULL },
	{ "symmetric_difference", method_symmetric, 1, 1, 0, NULL },
	{ "union", method_union, 0, RT_VARIADIC, 0, NULL },
	{ "update", method_update, 0, RT_VARIADIC, 0, NULL },
	{ NULL }
};

static const struct rt_method set_maker = { "set", set_make, 0, 1, 0, NULL, true };

const struct rt_type type_set = {
	.name = "set",
	.maker = &set_maker,
	.methods = set_methods,
	.mark = dict_mark,
	.drop = dict_drop,
	.put = set_put,
	.length = dict_length,
	.contains = dict_contains,
	.next = set_next,
	.compare = set_compare,
	.binary = set_binary,
};
