/* SPDX-License-Identifier: MIT */
/* items.h - what a RT_LIST row holds. Each item is a layer of its own: a protocol with rows. Either TLVs described by
 * numbers, or `next` places one item after the other. How the list is shown stands here too. */
#ifndef RINGTAP_ITEMS_H
#define RINGTAP_ITEMS_H

#include <ringtap/base.h>

struct rt_layer;
struct rt_names;
struct rt_proto;
struct rt_walk;

struct rt_item { uint32_t code; const struct rt_proto *proto; };
struct rt_list {
	const struct rt_item *items;      /* by code                                               */
	const struct rt_proto *other;     /* the item of any other code                            */
	uint16_t item_count;
	uint8_t code_bytes, length_bytes; /* 1 or 2 each, in this order                            */
	uint16_t code_mask;               /* of the code, before it is looked up; 0: all of it      */
	uint8_t code_at, length_at;       /* where they stand; length_at 0: behind the code        */
	uint8_t length_unit;              /* bytes counted by one of length                        */
	uint8_t length_add;               /* bytes not counted: code and length themselves, or 0   */
	uint8_t single_count;             /* codes 0 .. single_count - 1 have no length            */
	int16_t last_code;                /* ends the list (still an item); -1: none               */
	uint8_t item_bytes;               /* all items are so long, without code and length; 0: no  */
	uint8_t align;                    /* items begin at multiples of so many bytes; 0: anywhere */
	bool is_sized;                    /* the rows of an item say how long it is, not a length  */
	bool is_pairs;                    /* shown as Scapy's tuples: ('MSS', 1460)                */
	const struct rt_names *names;     /* ... by their first byte, if the item's protocol has no name */
	bool is_assigned;                 /* ... as [mtu=1460 end], values joined by commas        */
	bool is_spaced;                   /* ... with blanks inside: [ ::1 ]                       */
	bool is_values;                   /* items are bare values (their one row): [1.1.1.1]       */
	const char *empty;                /* --show of no items; NULL: no value at all              */
	const char *empty_last;           /* ... where no payload follows either; NULL: as `empty`  */
	bool (*next)(struct rt_walk *, struct rt_layer *);   /* false: no more                     */
};
#define RT_ITEMS(array) .items = (array), .item_count = RT_COUNT(array)

#endif
