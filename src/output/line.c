/* SPDX-License-Identifier: MIT */
/* line.c - the default line: prefixes (VLAN tags), the two ends, one sentence a layer, and how many bytes the
 * deepest carrier carries. All of it comes from the tables; the plans are indexed by layer->id. */
#include <errno.h>
#include "line.h"

static bool is_address(const struct rt_row *row)
{
	return row->kind == RT_MAC || row->kind == RT_IP4 || row->kind == RT_IP6;
}

static int make_plan(struct line_plan *plan, const struct rt_proto *proto, struct rt_arena *arena,
                     struct rt_error *error)
{
	const struct rt_more *more = rt_more(proto);
	if (more->from) {
		plan->from = rt_row_find(proto, more->from, strlen(more->from));
		plan->to = rt_row_find(proto, more->to, strlen(more->to));
		if (!plan->from || !plan->to)
			return rt_fail(error, EINVAL, "%s has no row %s or %s", proto->name, more->from, more->to);
		plan->has_addresses = is_address(plan->from);
	}
	int rc = more->prefix ? template_compile(&plan->prefix, more->prefix, proto, arena, error) : 0;
	return rc ? rc : speech_compile(&plan->speech, proto, proto->lines, arena, error);
}

int lines_open(struct lines *lines, struct rt_error *error)
{
	*lines = (struct lines){ 0 };
	lines->plan = rt_arena_get(&lines->arena, rt_proto_count() * sizeof *lines->plan);
	int rc = lines->plan ? 0 : rt_fail(error, ENOMEM, "no memory for the default line");
	for (size_t id = 0; id < rt_proto_count() && !rc; id++)
		rc = make_plan(&lines->plan[id], rt_proto_at(id), &lines->arena, error);
	if (rc)
		lines_close(lines);
	return rc;
}

void lines_close(struct lines *lines) { rt_arena_free(&lines->arena); }

/* ---- the ends ---------------------------------------------------------------------------------------- */

struct ends {
	const struct rt_layer *addresses, *ports;
	unsigned index;                 /* of the layer of the addresses                               */
	unsigned count;                 /* layers of the packet itself, in front of what it quotes     */
};

static struct ends find_ends(const struct lines *lines, const struct rt_packet *packet)
{
	struct ends ends = { 0 };
	for (; ends.count < packet->count && !packet->layer[ends.count].proto->is_quote; ends.count++) {
		const struct rt_layer *layer = &packet->layer[ends.count];
		const struct line_plan *plan = &lines->plan[layer->id];
		if (!plan->from)
			continue;
		if (plan->has_addresses) {
			ends.addresses = layer;
			ends.ports = NULL;
			ends.index = ends.count;
		} else if (ends.addresses) {
			ends.ports = layer;
		}
	}
	return ends;
}

static void put_row(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer,
                    const struct rt_row *row)
{
	struct rt_value value;
	if (rt_value_get(packet, layer, row, &value))
		rt_put_value(out, &value, RT_STYLE_PLAIN);
}

static void put_end(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet,
                    const struct ends *ends, bool is_from)
{
	const struct line_plan *plan = &lines->plan[ends->addresses->id];
	const struct rt_row *row = is_from ? plan->from : plan->to;
	bool has_brackets = ends->ports && row->kind == RT_IP6;
	if (has_brackets)
		rt_put_char(out, '[');
	put_row(out, packet, ends->addresses, row);
	if (has_brackets)
		rt_put_char(out, ']');
	if (!ends->ports)
		return;
	const struct line_plan *ports = &lines->plan[ends->ports->id];
	rt_put_char(out, ':');
	put_row(out, packet, ends->ports, is_from ? ports->from : ports->to);
}

static void put_ends(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet,
                     const struct ends *ends)
{
	const struct rt_layer *layer = ends->addresses;
	struct rt_value value;          /* some frames of 802.11 do not say who sends */
	if (!layer->proto->place || rt_value_get(packet, layer, lines->plan[layer->id].from, &value)) {
		put_end(out, lines, packet, ends, true);
		rt_put_char(out, ' ');
	}
	rt_put(out, "-> ", 3);
	put_end(out, lines, packet, ends, false);
}

/* -e: the link layer's own ends first, unless the line shows them anyway. */
static void put_link(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet,
                     const struct ends *shown)
{
	struct ends link = { .addresses = &packet->layer[0] };
	if (packet->count == 0 || shown->addresses == link.addresses ||
	    !lines->plan[packet->layer[0].id].has_addresses)
		return;
	put_ends(out, lines, packet, &link);
	rt_put_char(out, ' ');
}

/* ---- the length ------------------------------------------------------------------------------------------ */

/* Where the frame would end that was cut when captured: the least end that a header states. */
static uint64_t whole_end(const struct rt_packet *packet)
{
	uint64_t end = packet->frame->len;
	for (unsigned i = 0; i < packet->count; i++) {
		const struct rt_layer *layer = &packet->layer[i];
		end -= layer->proto->trailer < end ? layer->proto->trailer : 0;
		const struct rt_size *extent = &rt_more(layer->proto)->extent;
		struct rt_value value;
		if (!extent->row || !rt_value_find(packet, layer, extent->row, &value) ||
		    (!value.num && !layer->proto->has_zero_extent))
			continue;
		uint64_t size = value.num * extent->unit + (uint64_t)extent->add;
		if (size >= layer->header && layer->at + size < end)
			end = layer->at + size;
	}
	return end;
}

/* Of the whole header, even where its options were cut. */
static uint32_t header_size(const struct rt_packet *packet, const struct rt_layer *layer)
{
	if (layer->proto->data_at)
		return layer->proto->data_at;
	return packet->short_proto == layer->proto && packet->short_need > layer->header ? packet->short_need
	                                                                                  : layer->header;
}

static void put_length(struct rt_text *out, const struct rt_packet *packet, unsigned count)
{
	const struct rt_layer *carrier = NULL;
	for (unsigned i = 0; i < count; i++)
		if (packet->layer[i].proto->is_carrier)
			carrier = &packet->layer[i];
	uint64_t from = 0, end = packet->frame->len;
	if (carrier) {
		from = carrier->at + header_size(packet, carrier);
		end = carrier->end - carrier->trailer;
		if (packet->frame->caplen < packet->frame->len && end == packet->frame->caplen)
			end = whole_end(packet);
	}
	rt_put(out, ", Len: ", 7);
	rt_put_num(out, end > from ? end - from : 0);
}

/* ---- the line ---------------------------------------------------------------------------------------------- */

static void put_prefixes(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet,
                         unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct line_plan *plan = &lines->plan[packet->layer[i].id];
		if (plan->prefix.count)
			template_put(out, &plan->prefix, packet, i, TEMPLATE_LINE, false, true);
	}
}

static bool put_whole(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (!packet->layer[i].proto->is_whole)
			continue;
		const struct sentence *s = speech_find(&lines->plan[packet->layer[i].id].speech, packet, i);
		if (s)
			template_put(out, &s->text, packet, i, TEMPLATE_LINE, false, true);
		return true;
	}
	return false;
}

/* The sentences from the layer of the addresses downwards. Returns false when the short form ended. */
static bool put_sentences(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet,
                          const struct ends *ends, bool is_short)
{
	const struct sentence *said[RT_LAYERS_MAX];
	unsigned deepest = 0, spoken = 0;
	for (unsigned i = ends->index; i < ends->count; i++) {
		said[i] = speech_find(&lines->plan[packet->layer[i].id].speech, packet, i);
		if (said[i])
			deepest = i;
	}
	for (unsigned i = ends->index; i < ends->count; i++) {
		if (!said[i])
			continue;
		bool is_alone = i == deepest;
		if (said[i]->text.steps[0].kind == STEP_ALONE && !is_alone)
			continue;
		rt_put(out, spoken ? ", " : " ", spoken ? 2 : 1);
		spoken++;
		if (!template_put(out, &said[i]->text, packet, i, TEMPLATE_LINE, is_short, is_alone))
			return false;
	}
	return true;
}

static void put_short(struct rt_text *out, const struct rt_packet *packet)
{
	if (packet->short_proto && packet->short_proto->lines)
		rt_put_format(out, " [%s: %u bytes needed, %u captured]", packet->short_proto->name,
		              packet->short_need, packet->short_have);
}

void put_line(struct rt_text *out, const struct lines *lines, const struct rt_packet *packet, bool is_short,
              bool show_link)
{
	struct ends ends = find_ends(lines, packet);
	if (show_link)
		put_link(out, lines, packet, &ends);
	put_prefixes(out, lines, packet, ends.count);
	bool is_whole = put_whole(out, lines, packet, ends.count);
	bool goes_on = !is_short;
	if (!is_whole && ends.addresses) {
		put_ends(out, lines, packet, &ends);
		goes_on &= put_sentences(out, lines, packet, &ends, is_short);
	} else if (!is_whole && packet->count) {
		rt_put_string(out, packet->layer[0].proto->name);
		goes_on &= put_sentences(out, lines, packet, &ends, is_short);
	} else if (!is_whole) {
		rt_put_string(out, "empty frame");
	}
	if (goes_on && !is_whole)
		put_length(out, packet, ends.count);
	put_short(out, packet);
}
