/* SPDX-License-Identifier: MIT */
/* show.c - every field of every layer, in the layout of Scapy's show(): three blanks deeper a layer, records of a
 * list in blocks behind a bar. */
#include "items.h"
#include "value.h"

struct depth {
	size_t indent, bars;
	bool has_verdicts;              /* what is wrong with checksums is said                           */
};

static void put_front(struct rt_text *out, struct depth depth)
{
	rt_put_spaces(out, depth.indent);
	for (size_t i = 0; i < depth.bars; i++)
		rt_put_string(out, "   |");
}

static void put_title(struct rt_text *out, const struct rt_proto *proto, struct depth depth)
{
	put_front(out, depth);
	rt_put_format(out, "###[ %s ]### \n", proto->title ? proto->title : proto->name);
}

static void put_rows(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer,
                     struct depth depth);

static void put_records(struct rt_text *out, const struct rt_value *list, struct depth depth)
{
	struct rt_walk walk;
	struct rt_layer item;
	depth.bars++;
	rt_walk_start(&walk, list);
	while (next_item(out, &walk, &item)) {
		put_title(out, item.proto, depth);
		put_rows(out, list->packet, &item, depth);
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

/* As tcpdump says it. */
static void put_verdict(struct rt_text *out, const struct rt_value *value)
{
	struct rt_value right = *value;
	if (!rt_sum_is_wrong(value, &right.num))
		return;
	rt_put_string(out, " (incorrect -> ");
	put_value(out, &right, RT_STYLE_SHOW);
	rt_put_char(out, ')');
}

static void put_row(struct rt_text *out, const struct rt_value *value, struct depth depth)
{
	const char *name = value->row->name;
	const struct rt_list *list = value->row->kind == RT_LIST ? value->row->list : NULL;
	size_t length = strlen(name), pad = length < 10 ? 10 - length : 0;
	const char *nothing = empty_text(value);
	put_front(out, depth);
	if (list && !list->is_pairs && !list->is_values && !nothing) {
		rt_put(out, "  \\", 3);
		rt_put(out, name, length);
		rt_put_spaces(out, pad);
		rt_put_string(out, "\\\n");
		put_records(out, value, depth);
		return;
	}
	rt_put(out, "  ", 2);
	rt_put(out, name, length);
	rt_put_spaces(out, pad);
	rt_put(out, "= ", 2);
	if (nothing)
		rt_put_string(out, nothing);
	else
		put_value(out, value, RT_STYLE_SHOW);
	if (depth.has_verdicts)
		put_verdict(out, value);
	rt_put_char(out, '\n');
}

static void put_rows(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer,
                     struct depth depth)
{
	struct rt_value value;
	for (unsigned i = 0; i < layer->proto->row_count; i++)
		if (!layer->proto->rows[i].is_aside && rt_value_get(packet, layer, &layer->proto->rows[i], &value))
			put_row(out, &value, depth);
}

static void put_layers(struct rt_text *out, const struct rt_packet *packet, unsigned from_layer, bool has_verdicts)
{
	struct depth depth = { .has_verdicts = has_verdicts };
	begin_lists(out);
	for (unsigned i = from_layer; i < packet->count; i++) {
		const struct rt_proto *proto = packet->layer[i].proto;
		put_title(out, proto, (struct depth){ 0 });
		put_rows(out, packet, &packet->layer[i], depth);
		depth.indent += proto->is_flat ? 0 : 3;
	}
}

void rt_put_show(struct rt_text *out, const struct rt_packet *packet, unsigned from_layer)
{
	put_layers(out, packet, from_layer, false);
}

void put_checked_show(struct rt_text *out, const struct rt_packet *packet) { put_layers(out, packet, 0, true); }
