/* SPDX-License-Identifier: MIT */
/* compile_flow.c - statements that jump become instructions: loops, conditions, try, and the ways out of them. Errors
 * are guarded by ranges of code, so `try` costs nothing; what stands behind `finally` is compiled into every way out.
 * */
#include "tree.h"

/* ---- ways out ----------------------------------------------------------------------------------------- */

static void pop_to(struct compiler *c, uint32_t depth)
{
	while (c->depth > depth && !c->has_failed)
		emit(c, OP_POP, 0, 0);
}

/* Leaves every `try` up to `end` (not included): what is done here is not guarded by them. */
static void leave_exits(struct compiler *c, const struct exit *end)
{
	struct exit *const all = c->exits;
	for (struct exit *exit = all; exit != end && !c->has_failed; exit = exit->outer) {
		if (exit->is_loop)
			continue;
		emit_guard(c, exit);
		if (exit->final) {
			c->exits = exit->outer;
			compile_body(c, exit->final);
			c->exits = all;
		}
	}
}

/* Behind a way out the tries guard again. */
static void enter_exits(struct compiler *c, const struct exit *end)
{
	for (struct exit *exit = c->exits; exit != end; exit = exit->outer)
		exit->from = c->code->count;
}

void compile_break(struct compiler *c, const struct node *node)
{
	struct exit *loop = c->exits;
	while (loop && !loop->is_loop)
		loop = loop->outer;
	if (!loop) {
		statement_fail(c, node,
		               node->kind == NODE_BREAK ? "'break' outside loop" : "'continue' not properly in loop");
		return;
	}
	const uint32_t depth = c->depth;
	leave_exits(c, loop);
	pop_to(c, loop->depth);
	c->place = node->place;
	if (node->kind == NODE_BREAK)
		emit_jump(c, OP_JUMP, &loop->breaks);
	else
		emit(c, OP_BACK, 0, loop->back);
	c->depth = depth;
	enter_exits(c, loop);
}

static bool has_final(const struct exit *exit)
{
	for (; exit; exit = exit->outer)
		if (exit->final)
			return true;
	return false;
}

void compile_return(struct compiler *c, const struct node *node)
{
	if (c->scope->is_module) {
		statement_fail(c, node, "'return' outside function");
		return;
	}
	if (node->a)
		compile_expression(c, node->a);
	else
		emit_const(c, rt_none());
	const bool is_long = has_final(c->exits);
	if (is_long) {
		const uint16_t slot = emit_slot(c);
		const uint32_t depth = c->depth - 1;
		emit(c, OP_SET_LOCAL, 0, slot);
		leave_exits(c, NULL);
		emit(c, OP_LOCAL, 0, slot);
		c->depth = depth + 1;
	}
	c->place = node->place;
	emit(c, OP_RETURN, 0, 0);
	if (is_long)
		enter_exits(c, NULL);
}

/* ---- loops -------------------------------------------------------------------------------------------- */

void compile_while(struct compiler *c, const struct node *node)
{
	struct exit loop = {
		.outer = c->exits, .is_loop = true, .depth = c->depth, .back = c->code->count, .breaks = NO_JUMP
	};
	uint32_t end = NO_JUMP;
	compile_condition(c, node->a, false, &end);
	c->exits = &loop;
	compile_body(c, node->b);
	c->exits = loop.outer;
	emit(c, OP_BACK, 0, loop.back);
	emit_target(c, end);
	compile_body(c, node->c);
	emit_target(c, loop.breaks);
}

void compile_for(struct compiler *c, const struct node *node)
{
	uint32_t end = NO_JUMP;
	compile_expression(c, node->b);
	c->place = node->b->place;
	emit(c, OP_ITERATE, 0, 0);
	struct exit loop = {
		.outer = c->exits, .is_loop = true, .depth = c->depth, .back = c->code->count, .breaks = NO_JUMP
	};
	emit_jump(c, OP_FOR, &end);
	compile_store(c, node->a);
	c->exits = &loop;
	compile_body(c, node->c);
	c->exits = loop.outer;
	emit(c, OP_BACK, 0, loop.back);
	if (loop.breaks != NO_JUMP) {
		emit_target(c, loop.breaks);
		emit(c, OP_POP, 0, 0);
		loop.breaks = NO_JUMP;
		emit_jump(c, OP_JUMP, &loop.breaks);
	}
	emit_target(c, end);
	c->depth = loop.depth - 1;
	compile_body(c, node->d);
	emit_target(c, loop.breaks);
}

void compile_if(struct compiler *c, const struct node *node)
{
	uint32_t end = NO_JUMP;
	for (const struct node *branch = node->a; branch && !c->has_failed; branch = branch->next) {
		uint32_t next = NO_JUMP;
		compile_condition(c, branch->a, false, &next);
		compile_body(c, branch->b);
		if (branch->next || node->b)
			emit_jump(c, OP_JUMP, &end);
		emit_target(c, next);
	}
	compile_body(c, node->b);
	emit_target(c, end);
}

/* ---- try ---------------------------------------------------------------------------------------------- */

static struct exit try_open(struct compiler *c, struct node *final)
{
	return (struct exit){ .outer = c->exits, .depth = c->depth, .final = final, .from = c->code->count,
	                      .level = ++c->level, .guards = c->code->guard_count };
}

/* All guards of this try lead here; the exception is on the stack, and goes to a slot. */
static uint16_t try_handle(struct compiler *c, const struct exit *exit)
{
	for (uint32_t i = exit->guards; i < c->code->guard_count && !c->has_failed; i++)
		if (c->code->guards[i].level == exit->level && c->code->guards[i].handler == NO_JUMP)
			c->code->guards[i].handler = (uint16_t)c->code->count;
	c->level--;
	c->depth = exit->depth + 1;
	if (c->depth > c->code->depth)
		c->code->depth = (uint16_t)c->depth;
	const uint16_t slot = emit_slot(c);
	emit(c, OP_SET_LOCAL, 0, slot);
	return slot;
}

static void compile_except(struct compiler *c, const struct node *node, uint16_t slot, uint32_t *end)
{
	uint32_t next = NO_JUMP;
	if (node->a) {
		emit(c, OP_LOCAL, 0, slot);
		compile_expression(c, node->a);
		emit(c, OP_MATCH, 0, 0);
		emit_jump(c, OP_JUMP_FALSE, &next);
	}
	if (node->c) {
		emit(c, OP_LOCAL, 0, slot);
		emit_name(c, node->c, USE_STORE);
	}
	compile_body(c, node->b);
	if (node->c) {                          /* the name goes, as in Python; the body may have deleted it */
		emit_const(c, rt_none());
		emit_name(c, node->c, USE_STORE);
		emit_name(c, node->c, USE_DELETE);
	}
	emit_jump(c, OP_JUMP, end);
	emit_target(c, next);
}

static void compile_handlers(struct compiler *c, const struct node *node)
{
	uint32_t end = NO_JUMP;
	struct exit exit = try_open(c, NULL);
	const unsigned caught = c->caught;
	c->exits = &exit;
	compile_body(c, node->a);
	c->exits = exit.outer;
	emit_guard(c, &exit);
	compile_body(c, node->c);
	emit_jump(c, OP_JUMP, &end);
	const uint16_t slot = try_handle(c, &exit);
	c->caught = slot + 1u;
	for (const struct node *clause = node->b; clause && !c->has_failed; clause = clause->next)
		compile_except(c, clause, slot, &end);
	emit(c, OP_LOCAL, 0, slot);
	emit(c, OP_RERAISE, 0, 0);
	c->caught = caught;
	c->depth = exit.depth;
	emit_target(c, end);
}

void compile_try(struct compiler *c, const struct node *node)
{
	if (!node->d) {
		compile_handlers(c, node);
		return;
	}
	uint32_t end = NO_JUMP;
	struct exit exit = try_open(c, node->d);
	c->exits = &exit;
	if (node->b)
		compile_handlers(c, node);
	else
		compile_body(c, node->a);
	c->exits = exit.outer;
	emit_guard(c, &exit);
	compile_body(c, node->d);
	emit_jump(c, OP_JUMP, &end);
	const uint16_t slot = try_handle(c, &exit);
	compile_body(c, node->d);
	emit(c, OP_LOCAL, 0, slot);
	emit(c, OP_RERAISE, 0, 0);
	c->depth = exit.depth;
	emit_target(c, end);
}

void compile_raise(struct compiler *c, const struct node *node)
{
	const uint32_t depth = c->depth;
	if (node->a) {
		compile_expression(c, node->a);
		c->place = node->place;
		emit(c, OP_RAISE, 0, 0);
	} else if (c->caught) {
		emit(c, OP_LOCAL, 0, c->caught - 1);
		emit(c, OP_RERAISE, 0, 0);
	} else {
		emit(c, OP_NO_RERAISE, 0, 0);
	}
	c->depth = depth;
}

void compile_assert(struct compiler *c, const struct node *node)
{
	uint32_t end = NO_JUMP;
	compile_condition(c, node->a, true, &end);
	if (node->b)
		compile_expression(c, node->b);
	c->place = node->place;
	emit(c, OP_ASSERT, node->b != NULL, 0);
	emit_target(c, end);
}
