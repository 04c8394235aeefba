/* SPDX-License-Identifier: MIT */
/* thread.c - the optimizer's main pass: on every way through the graph, jump over tests whose answer is known there.
 * From the entry on, so that all ways to a block are known before it is looked at. Where ways know different things a
 * block may be copied, a copy for each; equal copies become one again in pass_share. */
#include <stdlib.h>
#include "optimize.h"

struct way {                             /* to a block, or many that know the same                       */
	struct known known;
	struct block *block;             /* it, or a copy                                                */
	struct way *next;                /* to another copy; in the pool                                 */
};

struct thread {
	struct flow *flow;
	struct way **ways;               /* by the place of the block                                    */
	uint64_t *relevant;              /* codes asked there or behind it, as known_bit()               */
	struct way *free;
	uint32_t steps;                  /* left: all together, so that long chains stay linear          */
	uint32_t copies;                 /* left                                                         */
	bool is_changed, is_full;
};

#define STEPS_PER_BLOCK 32
#define STEPS_LEAST     4                /* however long the chain                                       */

static void note_relevant(struct thread *t)
{
	for (uint32_t i = 0; i < t->flow->count; i++) {
		const struct block *block = t->flow->list[i];
		t->relevant[i] = 0;
		if (!block->code)
			continue;
		t->relevant[i] = t->relevant[block->yes->at] | t->relevant[block->no->at];
		if (!block->code->is_kept)
			t->relevant[i] |= known_bit(block->code);
	}
}

/* ---- along the way ---------------------------------------------------------------------------------------------- */

/* The loads of this code cannot fail here. */
static bool is_safe(const struct code *code, const struct known *known)
{
	return !code->may_fail || (!code->is_open && code->needs <= known->have);
}

/* 1, 0, or -1: it has to be asked. */
static int answer(const struct block *block, const struct known *known)
{
	const struct fact_known *fact = known_find(known, block->code);
	if (block->code->is_kept || (!fact && !is_safe(block->code, known)))
		return -1;
	if (block->yes == block->no)
		return 1;
	if (block->is_x)
		return -1;
	const struct fact_known any = fact_of(block->code);
	return fact_answer(fact ? fact : &any, block);
}

static struct block *follow(struct thread *t, struct block *target, const struct known *known)
{
	for (uint32_t i = 0; target->code && (i < STEPS_LEAST || t->steps); i++) {
		const int yes = answer(target, known);
		if (yes < 0)
			break;
		target = yes ? target->yes : target->no;
		t->steps -= t->steps > 0;
	}
	return target;
}

/* ---- where ways come together ------------------------------------------------------------------------------------- */

static struct way *way_new(struct thread *t, const struct known *known, struct block *block)
{
	struct way *way = t->free;
	if (way)
		t->free = way->next;
	else
		way = rt_arena_get(&t->flow->g->compiler->scratch, sizeof *way);
	t->is_full |= !way || !block;
	if (t->is_full)
		return NULL;
	known_copy(&way->known, known);
	way->block = block;
	way->next = NULL;
	return way;
}

/* Returns the block to go to: the target, or the copy for those who know this. */
static struct block *arrive(struct thread *t, struct block *target, struct known *known)
{
	struct way **end = &t->ways[target->at];
	uint32_t count = 0;
	known_keep(known, t->relevant[target->at]);
	for (; *end; end = &(*end)->next, count++) {
		struct way *way = *end;
		const bool is_last = !way->next && (count + 1 == t->flow->ways_max || !t->copies);
		if (!is_last && !known_is_equal(&way->known, known))
			continue;
		known_meet(&way->known, known);
		return way->block;
	}
	if (count) {
		struct block copy = *target;
		target = block_copy(t->flow->g, &copy);
		t->copies--;
	}
	*end = way_new(t, known, target);
	return target;
}

static struct block *thread_exit(struct thread *t, const struct way *way, bool is_yes)
{
	struct known known;
	struct block *exit = is_yes ? way->block->yes : way->block->no;
	known_copy(&known, &way->known);
	known_learn(&known, way->block, is_yes);
	struct block *target = follow(t, exit, &known);
	t->is_changed |= target != exit;
	return arrive(t, target, &known);
}

static void thread_block(struct thread *t, const struct way *way)
{
	struct block *block = way->block;
	if (!block->code)
		return;
	if (block->yes == block->no) {
		block->yes = block->no = thread_exit(t, way, true);
		return;
	}
	struct block *yes = thread_exit(t, way, true);
	block->no = thread_exit(t, way, false);
	block->yes = yes;
}

/* Takes all ways to the block at `place`; writes it and its copies in front of the next list, which ends at `end`. */
static uint32_t thread_place(struct thread *t, uint32_t place, uint32_t end)
{
	while (t->ways[place] && !t->is_full) {
		struct way *way = t->ways[place];
		thread_block(t, way);
		t->flow->other[--end] = way->block;
		t->ways[place] = way->next;
		way->next = t->free;
		t->free = way;
	}
	return end;
}

bool pass_thread(struct flow *flow)
{
	struct thread t = { .flow = flow, .relevant = flow->space, .steps = STEPS_PER_BLOCK * flow->count,
	                    .copies = flow->ways_max > 1 ? flow->room - flow->count : 0 };
	struct known nothing = { .count = 0 };
	uint32_t begin = flow->room;
	t.ways = (struct way **)(void *)(t.relevant + flow->room);
	memset(t.ways, 0, flow->count * sizeof(struct way *));
	note_relevant(&t);
	arrive(&t, flow->entry, &nothing);
	for (uint32_t i = flow->count; i-- > 0 && !t.is_full; )
		begin = thread_place(&t, i, begin);
	if (t.is_full)
		return false;                           /* nothing is made of this graph any more */
	flow->count = flow->room - begin;
	memmove(flow->other, flow->other + begin, flow->count * sizeof(struct block *));
	struct block **list = flow->other;
	flow->other = flow->list;
	flow->list = list;
	for (uint32_t i = 0; i < flow->count; i++)
		list[i]->at = i;
	return t.is_changed;
}
