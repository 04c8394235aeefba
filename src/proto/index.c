/* SPDX-License-Identifier: MIT */
/* index.c - reads the protocol tables once: rows that give sizes become byte places, links become a hash from parent
 * and value to child, so that a layer costs one look-up however many protocols there are. Names no protocol. */
#include <errno.h>
#include <stdlib.h>
#include "index.h"

static struct spot spot_of(unsigned bit, unsigned width)
{
	unsigned bytes = (bit % 8u + width + 7) / 8;
	return (struct spot){ .at = (uint16_t)(bit / 8), .bytes = (uint8_t)bytes,
	                      .shift = (uint8_t)(bytes * 8 - bit % 8u - width), .mask = (uint32_t)((1ull << width) - 1) };
}

static int find_spot(const struct rt_proto *proto, const char *name, struct spot *spot, struct rt_error *error)
{
	if (!name)
		return 0;
	const struct rt_row *row = rt_row_find(proto, name, strlen(name));
	if (!row || row->width == 0 || row->width > 32 || row->bit % 8 + row->width > 32)
		return rt_fail(error, EINVAL, "%s has no number named %s", proto->name, name);
	if (row->word)
		return rt_fail(error, EINVAL, "%s: %s is a part of a little-endian word", proto->name, name);
	*spot = spot_of(row->bit, row->width);
	spot->is_little = row->is_little;
	return 0;
}

static int find_only(const struct rt_proto *proto, struct spot *spot, struct rt_error *error)
{
	const struct rt_only *only = &rt_more(proto)->only;
	if (!only->width)
		return 0;
	if (only->width > 16 || only->bit + only->width > proto->header * 8)
		return rt_fail(error, EINVAL, "%s is told by bits that are not in the header", proto->name);
	*spot = spot_of(only->bit, only->width);
	return 0;
}

/* A size has to be the number itself; what is only compared may be read the other way round. */
static int find_size(const struct rt_proto *proto, const char *name, struct spot *spot, struct rt_error *error)
{
	int rc = find_spot(proto, name, spot, error);
	if (!rc && spot->is_little)
		return rt_fail(error, EINVAL, "%s: the size %s is little-endian", proto->name, name);
	return rc;
}

static uint32_t turned(struct spot spot, uint32_t value)
{
	uint32_t out = 0;
	if (!spot.is_little)
		return value;
	for (unsigned i = 0; i < spot.bytes; i++, value >>= 8)
		out = out << 8 | (value & 0xff);
	return out;
}

/* Asked for every link and every protocol: most names differ at once. */
static bool is_named(uint16_t id, const char *name)
{
	const char *own = rt_proto_at(id)->name;
	return own[0] == name[0] && strcmp(own, name) == 0;
}

static uint16_t proto_id(const char *name)
{
	for (uint16_t id = 0; id < PROTO_COUNT; id++)
		if (is_named(id, name))
			return id;
	return NOBODY;
}

static int make_plan(struct plan *plan, uint16_t id, struct rt_error *error)
{
	const struct rt_proto *proto = rt_proto_at(id);
	const struct rt_more *more = rt_more(proto);
	plan->proto = proto;
	int rc = find_only(proto, &plan->only, error);
	rc = rc ? rc : find_size(proto, proto->size.row, &plan->size, error);
	rc = rc ? rc : find_size(proto, more->extent.row, &plan->extent, error);
	rc = rc ? rc : find_spot(proto, more->solid, &plan->solid, error);
	for (unsigned i = 0; i < 2 && !rc && !more->value; i++)
		rc = find_spot(proto, proto->next[i], &plan->next[i], error);
	plan->family = proto->next_as ? proto_id(proto->next_as) : id;
	if (!rc && plan->family == NOBODY)
		return rt_fail(error, EINVAL, "%s: no protocol %s", proto->name, proto->next_as);
	for (unsigned i = 0; i < proto->row_count && !more->value; i++)
		plan->grows |= proto->rows[i].bit + proto->rows[i].width > proto->header * 8;
	return rc;
}

static int which_row(const struct rt_proto *under, const struct rt_link_to *link)
{
	for (int i = 0; i < 2; i++)
		if (link->row && under->next[i] && strcmp(under->next[i], link->row) == 0)
			return i;
	return link->row ? -1 : ANY_VALUE;
}

/* Those that look at a row of their own come first, then the order is list.def's. */
static bool comes_before(const struct candidate *a, const struct candidate *b)
{
	if (!a->own.mask != !b->own.mask)
		return a->own.mask != 0;
	return a->proto <= b->proto;
}

/* The candidate that was made last, among those of the same value. */
static int put_candidate(struct rt_dissector *d, uint16_t under, unsigned which, uint32_t value, struct rt_error *error)
{
	struct candidate *made = &d->candidate[d->count];
	value = which == ANY_VALUE ? 0 : turned(d->plan[under].next[which], value);
	struct slot *slot = &d->slot[slot_find(d, under, which, value)];
	if (slot->first == NOBODY) {
		if (++d->slots > SLOTS / 2)
			return rt_fail(error, E2BIG, "too many links for the index");
		*slot = (struct slot){ value, link_key(under, which), NOBODY };
	}
	uint16_t *place = &slot->first;
	while (*place != NOBODY && comes_before(&d->candidate[*place], made))
		place = &d->candidate[*place].next;
	made->next = *place;
	*place = d->count++;
	return 0;
}

static int add_link_under(struct rt_dissector *d, uint16_t child, const struct rt_link_to *link, uint16_t under,
                          int which, struct rt_error *error)
{
	struct candidate *made = &d->candidate[d->count];
	*made = (struct candidate){ .proto = child, .next = NOBODY };
	int rc = find_spot(rt_proto_at(child), link->own, &made->own, error);
	if (rc)
		return rc;
	made->own_value = turned(made->own, link->own_value);
	d->plan[under].has_links = true;
	d->plan[under].has_any |= which == ANY_VALUE;
	return put_candidate(d, under, (unsigned)which, link->value, error);
}

/* One protocol name may stand for several tables (DNS over UDP and TCP): all of them that have the row are parents. */
static int add_link(struct rt_dissector *d, uint16_t child, const struct rt_link_to *link, struct rt_error *error)
{
	bool is_there = false, is_selected = false;
	for (uint16_t under = 0; under < PROTO_COUNT; under++) {
		if (!is_named(under, link->under))
			continue;
		int which = which_row(rt_proto_at(under), link);
		int rc = which < 0 ? 0 : add_link_under(d, child, link, under, which, error);
		if (rc)
			return rc;
		is_there = true;
		is_selected |= which >= 0;
	}
	if (!is_there)
		return rt_fail(error, EINVAL, "%s: no protocol %s", rt_proto_at(child)->name, link->under);
	return is_selected ? 0 : rt_fail(error, EINVAL, "%s is not selected by %s", link->under, link->row);
}

/* What `under` carries: every protocol of that name. */
static int add_carried(struct rt_dissector *d, uint16_t under, const struct rt_link_to *link, struct rt_error *error)
{
	int found = 0, which = which_row(rt_proto_at(under), link);
	for (uint16_t child = 0; child < PROTO_COUNT && which >= 0; child++) {
		if (!is_named(child, link->under))
			continue;
		int rc = add_link_under(d, child, link, under, which, error);
		if (rc)
			return rc;
		found++;
	}
	return found ? 0 : rt_fail(error, EINVAL, "%s carries no %s", rt_proto_at(under)->name, link->under);
}

static int add_links(struct rt_dissector *d, uint16_t id, struct rt_error *error)
{
	const struct rt_proto *proto = rt_proto_at(id);
	const struct rt_more *more = rt_more(proto);
	int rc = 0;
	for (unsigned i = 0; i < proto->link_count && !rc; i++)
		rc = add_link(d, id, &proto->links[i], error);
	for (unsigned i = 0; i < more->carries_count && !rc; i++)
		rc = add_carried(d, id, &more->carries[i], error);
	return rc;
}

static int fill_index(struct rt_dissector *d, struct rt_error *error)
{
	for (unsigned i = 0; i < SLOTS; i++)
		d->slot[i].first = NOBODY;
	for (uint16_t id = 0; id < PROTO_COUNT; id++) {
		int rc = make_plan(&d->plan[id], id, error);
		if (rc)
			return rc;
	}
	for (uint16_t id = 0; id < PROTO_COUNT; id++) {
		int rc = add_links(d, id, error);
		if (rc)
			return rc;
	}
	return 0;
}

static size_t link_total(void)
{
	size_t total = 0;
	for (size_t id = 0; id < PROTO_COUNT; id++)
		total += rt_proto_at(id)->link_count + (size_t)rt_more(rt_proto_at(id))->carries_count;
	return total;
}

int rt_dissector_new(struct rt_dissector **dissector, struct rt_error *error)
{
	size_t links = link_total() * 2;        /* a name may stand for two tables */
	*dissector = NULL;
	struct rt_dissector *d = calloc(1, sizeof *d);
	struct candidate *candidates = calloc(links ? links : 1, sizeof *candidates);
	int rc = d && candidates ? 0 : rt_fail(error, ENOMEM, "no memory for the protocol index");
	if (!rc) {
		d->candidate = candidates;
		rc = fill_index(d, error);
	}
	if (rc) {
		free(candidates);
		free(d);
		return rc;
	}
	*dissector = d;
	return 0;
}

void rt_dissector_free(struct rt_dissector *dissector)
{
	if (dissector)
		free(dissector->candidate);
	free(dissector);
}
