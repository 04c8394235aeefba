/* SPDX-License-Identifier: MIT */
/* dict.c - hash tables that keep the order in which keys came: entries in a row, and an index of numbers of entries
 * with open addressing. Sets are dicts without values. */
#include "machine.h"

#define PLACES_MIN 8u

struct dict *dict_new(struct rt_script *s, const struct rt_type *type)
{
	return (struct dict *)(void *)rt_object_new(s, type, sizeof(struct dict));
}

struct rt_any rt_dict(struct rt_script *s)
{
	struct dict *dict = dict_new(s, &rt_type_dict);
	return dict ? rt_any_of(&dict->head) : rt_nothing();
}

struct entry *dict_next(const struct dict *dict, uint32_t *at)
{
	while (*at < dict->used) {
		struct entry *entry = &dict->entries[(*at)++];
		if (!is_nothing(entry->key))
			return entry;
	}
	return NULL;
}

/* ---- finding ------------------------------------------------------------------------------------------ */

static int is_key(struct rt_script *s, const struct entry *entry, struct rt_any key, uint32_t hash)
{
	if (entry->hash != hash || is_nothing(entry->key))
		return 0;
	return is_same(entry->key, key) ? 1 : any_equal(s, entry->key, key);
}

/* 1: found; 0: *place is free for it; -1: raised. */
static int find_place(struct rt_script *s, const struct dict *dict, struct rt_any key, uint32_t hash, uint32_t *place)
{
	uint32_t at = hash & (dict->places - 1);
	for (; dict->index[at]; at = (at + 1) & (dict->places - 1)) {
		const int verdict = is_key(s, &dict->entries[dict->index[at] - 1], key, hash);
		if (verdict) {
			*place = at;
			return verdict;
		}
	}
	*place = at;
	return 0;
}

int dict_find(struct rt_script *s, const struct dict *dict, struct rt_any key, struct entry **found)
{
	uint32_t hash, place;
	if (!any_hash(s, key, &hash))
		return -1;
	if (!dict->count)
		return 0;
	const int verdict = find_place(s, dict, key, hash, &place);
	if (verdict == 1)
		*found = &dict->entries[dict->index[place] - 1];
	return verdict;
}

/* ---- growing ------------------------------------------------------------------------------------------ */

static size_t table_bytes(uint32_t places)
{
	return places * sizeof(uint32_t) + places / 4 * 3 * sizeof(struct entry);
}

/* A table of `places` with the same keys; deleted entries go. Entries first: they are aligned more strictly. */
static bool rebuild(struct rt_script *s, struct dict *dict, uint32_t places)
{
	if (places > SIZE_LIMIT / sizeof(struct entry)) {
		raise_memory(s);
		return false;
	}
	const uint32_t room = places / 4 * 3;
	struct entry *entries = heap_resize(s, NULL, 0, table_bytes(places));
	if (!entries)
		return false;
	uint32_t *index = (uint32_t *)(void *)(entries + room), count = 0;
	memset(index, 0, places * sizeof *index);
	for (uint32_t i = 0; i < dict->used; i++) {
		if (is_nothing(dict->entries[i].key))
			continue;
		uint32_t at = dict->entries[i].hash & (places - 1);
		while (index[at])
			at = (at + 1) & (places - 1);
		entries[count++] = dict->entries[i];
		index[at] = count;
	}
	heap_resize(s, dict->entries, dict->places ? table_bytes(dict->places) : 0, 0);
	dict->entries = entries;
	dict->index = index;
	dict->used = dict->filled = count;
	dict->room = room;
	dict->places = places;
	return true;
}

static bool grow(struct rt_script *s, struct dict *dict)
{
	uint32_t places = PLACES_MIN;
	while (places / 4 * 3 <= dict->count + dict->count / 4)
		places *= 2;
	return rebuild(s, dict, places);
}

bool dict_put(struct rt_script *s, struct dict *dict, struct rt_any key, struct rt_any value)
{
	uint32_t hash, place = 0;
	if (!any_hash(s, key, &hash))
		return false;
	int verdict = dict->places ? find_place(s, dict, key, hash, &place) : 0;
	if (verdict) {
		if (verdict == 1)
			dict->entries[dict->index[place] - 1].value = value;
		return verdict == 1;
	}
	if (dict->used == dict->room || dict->filled == dict->room) {
		if (!grow(s, dict) || find_place(s, dict, key, hash, &place) < 0)
			return false;
	}
	dict->entries[dict->used++] = (struct entry){ key, value, hash };
	dict->index[place] = dict->used;
	dict->count++;
	dict->filled++;
	return true;
}

bool rt_dict_put(struct rt_script *s, struct rt_any dict, struct rt_any key, struct rt_any value)
{
	return dict_put(s, as_dict(dict), key, value);
}

/* ---- shrinking ---------------------------------------------------------------------------------------- */

int dict_remove(struct rt_script *s, struct dict *dict, struct rt_any key, struct rt_any *value)
{
	struct entry *entry = NULL;
	const int verdict = dict_find(s, dict, key, &entry);
	if (verdict != 1)
		return verdict;
	*value = entry->value;
	entry->key = entry->value = rt_nothing();
	dict->count--;
	while (dict->used && is_nothing(dict->entries[dict->used - 1].key))
		dict->used--; /* their places in the index stay filled, and lead to nothing or to a later key */
	return 1;
}

void dict_clear(struct rt_script *s, struct dict *dict)
{
	if (dict->places)
		heap_resize(s, dict->entries, table_bytes(dict->places), 0);
	dict->entries = NULL;
	dict->index = NULL;
	dict->count = dict->used = dict->filled = dict->room = dict->places = 0;
}

/* ---- the type ----------------------------------------------------------------------------------------- */

void dict_mark(struct rt_script *s, struct rt_object *object)
{
	const struct dict *dict = (struct dict *)(void *)object;
	for (uint32_t i = 0; i < dict->used; i++) {
		rt_mark(s, dict->entries[i].key);
		rt_mark(s, dict->entries[i].value);
	}
}

void dict_drop(struct rt_script *s, struct rt_object *object) { dict_clear(s, (struct dict *)(void *)object); }

int64_t dict_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return as_dict(v)->count;
}

int dict_contains(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	struct entry *entry;
	return dict_find(s, as_dict(v), item, &entry);
}

/* state: the next entry; how many keys there were + 1, to see that it changes. */
int dict_step(struct rt_script *s, struct rt_any v, int64_t state[2], struct entry **entry)
{
	const struct dict *dict = as_dict(v);
	uint32_t at = (uint32_t)state[0];
	if (!state[1])
		state[1] = dict->count + 1ll;
	if (state[1] != dict->count + 1ll) {
		fail(s, RT_RuntimeError, v.type == &rt_type_dict ? "dictionary changed size during iteration"
		                                                 : "Set changed size during iteration");
		return -1;
	}
	*entry = dict_next(dict, &at);
	state[0] = at;
	return *entry != NULL;
}

static int dict_next_key(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	struct entry *entry;
	const int rc = dict_step(s, v, state, &entry);
	if (rc == 1)
		*item = entry->key;
	return rc;
}

static struct rt_any dict_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	struct entry *entry;
	const int verdict = dict_find(s, as_dict(v), key, &entry);
	return verdict == 1 ? entry->value : verdict == 0 ? raise_key(s, key) : rt_nothing();
}

static bool dict_set_item(struct rt_script *s, struct rt_any v, struct rt_any key, struct rt_any value)
{
	if (!is_nothing(value))
		return dict_put(s, as_dict(v), key, value);
	const int verdict = dict_remove(s, as_dict(v), key, &value);
	if (verdict == 0)
		raise_key(s, key);
	return verdict == 1;
}

static bool dict_show(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	struct entry *entry;
	(void)form;
	rt_put_char(out, '{');
	for (uint32_t at = 0, count = 0; (entry = dict_next(as_dict(v), &at)); count++) {
		if (count)
			rt_put_string(out, ", ");
		if (!any_put(s, out, entry->key, RT_FORM_REPR))
			return false;
		rt_put_string(out, ": ");
		if (!any_put(s, out, entry->value, RT_FORM_REPR))
			return false;
	}
	rt_put_char(out, '}');
	return true;
}

static int has_equal_entries(struct rt_script *s, const struct dict *x, const struct dict *y)
{
	struct entry *entry, *other;
	int verdict = x->count == y->count;
	for (uint32_t at = 0; verdict == 1 && (entry = dict_next(x, &at)); ) {
		verdict = step_allowed(s) ? dict_find(s, y, entry->key, &other) : -1;
		if (verdict == 1)
			verdict = any_equal(s, entry->value, other->value);
	}
	return verdict;
}

static int dict_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	if (b.type != &rt_type_dict || relation >= RT_LESS)
		return RT_UNKNOWN;
	if (!depth_enter(s))
		return -1;
	const int verdict = has_equal_entries(s, as_dict(a), as_dict(b));
	depth_leave(s);
	return verdict < 0 ? -1 : verdict == (relation == RT_EQUAL);
}

static struct rt_any dict_binary(struct rt_script *s, char op, struct rt_any v, struct rt_any other, bool is_swapped)
{
	if (op != '|' || is_swapped || other.type != &rt_type_dict)
		return rt_nothing();
	struct rt_any *united = rt_hold(s, rt_dict(s));
	if (!united || !dict_update(s, *united, v) || !dict_update(s, *united, other))
		return rt_nothing();
	return *united;
}

/* dict(pairs, name=value ...) */
NATIVE(dict_make)
{
	struct rt_any *dict = rt_hold(s, rt_dict(s));
	const struct rt_any *names = args + 1 + count;
	if (!dict || (count && !dict_update(s, *dict, args[1])))
		return rt_nothing();
	for (uint32_t i = 0; !is_nothing(*names) && i < as_list(*names)->count; i++)
		if (!dict_put(s, as_dict(*dict), as_list(*names)->items[i], names[1 + i]))
			return rt_nothing();
	return *dict;
}

static const struct rt_method dict_maker = { "dict", dict_make, 0, 1, 0, "*", true };

const struct rt_type rt_type_dict = {
	.name = "dict",
	.maker = &dict_maker,
	.methods = dict_methods,
	.mark = dict_mark,
	.drop = dict_drop,
	.put = dict_show,
	.item = dict_item,
	.set_item = dict_set_item,
	.length = dict_length,
	.contains = dict_contains,
	.next = dict_next_key,
	.compare = dict_compare,
	.binary = dict_binary,
};
