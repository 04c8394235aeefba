/* SPDX-License-Identifier: MIT */
/* script.c - an interpreter from outside: made with a limit, given text, called, asked for globals, closed. */
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include "machine.h"

#define MEMORY_DEFAULT (16u << 20)
#define MEMORY_MIN     (256u << 10)
#define VALUES_MAX     65536u

/* ---- globals ------------------------------------------------------------------------------------------ */

static bool reserve_global(struct rt_script *s)
{
	if (s->global_count < s->global_room)
		return true;
	if (s->global_count == UINT16_MAX)
		return fail(s, RT_MemoryError, "too many names");
	uint32_t room = s->global_room ? s->global_room * 2 : 128;
	room = room > UINT16_MAX ? UINT16_MAX : room;
	void *globals = heap_resize(s, s->globals, s->global_room * sizeof *s->globals, room * sizeof *s->globals);
	if (!globals)
		return false;
	s->globals = globals;
	s->global_room = room;
	return true;
}

int global_slot(struct rt_script *s, struct rt_any name)
{
	struct entry *entry;
	const int verdict = dict_find(s, s->names, name, &entry);
	if (verdict)
		return verdict < 0 ? -1 : (int)entry->value.num;
	if (!reserve_global(s) || !dict_put(s, s->names, name, rt_int(s->global_count)))
		return -1;
	struct global *global = &s->globals[s->global_count++];
	*global = (struct global){ .name = name };
	if (s->options.find)
		global->built_in = s->options.find(s, as_text(name)->bytes, as_text(name)->size);
	global = &s->globals[s->global_count - 1];      /* `find` may have asked for more */
	global->value = global->built_in;
	return (int)s->global_count - 1;
}

static int slot_of(struct rt_script *s, const char *name)
{
	const struct rt_any text = rt_str(s, name, strlen(name));
	return is_nothing(text) ? -1 : global_slot(s, text);
}

int rt_script_slot(struct rt_script *s, const char *name)
{
	const int slot = slot_of(s, name);
	s->raised = slot < 0 ? rt_nothing() : s->raised;
	return slot < 0 ? -ENOMEM : slot;
}

void rt_script_set_slot(struct rt_script *s, int slot, struct rt_any value) { s->globals[slot].value = value; }

int rt_script_set(struct rt_script *s, const char *name, struct rt_any value)
{
	if (!rt_hold(s, value))
		return -ENOMEM;
	const int slot = rt_script_slot(s, name);
	s->sp--;
	if (slot < 0)
		return slot;
	rt_script_set_slot(s, slot, value);
	return 0;
}

struct rt_any rt_script_get(struct rt_script *s, const char *name)
{
	struct entry *entry;
	const struct rt_any text = rt_str(s, name, strlen(name));
	const int verdict = is_nothing(text) ? -1 : dict_find(s, s->names, text, &entry);
	s->raised = verdict < 0 ? rt_nothing() : s->raised;
	return verdict == 1 ? s->globals[entry->value.num].value : rt_nothing();
}

void rt_script_each_name(const struct rt_script *s, void (*add)(void *, const char *, bool), void *context)
{
	for (uint32_t i = 0; i < s->global_count; i++) {
		const struct global *global = &s->globals[i];
		if (!is_nothing(global->value))
			add(context, as_text(global->name)->bytes, !is_same(global->value, global->built_in));
	}
}

void rt_script_host_names(struct rt_script *s, void (*add)(void *, const char *, bool), void *context)
{
	if (s->options.names)
		s->options.names(s, add, context);
}

/* ---- what every script knows -------------------------------------------------------------------------- */

static bool define(struct rt_script *s, const char *name, struct rt_any value)
{
	const int slot = slot_of(s, name);
	if (slot < 0)
		return false;
	s->globals[slot].value = s->globals[slot].built_in = value;
	return true;
}

static bool define_all(struct rt_script *s)
{
	for (const struct rt_method *row = builtin_functions; row->name; row++)
		if (!define(s, row->name, rt_native(row)))
			return false;
	for (const struct rt_type *const *type = builtin_types; *type; type++)
		if (!define(s, (*type)->name, rt_type_value(*type)))
			return false;
	for (int i = 0; i < RT_TROUBLES; i++)
		if (!define(s, type_of_trouble[i].name, rt_type_value(&type_of_trouble[i])))
			return false;
	const struct rt_any main_name = rt_str(s, "__main__", 8);
	return !is_nothing(main_name) && define(s, "__name__", main_name);
}

/* ---- life --------------------------------------------------------------------------------------------- */

static void make_seed(struct rt_script *s)
{
	if (getrandom(s->heap.seed, sizeof s->heap.seed, GRND_NONBLOCK) == (ssize_t)sizeof s->heap.seed)
		return;
	struct timespec now;                    /* too early in the life of the machine */
	clock_gettime(CLOCK_MONOTONIC, &now);
	s->heap.seed[0] = (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15;
	s->heap.seed[1] = (uint64_t)(uintptr_t)s ^ (uint64_t)now.tv_sec;
}

static bool open_heap(struct rt_script *s)
{
	struct heap *heap = &s->heap;
	const size_t memory = s->options.memory ? s->options.memory : MEMORY_DEFAULT;
	heap->limit = memory < MEMORY_MIN ? MEMORY_MIN : memory > SIZE_LIMIT ? SIZE_LIMIT : memory;
	heap->threshold = heap->limit / 4;
	make_seed(s);
	size_t values = heap->limit / 16 / sizeof *s->stack;
	values = values < 2048 ? 2048 : values > VALUES_MAX ? VALUES_MAX : values;
	s->frame_room = heap->limit < 1024 * CALLS_MAX ? (uint32_t)(heap->limit / 1024) : CALLS_MAX;
	s->sp = s->stack = heap_resize(s, NULL, 0, values * sizeof *s->stack);
	if (!s->stack)
		return false;
	s->stack_end = s->stack + values;
	s->frames = heap_resize(s, NULL, 0, s->frame_room * sizeof *s->frames);
	return s->frames != NULL;
}

static bool open_script(struct rt_script *s)
{
	if (!open_heap(s))
		return false;
	const struct rt_any none = rt_tuple(s, NULL, 0);
	s->no_memory = is_nothing(none) ? none : exception_new(s, &type_of_trouble[RT_MemoryError], none);
	s->kept = rt_list(s, 0);
	s->names = dict_new(s, &rt_type_dict);
	return !is_nothing(s->no_memory) && !is_nothing(s->kept) && s->names && define_all(s);
}

int rt_script_new(struct rt_script **script, const struct rt_script_options *options, struct rt_error *error)
{
	struct rt_script *s = calloc(1, sizeof *s);
	*script = s;
	if (!s)
		return rt_fail(error, ENOMEM, "no memory");
	s->options = *options;
	s->steps = UINT64_MAX;
	if (open_script(s))
		return 0;
	rt_script_free(s);
	*script = NULL;
	return rt_fail(error, ENOMEM, "no memory for a script");
}

void rt_script_free(struct rt_script *s)
{
	if (!s)
		return;
	heap_close(s);
	free(s->stack);
	free(s->frames);
	free(s->globals);
	free(s);
}

/* ---- running ------------------------------------------------------------------------------------------ */

static void begin_run(struct rt_script *s)
{
	if (s->frame_count)
		return;                         /* a function of the host runs something itself */
	s->steps = s->options.steps ? s->options.steps + 1 : UINT64_MAX;
	s->is_over = false;
	s->sp = s->stack;
	s->result = s->keywords = rt_nothing();
}

/* 0, or what the raised exception means to the host. */
static int end_run(struct rt_script *s, struct rt_script_error *error)
{
	s->returned = rt_nothing();
	if (!s->frame_count)
		heap_begin(s);
	if (!rt_failed(s))
		return 0;
	const struct rt_type *class = s->raised.type;
	const bool is_over = s->is_over;
	exception_report(s, error);
	if (is_over)
		return -ETIME;
	return class == &type_of_trouble[RT_KeyboardInterrupt] ? -EINTR
	     : class == &type_of_trouble[RT_SystemExit]        ? -ECANCELED
	     : class == &type_of_trouble[RT_MemoryError]       ? -ENOMEM
	                                                       : -EINVAL;
}

int rt_script_compile(struct rt_script *s, const char *text, size_t size, const char *file, unsigned flags,
                      struct rt_any *function, struct rt_script_error *error)
{
	begin_run(s);
	*function = s->result = compile_text(s, text, size, file, flags);
	return end_run(s, error);
}

int rt_script_call(struct rt_script *s, struct rt_any function, const struct rt_any *args, unsigned count,
                   struct rt_any *result, struct rt_script_error *error)
{
	begin_run(s);
	*result = s->result = rt_call(s, function, args, count);
	return end_run(s, error);
}

int rt_script_run(struct rt_script *s, const char *text, size_t size, const char *file, unsigned flags,
                  struct rt_script_error *error)
{
	struct rt_any value;
	const int rc = rt_script_compile(s, text, size, file, flags, &value, error);
	return rc < 0 ? rc : rt_script_call(s, value, NULL, 0, &value, error);
}

int rt_script_print(struct rt_script *s, struct rt_any value, struct rt_script_error *error)
{
	if (any_print(s, value, RT_FORM_STR))
		rt_put_char(s->options.out, '\n');
	return end_run(s, error);
}

bool rt_script_wants_more(struct rt_script *s, const char *text, size_t size)
{
	begin_run(s);
	return compile_wants_more(s, text, size);
}

bool rt_script_keep(struct rt_script *s, struct rt_any value)
{
	const bool is_kept = list_add(s, as_list(s->kept), value);
	s->raised = is_kept ? s->raised : rt_nothing();
	return is_kept;
}

void rt_script_interrupt(struct rt_script *s) { s->is_interrupted = true; }
void rt_script_forget_interrupt(struct rt_script *s) { s->is_interrupted = false; }

void rt_script_memory(const struct rt_script *s, size_t *used, size_t *peak)
{
	*used = s->heap.used;
	*peak = s->heap.peak;
}

void *rt_script_context(const struct rt_script *s) { return s->options.context; }

/* ---- for the host's functions ------------------------------------------------------------------------- */

bool rt_number(struct rt_script *s, struct rt_any value, int64_t *num) { return any_int(s, value, num); }
struct rt_any rt_iterate(struct rt_script *s, struct rt_any value) { return any_iterate(s, value); }
int rt_next(struct rt_script *s, struct rt_any iterator, struct rt_any *item) { return any_next(s, iterator, item); }

bool rt_put_any(struct rt_script *s, struct rt_text *out, struct rt_any value, enum rt_form form)
{
	return any_put(s, out, value, form);
}
