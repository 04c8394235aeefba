/* SPDX-License-Identifier: MIT */
/* decode.c - finds where each layer of a frame begins and ends. Reads the protocol tables once into an
 * index (rows that give sizes become byte places, links become a hash from parent and value to child), so
 * that a packet costs one look-up a layer however many protocols there are. Names no protocol but the
 * root and what takes the rest: Raw, and Padding past the length that a header states. */
#include <errno.h>
#include <stdlib.h>
#include <ringtap/dissect.h>
#include "list.h"

#define SLOTS      2048                 /* power of two; at least twice the links of all protocols    */
#define ANY_VALUE  2                    /* key of links that always hold, beside next[0] and next[1]  */
#define NOBODY     UINT16_MAX

struct spot {                           /* a number in a header, at most 32 bits over 4 bytes          */
	uint16_t at;
	uint8_t  bytes, shift;
	uint32_t mask;                  /* 0: there is no such row                                     */
};

struct candidate {                      /* a child of some link; tried in the order of list.def        */
	uint16_t proto, next;           /* next: index of another candidate, NOBODY at the end         */
	struct spot own;
	uint32_t own_value;
};

struct slot { uint32_t value; uint16_t key, first; };   /* first NOBODY: free                           */

struct plan {
	struct spot size, extent, solid, next[2];
	uint16_t family;                /* whose children: itself, or next_as                          */
	bool has_any, has_links, grows;
};

struct rt_dissector {
	struct plan plan[PROTO_COUNT];
	struct slot slot[SLOTS];
	struct candidate *candidate;
	uint16_t count;
};

/* ---- building the index ------------------------------------------------------------------------ */

static int find_spot(const struct rt_proto *proto, const char *name, struct spot *spot, struct rt_error *error)
{
	if (!name)
		return 0;
	const struct rt_row *row = rt_row_find(proto, name, strlen(name));
	if (!row || row->width == 0 || row->width > 32 || row->bit % 8 + row->width > 32)
		return rt_fail(error, EINVAL, "%s has no number named %s", proto->name, name);
	unsigned bytes = (row->bit % 8u + row->width + 7) / 8;
	*spot = (struct spot){ .at = (uint16_t)(row->bit / 8), .bytes = (uint8_t)bytes,
	                       .shift = (uint8_t)(bytes * 8 - row->bit % 8u - row->width),
	                       .mask = (uint32_t)((1ull << row->width) - 1) };
	return 0;
}

static uint16_t proto_id(const char *name)
{
	for (uint16_t id = 0; id < PROTO_COUNT; id++)
		if (strcmp(rt_proto_at(id)->name, name) == 0)
			return id;
	return NOBODY;
}

static int make_plan(struct plan *plan, uint16_t id, struct rt_error *error)
{
	const struct rt_proto *proto = rt_proto_at(id);
	int rc = find_spot(proto, proto->size.row, &plan->size, error);
	rc = rc ? rc : find_spot(proto, proto->extent.row, &plan->extent, error);
	rc = rc ? rc : find_spot(proto, proto->solid, &plan->solid, error);
	for (unsigned i = 0; i < 2 && !rc && !proto->value; i++)
		rc = find_spot(proto, proto->next[i], &plan->next[i], error);
	plan->family = proto->next_as ? proto_id(proto->next_as) : id;
	if (!rc && plan->family == NOBODY)
		return rt_fail(error, EINVAL, "%s: no protocol %s", proto->name, proto->next_as);
	for (unsigned i = 0; i < proto->row_count && !proto->value; i++)
		plan->grows |= proto->rows[i].bit + proto->rows[i].width > proto->header * 8;
	return rc;
}

static uint16_t link_key(unsigned family, unsigned which) { return (uint16_t)(family * 4 + which); }

static struct slot *slot_of(struct rt_dissector *d, uint16_t key, uint32_t value)
{
	uint32_t at = (value * 0x9e3779b1u ^ key * 0x85ebca6bu) >> 8;
	for (;; at++) {
		struct slot *slot = &d->slot[at % SLOTS];
		if (slot->first == NOBODY || (slot->key == key && slot->value == value))
			return slot;
	}
}

static int which_row(const struct rt_proto *under, const struct rt_link_to *link)
{
	for (int i = 0; i < 2; i++)
		if (link->row && under->next[i] && strcmp(under->next[i], link->row) == 0)
			return i;
	return link->row ? -1 : ANY_VALUE;
}

/* One protocol name may stand for several tables (DNS over UDP and TCP): all of them are parents. */
static int add_link_under(struct rt_dissector *d, uint16_t child, const struct rt_link_to *link, uint16_t under,
                          struct rt_error *error)
{
	int which = which_row(rt_proto_at(under), link);
	if (which < 0)
		return rt_fail(error, EINVAL, "%s is not selected by %s", link->under, link->row);
	struct candidate *made = &d->candidate[d->count];
	*made = (struct candidate){ .proto = child, .next = NOBODY, .own_value = link->own_value };
	int rc = find_spot(rt_proto_at(child), link->own, &made->own, error);
	if (rc)
		return rc;
	uint16_t key = link_key(under, (unsigned)which);
	struct slot *slot = slot_of(d, key, which == ANY_VALUE ? 0 : link->value);
	if (slot->first == NOBODY) {
		*slot = (struct slot){ which == ANY_VALUE ? 0 : link->value, key, d->count++ };
	} else {
		struct candidate *last = &d->candidate[slot->first];
		while (last->next != NOBODY)
			last = &d->candidate[last->next];
		last->next = d->count++;
	}
	d->plan[under].has_links = true;
	d->plan[under].has_any |= which == ANY_VALUE;
	return 0;
}

static int add_link(struct rt_dissector *d, uint16_t child, const struct rt_link_to *link, struct rt_error *error)
{
	int found = 0;
	for (uint16_t under = 0; under < PROTO_COUNT; under++) {
		if (strcmp(rt_proto_at(under)->name, link->under) != 0)
			continue;
		int rc = add_link_under(d, child, link, under, error);
		if (rc)
			return rc;
		found++;
	}
	return found ? 0 : rt_fail(error, EINVAL, "%s: no protocol %s", rt_proto_at(child)->name, link->under);
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
		const struct rt_proto *proto = rt_proto_at(id);
		for (unsigned i = 0; i < proto->link_count; i++) {
			int rc = add_link(d, id, &proto->links[i], error);
			if (rc)
				return rc;
		}
	}
	return 0;
}

static size_t link_total(void)
{
	size_t total = 0;
	for (size_t id = 0; id < PROTO_COUNT; id++)
		total += rt_proto_at(id)->link_count;
	return total;
}

int rt_dissector_new(struct rt_dissector **dissector, struct rt_error *error)
{
	size_t links = link_total() * 2;        /* a name may stand for two tables */
	*dissector = NULL;
	if (links > SLOTS / 2)
		return rt_fail(error, E2BIG, "too many links for the index");
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

/* ---- dissecting -------------------------------------------------------------------------------------- */

static inline uint32_t spot_read(const uint8_t *header, struct spot spot)
{
	const uint8_t *p = header + spot.at;
	uint32_t value = p[0];
	if (spot.bytes == 2)
		value = rt_be16(p);
	else if (spot.bytes == 4)
		value = rt_be32(p);
	else if (spot.bytes == 3)
		value = value << 16 | rt_be16(p + 1);
	return value >> spot.shift & spot.mask;
}

static inline bool spot_fits(struct spot spot, uint32_t size) { return (uint32_t)spot.at + spot.bytes <= size; }

/* The header with those conditional rows that belong to it, captured or not (ICMP time stamps). Conditions look at
 * rows of the shortest header, which is there. */
static uint32_t grown_header(const struct rt_frame *frame, const struct rt_layer *layer)
{
	struct rt_layer whole = *layer;
	whole.header = UINT16_MAX;
	uint32_t bits = layer->proto->header * 8u;
	for (unsigned i = 0; i < layer->proto->row_count; i++) {
		const struct rt_row *row = &layer->proto->rows[i];
		if ((uint32_t)row->bit + row->width > bits && rt_row_is_there(frame, &whole, row))
			bits = (uint32_t)row->bit + row->width;
	}
	return (bits + 7) / 8;
}

static uint32_t header_size(const struct rt_frame *frame, const struct plan *plan, const struct rt_layer *layer)
{
	const struct rt_proto *proto = layer->proto;
	if (proto->measure)
		return proto->measure(frame, layer->at, layer->end);
	if (plan->size.mask && !spot_fits(plan->size, layer->end - layer->at))
		return layer->end - layer->at;
	if (plan->size.mask) {
		int64_t size = (int64_t)spot_read(frame->data + layer->at, plan->size) * proto->size.unit +
		               proto->size.add;
		return size > proto->header ? (uint32_t)size : proto->header;
	}
	return plan->grows ? grown_header(frame, layer) : proto->header;
}

/* A length of 0 or shorter than the header is no length: segmentation offload, or nonsense. */
static void set_extent(const struct rt_frame *frame, const struct plan *plan, struct rt_layer *layer)
{
	const struct rt_proto *proto = layer->proto;
	if (proto->is_last) {
		layer->end = layer->at + layer->header;
	} else if (plan->extent.mask && spot_fits(plan->extent, layer->header)) {
		uint32_t value = spot_read(frame->data + layer->at, plan->extent);
		int64_t size = (int64_t)value * proto->extent.unit + proto->extent.add;
		if (value && size >= layer->header && size < layer->end - layer->at)
			layer->end = layer->at + (uint32_t)size;
	}
}

static void set_short(struct rt_packet *packet, const struct rt_layer *layer, uint32_t need)
{
	packet->short_proto = layer->proto;
	packet->short_need = need;
	packet->short_have = layer->end - layer->at;
}

/* Fits `layer` to its bytes; false: they are not (enough of) this protocol. A header that is complete but
 * for its options keeps what there is. */
static bool fit(const struct rt_dissector *d, struct rt_packet *packet, struct rt_layer *layer)
{
	const struct rt_frame *frame = packet->frame;
	const struct plan *plan = &d->plan[layer->id];
	uint32_t have = layer->end - layer->at;
	if (have < layer->proto->header) {
		set_short(packet, layer, layer->proto->header);
		return false;
	}
	uint32_t size = header_size(frame, plan, layer);
	if (size == 0 && layer->proto->measure)
		return false;
	if (size > have) {
		set_short(packet, layer, size);
		size = have;
	}
	layer->header = size;
	set_extent(frame, plan, layer);
	return true;
}

static const struct candidate *look_up(const struct rt_dissector *d, unsigned family, unsigned which, uint32_t value)
{
	uint16_t key = link_key(family, which);
	uint32_t at = (value * 0x9e3779b1u ^ key * 0x85ebca6bu) >> 8;
	for (;; at++) {
		const struct slot *slot = &d->slot[at % SLOTS];
		if (slot->first == NOBODY)
			return NULL;
		if (slot->key == key && slot->value == value)
			return &d->candidate[slot->first];
	}
}

/* The first candidate whose own condition holds and whose bytes fit becomes the layer. One that is known by its own
 * condition and does not fit was cut: nobody else may have its bytes. */
static bool try_candidates(const struct rt_dissector *d, struct rt_packet *packet, const struct candidate *c,
                           struct rt_layer *layer)
{
	const uint32_t at = layer->at, end = layer->end;
	for (; c; c = c->next == NOBODY ? NULL : &d->candidate[c->next]) {
		if (c->own.mask && (!spot_fits(c->own, end - at) ||
		                    spot_read(packet->frame->data + at, c->own) != c->own_value))
			continue;
		*layer = (struct rt_layer){ .proto = rt_proto_at(c->proto), .at = at, .end = end, .id = c->proto };
		packet->short_proto = NULL;     /* of a candidate before this one */
		if (fit(d, packet, layer))
			return true;
		if (c->own.mask && packet->short_proto)
			return false;
	}
	return false;
}

static bool next_layer(const struct rt_dissector *d, struct rt_packet *packet, const struct rt_layer *above,
                       struct rt_layer *layer)
{
	const struct plan *plan = &d->plan[above->id];
	const uint8_t *header = packet->frame->data + above->at;
	if (!d->plan[plan->family].has_links ||
	    (plan->solid.mask && spot_fits(plan->solid, above->header) && spot_read(header, plan->solid)))
		return false;
	*layer = (struct rt_layer){ .at = above->at + above->header, .end = above->end };
	for (unsigned i = 0; i < 2 && plan->next[i].mask; i++) {
		if (!spot_fits(plan->next[i], above->header))
			break;
		const struct candidate *c = look_up(d, plan->family, i, spot_read(header, plan->next[i]));
		if (c && try_candidates(d, packet, c, layer))
			return true;
	}
	return d->plan[plan->family].has_any &&
	       try_candidates(d, packet, look_up(d, plan->family, ANY_VALUE, 0), layer);
}

static void add_rest(struct rt_packet *packet, uint16_t id, uint32_t at, uint32_t end)
{
	if (at < end && packet->count < RT_LAYERS_MAX)
		packet->layer[packet->count++] = (struct rt_layer){ .proto = rt_proto_at(id), .at = at,
		                                                    .header = end - at, .end = end, .id = id };
}

/* What lies between the end that a header states and the end of the layer around it, innermost first. */
static void add_padding(struct rt_packet *packet, unsigned layers)
{
	uint32_t end = layers ? packet->layer[layers - 1].end : packet->frame->caplen;
	for (unsigned i = layers; i-- > 0; ) {
		uint32_t outer = i ? packet->layer[i - 1].end : packet->frame->caplen;
		add_rest(packet, PROTO_padding, end, outer);
		if (outer > end)
			end = outer;
	}
}

void rt_decode(const struct rt_dissector *d, const struct rt_frame *frame, struct rt_packet *packet)
{
	packet->frame = frame;
	packet->count = 0;
	packet->short_proto = NULL;
	packet->short_need = packet->short_have = 0;
	struct rt_layer layer, *last = NULL;
	const struct candidate *root = look_up(d, PROTO_frame, 0, frame->link);
	layer = (struct rt_layer){ .end = frame->caplen };
	bool more = root && try_candidates(d, packet, root, &layer);
	while (more && packet->count < RT_LAYERS_MAX - 2) {
		last = &packet->layer[packet->count++];
		*last = layer;
		more = last->at + last->header < last->end && next_layer(d, packet, last, &layer);
	}
	unsigned layers = packet->count;
	if (last)
		add_rest(packet, PROTO_raw, last->at + last->header, last->end);
	else
		add_rest(packet, PROTO_raw, 0, frame->caplen);
	add_padding(packet, layers);
}
