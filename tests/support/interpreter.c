// SPDX-License-Identifier: MIT
/* interpreter.c - a program and a packet become a verdict, slowly and countably. */
#include "interpreter.h"

#define STEPS_MAX 100000u

struct machine {
	uint32_t a, x, memory[BPF_MEMWORDS];
	uint32_t written;                /* a bit for each word of memory; then A and X               */
	const uint8_t *data;
	uint32_t size;
	const struct aside *aside;       /* NULL: a packet of a file                                   */
	bool is_outside, is_undefined;
};

#define A (1u << BPF_MEMWORDS)
#define X (A << 1)

static uint32_t known(struct machine *m, uint32_t which)
{
	m->is_undefined |= !(m->written & which);
	return which == A ? m->a : m->x;
}

/* What an instruction works with: X or its constant. */
static uint32_t operand(struct machine *m, const struct sock_filter *insn)
{
	return BPF_SRC(insn->code) == BPF_X ? known(m, X) : insn->k;
}

/* 32 bits that wrap, as in the kernel; libpcap's own machine stops where they would. */
static uint32_t load(struct machine *m, uint32_t at, unsigned size)
{
	uint32_t value = 0;
	if (size > m->size || at > m->size - size) {
		m->is_outside = true;
		return 0;
	}
	for (unsigned i = 0; i < size; i++)
		value = value << 8 | m->data[at + i];
	return value;
}

static uint32_t recall(struct machine *m, uint32_t word)
{
	if (word >= BPF_MEMWORDS || !(m->written & 1u << word))
		m->is_undefined = true;
	return word < BPF_MEMWORDS ? m->memory[word] : 0;
}

static void store(struct machine *m, uint32_t word, uint32_t value)
{
	if (word >= BPF_MEMWORDS) {
		m->is_undefined = true;
		return;
	}
	m->memory[word] = value;
	m->written |= 1u << word;
}

/* The size of the load does not matter to the kernel. */
static uint32_t load_aside(const struct aside *aside, uint32_t place)
{
	switch (place) {
	case SKF_AD_VLAN_TAG_PRESENT: return aside->present;
	case SKF_AD_VLAN_TAG:         return aside->tci;
	case SKF_AD_VLAN_TPID:        return aside->tpid;
	default:                      return 0;
	}
}

static uint32_t load_absolute(struct machine *m, uint32_t at, unsigned size)
{
	return m->aside && at >= (uint32_t)SKF_AD_OFF ? load_aside(m->aside, at - (uint32_t)SKF_AD_OFF) : load(m, at, size);
}

static uint32_t fetch(struct machine *m, const struct sock_filter *insn)
{
	const unsigned size = BPF_SIZE(insn->code) == BPF_W ? 4 : BPF_SIZE(insn->code) == BPF_H ? 2 : 1;
	switch (BPF_MODE(insn->code)) {
	case BPF_IMM: return insn->k;
	case BPF_ABS: return load_absolute(m, insn->k, size);
	case BPF_IND: return load(m, known(m, X) + insn->k, size);
	case BPF_MEM: return recall(m, insn->k);
	case BPF_LEN: return m->size;
	default:      return (load(m, insn->k, 1) & 15) * 4;     /* BPF_MSH */
	}
}

/* The kernel takes the low five bits of X (since 5.x); with libpcap nothing is left of A. */
static bool is_shift(const struct machine *m, uint32_t by) { return m->aside || by < 32; }

static uint32_t calculate(struct machine *m, const struct sock_filter *insn)
{
	const uint32_t a = known(m, A), by = BPF_OP(insn->code) == BPF_NEG ? 0 : operand(m, insn);
	switch (BPF_OP(insn->code)) {
	case BPF_ADD: return a + by;
	case BPF_SUB: return a - by;
	case BPF_MUL: return a * by;
	case BPF_AND: return a & by;
	case BPF_OR:  return a | by;
	case BPF_XOR: return a ^ by;
	case BPF_LSH: return is_shift(m, by) ? a << (by & 31) : 0;
	case BPF_RSH: return is_shift(m, by) ? a >> (by & 31) : 0;
	case BPF_NEG: return -a;
	default:      break;
	}
	if (by == 0) {
		m->is_outside = true;            /* a division by 0 ends the program with 0, too */
		return 0;
	}
	return BPF_OP(insn->code) == BPF_DIV ? a / by : a % by;
}

/* How many instructions to skip. */
static int64_t jump(struct machine *m, const struct sock_filter *insn)
{
	if (BPF_OP(insn->code) == BPF_JA)
		return (int32_t)insn->k;
	const uint32_t a = known(m, A), with = operand(m, insn);
	switch (BPF_OP(insn->code)) {
	case BPF_JEQ: return a == with ? insn->jt : insn->jf;
	case BPF_JGT: return a > with ? insn->jt : insn->jf;
	case BPF_JGE: return a >= with ? insn->jt : insn->jf;
	default:      return a & with ? insn->jt : insn->jf;     /* BPF_JSET */
	}
}

static void put(struct machine *m, uint32_t which, uint32_t value)
{
	m->written |= which;
	*(which == A ? &m->a : &m->x) = value;
}

static void step(struct machine *m, const struct sock_filter *insn)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:  put(m, A, fetch(m, insn)); return;
	case BPF_LDX: put(m, X, fetch(m, insn)); return;
	case BPF_ST:  store(m, insn->k, known(m, A)); return;
	case BPF_STX: store(m, insn->k, known(m, X)); return;
	case BPF_ALU: put(m, A, calculate(m, insn)); return;
	case BPF_MISC:
		if (BPF_MISCOP(insn->code) == BPF_TAX)
			put(m, X, known(m, A));
		else
			put(m, A, known(m, X));
		return;
	default:      return;
	}
}

struct interpreted interpret_live(const struct sock_filter *code, size_t count, const uint8_t *data, uint32_t size,
                                  const struct aside *aside)
{
	struct machine m = { .data = data, .size = size, .aside = aside };
	struct interpreted end = { 0 };
	for (int64_t at = 0; at >= 0 && (uint64_t)at < count && end.steps < STEPS_MAX; at++) {
		const struct sock_filter *insn = &code[at];
		end.steps++;
		if (BPF_CLASS(insn->code) == BPF_RET) {
			end.verdict = BPF_RVAL(insn->code) == BPF_A ? known(&m, A) : insn->k;
			end.is_undefined = m.is_undefined;
			return end;
		}
		if (BPF_CLASS(insn->code) == BPF_JMP)
			at += jump(&m, insn);
		step(&m, insn);
		if (m.is_outside) {
			end.is_outside = true;
			end.is_undefined = m.is_undefined;
			return end;
		}
	}
	end.is_undefined = true;
	return end;
}

struct interpreted interpret(const struct sock_filter *code, size_t count, const uint8_t *data, uint32_t size)
{
	return interpret_live(code, count, data, size, NULL);
}

bool has_loops(const struct sock_filter *code, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code[i].code == (BPF_JMP | BPF_JA) && (int32_t)code[i].k < 0)
			return true;
	return false;
}
