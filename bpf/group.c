/* SPDX-License-Identifier: MIT */
/* group.c - the optimizer's pass for tests that must all hold, or else the packet goes to one and the same place: their
 * order does not matter, so tests of one value are put together, and it is loaded once. Does not matter: a packet too
 * short for the load of a test that now comes later must not get a yes from that place either. */
#include "optimize.h"

#define CHAIN_MAX 32

struct question {                        /* of a block, apart from where the answers lead                */
	const struct code *code;
	uint32_t number;
	uint8_t compare;
	bool is_x, is_yes;               /* is_yes: this answer leads on, the other one to `failed`      */
};

struct chain_of_tests {
	struct block *blocks[CHAIN_MAX], *failed, *passed;
	uint32_t count;
};

struct group { struct flow *flow; uint32_t *needs, *ways; const struct held *held; };

static bool is_test(const struct block *block)
{
	return block->code && !block->code->is_kept && block->yes != block->no;
}

/* May it be left out on the way to `failed`? */
static bool may_move(const struct group *g, const struct block *block, const struct block *failed)
{
	const uint32_t needs = g->needs[failed->at];
	return needs == UINT32_MAX || (!block->code->is_open && block->code->needs <= needs);
}

static struct chain_of_tests follow(const struct group *g, struct block *block, bool is_yes)
{
	struct chain_of_tests chain = { .failed = is_yes ? block->no : block->yes };
	while (chain.count < CHAIN_MAX && is_test(block) && may_move(g, block, chain.failed) &&
	       (block->yes == chain.failed || block->no == chain.failed)) {
		if (chain.count && g->ways[block->at] != 1)
			break;
		chain.blocks[chain.count++] = block;
		block = block->yes == chain.failed ? block->no : block->yes;
	}
	chain.passed = block;
	return chain;
}

static struct question question_of(const struct block *block, const struct block *failed)
{
	return (struct question){ block->code, block->number, block->compare, block->is_x, block->no == failed };
}

/* First what is held already, then in the order of the first test of each value. */
static bool sort(struct question *sorted, const struct chain_of_tests *chain, const struct code *held)
{
	bool is_taken[CHAIN_MAX] = { false }, is_moved = false;
	uint32_t count = 0;
	for (uint32_t first = 0; count < chain->count; ) {
		for (uint32_t i = 0; i < chain->count; i++) {
			if (is_taken[i] || chain->blocks[i]->code != held)
				continue;
			is_taken[i] = true;
			is_moved |= i != count;
			sorted[count++] = question_of(chain->blocks[i], chain->failed);
		}
		while (first < chain->count && is_taken[first])
			first++;
		held = first < chain->count ? chain->blocks[first]->code : NULL;
	}
	return is_moved;
}

/* The blocks stay where they are, and ask in another order. */
static void ask_in_order(const struct chain_of_tests *chain, const struct question *sorted)
{
	for (uint32_t i = 0; i < chain->count; i++) {
		struct block *block = chain->blocks[i], *next = i + 1 < chain->count ? chain->blocks[i + 1] : chain->passed;
		block->code = sorted[i].code;
		block->number = sorted[i].number;
		block->compare = sorted[i].compare;
		block->is_x = sorted[i].is_x;
		block->yes = sorted[i].is_yes ? next : chain->failed;
		block->no = sorted[i].is_yes ? chain->failed : next;
	}
}

static bool group_from(struct group *g, struct block *block, bool is_yes)
{
	const struct chain_of_tests chain = follow(g, block, is_yes);
	struct question sorted[CHAIN_MAX];
	if (chain.count < 2 || !sort(sorted, &chain, g->held[block->at].a))
		return false;
	ask_in_order(&chain, sorted);
	return true;
}

static void count_ways(struct group *g)
{
	for (uint32_t i = 0; i < g->flow->count; i++) {
		const struct block *block = g->flow->list[i];
		if (!block->code)
			continue;
		g->ways[block->yes->at]++;
		g->ways[block->no->at] += block->yes != block->no;
	}
}

/* From the entry on: a chain is met at its first block. */
bool pass_group(struct flow *flow)
{
	struct rt_arena *arena = &flow->g->compiler->scratch;
	struct group g = { .flow = flow, .needs = rt_arena_get(arena, flow->count * sizeof *g.needs),
	                   .ways = rt_arena_get(arena, flow->count * sizeof *g.ways) };
	bool is_changed = false;
	if (!g.needs || !g.ways)
		return false;
	flow_needs(flow, g.needs);
	count_ways(&g);
	g.held = flow_held(flow);
	for (uint32_t i = flow->count; i-- > 0; ) {
		struct block *block = flow->list[i];
		if (is_test(block))
			is_changed |= group_from(&g, block, true) || group_from(&g, block, false);
	}
	return is_changed;
}
