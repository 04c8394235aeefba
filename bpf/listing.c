/* SPDX-License-Identifier: MIT */
/* listing.c - a program as text, in the exact formats of tcpdump -d, -dd and -ddd. */
#include "stages.h"

enum operand { NOTHING, HEX, DECIMAL, ABSOLUTE, INDIRECT, LENGTH, MEMORY, NIBBLE, TARGET, X };

static const struct row { uint16_t code; uint8_t operand; const char *name; } rows[] = {
#define INSN(opcode, name, operand, action) { opcode, operand, name },
#include "insn.def"
#undef INSN
};

static const struct row *find(uint16_t code)
{
	size_t i = 0;
	while (i < RT_COUNT(rows) - 1 && rows[i].code != code)
		i++;
	return &rows[i];
}

static void put_place(struct rt_text *out, uint32_t k)
{
	switch (k - (uint32_t)SKF_AD_OFF) {
	case SKF_AD_VLAN_TAG:         rt_put_string(out, "[vlant]"); return;
	case SKF_AD_VLAN_TAG_PRESENT: rt_put_string(out, "[vlanp]"); return;
	}
	rt_put_format(out, "[%d]", (int)k);
}

static void put_operand(struct rt_text *out, enum operand operand, uint32_t k, size_t pc)
{
	switch (operand) {
	case NOTHING:  return;
	case HEX:      rt_put_format(out, "#0x%x", k); return;
	case DECIMAL:  rt_put_format(out, "#%d", (int)k); return;
	case ABSOLUTE: put_place(out, k); return;
	case INDIRECT: rt_put_format(out, "[x + %d]", (int)k); return;
	case LENGTH:   rt_put_string(out, "#pktlen"); return;
	case MEMORY:   rt_put_format(out, "M[%d]", (int)k); return;
	case NIBBLE:   rt_put_format(out, "4*([%d]&0xf)", (int)k); return;
	case TARGET:   rt_put_format(out, "%d", (int)(pc + 1 + k)); return;
	case X:        rt_put_char(out, 'x'); return;
	}
}

/* "(001) jeq      #0x800           jt 2	jf 5" */
static void put_line(struct rt_text *out, const struct sock_filter *insn, size_t pc)
{
	char memory[40];
	struct rt_text operand;
	const struct row *row = find(insn->code);
	const bool is_jump = BPF_CLASS(insn->code) == BPF_JMP && BPF_OP(insn->code) != BPF_JA;
	rt_text_init(&operand, memory, sizeof memory, -1);
	put_operand(&operand, (enum operand)row->operand, insn->k, pc);
	const size_t length = rt_text_length(&operand);
	rt_put_format(out, "(%03d) %s", (int)pc, row->name);
	rt_put_spaces(out, 9 - strlen(row->name));
	rt_put(out, memory, length);
	if (is_jump) {
		rt_put_spaces(out, length < 16 ? 17 - length : 1);
		rt_put_format(out, "jt %d\tjf %d", (int)(pc + 1 + insn->jt), (int)(pc + 1 + insn->jf));
	}
	rt_put_char(out, '\n');
}

void rt_filter_list(const struct rt_filter *filter, int form, struct rt_text *out)
{
	const struct program *program = &filter->program;
	if (form >= 3)
		rt_put_format(out, "%zu\n", program->count);
	for (size_t i = 0; i < program->count; i++) {
		const struct sock_filter *insn = &program->insns[i];
		if (form <= 1)
			put_line(out, insn, i);
		else if (form == 2)
			rt_put_format(out, "{ 0x%x, %d, %d, 0x%08x },\n", (unsigned)insn->code, insn->jt, insn->jf, insn->k);
		else
			rt_put_format(out, "%u %u %u %u\n", (unsigned)insn->code, insn->jt, insn->jf, insn->k);
	}
}
