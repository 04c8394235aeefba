/* SPDX-License-Identifier: MIT */
/* interpreter.h - classic BPF as libpcap runs it on savefiles: loops are allowed (`protochain` makes them), and every
 * instruction is counted: what a filter costs, without a clock. Written from bpf(4) and net/filter.h, apart from
 * bpf/machine.c, to be compared with it. */
#ifndef RINGTAP_TESTS_INTERPRETER_H
#define RINGTAP_TESTS_INTERPRETER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/filter.h>

struct interpreted {
	uint32_t verdict;        /* what `ret` says; 0 when a load is outside the packet             */
	uint32_t steps;          /* instructions run, the last one included                          */
	bool is_outside;         /* a load was outside                                               */
	bool is_undefined;       /* read a register or scratch word that nothing was put in; no end  */
};

/* What the kernel knows of a packet beside its bytes: a VLAN tag that was moved aside. All 0: none. */
struct aside { uint32_t present, tci, tpid; };

struct interpreted interpret(const struct sock_filter *code, size_t count, const uint8_t *data, uint32_t size);
/* The same for a program and a packet of an interface. */
struct interpreted interpret_live(const struct sock_filter *code, size_t count, const uint8_t *data, uint32_t size,
                                  const struct aside *aside);
/* Does it jump back? The kernel takes no such program. */
bool has_loops(const struct sock_filter *code, size_t count);

#endif
