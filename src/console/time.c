/* SPDX-License-Identifier: MIT */
/* time.c - when a packet came, and differences of such times: nanoseconds, written as seconds. There are no floats. */
#include "packets.h"

#define SECOND 1000000000

static const struct rt_type type_time;

struct rt_any time_value(uint64_t time) { return rt_inline(&type_time, (int64_t)time); }

static void put_seconds(struct rt_text *out, int64_t time, unsigned digits)
{
	uint64_t size = time < 0 ? 0 - (uint64_t)time : (uint64_t)time, unit = 1;
	for (unsigned i = digits; i < 9; i++)
		unit *= 10;
	size = (size + unit / 2) / unit;                /* in units of the last digit */
	const uint64_t whole = SECOND / unit;
	if (time < 0)
		rt_put_char(out, '-');
	rt_put_num(out, size / whole);
	if (digits) {
		rt_put_char(out, '.');
		rt_put_num_padded(out, size % whole, digits);
	}
}

static bool time_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	put_seconds(out, v.num, v.num % 1000 ? 9 : 6);
	return true;
}

/* {pkt.time:.3f} */
static bool time_format(struct rt_script *s, struct rt_text *out, struct rt_any v, const char *spec, size_t length)
{
	const bool has_digits = length == 3 && spec[0] == '.' && spec[1] >= '0' && spec[1] <= '9' && spec[2] == 'f';
	if (!length)
		return time_put(s, out, v, RT_FORM_STR);
	if (!has_digits && !(length == 1 && spec[0] == 'f'))
		return fail(s, RT_ValueError, "Invalid format specifier for a time: '%.*s'; .0f to .9f are known",
		            (int)length, spec);
	put_seconds(out, v.num, has_digits ? (unsigned)(spec[1] - '0') : 6);
	return true;
}

/* Nanoseconds; whole numbers are seconds. */
static bool nanoseconds(struct rt_any v, int64_t *time)
{
	*time = v.num;
	return v.type == &type_time || (is_int(v) && !__builtin_mul_overflow(v.num, (int64_t)SECOND, time));
}

static int time_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	int64_t other;
	(void)s;
	return nanoseconds(b, &other) ? relation_holds(a.num < other ? -1 : a.num > other, relation) : RT_UNKNOWN;
}

static bool time_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	uint32_t half;
	const bool is_whole = v.num % SECOND == 0;      /* equal to an int */
	if (!any_hash(s, rt_int(is_whole ? v.num / SECOND : v.num), &half))
		return false;
	*hash = half;
	return true;
}

static bool time_number(struct rt_script *s, struct rt_any v, int64_t *num)
{
	(void)s;
	*num = v.num / SECOND;
	return true;
}

static struct rt_any time_binary(struct rt_script *s, char op, struct rt_any a, struct rt_any b, bool is_swapped)
{
	int64_t left, right, result = 0;
	if ((op != '+' && op != '-') || !nanoseconds(is_swapped ? b : a, &left) ||
	    !nanoseconds(is_swapped ? a : b, &right))
		return rt_nothing();
	if (op == '+' ? __builtin_add_overflow(left, right, &result) : __builtin_sub_overflow(left, right, &result))
		return rt_raise(s, RT_OverflowError, "the time does not fit");
	return rt_inline(&type_time, result);
}

static const struct rt_type type_time = {
	.name = "time", .is_inline = true, .put = time_put, .format = time_format, .compare = time_compare,
	.hash = time_hash,
	.number = time_number, .binary = time_binary,
};
