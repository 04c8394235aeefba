/* SPDX-License-Identifier: MIT */
/* stamp.c - the time before a line, in tcpdump's forms. The text of a second is made once and reused; the zone's
 * offset is asked for once a quarter of an hour, because zones change only there. */
#include <time.h>
#include "stamp.h"

#define SECOND  1000000000ull
#define QUARTER 900u
#define DAY     86400

static void find_offset(struct stamp *stamp, uint64_t second)
{
	struct tm local;
	time_t time = (time_t)second;
	stamp->span = second / QUARTER;
	stamp->offset = 0;
	if (!stamp->is_utc && localtime_r(&time, &local))
		stamp->offset = local.tm_gmtoff;
}

/* Days since 1970-01-01 to a date: years that begin in March, so that leap days come last. */
static void put_date(struct rt_text *out, int64_t days)
{
	int64_t shifted = days + 719468, era = shifted / 146097;
	uint32_t day = (uint32_t)(shifted - era * 146097);
	uint32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	uint32_t of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
	uint32_t date = of_year - (153 * month + 2) / 5 + 1;
	month = month < 10 ? month + 3 : month - 9;
	rt_put_num_padded(out, (uint64_t)era * 400 + year + (month <= 2), 4);
	rt_put_char(out, '-');
	rt_put_num_padded(out, month, 2);
	rt_put_char(out, '-');
	rt_put_num_padded(out, date, 2);
	rt_put_char(out, ' ');
}

static void put_clock(struct rt_text *out, uint64_t seconds)
{
	rt_put_num_padded(out, seconds / 3600, 2);
	rt_put_char(out, ':');
	rt_put_num_padded(out, seconds / 60 % 60, 2);
	rt_put_char(out, ':');
	rt_put_num_padded(out, seconds % 60, 2);
}

static void make_text(struct stamp *stamp, uint64_t second)
{
	struct rt_text out;
	if (stamp->span != second / QUARTER || !stamp->length)
		find_offset(stamp, second);
	int64_t local = (int64_t)second + stamp->offset;
	int64_t day = local / DAY - (local % DAY < 0);          /* below 0: west of Greenwich, 1969 */
	rt_text_init(&out, stamp->text, sizeof stamp->text, -1);
	if (stamp->form == RT_STAMP_DATE)
		put_date(&out, day);
	put_clock(&out, (uint64_t)(local - day * DAY));
	stamp->second = second;
	stamp->length = rt_text_length(&out);
}

static void put_fraction(struct rt_text *out, uint64_t time, bool is_nano)
{
	uint32_t part = (uint32_t)(time % SECOND);
	rt_put_char(out, '.');
	rt_put_num_padded(out, is_nano ? part : part / 1000, is_nano ? 9 : 6);
}

/* Since the previous or the first frame: " 00:00:00.000100", with a sign in front when time went back. */
static void put_difference(struct rt_text *out, uint64_t from, uint64_t to, bool is_nano)
{
	uint64_t span = to < from ? from - to : to - from;
	rt_put_char(out, to < from ? '-' : ' ');
	put_clock(out, span / SECOND);
	put_fraction(out, span, is_nano);
}

void put_stamp(struct rt_text *out, struct stamp *stamp, const struct rt_frame *frame)
{
	bool is_nano = frame->iface->is_nano;
	if (stamp->form == RT_STAMP_NONE)
		return;
	if (!stamp->has_first) {
		stamp->has_first = true;
		stamp->first = stamp->previous = frame->time;
	}
	if (stamp->form == RT_STAMP_DELTA || stamp->form == RT_STAMP_FIRST) {
		uint64_t from = stamp->form == RT_STAMP_DELTA ? stamp->previous : stamp->first;
		put_difference(out, from, frame->time, is_nano);
		stamp->previous = frame->time;
	} else if (stamp->form == RT_STAMP_EPOCH) {
		rt_put_num(out, frame->time / SECOND);
		put_fraction(out, frame->time, is_nano);
	} else {
		if (stamp->second != frame->time / SECOND || !stamp->length)
			make_text(stamp, frame->time / SECOND);
		rt_put(out, stamp->text, stamp->length);
		put_fraction(out, frame->time, is_nano);
	}
	rt_put_char(out, ' ');
}
