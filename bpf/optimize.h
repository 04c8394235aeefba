/* SPDX-License-Identifier: MIT */
/* optimize.h - what the passes of the optimizer share. What holds for all of them: a packet gives the same verdict
 * before and after, also one too short for a load of the plain program (a load outside ends it with 0). So a load goes
 * away only where it has been done on every way there, or where all that may still say yes asks for those bytes, too.
 * Each pass looks at each block once. */
#ifndef RINGTAP_BPF_OPTIMIZE_H
#define RINGTAP_BPF_OPTIMIZE_H

#include "known.h"

struct flow {                    /* the blocks that a pass works on                                   */
	struct graph *g;
	struct block **list;             /* exits stand in front of who leads there; block->at is the place   */
	struct block **other;            /* thread.c builds the next list there; without copies: in place  */
	uint32_t count, room;
	struct block *entry;
	void *space;                     /* FLOW_SPACE bytes a block, for one pass at a time              */
	uint32_t ways_max;               /* thread.c: copies of one block at most                         */
};

#define FLOW_SPACE (2 * sizeof(void *) + sizeof(uint64_t))

/* Like graph_block, from a block that is there. NULL: no memory. */
struct block *block_copy(struct graph *g, const struct block *like);
/* For hash tables. */
typedef bool block_equal(const struct block *a, const struct block *b);
typedef size_t block_hasher(const struct block *block);
block_equal block_is_equal;
block_hasher block_hash;
/* Where a packet of which this is known about one code goes from `block`, while only that code is asked. */
struct block *block_follow(struct block *block, const struct fact_known *fact);
/* The block whose answer is that of `block`, because it asks the same code and knows; or `block`. */
struct block *block_repeated(struct block *block);

/* The passes: false when nothing changed. */
bool pass_share(struct flow *flow);
bool pass_repeat(struct flow *flow);
bool pass_thread(struct flow *flow);
bool pass_spare(struct flow *flow);
bool pass_group(struct flow *flow);
bool pass_reuse(struct flow *flow);
bool pass_tails(struct flow *flow);

/* Bytes that a packet has if the answer from each block on can be yes; UINT32_MAX: it cannot. */
void flow_needs(const struct flow *flow, uint32_t *needs);
struct held { const struct code *a, *x; };       /* by registers on every way to a block; NULL: anything */
/* As pass_reuse, and tells what it found: it stays until the next pass. */
const struct held *flow_held(struct flow *flow);
/* For passes from the exits on: both exits of `block` become what was put in their places. */
void flow_settle(struct block *const *same, struct block *block);
/* Of all blocks that are equal in this way one stays, from the exits on. */
bool flow_merge(struct flow *flow, block_equal *is_equal, block_hasher *hash);
/* Puts `same[at]` in the place of each block, in all exits and the entry; NULL there: it stays. */
void flow_replace(struct flow *flow, struct block *const *same);
/* Only blocks that the entry leads to stay in the list. */
void flow_sweep(struct flow *flow);

#endif
