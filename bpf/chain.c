/* SPDX-License-Identifier: MIT */
/* chain.c - protochain: a protocol anywhere behind the headers of IPv4 or IPv6 that lead from one to the next: hop-by-
 * hop and destination options, routing, fragment (RFC 8200) and AH (RFC 4302). A program follows EXTENSIONS_MAX headers
 * and lets longer chains through, which are followed to their end by judge.c. libpcap forgets, behind AH, where AH began;
 * --pcap-filter does so as well. */
#include "field.h"

/* The chain as it is known so far: the next protocol, and where its header begins. */
struct link_of_chain { struct compiler *c; const struct scope *scope; uint32_t number; struct place proto, at; };

static struct test *is_next(const struct link_of_chain *l, uint32_t number)
{
	return test_number(l->c, COMPARE_EQUAL, sum_fact(l->c, (enum fact)l->proto.fact), number);
}

/* To the next header: (length + less) units of 2^bits bytes away. */
static struct test *advance(const struct link_of_chain *l, struct sum *from, uint32_t less, uint32_t bits)
{
	struct sum *units = sum_binary(l->c, '+', sum_load(l->c, l->at, 1, 1), sum_constant(l->c, less));
	struct sum *length = sum_binary(l->c, SYMBOL_SHIFT_LEFT, units, sum_constant(l->c, bits));
	return test_and(l->c, test_store(l->c, l->proto.fact, sum_load(l->c, l->at, 0, 1)),
	                test_store(l->c, l->at.fact, sum_binary(l->c, '+', length, from)));
}

static struct place network(const struct scope *scope)
{
	return (struct place){ scope->payload.fact, scope->payload.at + scope->net };
}

/* One header, if the chain goes on; true in the end. */
static struct test *step(const struct link_of_chain *l, bool is_ip6)
{
	struct compiler *c = l->c;
	struct test *is_one = test_new(c, TEST_OR), *step = test_new(c, TEST_OR);
	for (size_t i = 0; i < RT_COUNT(extensions); i++)
		if (is_chained(extensions[i], is_ip6) && extensions[i] != AH && extensions[i] != l->number &&
		    !test_add(is_one, is_next(l, extensions[i])))
			return NULL;
	struct sum *here = sum_place(c, l->at, 0);
	if (is_ip6 && !test_add(step, test_and(c, is_one, advance(l, here, 1, 3))))
		return NULL;
	struct sum *start = c->options.is_pcap ? sum_place(c, network(l->scope), 0) : here;
	if (l->number != AH && !test_add(step, test_and(c, is_next(l, AH), advance(l, start, 2, 2))))
		return NULL;
	return test_add(step, test_new(c, TEST_TRUE)) ? step : NULL;
}

/* What there may be more of behind the last header that the program follows. */
static struct test *rest_of(const struct link_of_chain *l, const struct node *node, bool is_ip6)
{
	struct compiler *c = l->c;
	struct field_chain chain = { .proto = l->proto.fact, .at = l->at.fact, .number = (uint8_t)l->number, .is_ip6 = is_ip6 };
	if (c->options.is_pcap && !(chain.start = sum_place(c, network(l->scope), 0)))
		return NULL;
	struct test *goes_on = test_new(c, TEST_OR);
	for (size_t i = 0; i < RT_COUNT(extensions); i++)
		if (is_chained(extensions[i], is_ip6) && !test_add(goes_on, is_next(l, extensions[i])))
			return NULL;
	return test_and(c, goes_on, test_rest_of_chain(c, node, &chain));
}

static struct test *chain_of(struct compiler *c, const struct scope *scope, const struct node *node, bool is_ip6,
                             uint32_t number)
{
	struct link_of_chain l = { c, scope, number, { (uint8_t)(FACT_OWN + c->own_facts), 0 },
	                           { (uint8_t)(FACT_OWN + c->own_facts + 1), 0 } };
	struct sum *words = sum_masked(c, sum_net(c, scope, 0, 1), 15);
	struct sum *length = is_ip6 ? sum_constant(c, 40) : sum_binary(c, SYMBOL_SHIFT_LEFT, words, sum_constant(c, 2));
	struct test *all = test_new(c, TEST_AND);
	bool is_fine = test_add(all, test_type(c, scope, is_ip6 ? TYPE_IP6 : TYPE_IP)) &&
	               test_add(all, test_store(c, l.proto.fact, sum_net(c, scope, is_ip6 ? 6 : 9, 1))) &&
	               test_add(all, test_store(c, l.at.fact, sum_binary(c, '+', length, sum_place(c, network(scope), 0))));
	c->own_facts += 2;
	for (int i = 0; is_fine && i < EXTENSIONS_MAX; i++)
		is_fine = test_add(all, step(&l, is_ip6));
	/* no protocol has a number that no byte is */
	struct test *is_it = number > 255 ? test_new(c, TEST_FALSE) : test_or(c, is_next(&l, number), rest_of(&l, node, is_ip6));
	return is_fine && test_add(all, is_it) ? all : NULL;
}

struct test *mean_chain(struct compiler *c, const struct scope *scope, const struct node *node, uint32_t number)
{
	const struct word *proto = node->qualifiers.proto;
	const unsigned over = proto ? proto->id : WORD_NONE;
	if (c->options.is_pcap && scope->payload.fact && scope->payload.fact != FACT_SHIFT) {
		token_fail(c, node->token, "protochain needs headers of a fixed length, or the default meaning");
		return NULL;
	}
	if (over != WORD_NONE && over != WORD_IP && over != WORD_IP6) {
		token_fail(c, node->token, "\"%s\" has no protochain", proto->spelling);
		return NULL;
	}
	if (FACT_OWN + c->own_facts + 4 > FACT_COUNT) {
		token_fail(c, node->token, "more chains than a filter can follow");
		return NULL;
	}
	if (over != WORD_NONE)
		return chain_of(c, scope, node, over == WORD_IP6, number);
	struct test *ip = chain_of(c, scope, node, false, number);
	return test_or(c, ip, chain_of(c, scope, node, true, number));
}
