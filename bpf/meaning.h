/* SPDX-License-Identifier: MIT */
/* meaning.h - what the files of the meaning stage share: makers of tests and sums, and where things stand. */
#ifndef RINGTAP_BPF_MEANING_H
#define RINGTAP_BPF_MEANING_H

#include "stages.h"

/* What `vlan` shifts in --pcap-filter for everything that stands behind it in the text. */
struct scope { uint32_t tags; };

/* All makers return NULL when there is no memory, and accept NULL where they take tests or sums: only the last
 * result has to be looked at. */
struct test *test_new(struct compiler *c, enum test_kind kind);
struct test *test_not(struct compiler *c, struct test *test);
struct test *test_and(struct compiler *c, struct test *first, struct test *second);
struct test *test_or(struct compiler *c, struct test *first, struct test *second);
bool test_add(struct test *list, struct test *test);             /* to an AND or OR; false: one is NULL    */
struct test *test_compare(struct compiler *c, enum compare compare, const struct sum *left, const struct sum *right);
struct test *test_number(struct compiler *c, enum compare compare, const struct sum *left, uint32_t number);
struct test *test_range(struct compiler *c, const struct sum *sum, uint32_t low, uint32_t high);

struct sum *sum_of(struct compiler *c, struct sum like);
struct sum *sum_constant(struct compiler *c, uint32_t number);
struct sum *sum_fact(struct compiler *c, enum fact fact);
struct sum *sum_binary(struct compiler *c, uint16_t op, const struct sum *left, const struct sum *right);
struct sum *sum_masked(struct compiler *c, struct sum *sum, uint32_t mask);      /* all ones: the sum itself  */
struct sum *sum_aside(struct compiler *c, uint32_t which);
struct sum *sum_length(struct compiler *c);
struct sum *sum_link(struct compiler *c, uint32_t at, unsigned size);
struct sum *sum_net(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size);
struct sum *sum_transport(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t at, unsigned size);

/* The ethertype is `type` (a value up to 1500: an LLC service access point). */
struct test *test_type(struct compiler *c, const struct scope *scope, uint32_t type);
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

/* ---- primitives: `ids` have the same qualifiers, and are alternatives ----------------------------------------- */

struct ids { const struct node *first; uint32_t count; };                /* chained by `next`                  */

struct test *mean_addresses(struct compiler *c, const struct scope *scope, const struct ids *ids);
struct test *mean_ports(struct compiler *c, const struct scope *scope, const struct ids *ids);
struct test *mean_number(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_cast(struct compiler *c, const struct scope *scope, const struct node *node);
struct test *mean_vlan(struct compiler *c, struct scope *scope, const struct node *node);
struct test *mean_relation(struct compiler *c, const struct scope *scope, const struct node *node);

#endif
