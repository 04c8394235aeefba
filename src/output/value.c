/* SPDX-License-Identifier: MIT */
/* value.c - one field's value as text, by its kind: as Scapy shows it, plainly, or for the default line. */
#include "items.h"
#include "value.h"

/* The name of an enumeration's value, or NULL. */
static const char *value_word(const struct rt_value *value)
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

/* Fixed as Scapy fixes service names: "ftp-data" is written ftp_data. */
static void put_word(struct rt_text *out, const struct rt_names *names, const char *word)
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

static void put_time(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	bool is_nano = value->packet->frame->iface->is_nano;
	uint32_t part = (uint32_t)(value->num % 1000000000);
	(void)style;
	rt_put_num(out, value->num / 1000000000);
	rt_put_char(out, '.');
	rt_put_num_padded(out, is_nano ? part : part / 1000, is_nano ? 9 : 6);
}

/* "12:3:4.56" as Scapy writes milliseconds since midnight: no leading zeros. */
static void put_clock(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	uint32_t ms = (uint32_t)value->num;
	if (style != RT_STYLE_SHOW)
		rt_put_num(out, value->num);
	else
		rt_put_format(out, "%u:%u:%u.%u", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

/* ---- names --------------------------------------------------------------------------------------- */

static void put_readable(struct rt_text *out, const void *bytes, size_t size, enum rt_style style)
{
	if (style == RT_STYLE_SHOW)
		rt_put_python(out, bytes, size);
	else
		rt_put_escaped(out, bytes, size);
}

static void put_name(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	char text[RT_NAME_MAX];
	int size = rt_value_name(value, text);
	if (style == RT_STYLE_LINE && size > 1)
		size--;                         /* the final dot */
	put_readable(out, text, (size_t)size, style);
}

/* An address whose last bytes may be left out. */
static void put_address(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	bool is_ip6 = value->row->kind == RT_IP6 || value->row->kind == RT_PREFIX6;
	uint8_t filled[16] = { 0 };
	const uint8_t *bytes = value->bytes;
	(void)style;
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
	put_address(out, value, style);
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

static void put_oid(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	uint64_t number = 0;
	bool is_first = true;
	(void)style;
	for (uint32_t i = 0; i < value->size; i++) {
		number = number << 7 | (value->bytes[i] & 0x7f);
		if (value->bytes[i] & 0x80)
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

static int netbios_filled(const struct rt_value *value, char text[RT_NAME_MAX])
{
	int used = 0;
	for (uint32_t i = 1; i + 1 < value->size && used < RT_NAME_MAX; i += 2)
		text[used++] = (char)(((value->bytes[i] - 'A') & 0xf) << 4 | ((value->bytes[i + 1] - 'A') & 0xf));
	return used;
}

static int netbios_name(const struct rt_value *value, char text[RT_NAME_MAX])
{
	int used = netbios_filled(value, text);
	while (used && text[used - 1] == ' ')
		used--;
	return used;
}

static void put_netbios(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	char text[RT_NAME_MAX];
	int size = style == RT_STYLE_SHOW ? netbios_filled(value, text) : netbios_name(value, text);
	put_readable(out, text, (size_t)size, style);
}

/* ---- pieces -------------------------------------------------------------------------------------------- */

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

static void put_unit(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	const struct rt_names *names = value->row->names;
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
static void put_part(struct rt_text *out, uint64_t number, uint64_t per)
{
	uint64_t rest = number % per;
	rt_put_num(out, number / per);
	rt_put_char(out, '.');
	for (unsigned i = 0; i < 8 && (i == 0 || rest); i++) {
		rt_put_num(out, rest * 10 / per);
		rest = rest * 10 % per;
	}
}

static void put_maker(struct rt_text *out, uint64_t number)
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

/* ---- one function a kind -------------------------------------------------------------------------------------- */

static void put_num(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	rt_put_num(out, value->num);
	put_unit(out, value, style);
}

static void put_int(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	put_signed(out, (int64_t)value->num);
	put_unit(out, value, style);
}

static void put_fixed(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	put_part(out, value->num, value->row->names->per);
	put_unit(out, value, style);
}

static void put_hex(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	if (style != RT_STYLE_SHOW) {
		rt_put_num(out, value->num);
		return;
	}
	rt_put_string(out, "0x");
	rt_put_hex(out, value->num, 1);
}

static void put_oui(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	if (style == RT_STYLE_PLAIN)
		rt_put_num(out, value->num);
	else
		put_maker(out, value->num);
}

static void put_row_flags(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	(void)style;
	put_flags(out, value->row->names, value->num);
}

static void put_mac(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	rt_put_mac(out, value->bytes);
	if (value->row->names && style == RT_STYLE_SHOW)
		put_note(out, value);
}

static void put_bytes(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	if (style == RT_STYLE_SHOW)
		put_shown_bytes(out, value);
	else
		rt_put_hex_bytes(out, value->bytes, value->size);
}

static void put_xbytes(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	(void)style;
	rt_put_hex_bytes(out, value->bytes, value->size);
}

static void put_text(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	put_readable(out, value->bytes, value->size, style);
}

static void put_list(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	if (style == RT_STYLE_PLAIN)
		put_json_list(out, value);
	else
		put_shown_list(out, value);
}

void put_value(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	static void (*const put[])(struct rt_text *, const struct rt_value *, enum rt_style) = {
		[RT_NUM] = put_num, [RT_SEVENS] = put_num, [RT_INT] = put_int, [RT_FIXED] = put_fixed, [RT_HEX] = put_hex,
		[RT_ENUM] = put_enum, [RT_XENUM] = put_enum, [RT_OUI] = put_oui, [RT_FLAGS] = put_row_flags,
		[RT_MAC] = put_mac, [RT_IP4] = put_address, [RT_IP6] = put_address, [RT_PREFIX4] = put_prefix,
		[RT_PREFIX6] = put_prefix, [RT_BYTES] = put_bytes, [RT_XBYTES] = put_xbytes, [RT_TEXT] = put_text,
		[RT_OID] = put_oid, [RT_NETBIOS] = put_netbios, [RT_NAME] = put_name, [RT_TIME] = put_time,
		[RT_CLOCK] = put_clock, [RT_PAIR] = put_pair, [RT_LIST] = put_list,
	};
	put[value->row->kind](out, value, style);
}

void rt_put_value(struct rt_text *out, const struct rt_value *value, enum rt_style style)
{
	begin_lists(out);
	put_value(out, value, style);
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
		put_value(out, value, RT_STYLE_PLAIN);
		rt_put_char(out, '"');
		break;
	default:
		put_value(out, value, RT_STYLE_PLAIN);
	}
}

void put_summary_value(struct rt_text *out, const struct rt_value *value, bool is_of_item)
{
	char name[RT_NAME_MAX];
	uint8_t kind = value->row->kind;
	begin_lists(out);
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
		put_value(out, value, RT_STYLE_SHOW);
	}
}
