/* SPDX-License-Identifier: MIT */
/* show.c - every field of every layer, in the layout of Scapy's show(): three blanks deeper a layer, records of a
 * list in blocks behind a bar. */
#include "value.h"

static void put_front(struct rt_text *out, size_t indent, size_t bars)
{
	rt_put_spaces(out, indent);
	for (size_t i = 0; i < bars; i++)
		rt_put_string(out, "   |");
}

static void put_title(struct rt_text *out, const struct rt_proto *proto, size_t indent, size_t bars)
{
	put_front(out, indent, bars);
	rt_put_format(out, "###[ %s ]### \n", proto->title ? proto->title : proto->name);
}

static void put_rows(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer,
                     size_t indent, size_t bars);

static void put_records(struct rt_text *out, const struct rt_value *list, size_t indent, size_t bars)
{
	struct rt_walk walk;
	struct rt_layer item;
	rt_walk_start(&walk, list);
	while (rt_walk_next(&walk, &item)) {
		put_title(out, item.proto, indent, bars + 1);
		put_rows(out, list->packet, &item, indent, bars + 1);
	}
}

const char *empty_text(const struct rt_value *value)
{
	const struct rt_list *list = value->row->kind == RT_LIST ? value->row->list : NULL;
	struct rt_walk walk;
	struct rt_layer item;
	if (!list || !list->empty)
		return NULL;
	rt_walk_start(&walk, value);
	if (rt_walk_next(&walk, &item))
		return NULL;
	return list->empty_last && value->layer.at + value->layer.header == value->layer.end ? list->empty_last
	                                                                                      : list->empty;
}

static void put_row(struct rt_text *out, const struct rt_value *value, size_t indent, size_t bars)
{
	const char *name = value->row->name;
	const struct rt_list *list = value->row->kind == RT_LIST ? value->row->list : NULL;
	size_t length = strlen(name), pad = length < 10 ? 10 - length : 0;
	const char *nothing = empty_text(value);
	put_front(out, indent, bars);
	if (list && !list->is_pairs && !list->is_values && !nothing) {
		rt_put_format(out, "  \\%s", name);
		rt_put_spaces(out, pad);
		rt_put_string(out, "\\\n");
		put_records(out, value, indent, bars);
		return;
	}
	rt_put_format(out, "  %s", name);
	rt_put_spaces(out, pad);
	rt_put_string(out, "= ");
	if (nothing)
		rt_put_string(out, nothing);
	else
		rt_put_value(out, value, RT_STYLE_SHOW);
	rt_put_char(out, '\n');
}

static void put_rows(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer,
                     size_t indent, size_t bars)
{
	struct rt_value value;
	for (unsigned i = 0; i < layer->proto->row_count; i++)
		if (!layer->proto->rows[i].is_aside && rt_value_get(packet, layer, &layer->proto->rows[i], &value))
			put_row(out, &value, indent, bars);
}

void rt_put_show(struct rt_text *out, const struct rt_packet *packet, unsigned from_layer)
{
	size_t indent = 0;
	for (unsigned i = from_layer; i < packet->count; i++) {
		const struct rt_proto *proto = packet->layer[i].proto;
		put_title(out, proto, 0, 0);
		put_rows(out, packet, &packet->layer[i], indent, 0);
		indent += proto->is_flat ? 0 : 3;
	}
}
