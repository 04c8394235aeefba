/* SPDX-License-Identifier: MIT */
/* cast.c - the meaning of broadcast and multicast: IEEE 802.3 and 802.11, RFC 1112, RFC 4291. */
#include "meaning.h"

/* ---- broadcast and multicast ---------------------------------------------------------------------------------- */

static struct test *link_broadcast(struct compiler *c, const struct scope *scope)
{
	struct items all = { 0 };
	const struct item item = { .low = { UINT32_MAX, 0xffff }, .high = { UINT32_MAX, 0xffff }, .words = 2 };
	return items_add(c, &all, &item) ? test_link_address(c, scope, DIRECTION_DST, &all) : NULL;
}

static struct test *link_multicast(struct compiler *c, const struct scope *scope)
{
	if (scope->link->kind == KIND_WLAN)
		return test_wlan_multicast(c, scope);
	return test_bare(c, scope, test_number(c, COMPARE_SET, sum_header(c, scope, 0, 1), 1));
}

/* The host part of the destination is all ones or all zeros; without a netmask all of it is the host part. */
static struct test *ip_broadcast(struct compiler *c, const struct scope *scope)
{
	const uint32_t host = ~c->options.netmask;
	struct sum *dst = sum_masked(c, sum_net(c, scope, 16, 4), host);
	return test_and(c, test_type(c, scope, TYPE_IP),
	                test_or(c, test_number(c, COMPARE_EQUAL, dst, 0), test_number(c, COMPARE_EQUAL, dst, host)));
}

static struct test *ip_multicast(struct compiler *c, const struct scope *scope)
{
	return test_and(c, test_type(c, scope, TYPE_IP),
	                test_number(c, COMPARE_GREATER_EQUAL, sum_net(c, scope, 16, 1), 224));
}

static struct test *ip6_multicast(struct compiler *c, const struct scope *scope)
{
	return test_and(c, test_type(c, scope, TYPE_IP6),
	                test_number(c, COMPARE_EQUAL, sum_net(c, scope, 24, 1), 255));
}

struct test *mean_cast(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct word *proto = node->qualifiers.proto;
	const bool is_multicast = node->token->word->id == WORD_MULTICAST;
	const unsigned over = proto ? proto->id : WORD_ETHER;
	if (over == WORD_ETHER && !has_addresses(scope)) {
		token_fail(c, node->token, "there is no link-layer %s in %s", node->token->word->spelling,
		           rt_link_name(scope->link->link));
		return NULL;
	}
	if (over == WORD_ETHER)
		return is_multicast ? link_multicast(c, scope) : link_broadcast(c, scope);
	if (over == WORD_IP)
		return is_multicast ? ip_multicast(c, scope) : ip_broadcast(c, scope);
	if (over == WORD_IP6 && is_multicast)
		return ip6_multicast(c, scope);
	token_fail(c, node->token, "\"%s\" has no %s", proto->spelling, node->token->word->spelling);
	return NULL;
}
