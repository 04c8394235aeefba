/* SPDX-License-Identifier: MIT */
/* field_wide.c - the tests of the program: those of the verdict, with each field test replaced by the widest that
 * the program can compute, or by the narrowest where "not" stands above it. So every packet that the tests want passes
 * the program. */
#include "field.h"

/* ---- shorter ------------------------------------------------------------------------------------------------- */

static void set_kind(struct test *test, enum test_kind kind)
{
	test->kind = (uint8_t)kind;
	test->child = test->last = NULL;
}

/* The children of a list in a list of the same kind become its own, and those that say nothing go. */
static void flatten(struct test *list)
{
	struct test *child = list->child, *next;
	const enum test_kind nothing = list->kind == TEST_AND ? TEST_TRUE : TEST_FALSE;
	list->child = list->last = NULL;
	for (; child; child = next) {
		next = child->next;
		child->next = NULL;
		if (child->kind == list->kind) {
			for (struct test *inner = child->child, *after; inner; inner = after) {
				after = inner->next;
				inner->next = NULL;
				test_add(list, inner);
			}
		} else if (child->kind != nothing) {
			test_add(list, child);
		}
	}
}

static bool has_kind(const struct test *list, enum test_kind kind)
{
	for (const struct test *child = list->child; child; child = child->next)
		if (child->kind == kind)
			return true;
	return false;
}

static void tidy_list(struct test *list)
{
	const enum test_kind nothing = list->kind == TEST_AND ? TEST_TRUE : TEST_FALSE;
	const enum test_kind all = list->kind == TEST_AND ? TEST_FALSE : TEST_TRUE;
	flatten(list);
	if (has_kind(list, all)) {
		set_kind(list, all);
	} else if (!list->child) {
		set_kind(list, nothing);
	} else if (list->child == list->last) {
		struct test *next = list->next;
		*list = *list->child;
		list->next = next;
	}
}

void field_tidy(struct test *test)
{
	if (test->kind != TEST_NOT && test->kind != TEST_AND && test->kind != TEST_OR)
		return;
	for (struct test *child = test->child; child; child = child->next)
		field_tidy(child);
	if (test->kind != TEST_NOT) {
		tidy_list(test);
	} else if (test->child->kind == TEST_NOT) {
		struct test *next = test->next;
		*test = *test->child->child;
		test->next = next;
	} else if (test->child->kind == TEST_TRUE || test->child->kind == TEST_FALSE) {
		set_kind(test, test->child->kind == TEST_TRUE ? TEST_FALSE : TEST_TRUE);
	}
}

/* ---- the verdict's tests become the program's ------------------------------------------------------------------ */

static struct test *copy(struct compiler *c, const struct test *test)
{
	struct test *like = test_new(c, (enum test_kind)test->kind);
	if (!like)
		return NULL;
	*like = *test;
	like->next = NULL;
	return like;
}

static struct test *widen(struct compiler *c, const struct test *test, bool is_not)
{
	if (test->kind == TEST_FIELD)
		return copy(c, is_not ? test->field->sure : test->field->maybe);
	if (test->kind != TEST_NOT && test->kind != TEST_AND && test->kind != TEST_OR)
		return copy(c, test);
	struct test *list = test_new(c, (enum test_kind)test->kind);
	for (const struct test *child = test->child; child; child = child->next)
		if (!test_add(list, widen(c, child, is_not != (test->kind == TEST_NOT))))
			return NULL;
	return list;
}

bool field_is_asked(const struct compiler *c)
{
	for (const struct field_test *test = c->fields; test; test = test->next)
		if (test->where != FIELD_IN_KERNEL)
			return true;
	return false;
}

struct test *field_widen(struct compiler *c, struct test *tests)
{
	return field_is_asked(c) ? widen(c, tests, false) : tests;
}
