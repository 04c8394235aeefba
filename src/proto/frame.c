/* SPDX-License-Identifier: MIT */
/* frame.c - what comes with a packet instead of in it: number, time, interface, lengths. It is the root of
 * all links: link types are values of its row `link`. Its rows have no place on the wire; `bit` tells them
 * apart. */
#include <ringtap/dissect.h>
#include "list.h"

enum { NUMBER, TIME, IFACE, CAPLEN, LEN, LINK, DIRECTION };

static const struct rt_word direction_words[] = { { 0, "unknown" }, { 1, "in" }, { 2, "out" } };

static const struct rt_row rows[] = {
	{ "number",    NUMBER,    64, RT_NUM },
	{ "time",      TIME,      64, RT_TIME },
	{ "iface",     IFACE,      0, RT_TEXT },
	{ "caplen",    CAPLEN,    32, RT_NUM },
	{ "len",       LEN,       32, RT_NUM },
	{ "link",      LINK,      16, RT_NUM, .is_aside = true },
	{ "direction", DIRECTION,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(direction_words)), .is_aside = true },
};

static bool frame_value(const struct rt_frame *frame, const struct rt_row *row, struct rt_value *value)
{
	switch (row->bit) {
	case NUMBER:    value->num = frame->number; break;
	case TIME:      value->num = frame->time; break;
	case CAPLEN:    value->num = frame->caplen; break;
	case LEN:       value->num = frame->len; break;
	case LINK:      value->num = frame->link; break;
	case DIRECTION: value->num = frame->direction; break;
	case IFACE:
		value->bytes = (const uint8_t *)frame->iface->name;
		value->size = (uint32_t)strlen(frame->iface->name);
		return value->size != 0;
	}
	return true;
}

const struct rt_proto proto_frame = {
	.name = "frame", .spec = "draft-ietf-opsawg-pcap", RT_ROWS(rows), .next = { "link" }, RT_MORE(.value = frame_value),
};
