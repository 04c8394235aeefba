/* SPDX-License-Identifier: MIT */
/* history.h - the lines that were typed, at most HISTORY_LINES of them, kept in a file between sessions. */
#ifndef RINGTAP_CONSOLE_HISTORY_H
#define RINGTAP_CONSOLE_HISTORY_H

#include <ringtap/base.h>

#define HISTORY_LINES 1000

struct history { char **lines; unsigned count; };

/* Appends a copy; not an empty line, nor the same one twice in a row. The oldest goes when it is full. */
void history_add(struct history *history, const char *line);
/* The newest line at or before `*at` that contains `text`; NULL: none. `*at` becomes its place. */
const char *history_find(const struct history *history, const char *text, unsigned *at);
void history_free(struct history *history);

/* $HOME/.ringtap_history into `path`; false without HOME, or where it does not fit. */
bool history_path(char *path, size_t size);
/* A file that is not there, or not readable, is an empty history. Lines longer than 4095 bytes are left out. */
void history_load(struct history *history, const char *path);
/* The whole history, readable by the user only. 0 or a negative errno. */
int  history_save(const struct history *history, const char *path);

#endif
