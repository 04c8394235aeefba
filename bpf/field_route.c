/* SPDX-License-Identifier: MIT */
/* field_route.c - where in a packet the layer of a field may be. Follows the links of the tables from the link layer
 * on, as the dissector does, and makes a tree of tests: what each header says about the next one, and in the end the
 * test at the layer. Behind VLAN tags it looks by the facts of the prelude, as all words of the language do.
 *
 * A way that the program does not follow to its end (an extension header, a packet in a packet, a header of unknown
 * size) becomes a doubt: where it begins, the answer may be yes. And where headers contradict themselves, only the
 * dissector is sure. */
#include <errno.h>
#include "field.h"

#define WAY_MAX    6                     /* layers of a way                                                */
#define REACH_MAX  2                     /* layers that a way still leads to behind what IP carries        */
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
	uint16_t ether;                  /* the protocol of Ethernet                                      */
	uint8_t *reach;                  /* by protocol: so many layers further on it may be; 0: never     */
	bool wants_tag;                  /* the layer is one that the prelude looks past                   */
	bool is_past_tags;               /* some way leads past tags                                      */
	bool is_known;                   /* the test can be made on some way                              */
	bool is_exact;                   /* ... on all, and there are no doubts                           */
	struct step way[WAY_MAX];
};

/* ---- what may follow what ---------------------------------------------------------------------------------------- */

static bool is_wanted(const struct search *s, uint16_t id) { return rt_path_means(s->path, rt_proto_at(id)); }

/* From the end of the tables' links backwards, a layer a round. */
static bool find_reach(struct search *s)
{
	const size_t count = rt_proto_count();
	while (s->ether + 1u < count && rt_proto_at(s->ether) != proto_of_ether())
		s->ether++;
	s->reach = rt_arena_get(&s->c->scratch, count);
	if (!s->reach)
		return rt_fail(s->c->error, ENOMEM, "no memory") == 0;
	bool is_more = true;
	for (uint8_t layers = 1; is_more && layers < UINT8_MAX; layers++) {
		is_more = false;
		for (uint32_t i = 0; i < s->edges->count; i++) {
			const struct edge *edge = &s->edges->at[i];
			const bool is_next = layers == 1 ? is_wanted(s, edge->child) : s->reach[edge->child] == layers - 1;
			if (!is_next || s->reach[edge->parent])
				continue;
			s->reach[edge->parent] = layers;
			is_more = true;
		}
	}
	return true;
}

/* VLAN tags and IPv6 extension headers: what follows is what may follow the protocol they belong to. */
static bool is_between(const struct rt_proto *child, const struct rt_proto *parent)
{
	return child->next_as && strcmp(child->next_as, parent->next_as ? parent->next_as : parent->name) == 0;
}

/* Does FACT_TYPE say what follows? */
static bool is_by_type(const struct search *s, unsigned at)
{
	const struct link *link = s->c->link;
	const struct rt_proto *proto = s->way[at].proto;
	const struct rt_row *type = proto->next[0] ? rt_row_find(proto, proto->next[0], strlen(proto->next[0])) : NULL;
	return at == 0 && link->has_type && !s->c->options.is_pcap && type && type->bit == link->type_at * 8u &&
	       proto->header == link->net_at;
}

/* ---- tests of one step ------------------------------------------------------------------------------------------------ */

static bool named_spot(const struct rt_proto *proto, const char *name, struct spot *spot)
{
	const struct rt_row *row = name ? rt_row_find(proto, name, strlen(name)) : NULL;
	return row && spot_find(proto, row, spot);
}

/* The row of way[at] that says what follows; false: the program cannot read it. */
static bool next_spot(const struct search *s, unsigned at, enum how how, struct spot *spot)
{
	return s->way[at].where.is_known && named_spot(s->way[at].proto, s->way[at].proto->next[how == HOW_SECOND_ROW], spot);
}

/* One by one: where the prelude knows the type, that costs nothing. */
static struct test *test_types(struct compiler *c, const uint32_t *values, unsigned count)
{
	struct test *any = test_new(c, TEST_OR);
	for (unsigned i = 0; i < count; i++)
		if (!test_add(any, test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_TYPE), values[i])))
			return NULL;
	return any;
}

static struct test *test_values(struct compiler *c, const struct where *where, const struct spot *spot,
                                const uint32_t *values, unsigned count)
{
	struct items items = { 0 };
	struct sum *const words[] = { spot_sum(c, where, spot) };
	if (count == 1)
		return test_number(c, COMPARE_EQUAL, words[0], spot_value(spot, values[0]));
	for (unsigned i = 0; i < count; i++) {
		const uint32_t value = spot_value(spot, values[i]);
		if (!items_add(c, &items, &(struct item){ { value }, { value }, 1 }))
			return NULL;
	}
	return test_items(c, &items, words);
}

static struct test *test_reason(const struct search *s, unsigned at, const struct reasons *reasons, enum how how)
{
	const uint32_t *values = reasons->values[how];
	const unsigned count = reasons->count[how];
	struct spot spot;
	if (how == HOW_TYPE)
		return test_types(s->c, values, count);
	if (!next_spot(s, at, how, &spot))
		return test_new(s->c, TEST_TRUE);
	return test_values(s->c, &s->way[at].where, &spot, values, count);
}

/* One of the layers follows way[at]. A row that the program cannot read may have any value. */
static struct test *test_reasons(const struct search *s, unsigned at, const struct reasons *reasons)
{
	struct test *any = test_new(s->c, TEST_OR);
	if (reasons->is_always)
		return test_new(s->c, TEST_TRUE);
	for (unsigned how = 0; how < HOW_COUNT; how++)
		if (reasons->count[how] && !test_add(any, test_reason(s, at, reasons, (enum how)how)))
			return NULL;
	if (reasons->length_max && !test_add(any, test_range(s->c, sum_fact(s->c, FACT_TYPE), 0, reasons->length_max)))
		return NULL;
	return any;
}

static bool has_reasons(const struct reasons *reasons)
{
	return reasons->is_always || reasons->count[HOW_ROW] || reasons->count[HOW_SECOND_ROW] || reasons->count[HOW_TYPE] ||
	       reasons->length_max;
}

static void add_reason(struct reasons *reasons, enum how how, uint32_t value)
{
	if (reasons->count[how] == VALUES_MAX)
		reasons->is_always = true;
	else
		reasons->values[how][reasons->count[how]++] = value;
}

/* What follows the first row is found before what the second one says. */
static bool add_reached(const struct search *s, struct test *all, unsigned at, bool is_sure)
{
	struct reasons reasons = s->way[at].reasons;
	if (is_sure)
		reasons.count[HOW_SECOND_ROW] = 0;
	return reasons.is_always || test_add(all, test_reasons(s, at ? at - 1 : 0, &reasons));
}

static bool add_fits(const struct search *s, struct test *all, unsigned at)
{
	return test_add(all, where_fits(s->c, &s->way[at].where, s->way[at].proto->header));
}

static bool has_own(const struct step *step)
{
	return step->link->own && !step->reasons.count[HOW_TYPE] && step->where.is_known;
}

static bool add_own(const struct search *s, struct test *all, unsigned at)
{
	const struct step *step = &s->way[at];
	struct spot spot;
	if (!has_own(step) || !named_spot(step->proto, step->link->own, &spot))
		return true;
	return test_add(all, test_number(s->c, COMPARE_EQUAL, spot_sum(s->c, &step->where, &spot),
	                                 spot_value(&spot, step->link->own_value)));
}

/* The bits that tell the protocol. */
static bool add_only(const struct search *s, struct test *all, unsigned at)
{
	const struct step *step = &s->way[at];
	const struct rt_only *only = &step->proto->only;
	struct spot spot;
	if (!step->where.is_known || !spot_place(step->proto, only->bit, only->width, &spot))
		return true;
	struct sum *bits = spot_sum(s->c, &step->where, &spot);
	if (only->low == only->high)
		return test_add(all, test_number(s->c, COMPARE_EQUAL, bits, only->low));
	if (only->low && !test_add(all, test_number(s->c, COMPARE_GREATER_EQUAL, bits, only->low)))
		return false;
	return only->high == spot.mask || test_add(all, test_not(s->c, test_number(s->c, COMPARE_GREATER, bits, only->high)));
}

/* They are the row that what follows is told by: a value of that says it all. */
static bool is_told_by_next(const struct rt_proto *proto)
{
	const struct rt_row *row = proto->next[0] ? rt_row_find(proto, proto->next[0], strlen(proto->next[0])) : NULL;
	return row && row->bit == proto->only.bit && row->width == proto->only.width;
}

/* Nothing but Raw follows when this row is not 0. */
static bool add_solid(const struct search *s, struct test *all, unsigned at)
{
	const struct step *step = &s->way[at];
	struct spot spot;
	if (!named_spot(step->proto, step->proto->solid, &spot))
		return true;
	return test_add(all, test_number(s->c, COMPARE_EQUAL, spot_sum(s->c, &step->where, &spot), 0));
}

/* value * unit + add */
static struct sum *sum_size(struct compiler *c, const struct where *where, const struct spot *spot, const struct rt_size *size)
{
	struct sum *sum = spot_sum(c, where, spot);
	if (size->unit == 4)
		sum = sum_binary(c, SYMBOL_SHIFT_LEFT, sum, sum_constant(c, 2));
	else if (size->unit != 1)
		sum = sum_binary(c, '*', sum, sum_constant(c, size->unit));
	return size->add ? sum_binary(c, '+', sum, sum_constant(c, (uint32_t)(int32_t)size->add)) : sum;
}

/* The size of the header is at least the least; else the dissector takes that. NULL without error: it is always. */
static struct test *test_size(const struct search *s, unsigned at)
{
	const struct step *step = &s->way[at];
	struct spot spot;
	if (!step->where.is_known || !named_spot(step->proto, step->proto->size.row, &spot))
		return NULL;
	struct sum *size = sum_size(s->c, &step->where, &spot, &step->proto->size);
	return test_number(s->c, COMPARE_GREATER_EQUAL, size, step->proto->header);
}

/* No length in way[at] ends before the header of way[end] does. */
static bool add_extent(const struct search *s, struct test *all, unsigned at, unsigned end)
{
	struct compiler *c = s->c;
	const struct step *step = &s->way[at], *last = &s->way[end];
	struct spot spot;
	if (!named_spot(step->proto, step->proto->extent.row, &spot))
		return true;
	struct sum *extent = sum_size(c, &step->where, &spot, &step->proto->extent);
	struct sum *needed = where_distance(c, &step->where, &last->where, last->proto->header);
	return test_add(all, test_compare(c, COMPARE_GREATER_EQUAL, extent, needed));
}

/* ---- the layer --------------------------------------------------------------------------------------------------------- */

/* Does the dissector go this way wherever the program does? */
static bool is_certain(const struct search *s, unsigned end)
{
	struct spot spot;
	for (unsigned at = 0; at <= end; at++) {
		const struct step *step = &s->way[at];
		const struct rt_proto *proto = step->proto;
		if (!step->is_first || !step->where.is_known || (proto->measure && !proto->is_certain) || proto->claims ||
		    proto->trailer)
			return false;
		if (step->reasons.count[HOW_SECOND_ROW] && !step->reasons.count[HOW_ROW])
			return false;
		if (step->reasons.count[HOW_ROW] && !next_spot(s, at - 1, HOW_ROW, &spot))
			return false;
	}
	return true;
}

/* ... but where lengths say otherwise, or another way leads there too? */
static bool has_exceptions(const struct search *s, unsigned end)
{
	for (unsigned at = 0; at <= end; at++)
		if (s->way[at].reasons.count[HOW_SECOND_ROW] || (at < end && (s->way[at].proto->extent.row || s->way[at].proto->size.row)))
			return true;
	return false;
}

static struct test *layer_maybe(const struct search *s, unsigned at, const struct field_tests *tests)
{
	struct test *all = test_new(s->c, TEST_AND);
	const bool is_read = tests->is_known || has_own(&s->way[at]) || s->way[at].proto->only.width;
	if (!all || !add_reached(s, all, at, false) || (is_read && s->way[at].where.is_known && !add_fits(s, all, at)))
		return NULL;
	return add_only(s, all, at) && add_own(s, all, at) && test_add(all, tests->maybe) ? all : NULL;
}

static struct test *layer_sure(const struct search *s, unsigned at, const struct field_tests *tests)
{
	struct test *all = test_new(s->c, TEST_AND);
	if (!all || !add_reached(s, all, at, true) || !add_fits(s, all, at) || !add_only(s, all, at) ||
	    !add_own(s, all, at))
		return NULL;
	for (unsigned i = 0; i < at; i++) {
		struct test *size = test_size(s, i);
		if ((size && !test_add(all, size)) || !add_extent(s, all, i, at))
			return NULL;
	}
	return test_add(all, tests->sure) ? all : NULL;
}

/* way[at] is the layer itself. */
static bool add_layer(struct search *s, unsigned at, struct branch *branch)
{
	struct field_tests tests;
	const bool is_sure = is_certain(s, at);
	if (!field_at(s->c, s->test, s->way[at].proto, &s->way[at].where, &tests))
		return false;
	s->is_known |= tests.is_known;
	s->is_exact &= tests.is_same && is_sure && !has_exceptions(s, at);
	branch->is_placed |= tests.is_known || has_own(&s->way[at]) || s->way[at].proto->only.width;
	return test_add(branch->maybe, layer_maybe(s, at, &tests)) &&
	       (!is_sure || test_add(branch->sure, layer_sure(s, at, &tests)));
}

/* ---- doubts ---------------------------------------------------------------------------------------------------------------- */

/* Where way[at] begins, anything may follow. Doubts behind one layer are told together. */
static void add_doubt(struct search *s, unsigned at, struct branch *branch)
{
	const struct reasons *reasons = &s->way[at].reasons;
	s->is_exact = false;
	branch->doubts.is_always |= reasons->is_always;
	if (reasons->length_max > branch->doubts.length_max)
		branch->doubts.length_max = reasons->length_max;
	for (unsigned how = 0; how < HOW_COUNT; how++)
		for (unsigned i = 0; i < reasons->count[how]; i++)
			add_reason(&branch->doubts, (enum how)how, reasons->values[how][i]);
}

/* ... and that the size of way[at] is too small, when something is read behind it. */
static bool tell_doubts(struct search *s, unsigned at, struct branch *branch)
{
	if (has_reasons(&branch->doubts) && !test_add(branch->maybe, test_reasons(s, at, &branch->doubts)))
		return false;
	struct test *size = branch->is_placed ? test_size(s, at) : NULL;
	s->is_exact &= !size;
	return !size || test_add(branch->maybe, test_not(s->c, size));
}

/* ---- places ------------------------------------------------------------------------------------------------------------------ */

/* Does every header of this protocol have the same size? */
static bool is_fixed(const struct rt_proto *proto)
{
	for (unsigned i = 0; i < proto->row_count; i++) {
		const struct rt_row *row = &proto->rows[i];
		if (!row->in_trailer && ((uint32_t)row->bit + row->width > proto->header * 8u || !row->width))
			return false;
	}
	return !proto->measure && !proto->size.row && !proto->is_flow;
}

/* Behind the header of `step`. Of sizes that differ, the program knows one kind: four times the last bits of a byte,
 * once on a way. */
static struct where behind(const struct step *step)
{
	struct where where = step->where;
	const struct rt_size *size = &step->proto->size;
	struct spot spot = { 0 };
	if (is_fixed(step->proto)) {
		where.at += step->proto->header;
		return where;
	}
	where.is_known &= !where.is_behind_ip && !step->proto->measure && named_spot(step->proto, size->row, &spot) &&
	                  size->unit == 4 && !size->add && spot.size == 1 && spot.mask == 15 && !spot.shift;
	where.is_behind_ip = true;
	where.ip_at = where.at + spot.at;
	return where;
}

/* ---- the search ------------------------------------------------------------------------------------------------------------- */

static bool explore(struct search *s, unsigned at, unsigned seen, struct branch *around);

static bool has_edge(const struct search *s, uint16_t parent, uint16_t child)
{
	for (uint32_t i = s->edges->first[parent]; i < s->edges->first[parent + 1u]; i++)
		if (s->edges->at[i].child == child)
			return true;
	return false;
}

/* Does it stand directly behind link layers? */
static bool is_network(const struct search *s, uint16_t id)
{
	return !rt_proto_at(id)->is_link && (has_edge(s, 0, id) || has_edge(s, s->ether, id));
}

static bool carries_networks(const struct search *s, uint16_t id)
{
	for (uint32_t i = s->edges->first[id]; i < s->edges->first[id + 1u]; i++)
		if (is_network(s, s->edges->at[i].child))
			return true;
	return false;
}

/* A packet in a packet begins here. */
static bool is_tunnel(const struct search *s, unsigned at)
{
	const struct step *step = &s->way[at];
	bool is_inside = false;
	for (unsigned i = 0; i < at; i++)
		is_inside |= !s->way[i].proto->is_link;
	if (!is_inside)
		return step->proto->is_link && (at > 1 || is_by_type(s, 0));
	return step->proto->is_link || is_network(s, step->id) || carries_networks(s, step->id) || s->reach[step->id] > REACH_MAX;
}

/* ... or an extension header, or the way is too long or too uncertain to go on. */
static bool must_stop(const struct search *s, unsigned at)
{
	const struct step *step = &s->way[at];
	if (!step->where.is_known || at + 1 == WAY_MAX || is_between(step->proto, s->way[at - 1].proto))
		return true;
	for (unsigned i = 0; i < at; i++)
		if (s->way[i].id == step->id)
			return true;
	return is_tunnel(s, at);
}

/* The prelude has read the row. */
static void use_type(struct step *step)
{
	struct reasons *reasons = &step->reasons;
	memcpy(reasons->values[HOW_TYPE], reasons->values[HOW_ROW], sizeof reasons->values[HOW_ROW]);
	reasons->count[HOW_TYPE] = reasons->count[HOW_ROW];
	reasons->count[HOW_ROW] = 0;
	step->where = (struct where){ .is_known = true, .fact = FACT_NET };
}

static bool is_tag_step(const struct step *step)
{
	bool is_all = step->reasons.count[HOW_ROW] > 0;
	for (unsigned i = 0; i < step->reasons.count[HOW_ROW]; i++)
		is_all &= is_tag(step->reasons.values[HOW_ROW][i]);
	return is_all;
}

/* A tag that is not the layer: the prelude looks past it, and takes a length behind it for a type. When some tag is the
 * layer: which one comes first? */
static void pass_tag(struct search *s, unsigned at, struct branch *branch)
{
	struct step *step = &s->way[at];
	s->is_past_tags = true;
	if (s->wants_tag) {
		add_doubt(s, at, branch);
	} else if (!is_between(step->proto, s->way[at - 1].proto)) {
		step->reasons = (struct reasons){ .length_max = step->proto->only.high };
		step->reasons.is_always = !step->proto->only.high;
		add_doubt(s, at, branch);
	}
}

/* way[at] may follow the layer before it, and is the layer or leads there. */
static bool visit(struct search *s, unsigned at, unsigned seen, struct branch *branch)
{
	struct step *step = &s->way[at];
	const bool is_layer = is_wanted(s, step->id), is_end = is_layer && seen + 1 == s->path->nth;
	const bool is_type = is_by_type(s, at - 1), is_passed = is_type && is_tag_step(step);
	if (!is_end && !s->reach[step->id])
		return true;
	if (is_passed && !is_end) {
		pass_tag(s, at, branch);
		return true;
	}
	step->where = behind(&s->way[at - 1]);
	if (is_type && !is_passed)
		use_type(step);
	if (is_end)
		return add_layer(s, at, branch);
	if (!must_stop(s, at))
		return explore(s, at, seen + is_layer, branch);
	add_doubt(s, at, branch);
	return true;
}

static bool is_like(const struct edge *a, const struct edge *b)
{
	return a->parent == b->parent && a->child == b->child && !a->link->own && !b->link->own;
}

static void take_edge(struct step *step, const struct edge *edge)
{
	if (edge->which == LINK_ALWAYS)
		step->reasons.is_always = true;
	else
		add_reason(&step->reasons, edge->which == LINK_ROW ? HOW_ROW : HOW_SECOND_ROW, edge->link->value);
	if (edge->which != LINK_SECOND_ROW)
		step->is_first &= edge->is_first;
}

/* Links to the same child are one. false: taken with an earlier one. */
static bool take_edges(struct search *s, uint32_t from, unsigned at)
{
	const struct edge *first = &s->edges->at[from];
	struct step *step = &s->way[at];
	for (uint32_t i = s->edges->first[first->parent]; i < from; i++)
		if (is_like(&s->edges->at[i], first))
			return false;
	*step = (struct step){ .proto = rt_proto_at(first->child), .id = first->child, .link = first->link, .is_first = true };
	take_edge(step, first);
	for (uint32_t i = from + 1; i < s->edges->first[first->parent + 1u]; i++)
		if (is_like(&s->edges->at[i], first))
			take_edge(step, &s->edges->at[i]);
	return true;
}

/* The header of way[at] itself, when others follow. */
static struct test *test_header(const struct search *s, unsigned at, bool is_sure)
{
	const struct step *step = &s->way[at];
	struct test *all = test_new(s->c, TEST_AND);
	const bool is_told = step->proto->only.width && !is_told_by_next(step->proto);
	const bool is_read = !is_by_type(s, at) || s->wants_tag || has_own(step) || step->proto->solid || step->proto->size.row ||
	                     is_told;
	if (!all || !add_reached(s, all, at, is_sure) || (is_read && !add_fits(s, all, at)))
		return NULL;
	if (is_told && !add_only(s, all, at))
		return NULL;
	return add_own(s, all, at) && add_solid(s, all, at) ? all : NULL;
}

/* All that may follow way[at]. */
static bool explore(struct search *s, unsigned at, unsigned seen, struct branch *around)
{
	struct branch branch = { .maybe = test_new(s->c, TEST_OR), .sure = test_new(s->c, TEST_OR) };
	if (!branch.maybe || !branch.sure)
		return false;
	const uint16_t id = s->way[at].id;
	for (uint32_t i = s->edges->first[id]; i < s->edges->first[id + 1u]; i++)
		if (take_edges(s, i, at + 1) && !visit(s, at + 1, seen, &branch))
			return false;
	around->is_placed = true;
	return tell_doubts(s, at, &branch) &&
	       test_add(around->maybe, test_and(s->c, test_header(s, at, false), branch.maybe)) &&
	       test_add(around->sure, test_and(s->c, test_header(s, at, true), branch.sure));
}

/* ---- the start: the link layer ------------------------------------------------------------------------------------------------ */

/* Raw IP: the prelude knows which one it is. */
static bool start_by_type(const struct search *s, struct step *step)
{
	static const uint16_t types[] = { TYPE_IP, TYPE_IP6 };
	const enum link_kind kind = (enum link_kind)s->c->link->kind;
	if (s->c->options.is_pcap || (kind != KIND_VERSION && kind != KIND_ONE))
		return false;
	for (size_t i = 0; i < RT_COUNT(types); i++) {
		if (proto_of_type(types[i]) != step->proto)
			continue;
		add_reason(&step->reasons, HOW_TYPE, types[i]);
		step->where = (struct where){ .is_known = true, .fact = FACT_NET };
		return true;
	}
	return false;
}

static bool visit_root(struct search *s, const struct edge *edge, struct branch *branch)
{
	struct step *root = &s->way[0];
	*root = (struct step){ .proto = rt_proto_at(edge->child), .id = edge->child, .link = edge->link,
	                       .is_first = edge->is_first };
	if (!start_by_type(s, root)) {
		root->reasons.is_always = true;
		root->where = (struct where){ .is_known = true };
	}
	if (is_wanted(s, root->id) && s->path->nth == 1)
		return add_layer(s, 0, branch);
	return !s->reach[root->id] || explore(s, 0, is_wanted(s, root->id), branch);
}

static bool visit_roots(struct search *s)
{
	struct branch branch = { .maybe = s->test->maybe, .sure = s->test->sure };
	for (uint32_t i = 0; i < s->edges->first[1]; i++) {
		const struct edge *edge = &s->edges->at[i];
		if (edge->link->value != s->c->options.link)
			continue;
		if (!visit_root(s, edge, &branch))
			return false;
	}
	return true;
}

/* The prelude looks past so many tags, the dissector past any. When the dissector is asked anyhow, it shall be asked
 * about those packets too. */
static bool add_more_tags(struct search *s)
{
	return test_add(s->test->maybe, test_types(s->c, tag_types, RT_COUNT(tag_types)));
}

/* ---- VLAN tags that the kernel has moved aside --------------------------------------------------------------------------------- */

static bool is_root(const struct search *s, const struct rt_proto *proto)
{
	for (uint32_t i = 0; i < s->edges->first[1]; i++)
		if (rt_proto_at(s->edges->at[i].child) == proto && s->edges->at[i].link->value == s->c->options.link)
			return true;
	return false;
}

/* The test is about Ethernet behind the place where the tag was. */
static bool is_behind_tag(const struct search *s)
{
	for (unsigned i = 0; i < s->path->count; i++) {
		const struct rt_field *choice = &s->path->choice[i];
		const bool is_behind = choice->row ? choice->row->bit >= s->c->link->type_at * 8u : true;
		if (is_behind && is_root(s, choice->proto))
			return true;
	}
	return false;
}

/* The tag that is aside is the layer: its number, and the type behind it, which stands where that of the tag was. */
static struct test *test_aside(struct search *s, const struct rt_proto *proto)
{
	struct compiler *c = s->c;
	const struct where where = { .is_known = s->path->nth == 1, .is_aside = true, .at = c->link->type_at };
	struct test *is_type = test_new(c, TEST_OR);
	struct field_tests tests;
	for (uint32_t i = 0; i < s->edges->count; i++) {
		const struct edge *edge = &s->edges->at[i];
		if (edge->parent == s->ether && rt_proto_at(edge->child) == proto &&
		    !test_add(is_type, test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TPID), edge->link->value)))
			return NULL;
	}
	if (!field_at(c, s->test, proto, &where, &tests))
		return NULL;
	return test_and(c, is_type, test_and(c, where_fits(c, &where, proto->header), tests.maybe));
}

static struct test *is_aside(struct compiler *c)
{
	return test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1);
}

/* The kernel has moved a tag aside, and the layer may be that one, or another one is the first now. */
static struct test *test_moved(struct search *s)
{
	if (is_behind_tag(s))
		return is_aside(s->c);
	if (!s->wants_tag)
		return NULL;
	struct test *any = test_new(s->c, TEST_OR);
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (is_wanted(s, (uint16_t)id) && !test_add(any, test_aside(s, rt_proto_at(id))))
			return NULL;
	return test_and(s->c, is_aside(s->c), any);
}

static bool add_moved(struct search *s)
{
	struct test *moved = test_moved(s);
	if (!moved)
		return !s->c->error->code;
	s->is_exact = false;
	s->test->maybe = test_or(s->c, moved, s->test->maybe);
	s->test->sure = test_and(s->c, test_not(s->c, is_aside(s->c)), s->test->sure);
	return s->test->maybe && s->test->sure;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------- */

/* Raw, Padding: no link leads there, for they are what nobody claims. The frame itself is always there. */
static bool is_everywhere(const struct search *s)
{
	for (uint32_t i = 0; i < s->edges->count; i++)
		if (is_wanted(s, s->edges->at[i].child))
			return false;
	return true;
}

static bool set_everywhere(struct search *s)
{
	const bool is_there = s->path->is_frame && s->test->kind == FIELD_THERE;
	s->test->where = is_there ? FIELD_IN_KERNEL : FIELD_HERE;
	s->test->maybe = test_new(s->c, TEST_TRUE);
	s->test->sure = test_new(s->c, is_there ? TEST_TRUE : TEST_FALSE);
	return s->test->maybe && s->test->sure;
}

/* Only tags are looked past; extension headers are doubts. */
static void find_tag(struct search *s)
{
	for (uint32_t i = 0; i < s->edges->count; i++) {
		const struct edge *edge = &s->edges->at[i];
		s->wants_tag |= is_wanted(s, edge->child) && is_tag(edge->link->value) &&
		                is_between(rt_proto_at(edge->child), rt_proto_at(edge->parent));
	}
}

static bool route(struct compiler *c, struct field_test *test)
{
	struct search s = { .c = c, .test = test, .path = &test->field->path, .edges = edges_of(c), .is_exact = true };
	test->maybe = test_new(c, TEST_OR);
	test->sure = test_new(c, TEST_OR);
	if (!s.edges || !test->maybe || !test->sure)
		return false;
	if (is_everywhere(&s))
		return set_everywhere(&s);
	find_tag(&s);
	if (!find_reach(&s) || !visit_roots(&s) || (!s.is_exact && s.is_past_tags && !add_more_tags(&s)))
		return false;
	if (c->options.is_live && c->link->has_mac && !add_moved(&s))
		return false;
	test->where = s.is_exact ? FIELD_IN_KERNEL : s.is_known ? FIELD_NEARLY : FIELD_HERE;
	return true;
}

static bool is_same_layer(const struct rt_path *a, const struct rt_path *b)
{
	return a->nth == b->nth && strcmp(a->choice[0].proto->name, b->choice[0].proto->name) == 0;
}

/* Arithmetic with fields of several layers: all of them have to be there. */
static bool add_others(struct compiler *c, struct field_test *test, const struct expr *expr)
{
	if (!expr)
		return true;
	if (expr->kind != EXPR_FIELD)
		return add_others(c, test, expr->left) && add_others(c, test, expr->right);
	struct field_test other = { .kind = FIELD_THERE, .field = expr->field };
	if (expr->field->path.is_frame || is_same_layer(&expr->field->path, &test->field->path))
		return true;
	if (!route(c, &other))
		return false;
	test->maybe = test_and(c, test->maybe, other.maybe);
	test->where = FIELD_HERE;
	return test->maybe != NULL;
}

bool route_field(struct compiler *c, struct field_test *test)
{
	if (!route(c, test) || !add_others(c, test, test->left) || !add_others(c, test, test->right))
		return false;
	field_tidy(test->maybe);
	field_tidy(test->sure);
	return true;
}
