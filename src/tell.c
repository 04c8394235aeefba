/* SPDX-License-Identifier: MIT */
/* tell.c - what a person reads on standard error. */
#include <errno.h>
#include <linux/filter.h>
#include "tell.h"

#define AROUND 60               /* bytes of a long expression shown on each side of what is wrong      */

static void put_hint(struct rt_text *err, const struct rt_error *error)
{
	if (error->hint[0])
		rt_put_format(err, "%s\n", error->hint);
	rt_text_flush(err);
}

void tell_error(struct rt_text *err, const struct rt_error *error)
{
	rt_put_format(err, "ringtap: %s\n", error->what);
	put_hint(err, error);
}

/* One column a byte, so that the carets stand right. */
static void put_byte(struct rt_text *err, char c)
{
	bool is_blank = c == ' ' || (c >= '\t' && c <= '\r');
	rt_put_char(err, is_blank ? ' ' : c > ' ' && c < 127 ? c : '?');
}

/* The error may stand one behind the last byte: something is missing there. */
static void put_place(struct rt_text *err, const char *text, size_t at, size_t carets)
{
	size_t size = strlen(text), from = at > AROUND ? at - AROUND : 0;
	size_t to = size - from > 2 * AROUND ? from + 2 * AROUND : size;
	rt_put_string(err, "  ");
	for (size_t i = from; i < to; i++)
		put_byte(err, text[i]);
	rt_put_string(err, "\n  ");
	rt_put_spaces(err, at - from);
	for (size_t i = 0; i == 0 || (i < carets && at + i < to); i++)
		rt_put_char(err, '^');
	rt_put_char(err, '\n');
}

void tell_filter_error(struct rt_text *err, const struct rt_error *error, const char *text)
{
	size_t column = error->column > 0 ? (size_t)error->column : 0;
	rt_put_string(err, "ringtap: filter");
	if (column)
		rt_put_format(err, ", column %zu", column);
	rt_put_format(err, ": %s\n", error->what);
	if (column && column <= strlen(text) + 1)
		put_place(err, text, column - 1, error->length > 0 ? (size_t)error->length : 1);
	put_hint(err, error);
}

#define TEST_MAX 60             /* bytes of a test that a line shows                                   */

/* Why the kernel cannot decide alone about any packet, or only not about rare ones. */
static void put_rest(struct rt_text *err, const struct rt_filter *filter)
{
	const char *test = rt_filter_rest_text(filter);
	if (rt_filter_rest(filter) & RT_FILTER_TAGS) {
		rt_put_string(err, "the kernel counts bytes without the VLAN tag that it moves aside");
		return;
	}
	size_t size = 0;
	for (; test && test[size] && size < TEST_MAX; size++)
		put_byte(err, test[size]);
	rt_put_format(err, "%s is more than a program can tell", test && test[size] ? "..." : "");
}

static void put_refusal(struct rt_text *err, int refusal, size_t count, const struct rt_filter *filter)
{
	rt_put_string(err, "in ringtap: ");
	if (refusal == EOPNOTSUPP)
		put_rest(err, filter);
	else if (refusal == E2BIG)
		rt_put_format(err, "%zu instructions are more than the kernel takes (%d)", count, BPF_MAXINSNS);
	else if (refusal == ENOMEM)
		rt_put_format(err, "%zu instructions are more than net.core.optmem_max allows", count);
	else
		rt_put_format(err, "the kernel refuses its %zu instructions: %s", count, rt_errno_text(refusal));
	rt_put_string(err, "; a wider one runs in the kernel\n");
}

bool tell_is_usual(int refusal, const struct rt_filter *filter)
{
	const bool is_rare = refusal == EOPNOTSUPP && rt_filter_rest(filter) == RT_FILTER_FIELDS && !rt_filter_rest_text(filter);
	return !refusal || is_rare;
}

void tell_filter(struct rt_text *err, int refusal, size_t count, const struct rt_filter *filter)
{
	rt_put_string(err, "ringtap: filter: ");
	if (tell_is_usual(refusal, filter)) {
		rt_put_format(err, "%zu instruction%s in the kernel", count, count == 1 ? "" : "s");
		rt_put_string(err, refusal ? "; in ringtap, packets in packets and other rare ones\n" : "\n");
	} else {
		put_refusal(err, refusal, count, filter);
	}
	rt_text_flush(err);
}

void put_packets(struct rt_text *out, uint64_t count)
{
	rt_put_num(out, count);
	rt_put_string(out, count == 1 ? " packet" : " packets");
}

void tell_counts(struct rt_text *err, uint64_t captured, const struct rt_stats *stats)
{
	const struct { uint64_t count; const char *what; bool always; } lines[] = {
		{ captured,        " captured",            true },
		{ stats->received, " received by filter",  true },
		{ stats->dropped,  " dropped by kernel",   true },
		{ stats->cut,      " cut to fit the ring", false },
	};
	for (size_t i = 0; i < RT_COUNT(lines); i++) {
		if (!lines[i].always && !lines[i].count)
			continue;
		put_packets(err, lines[i].count);
		rt_put_format(err, "%s\n", lines[i].what);
	}
	rt_text_flush(err);
}

void tell_misfits(struct rt_text *err, uint64_t count, const struct rt_error *why)
{
	if (!count)
		return;
	rt_put_string(err, "ringtap: ");
	put_packets(err, count);
	rt_put_format(err, " left out, because the filter does not fit %s link type: %s\n", count == 1 ? "its" : "their",
	              why->what);
	rt_text_flush(err);
}
