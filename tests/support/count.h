/* SPDX-License-Identifier: MIT */
/* count.h - how many instructions of a program a packet runs through: what a filter costs, without a clock. */
#ifndef RINGTAP_TESTS_COUNT_H
#define RINGTAP_TESTS_COUNT_H

#include <stdint.h>
#include <linux/filter.h>

/* What the kernel knows of a packet beside its bytes: a VLAN tag that was moved aside. All 0: none. */
struct aside { uint32_t present, tci, tpid; };

/* The verdict; `*count` is how many instructions gave it, the one that ended the program included. */
uint32_t count_run(const struct sock_filter *insn, const uint8_t *data, uint32_t size, const struct aside *aside,
                   uint32_t *count);

#endif
