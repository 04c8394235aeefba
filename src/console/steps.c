/* SPDX-License-Identifier: MIT */
/* steps.c - instructions that are functions: each takes its operands from the stack below `sp`, leaves s->sp behind its
 * result, and returns false when it raised. */
#include "machine.h"

#define STEP(its_name) static bool its_name(struct rt_script *s UNUSED, struct frame *frame UNUSED, \
	struct instruction in UNUSED, struct rt_any *sp UNUSED)

/* The result in the place of `count` operands. */
static bool replace(struct rt_script *s, struct rt_any *sp, unsigned count, struct rt_any result)
{
	s->sp = sp - count;
	if (is_nothing(result))
		return false;
	*s->sp++ = result;
	return true;
}

static bool replace_verdict(struct rt_script *s, struct rt_any *sp, unsigned count, int verdict, bool is_negated)
{
	return replace(s, sp, count, verdict < 0 ? rt_nothing() : rt_bool(verdict != is_negated));
}

/* ---- names -------------------------------------------------------------------------------------------- */

static const char *name_of_slot(const struct frame *frame, unsigned slot)
{
	return slot < frame->code->name_count ? as_text(frame->code->names[slot])->bytes : "?";
}

static bool unbound(struct rt_script *s, const struct frame *frame, unsigned slot)
{
	const unsigned taken = frame->code->capture_at;
	if (frame->code->capture_count && slot >= taken && slot < taken + frame->code->capture_count)
		return fail(s, RT_NameError, "cannot access free variable '%s' where it is not associated with a value "
		            "in enclosing scope", name_of_slot(frame, slot));
	return fail(s, RT_UnboundLocalError,
	            "cannot access local variable '%s' where it is not associated with a value",
	            name_of_slot(frame, slot));
}

STEP(step_local) { return unbound(s, frame, in.b); }

STEP(step_del_local)
{
	if (is_nothing(frame->base[in.b]))
		return unbound(s, frame, in.b);
	frame->base[in.b] = rt_nothing();
	return true;
}

static bool undefined(struct rt_script *s, const struct global *global)
{
	return fail(s, RT_NameError, "name '%s' is not defined", as_text(global->name)->bytes);
}

STEP(step_global)
{
	return undefined(s, &s->globals[in.b]);
}

/* Built-in names come back. */
STEP(step_del_global)
{
	struct global *global = &s->globals[in.b];
	if (is_nothing(global->value) || is_same(global->value, global->built_in))
		return undefined(s, global);
	global->value = global->built_in;
	return true;
}

STEP(step_cell)
{
	const struct rt_any value = as_cell(frame->base[in.b])->value;
	if (is_nothing(value))
		return unbound(s, frame, in.b);
	return replace(s, sp, 0, value);
}

STEP(step_set_cell)
{
	as_cell(frame->base[in.b])->value = sp[-1];
	s->sp = sp - 1;
	return true;
}

STEP(step_del_cell)
{
	struct cell *cell = as_cell(frame->base[in.b]);
	if (is_nothing(cell->value))
		return unbound(s, frame, in.b);
	cell->value = rt_nothing();
	return true;
}

STEP(step_new_cell)
{
	struct cell *cell = (struct cell *)(void *)rt_object_new(s, &type_cell, sizeof *cell);
	if (!cell)
		return false;
	if (!in.a)
		cell->value = frame->base[in.b];
	frame->base[in.b] = rt_any_of(&cell->head);
	return true;
}

/* ---- operators ---------------------------------------------------------------------------------------- */

STEP(step_add)
{
	const struct rt_any sum = any_binary(s, in.op == OP_ADD ? '+' : '-', sp[-2], sp[-1], in.a);
	return replace(s, sp, 2, sum);
}

STEP(step_binary)
{
	const struct rt_any result = any_binary(s, (char)in.a, sp[-2], sp[-1], in.b);
	return replace(s, sp, 2, result);
}

STEP(step_unary)
{
	return replace(s, sp, 1, any_unary(s, (char)in.a, sp[-1]));
}

STEP(step_not)
{
	return replace_verdict(s, sp, 1, any_truth(s, sp[-1]), true);
}

STEP(step_compare)
{
	return replace_verdict(s, sp, 2, any_relation(s, sp[-2], sp[-1], in.a), false);
}

STEP(step_in)
{
	return replace_verdict(s, sp, 2, any_contains(s, sp[-1], sp[-2]), in.a);
}

STEP(step_is)
{
	return replace_verdict(s, sp, 2, is_same(sp[-2], sp[-1]), in.a);
}

/* A jump back: the loop comes here when there is something to look at. */
STEP(step_back)
{
	frame->ip = frame->code->instructions + in.b;
	return step_allowed(s);
}

/* ---- parts -------------------------------------------------------------------------------------------- */

STEP(step_attribute)
{
	return replace(s, sp, 1, any_attribute(s, sp[-1], &frame->code->sites[in.b]));
}

STEP(step_set_attribute)
{
	struct rt_site *site = &frame->code->sites[in.b];
	const struct rt_any object = sp[-1], value = sp[-2];
	s->sp = sp - 2;
	if (object.type->set)
		return object.type->set(s, object, site, value);
	return fail(s, RT_AttributeError, "'%s' object has no attribute '%s'", object.type->name, site->name);
}

STEP(step_item)
{
	return replace(s, sp, 2, any_item(s, sp[-2], sp[-1]));
}

STEP(step_set_item)
{
	const bool is_right = any_set_item(s, sp[-2], sp[-1], sp[-3]);
	s->sp = sp - 3;
	return is_right;
}

STEP(step_del_item)
{
	const bool is_right = any_set_item(s, sp[-2], sp[-1], rt_nothing());
	s->sp = sp - 2;
	return is_right;
}

STEP(step_slice)
{
	const struct rt_any part = any_slice(s, sp[-4], sp - 3);
	return replace(s, sp, 4, part);
}

STEP(step_set_slice)
{
	const bool is_right = any_set_slice(s, sp[-4], sp - 3, sp[-5]);
	s->sp = sp - 5;
	return is_right;
}

STEP(step_del_slice)
{
	const bool is_right = any_set_slice(s, sp[-4], sp - 3, rt_nothing());
	s->sp = sp - 4;
	return is_right;
}

/* ---- containers --------------------------------------------------------------------------------------- */

STEP(step_list)
{
	struct list *list = list_new(s, &rt_type_list, in.b);
	for (unsigned i = 0; list && i < in.b; i++)
		list->items[list->count++] = sp[(int)i - (int)in.b];
	return replace(s, sp, in.b, list ? rt_any_of(&list->head) : rt_nothing());
}

STEP(step_tuple)
{
	if (in.a)
		return replace(s, sp, 1, rt_tuple(s, as_list(sp[-1])->items, as_list(sp[-1])->count));
	return replace(s, sp, in.b, rt_tuple(s, sp - in.b, in.b));
}

STEP(step_table)
{
	const unsigned width = in.op == OP_SET ? 1 : 2;
	struct dict *dict = dict_new(s, in.op == OP_SET ? &type_set : &rt_type_dict);
	const struct rt_any *from = sp - in.b * width;
	bool is_right = dict;
	for (const struct rt_any *at = from; is_right && at < sp; at += width)
		is_right = dict_put(s, dict, at[0], width == 2 ? at[1] : rt_none());
	return replace(s, sp, in.b * width, is_right ? rt_any_of(&dict->head) : rt_nothing());
}

STEP(step_list_add)
{
	const bool is_right = list_add(s, as_list(sp[-2 - (int)in.b]), sp[-1]);
	s->sp = sp - 1;
	return is_right;
}

STEP(step_list_extend)
{
	const bool is_right = list_extend(s, sp[-2], sp[-1]);
	s->sp = sp - 1;
	return is_right;
}

STEP(step_set_add)
{
	const bool is_right = dict_put(s, as_dict(sp[-2 - (int)in.b]), sp[-1], rt_none());
	s->sp = sp - 1;
	return is_right;
}

STEP(step_dict_add)
{
	const bool is_right = dict_put(s, as_dict(sp[-3 - (int)in.b]), sp[-2], sp[-1]);
	s->sp = sp - 2;
	return is_right;
}

STEP(step_iterate)
{
	return replace(s, sp, 1, any_iterate(s, sp[-1]));
}

static bool wrong_length(struct rt_script *s, unsigned want, unsigned have)
{
	if (have > want)
		return fail(s, RT_ValueError, "too many values to unpack (expected %u)", want);
	return fail(s, RT_ValueError, "not enough values to unpack (expected %u, got %u)", want, have);
}

/* At most one item more than is wanted is taken from what is only iterable. */
static bool collect(struct rt_script *s, struct rt_any v, unsigned want, struct rt_any *list)
{
	struct rt_any *held = rt_hold(s, rt_list(s, want + 1u)), item;
	if (!v.type->next)
		return fail(s, RT_TypeError, "cannot unpack non-iterable %s object", v.type->name);
	struct rt_any *iterator = held ? rt_hold(s, any_iterate(s, v)) : NULL;
	if (!iterator)
		return false;
	int rc = 1;
	while (as_list(*held)->count <= want && (rc = any_next(s, *iterator, &item)) == 1)
		if (!list_add(s, as_list(*held), item))
			return false;
	*list = *held;
	return rc >= 0;
}

/* The first item comes to the top. */
STEP(step_unpack)
{
	struct rt_any v = sp[-1];
	if (!is_list(v) && !collect(s, v, in.b, &v))
		return false;
	const struct list *list = as_list(v);
	if (list->count != in.b)
		return wrong_length(s, in.b, list->count);
	for (unsigned i = 0; i < in.b; i++)
		sp[(int)i - 1] = list->items[in.b - 1u - i];
	s->sp = sp - 1 + in.b;
	return true;
}

/* ---- texts -------------------------------------------------------------------------------------------- */

/* Integers stay what they are: step_join writes them. */
STEP(step_format)
{
	struct rt_any v = sp[in.b ? -2 : -1];
	if (in.a) {
		v = any_text(s, v, in.a == 's' ? RT_FORM_STR : RT_FORM_REPR);
		if (is_nothing(v))
			return false;
	}
	if (in.b) {
		const struct text *spec = as_text(sp[-1]);
		v = any_format(s, v, spec->bytes, spec->size);
	} else if (!is_str(v) && !rt_is(v, &rt_type_int)) {
		v = any_format(s, v, "", 0);
	}
	return replace(s, sp, in.b ? 2 : 1, v);
}

static size_t int_text(char text[24], int64_t num)
{
	struct rt_text out;
	rt_text_init(&out, text, 24, -1);
	if (num < 0)
		rt_put_char(&out, '-');
	rt_put_num(&out, num < 0 ? 0 - (uint64_t)num : (uint64_t)num);
	return rt_text_length(&out);
}

STEP(step_join)
{
	const struct rt_any *parts = sp - in.b;
	char number[24];
	size_t size = 0, count = 0;
	for (unsigned i = 0; i < in.b; i++) {
		const size_t digits = is_str(parts[i]) ? 0 : int_text(number, parts[i].num);
		size += digits ? digits : as_text(parts[i])->size;
		count += digits ? digits : as_text(parts[i])->count;
	}
	struct text *text = text_new(s, &rt_type_str, size);
	if (!text)
		return false;
	char *to = text->bytes;
	for (unsigned i = 0; i < in.b; i++) {
		const bool is_number = !is_str(parts[i]);
		const size_t n = is_number ? int_text(number, parts[i].num) : as_text(parts[i])->size;
		memcpy(to, is_number ? number : as_text(parts[i])->bytes, n);
		to += n;
	}
	text->count = (uint32_t)count;
	return replace(s, sp, in.b, rt_any_of(&text->head));
}

/* ---- functions ---------------------------------------------------------------------------------------- */

STEP(step_function)
{
	struct code *code = as_code(frame->code->consts[in.b]);
	const struct rt_any defaults = in.a ? rt_tuple(s, sp - in.a, in.a) : rt_nothing();
	if (in.a && is_nothing(defaults))
		return false;
	struct function *function = (struct function *)(void *)rt_object_new(
		s, &type_function, sizeof *function + code->capture_count * sizeof(struct rt_any));
	if (!function)
		return false;
	function->code = code;
	function->defaults = defaults;
	for (uint32_t i = 0; i < code->capture_count; i++)
		function->cells[i] = frame->base[code->captures[i]];
	return replace(s, sp, in.a, rt_any_of(&function->head));
}

/* ---- exceptions --------------------------------------------------------------------------------------- */

static bool is_exception_class(struct rt_any v)
{
	return rt_is(v, &rt_type_type) && type_is_a(v.fixed, &type_of_trouble[RT_BaseException]);
}

STEP(step_raise)
{
	struct rt_any v = sp[-1];
	if (is_exception_class(v)) {
		const struct rt_any none = rt_tuple(s, NULL, 0);
		v = is_nothing(none) ? none : exception_new(s, v.fixed, none);
	} else if (!type_is_a(v.type, &type_of_trouble[RT_BaseException])) {
		return fail(s, RT_TypeError, "exceptions must derive from BaseException");
	}
	if (is_nothing(v))
		return false;
	as_exception(v)->line = 0;
	raise_value(s, v);
	return false;
}

STEP(step_reraise)
{
	raise_value(s, sp[-1]);
	return false;
}

STEP(step_no_reraise)
{
	return fail(s, RT_RuntimeError, "No active exception to reraise");
}

static int matches(struct rt_script *s, struct rt_any exception, struct rt_any class)
{
	if (is_exception_class(class))
		return type_is_a(exception.type, class.fixed);
	int verdict = rt_is(class, &rt_type_tuple) ? 0 : -1;
	for (uint32_t i = 0; verdict == 0 && i < as_list(class)->count; i++)
		verdict = is_exception_class(as_list(class)->items[i])
		                ? type_is_a(exception.type, as_list(class)->items[i].fixed)
		                : -1;
	if (verdict < 0)
		fail(s, RT_TypeError, "catching classes that do not inherit from BaseException is not allowed");
	return verdict;
}

STEP(step_match)
{
	return replace_verdict(s, sp, 2, matches(s, sp[-2], sp[-1]), false);
}

STEP(step_assert)
{
	const struct rt_any args = rt_tuple(s, sp - in.a, in.a);
	const struct rt_any exception =
		is_nothing(args) ? args : exception_new(s, &type_of_trouble[RT_AssertionError], args);
	if (!is_nothing(exception))
		raise_value(s, exception);
	return false;
}

/* ---- the rest ----------------------------------------------------------------------------------------- */

STEP(step_echo)
{
	const struct rt_any v = sp[-1];
	if (!rt_is(v, &rt_type_none)) {
		if (!any_print(s, v, RT_FORM_REPR))
			return false;
		rt_put_char(s->options.out, '\n');
	}
	s->sp = sp - 1;
	return true;
}

STEP(step_import)
{
	return fail(s, RT_ModuleNotFoundError, "No module named '%s': there are no modules here",
	            as_text(frame->code->consts[in.b])->bytes);
}

bool (*const steps[])(struct rt_script *, struct frame *, struct instruction, struct rt_any *) = {
#define OP(name, effect, step) step,
#include "code.def"
#undef OP
};
