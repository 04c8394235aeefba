/* SPDX-License-Identifier: MIT */
/* text_split.c - texts taken apart and put together: split, partition, join, replace. */
#include "text_methods.h"

/* ---- splitting ---------------------------------------------------------------------------------------- */

struct split { struct rt_script *s; struct rt_any self; struct list *parts; };

static bool add_part(struct split *split, const char *at, const char *end)
{
	const struct rt_any part = text_of(split->s, split->self.type, at, (size_t)(end - at));
	return !is_nothing(part) && list_add(split->s, split->parts, part);
}

static bool split_blanks(struct split *split, struct span in, int64_t most)
{
	const char *at = in.at, *const end = in.at + in.size;
	for (;; most--) {
		while (at < end && is_space(*at))
			at++;
		if (at == end)
			return true;
		const char *from = at;
		if (most == 0)
			return add_part(split, from, end);
		while (at < end && !is_space(*at))
			at++;
		if (!add_part(split, from, at))
			return false;
	}
}

static bool rsplit_blanks(struct split *split, struct span in, int64_t most)
{
	const char *at = in.at + in.size;
	for (;; most--) {
		while (at > in.at && is_space(at[-1]))
			at--;
		if (at == in.at)
			return true;
		const char *end = at;
		if (most == 0)
			return add_part(split, in.at, end);
		while (at > in.at && !is_space(at[-1]))
			at--;
		if (!add_part(split, at, end))
			return false;
	}
}

static bool split_at(struct split *split, struct span in, struct span by, int64_t most)
{
	const char *found;
	for (; most && (found = span_find(in, by)); most--) {
		if (!add_part(split, in.at, found))
			return false;
		in.size -= (size_t)(found - in.at) + by.size;
		in.at = found + by.size;
	}
	return add_part(split, in.at, in.at + in.size);
}

static bool rsplit_at(struct split *split, struct span in, struct span by, int64_t most)
{
	const char *found;
	for (; most && (found = span_find_last(split->s, in, by)); most--) {
		if (!add_part(split, found + by.size, in.at + in.size))
			return false;
		in.size = (size_t)(found - in.at);
	}
	return !rt_failed(split->s) && add_part(split, in.at, in.at + in.size);
}

static struct rt_any split_text(struct rt_script *s, struct rt_any *args, bool from_right)
{
	struct split split = { s, args[0], list_new(s, &rt_type_list, 0) };
	const bool has_separator = args[1].type && args[1].type != &rt_type_none;
	struct span by = { NULL, 0 };
	int64_t most = -1;
	if (!split.parts || (has_separator && !text_argument(s, args[0], args[1], &by)) ||
	    (args[2].type && !any_int(s, args[2], &most)))
		return rt_nothing();
	if (has_separator && !by.size)
		return rt_raise(s, RT_ValueError, "empty separator");
	const struct span in = span_of(args[0]);
	const bool is_right = !has_separator ? (from_right ? rsplit_blanks : split_blanks)(&split, in, most)
	                                     : (from_right ? rsplit_at : split_at)(&split, in, by, most);
	if (!is_right)
		return rt_nothing();
	const struct rt_any list = rt_any_of(&split.parts->head);
	for (uint32_t i = 0, n = split.parts->count; from_right && i < n / 2; i++) {
		const struct rt_any part = split.parts->items[i];
		split.parts->items[i] = split.parts->items[n - 1 - i];
		split.parts->items[n - 1 - i] = part;
	}
	return list;
}

struct rt_any text_split(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)count;
	return split_text(s, args, false);
}

struct rt_any text_rsplit(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)count;
	return split_text(s, args, true);
}

static bool ends_line(char c, bool is_str)
{
	return c == '\n' || c == '\r' || (is_str && (c == '\v' || c == '\f' || (c >= 0x1c && c <= 0x1e)));
}

struct rt_any text_splitlines(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct split split = { s, args[0], list_new(s, &rt_type_list, 0) };
	const int keeps = is_nothing(args[1]) ? 0 : any_truth(s, args[1]);
	const struct span in = span_of(args[0]);
	const char *const end = in.at + in.size;
	(void)count;
	if (!split.parts || keeps < 0)
		return rt_nothing();
	for (const char *at = in.at, *next; at < end; at = next) {
		const char *stop = at;
		while (stop < end && !ends_line(*stop, is_str(args[0])))
			stop++;
		next = stop == end ? end : stop + (stop[0] == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1);
		if (!add_part(&split, at, keeps ? next : stop))
			return rt_nothing();
	}
	return rt_any_of(&split.parts->head);
}

/* ---- partition ---------------------------------------------------------------------------------------- */

static struct rt_any partition(struct rt_script *s, struct rt_any *args, bool from_right)
{
	const struct span in = span_of(args[0]);
	struct span by;
	if (!text_argument(s, args[0], args[1], &by))
		return rt_nothing();
	if (!by.size)
		return rt_raise(s, RT_ValueError, "empty separator");
	const char *found = from_right ? span_find_last(s, in, by) : span_find(in, by);
	if (rt_failed(s))
		return rt_nothing();
	const struct rt_any empty = text_of(s, args[0].type, "", 0);
	struct rt_any parts[3] = { from_right ? empty : args[0], empty, from_right ? args[0] : empty };
	if (found) {
		parts[0] = text_of(s, args[0].type, in.at, (size_t)(found - in.at));
		parts[1] = args[1];
		parts[2] = text_of(s, args[0].type, found + by.size, (size_t)(in.at + in.size - found) - by.size);
	}
	return is_nothing(parts[0]) || is_nothing(parts[2]) || is_nothing(empty) ? rt_nothing() : rt_tuple(s, parts, 3);
}

struct rt_any text_partition(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)count;
	return partition(s, args, false);
}

struct rt_any text_rpartition(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)count;
	return partition(s, args, true);
}

/* ---- together ----------------------------------------------------------------------------------------- */

/* Bytes of all, and what is between; false: raised. */
static bool joined_size(struct rt_script *s, struct rt_any self, const struct list *list, size_t *size)
{
	*size = list->count ? (size_t)(list->count - 1) * as_text(self)->size : 0;
	if (list->count && as_text(self)->size > SIZE_LIMIT / list->count)
		*size = SIZE_LIMIT + 1;
	for (uint32_t i = 0; i < list->count && *size <= SIZE_LIMIT; i++) {
		if (list->items[i].type != self.type)
			return fail(s, RT_TypeError,
			            is_str(self) ? "sequence item %u: expected str instance, %s found"
			                         : "sequence item %u: expected a bytes-like object, %s found",
			            i, list->items[i].type->name);
		*size += as_text(list->items[i])->size;
	}
	return true;
}

struct rt_any text_join(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct rt_any list = args[1];
	const struct span between = span_of(args[0]);
	size_t size;
	(void)count;
	if (!is_list(list)) {
		struct rt_any *held = rt_hold(s, rt_list(s, 0));
		if (!list.type->next)
			return rt_raise(s, RT_TypeError, "can only join an iterable");
		if (!held || !list_extend(s, *held, list))
			return rt_nothing();
		list = *held;
	}
	struct text *text = joined_size(s, args[0], as_list(list), &size) ? text_new(s, args[0].type, size) : NULL;
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	for (uint32_t i = 0; i < as_list(list)->count; i++) {
		const struct span part = span_of(as_list(list)->items[i]);
		if (i) {
			memcpy(to, between.at, between.size);
			to += between.size;
		}
		memcpy(to, part.at, part.size);
		to += part.size;
	}
	text_counted(text);
	return rt_any_of(&text->head);
}

/* How often `what` is replaced in `in`, at most `most` times. An empty one is in front of every character and at the
 * end. */
static size_t count_replaced(struct rt_any self, struct span what, size_t most)
{
	struct span in = span_of(self);
	size_t times = 0;
	if (!what.size)
		return most < as_text(self)->count + 1u ? most : as_text(self)->count + 1u;
	for (const char *found; times < most && (found = span_find(in, what)); times++) {
		in.size -= (size_t)(found - in.at) + what.size;
		in.at = found + what.size;
	}
	return times;
}

static void copy_span(char **to, const char *from, size_t size)
{
	memcpy(*to, from, size);
	*to += size;
}

static void replace_between(struct rt_any self, struct span with, size_t times, char *to)
{
	const struct text *text = as_text(self);
	size_t at = 0;
	for (size_t i = 0; i < times; i++) {
		copy_span(&to, with.at, with.size);
		const size_t next = i < text->count ? text_offset(text, i + 1) : at;
		copy_span(&to, text->bytes + at, next - at);
		at = next;
	}
	copy_span(&to, text->bytes + at, text->size - at);
}

static void replace_found(struct span in, struct span what, struct span with, size_t times, char *to)
{
	for (const char *found; times && (found = span_find(in, what)); times--) {
		copy_span(&to, in.at, (size_t)(found - in.at));
		copy_span(&to, with.at, with.size);
		in.size -= (size_t)(found - in.at) + what.size;
		in.at = found + what.size;
	}
	copy_span(&to, in.at, in.size);
}

struct rt_any text_replace(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct span what, with;
	int64_t most = -1;
	if (!text_argument(s, args[0], args[1], &what) || !text_argument(s, args[0], args[2], &with) ||
	    (count > 2 && !any_int(s, args[3], &most)))
		return rt_nothing();
	const size_t times = count_replaced(args[0], what, most < 0 ? SIZE_MAX : (size_t)most);
	if (!times)
		return args[0];
	if (with.size > SIZE_LIMIT / times)
		return raise_memory(s);
	struct text *text = text_new(s, args[0].type, as_text(args[0])->size - times * what.size + times * with.size);
	if (!text)
		return rt_nothing();
	if (what.size)
		replace_found(span_of(args[0]), what, with, times, text->bytes);
	else
		replace_between(args[0], with, times, text->bytes);
	text_counted(text);
	return rt_any_of(&text->head);
}
