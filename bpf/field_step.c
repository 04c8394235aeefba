/* SPDX-License-Identifier: MIT */
/* field_step.c - the tests of one step of a way: the header before announces the layer, its own header agrees, it is
 * there in whole, and no length says otherwise. */
#include "field_route.h"

/* ---- what the header before says -------------------------------------------------------------------------------- */

/* The row of way[at] that says what follows; false: the program cannot read it. */
static bool next_spot(const struct search *s, unsigned at, enum how how, struct spot *spot)
{
	return s->way[at].where.is_known && spot_named(s->way[at].proto, s->way[at].proto->next[how == HOW_SECOND_ROW], spot);
}

/* One by one: where the prelude knows the type, that costs nothing. */
struct test *types_test(struct compiler *c, const uint32_t *values, unsigned count)
{
	struct test *any = test_new(c, TEST_OR);
	for (unsigned i = 0; i < count; i++)
		if (!test_add(any, test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_TYPE), values[i])))
			return NULL;
	return any;
}

static struct test *test_values(struct compiler *c, const struct where *where, const struct spot *spot,
                                const uint32_t *values, unsigned count)
{
	struct items items = { 0 };
	struct sum *const words[] = { spot_sum(c, where, spot) };
	if (count == 1)
		return test_number(c, COMPARE_EQUAL, words[0], spot_value(spot, values[0]));
	for (unsigned i = 0; i < count; i++) {
		const uint32_t value = spot_value(spot, values[i]);
		if (!items_add(c, &items, &(struct item){ { value }, { value }, 1 }))
			return NULL;
	}
	return test_items(c, &items, words);
}

static struct test *test_reason(const struct search *s, unsigned at, const struct reasons *reasons, enum how how)
{
	const uint32_t *values = reasons->values[how];
	const unsigned count = reasons->count[how];
	struct spot spot;
	if (how == HOW_TYPE)
		return types_test(s->c, values, count);
	if (!next_spot(s, at, how, &spot))
		return test_new(s->c, TEST_TRUE);
	return test_values(s->c, &s->way[at].where, &spot, values, count);
}

/* One of the layers follows way[at]. A row that the program cannot read may have any value. */
struct test *reasons_test(const struct search *s, unsigned at, const struct reasons *reasons)
{
	struct test *any = test_new(s->c, TEST_OR);
	if (reasons->is_always)
		return test_new(s->c, TEST_TRUE);
	for (unsigned how = 0; how < HOW_COUNT; how++)
		if (reasons->count[how] && !test_add(any, test_reason(s, at, reasons, (enum how)how)))
			return NULL;
	if (reasons->length_max && !test_add(any, test_range(s->c, sum_fact(s->c, FACT_TYPE), 0, reasons->length_max)))
		return NULL;
	return any;
}

bool reasons_exist(const struct reasons *reasons)
{
	return reasons->is_always || reasons->count[HOW_ROW] || reasons->count[HOW_SECOND_ROW] || reasons->count[HOW_TYPE] ||
	       reasons->length_max;
}

void reasons_add(struct reasons *reasons, enum how how, uint32_t value)
{
	if (reasons->count[how] == VALUES_MAX)
		reasons->is_always = true;
	else
		reasons->values[how][reasons->count[how]++] = value;
}

/* ---- what a header says of itself ------------------------------------------------------------------------------- */

/* What follows the first row is found before what the second one says. */
static bool add_reached(const struct search *s, struct test *all, unsigned at, bool is_sure)
{
	struct reasons reasons = s->way[at].reasons;
	if (is_sure)
		reasons.count[HOW_SECOND_ROW] = 0;
	return reasons.is_always || test_add(all, reasons_test(s, at ? at - 1 : 0, &reasons));
}

static bool add_fits(const struct search *s, struct test *all, unsigned at)
{
	return test_add(all, where_fits(s->c, &s->way[at].where, s->way[at].proto->header));
}

bool step_has_own(const struct step *step)
{
	return step->link->own && !step->reasons.count[HOW_TYPE] && step->where.is_known;
}

static bool add_own(const struct search *s, struct test *all, unsigned at)
{
	const struct step *step = &s->way[at];
	struct spot spot;
	if (!step_has_own(step) || !spot_named(step->proto, step->link->own, &spot))
		return true;
	return test_add(all, test_number(s->c, COMPARE_EQUAL, spot_sum(s->c, &step->where, &spot),
	                                 spot_value(&spot, step->link->own_value)));
}

/* The bits that tell the protocol. */
static bool add_only(const struct search *s, struct test *all, unsigned at)
{
	const struct step *step = &s->way[at];
	const struct rt_only *only = &rt_more(step->proto)->only;
	struct spot spot;
	if (!step->where.is_known || !spot_place(step->proto, only->bit, only->width, &spot))
		return true;
	struct sum *bits = spot_sum(s->c, &step->where, &spot);
	if (only->low == only->high)
		return test_add(all, test_number(s->c, COMPARE_EQUAL, bits, only->low));
	if (only->low && !test_add(all, test_number(s->c, COMPARE_GREATER_EQUAL, bits, only->low)))
		return false;
	return only->high == spot.mask || test_add(all, test_not(s->c, test_number(s->c, COMPARE_GREATER, bits, only->high)));
}

/* Nothing but Raw follows when this row is not 0. */
static bool add_solid(const struct search *s, struct test *all, unsigned at)
{
	const struct step *step = &s->way[at];
	struct spot spot;
	if (!spot_named(step->proto, rt_more(step->proto)->solid, &spot))
		return true;
	return test_add(all, test_number(s->c, COMPARE_EQUAL, spot_sum(s->c, &step->where, &spot), 0));
}

/* Bits that tell the protocol need no look when they are the row that what follows is told by. */
struct test *header_test(const struct search *s, unsigned at, bool is_sure)
{
	const struct step *step = &s->way[at];
	struct test *all = test_new(s->c, TEST_AND);
	const bool is_told = rt_more(step->proto)->only.width && !row_tells(step->proto, row_named(step->proto, step->proto->next[0]));
	const bool is_read = !way_is_by_type(s, at) || s->wants_tag || step_has_own(step) || rt_more(step->proto)->solid ||
	                     step->proto->size.row || is_told;
	if (!all || !add_reached(s, all, at, is_sure) || (is_read && !add_fits(s, all, at)))
		return NULL;
	if (is_told && !add_only(s, all, at))
		return NULL;
	return add_own(s, all, at) && add_solid(s, all, at) ? all : NULL;
}

/* ---- lengths ---------------------------------------------------------------------------------------------------- */

/* value * unit + add */
static struct sum *sum_size(struct compiler *c, const struct where *where, const struct spot *spot,
                            const struct rt_size *size)
{
	struct sum *sum = spot_sum(c, where, spot);
	if (size->unit == 4)
		sum = sum_binary(c, SYMBOL_SHIFT_LEFT, sum, sum_constant(c, 2));
	else if (size->unit != 1)
		sum = sum_binary(c, '*', sum, sum_constant(c, size->unit));
	return size->add ? sum_binary(c, '+', sum, sum_constant(c, (uint32_t)(int32_t)size->add)) : sum;
}

/* The size of the header is at least the least; else the dissector takes that. NULL without error: it is always. */
struct test *size_test(const struct search *s, unsigned at)
{
	const struct step *step = &s->way[at];
	struct spot spot;
	if (!step->where.is_known || !spot_named(step->proto, step->proto->size.row, &spot))
		return NULL;
	struct sum *size = sum_size(s->c, &step->where, &spot, &step->proto->size);
	return test_number(s->c, COMPARE_GREATER_EQUAL, size, step->proto->header);
}

/* No length in way[at] ends before the header of way[end] does. */
static bool add_extent(const struct search *s, struct test *all, unsigned at, unsigned end)
{
	struct compiler *c = s->c;
	const struct step *step = &s->way[at], *last = &s->way[end];
	struct spot spot;
	if (!spot_named(step->proto, rt_more(step->proto)->extent.row, &spot))
		return true;
	struct sum *extent = sum_size(c, &step->where, &spot, &rt_more(step->proto)->extent);
	struct sum *needed = where_distance(c, &step->where, &last->where, last->proto->header);
	return test_add(all, test_compare(c, COMPARE_GREATER_EQUAL, extent, needed));
}

/* ---- the layer at the end --------------------------------------------------------------------------------------- */

/* Does the dissector go this way wherever the program does? */
bool layer_is_certain(const struct search *s, unsigned end)
{
	struct spot spot;
	for (unsigned at = 0; at <= end; at++) {
		const struct step *step = &s->way[at];
		const struct rt_proto *proto = step->proto;
		if (!step->is_first || !step->where.is_known || (proto->measure && !proto->is_certain) || proto->claims ||
		    proto->trailer)
			return false;
		if (step->reasons.count[HOW_SECOND_ROW] && !step->reasons.count[HOW_ROW])
			return false;
		if (step->reasons.count[HOW_ROW] && !next_spot(s, at - 1, HOW_ROW, &spot))
			return false;
	}
	return true;
}

/* ... but where lengths say otherwise, or another way leads there too? */
bool layer_has_exceptions(const struct search *s, unsigned end)
{
	for (unsigned at = 0; at <= end; at++) {
		const struct step *step = &s->way[at];
		const bool has_length = rt_more(step->proto)->extent.row || step->proto->size.row;
		if (step->reasons.count[HOW_SECOND_ROW] || (at < end && has_length))
			return true;
	}
	return false;
}

struct test *layer_maybe(const struct search *s, unsigned at, const struct field_tests *tests)
{
	struct test *all = test_new(s->c, TEST_AND);
	const bool is_read = tests->is_known || step_has_own(&s->way[at]) || rt_more(s->way[at].proto)->only.width;
	if (!all || !add_reached(s, all, at, false) || (is_read && s->way[at].where.is_known && !add_fits(s, all, at)))
		return NULL;
	return add_only(s, all, at) && add_own(s, all, at) && test_add(all, tests->maybe) ? all : NULL;
}

struct test *layer_sure(const struct search *s, unsigned at, const struct field_tests *tests)
{
	struct test *all = test_new(s->c, TEST_AND);
	if (!all || !add_reached(s, all, at, true) || !add_fits(s, all, at) || !add_only(s, all, at) ||
	    !add_own(s, all, at))
		return NULL;
	for (unsigned i = 0; i < at; i++) {
		struct test *size = size_test(s, i);
		if ((size && !test_add(all, size)) || !add_extent(s, all, i, at))
			return NULL;
	}
	return test_add(all, tests->sure) ? all : NULL;
}
