/* SPDX-License-Identifier: MIT */
/* known.h - what the optimizer knows about values at one place of the graph: for each code computed on every way there,
 * the range its value is in, single numbers it is not, bits that are 0, bits of which one is 1; and how many bytes the
 * packet has at least. Bounded: the oldest knowledge goes first. */
#ifndef RINGTAP_BPF_KNOWN_H
#define RINGTAP_BPF_KNOWN_H

#include "stages.h"

#define KNOWN_MAX 8
#define NOT_MAX   6

struct fact_known {
	const struct code *code;
	uint32_t low, high;              /* both included                                             */
	uint32_t zeros;                  /* bits that are 0                                           */
	uint32_t some;                   /* one of these bits is 1; 0: not known                      */
	uint32_t not[NOT_MAX];
	uint8_t  not_count;
};

struct known {
	uint32_t have;                   /* bytes of the packet that are there                        */
	uint8_t count, oldest;           /* once full, `oldest` is written over                       */
	struct fact_known facts[KNOWN_MAX];
};

/* What is known of any value of this code. */
struct fact_known fact_of(const struct code *code);
/* The block was left by this exit. */
void fact_learn(struct fact_known *fact, const struct block *block, bool is_yes);
/* 1: yes, 0: no, -1: not known. The block asks for a number. */
int  fact_answer(const struct fact_known *fact, const struct block *block);

/* Without what is not used: most know little. */
static inline void known_copy(struct known *known, const struct known *from)
{
	memcpy(known, from, offsetof(struct known, facts) + from->count * sizeof *from->facts);
}
const struct fact_known *known_find(const struct known *known, const struct code *code);
void known_learn(struct known *known, const struct block *block, bool is_yes);
/* Only facts about codes whose bit is in `relevant` stay. */
void known_keep(struct known *known, uint64_t relevant);
static inline uint64_t known_bit(const struct code *code) { return 1ull << code->id % 64; }
/* But for `have`. */
bool known_is_equal(const struct known *a, const struct known *b);
/* Only what both know stays. */
void known_meet(struct known *known, const struct known *other);

#endif
