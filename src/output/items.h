/* SPDX-License-Identifier: MIT */
/* items.h - a RT_LIST value as text; see items.c. */
#ifndef RINGTAP_OUTPUT_ITEMS_H
#define RINGTAP_OUTPUT_ITEMS_H

#include <ringtap/output.h>

void put_shown_list(struct rt_text *out, const struct rt_value *list);     /* [('MSS', 1460), ...]         */
void put_json_list(struct rt_text *out, const struct rt_value *list);      /* [["MSS",1460],...]           */
void put_joined(struct rt_text *out, const struct rt_value *list, enum rt_style style,
                const char *between);                                      /* ::1, ::2: bare values only    */

#endif
