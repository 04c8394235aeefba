/* SPDX-License-Identifier: MIT */
/* filters.h - the table of filters (filters.def) that the link types are tried with, and what libpcap makes of them
 * when it reads a savefile (libpcap.py asks it). */
#ifndef RINGTAP_TESTS_FILTERS_H
#define RINGTAP_TESTS_FILTERS_H

#include <linux/filter.h>
#include <ringtap/packet.h>

extern const char *const filters[];
extern const size_t filter_count;
/* libpcap refuses them on every link type. */
extern const char *const refused_filters[];
extern const size_t refused_filter_count;
extern const unsigned filter_links[];
extern const size_t filter_link_count;

struct theirs {                  /* refused: no instructions, and why                                */
	char *why;
	struct sock_filter *code;
	size_t count;
};
struct both { struct theirs optimised, plain; };

/* "4 40 0 0 12 21 0 1 2048 ...", as tcpdump -ddd prints it, or "! why". */
struct theirs theirs_read(const char *text);
/* One for each filter; skips the test when there is no libpcap or no Python. `is_swapped`: for a file of a host of the
 * other byte order. */
struct both *libpcap_ask(unsigned link, bool is_swapped, const char *const texts[], size_t count);
void libpcap_free(struct both *answers, size_t count);

#endif
