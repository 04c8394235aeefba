/* SPDX-License-Identifier: MIT */
/* spare.c - the optimizer's pass against values and stores that nobody wants. A load that leads to the same place
 * either way still ends the program when it lies outside of the packet. It may go where that makes no difference:
 * where all that can still say yes asks for at least the same bytes, or where nothing can. */
#include "optimize.h"

struct spare {
	struct block **same;
	uint32_t *needs;         /* bytes that a packet has if the answer from here on can be yes;
	                          * UINT32_MAX: it cannot                                                */
	uint16_t *live;          /* scratch words that are read from here on                             */
	struct block *never;     /* returns 0                                                            */
};

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

static uint32_t needs_of(const struct block *block, const uint32_t *needs)
{
	if (!block->code)
		return block->number ? 0 : UINT32_MAX;
	const uint32_t behind = least(needs[block->yes->at], needs[block->no->at]);
	return behind > block->code->needs ? behind : block->code->needs;
}

void flow_needs(const struct flow *flow, uint32_t *needs)
{
	for (uint32_t i = 0; i < flow->count; i++)
		needs[i] = needs_of(flow->list[i], needs);
}

static bool is_wanted(const struct code *code, uint32_t needs_behind, uint16_t live_behind)
{
	if (code->is_kept && (!code->writes || (code->writes & live_behind)))
		return true;
	return code->is_open || code->needs > needs_behind;
}

/* Its answer is the same for every value: both exits become that one. */
static bool settle(struct block *block)
{
	const struct fact_known any = fact_of(block->code);
	const int yes = block->yes == block->no || block->is_x ? -1 : fact_answer(&any, block);
	if (yes < 0)
		return false;
	block->yes = block->no = yes ? block->yes : block->no;
	return true;
}

/* Returns what takes the place of the block, or NULL. The exits are settled. */
static struct block *look(struct spare *s, uint32_t place, struct block *block)
{
	const uint32_t yes = block->yes->at, no = block->no->at;
	const uint32_t needs = least(s->needs[yes], s->needs[no]);
	const uint16_t live = s->live[yes] | s->live[no];
	if (needs == UINT32_MAX && s->never)
		return s->never;
	if (yes == no && !is_wanted(block->code, needs, live))
		return block->yes;
	s->needs[place] = needs_of(block, s->needs);
	s->live[place] = (uint16_t)((live & ~block->code->writes) | block->code->reads);
	return NULL;
}

/* From the exits on. */
bool pass_spare(struct flow *flow)
{
	struct spare s = { .same = flow->space };
	bool is_changed = false;
	s.needs = (uint32_t *)(void *)(s.same + flow->room);
	s.live = (uint16_t *)(void *)(s.needs + flow->room);
	memset(flow->space, 0, flow->room * FLOW_SPACE);
	for (uint32_t i = 0; i < flow->count; i++) {
		struct block *block = flow->list[i];
		if (!block->code) {
			s.needs[i] = needs_of(block, s.needs);
			s.never = block->number ? s.never : block;
			continue;
		}
		flow_settle(s.same, block);
		is_changed |= settle(block);
		s.same[i] = look(&s, i, block);
		is_changed |= s.same[i] != NULL;
	}
	if (is_changed)
		flow_replace(flow, s.same);
	return is_changed;
}
