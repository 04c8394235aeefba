/* SPDX-License-Identifier: MIT */
/* walk.c - over the items of a list row: code, length and value as struct rt_list describes them, or as
 * its own `next` places them. Every item is at least one byte and a list has at most RT_ITEMS_MAX. */
#include <ringtap/dissect.h>

void rt_walk_start(struct rt_walk *walk, const struct rt_value *list)
{
	const struct rt_frame *frame = list->packet->frame;
	uint32_t at = (uint32_t)(list->bytes - frame->data);
	*walk = (struct rt_walk){ .frame = frame, .list = list->row->list, .owner = list->layer,
	                          .at = at, .end = at + list->size };
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

/* Bytes of the item at the walk's position. A length that is too small still covers code and length
 * (else the walk would stand still); one that is too big takes what there is. */
static uint32_t item_size(const struct rt_walk *walk, uint32_t code)
{
	const struct rt_list *list = walk->list;
	const uint8_t *p = walk->frame->data + walk->at;
	uint32_t left = walk->end - walk->at, least = (uint32_t)list->code_bytes + list->length_bytes;
	if (list->item_bytes)
		return list->item_bytes < left ? list->item_bytes : left;
	if (code < list->single_count || left < least)
		return left < list->code_bytes ? left : list->code_bytes;
	uint32_t size = number_at(p + list->code_bytes, list->length_bytes) * list->length_unit + list->length_add;
	if (size < least)
		size = least;
	return size < left ? size : left;
}

static bool walk_codes(struct rt_walk *walk, struct rt_layer *item)
{
	const struct rt_list *list = walk->list;
	if (walk->end - walk->at < list->code_bytes)
		return false;
	uint32_t code = list->code_bytes ? number_at(walk->frame->data + walk->at, list->code_bytes) : 0;
	uint32_t size = item_size(walk, code);
	*item = (struct rt_layer){ .proto = item_proto(list, code), .at = walk->at, .header = size,
	                           .end = walk->at + size, .id = RT_NO_ID };
	walk->at = list->last_code == (int32_t)code ? walk->end : walk->at + size;
	return item->proto != NULL;
}

bool rt_walk_next(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->index >= RT_ITEMS_MAX || (!walk->list->next && walk->at >= walk->end))
		return false;
	walk->index++;
	return walk->list->next ? walk->list->next(walk, item) : walk_codes(walk, item);
}
