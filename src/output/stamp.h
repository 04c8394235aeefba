/* SPDX-License-Identifier: MIT */
/* stamp.h - time stamps; see stamp.c. */
#ifndef RINGTAP_OUTPUT_STAMP_H
#define RINGTAP_OUTPUT_STAMP_H

#include <ringtap/output.h>

struct stamp {                          /* start with only the first two members set                   */
	enum rt_stamp form;
	bool is_utc, has_first;
	uint64_t first, previous;       /* times of the first and the previous frame                   */
	uint64_t second;                /* what `text` says                                           */
	uint64_t span;                  /* quarter of an hour for which `offset` holds                 */
	int64_t  offset;                /* seconds of local time ahead of UTC                          */
	char     text[32];              /* "12:34:56" or "2026-11-24 12:34:56"                         */
	size_t   length;
};

void put_stamp(struct rt_text *out, struct stamp *stamp, const struct rt_frame *frame);

#endif
