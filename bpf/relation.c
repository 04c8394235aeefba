/* SPDX-License-Identifier: MIT */
/* relation.c - the meaning of arithmetic: ip[8] > 64, tcp[tcpflags] & tcp-syn != 0. A load has a guard: its protocol
 * must be there, and for transports no fragment but the first.
 *
 * Default: transports are those of IPv4 or of IPv6, so a relation with one is tried for both; and bytes behind the
 * headers must be there, or the relation is false. (A load outside of the packet would end the whole program, and
 * `tcp[20] = 1 or ip` would miss what `ip or tcp[20] = 1` finds.) Bytes of the frame itself are counted as on the wire:
 * live, a relation that sees the place of the outer VLAN tag is tried for a tag in band and for one aside.
 * --pcap-filter: transports are those of IPv4, the guards on the right of an operator are lost, loads end the program,
 * and bytes are counted as the kernel has them, as in libpcap. */
#include "meaning.h"

enum family { ANY_FAMILY, FAMILY_IP, FAMILY_IP6 };

struct resolve {
	struct compiler *c;
	const struct scope *scope;
	enum family family;              /* what transports belong to                                 */
	bool is_aside;                   /* the outer VLAN tag is not among the bytes                 */
	struct test *guards;             /* an AND                                                    */
	bool is_impossible;              /* no packet of this family has all of the loads             */
	bool sees_tag;                   /* it matters whether the tag is aside                       */
};

static struct sum *resolve(struct resolve *r, const struct expr *expr);

/* ---- what the expression needs --------------------------------------------------------------------------------- */

static bool is_transport(const struct word *base) { return base->layer >= LAYER_ON_ANY && base->layer <= LAYER_ON_IP6; }

static bool uses_transport(const struct expr *expr)
{
	return expr && ((expr->kind == EXPR_LOAD && is_transport(expr->base)) || uses_transport(expr->left) ||
	                uses_transport(expr->right));
}

/* ---- loads ------------------------------------------------------------------------------------------------------- */

static bool guard(struct resolve *r, struct test *test) { return test_add(r->guards, test); }

/* Bytes that a header of this protocol has at least: whoever says it is there has them, or is malformed. */
static uint32_t least_header(const struct scope *scope, const struct word *base)
{
	static const struct { uint8_t id, bytes; } least[] = {
		{ WORD_IP, 20 }, { WORD_IP6, 40 }, { WORD_ARP, 28 }, { WORD_RARP, 28 },
		{ WORD_TCP, 20 }, { WORD_UDP, 8 }, { WORD_SCTP, 12 }, { WORD_ICMP, 4 }, { WORD_ICMP6, 4 },
	};
	for (size_t i = 0; i < RT_COUNT(least); i++)
		if (least[i].id == base->id)
			return least[i].bytes;
	return base->layer == LAYER_LINK && scope->link->kind == KIND_ETHER ? 14 : 0;
}

/* The place behind the last byte of a load. */
static struct sum *sum_end(struct compiler *c, const struct sum *load)
{
	struct sum *end = sum_constant(c, load->number + load->size);
	if (load->fact)
		end = sum_binary(c, '+', sum_fact(c, (enum fact)load->fact), end);
	if (load->left)
		end = sum_binary(c, '+', load->left, end);
	if (load->is_behind_ip) {
		struct sum *first = sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = 1, .fact = load->fact,
		                                            .number = load->ip_at });
		struct sum *header = sum_binary(c, SYMBOL_SHIFT_LEFT, sum_masked(c, first, 15), sum_constant(c, 2));
		end = sum_binary(c, '+', header, end);
	}
	return end;
}

/* The largest value a sum may have, as far as its shape tells. */
static uint32_t sum_most(const struct sum *sum)
{
	const bool has_number = sum->kind == SUM_BINARY && sum->right->kind == SUM_NUMBER;
	if (sum->kind == SUM_NUMBER)
		return sum->number;
	if (sum->kind == SUM_LOAD)
		return sum->size == 1 ? 0xff : sum->size == 2 ? 0xffff : UINT32_MAX;
	if (!has_number)
		return UINT32_MAX;
	const uint32_t left = sum_most(sum->left), right = sum->right->number;
	switch (sum->op) {
	case '&': return left < right ? left : right;
	case '/': return right ? left / right : 0;
	case '+': return left <= UINT32_MAX - right ? left + right : UINT32_MAX;
	case '*': return !right || left <= UINT32_MAX / right ? left * right : UINT32_MAX;
	case SYMBOL_SHIFT_LEFT:  return left <= UINT32_MAX >> (right & 31) ? left << (right & 31) : UINT32_MAX;
	case SYMBOL_SHIFT_RIGHT: return left >> (right & 31);
	}
	return UINT32_MAX;
}

/* Nothing stands in front of a header: an index just below 0, as `ip[len - 60]` may have it, is none. */
static bool guard_index(struct resolve *r, const struct sum *index)
{
	if (index->kind == SUM_NUMBER && index->number > INT32_MAX)
		return guard(r, test_new(r->c, TEST_FALSE));
	return sum_most(index) <= INT32_MAX ||
	       guard(r, test_not(r->c, test_number(r->c, COMPARE_GREATER, index, INT32_MAX)));
}

static struct sum *indexed(struct resolve *r, const struct expr *expr, struct sum *load, const struct sum *index)
{
	if (!load || !index)
		return NULL;
	if (index->kind == SUM_NUMBER)
		load->number += index->number;
	else
		load->left = index;
	if (r->c->options.is_pcap)
		return load;
	if (!guard_index(r, index))
		return NULL;
	if (!load->left && (uint64_t)load->number + load->size <= least_header(r->scope, expr->base))
		return load;
	struct sum *length = sum_of(r->c, (struct sum){ .kind = SUM_LEN });
	return guard(r, test_compare(r->c, COMPARE_GREATER_EQUAL, length, sum_end(r->c, load))) ? load : NULL;
}

/* ---- bytes of the frame, when the kernel has moved the outer tag aside: 12 to 15 are the tag, others come 4 later ---- */

#define TAG_AT  12u
#define TAG_END 16u

/* As much as is found in one place of what stands at `at`, at most `*size` bytes; `*size` says how much. */
static struct sum *piece(struct compiler *c, uint32_t at, unsigned *size)
{
	const struct place start = { 0, 0 };
	if (at >= TAG_END || at + *size <= TAG_AT) {
		*size = *size == 3 ? 2 : *size;
		return sum_load(c, start, at >= TAG_END ? at - 4 : at, *size);
	}
	*size = at % 2 || *size == 1 ? 1 : 2;
	if (at < TAG_AT)
		return sum_load(c, start, at, *size);
	struct sum *half = sum_aside(c, at < TAG_AT + 2 ? SKF_AD_VLAN_TPID : SKF_AD_VLAN_TAG);
	if (*size == 2)
		return half;
	return at % 2 ? sum_masked(c, half, 0xff) : sum_binary(c, SYMBOL_SHIFT_RIGHT, half, sum_constant(c, 8));
}

static struct sum *load_around_tag(struct resolve *r, uint32_t at, unsigned size)
{
	struct sum *sum = NULL;
	const uint32_t end = at + size;
	if (end > TAG_AT + 2 && !guard(r, test_number(r->c, COMPARE_GREATER_EQUAL,
	                                              sum_of(r->c, (struct sum){ .kind = SUM_LEN }), end - 4)))
		return NULL;
	while (at < end) {
		unsigned bytes = end - at;
		struct sum *next = piece(r->c, at, &bytes);
		if (sum)
			next = sum_binary(r->c, '|', sum_binary(r->c, SYMBOL_SHIFT_LEFT, sum, sum_constant(r->c, 8 * bytes)), next);
		if (!next)
			return NULL;
		sum = next;
		at += bytes;
	}
	return sum;
}

/* With a computed index, which byte is meant depends on the tag: too much for a program without branches in its sums,
 * so the kernel lets every frame with a tag aside through, and the same program decides about whole frames later. */
static struct sum *load_link(struct resolve *r, const struct expr *expr, const struct sum *index)
{
	const bool is_outer = !r->c->options.is_pcap && !r->scope->header.fact && !r->scope->header.at;
	const bool may_be_aside = is_outer && r->c->options.is_live && r->c->link->has_mac;
	const bool is_number = index->kind == SUM_NUMBER;
	if (may_be_aside && !is_number)
		r->c->is_wide_aside = true;
	if (may_be_aside && is_number && index->number <= INT32_MAX && index->number + expr->size > TAG_AT) {
		r->sees_tag = true;
		if (r->is_aside)
			return load_around_tag(r, index->number, expr->size);
	}
	return indexed(r, expr, sum_header(r->c, r->scope, 0, expr->size), index);
}

/* From the start of the frame, where the radio's header is. */
static struct sum *load_radio(struct resolve *r, const struct expr *expr, const struct sum *index)
{
	const unsigned link = r->scope->link->link;
	if (link != RT_LINK_RADIOTAP && link != RT_LINK_AVS && link != RT_LINK_PRISM) {
		token_fail(r->c, expr->token, "there is no radio header in %s", rt_link_name(link));
		return NULL;
	}
	return indexed(r, expr, sum_load(r->c, (struct place){ 0, 0 }, 0, expr->size), index);
}

/* libpcap has no bytes of these: ESP and AH, LLC, OSI. */
static bool may_index(struct resolve *r, const struct expr *expr)
{
	const struct word *base = expr->base;
	const bool is_late = base->layer >= LAYER_ON_ISO || (base->layer == LAYER_TYPE && base->number <= 1500) ||
	                     base->id == WORD_AARP;
	const bool is_refused = r->c->options.is_pcap && (base->id == WORD_AH || base->id == WORD_ESP);
	if (is_late || is_refused)
		token_fail(r->c, expr->token, "the bytes of \"%s\" cannot be asked for", base->spelling);
	return !is_late && !is_refused;
}

static struct sum *load_net(struct resolve *r, const struct expr *expr, const struct sum *index)
{
	if (!guard(r, test_type(r->c, r->scope, expr->base->number)))
		return NULL;
	return indexed(r, expr, sum_net(r->c, r->scope, 0, expr->size), index);
}

static struct sum *load_transport(struct resolve *r, const struct expr *expr, const struct sum *index)
{
	const struct word *base = expr->base;
	const bool is_ip6 = base->layer == LAYER_ON_IP6 || r->family == FAMILY_IP6;
	const bool has_guard = !is_ip6 || r->scope->walk.later;          /* against later fragments */
	if ((base->layer == LAYER_ON_IP6 && r->family == FAMILY_IP) || (base->layer == LAYER_ON_IP && is_ip6))
		r->is_impossible = true;
	struct test *is_proto = is_ip6 && !r->scope->walk.proto ?
		test_and(r->c, test_type(r->c, r->scope, TYPE_IP6),
		         test_number(r->c, COMPARE_EQUAL, sum_net(r->c, r->scope, 6, 1), base->number)) :
		is_ip6 ? test_proto6(r->c, r->scope, base->number) : test_proto4(r->c, r->scope, base->number);
	if (!guard(r, is_proto) || (has_guard && !guard(r, test_not_later(r->c, r->scope, is_ip6))))
		return NULL;
	return indexed(r, expr, sum_transport(r->c, r->scope, is_ip6, 0, expr->size), index);
}

static struct sum *resolve_load(struct resolve *r, const struct expr *expr)
{
	const struct sum *index = resolve(r, expr->left);
	if (!index || !may_index(r, expr))
		return NULL;
	switch ((enum layer)expr->base->layer) {
	case LAYER_LINK:  return load_link(r, expr, index);
	case LAYER_RADIO: return load_radio(r, expr, index);
	case LAYER_TYPE:  return load_net(r, expr, index);
	default:         return load_transport(r, expr, index);
	}
}

/* ---- operators ------------------------------------------------------------------------------------------------------ */

static bool is_sound(struct resolve *r, const struct expr *expr, const struct sum *right)
{
	const bool is_shift = expr->op == SYMBOL_SHIFT_LEFT || expr->op == SYMBOL_SHIFT_RIGHT;
	if (right->kind != SUM_NUMBER)
		return true;
	if (right->number == 0 && (expr->op == '/' || expr->op == '%'))
		token_fail(r->c, expr->right->token, "division by zero");
	else if (right->number > 31 && is_shift)
		token_fail(r->c, expr->right->token, "a shift by more than 31 bits");
	else
		return true;
	return false;
}

static struct sum *resolve_binary(struct resolve *r, const struct expr *expr)
{
	const struct sum *left = resolve(r, expr->left);
	struct test *guards = r->guards;
	if (left && r->c->options.is_pcap)
		r->guards = test_new(r->c, TEST_AND);
	const struct sum *right = left ? resolve(r, expr->right) : NULL;
	r->guards = guards;
	return right && is_sound(r, expr, right) ? sum_binary(r->c, expr->op, left, right) : NULL;
}

static struct sum *resolve(struct resolve *r, const struct expr *expr)
{
	switch ((enum expr_kind)expr->kind) {
	case EXPR_NUMBER: return sum_constant(r->c, expr->number);
	case EXPR_LEN:    return sum_length(r->c);
	case EXPR_LOAD:   return resolve_load(r, expr);
	case EXPR_FIELD:  return NULL;                   /* field.c */
	case EXPR_NEGATE: return sum_negate(r->c, resolve(r, expr->left));
	case EXPR_BINARY: break;
	}
	return resolve_binary(r, expr);
}

/* ---- relations -------------------------------------------------------------------------------------------------------- */

static const struct { uint16_t symbol; uint8_t compare; bool is_not; } relations[] = {
	{ '=', COMPARE_EQUAL, false },
	{ SYMBOL_NOT_EQUAL, COMPARE_EQUAL, true },
	{ '>', COMPARE_GREATER, false },
	{ SYMBOL_LESS_EQUAL, COMPARE_GREATER, true },
	{ SYMBOL_GREATER_EQUAL, COMPARE_GREATER_EQUAL, false },
	{ '<', COMPARE_GREATER_EQUAL, true },
};

struct test *test_relation(struct compiler *c, uint16_t symbol, const struct sum *left, const struct sum *right)
{
	size_t at = 0;
	while (relations[at].symbol != symbol)
		at++;
	struct test *test = test_compare(c, (enum compare)relations[at].compare, left, right);
	return test && relations[at].is_not ? test_not(c, test) : test;
}

static struct test *relate_with(struct resolve *r, const struct node *node)
{
	struct compiler *c = r->c;
	r->guards = test_new(c, TEST_AND);
	const struct sum *left = resolve(r, node->left), *right = left ? resolve(r, node->right) : NULL;
	struct test *test = test_relation(c, node->relation, left, right);
	if (r->is_impossible)
		return test ? test_new(c, TEST_FALSE) : NULL;
	return test_add(r->guards, test) ? r->guards : NULL;
}

static struct test *relate(struct compiler *c, const struct scope *scope, const struct node *node, enum family family)
{
	struct resolve with_band = { .c = c, .scope = scope, .family = family };
	struct resolve with_aside = { .c = c, .scope = scope, .family = family, .is_aside = true };
	struct test *in_band = relate_with(&with_band, node);
	if (!in_band || !with_band.sees_tag)
		return in_band;
	struct sum *present = sum_aside(c, SKF_AD_VLAN_TAG_PRESENT);
	struct test *is_aside = test_number(c, COMPARE_EQUAL, present, 1);
	struct test *is_not = test_not(c, test_number(c, COMPARE_EQUAL, present, 1));
	return test_or(c, test_and(c, is_aside, relate_with(&with_aside, node)), test_and(c, is_not, in_band));
}

struct test *mean_relation(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const bool has_transport = uses_transport(node->left) || uses_transport(node->right);
	if (c->options.is_pcap || !has_transport)
		return relate(c, scope, node, ANY_FAMILY);
	return test_or(c, relate(c, scope, node, FAMILY_IP), relate(c, scope, node, FAMILY_IP6));
}
