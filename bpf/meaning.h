/* SPDX-License-Identifier: MIT */
/* meaning.h - what the files of the meaning stage share: makers of tests and sums, and where things stand. */
#ifndef RINGTAP_BPF_MEANING_H
#define RINGTAP_BPF_MEANING_H

#include "stages.h"

struct place { uint8_t fact; uint32_t at; };                     /* `at` bytes behind a fact               */

/* Where the words of a part of the text look. --pcap-filter: words such as `vlan` move it for all that stands behind
 * them. Default: only `mpls`, `pppoes`, `geneve` and `vxlan` do, for what is joined to them by `and`. */
struct scope {
	const struct link *link;         /* of the innermost link header                              */
	struct place header;             /* where that begins                                         */
	struct place type;               /* what announces the next protocol; is_literal              */
	struct place payload;            /* what the link header carries                              */
	uint32_t net, no_snap;           /* the network layer: bytes behind `payload`; without SNAP    */
	struct chain walk;               /* the end of the IPv6 chain; facts 0: libpcap does not look   */
	unsigned tags, labels;
	bool is_literal;                 /* as libpcap does; else FACT_TYPE is the type                */
	bool may_be_bare;                /* geneve: there may be no link header                        */
};
struct scope scope_start(const struct compiler *c);

/* All makers return NULL when there is no memory, and accept NULL where they take tests or sums: only the last
 * result has to be looked at. */
struct test *test_new(struct compiler *c, enum test_kind kind);
struct test *test_not(struct compiler *c, struct test *test);
struct test *test_and(struct compiler *c, struct test *first, struct test *second);
struct test *test_or(struct compiler *c, struct test *first, struct test *second);
bool test_add(struct test *list, struct test *test);             /* to an AND or OR; false: one is NULL    */
struct test *test_compare(struct compiler *c, enum compare compare, const struct sum *left, const struct sum *right);
struct test *test_relation(struct compiler *c, uint16_t symbol, const struct sum *left, const struct sum *right);
struct test *test_number(struct compiler *c, enum compare compare, const struct sum *left, uint32_t number);
struct test *test_store(struct compiler *c, unsigned fact, const struct sum *sum);
/* Finds where the IPv6 chain of the packet whose network layer is at `net` ends. */
struct test *test_walk(struct compiler *c, struct place net, struct chain walk);
struct test *test_range(struct compiler *c, const struct sum *sum, uint32_t low, uint32_t high);

struct sum *sum_of(struct compiler *c, struct sum like);
struct sum *sum_constant(struct compiler *c, uint32_t number);
struct sum *sum_fact(struct compiler *c, enum fact fact);
struct sum *sum_binary(struct compiler *c, uint16_t op, const struct sum *left, const struct sum *right);
struct sum *sum_negate(struct compiler *c, const struct sum *sum);
struct sum *sum_masked(struct compiler *c, struct sum *sum, uint32_t mask);      /* all ones: the sum itself  */
struct sum *sum_aside(struct compiler *c, uint32_t which);
struct sum *sum_length(struct compiler *c);
struct sum *sum_load(struct compiler *c, struct place place, uint32_t at, unsigned size);
struct sum *sum_place(struct compiler *c, struct place place, uint32_t at);
struct sum *sum_type(struct compiler *c, const struct scope *scope);
struct sum *sum_header(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size);
struct sum *sum_payload(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size);
struct sum *sum_net(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size);
struct sum *sum_transport(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t at, unsigned size);

/* The ethertype is `type` (a value up to 1500: an LLC service access point). */
struct test *test_type(struct compiler *c, const struct scope *scope, uint32_t type);
struct test *test_iso(struct compiler *c, const struct scope *scope, uint32_t number);
struct test *test_pdu(struct compiler *c, const struct scope *scope, uint32_t type);    /* of IS-IS      */
struct test *test_isis(struct compiler *c, const struct scope *scope, uint32_t types);
struct test *test_protocol(struct compiler *c, const struct scope *scope, const struct word *word);
struct test *test_proto4(struct compiler *c, const struct scope *scope, uint32_t number);
struct test *test_proto6(struct compiler *c, const struct scope *scope, uint32_t number);
struct test *test_not_later(struct compiler *c, const struct scope *scope, bool is_ip6);
struct test *test_direction(struct compiler *c, enum direction direction, struct test *src, struct test *dst);

/* ---- sets (sets.c): addresses or ports as ranges of up to four words, the first word first ------------------- */

struct item { uint32_t low[4], high[4]; uint8_t words; };        /* all words but the last are exact          */
struct items { struct item *at; uint32_t count, room; };

bool items_add(struct compiler *c, struct items *items, const struct item *item);
/* The words have one of the values; the items are sorted by it. No items: never. */
struct test *test_items(struct compiler *c, struct items *items, struct sum *const words[]);

/* ---- link addresses (address.c): Ethernet and 802.11 ----------------------------------------------------------- */

bool has_addresses(const struct scope *scope);
struct test *test_link_address(struct compiler *c, const struct scope *scope, enum direction direction,
                               struct items *macs);
struct test *test_bare(struct compiler *c, const struct scope *scope, struct test *test);

/* ---- IEEE 802.11 (wlan.c) ---------------------------------------------------------------------------------- */

struct test *test_data(struct compiler *c, const struct scope *scope);           /* a data frame           */
struct test *test_wlan_address(struct compiler *c, const struct scope *scope, enum direction direction,
                               struct items *macs);
struct test *test_wlan_multicast(struct compiler *c, const struct scope *scope);
/* Finds the facts of 802.11 that `tests` use, in front of them. */
struct test *wlan_find(struct compiler *c, struct test *tests);
struct test *mean_frame(struct compiler *c, const struct scope *scope, const struct node *node);
/* The last four bytes first: they differ most. */
struct test *test_mac(struct compiler *c, const struct scope *scope, uint32_t at, struct items *macs);

/* ---- names (names.c): what the caller knows, then tables; false, and no error, when there is no such name -------- */

#define HOST_ADDRESSES 64        /* of one name                                                       */
#define TRANSPORTS     3
extern const uint16_t transports[TRANSPORTS];                    /* in the order of libpcap: SCTP, TCP, UDP    */

/* How it is spelled, without the backslash of an escape. */
const char *name_text(const struct compiler *c, const struct token *token, size_t *length);
/* How many; -1: there is an error now. */
int  name_host(struct compiler *c, const struct token *token, struct rt_address addresses[HOST_ADDRESSES]);
bool name_ether(const struct compiler *c, const struct token *token, uint8_t mac[6]);
bool name_net(const struct compiler *c, const struct token *token, uint32_t *number);
/* Its ports over each of the transports, or -1. Who knows it over one of them is believed for all. */
bool name_service(const struct compiler *c, const char *text, size_t length, int ports[TRANSPORTS]);
/* Behind `over`: WORD_ETHER, WORD_IP, WORD_IP6 or WORD_NONE; others have no names but words. */
bool name_protocol(const struct compiler *c, const struct token *token, unsigned over, uint32_t *number);

/* ---- primitives: `ids` have the same qualifiers, and are alternatives ----------------------------------------- */

struct ids { const struct node *first; uint32_t count; };                /* chained by `next`                  */

struct test *mean_addresses(struct compiler *c, const struct scope *scope, const struct ids *ids);
struct test *mean_ports(struct compiler *c, const struct scope *scope, const struct ids *ids);
/* The packet goes to this port, over IPv4 or IPv6 and a transport. */
struct test *test_port_over(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t transport, uint32_t port);
struct test *mean_number(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_gateway(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_cast(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_llc(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_decnet(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_chain(struct compiler *c, const struct scope *scope, const struct node *node, uint32_t number);
struct test *mean_aside(struct compiler *c, const struct scope *scope, const struct node *node);
/* These move the scope. */
struct test *mean_vlan(struct compiler *c, struct scope *scope, const struct node *node);
struct test *mean_mpls(struct compiler *c, struct scope *scope, const struct node *node);
struct test *mean_pppoes(struct compiler *c, struct scope *scope, const struct node *node);
struct test *mean_tunnel(struct compiler *c, struct scope *scope, const struct node *node);
struct test *mean_relation(struct compiler *c, const struct scope *scope, const struct node *node);

#endif
