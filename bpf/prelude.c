/* SPDX-License-Identifier: MIT */
/* prelude.c - blocks that find the facts the tests stand on: the network layer behind up to three VLAN tags (IEEE
 * 802.1Q), and what an IPv6 packet carries behind up to eight extension headers (RFC 8200 section 4). The tests are
 * built once for each kind of packet: IPv4, IPv6, others, so that a test on the kind costs nothing there; and once
 * more for untagged packets, where facts are numbers (graph->is_special). judge.c finds the same facts in C. */
#include <errno.h>
#include "code.h"

struct prelude {
	struct graph *g;
	const struct test *tests;
	struct block *yes, *no;
	const struct link *link;
	bool has_walk;                           /* the tests ask what IPv6 carries                       */
	struct block *body4, *body6, *others;    /* the tests with facts in scratch words ...              */
	struct block *later6;                    /* ... for IPv6 fragments but the first                  */
};

/* ---- facts, as a body of tests has them ----------------------------------------------------------------------- */

static struct facts facts_new(void)
{
	struct facts facts = { 0 };
	facts.fact[FACT_NONE].form = FORM_NUMBER;
	facts.fact[FACT_SRC].form = facts.fact[FACT_DST].form = FORM_MEMORY;
	return facts;
}

static void set_number(struct facts *facts, enum fact fact, uint32_t number)
{
	facts->fact[fact].form = FORM_NUMBER;
	facts->fact[fact].number = number;
}

static void set_memory(struct facts *facts, enum fact fact) { facts->fact[fact].form = FORM_MEMORY; }

static void set_load(struct facts *facts, enum fact fact, uint32_t at, unsigned size)
{
	facts->fact[fact].form = FORM_LOAD;
	facts->fact[fact].number = at;
	facts->fact[fact].size = (uint8_t)size;
}

static struct block *body(struct prelude *p, const struct facts *facts)
{
	return graph_test(p->g, p->tests, p->yes, p->no, facts);
}

/* With everything that can differ in scratch words. */
static bool make_bodies(struct prelude *p)
{
	struct facts facts = facts_new();
	set_memory(&facts, FACT_NET);
	set_number(&facts, FACT_TYPE, TYPE_IP);
	p->body4 = body(p, &facts);
	set_number(&facts, FACT_TYPE, TYPE_IP6);
	set_memory(&facts, FACT_PROTO6);
	set_memory(&facts, FACT_L6);
	set_number(&facts, FACT_LATER6, 0);
	p->body6 = p->later6 = body(p, &facts);
	set_number(&facts, FACT_LATER6, 1);
	if (p->g->compiler->facts >> FACT_LATER6 & 1)
		p->later6 = body(p, &facts);
	set_memory(&facts, FACT_TYPE);
	facts.is_not_ip = facts.is_not_ip6 = true;
	p->others = body(p, &facts);
	return p->body4 && p->body6 && p->later6 && p->others;
}

/* ---- tags and types ------------------------------------------------------------------------------------------------ */

/* To the tests, when the network layer begins at `net`. */
static struct block *settle(struct prelude *p, uint32_t net, struct block *next)
{
	return graph_always(p->g, CODE(p->g, NUMBER(net), PUT(p->g, FACT_NET)), next);
}

/* IPv6 without extension headers, where the network layer begins at a fixed place. */
static struct block *special6(struct prelude *p, uint32_t net, struct block *walked)
{
	struct facts facts = facts_new();
	set_number(&facts, FACT_TYPE, TYPE_IP6);
	set_number(&facts, FACT_NET, net);
	set_load(&facts, FACT_PROTO6, net + 6, 1);
	set_number(&facts, FACT_L6, net + 40);
	set_number(&facts, FACT_LATER6, 0);
	struct block *plain = body(p, &facts);
	if (!p->has_walk)
		return plain;
	return graph_extension(p->g, CODE(p->g, LOAD(B, net + 6)), walked, plain);
}

static struct block *special4(struct prelude *p, uint32_t net)
{
	struct facts facts = facts_new();
	set_number(&facts, FACT_TYPE, TYPE_IP);
	set_number(&facts, FACT_NET, net);
	return body(p, &facts);
}

/* `at`: where the type is; 0 with `is_none`: there is none. */
static struct block *special_others(struct prelude *p, uint32_t net, uint32_t at, bool is_none)
{
	struct facts facts = facts_new();
	facts.is_not_ip = facts.is_not_ip6 = true;
	set_number(&facts, FACT_NET, net);
	if (is_none)
		set_number(&facts, FACT_TYPE, 0);
	else
		set_load(&facts, FACT_TYPE, at, 2);
	return body(p, &facts);
}

/* What may follow a type: IPv4, IPv6, another tag (`deeper`), or others. */
struct follow { struct block *ip, *ip6, *deeper, *others; };

static struct block *choose_type(struct prelude *p, uint32_t at, const struct follow *follow)
{
	struct graph *g = p->g;
	const struct code *type = CODE(g, LOAD(H, at));
	struct block *entry = follow->others;
	for (size_t i = RT_COUNT(tag_types); follow->deeper && i-- > 0; )
		entry = graph_block(g, type, COMPARE_EQUAL, tag_types[i], follow->deeper, entry);
	entry = graph_block(g, type, COMPARE_EQUAL, TYPE_IP6, follow->ip6, entry);
	return graph_block(g, type, COMPARE_EQUAL, TYPE_IP, follow->ip, entry);
}

/* The type is at `at`; the tests find it and the network layer in scratch words. */
static struct block *level(struct prelude *p, uint32_t at, uint32_t net, struct block *deeper, struct block *walked)
{
	struct graph *g = p->g;
	const struct follow follow = { p->body4, walked, deeper, p->others };
	const struct code *type = CODE_HOLDING(g, CODE(g, LOAD(H, at)), LOAD(H, at), PUT(g, FACT_TYPE));
	return settle(p, net, graph_always(g, type, choose_type(p, at, &follow)));
}

static struct block *special_level(struct prelude *p, struct block *deeper, struct block *walked)
{
	const uint32_t at = p->link->type_at, net = p->link->net_at;
	const struct follow follow = { special4(p, net), special6(p, net, settle(p, net, walked)), deeper,
	                               special_others(p, net, at, false) };
	return choose_type(p, at, &follow);
}

/* What a tag in front of the last level leads to. One that is aside counts too: then this one is behind the last. */
static struct block *last_level(struct prelude *p, struct block *walked)
{
	struct graph *g = p->g;
	const struct code *present = CODE(g, LOAD(B, (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT)));
	const uint32_t net = p->link->net_at + 4 * TAGS_MAX;
	struct block *entry = level(p, net - 2, net, NULL, walked);
	const bool may_be_aside = g->compiler->options.is_live && p->link->has_mac;
	return may_be_aside ? graph_block(g, present, COMPARE_EQUAL, 1, p->others, entry) : entry;
}

static struct block *levels(struct prelude *p, struct block *walked)
{
	struct block *entry = last_level(p, walked);
	for (uint32_t tags = TAGS_MAX - 1; entry && tags > 0; tags--) {
		const uint32_t net = p->link->net_at + 4 * tags;
		entry = level(p, net - 2, net, entry, walked);
	}
	if (!entry)
		return NULL;
	return p->g->is_special ? special_level(p, entry, walked)
	                        : level(p, p->link->type_at, p->link->net_at, entry, walked);
}

/* No ethertype, but numbers of another kind for IPv4 and IPv6. */
struct kinds { const struct code *code; const uint32_t *ip, *ip6; uint8_t ip_count, ip6_count; };

static struct block *choose(struct prelude *p, const struct kinds *kinds, struct block *entry, struct block *walked)
{
	const uint32_t net = p->link->net_at;
	struct block *settled = settle(p, net, walked);
	struct block *ip6 = p->g->is_special ? special6(p, net, settled) : settled, *ip = special4(p, net);
	for (unsigned i = kinds->ip6_count; i-- > 0; )
		entry = graph_block(p->g, kinds->code, COMPARE_EQUAL, kinds->ip6[i], ip6, entry);
	for (unsigned i = kinds->ip_count; i-- > 0; )
		entry = graph_block(p->g, kinds->code, COMPARE_EQUAL, kinds->ip[i], ip, entry);
	return entry;
}

/* The version of IP tells. */
static struct block *versions(struct prelude *p, struct block *walked)
{
	static const uint32_t ip[] = { 0x40 }, ip6[] = { 0x60 };
	const struct code *version = CODE(p->g, LOAD(B, 0), MASK(0xf0));
	const struct kinds kinds = { version, ip, ip6, 1, 1 };
	return choose(p, &kinds, special_others(p, 0, 0, true), walked);
}

/* Address families of Linux and the BSDs, in both byte orders: who wrote a file is not known. */
static struct block *families(struct prelude *p, struct block *walked)
{
	const struct kinds kinds = { CODE(p->g, LOAD(W, p->link->type_at)), families4, families6, RT_COUNT(families4),
	                             RT_COUNT(families6) };
	return choose(p, &kinds, special_others(p, p->link->net_at, 0, true), walked);
}

/* Cisco's HDLC, which looks the same, has ethertypes in the place of PPP numbers. */
static struct block *ppp_numbers(struct prelude *p, struct block *walked)
{
	static const uint32_t ip[] = { PPP_IP, TYPE_IP }, ip6[] = { PPP_IP6, TYPE_IP6 };
	const struct kinds kinds = { CODE(p->g, LOAD(H, p->link->type_at)), ip, ip6, 2, 2 };
	return choose(p, &kinds, special_others(p, p->link->net_at, p->link->type_at, false), walked);
}

/* The tests find the facts of 802.11 themselves, in front of all others (wlan.c). */
static struct block *build_found(struct prelude *p)
{
	struct facts facts = facts_new();
	for (unsigned fact = FACT_TYPE; fact <= FACT_LATER6; fact++)
		set_memory(&facts, (enum fact)fact);
	return body(p, &facts);
}

static struct block *build_default(struct prelude *p)
{
	if (p->link && p->link->kind == KIND_WLAN)
		return build_found(p);
	if (!(p->g->compiler->facts & FACTS_NETWORK)) {
		const struct facts facts = facts_new();
		return body(p, &facts);
	}
	if (!make_bodies(p))
		return NULL;
	struct block *walked = p->has_walk ? graph_walk_from(p->g, p->link->net_at, p->body6, p->later6)
	                                   : p->body6;
	if (!walked)
		return NULL;
	if (p->link->fixed_type == TYPE_IP)
		return special4(p, 0);
	if (p->link->fixed_type == TYPE_IP6)
		return p->g->is_special ? special6(p, 0, settle(p, 0, walked)) : settle(p, 0, walked);
	if (p->link->kind == KIND_FAMILY)
		return families(p, walked);
	if (p->link->kind == KIND_PPP)
		return ppp_numbers(p, walked);
	return p->link->has_type ? levels(p, walked) : versions(p, walked);
}

/* Places are those of the scope. The first `vlan` of a live filter finds how far it shifts. */
static struct block *build_shifting(struct prelude *p)
{
	struct facts facts = facts_new();
	set_memory(&facts, FACT_SHIFT);
	return body(p, &facts);
}

/* What stands behind `or` may ask for places that were never found, and the kernel does not see that a fact of IPv6 is
 * only asked for where it was found: such facts begin as 0. */
static struct block *clear(struct prelude *p, struct block *next)
{
	const struct graph *g = p->g;
	const struct compiler *c = g->compiler;
	uint32_t facts = c->options.is_pcap ? FACTS(FACT_OWN, FACT_COUNT - 1) | 1u << FACT_SHIFT : 0;
	if (c->link && c->link->kind == KIND_WLAN)
		facts |= FACTS_WALK;
	for (unsigned fact = FACT_OWN; fact < FACT_COUNT; fact++)
		if (c->walks >> fact & 1)
			facts |= 7u << fact;
	for (unsigned fact = 0; fact < FACT_COUNT; fact++)
		if (g->is_used & facts & 1u << fact)
			next = graph_always(p->g, CODE(p->g, NUMBER(0), PUT(p->g, fact)), next);
	return next;
}

static struct block *build(struct graph *g, const struct test *tests, struct block *yes, struct block *no)
{
	struct compiler *c = g->compiler;
	struct prelude prelude = { .g = g, .tests = tests, .yes = yes, .no = no, .link = c->link,
	                           .has_walk = (c->facts & FACTS_WALK) != 0 };
	return clear(&prelude, c->options.is_pcap ? build_shifting(&prelude) : build_default(&prelude));
}

/* Facts get scratch words only as they are used: sums need the others. Walks count with the first two of theirs. */
static bool give_words(struct graph *g)
{
	uint32_t used = g->compiler->facts & ~1u;
	if (used & FACTS_WALK)
		used |= FACTS(FACT_PROTO6, FACT_L6);
	if (used & FACTS_NETWORK)
		used |= FACTS(FACT_TYPE, FACT_NET);
	for (unsigned fact = FACT_OWN; fact < FACT_COUNT; fact++)
		if (g->compiler->walks >> fact & 1 && used >> fact & 7)
			used |= 3u << fact;
	if (!g->compiler->link || g->compiler->link->kind != KIND_WLAN)
		used &= ~(1u << FACT_LATER6);           /* a number in every body */
	g->is_used = used;
	g->first_free = 0;
	for (unsigned fact = FACT_SRC; fact < FACT_COUNT; fact++)
		if (used >> fact & 1)
			g->word[fact] = g->first_free++;
	return g->first_free <= BPF_MEMWORDS;
}

int graph_run(struct graph *g, struct compiler *c, const struct test *tests, struct block **entry)
{
	g->compiler = c;
	g->newest = NULL;
	g->block_count = 0;
	if (!give_words(g))
		return rt_fail(c->error, E2BIG, "the tunnels need more than the 16 scratch words of a filter");
	g->codes = rt_arena_get(&c->scratch, CODE_SLOTS * sizeof *g->codes);
	if (!g->codes)
		return rt_fail(c->error, ENOMEM, "no memory");
	struct block *no = graph_return(g, 0);
	struct block *yes = graph_return(g, c->options.snaplen ? c->options.snaplen : RT_SNAPLEN_MAX);
	*entry = no && yes ? build(g, tests, yes, no) : NULL;
	if (*entry)
		return 0;
	return c->error->code ? -c->error->code : rt_fail(c->error, ENOMEM, "no memory");
}
