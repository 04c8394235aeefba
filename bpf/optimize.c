/* SPDX-License-Identifier: MIT */
/* optimize.c - a list of passes over the graph, each small; without this file everything is right, only longer. What
 * holds for all: a packet too short for a load of the plain program ends in the optimised one as well, so a load goes
 * away only where the same load has been done on every way there. Each pass looks at each block once. */
#include <errno.h>
#include "known.h"

#define ROUNDS_MAX 4

/* The block that stands for this one now. */
static struct block *resolve(struct block *block)
{
	while (block->same)
		block = block->same;
	return block;
}

static size_t list_blocks(struct graph *g, struct block ***list)
{
	size_t at = g->block_count;
	*list = rt_arena_get(&g->compiler->scratch, (at + 1) * sizeof **list);
	for (struct block *block = g->newest; *list && block; block = block->older)
		(*list)[--at] = block;
	return *list ? g->block_count : 0;
}

/* ---- pass: equal blocks with equal exits are one --------------------------------------------------------------- */

struct share { struct block **slots; size_t mask; };

static bool is_equal(const struct block *a, const struct block *b)
{
	return a->code == b->code && a->compare == b->compare && a->is_x == b->is_x && a->number == b->number &&
	       a->yes == b->yes && a->no == b->no;
}

static size_t hash(const struct block *block)
{
	uint64_t value = (uintptr_t)block->code ^ (uintptr_t)block->yes * 31u ^ (uintptr_t)block->no * 131u;
	value = (value ^ block->number ^ (uint64_t)block->compare << 40) * 0x9e3779b97f4a7c15u;
	return (size_t)(value >> 24);
}

/* From the exits on, so that exits are settled before they are compared. */
static bool share(struct graph *g, struct block **list, size_t count)
{
	struct share share = { .mask = 63 };
	while (share.mask < 2 * count)
		share.mask = share.mask * 2 + 1;
	share.slots = rt_arena_get(&g->compiler->scratch, (share.mask + 1) * sizeof *share.slots);
	bool is_changed = false;
	for (size_t i = 0; share.slots && i < count; i++) {
		struct block *block = list[i];
		if (block->same || !block->code)
			continue;
		block->yes = resolve(block->yes);
		block->no = resolve(block->no);
		size_t at = hash(block) & share.mask;
		while (share.slots[at] && !is_equal(share.slots[at], block))
			at = (at + 1) & share.mask;
		if (share.slots[at]) {
			block->same = share.slots[at];
			is_changed = true;
		} else {
			share.slots[at] = block;
		}
	}
	return is_changed;
}

/* ---- pass: a test whose answer the following tests give anyway ---------------------------------------------------- */

#define LOOK_AHEAD 16

/* Where a packet with code = number goes from `block`, as long as only the same code is asked. */
static struct block *follow_number(struct block *block, const struct code *code, uint32_t number)
{
	for (int i = 0; i < LOOK_AHEAD && block->code == code && !block->is_x; i++) {
		const bool is_yes = compare_holds((enum compare)block->compare, number, block->number);
		block = resolve(is_yes ? block->yes : block->no);
	}
	return block;
}

static bool drop_redundant(struct block **list, size_t count)
{
	bool is_changed = false;
	for (size_t i = 0; i < count; i++) {
		struct block *block = list[i];
		if (block->same || !block->code || block->code->is_kept || block->is_x || block->compare != COMPARE_EQUAL)
			continue;
		struct block *no = resolve(block->no);
		if (no->code != block->code || no->is_x ||
		    follow_number(no, block->code, block->number) != resolve(block->yes))
			continue;
		block->same = no;
		is_changed = true;
	}
	return is_changed;
}

/* ---- pass: on every way, jump over tests whose answer is known there ----------------------------------------------- */

static struct block *follow_known(struct block *target, const struct known *known)
{
	for (;;) {
		target = resolve(target);
		if (!target->code || target->code->is_kept || target->compare == COMPARE_ALWAYS)
			return target;
		const struct fact_known *fact = known_find(known, target->code);
		if (!fact)
			return target;
		const bool is_same = resolve(target->yes) == resolve(target->no);
		const int answer = is_same ? 1 : target->is_x ? -1 : known_answer(fact, target);
		if (answer < 0)
			return target;
		target = answer ? target->yes : target->no;
	}
}

static bool thread_exit(struct known_pool *pool, const struct block *block, struct block **exit, bool is_yes)
{
	struct known on_way = *block->known;
	known_learn(&on_way, block, is_yes);
	struct block *target = follow_known(*exit, &on_way);
	const bool is_changed = target != *exit;
	*exit = target;
	known_merge(pool, target, &on_way);
	return is_changed;
}

/* From the entry on, so that all ways to a block are known before it is looked at. */
static bool thread(struct graph *g, struct block **list, size_t count, struct block *entry)
{
	struct known_pool pool = { .arena = &g->compiler->scratch };
	const struct known nothing = { .count = 0 };
	bool is_changed = false;
	for (size_t i = 0; i < count; i++)
		list[i]->known = NULL;
	known_merge(&pool, entry, &nothing);
	for (size_t i = count; i-- > 0 && !pool.is_full; ) {
		struct block *block = list[i];
		if (block->known && block->code && !block->same) {
			is_changed |= thread_exit(&pool, block, &block->yes, true);
			is_changed |= thread_exit(&pool, block, &block->no, false);
		}
		known_release(&pool, block);
	}
	return is_changed;
}

/* ---- pass: what A or X hold already needs no loading ----------------------------------------------------------------- */

static void meet(struct block *block, const struct code *a, const struct code *x)
{
	block->a = !block->is_met || block->a == a ? a : NULL;
	block->x = !block->is_met || block->x == x ? x : NULL;
	block->is_met = true;
}

static void reuse_block(struct block *block)
{
	const struct code *code = block->code, *a = code, *x = code->changes_x ? NULL : code->x ? code->x : block->x;
	block->skip = 0;
	if (code->is_kept) {
		a = NULL;
		x = NULL;
	} else if (block->a == code) {
		block->skip = code->count;
		x = block->x;
	} else if (code->x && code->x == block->x) {
		block->skip = code->x_count;
	}
	meet(block->yes, a, x);
	meet(block->no, a, x);
}

static void reuse(struct block **list, size_t count, struct block *entry)
{
	for (size_t i = 0; i < count; i++)
		list[i]->is_met = false;
	meet(entry, NULL, NULL);
	for (size_t i = count; i-- > 0; )
		if (list[i]->is_met && list[i]->code)
			reuse_block(list[i]);
}

/* ------------------------------------------------------------------------------------------------------------------------ */

static void settle(struct block **list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!list[i]->code)
			continue;
		list[i]->yes = resolve(list[i]->yes);
		list[i]->no = resolve(list[i]->no);
	}
}

struct block *optimize_run(struct graph *g, struct block *entry)
{
	struct block **list;
	const size_t count = list_blocks(g, &list);
	for (int round = 0; round < ROUNDS_MAX; round++) {
		bool is_changed = share(g, list, count);
		is_changed |= drop_redundant(list, count);
		entry = resolve(entry);
		is_changed |= thread(g, list, count, entry);
		if (!is_changed)
			break;
	}
	settle(list, count);
	reuse(list, count, resolve(entry));
	return resolve(entry);
}
