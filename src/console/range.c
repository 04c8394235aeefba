/* SPDX-License-Identifier: MIT */
/* range.c - range objects, and what [start:stop:step] means for something of a length: which indices, how many. */
#include "machine.h"

/* ---- indices ------------------------------------------------------------------------------------------ */

bool index_within(int64_t *index, int64_t length)
{
	if (*index < 0)
		*index += length;
	return *index >= 0 && *index < length;
}

static int64_t count_steps(int64_t start, int64_t stop, int64_t step)
{
	if (step > 0 ? start >= stop : start <= stop)
		return 0;
	const uint64_t span = step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
	const uint64_t by = step > 0 ? (uint64_t)step : 0 - (uint64_t)step, count = (span - 1) / by + 1;
	return count > INT64_MAX ? -1 : (int64_t)count;
}

static bool slice_part(struct rt_script *s, struct rt_any part, int64_t otherwise, int64_t *num)
{
	*num = part.type == &rt_type_none ? otherwise : part.num;
	return part.type == &rt_type_none || is_int(part) ||
	       fail(s, RT_TypeError, "slice indices must be integers or None or have an __index__ method");
}

/* From the end if negative; then between `low` and `high`. */
static int64_t clamped(int64_t index, int64_t length, int64_t low, int64_t high)
{
	if (index < 0)
		index += length;
	return index < low ? low : index > high ? high : index;
}

bool slice_bounds(struct rt_script *s, const struct rt_any parts[3], int64_t length, struct range *range)
{
	if (!slice_part(s, parts[2], 1, &range->step))
		return false;
	if (!range->step)
		return fail(s, RT_ValueError, "slice step cannot be zero");
	if (range->step == INT64_MIN)
		range->step++;
	const bool is_back = range->step < 0;
	const int64_t low = is_back ? -1 : 0, high = is_back ? length - 1 : length;
	if (!slice_part(s, parts[0], is_back ? INT64_MAX : 0, &range->start) ||
	    !slice_part(s, parts[1], is_back ? INT64_MIN : INT64_MAX, &range->stop))
		return false;
	range->start = clamped(range->start, length, low, high);
	range->stop = clamped(range->stop, length, low, high);
	range->count = count_steps(range->start, range->stop, range->step);
	return true;
}

/* ---- range objects ------------------------------------------------------------------------------------ */

static struct rt_any range_of(struct rt_script *s, const struct range *from)
{
	struct range *range = (struct range *)(void *)rt_object_new(s, &type_range, sizeof *range);
	if (!range)
		return rt_nothing();
	range->start = from->start;
	range->stop = from->stop;
	range->step = from->step;
	range->count = from->count;
	return rt_any_of(&range->head);
}

static struct rt_any range_new(struct rt_script *s, int64_t start, int64_t stop, int64_t step)
{
	if (!step)
		return rt_raise(s, RT_ValueError, "range() arg 3 must not be zero");
	const struct range range = {
		.start = start, .stop = stop, .step = step, .count = count_steps(start, stop, step)
	};
	return range.count < 0 ? rt_raise(s, RT_OverflowError, "this range is too long") : range_of(s, &range);
}

NATIVE(range_make)
{
	int64_t parts[3] = { 0, 0, 1 };
	for (unsigned i = 0; i < count; i++)
		if (!any_int(s, args[i + 1], &parts[count == 1 ? 1 : i]))
			return rt_nothing();
	return range_new(s, parts[0], parts[1], parts[2]);
}

static int64_t range_at(const struct range *range, int64_t index)
{
	return (int64_t)((uint64_t)range->start + (uint64_t)index * (uint64_t)range->step);
}

static bool range_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	const struct range *range = as_range(v);
	(void)s, (void)form;
	rt_put_format(out, "range(%lld, %lld", (long long)range->start, (long long)range->stop);
	if (range->step != 1)
		rt_put_format(out, ", %lld", (long long)range->step);
	rt_put_char(out, ')');
	return true;
}

static struct rt_any range_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	int64_t index;
	if (!is_index(key))
		return rt_raise(s, RT_TypeError, "range indices must be integers or slices, not %s", key.type->name);
	if (!any_int(s, key, &index))
		return rt_nothing();
	if (!index_within(&index, as_range(v)->count))
		return rt_raise(s, RT_IndexError, "range object index out of range");
	return rt_int(range_at(as_range(v), index));
}

static struct rt_any range_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	const struct range *range = as_range(v);
	struct range part;
	if (!slice_bounds(s, parts, range->count, &part))
		return rt_nothing();
	const struct rt_any step = any_binary(s, '*', rt_int(range->step), rt_int(part.step), false);
	if (is_nothing(step))
		return step;
	part.start = range_at(range, part.start);
	part.stop = range_at(range, part.stop);
	part.step = step.num;
	return range_of(s, &part);
}

static int64_t range_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return as_range(v)->count;
}

static uint64_t size_of_step(const struct range *range)
{
	return range->step > 0 ? (uint64_t)range->step : 0 - (uint64_t)range->step;
}

/* How far x is from where the range begins, in its direction. */
static uint64_t way_to(const struct range *range, int64_t x)
{
	const uint64_t way = (uint64_t)x - (uint64_t)range->start;
	return range->step > 0 ? way : 0 - way;
}

static int range_contains(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	const struct range *range = as_range(v);
	(void)s;
	if (!is_int(item) || !range->count)
		return 0;
	const int64_t last = range_at(range, range->count - 1), x = item.num;
	const bool is_between = range->step > 0 ? x >= range->start && x <= last : x <= range->start && x >= last;
	return is_between && way_to(range, x) % size_of_step(range) == 0;
}

static int range_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	(void)s;
	if (state[0] >= as_range(v)->count)
		return 0;
	*item = rt_int(range_at(as_range(v), state[0]++));
	return 1;
}

/* Equal when they give the same numbers. */
static int range_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	(void)s;
	if (b.type != &type_range || (relation != RT_EQUAL && relation != RT_NOT_EQUAL))
		return RT_UNKNOWN;
	const struct range *x = as_range(a), *y = as_range(b);
	const bool is_equal =
		x->count == y->count && (!x->count || (x->start == y->start && (x->count == 1 || x->step == y->step)));
	return is_equal == (relation == RT_EQUAL);
}

static bool range_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	const struct range *range = as_range(v);
	const int64_t parts[3] = { range->count, range->count ? range->start : 0, range->count > 1 ? range->step : 0 };
	*hash = hash_bytes(s, parts, sizeof parts);
	return true;
}

static struct rt_any range_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	const struct range *range = as_range(v);
	(void)s;
	return strcmp(site->name, "start") == 0 ? rt_int(range->start)
	     : strcmp(site->name, "stop") == 0  ? rt_int(range->stop)
	     : strcmp(site->name, "step") == 0  ? rt_int(range->step)
	                                        : rt_nothing();
}

NATIVE(method_count)
{
	return rt_int(range_contains(s, args[0], args[1]));
}

NATIVE(method_index)
{
	const struct range *range = as_range(args[0]);
	if (range_contains(s, args[0], args[1]))
		return rt_int((int64_t)(way_to(range, args[1].num) / size_of_step(range)));
	const struct rt_any text = any_text(s, args[1], RT_FORM_REPR);
	return is_nothing(text) ? text : rt_raise(s, RT_ValueError, "%s is not in range", as_text(text)->bytes);
}

static const struct rt_method range_methods[] = {
	{ "count", method_count, 1, 1, 0, NULL },
	{ "index", method_index, 1, 1, 0, NULL },
	{ NULL }
};

static const struct rt_method range_maker = { "range", range_make, 1, 3, 0, NULL, true };

const struct rt_type type_range = {
	.name = "range",
	.maker = &range_maker,
	.methods = range_methods,
	.put = range_put,
	.get = range_get,
	.item = range_item,
	.slice = range_slice,
	.length = range_length,
	.contains = range_contains,
	.next = range_next,
	.compare = range_compare,
	.hash = range_hash,
};
