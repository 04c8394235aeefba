/* SPDX-License-Identifier: MIT */
/* screen.h - a terminal in memory: what bytes make of it. Knows CR, LF, BS, BEL, UTF-8 (wide and combining characters by
 * libc's wcwidth, so that the product's own table is not asked), and of vt100 only ESC [ K, ESC [ H, ESC [ J and private
 * modes. Anything else is `unknown`. Wraps behind the last column, as most terminals do. */
#ifndef RINGTAP_TESTS_SCREEN_H
#define RINGTAP_TESTS_SCREEN_H

#include <stddef.h>
#include <wchar.h>

#define SCREEN_COLUMNS 200
#define SCREEN_ROWS    40

struct screen {
	unsigned columns, x, y;          /* y counts from the first line ever written                    */
	unsigned unknown, bells;         /* sequences it does not know                                   */
	wchar_t cells[SCREEN_ROWS][SCREEN_COLUMNS][4];   /* a character and up to two that combine with it */
};

void screen_feed(struct screen *screen, const char *bytes, size_t size);
/* A row as UTF-8, without the blanks at its end; valid until the next call. */
const char *screen_row(const struct screen *screen, unsigned row);

#endif
