/* SPDX-License-Identifier: MIT */
/* known.c - knowledge about values: learned at the exits of blocks, met where ways come together, asked by the
 * optimizer. */
#include "known.h"

/* ---- one value ------------------------------------------------------------------------------------------------ */

struct fact_known fact_of(const struct code *code)
{
	return (struct fact_known){ .code = code, .high = code->most, .zeros = ~code->most };
}

static bool is_listed(const struct fact_known *fact, uint32_t number)
{
	unsigned i = 0;
	while (i < fact->not_count && fact->not[i] != number)
		i++;
	return i < fact->not_count;
}

static bool is_excluded(const struct fact_known *fact, uint32_t number)
{
	return is_listed(fact, number) || number < fact->low || number > fact->high || (number & fact->zeros) ||
	       (fact->some && !(number & fact->some));
}

static int answer_bits(const struct fact_known *fact, uint32_t bits)
{
	if (fact->low == fact->high)
		return (fact->low & bits) != 0;
	if (fact->some && (fact->some & ~bits) == 0)
		return 1;
	return (bits & ~fact->zeros) == 0 ? 0 : -1;
}

int fact_answer(const struct fact_known *fact, const struct block *block)
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
		return answer_bits(fact, number);
	case COMPARE_ALWAYS:
		break;
	}
	return 1;
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

static void raise_low(struct fact_known *fact, uint32_t low)
{
	if (fact->low < low && low <= fact->high)
		fact->low = low;
}

static void lower_high(struct fact_known *fact, uint32_t high)
{
	if (fact->high > high && high >= fact->low)
		fact->high = high;
}

static void learn_bits(struct fact_known *fact, uint32_t bits, bool is_yes)
{
	if (is_yes) {
		fact->some = bits & ~fact->zeros;
		raise_low(fact, fact->some & (0u - fact->some));
	} else {
		fact->zeros |= bits;
		fact->some &= ~bits;
	}
}

void fact_learn(struct fact_known *fact, const struct block *block, bool is_yes)
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
		if (!is_yes)
			lower_high(fact, number);
		else if (number < UINT32_MAX)
			raise_low(fact, number + 1);
		break;
	case COMPARE_GREATER_EQUAL:
		if (is_yes)
			raise_low(fact, number);
		else if (number > 0)
			lower_high(fact, number - 1);
		break;
	case COMPARE_SET:
		learn_bits(fact, number, is_yes);
		break;
	case COMPARE_ALWAYS:
		break;
	}
}

static bool is_same_fact(const struct fact_known *a, const struct fact_known *b)
{
	if (a->low != b->low || a->high != b->high || a->zeros != b->zeros || a->some != b->some ||
	    a->not_count != b->not_count)
		return false;
	for (unsigned i = 0; i < a->not_count; i++)
		if (!is_listed(b, a->not[i]))
			return false;
	return true;
}

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
	fact->some = fact->some && other->some ? fact->some | other->some : 0;
}

/* ---- all values at a place -------------------------------------------------------------------------------------- */

const struct fact_known *known_find(const struct known *known, const struct code *code)
{
	for (unsigned i = 0; i < known->count; i++)
		if (known->facts[i].code == code)
			return &known->facts[i];
	return NULL;
}

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
	*fact = fact_of(code);
	return fact;
}

static void remove_at(struct known *known, unsigned at)
{
	memmove(&known->facts[at], &known->facts[at + 1], (known->count - at - 1u) * sizeof *known->facts);
	known->count--;
	known->oldest = 0;
}

/* Codes that read words of these say something else from now on. */
static void forget(struct known *known, uint16_t words)
{
	for (unsigned i = known->count; i-- > 0; )
		if (known->facts[i].code->reads & words)
			remove_at(known, i);
}

void known_learn(struct known *known, const struct block *block, bool is_yes)
{
	const struct code *code = block->code;
	if (known->have < code->needs)
		known->have = code->needs;
	if (code->is_kept) {
		forget(known, code->writes);
		return;
	}
	struct fact_known *fact = make(known, code);
	if (!block->is_x && block->yes != block->no)
		fact_learn(fact, block, is_yes);
}

void known_keep(struct known *known, uint64_t relevant)
{
	for (unsigned i = known->count; i-- > 0; )
		if (!(known_bit(known->facts[i].code) & relevant))
			remove_at(known, i);
}

bool known_is_equal(const struct known *a, const struct known *b)
{
	if (a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++) {
		const struct fact_known *other = known_find(b, a->facts[i].code);
		if (!other || !is_same_fact(&a->facts[i], other))
			return false;
	}
	return true;
}

void known_meet(struct known *known, const struct known *other)
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
	known->have = known->have < other->have ? known->have : other->have;
}
