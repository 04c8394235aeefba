/* SPDX-License-Identifier: MIT */
/* chain.c - protochain: a protocol anywhere behind the headers of IPv4 or IPv6 that lead from one to the next: hop-by-
 * hop and destination options, routing, fragment (RFC 8200) and AH (RFC 4302). The chain is followed for EXTENSIONS_MAX
 * headers. libpcap forgets, behind AH, where AH began; --pcap-filter does so as well. */
#include "meaning.h"

enum { HOP_BY_HOP = 0, ROUTING = 43, OPTIONS = 60 };

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
	static const uint8_t numbers[] = { HOP_BY_HOP, OPTIONS, ROUTING, FRAGMENT };
	struct compiler *c = l->c;
	struct test *is_one = test_new(c, TEST_OR), *step = test_new(c, TEST_OR);
	for (size_t i = 0; is_ip6 && i < RT_COUNT(numbers); i++)
		if (numbers[i] != l->number && !test_add(is_one, is_next(l, numbers[i])))
			return NULL;
	struct sum *here = sum_place(c, l->at, 0);
	if (is_ip6 && !test_add(step, test_and(c, is_one, advance(l, here, 1, 3))))
		return NULL;
	struct sum *start = c->options.is_pcap ? sum_place(c, network(l->scope), 0) : here;
	if (l->number != AH && !test_add(step, test_and(c, is_next(l, AH), advance(l, start, 2, 2))))
		return NULL;
	return test_add(step, test_new(c, TEST_TRUE)) ? step : NULL;
}

static struct test *chain_of(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t number)
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
	return is_fine && test_add(all, is_next(&l, number)) ? all : NULL;
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
		return chain_of(c, scope, over == WORD_IP6, number);
	struct test *ip = chain_of(c, scope, false, number);
	return test_or(c, ip, chain_of(c, scope, true, number));
}
