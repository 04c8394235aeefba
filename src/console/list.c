/* SPDX-License-Identifier: MIT */
/* list.c - list and tuple: their items, and what operators do with them. A tuple is a list that never changes, its
 * items in one piece with it. */
#include "machine.h"

/* ---- items -------------------------------------------------------------------------------------------- */

static void list_mark(struct rt_script *s, struct rt_object *object)
{
	const struct list *list = (struct list *)(void *)object;
	for (uint32_t i = 0; i < list->count; i++)
		rt_mark(s, list->items[i]);
}

static void list_drop(struct rt_script *s, struct rt_object *object)
{
	struct list *list = (struct list *)(void *)object;
	heap_resize(s, list->items, list->room * sizeof *list->items, 0);
}

static bool list_reserve(struct rt_script *s, struct list *list, size_t room)
{
	if (room <= list->room)
		return true;
	if (room > SIZE_LIMIT / sizeof *list->items) {
		raise_memory(s);
		return false;
	}
	void *items = heap_resize(s, list->items, list->room * sizeof *list->items, room * sizeof *list->items);
	if (!items)
		return false;
	list->items = items;
	list->room = (uint32_t)room;
	return true;
}

struct list *list_new(struct rt_script *s, const struct rt_type *type, size_t room)
{
	const bool is_tuple = type == &rt_type_tuple;
	if (room > SIZE_LIMIT / sizeof(struct rt_any)) {
		raise_memory(s);
		return NULL;
	}
	struct list *list = (struct list *)(void *)rt_object_new(
		s, type, sizeof *list + (is_tuple ? room * sizeof list->own[0] : 0));
	if (!list)
		return NULL;
	if (is_tuple) {
		list->items = list->own;
		list->room = (uint32_t)room;
		return list;
	}
	return list_reserve(s, list, room) ? list : NULL;
}

bool list_add(struct rt_script *s, struct list *list, struct rt_any item)
{
	if (list->count == list->room && !list_reserve(s, list, (size_t)list->room + list->room / 2 + 4))
		return false;
	list->items[list->count++] = item;
	return true;
}

static bool add_items(struct rt_script *s, struct list *list, const struct list *from)
{
	const uint32_t count = from->count;             /* it may be the same list */
	if (!list_reserve(s, list, (size_t)list->count + count))
		return false;
	if (count)
		memcpy(list->items + list->count, from->items, count * sizeof *list->items);
	list->count += count;
	return true;
}

bool list_extend(struct rt_script *s, struct rt_any list, struct rt_any from)
{
	if (is_list(from))
		return add_items(s, as_list(list), as_list(from));
	struct rt_any *iterator = rt_hold(s, any_iterate(s, from)), item;
	if (!iterator)
		return false;
	int rc;
	while ((rc = any_next(s, *iterator, &item)) == 1)
		if (!list_add(s, as_list(list), item))
			return false;
	return rc == 0;
}

static struct rt_any list_copy(struct rt_script *s, const struct rt_type *type, const struct rt_any *items,
                               size_t count)
{
	struct list *list = list_new(s, type, count);
	if (!list)
		return rt_nothing();
	if (count)
		memcpy(list->items, items, count * sizeof *items);
	list->count = (uint32_t)count;
	return rt_any_of(&list->head);
}

struct rt_any rt_tuple(struct rt_script *s, const struct rt_any *items, size_t count)
{
	return list_copy(s, &rt_type_tuple, items, count);
}

struct rt_any rt_list(struct rt_script *s, size_t room)
{
	struct list *list = list_new(s, &rt_type_list, room);
	return list ? rt_any_of(&list->head) : rt_nothing();
}

bool rt_list_add(struct rt_script *s, struct rt_any list, struct rt_any item)
{
	return list_add(s, as_list(list), item);
}

/* ---- operators ---------------------------------------------------------------------------------------- */

bool list_repeat(struct rt_script *s, struct list *list, int64_t times)
{
	const uint32_t count = list->count;
	if (times <= 0 || !count) {
		list->count = 0;
		return true;
	}
	if (times > (int64_t)(SIZE_LIMIT / sizeof *list->items / count)) {
		raise_memory(s);
		return false;
	}
	if (!list_reserve(s, list, count * (size_t)times))
		return false;
	for (int64_t i = 1; i < times; i++)
		memcpy(list->items + (size_t)i * count, list->items, count * sizeof *list->items);
	list->count = (uint32_t)(count * times);
	return true;
}

static struct rt_any repeated(struct rt_script *s, struct rt_any v, struct rt_any times)
{
	const struct list *from = as_list(v);
	if (!is_int(times))
		return rt_raise(s, RT_TypeError, "can't multiply sequence by non-int of type '%s'", times.type->name);
	const int64_t most = (int64_t)(SIZE_LIMIT / sizeof *from->items / (from->count ? from->count : 1));
	if (times.num > most)
		return raise_memory(s);
	struct list *list = list_new(s, v.type, times.num > 0 ? from->count * (size_t)times.num : 0);
	if (!list)
		return rt_nothing();
	if (times.num > 0 && from->count) {
		memcpy(list->items, from->items, from->count * sizeof *from->items);
		list->count = from->count;
		list_repeat(s, list, times.num);
	}
	return rt_any_of(&list->head);
}

static struct rt_any joined(struct rt_script *s, struct rt_any a, struct rt_any b)
{
	if (a.type != b.type)
		return rt_raise(s, RT_TypeError, "can only concatenate %s (not \"%s\") to %s", a.type->name,
		                b.type->name, a.type->name);
	struct list *list = list_new(s, a.type, (size_t)as_list(a)->count + as_list(b)->count);
	if (!list || !add_items(s, list, as_list(a)) || !add_items(s, list, as_list(b)))
		return rt_nothing();
	return rt_any_of(&list->head);
}

static struct rt_any list_binary(struct rt_script *s, char op, struct rt_any v, struct rt_any other, bool is_swapped)
{
	if (op == '*')
		return repeated(s, v, other);
	return op == '+' && !is_swapped ? joined(s, v, other) : rt_nothing();
}

static int list_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	if (a.type != b.type)
		return RT_UNKNOWN;
	const struct list *x = as_list(a), *y = as_list(b);
	if (relation < RT_LESS && x->count != y->count)
		return relation == RT_NOT_EQUAL;
	if (!depth_enter(s))
		return -1;
	int verdict = 1;
	uint32_t i = 0;
	for (; verdict == 1 && i < x->count && i < y->count; i++)
		verdict = step_allowed(s) ? any_equal(s, x->items[i], y->items[i]) : -1;
	if (verdict == 0 && relation >= RT_LESS)
		verdict = any_relation(s, x->items[i - 1], y->items[i - 1], relation);
	else if (verdict == 0)
		verdict = relation == RT_NOT_EQUAL;
	else if (verdict == 1)
		verdict = relation_holds(x->count < y->count ? -1 : x->count > y->count, relation);
	depth_leave(s);
	return verdict;
}

static bool tuple_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	const struct list *list = as_list(v);
	*hash = list->count;
	if (!depth_enter(s))
		return false;
	uint32_t i = 0, each;
	for (; i < list->count && step_allowed(s) && any_hash(s, list->items[i], &each); i++) {
		const uint64_t pair[2] = { *hash, each };
		*hash = hash_bytes(s, pair, sizeof pair);
	}
	depth_leave(s);
	return i == list->count;
}

/* ---- parts -------------------------------------------------------------------------------------------- */

static int64_t list_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return as_list(v)->count;
}

static bool find_index(struct rt_script *s, struct rt_any v, struct rt_any key, const char *what, int64_t *index)
{
	if (!is_index(key))
		return fail(s, RT_TypeError, "%s indices must be integers or slices, not %s", v.type->name,
		            key.type->name);
	if (!any_int(s, key, index))
		return false;
	return index_within(index, as_list(v)->count) ||
	       fail(s, RT_IndexError, "%s %sindex out of range", v.type->name, what);
}

static struct rt_any list_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	int64_t index;
	return find_index(s, v, key, "", &index) ? as_list(v)->items[index] : rt_nothing();
}

static bool list_set_item(struct rt_script *s, struct rt_any v, struct rt_any key, struct rt_any value)
{
	struct list *list = as_list(v);
	int64_t index;
	if (!find_index(s, v, key, "assignment ", &index))
		return false;
	if (!is_nothing(value)) {
		list->items[index] = value;
		return true;
	}
	list->count--;
	memmove(list->items + index, list->items + index + 1, (list->count - (size_t)index) * sizeof *list->items);
	return true;
}

static struct rt_any list_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	struct range range;
	if (!slice_bounds(s, parts, as_list(v)->count, &range))
		return rt_nothing();
	struct list *list = list_new(s, v.type, (size_t)range.count);
	if (!list)
		return rt_nothing();
	for (int64_t i = 0; i < range.count; i++)
		list->items[i] = as_list(v)->items[range.start + i * range.step];
	list->count = (uint32_t)range.count;
	return rt_any_of(&list->head);
}

/* [start:stop] of a list becomes other items, more or fewer. */
static bool replace_items(struct rt_script *s, struct list *list, const struct range *range, const struct list *with)
{
	const size_t from = (size_t)range->start, old = (size_t)range->count, tail = list->count - from - old;
	const uint32_t count = with ? with->count : 0;
	if (!list_reserve(s, list, list->count - old + count))
		return false;
	if (tail)
		memmove(list->items + from + count, list->items + from + old, tail * sizeof *list->items);
	if (count)
		memcpy(list->items + from, with->items, count * sizeof *list->items);
	list->count = (uint32_t)(from + count + tail);
	return true;
}

static void delete_steps(struct list *list, const struct range *range)
{
	const int64_t step = range->step < 0 ? -range->step : range->step;
	const int64_t first = range->step < 0 ? range->start + (range->count - 1) * range->step : range->start;
	uint32_t kept = 0;
	for (int64_t i = 0; i < list->count; i++)
		if (i < first || (i - first) % step || (i - first) / step >= range->count)
			list->items[kept++] = list->items[i];
	list->count = kept;
}

bool list_set_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3], struct rt_any value)
{
	struct list *list = as_list(v), *with = NULL;
	struct range range;
	if (!is_nothing(value)) {               /* a copy: it may be the list itself */
		struct rt_any *held = rt_hold(s, rt_list(s, 0));
		if (!held || !list_extend(s, *held, value))
			return false;
		with = as_list(*held);
	}
	if (!slice_bounds(s, parts, list->count, &range))
		return false;
	if (range.step == 1)
		return replace_items(s, list, &range, with);
	if (!with) {
		if (range.count)
			delete_steps(list, &range);
		return true;
	}
	if (with->count != range.count)
		return fail(s, RT_ValueError, "attempt to assign sequence of size %u to extended slice of size %lld",
		            with->count, (long long)range.count);
	for (int64_t i = 0; i < range.count; i++)
		list->items[range.start + i * range.step] = with->items[i];
	return true;
}

static int list_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	(void)s;
	if (state[0] >= as_list(v)->count)
		return 0;
	*item = as_list(v)->items[state[0]++];
	return 1;
}

static int list_contains(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	int verdict = 0;
	for (uint32_t i = 0; verdict == 0 && i < as_list(v)->count; i++)
		verdict = step_allowed(s) ? any_equal(s, as_list(v)->items[i], item) : -1;
	return verdict;
}

/* ---- the types ---------------------------------------------------------------------------------------- */

static bool put_items(struct rt_script *s, struct rt_text *out, const struct list *list)
{
	for (uint32_t i = 0; i < list->count; i++) {
		if (i)
			rt_put_string(out, ", ");
		if (!any_put(s, out, list->items[i], RT_FORM_REPR))
			return false;
	}
	return true;
}

static bool list_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	const bool is_tuple = v.type == &rt_type_tuple;
	(void)form;
	rt_put_char(out, is_tuple ? '(' : '[');
	const bool is_right = put_items(s, out, as_list(v));
	if (is_tuple && as_list(v)->count == 1)
		rt_put_char(out, ',');
	rt_put_char(out, is_tuple ? ')' : ']');
	return is_right;
}

NATIVE(list_make)
{
	struct rt_any *list = rt_hold(s, rt_list(s, 0));
	if (!list || (count && !list_extend(s, *list, args[1])))
		return rt_nothing();
	return *list;
}

NATIVE(tuple_make)
{
	const struct rt_any list = count && args[1].type == &rt_type_tuple ? args[1] : list_make(s, args, count);
	if (is_nothing(list) || list.type == &rt_type_tuple)
		return list;
	return rt_tuple(s, as_list(list)->items, as_list(list)->count);
}

static const struct rt_method list_maker = { "list", list_make, 0, 1, 0, NULL, true };
static const struct rt_method tuple_maker = { "tuple", tuple_make, 0, 1, 0, NULL, true };

#define SEQUENCE .mark = list_mark, .put = list_put, .item = list_item, .slice = list_slice, .length = list_length, \
	.contains = list_contains, .next = list_next, .compare = list_compare, .binary = list_binary

const struct rt_type rt_type_list = {
	.name = "list", .maker = &list_maker, .methods = list_methods, .drop = list_drop, .set_item = list_set_item,
	SEQUENCE
};
const struct rt_type rt_type_tuple = {
	.name = "tuple", .maker = &tuple_maker, .methods = tuple_methods, .hash = tuple_hash, SEQUENCE
};
