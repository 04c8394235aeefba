/* SPDX-License-Identifier: MIT */
/* graph.c - tests become blocks with two exits, built from the exits backwards: graph(test, yes, no) returns where to
 * begin so that the packet leaves at `yes` or at `no`. No labels, no patching. A block is always younger than its
 * exits, which gives every later stage an order for free. */
#include <errno.h>
#include <stdlib.h>
#include "optimize.h"

/* ---- blocks --------------------------------------------------------------------------------------------------- */

struct block *block_copy(struct graph *g, const struct block *like)
{
	struct block *block = rt_arena_get(&g->compiler->scratch, sizeof *block);
	if (!block) {
		if (!g->compiler->error->code)
			rt_fail(g->compiler->error, ENOMEM, "no memory");
		return NULL;
	}
	*block = *like;
	block->older = g->newest;
	g->newest = block;
	g->block_count++;
	return block;
}

struct block *graph_return(struct graph *g, uint32_t number)
{
	return block_copy(g, &(struct block){ .number = number });
}

bool block_is_equal(const struct block *a, const struct block *b)
{
	return a->code == b->code && a->compare == b->compare && a->is_x == b->is_x && a->number == b->number &&
	       a->yes == b->yes && a->no == b->no;
}

size_t block_hash(const struct block *block)
{
	uint64_t value = (uintptr_t)block->code ^ (uintptr_t)block->yes * 31u ^ (uintptr_t)block->no * 131u;
	value = (value ^ block->number ^ (uint64_t)block->compare << 40) * 0x9e3779b97f4a7c15u;
	return (size_t)(value >> 24);
}

/* ---- nothing is built twice -------------------------------------------------------------------------------------- */

#define LOOK_AHEAD 64

struct block *block_follow(struct block *block, const struct fact_known *fact)
{
	for (int i = 0; i < LOOK_AHEAD && block->code == fact->code && !block->is_x; i++) {
		const int answer = fact_answer(fact, block);
		if (answer < 0)
			break;
		block = answer ? block->yes : block->no;
	}
	return block;
}

static bool is_number_test(const struct block *block)
{
	return block->code && !block->code->is_kept && !block->is_x && block->compare != COMPARE_ALWAYS;
}

static bool repeats(const struct block *block, struct block *exit, struct block *other, bool is_yes)
{
	if (exit->code != block->code || exit->is_x)
		return false;
	struct fact_known fact = fact_of(block->code);
	fact_learn(&fact, block, !is_yes);
	return block_follow(exit, &fact) == other;
}

struct block *block_repeated(struct block *block)
{
	if (!is_number_test(block))
		return block;
	if (repeats(block, block->no, block->yes, false))
		return block->no;
	return repeats(block, block->yes, block->no, true) ? block->yes : block;
}

static struct block *follow_exit(const struct block *block, bool is_yes)
{
	struct fact_known fact = fact_of(block->code);
	fact_learn(&fact, block, is_yes);
	return block_follow(is_yes ? block->yes : block->no, &fact);
}

/* Twice as many slots, and all blocks again. */
static bool grow_slots(struct graph *g)
{
	const uint32_t mask = g->slots ? 2 * g->slot_mask + 1 : 255;
	struct block **slots = calloc(mask + (size_t)1, sizeof *slots);
	for (struct block *block = g->newest; slots && block; block = block->older) {
		size_t at = block_hash(block) & mask;
		while (slots[at])
			at = (at + 1) & mask;
		slots[at] = block;
	}
	if (!slots) {
		rt_fail(g->compiler->error, ENOMEM, "no memory");
		return false;
	}
	free(g->slots);
	g->slots = slots;
	g->slot_mask = mask;
	return true;
}

void graph_close(struct graph *g)
{
	free(g->slots);
	g->slots = NULL;
}

static struct block *find_or_new(struct graph *g, const struct block *like)
{
	if ((!g->slots || 4 * (size_t)g->block_count >= 3 * (size_t)g->slot_mask) && !grow_slots(g))
		return NULL;
	size_t at = block_hash(like) & g->slot_mask;
	while (g->slots[at] && !block_is_equal(g->slots[at], like))
		at = (at + 1) & g->slot_mask;
	if (!g->slots[at])
		g->slots[at] = block_copy(g, like);
	return g->slots[at];
}

/* As it is asked for, or something that gives the same answers. */
static struct block *join(struct graph *g, struct block *like)
{
	if (!has_pass(g->compiler, PASS_JOIN))
		return block_copy(g, like);
	if (is_number_test(like)) {
		like->yes = follow_exit(like, true);
		like->no = follow_exit(like, false);
		struct block *repeated = block_repeated(like);
		if (repeated != like)
			return repeated;
	}
	if (like->yes == like->no && !like->code->may_fail && !like->code->is_kept)
		return like->yes;
	return find_or_new(g, like);
}

/* NULL for a code or an exit (no memory) gives NULL. */
struct block *graph_block(struct graph *g, const struct code *code, enum compare compare, uint32_t number,
                          struct block *yes, struct block *no)
{
	if (!code || !yes || !no)
		return NULL;
	if (yes == no && !code->may_fail && !code->is_kept)
		return yes;
	return join(g, &(struct block){ .code = code, .compare = (uint8_t)compare, .number = number, .yes = yes,
	                                .no = no });
}

struct block *graph_block_x(struct graph *g, const struct code *code, enum compare compare, struct block *yes,
                            struct block *no)
{
	if (!code || !yes || !no)
		return NULL;
	return join(g, &(struct block){ .code = code, .compare = (uint8_t)compare, .is_x = true, .yes = yes, .no = no });
}

struct block *graph_always(struct graph *g, const struct code *code, struct block *next)
{
	return graph_block(g, code, COMPARE_ALWAYS, 0, next, next);
}

/* ---- sets ----------------------------------------------------------------------------------------------------- */

#define LEAF 5                           /* so few values are asked for one by one                         */

/* Outside of the range: to `next`. Inside, when the test in it fails: to `no`, for ranges do not overlap. */
static struct block *graph_range(struct graph *g, const struct code *code, const struct range *range,
                                 struct block *yes, struct block *no, struct block *next, const struct facts *facts)
{
	struct block *in = range->test ? graph_test(g, range->test, yes, no, facts) : yes;
	if (range->low == range->high)
		return graph_block(g, code, COMPARE_EQUAL, range->low, in, next);
	if (range->high != UINT32_MAX)
		in = graph_block(g, code, COMPARE_GREATER, range->high, next, in);
	return range->low ? graph_block(g, code, COMPARE_GREATER_EQUAL, range->low, in, next) : in;
}

struct block *graph_ranges(struct graph *g, const struct code *code, const struct range *ranges, uint32_t count,
                           struct block *yes, struct block *no, const struct facts *facts)
{
	if (count <= LEAF) {
		struct block *entry = no;
		while (entry && count-- > 0)
			entry = graph_range(g, code, &ranges[count], yes, no, entry, facts);
		return entry;
	}
	const uint32_t half = count / 2;
	struct block *high = graph_ranges(g, code, ranges + half, count - half, yes, no, facts);
	struct block *low = graph_ranges(g, code, ranges, half, yes, no, facts);
	return graph_block(g, code, COMPARE_GREATER_EQUAL, ranges[half].low, high, low);
}

/* ---- what is known without looking at the packet ------------------------------------------------------------------ */

/* The type is not at hand as a number here, but it is known what it is not. */
static bool is_refuted(const struct test *test, const struct facts *facts, uint32_t number)
{
	return test->left->kind == SUM_FACT && test->left->fact == FACT_TYPE && test->compare == COMPARE_EQUAL &&
	       ((number == TYPE_IP && facts->is_not_ip) || (number == TYPE_IP6 && facts->is_not_ip6));
}

static bool is_never(const struct test *test, const struct facts *facts)
{
	uint32_t left, right;
	if (test->kind == TEST_AND)
		return test->child && is_never(test->child, facts);
	if (test->kind != TEST_COMPARE)
		return test->kind == TEST_FALSE;
	if (!sum_number(test->right, facts, &right))
		return false;
	if (sum_number(test->left, facts, &left))
		return !compare_holds((enum compare)test->compare, left, right);
	return is_refuted(test, facts, right);
}

/* ---- hosts -------------------------------------------------------------------------------------------------------- */

/* The search counts from FACT_SRC and FACT_DST, which are words in every body: with the same exits it is the same
 * blocks. The last ones are remembered. */
struct built { const struct test *test; struct block *yes, *no, *entry; };
#define BUILT_SLOTS 1024

static struct block *graph_search(struct graph *g, const struct test *test, struct block *yes, struct block *no,
                                  const struct facts *facts)
{
	if (!has_pass(g->compiler, PASS_JOIN))
		return graph_test(g, test, yes, no, facts);
	if (!g->built)
		g->built = rt_arena_get(&g->compiler->scratch, BUILT_SLOTS * sizeof *g->built);
	if (!g->built)
		return NULL;
	struct built *built = &g->built[((uintptr_t)test >> 4) % BUILT_SLOTS];
	if (built->test != test || built->yes != yes || built->no != no) {
		struct block *entry = graph_test(g, test, yes, no, facts);
		*built = (struct built){ test, yes, no, entry };
	}
	return built->entry;
}

static struct block *graph_hosts(struct graph *g, const struct hosts *hosts, struct block *yes, struct block *no,
                                 const struct facts *facts)
{
	struct block *entry = no;
	for (uint32_t i = hosts->count; entry && i-- > 0; ) {
		if (is_never(hosts->in[i].is_there, facts))
			continue;
		struct block *search = graph_search(g, hosts->test, yes, no, facts);
		const struct code *places = select_places(g, hosts->in[i].src, hosts->in[i].dst, facts);
		entry = graph_test(g, hosts->in[i].is_there, graph_always(g, places, search), entry, facts);
	}
	return entry;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static struct block *compare_swapped(struct graph *g, const struct test *test, uint32_t number, struct block *yes,
                                     struct block *no, const struct facts *facts)
{
	const struct code *code = select_sum(g, test->right, facts);
	switch ((enum compare)test->compare) {
	case COMPARE_GREATER:       return graph_block(g, code, COMPARE_GREATER_EQUAL, number, no, yes);
	case COMPARE_GREATER_EQUAL: return graph_block(g, code, COMPARE_GREATER, number, no, yes);
	default:                    return graph_block(g, code, (enum compare)test->compare, number, yes, no);
	}
}

static struct block *graph_compare(struct graph *g, const struct test *test, struct block *yes, struct block *no,
                                   const struct facts *facts)
{
	const enum compare compare = (enum compare)test->compare;
	uint32_t left, right;
	const bool is_left = sum_number(test->left, facts, &left), is_right = sum_number(test->right, facts, &right);
	if (is_left && is_right)
		return compare_holds(compare, left, right) ? yes : no;
	if (is_right && is_refuted(test, facts, right))
		return no;
	if (is_right)
		return graph_block(g, select_sum(g, test->left, facts), compare, right, yes, no);
	if (is_left)
		return compare_swapped(g, test, left, yes, no, facts);
	return graph_block_x(g, select_pair(g, test->left, test->right, facts), compare, yes, no);
}

/* Behind a test that never holds nobody comes. */
static size_t count_children(const struct test *list, const struct facts *facts)
{
	size_t count = 0;
	for (const struct test *child = list->child; child; child = child->next) {
		count++;
		if (list->kind == TEST_AND && is_never(child, facts))
			break;
	}
	return count;
}

#define FEW 16

/* The children from the last to the first: each one's exit is where the next one begins. */
static struct block *graph_list(struct graph *g, const struct test *list, struct block *yes, struct block *no,
                                const struct facts *facts)
{
	const size_t count = count_children(list, facts);
	const struct test *few[FEW], **children = few;
	struct block *entry = list->kind == TEST_AND ? yes : no;
	if (count > FEW)
		children = rt_arena_get(&g->compiler->scratch, count * sizeof *children);
	if (!children)
		return NULL;
	const struct test *child = list->child;
	for (size_t i = 0; i < count; i++, child = child->next)
		children[i] = child;
	for (size_t i = count; entry && i-- > 0; )
		entry = list->kind == TEST_AND ? graph_test(g, children[i], entry, no, facts)
		                               : graph_test(g, children[i], yes, entry, facts);
	return entry;
}

struct block *graph_test(struct graph *g, const struct test *test, struct block *yes, struct block *no,
                         const struct facts *facts)
{
	if (!yes || !no)
		return NULL;
	if (yes == no && !yes->code && !yes->number && has_pass(g->compiler, PASS_JOIN))
		return no;                              /* whatever the answer, also when it ends the program */
	switch ((enum test_kind)test->kind) {
	case TEST_FALSE:   return no;
	case TEST_TRUE:    return yes;
	case TEST_NOT:     return graph_test(g, test->child, no, yes, facts);
	case TEST_COMPARE: return graph_compare(g, test, yes, no, facts);
	case TEST_HOSTS:   return graph_hosts(g, test->hosts, yes, no, facts);
	case TEST_STORE:   return graph_always(g, select_store(g, test->left, test->fact, facts), yes);
	case TEST_WALK:
		if (!is_walked(g->compiler, test->walk))
			return yes;
		return graph_test(g, test->child, graph_walk(g, test->walk, yes), no, facts);
	case TEST_CASES:
		return graph_ranges(g, select_sum(g, test->left, facts), test->cases->at, test->cases->count, yes, no,
		                    facts);
	case TEST_FIELD:   return yes;                   /* none is left here: field_wide.c */
	case TEST_AND:
	case TEST_OR:      break;
	}
	return graph_list(g, test, yes, no, facts);
}
