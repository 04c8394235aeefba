/* SPDX-License-Identifier: MIT */
/* rows.h - the rows of a protocol's table: one field each, where it stands, how its value looks and when it is there. */
#ifndef RINGTAP_ROWS_H
#define RINGTAP_ROWS_H

#include <ringtap/sums.h>

struct rt_list;

enum rt_kind {                   /* how a value looks; in brackets: --show; --json                */
	RT_NUM,                  /* [64; 64]                                                      */
	RT_INT,                  /* signed [-40 dBm; -40]                                         */
	RT_SEVENS,               /* seven bits a byte, the least first; the highest says that more
	                          * follow [200; 200]                                              */
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
	RT_NETBIOS,              /* a NetBIOS name, two letters a byte ['BOX   ...'; "BOX"]        */
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
	uint8_t  fill : 3;       /* enum rt_fill                                                   */
	bool in_trailer : 1;     /* `bit` counts from the start of the trailer (struct rt_proto)   */
	bool is_aside : 1;       /* said elsewhere too: not in JSON and --show, only when asked for */
	bool is_little : 1;      /* a number of whole bytes, the least significant first            */
	bool is_varint : 1;      /* of a flow: its first two bits say how many bytes it has, 1, 2, 4
	                          * or 8 (RFC 9000 section 16); no width                             */
	bool is_opened : 1;      /* not in the header: in what the protocol's `open` lays open; no
	                          * LIST and no NAME, which are read from the frame                */
	uint8_t back, unit;      /* of a flow, without a width: RT_COUNTED, RT_BITS                */
	union {
		const struct rt_names *names;
		const struct rt_list *list;    /* RT_LIST: what its items are                      */
		const struct rt_sum *sum;      /* RT_FILL_SUM: what it covers                      */
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
#define RT_ROWS(array) .rows = (array), .row_count = RT_COUNT(array)

/* The names that values of a row may have; NULL: they have none. */
static inline const struct rt_names *rt_row_names(const struct rt_row *row)
{
	return row->kind == RT_LIST || row->fill == RT_FILL_SUM ? NULL : row->names;
}

#endif
