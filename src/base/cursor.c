/* SPDX-License-Identifier: MIT */
/* cursor.c - bounded reads: the only place that compares a position with an end. */
#include <ringtap/base.h>

const uint8_t *rt_cursor_take(struct rt_cursor *cursor, size_t size)
{
	if (cursor->is_short || (size_t)(cursor->end - cursor->at) < size) {
		cursor->is_short = true;
		return NULL;
	}
	const uint8_t *from = cursor->at;
	cursor->at += size;
	return from;
}

uint8_t rt_cursor_u8(struct rt_cursor *cursor)
{
	const uint8_t *p = rt_cursor_take(cursor, 1);
	return p ? *p : 0;
}

uint16_t rt_cursor_be16(struct rt_cursor *cursor)
{
	const uint8_t *p = rt_cursor_take(cursor, 2);
	return p ? rt_be16(p) : 0;
}

uint32_t rt_cursor_be32(struct rt_cursor *cursor)
{
	const uint8_t *p = rt_cursor_take(cursor, 4);
	return p ? rt_be32(p) : 0;
}
