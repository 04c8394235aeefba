/* SPDX-License-Identifier: MIT */
/* flow.c - rows that stand one after the other behind the fixed part of a header: optional ones, and ones whose size
 * or number of items another row gives. A pass over the rows adds up what is there. A size that is not captured is
 * 0, and no row counts for more than ROW_MAX, so that sums stay small. */
#include "flow.h"

#define ROW_MAX (1u << 20)              /* bytes: more than any frame has                                 */

uint32_t flow_count(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row)
{
	const struct rt_row *count = row - row->back;
	struct rt_place place = { count->bit, count->width };
	flow_place(frame, layer, count, &place);
	if (place.bit + place.width > layer->header * 8)
		return 0;
	uint64_t value = rt_bits(frame->data + layer->at, place.bit, place.width);
	return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

/* Bytes of so many items that begin at byte `at` of the layer. */
static uint32_t items_size(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_list *list,
                           uint32_t count, uint32_t at)
{
	struct rt_walk walk;
	struct rt_layer item;
	if (list->item_bytes)
		return count < ROW_MAX / list->item_bytes ? count * list->item_bytes : ROW_MAX;
	if (at >= layer->header)
		return 0;
	walk = (struct rt_walk){ .frame = frame, .list = list, .owner = *layer, .at = layer->at + at,
	                         .end = layer->at + layer->header,
	                         .most = count < RT_ITEMS_MAX ? (uint16_t)count : RT_ITEMS_MAX };
	while (rt_walk_next(&walk, &item))
		;
	return walk.at - layer->at - at;
}

static uint32_t size_left(const struct rt_layer *layer, uint32_t at)
{
	return at < layer->header ? layer->header - at : 0;
}

static uint32_t row_size(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                         uint32_t at)
{
	if (row->is_varint)
		return at < layer->header ? 1u << (frame->data[layer->at + at] >> 6) : 1;
	if (!row->back)
		return size_left(layer, at);
	uint32_t count = flow_count(frame, layer, row);
	if (!row->unit)
		return items_size(frame, layer, row->list, count, at);
	int64_t size = (int64_t)count * row->unit + row->add;
	if (row->round)
		size = (size + 8 * row->round - 1) / (8 * row->round) * row->round;
	return size < 0 ? 0 : size < ROW_MAX ? (uint32_t)size : ROW_MAX;
}

/* Counted items are not walked to place their list: who walks it counts them too, so it may go on to the end. */
static uint32_t wanted_size(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                            uint32_t at)
{
	bool is_counted = row->back && !row->unit && !row->list->item_bytes;
	return is_counted ? size_left(layer, at) : row_size(frame, layer, row, at);
}

/* Adds up the rows in front of `wanted`, or all of them if it is NULL. */
static void add_up(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *wanted,
                   struct rt_place *place)
{
	const struct rt_proto *proto = layer->proto;
	uint32_t bit = proto->header * 8u;
	for (unsigned i = 0; i < proto->row_count; i++) {
		const struct rt_row *row = &proto->rows[i];
		if (row->bit < proto->header * 8u || row->is_opened ||
		    (row != wanted && !row_is_given(frame, layer, row)))
			continue;
		if (row == wanted) {
			const uint32_t prefix = row->is_varint ? 2 : 0;
			const uint32_t width = row->width ? row->width : wanted_size(frame, layer, row, bit / 8) * 8;
			*place = (struct rt_place){ bit + prefix, width - prefix };
			return;
		}
		bit += row->width ? row->width : row_size(frame, layer, row, bit / 8) * 8;
	}
	*place = (struct rt_place){ bit, 0 };
}

void flow_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                struct rt_place *place)
{
	if (row->bit >= layer->proto->header * 8u)
		add_up(frame, layer, row, place);
}

uint32_t flow_size(const struct rt_frame *frame, const struct rt_layer *layer)
{
	struct rt_layer whole = *layer;
	struct rt_place end;
	whole.header = layer->end - layer->at;
	add_up(frame, &whole, NULL, &end);
	return (end.bit + 7) / 8;
}
