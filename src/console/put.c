/* SPDX-License-Identifier: MIT */
/* put.c - any value as text: str() and repr(). What contains itself is shown once, as in Python. */
#include "machine.h"
#include "width.h"

static void put_int(struct rt_text *out, int64_t num)
{
	if (num < 0)
		rt_put_char(out, '-');
	rt_put_num(out, num < 0 ? 0 - (uint64_t)num : (uint64_t)num);
}

static void put_again(struct rt_text *out, const struct rt_type *type)
{
	rt_put_string(out, type == &rt_type_list ? "[...]" : type == &rt_type_tuple ? "(...)" : "{...}");
}

static bool put_object(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	if (v.object->is_busy) {
		put_again(out, v.type);
		return true;
	}
	if (!step_allowed(s) || !depth_enter(s))
		return false;
	v.object->is_busy = true;
	const bool is_right = v.type->put(s, out, v, form);
	v.object->is_busy = false;
	depth_leave(s);
	return is_right;
}

bool any_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	if (v.type == &rt_type_int)
		put_int(out, v.num);
	else if (!v.type->put)
		rt_put_format(out, "<%s object>", v.type->name);
	else
		return v.type->is_inline ? v.type->put(s, out, v, form) : put_object(s, out, v, form);
	return true;
}

/* ---- texts made of it --------------------------------------------------------------------------------- */

/* Writes into memory of the heap, more and more of it, until all of it fits. */
static struct rt_any made_large(struct rt_script *s, bool (*write)(struct rt_script *, struct rt_text *, const void *),
                                const void *what)
{
	for (size_t size = 4096; ; size *= 4) {
		struct rt_text out;
		char *memory = heap_resize(s, NULL, 0, size);
		if (!memory)
			return rt_nothing();
		rt_text_init(&out, memory, size, -1);
		const bool is_right = write(s, &out, what), fits = !out.error;
		struct rt_any text = rt_nothing();
		if (is_right && fits)
			text = rt_str(s, memory, rt_text_length(&out));
		heap_resize(s, memory, size, 0);
		if (!is_right || fits)
			return text;
	}
}

struct rt_any text_made(struct rt_script *s, bool (*write)(struct rt_script *, struct rt_text *, const void *),
                        const void *what)
{
	char memory[512];
	struct rt_text out;
	rt_text_init(&out, memory, sizeof memory, -1);
	if (!write(s, &out, what))
		return rt_nothing();
	return out.error ? made_large(s, write, what) : rt_str(s, memory, rt_text_length(&out));
}

struct shown { struct rt_any value; enum rt_form form; };

static bool write_shown(struct rt_script *s, struct rt_text *out, const void *what)
{
	const struct shown *shown = what;
	return any_put(s, out, shown->value, shown->form);
}

struct rt_any any_text(struct rt_script *s, struct rt_any v, enum rt_form form)
{
	const struct shown shown = { v, form };
	return is_str(v) && form == RT_FORM_STR ? v : text_made(s, write_shown, &shown);
}

/* ---- to where it is printed --------------------------------------------------------------------------- */

void put_clean(struct rt_text *out, const char *bytes, size_t size, const char *allowed)
{
	for (size_t i = 0, n; i < size; i += n) {
		uint32_t code;
		n = utf8_next(bytes + i, size - i, &code);
		const bool is_broken = n == 1 && (uint8_t)bytes[i] >= 0x80;
		if ((rt_is_printable(code) && !is_broken) || (code && code < 0x80 && strchr(allowed, (int)code)))
			rt_put(out, bytes + i, n);
		else if (is_broken || code < 0x100)
			rt_put_format(out, "\\x%02x", is_broken ? (uint8_t)bytes[i] : code);
		else
			rt_put_format(out, code < 0x10000 ? "\\u%04x" : "\\U%08x", code);
	}
}

bool any_print(struct rt_script *s, struct rt_any v, enum rt_form form)
{
	if (v.type == &rt_type_int)
		return any_put(s, s->options.out, v, form);
	const struct rt_any text = any_text(s, v, form);        /* first: it may fail, and then nothing is printed */
	if (is_nothing(text))
		return false;
	if (s->options.is_escaped)
		put_clean(s->options.out, as_text(text)->bytes, as_text(text)->size, "\n\t");
	else
		rt_put(s->options.out, as_text(text)->bytes, as_text(text)->size);
	return true;
}
