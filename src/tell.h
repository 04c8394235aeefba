/* SPDX-License-Identifier: MIT */
/* tell.h - what a person reads on standard error: errors, a filter error with its place, the closing lines. */
#ifndef RINGTAP_TELL_H
#define RINGTAP_TELL_H

#include <ringtap/filter.h>

/* "ringtap: WHAT: WHY", and the hint on a line of its own. All of these flush. */
void tell_error(struct rt_text *err, const struct rt_error *error);
/* ... for an error about the expression `text`: the expression too, with carets under what is wrong. */
void tell_filter_error(struct rt_text *err, const struct rt_error *error, const char *text);
/* How the filter of a live capture runs: what rt_capture_refusal says. */
void tell_filter(struct rt_text *err, int refusal, size_t count, const struct rt_filter *filter);
/* ... and that it runs in the kernel, but perhaps for rare packets: not worth a line that nobody asked for. */
bool tell_is_usual(int refusal, const struct rt_filter *filter);
/* How a live capture went: three lines; a fourth if the kernel cut frames. */
void tell_counts(struct rt_text *err, uint64_t captured, const struct rt_stats *stats);
/* So many packets of a file have a link type that the filter does not fit; of none nothing is told. */
void tell_misfits(struct rt_text *err, uint64_t count, const struct rt_error *why);
/* "1 packet", "2 packets". */
void put_packets(struct rt_text *out, uint64_t count);

#endif
