/* SPDX-License-Identifier: MIT */
/* parse_sum.c - arithmetic and its relations: ip[8] > 64, len - 14 > ip[2:2]. */
#include "parser.h"

static const struct { uint16_t symbol; uint8_t priority; } operators[] = {
	{ '|', 1 }, { '&', 1 }, { '^', 1 }, { SYMBOL_SHIFT_LEFT, 2 }, { SYMBOL_SHIFT_RIGHT, 2 },
	{ '+', 3 }, { '-', 3 }, { '*', 4 }, { '/', 4 }, { '%', 4 },
};

static unsigned priority_of(const struct token *token)
{
	for (size_t i = 0; i < RT_COUNT(operators); i++)
		if (is_symbol(token, operators[i].symbol))
			return operators[i].priority;
	return 0;
}

bool is_relation(const struct token *token)
{
	static const uint16_t relations[] = { '=', '<', '>', SYMBOL_NOT_EQUAL, SYMBOL_LESS_EQUAL, SYMBOL_GREATER_EQUAL };
	for (size_t i = 0; i < RT_COUNT(relations); i++)
		if (is_symbol(token, relations[i]))
			return true;
	return false;
}

static struct expr *parse_expr(struct parser *p, unsigned priority);

/* size = ":" ( "1" | "2" | "4" ) */
static bool parse_size(struct parser *p, struct expr *load)
{
	load->size = 1;
	if (!is_symbol(p->token, ':'))
		return true;
	p->token++;
	const uint32_t size = p->token->number;
	if (p->token->kind != TOKEN_NUMBER || (size != 1 && size != 2 && size != 4)) {
		token_fail(p->c, p->token, "the size must be 1, 2 or 4");
		return false;
	}
	load->size = (uint8_t)size;
	p->token++;
	return true;
}

/* load = protocol "[" expr [ size ] "]" */
static struct expr *parse_load(struct parser *p)
{
	struct expr *load = parse_expr_node(p, EXPR_LOAD);
	if (!load)
		return NULL;
	load->base = p->token++->word;
	if (!parse_expect(p, '[') || !(load->left = parse_expr(p, 0)) || !parse_size(p, load) || !parse_expect(p, ']'))
		return NULL;
	load->depth = (uint16_t)(load->left->depth + 1);
	return load;
}

bool has_dot(const struct parser *p, const struct token *token)
{
	return token->kind == TOKEN_NAME && memchr(p->c->text + token->at, '.', token->length);
}

static struct expr *parse_field_operand(struct parser *p)
{
	struct expr *expr = parse_expr_node(p, EXPR_FIELD);
	if (!expr || !(expr->field = field_find(p->c, p->token)))
		return NULL;
	p->token++;
	return expr;
}

/* unary = "-" unary | "(" expr ")" | number | constant | "len" | load | field */
static struct expr *parse_unary(struct parser *p)
{
	const struct token *token = p->token;
	struct expr *expr = NULL;
	if (is_symbol(token, '-')) {
		expr = parse_expr_node(p, EXPR_NEGATE);
		p->token++;
		if (!expr || !parse_enter(p) || !(expr->left = parse_unary(p)))
			return NULL;
		expr->depth = (uint16_t)(expr->left->depth + 1);
		parse_leave(p);
		return expr;
	}
	if (is_symbol(token, '(')) {
		p->token++;
		if (!parse_enter(p) || !(expr = parse_expr(p, 0)) || !parse_expect(p, ')'))
			return NULL;
		parse_leave(p);
		return expr;
	}
	if (is_protocol(token))
		return parse_load(p);
	if (has_dot(p, token))
		return parse_field_operand(p);
	const bool is_constant = token->kind == TOKEN_WORD && token->word->role == ROLE_CONSTANT;
	if (!is_constant && token->kind != TOKEN_NUMBER && !is_word(token, WORD_LEN))
		return parse_unexpected(p);
	expr = parse_expr_node(p, is_word(token, WORD_LEN) ? EXPR_LEN : EXPR_NUMBER);
	if (expr)
		expr->number = is_constant ? token->word->number : token->number;
	p->token++;
	return expr;
}

/* expr = unary { operator unary }, the operators by priority. The grammar of libpcap gives % and ^ no priority:
 * there they take the unary on their left and all the rest on their right. */
static struct expr *parse_expr(struct parser *p, unsigned priority)
{
	if (!parse_enter(p))
		return NULL;
	struct expr *left = parse_unary(p);
	for (unsigned of; left && (of = priority_of(p->token)) != 0; ) {
		const bool is_odd = p->c->options.is_pcap && (is_symbol(p->token, '%') || is_symbol(p->token, '^'));
		if (of <= priority && !is_odd)
			break;
		struct expr *binary = parse_expr_node(p, EXPR_BINARY);
		if (!binary)
			return NULL;
		binary->op = p->token++->symbol;
		binary->left = left;
		binary->right = parse_expr(p, is_odd ? 0 : of);
		if (!binary->right)
			return NULL;
		binary->depth = (uint16_t)((left->depth > binary->right->depth ? left : binary->right)->depth + 1);
		if (binary->depth > FILTER_DEPTH_MAX)
			return parse_too_deep(p, binary->token);
		left = binary;
	}
	parse_leave(p);
	return left;
}

/* Behind the last token. */
uint32_t end_of_text(const struct parser *p) { return p->token[-1].at + p->token[-1].length; }

/* relation = expr ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) expr */
struct node *parse_relation(struct parser *p)
{
	struct node *node = parse_node(p, NODE_RELATION);
	if (!node || !(node->left = parse_expr(p, 0)))
		return NULL;
	if (!is_relation(p->token))
		return parse_unexpected(p);
	node->relation = p->token++->symbol;
	node->right = parse_expr(p, 0);
	p->carried.is_set = false;
	node->end = end_of_text(p);
	return node->right ? node : NULL;
}

bool is_arithmetic_behind(const struct token *token) { return priority_of(token) || is_relation(token); }

/* Does a relation begin here? A "(" belongs to arithmetic when an operator stands behind its ")". */
bool starts_relation(const struct parser *p)
{
	const struct token *token = p->token;
	if (is_symbol(token, '('))
		return is_arithmetic_behind(&p->c->tokens[token->match] + 1);
	if (token->kind == TOKEN_NUMBER || token_is_field(p->c, token, false))
		return is_arithmetic_behind(token + 1);
	if (has_dot(p, token))
		return is_relation(token + 1);
	if (token->kind == TOKEN_WORD && (token->word->role == ROLE_CONSTANT || token->word->id == WORD_LEN))
		return true;
	return is_symbol(token, '-') || (is_protocol(token) && is_symbol(token + 1, '['));
}
