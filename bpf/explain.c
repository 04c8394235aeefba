/* SPDX-License-Identifier: MIT */
/* explain.c - shows what every stage made of an expression (--explain): for the newcomer, for bug reports, and for
 * whoever works on a stage. */
#include <errno.h>
#include <stdlib.h>
#include "field.h"

static void put_symbol(struct rt_text *out, uint16_t symbol)
{
	static const char *const doubles[] = { "<<", ">>", "!=", "<=", ">=" };
	if (symbol >= SYMBOL_SHIFT_LEFT)
		rt_put_string(out, doubles[symbol - SYMBOL_SHIFT_LEFT]);
	else
		rt_put_char(out, (char)symbol);
}

static void put_token(struct rt_text *out, const struct compiler *c, const struct token *token)
{
	rt_put_escaped(out, (const uint8_t *)c->text + token->at, token->length);
}

static void put_indent(struct rt_text *out, unsigned depth) { rt_put_spaces(out, 2 + 2 * (size_t)depth); }

/* ---- tokens ----------------------------------------------------------------------------------------------- */

static void show_tokens(struct rt_text *out, const struct compiler *c)
{
	static const char *const kinds[] = { "end", "word", "name", "number", "ip4", "ip6", "mac", "symbol", "file",
	                                     "string" };
	rt_put_string(out, "tokens\n");
	for (uint32_t i = 0; i + 1 < c->token_count; i++) {
		put_indent(out, 0);
		rt_put_format(out, "%d %s ", (int)c->tokens[i].at + 1, kinds[c->tokens[i].kind]);
		put_token(out, c, &c->tokens[i]);
		rt_put_char(out, '\n');
	}
}

/* ---- the tree ------------------------------------------------------------------------------------------------- */

static void put_expr(struct rt_text *out, const struct compiler *c, const struct expr *expr)
{
	switch ((enum expr_kind)expr->kind) {
	case EXPR_NUMBER: rt_put_num(out, expr->number); return;
	case EXPR_LEN:    rt_put_string(out, "len"); return;
	case EXPR_FIELD:  put_token(out, c, expr->token); return;
	case EXPR_NEGATE:
		rt_put_char(out, '-');
		put_expr(out, c, expr->left);
		return;
	case EXPR_LOAD:
		rt_put_format(out, "%s[", expr->base->spelling);
		put_expr(out, c, expr->left);
		rt_put_format(out, ":%d]", expr->size);
		return;
	case EXPR_BINARY: break;
	}
	rt_put_char(out, '(');
	put_expr(out, c, expr->left);
	rt_put_char(out, ' ');
	put_symbol(out, expr->op);
	rt_put_char(out, ' ');
	put_expr(out, c, expr->right);
	rt_put_char(out, ')');
}

static void put_id(struct rt_text *out, const struct compiler *c, const struct node *node)
{
	static const char *const directions[] = { "", "src ", "dst ", "src and dst ", "addr1 ", "addr2 ", "addr3 ", "addr4 ",
	                                          "ra ", "ta " };
	static const struct { uint8_t type; const char *name; } types[] = {
		{ WORD_HOST, "host " }, { WORD_NET, "net " }, { WORD_PORT, "port " }, { WORD_PORTRANGE, "portrange " },
		{ WORD_PROTO, "proto " }, { WORD_PROTOCHAIN, "protochain " }, { WORD_GATEWAY, "gateway " },
		{ WORD_NONE, "host " },
	};
	const struct qualifiers *q = &node->qualifiers;
	if (q->proto)
		rt_put_format(out, "%s ", q->proto->spelling);
	rt_put_string(out, directions[q->direction]);
	for (size_t i = 0; i < RT_COUNT(types); i++)
		if (types[i].type == q->type)
			rt_put_string(out, types[i].name);
	put_token(out, c, node->token);
	if (node->argument) {
		rt_put_string(out, node->argument->kind == TOKEN_NUMBER ? "/" : " mask ");
		put_token(out, c, node->argument);
	}
}

static void put_word_arguments(struct rt_text *out, const struct compiler *c, const struct node *node)
{
	if (node->argument) {
		rt_put_char(out, ' ');
		put_token(out, c, node->argument);
	}
	if (node->second && node->relation) {
		rt_put_char(out, ' ');
		put_symbol(out, node->relation);
	} else if (node->second) {
		rt_put_string(out, " subtype");
	}
	if (node->second) {
		rt_put_char(out, ' ');
		put_token(out, c, node->second);
	}
}

/* As it was written, but for what would not show. */
static void put_written(struct rt_text *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		rt_put_char(out, text[i] >= ' ' && text[i] < 127 ? text[i] : ' ');
}

static void put_leaf(struct rt_text *out, const struct compiler *c, const struct node *node)
{
	if (node->kind == NODE_ID) {
		put_id(out, c, node);
	} else if (node->kind == NODE_FIELD) {
		put_written(out, c->text + node->token->at, node->end - node->token->at);
	} else if (node->kind == NODE_WORD) {
		if (node->qualifiers.proto)
			rt_put_format(out, "%s ", node->qualifiers.proto->spelling);
		rt_put_string(out, node->token->word->spelling);
		put_word_arguments(out, c, node);
	} else {
		put_expr(out, c, node->left);
		rt_put_char(out, ' ');
		put_symbol(out, node->relation);
		rt_put_char(out, ' ');
		put_expr(out, c, node->right);
	}
}

static void show_tree(struct rt_text *out, const struct compiler *c, const struct node *node, unsigned depth)
{
	static const char *const names[] = { [NODE_AND] = "and", [NODE_OR] = "or", [NODE_NOT] = "not" };
	put_indent(out, depth);
	if (node->kind > NODE_NOT)
		put_leaf(out, c, node);
	else
		rt_put_string(out, names[node->kind]);
	rt_put_char(out, '\n');
	for (const struct node *child = node->child; child; child = child->next)
		show_tree(out, c, child, depth + 1);
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static void put_fact(struct rt_text *out, unsigned fact)
{
	static const char *const names[] = { "", "src", "dst", "shift", "type", "net", "proto6", "l6", "later6", "header",
	                                     "payload", "flags" };
	if (fact < RT_COUNT(names))
		rt_put_string(out, names[fact]);
	else
		rt_put_format(out, "own%u", fact - FACT_OWN + 1);
}

static void put_sum(struct rt_text *out, const struct sum *sum);

/* "byte[net + 9]", "word[net + 4*(net[0]&0xf) + 2]" */
static void put_load(struct rt_text *out, const struct sum *sum)
{
	rt_put_string(out, sum->size == 1 ? "byte[" : sum->size == 2 ? "half[" : "word[");
	if (sum->fact) {
		put_fact(out, sum->fact);
		rt_put_string(out, " + ");
	}
	if (sum->is_behind_ip) {
		rt_put_string(out, "4*([");
		put_fact(out, sum->fact);
		rt_put_format(out, "%s%u]&0xf) + ", sum->fact ? " + " : "", sum->ip_at);
	}
	rt_put_format(out, "%d", (int)sum->number);
	if (sum->left) {
		rt_put_string(out, " + ");
		put_sum(out, sum->left);
	}
	rt_put_char(out, ']');
}

static void put_sum(struct rt_text *out, const struct sum *sum)
{
	switch ((enum sum_kind)sum->kind) {
	case SUM_NUMBER: rt_put_format(out, "0x%x", sum->number); return;
	case SUM_LEN:    rt_put_string(out, "len"); return;
	case SUM_FACT:   put_fact(out, sum->fact); return;
	case SUM_ASIDE:  rt_put_format(out, "aside[%u]", sum->number); return;
	case SUM_FIELD:  rt_put_string(out, "field"); return;
	case SUM_LOAD:   put_load(out, sum); return;
	case SUM_NEGATE:
		rt_put_char(out, '-');
		put_sum(out, sum->left);
		return;
	case SUM_BINARY: break;
	}
	rt_put_char(out, '(');
	put_sum(out, sum->left);
	rt_put_char(out, ' ');
	put_symbol(out, sum->op);
	rt_put_char(out, ' ');
	put_sum(out, sum->right);
	rt_put_char(out, ')');
}

static const char *const compares[] = { "==", ">", ">=", "has a bit of", "" };

static void show_tests(struct rt_text *out, const struct test *test, unsigned depth);

static void show_cases(struct rt_text *out, const struct test *test, unsigned depth)
{
	put_sum(out, test->left);
	rt_put_format(out, " is one of %u\n", test->cases->count);
	for (uint32_t i = 0; i < test->cases->count; i++) {
		const struct range *range = &test->cases->at[i];
		put_indent(out, depth + 1);
		rt_put_format(out, range->low == range->high ? "0x%x\n" : "0x%x-0x%x\n", range->low, range->high);
		if (range->test)
			show_tests(out, range->test, depth + 2);
	}
}

static void show_hosts(struct rt_text *out, const struct test *test, unsigned depth)
{
	rt_put_string(out, "addresses\n");
	for (uint32_t i = 0; i < test->hosts->count; i++) {
		show_tests(out, test->hosts->in[i].is_there, depth + 1);
		put_indent(out, depth + 2);
		put_sum(out, test->hosts->in[i].src);
		rt_put_char(out, ' ');
		put_sum(out, test->hosts->in[i].dst);
		rt_put_char(out, '\n');
	}
	show_tests(out, test->hosts->test, depth + 1);
}

static void show_tests(struct rt_text *out, const struct test *test, unsigned depth)
{
	static const char *const names[] = { [TEST_FALSE] = "never", [TEST_TRUE] = "always", [TEST_NOT] = "not",
	                                     [TEST_AND] = "and", [TEST_OR] = "or",
	                                     [TEST_WALK] = "walk past the IPv6 extension headers" };
	put_indent(out, depth);
	if (test->kind == TEST_CASES) {
		show_cases(out, test, depth);
		return;
	}
	if (test->kind == TEST_HOSTS) {
		show_hosts(out, test, depth);
		return;
	}
	if (test->kind == TEST_STORE) {
		rt_put_string(out, "find ");
		put_fact(out, test->fact);
		rt_put_string(out, ": ");
		put_sum(out, test->left);
	} else if (test->kind == TEST_FIELD) {
		put_written(out, test->field->text, strlen(test->field->text));
	} else if (test->kind == TEST_COMPARE) {
		put_sum(out, test->left);
		rt_put_format(out, " %s ", compares[test->compare]);
		put_sum(out, test->right);
	} else {
		rt_put_string(out, names[test->kind]);
	}
	rt_put_char(out, '\n');
	const bool has_children = test->kind == TEST_NOT || test->kind == TEST_AND || test->kind == TEST_OR ||
	                          test->kind == TEST_WALK;
	for (const struct test *child = has_children ? test->child : NULL; child; child = child->next)
		show_tests(out, child, depth + 1);
}

/* Which tests of fields the program answers, and which the dissector; then what the program asks in their place. */
static void show_fields(struct rt_text *out, struct compiler *c, struct test *tests)
{
	static const char *const where[] = {
		[FIELD_IN_KERNEL] = "in the kernel",
		[FIELD_NEARLY] = "in the kernel, and in ringtap for packets in packets and other rare ones",
		[FIELD_HERE] = "in ringtap, for what the kernel lets through",
	};
	if (!c->fields)
		return;
	rt_put_string(out, "fields\n");
	for (const struct field_test *test = c->fields; test; test = test->next) {
		put_indent(out, 0);
		put_written(out, test->text, strlen(test->text));
		rt_put_format(out, ": %s\n", where[test->where]);
	}
	struct test *wide = field_is_asked(c) ? field_widen(c, tests) : NULL;
	if (!wide)
		return;
	rt_put_string(out, "tests of the kernel\n");
	show_tests(out, wide, 0);
}

static void show_facts(struct rt_text *out, const struct compiler *c)
{
	rt_put_string(out, "facts found first\n ");
	for (unsigned fact = FACT_SHIFT; fact < FACT_COUNT; fact++) {
		if (c->facts >> fact & 1) {
			rt_put_char(out, ' ');
			put_fact(out, fact);
		}
	}
	rt_put_string(out, c->facts >> FACT_SHIFT ? "\n" : " none\n");
}

/* ---- the whole ------------------------------------------------------------------------------------------------------ */

static int show_program(struct rt_text *out, struct compiler *c, struct test *tests, bool is_plain)
{
	struct rt_filter filter = { 0 };
	c->options.is_plain = is_plain;
	int rc = compile_program(c, tests, &filter.program);
	if (rc)
		return rc;
	rt_put_format(out, "program, %s: %zu instructions\n", is_plain ? "as built" : "optimised", filter.program.count);
	rt_filter_list(&filter, 1, out);
	free(filter.program.insns);
	return 0;
}

int rt_filter_explain(const char *text, const struct rt_filter_options *options, struct rt_text *out,
                      struct rt_error *error)
{
	struct node *tree = NULL;
	struct test *tests = NULL;
	*error = (struct rt_error){ 0 };
	struct compiler c = { .options = *options, .error = error, .text = text ? text : "",
	                      .arena.limit = FILTER_MEMORY_MAX, .scratch.limit = FILTER_MEMORY_MAX };
	int rc = compile_tests(&c, &tree, &tests);
	if (c.token_count)
		show_tokens(out, &c);
	if (tree) {
		rt_put_string(out, "tree\n");
		show_tree(out, &c, tree, 0);
	}
	if (rc == 0) {
		rt_put_string(out, "tests\n");
		show_tests(out, tests, 0);
		show_fields(out, &c, tests);
		show_facts(out, &c);
		rc = show_program(out, &c, tests, true);
	}
	if (rc == 0 && !options->is_plain)
		rc = show_program(out, &c, tests, false);
	rt_arena_free(&c.arena);
	rt_arena_free(&c.scratch);
	free(c.joined);
	return rc;
}
