/* SPDX-License-Identifier: MIT */
/* compile_expression.c - the tree of an expression becomes instructions that leave its value on the stack. */
#include "tree.h"

#define ON_STACK 32              /* elements that are pushed before their list is made; then one by one  */

static unsigned count_list(const struct node *node)
{
	unsigned count = 0;
	for (; node; node = node->next)
		count++;
	return count;
}

/* ---- operators ---------------------------------------------------------------------------------------- */

static void compile_binary(struct compiler *c, const struct node *node)
{
	compile_expression(c, node->a);
	compile_expression(c, node->b);
	c->place = node->place;
	if (node->op == '+' || node->op == '-')
		emit(c, node->op == '+' ? OP_ADD : OP_SUBTRACT, 0, 0);
	else
		emit(c, OP_BINARY, node->op, 0);
}

static void emit_relation(struct compiler *c, const struct node *relation)
{
	const bool is_not = relation->op & 0x80;
	c->place = relation->place;
	switch (relation->op & 0x7f) {
	case TOKEN_IN:            emit(c, OP_IN, is_not, 0); break;
	case TOKEN_IS:            emit(c, OP_IS, is_not, 0); break;
	case TOKEN_EQUAL:         emit(c, OP_COMPARE, RT_EQUAL, 0); break;
	case TOKEN_NOT_EQUAL:     emit(c, OP_COMPARE, RT_NOT_EQUAL, 0); break;
	case TOKEN_LESS:          emit(c, OP_COMPARE, RT_LESS, 0); break;
	case TOKEN_LESS_EQUAL:    emit(c, OP_COMPARE, RT_LESS_EQUAL, 0); break;
	case TOKEN_GREATER:       emit(c, OP_COMPARE, RT_GREATER, 0); break;
	case TOKEN_GREATER_EQUAL: emit(c, OP_COMPARE, RT_GREATER_EQUAL, 0); break;
	}
}

/* a < b < c: the stack has the right side below each verdict but the last. */
static void compile_comparison(struct compiler *c, const struct node *node)
{
	uint32_t end = NO_JUMP, failed = NO_JUMP;
	compile_expression(c, node->a);
	for (const struct node *relation = node->b; relation; relation = relation->next) {
		compile_expression(c, relation->a);
		if (relation->next) {
			emit(c, OP_COPY, 0, 0);
			emit(c, OP_SINK, 0, 0);
		}
		emit_relation(c, relation);
		if (relation->next)
			emit_jump(c, OP_KEEP_FALSE, &failed);
	}
	if (failed == NO_JUMP)
		return;
	emit_jump(c, OP_JUMP, &end);
	emit_target(c, failed);
	c->depth++;
	emit(c, OP_SWAP, 0, 0);
	emit(c, OP_POP, 0, 0);
	emit_target(c, end);
}

static void compile_shortcut(struct compiler *c, const struct node *node)
{
	uint32_t end = NO_JUMP;
	compile_expression(c, node->a);
	emit_jump(c, node->kind == NODE_AND ? OP_KEEP_FALSE : OP_KEEP_TRUE, &end);
	compile_expression(c, node->b);
	emit_target(c, end);
}

static void compile_choice(struct compiler *c, const struct node *node)
{
	uint32_t otherwise = NO_JUMP, end = NO_JUMP;
	compile_condition(c, node->a, false, &otherwise);
	compile_expression(c, node->b);
	emit_jump(c, OP_JUMP, &end);
	emit_target(c, otherwise);
	c->depth--;
	compile_expression(c, node->c);
	emit_target(c, end);
}

void compile_condition(struct compiler *c, const struct node *node, bool when, uint32_t *chain)
{
	if (node->kind == NODE_NOT) {
		compile_condition(c, node->a, !when, chain);
	} else if (node->kind == NODE_AND || node->kind == NODE_OR) {
		/* `and` jumps when false as soon as one side is false; else the first side only skips the second */
		uint32_t skip = NO_JUMP;
		const bool decides = (node->kind == NODE_OR) == when;
		compile_condition(c, node->a, decides ? when : !when, decides ? chain : &skip);
		compile_condition(c, node->b, when, chain);
		emit_target(c, skip);
	} else if (node->kind == NODE_CONST && node->value.type->is_inline) {
		if ((node->value.num != 0) == when)
			emit_jump(c, OP_JUMP, chain);
	} else {
		compile_expression(c, node);
		c->place = node->place;
		emit_jump(c, when ? OP_JUMP_TRUE : OP_JUMP_FALSE, chain);
	}
}

/* ---- parts -------------------------------------------------------------------------------------------- */

static void compile_part(struct compiler *c, const struct node *part)
{
	if (part)
		compile_expression(c, part);
	else
		emit_const(c, rt_none());
}

static void compile_item(struct compiler *c, const struct node *node)
{
	compile_expression(c, node->a);
	if (node->b->kind == NODE_SLICE) {
		compile_part(c, node->b->a);
		compile_part(c, node->b->b);
		compile_part(c, node->b->c);
	} else {
		compile_expression(c, node->b);
	}
	c->place = node->place;
	emit(c, node->b->kind == NODE_SLICE ? OP_SLICE : OP_ITEM, 0, 0);
}

static void compile_attribute(struct compiler *c, const struct node *node)
{
	compile_expression(c, node->a);
	c->place = node->place;
	emit(c, OP_ATTRIBUTE, 0, emit_site(c, node->value));
}

/* ---- containers --------------------------------------------------------------------------------------- */

/* A list that grows by one element after the other; `*a` gives all of a. */
static void compile_growing(struct compiler *c, const struct node *element)
{
	emit(c, OP_LIST, 0, 0);
	for (; element && element->kind != NODE_KEYWORD; element = element->next) {
		compile_expression(c, element->kind == NODE_STAR ? element->a : element);
		c->place = element->place;
		emit(c, element->kind == NODE_STAR ? OP_LIST_EXTEND : OP_LIST_ADD, 0, 0);
	}
}

static bool has_star(const struct node *element)
{
	for (; element; element = element->next)
		if (element->kind == NODE_STAR)
			return true;
	return false;
}

static void compile_sequence(struct compiler *c, const struct node *node)
{
	const unsigned count = count_list(node->a);
	const bool is_tuple = node->kind == NODE_TUPLE;
	if (count > ON_STACK || has_star(node->a)) {
		compile_growing(c, node->a);
		if (is_tuple)
			emit(c, OP_TUPLE, 1, 0);
		return;
	}
	for (const struct node *element = node->a; element; element = element->next)
		compile_expression(c, element);
	c->place = node->place;
	emit(c, is_tuple ? OP_TUPLE : OP_LIST, 0, count);
}

/* A few elements are computed before the first is put in, as in Python. */
static void compile_few(struct compiler *c, const struct node *node)
{
	const bool is_dict = node->kind == NODE_DICT;
	for (const struct node *element = node->a; element; element = element->next) {
		compile_expression(c, is_dict ? element->a : element);
		if (is_dict)
			compile_expression(c, element->b);
	}
	c->place = node->place;
	emit(c, is_dict ? OP_DICT : OP_SET, 0, count_list(node->a));
}

static void compile_set(struct compiler *c, const struct node *node)
{
	emit(c, OP_SET, 0, 0);
	for (const struct node *element = node->a; element; element = element->next) {
		compile_expression(c, element);
		c->place = element->place;
		emit(c, OP_SET_ADD, 0, 0);
	}
}

static void compile_dict(struct compiler *c, const struct node *node)
{
	emit(c, OP_DICT, 0, 0);
	for (const struct node *pair = node->a; pair; pair = pair->next) {
		compile_expression(c, pair->a);
		compile_expression(c, pair->b);
		c->place = pair->a->place;
		emit(c, OP_DICT_ADD, 0, 0);
	}
}

static void compile_table(struct compiler *c, const struct node *node)
{
	if (count_list(node->a) <= ON_STACK / 2)
		compile_few(c, node);
	else if (node->kind == NODE_SET)
		compile_set(c, node);
	else
		compile_dict(c, node);
}

/* ---- comprehensions ----------------------------------------------------------------------------------- */

static void compile_element(struct compiler *c, const struct node *whole, unsigned depth)
{
	const struct node *element = whole->a;
	compile_expression(c, element->kind == NODE_PAIR ? element->a : element);
	if (element->kind == NODE_PAIR)
		compile_expression(c, element->b);
	c->place = element->place;
	switch (whole->op) {
	case NODE_LIST: emit(c, OP_LIST_ADD, 0, depth); break;
	case NODE_SET:  emit(c, OP_SET_ADD, 0, depth); break;
	case NODE_DICT: emit(c, OP_DICT_ADD, 0, depth); break;
	default:
		emit(c, OP_YIELD, 0, 0);
		emit(c, OP_POP, 0, 0);
	}
}

static void compile_loop(struct compiler *c, const struct node *clause, const struct node *whole, unsigned depth)
{
	uint32_t end = NO_JUMP;
	const uint32_t back = c->code->count;
	c->place = clause->b->place;
	emit_jump(c, OP_FOR, &end);
	compile_store(c, clause->a);
	compile_clauses(c, clause->next, whole, depth + 1);
	emit(c, OP_BACK, 0, back);
	emit_target(c, end);
	c->depth--;
}

/* The iterator of a first `for` is on the stack already; `depth` iterators lie above the container. */
void compile_clauses(struct compiler *c, const struct node *clause, const struct node *whole, unsigned depth)
{
	if (c->has_failed)
		return;
	if (!clause) {
		compile_element(c, whole, depth);
	} else if (clause->kind == NODE_CLAUSE_IF) {
		uint32_t skip = NO_JUMP;
		compile_condition(c, clause->a, false, &skip);
		compile_clauses(c, clause->next, whole, depth);
		emit_target(c, skip);
	} else {
		if (clause != whole->b) {
			compile_expression(c, clause->b);
			c->place = clause->b->place;
			emit(c, OP_ITERATE, 0, 0);
		}
		compile_loop(c, clause, whole, depth);
	}
}

static void compile_comprehension(struct compiler *c, const struct node *node)
{
	compile_expression(c, node->b->b);
	c->place = node->b->b->place;
	emit(c, OP_ITERATE, 0, 0);
	emit(c, node->op == NODE_LIST ? OP_LIST : node->op == NODE_SET ? OP_SET : OP_DICT, 0, 0);
	emit(c, OP_SWAP, 0, 0);
	emit_cells(c, node->scope);
	compile_clauses(c, node->b, node, 0);
}

/* A function that is called at once, with the iterator of its first clause. */
static void compile_generator(struct compiler *c, const struct node *node)
{
	compile_function(c, node);
	compile_expression(c, node->b->b);
	c->place = node->b->b->place;
	emit(c, OP_ITERATE, 0, 0);
	emit(c, OP_CALL, 1, 0);
}

/* ---- calls -------------------------------------------------------------------------------------------- */

/* Pushes the values of arguments by name, then says their names; returns how many. */
static unsigned compile_keywords(struct compiler *c, const struct node *argument)
{
	struct rt_any names[UINT8_MAX];
	unsigned count = 0;
	for (; argument; argument = argument->next) {
		if (argument->kind != NODE_KEYWORD)
			continue;
		if (count < UINT8_MAX)
			names[count] = argument->value;
		count++;
		compile_expression(c, argument->a);
	}
	if (!count || c->has_failed)
		return count;
	struct rt_any tuple = rt_tuple(c->source->s, names, count < UINT8_MAX ? count : UINT8_MAX);
	if (is_nothing(tuple))
		c->has_failed = true;
	else
		emit(c, OP_KEYWORDS, 0, emit_constant(c, tuple));
	return count;
}

static void compile_spread(struct compiler *c, const struct node *node)
{
	compile_expression(c, node->a);
	compile_growing(c, node->b);
	const unsigned named = compile_keywords(c, node->b);
	c->place = node->place;
	emit(c, OP_CALL_SPREAD, named, 0);
}

static void compile_call(struct compiler *c, const struct node *node)
{
	const bool is_method = node->a->kind == NODE_ATTRIBUTE;
	unsigned count = 0;
	if (has_star(node->b)) {
		compile_spread(c, node);
		return;
	}
	compile_expression(c, is_method ? node->a->a : node->a);
	for (const struct node *argument = node->b; argument && argument->kind != NODE_KEYWORD;
	     argument = argument->next, count++)
		compile_expression(c, argument);
	count += compile_keywords(c, node->b);
	c->place = node->place;
	if (is_method)
		emit(c, OP_CALL_METHOD, count, emit_site(c, node->a->value));
	else
		emit(c, OP_CALL, count, 0);
}

/* ---- texts -------------------------------------------------------------------------------------------- */

static void compile_fstring(struct compiler *c, const struct node *node)
{
	for (const struct node *part = node->a; part; part = part->next) {
		if (part->kind == NODE_CONST) {
			emit_const(c, part->value);
			continue;
		}
		compile_expression(c, part->a);
		if (part->b)
			compile_fstring(c, part->b);
		c->place = part->place;
		emit(c, OP_FORMAT, part->op, part->b ? 1 : 0);
	}
	emit(c, OP_JOIN, 0, count_list(node->a));
}

static void compile_yield(struct compiler *c, const struct node *node)
{
	compile_part(c, node->a);
	emit(c, OP_YIELD, 0, 0);
}

void compile_expression(struct compiler *c, const struct node *node)
{
	if (c->has_failed)
		return;
	c->place = node->place;
	switch (node->kind) {
	case NODE_CONST:         emit_const(c, node->value); break;
	case NODE_NAME:          emit_name(c, node, USE_LOAD); break;
	case NODE_UNARY:
	case NODE_NOT:
		compile_expression(c, node->a);
		c->place = node->place;
		emit(c, node->kind == NODE_NOT ? OP_NOT : OP_UNARY, node->op, 0);
		break;
	case NODE_BINARY:        compile_binary(c, node); break;
	case NODE_COMPARE:       compile_comparison(c, node); break;
	case NODE_AND:
	case NODE_OR:            compile_shortcut(c, node); break;
	case NODE_CHOICE:        compile_choice(c, node); break;
	case NODE_CALL:          compile_call(c, node); break;
	case NODE_ATTRIBUTE:     compile_attribute(c, node); break;
	case NODE_ITEM:          compile_item(c, node); break;
	case NODE_TUPLE:
	case NODE_LIST:          compile_sequence(c, node); break;
	case NODE_SET:
	case NODE_DICT:          compile_table(c, node); break;
	case NODE_COMPREHENSION: compile_comprehension(c, node); break;
	case NODE_GENERATOR:     compile_generator(c, node); break;
	case NODE_FSTRING:       compile_fstring(c, node); break;
	case NODE_LAMBDA:        compile_function(c, node); break;
	case NODE_YIELD:         compile_yield(c, node); break;
	}
}
