/* SPDX-License-Identifier: MIT */
/* dissected.h - the test of a protocol is two tables: packets with their layers and what is said about them, and fields
 * with their values, which may also stand beside their packet. Every packet is also cut and spoilt (hard.h). */
#ifndef RINGTAP_TESTS_DISSECTED_H
#define RINGTAP_TESTS_DISSECTED_H

#include "sample.h"

struct dissected_packet {
	struct sample sample;
	const char *layers, *line;      /* "Ether / IP"; without a time; NULL: not looked at                   */
	bool is_doubtful;               /* cut, it might be something else: not tried                          */
	const char *const *fields;      /* "IP.ttl", "64", ...                                                 */
	const char *summary, *show;     /* --show: some lines of it                                            */
};
#define FIELDS(...) .fields = (const char *const[]){ __VA_ARGS__, NULL }
struct dissected_field { const char *expected, *packet, *layer, *field; };        /* as JSON; "": not there     */

/* What main returns. */
int dissected_run(const char *program, const struct dissected_packet *packets, size_t packet_count,
                  const struct dissected_field *fields, size_t field_count);

#define DISSECTED_PACKETS(program, packets) \
	int main(void) { return dissected_run((program), (packets), RT_COUNT(packets), NULL, 0); }
#define DISSECTED_MAIN(program, packets, fields) \
	int main(void) { return dissected_run((program), (packets), RT_COUNT(packets), (fields), RT_COUNT(fields)); }

#endif
