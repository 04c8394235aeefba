/* SPDX-License-Identifier: MIT */
/* field.c - reads one field of one layer: is the row there, where does it stand, what is its value?
 * Values are read when somebody asks, never before, and only from captured bytes of the header. */
#include "flow.h"
#include "list.h"

uint64_t rt_bits(const uint8_t *from, uint32_t bit, uint32_t width)
{
	const uint8_t *p = from + bit / 8;
	uint32_t skip = bit % 8;
	if (skip == 0 && width % 8 == 0) {
		switch (width) {
		case 8:  return p[0];
		case 16: return rt_be16(p);
		case 32: return rt_be32(p);
		case 64: return rt_be64(p);
		}
	}
	uint64_t value = p[0] & (0xffu >> skip);
	uint32_t have = 8 - skip;
	for (; have < width && have <= 56; have += 8)
		value = value << 8 | *++p;
	if (have >= width)
		return value >> (have - width);
	uint32_t rest = width - have;               /* 57 to 64 bits that do not start on a byte */
	return value << rest | (uint64_t)*++p >> (8 - rest);
}

static uint64_t turned(uint64_t value, uint32_t width)
{
	uint64_t out = 0;
	for (; width >= 8; width -= 8, value >>= 8)
		out = out << 8 | (value & 0xff);
	return out;
}

/* Part of a word of `word` bytes, little end first: `part` bits of it, counted from its top, stand before. */
static uint64_t little_bits(const uint8_t *from, uint32_t word, uint32_t part, uint32_t width)
{
	uint32_t last = (part + width - 1) / 8;
	uint64_t value = from[word - 1 - part / 8] & (0xffu >> part % 8);
	for (uint32_t i = part / 8 + 1; i <= last; i++)
		value = value << 8 | from[word - 1 - i];
	return value >> ((last + 1) * 8 - part - width);
}

static uint64_t sevens(const uint8_t *from, uint32_t width)
{
	uint64_t value = 0;
	for (uint32_t i = 0; i < width / 8; i++)
		value |= (uint64_t)(from[i] & 0x7f) << 7 * i;
	return value;
}

static __attribute__((noinline)) uint64_t odd_number(const uint8_t *header, const struct rt_row *row,
                                                     const struct rt_place *place)
{
	if (row->word)
		return little_bits(header + (place->bit - row->part) / 8, row->word, row->part, place->width);
	if (row->kind == RT_SEVENS)
		return sevens(header + place->bit / 8, place->width);
	uint64_t number = rt_bits(header, place->bit, place->width);
	if (row->is_little)
		number = turned(number, place->width);
	if (row->kind == RT_INT && place->width < 64 && number >> (place->width - 1))
		number |= UINT64_MAX << place->width;
	return number;
}

static inline uint64_t read_number(const uint8_t *header, const struct rt_row *row, const struct rt_place *place)
{
	if (row->word || row->is_little || row->kind == RT_INT || row->kind == RT_SEVENS)
		return odd_number(header, row, place);
	return rt_bits(header, place->bit, place->width);
}

bool when_holds(const uint8_t *header, uint32_t size, const struct rt_when *when)
{
	if ((uint32_t)when->bit + when->width > size * 8)
		return false;
	uint64_t value = rt_bits(header, when->bit, when->width);
	for (unsigned i = 0; i < when->count; i++)
		if (when->values[i] == value)
			return !when->unless;
	return when->unless;
}

bool row_is_given(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row)
{
	return !row->when || when_holds(frame->data + layer->at, layer->header, row->when);
}

static bool is_inside(const struct rt_place *place, uint64_t bits)
{
	return place->bit <= bits && place->width <= bits - place->bit;
}

/* Where a row stands that has a condition, or that its protocol places. Kept out of the way of the others. */
static __attribute__((noinline)) bool odd_place(const struct rt_frame *frame, const struct rt_layer *layer,
                                                const struct rt_row *row, struct rt_place *place)
{
	const uint64_t bits = (uint64_t)layer->header * 8;
	if (row->when && !when_holds(frame->data + layer->at, layer->header, row->when))
		return false;
	if (row->in_trailer) {
		place->bit += (layer->end - layer->at - layer->trailer) * 8;
		return row->bit + row->width <= layer->trailer * 8;
	}
	if (layer->proto->is_flow && !row->is_opened)
		flow_place(frame, layer, row, place);
	if (layer->proto->place && !layer->proto->place(frame, layer, row, place))
		return false;
	if (!is_inside(place, bits))
		return false;
	if (row->word && (place->bit < row->part || row->word * 8u > bits - (place->bit - row->part)))
		return false;
	if (place->width == 0 && row->width == 0 && !layer->proto->place && !layer->proto->is_flow)
		place->width = (uint32_t)(bits - place->bit);
	return true;
}

/* The row's bits in this layer; false when it is absent or not (wholly) inside the captured header. */
static inline bool row_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                             struct rt_place *place)
{
	const struct rt_proto *proto = layer->proto;
	const uint64_t bits = (uint64_t)layer->header * 8;
	*place = (struct rt_place){ row->bit, row->width };
	if (row->when || row->in_trailer || row->word || proto->is_flow || proto->place)
		return odd_place(frame, layer, row, place);
	if (!is_inside(place, bits))
		return false;
	if (place->width == 0)
		place->width = (uint32_t)(bits - place->bit);
	return true;
}

bool rt_row_is_number(const struct rt_row *row)
{
	return row->kind <= RT_FLAGS || row->kind == RT_TIME || row->kind == RT_CLOCK;
}

bool rt_row_is_there(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row)
{
	struct rt_place place;
	return rt_more(layer->proto)->value || (!row->is_opened && row_place(frame, layer, row, &place));
}

static inline bool read_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                            struct rt_value *value)
{
	struct rt_place place;
	if (!row_place(frame, layer, row, &place))
		return false;
	const uint8_t *header = frame->data + layer->at;
	if (rt_row_is_number(row)) {
		if (place.width == 0 || place.width > 64)
			return false;
		value->num = read_number(header, row, &place);
		return true;
	}
	value->bytes = header + place.bit / 8;
	value->size = place.width / 8;
	if (row->round)
		value->num = flow_count(frame, layer, row);
	return true;
}

static const struct rt_opened *open_layer(const struct rt_packet *packet, const struct rt_layer *layer)
{
	struct rt_opened *opened = packet->opened;
	const uint8_t *of = packet->frame->data + layer->at;
	if (opened->of != of) {
		opened->of = of;
		opened->size = rt_more(layer->proto)->open(packet, layer, opened->bytes);
	}
	return opened;
}

/* A row of what is hidden in the layer: the only header of a frame of its own. */
static __attribute__((noinline)) bool read_hidden(const struct rt_packet *packet, const struct rt_layer *layer,
                                                  const struct rt_row *row, struct rt_value *value)
{
	const struct rt_opened *opened = open_layer(packet, layer);
	struct rt_frame frame = *packet->frame;
	frame.data = opened->bytes;
	frame.caplen = frame.len = opened->size;
	const struct rt_layer whole = { .proto = layer->proto, .header = opened->size, .end = opened->size,
	                                .id = layer->id };
	return opened->size && read_row(&frame, &whole, row, value);
}

bool rt_value_get(const struct rt_packet *packet, const struct rt_layer *layer, const struct rt_row *row,
                  struct rt_value *value)
{
	value->packet = packet;
	value->row = row;
	value->layer = *layer;
	value->num = 0;
	value->bytes = NULL;
	value->size = 0;
	if (rt_more(layer->proto)->value)
		return rt_more(layer->proto)->value(packet->frame, row, value);
	if (row->is_opened)
		return read_hidden(packet, layer, row, value);
	return read_row(packet->frame, layer, row, value);
}

bool rt_value_find(const struct rt_packet *packet, const struct rt_layer *layer, const char *name,
                   struct rt_value *value)
{
	const struct rt_proto *proto = layer->proto;
	for (unsigned i = 0; i < proto->row_count; i++)
		if (strcmp(proto->rows[i].name, name) == 0 && rt_value_get(packet, layer, &proto->rows[i], value))
			return true;
	return false;
}

struct rt_layer rt_frame_layer(const struct rt_packet *packet)
{
	return (struct rt_layer){ .proto = &proto_frame, .end = packet->frame->caplen, .id = PROTO_frame };
}
