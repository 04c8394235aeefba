/* SPDX-License-Identifier: MIT */
/* sets.c - many ranges become tests that a binary search can answer: sorted, merged, and where an item has several
 * words (IPv6, Ethernet), one search a word, the rest of the item behind its first word. */
#include <errno.h>
#include <stdlib.h>
#include "meaning.h"

bool items_add(struct compiler *c, struct items *items, const struct item *item)
{
	if (items->count == items->room) {
		const uint32_t room = items->room ? 2 * items->room : 16;
		struct item *at = rt_arena_get(&c->scratch, room * sizeof *at);
		if (!at) {
			rt_fail(c->error, ENOMEM, "no memory");
			return false;
		}
		if (items->count)
			memcpy(at, items->at, items->count * sizeof *at);
		items->at = at;
		items->room = room;
	}
	items->at[items->count++] = *item;
	return true;
}

static int compare_items(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	for (unsigned i = 0; i < 4; i++)
		if (a->low[i] != b->low[i])
			return a->low[i] < b->low[i] ? -1 : 1;
	return (int)a->words - (int)b->words;
}

/* ---- one word ---------------------------------------------------------------------------------------------- */

struct search { struct compiler *c; const struct item *items; struct sum *const *words; unsigned word; };

/* Whole ranges, that need no look at the words behind: merged in place, for they are sorted. */
static uint32_t whole_ranges(const struct search *s, uint32_t from, uint32_t to, struct range *ranges)
{
	uint32_t count = 0;
	for (uint32_t i = from; i < to; i++) {
		const struct item *item = &s->items[i];
		if (item->words != s->word + 1)
			continue;
		const uint32_t low = item->low[s->word], high = item->high[s->word];
		struct range *last = count ? &ranges[count - 1] : NULL;
		if (last && (low <= last->high || low - 1 == last->high))
			last->high = high > last->high ? high : last->high;
		else
			ranges[count++] = (struct range){ low, high, NULL };
	}
	return count;
}

static struct test *search_words(const struct search *s, uint32_t from, uint32_t to);

/* Single values with something behind them, unless a whole range has them already. They are put behind the others. */
static bool add_values(const struct search *s, uint32_t from, uint32_t to, struct range *ranges, uint32_t *count)
{
	const uint32_t whole = *count;
	struct search deeper = *s;
	deeper.word++;
	for (uint32_t i = from, at = 0, next; i < to; i = next) {
		const uint32_t value = s->items[i].low[s->word];
		for (next = i; next < to && s->items[next].low[s->word] == value; next++)
			;
		while (at < whole && ranges[at].high < value)
			at++;
		if (at < whole && ranges[at].low <= value)
			continue;
		struct test *rest = search_words(&deeper, i, next);
		if (!rest)
			return false;
		ranges[(*count)++] = (struct range){ value, value, rest };
	}
	return true;
}

static int compare_ranges(const void *left, const void *right)
{
	const struct range *a = left, *b = right;
	return a->low < b->low ? -1 : a->low > b->low;
}

static void sort_ranges(struct range *ranges, uint32_t count)
{
	uint32_t sorted = 1;
	while (sorted < count && ranges[sorted - 1].low < ranges[sorted].low)
		sorted++;
	if (sorted < count)
		qsort(ranges, count, sizeof *ranges, compare_ranges);
}

static struct test *search_words(const struct search *s, uint32_t from, uint32_t to)
{
	struct cases *cases = rt_arena_get(&s->c->arena, sizeof *cases + (to - from) * sizeof *cases->at);
	struct test *test = test_new(s->c, TEST_CASES);
	if (!cases || !test)
		return NULL;
	cases->count = whole_ranges(s, from, to, cases->at);
	if (s->word < 3 && !add_values(s, from, to, cases->at, &cases->count))
		return NULL;
	if (cases->count == 1 && cases->at->low == 0 && cases->at->high == UINT32_MAX)
		return test_new(s->c, TEST_TRUE);
	if (cases->count == 1 && cases->at->low == cases->at->high && !cases->at->test)
		return test_number(s->c, COMPARE_EQUAL, s->words[s->word], cases->at->low);
	sort_ranges(cases->at, cases->count);
	test->left = s->words[s->word];
	test->cases = cases;
	return test;
}

static void sort_items(struct items *items)
{
	uint32_t sorted = 1;
	while (sorted < items->count && compare_items(&items->at[sorted - 1], &items->at[sorted]) <= 0)
		sorted++;
	if (sorted < items->count)
		qsort(items->at, items->count, sizeof *items->at, compare_items);
}

struct test *test_items(struct compiler *c, struct items *items, struct sum *const words[])
{
	const struct search search = { .c = c, .items = items->at, .words = words };
	if (!items->count)
		return test_new(c, TEST_FALSE);
	for (unsigned i = 0; i < items->at[0].words; i++)
		if (!words[i])
			return NULL;
	sort_items(items);
	struct test *test = search_words(&search, 0, items->count);
	if (!test && !c->error->code)
		rt_fail(c->error, ENOMEM, "no memory");
	return test;
}
