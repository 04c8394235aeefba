/* SPDX-License-Identifier: MIT */
/* known.h - what the optimizer knows about values at one place of the graph: for each code computed on every way there,
 * the range its value is in, single numbers it is not, and bits that are 0. Bounded: the oldest knowledge goes first. */
#ifndef RINGTAP_BPF_KNOWN_H
#define RINGTAP_BPF_KNOWN_H

#include "stages.h"

#define KNOWN_MAX 8
#define NOT_MAX   6

struct fact_known {
	const struct code *code;
	uint32_t low, high;              /* both included                                             */
	uint32_t zeros;                  /* bits that are 0                                           */
	uint32_t not[NOT_MAX];
	uint8_t  not_count;
};

struct known {
	struct fact_known facts[KNOWN_MAX];
	uint8_t count, oldest;           /* once full, `oldest` is written over                       */
	struct known *next;              /* in the pool                                               */
};

struct known_pool { struct rt_arena *arena; struct known *free; bool is_full; };

const struct fact_known *known_find(const struct known *known, const struct code *code);
/* 1: yes, 0: no, -1: not known. */
int  known_answer(const struct fact_known *fact, const struct block *block);
/* The block was left by this exit. */
void known_learn(struct known *known, const struct block *block, bool is_yes);
/* One more way leads to the block, with this knowledge: only what all ways know stays. */
void known_merge(struct known_pool *pool, struct block *block, const struct known *known);
void known_release(struct known_pool *pool, struct block *block);

#endif
