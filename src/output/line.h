/* SPDX-License-Identifier: MIT */
/* line.h - the default line and the summary; see line.c and summary.c. */
#ifndef RINGTAP_OUTPUT_LINE_H
#define RINGTAP_OUTPUT_LINE_H

#include "sentence.h"

struct line_plan {                      /* what the default line needs of one protocol                 */
	struct speech speech;
	struct rt_template prefix;      /* no steps: none                                              */
	const struct rt_row *from, *to; /* its two ends, or NULL                                       */
	bool has_addresses;             /* the ends are addresses, not ports                           */
};

struct lines { struct line_plan *plan; struct rt_arena arena; };        /* plan: by layer->id           */
struct summaries { struct speech *speech; struct rt_arena arena; };     /* speech: by layer->id         */

int  lines_open(struct lines *lines, struct rt_error *error);
void lines_close(struct lines *lines);
void put_line(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet, bool is_short,
              bool show_link);

int  summaries_open(struct summaries *summaries, struct rt_error *error);
void summaries_close(struct summaries *summaries);
/* Of the packet from layer `from` on. */
void put_summary(struct rt_text *out, const struct summaries *summaries, const struct rt_packet *packet,
                 unsigned from);

#endif
