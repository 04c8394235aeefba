/* SPDX-License-Identifier: MIT */
/* walk.c - over the items of a list row: code, length and value as struct rt_list describes them, or as
 * its own `next` places them. Every item is at least one byte and a list has at most RT_ITEMS_MAX. */
#include "flow.h"

void rt_walk_start(struct rt_walk *walk, const struct rt_value *list)
{
	const struct rt_frame *frame = list->packet->frame;
	uint32_t at = (uint32_t)(list->bytes - frame->data);
	*walk = (struct rt_walk){ .frame = frame, .list = list->row->list, .owner = list->layer,
	                          .at = at, .end = at + list->size, .most = RT_ITEMS_MAX };
	if (list->row->back && !list->row->unit) {
		uint32_t count = flow_count(frame, &list->layer, list->row);
		walk->most = count < RT_ITEMS_MAX ? (uint16_t)count : RT_ITEMS_MAX;
	}
}

void rt_walk_find(struct rt_walk *walk, const struct rt_packet *packet, const struct rt_layer *layer, const char *name)
{
	struct rt_value list;
	*walk = (struct rt_walk){ .most = 0 };
	if (rt_value_find(packet, layer, name, &list))
		rt_walk_start(walk, &list);
}

static uint32_t number_at(const uint8_t *p, unsigned bytes) { return bytes == 2 ? rt_be16(p) : p[0]; }

static const struct rt_proto *item_proto(const struct rt_list *list, uint32_t code)
{
	uint32_t key = list->code_mask ? code & list->code_mask : code;
	for (unsigned i = 0; i < list->item_count; i++)
		if (list->items[i].code == key)
			return list->items[i].proto;
	return list->other;
}

static uint32_t length_at(const struct rt_list *list)
{
	return list->length_at ? list->length_at : list->code_at + (uint32_t)list->code_bytes;
}

/* Bytes that an item has by its own rows. */
static uint32_t sized(const struct rt_walk *walk, const struct rt_proto *proto)
{
	struct rt_layer item = { .proto = proto, .at = walk->at, .end = walk->end };
	if (walk->end - walk->at < proto->header)
		return proto->header;
	if (proto->measure)
		return proto->measure(walk->frame, walk->at, walk->end);
	return proto->is_flow ? flow_size(walk->frame, &item) : proto->header;
}

/* ... and by its code and length. A length that is too small still covers code and length, else the walk would stand
 * still. */
static uint32_t coded(const struct rt_walk *walk, uint32_t code)
{
	const struct rt_list *list = walk->list;
	uint32_t left = walk->end - walk->at, least = length_at(list) + list->length_bytes;
	if (code < list->single_count)
		return list->code_bytes;
	if (left < least)
		return left;
	const uint8_t *length = walk->frame->data + walk->at + length_at(list);
	uint32_t size = number_at(length, list->length_bytes) * list->length_unit + list->length_add;
	return size < least ? least : size;
}

/* Behind the item and what fills it up. */
static uint32_t next_at(const struct rt_walk *walk, uint32_t at)
{
	uint32_t align = walk->list->align, over = align ? (at - walk->owner.at) % align : 0;
	if (over)
		at += align - over;
	return at < walk->end ? at : walk->end;
}

static bool walk_codes(struct rt_walk *walk, struct rt_layer *item)
{
	const struct rt_list *list = walk->list;
	uint32_t left = walk->end - walk->at, code = 0, size;
	if (left < (uint32_t)list->code_at + list->code_bytes)
		return false;
	if (list->code_bytes)
		code = number_at(walk->frame->data + walk->at + list->code_at, list->code_bytes);
	const struct rt_proto *proto = item_proto(list, code);
	if (!proto)
		return false;
	size = list->item_bytes ? list->item_bytes : list->is_sized ? sized(walk, proto) : coded(walk, code);
	if (size > left || size == 0)
		size = left;
	*item = (struct rt_layer){ .proto = proto, .at = walk->at, .header = size, .end = walk->at + size,
	                           .id = RT_NO_ID };
	walk->at = list->last_code == (int32_t)code ? walk->end : next_at(walk, walk->at + size);
	return true;
}

bool rt_walk_next(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->index >= walk->most || (!walk->list->next && walk->at >= walk->end))
		return false;
	walk->index++;
	return walk->list->next ? walk->list->next(walk, item) : walk_codes(walk, item);
}
