/* SPDX-License-Identifier: MIT */
/* field_links.c - the links of the protocol tables as a graph: which protocol may follow which, and by the value of
 * which row. In the order in which the dissector tries them. Names no protocol but what the tables name. */
#include <errno.h>
#include "field.h"

#define FRAME rt_proto_at(0)             /* the root of all links                                          */

/* The protocol whose children it has. */
static const struct rt_proto *family(const struct rt_proto *proto)
{
	return proto->next_as ? rt_proto_find(proto->next_as, strlen(proto->next_as)) : proto;
}

/* Which of the rows that select what follows is the link's; -1: none. */
static int which_row(const struct rt_proto *under, const struct rt_link_to *link)
{
	for (int i = 0; i < 2; i++)
		if (link->row && under->next[i] && strcmp(under->next[i], link->row) == 0)
			return i;
	return link->row ? -1 : LINK_ALWAYS;
}

const struct rt_row *row_named(const struct rt_proto *proto, const char *name)
{
	return name ? rt_row_find(proto, name, strlen(name)) : NULL;
}

bool row_tells(const struct rt_proto *proto, const struct rt_row *row)
{
	const struct rt_only *only = &rt_more(proto)->only;
	return row && only->width && row->bit == only->bit && row->width == only->width;
}

/* May the row have that value, where the protocol is told by it? */
static bool may_have(const struct rt_proto *parent, int which, uint32_t value)
{
	const struct rt_only *only = &rt_more(parent)->only;
	return !row_tells(parent, row_named(parent, parent->next[which])) || (value >= only->low && value <= only->high);
}

/* The link, which is one of the family's, as it holds below `parent`; -1: it does not. */
static int which_link(const struct rt_proto *parent, const struct rt_proto *above, const struct rt_link_to *link)
{
	const int which = which_row(above, link);
	if (which == LINK_ALWAYS)
		return parent->is_strict ? -1 : which;
	return which >= 0 && parent->next[which] && may_have(parent, which, link->value) ? which : -1;
}

/* Both ask the same bits for different values. */
static bool exclude_each_other(const struct edge *a, const struct edge *b)
{
	const struct rt_row *own = a->own, *other = b->own;
	return own && other && own->bit == other->bit && own->width == other->width &&
	       a->link->own_value != b->link->own_value;
}

/* ... or both are told by them. */
static bool tell_each_other(const struct rt_only *a, const struct rt_only *b)
{
	return a->width && a->bit == b->bit && a->width == b->width && (a->high < b->low || b->high < a->low);
}

/* Those that look at a row of their own are tried first. */
static bool is_before(const struct edge *a, const struct edge *b)
{
	if (!a->link->own != !b->link->own)
		return a->link->own != NULL;
	return a->child < b->child;
}

static bool may_come_before(const struct edge *earlier, const struct edge *edge)
{
	const bool is_same_value = earlier->which == LINK_ALWAYS || earlier->link->value == edge->link->value;
	return earlier->which == edge->which && is_same_value && is_before(earlier, edge) && !exclude_each_other(earlier, edge) &&
	       !tell_each_other(&rt_more(rt_proto_at(earlier->child))->only, &rt_more(rt_proto_at(edge->child))->only);
}

/* The second row is only asked when the first one led nowhere; links that always hold, last of all. */
static bool is_first(const struct edges *edges, const struct edge *edge)
{
	const bool is_alone = edge->which == LINK_ALWAYS && !rt_proto_at(edge->parent)->next[0];
	if (edge->which != LINK_ROW && !is_alone)
		return false;
	for (uint32_t i = edges->first[edge->parent]; i < edges->first[edge->parent + 1u]; i++)
		if (may_come_before(&edges->at[i], edge))
			return false;
	return true;
}

/* ---- links by the name below which they stand ------------------------------------------------------------------ */

struct linked {
	const struct rt_link_to *link;
	const struct rt_proto *carrier;  /* who tells it; NULL: the child does                        */
	struct linked *next;
	uint16_t child;
};

struct names { struct rt_arena *arena; struct linked **first, ***end; };         /* by the id of the name      */

/* The first protocol of that name: several may share it. */
static size_t name_id(const char *name)
{
	size_t id = 0;
	while (id < rt_proto_count() && (rt_proto_at(id)->name[0] != name[0] || strcmp(rt_proto_at(id)->name, name) != 0))
		id++;
	return id;
}

static bool add_linked(struct names *names, size_t under, uint16_t child, const struct rt_link_to *link,
                       const struct rt_proto *carrier)
{
	struct linked *linked = rt_arena_get(names->arena, sizeof *linked);
	if (!linked || under == rt_proto_count())
		return linked != NULL;
	*linked = (struct linked){ .link = link, .carrier = carrier, .child = child };
	if (!names->first[under])
		names->end[under] = &names->first[under];
	*names->end[under] = linked;
	names->end[under] = &linked->next;
	return true;
}

/* Links that the child tells ... */
static bool add_children(struct names *names, uint16_t child)
{
	const struct rt_proto *proto = rt_proto_at(child);
	const char *name = "";
	size_t under = rt_proto_count();
	for (unsigned i = 0; i < proto->link_count; i++) {
		if (strcmp(name, proto->links[i].under) != 0)
			under = name_id(name = proto->links[i].under);
		if (!add_linked(names, under, child, &proto->links[i], NULL))
			return false;
	}
	return true;
}

/* ... and those that the parent does, to all protocols of that name. */
static bool add_carried(struct names *names, const struct rt_proto *carrier)
{
	const struct rt_more *more = rt_more(carrier);
	for (unsigned i = 0; i < more->carries_count; i++)
		for (size_t child = 0; child < rt_proto_count(); child++)
			if (strcmp(rt_proto_at(child)->name, more->carries[i].under) == 0 &&
			    !add_linked(names, name_id(carrier->name), (uint16_t)child, &more->carries[i], carrier))
				return false;
	return true;
}

static bool gather(struct names *names)
{
	const size_t count = rt_proto_count();
	names->first = rt_arena_get(names->arena, (count + 1) * sizeof *names->first);
	names->end = rt_arena_get(names->arena, (count + 1) * sizeof *names->end);
	if (!names->first || !names->end)
		return false;
	for (size_t id = 0; id < count; id++)
		if (!add_children(names, (uint16_t)id) || !add_carried(names, rt_proto_at(id)))
			return false;
	return true;
}

static bool has_link(const struct rt_proto *proto, const char *under, uint32_t value)
{
	for (unsigned i = 0; i < proto->link_count; i++)
		if (strcmp(proto->links[i].under, under) == 0 && proto->links[i].row && proto->links[i].value == value)
			return true;
	return false;
}

/* The first that says so of itself; 0, the frame, is never one. */
static uint16_t child_of(const struct rt_proto *parent, uint32_t value)
{
	for (size_t id = 1; id < rt_proto_count(); id++)
		if (has_link(rt_proto_at(id), parent->name, value))
			return (uint16_t)id;
	return 0;
}

/* ---- the graph ------------------------------------------------------------------------------------------------- */

static void add_edge(struct edges *edges, uint16_t parent, const struct rt_proto *above, const struct linked *linked)
{
	const int which = which_link(rt_proto_at(parent), above, linked->link);
	if (which < 0 || (linked->carrier && linked->carrier != above))
		return;
	if (edges->at)
		edges->at[edges->count] = (struct edge){ .parent = parent, .child = linked->child, .which = (uint8_t)which,
		                                                .link = linked->link };
	edges->count++;
}

static void add_all(struct edges *edges, const struct names *names)
{
	const uint16_t count = (uint16_t)rt_proto_count();
	edges->count = 0;
	for (uint16_t parent = 0; parent < count; parent++) {
		const struct rt_proto *above = family(rt_proto_at(parent));
		edges->first[parent] = edges->count;
		for (const struct linked *one = above ? names->first[name_id(above->name)] : NULL; one; one = one->next)
			add_edge(edges, parent, above, one);
	}
	edges->first[count] = edges->count;
}

/* Once to count them, once to fill. */
static struct edges *make_edges(struct rt_arena *arena)
{
	struct names names = { .arena = arena };
	struct edges *edges = rt_arena_get(arena, sizeof *edges);
	if (!edges || !gather(&names))
		return NULL;
	edges->first = rt_arena_get(arena, (rt_proto_count() + 1) * sizeof *edges->first);
	if (!edges->first)
		return NULL;
	add_all(edges, &names);
	edges->at = rt_arena_get(arena, (edges->count + 1) * sizeof *edges->at);
	if (!edges->at)
		return NULL;
	add_all(edges, &names);
	edges->ether = child_of(FRAME, RT_LINK_ETHER);
	for (uint32_t i = 0; i < edges->count; i++)
		edges->at[i].own = row_named(rt_proto_at(edges->at[i].child), edges->at[i].link->own);
	for (uint32_t i = 0; i < edges->count; i++)
		edges->at[i].is_first = is_first(edges, &edges->at[i]);
	return edges;
}

const struct edges *edges_of(struct compiler *c)
{
	if (!c->edges)
		c->edges = make_edges(&c->scratch);
	if (!c->edges)
		rt_fail(c->error, ENOMEM, "no memory");
	return c->edges;
}

const struct rt_proto *proto_of_type(uint32_t type)
{
	const uint16_t ether = child_of(FRAME, RT_LINK_ETHER), child = ether ? child_of(rt_proto_at(ether), type) : 0;
	return child ? rt_proto_at(child) : NULL;
}
