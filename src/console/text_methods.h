/* SPDX-License-Identifier: MIT */
/* text_methods.h - what the files with methods of str and bytes share. Most methods are the same for both: args[0] is
 * the text, and other texts must be of its type. */
#ifndef RINGTAP_CONSOLE_TEXT_METHODS_H
#define RINGTAP_CONSOLE_TEXT_METHODS_H

#include "machine.h"

struct span { const char *at; size_t size; };

static inline struct span span_of(struct rt_any text)
{
	return (struct span){ as_text(text)->bytes, as_text(text)->size };
}

static inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* An argument that must be a text as `self` is; false: raised. */
bool text_argument(struct rt_script *s, struct rt_any self, struct rt_any v, struct span *span);
/* Where `what` is in `in`; NULL: nowhere. */
const char *span_find(struct span in, struct span what);
const char *span_find_last(struct rt_script *s, struct span in, struct span what);

struct rt_any text_split(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any text_rsplit(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any text_splitlines(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any text_partition(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any text_rpartition(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any text_join(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any text_replace(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any bytes_hex(struct rt_script *, struct rt_any *args, unsigned count);
struct rt_any bytes_fromhex(struct rt_script *, struct rt_any *args, unsigned count);

#endif
