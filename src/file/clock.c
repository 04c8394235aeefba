/* SPDX-License-Identifier: MIT */
/* clock.c - time stamps of any resolution into nanoseconds since 1970, exactly: finer ones are cut, what does
 * not fit is the nearest value that does. 64-bit integers only. if_tsresol, if_tsoffset: draft-ietf-opsawg-pcapng
 * section 4.2. */
#include "reader.h"

#define SECOND 1000000000u

static uint64_t power_of_10(unsigned n)         /* n up to 19 */
{
	uint64_t value = 1;
	while (n--)
		value *= 10;
	return value;
}

static void split_decimal(unsigned n, uint64_t units, uint64_t *seconds, uint64_t *nanoseconds)
{
	uint64_t unit = n <= 19 ? power_of_10(n) : 0;           /* 10^20 units of the finest kind never pass */
	*seconds = unit ? units / unit : 0;
	uint64_t rest = unit ? units % unit : units;
	*nanoseconds = n <= 9 ? rest * power_of_10(9 - n) : n - 9 <= 19 ? rest / power_of_10(n - 9) : 0;
}

static void split_binary(unsigned n, uint64_t units, uint64_t *seconds, uint64_t *nanoseconds)
{
	*seconds = n < 64 ? units >> n : 0;
	uint64_t rest = n < 64 ? units & (((uint64_t)1 << n) - 1) : units;
	if (n <= 34) {                                          /* 2^34 * 10^9 < 2^64 */
		*nanoseconds = rest * SECOND >> n;
		return;
	}
	/* rest * 10^9 has up to 94 bits; these are all but the lowest 32, which a shift by n - 32 >= 3 more drops */
	uint64_t upper = (rest >> 32) * SECOND + ((rest & UINT32_MAX) * SECOND >> 32);
	*nanoseconds = n - 32 < 64 ? upper >> (n - 32) : 0;
}

uint64_t clock_nanoseconds(const struct clock *clock, uint64_t units)
{
	uint64_t seconds, nanoseconds;
	unsigned n = clock->resolution & 0x7f;
	(clock->resolution & 0x80 ? split_binary : split_decimal)(n, units, &seconds, &nanoseconds);
	uint64_t offset = clock->offset < 0 ? 0 - (uint64_t)clock->offset : (uint64_t)clock->offset;
	if (clock->offset < 0 && seconds < offset)
		return 0;
	if (clock->offset >= 0 && UINT64_MAX - seconds < offset)
		return UINT64_MAX;
	seconds = clock->offset < 0 ? seconds - offset : seconds + offset;
	if (seconds > UINT64_MAX / SECOND || UINT64_MAX - seconds * SECOND < nanoseconds)
		return UINT64_MAX;
	return seconds * SECOND + nanoseconds;
}
