/* SPDX-License-Identifier: MIT */
/* optimize.c - runs the passes over the graph, each small and each switchable; without this file everything is right,
 * only longer. Copies of blocks (PASS_SPLIT) may make a program longer or shorter: both are made, the shorter stays. */
#include <errno.h>
#include <stdlib.h>
#include "optimize.h"

#define ROUNDS_MAX 4
#define LARGE      2048                  /* blocks; such graphs get what is linear and no more           */
#define WAYS_MAX   8

/* ---- the list ------------------------------------------------------------------------------------------------- */

static bool flow_room(struct flow *flow, uint32_t room, uint32_t ways_max)
{
	struct rt_arena *arena = &flow->g->compiler->scratch;
	flow->room = room;
	flow->ways_max = ways_max;
	flow->list = flow->other = rt_arena_get(arena, (room + (size_t)1) * sizeof *flow->list);
	if (ways_max > 1)
		flow->other = rt_arena_get(arena, (room + (size_t)1) * sizeof *flow->other);
	flow->space = rt_arena_get(arena, (room + (size_t)1) * FLOW_SPACE);
	return flow->list && flow->other && flow->space;
}

static bool flow_begin(struct flow *flow, struct graph *g, struct block *entry)
{
	*flow = (struct flow){ .g = g, .entry = entry };
	if (!flow_room(flow, g->block_count, 1))
		return false;
	flow->count = g->block_count;
	uint32_t at = flow->count;
	for (struct block *block = g->newest; block; block = block->older)
		flow->list[--at] = block;
	flow_sweep(flow);
	return true;
}

/* The same once more, in blocks of its own. */
static bool flow_copy(struct flow *flow, const struct flow *from)
{
	*flow = *from;
	if (!flow_room(flow, 4 * from->count + 64, WAYS_MAX))
		return false;
	for (uint32_t i = 0; i < from->count; i++) {
		struct block *block = block_copy(from->g, from->list[i]);
		if (!block)
			return false;
		flow->list[i] = block;
		if (block->code) {
			block->yes = flow->list[block->yes->at];
			block->no = flow->list[block->no->at];
		}
	}
	flow->entry = flow->list[from->entry->at];
	return true;
}

void flow_sweep(struct flow *flow)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < flow->count; i++)
		flow->list[i]->is_used = flow->list[i] == flow->entry;
	for (uint32_t i = flow->count; i-- > 0; ) {
		struct block *block = flow->list[i];
		if (block->is_used && block->code)
			block->yes->is_used = block->no->is_used = true;
	}
	for (uint32_t i = 0; i < flow->count; i++) {
		struct block *block = flow->list[i];
		if (!block->is_used)
			continue;
		block->at = count;
		flow->list[count++] = block;
	}
	flow->count = count;
}

/* From the exits on, what takes the place of a block stays itself: one step is enough. */
static struct block *replacement(struct block *const *same, struct block *block)
{
	return same[block->at] ? same[block->at] : block;
}

void flow_settle(struct block *const *same, struct block *block)
{
	block->yes = replacement(same, block->yes);
	block->no = replacement(same, block->no);
}

void flow_replace(struct flow *flow, struct block *const *same)
{
	for (uint32_t i = 0; i < flow->count; i++)
		if (flow->list[i]->code)
			flow_settle(same, flow->list[i]);
	flow->entry = replacement(same, flow->entry);
	flow_sweep(flow);
}

/* ---- pass: equal blocks with equal exits are one --------------------------------------------------------------- */

/* The one that is equal and came first, or NULL: it is this one. */
static struct block *first_equal(struct block **slots, size_t mask, struct block *block, block_equal *is_equal,
                                 block_hasher *hash)
{
	size_t at = hash(block) & mask;
	while (slots[at] && !is_equal(slots[at], block))
		at = (at + 1) & mask;
	struct block *first = slots[at];
	if (!first)
		slots[at] = block;
	return first;
}

bool flow_merge(struct flow *flow, block_equal *is_equal, block_hasher *hash)
{
	size_t mask = 63;
	while (mask < 2 * (size_t)flow->count)
		mask = mask * 2 + 1;
	struct block **slots = calloc(mask + 1, sizeof *slots), **same = flow->space;
	bool is_changed = false;
	memset(same, 0, flow->count * sizeof *same);
	for (uint32_t i = 0; slots && i < flow->count; i++) {
		struct block *block = flow->list[i];
		if (!block->code)
			continue;
		flow_settle(same, block);
		same[i] = first_equal(slots, mask, block, is_equal, hash);
		is_changed |= same[i] != NULL;
	}
	free(slots);
	if (is_changed)
		flow_replace(flow, same);
	return is_changed;
}

bool pass_share(struct flow *flow)
{
	return flow_merge(flow, block_is_equal, block_hash);
}

/* ---- pass: a test whose answer the following tests give anyway ---------------------------------------------------- */

bool pass_repeat(struct flow *flow)
{
	struct block **same = flow->space;
	bool is_changed = false;
	memset(same, 0, flow->count * sizeof *same);
	for (uint32_t i = 0; i < flow->count; i++) {
		struct block *block = flow->list[i];
		if (!block->code)
			continue;
		flow_settle(same, block);
		struct block *repeated = block_repeated(block);
		same[i] = repeated == block ? NULL : repeated;
		is_changed |= repeated != block;
	}
	if (is_changed)
		flow_replace(flow, same);
	return is_changed;
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static bool run(struct flow *flow, enum pass pass, bool (*function)(struct flow *))
{
	return has_pass(flow->g->compiler, pass) && function(flow);
}

static bool merge(struct flow *flow)
{
	const bool is_changed = run(flow, PASS_SHARE, pass_share);
	return run(flow, PASS_REPEAT, pass_repeat) || is_changed;
}

static bool shorten(struct flow *flow)
{
	const bool is_changed = run(flow, PASS_THREAD, pass_thread);
	return run(flow, PASS_SPARE, pass_spare) || is_changed;
}

/* Large graphs get another round only when the last one was worth it. */
static void improve(struct flow *flow)
{
	const bool is_large = flow->count > LARGE;
	uint32_t count = UINT32_MAX;
	if (!has_pass(flow->g->compiler, PASS_JOIN))
		merge(flow);
	for (int round = 0; round < ROUNDS_MAX && (!is_large || flow->count < count - count / 8); round++) {
		count = flow->count;
		if (!shorten(flow))
			break;
		merge(flow);
	}
	if (!is_large)
		run(flow, PASS_GROUP, pass_group);
	run(flow, PASS_REUSE, pass_reuse);
	run(flow, PASS_TAILS, pass_tails);
}

/* Instructions, but for `ja`. */
static size_t flow_size(const struct flow *flow)
{
	size_t size = 0;
	for (uint32_t i = 0; i < flow->count; i++) {
		const struct block *block = flow->list[i];
		size += !block->code ? 1u : block->code->count - block->skip + (size_t)(block->yes != block->no);
	}
	return size;
}

/* For emit.c: these blocks and no others, the newest first. */
static void flow_end(const struct flow *flow)
{
	flow->g->newest = NULL;
	flow->g->block_count = flow->count;
	for (uint32_t i = 0; i < flow->count; i++) {
		flow->list[i]->older = flow->g->newest;
		flow->g->newest = flow->list[i];
	}
}

struct block *optimize_run(struct graph *g, struct block *entry)
{
	struct flow flow, split;
	const struct compiler *c = g->compiler;
	if (!flow_begin(&flow, g, entry))
		return NULL;
	const bool has_split = has_pass(c, PASS_SPLIT) && has_pass(c, PASS_THREAD) && flow.count <= LARGE;
	if (has_split && !flow_copy(&split, &flow))
		return NULL;
	improve(&flow);
	if (has_split)
		improve(&split);
	if (c->scratch.is_full)
		return NULL;
	const struct flow *best = has_split && flow_size(&split) <= flow_size(&flow) ? &split : &flow;
	flow_end(best);
	return best->entry;
}
