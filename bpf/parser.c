/* SPDX-License-Identifier: MIT */
/* parser.c - tokens become a tree: and, or, not and parentheses, and what the other files of the parser share. Knows the
 * grammar of pcap-filter(7); knows nothing of packets. */
#include <errno.h>
#include "parser.h"

/* ---- helpers ------------------------------------------------------------------------------------------- */

static void *out_of_memory(struct parser *p)
{
	rt_fail(p->c->error, ENOMEM, "no memory");
	return NULL;
}

void *parse_misplaced(struct parser *p)
{
	const struct token *token = p->token;
	if (token->kind == TOKEN_END)
		token_fail(p->c, token, "the %s ends too early", list_of(p->c, token) ? "line" : "expression");
	else if (token->kind == TOKEN_WORD && token->word->role == ROLE_ELSEWHERE)
		token_fail(p->c, token, "\"%s\" is only for %s links", token->word->spelling, token->word->alias_of);
	else
		token_fail(p->c, token, "\"%.*s\" is not expected here", (int)token->length, p->c->text + token->at);
	return NULL;
}

void *parse_unexpected(struct parser *p)
{
	const struct token *token = p->token;
	if (token->kind == TOKEN_STRING) {
		token_fail(p->c, token, "a string can only be compared with a field");
		return NULL;
	}
	if (token->kind != TOKEN_FILE || list_of(p->c, token))
		return parse_misplaced(p);
	token_fail(p->c, token, "a file can only stand in a set: {%.*s}", (int)token->length, p->c->text + token->at);
	return NULL;
}

bool parse_expect(struct parser *p, int symbol)
{
	if (!is_symbol(p->token, symbol)) {
		parse_misplaced(p);
		return false;
	}
	p->token++;
	return true;
}

void *parse_too_deep(struct parser *p, const struct token *token)
{
	token_fail(p->c, token, "nested deeper than %d levels", FILTER_DEPTH_MAX);
	return NULL;
}

bool parse_enter(struct parser *p)
{
	if (p->depth < FILTER_DEPTH_MAX) {
		p->depth++;
		return true;
	}
	parse_too_deep(p, p->token);
	return false;
}

struct node *parse_node(struct parser *p, enum node_kind kind)
{
	struct node *node = rt_arena_get(&p->c->scratch, sizeof *node);
	if (!node)
		return out_of_memory(p);
	node->kind = (uint8_t)kind;
	node->token = p->token;
	return node;
}

struct expr *parse_expr_node(struct parser *p, enum expr_kind kind)
{
	struct expr *expr = rt_arena_get(&p->c->scratch, sizeof *expr);
	if (!expr)
		return out_of_memory(p);
	expr->kind = (uint8_t)kind;
	expr->token = p->token;
	return expr;
}

/* ---- and, or, not ---------------------------------------------------------------------------------------------- */

/* operand = "not" operand | "(" expression ")" | field | relation | primitive | id */
static struct node *parse_operand(struct parser *p, bool may_be_bare)
{
	struct node *node = NULL;
	if (is_word(p->token, WORD_NOT)) {
		if (!parse_enter(p) || !(node = parse_node(p, NODE_NOT)))
			return NULL;
		p->token++;
		node->child = parse_operand(p, may_be_bare);
		parse_leave(p);
		if (!node->child)
			return NULL;
		node->depth = (uint16_t)(node->child->depth + 1);
		return node->depth > FILTER_DEPTH_MAX ? parse_too_deep(p, node->token) : node;
	}
	if (starts_field(p, may_be_bare))
		return parse_field(p);
	if (starts_relation(p))
		return parse_relation(p);
	if (is_symbol(p->token, '(')) {
		p->token++;
		if (!parse_enter(p) || !(node = parse_or(p, may_be_bare)) || !parse_expect(p, ')'))
			return NULL;
		parse_leave(p);
		return node;
	}
	const bool is_set = is_symbol(p->token, '{');
	if (!is_id(p->token) && !is_set)
		return parse_primitive(p);
	if (may_be_bare && p->carried.is_set)
		return is_set ? parse_set(p, &p->carried) : parse_id(p, &p->carried);
	token_fail(p->c, p->token, "\"%.*s\" needs a word in front of it, such as host, net or port",
	           (int)p->token->length, p->c->text + p->token->at);
	return NULL;
}

/* Chains of the same operator are one node, however long. */
static struct node *join(struct parser *p, struct node *left, enum node_kind kind, const struct token *token,
                         struct node *right)
{
	if (left->kind != kind || left->is_set) {
		struct node *node = parse_node(p, kind);
		if (!node)
			return NULL;
		node->token = token;
		node->child = node->last = left;
		node->depth = (uint16_t)(left->depth + 1);
		left = node;
	}
	if (right->depth >= left->depth)
		left->depth = (uint16_t)(right->depth + 1);
	left->last = left->last->next = right;
	return left->depth > FILTER_DEPTH_MAX ? parse_too_deep(p, token) : left;
}

/* expression = operand { ( "and" | "or" ) operand }: the same priority, from left to right */
struct node *parse_or(struct parser *p, bool may_be_bare)
{
	struct node *left = parse_operand(p, may_be_bare);
	while (left && (is_word(p->token, WORD_AND) || is_word(p->token, WORD_OR))) {
		const struct token *token = p->token++;
		struct node *right = parse_operand(p, true);
		left = right ? join(p, left, is_word(token, WORD_AND) ? NODE_AND : NODE_OR, token, right) : NULL;
	}
	return left;
}

int parser_run(struct compiler *c, struct node **tree)
{
	struct parser parser = { .c = c, .token = c->tokens };
	*tree = NULL;
	if (parser.token->kind == TOKEN_END)
		return 0;
	*tree = parse_or(&parser, false);
	if (*tree && parser.token->kind == TOKEN_END)
		return 0;
	if (*tree)
		parse_unexpected(&parser);
	*tree = NULL;
	return c->error->code == ENOMEM ? -ENOMEM : -EINVAL;
}
