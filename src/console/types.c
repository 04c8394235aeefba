/* SPDX-License-Identifier: MIT */
/* types.c - None, bool, int, types themselves, and finding what stands behind a dot. */
#include "machine.h"

/* ---- attributes --------------------------------------------------------------------------------------- */

static const struct rt_method *find_method(const struct rt_type *type, const struct rt_site *site)
{
	for (; type; type = type->base == type ? NULL : type->base)
		for (const struct rt_method *method = type->methods; method && method->name; method++)
			if (strncmp(method->name, site->name, site->length) == 0 && !method->name[site->length])
				return method;
	return NULL;
}

const struct rt_method *site_method(struct rt_site *site, const struct rt_type *type)
{
	if (site->type != type) {
		site->type = type;
		site->method = find_method(type, site);
	}
	return site->method;
}

static void bound_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct bound *)(void *)object)->self);
}

static bool bound_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	const struct bound *bound = (struct bound *)(void *)v.object;
	(void)s, (void)form;
	if (rt_is(bound->self, &rt_type_type))
		rt_put_format(out, "<method '%s' of '%s' objects>", bound->method->name,
		              ((const struct rt_type *)bound->self.fixed)->name);
	else
		rt_put_format(out, "<built-in method %s of %s object>", bound->method->name, bound->self.type->name);
	return true;
}

const struct rt_type type_bound = { .name = "builtin_function_or_method", .mark = bound_mark, .put = bound_put };

static struct rt_any bound_new(struct rt_script *s, struct rt_any self, const struct rt_method *method)
{
	struct bound *bound = (struct bound *)(void *)rt_object_new(s, &type_bound, sizeof *bound);
	if (!bound)
		return rt_nothing();
	bound->self = self;
	bound->method = method;
	return rt_any_of(&bound->head);
}

struct rt_any any_attribute(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	const struct rt_method *method = site_method(site, v.type);
	if (method)
		return bound_new(s, v, method);
	const struct rt_any found = v.type->get ? v.type->get(s, v, site) : rt_nothing();
	if (!is_nothing(found) || rt_failed(s))
		return found;
	const bool is_type = rt_is(v, &rt_type_type);
	return rt_raise(s, RT_AttributeError,
	                is_type ? "type object '%s' has no attribute '%.*s'" : "'%s' object has no attribute '%.*s'",
	                is_type ? ((const struct rt_type *)v.fixed)->name : v.type->name, (int)site->length,
	                site->name);
}

/* ---- None and bool ------------------------------------------------------------------------------------ */

static bool word_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_string(out, v.type == &rt_type_none ? "None" : v.num ? "True" : "False");
	return true;
}

NATIVE(bool_make)
{
	const int truth = count ? any_truth(s, args[1]) : 0;
	return truth < 0 ? rt_nothing() : rt_bool(truth);
}

static const struct rt_method bool_maker = { "bool", bool_make, 0, 1, 0, NULL, true };

const struct rt_type rt_type_none = { .name = "NoneType", .is_inline = true, .put = word_put };
const struct rt_type rt_type_bool = {
	.name = "bool", .base = &rt_type_int, .is_inline = true, .maker = &bool_maker, .put = word_put
};

/* ---- int ---------------------------------------------------------------------------------------------- */

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (unsigned)((c | 0x20) - 'a') + 10 : 36;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* 0x, 0o, 0b where the base allows it; base 0 becomes what they say. */
static void take_prefix(const char **at, const char *end, int64_t *base)
{
	const char letter = end - *at > 2 && **at == '0' ? (*at)[1] | 0x20 : '\0';
	const int64_t says = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
	if (says && (*base == 0 || *base == says)) {
		*base = says;
		*at += (*at)[2] == '_' ? 3 : 2;
	} else if (*base == 0) {
		*base = 10;
	}
}

/* 1; 0: not a number; -1: too big. */
static int read_digits(const char *at, const char *end, int64_t base, uint64_t *number)
{
	bool was_digit = false, is_big = false;
	for (; at < end; at++) {
		if (*at == '_' && was_digit) {
			was_digit = false;
			continue;
		}
		const unsigned value = digit_value(*at);
		if (value >= (uint64_t)base)
			return 0;
		is_big |= *number > (UINT64_MAX - value) / (uint64_t)base;
		*number = *number * (uint64_t)base + value;
		was_digit = true;
	}
	return !was_digit ? 0 : is_big ? -1 : 1;
}

static struct rt_any int_from_text(struct rt_script *s, struct rt_any v, int64_t base)
{
	const char *at = as_text(v)->bytes, *end = at + as_text(v)->size;
	const int64_t given = base;
	uint64_t number = 0;
	while (at < end && is_space(*at))
		at++;
	while (at < end && is_space(end[-1]))
		end--;
	const bool is_negative = at < end && *at == '-';
	at += at < end && (*at == '-' || *at == '+');
	take_prefix(&at, end, &base);
	const int verdict = read_digits(at, end, base, &number);
	if (verdict == 0) {
		const struct rt_any text = any_text(s, v, RT_FORM_REPR);
		return is_nothing(text) ? text
		                        : rt_raise(s, RT_ValueError, "invalid literal for int() with base %lld: %s",
		                                   (long long)given, as_text(text)->bytes);
	}
	if (verdict < 0 || number > (uint64_t)INT64_MAX + is_negative)
		return rt_raise(s, RT_OverflowError, "integers have 64 bits here: the number does not fit");
	return rt_int((int64_t)(is_negative ? 0 - number : number));
}

NATIVE(int_make)
{
	const bool is_text = count && (is_str(args[1]) || args[1].type == &rt_type_bytes);
	int64_t base = 10, num = 0;
	if (!is_nothing(args[2])) {
		if (!any_int(s, args[2], &base))
			return rt_nothing();
		if (!is_text)
			return rt_raise(s, RT_TypeError, "int() can't convert non-string with explicit base");
		if (base != 0 && (base < 2 || base > 36))
			return rt_raise(s, RT_ValueError, "int() base must be >= 2 and <= 36, or 0");
	}
	if (is_text)
		return int_from_text(s, args[1], base);
	if (count && !is_int(args[1]) && !args[1].type->number)
		return rt_raise(s, RT_TypeError,
		                "int() argument must be a string, a bytes-like object or a real number, not '%s'",
		                args[1].type->name);
	return !count || any_int(s, args[1], &num) ? rt_int(num) : rt_nothing();
}

static bool find_order(struct rt_script *s, struct rt_any v, bool *is_little)
{
	const char *name = is_nothing(v) ? "big" : is_str(v) ? as_text(v)->bytes : "";
	*is_little = strcmp(name, "little") == 0;
	return *is_little || strcmp(name, "big") == 0 ||
	       fail(s, RT_ValueError, "byteorder must be either 'little' or 'big'");
}

NATIVE(method_from_bytes)
{
	bool is_little;
	uint64_t number = 0;
	if (args[1].type != &rt_type_bytes)
		return rt_raise(s, RT_TypeError, "cannot convert '%s' object to bytes", args[1].type->name);
	if (!find_order(s, args[2], &is_little))
		return rt_nothing();
	const struct text *text = as_text(args[1]);
	for (uint32_t i = 0; i < text->size; i++) {
		if (number >> 56)
			return rt_raise(s, RT_OverflowError, "integers have 64 bits here: the number does not fit");
		number = number << 8 | (uint8_t)text->bytes[is_little ? text->size - 1 - i : i];
	}
	if (number > INT64_MAX)
		return rt_raise(s, RT_OverflowError, "integers have 64 bits here: the number does not fit");
	return rt_int((int64_t)number);
}

NATIVE(method_to_bytes)
{
	int64_t length = 1;
	bool is_little;
	if ((!is_nothing(args[1]) && !any_int(s, args[1], &length)) || !find_order(s, args[2], &is_little))
		return rt_nothing();
	if (length < 0)
		return rt_raise(s, RT_ValueError, "length argument must be non-negative");
	if (args[0].num < 0)
		return rt_raise(s, RT_OverflowError, "can't convert negative int to unsigned");
	if (length < 8 && args[0].num >> (8 * length))
		return rt_raise(s, RT_OverflowError, "int too big to convert");
	struct text *text = text_new(s, &rt_type_bytes, length > SIZE_LIMIT ? SIZE_LIMIT + 1 : (size_t)length);
	for (int64_t i = 0; text && i < length && i < 8; i++)
		text->bytes[is_little ? i : length - 1 - i] = (char)(args[0].num >> (8 * i));
	return text ? rt_any_of(&text->head) : rt_nothing();
}

NATIVE(method_bit_length)
{
	int64_t bits = 0;
	for (uint64_t n = args[0].num < 0 ? 0 - (uint64_t)args[0].num : (uint64_t)args[0].num; n; n >>= 1)
		bits++;
	return rt_int(bits);
}

const struct rt_method int_methods[] = {
	{ "bit_length", method_bit_length, 0, 0, 0, NULL },
	{ "from_bytes", method_from_bytes, 1, 2, 0, "bytes byteorder", true },
	{ "to_bytes", method_to_bytes, 0, 2, 0, "length byteorder" },
	{ NULL }
};

static const struct rt_method int_maker = { "int", int_make, 0, 2, 1, "base", true };

const struct rt_type rt_type_int = { .name = "int", .is_inline = true, .maker = &int_maker, .methods = int_methods };

/* ---- types, functions in C ---------------------------------------------------------------------------- */

static bool type_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_format(out, "<class '%s'>", ((const struct rt_type *)v.fixed)->name);
	return true;
}

/* int.name: a method of it that waits for its object, or __name__. */
static struct rt_any type_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	const struct rt_type *type = v.fixed;
	if (site->length == 8 && memcmp(site->name, "__name__", 8) == 0)
		return text_of(s, &rt_type_str, type->name, strlen(type->name));
	const struct rt_method *method = find_method(type, site);
	return method ? bound_new(s, v, method) : rt_nothing();
}

NATIVE(type_make)
{
	return rt_type_value(args[1].type);
}

static const struct rt_method type_maker = { "type", type_make, 1, 1, 0, NULL, true };

const struct rt_type rt_type_type = {
	.name = "type", .is_inline = true, .maker = &type_maker, .put = type_put, .get = type_get
};

static bool native_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_format(out, "<built-in function %s>", ((const struct rt_method *)v.fixed)->name);
	return true;
}

static struct rt_any native_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	const char *name = ((const struct rt_method *)v.fixed)->name;
	return site->length == 8 && memcmp(site->name, "__name__", 8) == 0
	             ? text_of(s, &rt_type_str, name, strlen(name))
	             : rt_nothing();
}

const struct rt_type rt_type_native = {
	.name = "builtin_function_or_method", .is_inline = true, .put = native_put, .get = native_get
};

static struct rt_any fixed_value(const struct rt_type *type, const void *fixed)
{
	struct rt_any v = rt_inline(type, 0);   /* all bits are compared, also where pointers are shorter */
	v.fixed = fixed;
	return v;
}

struct rt_any rt_native(const struct rt_method *function) { return fixed_value(&rt_type_native, function); }
struct rt_any rt_type_value(const struct rt_type *type) { return fixed_value(&rt_type_type, type); }

struct rt_any rt_any_of(struct rt_object *object)
{
	struct rt_any v = rt_inline(object ? object->type : NULL, 0);
	v.object = object;
	return v;
}
