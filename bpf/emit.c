/* SPDX-License-Identifier: MIT */
/* emit.c - blocks become a program, filled from its end: exits are placed before who leads to them, so every jump is
 * known when it is written. Conditional jumps reach 255 instructions; farther ones go by a `ja` in between, which others
 * share. Returns stay at the end: behind one in the middle the kernel believes that words are not written. */
#include <errno.h>
#include <stdlib.h>
#include "stages.h"

struct emit {
	struct sock_filter *insns;
	size_t room, top;                        /* the program stands from `top` to `room`              */
};

/* Blocks by reachability from the entry; younger ones come first, so one pass is enough. */
static size_t mark_used(struct graph *g, struct block *entry)
{
	size_t room = 0;
	for (struct block *block = g->newest; block; block = block->older)
		block->is_used = false;
	entry->is_used = true;
	for (struct block *block = g->newest; block; block = block->older) {
		if (!block->is_used)
			continue;
		room += 1;
		if (!block->code)
			continue;
		block->yes->is_used = block->no->is_used = true;
		room += block->code->count + 2u;        /* a `ja` for each exit */
	}
	return room;
}

static void put(struct emit *e, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
	e->insns[--e->top] = (struct sock_filter){ code, jt, jf, k };
}

static void put_ja(struct emit *e, size_t target)
{
	put(e, BPF_JMP | BPF_JA, 0, 0, (uint32_t)(target - e->top));
}

static bool is_near(const struct emit *e, size_t target, size_t slack) { return target - e->top + slack <= UINT8_MAX; }

/* Where a conditional jump to `target` goes: there, or to something near that leads there. */
static size_t near(struct emit *e, struct block *target, size_t slack)
{
	if (is_near(e, target->pc, slack))
		return target->pc;
	if (target->near_pc && is_near(e, target->near_pc, slack))
		return target->near_pc;
	put_ja(e, target->pc);
	target->near_pc = (uint32_t)e->top;
	return e->top;
}

static void put_jump(struct emit *e, const struct block *block)
{
	static const uint16_t ops[] = { [COMPARE_EQUAL] = BPF_JEQ, [COMPARE_GREATER] = BPF_JGT,
	                                [COMPARE_GREATER_EQUAL] = BPF_JGE, [COMPARE_SET] = BPF_JSET };
	if (block->compare == COMPARE_ALWAYS || block->yes == block->no) {
		if (block->yes->pc != e->top)
			put_ja(e, block->yes->pc);
		return;
	}
	const size_t no = near(e, block->no, 1), yes = near(e, block->yes, 0);
	put(e, (uint16_t)(BPF_JMP | ops[block->compare] | (block->is_x ? BPF_X : BPF_K)), (uint8_t)(yes - e->top),
	    (uint8_t)(no - e->top), block->is_x ? 0 : block->number);
}

static void put_block(struct emit *e, struct block *block)
{
	if (!block->code) {
		put(e, BPF_RET | BPF_K, 0, 0, block->number);
	} else {
		put_jump(e, block);
		for (size_t i = block->code->count; i-- > block->skip; )
			e->insns[--e->top] = block->code->insns[i];
	}
	block->pc = (uint32_t)e->top;
}

/* The list has the youngest block first; the program is filled from the oldest. */
static struct block **in_order(struct graph *g, size_t *count)
{
	struct block **list = rt_arena_get(&g->compiler->scratch, (g->block_count + 1) * sizeof(struct block *));
	size_t at = g->block_count;
	*count = at;
	for (struct block *block = g->newest; list && block; block = block->older)
		list[--at] = block;
	return list;
}

int emit_run(struct graph *g, struct block *entry, struct program *program)
{
	size_t count;
	struct block **list = in_order(g, &count);
	struct emit e = { .room = mark_used(g, entry) };
	e.top = e.room;
	e.insns = malloc((e.room + 1) * sizeof *e.insns);
	if (!list || !e.insns) {
		free(e.insns);
		return rt_fail(g->compiler->error, ENOMEM, "no memory");
	}
	for (size_t i = 0; i < count; i++)
		if (list[i]->is_used)
			put_block(&e, list[i]);
	if (entry->pc != e.top)
		put_ja(&e, entry->pc);
	program->count = e.room - e.top;
	memmove(e.insns, e.insns + e.top, program->count * sizeof *e.insns);
	program->insns = e.insns;
	return 0;
}
