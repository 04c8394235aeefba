/* SPDX-License-Identifier: MIT */
/* fstring.c - strings that stand side by side become one constant, or the parts of an f-string. As in Python 3.11 the
 * expressions of an f-string hold no backslash, no comment, and not the quote that is around them; so they can be read
 * where they stand in the text. */
#include "tree.h"

#define SPECS_MAX 2              /* {a:{b}}: a replacement in the spec of another                        */

struct parts {
	struct parser *p;
	const struct token *token;       /* the whole literal                                            */
	const char *at, *end;
	struct node **last;
	unsigned depth;
};

static struct place place_of(struct parts *parts, const char *at)
{
	struct lexer copy = parts->p->lexer;
	return lexer_place(&copy, at);
}

static bool fstring_fail(struct parts *parts, const char *what)
{
	return syntax_error(parts->p->source, RT_SyntaxError, place_of(parts, parts->at), "f-string: %s", what) != NULL;
}

static bool add_part(struct parts *parts, struct node *node)
{
	if (!node)
		return false;
	*parts->last = node;
	parts->last = &node->next;
	return true;
}

static bool add_text(struct parts *parts, const char *from, size_t size)
{
	if (!size)
		return true;
	struct rt_any text = literal_text(&parts->p->lexer, parts->token, from, size);
	return !is_nothing(text) && add_part(parts, node_const(parts->p, text));
}

static bool parse_parts(struct parts *parts);

/* ---- {expression!r:spec} ------------------------------------------------------------------------------ */

static bool parse_conversion(struct parts *parts, struct node *node)
{
	struct parser *p = parts->p;
	if (!parser_next(p))
		return false;
	const struct token *token = &p->token;
	const char letter = token->kind == TOKEN_NAME ? *token->at : '\0';
	if (token->end - token->at != 1 || (letter != 'r' && letter != 's' && letter != 'a'))
		return fstring_fail(parts, "invalid conversion character: expected 's', 'r', or 'a'");
	node->op = (uint8_t)letter;
	return parser_next(p);
}

static bool parse_spec(struct parts *parts, struct node *node)
{
	struct parser *p = parts->p;
	struct node *spec = node_new(p, NODE_FSTRING, NULL, NULL);
	if (!spec)
		return false;
	if (parts->depth == SPECS_MAX)
		return fstring_fail(parts, "expressions nested too deeply");
	/* ":=" is a colon and the spec's first sign */
	struct parts inside = { p, parts->token, p->token.at + 1, parts->end, &spec->a, parts->depth + 1 };
	if (!parse_parts(&inside))
		return false;
	parts->at = inside.at;
	node->b = spec;
	return true;
}

/* {x=}: the text up to here, then the value. */
static bool parse_echo(struct parts *parts, const char *from, struct node *node)
{
	struct parser *p = parts->p;
	const char *end = p->token.end;
	while (end < parts->end && *end == ' ')
		end++;
	if (!add_text(parts, from, (size_t)(end - from)) || !parser_next(p))
		return false;
	if (p->token.kind != TOKEN_COLON)
		node->op = 'r';
	return true;
}

/* The parser stands behind the "{", inside of the literal. */
static bool parse_field(struct parts *parts)
{
	struct parser *p = parts->p;
	const char *from = parts->at;
	if (!parser_next(p))
		return false;
	if (p->token.kind == TOKEN_CLOSE_CURLY || p->token.kind == TOKEN_BANG || p->token.kind == TOKEN_COLON)
		return fstring_fail(parts, "empty expression not allowed");
	if (p->token.kind == TOKEN_END)
		return fstring_fail(parts, "expecting '}'");
	struct node *value = parse_list(p), *node = value ? node_new(p, NODE_FORMAT, value, NULL) : NULL;
	if (!node || (p->token.kind == TOKEN_SET && !parse_echo(parts, from, node)))
		return false;
	if (p->token.kind == TOKEN_BANG && !parse_conversion(parts, node))
		return false;
	node->place = value->place;
	parts->at = p->token.at;
	if ((p->token.kind == TOKEN_COLON || p->token.kind == TOKEN_WALRUS) && !parse_spec(parts, node))
		return false;
	if (parts->at >= parts->end || *parts->at != '}')
		return fstring_fail(parts, "expecting '}'");
	parts->at++;
	return add_part(parts, node);
}

static bool parse_replacement(struct parts *parts)
{
	struct parser *p = parts->p;
	const struct lexer outer = p->lexer;
	const struct token token = p->token;
	p->lexer.at = parts->at;
	p->lexer.end = parts->end;
	p->lexer.is_inside = true;
	p->lexer.open_count = 0;
	const bool is_right = parser_enter(p) && parse_field(parts);
	if (is_right) {
		const struct lexer inner = p->lexer;
		parser_leave(p);
		p->lexer = outer;
		p->lexer.counted = inner.counted;       /* so that columns are counted once */
		p->lexer.here = inner.here;
		p->token = token;
	}
	return is_right;
}

/* ---- the text between --------------------------------------------------------------------------------- */

/* Up to the end, or, in a spec, to the "}" behind it. */
static bool parse_parts(struct parts *parts)
{
	const char *from = parts->at;
	while (parts->at < parts->end) {
		const char c = *parts->at, next = parts->at + 1 < parts->end ? parts->at[1] : '\0';
		if (c != '{' && c != '}') {
			parts->at++;
			continue;
		}
		const bool is_doubled = next == c && parts->depth == 0;
		if (!add_text(parts, from, (size_t)(parts->at - from) + is_doubled))
			return false;
		if (c == '}' && !is_doubled)
			return parts->depth > 0 || fstring_fail(parts, "single '}' is not allowed");
		parts->at += is_doubled ? 2 : 1;
		if (!is_doubled && !parse_replacement(parts))
			return false;
		from = parts->at;
	}
	return add_text(parts, from, (size_t)(parts->at - from));
}

/* ---- strings side by side ----------------------------------------------------------------------------- */

static bool add_string(struct parts *parts, const struct token *token)
{
	parts->token = token;
	parts->at = token->inside;
	parts->end = token->inside + token->size;
	return token->is_format ? parse_parts(parts) : add_text(parts, token->inside, token->size);
}

/* One constant of all parts, which are texts. */
static struct node *join_constants(struct parser *p, const struct node *parts, bool is_bytes)
{
	size_t size = 0;
	for (const struct node *node = parts; node; node = node->next)
		size += as_text(node->value)->size;
	struct text *text = text_new(p->source->s, is_bytes ? &rt_type_bytes : &rt_type_str, size);
	if (!text)
		return NULL;
	char *to = text->bytes;
	for (const struct node *node = parts; node; node = node->next) {
		memcpy(to, as_text(node->value)->bytes, as_text(node->value)->size);
		to += as_text(node->value)->size;
	}
	text_counted(text);
	return node_const(p, rt_any_of(&text->head));
}

struct node *parse_strings(struct parser *p)
{
	struct node *node = node_new(p, NODE_FSTRING, NULL, NULL);
	if (!node)
		return NULL;
	const bool is_bytes = p->token.is_bytes;
	const struct place place = p->token.place;
	struct parts parts = { .p = p, .last = &node->a };
	bool is_format = false;
	while (p->token.kind == TOKEN_STRING) {
		const struct token token = p->token;
		if (token.is_bytes != is_bytes)
			return syntax_error(p->source, RT_SyntaxError, place, "cannot mix bytes and nonbytes literals");
		is_format |= token.is_format;
		if (!add_string(&parts, &token) || !parser_next(p))
			return NULL;
	}
	struct node *part = node->a;
	while (part && part->kind == NODE_CONST)
		part = part->next;
	if (!part)
		node = join_constants(p, node->a, is_bytes);
	if (node) {
		node->place = place;
		node->op = is_format;
	}
	for (; part && node; part = part->next)
		if (part->kind == NODE_FORMAT && part->a->depth >= node->depth)
			node->depth = (uint16_t)(part->a->depth + 1);
	return node;
}
