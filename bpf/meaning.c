/* SPDX-License-Identifier: MIT */
/* meaning.c - the tree becomes tests on places in a packet, for one link type. The walk is in the order of the text,
 * because in --pcap-filter `vlan` shifts all that stands behind it. Each kind of primitive has a file of its own; they
 * and places.c are all that knows protocols. */
#include <errno.h>
#include "meaning.h"

/* ---- the walk, in the order of the text ------------------------------------------------------------------------- */

/* Several ids are alternatives: `port 80 or 443`, and sets. */
static struct test *mean_ids(struct compiler *c, const struct scope *scope, const struct ids *ids)
{
	switch (ids->first->qualifiers.type) {
	case WORD_PORT:
	case WORD_PORTRANGE: return mean_ports(c, scope, ids);
	case WORD_PROTO:     return mean_number(c, scope, ids->first);
	}
	return mean_addresses(c, scope, ids);
}

/* May the two be items of one set? Not `src and dst`, which asks for one item in both places. */
static bool is_alike(const struct node *a, const struct node *b)
{
	const struct qualifiers *q = &a->qualifiers, *r = &b->qualifiers;
	const bool is_port = q->type == WORD_PORT || q->type == WORD_PORTRANGE;
	return b->kind == NODE_ID && q->proto == r->proto && q->direction == r->direction && q->type != WORD_PROTO &&
	       r->type != WORD_PROTO && is_port == (r->type == WORD_PORT || r->type == WORD_PORTRANGE);
}

/* The longest chain of alternatives that begins here; at least the node itself. */
static struct ids gather(const struct node *list, const struct node *first)
{
	struct ids ids = { .first = first, .count = 1 };
	const bool may_join = list->kind == NODE_OR && (list->is_set || first->qualifiers.direction != DIRECTION_BOTH);
	for (const struct node *next = first->next; may_join && next && is_alike(first, next); next = next->next)
		ids.count++;
	return ids;
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
	case NODE_ID:       return mean_ids(c, scope, &(struct ids){ .first = node, .count = 1 });
	case NODE_WORD:     return mean_word(c, scope, node);
	case NODE_RELATION: return mean_relation(c, scope, node);
	case NODE_AND:
	case NODE_OR:
	case NODE_NOT:      break;
	}
	struct test *list = test_new(c, (enum test_kind)kinds[node->kind]);
	for (const struct node *child = node->child; list && child; ) {
		struct ids ids = { .count = 1 };
		if (child->kind == NODE_ID)
			ids = gather(node, child);
		if (!test_add(list, child->kind == NODE_ID ? mean_ids(c, scope, &ids) : mean(c, scope, child)))
			return NULL;
		for (; ids.count > 0; ids.count--)
			child = child->next;
	}
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
