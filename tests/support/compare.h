/* SPDX-License-Identifier: MIT */
/* compare.h - a filter in our hands and in libpcap's: the verdicts of both programs on packets, and of all that can
 * run ours. What libpcap 1.10.3 gets wrong, so that nothing can be compared, stands in compare.c and nowhere else. */
#ifndef RINGTAP_TESTS_COMPARE_H
#define RINGTAP_TESTS_COMPARE_H

#include <ringtap/filter.h>
#include "filters.h"
#include "packets.h"

/* As `ringtap -r FILE --pcap-filter TEXT` compiles, with the names of this machine. */
int compile_for_file(struct rt_filter **ours, const char *text, unsigned link, struct rt_error *error);
bool is_same_program(const struct theirs *theirs, const struct rt_filter *ours);

struct tally {
	unsigned long ours, theirs;      /* instructions, but where theirs loop                         */
	unsigned judged, same, refused;  /* expressions                                                 */
	unsigned muddled;                /* ... without a meaning                                       */
	unsigned torn, undefined;        /* verdicts                                                    */
	bool is_strict;                  /* no whole packet may meet two meanings                       */
};

/* One filter on packets of one link type; `number` chooses those that the kernel sees. False: a difference, which is
 * printed. */
bool compare(const char *text, size_t number, const struct both *both, const struct packet_set *set,
             struct tally *tally);
/* Many filters; prints the tally, fails the running test if there are differences. `is_swapped` as in libpcap_ask. */
void compare_all(const char *const texts[], size_t count, bool is_swapped, bool is_strict,
                 const struct packet_set *set);
/* All packets and a damaged copy of each; of NULL those that fit a file of one byte order. */
struct packet_set compare_packets(unsigned link, bool is_swapped, struct dice *dice);

#endif
