/* SPDX-License-Identifier: MIT */
/* value.c - one field's value as text, by its kind: as Scapy shows it, plainly, or for the default line. */
#include "items.h"
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

/* A bit without a name is a question mark. */
void put_flags(struct rt_text *out, const struct rt_names *names, uint64_t bits)
{
	bool is_first = true;
	unsigned at = 0, count = names ? names->count : 0;
	for (uint64_t bit = 1; bit && bit <= bits; bit <<= 1) {
		if (!(bits & bit))
			continue;
		while (at < count && names->words[at].value < bit)
			at++;
		if (!is_first && names && names->join)
			rt_put_char(out, names->join);
		rt_put_string(out, at < count && names->words[at].value == bit ? names->words[at].name : "?");
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

static void put_name(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	char text[RT_NAME_MAX];
	int size = rt_value_name(value, text);
	if (style == RT_STYLE_SHOW) {
		rt_put_python(out, (const uint8_t *)text, (size_t)size);
		return;
	}
	if (style == RT_STYLE_LINE && size > 1)
		size--;                         /* the final dot */
	rt_put_escaped(out, (const uint8_t *)text, (size_t)size);
}

/* An address whose last bytes may be left out. */
static void put_address(struct rt_text *out, const struct rt_value *value, bool is_ip6)
{
	uint8_t filled[16] = { 0 };
	const uint8_t *bytes = value->bytes;
	if (value->size < (is_ip6 ? 16 : 4)) {
		memcpy(filled, bytes, value->size);
		bytes = filled;
	}
	if (is_ip6)
		rt_put_ip6(out, bytes);
	else
		rt_put_ip4(out, bytes);
}

static void put_prefix(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	const char *quote = style == RT_STYLE_SHOW ? "'" : "";
	rt_put_string(out, quote);
	put_address(out, value, value->row->kind == RT_PREFIX6);
	rt_put_char(out, '/');
	rt_put_num(out, value->num);
	rt_put_string(out, quote);
}

static void put_pair(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	rt_put_format(out, style == RT_STYLE_SHOW ? "'%u:%u'" : "%u:%u", rt_be16(value->bytes),
	              rt_be16(value->bytes + 2));
}

/* ---- object identifiers (X.690 section 8.19): seven bits a byte, the first two numbers in one ------------- */

static void put_oid(struct rt_text *out, const uint8_t *bytes, uint32_t size)
{
	uint64_t number = 0;
	bool is_first = true;
	for (uint32_t i = 0; i < size; i++) {
		number = number << 7 | (bytes[i] & 0x7f);
		if (bytes[i] & 0x80)
			continue;
		if (is_first) {
			unsigned root = number < 40 ? 0 : number < 80 ? 1 : 2;
			rt_put_format(out, "%u", root);
			number -= 40u * root;
		}
		rt_put_char(out, '.');
		rt_put_num(out, number);
		is_first = false;
		number = 0;
	}
}

/* ---- NetBIOS names (RFC 1001 section 14.1): half a byte a letter from A on, filled up with blanks ------------ */

static int netbios_name(const struct rt_value *value, char text[RT_NAME_MAX])
{
	int used = 0;
	for (uint32_t i = 1; i + 1 < value->size && used < RT_NAME_MAX; i += 2)
		text[used++] = (char)(((value->bytes[i] - 'A') & 0xf) << 4 | ((value->bytes[i + 1] - 'A') & 0xf));
	while (used && text[used - 1] == ' ')
		used--;
	return used;
}

static void put_netbios(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	char text[RT_NAME_MAX];
	size_t size = (size_t)netbios_name(value, text);
	if (style == RT_STYLE_SHOW)
		rt_put_python(out, (const uint8_t *)text, size);
	else
		rt_put_escaped(out, (const uint8_t *)text, size);
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

static void put_unit(struct rt_text *out, const struct rt_names *names, enum rt_style style)
{
	if (names && names->unit && style != RT_STYLE_PLAIN)
		rt_put_string(out, names->unit);
}

static void put_signed(struct rt_text *out, int64_t number)
{
	if (number < 0)
		rt_put_char(out, '-');
	rt_put_num(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

/* As many decimals as it takes, at least one and at most eight (a 256th has eight). */
static void put_fixed(struct rt_text *out, uint64_t number, uint64_t per)
{
	uint64_t rest = number % per;
	rt_put_num(out, number / per);
	rt_put_char(out, '.');
	for (unsigned i = 0; i < 8 && (i == 0 || rest); i++) {
		rt_put_num(out, rest * 10 / per);
		rest = rest * 10 % per;
	}
}

static void put_oui(struct rt_text *out, uint64_t number)
{
	for (int shift = 16; shift >= 0; shift -= 8) {
		rt_put_hex(out, number >> shift & 0xff, 2);
		if (shift)
			rt_put_char(out, ':');
	}
}

/* Whose address it is. */
static void put_note(struct rt_text *out, const struct rt_value *value)
{
	const struct rt_names *names = value->row->names;
	const uint8_t *header = value->packet->frame->data + value->layer.at;
	const char *note = rt_names_find(names, (uint32_t)rt_bits(header, names->by_bit, names->by_width) &
	                                        names->class_mask);
	if (note)
		rt_put_format(out, " (%s)", note);
}

void rt_put_value(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	switch ((enum rt_kind)value->row->kind) {
	case RT_NUM:
		rt_put_num(out, value->num);
		put_unit(out, value->row->names, style);
		break;
	case RT_INT:
		put_signed(out, (int64_t)value->num);
		put_unit(out, value->row->names, style);
		break;
	case RT_FIXED:
		put_fixed(out, value->num, value->row->names->per);
		put_unit(out, value->row->names, style);
		break;
	case RT_OUI:
		if (style == RT_STYLE_PLAIN)
			rt_put_num(out, value->num);
		else
			put_oui(out, value->num);
		break;
	case RT_FLAGS: put_flags(out, value->row->names, value->num); break;
	case RT_MAC:
		rt_put_mac(out, value->bytes);
		if (value->row->names && style == RT_STYLE_SHOW)
			put_note(out, value);
		break;
	case RT_IP4:   put_address(out, value, false); break;
	case RT_IP6:   put_address(out, value, true); break;
	case RT_PREFIX4:
	case RT_PREFIX6: put_prefix(out, value, style); break;
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
	case RT_PAIR:  put_pair(out, value, style); break;
	case RT_NETBIOS:
		put_netbios(out, value, style);
		break;
	case RT_OID:
		put_oid(out, value->bytes, value->size);
		break;
	case RT_XBYTES:
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
		rt_put_json_text(out, (const uint8_t *)name, (size_t)rt_value_name(value, name));
		break;
	case RT_NETBIOS:
		rt_put_json_text(out, (const uint8_t *)name, (size_t)netbios_name(value, name));
		break;
	case RT_TEXT:
		rt_put_json_text(out, value->bytes, value->size);
		break;
	case RT_FLAGS: case RT_MAC: case RT_IP4: case RT_IP6: case RT_BYTES:
	case RT_OID: case RT_XBYTES: case RT_PREFIX4: case RT_PREFIX6: case RT_PAIR:
		rt_put_char(out, '"');
		rt_put_value(out, value, RT_STYLE_PLAIN);
		rt_put_char(out, '"');
		break;
	default:
		rt_put_value(out, value, RT_STYLE_PLAIN);
	}
}

void put_summary_value(struct rt_text *out, const struct rt_value *value, bool is_of_item)
{
	char name[RT_NAME_MAX];
	uint8_t kind = value->row->kind;
	if (is_of_item && kind == RT_NAME) {
		rt_put_char(out, 'b');
		rt_put_python_bytes(out, (const uint8_t *)name, (size_t)rt_value_name(value, name));
	} else if (is_of_item && kind == RT_BYTES) {
		rt_put_char(out, 'b');
		rt_put_python_bytes(out, value->bytes, value->size);
	} else if (kind == RT_LIST && value->row->list->is_values && !is_of_item) {
		put_joined(out, value, RT_STYLE_PLAIN, ", ");
	} else if (kind == RT_LIST && value->row->list->is_spaced && !is_of_item) {
		put_joined(out, value, RT_STYLE_SHOW, ", ");
	} else {
		rt_put_value(out, value, RT_STYLE_SHOW);
	}
}
