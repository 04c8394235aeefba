/* SPDX-License-Identifier: MIT */
/* walk.c - blocks that go past the extension headers of IPv6 (RFC 8200 section 4, RFC 4302, RFC 6275). Programs have no
 * loops, so a step stands there eight times, and is as short as it can be: inside of it, values are handed on in A, and
 * the place of the header in X, without being loaded again. */
#include "code.h"

/* `code` holds a number. Transports are found out first: they are what most packets carry. */
struct block *graph_extension(struct graph *g, const struct code *code, struct block *yes, struct block *no)
{
	struct block *high = no;
	for (size_t i = RT_COUNT(extensions); i-- > 1; )
		high = graph_block(g, code, COMPARE_EQUAL, extensions[i], yes, high);
	struct block *low = graph_block(g, code, COMPARE_EQUAL, extensions[0], yes, no);
	return graph_block(g, code, COMPARE_GREATER_EQUAL, extensions[1], high, low);
}

/* A fragment but the first ends the chain: what it carries has no header here. */
static struct block *later_fragment(struct graph *g, struct chain walk, struct block *later)
{
	return graph_always(g, CODE(g, LOAD_X(B, 0), PUT(g, walk.proto)), later);
}

struct exits { struct block *end, *later; };

/* Past one header to `next`, or to `end` when there is none, or no room for one. X: where the header begins. A, from
 * `length` on: how much it is longer than 8 bytes. */
static struct block *step(struct graph *g, struct chain walk, struct block *next, const struct exits *exits)
{
	const struct code *proto = CODE(g, GET(g, walk.proto));
	const struct code *pass = CODE_HOLDING(g, proto, ADD_X, ADD(8), PUT(g, walk.at), LOAD_X(B, 0), PUT(g, walk.proto));
	struct block *length = graph_always(g, pass, next);
	struct block *ah = graph_always(g, CODE_KEPT(g, LOAD_X(B, 1), SHIFT_LEFT(2)), length);
	struct block *header = graph_always(g, CODE_KEPT(g, LOAD_X(B, 1), SHIFT_LEFT(3)), length);
	struct block *first = graph_always(g, CODE_KEPT(g, MASK(0)), length);
	struct block *fragment = graph_block(g, CODE_KEPT(g, LOAD_X(H, 2)), COMPARE_SET, 0xfff8,
	                                     later_fragment(g, walk, exits->later), first);
	struct block *kind = exits->end;
	for (size_t i = RT_COUNT(extensions); i-- > 0; )
		kind = graph_block(g, proto, COMPARE_EQUAL, extensions[i],
		                   extensions[i] == FRAGMENT ? fragment : extensions[i] == AH ? ah : header, kind);
	const struct code *room = CODE_KEPT(g, GET_X(g, walk.at), LENGTH, SUBTRACT(8));
	return graph_block_x(g, room, COMPARE_GREATER_EQUAL, kind, exits->end);
}

/* For packets of at least 8 bytes, from which 8 can be subtracted. */
static struct block *steps(struct graph *g, struct chain walk, const struct exits *exits)
{
	struct block *next = exits->end;
	for (int i = 0; next && i < EXTENSIONS_MAX; i++)
		next = step(g, walk, next, exits);
	return next;
}

static struct block *steps_if_long(struct graph *g, struct chain walk, const struct exits *exits)
{
	return graph_block(g, CODE(g, LENGTH), COMPARE_GREATER_EQUAL, 8, steps(g, walk, exits), exits->end);
}

struct block *graph_walk(struct graph *g, struct chain walk, struct block *end)
{
	const bool is_asked = g->is_used >> walk.later & 1;
	const struct exits exits = { end, is_asked ? graph_always(g, CODE(g, NUMBER(1), PUT(g, walk.later)), end) : end };
	return exits.later ? steps_if_long(g, walk, &exits) : NULL;
}

struct block *graph_walk_from(struct graph *g, uint32_t least, struct block *end, struct block *later)
{
	static const struct chain walk = { FACT_PROTO6, FACT_L6, FACT_LATER6 };
	const struct exits exits = { end, later };
	return graph_always(g, CODE(g, GET_X(g, FACT_NET), LOAD_X(B, 6), PUT(g, FACT_PROTO6), TXA, ADD(40),
	                            PUT(g, FACT_L6)),
	                    least ? steps(g, walk, &exits) : steps_if_long(g, walk, &exits));
}
