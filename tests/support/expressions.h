/* SPDX-License-Identifier: MIT */
/* expressions.h - filter expressions at random: always of the language of pcap-filter(7), with values that
 * the packets of packets.h have, so that verdicts go both ways. Also a filter in all its compiled forms,
 * for comparing them. */
#ifndef RINGTAP_TESTS_EXPRESSIONS_H
#define RINGTAP_TESTS_EXPRESSIONS_H

#include <ringtap/filter.h>
#include "kernel.h"
#include "packets.h"

/* `depth` is how deep and, or, not and parentheses may nest. */
void expression_random(struct rt_text *out, struct dice *dice, unsigned depth);

struct judges {                  /* the same text, compiled in every way                             */
	struct rt_filter *best, *plain, *live;   /* optimised; -O; as for an interface               */
	bool is_odd, is_pcap;
	struct rt_error error;
};

/* 0, or negative when the text is refused; `is_odd` is set when not all refuse it. */
int  judges_open(struct judges *judges, const char *text, unsigned link, bool is_pcap);
/* The same without these parts of the optimizer (rt_filter_options.passes_off). */
int  judges_open_without(struct judges *judges, const char *text, unsigned link, bool is_pcap, uint32_t passes_off);
void judges_close(struct judges *judges);
/* Do the tree and the machine, with and without optimizer, agree? Says on stdout how not. */
bool judges_agree(const struct judges *judges, const char *text, const struct packet_set *set,
                  uint32_t extra_len);
/* May a program let a packet through, or not, if the filter matches it, or not? It must do the same; but a chain of more
 * headers than programs follow goes through. */
bool judges_allow(const struct rt_filter *filter, bool is_through, bool is_match, const struct test_packet *packet);
/* Does the kernel agree with the machine? `stride` 1: on every packet, n: on every n-th. True also when it
 * has no memory for the program (then *refused is counted up). */
bool judges_kernel(const struct judges *judges, struct kernel *kernel, const char *text,
                   const struct packet_set *set, size_t stride, size_t from, unsigned *refused);

#endif
