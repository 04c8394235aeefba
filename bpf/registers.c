/* SPDX-License-Identifier: MIT */
/* registers.c - the optimizer's last passes: what A or X hold already is not loaded again, and blocks of which the same
 * instructions are left, with the same exits, are one. */
#include "optimize.h"

/* ---- pass: what A or X hold already needs no loading -------------------------------------------------------------- */

/* `is_met` tells whether some way has come here; the bits stand behind the array of `held`. */
struct reuse { struct held *held; bool *is_met; };

static void meet(struct reuse *r, const struct block *block, struct held held)
{
	struct held *here = &r->held[block->at];
	if (!r->is_met[block->at]) {
		*here = held;
		r->is_met[block->at] = true;
		return;
	}
	here->a = here->a == held.a ? held.a : NULL;
	here->x = here->x == held.x ? held.x : NULL;
}

static bool begins_with(const struct code *code, const struct code *part)
{
	return part == code || (part->count <= code->count &&
	                        memcmp(part->insns, code->insns, part->count * sizeof *part->insns) == 0);
}

/* How many instructions of `code` need not be done again: it may begin with what A or X hold. */
static uint16_t known_part(const struct code *code, struct held here)
{
	const struct code *a = here.a, *x = here.x;
	if (a && begins_with(code, a) && (a == code || (a->x ? a->x == x : !a->changes_x)))
		return a->count;
	return x && x->count <= code->x_count && begins_with(code, x) ? x->count : 0;
}

static void reuse_block(struct reuse *r, struct block *block)
{
	const struct code *code = block->code;
	const struct held here = r->held[block->at];
	struct held behind = { code, code->changes_x ? NULL : code->x ? code->x : here.x };
	block->skip = known_part(code, here);
	if (block->skip == code->count)
		behind.x = here.x;
	if (code->is_kept)
		behind.a = code->leaves;
	if (behind.x && behind.x->reads & code->writes)
		behind.x = NULL;
	meet(r, block->yes, behind);
	meet(r, block->no, behind);
}

const struct held *flow_held(struct flow *flow)
{
	struct reuse r = { .held = flow->space };
	r.is_met = (bool *)(void *)(r.held + flow->count);
	memset(r.is_met, 0, flow->count * sizeof *r.is_met);
	meet(&r, flow->entry, (struct held){ 0 });
	for (uint32_t i = flow->count; i-- > 0; )
		if (flow->list[i]->code)
			reuse_block(&r, flow->list[i]);
	return r.held;
}

/* The blocks stay; they have less to do. */
bool pass_reuse(struct flow *flow)
{
	flow_held(flow);
	return false;
}

/* ---- pass: the same instructions with the same exits ------------------------------------------------------------- */

static bool is_same_rest(const struct block *a, const struct block *b)
{
	const size_t count = a->code->count - a->skip;
	return a->compare == b->compare && a->is_x == b->is_x && a->number == b->number && a->yes == b->yes &&
	       a->no == b->no && count == (size_t)(b->code->count - b->skip) &&
	       memcmp(a->code->insns + a->skip, b->code->insns + b->skip, count * sizeof *a->code->insns) == 0;
}

static size_t rest_hash(const struct block *block)
{
	uint64_t value = (uintptr_t)block->yes * 31u ^ (uintptr_t)block->no * 131u;
	value ^= block->number ^ (uint64_t)block->compare << 40 ^ (uint64_t)(block->code->count - block->skip) << 48;
	return (size_t)(value * 0x9e3779b97f4a7c15u >> 24);
}

/* What the registers hold behind them was met at the exits, for all of them. */
bool pass_tails(struct flow *flow)
{
	return flow_merge(flow, is_same_rest, rest_hash);
}
