/* SPDX-License-Identifier: MIT */
/* aside.c - the machine once more, for live frames that the kernel left to us: the same instructions, and for the
 * kernel's own places (SKF_AD_*) what it knows of a frame besides its bytes. Plain; files have machine.c, where nothing
 * is known and time matters more. */
#include "stages.h"

static bool load(const uint8_t *data, uint32_t caplen, uint32_t at, uint32_t size, uint32_t *value)
{
	if ((uint64_t)at + size > caplen)
		return false;
	*value = size == 4 ? rt_be32(data + at) : size == 2 ? rt_be16(data + at) : data[at];
	return true;
}

/* However few bytes are asked for, the kernel gives all it has. */
uint32_t aside_value(const struct rt_aside *aside, uint32_t which)
{
	if (!aside)
		return 0;
	switch (which) {
	case SKF_AD_PKTTYPE:          return aside->type;
	case SKF_AD_IFINDEX:          return aside->ifindex;
	case SKF_AD_VLAN_TAG_PRESENT: return aside->has_tag;
	case SKF_AD_VLAN_TAG:         return aside->has_tag ? aside->tci : 0;
	case SKF_AD_VLAN_TPID:        return aside->has_tag ? aside->tpid : 0;
	}
	return 0;
}

#define LOAD_X(size, at) do { if (!load(data, caplen, at, size, &a)) return 0; } while (0)
#define LOAD(size, at)   do { \
		if ((at) >= (uint32_t)SKF_AD_OFF) \
			a = aside_value(aside, (at) - (uint32_t)SKF_AD_OFF); \
		else \
			LOAD_X(size, at); \
	} while (0)
#define LOAD_NIBBLE(at)  do { if (!load(data, caplen, at, 1, &x)) return 0; x = (x & 15) << 2; } while (0)
#define DIVIDE(op, by)   do { if (!(by)) return 0; a = a op (by); } while (0)
#define JUMP(condition)  insn += (condition) ? insn->jt : insn->jf
#define JUMP_FAR(by)     insn += (by)

static uint32_t run(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len,
                    const struct rt_aside *aside)
{
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

/* As rt_filter_run. */
uint32_t rt_filter_run_live(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len,
                            const struct rt_aside *aside)
{
	if (!filter->dissector)
		return run(filter, data, caplen, len, aside);
	const uint32_t all = filter->compiler.options.snaplen ? filter->compiler.options.snaplen : RT_SNAPLEN_MAX;
	const uint32_t keep = caplen < len ? all : run(filter, data, caplen, len, aside);
	return keep && judge_run(filter, data, caplen, len, aside) ? keep : 0;
}
