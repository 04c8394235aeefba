/* SPDX-License-Identifier: MIT */
/* text_methods.c - what is written behind the dot of a str or bytes: searching, case, classes, filling up. */
#include "text_methods.h"

bool text_argument(struct rt_script *s, struct rt_any self, struct rt_any v, struct span *span)
{
	*span = (struct span){ "", 0 };
	if (v.type != self.type)
		return fail(s, RT_TypeError,
		            is_str(self) ? "must be str, not %s" : "a bytes-like object is required, not '%s'",
		            v.type->name);
	*span = span_of(v);
	return true;
}

static struct rt_any new_text(struct rt_script *s, struct rt_any like, struct span span)
{
	return span.size == as_text(like)->size ? like : text_of(s, like.type, span.at, span.size);
}

/* ---- searching ---------------------------------------------------------------------------------------- */

const char *span_find(struct span in, struct span what) { return memmem(in.at, in.size, what.at, what.size); }

const char *span_find_last(struct rt_script *s, struct span in, struct span what)
{
	if (what.size > in.size)
		return NULL;
	for (const char *at = in.at + in.size - what.size; at >= in.at; at--) {
		if (memcmp(at, what.at, what.size) == 0)
			return at;
		if ((at - in.at) % 256 == 0 && !step_allowed(s))
			return NULL;
	}
	return NULL;
}

/* What of the text is searched: (..., start, end) are the arguments from `first` on. */
static bool search_span(struct rt_script *s, const struct rt_any *args, unsigned count, unsigned first, struct span *in)
{
	const struct text *text = as_text(args[0]);
	const struct rt_any none = rt_none();
	const struct rt_any parts[3] = {
		count >= first ? args[first] : none, count > first ? args[first + 1] : none, none
	};
	struct range range;
	*in = span_of(args[0]);
	if (count < first)
		return true;
	if (!slice_bounds(s, parts, text->count, &range))
		return false;
	/* an empty text is found at the end, but not behind it */
	const bool is_behind = is_int(parts[0]) && parts[0].num > text->count;
	in->at = is_behind || range.start > range.stop ? NULL : text->bytes + text_offset(text, (size_t)range.start);
	in->size = in->at ? text_offset(text, (size_t)range.stop) - (size_t)(in->at - text->bytes) : 0;
	return true;
}

/* The character's index; -1: not found; -2: raised. */
static int64_t find_in(struct rt_script *s, const struct rt_any *args, unsigned count, bool from_right)
{
	struct span in, what;
	uint8_t byte = (uint8_t)args[1].num;
	if (is_int(args[1]) && !is_str(args[0]))
		what = (struct span){ (const char *)&byte, 1 };
	else if (!text_argument(s, args[0], args[1], &what))
		return -2;
	if (!search_span(s, args, count, 2, &in))
		return -2;
	const char *found = !in.at ? NULL : from_right ? span_find_last(s, in, what) : span_find(in, what);
	if (!found)
		return rt_failed(s) ? -2 : -1;
	const struct text *text = as_text(args[0]);
	const size_t offset = (size_t)(found - text->bytes);
	size_t index = 0;
	for (size_t i = 0; i < offset && text->count != text->size; i++)
		index += ((uint8_t)text->bytes[i] & 0xc0) != 0x80;
	return (int64_t)(text->count == text->size ? offset : index);
}

static struct rt_any found_at(struct rt_script *s, struct rt_any self, int64_t at, bool is_strict)
{
	if (at == -2)
		return rt_nothing();
	if (at == -1 && is_strict)
		return rt_raise(s, RT_ValueError, is_str(self) ? "substring not found" : "subsection not found");
	return rt_int(at);
}

#define FINDER(its_name, from_right, is_strict) \
	NATIVE(method_##its_name) \
	{ \
		return found_at(s, args[0], find_in(s, args, count, from_right), is_strict); \
	}
FINDER(find, false, false)
FINDER(rfind, true, false)
FINDER(index, false, true)
FINDER(rindex, true, true)

NATIVE(method_count)
{
	struct span in, what;
	int64_t times = 0;
	if (!text_argument(s, args[0], args[1], &what) || !search_span(s, args, count, 2, &in))
		return rt_nothing();
	if (!what.size) {
		for (size_t i = 0; i < in.size; i++)
			times += ((uint8_t)in.at[i] & 0xc0) != 0x80 || !is_str(args[0]);
		return rt_int(in.at ? times + 1 : 0);
	}
	for (const char *found; in.at && (found = span_find(in, what)); times++) {
		in.size -= (size_t)(found - in.at) + what.size;
		in.at = found + what.size;
	}
	return rt_int(times);
}

static bool has_affix(struct span in, struct span affix, bool at_end)
{
	return affix.size <= in.size &&
	       memcmp(at_end ? in.at + in.size - affix.size : in.at, affix.at, affix.size) == 0;
}

static struct rt_any method_affix(struct rt_script *s, struct rt_any *args, unsigned count, bool at_end)
{
	struct span in, affix;
	if (!search_span(s, args, count, 2, &in))
		return rt_nothing();
	const bool is_tuple = args[1].type == &rt_type_tuple;
	if (!is_tuple && args[1].type != args[0].type)
		return rt_raise(s, RT_TypeError, "%s first arg must be %s or a tuple of %s, not %s",
		                at_end ? "endswith" : "startswith", args[0].type->name, args[0].type->name,
		                args[1].type->name);
	for (uint32_t i = 0; i < (is_tuple ? as_list(args[1])->count : 1u); i++) {
		if (!text_argument(s, args[0], is_tuple ? as_list(args[1])->items[i] : args[1], &affix))
			return rt_nothing();
		if (in.at && has_affix(in, affix, at_end))
			return rt_bool(true);
	}
	return rt_bool(false);
}

NATIVE(method_startswith)
{
	return method_affix(s, args, count, false);
}

NATIVE(method_endswith)
{
	return method_affix(s, args, count, true);
}

static struct rt_any remove_affix(struct rt_script *s, struct rt_any *args, bool at_end)
{
	struct span in = span_of(args[0]), affix;
	if (!text_argument(s, args[0], args[1], &affix))
		return rt_nothing();
	if (has_affix(in, affix, at_end)) {
		in.at += at_end ? 0 : affix.size;
		in.size -= affix.size;
	}
	return new_text(s, args[0], in);
}

NATIVE(method_removeprefix)
{
	return remove_affix(s, args, false);
}

NATIVE(method_removesuffix)
{
	return remove_affix(s, args, true);
}

/* ---- strip -------------------------------------------------------------------------------------------- */

static bool is_stripped(const struct span *set, const char *at, size_t size)
{
	if (!set)
		return size == 1 && is_space(*at);
	for (size_t i = 0; i + size <= set->size; i++)
		if (memcmp(set->at + i, at, size) == 0)
			return true;
	return false;
}

static bool is_continued(char c, bool is_str) { return is_str && ((uint8_t)c & 0xc0) == 0x80; }

static struct rt_any strip(struct rt_script *s, struct rt_any *args, bool left, bool right)
{
	const struct text *text = as_text(args[0]);
	const bool has_set = args[1].type && args[1].type != &rt_type_none;
	struct span set;
	if (has_set && !text_argument(s, args[0], args[1], &set))
		return rt_nothing();
	const char *from = text->bytes, *to = text->bytes + text->size;
	while (left && from < to) {
		const char *next = from + 1;
		while (next < to && is_continued(*next, is_str(args[0])))
			next++;
		if (!is_stripped(has_set ? &set : NULL, from, (size_t)(next - from)))
			break;
		from = next;
	}
	while (right && from < to) {
		const char *last = to - 1;
		while (last > from && is_continued(*last, is_str(args[0])))
			last--;
		if (!is_stripped(has_set ? &set : NULL, last, (size_t)(to - last)))
			break;
		to = last;
	}
	return new_text(s, args[0], (struct span){ from, (size_t)(to - from) });
}

#define STRIPPER(its_name, left, right) \
	NATIVE(method_##its_name) \
	{ \
		return strip(s, args, left, right); \
	}
STRIPPER(strip, true, true)
STRIPPER(lstrip, true, false)
STRIPPER(rstrip, false, true)

/* ---- case --------------------------------------------------------------------------------------------- */

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

enum letter_case { CASE_UPPER, CASE_LOWER, CASE_SWAPPED, CASE_TITLE, CASE_CAPITAL };

static bool is_made_upper(enum letter_case want, char c, bool is_first, bool is_word)
{
	switch (want) {
	case CASE_UPPER:   return true;
	case CASE_SWAPPED: return is_lower(c);
	case CASE_TITLE:   return !is_word;
	case CASE_CAPITAL: return is_first;
	default:           return false;
	}
}

static struct rt_any recased(struct rt_script *s, struct rt_any self, enum letter_case want)
{
	const struct text *from = as_text(self);
	struct text *text = text_new(s, self.type, from->size);
	bool is_word = false;
	if (!text)
		return rt_nothing();
	for (uint32_t i = 0; i < from->size; i++) {
		const char c = from->bytes[i];
		const bool is_letter = is_lower(c) || is_upper(c), upper = is_made_upper(want, c, i == 0, is_word);
		text->bytes[i] = is_letter ? (char)(upper ? c & ~0x20 : c | 0x20) : c;
		is_word = is_letter || (uint8_t)c >= 0x80;
	}
	text->count = from->count;
	return rt_any_of(&text->head);
}

#define RECASER(its_name, want) \
	NATIVE(method_##its_name) \
	{ \
		return recased(s, args[0], want); \
	}
RECASER(upper, CASE_UPPER)
RECASER(lower, CASE_LOWER)
RECASER(swapcase, CASE_SWAPPED)
RECASER(title, CASE_TITLE)
RECASER(capitalize, CASE_CAPITAL)

/* ---- classes ------------------------------------------------------------------------------------------ */

static bool is_alpha(char c) { return is_lower(c) || is_upper(c); }
static bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

static struct rt_any all_are(struct rt_any self, bool (*is_one)(char))
{
	const struct text *text = as_text(self);
	uint32_t i = 0;
	while (i < text->size && is_one(text->bytes[i]))
		i++;
	return rt_bool(text->size && i == text->size);
}

#define CLASSIFIER(its_name, is_one) \
	NATIVE(method_##its_name) \
	{ \
		return all_are(args[0], is_one); \
	}
CLASSIFIER(isalpha, is_alpha)
CLASSIFIER(isalnum, is_alnum)
CLASSIFIER(isdigit, is_digit)
CLASSIFIER(isspace, is_space)

/* At least one letter, and none of the other case. */
static struct rt_any has_only_case(struct rt_any self, bool upper)
{
	const struct text *text = as_text(self);
	bool has_one = false;
	for (uint32_t i = 0; i < text->size; i++) {
		if (upper ? is_lower(text->bytes[i]) : is_upper(text->bytes[i]))
			return rt_bool(false);
		has_one |= is_alpha(text->bytes[i]);
	}
	return rt_bool(has_one);
}

NATIVE(method_isupper)
{
	return has_only_case(args[0], true);
}

NATIVE(method_islower)
{
	return has_only_case(args[0], false);
}

NATIVE(method_isascii)
{
	for (uint32_t i = 0; i < as_text(args[0])->size; i++)
		if ((uint8_t)as_text(args[0])->bytes[i] >= 0x80)
			return rt_bool(false);
	return rt_bool(true);
}

/* ---- filling up --------------------------------------------------------------------------------------- */

static struct rt_any padded(struct rt_script *s, struct rt_any self, struct span fill, size_t left, size_t right)
{
	const struct text *from = as_text(self);
	struct text *text = text_new(s, self.type, from->size + (left + right) * fill.size);
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	for (size_t i = 0; i < left + right; i++) {
		if (i == left) {
			memcpy(to, from->bytes, from->size);
			to += from->size;
		}
		memcpy(to, fill.at, fill.size);
		to += fill.size;
	}
	if (!right)
		memcpy(to, from->bytes, from->size);
	text_counted(text);
	return rt_any_of(&text->head);
}

/* How many of `width` are missing; false: raised. */
static bool missing(struct rt_script *s, struct rt_any *args, unsigned count, struct span *fill, size_t *lack)
{
	int64_t width;
	*fill = (struct span){ " ", 1 };
	if (!any_int(s, args[1], &width) || (count > 1 && !text_argument(s, args[0], args[2], fill)))
		return false;
	if (count > 1 && as_text(args[2])->count != 1)
		return fail(s, RT_TypeError, "The fill character must be exactly one character long");
	*lack = width > as_text(args[0])->count ? (size_t)(width - as_text(args[0])->count) : 0;
	if (width <= SIZE_LIMIT / 4)
		return true;
	raise_memory(s);
	return false;
}

NATIVE(method_ljust)
{
	struct span fill;
	size_t lack;
	return missing(s, args, count, &fill, &lack) ? padded(s, args[0], fill, 0, lack) : rt_nothing();
}

NATIVE(method_rjust)
{
	struct span fill;
	size_t lack;
	return missing(s, args, count, &fill, &lack) ? padded(s, args[0], fill, lack, 0) : rt_nothing();
}

NATIVE(method_center)
{
	struct span fill;
	size_t lack;
	if (!missing(s, args, count, &fill, &lack))
		return rt_nothing();
	const size_t left = lack / 2 + (lack & (lack + as_text(args[0])->count) & 1);    /* as Python rounds */
	return padded(s, args[0], fill, left, lack - left);
}

NATIVE(method_zfill)
{
	struct span fill;
	size_t lack;
	if (!missing(s, args, count, &fill, &lack))
		return rt_nothing();
	struct rt_any filled = padded(s, args[0], (struct span){ "0", 1 }, lack, 0);
	const char first = as_text(args[0])->size ? *as_text(args[0])->bytes : '\0';
	if (lack && !is_nothing(filled) && (first == '+' || first == '-')) {
		as_text(filled)->bytes[0] = first;
		as_text(filled)->bytes[lack] = '0';
	}
	return filled;
}

/* ---- the tables --------------------------------------------------------------------------------------- */

#define SHARED \
	{ "capitalize", method_capitalize, 0, 0, 0, NULL }, \
	{ "center", method_center, 1, 2, 0, NULL }, \
	{ "count", method_count, 1, 3, 0, NULL }, \
	{ "endswith", method_endswith, 1, 3, 0, NULL }, \
	{ "find", method_find, 1, 3, 0, NULL }, \
	{ "index", method_index, 1, 3, 0, NULL }, \
	{ "isalnum", method_isalnum, 0, 0, 0, NULL }, \
	{ "isalpha", method_isalpha, 0, 0, 0, NULL }, \
	{ "isascii", method_isascii, 0, 0, 0, NULL }, \
	{ "isdigit", method_isdigit, 0, 0, 0, NULL }, \
	{ "islower", method_islower, 0, 0, 0, NULL }, \
	{ "isspace", method_isspace, 0, 0, 0, NULL }, \
	{ "isupper", method_isupper, 0, 0, 0, NULL }, \
	{ "join", text_join, 1, 1, 0, NULL }, \
	{ "ljust", method_ljust, 1, 2, 0, NULL }, \
	{ "lower", method_lower, 0, 0, 0, NULL }, \
	{ "lstrip", method_lstrip, 0, 1, 0, NULL }, \
	{ "partition", text_partition, 1, 1, 0, NULL }, \
	{ "removeprefix", method_removeprefix, 1, 1, 0, NULL }, \
	{ "removesuffix", method_removesuffix, 1, 1, 0, NULL }, \
	{ "replace", text_replace, 2, 3, 0, NULL }, \
	{ "rfind", method_rfind, 1, 3, 0, NULL }, \
	{ "rindex", method_rindex, 1, 3, 0, NULL }, \
	{ "rjust", method_rjust, 1, 2, 0, NULL }, \
	{ "rpartition", text_rpartition, 1, 1, 0, NULL }, \
	{ "rsplit", text_rsplit, 0, 2, 0, "sep maxsplit" }, \
	{ "rstrip", method_rstrip, 0, 1, 0, NULL }, \
	{ "split", text_split, 0, 2, 0, "sep maxsplit" }, \
	{ "splitlines", text_splitlines, 0, 1, 0, "keepends" }, \
	{ "startswith", method_startswith, 1, 3, 0, NULL }, \
	{ "strip", method_strip, 0, 1, 0, NULL }, \
	{ "swapcase", method_swapcase, 0, 0, 0, NULL }, \
	{ "title", method_title, 0, 0, 0, NULL }, \
	{ "upper", method_upper, 0, 0, 0, NULL }, \
	{ "zfill", method_zfill, 1, 1, 0, NULL },

const struct rt_method str_methods[] = {
	{ "encode", str_encode, 0, 2, 0, "encoding errors" },
	{ "format", format_braces, 0, RT_VARIADIC, 0, "*" },
	SHARED
	{ NULL }
};

const struct rt_method bytes_methods[] = {
	{ "decode", bytes_decode, 0, 2, 0, "encoding errors" },
	{ "fromhex", bytes_fromhex, 1, 1, 0, NULL, true },
	{ "hex", bytes_hex, 0, 2, 0, "sep bytes_per_sep" },
	SHARED
	{ NULL }
};
