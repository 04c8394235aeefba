/* SPDX-License-Identifier: MIT */
/* records.c - a list of records, as the answers of a DNS message: a list, whose attributes are those of its first
 * record, so that both pkt[DNS].qd.qname and pkt[DNS].qd[0].qname say what they mean. */
#include "packets.h"

struct records { struct rt_object head; struct rt_any list; };

static struct rt_any list_of(struct rt_any v) { return ((struct records *)(void *)v.object)->list; }

static void records_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct records *)(void *)object)->list);
}

static bool records_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	return any_put(s, out, list_of(v), form);
}

static struct rt_any records_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	const struct list *list = as_list(list_of(v));
	return list->count ? packet_attribute(s, as_layer(list->items[0]), site->name, site->length) : rt_nothing();
}

static struct rt_any records_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	return any_item(s, list_of(v), key);
}

static struct rt_any records_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	return any_slice(s, list_of(v), parts);
}

static int64_t records_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return as_list(list_of(v))->count;
}

static int records_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	return rt_type_list.next(s, list_of(v), state, item);
}

static int records_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	return b.type != a.type ? RT_UNKNOWN : any_relation(s, list_of(a), list_of(b), relation);
}

static const struct rt_type type_records = {
	.name = "records", .mark = records_mark, .put = records_put, .get = records_get, .item = records_item,
	.slice = records_slice, .length = records_length, .next = records_next, .compare = records_compare,
};

struct rt_any records_new(struct rt_script *s, struct rt_any list)
{
	struct records *records = (struct records *)(void *)rt_object_new(s, &type_records, sizeof *records);
	if (!records)
		return rt_nothing();
	records->list = list;
	return rt_any_of(&records->head);
}
