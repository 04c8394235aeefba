/* SPDX-License-Identifier: MIT */
/* dot11_elements.h - what all elements of 802.11 begin with, and how they are linked: to each other, by identifier. */
#ifndef RINGTAP_PROTO_DOT11_ELEMENTS_H
#define RINGTAP_PROTO_DOT11_ELEMENTS_H

#include <ringtap/dissect.h>

extern const struct rt_names dot11_element_ids;

#define ELEMENT_START \
	{ "ID",  0, 8, RT_ENUM, .names = &dot11_element_ids }, \
	{ "len", 8, 8, RT_NUM, RT_FILL_HEADER }
#define ELEMENT_LAYER(class, text, table) \
	.name = "Dot11Elt" class, .title = "802.11 " text, .spec = "IEEE 802.11-2016 clause 9.4.2", RT_ROWS(table), \
	.header = 2, .size = { "len", 1, 2 }, .next_as = "Dot11Elt", .is_flat = true
#define ELEMENT(class, text, number, table, ...) { \
	ELEMENT_LAYER(class, text, table), RT_LINKS({ "Dot11Elt", NULL, 0, "ID", number }), __VA_ARGS__ }
#define SAYS(words) .lines = RT_LINES({ .text = words })

#endif
