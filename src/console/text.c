/* SPDX-License-Identifier: MIT */
/* text.c - str and bytes. A str is valid UTF-8 and knows how many characters it has; where that is as many as bytes an
 * index is a place, else it is counted. Case and classes of letters are ASCII's. */
#include "machine.h"
#include "width.h"

/* ---- UTF-8 -------------------------------------------------------------------------------------------- */

bool utf8_is_valid(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; ) {
		uint32_t code;
		if ((uint8_t)bytes[i] < 0x80) {
			i++;
			continue;
		}
		const size_t n = utf8_next(bytes + i, size - i, &code);
		if (n == 1)
			return false;
		i += n;
	}
	return true;
}

size_t utf8_put(char *to, uint32_t code)
{
	const size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	static const uint8_t first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	for (size_t i = n - 1; i; i--, code >>= 6)
		to[i] = (char)(0x80 | (code & 0x3f));
	to[0] = (char)(first[n] | code);
	return n;
}

static size_t character_size(const char *at)
{
	const uint8_t first = (uint8_t)*at;
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static uint32_t count_characters(const char *bytes, size_t size)
{
	uint32_t count = 0;
	for (size_t i = 0; i < size; i++)
		count += ((uint8_t)bytes[i] & 0xc0) != 0x80;
	return count;
}

/* ---- making ------------------------------------------------------------------------------------------- */

struct text *text_new(struct rt_script *s, const struct rt_type *type, size_t size)
{
	if (size > SIZE_LIMIT) {
		raise_memory(s);
		return NULL;
	}
	struct text *text = (struct text *)(void *)rt_object_new(s, type, sizeof *text + size + 1);
	if (!text)
		return NULL;
	text->size = (uint32_t)size;
	text->count = (uint32_t)size;
	return text;
}

void text_counted(struct text *text)
{
	text->bytes[text->size] = '\0';
	text->count = text->head.type == &rt_type_str ? count_characters(text->bytes, text->size) : text->size;
}

struct rt_any text_of(struct rt_script *s, const struct rt_type *type, const char *bytes, size_t size)
{
	const bool is_letter = size == 1 && (uint8_t)*bytes < 0x80 && type == &rt_type_str;
	if (is_letter && !is_nothing(s->letters[(uint8_t)*bytes]))
		return s->letters[(uint8_t)*bytes];
	struct text *text = text_new(s, type, size);
	if (!text)
		return rt_nothing();
	if (size)
		memcpy(text->bytes, bytes, size);
	text_counted(text);
	if (is_letter)
		s->letters[(uint8_t)*bytes] = rt_any_of(&text->head);
	return rt_any_of(&text->head);
}

struct rt_any rt_bytes(struct rt_script *s, const void *bytes, size_t size)
{
	return text_of(s, &rt_type_bytes, bytes, size);
}

struct rt_any rt_str(struct rt_script *s, const char *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	if (utf8_is_valid(bytes, size))
		return text_of(s, &rt_type_str, bytes, size);
	struct text *text = text_new(s, &rt_type_str, size < SIZE_LIMIT / 4 ? size * 4 : SIZE_LIMIT + 1);
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	for (size_t i = 0, n; i < size; i += n) {
		uint32_t code;
		n = utf8_next(bytes + i, size - i, &code);
		if (n > 1 || (uint8_t)bytes[i] < 0x80) {
			memcpy(to, bytes + i, n);
			to += n;
			continue;
		}
		const char escape[4] = { '\\', 'x', digits[(uint8_t)bytes[i] >> 4], digits[(uint8_t)bytes[i] & 15] };
		memcpy(to, escape, 4);
		to += 4;
	}
	return text_of(s, &rt_type_str, text->bytes, (size_t)(to - text->bytes));
}

const char *rt_text_bytes(struct rt_any v, size_t *size)
{
	*size = as_text(v)->size;
	return as_text(v)->bytes;
}

/* ---- parts -------------------------------------------------------------------------------------------- */

size_t text_offset(const struct text *text, size_t character)
{
	if (text->count == text->size)
		return character;
	const char *at = text->bytes;
	while (character--)
		at += character_size(at);
	return (size_t)(at - text->bytes);
}

static struct rt_any text_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	const struct text *text = as_text(v);
	int64_t index;
	if (!is_index(key))
		return rt_raise(s, RT_TypeError,
		                is_str(v) ? "string indices must be integers, not '%s'"
		                          : "byte indices must be integers or slices, not %s",
		                key.type->name);
	if (!any_int(s, key, &index))
		return rt_nothing();
	if (!index_within(&index, text->count))
		return rt_raise(s, RT_IndexError, is_str(v) ? "string index out of range" : "index out of range");
	if (!is_str(v))
		return rt_int((uint8_t)text->bytes[index]);
	const char *at = text->bytes + text_offset(text, (size_t)index);
	return text_of(s, &rt_type_str, at, character_size(at));
}

/* Every step-th character, from the lowest to the highest; written from the end if the step goes back. */
static struct rt_any pick_characters(struct rt_script *s, struct rt_any v, const struct range *range)
{
	const struct text *text = as_text(v);
	const bool is_plain = text->count == text->size, is_back = range->step < 0;
	const int64_t first = is_back ? range->start + (range->count - 1) * range->step : range->start;
	const int64_t step = is_back ? -range->step : range->step;
	const char *at = text->bytes + text_offset(text, (size_t)first);
	struct text *whole = text_new(s, v.type, text->size);   /* never more than all of it */
	if (!whole)
		return rt_nothing();
	char *low = whole->bytes, *high = whole->bytes + text->size;
	for (int64_t i = 0; i < range->count; i++) {
		const size_t n = is_plain ? 1 : character_size(at);
		memcpy(is_back ? (high -= n) : low, at, n);
		low += is_back ? 0 : n;
		if (i + 1 == range->count)
			break;
		if (is_plain)
			at += step;
		else
			for (int64_t j = 0; j < step; j++)
				at += character_size(at);
	}
	if (is_back)
		return text_of(s, v.type, high, (size_t)(whole->bytes + text->size - high));
	return text_of(s, v.type, whole->bytes, (size_t)(low - whole->bytes));
}

static struct rt_any text_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	const struct text *text = as_text(v);
	struct range range;
	if (!slice_bounds(s, parts, text->count, &range))
		return rt_nothing();
	if (range.count && range.step != 1)
		return pick_characters(s, v, &range);
	if (range.count == text->count)
		return v;
	const size_t from = range.count ? text_offset(text, (size_t)range.start) : 0;
	const size_t to = range.count ? text_offset(text, (size_t)(range.start + range.count)) : 0;
	return text_of(s, v.type, text->bytes + from, to - from);
}

static int64_t text_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return as_text(v)->count;
}

static int text_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	const struct text *text = as_text(v);
	if (state[0] >= text->size)
		return 0;
	const char *at = text->bytes + state[0];
	const size_t n = is_str(v) ? character_size(at) : 1;
	state[0] += (int64_t)n;
	*item = is_str(v) ? text_of(s, &rt_type_str, at, n) : rt_int((uint8_t)*at);
	return is_nothing(*item) ? -1 : 1;
}

static int text_contains(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	const struct text *text = as_text(v);
	if (is_int(item) && !is_str(v)) {
		if (item.num >= 0 && item.num < 256)
			return memchr(text->bytes, (int)item.num, text->size) != NULL;
		fail(s, RT_ValueError, "byte must be in range(0, 256)");
		return -1;
	}
	if (item.type == v.type)
		return memmem(text->bytes, text->size, as_text(item)->bytes, as_text(item)->size) != NULL;
	fail(s, RT_TypeError, is_str(v) ? "'in <string>' requires string as left operand, not %s"
	                                : "a bytes-like object is required, not '%s'", item.type->name);
	return -1;
}

/* UTF-8 sorts as its characters do. */
static int text_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	(void)s;
	if (a.type != b.type)
		return RT_UNKNOWN;
	const struct text *x = as_text(a), *y = as_text(b);
	if (relation < RT_LESS && x->size != y->size)
		return relation == RT_NOT_EQUAL;
	const int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
	return relation_holds(order ? order : x->size < y->size ? -1 : x->size > y->size, relation);
}

/* ---- operators ---------------------------------------------------------------------------------------- */

static struct rt_any joined(struct rt_script *s, struct rt_any a, struct rt_any b)
{
	const struct text *x = as_text(a), *y = as_text(b);
	if (a.type != b.type)
		return rt_raise(s, RT_TypeError,
		                is_str(a) ? "can only concatenate str (not \"%s\") to str" : "can't concat %s to bytes",
		                b.type->name);
	struct text *text = text_new(s, a.type, (size_t)x->size + y->size);
	if (!text)
		return rt_nothing();
	memcpy(text->bytes, x->bytes, x->size);
	memcpy(text->bytes + x->size, y->bytes, y->size);
	text->count = x->count + y->count;
	return rt_any_of(&text->head);
}

static struct rt_any repeated(struct rt_script *s, struct rt_any v, struct rt_any times)
{
	const struct text *from = as_text(v);
	if (!is_int(times))
		return rt_raise(s, RT_TypeError, "can't multiply sequence by non-int of type '%s'", times.type->name);
	if (from->size && times.num > (int64_t)(SIZE_LIMIT / from->size))
		return raise_memory(s);
	const size_t count = times.num < 0 || !from->size ? 0 : (size_t)times.num;
	struct text *text = text_new(s, v.type, from->size * count);
	if (!text)
		return rt_nothing();
	for (size_t i = 0; i < count; i++)
		memcpy(text->bytes + i * from->size, from->bytes, from->size);
	text->count = (uint32_t)(from->count * count);
	return rt_any_of(&text->head);
}

static struct rt_any text_binary(struct rt_script *s, char op, struct rt_any v, struct rt_any other, bool is_swapped)
{
	if (op == '*')
		return repeated(s, v, other);
	if (op == '%' && !is_swapped && is_str(v))
		return format_percent(s, v, other);
	return op == '+' && !is_swapped ? joined(s, v, other) : rt_nothing();
}

/* ---- the types ---------------------------------------------------------------------------------------- */

static bool str_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s;
	if (form == RT_FORM_REPR)
		rt_put_python(out, (const uint8_t *)as_text(v)->bytes, as_text(v)->size);
	else
		rt_put(out, as_text(v)->bytes, as_text(v)->size);
	return true;
}

static bool bytes_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_char(out, 'b');
	rt_put_python_bytes(out, (const uint8_t *)as_text(v)->bytes, as_text(v)->size);
	return true;
}

NATIVE(str_make)
{
	if (!count)
		return text_of(s, &rt_type_str, "", 0);
	if (count == 1)
		return any_text(s, args[1], RT_FORM_STR);
	if (args[1].type != &rt_type_bytes)
		return rt_raise(s, RT_TypeError, "decoding to str: need a bytes-like object, %s found",
		                args[1].type->name);
	return bytes_decode(s, args + 1, count - 1);
}

/* bytes(iterable of numbers) */
static struct rt_any bytes_collect(struct rt_script *s, struct rt_any from)
{
	struct rt_any *list = rt_hold(s, rt_list(s, 0));
	if (!list || !list_extend(s, *list, from))
		return rt_nothing();
	struct text *text = text_new(s, &rt_type_bytes, as_list(*list)->count);
	for (uint32_t i = 0; text && i < text->size; i++) {
		int64_t num;
		if (!any_int(s, as_list(*list)->items[i], &num))
			return rt_nothing();
		if (num < 0 || num > 255)
			return rt_raise(s, RT_ValueError, "bytes must be in range(0, 256)");
		text->bytes[i] = (char)num;
	}
	return text ? rt_any_of(&text->head) : rt_nothing();
}

NATIVE(bytes_make)
{
	const struct rt_any from = count ? args[1] : rt_int(0);
	if (from.type == &rt_type_bytes)
		return from;
	if (is_str(from))
		return count > 1 ? str_encode(s, args + 1, count - 1)
		                 : rt_raise(s, RT_TypeError, "string argument without an encoding");
	if (!is_int(from))
		return from.type->bytes ? from.type->bytes(s, from) : bytes_collect(s, from);
	if (from.num < 0)
		return rt_raise(s, RT_ValueError, "negative count");
	struct text *text = text_new(s, &rt_type_bytes, from.num > SIZE_LIMIT ? SIZE_LIMIT + 1 : (size_t)from.num);
	return text ? rt_any_of(&text->head) : rt_nothing();
}

static const struct rt_method str_maker = { "str", str_make, 0, 3, 0, "object encoding errors", true };
static const struct rt_method bytes_maker = { "bytes", bytes_make, 0, 3, 0, "source encoding errors", true };

#define TEXT .item = text_item, .slice = text_slice, .length = text_length, .contains = text_contains, .next = text_next, \
	.compare = text_compare, .binary = text_binary

const struct rt_type rt_type_str = { .name = "str", .maker = &str_maker, .methods = str_methods, .put = str_put, TEXT };
const struct rt_type rt_type_bytes = {
	.name = "bytes", .maker = &bytes_maker, .methods = bytes_methods, .put = bytes_put, TEXT
};
