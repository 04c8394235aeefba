/* SPDX-License-Identifier: MIT */
/* text_code.c - between str and bytes: UTF-8, ASCII, Latin-1, hexadecimal. */
#include <strings.h>
#include "text_methods.h"
#include "width.h"

enum coding { CODING_UTF8, CODING_ASCII, CODING_LATIN1 };
enum mending { MEND_NOT, MEND_LEAVE_OUT, MEND_REPLACE, MEND_ESCAPE };

static bool find_word(struct rt_script *s, struct rt_any v, const char *const *words, int *which)
{
	if (is_nothing(v))
		return true;
	if (!is_str(v))
		return fail(s, RT_TypeError, "must be str, not %s", v.type->name);
	for (; *words; words += 2) {
		if (strcasecmp(words[0], as_text(v)->bytes) == 0) {
			*which = words[1][0] - '0';
			return true;
		}
	}
	return false;
}

/* (encoding, errors) are args[1] and args[2]. */
static bool find_coding(struct rt_script *s, const struct rt_any *args, int *coding, int *mending)
{
	static const char *const codings[] = {
		"utf-8", "0", "utf8", "0", "utf_8", "0", "ascii", "1", "us-ascii", "1", "latin-1", "2", "latin1", "2",
		"iso-8859-1", "2", NULL
	};
	static const char *const mendings[] = {
		"strict", "0", "ignore", "1", "replace", "2", "backslashreplace", "3", NULL
	};
	*coding = CODING_UTF8;
	*mending = MEND_NOT;
	if (!find_word(s, args[1], codings, coding))
		return !rt_failed(s) && fail(s, RT_ValueError, "unknown encoding: %s", as_text(args[1])->bytes);
	if (!find_word(s, args[2], mendings, mending))
		return !rt_failed(s) &&
		       fail(s, RT_ValueError, "unknown error handler name '%s'", as_text(args[2])->bytes);
	return true;
}

/* ---- decode ------------------------------------------------------------------------------------------- */

static struct rt_any cannot_decode(struct rt_script *s, int coding, uint8_t byte, size_t at)
{
	if (coding == CODING_ASCII)
		return rt_raise(s, RT_UnicodeDecodeError, "'ascii' codec can't decode byte 0x%02x in position %zu: "
		                "ordinal not in range(128)", byte, at);
	return rt_raise(s, RT_UnicodeDecodeError,
	                "'utf-8' codec can't decode byte 0x%02x in position %zu: invalid byte", byte, at);
}

static char *mend(char *to, int mending, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";
	if (mending == MEND_REPLACE)
		return to + utf8_put(to, 0xfffd);
	if (mending == MEND_LEAVE_OUT)
		return to;
	const char escape[4] = { '\\', 'x', digits[byte >> 4], digits[byte & 15] };
	memcpy(to, escape, 4);
	return to + 4;
}

struct rt_any bytes_decode(struct rt_script *s, struct rt_any *args, unsigned count)
{
	const struct text *from = as_text(args[0]);
	int coding, mending;
	(void)count;
	if (!find_coding(s, args, &coding, &mending))
		return rt_nothing();
	struct text *text = text_new(s, &rt_type_str, from->size < SIZE_LIMIT / 4 ? from->size * 4 : SIZE_LIMIT + 1);
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	for (size_t i = 0, n; i < from->size; i += n) {
		const uint8_t byte = (uint8_t)from->bytes[i];
		uint32_t code = byte;
		n = coding == CODING_UTF8 ? utf8_next(from->bytes + i, from->size - i, &code) : 1;
		if (byte < 0x80 || n > 1 || coding == CODING_LATIN1)
			to += utf8_put(to, code);
		else if (mending == MEND_NOT)
			return cannot_decode(s, coding, byte, i);
		else
			to = mend(to, mending, byte);
	}
	return text_of(s, &rt_type_str, text->bytes, (size_t)(to - text->bytes));
}

/* ---- encode ------------------------------------------------------------------------------------------- */

static char *mend_code(char *to, int mending, uint32_t code)
{
	if (mending == MEND_REPLACE)
		*to++ = '?';
	if (mending != MEND_ESCAPE)
		return to;
	struct rt_text out;
	rt_text_init(&out, to, 10, -1);
	rt_put_format(&out, code < 0x100 ? "\\x%02x" : code < 0x10000 ? "\\u%04x" : "\\U%08x", code);
	return out.at;
}

struct rt_any str_encode(struct rt_script *s, struct rt_any *args, unsigned count)
{
	const struct text *from = as_text(args[0]);
	int coding, mending;
	(void)count;
	if (!find_coding(s, args, &coding, &mending))
		return rt_nothing();
	if (coding == CODING_UTF8)
		return text_of(s, &rt_type_bytes, from->bytes, from->size);
	const uint32_t end = coding == CODING_ASCII ? 0x80 : 0x100;
	struct text *text = text_new(s, &rt_type_bytes, from->size < SIZE_LIMIT / 5 ? from->size * 5 : SIZE_LIMIT + 1);
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	size_t at = 0;
	for (size_t i = 0; i < from->size; at++) {
		uint32_t code;
		i += utf8_next(from->bytes + i, from->size - i, &code);
		if (code < end)
			*to++ = (char)code;
		else if (mending == MEND_NOT)
			return rt_raise(s, RT_UnicodeEncodeError,
			                code < 0x100 ? "'%s' codec can't encode character '\\x%02x' in position %zu: "
			                               "ordinal not in range(%u)"
			                             : "'%s' codec can't encode character '\\u%04x' in position %zu: "
			                               "ordinal not in range(%u)",
			                end == 0x80 ? "ascii" : "latin-1", code, at, end);
		else
			to = mend_code(to, mending, code);
	}
	return text_of(s, &rt_type_bytes, text->bytes, (size_t)(to - text->bytes));
}

/* ---- hexadecimal -------------------------------------------------------------------------------------- */

struct rt_any bytes_hex(struct rt_script *s, struct rt_any *args, unsigned count)
{
	static const char digits[] = "0123456789abcdef";
	const struct text *from = as_text(args[0]);
	int64_t group = 1;
	(void)count;
	if (args[1].type && (!is_str(args[1]) || as_text(args[1])->size != 1))
		return rt_raise(s, RT_ValueError, "sep must be length 1.");
	if (args[2].type && !any_int(s, args[2], &group))
		return rt_nothing();
	struct text *text = text_new(s, &rt_type_str, from->size * 3ul);
	if (!text)
		return rt_nothing();
	const bool has_sign = args[1].type && group;
	const uint64_t every = group < 0 ? 0 - (uint64_t)group : (uint64_t)group;
	char *to = text->bytes;
	for (uint32_t i = 0; i < from->size; i++) {
		/* groups are counted from the right, or, if negative, from the left */
		if (i && has_sign && (group > 0 ? from->size - i : i) % every == 0)
			*to++ = *as_text(args[1])->bytes;
		*to++ = digits[(uint8_t)from->bytes[i] >> 4];
		*to++ = digits[(uint8_t)from->bytes[i] & 15];
	}
	return text_of(s, &rt_type_str, text->bytes, (size_t)(to - text->bytes));
}

static int digit_value(char c)
{
	return is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

struct rt_any bytes_fromhex(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)count;
	if (!is_str(args[1]))
		return rt_raise(s, RT_TypeError, "fromhex() argument must be str, not %s", args[1].type->name);
	const struct text *from = as_text(args[1]);
	struct text *text = text_new(s, &rt_type_bytes, from->size / 2);
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	for (uint32_t i = 0; i < from->size; ) {
		if (is_space(from->bytes[i])) {
			i++;
			continue;
		}
		const int high = digit_value(from->bytes[i]);
		const int low = i + 1 < from->size ? digit_value(from->bytes[i + 1]) : -1;
		if (high < 0 || low < 0)
			return rt_raise(s, RT_ValueError,
			                "non-hexadecimal number found in fromhex() arg at position %u",
			                high < 0 ? i : i + 1);
		*to++ = (char)(high << 4 | low);
		i += 2;
	}
	text->size = (uint32_t)(to - text->bytes);
	text_counted(text);
	return rt_any_of(&text->head);
}
