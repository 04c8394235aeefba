/* SPDX-License-Identifier: MIT */
/* ber.c - reads elements of ASN.1 one by one. Numbers of tags above 30 and lengths of unknown end are not
 * understood. */
#include "ber.h"

#define LENGTH_MAX 4u                   /* bytes of a long length                                        */

bool ber_next(const struct rt_frame *frame, uint32_t *at, uint32_t end, struct ber *ber)
{
	uint32_t from = *at + 2;
	if (*at >= end || end - *at < 2 || (frame->data[*at] & 0x1f) == 0x1f)
		return false;
	uint32_t size = frame->data[*at + 1];
	if (size & 0x80) {
		uint32_t count = size & 0x7f;
		if (count == 0 || count > LENGTH_MAX || count > end - from)
			return false;
		for (size = 0; count; count--)
			size = size << 8 | frame->data[from++];
	}
	*ber = (struct ber){ .tag = frame->data[*at], .at = *at, .from = from, .size = size,
	                     .end = size < end - from ? from + size : end };
	*at = ber->end;
	return true;
}

bool ber_expect(const struct rt_frame *frame, uint32_t *at, uint32_t end, uint8_t tag, struct ber *ber)
{
	return ber_next(frame, at, end, ber) && ber->tag == tag;
}

struct rt_place ber_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct ber *ber,
	bool is_number)
{
	uint32_t from = ber->from;
	while (is_number && ber->end - from > 1 && frame->data[from] == 0)
		from++;
	return (struct rt_place){ (from - layer->at) * 8, (ber->end - from) * 8 };
}
