/* SPDX-License-Identifier: MIT */
/* sprintf.c - pkt.sprintf("{TCP:%-15s,IP.src% %TCP.flags%}"): Scapy's templates. %[format[r],][layer[:n].]field% is
 * a field as it is shown, or with `r` as it is; {layer:text} stands only where there is that layer, {!layer:text}
 * where there is none. */
#include "../output/stamp.h"
#include "packets.h"

struct template_text {
	struct rt_script *s;
	struct layer_view *view;
	const char *at, *end;
	struct rt_any pieces;    /* list of str                                                           */
};

static bool add_text(struct template_text *t, const char *bytes, size_t size)
{
	const struct rt_any text = rt_str(t->s, bytes, size);
	return !is_nothing(text) && rt_list_add(t->s, t->pieces, text);
}

/* ---- directives ------------------------------------------------------------------------------------ */

struct directive {
	const char *format;      /* "-15s"                                                                */
	size_t format_length;
	bool is_raw;
	struct wanted layer;     /* length 0: the packet's own first layer                                */
	int64_t nth;
	const char *field;
	size_t field_length;
};

static bool split_directive(struct directive *d, const char *at, const char *end)
{
	const char *comma = memchr(at, ',', (size_t)(end - at));
	*d = (struct directive){ .format = "s", .format_length = 1, .nth = 1, .layer.may_be_item = true };
	if (comma) {
		d->format = at;
		d->is_raw = comma > at && comma[-1] == 'r';
		d->format_length = (size_t)(comma - at) - d->is_raw;
		at = comma + 1;
	}
	const char *dot = memchr(at, '.', (size_t)(end - at));
	if (dot) {
		const char *colon = memchr(at, ':', (size_t)(dot - at));
		d->layer.name = at;
		d->layer.length = (size_t)((colon ? colon : dot) - at);
		for (d->nth = colon ? 0 : 1; colon && ++colon < dot && d->nth < 1000; )
			d->nth = d->nth * 10 + (*colon - '0');
		at = dot + 1;
	}
	d->field = at;
	d->field_length = (size_t)(end - at);
	return d->field_length && d->format_length < 32;
}

static struct rt_any clock_text(struct template_text *t)
{
	char text[48];
	struct rt_text out;
	struct stamp stamp = { .form = RT_STAMP_CLOCK };
	struct rt_iface iface = *t->view->of->frame.iface;
	struct rt_frame frame = t->view->of->frame;
	iface.is_nano = false;
	frame.iface = &iface;
	rt_text_init(&out, text, sizeof text, -1);
	put_stamp(&out, &stamp, &frame);
	size_t length = rt_text_length(&out);
	while (length && text[length - 1] == ' ')
		length--;
	return rt_str(t->s, text, length);
}

static bool write_value(struct rt_script *s, struct rt_text *out, const void *value)
{
	(void)s;
	rt_put_value(out, value, RT_STYLE_SHOW);
	return true;
}

/* The field, shown or raw; None type nothing without an error: there is none. */
static struct rt_any directive_value(struct template_text *t, const struct directive *d)
{
	struct whole *whole = t->view->of;
	struct rt_layer layer = t->view->layer;
	struct rt_value value;
	const int index = d->layer.length ? layer_find(t->view, &d->layer, d->nth, &layer) : 0;
	if (index < 0 || !layer.proto)
		return rt_nothing();
	if (d->layer.length && index != VIEW_ITEM)
		layer = whole->packet.layer[index];
	const struct rt_row *row = rt_row_find(layer.proto, d->field, d->field_length);
	if (!row)
		return rt_nothing();
	if (!rt_value_find(&whole->packet, &layer, row->name, &value))
		return rt_none();
	return d->is_raw ? field_value(t->s, whole, &value) : text_made(t->s, write_value, &value);
}

static bool add_directive(struct template_text *t, const char *at, const char *end)
{
	struct directive d;
	char format[40] = "%";
	if (!split_directive(&d, at, end))
		return fail(t->s, RT_ValueError, "Bad format string [%%%.*s]", (int)(end - at), at);
	const bool is_time = d.field_length == 4 && memcmp(d.field, "time", 4) == 0;
	struct rt_any value = is_time ? clock_text(t) : directive_value(t, &d);
	if (is_nothing(value) && !rt_failed(t->s))
		return add_text(t, "??", 2);
	memcpy(format + 1, d.format, d.format_length);
	if (!d.format_length)
		strcpy(format, "%s");
	const struct rt_any pattern = is_nothing(value) ? value : rt_str(t->s, format, strlen(format));
	const struct rt_any values = is_nothing(pattern) ? pattern : rt_tuple(t->s, &value, 1);
	const struct rt_any text = is_nothing(values) ? values : format_percent(t->s, pattern, values);
	return !is_nothing(text) && rt_list_add(t->s, t->pieces, text);
}

/* What begins with a percent sign. */
static bool take_percent(struct template_text *t, bool is_wanted_here)
{
	const char *at = t->at + 1;
	if (at < t->end && strchr("%()", *at)) {
		const char *text = *at == '(' ? "{" : *at == ')' ? "}" : "%";
		t->at = at + 1;
		return !is_wanted_here || add_text(t, text, 1);
	}
	const char *close = memchr(at, '%', (size_t)(t->end - at));
	if (!close)
		return fail(t->s, RT_ValueError, "Bad format string [%%%.*s]", (int)(t->end - at), at);
	t->at = close + 1;
	return !is_wanted_here || add_directive(t, at, close);
}

/* ---- conditions ------------------------------------------------------------------------------------ */

static bool take_text(struct template_text *t, bool is_wanted_here, bool is_inside);

static bool take_condition(struct template_text *t, bool is_wanted_here)
{
	const char *at = ++t->at, *colon = memchr(at, ':', (size_t)(t->end - at));
	struct wanted wanted = { .may_be_item = true };
	struct rt_layer item;
	if (!colon)
		return fail(t->s, RT_ValueError, "Bad condition in format string: [%.*s]", (int)(t->end - at), at);
	const bool is_not = *at == '!';
	wanted.name = at + is_not;
	wanted.length = (size_t)(colon - wanted.name);
	t->at = colon + 1;
	const bool is_there = layer_find(t->view, &wanted, 1, &item) >= 0;
	return depth_enter(t->s) && take_text(t, is_wanted_here && is_there != is_not, true);
}

/* Up to the end, or behind the brace that closes a condition. */
static bool take_text(struct template_text *t, bool is_wanted_here, bool is_inside)
{
	while (t->at < t->end && !(is_inside && *t->at == '}')) {
		const char *plain = t->at;
		while (t->at < t->end && *t->at != '%' && *t->at != '{' && !(is_inside && *t->at == '}'))
			t->at++;
		if (t->at > plain && is_wanted_here && !add_text(t, plain, (size_t)(t->at - plain)))
			return false;
		if (t->at < t->end && *t->at == '%' && !take_percent(t, is_wanted_here))
			return false;
		if (t->at < t->end && *t->at == '{' && !take_condition(t, is_wanted_here))
			return false;
	}
	if (!is_inside)
		return true;
	depth_leave(t->s);
	if (t->at == t->end)
		return fail(t->s, RT_ValueError, "Bad condition in format string: no closing brace");
	t->at++;
	return true;
}

struct rt_any packet_sprintf(struct rt_script *s, struct rt_any *args, unsigned count)
{
	(void)count;
	if (!is_str(args[1]))
		return rt_raise(s, RT_TypeError, "a format is text, not '%s'", args[1].type->name);
	struct template_text t = { .s = s, .view = as_layer(args[0]), .at = as_text(args[1])->bytes,
	                           .pieces = rt_list(s, 0) };
	t.end = t.at + as_text(args[1])->size;
	const uint32_t depth = s->depth;
	const bool is_right = !is_nothing(t.pieces) && take_text(&t, true, false);
	s->depth = depth;
	if (!is_right)
		return rt_nothing();
	struct rt_any whole = rt_str(s, "", 0);
	for (uint32_t i = 0; i < as_list(t.pieces)->count && !is_nothing(whole); i++)
		whole = any_binary(s, '+', whole, as_list(t.pieces)->items[i], false);
	return whole;
}
