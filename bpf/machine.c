/* SPDX-License-Identifier: MIT */
/* machine.c - a verified program and a packet become a verdict, the one that the kernel would give for a packet
 * without metadata. Offsets wrap at 32 bits as in the kernel (x + k), and are then widened before anything is added
 * to them. Shifts by X take its low five bits, as the kernel's do since 5.x. */
#include "stages.h"

struct frame { const uint8_t *data; uint32_t caplen; };

static inline bool load(const struct frame *frame, uint32_t at, uint32_t size, uint32_t *value)
{
	if ((uint64_t)at + size > frame->caplen)
		return false;
	const uint8_t *from = frame->data + at;
	*value = size == 4 ? rt_be32(from) : size == 2 ? rt_be16(from) : *from;
	return true;
}

/* The kernel's own places (SKF_AD_*): there is no metadata with a file, all of it is 0. */
static inline bool load_absolute(const struct frame *frame, uint32_t at, uint32_t size, uint32_t *value)
{
	if (at < (uint32_t)SKF_AD_OFF)
		return load(frame, at, size, value);
	*value = 0;
	return true;
}

#define LOAD(size, at)   do { if (!load_absolute(&frame, at, size, &a)) return 0; } while (0)
#define LOAD_X(size, at) do { if (!load(&frame, at, size, &a)) return 0; } while (0)
#define LOAD_NIBBLE(at)  do { if (!load(&frame, at, 1, &x)) return 0; x = (x & 15) << 2; } while (0)
#define DIVIDE(op, by)   do { if (!(by)) return 0; a = a op (by); } while (0)
#define JUMP(condition)  insn += (condition) ? insn->jt : insn->jf
#define JUMP_FAR(by)     insn += (by)

uint32_t rt_filter_run(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len)
{
	const struct frame frame = { data, caplen };
	uint32_t a = 0, x = 0, mem[BPF_MEMWORDS] = { 0 };
	for (const struct sock_filter *insn = filter->program.insns;; insn++) {
		const uint32_t k = insn->k;
		switch (insn->code) {
#define INSN(opcode, name, operand, action) case opcode: action; break;
#include "insn.def"
#undef INSN
		default: return 0;
		}
	}
}
