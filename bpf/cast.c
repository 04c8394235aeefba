/* SPDX-License-Identifier: MIT */
/* cast.c - the meaning of broadcast, multicast and vlan: IEEE 802.3 and 802.1Q, RFC 1112, RFC 4291. */
#include "meaning.h"

/* ---- broadcast and multicast ---------------------------------------------------------------------------------- */

static bool needs_mac(struct compiler *c, const struct node *node)
{
	if (c->link->has_mac)
		return true;
	token_fail(c, node->token, "there is no link-layer %s in %s", node->token->word->spelling,
	           rt_link_name(c->link->link));
	return false;
}

static struct test *ether_broadcast(struct compiler *c)
{
	return test_and(c, test_number(c, COMPARE_EQUAL, sum_link(c, 2, 4), UINT32_MAX),
	                test_number(c, COMPARE_EQUAL, sum_link(c, 0, 2), 0xffff));
}

static struct test *ether_multicast(struct compiler *c)
{
	return test_number(c, COMPARE_SET, sum_link(c, 0, 1), 1);
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
	if (over == WORD_ETHER && !needs_mac(c, node))
		return NULL;
	if (over == WORD_ETHER)
		return is_multicast ? ether_multicast(c) : ether_broadcast(c);
	if (over == WORD_IP)
		return is_multicast ? ip_multicast(c, scope) : ip_broadcast(c, scope);
	if (over == WORD_IP6 && is_multicast)
		return ip6_multicast(c, scope);
	token_fail(c, node->token, "\"%s\" has no %s", proto->spelling, node->token->word->spelling);
	return NULL;
}

/* ---- vlan --------------------------------------------------------------------------------------------------------- */

static struct test *test_vid(struct compiler *c, struct sum *tci, const struct token *number)
{
	if (!number)
		return tci ? test_new(c, TEST_TRUE) : NULL;
	return test_number(c, COMPARE_EQUAL, sum_masked(c, tci, 0xfff), number->number);
}

/* The tag that the kernel moved aside. */
static struct test *test_aside(struct compiler *c, const struct token *number)
{
	struct test *is_there = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1);
	return number ? test_and(c, is_there, test_vid(c, sum_aside(c, SKF_AD_VLAN_TAG), number)) : is_there;
}

/* libpcap's: the next tag, which the rest of the text then stands behind. */
static struct test *vlan_shifting(struct compiler *c, struct scope *scope, const struct token *number)
{
	struct test *is_there = test_new(c, TEST_OR);
	for (size_t i = 0; i < RT_COUNT(tag_types); i++)
		if (!test_add(is_there, test_type(c, scope, tag_types[i])))
			return NULL;
	struct test *in_band = is_there;
	if (number)
		in_band = test_and(c, is_there, test_vid(c, sum_net(c, scope, 0, 2), number));
	if (c->options.is_live && !scope->tags) {
		struct test *not_aside = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 0);
		in_band = test_or(c, test_aside(c, number), test_and(c, not_aside, in_band));
	}
	scope->tags++;
	return in_band;
}

/* A plain test: one of the tags in front of the network layer, in band or aside. */
static struct test *vlan_plain(struct compiler *c, const struct token *number)
{
	struct test *any = test_new(c, TEST_OR);
	const uint32_t net = c->link->net_at;
	if (c->options.is_live && c->link->has_mac && !test_add(any, test_aside(c, number)))
		return NULL;
	for (uint32_t tags = 1; tags <= (number ? TAGS_MAX : 1u); tags++) {
		struct test *is_there = test_number(c, COMPARE_GREATER_EQUAL, sum_fact(c, FACT_NET), net + 4 * tags);
		struct test *is_vid = test_vid(c, sum_link(c, net + 4 * (tags - 1), 2), number);
		if (!test_add(any, test_and(c, is_there, is_vid)))
			return NULL;
	}
	return any;
}

struct test *mean_vlan(struct compiler *c, struct scope *scope, const struct node *node)
{
	const struct token *number = node->argument;
	if (number && number->number > 0xfff) {
		token_fail(c, number, "a VLAN number is at most 4095");
		return NULL;
	}
	if (!c->link->has_type || (c->options.is_pcap && !c->link->has_mac)) {
		token_fail(c, node->token, "there are no VLAN tags in %s", rt_link_name(c->link->link));
		return NULL;
	}
	return c->options.is_pcap ? vlan_shifting(c, scope, number) : vlan_plain(c, number);
}
