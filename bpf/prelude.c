/* SPDX-License-Identifier: MIT */
/* prelude.c - blocks that find the facts the tests stand on: the network layer behind up to three VLAN tags (IEEE
 * 802.1Q), and what an IPv6 packet carries behind up to eight extension headers (RFC 8200 section 4). The tests are
 * built once for each kind of packet: IPv4, IPv6, others, so that a test on the kind costs nothing there; and once
 * more for untagged packets, where facts are numbers (graph->is_special). judge.c finds the same facts in C. */
#include <errno.h>
#include "stages.h"

struct prelude {
	struct graph *g;
	const struct test *tests;
	struct block *yes, *no;
	const struct link *link;
	bool has_walk;                           /* the tests ask what IPv6 carries                       */
	struct block *body4, *body6, *others;    /* the tests with facts in scratch words                  */
};

#define CODE(g, ...) code_of(g, (const struct sock_filter[]){ __VA_ARGS__ }, \
                             RT_COUNT(((const struct sock_filter[]){ __VA_ARGS__ })), (struct code){ 0 })
#define LOAD(size, at)   BPF_STMT(BPF_LD | BPF_##size | BPF_ABS, at)
#define LOAD_X(size, at) BPF_STMT(BPF_LD | BPF_##size | BPF_IND, at)
#define NUMBER(k)        BPF_STMT(BPF_LD | BPF_IMM, k)
#define GET(g, fact)     BPF_STMT(BPF_LD | BPF_MEM, (g)->word[fact])
#define GET_X(g, fact)   BPF_STMT(BPF_LDX | BPF_MEM, (g)->word[fact])
#define PUT(g, fact)     BPF_STMT(BPF_ST, (g)->word[fact])
#define ADD(k)           BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, k)
#define ADD_X            BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0)
#define SHIFT_LEFT(k)    BPF_STMT(BPF_ALU | BPF_LSH | BPF_K, k)
#define TAX              BPF_STMT(BPF_MISC | BPF_TAX, 0)
#define TXA              BPF_STMT(BPF_MISC | BPF_TXA, 0)
#define LENGTH           BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0)

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
	for (unsigned fact = FACT_PROTO6; fact <= FACT_LATER6; fact++)
		set_memory(&facts, (enum fact)fact);
	p->body6 = body(p, &facts);
	set_memory(&facts, FACT_TYPE);
	facts.is_not_ip = facts.is_not_ip6 = true;
	p->others = body(p, &facts);
	return p->body4 && p->body6 && p->others;
}

/* ---- the extension headers of IPv6 ------------------------------------------------------------------------------ */

/* `code` holds the number of one. */
static struct block *extension_block(struct graph *g, const struct code *code, struct block *yes, struct block *no)
{
	struct range ranges[RT_COUNT(extensions)];
	const struct facts facts = facts_new();
	for (size_t i = 0; i < RT_COUNT(extensions); i++)
		ranges[i] = (struct range){ extensions[i], extensions[i], NULL };
	return graph_ranges(g, code, ranges, RT_COUNT(extensions), yes, no, &facts);
}

/* A fragment but the first ends the chain: what it carries has no header here. */
static struct block *step_fragment(struct graph *g, struct block *next, struct block *end)
{
	struct block *later = graph_always(g, CODE(g, NUMBER(1), PUT(g, FACT_LATER6)), end);
	struct block *first = graph_always(g, CODE(g, GET(g, FACT_L6), ADD(8), PUT(g, FACT_L6)), next);
	const struct code *read = CODE(g, GET_X(g, FACT_L6), LOAD_X(B, 0), PUT(g, FACT_PROTO6), LOAD_X(H, 2));
	return graph_block(g, read, COMPARE_SET, 0xfff8, later, first);
}

/* The length counts units of 4 bytes less two in AH (RFC 4302), of 8 bytes less one elsewhere. */
static struct block *step_header(struct graph *g, uint32_t less, uint32_t unit_bits, struct block *next)
{
	return graph_always(g, CODE(g, GET_X(g, FACT_L6), LOAD_X(B, 0), PUT(g, FACT_PROTO6), LOAD_X(B, 1), ADD(less),
	                     SHIFT_LEFT(unit_bits), ADD_X, PUT(g, FACT_L6)), next);
}

/* Past one header to `next`, or to `end` when there is none, or no room for one. */
static struct block *step(struct graph *g, struct block *next, struct block *end)
{
	const struct code *proto = CODE(g, GET(g, FACT_PROTO6));
	struct block *kind = step_header(g, 1, 3, next);
	kind = graph_block(g, proto, COMPARE_EQUAL, AH, step_header(g, 2, 2, next), kind);
	kind = graph_block(g, proto, COMPARE_EQUAL, FRAGMENT, step_fragment(g, next, end), kind);
	const struct code *room = CODE(g, GET(g, FACT_L6), ADD(8), TAX, LENGTH);
	struct block *fits = graph_block(g, room, COMPARE_GREATER_EQUAL, 0, kind, end);
	if (fits)
		fits->is_x = true;
	return extension_block(g, proto, fits, end);
}

static struct block *walk(struct prelude *p)
{
	struct graph *g = p->g;
	struct block *next = p->body6;
	for (int i = 0; next && i < EXTENSIONS_MAX; i++)
		next = step(g, next, p->body6);
	return graph_always(g, CODE(g, GET_X(g, FACT_NET), TXA, ADD(40), PUT(g, FACT_L6), NUMBER(0), PUT(g, FACT_LATER6),
	                     LOAD_X(B, 6), PUT(g, FACT_PROTO6)), next);
}

/* ---- tags and types ------------------------------------------------------------------------------------------------ */

/* A verdict needs no facts. */
static struct block *settle(struct prelude *p, uint32_t net, struct block *next)
{
	if (next && !next->code)
		return next;
	return graph_always(p->g, CODE(p->g, NUMBER(net), PUT(p->g, FACT_NET)), next);
}

static struct block *settle_others(struct prelude *p, uint32_t net, uint32_t at)
{
	if (!p->others->code)
		return p->others;
	return graph_always(p->g, CODE(p->g, LOAD(H, at), PUT(p->g, FACT_TYPE), NUMBER(net), PUT(p->g, FACT_NET)), p->others);
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
	return extension_block(p->g, CODE(p->g, LOAD(B, net + 6)), walked, plain);
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

/* What may follow the type at `at`: IPv4, IPv6, another tag (`deeper`), or others. */
static struct block *level(struct prelude *p, uint32_t at, uint32_t net, struct block *deeper, struct block *walked,
                           bool is_special)
{
	struct graph *g = p->g;
	const struct code *type = CODE(g, LOAD(H, at));
	struct block *ip6 = settle(p, net, walked);
	struct block *ip = is_special ? special4(p, net) : settle(p, net, p->body4);
	struct block *entry = is_special ? special_others(p, net, at, false) : settle_others(p, net, at);
	if (is_special)
		ip6 = special6(p, net, ip6);
	for (size_t i = RT_COUNT(tag_types); deeper && i-- > 0; )
		entry = graph_block(g, type, COMPARE_EQUAL, tag_types[i], deeper, entry);
	entry = graph_block(g, type, COMPARE_EQUAL, TYPE_IP6, ip6, entry);
	return graph_block(g, type, COMPARE_EQUAL, TYPE_IP, ip, entry);
}

static struct block *levels(struct prelude *p, struct block *walked)
{
	struct block *entry = NULL;
	for (uint32_t tags = TAGS_MAX; tags > 0; tags--) {
		const uint32_t net = p->link->net_at + 4 * tags;
		entry = level(p, net - 2, net, entry, walked, false);
		if (!entry)
			return NULL;
	}
	return level(p, p->link->type_at, p->link->net_at, entry, walked, p->g->is_special);
}

/* No ethertype: the version of IP tells. */
static struct block *versions(struct prelude *p, struct block *walked)
{
	const struct code *version = CODE(p->g, LOAD(B, 0), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf0));
	struct block *entry = special_others(p, 0, 0, true);
	struct block *settled = settle(p, 0, walked);
	entry = graph_block(p->g, version, COMPARE_EQUAL, 0x60, p->g->is_special ? special6(p, 0, settled) : settled, entry);
	return graph_block(p->g, version, COMPARE_EQUAL, 0x40, special4(p, 0), entry);
}

static struct block *build_default(struct prelude *p)
{
	if (!(p->g->compiler->facts & FACTS_NETWORK)) {
		const struct facts facts = facts_new();
		return body(p, &facts);
	}
	if (!make_bodies(p))
		return NULL;
	struct block *walked = p->has_walk ? walk(p) : p->body6;
	if (!walked)
		return NULL;
	if (p->link->fixed_type == TYPE_IP)
		return special4(p, 0);
	if (p->link->fixed_type == TYPE_IP6)
		return p->g->is_special ? special6(p, 0, settle(p, 0, walked)) : settle(p, 0, walked);
	return p->link->has_type ? levels(p, walked) : versions(p, walked);
}

/* Live --pcap-filter: the first `vlan` takes no bytes when the kernel moved its tag aside. */
static struct block *build_shifting(struct prelude *p)
{
	struct facts facts[2] = { facts_new(), facts_new() };
	struct graph *g = p->g;
	if (!(g->compiler->facts >> FACT_SHIFT & 1))
		return body(p, &facts[0]);
	struct block *bodies[2];
	if (g->is_special) {
		set_number(&facts[0], FACT_SHIFT, 0);
		set_number(&facts[1], FACT_SHIFT, 4);
		bodies[0] = body(p, &facts[0]);
		bodies[1] = body(p, &facts[1]);
	} else {
		set_memory(&facts[0], FACT_SHIFT);
		struct block *tests = body(p, &facts[0]);
		bodies[0] = graph_always(g, CODE(g, NUMBER(0), PUT(g, FACT_SHIFT)), tests);
		bodies[1] = graph_always(g, CODE(g, NUMBER(4), PUT(g, FACT_SHIFT)), tests);
	}
	const struct code *present = CODE(g, LOAD(B, (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT)));
	return graph_block(g, present, COMPARE_EQUAL, 1, bodies[0], bodies[1]);
}

static struct block *build(struct graph *g, const struct test *tests, struct block *yes, struct block *no)
{
	struct compiler *c = g->compiler;
	struct prelude prelude = { .g = g, .tests = tests, .yes = yes, .no = no, .link = c->link,
	                           .has_walk = (c->facts & FACTS_WALK) != 0 };
	return c->options.is_pcap ? build_shifting(&prelude) : build_default(&prelude);
}

/* Facts get scratch words only as they are used: sums need the others. */
static void give_words(struct graph *g)
{
	uint32_t used = g->compiler->facts & ~1u;
	if (used & FACTS_WALK)
		used |= FACTS_WALK;
	if (used & FACTS_NETWORK)
		used |= FACTS(FACT_TYPE, FACT_NET);
	g->first_free = 0;
	for (unsigned fact = FACT_SRC; fact < FACT_COUNT; fact++)
		if (used >> fact & 1)
			g->word[fact] = g->first_free++;
}

int graph_run(struct graph *g, struct compiler *c, const struct test *tests, struct block **entry)
{
	g->compiler = c;
	g->newest = NULL;
	g->block_count = 0;
	give_words(g);
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
