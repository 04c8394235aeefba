/* SPDX-License-Identifier: MIT */
/* expression.c - tokens of an expression become a tree: operators by their priority, and tuples. One function a rule of
 * Python's grammar. Knows the grammar, and nothing of names or values. */
#include "tree.h"

/* ---- binary operators --------------------------------------------------------------------------------- */

enum { LEVEL_OR = 1, LEVEL_AND, LEVEL_NOT, LEVEL_RELATION, LEVEL_BITS };

static const struct operator { uint8_t token, level; char op; } operators[] = {
	{ TOKEN_OR, LEVEL_OR, 0 }, { TOKEN_AND, LEVEL_AND, 0 },
	{ TOKEN_EQUAL, LEVEL_RELATION, 0 }, { TOKEN_NOT_EQUAL, LEVEL_RELATION, 0 },
	{ TOKEN_LESS, LEVEL_RELATION, 0 }, { TOKEN_LESS_EQUAL, LEVEL_RELATION, 0 },
	{ TOKEN_GREATER, LEVEL_RELATION, 0 }, { TOKEN_GREATER_EQUAL, LEVEL_RELATION, 0 },
	{ TOKEN_IN, LEVEL_RELATION, 0 }, { TOKEN_IS, LEVEL_RELATION, 0 },
	{ TOKEN_NOT, LEVEL_RELATION, 0 },       /* not in */
	{ TOKEN_BAR, LEVEL_BITS, '|' }, { TOKEN_CARET, LEVEL_BITS + 1, '^' }, { TOKEN_AMPERSAND, LEVEL_BITS + 2, '&' },
	{ TOKEN_LEFT, LEVEL_BITS + 3, '<' }, { TOKEN_RIGHT, LEVEL_BITS + 3, '>' },
	{ TOKEN_PLUS, LEVEL_BITS + 4, '+' }, { TOKEN_MINUS, LEVEL_BITS + 4, '-' },
	{ TOKEN_STAR, LEVEL_BITS + 5, '*' }, { TOKEN_DIVIDE, LEVEL_BITS + 5, 'd' },
	{ TOKEN_SLASH, LEVEL_BITS + 5, '/' }, { TOKEN_PERCENT, LEVEL_BITS + 5, '%' }, { TOKEN_AT, LEVEL_BITS + 5, '@' },
};

static const struct operator *find_operator(const struct token *token)
{
	for (size_t i = 0; i < RT_COUNT(operators); i++)
		if (operators[i].token == token->kind)
			return &operators[i];
	return NULL;
}

static struct node *parse_unary(struct parser *p);
static struct node *parse_binary(struct parser *p, unsigned level);

/* relation: [ "not" ] "in" | "is" [ "not" ] | "==" ...; op becomes its token, with 1 << 7 for "not". */
static struct node *parse_relation(struct parser *p)
{
	struct node *node = node_new(p, NODE_RELATION, NULL, NULL);
	if (!node)
		return NULL;
	node->op = p->token.kind;
	bool is_right = parser_next(p);
	if (node->op == TOKEN_NOT) {
		node->op = TOKEN_IN | 0x80;
		is_right = is_right && parser_expect(p, TOKEN_IN, NULL);
	} else if (is_right && node->op == TOKEN_IS && p->token.kind == TOKEN_NOT) {
		node->op |= 0x80;
		is_right = parser_next(p);
	}
	node->a = is_right ? parse_binary(p, LEVEL_RELATION) : NULL;
	if (!node->a)
		return NULL;
	node->depth = node->a->depth;
	return node;
}

/* a < b < c: one COMPARE with two relations. */
static struct node *parse_comparison(struct parser *p, struct node *left)
{
	struct node *node = node_new(p, NODE_COMPARE, left, NULL);
	if (!node)
		return NULL;
	node->place = left->place;
	struct node **last = &node->b;
	for (const struct operator *op; (op = find_operator(&p->token)) && op->level == LEVEL_RELATION; ) {
		*last = parse_relation(p);
		if (!*last)
			return NULL;
		node_deepen(node, *last);
		last = &(*last)->next;
	}
	return node;
}

static struct node *parse_operation(struct parser *p, struct node *left, const struct operator *op)
{
	if (op->level == LEVEL_RELATION)
		return parse_comparison(p, left);
	const struct place place = p->token.place;
	struct node *right = parser_next(p) ? parse_binary(p, op->level) : NULL;
	if (!right)
		return NULL;
	const enum node_kind kind = op->level == LEVEL_OR ? NODE_OR : op->level == LEVEL_AND ? NODE_AND : NODE_BINARY;
	struct node *node = node_new(p, kind, left, right);
	if (!node)
		return NULL;
	node->op = (uint8_t)op->op;
	node->place = op->level < LEVEL_NOT ? left->place : place;
	return node;
}

static struct node *parse_not(struct parser *p)
{
	const struct place place = p->token.place;
	if (!parser_enter(p) || !parser_next(p))
		return NULL;
	struct node *inside = parse_binary(p, LEVEL_NOT), *node = inside ? node_new(p, NODE_NOT, inside, NULL) : NULL;
	parser_leave(p);
	if (node)
		node->place = place;
	return node;
}

/* Operators that bind closer than `level`, and what stands between them. */
static struct node *parse_binary(struct parser *p, unsigned level)
{
	struct node *left = p->token.kind == TOKEN_NOT && level < LEVEL_RELATION ? parse_not(p) : parse_unary(p);
	while (left) {
		const struct operator *op = find_operator(&p->token);
		if (!op || op->level <= level)
			break;
		left = parse_operation(p, left, op);
	}
	return left;
}

/* ---- from unary operators up -------------------------------------------------------------------------- */

/* ("+" | "-" | "~") unary | primary [ "**" unary ] */
static struct node *parse_sign(struct parser *p, char sign)
{
	const struct place place = p->token.place;
	if (!parser_next(p))
		return NULL;
	/* -1 is a constant; -2 ** 2 is -(2 ** 2) */
	if (sign == '-' && p->token.kind == TOKEN_NUMBER && p->token.number == 1ull << 63)
		return parse_number(p, true);
	struct node *inside = parse_unary(p);
	if (inside && sign == '-' && inside->kind == NODE_CONST && is_same(inside->value, rt_int(inside->value.num)) &&
	    inside->value.num != INT64_MIN) {
		inside->value.num = -inside->value.num;
		inside->place = place;
		return inside;
	}
	struct node *node = inside ? node_new(p, NODE_UNARY, inside, NULL) : NULL;
	if (node) {
		node->op = (uint8_t)sign;
		node->place = place;
	}
	return node;
}

static struct node *parse_power(struct parser *p)
{
	struct node *base = parse_primary(p);
	if (!base || p->token.kind != TOKEN_POWER)
		return base;
	const struct place place = p->token.place;
	struct node *power = parser_next(p) ? parse_unary(p) : NULL;
	struct node *node = power ? node_new(p, NODE_BINARY, base, power) : NULL;
	if (node) {
		node->op = 'p';
		node->place = place;
	}
	return node;
}

static struct node *parse_unary(struct parser *p)
{
	if (!parser_enter(p))
		return NULL;
	const enum token_kind kind = p->token.kind;
	struct node *node = kind == TOKEN_MINUS ? parse_sign(p, '-') : kind == TOKEN_PLUS ? parse_sign(p, '+')
	                  : kind == TOKEN_TILDE ? parse_sign(p, '~') : parse_power(p);
	parser_leave(p);
	return node;
}

/* "lambda" params ":" expression */
static struct node *parse_lambda(struct parser *p)
{
	struct node *node = node_new(p, NODE_LAMBDA, NULL, NULL);
	if (!node || !parser_next(p))
		return NULL;
	if (p->token.kind != TOKEN_COLON) {
		node->a = parse_params(p, TOKEN_COLON);
		if (!node->a)
			return NULL;
	}
	node->b = parser_expect(p, TOKEN_COLON, NULL) ? parse_expression(p) : NULL;
	if (!node->b)
		return NULL;
	node_deepen(node, node->b);
	return node;
}

/* disjunction [ "if" disjunction "else" expression ] */
static struct node *parse_choice(struct parser *p)
{
	struct node *value = parse_binary(p, 0);
	if (!value || p->token.kind != TOKEN_IF)
		return value;
	struct node *condition = parser_next(p) ? parse_binary(p, 0) : NULL;
	if (!condition)
		return NULL;
	if (p->token.kind != TOKEN_ELSE)
		return syntax_error(p->source, RT_SyntaxError, value->place, "expected 'else' after 'if' expression");
	struct node *other = parser_next(p) ? parse_expression(p) : NULL;
	struct node *node = other ? node_new(p, NODE_CHOICE, condition, value) : NULL;
	if (!node)
		return NULL;
	node->c = other;
	node->place = value->place;
	node_deepen(node, other);
	return node;
}

struct node *parse_expression(struct parser *p)
{
	if (!parser_enter(p))
		return NULL;
	struct node *node = p->token.kind == TOKEN_LAMBDA ? parse_lambda(p)
	                  : p->token.kind == TOKEN_YIELD  ? parse_yield(p)
	                                                  : parse_choice(p);
	parser_leave(p);
	return node;
}

static bool ends_list(enum token_kind kind)
{
	return kind == TOKEN_NEWLINE || kind == TOKEN_SET || kind == TOKEN_CLOSE || kind == TOKEN_CLOSE_SQUARE ||
	       kind == TOKEN_COLON || kind == TOKEN_SEMICOLON || kind == TOKEN_END || kind == TOKEN_IN ||
	       kind == TOKEN_CLOSE_CURLY;
}

/* first ("," one)* [","]: a tuple where there is a comma */
static struct node *parse_tuple(struct parser *p, struct node *(*parse_one)(struct parser *))
{
	struct node *first = parse_one(p);
	if (!first || p->token.kind != TOKEN_COMMA)
		return first;
	struct node *tuple = node_new(p, NODE_TUPLE, first, NULL), **last = &first->next;
	if (!tuple)
		return NULL;
	tuple->place = first->place;
	while (p->token.kind == TOKEN_COMMA) {
		if (!parser_next(p))
			return NULL;
		if (ends_list(p->token.kind))
			break;
		struct node *element = node_append(&last, parse_one(p));
		if (!element)
			return NULL;
		node_deepen(tuple, element);
	}
	return tuple;
}

struct node *parse_list(struct parser *p) { return parse_tuple(p, parse_expression); }

struct node *parse_operand(struct parser *p) { return parse_binary(p, LEVEL_RELATION); }
struct node *parse_disjunction(struct parser *p) { return parse_binary(p, 0); }

struct node *parse_targets(struct parser *p)
{
	struct node *node = parse_tuple(p, parse_operand);
	return node && parse_use(p, node, USE_STORE, "") ? node : NULL;
}
