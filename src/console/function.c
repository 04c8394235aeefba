/* SPDX-License-Identifier: MIT */
/* function.c - functions, their code, the cells that they share, and generators: functions that stop in the middle,
 * their frame put aside until the next item is wanted. */
#include "machine.h"

/* ---- code and cells ----------------------------------------------------------------------------------- */

static void code_mark(struct rt_script *s, struct rt_object *object)
{
	const struct code *code = (struct code *)(void *)object;
	for (uint32_t i = 0; i < code->const_count; i++)
		rt_mark(s, code->consts[i]);
	for (uint32_t i = 0; i < code->name_count; i++)
		rt_mark(s, code->names[i]);
	rt_mark(s, code->name);
	rt_mark(s, code->file);
}

static void code_drop(struct rt_script *s, struct rt_object *object)
{
	struct code *code = (struct code *)(void *)object;
	heap_resize(s, code->instructions, code->room * sizeof *code->instructions, 0);
	heap_resize(s, code->places, code->room * sizeof *code->places, 0);
	heap_resize(s, code->consts, code->const_room * sizeof *code->consts, 0);
	heap_resize(s, code->sites, code->site_room * sizeof *code->sites, 0);
	heap_resize(s, code->guards, code->guard_room * sizeof *code->guards, 0);
	heap_resize(s, code->captures, code->capture_count * sizeof *code->captures, 0);
	heap_resize(s, code->names, code->name_count * sizeof *code->names, 0);
}

const struct rt_type type_code = { .name = "code", .mark = code_mark, .drop = code_drop };

static void cell_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct cell *)(void *)object)->value);
}

const struct rt_type type_cell = { .name = "cell", .mark = cell_mark };

/* ---- functions ---------------------------------------------------------------------------------------- */

static void function_mark(struct rt_script *s, struct rt_object *object)
{
	const struct function *function = (struct function *)(void *)object;
	if (!function->code)
		return;
	rt_mark(s, rt_any_of(&function->code->head));
	rt_mark(s, function->defaults);
	for (uint32_t i = 0; i < function->code->capture_count; i++)
		rt_mark(s, function->cells[i]);
}

static bool function_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_format(out, "<function %s>", as_text(as_function(v)->code->name)->bytes);
	return true;
}

static struct rt_any function_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	(void)s;
	return site->length == 8 && memcmp(site->name, "__name__", 8) == 0 ? as_function(v)->code->name : rt_nothing();
}

const struct rt_type type_function = {
	.name = "function", .mark = function_mark, .put = function_put, .get = function_get
};

/* ---- generators --------------------------------------------------------------------------------------- */

static void generator_mark(struct rt_script *s, struct rt_object *object)
{
	const struct generator *generator = (struct generator *)(void *)object;
	rt_mark(s, rt_any_of(&generator->function->head));
	for (uint32_t i = 0; i < generator->count; i++)
		rt_mark(s, generator->saved[i]);
}

static bool generator_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_format(out, "<generator object %s>", as_text(as_generator(v)->function->code->name)->bytes);
	return true;
}

/* The frame goes back to the stack and runs up to its next `yield`, which puts it aside again (machine.c). */
static struct rt_any generator_run(struct rt_script *s, struct generator *generator)
{
	const struct code *code = generator->function->code;
	struct rt_any *base = s->sp + 1;
	if (!stack_room(s, s->sp, (size_t)code->slots + code->depth + 1))
		return rt_nothing();
	*s->sp = rt_any_of(&generator->head);
	struct frame *frame = frame_push(s, generator->function->code, base);
	if (!frame)
		return rt_nothing();
	memcpy(base, generator->saved, generator->count * sizeof *base);
	s->sp = base + generator->count;
	frame->ip = generator->ip;
	frame->generator = generator;
	generator->is_running = true;
	const struct rt_any item = machine_run(s);
	generator->is_running = false;
	return item;
}

static int generator_next(struct rt_script *s, struct rt_any v, int64_t *state, struct rt_any *item)
{
	struct generator *generator = as_generator(v);
	struct rt_any *const sp = s->sp;
	(void)state;
	if (generator->is_over)
		return 0;
	if (generator->is_running) {
		fail(s, RT_ValueError, "generator already executing");
		return -1;
	}
	if (s->nested == NESTED_MAX) {
		fail(s, RT_RecursionError, "maximum recursion depth exceeded");
		return -1;
	}
	s->nested++;
	s->has_yielded = false;
	*item = generator_run(s, generator);
	s->nested--;
	s->sp = sp;
	if (s->has_yielded) {
		s->has_yielded = false;
		return 1;
	}
	generator->is_over = true;
	generator->count = 0;
	return is_nothing(*item) ? -1 : 0;
}

const struct rt_type type_generator = {
	.name = "generator", .is_iterator = true, .mark = generator_mark, .put = generator_put, .next = generator_next
};
