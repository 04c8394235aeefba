/* SPDX-License-Identifier: MIT */
/* verify.c - what the kernel checks before it takes a program (bpf_check_classic() in net/core/filter.c): known
 * instructions, no division by a constant 0, no shift past 31, scratch words that exist and were written, jumps inside,
 * a return at the end. The number of instructions is not looked at: our machine takes more than 4096. */
#include <stdlib.h>
#include "stages.h"

static bool is_known(uint16_t code)
{
	switch (code) {
#define INSN(opcode, name, operand, action) case opcode:
#include "insn.def"
#undef INSN
		return true;
	}
	return false;
}

static bool is_memory(const struct sock_filter *insn)
{
	const unsigned class = BPF_CLASS(insn->code);
	return class == BPF_ST || class == BPF_STX ||
	       ((class == BPF_LD || class == BPF_LDX) && BPF_MODE(insn->code) == BPF_MEM);
}

static bool is_sound_alu(const struct sock_filter *insn)
{
	const unsigned op = BPF_OP(insn->code);
	if (BPF_SRC(insn->code) == BPF_X)
		return true;
	if (op == BPF_DIV || op == BPF_MOD)
		return insn->k != 0;
	return (op != BPF_LSH && op != BPF_RSH) || insn->k < 32;
}

/* `left`: instructions behind this one. */
static bool is_sound_jump(const struct sock_filter *insn, size_t left)
{
	if (BPF_OP(insn->code) == BPF_JA)
		return insn->k < left;
	return insn->jt < left && insn->jf < left;
}

static bool is_sound(const struct sock_filter *insn, size_t left)
{
	const unsigned class = BPF_CLASS(insn->code);
	if (!is_known(insn->code) || (is_memory(insn) && insn->k >= BPF_MEMWORDS))
		return false;
	if (class == BPF_LD && BPF_MODE(insn->code) == BPF_ABS && insn->k >= (uint32_t)SKF_AD_OFF)
		return insn->k < (uint32_t)SKF_AD_OFF + SKF_AD_MAX;
	if (class == BPF_ALU)
		return is_sound_alu(insn);
	return class != BPF_JMP || is_sound_jump(insn, left);
}

static void reach(uint16_t *written, size_t at, uint16_t words) { written[at] &= words; }

/* Jumps go forward only, so one pass knows which scratch words were written on every way to an instruction. */
static bool reads_what_is_written(const struct sock_filter *insns, size_t count)
{
	uint16_t *written = malloc(count * sizeof *written);
	bool is_fine = written != NULL;
	for (size_t i = 1; is_fine && i < count; i++)
		written[i] = UINT16_MAX;
	if (is_fine)
		written[0] = 0;
	for (size_t i = 0; is_fine && i < count; i++) {
		const struct sock_filter *insn = &insns[i];
		const unsigned class = BPF_CLASS(insn->code);
		uint16_t words = written[i];
		if (class == BPF_ST || class == BPF_STX)
			words |= (uint16_t)(1u << insn->k);
		else if (is_memory(insn))
			is_fine = words >> insn->k & 1;
		if (class == BPF_JMP && BPF_OP(insn->code) == BPF_JA) {
			reach(written, i + 1 + insn->k, words);
		} else if (class == BPF_JMP) {
			reach(written, i + 1 + insn->jt, words);
			reach(written, i + 1 + insn->jf, words);
		} else if (i + 1 < count) {              /* a return, too: so it is in the kernel */
			reach(written, i + 1, words);
		}
	}
	free(written);
	return is_fine;
}

bool verify(const struct sock_filter *insns, size_t count)
{
	if (count == 0 || BPF_CLASS(insns[count - 1].code) != BPF_RET)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_sound(&insns[i], count - 1 - i))
			return false;
	return reads_what_is_written(insns, count);
}
