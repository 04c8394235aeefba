/* SPDX-License-Identifier: MIT */
/* value.c - one field's value as text, by its kind: as Scapy shows it, plainly, or for the default line. */
#include "value.h"

const char *value_word(const struct rt_value *value)
{
	const struct rt_names *names = value->row->names;
	uint64_t key = value->num;
	if (!names)
		return NULL;
	if (names->by_width) {
		const uint8_t *header = value->packet->frame->data + value->layer.at;
		key |= rt_bits(header, names->by_bit, names->by_width) << value->row->width;
	}
	return key <= UINT32_MAX ? rt_names_find(names, (uint32_t)key) : NULL;
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void put_word(struct rt_text *out, const struct rt_names *names, const char *word)
{
	if (!names->is_service) {
		rt_put_string(out, word);
		return;
	}
	if (word[0] >= '0' && word[0] <= '9')
		rt_put_string(out, "n_");
	for (; *word; word++)
		rt_put_char(out, is_letter_or_digit(*word) ? *word : '_');
}

void put_flags(struct rt_text *out, const struct rt_names *names, uint64_t bits)
{
	bool is_first = true;
	for (unsigned i = 0; names && i < names->count; i++) {
		if (!(bits & names->words[i].value))
			continue;
		if (!is_first && names->join)
			rt_put_char(out, names->join);
		rt_put_string(out, names->words[i].name);
		is_first = false;
	}
}

void put_time(struct rt_text *out, uint64_t time, bool is_nano)
{
	rt_put_num(out, time / 1000000000);
	rt_put_char(out, '.');
	uint32_t part = (uint32_t)(time % 1000000000);
	rt_put_num_padded(out, is_nano ? part : part / 1000, is_nano ? 9 : 6);
}

/* "12:3:4.56" as Scapy writes milliseconds since midnight: no leading zeros. */
static void put_clock(struct rt_text *out, uint32_t ms)
{
	rt_put_format(out, "%u:%u:%u.%u", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

/* ---- names --------------------------------------------------------------------------------------- */

/* The name's text, or 0: not a name. */
static int value_name(const struct rt_value *value, char text[RT_NAME_MAX])
{
	const struct rt_packet *packet = value->packet;
	const struct rt_layer *around = &value->layer;
	for (unsigned i = 0; i < packet->count; i++)
		if (packet->layer[i].at <= value->layer.at && value->layer.at < packet->layer[i].end)
			around = &packet->layer[i];
	uint32_t at = (uint32_t)(value->bytes - packet->frame->data), after;
	int size = rt_dns_name(packet->frame, around->at + around->proto->names_at, at, around->end, text, &after);
	return size < 0 ? 0 : size;
}

static void put_name(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	char text[RT_NAME_MAX];
	int size = value_name(value, text);
	if (style == RT_STYLE_SHOW) {
		rt_put_python(out, (const uint8_t *)text, (size_t)size);
		return;
	}
	if (style == RT_STYLE_LINE && size > 1)
		size--;                         /* the final dot */
	rt_put_escaped(out, (const uint8_t *)text, (size_t)size);
}

/* ---- lists ------------------------------------------------------------------------------------------ */

bool item_is_regular(const struct rt_layer *item)
{
	const struct rt_proto *proto = item->proto;
	const struct rt_row *last = &proto->rows[proto->row_count - 1];
	return item->header == proto->header || (last->width == 0 && item->header > proto->header);
}

/* The second half of a pair: what stands behind kind and length, one value or a tuple of them. */
static void put_pair_value(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item,
                           enum rt_style style);

static void put_pair(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item,
                     enum rt_style style)
{
	bool is_shown = style == RT_STYLE_SHOW;
	rt_put_char(out, is_shown ? '(' : '[');
	if (item->proto->name[0])
		rt_put_format(out, is_shown ? "'%s'" : "\"%s\"", item->proto->name);
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

static unsigned put_numbers(struct rt_text *out, const struct rt_value *list, bool is_shown)
{
	struct rt_walk walk;
	struct rt_layer item;
	struct rt_value value;
	unsigned count = 0;
	rt_walk_start(&walk, list);
	while (rt_walk_next(&walk, &item) && rt_value_get(list->packet, &item, &item.proto->rows[0], &value)) {
		if (count++)
			rt_put_string(out, is_shown ? ", " : ",");
		rt_put_value(out, &value, RT_STYLE_PLAIN);
	}
	return count;
}

/* A list of one number is that number, as Scapy unpacks it. */
static void put_number_list(struct rt_text *out, const struct rt_value *list, bool is_shown)
{
	bool is_one = list->size == list->row->list->item_bytes;
	if (!is_one)
		rt_put_char(out, is_shown ? '(' : '[');
	put_numbers(out, list, is_shown);
	if (!is_one)
		rt_put_char(out, is_shown ? ')' : ']');
}

static void put_pair_value(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item,
                           enum rt_style style)
{
	const struct rt_proto *proto = item->proto;
	bool is_shown = style == RT_STYLE_SHOW;
	const uint8_t *bytes = packet->frame->data + item->at;
	struct rt_value value;
	if (proto->row_count == 1) {
		rt_put_string(out, is_shown ? "None" : "null");
		return;
	}
	bool is_list = proto->rows[2].kind == RT_LIST;
	if (proto->rows[2].kind == RT_BYTES || !item_is_regular(item) || (is_list && (item->header - 2) % 4)) {
		put_bytes(out, bytes + 2, item->header > 2 ? item->header - 2 : 0, is_shown);
		return;
	}
	if (is_list) {
		if (rt_value_get(packet, item, &proto->rows[2], &value))
			put_number_list(out, &value, is_shown);
		return;
	}
	bool is_tuple = proto->row_count > 3;
	if (is_tuple)
		rt_put_char(out, is_shown ? '(' : '[');
	for (unsigned i = 2; i < proto->row_count; i++) {
		if (i > 2)
			rt_put_string(out, is_shown ? ", " : ",");
		if (rt_value_get(packet, item, &proto->rows[i], &value))
			rt_put_value(out, &value, RT_STYLE_PLAIN);
	}
	if (is_tuple)
		rt_put_char(out, is_shown ? ')' : ']');
}

static void put_record(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item)
{
	struct rt_value value;
	rt_put_format(out, "<%s  ", item->proto->name);
	for (unsigned i = 0; i < item->proto->row_count; i++) {
		if (!rt_value_get(packet, item, &item->proto->rows[i], &value))
			continue;
		rt_put_format(out, "%s=", item->proto->rows[i].name);
		rt_put_value(out, &value, RT_STYLE_SHOW);
		rt_put_char(out, ' ');
	}
	rt_put_string(out, "|>");
}

static void put_bare(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item)
{
	struct rt_value value;
	if (!rt_value_get(packet, item, &item->proto->rows[0], &value))
		return;
	if (value.row->kind == RT_BYTES)
		put_bytes(out, value.bytes, value.size, true);
	else
		rt_put_value(out, &value, RT_STYLE_SHOW);
}

static void put_shown_list(struct rt_text *out, const struct rt_value *value)
{
	const struct rt_list *list = value->row->list;
	struct rt_walk walk;
	struct rt_layer item;
	bool is_first = true;
	rt_put_string(out, list->is_spaced ? "[ " : "[");
	rt_walk_start(&walk, value);
	while (rt_walk_next(&walk, &item)) {
		if (!is_first)
			rt_put_string(out, ", ");
		is_first = false;
		if (list->is_pairs)
			put_pair(out, value->packet, &item, RT_STYLE_SHOW);
		else if (list->is_values)
			put_bare(out, value->packet, &item);
		else
			put_record(out, value->packet, &item);
	}
	rt_put_string(out, list->is_spaced ? " ]" : "]");
}

static void put_json_item(struct rt_text *out, const struct rt_value *value, const struct rt_layer *item)
{
	const struct rt_list *list = value->row->list;
	const struct rt_proto *proto = item->proto;
	struct rt_value field;
	bool is_first = true;
	if (list->is_pairs) {
		put_pair(out, value->packet, item, RT_STYLE_PLAIN);
		return;
	}
	if (list->is_values) {
		if (rt_value_get(value->packet, item, &proto->rows[0], &field))
			put_json_value(out, &field);
		else
			rt_put_string(out, "null");
		return;
	}
	rt_put_char(out, '{');
	for (unsigned i = 0; i < proto->row_count; i++) {
		if (!rt_value_get(value->packet, item, &proto->rows[i], &field))
			continue;
		rt_put_format(out, is_first ? "\"%s\":" : ",\"%s\":", proto->rows[i].name);
		put_json_value(out, &field);
		is_first = false;
	}
	rt_put_char(out, '}');
}

static void put_json_list(struct rt_text *out, const struct rt_value *value)
{
	struct rt_walk walk;
	struct rt_layer item;
	bool is_first = true;
	rt_put_char(out, '[');
	rt_walk_start(&walk, value);
	while (rt_walk_next(&walk, &item)) {
		if (!is_first)
			rt_put_char(out, ',');
		is_first = false;
		put_json_item(out, value, &item);
	}
	rt_put_char(out, ']');
}

/* ---- by kind -------------------------------------------------------------------------------------------- */

/* Scapy shows strings of fixed width without the zeros that fill them up. */
static void put_shown_bytes(struct rt_text *out, const struct rt_value *value)
{
	size_t size = value->size;
	while (value->row->width && size && value->bytes[size - 1] == 0)
		size--;
	rt_put_python(out, value->bytes, size);
}

static void put_enum(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	const char *word = style == RT_STYLE_PLAIN ? NULL : value_word(value);
	if (word) {
		put_word(out, value->row->names, word);
	} else if (style != RT_STYLE_PLAIN && value->row->kind == RT_XENUM) {
		rt_put_string(out, "0x");
		rt_put_hex(out, value->num, 1);
	} else {
		rt_put_num(out, value->num);
	}
	const struct rt_names *names = value->row->names;
	const char *class = style == RT_STYLE_SHOW && names && names->classes ?
	                    rt_names_find(names->classes, (uint32_t)value->num & names->class_mask) : NULL;
	if (class)
		rt_put_string(out, class);
}

void rt_put_value(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	switch ((enum rt_kind)value->row->kind) {
	case RT_NUM:   rt_put_num(out, value->num); break;
	case RT_FLAGS: put_flags(out, value->row->names, value->num); break;
	case RT_MAC:   rt_put_mac(out, value->bytes); break;
	case RT_IP4:   rt_put_ip4(out, value->bytes); break;
	case RT_IP6:   rt_put_ip6(out, value->bytes); break;
	case RT_NAME:  put_name(out, value, style); break;
	case RT_ENUM:
	case RT_XENUM: put_enum(out, value, style); break;
	case RT_TIME:  put_time(out, value->num, value->packet->frame->iface->is_nano); break;
	case RT_HEX:
		if (style == RT_STYLE_SHOW)
			rt_put_string(out, "0x");
		if (style == RT_STYLE_SHOW)
			rt_put_hex(out, value->num, 1);
		else
			rt_put_num(out, value->num);
		break;
	case RT_CLOCK:
		if (style == RT_STYLE_SHOW)
			put_clock(out, (uint32_t)value->num);
		else
			rt_put_num(out, value->num);
		break;
	case RT_BYTES:
		if (style == RT_STYLE_SHOW)
			put_shown_bytes(out, value);
		else
			rt_put_hex_bytes(out, value->bytes, value->size);
		break;
	case RT_TEXT:
		if (style == RT_STYLE_SHOW)
			rt_put_python(out, value->bytes, value->size);
		else
			rt_put_escaped(out, value->bytes, value->size);
		break;
	case RT_LIST:
		if (style == RT_STYLE_PLAIN)
			put_json_list(out, value);
		else
			put_shown_list(out, value);
		break;
	}
}

void put_json_value(struct rt_text *out, const struct rt_value *value)
{
	char name[RT_NAME_MAX];
	switch ((enum rt_kind)value->row->kind) {
	case RT_NAME:
		rt_put_json_text(out, (const uint8_t *)name, (size_t)value_name(value, name));
		break;
	case RT_TEXT:
		rt_put_json_text(out, value->bytes, value->size);
		break;
	case RT_FLAGS: case RT_MAC: case RT_IP4: case RT_IP6: case RT_BYTES:
		rt_put_char(out, '"');
		rt_put_value(out, value, RT_STYLE_PLAIN);
		rt_put_char(out, '"');
		break;
	default:
		rt_put_value(out, value, RT_STYLE_PLAIN);
	}
}

static void put_joined(struct rt_text *out, const struct rt_value *list)
{
	struct rt_walk walk;
	struct rt_layer item;
	struct rt_value value;
	rt_walk_start(&walk, list);
	for (bool is_first = true; rt_walk_next(&walk, &item); is_first = false) {
		if (!is_first)
			rt_put(out, ", ", 2);
		if (rt_value_get(list->packet, &item, &item.proto->rows[0], &value))
			rt_put_value(out, &value, RT_STYLE_SHOW);
	}
}

void put_summary_value(struct rt_text *out, const struct rt_value *value, bool is_of_item)
{
	char name[RT_NAME_MAX];
	uint8_t kind = value->row->kind;
	if (is_of_item && kind == RT_NAME) {
		rt_put_char(out, 'b');
		rt_put_python_bytes(out, (const uint8_t *)name, (size_t)value_name(value, name));
	} else if (is_of_item && kind == RT_BYTES) {
		rt_put_char(out, 'b');
		rt_put_python_bytes(out, value->bytes, value->size);
	} else if (kind == RT_LIST && value->row->list->is_spaced) {
		put_joined(out, value);
	} else {
		rt_put_value(out, value, RT_STYLE_SHOW);
	}
}
