/* SPDX-License-Identifier: MIT */
/* meaning.c - the tree becomes tests on places in a packet, for one link type. The walk is in the order of the text,
 * because in --pcap-filter `vlan` shifts all that stands behind it. Each kind of primitive has a file of its own; they
 * and places.c are all that knows protocols. */
#include <errno.h>
#include "meaning.h"

/* ---- the walk, in the order of the text ------------------------------------------------------------------------- */

static struct test *mean_id(struct compiler *c, const struct scope *scope, const struct node *node)
{
	switch (node->qualifiers.type) {
	case WORD_PORT:
	case WORD_PORTRANGE: return mean_port(c, scope, node);
	case WORD_PROTO:     return mean_number(c, scope, node);
	}
	return mean_address(c, scope, node);
}

static struct test *mean_word(struct compiler *c, struct scope *scope, const struct node *node)
{
	switch (node->token->word->id) {
	case WORD_VLAN:      return mean_vlan(c, scope, node);
	case WORD_BROADCAST:
	case WORD_MULTICAST: return mean_cast(c, scope, node);
	case WORD_LESS:      return test_not(c, test_number(c, COMPARE_GREATER, sum_length(c), node->argument->number));
	case WORD_GREATER:   return test_number(c, COMPARE_GREATER_EQUAL, sum_length(c), node->argument->number);
	case WORD_ETHER:
		token_fail(c, node->token, "\"%s\" cannot stand alone", node->token->word->spelling);
		return NULL;
	}
	return test_protocol(c, scope, node->token->word);
}

static struct test *mean(struct compiler *c, struct scope *scope, const struct node *node)
{
	static const uint8_t kinds[] = { [NODE_AND] = TEST_AND, [NODE_OR] = TEST_OR, [NODE_NOT] = TEST_NOT };
	switch ((enum node_kind)node->kind) {
	case NODE_ID:       return mean_id(c, scope, node);
	case NODE_WORD:     return mean_word(c, scope, node);
	case NODE_RELATION: return mean_relation(c, scope, node);
	case NODE_AND:
	case NODE_OR:
	case NODE_NOT:      break;
	}
	struct test *list = test_new(c, (enum test_kind)kinds[node->kind]);
	for (const struct node *child = node->child; list && child; child = child->next)
		if (!test_add(list, mean(c, scope, child)))
			return NULL;
	return list;
}

int meaning_run(struct compiler *c, const struct node *tree, struct test **tests)
{
	struct scope scope = { 0 };
	*tests = tree ? mean(c, &scope, tree) : test_new(c, TEST_TRUE);
	if (*tests)
		return 0;
	return c->error->code == ENOMEM ? -ENOMEM : -EINVAL;
}
