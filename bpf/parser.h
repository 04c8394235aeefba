/* SPDX-License-Identifier: MIT */
/* parser.h - what the files of the parser share: one function a grammar rule, the rule as its comment.
 *
 *     parser.c           and, or, not, parentheses        parse_primitive.c  host 10.0.0.1, port {80, 443}, vlan 5 ...
 *     parse_sum.c        ip[8] > 64                       parse_field.c      IP.ttl < 5, tcp contains "GET" */
#ifndef RINGTAP_BPF_PARSER_H
#define RINGTAP_BPF_PARSER_H

#include "stages.h"

struct parser {
	struct compiler *c;
	const struct token *token;       /* the next one                                              */
	struct qualifiers carried;       /* of the last primitive                                     */
	unsigned depth;
};

static inline bool is_symbol(const struct token *token, int symbol)
{
	return token->kind == TOKEN_SYMBOL && token->symbol == symbol;
}

static inline bool is_word(const struct token *token, enum word_id id)
{
	return token->kind == TOKEN_WORD && token->word->id == id;
}

static inline bool is_protocol(const struct token *token)
{
	return token->kind == TOKEN_WORD && token->word->role == ROLE_PROTOCOL;
}

/* Nodes and sums for the next token; NULL: no memory. */
struct node *parse_node(struct parser *p, enum node_kind kind);
struct expr *parse_expr_node(struct parser *p, enum expr_kind kind);

/* Errors about the next token; NULL. `unexpected`: something else should stand there, and a string or a file must not;
 * `misplaced`: nothing may. */
void *parse_unexpected(struct parser *p);
void *parse_misplaced(struct parser *p);
void *parse_too_deep(struct parser *p, const struct token *token);
bool parse_expect(struct parser *p, int symbol);
/* Every rule that leads back to itself goes through here, and through `leave`. */
bool parse_enter(struct parser *p);
static inline void parse_leave(struct parser *p) { p->depth--; }

/* ---- rules ------------------------------------------------------------------------------------------------ */

/* `may_be_bare`: an id may stand without qualifiers, those of the last primitive are its. */
struct node *parse_or(struct parser *p, bool may_be_bare);

bool is_relation(const struct token *token);
bool is_arithmetic_behind(const struct token *token);
bool has_dot(const struct parser *p, const struct token *token);
bool starts_relation(const struct parser *p);
struct node *parse_relation(struct parser *p);
uint32_t end_of_text(const struct parser *p);                    /* behind the last token                    */

bool starts_field(const struct parser *p, bool may_be_bare);
struct node *parse_field(struct parser *p);

bool is_id(const struct token *token);
struct node *parse_id(struct parser *p, const struct qualifiers *qualifiers);
struct node *parse_set(struct parser *p, const struct qualifiers *qualifiers);
struct node *parse_primitive(struct parser *p);

#endif
