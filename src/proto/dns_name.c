/* SPDX-License-Identifier: MIT */
/* dns_name.c - domain names (RFC 1035 section 4.1.4): labels, and pointers to labels that stand earlier in the
 * message. A pointer must go back behind every one before it, so following them ends. */
#include "dns.h"

#define LABELS_MAX 128                  /* a name of 255 bytes has no more                            */
#define TEXT_MAX   254                  /* 255 bytes with their lengths (section 3.1), less the root  */

uint32_t dns_skip_name(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	for (unsigned i = 0; i < LABELS_MAX && at < end; i++) {
		uint8_t size = frame->data[at];
		if ((size & 0xc0) == 0xc0)
			return end - at >= 2 ? at + 2 : end;
		if (size & 0xc0)
			return end;
		at += 1u + size;
		if (size == 0)
			return at;
	}
	return end;
}

/* Appends the label of `size` bytes and a dot; dots and unprintable bytes in it stay as they are: output
 * escapes them. */
static int add_label(char text[RT_NAME_MAX], int used, const uint8_t *label, unsigned size)
{
	if (used + (int)size + 1 > TEXT_MAX)
		return -1;
	memcpy(text + used, label, size);
	text[used + (int)size] = '.';
	return used + (int)size + 1;
}

int rt_dns_name(const struct rt_frame *frame, uint32_t message, uint32_t at, uint32_t end,
                char text[RT_NAME_MAX], uint32_t *after)
{
	uint32_t lowest = at;
	int used = 0;
	*after = dns_skip_name(frame, at, end);
	for (unsigned i = 0; i < LABELS_MAX && at < end; i++) {
		uint8_t size = frame->data[at];
		if ((size & 0xc0) == 0xc0) {
			if (end - at < 2)
				return -1;
			uint32_t target = message + (rt_be16(frame->data + at) & 0x3fffu);
			if (target >= lowest)
				return -1;
			lowest = at = target;
			continue;
		}
		if ((size & 0xc0) || size >= end - at)
			return -1;
		if (size == 0) {
			if (used == 0)
				text[used++] = '.';
			return used;
		}
		used = add_label(text, used, frame->data + at + 1, size);
		if (used < 0)
			return -1;
		at += 1u + size;
	}
	return -1;
}

/* Pointers count from the message: the innermost layer around the name. */
int rt_value_name(const struct rt_value *value, char text[RT_NAME_MAX])
{
	const struct rt_packet *packet = value->packet;
	const struct rt_layer *around = &value->layer;
	for (unsigned i = 0; i < packet->count; i++)
		if (packet->layer[i].at <= value->layer.at && value->layer.at < packet->layer[i].end)
			around = &packet->layer[i];
	uint32_t at = (uint32_t)(value->bytes - packet->frame->data), after;
	int size = rt_dns_name(packet->frame, around->at + around->proto->names_at, at, around->end, text, &after);
	return size < 0 ? 0 : size;
}
