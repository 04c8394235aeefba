/* SPDX-License-Identifier: MIT */
/* width.h - UTF-8, and how many columns of a terminal a character takes. Bytes that are no UTF-8 are characters of
 * their own, one column wide, shown as '?'. */
#ifndef RINGTAP_CONSOLE_WIDTH_H
#define RINGTAP_CONSOLE_WIDTH_H

#include <ringtap/base.h>

/* The length of the character at `text` (1 to 4 bytes of `size`); `*code` is 0xfffd when it is none. */
size_t utf8_next(const char *text, size_t size, uint32_t *code);
/* `*width` of the cluster (a character and the combining ones behind it) that begins at `at`, in columns: 0 (combining),
 * 1 or 2 (East Asian wide, emoji). Returns the place behind it. */
size_t cluster_next(const char *text, size_t size, size_t at, unsigned *width);
/* Where the cluster in front of `at` begins; 0 at 0. */
size_t cluster_back(const char *text, size_t at);

#endif
