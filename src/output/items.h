/* SPDX-License-Identifier: MIT */
/* items.h - a RT_LIST value as text; see items.c. */
#ifndef RINGTAP_OUTPUT_ITEMS_H
#define RINGTAP_OUTPUT_ITEMS_H

#include <ringtap/output.h>

#define PAIR_ROW 2                      /* of a pair: its rows 0 and 1 are kind and length ...          */
#define PAIR_AT  2u                     /* ... of one byte each; here its value begins                  */

/* A packet's text begins: it may have RT_FIELDS_MAX fields in lists. */
static inline void begin_lists(struct rt_text *out) { out->fields = RT_FIELDS_MAX; }
/* The next item, if the text still takes it. */
bool next_item(struct rt_text *out, struct rt_walk *walk, struct rt_layer *item);
void put_shown_list(struct rt_text *out, const struct rt_value *list);     /* [('MSS', 1460), ...]         */
void put_json_list(struct rt_text *out, const struct rt_value *list);      /* [["MSS",1460],...]           */
void put_joined(struct rt_text *out, const struct rt_value *list, enum rt_style style,
                const char *between);                                      /* ::1, ::2: bare values only    */
/* Of a pair; NULL: it has none, and is known by its number. */
const char *pair_name(const struct rt_list *list, const struct rt_packet *packet, const struct rt_layer *item);
/* The value of a pair is bytes by nature, or because the item has not the size that its rows need. */
bool pair_is_opaque(const struct rt_layer *item);
/* <Name  field=value |> of an item; without `is_closed` what comes behind it and the > are missing. */
void put_record(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item, bool is_closed);

/* ... as a text of its own. */
void put_item(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *item);

#endif
