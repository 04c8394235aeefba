/* SPDX-License-Identifier: MIT */
/* code.h - codes written by hand, an instruction a word: for the blocks in front of the tests (prelude.c, walk.c). */
#ifndef RINGTAP_BPF_CODE_H
#define RINGTAP_BPF_CODE_H

#include "stages.h"

#define INSNS(...) (const struct sock_filter[]){ __VA_ARGS__ }, RT_COUNT(((const struct sock_filter[]){ __VA_ARGS__ }))
#define CODE(g, ...) code_of(g, INSNS(__VA_ARGS__), (struct code){ 0 })
/* Never dropped: what stands behind it counts on what it leaves in A and X. */
#define CODE_KEPT(g, ...) code_of(g, INSNS(__VA_ARGS__), (struct code){ .is_kept = true })
/* It leaves in A what `held` reads. */
#define CODE_HOLDING(g, held, ...) code_of(g, INSNS(__VA_ARGS__), (struct code){ .leaves = held })
#define LOAD(size, at)   BPF_STMT(BPF_LD | BPF_##size | BPF_ABS, at)
#define LOAD_X(size, at) BPF_STMT(BPF_LD | BPF_##size | BPF_IND, at)
#define NUMBER(k)        BPF_STMT(BPF_LD | BPF_IMM, k)
#define GET(g, fact)     BPF_STMT(BPF_LD | BPF_MEM, (g)->word[fact])
#define GET_X(g, fact)   BPF_STMT(BPF_LDX | BPF_MEM, (g)->word[fact])
#define PUT(g, fact)     BPF_STMT(BPF_ST, (g)->word[fact])
#define ADD(k)           BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, k)
#define SUBTRACT(k)      BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, k)
#define MASK(k)          BPF_STMT(BPF_ALU | BPF_AND | BPF_K, k)
#define ADD_X            BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0)
#define SHIFT_LEFT(k)    BPF_STMT(BPF_ALU | BPF_LSH | BPF_K, k)
#define TXA              BPF_STMT(BPF_MISC | BPF_TXA, 0)
#define LENGTH           BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0)

#endif
