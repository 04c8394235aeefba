/* SPDX-License-Identifier: MIT */
/* text.c - lines, words and header fields of protocols that talk in text (RFC 5322 section 2.2, RFC 9112 section 2). */
#include "text.h"

struct text_span text_line(const struct rt_frame *frame, uint32_t at, uint32_t end, uint32_t *next)
{
	const uint8_t *from = frame->data + at, *feed = at < end ? memchr(from, '\n', end - at) : NULL;
	uint32_t stop = feed ? at + (uint32_t)(feed - from) : end;
	*next = feed ? stop + 1 : end;
	if (feed && stop > at && frame->data[stop - 1] == '\r')
		stop--;
	return (struct text_span){ at, stop };
}

bool text_is_line(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t next;
	struct text_span line = text_line(frame, at, end, &next);
	for (uint32_t i = line.at; i < line.end; i++)
		if ((frame->data[i] < ' ' && frame->data[i] != '\t') || frame->data[i] > '~')
			return false;
	return line.end > line.at && next > line.end;
}

static bool is_blank(uint8_t c) { return c == ' ' || c == '\t'; }

bool text_word(const struct rt_frame *frame, struct text_span line, unsigned nth, unsigned count,
	struct text_span *word)
{
	uint32_t at = line.at, stop;
	for (unsigned i = 0; ; i++, at = stop) {
		while (at < line.end && is_blank(frame->data[at]))
			at++;
		if (at == line.end)
			return false;
		for (stop = at; stop < line.end && !is_blank(frame->data[stop]); stop++)
			;
		if (i == nth)
			break;
	}
	*word = (struct text_span){ at, nth + 1 == count ? line.end : stop };
	while (word->end > word->at && is_blank(frame->data[word->end - 1]))
		word->end--;
	return true;
}

bool text_field(const struct rt_frame *frame, struct text_span line, struct text_span *name, struct text_span *value)
{
	const uint8_t *from = frame->data + line.at;
	const uint8_t *colon = line.at < line.end ? memchr(from, ':', line.end - line.at) : NULL;
	if (!colon)
		return false;
	*name = (struct text_span){ line.at, line.at + (uint32_t)(colon - from) };
	*value = (struct text_span){ name->end + 1, line.end };
	while (value->at < value->end && is_blank(frame->data[value->at]))
		value->at++;
	while (value->end > value->at && is_blank(frame->data[value->end - 1]))
		value->end--;
	return true;
}

static uint8_t plain(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c == '-' ? '_' : c;
}

bool text_is(const struct rt_frame *frame, struct text_span span, const char *name)
{
	for (; span.at < span.end && *name; span.at++, name++)
		if (plain(frame->data[span.at]) != plain((uint8_t)*name))
			return false;
	return span.at == span.end && !*name;
}

bool text_starts(const struct rt_frame *frame, uint32_t at, uint32_t end, const char *with)
{
	size_t size = strlen(with);
	return size <= end - at && memcmp(frame->data + at, with, size) == 0;
}

bool text_find(const struct rt_frame *frame, uint32_t at, uint32_t end, const char *name, struct text_span *value)
{
	struct text_span line, found;
	for (unsigned i = 0; i < TEXT_LINES_MAX && at < end; i++) {
		line = text_line(frame, at, end, &at);
		if (text_field(frame, line, &found, value) && text_is(frame, found, name))
			return true;
	}
	return false;
}

uint32_t text_head(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	while (at < end) {
		struct text_span line = text_line(frame, at, end, &at);
		if (line.at == line.end)
			return at;
	}
	return end;
}

bool text_place_head(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                     struct rt_place *place)
{
	uint32_t fields, end = layer->at + layer->header;
	struct text_span line = text_line(frame, layer->at, end, &fields), span = { fields, end };
	unsigned nth = (unsigned)(row - layer->proto->rows);
	bool is_there = nth < TEXT_WORDS ? text_word(frame, line, nth, TEXT_WORDS, &span) :
	                row->kind == RT_LIST || text_find(frame, fields, end, row->name, &span);
	*place = text_place(layer, span);
	return is_there;
}

bool text_place_words(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	uint32_t next;
	struct text_span line = text_line(frame, layer->at, layer->at + layer->header, &next), word = { 0, 0 };
	bool is_there = text_word(frame, line, (unsigned)(row - layer->proto->rows), layer->proto->row_count, &word);
	if (is_there)
		*place = text_place(layer, word);
	return is_there;
}
