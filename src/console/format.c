/* SPDX-License-Identifier: MIT */
/* format.c - format specs (Python's library reference, "Format Specification Mini-Language"), for integers and texts.
 * */
#include "format.h"

/* ---- parsing ------------------------------------------------------------------------------------------ */

static bool is_align(char c) { return c == '<' || c == '>' || c == '^' || c == '='; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t fill_size(const char *at, const char *end)
{
	const uint8_t first = (uint8_t)*at;
	const size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	return (size_t)(end - at) > size && is_align(at[size]) ? size : 0;
}

static bool read_count(struct rt_script *s, const char **at, const char *end, int64_t *count)
{
	for (*count = 0; *at < end && is_digit(**at); ++*at) {
		*count = *count * 10 + (**at - '0');
		if (*count > INT32_MAX)
			return fail(s, RT_ValueError, "Too many decimal digits in format string");
	}
	return true;
}

static bool take(const char **at, const char *end, const char *letters, char *letter)
{
	if (*at == end || !**at || !strchr(letters, **at))
		return false;
	*letter = *(*at)++;
	return true;
}

/* `type`: whose spec it is, for the message. */
static bool spec_parse(struct rt_script *s, struct spec *spec, const char *text, size_t size, const char *type)
{
	const char *at = text, *const end = text + size;
	char found;
	*spec = (struct spec){ .fill = " ", .fill_size = 1, .precision = -1 };
	const size_t fill = size ? fill_size(at, end) : 0;
	if (fill) {
		memcpy(spec->fill, at, fill);
		spec->fill_size = (uint8_t)fill;
		at += fill;
	}
	take(&at, end, "<>^=", &spec->align);
	take(&at, end, "+- ", &spec->sign);
	spec->is_alternate = take(&at, end, "#", &found);
	if (!fill && take(&at, end, "0", &found)) {
		spec->fill[0] = '0';
		if (!spec->align)
			spec->align = '0';      /* as '=' for numbers, as '<' for texts */
	}
	if (!read_count(s, &at, end, &spec->width))
		return false;
	take(&at, end, ",_", &spec->group);
	if (take(&at, end, ".", &found)) {
		if (at == end || !is_digit(*at))
			return fail(s, RT_ValueError, "Format specifier missing precision");
		if (!read_count(s, &at, end, &spec->precision))
			return false;
	}
	if (end - at > 1)
		return fail(s, RT_ValueError, "Invalid format specifier '%.*s' for object of type '%s'", (int)size,
		            text, type);
	if (at < end)
		spec->type = *at;
	return true;
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static void put_fill(struct rt_text *out, const struct spec *spec, int64_t count)
{
	for (; count > 0 && !out->error; count--)
		rt_put(out, spec->fill, spec->fill_size);
}

/* How many of `lack` stand in front. */
static int64_t before(const struct spec *spec, int64_t lack, char otherwise)
{
	const char align = spec->align && spec->align != '0' ? spec->align : otherwise;
	return lack <= 0 || align == '<' ? 0 : align == '^' ? lack / 2 : lack;
}

bool put_formatted_text(struct rt_script *s, struct rt_text *out, const char *bytes, size_t size,
                        const struct spec *spec)
{
	int64_t count = 0;
	size_t end = 0;
	if (spec->sign)
		return fail(s, RT_ValueError, "Sign not allowed in string format specifier");
	if (spec->is_alternate)
		return fail(s, RT_ValueError, "Alternate form (#) not allowed in string format specifier");
	if (spec->align == '=')
		return fail(s, RT_ValueError, "'=' alignment not allowed in string format specifier");
	if (spec->group)
		return fail(s, RT_ValueError, "Cannot specify '%c' with 's'.", spec->group);
	for (; end < size; end++) {
		const bool is_first = ((uint8_t)bytes[end] & 0xc0) != 0x80;
		if (is_first && count == spec->precision)
			break;
		count += is_first;
	}
	const int64_t lack = spec->width - count, front = before(spec, lack, '<');
	put_fill(out, spec, front);
	rt_put(out, bytes, end);
	put_fill(out, spec, lack - front);
	return true;
}

struct digits { char text[64]; unsigned count; const char *prefix; unsigned group; };     /* lowest first */

static void find_digits(struct digits *digits, uint64_t number, const struct spec *spec)
{
	const char *const letters = spec->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	const unsigned base = spec->type == 'x' || spec->type == 'X' ? 16
	                    : spec->type == 'o'                      ? 8
	                    : spec->type == 'b'                      ? 2
	                                                             : 10;
	digits->count = 0;
	do
		digits->text[digits->count++] = letters[number % base];
	while (number /= base);
	digits->prefix = !spec->is_alternate || base == 10 ? "" : spec->type == 'X' ? "0X" : base == 16 ? "0x"
	               : base == 8 ? "0o" : "0b";
	digits->group = !spec->group ? 0 : base == 10 ? 3 : 4;
}

static int64_t grouped_length(int64_t digits, unsigned group)
{
	return digits + (group && digits ? (digits - 1) / group : 0);
}

/* So many digits, at least, fill `width` with their separators; a separator does not come first. */
static int64_t digits_for(int64_t width, unsigned group)
{
	return group && width > 0 ? width - (width - 1) / (group + 1) : width;
}

static void put_digits(struct rt_text *out, const struct digits *digits, int64_t count, char group)
{
	while (count-- && !out->error) {
		rt_put_char(out, count < digits->count ? digits->text[count] : '0');
		if (digits->group && count && count % digits->group == 0)
			rt_put_char(out, group);
	}
}

static bool put_character(struct rt_script *s, struct rt_text *out, int64_t num, const struct spec *spec)
{
	char bytes[4];
	struct spec plain = *spec;
	if (spec->sign || spec->is_alternate)
		return fail(s, RT_ValueError, "%s not allowed with integer format specifier 'c'",
		            spec->sign ? "Sign" : "Alternate form (#)");
	if (num < 0 || num > 0x10ffff || (num >= 0xd800 && num < 0xe000))
		return fail(s, RT_OverflowError, "%%c arg not in range(0x110000)");
	if (!plain.align || plain.align == '=' || plain.align == '0')
		plain.align = '>';
	return put_formatted_text(s, out, bytes, utf8_put(bytes, (uint32_t)num), &plain);
}

static bool is_allowed(struct rt_script *s, const struct spec *spec)
{
	if (spec->type && strchr("eEfFgG%", spec->type))
		return fail(s, RT_ValueError, "there are no floats here: format code '%c'", spec->type);
	if (spec->type && !strchr("bcdnoxX", spec->type))
		return fail(s, RT_ValueError, "Unknown format code '%c' for object of type 'int'", spec->type);
	if (spec->precision >= 0)
		return fail(s, RT_ValueError, "Precision not allowed in integer format specifier");
	if (spec->group && spec->type &&
	    (spec->type == 'n' || spec->type == 'c' || (spec->group == ',' && spec->type != 'd')))
		return fail(s, RT_ValueError, "Cannot specify '%c' with '%c'.", spec->group, spec->type);
	return true;
}

bool put_formatted_int(struct rt_script *s, struct rt_text *out, int64_t num, const struct spec *spec)
{
	struct digits digits;
	if (!is_allowed(s, spec))
		return false;
	if (spec->type == 'c')
		return put_character(s, out, num, spec);
	find_digits(&digits, num < 0 ? 0 - (uint64_t)num : (uint64_t)num, spec);
	const char sign = num < 0 ? '-' : spec->sign && spec->sign != '-' ? spec->sign : '\0';
	const int64_t front = (sign != '\0') + (int64_t)strlen(digits.prefix);
	const bool is_filled = spec->align == '=' || spec->align == '0', has_zeros = is_filled && spec->fill[0] == '0';
	const int64_t zeros = has_zeros ? digits_for(spec->width - front, digits.group) : 0;
	const int64_t count = zeros > digits.count ? zeros : digits.count;
	const int64_t lack = spec->width - front - grouped_length(count, digits.group);
	const int64_t left = is_filled ? 0 : before(spec, lack, '>');
	put_fill(out, spec, left);
	if (sign)
		rt_put_char(out, sign);
	rt_put_string(out, digits.prefix);
	if (is_filled)
		put_fill(out, spec, lack);
	put_digits(out, &digits, count, spec->group);
	if (!is_filled)
		put_fill(out, spec, lack - left);
	return true;
}

/* ---- any value ---------------------------------------------------------------------------------------- */

struct formatted { struct rt_any value; const char *spec; size_t length; };

static bool write_formatted(struct rt_script *s, struct rt_text *out, const void *what)
{
	const struct formatted *formatted = what;
	const struct rt_any v = formatted->value;
	struct spec spec;
	if (v.type->format)
		return v.type->format(s, out, v, formatted->spec, formatted->length);
	if (!is_int(v) && !is_str(v))
		return fail(s, RT_TypeError, "unsupported format string passed to %s.__format__", v.type->name);
	if (!spec_parse(s, &spec, formatted->spec, formatted->length, v.type->name))
		return false;
	if (is_int(v))
		return put_formatted_int(s, out, v.num, &spec);
	if (spec.type && spec.type != 's')
		return fail(s, RT_ValueError, "Unknown format code '%c' for object of type 'str'", spec.type);
	return put_formatted_text(s, out, as_text(v)->bytes, as_text(v)->size, &spec);
}

struct rt_any any_format(struct rt_script *s, struct rt_any v, const char *spec, size_t length)
{
	const struct formatted formatted = { v, spec, length };
	return length || v.type->format ? text_made(s, write_formatted, &formatted) : any_text(s, v, RT_FORM_STR);
}
