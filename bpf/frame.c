/* SPDX-License-Identifier: MIT */
/* frame.c - words about the frame as a whole: less, greater, byte, inbound, outbound, ifindex. Where a frame went and
 * which interface it passed is said by the kernel (SKF_AD_PKTTYPE, SKF_AD_IFINDEX), or by Linux cooked headers. */
#include <linux/if_packet.h>
#include "meaning.h"

/* The number at `at` of the cooked header, or what the kernel says live. */
static struct sum *sum_cooked(struct compiler *c, const struct scope *scope, const struct token *token, uint32_t aside,
                              int at, unsigned size)
{
	if (at >= 0)
		return sum_header(c, scope, (uint32_t)at, size);
	if (c->options.is_live)
		return sum_aside(c, aside);
	token_fail(c, token, "\"%s\" is not known of frames in files of %s", token->word->spelling,
	           rt_link_name(c->link->link));
	return NULL;
}

static struct test *mean_outbound(struct compiler *c, const struct scope *scope, const struct token *token)
{
	const bool is_sll2 = scope->link->link == RT_LINK_SLL2;
	const int at = is_sll2 ? 10 : scope->link->link == RT_LINK_SLL ? 0 : -1;
	struct sum *type = sum_cooked(c, scope, token, SKF_AD_PKTTYPE, at, is_sll2 ? 1 : 2);
	return test_number(c, COMPARE_EQUAL, type, PACKET_OUTGOING);
}

static struct test *mean_ifindex(struct compiler *c, const struct scope *scope, const struct node *node)
{
	struct sum *index = sum_cooked(c, scope, node->token, SKF_AD_IFINDEX, scope->link->link == RT_LINK_SLL2 ? 4 : -1, 4);
	return test_number(c, COMPARE_EQUAL, index, node->argument->number);
}

/* byte N = V, and with < > & |: of the link-layer header. */
static struct test *mean_byte(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const uint32_t value = node->second->number;
	struct sum *byte = sum_header(c, scope, node->argument->number, 1);
	switch (node->relation) {
	case '=': return test_number(c, COMPARE_EQUAL, byte, value);
	case '>': return test_number(c, COMPARE_GREATER, byte, value);
	case '<': return test_not(c, test_number(c, COMPARE_GREATER_EQUAL, byte, value));
	}
	struct sum *sum = sum_binary(c, node->relation, byte, sum_constant(c, value));
	return test_not(c, test_number(c, COMPARE_EQUAL, sum, 0));
}

struct test *mean_aside(struct compiler *c, const struct scope *scope, const struct node *node)
{
	switch (node->token->word->id) {
	case WORD_LESS:
		return test_not(c, test_number(c, COMPARE_GREATER, sum_length(c), node->argument->number));
	case WORD_GREATER:
		return test_number(c, COMPARE_GREATER_EQUAL, sum_length(c), node->argument->number);
	case WORD_INBOUND:  return test_not(c, mean_outbound(c, scope, node->token));
	case WORD_OUTBOUND: return mean_outbound(c, scope, node->token);
	case WORD_IFINDEX:  return mean_ifindex(c, scope, node);
	}
	return mean_byte(c, scope, node);
}
