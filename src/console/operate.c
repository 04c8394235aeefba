/* SPDX-License-Identifier: MIT */
/* operate.c - operators: arithmetic of 64-bit integers, where what does not fit is an error, and the way to what a type
 * does itself. Division and remainder round down, as Python's do. */
#include "machine.h"

static struct rt_any too_big(struct rt_script *s)
{
	return rt_raise(s, RT_OverflowError, "integers have 64 bits here: the result does not fit");
}

/* ---- integers ----------------------------------------------------------------------------------------- */

static bool multiply(int64_t a, int64_t b, int64_t *product)
{
	if (a == (int32_t)a && b == (int32_t)b) {
		*product = a * b;
		return true;
	}
	const bool is_negative = (a < 0) != (b < 0);
	const uint64_t x = a < 0 ? 0 - (uint64_t)a : (uint64_t)a, y = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;
	const uint64_t most = is_negative ? 1ull << 63 : INT64_MAX;
	if (y && x > most / y)
		return false;
	*product = (int64_t)(is_negative ? 0 - x * y : x * y);
	return true;
}

static bool power(int64_t base, int64_t exponent, int64_t *result)
{
	*result = 1;
	if (base == 0 || base == 1 || base == -1) {
		*result = base == -1 && exponent % 2 == 0 ? 1 : exponent ? base : 1;
		return true;
	}
	while (exponent) {
		if (exponent & 1 && !multiply(*result, base, result))
			return false;
		exponent >>= 1;
		if (exponent && !multiply(base, base, &base))
			return false;
	}
	return true;
}

static struct rt_any divide(struct rt_script *s, int64_t a, int64_t b, bool is_remainder)
{
	if (!b)
		return rt_raise(s, RT_ZeroDivisionError, is_remainder ? "integer modulo by zero"
		                                                      : "integer division or modulo by zero");
	if (b == -1)
		return is_remainder ? rt_int(0) : a == INT64_MIN ? too_big(s) : rt_int(-a);
	const int64_t remainder = a % b;
	const bool is_low = remainder && (remainder < 0) != (b < 0);
	return rt_int(is_remainder ? remainder + (is_low ? b : 0) : a / b - is_low);
}

static struct rt_any shift(struct rt_script *s, int64_t a, int64_t by, bool is_left)
{
	if (by < 0)
		return rt_raise(s, RT_ValueError, "negative shift count");
	if (!is_left)
		return rt_int(a >> (by < 63 ? by : 63));
	if (!a)
		return rt_int(0);
	const int64_t moved = by < 64 ? (int64_t)((uint64_t)a << by) : 0;
	return by > 63 || moved >> by != a ? too_big(s) : rt_int(moved);
}

static struct rt_any int_binary(struct rt_script *s, char op, int64_t a, int64_t b)
{
	int64_t result = 0;
	bool fits = true;
	switch (op) {
	case '+': fits = !__builtin_add_overflow(a, b, &result); break;
	case '-': fits = !__builtin_sub_overflow(a, b, &result); break;
	case '*': fits = multiply(a, b, &result); break;
	case '&': result = a & b; break;
	case '|': result = a | b; break;
	case '^': result = a ^ b; break;
	case 'd':
	case '%': return divide(s, a, b, op == '%');
	case '<':
	case '>': return shift(s, a, b, op == '<');
	case 'p':
		if (b < 0)
			return rt_raise(s, RT_TypeError, "there are no floats here: the exponent must not be negative");
		fits = power(a, b, &result);
		break;
	case '/': return rt_raise(s, RT_TypeError, "there are no floats here: use // instead of /");
	default:  return rt_nothing();
	}
	return fits ? rt_int(result) : too_big(s);
}

/* ---- any two values ----------------------------------------------------------------------------------- */

static struct rt_any no_operator(struct rt_script *s, char op, struct rt_any a, struct rt_any b, bool in_place)
{
	static const char names[] = "d//\0<<<\0>>>\0p** or pow()\0";
	char sign[2] = { op, '\0' };
	const char *name = sign;
	for (const char *p = names; *p; p += strlen(p) + 1)
		if (*p == op)
			name = p + 1;
	if (in_place && op == 'p')
		name = "**";
	return rt_raise(s, RT_TypeError, "unsupported operand type(s) for %s%s: '%s' and '%s'", name,
	                in_place ? "=" : "", a.type->name, b.type->name);
}

/* True: done, the result is a itself, or an error was raised. */
static bool change_in_place(struct rt_script *s, char op, struct rt_any a, struct rt_any b)
{
	if (a.type == &rt_type_list && op == '+')
		return list_extend(s, a, b) || true;
	if (a.type == &rt_type_list && op == '*')
		return is_int(b) && (list_repeat(s, as_list(a), b.num) || true);
	if (a.type == &rt_type_dict && op == '|')
		return dict_update(s, a, b) || true;
	return a.type == &type_set && b.type == &type_set && (set_change(s, op, a, b) || rt_failed(s));
}

struct rt_any any_binary(struct rt_script *s, char op, struct rt_any a, struct rt_any b, bool in_place)
{
	if (is_int(a) && is_int(b)) {
		const bool is_logic =
			a.type == b.type && a.type == &rt_type_bool && (op == '&' || op == '|' || op == '^');
		const struct rt_any result = int_binary(s, op, a.num, b.num);
		if (!is_nothing(result) || rt_failed(s))
			return is_logic ? rt_bool(result.num) : result;
		return no_operator(s, op, a, b, in_place);
	}
	if (in_place && change_in_place(s, op, a, b))
		return rt_failed(s) ? rt_nothing() : a;
	struct rt_any result = a.type->binary ? a.type->binary(s, op, a, b, false) : rt_nothing();
	if (is_nothing(result) && !rt_failed(s) && b.type->binary)
		result = b.type->binary(s, op, b, a, true);
	return is_nothing(result) && !rt_failed(s) ? no_operator(s, op, a, b, in_place) : result;
}

struct rt_any any_unary(struct rt_script *s, char op, struct rt_any v)
{
	if (!is_int(v))
		return rt_raise(s, RT_TypeError, "bad operand type for unary %c: '%s'", op, v.type->name);
	if (op == '-' && v.num == INT64_MIN)
		return too_big(s);
	return rt_int(op == '-' ? -v.num : op == '~' ? ~v.num : v.num);
}

/* ---- parts -------------------------------------------------------------------------------------------- */

static struct rt_any no_parts(struct rt_script *s, struct rt_any v)
{
	if (v.type == &rt_type_type)
		return rt_raise(s, RT_TypeError, "type '%s' is not subscriptable",
		                ((const struct rt_type *)v.fixed)->name);
	return rt_raise(s, RT_TypeError, "'%s' object is not subscriptable", v.type->name);
}

struct rt_any any_item(struct rt_script *s, struct rt_any whole, struct rt_any key)
{
	return whole.type->item ? whole.type->item(s, whole, key) : no_parts(s, whole);
}

bool any_set_item(struct rt_script *s, struct rt_any whole, struct rt_any key, struct rt_any value)
{
	if (whole.type->set_item)
		return whole.type->set_item(s, whole, key, value);
	return fail(s, RT_TypeError,
	            is_nothing(value) ? "'%s' object doesn't support item deletion"
	                              : "'%s' object does not support item assignment",
	            whole.type->name);
}

struct rt_any any_slice(struct rt_script *s, struct rt_any whole, const struct rt_any parts[3])
{
	if (whole.type->slice)
		return whole.type->slice(s, whole, parts);
	return whole.type->item ? rt_raise(s, RT_TypeError, "unhashable type: 'slice'") : no_parts(s, whole);
}

bool any_set_slice(struct rt_script *s, struct rt_any whole, const struct rt_any parts[3], struct rt_any value)
{
	if (whole.type == &rt_type_list)
		return list_set_slice(s, whole, parts, value);
	return any_set_item(s, whole.type->set_item ? rt_none() : whole, rt_none(), value);
}
