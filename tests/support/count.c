/* SPDX-License-Identifier: MIT */
/* count.c - a plain machine for classic BPF that counts. Slow, and written apart from bpf/machine.c. */
#include <stdbool.h>
#include <ringtap/base.h>
#include "count.h"

struct run {
	const uint8_t *data;
	uint32_t size, a, x, mem[BPF_MEMWORDS];
	const struct aside *aside;
	bool is_over;
};

static uint32_t load(struct run *run, uint64_t at, uint32_t size)
{
	uint32_t value = 0;
	if (at + size > run->size) {
		run->is_over = true;
		return 0;
	}
	for (uint32_t i = 0; i < size; i++)
		value = value << 8 | run->data[at + i];
	return value;
}

/* The size of the load does not matter to the kernel. */
static uint32_t load_aside(const struct run *run, uint32_t place)
{
	switch (place) {
	case SKF_AD_VLAN_TAG_PRESENT: return run->aside->present;
	case SKF_AD_VLAN_TAG:         return run->aside->tci;
	case SKF_AD_VLAN_TPID:        return run->aside->tpid;
	}
	return 0;
}

static uint32_t load_value(struct run *run, const struct sock_filter *insn)
{
	const uint32_t k = insn->k, bits = BPF_SIZE(insn->code), size = bits == BPF_B ? 1 : bits == BPF_H ? 2 : 4;
	switch (BPF_MODE(insn->code)) {
	case BPF_IMM: return k;
	case BPF_MEM: return run->mem[k];
	case BPF_LEN: return run->size;
	case BPF_IND: return load(run, (uint32_t)(run->x + k), size);
	case BPF_MSH: return (load(run, k, 1) & 15) * 4;
	}
	return k >= (uint32_t)SKF_AD_OFF ? load_aside(run, k - (uint32_t)SKF_AD_OFF) : load(run, k, size);
}

static void compute(struct run *run, const struct sock_filter *insn)
{
	const uint32_t by = BPF_SRC(insn->code) == BPF_X ? run->x : insn->k;
	switch (BPF_OP(insn->code)) {
	case BPF_ADD: run->a += by; return;
	case BPF_SUB: run->a -= by; return;
	case BPF_MUL: run->a *= by; return;
	case BPF_AND: run->a &= by; return;
	case BPF_OR:  run->a |= by; return;
	case BPF_XOR: run->a ^= by; return;
	case BPF_LSH: run->a <<= by & 31; return;
	case BPF_RSH: run->a >>= by & 31; return;
	case BPF_NEG: run->a = 0u - run->a; return;
	}
	run->is_over |= by == 0;
	if (by)
		run->a = BPF_OP(insn->code) == BPF_DIV ? run->a / by : run->a % by;
}

static uint32_t jump(const struct run *run, const struct sock_filter *insn)
{
	const uint32_t with = BPF_SRC(insn->code) == BPF_X ? run->x : insn->k, a = run->a;
	switch (BPF_OP(insn->code)) {
	case BPF_JA:  return insn->k;
	case BPF_JEQ: return a == with ? insn->jt : insn->jf;
	case BPF_JGT: return a > with ? insn->jt : insn->jf;
	case BPF_JGE: return a >= with ? insn->jt : insn->jf;
	}
	return a & with ? insn->jt : insn->jf;
}

uint32_t count_run(const struct sock_filter *insn, const uint8_t *data, uint32_t size, const struct aside *aside,
                   uint32_t *count)
{
	struct run run = { .data = data, .size = size, .aside = aside };
	for (*count = 1; !run.is_over; ++*count, insn++) {
		switch (BPF_CLASS(insn->code)) {
		case BPF_LD:  run.a = load_value(&run, insn); break;
		case BPF_LDX: run.x = load_value(&run, insn); break;
		case BPF_ST:  run.mem[insn->k] = run.a; break;
		case BPF_STX: run.mem[insn->k] = run.x; break;
		case BPF_ALU: compute(&run, insn); break;
		case BPF_JMP: insn += jump(&run, insn); break;
		case BPF_RET: return BPF_RVAL(insn->code) == BPF_A ? run.a : insn->k;
		default:
			if (BPF_MISCOP(insn->code) == BPF_TAX)
				run.x = run.a;
			else
				run.a = run.x;
		}
	}
	--*count;
	return 0;
}
