/* SPDX-License-Identifier: MIT */
/* items.c - the items of a list as text: Scapy's tuples, records and bare values, or JSON's arrays and objects. How a
 * list looks is in its struct rt_list. */
#include "items.h"
#include "value.h"

#define NUMBER_COST 2u                  /* of the items of put_numbers: see next_item                    */

static void put_pair_value(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item,
                           enum rt_style style);
static void put_json_record(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item);

bool next_item(struct rt_text *out, struct rt_walk *walk, struct rt_layer *item)
{
	if (!rt_walk_next(walk, item))
		return false;
	const uint32_t cost = item->proto->row_count + 1u;
	const bool is_taken = cost <= out->fields;
	out->fields = is_taken ? out->fields - cost : 0;
	return is_taken;
}

const char *pair_name(const struct rt_list *list, const struct rt_packet *packet, const struct rt_layer *item)
{
	const char *name = item->proto->name[0] ? item->proto->name : NULL;
	return name || !list->names ? name : rt_names_find(list->names, packet->frame->data[item->at]);
}

static void put_pair(struct rt_text *out, const struct rt_list *list, const struct rt_packet *packet,
                     const struct rt_layer *item, enum rt_style style)
{
	bool is_shown = style == RT_STYLE_SHOW;
	const char *name = pair_name(list, packet, item);
	rt_put_char(out, is_shown ? '(' : '[');
	if (name)
		rt_put_format(out, is_shown ? "'%s'" : "\"%s\"", name);
	else
		rt_put_num(out, packet->frame->data[item->at]);
	rt_put_string(out, is_shown ? ", " : ",");
	put_pair_value(out, packet, item, style);
	rt_put_char(out, is_shown ? ')' : ']');
}

static void put_bytes(struct rt_text *out, const uint8_t *bytes, size_t size, bool is_shown)
{
	rt_put_string(out, is_shown ? "b" : "\"");
	if (is_shown) {
		rt_put_python_bytes(out, bytes, size);
		return;
	}
	rt_put_hex_bytes(out, bytes, size);
	rt_put_char(out, '"');
}

static void put_numbers(struct rt_text *out, const struct rt_value *list, bool is_shown)
{
	struct rt_walk walk;
	struct rt_layer item;
	struct rt_value value;
	bool is_first = true;
	rt_walk_start(&walk, list);
	while (next_item(out, &walk, &item) && rt_value_get(list->packet, &item, &item.proto->rows[0], &value)) {
		if (!is_first)
			rt_put_string(out, is_shown ? ", " : ",");
		is_first = false;
		if (is_shown)
			put_value(out, &value, RT_STYLE_PLAIN);
		else
			put_json_value(out, &value);
	}
}

/* A list of one number is that number, as Scapy unpacks it. */
static void put_number_list(struct rt_text *out, const struct rt_value *list, bool is_shown)
{
	bool is_one = list->size == list->row->list->item_bytes;
	if (is_one)
		out->fields += NUMBER_COST;             /* a part of its pair, and not an item */
	else
		rt_put_char(out, is_shown ? '(' : '[');
	put_numbers(out, list, is_shown);
	if (!is_one)
		rt_put_char(out, is_shown ? ')' : ']');
}

bool pair_is_opaque(const struct rt_layer *item)
{
	const struct rt_proto *proto = item->proto;
	const struct rt_row *value = &proto->rows[PAIR_ROW];
	if (value->kind == RT_TEXT)
		return false;
	if (value->kind == RT_LIST)
		return value->list->item_bytes && (item->header - PAIR_AT) % value->list->item_bytes;
	return value->kind == RT_BYTES || item->header != proto->header;
}

/* A list inside a pair: numbers, or one record. */
static void put_pair_list(struct rt_text *out, const struct rt_value *list, bool is_shown)
{
	struct rt_walk walk;
	struct rt_layer item;
	if (list->row->list->is_values) {
		put_number_list(out, list, is_shown);
		return;
	}
	rt_walk_start(&walk, list);
	if (!next_item(out, &walk, &item))
		rt_put_string(out, is_shown ? "None" : "null");
	else if (is_shown)
		put_record(out, list->packet, &item, true);
	else
		put_json_record(out, list->packet, &item);
}

/* The rows from PAIR_ROW on: one value, or a tuple. */
static void put_pair_rows(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item,
                          bool is_shown)
{
	const struct rt_proto *proto = item->proto;
	bool is_tuple = proto->row_count > PAIR_ROW + 1;
	struct rt_value value;
	if (is_tuple)
		rt_put_char(out, is_shown ? '(' : '[');
	for (unsigned i = PAIR_ROW; i < proto->row_count; i++) {
		if (i > PAIR_ROW)
			rt_put_string(out, is_shown ? ", " : ",");
		if (!rt_value_get(packet, item, &proto->rows[i], &value))
			continue;
		if (value.row->kind == RT_LIST)
			put_pair_list(out, &value, is_shown);
		else if (is_shown)
			put_value(out, &value, RT_STYLE_PLAIN);
		else
			put_json_value(out, &value);
	}
	if (is_tuple)
		rt_put_char(out, is_shown ? ')' : ']');
}

static void put_pair_value(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item,
                           enum rt_style style)
{
	bool is_shown = style == RT_STYLE_SHOW;
	if (item->proto->row_count <= PAIR_ROW)
		rt_put_string(out, is_shown ? "None" : "null");
	else if (item->header < PAIR_AT)
		put_bytes(out, packet->frame->data, 0, is_shown);
	else if (pair_is_opaque(item))
		put_bytes(out, packet->frame->data + item->at + PAIR_AT, item->header - PAIR_AT, is_shown);
	else
		put_pair_rows(out, packet, item, is_shown);
}

/* An empty list has no place in a record, unless it has a word for that. */
static bool is_left_out(const struct rt_value *value)
{
	const struct rt_list *list = value->row->kind == RT_LIST ? value->row->list : NULL;
	struct rt_walk walk;
	struct rt_layer item;
	if (!list || (list->empty && strcmp(list->empty, "[]") != 0))
		return false;
	rt_walk_start(&walk, value);
	return !rt_walk_next(&walk, &item);
}

void put_record(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item, bool is_closed)
{
	struct rt_value value;
	rt_put_format(out, "<%s  ", item->proto->name);
	for (unsigned i = 0; i < item->proto->row_count; i++) {
		const struct rt_row *row = &item->proto->rows[i];
		if (row->is_aside || !rt_value_get(packet, item, row, &value) || is_left_out(&value))
			continue;
		const char *nothing = empty_text(&value);
		rt_put_format(out, "%s=", row->name);
		if (nothing)
			rt_put_string(out, nothing);
		else
			put_value(out, &value, RT_STYLE_SHOW);
		rt_put_char(out, ' ');
	}
	rt_put_string(out, is_closed ? "|>" : "|");
}

void put_item(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item)
{
	begin_lists(out);
	put_record(out, packet, item, true);
}

static void put_assigned_value(struct rt_text *out, const struct rt_value *value, bool is_first)
{
	if (!is_first)
		rt_put_char(out, ',');
	if (value->row->kind == RT_LIST)
		put_joined(out, value, RT_STYLE_SHOW, ",");
	else
		put_value(out, value, RT_STYLE_SHOW);
}

/* name=value, or a name alone. */
static void put_assigned(struct rt_text *out, const struct rt_list *list, const struct rt_packet *packet,
                         const struct rt_layer *item)
{
	const struct rt_proto *proto = item->proto;
	const char *name = pair_name(list, packet, item);
	struct rt_value value;
	if (name)
		rt_put_string(out, name);
	else
		rt_put_num(out, packet->frame->data[item->at]);
	if (proto->row_count <= PAIR_ROW)
		return;
	rt_put_char(out, '=');
	if (item->header < PAIR_AT || pair_is_opaque(item)) {
		put_pair_value(out, packet, item, RT_STYLE_SHOW);
		return;
	}
	for (unsigned i = PAIR_ROW; i < proto->row_count; i++)
		if (rt_value_get(packet, item, &proto->rows[i], &value))
			put_assigned_value(out, &value, i == PAIR_ROW);
}

static void put_bare(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item)
{
	struct rt_value value;
	if (!rt_value_get(packet, item, &item->proto->rows[0], &value))
		return;
	if (value.row->kind == RT_BYTES)
		put_bytes(out, value.bytes, value.size, true);
	else
		put_value(out, &value, RT_STYLE_SHOW);
}

void put_shown_list(struct rt_text *out, const struct rt_value *value)
{
	const struct rt_list *list = value->row->list;
	struct rt_walk walk;
	struct rt_layer item;
	bool is_first = true;
	rt_put_string(out, list->is_spaced ? "[ " : "[");
	rt_walk_start(&walk, value);
	while (next_item(out, &walk, &item)) {
		if (!is_first)
			rt_put_string(out, list->is_assigned ? " " : ", ");
		is_first = false;
		if (list->is_assigned)
			put_assigned(out, list, value->packet, &item);
		else if (list->is_pairs)
			put_pair(out, list, value->packet, &item, RT_STYLE_SHOW);
		else if (list->is_values)
			put_bare(out, value->packet, &item);
		else
			put_record(out, value->packet, &item, true);
	}
	rt_put_string(out, list->is_spaced ? " ]" : "]");
}

static void put_json_record(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item)
{
	struct rt_value field;
	bool is_first = true;
	rt_put_char(out, '{');
	for (unsigned i = 0; i < item->proto->row_count; i++) {
		const struct rt_row *row = &item->proto->rows[i];
		if (row->is_aside || !rt_value_get(packet, item, row, &field))
			continue;
		if (!is_first)
			rt_put_char(out, ',');
		put_member(out, row->name);
		put_json_value(out, &field);
		is_first = false;
	}
	rt_put_char(out, '}');
}

static void put_json_item(struct rt_text *out, const struct rt_value *value, const struct rt_layer *item)
{
	const struct rt_list *list = value->row->list;
	struct rt_value field;
	if (list->is_pairs) {
		put_pair(out, list, value->packet, item, RT_STYLE_PLAIN);
		return;
	}
	if (list->is_values) {
		if (rt_value_get(value->packet, item, &item->proto->rows[0], &field))
			put_json_value(out, &field);
		else
			rt_put_string(out, "null");
		return;
	}
	put_json_record(out, value->packet, item);
}

void put_json_list(struct rt_text *out, const struct rt_value *value)
{
	struct rt_walk walk;
	struct rt_layer item;
	bool is_first = true;
	rt_put_char(out, '[');
	rt_walk_start(&walk, value);
	while (next_item(out, &walk, &item)) {
		if (!is_first)
			rt_put_char(out, ',');
		is_first = false;
		put_json_item(out, value, &item);
	}
	rt_put_char(out, ']');
}

void put_joined(struct rt_text *out, const struct rt_value *list, enum rt_style style, const char *between)
{
	struct rt_walk walk;
	struct rt_layer item;
	struct rt_value value;
	rt_walk_start(&walk, list);
	for (bool is_first = true; next_item(out, &walk, &item); is_first = false) {
		if (!is_first)
			rt_put_string(out, between);
		if (rt_value_get(list->packet, &item, &item.proto->rows[0], &value))
			put_value(out, &value, style);
	}
}
