/* SPDX-License-Identifier: MIT */
/* tests.c - makers of tests and sums: what the meaning stage builds with. Numbers are folded here, once, so that
 * every later stage and the reference see the same sums. */
#include <errno.h>
#include "meaning.h"

static void *get(struct compiler *c, size_t size)
{
	void *memory = rt_arena_get(&c->arena, size);
	if (!memory && !c->error->code)
		rt_fail(c->error, ENOMEM, "no memory");
	return memory;
}

struct test *test_new(struct compiler *c, enum test_kind kind)
{
	struct test *test = get(c, sizeof *test);
	if (test)
		test->kind = (uint8_t)kind;
	return test;
}

bool test_add(struct test *list, struct test *test)
{
	if (!list || !test)
		return false;
	if (list->last)
		list->last->next = test;
	else
		list->child = test;
	list->last = test;
	return true;
}

static struct test *join(struct compiler *c, enum test_kind kind, struct test *first, struct test *second)
{
	struct test *list = test_new(c, kind);
	return test_add(list, first) && test_add(list, second) ? list : NULL;
}

struct test *test_and(struct compiler *c, struct test *first, struct test *second)
{
	return join(c, TEST_AND, first, second);
}

struct test *test_or(struct compiler *c, struct test *first, struct test *second)
{
	return join(c, TEST_OR, first, second);
}

struct test *test_not(struct compiler *c, struct test *test)
{
	struct test *list = test_new(c, TEST_NOT);
	return test_add(list, test) ? list : NULL;
}

/* (x & m) = 0 asks for bits: one instruction, and x itself stays in A for others. */
static struct test *test_bits(struct compiler *c, const struct sum *left)
{
	struct test *test = test_new(c, TEST_COMPARE);
	if (!test)
		return NULL;
	test->compare = COMPARE_SET;
	test->left = left->left;
	test->right = left->right;
	return test_not(c, test);
}

/* x + 3 = 5 asks for x = 2, and likewise what else can be undone. */
static const struct sum *undo(struct compiler *c, const struct sum **left, const struct sum *right)
{
	while (right && right->kind == SUM_NUMBER && (*left)->kind == SUM_BINARY && (*left)->right->kind == SUM_NUMBER) {
		const uint32_t by = (*left)->right->number;
		const uint16_t op = (*left)->op;
		if (op != '+' && op != '-' && op != '^')
			break;
		right = sum_constant(c, operate(op == '+' ? '-' : op == '-' ? '+' : op, right->number, by));
		*left = (*left)->left;
	}
	return right;
}

struct test *test_compare(struct compiler *c, enum compare compare, const struct sum *left, const struct sum *right)
{
	if (left && right && compare == COMPARE_EQUAL)
		right = undo(c, &left, right);
	if (!left || !right)
		return NULL;
	const bool is_zero = right->kind == SUM_NUMBER && right->number == 0;
	if (compare == COMPARE_EQUAL && is_zero && left->kind == SUM_BINARY && left->op == '&' &&
	    left->right->kind == SUM_NUMBER)
		return test_bits(c, left);
	struct test *test = test_new(c, TEST_COMPARE);
	if (!test)
		return NULL;
	test->compare = (uint8_t)compare;
	test->left = left;
	test->right = right;
	return test;
}

struct test *test_number(struct compiler *c, enum compare compare, const struct sum *left, uint32_t number)
{
	return test_compare(c, compare, left, sum_constant(c, number));
}

struct test *test_store(struct compiler *c, unsigned fact, const struct sum *sum)
{
	struct test *test = sum ? test_new(c, TEST_STORE) : NULL;
	if (!test)
		return NULL;
	test->fact = (uint8_t)fact;
	test->left = sum;
	return test;
}

struct test *test_walk(struct compiler *c, struct place net, struct chain walk)
{
	struct test *test = test_new(c, TEST_WALK);
	struct test *find = test_and(c, test_store(c, walk.at, sum_place(c, net, 40)),
	                             test_store(c, walk.later, sum_constant(c, 0)));
	find = test_and(c, find, test_store(c, walk.proto, sum_load(c, net, 6, 1)));
	if (!test || !find)
		return NULL;
	test->child = find;
	test->walk = walk;
	c->walks |= 1u << walk.proto;
	return test;
}

struct test *test_range(struct compiler *c, const struct sum *sum, uint32_t low, uint32_t high)
{
	return test_and(c, test_number(c, COMPARE_GREATER_EQUAL, sum, low),
	                test_not(c, test_number(c, COMPARE_GREATER, sum, high)));
}

struct test *test_direction(struct compiler *c, enum direction direction, struct test *src, struct test *dst)
{
	switch (direction) {
	case DIRECTION_SRC:  return src;
	case DIRECTION_DST:  return dst;
	case DIRECTION_BOTH: return test_and(c, src, dst);
	default:             break;
	}
	return test_or(c, src, dst);
}

/* ---- sums ----------------------------------------------------------------------------------------------- */

struct sum *sum_of(struct compiler *c, struct sum like)
{
	struct sum *sum = get(c, sizeof *sum);
	if (!sum)
		return NULL;
	*sum = like;
	c->facts |= 1u << like.fact;
	return sum;
}

struct sum *sum_constant(struct compiler *c, uint32_t number)
{
	return sum_of(c, (struct sum){ .kind = SUM_NUMBER, .number = number });
}

struct sum *sum_fact(struct compiler *c, enum fact fact)
{
	return sum_of(c, (struct sum){ .kind = SUM_FACT, .fact = (uint8_t)fact });
}

struct sum *sum_aside(struct compiler *c, uint32_t which)
{
	return sum_of(c, (struct sum){ .kind = SUM_ASIDE, .number = which });
}

uint32_t operate(uint16_t op, uint32_t a, uint32_t b)
{
	switch (op) {
	case '+': return a + b;
	case '-': return a - b;
	case '*': return a * b;
	case '/': return b ? a / b : 0;
	case '%': return b ? a % b : 0;
	case '&': return a & b;
	case '|': return a | b;
	case '^': return a ^ b;
	case SYMBOL_SHIFT_LEFT:  return a << (b & 31);
	case SYMBOL_SHIFT_RIGHT: return a >> (b & 31);
	}
	return 0;
}

bool is_symmetric(uint16_t op) { return op == '+' || op == '*' || op == '&' || op == '|' || op == '^'; }

/* Numbers go to the right where the sides may change places. */
struct sum *sum_binary(struct compiler *c, uint16_t op, const struct sum *left, const struct sum *right)
{
	if (!left || !right)
		return NULL;
	if (left->kind == SUM_NUMBER && right->kind == SUM_NUMBER)
		return sum_constant(c, operate(op, left->number, right->number));
	if (op == '+' && right->kind == SUM_NUMBER && right->number == 0)
		return sum_of(c, *left);
	const bool is_swapped = left->kind == SUM_NUMBER && is_symmetric(op);
	return sum_of(c, (struct sum){ .kind = SUM_BINARY, .op = op, .left = is_swapped ? right : left,
	                               .right = is_swapped ? left : right });
}

struct sum *sum_negate(struct compiler *c, const struct sum *sum)
{
	if (!sum)
		return NULL;
	if (sum->kind == SUM_NUMBER)
		return sum_constant(c, 0u - sum->number);
	return sum_of(c, (struct sum){ .kind = SUM_NEGATE, .left = sum });
}

struct sum *sum_masked(struct compiler *c, struct sum *sum, uint32_t mask)
{
	if (!mask)
		return sum ? sum_constant(c, 0) : NULL;
	return mask == UINT32_MAX ? sum : sum_binary(c, '&', sum, sum_constant(c, mask));
}
