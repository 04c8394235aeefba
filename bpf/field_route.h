/* SPDX-License-Identifier: MIT */
/* field_route.h - what the files of the search for a layer share. A way is a list of steps, each a protocol that the
 * tables let follow the one before; way[0] is the link layer.
 *
 *     field_route.c   the search                    field_step.c    tests of a step, and of the layer at the end
 *     field_way.c     where ways lead and stop      field_moved.c   VLAN tags that the kernel has moved aside */
#ifndef RINGTAP_BPF_FIELD_ROUTE_H
#define RINGTAP_BPF_FIELD_ROUTE_H

#include "field.h"

#define WAY_MAX    6                     /* layers of a way                                                */
#define VALUES_MAX 32                    /* of one row that lead to the same                               */

enum how { HOW_ROW, HOW_SECOND_ROW, HOW_TYPE, HOW_COUNT };       /* next[0] of the layer before; next[1]; FACT_TYPE  */

struct reasons {                         /* why one of some layers follows: one of these has one of its values */
	uint32_t values[HOW_COUNT][VALUES_MAX];
	uint8_t count[HOW_COUNT];
	bool is_always;
	uint16_t length_max;             /* or FACT_TYPE is at most this, for it is a length; 0: not so    */
};

struct step {
	const struct rt_proto *proto;
	uint16_t id;                     /* its place in the list of protocols                            */
	struct reasons reasons;
	bool is_first;                   /* HOW_ROW: no other protocol is tried before                    */
	const struct rt_link_to *link;   /* for its `own`                                                 */
	struct where where;
};

struct branch {                          /* what may follow a layer                                        */
	struct test *maybe, *sure;       /* ORs                                                           */
	struct reasons doubts;           /* of what follows the program does not know enough               */
	bool is_placed;                  /* something is read behind the layer                            */
};

struct search {
	struct compiler *c;
	struct field_test *test;
	const struct rt_path *path;
	const struct edges *edges;
	uint8_t *reach;                  /* by protocol: so many layers further on it may be; 0: never     */
	bool wants_tag;                  /* the layer is one that the prelude looks past                   */
	bool is_past_tags;               /* some way leads past tags                                      */
	bool is_known;                   /* the test can be made on some way                              */
	bool is_exact;                   /* ... on all, and there are no doubts                           */
	struct step way[WAY_MAX];
};

/* ---- where ways lead (field_way.c) ------------------------------------------------------------------------------ */

/* Sets s->reach. false: no memory, an error was told. */
bool way_reach(struct search *s);
/* The protocol is one of those that the path may mean. */
bool way_wants(const struct search *s, uint16_t id);
/* VLAN tags and IPv6 extension headers: what follows is what may follow the protocol they belong to. */
bool way_is_between(const struct rt_proto *child, const struct rt_proto *parent);
/* Does FACT_TYPE say what follows way[at]? */
bool way_is_by_type(const struct search *s, unsigned at);
/* way[at] becomes what edge number `from` leads to, with all edges that lead to the same. false: an earlier one did. */
bool way_take(struct search *s, uint32_t from, unsigned at);
/* The prelude has read the row that announces the step. */
void way_use_type(struct step *step);
/* All its reasons are types of VLAN tags. */
bool step_is_tag(const struct step *step);
/* The place behind the header of `step`. */
struct where way_behind(const struct step *step);
/* The program does not look behind way[at]. */
bool way_stops(const struct search *s, unsigned at);

/* ---- tests of a step (field_step.c); NULL, false: no memory ----------------------------------------------------- */

void reasons_add(struct reasons *reasons, enum how how, uint32_t value);
bool reasons_exist(const struct reasons *reasons);
/* One of the layers follows way[at]. */
struct test *reasons_test(const struct search *s, unsigned at, const struct reasons *reasons);
/* FACT_TYPE is one of these. */
struct test *types_test(struct compiler *c, const uint32_t *values, unsigned count);
/* The header of way[at] itself, when others follow. */
struct test *header_test(const struct search *s, unsigned at, bool is_sure);
/* The size of the header of way[at] is at least the least. NULL without an error: it is always. */
struct test *size_test(const struct search *s, unsigned at);
/* The step's link looks at a row of the layer itself, at a known place. */
bool step_has_own(const struct step *step);
/* The layer at the end of the way, in which `tests` hold. */
struct test *layer_maybe(const struct search *s, unsigned at, const struct field_tests *tests);
struct test *layer_sure(const struct search *s, unsigned at, const struct field_tests *tests);
/* Does the dissector go this way wherever the program does? */
bool layer_is_certain(const struct search *s, unsigned end);
/* ... but where lengths say otherwise, or another way leads there too? */
bool layer_has_exceptions(const struct search *s, unsigned end);

/* ---- VLAN tags that the kernel has moved aside (field_moved.c) -------------------------------------------------- */

/* Adds what frames with such a tag say. false: an error was told, or no memory. */
bool moved_add(struct search *s);

#endif
