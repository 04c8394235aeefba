/* SPDX-License-Identifier: MIT */
/* call.c - who is called and with what: arguments by place and by name meet the parameters of functions of the
 * language, of functions in C, of types and of the host's objects. The messages are Python's. */
#include "machine.h"

#define NAMED_MAX 16u            /* names that a function in C can have                                  */

struct call {
	struct rt_script *s;
	struct rt_any *callee;   /* on the stack, the arguments behind it; the result goes there         */
	unsigned count, named;   /* arguments by place, then by name                                     */
	const struct rt_any *names;
};

struct rt_any *stack_room(struct rt_script *s, struct rt_any *from, size_t values)
{
	if ((size_t)(s->stack_end - from) >= values)
		return from;
	fail(s, RT_RecursionError, "maximum recursion depth exceeded");
	return NULL;
}

struct rt_any *rt_hold(struct rt_script *s, struct rt_any value)
{
	if (is_nothing(value) || !stack_room(s, s->sp, 1))
		return NULL;
	*s->sp = value;
	return s->sp++;
}

static enum called call_done(struct call *call, struct rt_any result)
{
	*call->callee = result;
	call->s->sp = call->callee + 1;
	return is_nothing(result) ? CALLED_RAISED : CALLED_DONE;
}

/* ---- functions in C ----------------------------------------------------------------------------------- */

static unsigned count_words(const char *words)
{
	unsigned count = words != NULL;
	for (; words && *words; words++)
		count += *words == ' ';
	return count;
}

/* Which of the words a name is; -1: none. */
static int find_word(const char *words, struct rt_any name)
{
	const struct text *text = as_text(name);
	for (int i = 0; words; i++) {
		const char *end = strchr(words, ' ');
		const size_t length = end ? (size_t)(end - words) : strlen(words);
		if (length == text->size && memcmp(words, text->bytes, length) == 0)
			return i;
		words = end ? end + 1 : NULL;
	}
	return -1;
}

static bool wrong_count(struct rt_script *s, const struct rt_method *row, const struct rt_type *owner, unsigned count)
{
	const char *front = owner ? owner->name : "", *dot = owner ? "." : "";
	if (row->max == 0 && row->names)
		return fail(s, RT_TypeError, "%s() takes no positional arguments", row->name);
	if (row->max == 0)
		return fail(s, RT_TypeError, "%s%s%s() takes no arguments (%u given)", front, dot, row->name, count);
	if (row->min == row->max && row->max == 1)
		return fail(s, RT_TypeError, "%s%s%s() takes exactly one argument (%u given)", front, dot, row->name,
		            count);
	const bool is_few = count < row->min;
	const unsigned bound = is_few ? row->min : row->max;
	return fail(s, RT_TypeError, "%s expected %s%u argument%s, got %u", row->name,
	            row->min == row->max ? "" : is_few ? "at least " : "at most ", bound, bound == 1 ? "" : "s", count);
}

/* How many places a function in C looks at. */
static unsigned slots_of(const struct rt_method *row, unsigned count)
{
	const unsigned words = count_words(row->names), by_name = row->names ? row->first + words : 0;
	return row->max == RT_VARIADIC ? count + words : row->max > by_name ? row->max : by_name;
}

/* Arguments by name go where their parameter is; those not given are nothing. */
static bool place_named(struct call *call, const struct rt_method *row, struct rt_any *args)
{
	struct rt_script *s = call->s;
	struct rt_any values[NAMED_MAX];
	const unsigned words = count_words(row->names), first = row->max == RT_VARIADIC ? call->count : row->first;
	if (!words)
		return fail(s, RT_TypeError, "%s() takes no keyword arguments", row->name);
	if (call->named > words || call->named > RT_COUNT(values))
		return fail(s, RT_TypeError, "%s() takes at most %u keyword argument%s (%u given)", row->name, words,
		            words == 1 ? "" : "s", call->named);
	memcpy(values, args + call->count, call->named * sizeof *values);
	for (unsigned i = call->count; i < slots_of(row, call->count); i++)
		args[i] = rt_nothing();
	for (unsigned i = 0; i < call->named; i++) {
		const char *name = as_text(call->names[i])->bytes;
		const int word = find_word(row->names, call->names[i]);
		const unsigned at = first + (unsigned)word;
		if (word < 0)
			return fail(s, RT_TypeError, "'%s' is an invalid keyword argument for %s()", name, row->name);
		if (!is_nothing(args[at]))
			return fail(s, RT_TypeError, "argument for %s() given by name ('%s') and position (%u)",
			            row->name, name, at + 1);
		args[at] = values[i];
		if (at < row->max && at >= call->count && row->max != RT_VARIADIC)
			call->count = at + 1;
	}
	return true;
}

/* For rows that take any name: the names as a tuple, or nothing; then the values. */
static bool place_any_named(struct call *call, struct rt_any *args)
{
	struct rt_any *values = args + call->count;
	memmove(values + 1, values, call->named * sizeof *values);
	*values = rt_nothing();
	call->s->sp = values + 1 + call->named;
	if (call->named)
		*values = rt_tuple(call->s, call->names, call->named);
	return !call->named || !is_nothing(*values);
}

static bool place_arguments(struct call *call, const struct rt_method *row, struct rt_any *args)
{
	if (row->names && *row->names == '*')
		return place_any_named(call, args);
	if (call->named && !place_named(call, row, args))
		return false;
	const unsigned slots = slots_of(row, call->count);
	for (unsigned i = call->count; i < slots && !call->named; i++)
		args[i] = rt_nothing();
	call->s->sp = args + slots;
	return true;
}

/* `args` as the function gets them; those given begin at args[self]. `owner`: whose method it is, or NULL. */
static enum called call_native(struct call *call, const struct rt_method *row, struct rt_any *args, unsigned self,
                               const struct rt_type *owner)
{
	struct rt_script *s = call->s;
	struct rt_any *given = args + self;
	if (!stack_room(s, given, call->count + call->named + row->max + NAMED_MAX) ||
	    !place_arguments(call, row, given))
		return CALLED_RAISED;
	if (call->count < row->min || call->count > row->max || (row->min && is_nothing(given[0]))) {
		wrong_count(s, row, owner, call->count);
		return CALLED_RAISED;
	}
	return call_done(call, row->run(s, args, call->count));
}

/* str.upper(x): the object is the first argument. */
static enum called call_unbound(struct call *call, const struct rt_type *type, const struct rt_method *method)
{
	if (method->is_static) {
		*call->callee = rt_type_value(type);
		return call_native(call, method, call->callee, 1, type);
	}
	if (!call->count) {
		fail(call->s, RT_TypeError, "unbound method %s.%s() needs an argument", type->name, method->name);
		return CALLED_RAISED;
	}
	if (!type_is_a(call->callee[1].type, type)) {
		fail(call->s, RT_TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
		     method->name, type->name, call->callee[1].type->name);
		return CALLED_RAISED;
	}
	call->count--;
	return call_native(call, method, call->callee + 1, 1, type);
}

static enum called call_bound(struct call *call)
{
	const struct bound *bound = (struct bound *)(void *)call->callee->object;
	if (rt_is(bound->self, &rt_type_type))
		return call_unbound(call, bound->self.fixed, bound->method);
	*call->callee = bound->self;            /* keeps it alive, as `bound` may not be */
	return call_native(call, bound->method, call->callee, 1, bound->self.type);
}

/* ---- functions of the language ------------------------------------------------------------------------ */

static bool too_many(struct rt_script *s, const struct code *code, unsigned defaults, unsigned count)
{
	const unsigned most = code->param_count;
	const char *name = as_text(code->name)->bytes;
	if (defaults)
		return fail(s, RT_TypeError, "%s() takes from %u to %u positional arguments but %u were given", name,
		            most - defaults, most, count);
	return fail(s, RT_TypeError, "%s() takes %u positional argument%s but %u %s given", name, most,
	            most == 1 ? "" : "s", count, count == 1 ? "was" : "were");
}

static bool too_few(struct rt_script *s, const struct code *code, const struct rt_any *args, unsigned required)
{
	char memory[256];
	struct rt_text names;
	unsigned missing = 0, named = 0;
	rt_text_init(&names, memory, sizeof memory, -1);
	for (unsigned i = 0; i < required; i++)
		missing += is_nothing(args[i]);
	for (unsigned i = 0; i < required; i++) {
		if (!is_nothing(args[i]))
			continue;
		rt_put_string(&names, !named ? "" : missing == 2 ? " and " : named + 1 == missing ? ", and " : ", ");
		rt_put_format(&names, "'%s'", as_text(code->names[i])->bytes);
		named++;
	}
	return fail(s, RT_TypeError, "%s() missing %u required positional argument%s: %.*s", as_text(code->name)->bytes,
	            missing, missing == 1 ? "" : "s", (int)rt_text_length(&names), memory);
}

static int find_param(const struct code *code, struct rt_any name)
{
	for (int i = 0; i < code->param_count - code->is_spread; i++)
		if (as_text(code->names[i])->size == as_text(name)->size &&
		    strcmp(as_text(code->names[i])->bytes, as_text(name)->bytes) == 0)
			return i;
	return -1;
}

/* Values given by name stand behind the frame's slots, out of the way. */
static bool bind_named(struct call *call, const struct code *code, struct rt_any *base, const struct rt_any *values)
{
	for (unsigned i = 0; i < call->named; i++) {
		const int param = find_param(code, call->names[i]);
		if (param < 0 || !is_nothing(base[param]))
			return fail(call->s, RT_TypeError, param < 0 ? "%s() got an unexpected keyword argument '%s'"
			                                             : "%s() got multiple values for argument '%s'",
			            as_text(code->name)->bytes, as_text(call->names[i])->bytes);
		base[param] = values[i];
	}
	return true;
}

/* The general case: names, defaults, *rest. There is room for all arguments twice. */
static bool bind_arguments(struct call *call, const struct function *function, struct rt_any *base)
{
	const struct code *code = function->code;
	struct rt_script *s = call->s;
	const unsigned params = code->param_count - code->is_spread;
	const unsigned given = call->count < params ? call->count : params;
	const unsigned defaults = is_nothing(function->defaults) ? 0 : as_list(function->defaults)->count;
	const unsigned required = params - defaults;
	struct rt_any *values = base + code->slots + call->count, rest = rt_nothing();
	if (call->count > params && !code->is_spread)
		return too_many(s, code, defaults, call->count + 0);
	memmove(values, base + call->count, call->named * sizeof *values);
	if (code->is_spread) {
		s->sp = values + call->named;
		for (struct rt_any *at = base + call->count + call->named; at < values; at++)
			*at = rt_nothing();
		rest = rt_tuple(s, base + given, call->count - given);
		if (is_nothing(rest))
			return false;
	}
	for (unsigned i = given; i < params; i++)
		base[i] = rt_nothing();
	if (!bind_named(call, code, base, values))
		return false;
	for (unsigned i = required; i < params; i++)
		if (is_nothing(base[i]))
			base[i] = as_list(function->defaults)->items[i - required];
	for (unsigned i = 0; i < required; i++)
		if (is_nothing(base[i]))
			return too_few(s, code, base, required);
	if (code->is_spread)
		base[params] = rest;
	return true;
}

static enum called make_generator(struct call *call, struct function *function)
{
	const struct code *code = function->code;
	const size_t room = (size_t)code->slots + code->depth;
	struct generator *generator = (struct generator *)(void *)rt_object_new(
		call->s, &type_generator, sizeof *generator + room * sizeof(struct rt_any));
	if (!generator)
		return CALLED_RAISED;
	generator->function = function;
	generator->ip = code->instructions;
	generator->count = code->slots;
	memcpy(generator->saved, call->callee + 1, code->slots * sizeof *generator->saved);
	return call_done(call, rt_any_of(&generator->head));
}

struct frame *frame_push(struct rt_script *s, struct code *code, struct rt_any *base)
{
	if (s->frame_count == s->frame_room) {
		fail(s, RT_RecursionError, "maximum recursion depth exceeded");
		return NULL;
	}
	struct frame *frame = &s->frames[s->frame_count++];
	*frame = (struct frame){ .code = code, .ip = code->instructions, .base = base };
	return frame;
}

static enum called call_function(struct call *call, struct function *function)
{
	struct rt_script *s = call->s;
	struct code *code = function->code;
	struct rt_any *base = call->callee + 1;
	if (!stack_room(s, base, (size_t)code->slots + code->depth + 2 * (call->count + call->named)))
		return CALLED_RAISED;
	if ((call->named || call->count != code->param_count || code->is_spread) &&
	    !bind_arguments(call, function, base))
		return CALLED_RAISED;
	for (unsigned i = code->param_count; i < code->slots; i++)
		base[i] = rt_nothing();
	for (unsigned i = 0; i < code->capture_count; i++)
		base[code->capture_at + i] = function->cells[i];
	s->sp = base + code->slots;
	if (code->is_generator)
		return make_generator(call, function);
	return frame_push(s, code, base) ? CALLED_FRAME : CALLED_RAISED;
}

/* ---- anything ----------------------------------------------------------------------------------------- */

static enum called call_other(struct call *call)
{
	const struct rt_any callee = *call->callee;
	if (rt_is(callee, &rt_type_type)) {
		const struct rt_type *type = callee.fixed;
		if (type->maker)
			return call_native(call, type->maker, call->callee, 1, NULL);
		fail(call->s, RT_TypeError, "cannot create '%s' instances", type->name);
		return CALLED_RAISED;
	}
	if (!callee.type->call) {
		fail(call->s, RT_TypeError, "'%s' object is not callable", callee.type->name);
		return CALLED_RAISED;
	}
	const struct rt_args args = { call->callee + 1, call->count, call->named, call->names };
	return call_done(call, callee.type->call(call->s, callee, &args));
}

/* The names of the arguments that come last; they are kept on the stack while they are needed. */
static unsigned take_names(struct rt_script *s, const struct rt_any **names)
{
	if (is_nothing(s->keywords))
		return 0;
	const struct list *list = as_list(s->keywords); /* a constant of the code that calls */
	s->keywords = rt_nothing();
	*names = list->items;
	return list->count;
}

enum called call_begin(struct rt_script *s, unsigned count)
{
	struct call call = { .s = s, .callee = s->sp - count - 1 };
	call.named = take_names(s, &call.names);
	call.count = count - call.named;
	const struct rt_any callee = *call.callee;
	if (rt_is(callee, &type_function))
		return call_function(&call, as_function(callee));
	if (rt_is(callee, &rt_type_native))
		return call_native(&call, callee.fixed, call.callee + 1, 0, NULL);
	if (rt_is(callee, &type_bound))
		return call_bound(&call);
	return call_other(&call);
}

enum called call_method(struct rt_script *s, unsigned count, struct rt_site *site)
{
	struct rt_any *self = s->sp - count - 1;
	const struct rt_method *method = site_method(site, self->type);
	if (method) {
		struct call call = { .s = s, .callee = self };
		call.named = take_names(s, &call.names);
		call.count = count - call.named;
		return call_native(&call, method, self, 1, self->type);
	}
	const struct rt_any callee = any_attribute(s, *self, site);
	if (is_nothing(callee))
		return CALLED_RAISED;
	*self = callee;
	return call_begin(s, count);
}
