/* SPDX-License-Identifier: MIT */
/* iterate.c - going through things: one iterator for all that has `next`, and those that zip, map, filter, enumerate
 * and reversed make of others. They hold no copies: what is not asked for is not computed. */
#include "machine.h"

/* ---- the plain iterator ------------------------------------------------------------------------------- */

static void iterator_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct iterator *)(void *)object)->over);
}

static int iterator_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct iterator *iterator = as_iterator(v);
	(void)state;
	if (is_nothing(iterator->over))
		return 0;
	const int rc = iterator->over.type->next(s, iterator->over, iterator->state, item);
	if (rc == 0)
		iterator->over = rt_nothing();          /* what has ended stays so */
	return rc;
}

const struct rt_type type_iterator = {
	.name = "iterator", .is_iterator = true, .mark = iterator_mark, .next = iterator_next
};

struct rt_any any_iterate(struct rt_script *s, struct rt_any v)
{
	if (is_nothing(v) || (v.type->is_iterator && v.type->next))
		return v;
	if (!v.type->next)
		return rt_raise(s, RT_TypeError, "'%s' object is not iterable", v.type->name);
	struct iterator *iterator = (struct iterator *)(void *)rt_object_new(s, &type_iterator, sizeof *iterator);
	if (!iterator)
		return rt_nothing();
	iterator->over = v;
	return rt_any_of(&iterator->head);
}

int any_next(struct rt_script *s, struct rt_any iterator, struct rt_any *item)
{
	heap_begin(s);
	return step_allowed(s) ? iterator.type->next(s, iterator, NULL, item) : -1;
}

/* ---- iterators made of others ------------------------------------------------------------------------- */

struct chain {
	struct rt_object head;
	int64_t count;           /* enumerate: the next number                                           */
	struct rt_any function;  /* map, filter                                                          */
	struct rt_any inputs;    /* list of iterators                                                    */
};

static struct chain *as_chain(struct rt_any v) { return (struct chain *)(void *)v.object; }

static void chain_mark(struct rt_script *s, struct rt_object *object)
{
	const struct chain *chain = (struct chain *)(void *)object;
	rt_mark(s, chain->function);
	rt_mark(s, chain->inputs);
}

/* One item of every input, on the stack; 0: one has ended. */
static int next_of_all(struct rt_script *s, const struct chain *chain, struct rt_any **items)
{
	*items = s->sp;
	for (uint32_t i = 0; i < as_list(chain->inputs)->count; i++) {
		struct rt_any item;
		const int rc = any_next(s, as_list(chain->inputs)->items[i], &item);
		if (rc != 1)
			return rc;
		if (!rt_hold(s, item))
			return -1;
	}
	return 1;
}

static int end_with(struct rt_any *item, struct rt_any value)
{
	*item = value;
	return is_nothing(value) ? -1 : 1;
}

static int zip_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct rt_any *items, *const sp = s->sp;
	(void)state;
	int rc = as_list(as_chain(v)->inputs)->count ? next_of_all(s, as_chain(v), &items) : 0;
	if (rc == 1)
		rc = end_with(item, rt_tuple(s, items, (size_t)(s->sp - items)));
	s->sp = sp;
	return rc;
}

static int enumerate_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct rt_any *items, *const sp = s->sp;
	(void)state;
	int rc = next_of_all(s, as_chain(v), &items);
	if (rc == 1) {
		const struct rt_any pair[2] = { rt_int(as_chain(v)->count++), items[0] };
		rc = end_with(item, rt_tuple(s, pair, 2));
	}
	s->sp = sp;
	return rc;
}

static int map_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct rt_any *items, *const sp = s->sp;
	(void)state;
	int rc = rt_hold(s, as_chain(v)->function) ? next_of_all(s, as_chain(v), &items) : -1;
	if (rc == 1)
		rc = end_with(item, machine_call(s, (unsigned)(s->sp - items)));
	s->sp = sp;
	return rc;
}

/* 1: the function says yes to the item, or, without one, it is true. */
static int passes(struct rt_script *s, struct rt_any function, struct rt_any item)
{
	if (function.type == &rt_type_none)
		return any_truth(s, item);
	const struct rt_any verdict = rt_call(s, function, &item, 1);
	return is_nothing(verdict) ? -1 : any_truth(s, verdict);
}

static int filter_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct rt_any *items, *const sp = s->sp;
	int rc;
	(void)state;
	do {
		s->sp = sp;
		rc = next_of_all(s, as_chain(v), &items);
		if (rc != 1)
			break;
		*item = *items;
		rc = passes(s, as_chain(v)->function, *item);
	} while (rc == 0);
	s->sp = sp;
	return rc;
}

/* Backwards by index. */
static int reversed_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct chain *chain = as_chain(v);
	(void)state;
	if (chain->count <= 0 || chain->count > any_length(s, chain->inputs))
		return 0;
	return end_with(item, any_item(s, chain->inputs, rt_int(--chain->count)));
}

/* ---- making them -------------------------------------------------------------------------------------- */

/* `type` is what is called; the iterators are over `count` arguments. */
static struct chain *chain_new(struct rt_script *s, struct rt_any type, const struct rt_any *inputs, unsigned count)
{
	struct chain *chain = (struct chain *)(void *)rt_object_new(s, type.fixed, sizeof *chain);
	struct list *list = chain ? list_new(s, &rt_type_list, count) : NULL;
	if (!list)
		return NULL;
	chain->inputs = rt_any_of(&list->head);
	for (unsigned i = 0; i < count; i++) {
		struct rt_any iterator = any_iterate(s, inputs[i]);
		if (is_nothing(iterator) || !list_add(s, list, iterator))
			return NULL;
	}
	return chain;
}

NATIVE(zip_make)
{
	struct chain *chain = chain_new(s, args[0], args + 1, count);
	return chain ? rt_any_of(&chain->head) : rt_nothing();
}

NATIVE(map_make)
{
	struct chain *chain = chain_new(s, args[0], args + 2, count - 1);
	if (!chain)
		return rt_nothing();
	chain->function = args[1];
	return rt_any_of(&chain->head);
}

NATIVE(enumerate_make)
{
	struct chain *chain = chain_new(s, args[0], args + 1, 1);
	if (!chain || (!is_nothing(args[2]) && !any_int(s, args[2], &chain->count)))
		return rt_nothing();
	return rt_any_of(&chain->head);
}

NATIVE(reversed_make)
{
	struct rt_any over = args[1];
	if (over.type == &rt_type_dict || over.type == &type_keys) {
		struct rt_any *held = rt_hold(s, rt_list(s, 0));
		if (!held || !list_extend(s, *held, over))
			return rt_nothing();
		over = *held;
	}
	if (!over.type->item || !over.type->length)
		return rt_raise(s, RT_TypeError, "'%s' object is not reversible", over.type->name);
	struct chain *chain = (struct chain *)(void *)rt_object_new(s, args[0].fixed, sizeof *chain);
	if (!chain)
		return rt_nothing();
	chain->inputs = over;
	chain->count = any_length(s, over);
	return chain->count < 0 ? rt_nothing() : rt_any_of(&chain->head);
}

static const struct rt_method zip_maker = { "zip", zip_make, 0, RT_VARIADIC, 0, NULL, true };
static const struct rt_method map_maker = { "map", map_make, 2, RT_VARIADIC, 0, NULL, true };
static const struct rt_method filter_maker = { "filter", map_make, 2, 2, 0, NULL, true };
static const struct rt_method enumerate_maker = { "enumerate", enumerate_make, 1, 2, 0, "iterable start", true };
static const struct rt_method reversed_maker = { "reversed", reversed_make, 1, 1, 0, NULL, true };

#define CHAIN(its) .name = #its, .maker = &its##_maker, .is_iterator = true, .mark = chain_mark, .next = its##_next
const struct rt_type type_zip = { CHAIN(zip) };
const struct rt_type type_map = { CHAIN(map) };
const struct rt_type type_filter = { CHAIN(filter) };
const struct rt_type type_enumerate = { CHAIN(enumerate) };
const struct rt_type type_reversed = { CHAIN(reversed) };
