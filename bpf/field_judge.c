/* SPDX-License-Identifier: MIT */
/* field_judge.c - field tests answered by the dissector. A packet is decoded when the first of them is asked, and
 * only once. A field that is not there makes a test false, also one with "!="; of several items of a list any may make
 * it true, but with "!=" all must differ. */
#include <strings.h>
#include <ringtap/output.h>
#include "field.h"

void field_look(struct field_look *look, const struct rt_filter *filter, const uint8_t *data, uint32_t caplen,
                uint32_t len)
{
	static const struct rt_iface nowhere = { .name = "" };
	look->dissector = filter->dissector;
	look->frame = (struct rt_frame){ .data = data, .caplen = caplen, .len = len, .iface = &nowhere,
	                                 .link = (uint16_t)filter->compiler.options.link };
	look->is_decoded = look->is_absent = false;
}

/* ---- layers and values ---------------------------------------------------------------------------------------- */

static const struct rt_packet *packet_of(struct field_look *look)
{
	if (!look->is_decoded)
		rt_decode(look->dissector, &look->frame, &look->packet);
	look->is_decoded = true;
	return &look->packet;
}

static bool find_layer(struct field_look *look, const struct rt_path *path, struct rt_layer *layer)
{
	const struct rt_packet *packet = packet_of(look);
	if (path->is_frame) {
		*layer = rt_frame_layer(packet);
		return true;
	}
	const struct rt_layer *found = rt_path_layer(path, packet);
	if (found)
		*layer = *found;
	return found != NULL;
}

static bool find_row(struct field_look *look, const struct rt_path *path, struct rt_value *value)
{
	struct rt_layer layer;
	return find_layer(look, path, &layer) && rt_path_row(path, &look->packet, &layer, value);
}

uint32_t field_number(struct field_look *look, const struct field *field)
{
	struct rt_value value;
	if (find_row(look, &field->path, &value) && rt_row_is_number(value.row))
		return (uint32_t)value.num;
	look->is_absent = true;
	return 0;
}

/* ---- comparisons ------------------------------------------------------------------------------------------------ */

static bool number_holds(uint16_t relation, uint64_t left, uint64_t right)
{
	switch (relation) {
	case SYMBOL_NOT_EQUAL:     return left != right;
	case '<':                  return left < right;
	case '>':                  return left > right;
	case SYMBOL_LESS_EQUAL:    return left <= right;
	case SYMBOL_GREATER_EQUAL: return left >= right;
	}
	return left == right;
}

/* Signed numbers are compared as if the least of them were 0; parts of a whole, with so many wholes. */
static bool value_relates(uint16_t relation, const struct rt_value *value, uint32_t number)
{
	const uint64_t zero = UINT64_C(1) << 63;
	if (value->row->kind == RT_INT)
		return number_holds(relation, value->num ^ zero, (uint64_t)(int64_t)(int32_t)number ^ zero);
	const uint64_t per = value->row->kind == RT_FIXED ? value->row->names->per : 1;
	return number_holds(relation, value->num, number * per);
}

/* What another row of the layer tells has to be the same as well. */
static bool is_pair(const struct rt_value *value, const struct fit *fit)
{
	const struct rt_names *names = value->row->names;
	if ((uint32_t)names->by_bit + names->by_width > value->layer.header * 8)
		return false;
	const uint8_t *header = value->packet->frame->data + value->layer.at;
	return value->num == fit->number && rt_bits(header, names->by_bit, names->by_width) == fit->by;
}

static bool is_same_bytes(const struct rt_value *value, const struct fit *fit)
{
	const bool is_short = value->size < fit->size && (fit->kind == FIT_PREFIX || value->row->kind == RT_IP6);
	if (value->size != fit->size && !is_short)
		return false;
	for (uint32_t i = 0; i < fit->size; i++) {
		const uint8_t byte = i < value->size ? value->bytes[i] : 0;
		if ((byte ^ fit->bytes[i]) & (fit->mask ? fit->mask[i] : 0xff))
			return false;
	}
	return fit->kind != FIT_PREFIX || fit->number == UINT32_MAX || fit->number == value->num;
}

static bool is_same_name(const struct rt_value *value, const struct fit *fit)
{
	char text[RT_NAME_MAX];
	const char *name = (const char *)fit->bytes;
	int size = rt_value_name(value, text);
	uint32_t wanted = fit->size;
	size -= size > 1;                        /* the final dot */
	wanted -= wanted > 1 && name[wanted - 1] == '.';
	return (uint32_t)size == wanted && strncasecmp(text, name, wanted) == 0;
}

/* What is no plain bytes, as it is shown; longer text than any that can be asked for may be cut. */
static size_t shown_text(const struct rt_value *value, char *text, size_t room)
{
	struct rt_text out;
	rt_text_init(&out, text, room, -1);
	rt_put_value(&out, value, RT_STYLE_PLAIN);
	return rt_text_length(&out);
}

static bool is_same_text(const struct rt_value *value, const struct fit *fit)
{
	char text[FILTER_STRING_MAX + 8];
	const size_t size = shown_text(value, text, sizeof text);
	return size == fit->size && memcmp(text, fit->bytes, size) == 0;
}

/* No value of another kind is ever the same. */
static bool is_same(const struct rt_value *value, const struct fit *fit)
{
	if (!fit)
		return false;
	switch ((enum fit_kind)fit->kind) {
	case FIT_NUMBER: return value_relates('=', value, fit->number);
	case FIT_PAIR:   return is_pair(value, fit);
	case FIT_BYTES:
	case FIT_PREFIX: return is_same_bytes(value, fit);
	case FIT_TEXT:   return is_same_text(value, fit);
	case FIT_NAME:   break;
	}
	return is_same_name(value, fit);
}

static bool is_inside(const uint8_t *bytes, size_t size, const struct field_test *test)
{
	return memmem(bytes, size, test->bytes, test->size) != NULL;
}

static bool contains(const struct rt_value *value, const struct field_test *test)
{
	char text[4 * FILTER_STRING_MAX];
	if (rt_row_is_number(value->row))
		return false;
	if (value->row->kind == RT_NAME)
		return is_inside((const uint8_t *)text, (size_t)rt_value_name(value, text), test);
	if (value->row->kind == RT_OID || value->row->kind == RT_NETBIOS)
		return is_inside((const uint8_t *)text, shown_text(value, text, sizeof text), test);
	return is_inside(value->bytes, value->size, test);
}

static bool value_holds(const struct field_test *test, const struct rt_value *value)
{
	if (test->kind == FIELD_THERE)
		return true;
	if (test->kind == FIELD_CONTAINS)
		return contains(value, test);
	const struct fit *fit = fit_find(test, value->row);
	if (fit && fit->kind == FIT_NUMBER)
		return value_relates(test->relation, value, fit->number);
	return is_same(value, fit) != (test->relation == SYMBOL_NOT_EQUAL);
}

/* ---- tests --------------------------------------------------------------------------------------------------------- */

static bool answer_layer(struct field_look *look, const struct field_test *test)
{
	struct rt_layer layer;
	if (!find_layer(look, &test->field->path, &layer))
		return false;
	return test->kind == FIELD_THERE || is_inside(look->frame.data + layer.at, layer.end - layer.at, test);
}

static bool answer_items(struct field_look *look, const struct field_test *test, const struct rt_value *list)
{
	const struct rt_path *path = &test->field->path;
	const bool is_all = test->kind == FIELD_VALUE && test->relation == SYMBOL_NOT_EQUAL;
	struct rt_walk walk;
	struct rt_layer item;
	struct rt_value value;
	bool is_one = false;
	rt_walk_start(&walk, list);
	while (rt_path_next(path, &walk, &item)) {
		if (path->field && !rt_value_find(&look->packet, &item, path->field, &value))
			continue;
		is_one = true;
		if (!path->field || value_holds(test, &value) != is_all)
			return !is_all;
	}
	return is_all && is_one;
}

bool field_answer(struct field_look *look, const struct field_test *test)
{
	const struct rt_path *path = &test->field->path;
	struct rt_value value;
	if (test->field->is_layer)
		return answer_layer(look, test);
	if (!find_row(look, path, &value))
		return false;
	if (!path->item && !path->field)
		return value_holds(test, &value);
	return value.row->kind == RT_LIST && answer_items(look, test, &value);
}
