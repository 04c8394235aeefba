/* SPDX-License-Identifier: MIT */
/* index.h - the protocol tables as rt_decode reads them: byte places of the rows that give sizes or select the next
 * layer, and a hash of all links. Made once by index.c, never changed afterwards. */
#ifndef RINGTAP_PROTO_INDEX_H
#define RINGTAP_PROTO_INDEX_H

#include <ringtap/dissect.h>
#include "list.h"

#define SLOTS      2048                 /* power of two; at least twice the different links             */
#define ANY_VALUE  2                    /* key of links that always hold, beside next[0] and next[1]  */
#define NOBODY     UINT16_MAX

struct spot {                           /* a number in a header, at most 32 bits over 4 bytes          */
	uint16_t at;
	uint8_t  bytes, shift;
	bool     is_little;             /* read as if it were not: what it is compared with is turned   */
	uint32_t mask;                  /* 0: there is no such row                                     */
};

struct candidate {                      /* a child of some link; tried in the order that index.c says   */
	uint16_t proto, next;           /* next: index of another candidate, NOBODY at the end         */
	struct spot own;
	uint32_t own_value;
};

struct slot { uint32_t value; uint16_t key, first; };   /* first NOBODY: free                           */

struct plan {
	const struct rt_proto *proto;
	struct spot only, size, extent, solid, next[2];
	uint16_t family;                /* whose children: itself, or next_as                          */
	bool has_any, has_links, grows;
};

struct rt_dissector {
	struct plan plan[PROTO_COUNT];
	struct slot slot[SLOTS];
	struct candidate *candidate;
	uint16_t count, slots;          /* candidates, and slots that are taken                        */
};

static inline uint32_t spot_read(const uint8_t *header, struct spot spot)
{
	const uint8_t *p = header + spot.at;
	uint32_t value = p[0];
	if (spot.bytes == 2)
		value = rt_be16(p);
	else if (spot.bytes == 4)
		value = rt_be32(p);
	else if (spot.bytes == 3)
		value = value << 16 | rt_be16(p + 1);
	return value >> spot.shift & spot.mask;
}

static inline bool spot_fits(struct spot spot, uint32_t size) { return (uint32_t)spot.at + spot.bytes <= size; }

static inline uint16_t link_key(unsigned family, unsigned which) { return (uint16_t)(family * 4 + which); }

/* Where the links of family `family` with `value` in next[which] are, or would be put: slot->first NOBODY. */
static inline uint32_t slot_find(const struct rt_dissector *d, unsigned family, unsigned which, uint32_t value)
{
	uint16_t key = link_key(family, which);
	uint32_t at = (value * 0x9e3779b1u ^ key * 0x85ebca6bu) >> 8;
	for (;; at++) {
		const struct slot *slot = &d->slot[at % SLOTS];
		if (slot->first == NOBODY || (slot->key == key && slot->value == value))
			return at % SLOTS;
	}
}

#endif
