/* SPDX-License-Identifier: MIT */
/* proto.h - a protocol is one table. Everything that ringtap can say about a protocol is in its rows (rows.h, and
 * items.h for those that are lists) and links: dissecting, every output, completion, field tests and the lint test
 * read them, and none of these names a protocol. Layer and field names are Scapy's.
 *
 * To add a protocol: one file in src/proto, one line in src/proto/list.def, one test. */
#ifndef RINGTAP_PROTO_H
#define RINGTAP_PROTO_H

#include <ringtap/items.h>
#include <ringtap/packet.h>
#include <ringtap/rows.h>

struct rt_value;

/* Bytes of a protocol that a row's value gives: value * unit + add. row NULL: does not apply. */
struct rt_size { const char *row; uint16_t unit; int16_t add; };

/* Where a protocol lives: below `under`, whose row `row` has `value`. row NULL: always. With `own`,
 * only if its own row `own` has `own_value` too (ICMPv6 types, IP versions). */
struct rt_link_to { const char *under, *row; uint32_t value; const char *own; uint32_t own_value; };

/* Bytes are this protocol only if the bits at `bit` of its shortest header, as the table draws them, have a value from
 * `low` to `high` (802.3 has a length where Ethernet II has a type). width 0: whatever they are. */
struct rt_only { uint16_t bit, width, low, high; };

/* A sentence about a layer: the first whose `row` has `value` is used; row NULL ends the list and
 * always matches. `under`: only directly below that layer. In `text`, {row} is a row of this layer,
 * {row:s} its bytes as text, {list.row} a row of a list's first item, {Layer.row} one of the nearest
 * layer above; [ ... ] is left out when a field in it is not there; '|' ends what the short form (-q)
 * prints; what stands behind '?' is only said when no deeper layer says anything. In a summary, where
 * only the deepest layer that can speaks, those named `also` speak too. */
struct rt_line { const char *row; uint32_t value; const char *text; const char *under, *also; };

struct rt_place { uint32_t bit, width; };   /* from the start of the layer, both in bits            */

struct rt_more {                 /* what few protocols have                                        */
	struct rt_only only;     /* what it is told by, besides its links                         */
	struct rt_size extent;   /* header and payload; 0 means "to the end" (GSO, BIG TCP)        */
	const char *solid;       /* if this row is not 0, nothing but Raw follows (IP.frag)        */
	const struct rt_link_to *carries; /* as links, seen from above: `under` names the child, which has
	                          * its own file and need not know this protocol                       */
	uint16_t carries_count;
	const char *from, *to;   /* rows of the two ends: addresses, or ports behind addresses     */
	const char *prefix;      /* a sentence that stands before the addresses: "vlan {vlan} "; or NULL */
	/* `value`: for what comes with the packet instead of in it; false: not known. */
	bool (*value)(const struct rt_frame *, const struct rt_row *, struct rt_value *);
	/* `ends`: what this layer says of the ends of pseudo headers behind it, which those above have set. */
	void (*ends)(const struct rt_packet *, const struct rt_layer *, struct rt_ends *);
	/* What is hidden in the layer (opened.h); returns how many bytes, 0: it stays hidden. `place` finds the
	 * rows that are `is_opened` in it, as if it were the header of a frame. */
	uint32_t (*open)(const struct rt_packet *, const struct rt_layer *, uint8_t bytes[RT_OPENED_MAX]);
};
#define RT_MORE(...) .more = &(const struct rt_more){ __VA_ARGS__ }

struct rt_proto {
	const char *name;        /* Scapy's class: "IP", as users type it                         */
	const char *title;       /* Scapy's display name: "802.1Q"; NULL: as `name`                */
	const char *spec;        /* "RFC 791 section 3.1"                                          */
	const struct rt_row *rows;
	uint16_t row_count, link_count;
	uint16_t header;         /* shortest header, bytes; rows past it (with `when`) lengthen it */
	uint16_t data_at;        /* where its data begins, if its last row holds them; else 0      */
	uint8_t trailer;         /* bytes of its own at the end of the layer (a checksum), not captured
	                          * where the frame was cut                                         */
	uint8_t names_at;        /* where DNS name pointers count from, bytes behind `at`          */
	uint8_t counted : 2;     /* lists of packets say how many have it: 1 first, then 2, 3; 0: not */
	bool is_whole : 1;       /* its line stands alone, without addresses (ARP)                 */
	bool is_quote : 1;       /* the start of another packet (in ICMP errors): it and all below it
	                          * say nothing, and their ends and lengths are not this packet's    */
	bool is_carrier : 1;     /* "Len:" counts what follows the deepest of these                */
	bool is_link : 1;        /* a link header or tag: -x, -X and -A begin behind it             */
	bool is_last : 1;        /* has no payload: what follows its header is Padding (ARP)       */
	bool is_strict : 1;      /* what follows, a row says: links without one do not hold (GPE)  */
	bool is_flat : 1;        /* --show: what follows is not set deeper (elements of 802.11)    */
	bool has_zero_extent : 1;        /* 0 in the row of `extent` is a size too: nothing follows (802.3) */
	bool is_flow : 1;        /* rows from the end of the shortest header on, which is their
	                          * `bit`, stand one after the other: those that are there         */
	bool is_certain : 1;     /* `measure` never says no                                        */
	struct rt_size size;     /* the whole header                                               */
	const char *next[2];     /* rows that select the next layer, best first                    */
	const char *next_as;     /* children are those of this protocol (Dot1Q: "Ether")           */
	const struct rt_link_to *links;
	const struct rt_line *lines;      /* the default line; NULL: says nothing                  */
	const struct rt_line *summaries;  /* Scapy's mysummary(); NULL: the bare name              */
	const struct rt_more *more;       /* RT_MORE(...); NULL: it has nothing of it               */
	/* Only where rows cannot say it. They place rows and never print; they read only the frame's
	 * bytes from layer->at up to layer->end. `measure`: bytes of header, or 0: not this protocol
	 * after all. `place`: where a row stands in this layer; false: absent. */
	/* `claims`: what the layers so far, of which the last is its parent, say about the bytes of `layer`;
	 * false: they are not this protocol. It may set `header`, where they say how long it is. */
	bool (*claims)(const struct rt_packet *, struct rt_layer *);
	uint32_t (*measure)(const struct rt_frame *, uint32_t at, uint32_t end);
	bool (*place)(const struct rt_frame *, const struct rt_layer *, const struct rt_row *, struct rt_place *);
};

extern const struct rt_more rt_nothing_more;
static inline const struct rt_more *rt_more(const struct rt_proto *proto)
{
	return proto->more ? proto->more : &rt_nothing_more;
}

#define RT_LINKS(...) .links = (const struct rt_link_to[]){ __VA_ARGS__ }, \
	.link_count = RT_COUNT(((const struct rt_link_to[]){ __VA_ARGS__ }))
#define RT_CARRIES(...) .carries = (const struct rt_link_to[]){ __VA_ARGS__ }, \
	.carries_count = RT_COUNT(((const struct rt_link_to[]){ __VA_ARGS__ }))
#define RT_LINES(...) (const struct rt_line[]){ __VA_ARGS__ }

#endif
