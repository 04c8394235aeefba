/* SPDX-License-Identifier: MIT */
/* field.c - the value of a field as a value of the language: numbers as int, addresses as str, what Scapy keeps as
 * bytes as bytes, lists as lists. Which of them it is depends on the kind of the row, never on the protocol. */
#include "../output/value.h"
#include "../output/items.h"
#include "packets.h"

/* What does not fit an int is its decimal digits: a reader of fields shall not fail because of what was sent. */
static struct rt_any number_value(struct rt_script *s, uint64_t num)
{
	char digits[24];
	struct rt_text out;
	if (num <= INT64_MAX)
		return rt_int((int64_t)num);
	rt_text_init(&out, digits, sizeof digits, -1);
	rt_put_num(&out, num);
	return rt_str(s, digits, rt_text_length(&out));
}

static struct rt_any plain_text(struct rt_script *s, const struct rt_value *value)
{
	char text[512];                         /* object identifiers are the longest; more is cut         */
	struct rt_text out;
	rt_text_init(&out, text, sizeof text, -1);
	rt_put_value(&out, value, RT_STYLE_PLAIN);
	return rt_str(s, text, rt_text_length(&out));
}

/* There are no floats: what is not whole is its text, "5.5". */
static struct rt_any fixed_value(struct rt_script *s, const struct rt_value *value)
{
	const uint64_t per = value->row->names->per;
	return per && value->num % per == 0 ? number_value(s, value->num / per) : plain_text(s, value);
}

static struct rt_any name_value(struct rt_script *s, const struct rt_value *value)
{
	char name[RT_NAME_MAX];
	const int size = rt_value_name(value, name);
	return rt_bytes(s, name, (size_t)size);
}

static struct rt_any list_value(struct rt_script *s, struct whole *whole, const struct rt_value *value);

struct rt_any field_value(struct rt_script *s, struct whole *whole, const struct rt_value *value)
{
	const bool is_of_frame = rt_more(value->layer.proto)->value != NULL;
	switch ((enum rt_kind)value->row->kind) {
	case RT_NUM: case RT_SEVENS: case RT_HEX: case RT_ENUM: case RT_XENUM: case RT_OUI: case RT_CLOCK:
		return number_value(s, value->num);
	case RT_INT:
		return rt_int((int64_t)value->num);
	case RT_FIXED:
		return fixed_value(s, value);
	case RT_FLAGS:
		return flags_new(s, value->num, value->row->names);
	case RT_TIME:
		return time_value(value->num);
	case RT_MAC: case RT_IP4: case RT_IP6: case RT_PREFIX4: case RT_PREFIX6: case RT_PAIR: case RT_OID:
	case RT_NETBIOS:
		return plain_text(s, value);
	case RT_NAME:
		return name_value(s, value);
	case RT_BYTES: case RT_XBYTES: case RT_TEXT:
		return is_of_frame ? rt_str(s, (const char *)value->bytes, value->size)
		                   : rt_bytes(s, value->bytes, value->size);
	case RT_LIST:
		return list_value(s, whole, value);
	}
	return rt_none();
}

/* Of several rows with that name the first that is there; None: the packet has none. */
struct rt_any row_value(struct rt_script *s, struct whole *whole, const struct rt_layer *layer,
                        const struct rt_row *row)
{
	const struct rt_row *end = layer->proto->rows + layer->proto->row_count;
	struct rt_value value;
	if (rt_value_get(&whole->packet, layer, row, &value))
		return field_value(s, whole, &value);
	for (const struct rt_row *other = row + 1; other < end; other++)
		if (strcmp(other->name, row->name) == 0 && rt_value_get(&whole->packet, layer, other, &value))
			return field_value(s, whole, &value);
	return rt_none();
}

/* ---- lists: pairs, bare values, records ------------------------------------------------------------ */

static struct rt_any first_value(struct rt_script *s, struct whole *whole, const struct rt_layer *item)
{
	return item->proto->row_count ? row_value(s, whole, item, &item->proto->rows[0]) : rt_none();
}

/* Adds to `all` what `make` gives for every item of the list. */
static bool add_items(struct rt_script *s, struct rt_any all, struct whole *whole, const struct rt_value *list,
                      struct rt_any (*make)(struct rt_script *, struct whole *, const struct rt_layer *))
{
	struct rt_walk walk;
	struct rt_layer item;
	rt_walk_start(&walk, list);
	while (rt_walk_next(&walk, &item)) {
		const struct rt_any one = make(s, whole, &item);
		if (is_nothing(one) || !rt_list_add(s, all, one))
			return false;
	}
	return true;
}

static struct rt_any collect(struct rt_script *s, struct whole *whole, const struct rt_value *list,
                             struct rt_any (*make)(struct rt_script *, struct whole *, const struct rt_layer *))
{
	const struct rt_any all = rt_list(s, 0);
	return !is_nothing(all) && add_items(s, all, whole, list, make) ? all : rt_nothing();
}

/* A list inside a pair: a tuple of numbers, one number alone, or a record. */
static struct rt_any inner_value(struct rt_script *s, struct whole *whole, const struct rt_value *list)
{
	const bool is_values = list->row->list->is_values;
	const struct rt_any all = collect(s, whole, list, is_values ? first_value : item_new);
	if (is_nothing(all))
		return all;
	const struct list *items = as_list(all);
	if (!is_values)
		return items->count ? items->items[0] : rt_none();
	return items->count == 1 ? items->items[0] : rt_tuple(s, items->items, items->count);
}

static struct rt_any pair_part(struct rt_script *s, struct whole *whole, const struct rt_layer *item,
                               const struct rt_row *row)
{
	struct rt_value value;
	if (!rt_value_get(&whole->packet, item, row, &value))
		return rt_none();
	return row->kind == RT_LIST ? inner_value(s, whole, &value) : field_value(s, whole, &value);
}

static struct rt_any pair_rows(struct rt_script *s, struct whole *whole, const struct rt_layer *item)
{
	const struct rt_proto *proto = item->proto;
	const unsigned count = proto->row_count - PAIR_ROW;
	struct rt_any parts[8];
	for (unsigned i = 0; i < count && i < RT_COUNT(parts); i++) {
		parts[i] = pair_part(s, whole, item, &proto->rows[PAIR_ROW + i]);
		if (is_nothing(parts[i]))
			return parts[i];
	}
	return count == 1 ? parts[0] : rt_tuple(s, parts, count < RT_COUNT(parts) ? count : RT_COUNT(parts));
}

static struct rt_any pair_second(struct rt_script *s, struct whole *whole, const struct rt_layer *item)
{
	if (item->proto->row_count <= PAIR_ROW)
		return rt_none();
	if (item->header < PAIR_AT)
		return rt_bytes(s, "", 0);
	if (pair_is_opaque(item))
		return rt_bytes(s, whole->frame.data + item->at + PAIR_AT, item->header - PAIR_AT);
	return pair_rows(s, whole, item);
}

/* Without a name its number stands in front. */
static struct rt_any pair_first(struct rt_script *s, struct whole *whole, const struct rt_list *list,
                                const struct rt_layer *item)
{
	const char *name = pair_name(list, &whole->packet, item);
	return name ? rt_str(s, name, strlen(name)) : rt_int(whole->frame.data[item->at]);
}

/* ('MSS', 1460) */
static struct rt_any pair_value(struct rt_script *s, struct whole *whole, const struct rt_list *list,
                                const struct rt_layer *item)
{
	struct rt_any both[2] = { pair_first(s, whole, list, item) };
	both[1] = is_nothing(both[0]) ? both[0] : pair_second(s, whole, item);
	return is_nothing(both[1]) ? both[1] : rt_tuple(s, both, 2);
}

/* ('router', '10.0.0.1', '10.0.0.2'), or 'end' alone. */
static struct rt_any assigned_value(struct rt_script *s, struct whole *whole, const struct rt_list *list,
                                    const struct rt_layer *item)
{
	const struct rt_row *row = &item->proto->rows[PAIR_ROW];
	const struct rt_any first = pair_first(s, whole, list, item), all = rt_list(s, 2);
	struct rt_value value;
	if (is_nothing(first) || item->proto->row_count <= PAIR_ROW)
		return first;
	if (is_nothing(all) || !rt_list_add(s, all, first))
		return rt_nothing();
	if (row->kind == RT_LIST && row->list->is_values && item->header >= PAIR_AT && !pair_is_opaque(item) &&
	    rt_value_get(&whole->packet, item, row, &value)) {
		if (!add_items(s, all, whole, &value, first_value))
			return rt_nothing();
	} else {
		const struct rt_any second = pair_second(s, whole, item);
		if (is_nothing(second) || !rt_list_add(s, all, second))
			return rt_nothing();
	}
	return rt_tuple(s, as_list(all)->items, as_list(all)->count);
}

static struct rt_any pairs_value(struct rt_script *s, struct whole *whole, const struct rt_value *value)
{
	const struct rt_list *list = value->row->list;
	const struct rt_any all = rt_list(s, 0);
	struct rt_walk walk;
	struct rt_layer item;
	rt_walk_start(&walk, value);
	while (!is_nothing(all) && rt_walk_next(&walk, &item)) {
		const struct rt_any pair = list->is_assigned ? assigned_value(s, whole, list, &item)
		                                             : pair_value(s, whole, list, &item);
		if (is_nothing(pair) || !rt_list_add(s, all, pair))
			return rt_nothing();
	}
	return all;
}

static struct rt_any list_value(struct rt_script *s, struct whole *whole, const struct rt_value *value)
{
	const char *nothing = empty_text(value);
	if (nothing && strcmp(nothing, "None") == 0)
		return rt_none();
	if (value->row->list->is_pairs)
		return pairs_value(s, whole, value);
	if (value->row->list->is_values)
		return collect(s, whole, value, first_value);
	const struct rt_any all = collect(s, whole, value, item_new);
	return is_nothing(all) ? all : records_new(s, all);
}
