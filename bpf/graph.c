/* SPDX-License-Identifier: MIT */
/* graph.c - tests become blocks with two exits, built from the exits backwards: graph(test, yes, no) returns where to
 * begin so that the packet leaves at `yes` or at `no`. No labels, no patching. A block is always younger than its
 * exits, which gives every later stage an order for free. */
#include <errno.h>
#include "stages.h"

static struct block *block_new(struct graph *g)
{
	struct block *block = rt_arena_get(&g->compiler->scratch, sizeof *block);
	if (!block) {
		if (!g->compiler->error->code)
			rt_fail(g->compiler->error, ENOMEM, "no memory");
		return NULL;
	}
	block->older = g->newest;
	g->newest = block;
	g->block_count++;
	return block;
}

struct block *graph_return(struct graph *g, uint32_t number)
{
	struct block *block = block_new(g);
	if (block)
		block->number = number;
	return block;
}

/* NULL for a code or an exit (no memory) gives NULL. */
struct block *graph_block(struct graph *g, const struct code *code, enum compare compare, uint32_t number,
                          struct block *yes, struct block *no)
{
	if (!code || !yes || !no)
		return NULL;
	if (yes == no && !code->may_fail && !code->is_kept)
		return yes;
	struct block *block = block_new(g);
	if (!block)
		return NULL;
	block->code = code;
	block->compare = (uint8_t)compare;
	block->number = number;
	block->yes = yes;
	block->no = no;
	return block;
}

struct block *graph_always(struct graph *g, const struct code *code, struct block *next)
{
	return graph_block(g, code, COMPARE_ALWAYS, 0, next, next);
}

/* ---- sets ----------------------------------------------------------------------------------------------------- */

#define LEAF 3                           /* so few values are asked for one by one                         */

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

static struct block *graph_hosts(struct graph *g, const struct hosts *hosts, struct block *yes, struct block *no,
                                 const struct facts *facts)
{
	struct block *tests = graph_test(g, hosts->test, yes, no, facts), *entry = no;
	for (uint32_t i = hosts->count; entry && tests && i-- > 0; ) {
		const struct code *places = select_places(g, hosts->in[i].src, hosts->in[i].dst, facts);
		entry = graph_test(g, hosts->in[i].is_there, graph_always(g, places, tests), entry, facts);
	}
	return tests ? entry : NULL;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

/* The type is not at hand as a number here, but it is known what it is not. */
static bool is_refuted(const struct test *test, const struct facts *facts, uint32_t number)
{
	return test->left->kind == SUM_FACT && test->left->fact == FACT_TYPE && test->compare == COMPARE_EQUAL &&
	       ((number == TYPE_IP && facts->is_not_ip) || (number == TYPE_IP6 && facts->is_not_ip6));
}

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
	struct block *block = graph_block(g, select_pair(g, test->left, test->right, facts), compare, 0, yes, no);
	if (block && block != yes)
		block->is_x = true;
	return block;
}

/* The children from the last to the first: each one's exit is where the next one begins. */
static struct block *graph_list(struct graph *g, const struct test *list, struct block *yes, struct block *no,
                                const struct facts *facts)
{
	size_t count = 0;
	for (const struct test *child = list->child; child; child = child->next)
		count++;
	const struct test **children = rt_arena_get(&g->compiler->scratch, (count + 1) * sizeof *children);
	struct block *entry = list->kind == TEST_AND ? yes : no;
	if (!children)
		return NULL;
	count = 0;
	for (const struct test *child = list->child; child; child = child->next)
		children[count++] = child;
	while (entry && count-- > 0)
		entry = list->kind == TEST_AND ? graph_test(g, children[count], entry, no, facts)
		                               : graph_test(g, children[count], yes, entry, facts);
	return entry;
}

struct block *graph_test(struct graph *g, const struct test *test, struct block *yes, struct block *no,
                         const struct facts *facts)
{
	if (!yes || !no)
		return NULL;
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
	case TEST_AND:
	case TEST_OR:      break;
	}
	return graph_list(g, test, yes, no, facts);
}
