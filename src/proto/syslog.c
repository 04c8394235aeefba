/* SPDX-License-Identifier: MIT */
/* syslog.c - syslog over UDP (RFC 5424 section 6, RFC 3164 section 4.1): <priority>, then text of any form. The
 * priority is eight times the facility, plus the severity. */
#include "list.h"
#include "text.h"

#define DIGITS_MAX 3u

static const struct rt_row rows[] = { { "priority", 0, 0, RT_TEXT }, { "message", 0, 0, RT_TEXT } };

/* The place of the '>'; 0: there is none. */
static uint32_t find_close(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t close = at + 1;
	while (close < end && close <= at + DIGITS_MAX && frame->data[close] >= '0' && frame->data[close] <= '9')
		close++;
	return frame->data[at] == '<' && close > at + 1 && close < end && frame->data[close] == '>' ? close : 0;
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return find_close(frame, at, end) ? end - at : 0;
}

static bool place_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	uint32_t end = layer->at + layer->header, close = find_close(frame, layer->at, end);
	struct text_span span = { layer->at + 1, close };
	if (row != rows) {
		span = (struct text_span){ close + 1, end };
		while (span.end > span.at && (frame->data[span.end - 1] == '\n' || frame->data[span.end - 1] == 0))
			span.end--;
	}
	*place = text_place(layer, span);
	return close != 0;
}

const struct rt_proto proto_syslog = {
	.name = "Syslog", .spec = "RFC 5424 section 6", RT_ROWS(rows), .header = 1, .measure = measure,
	.place = place_row,
	.lines = RT_LINES({ .text = "syslog <{priority}>{message}" }),
	RT_LINKS({ "UDP", "dport", 514 }, { "UDP", "sport", 514 }),
};
