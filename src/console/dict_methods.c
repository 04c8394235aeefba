/* SPDX-License-Identifier: MIT */
/* dict_methods.c - what is written behind the dot of a dict, and the views that keys(), values() and items() give. */
#include "machine.h"

/* ---- views -------------------------------------------------------------------------------------------- */

static struct rt_any dict_of(struct rt_any view) { return ((struct view *)(void *)view.object)->dict; }

static void view_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct view *)(void *)object)->dict);
}
static int64_t view_length(struct rt_script *s, struct rt_any v) { return dict_length(s, dict_of(v)); }

static struct rt_any pair_of(struct rt_script *s, const struct entry *entry)
{
	const struct rt_any pair[2] = { entry->key, entry->value };
	return rt_tuple(s, pair, 2);
}

static int view_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct entry *entry;
	const int rc = dict_step(s, dict_of(v), state, &entry);
	if (rc != 1)
		return rc;
	*item = v.type == &type_keys ? entry->key : v.type == &type_values ? entry->value : pair_of(s, entry);
	return is_nothing(*item) ? -1 : 1;
}

static int keys_contain(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	return dict_contains(s, dict_of(v), item);
}

static int items_contain(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	struct entry *entry;
	if (item.type != &rt_type_tuple || as_list(item)->count != 2)
		return 0;
	const int verdict = dict_find(s, as_dict(dict_of(v)), as_list(item)->items[0], &entry);
	return verdict == 1 ? any_equal(s, entry->value, as_list(item)->items[1]) : verdict;
}

static bool view_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	struct entry *entry;
	(void)form;
	rt_put_format(out, "%s([", v.type->name);
	for (uint32_t at = 0, count = 0; (entry = dict_next(as_dict(dict_of(v)), &at)); count++) {
		const bool is_pair = v.type == &type_items;
		rt_put_string(out, count ? is_pair ? ", (" : ", " : is_pair ? "(" : "");
		if (v.type != &type_values && !any_put(s, out, entry->key, RT_FORM_REPR))
			return false;
		rt_put_string(out, is_pair ? ", " : "");
		if (v.type != &type_keys && !any_put(s, out, entry->value, RT_FORM_REPR))
			return false;
		rt_put_string(out, is_pair ? ")" : "");
	}
	rt_put_string(out, "])");
	return true;
}

#define VIEW .mark = view_mark, .put = view_put, .length = view_length, .next = view_next
const struct rt_type type_keys = { .name = "dict_keys", .contains = keys_contain, VIEW };
const struct rt_type type_values = { .name = "dict_values", VIEW };
const struct rt_type type_items = { .name = "dict_items", .contains = items_contain, VIEW };

static struct rt_any view_new(struct rt_script *s, struct rt_any dict, const struct rt_type *type)
{
	struct view *view = (struct view *)(void *)rt_object_new(s, type, sizeof *view);
	if (!view)
		return rt_nothing();
	view->dict = dict;
	return rt_any_of(&view->head);
}

/* ---- filling ------------------------------------------------------------------------------------------ */

static bool put_pair(struct rt_script *s, struct rt_any dict, struct rt_any item, unsigned number)
{
	if (is_list(item) && as_list(item)->count == 2)
		return dict_put(s, as_dict(dict), as_list(item)->items[0], as_list(item)->items[1]);
	if (!item.type->next)
		return fail(s, RT_TypeError, "cannot convert dictionary update sequence element #%u to a sequence",
		            number);
	struct rt_any *pair = rt_hold(s, rt_list(s, 2));
	if (!pair || !list_extend(s, *pair, item))
		return false;
	if (as_list(*pair)->count != 2)
		return fail(s, RT_ValueError, "dictionary update sequence element #%u has length %u; 2 is required",
		            number, as_list(*pair)->count);
	return dict_put(s, as_dict(dict), as_list(*pair)->items[0], as_list(*pair)->items[1]);
}

bool dict_update(struct rt_script *s, struct rt_any dict, struct rt_any from)
{
	struct entry *entry;
	if (from.type == &rt_type_dict) {
		for (uint32_t at = 0; (entry = dict_next(as_dict(from), &at)); )
			if (!dict_put(s, as_dict(dict), entry->key, entry->value))
				return false;
		return true;
	}
	struct rt_any *iterator = rt_hold(s, any_iterate(s, from)), item, *const sp = s->sp;
	if (!iterator)
		return false;
	int rc;
	for (unsigned number = 0; (rc = any_next(s, *iterator, &item)) == 1; number++) {
		s->sp = sp;
		if (!rt_hold(s, item) || !put_pair(s, dict, item, number))
			return false;
	}
	return rc == 0;
}

/* ---- methods ------------------------------------------------------------------------------------------ */

NATIVE(method_get)
{
	struct entry *entry;
	const int verdict = dict_find(s, as_dict(args[0]), args[1], &entry);
	return verdict == 1 ? entry->value : verdict < 0 ? rt_nothing() : count > 1 ? args[2] : rt_none();
}

NATIVE(method_setdefault)
{
	struct entry *entry;
	const struct rt_any otherwise = count > 1 ? args[2] : rt_none();
	const int verdict = dict_find(s, as_dict(args[0]), args[1], &entry);
	if (verdict)
		return verdict == 1 ? entry->value : rt_nothing();
	return dict_put(s, as_dict(args[0]), args[1], otherwise) ? otherwise : rt_nothing();
}

NATIVE(method_pop)
{
	struct rt_any value;
	/* where there are no keys, Python does not look at this one */
	const int verdict = as_dict(args[0])->count ? dict_remove(s, as_dict(args[0]), args[1], &value) : 0;
	return verdict == 1 ? value : verdict < 0 ? rt_nothing() : count > 1 ? args[2] : raise_key(s, args[1]);
}

NATIVE(method_popitem)
{
	struct dict *dict = as_dict(args[0]);
	struct rt_any value;
	if (!dict->count)
		return raise_key(s, text_of(s, &rt_type_str, "popitem(): dictionary is empty", 30));
	const struct rt_any pair = pair_of(s, &dict->entries[dict->used - 1]);
	if (is_nothing(pair) || dict_remove(s, dict, as_list(pair)->items[0], &value) < 0)
		return rt_nothing();
	return pair;
}

NATIVE(method_update)
{
	return !count || dict_update(s, args[0], args[1]) ? rt_none() : rt_nothing();
}

NATIVE(method_clear)
{
	dict_clear(s, as_dict(args[0]));
	return rt_none();
}

NATIVE(method_copy)
{
	const struct rt_any copy = rt_dict(s);
	return !is_nothing(copy) && dict_update(s, copy, args[0]) ? copy : rt_nothing();
}

NATIVE(method_keys)
{
	return view_new(s, args[0], &type_keys);
}

NATIVE(method_values)
{
	return view_new(s, args[0], &type_values);
}

NATIVE(method_items)
{
	return view_new(s, args[0], &type_items);
}

NATIVE(method_fromkeys)
{
	struct rt_any key, *dict = rt_hold(s, rt_dict(s));
	struct rt_any *iterator = dict ? rt_hold(s, any_iterate(s, args[1])) : NULL;
	if (!iterator)
		return rt_nothing();
	int rc;
	while ((rc = any_next(s, *iterator, &key)) == 1)
		if (!dict_put(s, as_dict(*dict), key, count > 1 ? args[2] : rt_none()))
			return rt_nothing();
	return rc == 0 ? *dict : rt_nothing();
}

const struct rt_method dict_methods[] = {
	{ "clear", method_clear, 0, 0, 0, NULL },
	{ "copy", method_copy, 0, 0, 0, NULL },
	{ "fromkeys", method_fromkeys, 1, 2, 0, NULL, true },
	{ "get", method_get, 1, 2, 0, NULL },
	{ "items", method_items, 0, 0, 0, NULL },
	{ "keys", method_keys, 0, 0, 0, NULL },
	{ "pop", method_pop, 1, 2, 0, NULL },
	{ "popitem", method_popitem, 0, 0, 0, NULL },
	{ "setdefault", method_setdefault, 1, 2, 0, NULL },
	{ "update", method_update, 0, 1, 0, NULL },
	{ "values", method_values, 0, 0, 0, NULL },
	{ NULL }
};
