/* SPDX-License-Identifier: MIT */
/* width.c - UTF-8 (RFC 3629), and the columns of characters: ranges of Unicode 15 (UAX 11 for the wide ones), as far as
 * terminals agree on them. No locale: routers have none. */
#include "width.h"

size_t utf8_next(const char *text, size_t size, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const uint8_t first = (uint8_t)text[0];
	const size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
	*code = length <= 1 ? first : first & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if (i >= size || ((uint8_t)text[i] & 0xc0) != 0x80) {
			*code = 0xfffd;
			return 1;
		}
		*code = *code << 6 | ((uint8_t)text[i] & 0x3fu);
	}
	const bool is_surrogate = *code >= 0xd800 && *code < 0xe000;
	if (length && *code >= least[length] && *code <= 0x10ffff && !is_surrogate)
		return length;
	*code = 0xfffd;
	return 1;
}

struct range { uint32_t low, high; };

static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count; i++)
		if (code >= ranges[i].low && code <= ranges[i].high)
			return true;
	return false;
}

static unsigned code_width(uint32_t code)
{
	static const struct range none[] = {
		{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a }, { 0x064b, 0x065f },
		{ 0x093c, 0x093c }, { 0x0941, 0x0948 }, { 0x0e31, 0x0e31 }, { 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e },
		{ 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff }, { 0x302a, 0x302d },
		{ 0x3099, 0x309a }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff }, { 0x1f3fb, 0x1f3ff },
		{ 0xe0100, 0xe01ef },
	};
	static const struct range wide[] = {
		{ 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf },
		{ 0x4e00, 0x9fff }, { 0xa000, 0xa4cf }, { 0xa960, 0xa97c }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff },
		{ 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
	};
	if (code < 0x300)
		return 1;
	return is_in(none, RT_COUNT(none), code) ? 0 : is_in(wide, RT_COUNT(wide), code) ? 2 : 1;
}

size_t cluster_next(const char *text, size_t size, size_t at, unsigned *width)
{
	uint32_t code;
	size_t length = utf8_next(text + at, size - at, &code);
	*width = code_width(code);
	for (at += length; at < size; at += length) {
		length = utf8_next(text + at, size - at, &code);
		if (code_width(code))
			break;
	}
	return at;
}

/* Where the character in front of `at` begins. */
static size_t char_back(const char *text, size_t at, uint32_t *code)
{
	for (size_t length = 1; length <= 4 && length <= at; length++)
		if (utf8_next(text + at - length, length, code) == length && *code != 0xfffd)
			return at - length;
	*code = 0xfffd;
	return at - 1;
}

size_t cluster_back(const char *text, size_t at)
{
	uint32_t code;
	while (at > 0) {
		at = char_back(text, at, &code);
		if (code_width(code))
			break;
	}
	return at;
}
