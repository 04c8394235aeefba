/* SPDX-License-Identifier: MIT */
/* machine.c - a verified program and a packet become a verdict, the one that the kernel would give. What the kernel has
 * besides the bytes of a live frame is lent; with a file there is none of it, and all that is 0. Offsets wrap at 32 bits
 * as in the kernel (x + k), and are then widened before anything is added to them. Shifts by X take its low five bits,
 * as the kernel's do since 5.x.
 *
 * A program is made ready once: each instruction becomes a step that knows the address of what it does, and a load with
 * a comparison behind it becomes one step of both, or of two of them. That halves the time of a packet. */
#include <errno.h>
#include <stdlib.h>
#include "stages.h"

struct step {
	const void *action;      /* a label in run()                                                  */
	uint32_t k, number;      /* a load and a comparison: of the load, of the comparison           */
	const struct step *yes, *no;     /* jumps: the step in front of where they go                 */
};

/* Loads that are made one with a comparison behind them: FUSE(code of the load, what it does) */
#define FUSED_LOADS(FUSE) \
	FUSE(BPF_LD | BPF_W | BPF_ABS, word, LOAD(4, k)) \
	FUSE(BPF_LD | BPF_H | BPF_ABS, half, LOAD(2, k)) \
	FUSE(BPF_LD | BPF_B | BPF_ABS, byte, LOAD(1, k)) \
	FUSE(BPF_LD | BPF_W | BPF_IND, word_x, LOAD_X(4, x + k)) \
	FUSE(BPF_LD | BPF_H | BPF_IND, half_x, LOAD_X(2, x + k)) \
	FUSE(BPF_LD | BPF_B | BPF_IND, byte_x, LOAD_X(1, x + k)) \
	FUSE(BPF_LD | BPF_MEM, mem, a = mem[k])

/* Two of them that stand one behind the other in the packet too, where it is the same if either is equal to a number: a
 * port or a host of both directions. PAIR(code of the load, name, its bytes, where) */
#define PAIRS(PAIR) \
	PAIR(BPF_LD | BPF_W | BPF_ABS, words, 4, k) \
	PAIR(BPF_LD | BPF_H | BPF_ABS, halves, 2, k) \
	PAIR(BPF_LD | BPF_W | BPF_IND, words_x, 4, x + k) \
	PAIR(BPF_LD | BPF_H | BPF_IND, halves_x, 2, x + k)

enum { FUSED_EQUAL, FUSED_GREATER, FUSED_GREATER_EQUAL, FUSED_SET, FUSED_JUMPS };

/* What stands in the labels' table for each load, in the order of FUSED_LOADS. */
static const uint16_t fused_loads[] = {
#define FUSE(load, name, action) load,
	FUSED_LOADS(FUSE)
#undef FUSE
};

static const uint16_t pair_loads[] = {
#define PAIR(load, name, size, at) load,
	PAIRS(PAIR)
#undef PAIR
};

struct actions {
	const void *of[UINT8_MAX + 1];                  /* by the code; NULL: no instruction          */
	const void *fused[RT_COUNT(fused_loads)][FUSED_JUMPS];
	const void *pair[RT_COUNT(pair_loads)];
	const void *aside;                              /* a load from one of the kernel's own places  */
};

#define LABEL_AT(line) insn_##line
#define LABEL(line) LABEL_AT(line)
/* Each action goes on with a jump of its own, so the processor can guess each apart; the number keeps compilers from
 * making one of all that look alike. */
#define NEXT_STEP(unique) do { step++; __asm__ volatile("" : : "i"(unique)); goto *step->action; } while (0)
#define NEXT NEXT_STEP(__COUNTER__)

#define LOAD(size, at)   do { if ((uint64_t)(at) + (size) > caplen) return 0; a = load(data + (at), size); } while (0)
#define LOAD_X(size, at) do { const uint32_t place = at; LOAD(size, place); } while (0)
#define LOAD_NIBBLE(at)  do { if ((at) >= caplen) return 0; x = (data[at] & 15u) << 2; } while (0)
#define DIVIDE(op, by)   do { if (!(by)) return 0; a = a op (by); } while (0)
/* Two ways to go on, so that the processor need not wait for the packet to know the next step. */
#define JUMP(condition)  do { if (condition) { step = step->yes; NEXT; } step = step->no; } while (0)
#define JUMP_FAR(by)     step = step->yes

static inline uint32_t load(const uint8_t *from, uint32_t size)
{
	return size == 4 ? rt_be32(from) : size == 2 ? rt_be16(from) : *from;
}

/* With `actions`: only says where its labels are. */
static uint32_t run(const struct step *step, const uint8_t *data, uint32_t caplen, uint32_t len,
                    const struct rt_aside *aside, const struct actions **actions)
{
	static const struct actions labels = {
		.of = {
#define INSN(opcode, name, operand, action) [opcode] = &&LABEL(__LINE__),
#include "insn.def"
#undef INSN
		},
		.fused = {
#define FUSE(load, name, action) { &&name##_equal, &&name##_greater, &&name##_greater_equal, &&name##_set },
			FUSED_LOADS(FUSE)
#undef FUSE
		},
		.pair = {
#define PAIR(load, name, size, at) &&name,
			PAIRS(PAIR)
#undef PAIR
		},
		.aside = &&aside,
	};
	uint32_t a = 0, x = 0, mem[BPF_MEMWORDS];       /* verified: words are written before they are read */
	if (actions) {
		*actions = &labels;
		return 0;
	}
	goto *step->action;

#define k (step->k)
#define INSN(opcode, name, operand, action) LABEL(__LINE__): action; NEXT;
#include "insn.def"
#undef INSN
#define FUSE(load, name, action) \
	name##_equal:         action; JUMP(a == step->number); NEXT; \
	name##_greater:       action; JUMP(a > step->number); NEXT; \
	name##_greater_equal: action; JUMP(a >= step->number); NEXT; \
	name##_set:           action; JUMP(a & step->number); NEXT;
	FUSED_LOADS(FUSE)
#undef FUSE
#define PAIR(insn, name, size, at) name: do { \
		const uint32_t place = at; \
		LOAD(size, place); \
		if ((uint64_t)place + 2 * (size) <= caplen) \
			a = a == step->number ? a : load(data + place + (size), size); \
		else if (a != step->number) \
			return 0; \
		JUMP(a == step->number); \
	} while (0); NEXT;
	PAIRS(PAIR)
#undef PAIR
aside:
	a = __builtin_expect(aside != NULL, 0) ? aside_value(aside, k) : 0;
	NEXT;
#undef k
}

/* A program that lets more through than the tests do saves the work of asking them; but not for a packet that was cut,
 * where it may end for want of bytes that the tests do not look at. Apart, so that the usual way needs no registers. */
static __attribute__((noinline)) uint32_t run_and_judge(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen,
                                                        uint32_t len, const struct rt_aside *aside)
{
	const uint32_t all = filter->compiler.options.snaplen ? filter->compiler.options.snaplen : RT_SNAPLEN_MAX;
	const uint32_t keep = caplen < len ? all : run(filter->steps, data, caplen, len, aside, NULL);
	return keep && judge_run(filter, data, caplen, len, aside) ? keep : 0;
}

uint32_t rt_filter_run_live(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len,
                            const struct rt_aside *aside)
{
	return filter->dissector ? run_and_judge(filter, data, caplen, len, aside) :
	                           run(filter->steps, data, caplen, len, aside, NULL);
}

uint32_t rt_filter_run(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len)
{
	return rt_filter_run_live(filter, data, caplen, len, NULL);
}

/* ---- making ready ----------------------------------------------------------------------------------------------- */

static int fused_jump(const struct sock_filter *insn)
{
	switch (insn->code) {
	case BPF_JMP | BPF_JEQ | BPF_K:  return FUSED_EQUAL;
	case BPF_JMP | BPF_JGT | BPF_K:  return FUSED_GREATER;
	case BPF_JMP | BPF_JGE | BPF_K:  return FUSED_GREATER_EQUAL;
	case BPF_JMP | BPF_JSET | BPF_K: return FUSED_SET;
	}
	return -1;
}

static int fused_load(const struct sock_filter *insn)
{
	for (size_t i = 0; i < RT_COUNT(fused_loads); i++)
		if (fused_loads[i] == insn->code)
			return (int)i;
	return -1;
}

/* Both count from the instruction behind the jump, which is in place `at`. */
static void set_jumps(struct step *step, const struct step *at, const struct sock_filter *jump)
{
	const bool is_far = BPF_OP(jump->code) == BPF_JA;
	step->yes = at + (is_far ? jump->k : jump->jt);
	step->no = at + jump->jf;
}

/* One of the kernel's own places (SKF_AD_*). */
static bool is_aside(const struct sock_filter *insn)
{
	return BPF_CLASS(insn->code) == BPF_LD && BPF_MODE(insn->code) == BPF_ABS && insn->k >= (uint32_t)SKF_AD_OFF;
}

/* Are a load and a comparison, and the same behind them, a pair? `left`: instructions from here to the end. */
static int pair_of(const struct sock_filter *insn, size_t left)
{
	const uint32_t size = BPF_SIZE(insn->code) == BPF_W ? 4 : 2;
	if (left < 4 || insn[2].code != insn->code || insn[3].code != insn[1].code || insn[2].k != insn->k + size ||
	    insn[3].k != insn[1].k || insn[1].jf || insn[1].jt != insn[3].jt + 2)
		return -1;
	for (size_t i = 0; i < RT_COUNT(pair_loads); i++)
		if (pair_loads[i] == insn->code)
			return (int)i;
	return -1;
}

/* There is always an instruction behind a load: the last one is a return. */
static void make_step(struct step *step, const struct actions *actions, const struct sock_filter *insn, size_t left)
{
	*step = (struct step){ .action = actions->of[insn->code & UINT8_MAX], .k = insn->k };
	if (is_aside(insn))
		*step = (struct step){ .action = actions->aside, .k = insn->k - (uint32_t)SKF_AD_OFF };
	else if (BPF_CLASS(insn->code) == BPF_JMP)
		set_jumps(step, step, insn);
	const int load = is_aside(insn) ? -1 : fused_load(insn), jump = load < 0 ? -1 : fused_jump(insn + 1);
	if (jump < 0)
		return;
	step->action = actions->fused[load][jump];
	step->number = insn[1].k;
	set_jumps(step, step + 1, insn + 1);
	const int pair = jump == FUSED_EQUAL ? pair_of(insn, left) : -1;
	if (pair < 0)
		return;
	step->action = actions->pair[pair];
	step->no = step + 3 + insn[3].jf;
}

int machine_open(struct rt_filter *filter, struct rt_error *error)
{
	const struct program *program = &filter->program;
	const struct actions *actions;
	filter->steps = malloc(program->count * sizeof *filter->steps);
	if (!filter->steps)
		return rt_fail(error, ENOMEM, "no memory");
	run(NULL, NULL, 0, 0, NULL, &actions);
	for (size_t i = 0; i < program->count; i++)
		make_step(&filter->steps[i], actions, &program->insns[i], program->count - i);
	return 0;
}

void machine_close(struct rt_filter *filter)
{
	free(filter->steps);
	filter->steps = NULL;
}
