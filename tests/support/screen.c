// SPDX-License-Identifier: MIT
/* screen.c - bytes become rows of characters. */
#define _XOPEN_SOURCE 700
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "screen.h"

static void put(struct screen *s, wchar_t character)
{
	const int width = wcwidth(character);
	if (width == 0 && s->x > 0) {
		wchar_t *cell = s->cells[s->y][s->x - 1];
		cell[wcslen(cell) < 3 ? wcslen(cell) : 2] = character;
		return;
	}
	if (s->x + (unsigned)width > s->columns) {
		s->x = 0;
		s->y++;
	}
	wmemset(s->cells[s->y][s->x], 0, 4);
	s->cells[s->y][s->x][0] = character;
	s->x++;
	if (width == 2) {
		wmemset(s->cells[s->y][s->x], 0, 4);
		s->cells[s->y][s->x][0] = L'\x1';        /* the second half */
		s->x++;
	}
}

static void erase(struct screen *s, unsigned row, unsigned from)
{
	for (unsigned x = from; x < SCREEN_COLUMNS; x++)
		wmemset(s->cells[row][x], 0, 4);
}

/* Behind ESC; returns how many bytes it has. */
static size_t sequence(struct screen *s, const char *bytes, size_t size)
{
	size_t length = 1;
	while (length < size && (bytes[length] == '[' || bytes[length] == '?' || (bytes[length] >= '0' && bytes[length] <= '9')))
		length++;
	const char last = length < size ? bytes[length] : 0;
	if (last == 'K') {
		erase(s, s->y, s->x);
	} else if (last == 'H') {
		s->x = s->y = 0;
	} else if (last == 'J') {
		for (unsigned row = 0; row < SCREEN_ROWS; row++)
			erase(s, row, 0);
	} else if (last != 'h' && last != 'l') {
		s->unknown++;
	}
	return length + 1;
}

void screen_feed(struct screen *s, const char *bytes, size_t size)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	mbstate_t state = { 0 };
	for (size_t at = 0; at < size; ) {
		wchar_t character;
		size_t length = 1;
		switch (bytes[at]) {
		case '\r': s->x = 0; break;
		case '\n': s->y++; break;
		case '\b': s->x -= s->x > 0; break;
		case '\a': s->bells++; break;
		case 27:   length = sequence(s, bytes + at, size - at); break;
		default:
			length = mbrtowc(&character, bytes + at, size - at, &state);
			if (length == 0 || length > 4) {
				s->unknown++;
				length = 1;
				memset(&state, 0, sizeof state);
			} else {
				put(s, character);
			}
		}
		at += length;
		if (s->y >= SCREEN_ROWS) {
			fprintf(stderr, "the screen is full\n");
			abort();
		}
	}
}

const char *screen_row(const struct screen *s, unsigned row)
{
	static char text[SCREEN_COLUMNS * 16];
	size_t size = 0, end = 0;
	for (unsigned x = 0; x < SCREEN_COLUMNS; x++) {
		const wchar_t *cell = s->cells[row][x];
		if (cell[0] == L'\x1')
			continue;
		for (unsigned i = 0; i == 0 || (i < 4 && cell[i]); i++)
			size += (size_t)wctomb(text + size, cell[i] ? cell[i] : L' ');
		if (cell[0] && cell[0] != L' ')
			end = size;
	}
	text[end] = '\0';
	return text;
}
