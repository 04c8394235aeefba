/* SPDX-License-Identifier: MIT */
/* known.c - knowledge about values: learned at the exits of blocks, met where ways come together, asked by the
 * optimizer. */
#include "known.h"

const struct fact_known *known_find(const struct known *known, const struct code *code)
{
	for (unsigned i = 0; i < known->count; i++)
		if (known->facts[i].code == code)
			return &known->facts[i];
	return NULL;
}

static bool is_excluded(const struct fact_known *fact, uint32_t number)
{
	for (unsigned i = 0; i < fact->not_count; i++)
		if (fact->not[i] == number)
			return true;
	return number < fact->low || number > fact->high || (number & fact->zeros);
}

int known_answer(const struct fact_known *fact, const struct block *block)
{
	const uint32_t number = block->number;
	switch ((enum compare)block->compare) {
	case COMPARE_EQUAL:
		if (is_excluded(fact, number))
			return 0;
		return fact->low == fact->high ? 1 : -1;
	case COMPARE_GREATER:
		return fact->low > number ? 1 : fact->high <= number ? 0 : -1;
	case COMPARE_GREATER_EQUAL:
		return fact->low >= number ? 1 : fact->high < number ? 0 : -1;
	case COMPARE_SET:
		if (fact->low == fact->high)
			return (fact->low & number) != 0;
		return (number & ~fact->zeros) == 0 ? 0 : -1;
	case COMPARE_ALWAYS:
		break;
	}
	return 1;
}

/* ---- learning ------------------------------------------------------------------------------------------------- */

static struct fact_known *make(struct known *known, const struct code *code)
{
	struct fact_known *fact;
	for (unsigned i = 0; i < known->count; i++)
		if (known->facts[i].code == code)
			return &known->facts[i];
	if (known->count < KNOWN_MAX) {
		fact = &known->facts[known->count++];
	} else {
		fact = &known->facts[known->oldest];
		known->oldest = (uint8_t)((known->oldest + 1) % KNOWN_MAX);
	}
	*fact = (struct fact_known){ .code = code, .high = UINT32_MAX };
	return fact;
}

/* Off the end of the range it is exact; inside, the last few are remembered. */
static void exclude(struct fact_known *fact, uint32_t number)
{
	if (number == fact->low && fact->low < fact->high) {
		fact->low++;
	} else if (number == fact->high && fact->low < fact->high) {
		fact->high--;
	} else if (!is_excluded(fact, number)) {
		if (fact->not_count == NOT_MAX) {
			memmove(fact->not, fact->not + 1, (NOT_MAX - 1) * sizeof *fact->not);
			fact->not_count--;
		}
		fact->not[fact->not_count++] = number;
	}
}

static void learn_number(struct fact_known *fact, const struct block *block, bool is_yes)
{
	const uint32_t number = block->number;
	switch ((enum compare)block->compare) {
	case COMPARE_EQUAL:
		if (is_yes)
			fact->low = fact->high = number;
		else
			exclude(fact, number);
		break;
	case COMPARE_GREATER:
		if (is_yes && number < UINT32_MAX && fact->low <= number)
			fact->low = number + 1;
		else if (!is_yes && fact->high > number)
			fact->high = number;
		break;
	case COMPARE_GREATER_EQUAL:
		if (is_yes && fact->low < number)
			fact->low = number;
		else if (!is_yes && number > 0 && fact->high >= number)
			fact->high = number - 1;
		break;
	case COMPARE_SET:
		if (!is_yes)
			fact->zeros |= number;
		break;
	case COMPARE_ALWAYS:
		break;
	}
}

void known_learn(struct known *known, const struct block *block, bool is_yes)
{
	if (block->code->is_kept) {              /* it writes what other codes read */
		known->count = 0;
		known->oldest = 0;
		return;
	}
	struct fact_known *fact = make(known, block->code);
	if (!block->is_x)
		learn_number(fact, block, is_yes);
}

/* ---- meeting ---------------------------------------------------------------------------------------------------- */

static void meet_fact(struct fact_known *fact, const struct fact_known *other)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < fact->not_count; i++)
		if (is_excluded(other, fact->not[i]))
			fact->not[kept++] = fact->not[i];
	fact->not_count = (uint8_t)kept;
	fact->low = fact->low < other->low ? fact->low : other->low;
	fact->high = fact->high > other->high ? fact->high : other->high;
	fact->zeros &= other->zeros;
}

static void meet(struct known *known, const struct known *other)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < known->count; i++) {
		const struct fact_known *fact = known_find(other, known->facts[i].code);
		if (!fact)
			continue;
		struct fact_known met = known->facts[i];
		meet_fact(&met, fact);
		known->facts[kept++] = met;
	}
	known->count = (uint8_t)kept;
	known->oldest = 0;
}

void known_merge(struct known_pool *pool, struct block *block, const struct known *known)
{
	if (block->known) {
		meet(block->known, known);
		return;
	}
	struct known *copy = pool->free;
	if (copy)
		pool->free = copy->next;
	else
		copy = rt_arena_get(pool->arena, sizeof *copy);
	if (!copy) {
		pool->is_full = true;
		return;
	}
	*copy = *known;
	block->known = copy;
}

void known_release(struct known_pool *pool, struct block *block)
{
	if (!block->known)
		return;
	block->known->next = pool->free;
	pool->free = block->known;
	block->known = NULL;
}
