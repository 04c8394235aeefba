/* SPDX-License-Identifier: MIT */
/* atom.c - what operators stand between: names, constants, what is in brackets, comprehensions; and the calls, indices
 * and attributes behind it. */
#include "tree.h"

/* ---- calls, parts ------------------------------------------------------------------------------------- */

struct node *node_append(struct node ***last, struct node *node)
{
	if (node) {
		**last = node;
		*last = &node->next;
	}
	return node;
}

/* comp_for: ("for" targets "in" x | "if" x)*, at its "for". */
static struct node *parse_clauses(struct parser *p)
{
	struct node *first = NULL, **last = &first;
	while (p->token.kind == TOKEN_FOR || p->token.kind == TOKEN_IF) {
		const bool is_for = p->token.kind == TOKEN_FOR;
		struct node *clause = node_new(p, is_for ? NODE_CLAUSE_FOR : NODE_CLAUSE_IF, NULL, NULL);
		if (!node_append(&last, clause) || !parser_next(p))
			return NULL;
		if (is_for) {
			clause->a = parse_targets(p);
			if (!clause->a || !parser_expect(p, TOKEN_IN, NULL))
				return NULL;
		}
		struct node *value = parse_disjunction(p);
		if (!value)
			return NULL;
		*(is_for ? &clause->b : &clause->a) = value;
	}
	return first;
}

static struct node *parse_comprehension(struct parser *p, struct node *element, enum node_kind kind)
{
	struct node *node = node_new(p, kind == NODE_GENERATOR ? NODE_GENERATOR : NODE_COMPREHENSION, element, NULL);
	if (!node)
		return NULL;
	node->op = (uint8_t)kind;
	node->place = element->place;
	node->b = parse_clauses(p);
	for (struct node *clause = node->b; clause; clause = clause->next)
		for (int i = 0; i < 2; i++)
			if ((i ? clause->b : clause->a) && (i ? clause->b : clause->a)->depth >= node->depth)
				node->depth = (uint16_t)((i ? clause->b : clause->a)->depth + 1);
	return node->b ? node : NULL;
}

static bool has_keyword(const struct node *arguments, struct rt_any name)
{
	const struct text *text = as_text(name);
	for (; arguments; arguments = arguments->next)
		if (arguments->kind == NODE_KEYWORD && as_text(arguments->value)->size == text->size &&
		    memcmp(as_text(arguments->value)->bytes, text->bytes, text->size) == 0)
			return true;
	return false;
}

static struct node *argument_fail(struct parser *p, const struct node *node, const char *what)
{
	return syntax_error(p->source, RT_SyntaxError, node->place, "%s", what);
}

static struct node *parse_keyword(struct parser *p, struct node *name, const struct node *before)
{
	if (name->kind != NODE_NAME)
		return argument_fail(p, name, "expression cannot contain assignment, perhaps you meant \"==\"?");
	if (has_keyword(before, name->value))
		return syntax_error(p->source, RT_SyntaxError, name->place, "keyword argument repeated: %s",
		                    as_text(name->value)->bytes);
	struct node *value = parser_next(p) ? parse_expression(p) : NULL;
	struct node *node = value ? node_new(p, NODE_KEYWORD, value, NULL) : NULL;
	if (!node)
		return NULL;
	node->value = name->value;
	node->place = name->place;
	return node;
}

static struct node *parse_star(struct parser *p)
{
	const struct place place = p->token.place;
	struct node *inside = parser_next(p) ? parse_operand(p) : NULL;
	struct node *node = inside ? node_new(p, NODE_STAR, inside, NULL) : NULL;
	if (node)
		node->place = place;
	return node;
}

static struct node *parse_argument(struct parser *p, const struct node *before, const struct node *last)
{
	if (p->token.kind == TOKEN_POWER)
		return syntax_error(p->source, RT_SyntaxError, p->token.place, "there is no ** in calls here");
	struct node *node = p->token.kind == TOKEN_STAR ? parse_star(p) : parse_expression(p);
	if (!node)
		return NULL;
	if (p->token.kind == TOKEN_SET)
		return parse_keyword(p, node, before);
	if (p->token.kind == TOKEN_FOR) {
		node = parse_comprehension(p, node, NODE_GENERATOR);
		if (node && (before || p->token.kind == TOKEN_COMMA))
			return argument_fail(p, node, "Generator expression must be parenthesized");
		return node;
	}
	return last && last->kind == NODE_KEYWORD
	             ? argument_fail(p, node, "positional argument follows keyword argument")
	             : node;
}

/* Behind an element: a comma, or the bracket that ends all. */
static bool parse_comma(struct parser *p, enum token_kind end)
{
	if (p->token.kind == TOKEN_COMMA)
		return parser_next(p);
	if (p->token.kind == end)
		return true;
	const enum token_kind kind = p->token.kind;
	if (kind == TOKEN_NAME || kind == TOKEN_NUMBER || kind == TOKEN_STRING || kind == TOKEN_NONE ||
	    kind == TOKEN_TRUE || kind == TOKEN_FALSE)
		return parser_fail(p, p->token.place, "invalid syntax. Perhaps you forgot a comma?") != NULL;
	return unexpected(p) != NULL;
}

void node_deepen(struct node *node, const struct node *child)
{
	if (child->depth >= node->depth)
		node->depth = (uint16_t)(child->depth + 1);
}

static struct node *parse_call(struct parser *p, struct node *callee)
{
	struct node *node = node_new(p, NODE_CALL, callee, NULL), **last = node ? &node->b : NULL, *argument = NULL;
	if (!node || !parser_next(p))
		return NULL;
	node->place = callee->place;
	while (p->token.kind != TOKEN_CLOSE) {
		argument = node_append(&last, parse_argument(p, node->b, argument));
		if (!argument || !parse_comma(p, TOKEN_CLOSE))
			return NULL;
		node_deepen(node, argument);
	}
	return parser_next(p) ? node : NULL;
}

/* [a:b:c], at the first colon; `from` may be NULL. */
static struct node *parse_slice(struct parser *p, struct node *from)
{
	struct node *node = node_new(p, NODE_SLICE, from, NULL);
	for (int i = 0; node && i < 2 && p->token.kind == TOKEN_COLON; i++) {
		if (!parser_next(p))
			return NULL;
		if (p->token.kind == TOKEN_COLON || p->token.kind == TOKEN_CLOSE_SQUARE)
			continue;
		struct node *part = parse_expression(p);
		if (!part)
			return NULL;
		*(i ? &node->c : &node->b) = part;
		node_deepen(node, part);
	}
	return node;
}

static struct node *parse_index(struct parser *p, struct node *whole)
{
	if (!parser_next(p))
		return NULL;
	struct node *key = p->token.kind == TOKEN_COLON ? parse_slice(p, NULL) : parse_list(p);
	if (key && key->kind != NODE_SLICE && p->token.kind == TOKEN_COLON)
		key = parse_slice(p, key);
	if (!key || !parse_comma(p, TOKEN_CLOSE_SQUARE) || !parser_expect(p, TOKEN_CLOSE_SQUARE, NULL))
		return NULL;
	struct node *node = node_new(p, NODE_ITEM, whole, key);
	if (node)
		node->place = whole->place;
	return node;
}

static struct node *parse_attribute(struct parser *p, struct node *whole)
{
	if (!parser_next(p))
		return NULL;
	struct node *node = p->token.kind == TOKEN_NAME ? node_text(p, NODE_ATTRIBUTE, &p->token) : unexpected(p);
	if (!node || !parser_next(p))
		return NULL;
	node->a = whole;
	node_deepen(node, whole);
	return node;
}

/* ---- atoms -------------------------------------------------------------------------------------------- */

/* Elements up to `end`, for which `is_one` says whether it was a single one without comma. */
static struct node *parse_elements(struct parser *p, enum token_kind end, struct node *node, bool *is_one)
{
	struct node **last = &node->a;
	*is_one = false;
	while (p->token.kind != end) {
		*is_one = !node->a;
		struct node *element = node_append(&last, p->token.kind == TOKEN_STAR && node->kind == NODE_LIST
		                                                  ? parse_star(p)
		                                                  : parse_expression(p));
		if (!element)
			return NULL;
		node_deepen(node, element);
		if (p->token.kind == TOKEN_FOR && *is_one)
			break;
		*is_one &= p->token.kind != TOKEN_COMMA;
		if (!parse_comma(p, end))
			return NULL;
	}
	return node;
}

struct node *parse_yield(struct parser *p)
{
	struct node *node = node_new(p, NODE_YIELD, NULL, NULL);
	if (!node || !parser_next(p))
		return NULL;
	const enum token_kind kind = p->token.kind;
	if (kind == TOKEN_CLOSE || kind == TOKEN_NEWLINE || kind == TOKEN_SEMICOLON || kind == TOKEN_END)
		return node;
	if (kind == TOKEN_FROM)
		return unexpected(p);
	node->a = parse_list(p);
	if (node->a)
		node_deepen(node, node->a);
	return node->a ? node : NULL;
}

/* "(" ... ")": a tuple, an expression, a generator */
static struct node *parse_parenthesis(struct parser *p)
{
	bool is_one;
	struct node *tuple = node_new(p, NODE_TUPLE, NULL, NULL), *node = tuple;
	if (!tuple || !parser_next(p))
		return NULL;
	if (p->token.kind == TOKEN_YIELD) {
		node = parse_yield(p);
		return node && parser_expect(p, TOKEN_CLOSE, NULL) ? node : NULL;
	}
	if (!parse_elements(p, TOKEN_CLOSE, tuple, &is_one))
		return NULL;
	if (p->token.kind == TOKEN_FOR)
		node = parse_comprehension(p, tuple->a, NODE_GENERATOR);
	else if (is_one)
		node = tuple->a;
	return node && parser_expect(p, TOKEN_CLOSE, NULL) ? node : NULL;
}

static struct node *parse_square(struct parser *p)
{
	bool is_one;
	struct node *node = node_new(p, NODE_LIST, NULL, NULL);
	if (!node || !parser_next(p) || !parse_elements(p, TOKEN_CLOSE_SQUARE, node, &is_one))
		return NULL;
	if (p->token.kind == TOKEN_FOR) {
		const struct place place = node->place;
		if (node->a->kind == NODE_STAR)
			return argument_fail(p, node->a, "iterable unpacking cannot be used in comprehension");
		node = parse_comprehension(p, node->a, NODE_LIST);
		if (node)
			node->place = place;
	}
	return node && parser_expect(p, TOKEN_CLOSE_SQUARE, NULL) ? node : NULL;
}

static struct node *parse_pair(struct parser *p, struct node *key)
{
	struct node *value =
		parser_expect(p, TOKEN_COLON, "':' expected after dictionary key") ? parse_expression(p) : NULL;
	return value ? node_new(p, NODE_PAIR, key, value) : NULL;
}

/* "{" ... "}": a dict if it is empty or a colon follows the first expression, else a set */
static struct node *parse_curly(struct parser *p)
{
	struct node *node = node_new(p, NODE_DICT, NULL, NULL), **last = node ? &node->a : NULL;
	if (!node || !parser_next(p))
		return NULL;
	while (p->token.kind != TOKEN_CLOSE_CURLY) {
		struct node *element = parse_expression(p);
		if (element && !node->a && p->token.kind != TOKEN_COLON)
			node->kind = NODE_SET;
		if (element && node->kind == NODE_DICT)
			element = parse_pair(p, element);
		if (!node_append(&last, element))
			return NULL;
		node_deepen(node, element);
		if (p->token.kind == TOKEN_FOR && node->a == element) {
			const struct place place = node->place;
			node = parse_comprehension(p, element, node->kind);
			if (node)
				node->place = place;
			break;
		}
		if (!parse_comma(p, TOKEN_CLOSE_CURLY))
			return NULL;
	}
	return node && parser_expect(p, TOKEN_CLOSE_CURLY, NULL) ? node : NULL;
}

struct node *parse_number(struct parser *p, bool is_negative)
{
	const uint64_t number = p->token.number;
	if (number > (uint64_t)INT64_MAX && !is_negative)
		return syntax_error(p->source, RT_SyntaxError, p->token.place,
		                    "integers have 64 bits here: this one does not fit");
	struct node *node = node_const(p, rt_int((int64_t)(is_negative ? 0 - number : number)));
	return node && parser_next(p) ? node : NULL;
}

static struct node *parse_word(struct parser *p, struct rt_any value)
{
	struct node *node = node_const(p, value);
	return node && parser_next(p) ? node : NULL;
}

static struct node *parse_name(struct parser *p)
{
	struct node *node = node_text(p, NODE_NAME, &p->token);
	return node && parser_next(p) ? node : NULL;
}

static struct node *parse_atom(struct parser *p)
{
	switch (p->token.kind) {
	case TOKEN_NAME:        return parse_name(p);
	case TOKEN_NUMBER:      return parse_number(p, false);
	case TOKEN_STRING:      return parse_strings(p);
	case TOKEN_NONE:        return parse_word(p, rt_none());
	case TOKEN_TRUE:        return parse_word(p, rt_bool(true));
	case TOKEN_FALSE:       return parse_word(p, rt_bool(false));
	case TOKEN_OPEN:        return parse_parenthesis(p);
	case TOKEN_OPEN_SQUARE: return parse_square(p);
	case TOKEN_OPEN_CURLY:  return parse_curly(p);
	default:                return unexpected(p);
	}
}

/* primary: atom, then any of .name (arguments) [index] */
struct node *parse_primary(struct parser *p)
{
	struct node *node = parse_atom(p);
	while (node) {
		if (p->token.kind == TOKEN_OPEN)
			node = parse_call(p, node);
		else if (p->token.kind == TOKEN_OPEN_SQUARE)
			node = parse_index(p, node);
		else if (p->token.kind == TOKEN_DOT)
			node = parse_attribute(p, node);
		else
			break;
	}
	return node;
}
