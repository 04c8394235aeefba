/* SPDX-License-Identifier: MIT */
/* parser.c - tokens become statements: those with a block, functions, and lines of small ones (small.c); one function a
 * rule of Python's grammar. Knows the grammar, and nothing of names or values. */
#include "tree.h"

/* ---- helpers ------------------------------------------------------------------------------------------ */

void *source_get(struct source *source, size_t size)
{
	void *memory = rt_arena_get(&source->arena, size);
	if (!memory)
		raise_memory(source->s);
	return memory;
}

struct node *node_new(struct parser *p, enum node_kind kind, struct node *a, struct node *b)
{
	struct node *node = source_get(p->source, sizeof *node);
	if (!node)
		return NULL;
	node->kind = (uint8_t)kind;
	node->place = p->token.place;
	node->a = a;
	node->b = b;
	node->depth = (uint16_t)((a ? a->depth : 0) + 1);
	if (b && b->depth >= node->depth)
		node->depth = (uint16_t)(b->depth + 1);
	if (node->depth > TREE_DEPTH)
		return syntax_error(p->source, RT_SyntaxError, node->place, "this is nested too deeply");
	return node;
}

struct node *node_const(struct parser *p, struct rt_any value)
{
	struct node *node = node_new(p, NODE_CONST, NULL, NULL);
	if (node)
		node->value = value;
	return node;
}

struct node *node_text(struct parser *p, enum node_kind kind, const struct token *name)
{
	struct rt_any text = text_of(p->source->s, &rt_type_str, name->at, (size_t)(name->end - name->at));
	struct node *node = is_nothing(text) ? NULL : node_new(p, kind, NULL, NULL);
	if (node)
		node->value = text;
	return node;
}

bool parser_next(struct parser *p) { return lexer_next(&p->lexer, &p->token); }

/* Where the line of an open bracket has ended long ago, that is what is wrong. */
struct node *parser_fail(struct parser *p, struct place place, const char *what)
{
	const struct lexer *l = &p->lexer;
	if (l->open_count && p->token.place.line > l->open[l->open_count - 1].place.line)
		return syntax_error(p->source, RT_SyntaxError, l->open[l->open_count - 1].place,
		                    "'%c' was never closed", l->open[l->open_count - 1].sign);
	return syntax_error(p->source, RT_SyntaxError, place, "%s", what);
}

struct node *unexpected(struct parser *p)
{
	if (p->token.kind == TOKEN_INDENT)
		return syntax_error(p->source, RT_IndentationError, p->token.place, "unexpected indent");
	return parser_fail(p, p->token.place, p->lexer.is_inside ? "f-string: invalid syntax" : "invalid syntax");
}

bool parser_expect(struct parser *p, enum token_kind kind, const char *message)
{
	if (p->token.kind == kind)
		return parser_next(p);
	if (message)
		return syntax_error(p->source, RT_SyntaxError, p->token.place, "%s", message) != NULL;
	return unexpected(p) != NULL;
}

bool parser_enter(struct parser *p)
{
	if (p->depth < RULES_MAX) {
		p->depth++;
		return true;
	}
	return syntax_error(p->source, RT_SyntaxError, p->token.place, "this is nested too deeply") != NULL;
}

void parser_leave(struct parser *p) { p->depth--; }

bool parser_accept(struct parser *p, enum token_kind kind, bool *is_there)
{
	*is_there = p->token.kind == kind;
	return !*is_there || parser_next(p);
}

struct node *node_statement(struct parser *p, enum node_kind kind)
{
	struct node *node = node_new(p, kind, NULL, NULL);
	return node && parser_next(p) ? node : NULL;
}

/* ---- lines -------------------------------------------------------------------------------------------- */

/* small (";" small)* [";"] NEWLINE */
static struct node *parse_line(struct parser *p)
{
	struct node *first = NULL, **last = &first;
	for (;;) {
		bool is_more;
		*last = parse_small(p);
		if (!*last || !parser_accept(p, TOKEN_SEMICOLON, &is_more))
			return NULL;
		last = &(*last)->next;
		if (!is_more || p->token.kind == TOKEN_NEWLINE || p->token.kind == TOKEN_END)
			break;
	}
	if (p->token.kind == TOKEN_END || parser_expect(p, TOKEN_NEWLINE, NULL))
		return first;
	return NULL;
}

/* ---- blocks ------------------------------------------------------------------------------------------- */

static struct node *parse_statement(struct parser *p);

/* The text has ended, and so did the blocks around. */
static bool is_at_end(const struct parser *p)
{
	return p->token.kind == TOKEN_END || (p->token.kind == TOKEN_DEDENT && p->lexer.at == p->lexer.end);
}

static struct node *no_block(struct parser *p, const char *after, unsigned line)
{
	p->source->s->is_early = is_at_end(p);
	return syntax_error(p->source, RT_IndentationError, p->token.place,
	                    "expected an indented block after %s on line %u", after, line);
}

static struct node *parse_statements(struct parser *p, enum token_kind end)
{
	struct node *first = NULL, **last = &first;
	while (p->token.kind != end) {
		*last = parse_statement(p);
		if (!*last)
			return NULL;
		while (*last)
			last = &(*last)->next;
	}
	return first;
}

/* ":" and what is in the block; `after` says whose it is, on `line`. */
static struct node *parse_block(struct parser *p, const char *after, unsigned line)
{
	if (!parser_expect(p, TOKEN_COLON, "expected ':'"))
		return NULL;
	if (p->token.kind != TOKEN_NEWLINE)
		return parse_line(p);
	if (!parser_next(p))
		return NULL;
	if (p->token.kind != TOKEN_INDENT)
		return no_block(p, after, line);
	if (!parser_enter(p) || !parser_next(p))
		return NULL;
	struct node *body = parse_statements(p, TOKEN_DEDENT);
	parser_leave(p);
	return body && parser_next(p) ? body : NULL;
}

static struct node *parse_condition(struct parser *p)
{
	struct node *node = parse_expression(p);
	if (node && p->token.kind == TOKEN_SET)
		return syntax_error(p->source, RT_SyntaxError, node->place,
		                    node->kind == NODE_NAME
		                            ? "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
		                            : "cannot assign to %s here. Maybe you meant '==' instead of '='?",
		                    node_name(node));
	return node;
}

static struct node *parse_branch(struct parser *p, const char *after)
{
	struct node *branch = node_statement(p, NODE_BRANCH);
	if (!branch || !(branch->a = parse_condition(p)))
		return NULL;
	branch->b = parse_block(p, after, branch->place.line);
	return branch->b ? branch : NULL;
}

/* Behind a loop or `try`; true with *body NULL: there is none. */
static bool parse_else(struct parser *p, struct node **body)
{
	const unsigned line = p->token.place.line;
	bool is_there;
	if (!parser_accept(p, TOKEN_ELSE, &is_there))
		return false;
	if (is_there)
		*body = parse_block(p, "'else' statement", line);
	return !is_there || *body;
}

static struct node *parse_if(struct parser *p)
{
	struct node *node = node_new(p, NODE_IF, NULL, NULL);
	if (!node || !(node->a = parse_branch(p, "'if' statement")))
		return NULL;
	for (struct node **last = &node->a->next; p->token.kind == TOKEN_ELIF; last = &(*last)->next)
		if (!(*last = parse_branch(p, "'elif' statement")))
			return NULL;
	return parse_else(p, &node->b) ? node : NULL;
}

static struct node *parse_while(struct parser *p)
{
	struct node *node = node_statement(p, NODE_WHILE);
	if (!node || !(node->a = parse_condition(p)))
		return NULL;
	node->b = parse_block(p, "'while' statement", node->place.line);
	return node->b && parse_else(p, &node->c) ? node : NULL;
}

static struct node *parse_for(struct parser *p)
{
	struct node *node = node_statement(p, NODE_FOR);
	if (!node || !(node->a = parse_targets(p)) || !parser_expect(p, TOKEN_IN, NULL) || !(node->b = parse_list(p)))
		return NULL;
	node->c = parse_block(p, "'for' statement", node->place.line);
	return node->c && parse_else(p, &node->d) ? node : NULL;
}

/* ---- functions ---------------------------------------------------------------------------------------- */

static struct node *param_fail(struct parser *p, const char *what)
{
	return syntax_error(p->source, RT_SyntaxError, p->token.place, "%s", what);
}

static struct node *parse_param(struct parser *p, enum token_kind end, const struct node *before)
{
	bool is_rest, is_annotated, has_default;
	if (p->token.kind == TOKEN_POWER || p->token.kind == TOKEN_SLASH)
		return param_fail(p, p->token.kind == TOKEN_POWER ? "there is no ** in parameters here"
		                                                  : "there is no / in parameters here");
	if (!parser_accept(p, TOKEN_STAR, &is_rest))
		return NULL;
	struct node *node = p->token.kind == TOKEN_NAME ? node_text(p, NODE_PARAM, &p->token) : unexpected(p);
	if (!node || !parser_next(p))
		return NULL;
	for (; before; before = before->next)
		if (strcmp(as_text(before->value)->bytes, as_text(node->value)->bytes) == 0)
			return syntax_error(p->source, RT_SyntaxError, node->place,
			                    "duplicate argument '%s' in function definition",
			                    as_text(node->value)->bytes);
	node->op = is_rest;
	if (end == TOKEN_CLOSE &&
	    (!parser_accept(p, TOKEN_COLON, &is_annotated) || (is_annotated && !parse_expression(p))))
		return NULL;
	if (!parser_accept(p, TOKEN_SET, &has_default) || (has_default && !(node->a = parse_expression(p))))
		return NULL;
	return node;
}

struct node *parse_params(struct parser *p, enum token_kind end)
{
	struct node *first = NULL, **last = &first, *before = NULL;
	bool is_more = true;
	while (is_more && p->token.kind != end) {
		if (before && before->op)
			return param_fail(p, "nothing can follow *name in parameters here");
		*last = parse_param(p, end, first);
		if (!*last)
			return NULL;
		if (before && before->a && !(*last)->a && !(*last)->op)
			return syntax_error(p->source, RT_SyntaxError, (*last)->place,
			                    "non-default argument follows default argument");
		before = *last;
		last = &before->next;
		if (!parser_accept(p, TOKEN_COMMA, &is_more))
			return NULL;
	}
	return first;
}

static struct node *parse_def(struct parser *p)
{
	bool is_annotated;
	struct node *node = node_statement(p, NODE_DEF);
	if (!node)
		return NULL;
	node->c = p->token.kind == TOKEN_NAME ? node_text(p, NODE_NAME, &p->token) : unexpected(p);
	if (!node->c || !parser_next(p) || !parser_expect(p, TOKEN_OPEN, "expected '('"))
		return NULL;
	node->c->op = USE_STORE;
	node->value = node->c->value;
	if (p->token.kind != TOKEN_CLOSE && !(node->a = parse_params(p, TOKEN_CLOSE)))
		return NULL;
	if (!parser_expect(p, TOKEN_CLOSE, NULL) || !parser_accept(p, TOKEN_ARROW, &is_annotated) ||
	    (is_annotated && !parse_expression(p)))
		return NULL;
	node->b = parse_block(p, "function definition", node->place.line);
	return node->b ? node : NULL;
}

/* ---- try ---------------------------------------------------------------------------------------------- */

/* "except" [class ["as" name]] block */
static struct node *parse_except(struct parser *p)
{
	bool is_named = false;
	struct node *node = node_statement(p, NODE_EXCEPT);
	if (!node)
		return NULL;
	if (p->token.kind != TOKEN_COLON) {
		node->a = parse_expression(p);
		if (!node->a || !parser_accept(p, TOKEN_AS, &is_named))
			return NULL;
		if (p->token.kind == TOKEN_COMMA)
			return syntax_error(p->source, RT_SyntaxError, node->a->place,
			                    "multiple exception types must be parenthesized");
	}
	if (is_named) {
		node->c = p->token.kind == TOKEN_NAME ? node_text(p, NODE_NAME, &p->token) : unexpected(p);
		if (!node->c || !parser_next(p))
			return NULL;
		node->c->op = USE_STORE;
	}
	node->b = parse_block(p, "'except' statement", node->place.line);
	return node->b ? node : NULL;
}

static struct node *parse_try(struct parser *p)
{
	struct node *node = node_statement(p, NODE_TRY);
	if (!node || !(node->a = parse_block(p, "'try' statement", node->place.line)))
		return NULL;
	for (struct node **last = &node->b; p->token.kind == TOKEN_EXCEPT; last = &(*last)->next) {
		*last = parse_except(p);
		if (!*last)
			return NULL;
		if (!(*last)->a && p->token.kind == TOKEN_EXCEPT)
			return syntax_error(p->source, RT_SyntaxError, (*last)->place,
			                    "default 'except:' must be last");
	}
	const unsigned line = p->token.place.line;
	bool is_final;
	if ((node->b && !parse_else(p, &node->c)) || !parser_accept(p, TOKEN_FINALLY, &is_final))
		return NULL;
	if (is_final && !(node->d = parse_block(p, "'finally' statement", line)))
		return NULL;
	if (node->b || node->d)
		return node;
	p->source->s->is_early = is_at_end(p);
	return param_fail(p, "expected 'except' or 'finally' block");
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

static struct node *parse_statement(struct parser *p)
{
	switch (p->token.kind) {
	case TOKEN_IF:    return parse_if(p);
	case TOKEN_WHILE: return parse_while(p);
	case TOKEN_FOR:   return parse_for(p);
	case TOKEN_DEF:   return parse_def(p);
	case TOKEN_TRY:   return parse_try(p);
	case TOKEN_AT:    return param_fail(p, "there are no decorators here");
	default:          return parse_line(p);
	}
}

struct node *parse_module(struct parser *p)
{
	if (!parser_next(p))
		return NULL;
	while (p->token.kind == TOKEN_NEWLINE)
		if (!parser_next(p))
			return NULL;
	return parse_statements(p, TOKEN_END);
}
