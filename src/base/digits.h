/* SPDX-License-Identifier: MIT */
/* digits.h - the two hexadecimal digits of a byte, by its value: text.c holds them. */
#ifndef RINGTAP_BASE_DIGITS_H
#define RINGTAP_BASE_DIGITS_H

#include <ringtap/base.h>

extern const char digit_pairs[256][2];

static inline char *two_digits(char *at, uint8_t byte) { return (char *)memcpy(at, digit_pairs[byte], 2) + 2; }

#endif
