/* SPDX-License-Identifier: MIT */
/* editor_draw.h - what a line being edited looks like. */
#ifndef RINGTAP_CONSOLE_EDITOR_DRAW_H
#define RINGTAP_CONSOLE_EDITOR_DRAW_H

#include "editor.h"

/* Prompt and line over whatever stood in the row, and the cursor to its place. */
void draw_line(struct editor *editor, struct rt_text *out);
/* Only the last character, where nothing else changed since the line was drawn with `size` bytes; false: more did. */
bool draw_appended(struct editor *editor, size_t size, struct rt_text *out);
/* An empty screen, and the line in its first row. */
void draw_clear(struct editor *editor, struct rt_text *out);
/* The choices in columns below the line; then the line once more. */
void draw_choices(struct editor *editor, const struct editor_choices *choices, struct rt_text *out);

#endif
