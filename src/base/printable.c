/* SPDX-License-Identifier: MIT */
/* printable.c - a code point into: may it be shown as it is? The answer is that of Python's str.isprintable(), because
 * text is shown as Scapy shows it. Data: printable.def, 2.8 KB. */
#include <ringtap/base.h>

#define PLANE(number, ...) static const uint16_t plane_##number[] = { __VA_ARGS__ };
#include "printable.def"
#undef PLANE

struct plane { uint32_t number; size_t count; const uint16_t *changes; };

static const struct plane planes[] = {
#define PLANE(number, ...) { number, RT_COUNT(plane_##number), plane_##number },
#include "printable.def"
#undef PLANE
};

/* Every plane begins unprintable, so an odd number of changes up to the code point means printable. */
static bool is_in(const struct plane *plane, uint32_t code)
{
	size_t low = 0, high = plane->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (plane->changes[middle] <= code)
			low = middle + 1;
		else
			high = middle;
	}
	return low % 2;
}

bool rt_is_printable(uint32_t code)
{
	if (code < 0x7f)
		return code >= 0x20;
	for (size_t i = 0; i < RT_COUNT(planes); i++)
		if (planes[i].number == code >> 16)
			return is_in(&planes[i], code & 0xffff);
	return false;
}
