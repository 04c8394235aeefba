/* SPDX-License-Identifier: MIT */
/* parse_field.c - tests of fields of the protocol tables, and what tells them from words of pcap-filter(7). */
#include "parser.h"

static bool is_contains(const struct parser *p, const struct token *token)
{
	return token->kind == TOKEN_NAME && token_is(p->c, token, "contains");
}

/* What is no number: "GET", 10.0.0.1, who-has, tcp (but not tcp[0], tcp-syn and len). */
static bool is_value(const struct parser *p, const struct token *token)
{
	switch ((enum token_kind)token->kind) {
	case TOKEN_STRING:
	case TOKEN_IP4:
	case TOKEN_IP6:
	case TOKEN_MAC:  return true;
	case TOKEN_NAME: return !token_is_field(p->c, token, false);
	case TOKEN_WORD: return token->word->role != ROLE_CONSTANT && token->word->id != WORD_LEN && !is_symbol(token + 1, '[');
	default:         return false;
	}
}

/* Nothing more belongs to what stands in front. */
static bool is_end(const struct token *token)
{
	return token->kind == TOKEN_END || is_symbol(token, ')') || is_word(token, WORD_AND) || is_word(token, WORD_OR);
}

/* Does a field stand here that no arithmetic is done with? Where a bare id may stand as well (host a or dns.id), it is
 * that, unless it is written as in the tables; --pcap-filter: it always is. */
bool starts_field(const struct parser *p, bool may_be_bare)
{
	const struct token *token = p->token, *next = token + 1;
	const bool is_carried = may_be_bare && p->carried.is_set;
	if (is_contains(p, next))
		return token->kind == TOKEN_NAME || is_protocol(token);
	if (is_relation(next) && (has_dot(p, token) ? is_value(p, next + 1) : token_is_layer(p->c, token, false)))
		return true;
	if (is_arithmetic_behind(next) || (is_carried && p->c->options.is_pcap))
		return false;
	return token_is_field(p->c, token, is_carried) || (token_is_layer(p->c, token, is_carried) && is_end(next));
}

/* value = string | address | name [ "/" number ] */
static bool parse_value(struct parser *p, struct node *node)
{
	node->argument = p->token++;
	if (!is_symbol(p->token, '/'))
		return true;
	node->second = ++p->token;
	if (p->token->kind != TOKEN_NUMBER) {
		parse_unexpected(p);
		return false;
	}
	p->token++;
	return true;
}

/* field = name [ relation value ] | ( name | protocol ) "contains" string: names of the protocol tables */
struct node *parse_field(struct parser *p)
{
	struct node *node = parse_node(p, NODE_FIELD);
	if (!node || !(node->field = field_find(p->c, p->token)))
		return NULL;
	p->token++;
	p->carried.is_set = false;
	if (is_contains(p, p->token)) {
		node->relation = SYMBOL_CONTAINS;
		node->argument = ++p->token;
		if (p->token->kind != TOKEN_STRING) {
			token_fail(p->c, p->token, "a string such as \"GET\" must stand behind \"contains\"");
			return NULL;
		}
		p->token++;
	} else if (is_relation(p->token)) {
		node->relation = p->token++->symbol;
		if (!parse_value(p, node))
			return NULL;
	}
	node->end = end_of_text(p);
	return node;
}
