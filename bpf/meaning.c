/* SPDX-License-Identifier: MIT */
/* meaning.c - the tree becomes tests on places in a packet, for one link type. The walk is in the order of the text,
 * because in --pcap-filter `vlan` shifts all that stands behind it. Each kind of primitive has a file of its own; they
 * and places.c are all that knows protocols. */
#include <errno.h>
#include "field.h"

/* ---- the walk, in the order of the text ------------------------------------------------------------------------- */

/* Several ids are alternatives: `port 80 or 443`, and sets. */
static struct test *mean_ids(struct compiler *c, const struct scope *scope, const struct ids *ids)
{
	switch (ids->first->qualifiers.type) {
	case WORD_PORT:
	case WORD_PORTRANGE: return mean_ports(c, scope, ids);
	case WORD_PROTO:
	case WORD_PROTOCHAIN: return mean_number(c, scope, ids->first);
	case WORD_GATEWAY:   return mean_gateway(c, scope, ids->first);
	}
	return mean_addresses(c, scope, ids);
}

static bool is_single(unsigned type) { return type == WORD_PROTO || type == WORD_PROTOCHAIN || type == WORD_GATEWAY; }

/* May the two be items of one set? Not `src and dst`, which asks for one item in both places. */
static bool is_alike(const struct node *a, const struct node *b)
{
	const struct qualifiers *q = &a->qualifiers, *r = &b->qualifiers;
	const bool is_port = q->type == WORD_PORT || q->type == WORD_PORTRANGE;
	const bool is_decnet = q->proto && q->proto->id == WORD_DECNET;
	return b->kind == NODE_ID && q->proto == r->proto && q->direction == r->direction && !is_decnet &&
	       !is_single(q->type) && !is_single(r->type) && is_port == (r->type == WORD_PORT || r->type == WORD_PORTRANGE);
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
	case WORD_MPLS:      return mean_mpls(c, scope, node);
	case WORD_PPPOES:    return mean_pppoes(c, scope, node);
	case WORD_PPPOED:    return test_type(c, scope, 0x8863);
	case WORD_GENEVE:
	case WORD_VXLAN:     return mean_tunnel(c, scope, node);
	case WORD_LLC:       return mean_llc(c, scope, node);
	case WORD_TYPE:
	case WORD_SUBTYPE:
	case WORD_DIR:       return mean_frame(c, scope, node);
	case WORD_BROADCAST:
	case WORD_MULTICAST: return mean_cast(c, scope, node);
	case WORD_LESS:
	case WORD_GREATER:
	case WORD_BYTE:
	case WORD_INBOUND:
	case WORD_OUTBOUND:
	case WORD_IFINDEX:   return mean_aside(c, scope, node);
	case WORD_ETHER:
	case WORD_RADIO:
		token_fail(c, node->token, "\"%.*s\" cannot stand alone", (int)node->token->length, c->text + node->token->at);
		return NULL;
	}
	return test_protocol(c, scope, node->token->word);
}

static struct test *mean(struct compiler *c, struct scope *scope, const struct node *node);

/* --pcap-filter: what a word moves, it moves for all the text behind it. Default: for what it is joined to by `and`. */
static bool mean_children(struct compiler *c, struct scope *scope, const struct node *node, struct test *list)
{
	struct scope own = *scope, *inner = c->options.is_pcap ? scope : &own;
	for (const struct node *child = node->child; child; ) {
		struct ids ids = { .count = 1 };
		if (child->kind == NODE_ID)
			ids = gather(node, child);
		if (!test_add(list, child->kind == NODE_ID ? mean_ids(c, inner, &ids) : mean(c, inner, child)))
			return false;
		if (node->kind != NODE_AND)
			own = *scope;
		for (; ids.count > 0; ids.count--)
			child = child->next;
	}
	return true;
}

static bool has_field(const struct node *node) { return expr_has_field(node->left) || expr_has_field(node->right); }

static struct test *mean(struct compiler *c, struct scope *scope, const struct node *node)
{
	static const uint8_t kinds[] = { [NODE_AND] = TEST_AND, [NODE_OR] = TEST_OR, [NODE_NOT] = TEST_NOT };
	c->now = node->token;
	switch ((enum node_kind)node->kind) {
	case NODE_ID:       return mean_ids(c, scope, &(struct ids){ .first = node, .count = 1 });
	case NODE_WORD:     return mean_word(c, scope, node);
	case NODE_RELATION:
		return has_field(node) ? mean_field_relation(c, node) : mean_relation(c, scope, node);
	case NODE_FIELD:    return mean_field(c, node);
	case NODE_AND:
	case NODE_OR:
	case NODE_NOT:      break;
	}
	struct test *list = test_new(c, (enum test_kind)kinds[node->kind]);
	return list && mean_children(c, scope, node, list) ? list : NULL;
}

int meaning_run(struct compiler *c, const struct node *tree, struct test **tests)
{
	struct scope scope = scope_start(c);
	*tests = tree ? mean(c, &scope, tree) : test_new(c, TEST_TRUE);
	if (*tests && c->link && c->link->kind == KIND_WLAN)
		*tests = wlan_find(c, *tests);
	if (*tests)
		return 0;
	return c->error->code == ENOMEM ? -ENOMEM : -EINVAL;
}
