/* SPDX-License-Identifier: MIT */
/* decode.c - finds where each layer of a frame begins and ends, one look-up in the index (index.c) a layer. Names no
 * protocol but the root and what takes the rest: Raw, and Padding past the length that a header states. */
#include "flow.h"
#include "index.h"

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
	if (layer->header)              /* said by the layers above */
		return layer->header;
	if (proto->measure)
		return proto->measure(frame, layer->at, layer->end);
	if (plan->size.mask && !spot_fits(plan->size, layer->end - layer->at))
		return layer->end - layer->at;
	if (plan->size.mask) {
		int64_t size = (int64_t)spot_read(frame->data + layer->at, plan->size) * proto->size.unit +
		               proto->size.add;
		return size > proto->header ? (uint32_t)size : proto->header;
	}
	if (proto->is_flow)
		return flow_size(frame, layer);
	return plan->grows ? grown_header(frame, layer) : proto->header;
}

/* A length of 0 is none with segmentation offload; one that is shorter than the header is nonsense. */
static void set_extent(const struct rt_frame *frame, const struct plan *plan, struct rt_layer *layer)
{
	const struct rt_proto *proto = layer->proto;
	if (proto->is_last) {
		layer->end = layer->at + layer->header;
	} else if (plan->extent.mask && spot_fits(plan->extent, layer->header)) {
		const struct rt_size *extent = &rt_more(proto)->extent;
		uint32_t value = spot_read(frame->data + layer->at, plan->extent);
		int64_t size = (int64_t)value * extent->unit + extent->add;
		if ((value || proto->has_zero_extent) && size >= layer->header && size < layer->end - layer->at)
			layer->end = layer->at + (uint32_t)size;
	}
}

/* Bytes at the end of the layer; a frame that was cut has none of them. */
static void set_trailer(const struct rt_frame *frame, struct rt_layer *layer)
{
	uint8_t size = layer->proto->trailer;
	if (frame->caplen >= frame->len && layer->end - layer->at - layer->header >= size)
		layer->trailer = size;
}

static void set_short(struct rt_packet *packet, const struct rt_layer *layer, uint32_t need)
{
	packet->short_proto = layer->proto;
	packet->short_need = need;
	packet->short_have = layer->end - layer->at;
}

/* Is this the protocol that some bits of its header tell? */
static bool is_told(const struct rt_frame *frame, const struct plan *plan, const struct rt_layer *layer)
{
	const struct rt_only *only = &rt_more(layer->proto)->only;
	uint32_t value = spot_read(frame->data + layer->at, plan->only);
	return value >= only->low && value <= only->high;
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
	if (plan->only.mask && !is_told(frame, plan, layer))
		return false;
	uint32_t size = header_size(frame, plan, layer);
	if (size == 0 && layer->proto->measure)
		return false;
	if (size < layer->proto->header)
		size = layer->proto->header;
	if (size > have) {
		set_short(packet, layer, size);
		size = have;
	}
	layer->header = size;
	set_extent(frame, plan, layer);
	if (layer->proto->trailer)
		set_trailer(frame, layer);
	return true;
}

static const struct candidate *look_up(const struct rt_dissector *d, unsigned family, unsigned which, uint32_t value)
{
	const struct slot *slot = &d->slot[slot_find(d, family, which, value)];
	return slot->first == NOBODY ? NULL : &d->candidate[slot->first];
}

/* The header that was cut, as the packet tells it: the first of those that were tried at this place. */
static void tell_cut(struct rt_packet *packet, const struct rt_proto *proto, uint32_t need, uint32_t have)
{
	packet->short_proto = proto;
	packet->short_need = need;
	packet->short_have = proto ? have : 0;
}

/* The first candidate whose own condition holds and whose bytes fit becomes the layer. One that is known by its own
 * condition and does not fit was cut: nobody else may have its bytes. Where nobody fits, the first cut one is told, or
 * else one whose condition was cut. */
static bool try_candidates(const struct rt_dissector *d, struct rt_packet *packet, const struct candidate *c,
                           struct rt_layer *layer)
{
	const uint32_t at = layer->at, end = layer->end;
	const struct rt_proto *cut = packet->short_proto, *unseen = NULL;
	uint32_t need = packet->short_need;
	for (; c; c = c->next == NOBODY ? NULL : &d->candidate[c->next]) {
		const struct rt_proto *proto = d->plan[c->proto].proto;
		if (c->own.mask && !spot_fits(c->own, end - at)) {
			unseen = unseen ? unseen : proto;
			continue;
		}
		*layer = (struct rt_layer){ .proto = proto, .at = at, .end = end, .id = c->proto };
		if ((c->own.mask && spot_read(packet->frame->data + at, c->own) != c->own_value) ||
		    (proto->claims && !proto->claims(packet, layer)))
			continue;
		packet->short_proto = NULL;
		if (fit(d, packet, layer))
			return true;
		if (!cut && packet->short_proto) {
			cut = packet->short_proto;
			need = packet->short_need;
		}
		if (c->own.mask && packet->short_proto)
			break;
	}
	if (!cut && unseen)
		tell_cut(packet, unseen, unseen->header, end - at);
	else
		tell_cut(packet, cut, need, end - at);
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
	*layer = (struct rt_layer){ .at = above->at + above->header, .end = above->end - above->trailer };
	for (unsigned i = 0; i < 2 && plan->next[i].mask; i++) {
		if (!spot_fits(plan->next[i], above->header))
			break;
		const struct candidate *c = look_up(d, plan->family, i, spot_read(header, plan->next[i]));
		if (c && try_candidates(d, packet, c, layer))
			return true;
	}
	return d->plan[plan->family].has_any && !above->proto->is_strict &&
	       try_candidates(d, packet, look_up(d, plan->family, ANY_VALUE, 0), layer);
}

static void add_rest(const struct rt_dissector *d, struct rt_packet *packet, uint16_t id, uint32_t at, uint32_t end)
{
	if (at < end && packet->count < RT_LAYERS_MAX)
		packet->layer[packet->count++] = (struct rt_layer){ .proto = d->plan[id].proto, .at = at,
		                                                    .header = end - at, .end = end, .id = id };
}

/* What lies between the end that a header states and the end of the layer around it, innermost first. */
static void add_padding(const struct rt_dissector *d, struct rt_packet *packet, unsigned layers)
{
	uint32_t end = layers ? packet->layer[layers - 1].end : packet->frame->caplen;
	for (unsigned i = layers; i-- > 0; ) {
		const struct rt_layer *around = i ? &packet->layer[i - 1] : NULL;
		add_rest(d, packet, PROTO_padding, end, around ? around->end - around->trailer : packet->frame->caplen);
		end = around ? around->end : packet->frame->caplen;
	}
}

void rt_decode(const struct rt_dissector *d, const struct rt_frame *frame, struct rt_packet *packet)
{
	packet->frame = frame;
	packet->count = 0;
	packet->short_proto = NULL;
	packet->short_need = packet->short_have = 0;
	packet->opened = &packet->memory;
	packet->memory.of = NULL;
	/* each is tried in its place, where it counts once it fits: copying what was just written would wait for it */
	struct rt_layer *next = packet->layer, *last = NULL;
	const struct candidate *root = look_up(d, PROTO_frame, 0, frame->link);
	*next = (struct rt_layer){ .end = frame->caplen };
	bool more = root && try_candidates(d, packet, root, next);
	while (more && packet->count < RT_LAYERS_MAX - 2) {
		last = next++;
		packet->count++;
		more = last->at + last->header < last->end - last->trailer && next_layer(d, packet, last, next);
	}
	unsigned layers = packet->count;
	if (last)
		add_rest(d, packet, PROTO_raw, last->at + last->header, last->end - last->trailer);
	else
		add_rest(d, packet, PROTO_raw, 0, frame->caplen);
	add_padding(d, packet, layers);
}
