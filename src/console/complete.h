/* SPDX-License-Identifier: MIT */
/* complete.h - what may stand in the place of the word before the cursor: names, what is behind a dot, and file names
 * inside of quotes. */
#ifndef RINGTAP_CONSOLE_COMPLETE_H
#define RINGTAP_CONSOLE_COMPLETE_H

#include <ringtap/console.h>
#include "editor.h"

/* The memory of the texts; zeroed, and given to complete_free() in the end. */
struct completer { struct rt_script *script; struct rt_arena arena; struct editor_choices *choices; const char *word; };

/* An editor_complete; the context is a struct completer. Only names, indexes and dots are evaluated for what stands in
 * front of a dot: nothing is called. */
void complete(void *completer, const char *line, size_t cursor, struct editor_choices *choices);
void complete_free(struct completer *completer);

#endif
