/* SPDX-License-Identifier: MIT */
/* escape.c - bytes that may be hostile into text: JSON strings, Python's two ways to quote, and plain escapes for a
 * terminal. No control byte and no invalid UTF-8 leaves. JSON: RFC 8259 section 7. UTF-8: RFC 3629. */
#include "digits.h"

#define ALL(byte) (UINT64_MAX / 255 * (byte))
#define ANY_ZERO(word) (((word) - ALL(0x01)) & ~(word))          /* its bits 0x80 tell, as those of the next        */
#define ANY_LESS(word, byte) (((word) - ALL(byte)) & ~(word))

/* Eight bytes that stand for themselves in every text: printable ASCII without quote and backslash. */
static inline bool are_plain(const uint8_t bytes[8], char quote)
{
	uint64_t word;
	memcpy(&word, bytes, sizeof word);
	return !((word | ANY_LESS(word, 0x20) | ANY_ZERO(word ^ ALL(0x7f)) | ANY_ZERO(word ^ ALL('\\')) |
	          ANY_ZERO(word ^ ALL((uint8_t)quote))) & ALL(0x80));
}

/* How many bytes from here on do. */
static size_t plain_size(const uint8_t *bytes, size_t size, char quote)
{
	size_t n = 0;
	while (size - n >= 8 && are_plain(bytes + n, quote))
		n += 8;
	while (n < size && bytes[n] >= 0x20 && bytes[n] < 0x7f && bytes[n] != '\\' && bytes[n] != (uint8_t)quote)
		n++;
	return n;
}

/* Puts them; returns how many. */
static size_t put_plain(struct rt_text *text, const uint8_t *bytes, size_t size, char quote)
{
	size_t n = plain_size(bytes, size, quote);
	rt_put(text, (const char *)bytes, n);
	return n;
}

/* A byte as two digits, behind a `front` of 2 to 4 characters. */
static void put_byte(struct rt_text *text, const char *front, size_t size, uint8_t byte)
{
	if (!rt_text_fits(text, size + 2))
		return;
	memcpy(text->at, front, size);
	text->at = two_digits(text->at + size, byte);
}

static void put_code(struct rt_text *text, char letter, uint32_t code, unsigned width)
{
	const char front[2] = { '\\', letter };
	rt_put(text, front, sizeof front);
	rt_put_hex(text, code, width);
}

/* Bytes of the valid UTF-8 sequence at `p`, and its code point; or 0. */
static size_t utf8_length(const uint8_t *p, size_t left, uint32_t *point)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	*point = p[0];
	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n > left)
		return 0;
	uint32_t code = p[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	*point = code;
	return code < least[n] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : n;
}

void rt_put_json_text(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	rt_put_char(text, '"');
	for (size_t i = 0, n; i < size; i += n) {
		uint32_t code;
		n = put_plain(text, bytes + i, size - i, '"');
		if (n)
			continue;
		n = utf8_length(bytes + i, size - i, &code);
		if (n == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0)) {
			put_byte(text, "\\u00", 4, (uint8_t)(n ? code : bytes[i]));
			n = n ? n : 1;
			continue;
		}
		if (code == '"' || code == '\\')
			rt_put_char(text, '\\');
		rt_put(text, (const char *)bytes + i, n);
	}
	rt_put_char(text, '"');
}

void rt_put_escaped(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0, n; i < size; i += n) {
		n = put_plain(text, bytes + i, size - i, '\\');
		if (n)
			continue;
		put_byte(text, "\\x", 2, bytes[i]);
		n = 1;
	}
}

/* What Python writes for ASCII between single quotes: a table, because a decision for every byte costs more than to
 * copy four. size 0: a single quote, which depends on the quotes around. */
struct unit { char text[4]; uint8_t size; };

#define PLAIN(c)    { { (char)(c) }, 1 }
#define PLAIN4(c)   PLAIN(c), PLAIN((c) + 1), PLAIN((c) + 2), PLAIN((c) + 3)
#define PLAIN16(c)  PLAIN4(c), PLAIN4((c) + 4), PLAIN4((c) + 8), PLAIN4((c) + 12)
#define HEX(a, b)   { { '\\', 'x', a, b }, 4 }
#define HEX4(a, b, c, d, e) HEX(a, b), HEX(a, c), HEX(a, d), HEX(a, e)
#define NAMED(c)    { { '\\', c }, 2 }

static const struct unit units[128] = {
	HEX4('0', '0', '1', '2', '3'), HEX4('0', '4', '5', '6', '7'), HEX('0', '8'), NAMED('t'), NAMED('n'),
	HEX('0', 'b'), HEX('0', 'c'), NAMED('r'), HEX('0', 'e'), HEX('0', 'f'),
	HEX4('1', '0', '1', '2', '3'), HEX4('1', '4', '5', '6', '7'), HEX4('1', '8', '9', 'a', 'b'),
	HEX4('1', 'c', 'd', 'e', 'f'),
	PLAIN4(0x20), PLAIN(0x24), PLAIN(0x25), PLAIN(0x26), { { 0 }, 0 }, PLAIN4(0x28), PLAIN4(0x2c),
	PLAIN16(0x30), PLAIN16(0x40),
	PLAIN4(0x50), PLAIN4(0x54), PLAIN4(0x58), NAMED('\\'), PLAIN(0x5d), PLAIN(0x5e), PLAIN(0x5f),
	PLAIN16(0x60),
	PLAIN4(0x70), PLAIN4(0x74), PLAIN4(0x78), PLAIN(0x7c), PLAIN(0x7d), PLAIN(0x7e), HEX('7', 'f'),
};

static void put_unit(struct rt_text *text, const struct unit *unit)
{
	if ((size_t)(text->end - text->at) < sizeof unit->text) {
		rt_put(text, unit->text, unit->size);
		return;
	}
	memcpy(text->at, unit->text, sizeof unit->text);
	text->at += unit->size;
}

/* ASCII from here on, plain as far as it goes, then at most eight units; returns how many bytes that were. */
static size_t put_ascii(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	size_t n = size >= 8 && are_plain(bytes, '\'') ? put_plain(text, bytes, size, '\'') : 0;
	size_t end = size - n < 8 ? size : n + 8;
	for (; n < end && bytes[n] < 0x80 && units[bytes[n]].size; n++)
		put_unit(text, &units[bytes[n]]);
	return n;
}

/* A character that is not ASCII. */
static void put_wide(struct rt_text *text, uint32_t code, const uint8_t *bytes, size_t size)
{
	if (rt_is_printable(code))
		rt_put(text, (const char *)bytes, size);
	else if (code < 0x100)
		put_code(text, 'x', code, 2);
	else
		put_code(text, code < 0x10000 ? 'u' : 'U', code, code < 0x10000 ? 4 : 8);
}

/* Scapy's i2repr of a string field is repr(plain_str(x)): the bytes are decoded with "backslashreplace" (so
 * an invalid byte becomes the four characters \xNN, which repr doubles to \\xNN), then quoted as Python
 * does: ' unless there is ' and no ". */
static size_t put_decoded(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	uint32_t code;
	size_t n = utf8_length(bytes, size, &code);
	if (n)
		put_wide(text, code, bytes, n);
	else
		put_byte(text, "\\\\x", 3, bytes[0]);
	return n ? n : 1;
}

static size_t put_encoded(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	(void)size;
	put_byte(text, "\\x", 2, bytes[0]);
	return 1;
}

static inline __attribute__((always_inline))
void put_quoted(struct rt_text *text, const uint8_t *bytes, size_t size,
                size_t (*put_other)(struct rt_text *, const uint8_t *, size_t))
{
	char quote = memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
	rt_put_char(text, quote);
	for (size_t i = 0; i < size; ) {
		size_t n = bytes[i] >= 0x80 ? put_other(text, bytes + i, size - i)
		                            : put_ascii(text, bytes + i, size - i);
		if (!n) {
			rt_put(text, quote == '"' ? "'" : "\\'", quote == '"' ? 1 : 2);
			n = 1;
		}
		i += n;
	}
	rt_put_char(text, quote);
}

void rt_put_python(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	put_quoted(text, bytes, size, put_decoded);
}

void rt_put_python_bytes(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	put_quoted(text, bytes, size, put_encoded);
}
