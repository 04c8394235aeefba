/* SPDX-License-Identifier: MIT */
/* hard.h - what every protocol must stand: its packets cut at every length, and with bytes changed. */
#ifndef RINGTAP_TESTS_HARD_H
#define RINGTAP_TESTS_HARD_H

#include "sample.h"

/* Layers nest, the ones in front of a cut stay what they were, and the header that was cut is told with the bytes it
 * needs. Fails the test otherwise. */
void hard_cut(const struct sample *sample);
/* How many spoilt variants of a packet are tried: 1000, or RINGTAP_SPOILT of the environment, for what is slow. */
unsigned hard_variants(void);
/* So many, with up to four bytes changed, a third of them cut: layers nest, fields lie inside their headers. */
void hard_spoil(const struct sample *sample);
/* One frame of these bytes: layers nest, fields lie inside their headers. */
void hard_frame(unsigned link, const uint8_t *bytes, uint32_t caplen, uint32_t len);

#define HARD_SEED 20240612u
uint32_t hard_random(uint32_t *seed);           /* xorshift32, Marsaglia 2003 */

#endif
