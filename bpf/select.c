/* SPDX-License-Identifier: MIT */
/* select.c - sums become instructions that leave their value in A. Equal values become the very same code, so that
 * later stages compare pointers. Knows in which form a fact is at hand (a number, a scratch word, a load), and what a
 * code does to X, which is where header ends and indexes are kept. */
#include <errno.h>
#include "stages.h"

#define CODE_MAX 1024                    /* instructions of one sum                                      */

enum held { HELD_NOTHING, HELD_FACT, HELD_IP_LENGTH, HELD_BEHIND_IP, HELD_OTHER };

struct writer {
	struct graph *g;
	const struct facts *facts;
	struct sock_filter insns[CODE_MAX];
	unsigned count, temps;
	struct { enum held what; uint32_t number; } x, first_x;  /* in X now; by the first instructions      */
	unsigned x_count;
	const struct code *leaves;       /* of the code                                               */
	bool is_failed;
};

static int complain(struct graph *g, int code, const char *what)
{
	return g->compiler->error->code ? -code : rt_fail(g->compiler->error, code, "%s", what);
}

static void put(struct writer *w, unsigned code, uint32_t k)
{
	if (w->count == CODE_MAX && !w->is_failed) {
		w->is_failed = true;
		complain(w->g, E2BIG, "the arithmetic is too long");
	}
	if (!w->is_failed)
		w->insns[w->count++] = (struct sock_filter)BPF_STMT((uint16_t)code, k);
}

static unsigned temp_take(struct writer *w)
{
	if (w->g->first_free + w->temps == BPF_MEMWORDS && !w->is_failed) {
		w->is_failed = true;
		complain(w->g, E2BIG, "the arithmetic needs more than the 16 scratch words of a filter");
	}
	return w->is_failed ? 0 : w->g->first_free + w->temps++;
}

static void temp_give(struct writer *w) { w->temps -= !w->is_failed; }

static unsigned size_bits(unsigned size) { return size == 1 ? BPF_B : size == 2 ? BPF_H : BPF_W; }

/* ---- X ------------------------------------------------------------------------------------------------------ */

static void tax(struct writer *w)
{
	put(w, BPF_MISC | BPF_TAX, 0);
	w->x.what = HELD_OTHER;
}

/* Puts the base of a load into X, unless it is there. Only HELD_BEHIND_IP changes A. */
static void hold(struct writer *w, enum held what, uint32_t number, uint32_t slot)
{
	const bool is_first = w->count == 0;
	if (w->x.what == what && w->x.number == number)
		return;
	if (what == HELD_IP_LENGTH)
		put(w, BPF_LDX | BPF_B | BPF_MSH, number);
	else
		put(w, BPF_LDX | BPF_MEM, slot);
	if (what == HELD_BEHIND_IP) {
		put(w, BPF_LD | BPF_B | BPF_IND, number);
		put(w, BPF_ALU | BPF_AND | BPF_K, 15);
		put(w, BPF_ALU | BPF_LSH | BPF_K, 2);
		put(w, BPF_ALU | BPF_ADD | BPF_X, 0);
		put(w, BPF_MISC | BPF_TAX, 0);
	}
	w->x.what = what;
	w->x.number = number;
	if (is_first) {
		w->first_x.what = what;
		w->first_x.number = number;
		w->x_count = w->count;
	}
}

/* ---- loads ----------------------------------------------------------------------------------------------------- */

static void put_sum(struct writer *w, const struct sum *sum);

/* An offset of 2 GiB and more would be taken for one of the kernel's own places; from X it is only outside. */
static void put_absolute(struct writer *w, unsigned bits, uint32_t at)
{
	if (at <= INT32_MAX) {
		put(w, BPF_LD | BPF_ABS | bits, at);
		return;
	}
	put(w, BPF_LDX | BPF_IMM, at);
	w->x.what = HELD_OTHER;
	put(w, BPF_LD | BPF_IND | bits, 0);
}

static void put_index(struct writer *w, const struct sum *sum, enum held what, uint32_t number, uint32_t slot)
{
	unsigned temp = 0;
	put_sum(w, sum->left);
	if (what == HELD_BEHIND_IP) {
		temp = temp_take(w);
		put(w, BPF_ST, temp);
	}
	if (what != HELD_NOTHING)
		hold(w, what, number, slot);
	if (what == HELD_BEHIND_IP) {
		put(w, BPF_LD | BPF_MEM, temp);
		temp_give(w);
	}
	if (what != HELD_NOTHING)
		put(w, BPF_ALU | BPF_ADD | BPF_X, 0);
	tax(w);
}

static void put_load(struct writer *w, const struct sum *sum)
{
	const unsigned bits = size_bits(sum->size);
	const bool is_number = w->facts->fact[sum->fact].form == FORM_NUMBER;
	const uint32_t base = is_number ? w->facts->fact[sum->fact].number : 0, slot = w->g->word[sum->fact];
	enum held what = !sum->is_behind_ip ? HELD_FACT : is_number ? HELD_IP_LENGTH : HELD_BEHIND_IP;
	const uint32_t number = !sum->is_behind_ip ? slot : base + sum->ip_at;
	if (is_number && !sum->is_behind_ip)
		what = HELD_NOTHING;
	if (!sum->left && what == HELD_NOTHING) {
		put_absolute(w, bits, base + sum->number);
		return;
	}
	if (sum->left)
		put_index(w, sum, what, number, slot);
	else
		hold(w, what, number, slot);
	put(w, BPF_LD | BPF_IND | bits, base + sum->number);
}

/* ---- operators -------------------------------------------------------------------------------------------------- */

static unsigned alu(uint16_t op)
{
	static const struct { uint16_t op, code; } codes[] = {
		{ '+', BPF_ADD }, { '-', BPF_SUB }, { '*', BPF_MUL }, { '/', BPF_DIV }, { '%', BPF_MOD },
		{ '&', BPF_AND }, { '|', BPF_OR }, { '^', BPF_XOR },
		{ SYMBOL_SHIFT_LEFT, BPF_LSH }, { SYMBOL_SHIFT_RIGHT, BPF_RSH },
	};
	size_t i = 0;
	while (codes[i].op != op)
		i++;
	return codes[i].code;
}

/* Leaves X as it is: fixed loads, and numbers. */
static bool spares_x(const struct writer *w, const struct sum *sum)
{
	if (sum->kind == SUM_LOAD)
		return !sum->left && !sum->is_behind_ip && w->facts->fact[sum->fact].form == FORM_NUMBER &&
		       w->facts->fact[sum->fact].number + sum->number <= INT32_MAX;
	if (sum->kind == SUM_BINARY)
		return sum->right->kind == SUM_NUMBER && spares_x(w, sum->left);
	return sum->kind != SUM_NEGATE || spares_x(w, sum->left);
}

/* Can be put in X without touching A. */
static bool fits_x(const struct writer *w, const struct sum *sum)
{
	const unsigned form = w->facts->fact[sum->fact].form;
	return sum->kind == SUM_LEN || (sum->kind == SUM_FACT && form != FORM_NUMBER && form != FORM_LOAD);
}

static void put_in_x(struct writer *w, const struct sum *sum)
{
	if (sum->kind == SUM_FACT) {
		hold(w, HELD_FACT, w->g->word[sum->fact], w->g->word[sum->fact]);
		return;
	}
	put(w, BPF_LDX | BPF_W | BPF_LEN, 0);
	w->x.what = HELD_OTHER;
}

/* Left in A, right in X. Both are always computed, so their order does not matter. */
static void put_pair(struct writer *w, const struct sum *left, const struct sum *right)
{
	if (spares_x(w, left)) {
		put_sum(w, right);
		tax(w);
		put_sum(w, left);
		return;
	}
	put_sum(w, left);
	if (fits_x(w, right)) {
		put_in_x(w, right);
		return;
	}
	const unsigned temp = temp_take(w);
	put(w, BPF_ST, temp);
	put_sum(w, right);
	tax(w);
	put(w, BPF_LD | BPF_MEM, temp);
	temp_give(w);
}

static void put_fact(struct writer *w, enum fact fact)
{
	const uint32_t number = w->facts->fact[fact].number;
	switch ((enum fact_form)w->facts->fact[fact].form) {
	case FORM_NUMBER: put(w, BPF_LD | BPF_IMM, number); return;
	case FORM_LOAD:   put(w, BPF_LD | BPF_ABS | size_bits(w->facts->fact[fact].size), number); return;
	default:          put(w, BPF_LD | BPF_MEM, w->g->word[fact]); return;
	}
}

static void put_sum(struct writer *w, const struct sum *sum)
{
	if (w->is_failed)
		return;
	switch ((enum sum_kind)sum->kind) {
	case SUM_NUMBER: put(w, BPF_LD | BPF_IMM, sum->number); return;
	case SUM_LEN:    put(w, BPF_LD | BPF_W | BPF_LEN, 0); return;
	case SUM_FACT:   put_fact(w, (enum fact)sum->fact); return;
	case SUM_ASIDE:  put(w, BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_AD_OFF + sum->number); return;
	case SUM_LOAD:   put_load(w, sum); return;
	case SUM_FIELD:  return;                         /* not in programs */
	case SUM_NEGATE:
		put_sum(w, sum->left);
		put(w, BPF_ALU | BPF_NEG, 0);
		return;
	case SUM_BINARY: break;
	}
	uint32_t number;
	if (sum_number(sum->right, w->facts, &number)) {
		put_sum(w, sum->left);
		put(w, BPF_ALU | BPF_K | alu(sum->op), number);
		return;
	}
	const bool is_swapped = is_symmetric(sum->op) && !spares_x(w, sum->left) && !fits_x(w, sum->right) &&
	                        spares_x(w, sum->right);
	put_pair(w, is_swapped ? sum->right : sum->left, is_swapped ? sum->left : sum->right);
	put(w, BPF_ALU | BPF_X | alu(sum->op), 0);
}

/* ---- codes --------------------------------------------------------------------------------------------------------- */

static uint32_t hash(const struct sock_filter *insns, size_t count)
{
	uint32_t value = 2166136261u;
	for (size_t i = 0; i < count; i++)
		value = (value ^ insns[i].code ^ insns[i].k << 8 ^ insns[i].k >> 11) * 16777619u;
	return value ^ value >> 15;
}

static uint32_t size_of(const struct sock_filter *insn)
{
	return BPF_SIZE(insn->code) == BPF_B ? 1 : BPF_SIZE(insn->code) == BPF_H ? 2 : 4;
}

static bool is_load(const struct sock_filter *insn, unsigned mode)
{
	const unsigned class = BPF_CLASS(insn->code);
	return (class == BPF_LD || class == BPF_LDX) && BPF_MODE(insn->code) == mode;
}

static bool is_x_change(const struct sock_filter *insn)
{
	return BPF_CLASS(insn->code) == BPF_LDX || insn->code == (BPF_MISC | BPF_TAX);
}

/* How it may end the program: bytes at a fixed place, or (open) others, or a division. */
static void note_failure(struct code *code, const struct sock_filter *insn)
{
	const unsigned op = BPF_OP(insn->code);
	const bool is_division = BPF_CLASS(insn->code) == BPF_ALU && (op == BPF_DIV || op == BPF_MOD);
	if (is_load(insn, BPF_IND) || (is_division && BPF_SRC(insn->code) == BPF_X)) {
		code->may_fail = code->is_open = true;
	} else if (is_load(insn, BPF_MSH) || (is_load(insn, BPF_ABS) && insn->k < (uint32_t)SKF_AD_OFF)) {
		const uint32_t needs = insn->k + size_of(insn);
		code->may_fail = true;
		code->needs = code->needs < needs ? needs : code->needs;
	}
}

/* Words of facts; words of sums are read again by the same code only. */
static void note_words(struct code *code, const struct sock_filter *insn, unsigned first_free)
{
	const unsigned class = BPF_CLASS(insn->code);
	if ((class == BPF_ST || class == BPF_STX) && insn->k < first_free)
		code->writes |= (uint16_t)(1u << insn->k);
	if (is_load(insn, BPF_MEM) && insn->k < first_free)
		code->reads |= (uint16_t)(1u << insn->k);
}

/* Bits that may be in the value that the last instruction leaves. The kernel's own places give what they hold, however
 * few bytes are asked for. */
static uint32_t most(const struct sock_filter *last)
{
	if (BPF_CLASS(last->code) == BPF_LD &&
	    (is_load(last, BPF_IND) || (is_load(last, BPF_ABS) && last->k < (uint32_t)SKF_AD_OFF)))
		return size_of(last) == 4 ? UINT32_MAX : size_of(last) == 2 ? UINT16_MAX : UINT8_MAX;
	if (last->code == (BPF_ALU | BPF_AND | BPF_K))
		return last->k;
	return last->code == (BPF_ALU | BPF_RSH | BPF_K) ? UINT32_MAX >> last->k : UINT32_MAX;
}

static struct code *code_new(struct graph *g, const struct sock_filter *insns, size_t count, struct code like)
{
	struct code *code = rt_arena_get(&g->compiler->scratch, sizeof *code);
	struct sock_filter *copy = rt_arena_get(&g->compiler->scratch, count * sizeof *copy);
	if (!code || !copy) {
		complain(g, ENOMEM, "no memory");
		return NULL;
	}
	memcpy(copy, insns, count * sizeof *copy);
	*code = like;
	code->insns = copy;
	code->count = (uint16_t)count;
	for (size_t i = 0; i < count; i++) {
		note_failure(code, &insns[i]);
		note_words(code, &insns[i], g->first_free);
		code->changes_x |= !like.x && is_x_change(&insns[i]);
	}
	code->is_kept |= code->writes != 0;
	code->most = most(&insns[count - 1]);
	code->id = g->code_count++;
	return code;
}

const struct code *code_of(struct graph *g, const struct sock_filter *insns, size_t count, struct code like)
{
	struct code **slot = &g->codes[hash(insns, count) % CODE_SLOTS];
	for (const struct code *code = *slot; code; code = code->next)
		if (code->count == count && (code->is_kept || !like.is_kept) &&
		    memcmp(code->insns, insns, count * sizeof *insns) == 0)
			return code;
	struct code *code = code_new(g, insns, count, like);
	if (!code)
		return NULL;
	code->next = *slot;
	*slot = code;
	return code;
}

static const struct code *finish(struct writer *w)
{
	struct code like = { .x_count = (uint16_t)w->x_count, .leaves = w->leaves };
	if (w->is_failed)
		return NULL;
	if (w->x_count) {
		like.x = code_of(w->g, w->insns, w->x_count, (struct code){ 0 });
		if (!like.x)
			return NULL;
	}
	like.changes_x = w->x.what != w->first_x.what || w->x.number != w->first_x.number || w->x.what == HELD_OTHER;
	return code_of(w->g, w->insns, w->count, like);
}

/* All but the instructions, which are many and need no value. */
static void writer_begin(struct writer *w, struct graph *g, const struct facts *facts)
{
	w->g = g;
	w->facts = facts;
	w->count = w->temps = w->x_count = 0;
	w->x.what = w->first_x.what = HELD_NOTHING;
	w->x.number = w->first_x.number = 0;
	w->leaves = NULL;
	w->is_failed = false;
}

const struct code *select_sum(struct graph *g, const struct sum *sum, const struct facts *facts)
{
	struct writer w;
	writer_begin(&w, g, facts);
	put_sum(&w, sum);
	return finish(&w);
}

const struct code *select_store(struct graph *g, const struct sum *sum, unsigned fact, const struct facts *facts)
{
	struct writer w;
	writer_begin(&w, g, facts);
	put_sum(&w, sum);
	if (!(g->is_used >> fact & 1))
		return finish(&w);
	put(&w, BPF_ST, g->word[fact]);
	w.leaves = code_of(g, &(struct sock_filter)BPF_STMT(BPF_LD | BPF_MEM, g->word[fact]), 1, (struct code){ 0 });
	return w.leaves ? finish(&w) : NULL;
}

const struct code *select_pair(struct graph *g, const struct sum *left, const struct sum *right,
                               const struct facts *facts)
{
	struct writer w;
	writer_begin(&w, g, facts);
	put_pair(&w, left, right);
	return finish(&w);
}

static void put_place(struct writer *w, const struct sum *load, enum fact fact)
{
	const bool is_number = w->facts->fact[load->fact].form == FORM_NUMBER;
	if (is_number) {
		put(w, BPF_LD | BPF_IMM, w->facts->fact[load->fact].number + load->number);
	} else {
		put(w, BPF_LD | BPF_MEM, w->g->word[load->fact]);
		put(w, BPF_ALU | BPF_ADD | BPF_K, load->number);
	}
	put(w, BPF_ST, w->g->word[fact]);
}

const struct code *select_places(struct graph *g, const struct sum *src, const struct sum *dst,
                                 const struct facts *facts)
{
	struct writer w;
	writer_begin(&w, g, facts);
	put_place(&w, src, FACT_SRC);
	put_place(&w, dst, FACT_DST);
	return finish(&w);
}

/* Only sums of what is known by now: places counted from a fact. */
bool sum_number(const struct sum *sum, const struct facts *facts, uint32_t *number)
{
	const bool is_fact = sum->kind == SUM_FACT && facts->fact[sum->fact].form == FORM_NUMBER;
	uint32_t right;
	if (sum->kind == SUM_BINARY && sum->op == '+' && sum_number(sum->left, facts, number) &&
	    sum_number(sum->right, facts, &right)) {
		*number += right;
		return true;
	}
	*number = is_fact ? facts->fact[sum->fact].number : sum->number;
	return is_fact || sum->kind == SUM_NUMBER;
}
