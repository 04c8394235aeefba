/* SPDX-License-Identifier: MIT */
/* list_methods.c - what is written behind the dot of a list or tuple, and sorting: a merge sort, so that equal items
 * keep their order. */
#include "machine.h"

/* ---- sorting ------------------------------------------------------------------------------------------ */

/* `order` is being sorted: pairs of a key and an item, side by side. */
struct sort { struct rt_script *s; struct rt_any *pairs, *spare; bool is_reverse; };

/* 1: the left one stays in front. */
static int stays(const struct sort *sort, const struct rt_any *left, const struct rt_any *right)
{
	if (!step_allowed(sort->s))
		return -1;
	const int verdict = sort->is_reverse ? any_relation(sort->s, *left, *right, RT_LESS)
	                                     : any_relation(sort->s, *right, *left, RT_LESS);
	return verdict < 0 ? -1 : !verdict;
}

/* Runs from..middle-1 and middle..to-1 become one. */
static bool merge(const struct sort *sort, size_t from, size_t middle, size_t to)
{
	const size_t pair = 2 * sizeof *sort->pairs;
	size_t left = from, right = middle, out = from;
	while (left < middle && right < to) {
		const int verdict = stays(sort, sort->pairs + 2 * left, sort->pairs + 2 * right);
		if (verdict < 0)
			return false;
		memcpy(sort->spare + 2 * out++, sort->pairs + 2 * (verdict ? left++ : right++), pair);
	}
	memcpy(sort->spare + 2 * out, sort->pairs + 2 * left, (middle - left) * pair);
	memcpy(sort->spare + 2 * (out + middle - left), sort->pairs + 2 * right, (to - right) * pair);
	memcpy(sort->pairs + 2 * from, sort->spare + 2 * from, (to - from) * pair);
	return true;
}

static bool merge_all(const struct sort *sort, size_t count)
{
	for (size_t width = 1; width < count; width *= 2)
		for (size_t from = 0; from + width < count; from += 2 * width) {
			const size_t middle = from + width, to = middle + width < count ? middle + width : count;
			const int is_sorted = stays(sort, sort->pairs + 2 * middle - 2, sort->pairs + 2 * middle);
			if (is_sorted < 0 || (!is_sorted && !merge(sort, from, middle, to)))
				return false;
		}
	return true;
}

/* Keys and items side by side; `pairs` is held. */
static bool make_pairs(struct rt_script *s, struct rt_any list, struct rt_any key, struct rt_any pairs)
{
	const uint32_t count = as_list(list)->count;    /* the key function may change the list */
	for (uint32_t i = 0; i < count && i < as_list(list)->count; i++) {
		const struct rt_any item = as_list(list)->items[i];
		const struct rt_any its = key.type && key.type != &rt_type_none ? rt_call(s, key, &item, 1) : item;
		if (is_nothing(its) || !list_add(s, as_list(pairs), its) || !list_add(s, as_list(pairs), item))
			return false;
	}
	return true;
}

bool list_sort(struct rt_script *s, struct rt_any list, struct rt_any key, bool is_reverse)
{
	const uint32_t count = as_list(list)->count;
	struct rt_any *pairs = rt_hold(s, rt_list(s, 2 * (size_t)count)), *spare = NULL;
	if (!pairs || !make_pairs(s, list, key, *pairs))
		return false;
	spare = rt_hold(s, rt_list(s, 2 * (size_t)count));
	if (!spare)
		return false;
	const struct sort sort = { s, as_list(*pairs)->items, as_list(*spare)->items, is_reverse };
	if (as_list(list)->count != count || as_list(*pairs)->count != 2 * count)
		return fail(s, RT_ValueError, "list modified during sort");
	if (count > 1 && !merge_all(&sort, count))
		return false;
	for (uint32_t i = 0; i < count; i++)
		as_list(list)->items[i] = sort.pairs[2 * i + 1];
	return true;
}

/* ---- methods ------------------------------------------------------------------------------------------ */

static struct rt_any done(bool is_right) { return is_right ? rt_none() : rt_nothing(); }

NATIVE(method_append)
{
	return done(list_add(s, as_list(args[0]), args[1]));
}

NATIVE(method_extend)
{
	return done(list_extend(s, args[0], args[1]));
}

NATIVE(method_insert)
{
	struct list *list = as_list(args[0]);
	int64_t at;
	if (!any_int(s, args[1], &at))
		return rt_nothing();
	if (at < 0)
		at += list->count;
	at = at < 0 ? 0 : at > list->count ? list->count : at;
	if (!list_add(s, list, args[2]))
		return rt_nothing();
	memmove(list->items + at + 1, list->items + at, (list->count - 1 - (size_t)at) * sizeof *list->items);
	list->items[at] = args[2];
	return rt_none();
}

static struct rt_any take_out(struct list *list, size_t at)
{
	const struct rt_any item = list->items[at];
	list->count--;
	memmove(list->items + at, list->items + at + 1, (list->count - at) * sizeof *list->items);
	return item;
}

NATIVE(method_pop)
{
	struct list *list = as_list(args[0]);
	int64_t at = -1;
	if (count && !any_int(s, args[1], &at))
		return rt_nothing();
	if (!list->count)
		return rt_raise(s, RT_IndexError, "pop from empty list");
	return index_within(&at, list->count) ? take_out(list, (size_t)at)
	                                      : rt_raise(s, RT_IndexError, "pop index out of range");
}

/* The index of the first equal item from `at`; -1: none, -2: raised. */
static int64_t find_item(struct rt_script *s, struct rt_any v, struct rt_any item, int64_t at, int64_t end)
{
	for (; at < end && at < as_list(v)->count; at++) {
		const int verdict = step_allowed(s) ? any_equal(s, as_list(v)->items[at], item) : -1;
		if (verdict)
			return verdict < 0 ? -2 : at;
	}
	return -1;
}

NATIVE(method_remove)
{
	const int64_t at = find_item(s, args[0], args[1], 0, INT64_MAX);
	if (at < 0)
		return at == -1 ? rt_raise(s, RT_ValueError, "list.remove(x): x not in list") : rt_nothing();
	take_out(as_list(args[0]), (size_t)at);
	return rt_none();
}

NATIVE(method_index)
{
	const struct rt_any parts[3] = { count > 1 ? args[2] : rt_none(), count > 2 ? args[3] : rt_none(), rt_none() };
	struct range range;
	if (!slice_bounds(s, parts, as_list(args[0])->count, &range))
		return rt_nothing();
	const int64_t at = find_item(s, args[0], args[1], range.start, range.stop);
	if (at >= 0)
		return rt_int(at);
	if (at == -2)
		return rt_nothing();
	if (args[0].type == &rt_type_tuple)
		return rt_raise(s, RT_ValueError, "tuple.index(x): x not in tuple");
	struct rt_any text = any_text(s, args[1], RT_FORM_REPR);
	return is_nothing(text) ? text : rt_raise(s, RT_ValueError, "%s is not in list", as_text(text)->bytes);
}

NATIVE(method_count)
{
	int64_t found = 0;
	for (int64_t at = -1; (at = find_item(s, args[0], args[1], at + 1, INT64_MAX)) != -1; found++)
		if (at == -2)
			return rt_nothing();
	return rt_int(found);
}

NATIVE(method_clear)
{
	struct list *list = as_list(args[0]);
	heap_resize(s, list->items, list->room * sizeof *list->items, 0);
	list->items = NULL;
	list->count = list->room = 0;
	return rt_none();
}

NATIVE(method_copy)
{
	const struct rt_any all[3] = { rt_none(), rt_none(), rt_none() };
	return any_slice(s, args[0], all);
}

NATIVE(method_reverse)
{
	struct list *list = as_list(args[0]);
	for (uint32_t i = 0; i < list->count / 2; i++) {
		const struct rt_any item = list->items[i];
		list->items[i] = list->items[list->count - 1 - i];
		list->items[list->count - 1 - i] = item;
	}
	return rt_none();
}

NATIVE(method_sort)
{
	const int is_reverse = is_nothing(args[2]) ? 0 : any_truth(s, args[2]);
	return done(is_reverse >= 0 && list_sort(s, args[0], args[1], is_reverse));
}

const struct rt_method list_methods[] = {
	{ "append", method_append, 1, 1, 0, NULL },
	{ "clear", method_clear, 0, 0, 0, NULL },
	{ "copy", method_copy, 0, 0, 0, NULL },
	{ "count", method_count, 1, 1, 0, NULL },
	{ "extend", method_extend, 1, 1, 0, NULL },
	{ "index", method_index, 1, 3, 0, NULL },
	{ "insert", method_insert, 2, 2, 0, NULL },
	{ "pop", method_pop, 0, 1, 0, NULL },
	{ "remove", method_remove, 1, 1, 0, NULL },
	{ "reverse", method_reverse, 0, 0, 0, NULL },
	{ "sort", method_sort, 0, 0, 0, "key reverse" },
	{ NULL }
};

const struct rt_method tuple_methods[] = {
	{ "count", method_count, 1, 1, 0, NULL },
	{ "index", method_index, 1, 3, 0, NULL },
	{ NULL }
};
