/* SPDX-License-Identifier: MIT */
/* nest.c - checks the layers of a packet: places, nesting, fields, lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include "nest.h"

#define CHECK(packet, holds) do { if (!(holds)) complain((packet), #holds); } while (0)

static void complain(const struct rt_packet *packet, const char *what)
{
	const struct rt_frame *frame = packet->frame;
	char hex[2 * 256 + 1] = "";
	for (uint32_t i = 0; i < frame->caplen && i < 256; i++)
		snprintf(hex + 2 * i, 3, "%02x", frame->data[i]);
	fail_msg("not so: %s\n%s of link type %u, %u bytes of %u: %s", what, layer_names(packet), frame->link,
	         frame->caplen, frame->len, hex);
}

const char *layer_names(const struct rt_packet *packet)
{
	static char text[1024];
	struct rt_text out;
	rt_text_init(&out, text, sizeof text - 1, -1);
	for (unsigned i = 0; i < packet->count; i++)
		rt_put_format(&out, i ? " / %s" : "%s", packet->layer[i].proto->name);
	*out.at = '\0';
	return text;
}

static bool is_rest(const struct rt_layer *layer)
{
	return strcmp(layer->proto->name, "Raw") == 0 || strcmp(layer->proto->name, "Padding") == 0;
}

static void check_places(const struct rt_packet *packet)
{
	uint32_t next = 0, trailers = 0;
	CHECK(packet, packet->count <= RT_LAYERS_MAX);
	for (unsigned i = 0; i < packet->count; i++) {
		const struct rt_layer *layer = &packet->layer[i];
		CHECK(packet, layer->at == next);
		CHECK(packet, layer->at + layer->header + layer->trailer <= layer->end);
		CHECK(packet, layer->end <= packet->frame->caplen);
		CHECK(packet, rt_proto_at(layer->id) == layer->proto);
		if (i && !is_rest(layer))
			CHECK(packet, layer->end <= packet->layer[i - 1].end);
		next = layer->at + layer->header;
		trailers += layer->trailer;
	}
	CHECK(packet, next + trailers == packet->frame->caplen || packet->count == RT_LAYERS_MAX);
}

static void check_short(const struct rt_packet *packet)
{
	if (packet->short_proto)
		CHECK(packet, packet->short_have < packet->short_need);
}

/* In the layer's header, or in what was laid open of it. */
static void check_value(const struct rt_packet *packet, const struct rt_layer *layer, const struct rt_value *value)
{
	const bool is_opened = value->row->is_opened;
	const uint8_t *from = is_opened ? packet->opened->bytes : packet->frame->data + layer->at;
	const uint8_t *end = from + (is_opened ? packet->opened->size : layer->header);
	CHECK(packet, value->bytes >= from && value->bytes <= end && value->size <= (size_t)(end - value->bytes));
}

/* Items of items too; `depth` for tables that contain each other, of which there are none. */
static void check_fields(const struct rt_packet *packet, const struct rt_layer *layer, unsigned depth)
{
	for (unsigned i = 0; i < layer->proto->row_count; i++) {
		struct rt_value value;
		struct rt_walk walk;
		struct rt_layer item;
		unsigned count = 0;
		if (!rt_value_get(packet, layer, &layer->proto->rows[i], &value) || !value.bytes)
			continue;
		check_value(packet, layer, &value);
		if (value.row->kind != RT_LIST)
			continue;
		CHECK(packet, depth < 4);
		for (rt_walk_start(&walk, &value); rt_walk_next(&walk, &item); count++) {
			CHECK(packet, item.at >= layer->at && item.header > 0);
			CHECK(packet, item.at + item.header <= layer->at + layer->header);
			check_fields(packet, &item, depth + 1);
		}
		CHECK(packet, count <= RT_ITEMS_MAX);
	}
}

void check_nesting(const struct rt_packet *packet)
{
	check_places(packet);
	check_short(packet);
	for (unsigned i = 0; i < packet->count; i++)
		check_fields(packet, &packet->layer[i], 0);
}
