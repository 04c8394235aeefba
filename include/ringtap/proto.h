/* SPDX-License-Identifier: MIT */
/* proto.h - a protocol is one table. Everything that ringtap can say about a protocol is in its rows
 * and links: dissecting, every output, completion, field tests and the lint test read them, and none
 * of these names a protocol. Layer and field names are Scapy's.
 *
 * To add a protocol: one file in src/proto, one line in src/proto/list.def, one test. */
#ifndef RINGTAP_PROTO_H
#define RINGTAP_PROTO_H

#include <ringtap/packet.h>

struct rt_value;
struct rt_walk;

enum rt_kind {                   /* how a value looks; in brackets: --show; --json                */
	RT_NUM,                  /* [64; 64]                                                      */
	RT_INT,                  /* signed [-40 dBm; -40]                                         */
	RT_FIXED,                /* value / names->per [5.5 Mbps; 5.5]                            */
	RT_HEX,                  /* [0x40; 64]                                                    */
	RT_ENUM,                 /* a name, decimal if it has none [icmp; 1]                      */
	RT_XENUM,                /* a name, hex if it has none [IPv4; 2048]                       */
	RT_OUI,                  /* 24 bits, who made it [00:00:0c; 12]                           */
	RT_FLAGS,                /* names of the bits that are set [SA; "SA"]                     */
	RT_MAC,                  /* 6 bytes [00:11:22:33:44:55; the same, quoted]                 */
	RT_IP4,                  /* 4 bytes [10.0.0.1]                                            */
	RT_IP6,                  /* 16 bytes [fe80::1]; bytes that a flow leaves out are 0        */
	RT_PREFIX4, RT_PREFIX6,  /* RT_BITS of an address ['10.0.0.0/8'; "10.0.0.0/8"]            */
	RT_BYTES,                /* ['hi\n'; "68690a"]                                            */
	RT_XBYTES,               /* [68690a; "68690a"]                                            */
	RT_TEXT,                 /* bytes meant to be read ['GET'; "GET"]                         */
	RT_OID,                  /* an object identifier [1.3.6.1; "1.3.6.1"]                     */
	RT_NETBIOS,              /* a NetBIOS name, two letters a byte ['BOX'; "BOX"]              */
	RT_NAME,                 /* a DNS name, followed through pointers ['a.b.'; "a.b."]        */
	RT_TIME,                 /* ns since 1970, only in `frame` [1700000000.000035]            */
	RT_CLOCK,                /* milliseconds since midnight [12:34:56.789; 45296789]           */
	RT_PAIR,                 /* two numbers of 16 bits ['1:2'; "1:2"]                          */
	RT_LIST,                 /* items, each of them a layer of its own [records; array]       */
};

struct rt_word { uint32_t value; const char *name; };

struct rt_names {                /* words sorted by value; for RT_FLAGS the value is the bit (1, 2, 4) */
	const struct rt_word *words;
	uint16_t count;
	char join;               /* RT_FLAGS: between names ('+'), 0 for none                      */
	bool is_service;         /* real names ("ftp-data") that Scapy shows as "ftp_data"         */
	uint16_t by_bit;         /* with by_width: key = that row's value << width | value (ICMP   */
	uint8_t  by_width;       /* codes by type)                                                 */
	uint16_t per;            /* RT_FIXED: how many make 1                                           */
	uint16_t class_mask;     /* --show: the class of value & class_mask is said behind the name;
	                          * RT_MAC: whose address it is, key = that row's value & class_mask  */
	const struct rt_names *classes;
	const char *unit;        /* RT_NUM, RT_INT, RT_FIXED: said behind it (" dBm"), or NULL          */
};
#define RT_NAMES(...) (&(const struct rt_names){ __VA_ARGS__ })
#define RT_WORDS(array) .words = (array), .count = RT_COUNT(array)

struct rt_when {                 /* a row is there only when the rows at `bit` have one of these values */
	const uint32_t *values;
	uint16_t bit, width;     /* bits of a row, or of a few that touch, as in the table          */
	uint8_t count;
	bool unless;             /* ... has none of these values                                   */
};
#define RT_WHEN_(not, bit_, width_, ...) .when = &(const struct rt_when){ .bit = (bit_), .width = (width_), \
	.unless = (not), .values = (const uint32_t[]){ __VA_ARGS__ }, \
	.count = RT_COUNT(((const uint32_t[]){ __VA_ARGS__ })) }
#define RT_WHEN(bit, width, ...)   RT_WHEN_(false, bit, width, __VA_ARGS__)
#define RT_UNLESS(bit, width, ...) RT_WHEN_(true, bit, width, __VA_ARGS__)

enum rt_fill {                   /* who sets a row when a packet is built                          */
	RT_GIVEN,                /* the user, or `init`                                            */
	RT_FILL_HEADER,          /* size of the header                                             */
	RT_FILL_EXTENT,          /* size of what it covers                                         */
	RT_FILL_NEXT,            /* from the links of the next layer                               */
	RT_FILL_SUM,             /* checksum                                                       */
};

struct rt_row {                  /* one field; rows stand in the order of the header               */
	const char *name;
	uint16_t bit;            /* first bit from the start of the header, as RFCs draw it        */
	uint16_t width;          /* bits; 0: up to the end of the header (BYTES, TEXT, LIST)       */
	uint8_t  kind;           /* enum rt_kind                                                   */
	uint8_t  fill : 5;       /* enum rt_fill                                                   */
	bool in_trailer : 1;     /* `bit` counts from the start of the trailer (struct rt_proto)   */
	bool is_aside : 1;       /* said elsewhere too: not in JSON and --show, only when asked for */
	bool is_little : 1;      /* a number of whole bytes, the least significant first            */
	uint8_t back, unit;      /* of a flow, without a width: RT_COUNTED, RT_BITS                */
	union {
		const struct rt_names *names;
		const struct rt_list *list;    /* RT_LIST: what its items are                      */
	};
	const struct rt_when *when;    /* NULL: always there                                       */
	uint32_t init;
	int8_t add;              /* see back                                                       */
	uint8_t round;
	uint8_t word;            /* a part of a little-endian word of so many bytes; 0: it is not       */
	uint8_t part;            /* ... bits of that word in front of it; `bit` counts as if the
	                          * word stood the other way round                                  */
};
/* The row so many before this one gives its size: value * unit + add bytes; unit 0: value items. */
#define RT_COUNTED(back_, unit_, add_) .back = (back_), .unit = (unit_), .add = (add_)
/* ... bits, which take as many words of `round` bytes as they need. */
#define RT_BITS(back_, round_) .back = (back_), .unit = 1, .round = (round_)

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

struct rt_proto {
	const char *name;        /* Scapy's class: "IP", as users type it                         */
	const char *title;       /* Scapy's display name: "802.1Q"; NULL: as `name`                */
	const char *spec;        /* "RFC 791 section 3.1"                                          */
	const struct rt_row *rows;
	uint16_t row_count, link_count, carries_count;
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
	struct rt_only only;     /* what it is told by, besides its links                         */
	struct rt_size size;     /* the whole header                                               */
	struct rt_size extent;   /* header and payload; 0 means "to the end" (GSO, BIG TCP)        */
	const char *next[2];     /* rows that select the next layer, best first                    */
	const char *next_as;     /* children are those of this protocol (Dot1Q: "Ether")           */
	const char *solid;       /* if this row is not 0, nothing but Raw follows (IP.frag)        */
	const struct rt_link_to *links;
	const struct rt_link_to *carries; /* the same seen from above: `under` names the child, which has
	                          * its own file and need not know this protocol                       */
	const struct rt_line *lines;      /* the default line; NULL: says nothing                  */
	const struct rt_line *summaries;  /* Scapy's mysummary(); NULL: the bare name              */
	const char *from, *to;   /* rows of the two ends: addresses, or ports behind addresses     */
	const char *prefix;      /* a sentence that stands before the addresses: "vlan {vlan} "; or NULL */
	/* Only where rows cannot say it. They place rows and never print; they read only the frame's
	 * bytes from layer->at up to layer->end. `measure`: bytes of header, or 0: not this protocol
	 * after all. `place`: where a row stands in this layer; false: absent. `value`: for what comes
	 * with the packet instead of in it; false: not known. */
	/* `claims`: what the layers so far, of which the last is its parent, say about the bytes of `layer`;
	 * false: they are not this protocol. It may set `header`, where they say how long it is. */
	bool (*claims)(const struct rt_packet *, struct rt_layer *);
	uint32_t (*measure)(const struct rt_frame *, uint32_t at, uint32_t end);
	bool (*place)(const struct rt_frame *, const struct rt_layer *, const struct rt_row *, struct rt_place *);
	bool (*value)(const struct rt_frame *, const struct rt_row *, struct rt_value *);
};
/* What the items of a RT_LIST row are. Each item is a layer of its own: a proto with rows. Either TLVs
 * described by numbers, or `next` places one item after the other. */
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

#define RT_ROWS(array) .rows = (array), .row_count = RT_COUNT(array)
#define RT_LINKS(...) .links = (const struct rt_link_to[]){ __VA_ARGS__ }, \
	.link_count = RT_COUNT(((const struct rt_link_to[]){ __VA_ARGS__ }))
#define RT_CARRIES(...) .carries = (const struct rt_link_to[]){ __VA_ARGS__ }, \
	.carries_count = RT_COUNT(((const struct rt_link_to[]){ __VA_ARGS__ }))
#define RT_LINES(...) (const struct rt_line[]){ __VA_ARGS__ }

#endif
