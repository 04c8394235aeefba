/* SPDX-License-Identifier: MIT */
/* printable.c - a code point into: may it be shown as it is? The answer is that of Python's str.isprintable(), because
 * text is shown as Scapy shows it. Data: printable.def, 3.3 KB. */
#include <ringtap/base.h>

#define PLANE(number, ...) static const uint16_t plane_##number[] = { __VA_ARGS__ };
#define PAGES(...) static const uint16_t pages[] = { __VA_ARGS__ };
#include "printable.def"
#undef PLANE
#undef PAGES

struct plane { uint32_t number; size_t count; const uint16_t *changes; };

static const struct plane planes[] = {
#define PAGES(...)
#define PLANE(number, ...) { number, RT_COUNT(plane_##number), plane_##number },
#include "printable.def"
#undef PLANE
#undef PAGES
};

/* The code point lies between changes[low - 1] and changes[high]. Every plane begins unprintable, so an odd number of
 * changes up to it means printable. */
static bool is_in(const uint16_t *changes, size_t low, size_t high, uint32_t code)
{
	for (size_t half, left = high - low; left; left -= half) {      /* without guesses: text may be random */
		half = (left + 1) / 2;
		low += changes[low + half - 1] <= code ? half : 0;
	}
	return low % 2;
}

bool rt_is_printable(uint32_t code)
{
	if (code < 0x7f)
		return code >= 0x20;
	if (code < 0x10000)
		return is_in(plane_0, pages[code >> 8], pages[(code >> 8) + 1], code);
	for (size_t i = 1; i < RT_COUNT(planes); i++)
		if (planes[i].number == code >> 16)
			return is_in(planes[i].changes, 0, planes[i].count, code & 0xffff);
	return false;
}
