/* SPDX-License-Identifier: MIT */
/* field_way.c - how a way through the tables goes on: which layers may come next and for which reasons, where they
 * begin, and where the program does not follow any more. */
#include <errno.h>
#include "field_route.h"

#define REACH_MAX 2                      /* layers that a way still leads to behind what IP carries        */

/* ---- what leads where ------------------------------------------------------------------------------------------- */

bool way_wants(const struct search *s, uint16_t id) { return rt_path_means(s->path, rt_proto_at(id)); }

/* From the end of the tables' links backwards, a layer a round. */
bool way_reach(struct search *s)
{
	const size_t count = rt_proto_count();
	s->reach = rt_arena_get(&s->c->scratch, count);
	if (!s->reach)
		return rt_fail(s->c->error, ENOMEM, "no memory") == 0;
	bool is_more = true;
	for (uint8_t layers = 1; is_more && layers < UINT8_MAX; layers++) {
		is_more = false;
		for (uint32_t i = 0; i < s->edges->count; i++) {
			const struct edge *edge = &s->edges->at[i];
			const bool is_next = layers == 1 ? way_wants(s, edge->child) : s->reach[edge->child] == layers - 1;
			if (!is_next || s->reach[edge->parent])
				continue;
			s->reach[edge->parent] = layers;
			is_more = true;
		}
	}
	return true;
}

/* VLAN tags and IPv6 extension headers: what follows is what may follow the protocol they belong to. */
bool way_is_between(const struct rt_proto *child, const struct rt_proto *parent)
{
	return child->next_as && strcmp(child->next_as, parent->next_as ? parent->next_as : parent->name) == 0;
}

/* Does FACT_TYPE say what follows? */
bool way_is_by_type(const struct search *s, unsigned at)
{
	const struct link *link = s->c->link;
	const struct rt_proto *proto = s->way[at].proto;
	const struct rt_row *type = row_named(proto, proto->next[0]);
	return at == 0 && link->has_type && !s->c->options.is_pcap && type && type->bit == link->type_at * 8u &&
	       proto->header == link->net_at;
}

/* ---- the next step ---------------------------------------------------------------------------------------------- */

static bool is_like(const struct edge *a, const struct edge *b)
{
	return a->parent == b->parent && a->child == b->child && !a->link->own && !b->link->own;
}

static void take_edge(struct step *step, const struct edge *edge)
{
	if (edge->which == LINK_ALWAYS)
		step->reasons.is_always = true;
	else
		reasons_add(&step->reasons, edge->which == LINK_ROW ? HOW_ROW : HOW_SECOND_ROW, edge->link->value);
	if (edge->which != LINK_SECOND_ROW)
		step->is_first &= edge->is_first;
}

/* Links to the same child are one. false: taken with an earlier one. */
bool way_take(struct search *s, uint32_t from, unsigned at)
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

/* The prelude has read the row. */
void way_use_type(struct step *step)
{
	struct reasons *reasons = &step->reasons;
	memcpy(reasons->values[HOW_TYPE], reasons->values[HOW_ROW], sizeof reasons->values[HOW_ROW]);
	reasons->count[HOW_TYPE] = reasons->count[HOW_ROW];
	reasons->count[HOW_ROW] = 0;
	step->where = (struct where){ .is_known = true, .fact = FACT_NET };
}

bool step_is_tag(const struct step *step)
{
	bool is_all = step->reasons.count[HOW_ROW] > 0;
	for (unsigned i = 0; i < step->reasons.count[HOW_ROW]; i++)
		is_all &= is_tag(step->reasons.values[HOW_ROW][i]);
	return is_all;
}

/* ---- places ----------------------------------------------------------------------------------------------------- */

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
struct where way_behind(const struct step *step)
{
	struct where where = step->where;
	const struct rt_size *size = &step->proto->size;
	struct spot spot = { 0 };
	if (is_fixed(step->proto)) {
		where.at += step->proto->header;
		return where;
	}
	where.is_known &= !where.is_behind_ip && !step->proto->measure && spot_named(step->proto, size->row, &spot) &&
	                  size->unit == 4 && !size->add && spot.size == 1 && spot.mask == 15 && !spot.shift;
	where.is_behind_ip = true;
	where.ip_at = where.at + spot.at;
	return where;
}

/* ---- where to stop ---------------------------------------------------------------------------------------------- */

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
	return !rt_proto_at(id)->is_link && (has_edge(s, 0, id) || has_edge(s, s->edges->ether, id));
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
		return step->proto->is_link && (at > 1 || way_is_by_type(s, 0));
	return step->proto->is_link || is_network(s, step->id) || carries_networks(s, step->id) ||
	       s->reach[step->id] > REACH_MAX;
}

/* ... or an extension header, or the way is too long or too uncertain to go on. */
bool way_stops(const struct search *s, unsigned at)
{
	const struct step *step = &s->way[at];
	if (!step->where.is_known || at + 1 == WAY_MAX || way_is_between(step->proto, s->way[at - 1].proto))
		return true;
	for (unsigned i = 0; i < at; i++)
		if (s->way[i].id == step->id)
			return true;
	return is_tunnel(s, at);
}
