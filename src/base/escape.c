/* SPDX-License-Identifier: MIT */
/* escape.c - bytes that may be hostile into text: JSON strings, Python's two ways to quote, and plain escapes for a
 * terminal. No control byte and no invalid UTF-8 leaves. JSON: RFC 8259 section 7. UTF-8: RFC 3629. */
#include <ringtap/base.h>

static void put_escape(struct rt_text *text, const char *front, size_t size, unsigned value, unsigned width)
{
	const uint8_t byte = (uint8_t)value;
	rt_put(text, front, size);
	if (width == 2)
		rt_put_hex_bytes(text, &byte, 1);
	else
		rt_put_hex(text, value, width);
}

/* Bytes of the valid UTF-8 sequence at `p`, and its code point; or 0. */
static size_t utf8_length(const uint8_t *p, size_t left, uint32_t *point)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3
	         : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
	*point = p[0];
	if (n < 2 || n > left)
		return n == 1 ? 1 : 0;
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
	for (size_t i = 0; i < size; ) {
		uint32_t code;
		size_t n = utf8_length(bytes + i, size - i, &code);
		if (n == 0) {
			put_escape(text, "\\u", 2, bytes[i], 4);
			n = 1;
		} else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
			put_escape(text, "\\u", 2, code, 4);
		} else {
			if (code == '"' || code == '\\')
				rt_put_char(text, '\\');
			rt_put(text, (const char *)bytes + i, n);
		}
		i += n;
	}
	rt_put_char(text, '"');
}

void rt_put_escaped(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] >= 0x20 && bytes[i] < 0x7f && bytes[i] != '\\')
			rt_put_char(text, (char)bytes[i]);
		else
			put_escape(text, "\\x", 2, bytes[i], 2);
	}
}

/* What Python writes behind a backslash for this character; 0: it has no such letter. */
static char letter_of(uint32_t code, char quote)
{
	switch (code) {
	case '\n': return 'n';
	case '\r': return 'r';
	case '\t': return 't';
	case '\\': return '\\';
	default:   return code == (uint8_t)quote ? quote : '\0';
	}
}

/* Scapy's i2repr of a string field is repr(plain_str(x)): the bytes are decoded with "backslashreplace" (so
 * an invalid byte becomes the four characters \xNN, which repr doubles to \\xNN), then quoted as Python
 * does: ' unless there is ' and no ". */
static void put_python_char(struct rt_text *text, uint32_t code, const uint8_t *bytes, size_t size, char quote)
{
	char named = letter_of(code, quote);
	if (named) {
		rt_put_char(text, '\\');
		rt_put_char(text, named);
	} else if (rt_is_printable(code)) {
		rt_put(text, (const char *)bytes, size);
	} else if (code < 0x100) {
		put_escape(text, "\\x", 2, code, 2);
	} else {
		put_escape(text, code < 0x10000 ? "\\u" : "\\U", 2, code, code < 0x10000 ? 4 : 8);
	}
}

void rt_put_python(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	bool has_single = memchr(bytes, '\'', size), has_double = memchr(bytes, '"', size);
	char quote = has_single && !has_double ? '"' : '\'';
	rt_put_char(text, quote);
	for (size_t i = 0, n; i < size; i += n) {
		uint32_t code;
		n = utf8_length(bytes + i, size - i, &code);
		if (n) {
			put_python_char(text, code, bytes + i, n, quote);
		} else {
			put_escape(text, "\\\\x", 3, bytes[i], 2);
			n = 1;
		}
	}
	rt_put_char(text, quote);
}

void rt_put_python_bytes(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	char quote = memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
	rt_put_char(text, quote);
	for (size_t i = 0; i < size; i++) {
		uint8_t c = bytes[i];
		char named = letter_of(c, quote);
		if (named) {
			rt_put_char(text, '\\');
			rt_put_char(text, named);
		} else if (c >= 0x20 && c < 0x7f) {
			rt_put_char(text, (char)c);
		} else {
			put_escape(text, "\\x", 2, c, 2);
		}
	}
	rt_put_char(text, quote);
}
