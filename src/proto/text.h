/* SPDX-License-Identifier: MIT */
/* text.h - protocols that talk in lines: where lines, words and header fields stand. Everything is bytes of the frame,
 * bounded by `end`; nothing is copied. */
#ifndef RINGTAP_PROTO_TEXT_H
#define RINGTAP_PROTO_TEXT_H

#include <ringtap/dissect.h>

#define TEXT_LINES_MAX 128              /* budget: lines of one head                                     */
#define TEXT_WORDS     3                /* of the first line of a head                                   */

struct text_span { uint32_t at, end; }; /* bytes of the frame                                            */

/* The line at `at` without its CR LF; `*next`: where the one behind it begins, `end` if it is the last or not ended. */
struct text_span text_line(const struct rt_frame *frame, uint32_t at, uint32_t end, uint32_t *next);
/* Is there a line that is ended, not empty, and of nothing but printable ASCII, blanks and tabs? */
bool text_is_line(const struct rt_frame *frame, uint32_t at, uint32_t end);
/* The nth word (from 0) of a line of which the last of `count` words takes the rest; false: there is none. */
bool text_word(const struct rt_frame *frame, struct text_span line, unsigned nth, unsigned count,
	struct text_span *word);
/* A header line "Name: value": false if it has no colon. */
bool text_field(const struct rt_frame *frame, struct text_span line, struct text_span *name, struct text_span *value);
/* The first header line of that name, in any case; _ in `name` stands for a hyphen. */
bool text_find(const struct rt_frame *frame, uint32_t at, uint32_t end, const char *name, struct text_span *value);
bool text_is(const struct rt_frame *frame, struct text_span span, const char *name);
bool text_starts(const struct rt_frame *frame, uint32_t at, uint32_t end, const char *with);
/* Where the head ends: behind the first empty line, or `end`. */
uint32_t text_head(const struct rt_frame *frame, uint32_t at, uint32_t end);

/* The place of a row in a head: the first TEXT_WORDS rows are the words of its first line, the others header lines by
 * their names; a list gets all of those. */
bool text_place_head(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                     struct rt_place *place);
/* The place of a row that is a word of the first line; the last row takes the rest of it. */
bool text_place_words(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place);

static inline struct rt_place text_place(const struct rt_layer *layer, struct text_span span)
{
	return (struct rt_place){ (span.at - layer->at) * 8, (span.end - span.at) * 8 };
}

#endif
