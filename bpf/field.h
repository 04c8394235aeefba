/* SPDX-License-Identifier: MIT */
/* field.h - what the files of field tests share. A field test asks for a field of the protocol tables, as the display
 * filters of other tools do: IP.ttl < 5, DNS.qd.qname == "example.com", tcp contains "GET".
 *
 * The dissector always knows the answer: the verdict of a filter is its tests, with field tests answered by decoding
 * the packet once. The program in the kernel is made of the same tests, but for a field test it has two others that it
 * can compute: `maybe` holds wherever the field test does, `sure` only there. Which one stands in the program depends
 * on how many "not" are above it, so that the program lets through at least what the verdict does. Where the two are
 * the same test, that test takes the place of the field test, and the dissector is not asked. Tests of fields look
 * first whether the bytes are there; words of pcap-filter(7) do not always, and then end the program in a header that
 * was cut, with no.
 *
 *     field_name.c    which names are fields                 field_links.c   which protocol may follow which
 *     field_value.c   what a value means for a row           field_route.c   the ways to a layer; field_route.h says more
 *     field.c         a field test from what was written     field_kernel.c  tests on a row at a known place
 *     field_judge.c   its answer, by decoding the packet     field_wide.c    the tests of the program */
#ifndef RINGTAP_BPF_FIELD_H
#define RINGTAP_BPF_FIELD_H

#include <ringtap/dissect.h>
#include "meaning.h"

struct field {                   /* a field, or a whole layer                                         */
	struct rt_path path;     /* of a layer: choices without a row                                 */
	bool is_layer;
};

enum fit_kind {
	FIT_NUMBER,              /* the row's number                                                  */
	FIT_PAIR,                /* ... together with that of another row (ICMP codes by type)        */
	FIT_BYTES,               /* the row's bytes; of an address, those it leaves out are 0         */
	FIT_PREFIX,              /* an address, and `number` of its bits, or any: UINT32_MAX           */
	FIT_TEXT,                /* the text that is shown: object identifiers, NetBIOS names          */
	FIT_NAME,                /* a domain name: upper and lower case are the same, a final dot or none too */
};

struct fit {                     /* what the value of a test is for a row                             */
	const struct rt_row *row;
	uint8_t kind;            /* enum fit_kind                                                     */
	uint32_t number, by;     /* NUMBER, PAIR; by: of the other row                                */
	uint32_t size;           /* BYTES and all that follow it                                      */
	const uint8_t *bytes;
	const uint8_t *mask;     /* BYTES: only these bits; NULL: all                                 */
};

enum field_kind {
	FIELD_THERE,             /* the field, the layer is there                                     */
	FIELD_VALUE,             /* it has a value that ...                                           */
	FIELD_CONTAINS,          /* ... such bytes are in                                             */
	FIELD_SUM,               /* arithmetic                                                        */
	FIELD_CHAIN,             /* no field: the rest of a chain of headers, for protochain          */
};

enum field_where {
	FIELD_IN_KERNEL,         /* the program knows the answer                                      */
	FIELD_NEARLY,            /* ... but of rare packets: tunnels, and headers that contradict themselves */
	FIELD_HERE,              /* it knows where the answer may be yes                              */
};

struct field_chain {             /* CHAIN: the next protocol and where it begins, as far as the program came */
	uint8_t proto, at;       /* facts                                                             */
	uint8_t number;          /* what is looked for                                                */
	bool is_ip6;
	const struct sum *start; /* libpcap counts the place behind AH from here; NULL: where AH began */
};

struct field_test {
	uint8_t kind;            /* enum field_kind                                                   */
	uint8_t where;           /* enum field_where                                                  */
	uint16_t relation;       /* VALUE: '=', '<' ...; SUM: only for messages                       */
	const struct field *field;
	const struct fit *fits;  /* VALUE: for every row that may be meant and that it fits           */
	uint32_t fit_count;
	const uint8_t *bytes;    /* CONTAINS                                                          */
	uint32_t size;
	const struct expr *left, *right; /* SUM: while compiling                                      */
	const struct test *sum;  /* SUM: a COMPARE, or NOT with one in it                             */
	struct field_chain chain;
	struct test *maybe, *sure;
	const char *text;        /* as written                                                        */
	struct field_test *next;
};

/* ---- values (field_value.c) -------------------------------------------------------------------------------- */

/* What `value`, and "/" `mask` behind it, mean for all rows that the field may be. NULL: an error was told. */
const struct fit *fits_make(struct compiler *c, const struct field *field, uint16_t relation, const struct token *value,
                            const struct token *mask, uint32_t *count);
const struct fit *fit_find(const struct field_test *test, const struct rt_row *row);

/* ---- tests (field.c) ---------------------------------------------------------------------------------------- */

bool expr_has_field(const struct expr *expr);
/* Has the chain the number, behind the headers that the program follows? For mean_chain. */
struct test *test_rest_of_chain(struct compiler *c, const struct node *node, const struct field_chain *chain);
struct test *mean_field(struct compiler *c, const struct node *node);
struct test *mean_field_relation(struct compiler *c, const struct node *node);

/* ---- places and tests in the kernel (field_kernel.c) --------------------------------------------------------- */

struct spot {                    /* a number in a header                                              */
	uint32_t at;
	uint8_t size, shift;
	bool is_little;          /* read as if it were not: what it is compared with is turned         */
	uint32_t mask;
};

struct where {                   /* a place in the packet: `at` bytes behind a fact ...                */
	bool is_known;
	uint8_t fact;
	bool is_behind_ip;       /* ... plus 4 * (byte `ip_at` from the fact & 15)                     */
	uint32_t at, ip_at;
	bool is_aside;           /* a VLAN tag: two bytes that the kernel moved aside, then `at`       */
};

/* false: not in the part of the header that is always there, or too wide. */
bool spot_find(const struct rt_proto *proto, const struct rt_row *row, struct spot *spot);
/* false, too: there is no such row, or no name. */
bool spot_named(const struct rt_proto *proto, const char *name, struct spot *spot);
/* The bits at that place of the header, whatever rows they are of. */
bool spot_place(const struct rt_proto *proto, unsigned bit, unsigned width, struct spot *spot);
struct sum *spot_sum(struct compiler *c, const struct where *where, const struct spot *spot);
uint32_t spot_value(const struct spot *spot, uint32_t value);            /* as the sum has it                  */
struct sum *where_load(struct compiler *c, const struct where *where, uint32_t at, unsigned size);
/* The place so many bytes behind, as a number. */
struct sum *where_sum(struct compiler *c, const struct where *where, uint32_t at);
struct sum *where_distance(struct compiler *c, const struct where *from, const struct where *to, uint32_t bytes);
/* The packet reaches up to there. */
struct test *where_fits(struct compiler *c, const struct where *where, uint32_t bytes);

struct field_tests {             /* of a layer that is there and known to be the one that is meant     */
	struct test *maybe, *sure;
	bool is_known;           /* false: nothing can be told                                        */
	bool is_same;            /* maybe and sure are the same                                       */
};

bool field_at(struct compiler *c, const struct field_test *test, const struct rt_proto *proto, const struct where *where,
              struct field_tests *tests);

/* ---- the tables' links (field_links.c) -------------------------------------------------------------------------- */

enum { LINK_ROW, LINK_SECOND_ROW, LINK_ALWAYS };                  /* next[0], next[1], neither                  */

struct edge {                    /* one link of the tables: what may follow what                      */
	uint16_t parent, child;  /* places in the list of protocols                                   */
	uint8_t which;           /* of the parent's rows says so                                      */
	bool is_first;           /* nothing else is tried before when the row has the value           */
	const struct rt_link_to *link;
	const struct rt_row *own;        /* the row of the child that the link looks at; NULL: none   */
};

struct edges {
	struct edge *at;
	uint32_t count, *first;  /* first: of each parent; ends where the next begins                 */
	uint16_t ether;          /* the protocol of Ethernet, whose types the program knows as FACT_TYPE */
};

/* By parent, in the order of the lists. NULL: an error was told. */
const struct edges *edges_of(struct compiler *c);
/* The protocol that an ethertype announces, or NULL. */
const struct rt_proto *proto_of_type(uint32_t type);

/* NULL: there is none, or no name. */
const struct rt_row *row_named(const struct rt_proto *proto, const char *name);
/* The protocol is told by this row: by its bits there is only this one. */
bool row_tells(const struct rt_proto *proto, const struct rt_row *row);

/* ---- routes (field_route.c) ---------------------------------------------------------------------------------- */

/* Sets test->maybe, ->sure and ->where. false: an error was told. */
bool route_field(struct compiler *c, struct field_test *test);

/* ---- answers (field_judge.c) ------------------------------------------------------------------------------------ */

struct field_look {              /* at one packet                                                     */
	const struct rt_dissector *dissector;
	struct rt_frame frame;
	struct rt_packet packet;
	bool is_decoded, is_absent;      /* is_absent: a field of a sum is not there                  */
};

void field_look(struct field_look *look, const struct rt_filter *filter, const uint8_t *data, uint32_t caplen,
                uint32_t len);
bool field_answer(struct field_look *look, const struct field_test *test);
uint32_t field_number(struct field_look *look, const struct field *field);

/* ---- the program (field_wide.c) ---------------------------------------------------------------------------------- */

/* Without lists in lists, and tests that are always or never true. */
void field_tidy(struct test *test);
/* Is the dissector needed for some test? */
bool field_is_asked(const struct compiler *c);
/* The same tests without field tests, with at least the same packets; NULL: no memory. */
struct test *field_widen(struct compiler *c, struct test *tests);

#endif
