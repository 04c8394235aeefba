/* SPDX-License-Identifier: MIT */
/* field_kernel.c - places in a packet, and tests on rows of a header that stands at one: what a program can compute.
 * Rows must have a fixed place in the part of the header that is always there. */
#include "field.h"

/* ---- places ------------------------------------------------------------------------------------------------------ */

#define ASIDE 2u                         /* bytes of a tag that are aside                                  */

static struct sum *aside_byte(struct compiler *c, const struct where *where, uint32_t at)
{
	struct sum *tag = sum_aside(c, SKF_AD_VLAN_TAG);
	if (at >= ASIDE)
		return sum_load(c, (struct place){ where->fact, where->at }, at - ASIDE, 1);
	return at ? sum_masked(c, tag, 0xff) : sum_binary(c, SYMBOL_SHIFT_RIGHT, tag, sum_constant(c, 8));
}

static struct sum *aside_load(struct compiler *c, const struct where *where, uint32_t at, unsigned size)
{
	if (at == 0 && size == ASIDE)
		return sum_aside(c, SKF_AD_VLAN_TAG);
	if (at == ASIDE)
		return sum_load(c, (struct place){ where->fact, where->at }, 0, size);
	struct sum *sum = aside_byte(c, where, at);
	for (unsigned i = 1; i < size; i++)
		sum = sum_binary(c, '|', sum_binary(c, SYMBOL_SHIFT_LEFT, sum, sum_constant(c, 8)), aside_byte(c, where, at + i));
	return sum;
}

struct sum *where_load(struct compiler *c, const struct where *where, uint32_t at, unsigned size)
{
	if (where->is_aside)
		return aside_load(c, where, at, size);
	return sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = (uint8_t)size, .number = where->at + at, .fact = where->fact,
	                               .is_behind_ip = where->is_behind_ip, .ip_at = where->ip_at });
}

static struct sum *ip_header(struct compiler *c, const struct where *where)
{
	struct sum *first = sum_load(c, (struct place){ where->fact, where->ip_at }, 0, 1);
	return sum_binary(c, SYMBOL_SHIFT_LEFT, sum_masked(c, first, 15), sum_constant(c, 2));
}

/* In an order that lets what is known of facts be added up while the program is made. */
struct sum *where_sum(struct compiler *c, const struct where *where, uint32_t at)
{
	struct sum *sum = sum_place(c, (struct place){ where->fact, where->at }, at);
	return where->is_behind_ip ? sum_binary(c, '+', ip_header(c, where), sum) : sum;
}

/* From one place on the way to a later one, and so many bytes behind that. */
struct sum *where_distance(struct compiler *c, const struct where *from, const struct where *to, uint32_t bytes)
{
	struct sum *fixed = sum_constant(c, to->at + bytes - from->at);
	return to->is_behind_ip && !from->is_behind_ip ? sum_binary(c, '+', ip_header(c, to), fixed) : fixed;
}

struct test *where_fits(struct compiler *c, const struct where *where, uint32_t bytes)
{
	struct sum *length = sum_of(c, (struct sum){ .kind = SUM_LEN });
	bytes -= where->is_aside ? ASIDE : 0;
	return test_compare(c, COMPARE_GREATER_EQUAL, length, where_sum(c, where, bytes));
}

/* ---- numbers in headers -------------------------------------------------------------------------------------------- */

/* Three bytes are read as four, with one of the neighbours; both are in the header. */
bool spot_place(const struct rt_proto *proto, unsigned bit, unsigned width, struct spot *spot)
{
	const uint32_t end = bit + width, header = proto->header;
	uint32_t at = bit / 8, size = (end + 7) / 8 - at;
	if (rt_more(proto)->value || width == 0 || width > 32 || size > 4 || end > header * 8)
		return false;
	size = size == 3 ? 4 : size;
	if (at + size > header && header < size)
		return false;
	at = at + size > header ? header - size : at;
	*spot = (struct spot){ .at = at, .size = (uint8_t)size, .shift = (uint8_t)((at + size) * 8 - end),
	                       .mask = width == 32 ? UINT32_MAX : (1u << width) - 1 };
	return true;
}

/* Of little-endian numbers those of two or four bytes, which can be compared turned around. */
bool spot_find(const struct rt_proto *proto, const struct rt_row *row, struct spot *spot)
{
	if (row->word || row->in_trailer || row->kind == RT_INT || row->kind == RT_SEVENS ||
	    row->kind == RT_FIXED || !rt_row_is_number(row) ||
	    (row->is_little && row->width != 8 && row->width != 16 && row->width != 32))
		return false;
	if (!spot_place(proto, row->bit, row->width, spot))
		return false;
	spot->is_little = row->is_little && row->width > 8;
	return true;
}

bool spot_named(const struct rt_proto *proto, const char *name, struct spot *spot)
{
	const struct rt_row *row = row_named(proto, name);
	return row && spot_find(proto, row, spot);
}

uint32_t spot_value(const struct spot *spot, uint32_t value)
{
	if (!spot->is_little)
		return value;
	return spot->size == 2 ? (value >> 8 & 0xff) | (value & 0xff) << 8
	                       : value >> 24 | (value >> 8 & 0xff00) | (value & 0xff00) << 8 | value << 24;
}

struct sum *spot_sum(struct compiler *c, const struct where *where, const struct spot *spot)
{
	struct sum *sum = where_load(c, where, spot->at, spot->size);
	if (spot->shift)
		sum = sum_binary(c, SYMBOL_SHIFT_RIGHT, sum, sum_constant(c, spot->shift));
	const unsigned bits = spot->size * 8u - spot->shift;
	const uint32_t rest = bits == 32 ? UINT32_MAX : (1u << bits) - 1;
	return rest == spot->mask ? sum : sum_masked(c, sum, spot->mask);
}

/* ---- one row ---------------------------------------------------------------------------------------------------------- */

struct at { struct compiler *c; const struct rt_proto *proto; const struct where *where; };

static bool has_fixed_place(const struct at *at, const struct rt_row *row)
{
	struct spot spot;
	if (row->when && !spot_place(at->proto, row->when->bit, row->when->width, &spot))
		return false;
	return row->width && !row->in_trailer && (uint32_t)row->bit + row->width <= at->proto->header * 8u && !rt_more(at->proto)->value;
}

/* The row is in the header. */
static struct test *is_there(const struct at *at, const struct rt_row *row)
{
	struct compiler *c = at->c;
	struct spot spot;
	if (!row->when)
		return test_new(c, TEST_TRUE);
	spot_place(at->proto, row->when->bit, row->when->width, &spot);
	struct sum *const words[] = { spot_sum(c, at->where, &spot) };
	struct items values = { 0 };
	for (unsigned i = 0; i < row->when->count; i++)
		if (!items_add(c, &values, &(struct item){ { row->when->values[i] }, { row->when->values[i] }, 1 }))
			return NULL;
	struct test *test = test_items(c, &values, words);
	return row->when->unless ? test_not(c, test) : test;
}

static struct test *test_pair(const struct at *at, const struct fit *fit, const struct spot *own)
{
	const struct rt_names *names = fit->row->names;
	struct spot spot;
	if (!spot_place(at->proto, names->by_bit, names->by_width, &spot))
		return NULL;
	return test_and(at->c, test_number(at->c, COMPARE_EQUAL, spot_sum(at->c, at->where, &spot), fit->by),
	                test_number(at->c, COMPARE_EQUAL, spot_sum(at->c, at->where, own), spot_value(own, fit->number)));
}

static uint32_t word_of(const uint8_t *bytes, uint32_t at, unsigned size)
{
	uint32_t word = 0;
	for (unsigned i = 0; i < size; i++)
		word = word << 8 | (bytes ? bytes[at + i] : 0xff);
	return word;
}

static struct test *test_bytes(const struct at *at, const struct fit *fit)
{
	struct compiler *c = at->c;
	struct test *all = test_new(c, TEST_AND);
	if (fit->size * 8 != fit->row->width)
		return test_new(c, TEST_FALSE);
	for (uint32_t i = 0, size; i < fit->size; i += size) {
		size = fit->size - i >= 4 ? 4 : fit->size - i >= 2 ? 2 : 1;
		const uint32_t all_bits = word_of(NULL, 0, size), mask = fit->mask ? word_of(fit->mask, i, size) : all_bits;
		struct sum *sum = where_load(c, at->where, fit->row->bit / 8 + i, size);
		sum = mask == all_bits ? sum : sum_masked(c, sum, mask);
		if (mask && !test_add(all, test_number(c, COMPARE_EQUAL, sum, word_of(fit->bytes, i, size) & mask)))
			return NULL;
	}
	return all;
}

/* NULL and no error: the program cannot tell. */
static struct test *test_fit(const struct at *at, const struct field_test *test, const struct rt_row *row)
{
	struct compiler *c = at->c;
	const struct fit *fit = fit_find(test, row);
	const bool is_not = test->relation == SYMBOL_NOT_EQUAL;
	struct spot spot = { 0 };
	if (!fit)
		return test_new(c, is_not ? TEST_TRUE : TEST_FALSE);
	if ((fit->kind == FIT_NUMBER || fit->kind == FIT_PAIR) && !spot_find(at->proto, row, &spot))
		return NULL;
	if (spot.is_little && !is_not && test->relation != '=')
		return NULL;
	if (fit->kind == FIT_NUMBER)
		return test_relation(c, test->relation, spot_sum(c, at->where, &spot),
		                     sum_constant(c, spot_value(&spot, fit->number)));
	if (fit->kind == FIT_NAME || fit->kind == FIT_PREFIX || row->bit % 8)
		return NULL;
	struct test *same = fit->kind == FIT_PAIR ? test_pair(at, fit, &spot) : test_bytes(at, fit);
	return is_not && same ? test_not(c, same) : same;
}

/* The row is there, and the test holds. */
static struct test *test_row(const struct at *at, const struct field_test *test, const struct rt_row *row)
{
	if (!has_fixed_place(at, row))
		return NULL;
	if (test->kind == FIELD_THERE)
		return is_there(at, row);
	struct test *holds = test->kind == FIELD_VALUE ? test_fit(at, test, row) : NULL;
	if (!holds || !row->when)
		return holds;
	return test_and(at->c, is_there(at, row), holds);
}

/* ---- all rows of one name ------------------------------------------------------------------------------------------- */

/* Any of them may be the one that is there. `first_only`: the rows in front of it are not. */
static struct test *test_rows(const struct at *at, const struct field_test *test, bool first_only)
{
	const struct rt_path *path = &test->field->path;
	struct compiler *c = at->c;
	struct test *any = test_new(c, TEST_OR);
	for (unsigned i = 0; i < path->count; i++) {
		if (path->choice[i].proto != at->proto)
			continue;
		struct test *one = test_row(at, test, path->choice[i].row);
		for (unsigned j = 0; one && first_only && j < i; j++)
			if (path->choice[j].proto == at->proto)
				one = test_and(c, test_not(c, is_there(at, path->choice[j].row)), one);
		if (!test_add(any, one))
			return NULL;
	}
	return any;
}

/* ---- arithmetic ------------------------------------------------------------------------------------------------------- */

/* The row of a field in this protocol; NULL: several, or none with a fixed place. */
static const struct rt_row *only_row(const struct at *at, const struct rt_path *path)
{
	const struct rt_row *row = NULL;
	for (unsigned i = 0; i < path->count; i++) {
		if (path->choice[i].proto != at->proto)
			continue;
		if (row)
			return NULL;
		row = path->choice[i].row;
	}
	return row && has_fixed_place(at, row) ? row : NULL;
}

/* Division ends a program when it is by 0, and big shifts are the kernel's business. */
static bool is_harmless(const struct expr *expr)
{
	const bool is_simple = expr->op == '+' || expr->op == '-' || expr->op == '*' || expr->op == '&' || expr->op == '|' ||
	                       expr->op == '^';
	return is_simple || expr->right->kind == EXPR_NUMBER;
}

/* (x & a) & b is x & (a & b). */
static struct sum *binary(struct compiler *c, uint16_t op, const struct sum *left, const struct sum *right)
{
	const bool is_masked = left && right && op == '&' && left->kind == SUM_BINARY && left->op == '&' &&
	                       left->right->kind == SUM_NUMBER && right->kind == SUM_NUMBER;
	if (!is_masked)
		return sum_binary(c, op, left, right);
	return sum_binary(c, '&', left->left, sum_constant(c, left->right->number & right->number));
}

static struct sum *sum_at(const struct at *at, const struct field_test *test, const struct expr *expr, struct test *guards)
{
	struct compiler *c = at->c;
	struct spot spot;
	if (expr->kind == EXPR_NUMBER)
		return sum_constant(c, expr->number);
	if (expr->kind == EXPR_LEN || (expr->kind == EXPR_FIELD && expr->field->path.is_frame))
		return sum_length(c);
	if (expr->kind == EXPR_NEGATE)
		return sum_negate(c, sum_at(at, test, expr->left, guards));
	if (expr->kind == EXPR_BINARY) {
		if (!is_harmless(expr))
			return NULL;
		struct sum *left = sum_at(at, test, expr->left, guards);
		return left ? binary(c, expr->op, left, sum_at(at, test, expr->right, guards)) : NULL;
	}
	const struct rt_row *row = expr->kind == EXPR_FIELD && expr->field->path.nth == test->field->path.nth ?
	                           only_row(at, &expr->field->path) : NULL;
	if (!row || !spot_find(at->proto, row, &spot) || spot.is_little || (row->when && !test_add(guards, is_there(at, row))))
		return NULL;
	return spot_sum(c, at->where, &spot);
}

static struct test *test_sum(const struct at *at, const struct field_test *test)
{
	struct test *guards = test_new(at->c, TEST_AND);
	struct sum *left = sum_at(at, test, test->left, guards), *right = left ? sum_at(at, test, test->right, guards) : NULL;
	return right && test_add(guards, test_relation(at->c, test->relation, left, right)) ? guards : NULL;
}

/* ---- the test ------------------------------------------------------------------------------------------------------------ */

static unsigned count_rows(const struct rt_path *path, const struct rt_proto *proto)
{
	unsigned count = 0;
	for (unsigned i = 0; i < path->count; i++)
		count += path->choice[i].proto == proto;
	return count;
}

static struct test *test_at(const struct at *at, const struct field_test *test, bool first_only)
{
	if (test->field->is_layer)
		return test->kind == FIELD_THERE ? test_new(at->c, TEST_TRUE) : NULL;
	if (!at->where->is_known || test->field->path.field || test->field->path.item)
		return NULL;
	return test->kind == FIELD_SUM ? test_sum(at, test) : test_rows(at, test, first_only);
}

bool field_at(struct compiler *c, const struct field_test *test, const struct rt_proto *proto, const struct where *where,
              struct field_tests *tests)
{
	const struct at at = { c, proto, where };
	const bool is_one = count_rows(&test->field->path, proto) <= 1;
	tests->maybe = test_at(&at, test, false);
	tests->sure = tests->maybe ? test_at(&at, test, !is_one) : NULL;
	tests->is_known = tests->maybe != NULL;
	tests->is_same = tests->is_known && is_one;
	if (c->error->code)
		return false;
	if (!tests->is_known) {
		tests->maybe = test_new(c, TEST_TRUE);
		tests->sure = test_new(c, TEST_FALSE);
	}
	return tests->maybe && tests->sure;
}
