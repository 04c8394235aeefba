/* SPDX-License-Identifier: MIT */
/* test_machine.c - programs written by hand: the machine gives what the kernel gives, to the last bit of the verdict;
 * the verifier refuses exactly what the kernel refuses; and lists of thousands compile in bounded time and memory,
 * with jumps farther than 255 instructions. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "bpf/stages.h"
#include "expressions.h"

#define S(code, k)         BPF_STMT((code), (uint32_t)(k))
#define J(code, k, jt, jf) BPF_JUMP((code), (uint32_t)(k), (jt), (jf))
#define RET_A S(BPF_RET | BPF_A, 0)
#define LDX(k) S(BPF_LDX | BPF_IMM, k)
#define LD(k)  S(BPF_LD | BPF_IMM, k)
#define ALU_X(op) S(BPF_ALU | (op) | BPF_X, 0)
#define ALU_K(op, k) S(BPF_ALU | (op) | BPF_K, k)

struct hand { const char *name; bool is_sound; struct sock_filter insns[8]; size_t count; };
#define PROGRAM(name, is_sound, ...) { name, is_sound, { __VA_ARGS__ }, \
	RT_COUNT(((const struct sock_filter[]){ __VA_ARGS__ })) }

/* X is 10. A hit is 40; a miss is A >> 8, which is a byte of the packet. */
#define PAIR(name, code, first, number, second) PROGRAM(name, true, LDX(10), S(BPF_LD | (code), first), \
	J(BPF_JMP | BPF_JEQ | BPF_K, number, 4, 0), S(BPF_LD | (code), second), J(BPF_JMP | BPF_JEQ | BPF_K, number, 2, 0), \
	ALU_K(BPF_RSH, 8), RET_A, S(BPF_RET | BPF_K, 40))

static const struct hand hands[] = {
	/* what machine and kernel must do alike; the packet is 00 01 02 ... 3f */
	PROGRAM("word at 0", true, S(BPF_LD | BPF_W | BPF_ABS, 0), RET_A),
	PROGRAM("byte at the end", true, S(BPF_LD | BPF_B | BPF_ABS, 63), RET_A),
	PROGRAM("byte behind the end", true, S(BPF_LD | BPF_B | BPF_ABS, 64), RET_A),
	PROGRAM("half across the end", true, S(BPF_LD | BPF_H | BPF_ABS, 63), RET_A),
	PROGRAM("word across the end", true, S(BPF_LD | BPF_W | BPF_ABS, 61), RET_A),
	PROGRAM("offset of 2 GiB", true, S(BPF_LD | BPF_B | BPF_ABS, 0x7fffffff), RET_A),
	PROGRAM("x + k wraps to 10", true, LDX(-4), S(BPF_LD | BPF_B | BPF_IND, 14), RET_A),
	PROGRAM("x + k wraps to 4 GiB - 2", true, LDX(-16), S(BPF_LD | BPF_B | BPF_IND, 14), RET_A),
	PROGRAM("x at 4 GiB - 1, a word", true, LDX(-1), S(BPF_LD | BPF_W | BPF_IND, 0), RET_A),
	PROGRAM("nibble", true, S(BPF_LDX | BPF_B | BPF_MSH, 31), S(BPF_MISC | BPF_TXA, 0), RET_A),
	PROGRAM("nibble behind the end", true, S(BPF_LDX | BPF_B | BPF_MSH, 64), LD(1), RET_A),
	PROGRAM("length", true, S(BPF_LD | BPF_W | BPF_LEN, 0), RET_A),
	PROGRAM("x = length", true, S(BPF_LDX | BPF_W | BPF_LEN, 0), S(BPF_MISC | BPF_TXA, 0), RET_A),
	PROGRAM("add wraps", true, LD(-1), ALU_K(BPF_ADD, 41), RET_A),
	PROGRAM("sub wraps", true, LD(1), ALU_K(BPF_SUB, 2), ALU_K(BPF_AND, 31), RET_A),
	PROGRAM("mul", true, LD(6), LDX(7), ALU_X(BPF_MUL), RET_A),
	PROGRAM("div", true, LD(-2), LDX(0x7fffffff), ALU_X(BPF_DIV), RET_A),
	PROGRAM("div by x = 0", true, LD(6), LDX(0), ALU_X(BPF_DIV), LD(9), RET_A),
	PROGRAM("mod", true, LD(45), LDX(7), ALU_X(BPF_MOD), RET_A),
	PROGRAM("mod by x = 0", true, LD(6), LDX(0), ALU_X(BPF_MOD), LD(9), RET_A),
	PROGRAM("lsh by 31", true, LD(1), ALU_K(BPF_LSH, 31), ALU_K(BPF_RSH, 27), RET_A),
	PROGRAM("lsh by x = 33", true, LD(1), LDX(33), ALU_X(BPF_LSH), RET_A),
	PROGRAM("rsh by x = 35", true, LD(80), LDX(35), ALU_X(BPF_RSH), RET_A),
	PROGRAM("neg", true, LD(-12), S(BPF_ALU | BPF_NEG, 0), RET_A),
	PROGRAM("or, xor", true, LD(5), ALU_K(BPF_OR, 8), ALU_K(BPF_XOR, 1), RET_A),
	PROGRAM("scratch", true, LD(17), S(BPF_ST, 15), LD(0), S(BPF_LDX | BPF_MEM, 15), S(BPF_MISC | BPF_TXA, 0), RET_A),
	PROGRAM("jgt is unsigned", true, LD(-1), J(BPF_JMP | BPF_JGT | BPF_K, 1, 0, 1), LD(21), RET_A),
	PROGRAM("jge by x", true, LD(5), LDX(5), J(BPF_JMP | BPF_JGE | BPF_X, 0, 0, 1), LD(22), RET_A),
	PROGRAM("jset", true, LD(4), J(BPF_JMP | BPF_JSET | BPF_K, 6, 0, 1), LD(23), RET_A),
	PROGRAM("ja", true, LD(24), S(BPF_JMP | BPF_JA, 1), LD(25), RET_A),
	PROGRAM("ret k", true, S(BPF_RET | BPF_K, 26)),
	/* a load and the comparison behind it are one step of the machine, unless somebody jumps in between */
	PROGRAM("load, jeq", true, S(BPF_LD | BPF_B | BPF_ABS, 5), J(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 1),
	        S(BPF_RET | BPF_K, 41), S(BPF_RET | BPF_K, 42)),
	PROGRAM("load, not jeq", true, S(BPF_LD | BPF_H | BPF_ABS, 5), J(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 1),
	        S(BPF_RET | BPF_K, 41), S(BPF_RET | BPF_K, 42)),
	PROGRAM("word, jgt", true, S(BPF_LD | BPF_W | BPF_ABS, 0), J(BPF_JMP | BPF_JGT | BPF_K, 0x10202, 0, 1),
	        S(BPF_RET | BPF_K, 43), RET_A),
	PROGRAM("half, jset", true, S(BPF_LD | BPF_H | BPF_ABS, 16), J(BPF_JMP | BPF_JSET | BPF_K, 0xee, 0, 1),
	        S(BPF_RET | BPF_K, 44), S(BPF_RET | BPF_K, 45)),
	PROGRAM("x + k, jge", true, LDX(3), S(BPF_LD | BPF_B | BPF_IND, 4), J(BPF_JMP | BPF_JGE | BPF_K, 8, 1, 0), RET_A,
	        S(BPF_RET | BPF_K, 46)),
	PROGRAM("x + k wraps, jeq", true, LDX(-4), S(BPF_LD | BPF_H | BPF_IND, 14),
	        J(BPF_JMP | BPF_JEQ | BPF_K, 0xa0b, 0, 1), S(BPF_RET | BPF_K, 47), S(BPF_RET | BPF_K, 48)),
	PROGRAM("scratch, jge", true, LD(9), S(BPF_ST, 3), LD(0), S(BPF_LD | BPF_MEM, 3),
	        J(BPF_JMP | BPF_JGE | BPF_K, 9, 0, 1), S(BPF_RET | BPF_K, 49), RET_A),
	PROGRAM("outside, jeq", true, S(BPF_LD | BPF_W | BPF_ABS, 61), J(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 0),
	        S(BPF_RET | BPF_K, 50)),
	PROGRAM("x + k outside, jset", true, LDX(62), S(BPF_LD | BPF_B | BPF_IND, 2),
	        J(BPF_JMP | BPF_JSET | BPF_K, 0, 0, 0), S(BPF_RET | BPF_K, 51)),
	PROGRAM("into load and jeq", true, LD(6), S(BPF_JMP | BPF_JA, 1), S(BPF_LD | BPF_B | BPF_ABS, 5),
	        J(BPF_JMP | BPF_JEQ | BPF_K, 6, 0, 1), S(BPF_RET | BPF_K, 52), RET_A),
	/* two of them, of which either will do; a miss shows what is in A */
	PAIR("first of halves", BPF_H | BPF_ABS, 6, 0x607, 8),
	PAIR("second of halves", BPF_H | BPF_ABS, 4, 0x607, 6),
	PAIR("none of halves", BPF_H | BPF_ABS, 4, 0x708, 6),
	PAIR("first of halves at the end", BPF_H | BPF_ABS, 62, 0x3e3f, 64),
	PAIR("second of halves outside", BPF_H | BPF_ABS, 62, 0x3e3e, 64),
	PAIR("second of halves cut", BPF_H | BPF_ABS, 61, 0x3e3f, 63),
	PAIR("first of words", BPF_W | BPF_ABS, 8, 0x08090a0b, 12),
	PAIR("second of words", BPF_W | BPF_ABS, 4, 0x08090a0b, 8),
	PAIR("second of words cut", BPF_W | BPF_ABS, 59, 0, 63),
	PAIR("second of halves at x", BPF_H | BPF_IND, 4, 0x0e0f, 6),
	PAIR("none of halves at x", BPF_H | BPF_IND, 4, 0x0f0e, 6),
	PAIR("second of halves at x outside", BPF_H | BPF_IND, 54, 0, 56),
	PAIR("x + k wraps between halves", BPF_H | BPF_IND, -10, 1, -8),
	PAIR("first of words at x", BPF_W | BPF_IND, -4, 0x04050607, 0),
	PAIR("second of words at x", BPF_W | BPF_IND, -8, 0x04050607, -4),
	PAIR("halves with a gap", BPF_H | BPF_ABS, 4, 0x809, 8),
	PAIR("halves the other way round", BPF_H | BPF_ABS, 6, 0x405, 4),
	PROGRAM("into a pair", true, J(BPF_JMP | BPF_JA, 2, 0, 0), S(BPF_LD | BPF_H | BPF_ABS, 0),
	        J(BPF_JMP | BPF_JEQ | BPF_K, 1, 2, 0), S(BPF_LD | BPF_H | BPF_ABS, 2), J(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 1),
	        S(BPF_RET | BPF_K, 57), S(BPF_RET | BPF_K, 58)),
	PROGRAM("halves that lead apart", true, S(BPF_LD | BPF_H | BPF_ABS, 0), J(BPF_JMP | BPF_JEQ | BPF_K, 0x203, 3, 0),
	        S(BPF_LD | BPF_H | BPF_ABS, 2), J(BPF_JMP | BPF_JEQ | BPF_K, 0x203, 0, 1), S(BPF_RET | BPF_K, 59),
	        S(BPF_RET | BPF_K, 60)),
	PROGRAM("aside, jeq", true, S(BPF_LD | BPF_B | BPF_ABS, SKF_AD_OFF + SKF_AD_VLAN_TAG),
	        J(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1), S(BPF_RET | BPF_K, 53), S(BPF_RET | BPF_K, 54)),
	PROGRAM("load, jeq by x", true, LDX(5), S(BPF_LD | BPF_B | BPF_ABS, 5), J(BPF_JMP | BPF_JEQ | BPF_X, 0, 0, 1),
	        S(BPF_RET | BPF_K, 55), S(BPF_RET | BPF_K, 56)),
	PROGRAM("no tag is aside", true, S(BPF_LD | BPF_B | BPF_ABS, SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT),
	        ALU_K(BPF_ADD, 27), RET_A),
	/* what both refuse */
	PROGRAM("no return", false, LD(1)),
	PROGRAM("no such instruction", false, S(0xffff, 0), RET_A),
	PROGRAM("word 16", false, LD(1), S(BPF_ST, 16), RET_A),
	PROGRAM("word never written", false, S(BPF_LD | BPF_MEM, 3), RET_A),
	PROGRAM("word written on one way", false, J(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1), S(BPF_ST, 1),
	        S(BPF_LD | BPF_MEM, 1), RET_A),
	PROGRAM("word written, then a return in the middle", false, LD(1), J(BPF_JMP | BPF_JEQ | BPF_K, 1, 1, 0),
	        S(BPF_RET | BPF_K, 1), S(BPF_LD | BPF_MEM, 1), RET_A),
	PROGRAM("div by 0", false, LD(1), ALU_K(BPF_DIV, 0), RET_A),
	PROGRAM("mod by 0", false, LD(1), ALU_K(BPF_MOD, 0), RET_A),
	PROGRAM("lsh by 32", false, LD(1), ALU_K(BPF_LSH, 32), RET_A),
	PROGRAM("rsh by 32", false, LD(1), ALU_K(BPF_RSH, 32), RET_A),
	PROGRAM("jt outside", false, J(BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0), RET_A, RET_A),
	PROGRAM("jf outside", false, J(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2), RET_A, RET_A),
	PROGRAM("ja outside", false, S(BPF_JMP | BPF_JA, 1), RET_A),
	PROGRAM("ja backwards", false, LD(1), S(BPF_JMP | BPF_JA, -1), RET_A),
	PROGRAM("a place of the kernel that is none", false, S(BPF_LD | BPF_B | BPF_ABS, SKF_AD_OFF + 0x800), RET_A),
};

/* The kernel cuts the datagram to the verdict, so up to 64 the number itself can be seen. */
static void test_hand(void **state)
{
	const struct hand *hand = *state;
	uint8_t packet[64];
	struct kernel kernel;
	for (unsigned i = 0; i < sizeof packet; i++)
		packet[i] = (uint8_t)i;
	assert_int_equal(kernel_open(&kernel), 0);
	const int attached = kernel_attach(&kernel, hand->insns, hand->count);
	assert_int_equal(attached, hand->is_sound ? 0 : -EINVAL);
	assert_int_equal(verify(hand->insns, hand->count), hand->is_sound);
	if (hand->is_sound) {
		struct rt_filter filter = { .program = { (struct sock_filter *)(uintptr_t)hand->insns, hand->count } };
		struct rt_error error;
		assert_int_equal(machine_open(&filter, &error), 0);
		const uint32_t ours = rt_filter_run(&filter, packet, sizeof packet, sizeof packet);
		const int theirs = kernel_run(&kernel, packet, sizeof packet);
		machine_close(&filter);
		assert_int_equal(theirs, ours == 0 ? -1 : ours > 64 ? 64 : (int)ours);
	}
	kernel_close(&kernel);
}

/* ---- long lists ------------------------------------------------------------------------------------------------- */

/* Every `step`th address. */
static char *hosts(const char *between, unsigned count, unsigned step)
{
	char *text = malloc(64 * (size_t)count + 64), *at = text;
	assert_non_null(text);
	for (unsigned i = 0, n = 0; i < count; i++, n += step)
		at += sprintf(at, "%shost 10.%u.%u.%u", i ? between : "", n >> 16 & 255, n >> 8 & 255, n & 255);
	return text;
}

static void ask_host(const struct rt_filter *filter, unsigned number, bool expected)
{
	uint8_t frame[64] = { [12] = 8, [14] = 0x45, [30] = 192, 168, 0, 1 };
	frame[26] = 10;
	frame[27] = (uint8_t)(number >> 16);
	frame[28] = (uint8_t)(number >> 8);
	frame[29] = (uint8_t)number;
	assert_int_equal(rt_filter_run(filter, frame, sizeof frame, sizeof frame) != 0, expected);
}

/* A list is a set: sorted, merged, searched by halves; however long, and whatever the kernel takes. */
static void test_long_list(void **state)
{
	static const struct { unsigned count, step; size_t least, most; } lists[] = {
		{ 10000, 1, 10, 450 },                   /* one range */
		{ 1000, 7, 1000, BPF_MAXINSNS },
		{ 10000, 7, BPF_MAXINSNS + 1, 80000 },
	};
	(void)state;
	for (unsigned i = 0; i < 2 * RT_COUNT(lists); i++) {
		const unsigned count = lists[i / 2].count, step = lists[i / 2].step;
		char *text = hosts(" or ", count, step);
		struct rt_filter *filter;
		struct rt_error error;
		const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = i % 2 };
		assert_int_equal(rt_filter_compile(&filter, text, &options, &error), 0);
		size_t length;
		rt_filter_program(filter, &length);
		assert_in_range(length, lists[i / 2].least, lists[i / 2].most);
		for (unsigned n = 0; n < count * step; n += 3)
			ask_host(filter, n, n % step == 0);
		ask_host(filter, count * step, false);
		rt_filter_free(filter);
		free(text);
	}
}

/* Exits farther than a conditional jump reaches, on both sides. */
static void test_far_jumps(void **state)
{
	static const char *const betweens[] = { " or ", " and not ", " and " };
	(void)state;
	struct packet_set set = packets_make(RT_LINK_ETHER);
	struct kernel kernel;
	unsigned refused = 0;
	assert_int_equal(kernel_open(&kernel), 0);
	for (size_t i = 0; i < RT_COUNT(betweens); i++) {
		for (unsigned count = 40; count <= 110; count += 7) {
			char *text = hosts(betweens[i], count, 3);
			struct judges judges;
			assert_int_equal(judges_open(&judges, text, RT_LINK_ETHER, count % 2), 0);
			assert_true(judges_agree(&judges, text, &set, 0));
			assert_true(judges_kernel(&judges, &kernel, text, &set, 64, count, &refused));
			judges_close(&judges);
			free(text);
		}
	}
	kernel_close(&kernel);
	packets_free(&set);
	assert_int_equal(refused, 0);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(hands) + 2];
	for (size_t i = 0; i < RT_COUNT(hands); i++)
		tests[i] = (struct CMUnitTest){ hands[i].name, test_hand, NULL, NULL, (void *)(uintptr_t)&hands[i] };
	tests[RT_COUNT(hands)] = (struct CMUnitTest)cmocka_unit_test(test_long_list);
	tests[RT_COUNT(hands) + 1] = (struct CMUnitTest)cmocka_unit_test(test_far_jumps);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
