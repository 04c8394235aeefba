/* SPDX-License-Identifier: MIT */
/* small.c - tokens become small statements, those that fit between semicolons: assignments, del, return, import ...;
 * and what may be assigned to. What is left out of the language is refused by name. */
#include "tree.h"

/* ---- what can be set ---------------------------------------------------------------------------------- */

static const char *name_of_const(struct rt_any value)
{
	return value.type == &rt_type_none ? "None"
	     : value.type != &rt_type_bool ? "literal"
	     : value.num                   ? "True"
	                                   : "False";
}

const char *node_name(const struct node *node)
{
	switch (node->kind) {
	case NODE_CONST:         return name_of_const(node->value);
	case NODE_ATTRIBUTE:     return "attribute";
	case NODE_ITEM:          return "subscript";
	case NODE_CALL:          return "function call";
	case NODE_COMPARE:       return "comparison";
	case NODE_CHOICE:        return "conditional expression";
	case NODE_TUPLE:         return "tuple";
	case NODE_LIST:          return "list";
	case NODE_SET:           return "set display";
	case NODE_DICT:          return "dict literal";
	case NODE_GENERATOR:     return "generator expression";
	case NODE_COMPREHENSION: return node->op == NODE_LIST ? "list comprehension" : node->op == NODE_DICT
	                              ? "dict comprehension" : "set comprehension";
	case NODE_FSTRING:       return "f-string expression";
	case NODE_LAMBDA:        return "lambda";
	case NODE_YIELD:         return "yield expression";
	default:                 return "expression";
	}
}

/* Was "==" meant, perhaps? */
static bool may_be_compared(const struct node *node)
{
	switch (node->kind) {
	case NODE_CONST:         return *node_name(node) == 'l';
	case NODE_CALL:
	case NODE_UNARY:
	case NODE_BINARY:
	case NODE_FSTRING:
	case NODE_COMPREHENSION:
	case NODE_DICT:
	case NODE_SET:           return true;
	default:                 return false;
	}
}

bool parse_use(struct parser *p, struct node *node, enum use use, const char *hint)
{
	if (node->kind == NODE_TUPLE || node->kind == NODE_LIST) {
		for (struct node *part = node->a; part; part = part->next)
			if (!parse_use(p, part, use, ""))
				return false;
		node->op = (uint8_t)use;
		return true;
	}
	if (node->kind == NODE_STAR)
		return syntax_error(p->source, RT_SyntaxError, node->place, "there is no * in targets here") != NULL;
	if (node->kind == NODE_NAME || node->kind == NODE_ATTRIBUTE || node->kind == NODE_ITEM) {
		node->op = (uint8_t)use;
		return true;
	}
	return syntax_error(p->source, RT_SyntaxError, node->place, "cannot %s %s%s",
	                    use == USE_DELETE ? "delete" : "assign to", node_name(node),
	                    may_be_compared(node) ? hint : "") != NULL;
}

static const char equal_hint[] = " here. Maybe you meant '==' instead of '='?";

/* targets "=" targets "=" ... value */
static struct node *parse_assign(struct parser *p, struct node *first)
{
	struct node *node = node_new(p, NODE_ASSIGN, first, NULL), *last = first;
	if (!node)
		return NULL;
	for (;;) {
		if (!parse_use(p, last, USE_STORE, equal_hint) || !parser_next(p))
			return NULL;
		struct node *value = parse_list(p);
		if (!value)
			return NULL;
		if (p->token.kind != TOKEN_SET) {
			node->b = value;
			return node;
		}
		last->next = value;
		last = value;
	}
}

static char operator_of(enum token_kind kind)
{
	static const struct { uint8_t kind; char op; } operators[] = {
		{ TOKEN_ADD_SET, '+' },    { TOKEN_SUBTRACT_SET, '-' }, { TOKEN_TIMES_SET, '*' },
		{ TOKEN_DIVIDE_SET, 'd' }, { TOKEN_SLASH_SET, '/' },    { TOKEN_MODULO_SET, '%' },
		{ TOKEN_POWER_SET, 'p' },  { TOKEN_AND_SET, '&' },      { TOKEN_OR_SET, '|' },
		{ TOKEN_XOR_SET, '^' },    { TOKEN_LEFT_SET, '<' },     { TOKEN_RIGHT_SET, '>' },
		{ TOKEN_AT_SET, '@' },
	};
	for (size_t i = 0; i < RT_COUNT(operators); i++)
		if (operators[i].kind == kind)
			return operators[i].op;
	return '\0';
}

static struct node *parse_augment(struct parser *p, struct node *target, char op)
{
	const struct place place = p->token.place;
	if (target->kind != NODE_NAME && target->kind != NODE_ATTRIBUTE && target->kind != NODE_ITEM)
		return syntax_error(p->source, RT_SyntaxError, target->place,
		                    "'%s' is an illegal expression for augmented assignment", node_name(target));
	struct node *value = parser_next(p) ? parse_list(p) : NULL;
	struct node *node = value ? node_new(p, NODE_AUGMENT, target, value) : NULL;
	if (!node)
		return NULL;
	target->op = USE_STORE;
	node->op = (uint8_t)op;
	node->place = place;
	return node;
}

/* x: annotation [= value]; the annotation means nothing */
static struct node *parse_annotated(struct parser *p, struct node *target)
{
	if (!parser_next(p) || !parse_expression(p))
		return NULL;
	return p->token.kind == TOKEN_SET ? parse_assign(p, target) : node_new(p, NODE_PASS, NULL, NULL);
}

static bool begins_operand(enum token_kind kind)
{
	return kind == TOKEN_NAME || kind == TOKEN_STRING || kind == TOKEN_NUMBER;
}

static struct node *parse_expression_statement(struct parser *p)
{
	struct node *value = parse_list(p);
	if (!value)
		return NULL;
	const char op = operator_of(p->token.kind);
	if (op)
		return parse_augment(p, value, op);
	if (p->token.kind == TOKEN_SET)
		return parse_assign(p, value);
	if (p->token.kind == TOKEN_COLON &&
	    (value->kind == NODE_NAME || value->kind == NODE_ATTRIBUTE || value->kind == NODE_ITEM))
		return parse_annotated(p, value);
	if (value->kind == NODE_NAME && begins_operand(p->token.kind) &&
	    strcmp(as_text(value->value)->bytes, "print") == 0)
		return syntax_error(p->source, RT_SyntaxError, value->place,
		                    "Missing parentheses in call to 'print'. Did you mean print(...)?");
	struct node *node = node_new(p, NODE_EXPRESSION, value, NULL);
	if (node)
		node->place = value->place;
	return node;
}

/* ---- small statements --------------------------------------------------------------------------------- */

static bool ends_statement(const struct parser *p)
{
	return p->token.kind == TOKEN_NEWLINE || p->token.kind == TOKEN_SEMICOLON || p->token.kind == TOKEN_END;
}

static struct node *parse_return(struct parser *p, enum node_kind kind)
{
	struct node *node = node_statement(p, kind);
	if (!node || ends_statement(p))
		return node;
	node->a = kind == NODE_RETURN ? parse_list(p) : parse_expression(p);
	return node->a ? node : NULL;
}

static struct node *parse_del(struct parser *p)
{
	struct node *node = node_statement(p, NODE_DEL);
	if (!node)
		return NULL;
	node->a = parse_list(p);
	return node->a && parse_use(p, node->a, USE_DELETE, "") ? node : NULL;
}

static struct node *parse_global(struct parser *p, enum node_kind kind)
{
	struct node *node = node_new(p, kind, NULL, NULL), **last = node ? &node->a : NULL;
	if (!node)
		return NULL;
	do {
		if (!parser_next(p))
			return NULL;
		*last = p->token.kind == TOKEN_NAME ? node_text(p, NODE_NAME, &p->token) : unexpected(p);
		if (!*last || !parser_next(p))
			return NULL;
		last = &(*last)->next;
	} while (p->token.kind == TOKEN_COMMA);
	return node;
}

static struct node *parse_assert(struct parser *p)
{
	struct node *node = node_statement(p, NODE_ASSERT);
	bool has_message;
	if (!node || !(node->a = parse_expression(p)) || !parser_accept(p, TOKEN_COMMA, &has_message))
		return NULL;
	if (has_message && !(node->b = parse_expression(p)))
		return NULL;
	return node;
}

/* name ("." name)*; only the first counts */
static struct node *parse_module_name(struct parser *p)
{
	struct node *node = p->token.kind == TOKEN_NAME ? node_text(p, NODE_IMPORT, &p->token) : unexpected(p);
	if (!node || !parser_next(p))
		return NULL;
	while (p->token.kind == TOKEN_DOT)
		if (!parser_next(p) || !parser_expect(p, TOKEN_NAME, NULL))
			return NULL;
	return node;
}

/* ["as" name], which becomes an assignment where it says another name */
static struct node *parse_import_name(struct parser *p)
{
	bool is_renamed;
	struct node *node = p->token.kind == TOKEN_NAME ? node_text(p, NODE_NAME, &p->token) : unexpected(p);
	if (!node || !parser_next(p) || !parser_accept(p, TOKEN_AS, &is_renamed))
		return NULL;
	if (!is_renamed)
		return node_new(p, NODE_EXPRESSION, node, NULL);        /* a name that must be known */
	struct node *target = p->token.kind == TOKEN_NAME ? node_text(p, NODE_NAME, &p->token) : unexpected(p);
	if (!target || !parser_next(p))
		return NULL;
	target->op = USE_STORE;
	return node_new(p, NODE_ASSIGN, target, node);
}

static struct node *parse_import_names(struct parser *p, struct node *module)
{
	bool is_all, has_parenthesis;
	if (!parser_accept(p, TOKEN_STAR, &is_all))
		return NULL;
	if (is_all)
		return module;
	if (!parser_accept(p, TOKEN_OPEN, &has_parenthesis))
		return NULL;
	struct node **last = &module->b;
	for (bool is_more = true; is_more; ) {
		*last = parse_import_name(p);
		if (!*last || !parser_accept(p, TOKEN_COMMA, &is_more))
			return NULL;
		is_more &= !(has_parenthesis && p->token.kind == TOKEN_CLOSE);
		last = &(*last)->next;
	}
	return !has_parenthesis || parser_expect(p, TOKEN_CLOSE, NULL) ? module : NULL;
}

/* "import" ..., "from" ... "import" ...: IMPORT, whose b are the names that are taken. */
static struct node *parse_import(struct parser *p)
{
	const bool is_from = p->token.kind == TOKEN_FROM;
	const struct place place = p->token.place;
	if (!parser_next(p))
		return NULL;
	struct node *node = parse_module_name(p);
	if (!node)
		return NULL;
	node->place = place;
	node->op = is_from;
	if (is_from)
		return parser_expect(p, TOKEN_IMPORT, NULL) ? parse_import_names(p, node) : NULL;
	for (bool is_renamed, is_more = true; is_more; ) {      /* the first is an error already */
		if (!parser_accept(p, TOKEN_AS, &is_renamed) || (is_renamed && !parser_expect(p, TOKEN_NAME, NULL)) ||
		    !parser_accept(p, TOKEN_COMMA, &is_more) || (is_more && !parse_module_name(p)))
			return NULL;
	}
	return node;
}

struct node *parse_small(struct parser *p)
{
	switch (p->token.kind) {
	case TOKEN_PASS:     return node_statement(p, NODE_PASS);
	case TOKEN_BREAK:    return node_statement(p, NODE_BREAK);
	case TOKEN_CONTINUE: return node_statement(p, NODE_CONTINUE);
	case TOKEN_RETURN:   return parse_return(p, NODE_RETURN);
	case TOKEN_RAISE:    return parse_return(p, NODE_RAISE);
	case TOKEN_DEL:      return parse_del(p);
	case TOKEN_GLOBAL:   return parse_global(p, NODE_GLOBAL);
	case TOKEN_NONLOCAL: return parse_global(p, NODE_NONLOCAL);
	case TOKEN_ASSERT:   return parse_assert(p);
	case TOKEN_IMPORT:
	case TOKEN_FROM:     return parse_import(p);
	default:             return parse_expression_statement(p);
	}
}
