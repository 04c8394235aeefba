/* SPDX-License-Identifier: MIT */
/* compile.c - the pipeline: text -> tokens -> tree -> tests -> graph -> program, and what the rest of ringtap sees of
 * it. A filter keeps its tests, for the reference (judge.c); the tokens, the tree and the graph are given back. */
#include <errno.h>
#include <stdlib.h>
#include "field.h"

static int check_link(struct compiler *c, const struct node *tree)
{
	c->link = link_find(c->options.link);
	if (c->link || !tree)
		return 0;
	return rt_fail(c->error, EAFNOSUPPORT, "filters on link type %u are not supported", c->options.link);
}

int compile_tests(struct compiler *c, struct node **tree, struct test **tests)
{
	int rc = lexer_run(c);
	rc = rc ? rc : parser_run(c, tree);
	rc = rc ? rc : check_link(c, *tree);
	return rc ? rc : meaning_run(c, *tree, tests);
}

/* ---- how large programs become ------------------------------------------------------------------------------ */

/* Comparisons in the tests. In the program they stand once for untagged packets and once more for others, but for the
 * searches for hosts. */
struct weight { size_t in_bodies, in_hosts; };

static void weigh(struct weight *weight, const struct test *test, bool is_in_hosts)
{
	size_t *sum = is_in_hosts ? &weight->in_hosts : &weight->in_bodies;
	*sum += test->kind == TEST_COMPARE;
	if (test->kind == TEST_HOSTS)
		weigh(weight, test->hosts->test, true);
	for (uint32_t i = 0; test->kind == TEST_CASES && i < test->cases->count; i++) {
		*sum += 1;
		if (test->cases->at[i].test)
			weigh(weight, test->cases->at[i].test, is_in_hosts);
	}
	if (test->kind == TEST_NOT || test->kind == TEST_AND || test->kind == TEST_OR)
		for (const struct test *child = test->child; child; child = child->next)
			weigh(weight, child, is_in_hosts);
}

/* Tests built twice would be too many for the kernel; then once is enough to be right. */
static bool is_small(const struct test *tests)
{
	struct weight weight = { 0 };
	weigh(&weight, tests, false);
	return 2 * weight.in_bodies + weight.in_hosts <= 2 * BPF_MAXINSNS;
}

/* ---- the pipeline ------------------------------------------------------------------------------------------------ */

static int build(struct compiler *c, struct test *tests, bool is_special, struct program *program)
{
	struct graph graph = { .is_special = is_special };
	struct block *entry;
	int rc = graph_run(&graph, c, tests, &entry);
	graph_close(&graph);
	if (rc)
		return rc;
	if (!c->options.is_plain)
		entry = optimize_run(&graph, entry);
	if (!entry)
		return rt_fail(c->error, ENOMEM, "no memory");
	rc = emit_run(&graph, entry, program);
	if (rc == 0 && !verify(program->insns, program->count))
		rc = rt_fail(c->error, EPROTO, "the compiler made a program that the kernel would refuse");
	return rc;
}

/* What looked small enough may still be too large. */
int compile_program(struct compiler *c, struct test *tests, struct program *program)
{
	tests = field_widen(c, tests);
	if (!tests)
		return rt_fail(c->error, ENOMEM, "no memory");
	const bool is_special = has_pass(c, PASS_SPECIAL) && is_small(tests);
	int rc = build(c, tests, is_special, program);
	if (rc == 0 && program->count > BPF_MAXINSNS && is_special) {
		free(program->insns);
		program->insns = NULL;
		rc = build(c, tests, false, program);
	}
	return rc;
}

int rt_filter_compile(struct rt_filter **filter, const char *text, const struct rt_filter_options *options,
                      struct rt_error *error)
{
	*error = (struct rt_error){ 0 };
	*filter = NULL;
	struct rt_filter *made = calloc(1, sizeof *made);
	if (!made)
		return rt_fail(error, ENOMEM, "no memory");
	struct node *tree;
	made->compiler = (struct compiler){ .options = *options, .error = error, .text = text ? text : "",
	                                    .arena.limit = FILTER_MEMORY_MAX, .scratch.limit = FILTER_MEMORY_MAX };
	int rc = compile_tests(&made->compiler, &tree, &made->tests);
	rt_arena_free(&made->compiler.scratch);          /* tokens and tree: what they meant is in the tests */
	rc = rc ? rc : compile_program(&made->compiler, made->tests, &made->program);
	if (rc == 0 && field_is_asked(&made->compiler))
		rc = rt_dissector_new(&made->dissector, error);
	rt_arena_free(&made->compiler.scratch);
	rc = rc ? rc : machine_open(made, error);
	free(made->compiler.joined);
	made->compiler.joined = NULL;
	made->compiler.text = NULL;                      /* the caller's: not to be looked at from now on */
	made->compiler.error = NULL;
	made->compiler.edges = NULL;
	made->compiler.options.names = NULL;
	if (rc) {
		rt_filter_free(made);
		return rc;
	}
	*filter = made;
	return 0;
}

void rt_filter_free(struct rt_filter *filter)
{
	if (!filter)
		return;
	rt_arena_free(&filter->compiler.arena);
	machine_close(filter);
	rt_dissector_free(filter->dissector);
	free(filter->program.insns);
	free(filter);
}

const struct sock_filter *rt_filter_program(const struct rt_filter *filter, size_t *count)
{
	*count = filter->program.count;
	return filter->program.insns;
}

unsigned rt_filter_rest(const struct rt_filter *filter)
{
	return (filter->compiler.is_wide_aside ? RT_FILTER_TAGS : 0u) | (filter->dissector ? RT_FILTER_FIELDS : 0u);
}

const char *rt_filter_rest_text(const struct rt_filter *filter)
{
	for (const struct field_test *test = filter->compiler.fields; test; test = test->next)
		if (test->where == FIELD_HERE)
			return test->text;
	return NULL;
}

bool rt_filter_is_pcap(const struct rt_filter *filter) { return filter->compiler.options.is_pcap; }
