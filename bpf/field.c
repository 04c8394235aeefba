/* SPDX-License-Identifier: MIT */
/* field.c - the meaning of what the text says about fields: is it there, has it this value, are such bytes in it, is
 * this arithmetic true. Checks that the question makes sense; where the answer comes from is for others. */
#include <errno.h>
#include "field.h"

static void *out_of_memory(struct compiler *c)
{
	if (!c->error->code)
		rt_fail(c->error, ENOMEM, "no memory");
	return NULL;
}

/* ---- a new test ------------------------------------------------------------------------------------------------ */

static const char *copy_text(struct compiler *c, uint32_t from, uint32_t to)
{
	char *copy = rt_arena_get(&c->arena, to - from + 1);
	if (!copy)
		return out_of_memory(c);
	memcpy(copy, c->text + from, to - from);
	return copy;
}

static struct field_test *add_test(struct compiler *c, const struct node *node, enum field_kind kind, const char *text)
{
	if (!text)
		return NULL;
	if (c->field_count == FILTER_FIELDS_MAX) {
		token_fail(c, node->token, "more than %d tests of fields", FILTER_FIELDS_MAX);
		return NULL;
	}
	struct field_test *test = rt_arena_get(&c->arena, sizeof *test);
	if (!test)
		return out_of_memory(c);
	test->kind = (uint8_t)kind;
	test->relation = node->relation;
	test->field = node->field;
	test->text = text;
	if (c->last_field)
		c->last_field->next = test;
	else
		c->fields = test;
	c->last_field = test;
	c->field_count++;
	return test;
}

static struct field_test *test_of(struct compiler *c, const struct node *node, enum field_kind kind)
{
	return add_test(c, node, kind, copy_text(c, node->token->at, node->end));
}

/* What the program can answer needs no dissector. */
static struct test *finish(struct compiler *c, struct field_test *field)
{
	if (!field || !route_field(c, field))
		return NULL;
	if (field->where == FIELD_IN_KERNEL)
		return field->maybe;
	struct test *test = test_new(c, TEST_FIELD);
	if (test)
		test->field = field;
	return test;
}

struct test *test_rest_of_chain(struct compiler *c, const struct node *node, const struct field_chain *chain)
{
	struct field_test *rest = add_test(c, node, FIELD_CHAIN, "protochain past the first headers");
	struct test *test = test_new(c, TEST_FIELD);
	if (!rest || !test)
		return NULL;
	rest->chain = *chain;
	rest->where = FIELD_NEARLY;
	rest->maybe = test_new(c, TEST_TRUE);
	rest->sure = test_new(c, TEST_FALSE);
	test->field = rest;
	return rest->maybe && rest->sure ? test : NULL;
}

/* ---- fields of the frame ----------------------------------------------------------------------------------------- */

/* A filter sees the bytes of a packet, and how many there are; not when and where it came from. */
static bool is_length(const struct rt_path *path)
{
	return path->is_frame && path->choice[0].row && strcmp(path->choice[0].row->name, "len") == 0;
}

static bool may_ask(struct compiler *c, const struct field *field, const struct token *token)
{
	if (field->is_layer || !field->path.is_frame || is_length(&field->path))
		return true;
	token_fail(c, token, "a filter is not told %s.%s", field->path.choice[0].proto->name, field->path.choice[0].row->name);
	return false;
}

/* ---- one field ------------------------------------------------------------------------------------------------------- */

static struct test *mean_value(struct compiler *c, const struct node *node, const struct field *field,
                               const struct token *value)
{
	struct field_test *test = test_of(c, node, FIELD_VALUE);
	if (!test)
		return NULL;
	test->field = field;
	test->fits = fits_make(c, field, node->relation, value, node->second, &test->fit_count);
	return test->fits ? finish(c, test) : NULL;
}

static bool has_bytes(const struct rt_path *path)
{
	if (path->field)
		return true;
	for (unsigned i = 0; i < path->count; i++)
		if (!rt_row_is_number(path->choice[i].row))
			return true;
	return false;
}

static struct test *mean_contains(struct compiler *c, const struct node *node)
{
	if (!node->field->is_layer && !has_bytes(&node->field->path)) {
		token_fail(c, node->token, "%.*s is a number: nothing is in it", (int)node->token->length, c->text + node->token->at);
		return NULL;
	}
	struct field_test *test = test_of(c, node, FIELD_CONTAINS);
	if (!test)
		return NULL;
	test->bytes = node->argument->address;
	test->size = node->argument->number;
	return finish(c, test);
}

struct test *mean_field(struct compiler *c, const struct node *node)
{
	if (!may_ask(c, node->field, node->token))
		return NULL;
	if (node->relation == SYMBOL_CONTAINS)
		return mean_contains(c, node);
	if (!node->relation)
		return finish(c, test_of(c, node, FIELD_THERE));
	if (!node->field->is_layer)
		return mean_value(c, node, node->field, node->argument);
	token_fail(c, node->token, "%s is a layer: compare one of its fields", node->field->path.choice[0].proto->name);
	return NULL;
}

/* ---- arithmetic ----------------------------------------------------------------------------------------------------- */

bool expr_has_field(const struct expr *expr)
{
	return expr && (expr->kind == EXPR_FIELD || expr_has_field(expr->left) || expr_has_field(expr->right));
}

static bool is_divided(uint16_t op) { return op == '/' || op == '%'; }

/* false: not a number that is known now. */
static bool constant(const struct expr *expr, uint32_t *number)
{
	uint32_t right;
	switch ((enum expr_kind)expr->kind) {
	case EXPR_NUMBER:
		*number = expr->number;
		return true;
	case EXPR_NEGATE:
		if (!constant(expr->left, number))
			return false;
		*number = 0u - *number;
		return true;
	case EXPR_BINARY:
		if (!constant(expr->left, number) || !constant(expr->right, &right) || (is_divided(expr->op) && !right))
			return false;
		*number = operate(expr->op, *number, right);
		return true;
	default:
		return false;
	}
}

/* May this be computed with? */
static bool check_field(struct compiler *c, const struct expr *expr)
{
	const struct rt_path *path = &expr->field->path;
	const struct token *token = expr->token;
	if (!may_ask(c, expr->field, token))
		return false;
	for (unsigned i = 0; i < path->count; i++) {
		const struct rt_row *row = path->choice[i].row;
		if (path->field || !rt_row_is_number(row) || row->kind == RT_FIXED)
			token_fail(c, token, "%.*s is no number to compute with", (int)token->length, c->text + token->at);
		else if (row->width > 32)
			token_fail(c, token, "%.*s has %u bits, and sums have 32", (int)token->length, c->text + token->at, row->width);
		else
			continue;
		return false;
	}
	return true;
}

static bool check_binary(struct compiler *c, const struct expr *expr)
{
	const bool is_shift = expr->op == SYMBOL_SHIFT_LEFT || expr->op == SYMBOL_SHIFT_RIGHT;
	uint32_t right;
	if (!constant(expr->right, &right))
		return true;
	if (is_divided(expr->op) && right == 0)
		token_fail(c, expr->right->token, "division by zero");
	else if (is_shift && right > 31)
		token_fail(c, expr->right->token, "a shift by more than 31 bits");
	else
		return true;
	return false;
}

static bool check(struct compiler *c, const struct expr *expr)
{
	if (expr->kind == EXPR_FIELD)
		return check_field(c, expr);
	if (expr->kind == EXPR_LOAD) {
		token_fail(c, expr->token, "bytes of a protocol and fields do not mix in one sum");
		return false;
	}
	return (!expr->left || check(c, expr->left)) && (!expr->right || check(c, expr->right)) &&
	       (expr->kind != EXPR_BINARY || check_binary(c, expr));
}

/* With fields in it as they are, for the dissector. */
static const struct sum *sum_of_expr(struct compiler *c, const struct expr *expr)
{
	switch ((enum expr_kind)expr->kind) {
	case EXPR_NUMBER: return sum_constant(c, expr->number);
	case EXPR_LEN:    return sum_length(c);
	case EXPR_FIELD:
		return is_length(&expr->field->path) ? sum_length(c) :
		       sum_of(c, (struct sum){ .kind = SUM_FIELD, .field = expr->field });
	case EXPR_NEGATE: return sum_negate(c, sum_of_expr(c, expr->left));
	case EXPR_LOAD:
	case EXPR_BINARY: break;
	}
	return sum_binary(c, expr->op, sum_of_expr(c, expr->left), sum_of_expr(c, expr->right));
}

/* The first field in the text that is one of a layer. */
static const struct field *first_field(const struct expr *expr)
{
	if (!expr)
		return NULL;
	if (expr->kind == EXPR_FIELD)
		return is_length(&expr->field->path) ? NULL : expr->field;
	const struct field *left = first_field(expr->left);
	return left ? left : first_field(expr->right);
}

struct test *mean_field_relation(struct compiler *c, const struct node *node)
{
	const struct expr *left = node->left, *right = node->right;
	struct token number = { .kind = TOKEN_NUMBER, .at = right->token->at, .length = right->token->length };
	if (left->kind == EXPR_FIELD && !is_length(&left->field->path) && constant(right, &number.number))
		return may_ask(c, left->field, left->token) ? mean_value(c, node, left->field, &number) : NULL;
	if (!check(c, left) || !check(c, right))
		return NULL;
	const struct field *first = first_field(left) ? first_field(left) : first_field(right);
	struct test *sum = test_relation(c, node->relation, sum_of_expr(c, left), sum_of_expr(c, right));
	if (!sum || !first)
		return sum;
	struct field_test *test = test_of(c, node, FIELD_SUM);
	if (!test)
		return NULL;
	test->field = first;
	test->left = left;
	test->right = right;
	test->sum = sum;
	return finish(c, test);
}
