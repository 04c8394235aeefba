/* SPDX-License-Identifier: MIT */
/* machine.c - the loop that runs code. What happens often is done here, on registers of the C function; everything else
 * is a step (steps.c). Calls between functions of the language push a frame and go on in the same loop. */
#include "machine.h"

/* ---- errors ------------------------------------------------------------------------------------------- */

static void exception_place(struct rt_script *s, const struct frame *frame)
{
	struct exception *exception = as_exception(s->raised);
	if (exception->line || !frame)
		return;
	const uint32_t place = frame->code->places[frame->ip - frame->code->instructions - 1];
	exception->file = frame->code->file;
	exception->line = place >> 12;
	exception->column = place & 4095;
}

static const struct guard *find_guard(const struct frame *frame)
{
	const struct guard *best = NULL;
	const uint32_t at = (uint32_t)(frame->ip - frame->code->instructions) - 1;
	for (uint32_t i = 0; i < frame->code->guard_count; i++) {
		const struct guard *guard = &frame->code->guards[i];
		if (at >= guard->from && at < guard->to && (!best || guard->level > best->level))
			best = guard;
	}
	return best;
}

/* Leaves frames down to one that handles what was raised, and goes on there; NULL: none of those above `floor` does. */
static struct frame *unwind(struct rt_script *s, uint32_t floor)
{
	exception_place(s, &s->frames[s->frame_count - 1]);
	while (s->frame_count > floor) {
		struct frame *frame = &s->frames[s->frame_count - 1];
		const struct guard *guard = s->is_over ? NULL : find_guard(frame);
		if (guard) {
			s->sp = frame->base + frame->code->slots + guard->depth;
			*s->sp++ = s->raised;
			s->raised = rt_nothing();
			frame->ip = frame->code->instructions + guard->handler;
			return frame;
		}
		s->frame_count--;
		s->sp = frame->base - 1;
	}
	return NULL;
}

/* ---- what is done often ------------------------------------------------------------------------------- */

static inline bool are_ints(const struct rt_any *sp)
{
	return rt_is(sp[-2], &rt_type_int) && rt_is(sp[-1], &rt_type_int);
}

static inline bool add_fast(struct rt_any *sp)
{
	int64_t result;
	if (!are_ints(sp) || __builtin_add_overflow(sp[-2].num, sp[-1].num, &result))
		return false;
	sp[-2].num = result;
	return true;
}

static inline bool subtract_fast(struct rt_any *sp)
{
	int64_t result;
	if (!are_ints(sp) || __builtin_sub_overflow(sp[-2].num, sp[-1].num, &result))
		return false;
	sp[-2].num = result;
	return true;
}

static inline bool compare_fast(struct rt_any *sp, enum rt_relation relation)
{
	if (!are_ints(sp))
		return false;
	const int64_t a = sp[-2].num, b = sp[-1].num;
	sp[-2] = rt_bool(relation_holds((a > b) - (a < b), relation));
	return true;
}

/* The next item at *sp: 1; the end: 0; -1: raised. */
static inline int next_fast(struct rt_script *s, struct rt_any *sp)
{
	struct iterator *iterator = as_iterator(sp[-1]);
	if (rt_is(sp[-1], &type_iterator) && rt_is(iterator->over, &rt_type_list)) {
		const struct list *list = as_list(iterator->over);
		if (iterator->state[0] >= list->count)
			return 0;
		*sp = list->items[iterator->state[0]++];
		return 1;
	}
	s->sp = sp;
	return sp[-1].type->next(s, sp[-1], NULL, sp);
}

static inline int truth_fast(struct rt_script *s, struct rt_any *sp)
{
	if (rt_is(sp[-1], &rt_type_bool))
		return sp[-1].num != 0;
	s->sp = sp;
	return any_truth(s, sp[-1]);
}

/* A generator's frame goes to where it waits. */
static struct rt_any yield(struct rt_script *s, struct frame *frame, struct rt_any *sp)
{
	struct generator *generator = frame->generator;
	const struct rt_any value = sp[-1];
	sp[-1] = rt_none();
	generator->count = (uint32_t)(sp - frame->base);
	memcpy(generator->saved, frame->base, generator->count * sizeof *sp);
	generator->ip = frame->ip;
	s->frame_count--;
	s->sp = frame->base - 1;
	s->has_yielded = true;
	return s->returned = value;
}

/* The list on the stack, and arguments by name behind it, become arguments; their number, or -1: raised. */
static int spread(struct rt_script *s, unsigned named)
{
	struct rt_any *at = s->sp - named - 1;
	const struct list *list = as_list(*at);
	if (!stack_room(s, s->sp, list->count))
		return -1;
	memmove(at + list->count, at + 1, named * sizeof *at);
	if (list->count)
		memcpy(at, list->items, list->count * sizeof *at);
	s->sp = at + list->count + named;
	return (int)(list->count + named);
}

/* ---- the loop ----------------------------------------------------------------------------------------- */

#define SAVE()   (s->sp = sp, frame->ip = ip, heap_begin(s))
#define LOAD()   (frame = &s->frames[s->frame_count - 1], ip = frame->ip, base = frame->base, sp = s->sp)
#define PUSH(v)  (*sp++ = (v))
#define JUMP(to) (ip = frame->code->instructions + (to))

struct rt_any machine_run(struct rt_script *s)
{
	const uint32_t floor = s->frame_count - 1;
	struct frame *frame;
	const struct instruction *ip;
	struct rt_any *base, *sp, value;
	int verdict;
	LOAD();
	for (;;) {
		const struct instruction in = *ip++;
		switch (in.op) {
		case OP_CONST: PUSH(frame->code->consts[in.b]); break;
		case OP_LOCAL:
			if (is_nothing(base[in.b]))
				goto slow;
			PUSH(base[in.b]);
			break;
		case OP_SET_LOCAL: base[in.b] = *--sp; break;
		case OP_GLOBAL:
			if (is_nothing(s->globals[in.b].value))
				goto slow;
			PUSH(s->globals[in.b].value);
			break;
		case OP_SET_GLOBAL: s->globals[in.b].value = *--sp; break;
		case OP_POP: sp--; break;
		case OP_COPY: sp[0] = sp[-1], sp++; break;
		case OP_COPY2: sp[0] = sp[-2], sp[1] = sp[-1], sp += 2; break;
		case OP_SWAP: value = sp[-1], sp[-1] = sp[-2], sp[-2] = value; break;
		case OP_SINK: value = sp[-1], sp[-1] = sp[-2], sp[-2] = sp[-3], sp[-3] = value; break;
		case OP_ADD:
			if (!add_fast(sp))
				goto slow;
			sp--;
			break;
		case OP_SUBTRACT:
			if (!subtract_fast(sp))
				goto slow;
			sp--;
			break;
		case OP_COMPARE:
			if (!compare_fast(sp, in.a))
				goto slow;
			sp--;
			break;
		case OP_JUMP: JUMP(in.b); break;
		case OP_BACK:
			if (s->is_interrupted || s->steps <= 1)
				goto slow;
			s->steps--;
			JUMP(in.b);
			break;
		case OP_JUMP_FALSE:
		case OP_JUMP_TRUE:
			verdict = truth_fast(s, sp);
			if (verdict < 0)
				goto raised;
			sp--;
			if (verdict == (in.op == OP_JUMP_TRUE))
				JUMP(in.b);
			break;
		case OP_KEEP_FALSE:
		case OP_KEEP_TRUE:
			verdict = truth_fast(s, sp);
			if (verdict < 0)
				goto raised;
			if (verdict == (in.op == OP_KEEP_TRUE))
				JUMP(in.b);
			else
				sp--;
			break;
		case OP_FOR:
			SAVE();
			verdict = next_fast(s, sp);
			if (verdict < 0)
				goto raised;
			sp += verdict ? 1 : -1;
			if (!verdict)
				JUMP(in.b);
			break;
		case OP_KEYWORDS: s->keywords = frame->code->consts[in.b]; break;
		case OP_CALL:
		case OP_CALL_METHOD:
		case OP_CALL_SPREAD:
			SAVE();
			verdict = in.op == OP_CALL_SPREAD ? spread(s, in.a) : in.a;
			if (verdict < 0)
				goto raised;
			verdict = in.op == OP_CALL_METHOD ? (int)call_method(s, in.a, &frame->code->sites[in.b])
			                                  : (int)call_begin(s, (unsigned)verdict);
			if (verdict == CALLED_RAISED || (verdict == CALLED_FRAME && !step_allowed(s)))
				goto raised;
			LOAD();
			break;
		case OP_RETURN:
			value = sp[-1];
			s->sp = base - 1;
			if (--s->frame_count == floor)
				return s->returned = value;
			base[-1] = value;
			s->sp = base;
			LOAD();
			break;
		case OP_YIELD:
			frame->ip = ip;
			return yield(s, frame, sp);
		default:
		slow:
			SAVE();
			if (!steps[in.op](s, frame, in, sp))
				goto raised;
			sp = s->sp;
			ip = frame->ip;
		}
		continue;
	raised:
		frame->ip = ip;
		if (!unwind(s, floor))
			return rt_nothing();
		LOAD();
	}
}

/* ---- from C ------------------------------------------------------------------------------------------- */

struct rt_any machine_call(struct rt_script *s, unsigned count)
{
	struct rt_any *callee = s->sp - count - 1, result = rt_nothing();
	if (s->nested == NESTED_MAX) {
		fail(s, RT_RecursionError, "maximum recursion depth exceeded");
		s->sp = callee;
		return result;
	}
	s->nested++;
	heap_begin(s);
	switch (call_begin(s, count)) {
	case CALLED_DONE:   result = *callee; break;
	case CALLED_FRAME:  result = machine_run(s); break;
	case CALLED_RAISED: break;
	}
	s->nested--;
	s->sp = callee;
	return result;
}

struct rt_any rt_call(struct rt_script *s, struct rt_any function, const struct rt_any *args, unsigned count)
{
	struct rt_any *callee = stack_room(s, s->sp, count + 1u);
	if (!callee)
		return rt_nothing();
	*callee = function;
	if (count)
		memcpy(callee + 1, args, count * sizeof *args);
	s->sp = callee + 1 + count;
	return machine_call(s, count);
}
