/* SPDX-License-Identifier: MIT */
/* stages.h - what the stages of the filter compiler hand to each other, in the order of the pipeline:
 *
 *     text -> tokens -> tree -> tests -> graph -> program -> verdict
 *
 * Everything lives in the arenas of one `struct compiler`; nothing here is seen outside of bpf/. Every stage can be
 * shown (explain.c), and the tests can be answered without any program (judge.c). */
#ifndef RINGTAP_BPF_STAGES_H
#define RINGTAP_BPF_STAGES_H

#include <ringtap/filter.h>

#define FILTER_TEXT_MAX   (1u << 20)     /* bytes of an expression                                     */
#define FILTER_MEMORY_MAX (256u << 20)   /* bytes that compiling may take                              */
#define FILTER_MEMORY_LIST 150           /* ... and for each byte of a file in a set                   */
#define FILTER_LISTS_MAX  (64u << 20)    /* bytes of the expression and of all files in its sets       */
#define FILTER_ITEMS_MAX  1000000        /* items of one file                                          */
#define FILTER_DEPTH_MAX  256            /* how deep parentheses, not, and and/or by turns may nest    */
#define FILTER_FIELDS_MAX 64             /* field tests of an expression                               */
#define FILTER_STRING_MAX 1024           /* bytes of a string                                          */
#define TAGS_MAX          3              /* VLAN tags that header tests see through (default meaning)  */
#define EXTENSIONS_MAX    8              /* IPv6 extension headers that they walk past                 */
#define CHAIN_STEPS_MAX   32768          /* headers of a protochain: 8 bytes each are RT_SNAPLEN_MAX   */

#define TYPE_IP   0x0800u
#define TYPE_ARP  0x0806u
#define TYPE_RARP 0x8035u
#define TYPE_IP6  0x86ddu

#define PPP_IP    0x0021u                /* PPP protocol numbers                                       */
#define PPP_IP6   0x0057u

#define FRAGMENT  44u                    /* extension headers with a shape of their own                */
#define AH        51u
#define MOBILITY  135u

/* ---- words and tokens (lexer.c) -------------------------------------------------------------------- */

enum word_role { ROLE_KEYWORD, ROLE_PROTOCOL, ROLE_CONSTANT, ROLE_ELSEWHERE };
enum layer {                     /* what the number of a protocol word is a value of                  */
	LAYER_LINK,              /* nothing: the link layer itself                                    */
	LAYER_RADIO,             /* nothing: what stands in front of IEEE 802.11                      */
	LAYER_TYPE,              /* the ethertype; up to 1500: an LLC service access point             */
	LAYER_ON_ANY,            /* the protocol number of IPv4 or IPv6                               */
	LAYER_ON_IP, LAYER_ON_IP6,
	LAYER_ON_ISO,            /* the network layer protocol id of OSI                              */
	LAYER_ON_ISIS,           /* bit n: PDU type n of IS-IS                                        */
};

enum word_id {
#define KEYWORD(spelling, id) WORD_##id,
#define PROTOCOL(spelling, id, layer, number) WORD_##id,
#define CONSTANT(spelling, number)
#define ALIAS(spelling, other)
#define ELSEWHERE(spelling, links)
#include "words.def"
#undef KEYWORD
#undef PROTOCOL
#undef CONSTANT
#undef ALIAS
#undef ELSEWHERE
	WORD_NONE
};

struct word {
	const char *spelling;
	const char *alias_of;    /* NULL: it stands for itself; ELSEWHERE: links that know the word   */
	uint8_t role;            /* enum word_role                                                    */
	uint8_t id;              /* enum word_id                                                      */
	uint8_t layer;           /* enum layer                                                        */
	uint32_t number;
};

enum token_kind {
	TOKEN_END, TOKEN_WORD, TOKEN_NAME, TOKEN_NUMBER, TOKEN_IP4, TOKEN_IP6, TOKEN_MAC, TOKEN_SYMBOL, TOKEN_FILE,
	TOKEN_STRING,
};

/* Symbols of one character are that character. */
enum {
	SYMBOL_SHIFT_LEFT = 256, SYMBOL_SHIFT_RIGHT, SYMBOL_NOT_EQUAL, SYMBOL_LESS_EQUAL, SYMBOL_GREATER_EQUAL,
	SYMBOL_CONTAINS,         /* only in nodes: it is written as a name                            */
};

struct token {
	uint8_t  kind;           /* enum token_kind                                                   */
	uint8_t  parts;          /* IP4: how many numbers were written, 1 to 4                        */
	uint16_t symbol;
	uint32_t number;         /* NUMBER; IP4: as far as written, "10.1" is 0x0a01; STRING: bytes    */
	uint32_t at, length;     /* where it stands in the text; column = at + 1                      */
	uint32_t match;          /* "(" only: the token of its ")"                                    */
	const struct word *word; /* WORD; a NAME that was escaped (\tcp): the word, if it is one       */
	const uint8_t *address;  /* IP6: 16 bytes, MAC: 6, STRING: what it means                      */
};

struct compiler {
	struct rt_arena arena;   /* tests; lives as long as the filter                                 */
	struct rt_arena scratch; /* tokens, tree, graph; given back when the program is made           */
	struct rt_filter_options options;
	struct rt_error *error;  /* the caller's                                                      */
	const char *text;
	struct token *tokens;    /* the last one is END                                               */
	const struct token *now; /* what the meaning stage is at, for messages                        */
	uint32_t token_count;
	char *joined;            /* NULL, or what `text` is then: the expression, the lists; free()    */
	struct list *lists;      /* newest first                                                      */
	const struct link *link; /* NULL: an empty expression on any link                             */
	uint32_t facts;          /* bit n: the tests use fact n                                       */
	uint32_t walks;          /* bit n: facts n to n + 2 are found together, by a walk             */
	uint8_t own_facts;       /* how many of FACT_OWN and those behind it are taken                */
	bool is_wide_aside;      /* the program does not know what holds for frames with a tag aside  */
	struct field_test *fields, *last_field;  /* all field tests, in the order of the text          */
	uint8_t field_count;
	const struct edges *edges;       /* field_links.c: made when a field test needs them           */
};

const struct word *word_find(const char *text, size_t length);
int lexer_run(struct compiler *c);
int lex_string(struct compiler *c, struct token *token);         /* string.c: "..." at token->at        */
bool token_is(const struct compiler *c, const struct token *token, const char *text);      /* case does not matter */
/* The tokens of the next line that has any, and END behind them; `*at` goes to the line after it. 1, 0 when there is
 * no such line, or a negative errno. */
int lexer_line(struct compiler *c, uint32_t *at, struct token **tokens);
/* An error about a token, or about the place behind the last one. Returns -EINVAL. */
int token_fail(struct compiler *c, const struct token *token, const char *format, ...) RT_PRINTF(3, 4);

/* ---- lists (lists.c) --------------------------------------------------------------------------------- */

struct list {                    /* the text of a file                                               */
	uint32_t at, size;       /* in the text of the compiler                                       */
	const struct token *token;       /* @FILE                                                     */
	struct list *older;
};

int list_open(struct compiler *c, const struct token *token, struct list **list);
const struct list *list_of(const struct compiler *c, const struct token *token);        /* or NULL         */
/* "bad.txt:3: " */
void list_put_place(const struct compiler *c, const struct list *list, uint32_t at, struct rt_text *out);

/* ---- the tree (parser.c) ------------------------------------------------------------------------------ */

enum direction {
	DIRECTION_ANY, DIRECTION_SRC, DIRECTION_DST, DIRECTION_BOTH,
	DIRECTION_ADDR1, DIRECTION_ADDR2, DIRECTION_ADDR3, DIRECTION_ADDR4, DIRECTION_RA, DIRECTION_TA, /* 802.11 */
};

struct qualifiers {              /* what stands in front of an id; carried over to the next bare one    */
	const struct word *proto;        /* NULL: none                                                */
	uint8_t direction;               /* enum direction                                            */
	bool    has_direction;
	uint8_t type;                    /* WORD_HOST NET PORT PORTRANGE PROTO PROTOCHAIN GATEWAY; or WORD_NONE */
	bool    is_set;                  /* false: nothing to carry over                               */
};

enum expr_kind { EXPR_NUMBER, EXPR_LEN, EXPR_LOAD, EXPR_FIELD, EXPR_NEGATE, EXPR_BINARY };

struct expr {                    /* arithmetic as written                                            */
	uint8_t  kind;
	uint8_t  size;                   /* LOAD: 1, 2 or 4 bytes                                     */
	uint16_t op;                     /* BINARY: the symbol                                        */
	uint16_t depth;                  /* of what hangs below                                       */
	uint32_t number;
	const struct word *base;         /* LOAD                                                      */
	const struct field *field;       /* FIELD                                                     */
	struct expr *left, *right;       /* NEGATE and the index of LOAD: left                        */
	const struct token *token;       /* for messages                                              */
};

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_ID, NODE_WORD, NODE_RELATION, NODE_FIELD };

struct node {
	uint8_t kind;
	uint16_t depth;                  /* of what hangs below                                       */
	struct node *child, *last, *next;        /* AND, OR: two or more; NOT: one                    */
	const struct token *token;       /* ID: the id; WORD: the keyword or protocol                  */
	const struct token *argument;    /* WORD: its number or name, or NULL; ID: behind "mask" or "/" */
	const struct token *second;      /* WORD: subtype behind type; what byte N is compared with    */
	const struct field *field;       /* FIELD: compared with `argument`, "/" `second`; alone: is there */
	struct qualifiers qualifiers;    /* ID; WORD: the protocol in front of broadcast, multicast    */
	bool is_set;                     /* OR: written as { ... }; WORD: its numbers are, as children */
	uint32_t end;                    /* FIELD, RELATION: where the text goes on behind it          */
	uint16_t relation;               /* RELATION, FIELD, and byte: '=', '<' ...; FIELD: 0 for none  */
	struct expr *left, *right;
};

/* field_name.c: names of protocols and fields, those of the tables. `is_exact`: upper and lower case as there. */
bool token_is_field(const struct compiler *c, const struct token *token, bool is_exact);       /* "IP.ttl"        */
bool token_is_layer(const struct compiler *c, const struct token *token, bool is_exact);       /* "DNS"           */
/* The field or the layer; NULL and an error: there is none. */
const struct field *field_find(struct compiler *c, const struct token *token);

/* `*tree` NULL: an empty expression. */
int parser_run(struct compiler *c, struct node **tree);

/* ---- tests (meaning.c and its parts) ------------------------------------------------------------------- */

/* A fact is a number about a packet that a prelude finds before the tests run. */
enum fact {
	FACT_NONE,               /* 0                                                                 */
	FACT_SRC, FACT_DST,      /* where the addresses are; set by TEST_HOSTS for the tests in it     */
	FACT_SHIFT,              /* live --pcap-filter: 4 once the first `vlan` has looked in band */
	FACT_TYPE,               /* the ethertype behind all tags                                     */
	FACT_NET,                /* where the network layer begins                                    */
	FACT_PROTO6,             /* IPv6: the protocol behind the extension headers                   */
	FACT_L6,                 /* IPv6: where that begins                                           */
	FACT_LATER6,             /* IPv6: 1 in a fragment but the first                               */
	FACT_HEADER,             /* 802.11: where the header begins, behind the radio's                */
	FACT_PAYLOAD,            /* 802.11: where what it carries begins                              */
	FACT_FLAGS,              /* radiotap: where its flags are                                     */
	FACT_OWN,                /* this and those behind it: places that a tunnel's test finds       */
	FACT_COUNT = 32
};

#define FACTS(first, last) ((2u << (last)) - (1u << (first)))    /* as in compiler->facts               */
#define FACTS_NETWORK FACTS(FACT_TYPE, FACT_LATER6)              /* default meaning                     */
#define FACTS_WALK    FACTS(FACT_PROTO6, FACT_LATER6)            /* the walk along the IPv6 chain       */

enum sum_kind { SUM_NUMBER, SUM_LEN, SUM_FACT, SUM_LOAD, SUM_ASIDE, SUM_FIELD, SUM_NEGATE, SUM_BINARY };

struct sum {                     /* arithmetic with places, 32 bits, wrapping                        */
	uint8_t  kind;
	uint8_t  size;           /* LOAD: 1, 2 or 4                                                   */
	uint8_t  fact;           /* FACT; LOAD: counted from there                                    */
	bool     is_behind_ip;   /* LOAD: plus 4 * (byte `ip_at` from the fact & 15)                  */
	uint16_t op;             /* BINARY                                                            */
	uint32_t number;         /* NUMBER; LOAD: constant offset; ASIDE: SKF_AD_*                    */
	uint32_t ip_at;
	const struct sum *left;  /* BINARY, NEGATE, the index of LOAD (or NULL)                       */
	union {
		const struct sum *right;         /* BINARY                                            */
		const struct field *field;       /* FIELD: only in the arithmetic of field tests       */
	};
};

enum compare { COMPARE_EQUAL, COMPARE_GREATER, COMPARE_GREATER_EQUAL, COMPARE_SET, COMPARE_ALWAYS };

enum test_kind {
	TEST_FALSE, TEST_TRUE, TEST_NOT, TEST_AND, TEST_OR, TEST_COMPARE, TEST_CASES, TEST_HOSTS,
	TEST_STORE,                      /* always true: `fact` is `left` from now on                 */
	TEST_WALK,                       /* always true: finds where an IPv6 chain ends               */
	TEST_FIELD,                      /* asks the dissector: not in programs                       */
};

struct test {
	uint8_t kind;
	uint8_t compare;                  /* COMPARE                                                  */
	uint8_t fact;                     /* STORE                                                    */
	struct chain { uint8_t proto, at, later; } walk;   /* WALK; facts: PROTO6, L6, LATER6         */
	struct test *next;                /* in the list of another test                              */
	union {
		struct { struct test *child, *last; };     /* NOT, AND, OR; WALK: finds the first header */
		struct {
			const struct sum *left;            /* COMPARE, CASES, STORE                   */
			union { const struct sum *right; const struct cases *cases; };
		};
		const struct hosts *hosts;
		const struct field_test *field;
	};
};

static inline bool compare_holds(enum compare compare, uint32_t left, uint32_t right)
{
	switch (compare) {
	case COMPARE_EQUAL:         return left == right;
	case COMPARE_GREATER:       return left > right;
	case COMPARE_GREATER_EQUAL: return left >= right;
	case COMPARE_SET:           return (left & right) != 0;
	case COMPARE_ALWAYS:        break;
	}
	return true;
}

/* 32 bits, wrapping; shifts take the low five bits. By 0 nothing is divided: the caller has looked. */
uint32_t operate(uint16_t op, uint32_t left, uint32_t right);
bool is_symmetric(uint16_t op);

struct cases {                   /* a value in one of many ranges, by binary search                   */
	uint32_t count;
	struct range {           /* ascending, none overlap                                           */
		uint32_t low, high;
		struct test *test;       /* and also this; NULL: that is all                          */
	} at[];
};

struct hosts {                   /* the first protocol that is there says where the addresses are      */
	uint32_t count;
	struct { struct test *is_there; const struct sum *src, *dst; } in[3];
	struct test *test;       /* counts from FACT_SRC and FACT_DST; in the program only once       */
};

enum link_kind {                 /* how the next protocol is announced                               */
	KIND_ETHER,              /* by an ethertype, or a length in front of LLC                      */
	KIND_SLL,                /* ... or 4 in front of LLC                                          */
	KIND_TYPE,               /* by an ethertype                                                   */
	KIND_VERSION,            /* not at all: the version of IP tells                               */
	KIND_ONE,                /* there is only one                                                 */
	KIND_FAMILY,             /* by the AF_ number of some system                                  */
	KIND_PPP,                /* by a PPP protocol number                                          */
	KIND_WLAN,               /* by LLC and SNAP, behind headers of any length                     */
};

struct link {                    /* how frames of a link type begin                                   */
	uint16_t link;           /* enum rt_link                                                      */
	uint8_t  kind;           /* enum link_kind                                                    */
	uint8_t  type_at;        /* where the next protocol is announced                              */
	uint8_t  net_at;         /* where the network layer begins, without tags                      */
	uint16_t fixed_type;     /* KIND_ONE: its ethertype                                           */
	bool has_type;           /* there is an ethertype at a fixed place, and VLAN tags             */
	bool has_mac;            /* Ethernet addresses at 0 and 6                                     */
	bool is_host_order;      /* KIND_FAMILY: the number is in the byte order of the machine        */
};

const struct link *link_find(unsigned link);
/* The facts of a walk are used: else it is not made. */
static inline bool is_walked(const struct compiler *c, struct chain walk) { return c->facts >> walk.proto & 7; }

/* Ascending. */
extern const uint32_t tag_types[3];      /* ethertypes of VLAN tags                                   */
extern const uint32_t extensions[6];     /* numbers of the IPv6 extension headers walked past          */
extern const uint32_t families4[2], families6[8];        /* NULL and LOOP: AF_ numbers                */
bool is_family4(uint32_t family);
bool is_family6(uint32_t family);
bool is_tag(uint32_t type);
bool is_extension(uint32_t number);
bool is_chained(uint32_t number, bool is_ip6);   /* protochain looks behind it: as libpcap, not mobility */
int meaning_run(struct compiler *c, const struct node *tree, struct test **tests);

/* ---- codes, blocks (select.c, graph.c, prelude.c, optimize.c) -------------------------------------------- */

struct code {                    /* instructions without jumps that leave a value in A; one of a kind, so
                                  * equal values are equal pointers                                  */
	const struct sock_filter *insns;
	uint16_t count;
	uint16_t x_count;        /* the first of them only put something in X ...                     */
	const struct code *x;    /* ... as this code does; NULL: X is not to be reused                */
	bool changes_x;          /* X is something else than `x` behind it                            */
	bool is_kept;            /* it stores facts: never dropped                                    */
	const struct code *leaves;       /* ... and leaves in A what this one would; NULL: anything   */
	bool may_fail;           /* it may end the program: a load, a division                        */
	bool is_open;            /* ... and not only in packets of less than `needs` bytes            */
	uint16_t reads, writes;  /* scratch words of facts, a bit each                                */
	uint32_t needs;          /* bytes of the packet that its loads at fixed places ask for        */
	uint32_t most;           /* no bits but these are in the value                                */
	uint32_t id;             /* counted from 0                                                    */
	struct code *next;       /* of the same hash                                                  */
};

struct block {                   /* a value, a comparison, two exits                                  */
	const struct code *code; /* NULL: returns `number`                                            */
	struct block *yes, *no;  /* ALWAYS: both the same                                             */
	struct block *older;     /* all blocks, newest first; exits are older than who leads there     */
	uint32_t number;
	uint32_t at, pc;         /* its place in the list of a stage; emit.c: in the program           */
	uint16_t skip;           /* instructions of `code` not needed here                            */
	uint8_t  compare;        /* enum compare                                                      */
	bool     is_x : 1;       /* compared with X, not with `number`                                */
	bool     is_used : 1;    /* something leads here                                              */
};

enum fact_form { FORM_UNKNOWN, FORM_NUMBER, FORM_MEMORY, FORM_LOAD };
struct facts {                   /* how each fact can be had in one body of the graph                 */
	struct { uint8_t form, size; uint32_t number; } fact[FACT_COUNT];
	bool is_not_ip, is_not_ip6;      /* what is known of FACT_TYPE where it is no number           */
};

struct built;                    /* graph.c                                                           */

struct graph {
	struct compiler *compiler;
	struct block *newest;
	uint32_t block_count, code_count;
	struct code **codes;             /* hash table                                                */
	struct block **slots;            /* hash table of all blocks, not in the arena ...             */
	uint32_t slot_mask;              /* ... its size less one                                      */
	struct built *built;             /* searches for hosts                                         */
	bool is_special;                 /* untagged packets get fixed offsets                         */
	uint32_t is_used;                /* bit n: fact n is ...                                       */
	uint8_t word[FACT_COUNT];        /* ... in this scratch word; the others ...                   */
	uint8_t first_free;              /* ... from here on are for sums                              */
};

/* What makes programs better and may be left out, a bit each in options.passes_off; is_plain: all are out. */
enum pass {
	PASS_SPECIAL = 1 << 0,   /* prelude.c: untagged packets get tests of their own, fixed offsets          */
	PASS_JOIN    = 1 << 1,   /* graph.c: a block is not built when another one does the same               */
	PASS_SHARE   = 1 << 2,   /* optimize.c: equal blocks with equal exits are one                          */
	PASS_REPEAT  = 1 << 3,   /* ... tests whose answer the following tests give anyway go                  */
	PASS_THREAD  = 1 << 4,   /* thread.c: jump over tests whose answer is known                            */
	PASS_SPLIT   = 1 << 5,   /* ... and copy blocks where ways know different things, if that saves        */
	PASS_SPARE   = 1 << 6,   /* spare.c: values and stores that nobody wants go                            */
	PASS_REUSE   = 1 << 7,   /* registers.c: what A or X hold is not loaded again                          */
	PASS_TAILS   = 1 << 8,   /* ... and blocks that then are the same instructions are one                 */
	PASS_PLACE   = 1 << 9,   /* emit.c: who leads to one place only stands in front of it                  */
	PASS_GROUP   = 1 << 10,  /* group.c: of tests that may come in any order, those of one value together  */
	PASS_COUNT   = 11
};

static inline bool has_pass(const struct compiler *c, enum pass pass)
{
	return !c->options.is_plain && !(c->options.passes_off & pass);
}

#define CODE_SLOTS 4096

/* The code for a sum, or NULL: too complex for 16 scratch words (then compiler->error is set), or no memory. */
const struct code *select_sum(struct graph *g, const struct sum *sum, const struct facts *facts);
/* The same for left and right, left in A and right in X. */
const struct code *select_pair(struct graph *g, const struct sum *left, const struct sum *right,
                               const struct facts *facts);
/* The sum becomes a fact. */
const struct code *select_store(struct graph *g, const struct sum *sum, unsigned fact, const struct facts *facts);
/* Stores where the bytes of two loads are into the words of FACT_SRC and FACT_DST. */
const struct code *select_places(struct graph *g, const struct sum *src, const struct sum *dst,
                                 const struct facts *facts);
const struct code *code_of(struct graph *g, const struct sock_filter *insns, size_t count, struct code like);
bool sum_number(const struct sum *sum, const struct facts *facts, uint32_t *number);

struct block *graph_block(struct graph *g, const struct code *code, enum compare compare, uint32_t number,
                          struct block *yes, struct block *no);
/* The same, compared with X. */
struct block *graph_block_x(struct graph *g, const struct code *code, enum compare compare, struct block *yes,
                            struct block *no);
struct block *graph_always(struct graph *g, const struct code *code, struct block *next);
struct block *graph_return(struct graph *g, uint32_t number);
struct block *graph_test(struct graph *g, const struct test *test, struct block *yes, struct block *no,
                         const struct facts *facts);
/* In one of the ranges: a binary search. */
struct block *graph_ranges(struct graph *g, const struct code *code, const struct range *ranges, uint32_t count,
                           struct block *yes, struct block *no, const struct facts *facts);
/* walk.c: past the IPv6 extension headers; the first one is found. */
struct block *graph_walk(struct graph *g, struct chain walk, struct block *end);
/* The same from the IPv6 header at FACT_NET, which is at least `least`; fragments but the first go to `later`. */
struct block *graph_walk_from(struct graph *g, uint32_t least, struct block *end, struct block *later);
/* Is what `code` holds the number of an extension header? */
struct block *graph_extension(struct graph *g, const struct code *code, struct block *yes, struct block *no);
/* prelude.c: the whole graph. Finds the facts that the tests use, then goes on with the tests. */
int graph_run(struct graph *g, struct compiler *c, const struct test *tests, struct block **entry);
void graph_close(struct graph *g);       /* what is not in the arena; also after a failure            */

/* The new entry, or NULL: no memory. */
struct block *optimize_run(struct graph *g, struct block *entry);

/* ---- programs (emit.c, verify.c, machine.c, judge.c) ------------------------------------------------------- */

struct program { struct sock_filter *insns; size_t count; };

/* compile.c: the pipeline in two halves; explain.c runs the same. */
int compile_tests(struct compiler *c, struct node **tree, struct test **tests);
int compile_program(struct compiler *c, struct test *tests, struct program *program);

/* `room` is freed with free(). */
int emit_run(struct graph *g, struct block *entry, struct program *program);
/* judge.c: the tests, for a frame of which the kernel knows more than its bytes (NULL: it does not). */
bool judge_run(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len,
               const struct rt_aside *aside);
/* One of the kernel's own places (SKF_AD_*); 0 without a kernel. However few bytes are asked for, it gives all it has. */
static inline uint32_t aside_value(const struct rt_aside *aside, uint32_t which)
{
	switch (aside ? which : (uint32_t)SKF_AD_MAX) {
	case SKF_AD_PKTTYPE:          return aside->type;
	case SKF_AD_IFINDEX:          return aside->ifindex;
	case SKF_AD_VLAN_TAG_PRESENT: return aside->has_tag;
	case SKF_AD_VLAN_TAG:         return aside->has_tag ? aside->tci : 0;
	case SKF_AD_VLAN_TPID:        return aside->has_tag ? aside->tpid : 0;
	}
	return 0;
}
/* What the kernel checks when a filter is attached, but for the number of instructions. */
bool verify(const struct sock_filter *insns, size_t count);
/* Makes filter->program, which is verified, ready for rt_filter_run(). */
int machine_open(struct rt_filter *filter, struct rt_error *error);
void machine_close(struct rt_filter *filter);

struct rt_filter {
	struct program program;
	struct step *steps;              /* machine.c: the program, ready to run                      */
	struct compiler compiler;        /* for judge.c: link, facts, options                         */
	struct test *tests;
	struct rt_dissector *dissector;  /* for field tests that the program cannot answer, or NULL    */
};

#endif
