/* SPDX-License-Identifier: MIT */
/* emit.c - blocks become a program, filled from its end: exits are placed before who leads to them, so every jump is
 * known when it is written. Conditional jumps reach 255 instructions; farther ones go by a `ja` in between, which
 * others share. Returns are at the end, and once more in between where they would need a `ja`; but behind a return the
 * kernel believes that words are not written, so only in front of what reads none. */
#include <errno.h>
#include <stdlib.h>
#include "stages.h"

struct emit {
	struct sock_filter *insns;
	size_t room, top;                        /* the program stands from `top` to `room`              */
	struct block **list;                     /* exits before who leads to them; block->at: the place  */
	uint32_t count;
	uint32_t *near_pc;                       /* of something near that leads to a block, or 0         */
	uint16_t *live;                          /* scratch words that a block, or those behind it, read  */
	uint16_t live_top;                       /* ... that the instruction at `top` does                */
	struct block **follower;                 /* a block that leads only there and may stand in front  */
};

/* Blocks by reachability from the entry; younger ones come first, so one pass is enough. */
static void mark_used(struct emit *e, struct graph *g, struct block *entry)
{
	for (struct block *block = g->newest; block; block = block->older)
		block->is_used = block == entry;
	for (struct block *block = g->newest; block; block = block->older) {
		if (!block->is_used)
			continue;
		e->count++;
		e->room += 1;
		if (!block->code)
			continue;
		block->yes->is_used = block->no->is_used = true;
		e->room += block->code->count + 2u;     /* a `ja` for each exit */
	}
}

/* The graph has the youngest block first; the program is filled from the oldest. */
static bool put_in_order(struct emit *e, struct graph *g)
{
	struct rt_arena *arena = &g->compiler->scratch;
	uint32_t at = e->count;
	e->list = rt_arena_get(arena, (at + (size_t)1) * sizeof *e->list);
	e->near_pc = rt_arena_get(arena, (at + (size_t)1) * sizeof *e->near_pc);
	e->follower = rt_arena_get(arena, (at + (size_t)1) * sizeof *e->follower);
	e->live = rt_arena_get(arena, (at + (size_t)1) * sizeof *e->live);
	if (!e->list || !e->near_pc || !e->follower || !e->live)
		return false;
	for (struct block *block = g->newest; block; block = block->older) {
		block->pc = 0;
		if (!block->is_used)
			continue;
		block->at = --at;
		e->list[at] = block;
	}
	return true;
}

static void find_live(struct emit *e)
{
	for (uint32_t i = 0; i < e->count; i++) {
		const struct block *block = e->list[i];
		if (block->code)
			e->live[i] = (uint16_t)(block->code->reads | ((e->live[block->yes->at] | e->live[block->no->at]) &
			                                              ~block->code->writes));
	}
}

/* Who leads to one place only needs no `ja` when it stands in front of it. */
static void find_followers(struct emit *e, const struct block *entry)
{
	for (uint32_t i = 0; i < e->count; i++) {
		struct block *block = e->list[i];
		if (block->code && block->yes == block->no && block != entry)
			e->follower[block->yes->at] = block;
	}
}

static void put(struct emit *e, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
	e->insns[--e->top] = (struct sock_filter){ code, jt, jf, k };
}

/* To somewhere far: a jump, or the same return. */
static void put_ja(struct emit *e, const struct block *target)
{
	if (!target->code && !e->live_top) {
		put(e, BPF_RET | BPF_K, 0, 0, target->number);
		return;
	}
	put(e, BPF_JMP | BPF_JA, 0, 0, (uint32_t)(target->pc - e->top));
	e->live_top = e->live[target->at];
}

static bool is_near(const struct emit *e, size_t target, size_t slack) { return target - e->top + slack <= UINT8_MAX; }

/* Where a conditional jump to `target` goes: there, or to something near that leads there. */
static size_t near(struct emit *e, const struct block *target, size_t slack)
{
	uint32_t *near_pc = &e->near_pc[target->at];
	if (is_near(e, target->pc, slack))
		return target->pc;
	if (*near_pc && is_near(e, *near_pc, slack))
		return *near_pc;
	put_ja(e, target);
	*near_pc = (uint32_t)e->top;
	return e->top;
}

static void put_jump(struct emit *e, const struct block *block)
{
	static const uint16_t ops[] = { [COMPARE_EQUAL] = BPF_JEQ, [COMPARE_GREATER] = BPF_JGT,
	                                [COMPARE_GREATER_EQUAL] = BPF_JGE, [COMPARE_SET] = BPF_JSET };
	if (block->compare == COMPARE_ALWAYS || block->yes == block->no) {
		if (block->yes->pc != e->top)
			put_ja(e, block->yes);
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
	e->live_top = e->live[block->at];
}

/* No place is 0: there is room for one instruction more. Returns first, for they stay at the end. */
static void put_all(struct emit *e)
{
	for (uint32_t i = 0; i < e->count; i++)
		if (!e->list[i]->code)
			put_block(e, e->list[i]);
	for (uint32_t i = 0; i < e->count; i++)
		for (struct block *block = e->list[i]; block && !block->pc; block = e->follower[block->at])
			put_block(e, block);
}

int emit_run(struct graph *g, struct block *entry, struct program *program)
{
	struct emit e = { .room = 1 };
	mark_used(&e, g, entry);
	e.top = e.room;
	e.insns = malloc((e.room + 1) * sizeof *e.insns);
	if (!e.insns || !put_in_order(&e, g)) {
		free(e.insns);
		return rt_fail(g->compiler->error, ENOMEM, "no memory");
	}
	find_live(&e);
	if (has_pass(g->compiler, PASS_PLACE))
		find_followers(&e, entry);
	put_all(&e);
	if (entry->pc != e.top)
		put_ja(&e, entry);
	program->count = e.room - e.top;
	memmove(e.insns, e.insns + e.top, program->count * sizeof *e.insns);
	struct sock_filter *fitting = realloc(e.insns, program->count * sizeof *fitting);
	program->insns = fitting ? fitting : e.insns;
	return 0;
}
