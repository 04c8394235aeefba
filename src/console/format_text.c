/* SPDX-License-Identifier: MIT */
/* format_text.c - texts with places to fill in: "%s" % values, and "{}".format(values). */
#include "format.h"

/* What has been written so far: a list of str, which is joined at the end. */
static bool add_piece(struct rt_script *s, struct rt_any pieces, struct rt_any piece)
{
	return !is_nothing(piece) && list_add(s, as_list(pieces), piece);
}

static bool add_plain(struct rt_script *s, struct rt_any pieces, const char *from, const char *to)
{
	return from == to || add_piece(s, pieces, text_of(s, &rt_type_str, from, (size_t)(to - from)));
}

static struct rt_any join_pieces(struct rt_script *s, struct rt_any pieces)
{
	size_t size = 0;
	for (uint32_t i = 0; i < as_list(pieces)->count && size <= SIZE_LIMIT; i++)
		size += as_text(as_list(pieces)->items[i])->size;
	struct text *text = text_new(s, &rt_type_str, size);
	if (!text)
		return rt_nothing();
	char *to = text->bytes;
	for (uint32_t i = 0; i < as_list(pieces)->count; i++) {
		const struct text *piece = as_text(as_list(pieces)->items[i]);
		memcpy(to, piece->bytes, piece->size);
		to += piece->size;
	}
	text_counted(text);
	return rt_any_of(&text->head);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- "%s" % values ------------------------------------------------------------------------------------ */

struct percent {
	struct rt_script *s;
	const struct text *text;
	const char *at, *end;
	struct rt_any values;
	uint32_t used;           /* of a tuple                                                           */
	struct spec spec;
	bool is_left;
};

static bool next_value(struct percent *p, struct rt_any *value)
{
	const bool is_tuple = p->values.type == &rt_type_tuple;
	if (p->used >= (is_tuple ? as_list(p->values)->count : 1))
		return fail(p->s, RT_TypeError, "not enough arguments for format string");
	*value = is_tuple ? as_list(p->values)->items[p->used] : p->values;
	p->used++;
	return true;
}

/* %(name)s takes from a dict; the cursor is behind the "(". */
static bool named_value(struct percent *p, struct rt_any *value)
{
	const char *from = p->at;
	while (p->at < p->end && *p->at != ')')
		p->at++;
	if (p->at == p->end)
		return fail(p->s, RT_ValueError, "incomplete format key");
	if (p->values.type != &rt_type_dict)
		return fail(p->s, RT_TypeError, "format requires a mapping");
	const struct rt_any key = text_of(p->s, &rt_type_str, from, (size_t)(p->at++ - from));
	*value = is_nothing(key) ? key : any_item(p->s, p->values, key);
	return !is_nothing(*value);
}

static bool percent_number(struct percent *p, int64_t *number)
{
	struct rt_any value;
	if (p->at < p->end && *p->at == '*') {
		p->at++;
		return next_value(p, &value) && any_int(p->s, value, number);
	}
	for (*number = 0; p->at < p->end && is_digit(*p->at) && *number < INT32_MAX / 10; p->at++)
		*number = *number * 10 + (*p->at - '0');
	return true;
}

static bool percent_flags(struct percent *p)
{
	p->spec = (struct spec){ .fill = " ", .fill_size = 1, .align = '>', .precision = -1 };
	p->is_left = false;
	for (bool has_zero = false; p->at < p->end; p->at++) {
		switch (*p->at) {
		case '-': p->is_left = true; break;
		case '+': p->spec.sign = '+'; break;
		case ' ': p->spec.sign = p->spec.sign ? p->spec.sign : ' '; break;
		case '#': p->spec.is_alternate = true; break;
		case '0': has_zero = true; break;
		default:
			p->spec.align = p->is_left ? '<' : has_zero ? '=' : '>';
			p->spec.fill[0] = has_zero && !p->is_left ? '0' : ' ';
			return true;
		}
	}
	return true;
}

struct converted { const struct percent *p; struct rt_any value; char letter; };

/* A precision is the least number of digits: they are a text that is filled up. */
static bool write_digits(struct rt_script *s, struct rt_text *out, int64_t num, struct spec spec)
{
	char memory[128];
	struct rt_text digits;
	struct spec zeros = {
		.fill = "0", .fill_size = 1, .align = '=', .sign = spec.sign, .type = spec.type, .precision = -1,
		.is_alternate = spec.is_alternate,
	};
	rt_text_init(&digits, memory, sizeof memory, -1);
	zeros.width = spec.precision + (num < 0 || spec.sign) + (spec.is_alternate && spec.type != 'd' ? 2 : 0);
	if (spec.precision > 100)
		return fail(s, RT_ValueError, "precision too large");
	if (!put_formatted_int(s, &digits, num, &zeros))
		return false;
	spec.sign = '\0';
	spec.is_alternate = false;
	spec.precision = -1;
	spec.align = spec.align == '<' ? '<' : '>';
	return put_formatted_text(s, out, memory, rt_text_length(&digits), &spec);
}

static bool write_integer(struct rt_script *s, struct rt_text *out, const struct converted *c)
{
	struct spec spec = c->p->spec;
	if (!is_int(c->value))
		return fail(s, RT_TypeError,
		            c->letter == 'd' || c->letter == 'i' || c->letter == 'u'
		                    ? "%%%c format: a real number is required, not %s"
		                    : "%%%c format: an integer is required, not %s",
		            c->letter, c->value.type->name);
	spec.type = c->letter == 'i' || c->letter == 'u' ? 'd' : c->letter;
	return spec.precision >= 0 ? write_digits(s, out, c->value.num, spec)
	                           : put_formatted_int(s, out, c->value.num, &spec);
}

static bool write_converted(struct rt_script *s, struct rt_text *out, const void *what)
{
	const struct converted *c = what;
	struct spec spec = c->p->spec;
	if (c->letter == 'd' || c->letter == 'i' || c->letter == 'u' || c->letter == 'x' || c->letter == 'X' ||
	    c->letter == 'o')
		return write_integer(s, out, c);
	spec.sign = '\0';
	spec.is_alternate = false;
	spec.align = c->p->is_left ? '<' : '>';
	spec.fill[0] = ' ';
	return put_formatted_text(s, out, as_text(c->value)->bytes, as_text(c->value)->size, &spec);
}

static struct rt_any as_character(struct rt_script *s, struct rt_any value)
{
	char bytes[4];
	if (is_str(value) && as_text(value)->count == 1)
		return value;
	if (!is_int(value))
		return rt_raise(s, RT_TypeError, "%%c requires int or char");
	if (value.num < 0 || value.num > 0x10ffff || (value.num >= 0xd800 && value.num < 0xe000))
		return rt_raise(s, RT_OverflowError, "%%c arg not in range(0x110000)");
	return text_of(s, &rt_type_str, bytes, utf8_put(bytes, (uint32_t)value.num));
}

static struct rt_any convert(struct percent *p, struct rt_any value, char letter)
{
	struct converted converted = { p, value, letter };
	if (letter == 's' || letter == 'r' || letter == 'a')
		converted.value = any_text(p->s, value, letter == 's' ? RT_FORM_STR : RT_FORM_REPR);
	else if (letter == 'c')
		converted.value = as_character(p->s, value);
	else if (strchr("eEfFgG", letter))
		return rt_raise(p->s, RT_ValueError, "there are no floats here: %%%c", letter);
	else if (!strchr("diuxXo", letter))
		return rt_raise(p->s, RT_ValueError, "unsupported format character '%c' (0x%x) at index %ld", letter,
		                (unsigned)letter, (long)(p->at - 1 - p->text->bytes));
	return is_nothing(converted.value) ? rt_nothing() : text_made(p->s, write_converted, &converted);
}

/* One conversion; the cursor is behind the "%". */
static struct rt_any percent_one(struct percent *p)
{
	struct rt_any value = rt_nothing();
	const bool is_named = p->at < p->end && *p->at == '(';
	p->at += is_named;
	if ((is_named && !named_value(p, &value)) || !percent_flags(p) || !percent_number(p, &p->spec.width))
		return rt_nothing();
	if (p->spec.width < 0) {
		p->spec.width = -p->spec.width;
		p->spec.align = '<';
		p->is_left = true;
	}
	if (p->at < p->end && *p->at == '.') {
		p->at++;
		if (!percent_number(p, &p->spec.precision))
			return rt_nothing();
	}
	if (p->at == p->end)
		return rt_raise(p->s, RT_ValueError, "incomplete format");
	const char letter = *p->at++;
	if (letter == '%')
		return text_of(p->s, &rt_type_str, "%", 1);
	return is_named || next_value(p, &value) ? convert(p, value, letter) : rt_nothing();
}

struct rt_any format_percent(struct rt_script *s, struct rt_any text, struct rt_any values)
{
	struct percent p = { .s = s, .text = as_text(text), .at = as_text(text)->bytes, .values = values };
	const struct rt_any pieces = rt_list(s, 0);
	p.end = p.at + p.text->size;
	if (is_nothing(pieces))
		return pieces;
	while (p.at < p.end) {
		const char *sign = memchr(p.at, '%', (size_t)(p.end - p.at));
		if (!add_plain(s, pieces, p.at, sign ? sign : p.end))
			return rt_nothing();
		p.at = sign ? sign + 1 : p.end;
		if (sign && !add_piece(s, pieces, percent_one(&p)))
			return rt_nothing();
	}
	const bool is_tuple = values.type == &rt_type_tuple;
	const bool may_be_mapping = values.type->item && !is_str(values);       /* as Python sees it */
	if (is_tuple ? p.used < as_list(values)->count : !p.used && !may_be_mapping)
		return rt_raise(s, RT_TypeError, "not all arguments converted during string formatting");
	return join_pieces(s, pieces);
}

/* ---- "{}".format(values) ------------------------------------------------------------------------------ */

struct braces {
	struct rt_script *s;
	const char *at, *end;
	const struct rt_any *args; /* args[0 .. count-1] by place, args[count]: names or nothing, then their values */
	unsigned count;
	int64_t next;            /* the next of "{}"; -1: numbers have been given                        */
};

static struct rt_any by_name(struct braces *b, const char *name, size_t size)
{
	const struct rt_any names = b->args[b->count];
	for (uint32_t i = 0; !is_nothing(names) && i < as_list(names)->count; i++) {
		const struct text *text = as_text(as_list(names)->items[i]);
		if (text->size == size && memcmp(text->bytes, name, size) == 0)
			return b->args[b->count + 1 + i];
	}
	const struct rt_any key = text_of(b->s, &rt_type_str, name, size);
	return is_nothing(key) ? key : raise_key(b->s, key);
}

static int64_t read_number(const char *name, size_t size)
{
	int64_t number = 0;
	for (size_t i = 0; i < size && is_digit(name[i]) && number < INT32_MAX / 10; i++)
		number = number * 10 + (name[i] - '0');
	return number;
}

static struct rt_any by_number(struct braces *b, const char *name, size_t size)
{
	int64_t number = read_number(name, size);
	if (!size) {
		if (b->next < 0)
			return rt_raise(b->s, RT_ValueError,
			                "cannot switch from manual field specification to automatic field numbering");
		number = b->next++;
	} else if (b->next > 0) {
		return rt_raise(b->s, RT_ValueError,
		                "cannot switch from automatic field numbering to manual field specification");
	} else {
		b->next = -1;
	}
	if (number >= b->count)
		return rt_raise(b->s, RT_IndexError, "Replacement index %lld out of range for positional args tuple",
		                (long long)number);
	return b->args[number];
}

static size_t name_length(const struct braces *b)
{
	const char *at = b->at;
	while (at < b->end && !strchr(".[]!:{}", *at))
		at++;
	return (size_t)(at - b->at);
}

/* .name and [key] behind the first name */
static struct rt_any follow(struct braces *b, struct rt_any v)
{
	while (!is_nothing(v) && b->at < b->end && (*b->at == '.' || *b->at == '[')) {
		const bool is_key = *b->at++ == '[';
		const char *name = b->at;
		const size_t size = name_length(b);
		const struct rt_any text = text_of(b->s, &rt_type_str, name, size);
		b->at += size;
		if (is_nothing(text) || !size || (is_key && (b->at == b->end || *b->at++ != ']')))
			return is_nothing(text) ? text
			                        : rt_raise(b->s, RT_ValueError, "Empty attribute in format string");
		struct rt_site site = { .name = as_text(text)->bytes, .length = as_text(text)->size };
		v = !is_key ? any_attribute(b->s, v, &site)
		            : any_item(b->s, v, is_digit(*name) ? rt_int(read_number(name, size)) : text);
	}
	return v;
}

static struct rt_any field_value(struct braces *b)
{
	const size_t size = name_length(b);
	const char *name = b->at;
	b->at += size;
	if (b->at == b->end)
		return rt_raise(b->s, RT_ValueError, "expected '}' before end of string");
	const struct rt_any v = !size || is_digit(*name) ? by_number(b, name, size) : by_name(b, name, size);
	return follow(b, v);
}

static struct rt_any braces_text(struct braces *b, bool is_spec);

static struct rt_any field_text(struct braces *b, bool is_spec)
{
	struct rt_any v = field_value(b), spec = rt_nothing();
	if (!is_nothing(v) && b->end - b->at > 1 && *b->at == '!') {
		v = any_text(b->s, v, b->at[1] == 's' ? RT_FORM_STR : RT_FORM_REPR);
		b->at += 2;
	}
	if (is_nothing(v))
		return v;
	if (b->at < b->end && *b->at == ':') {
		b->at++;
		if (is_spec)
			return rt_raise(b->s, RT_ValueError, "Max string recursion exceeded");
		spec = braces_text(b, true);
		if (is_nothing(spec))
			return spec;
	}
	if (b->at == b->end || *b->at != '}')
		return rt_raise(b->s, RT_ValueError, "expected '}' before end of string");
	b->at++;
	return is_nothing(spec) ? any_format(b->s, v, "", 0)
	                        : any_format(b->s, v, as_text(spec)->bytes, as_text(spec)->size);
}

/* Up to the end, or, for a spec, to its "}". */
static struct rt_any braces_text(struct braces *b, bool is_spec)
{
	const struct rt_any pieces = rt_list(b->s, 0);
	const char *from = b->at;
	while (!is_nothing(pieces) && b->at < b->end) {
		const char c = *b->at;
		if (c != '{' && c != '}') {
			b->at++;
			continue;
		}
		const bool is_doubled = !is_spec && b->end - b->at > 1 && b->at[1] == c;
		if (!add_plain(b->s, pieces, from, b->at + is_doubled))
			return rt_nothing();
		if (c == '}' && !is_doubled) {
			if (is_spec)
				return join_pieces(b->s, pieces);
			return rt_raise(b->s, RT_ValueError, "Single '}' encountered in format string");
		}
		b->at += is_doubled ? 2 : 1;
		if (!is_doubled && b->at == b->end)
			return rt_raise(b->s, RT_ValueError, "Single '{' encountered in format string");
		if (!is_doubled && !add_piece(b->s, pieces, field_text(b, is_spec)))
			return rt_nothing();
		from = b->at;
	}
	if (is_nothing(pieces) || !add_plain(b->s, pieces, from, b->at))
		return rt_nothing();
	return join_pieces(b->s, pieces);
}

struct rt_any format_braces(struct rt_script *s, struct rt_any *args, unsigned count)
{
	struct braces b = { .s = s, .at = as_text(args[0])->bytes, .args = args + 1, .count = count };
	b.end = b.at + as_text(args[0])->size;
	return braces_text(&b, false);
}
