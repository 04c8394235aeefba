/* SPDX-License-Identifier: MIT */
/* hard.c - cuts and spoils packets. The bytes lie at the end of their memory, so that a sanitizer sees a read past the
 * capture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "hard.h"
#include "nest.h"

/* ---- cut -------------------------------------------------------------------------------------------------- */

/* The layer in whose header byte `at` lies; NULL: in what follows the headers. */
static const struct rt_layer *layer_at(const struct rt_packet *packet, uint32_t at)
{
	for (unsigned i = 0; i < packet->count; i++)
		if (packet->layer[i].at <= at && at < packet->layer[i].at + packet->layer[i].header)
			return &packet->layer[i];
	return NULL;
}

static bool is_rest(const struct rt_layer *layer)
{
	return strcmp(layer->proto->name, "Raw") == 0 || strcmp(layer->proto->name, "Padding") == 0;
}

static void check_front(const struct rt_packet *whole, const struct rt_packet *cut)
{
	for (unsigned i = 0; i < whole->count; i++) {
		const struct rt_layer *a = &whole->layer[i], *b = &cut->layer[i];
		uint32_t end = a->proto->data_at ? a->end : a->at + a->header;
		if (end > cut->frame->caplen || a->at == cut->frame->caplen || is_rest(a) || !a->header)
			break;
		assert_true(i < cut->count);
		assert_string_equal(a->proto->name, b->proto->name);
		assert_int_equal(a->at, b->at);
		if (!a->proto->measure && !a->proto->is_flow)
			assert_int_equal(a->header, b->header);
	}
}

static bool is_size_captured(const struct rt_layer *layer, uint32_t have)
{
	const char *name = layer->proto->size.row;
	const struct rt_row *row = name ? rt_row_find(layer->proto, name, strlen(name)) : NULL;
	return !row || row->bit + row->width <= have * 8;
}

/* Is the row captured by which the protocol is told from others? */
static bool is_known(const struct rt_layer *layer, uint32_t have)
{
	for (unsigned i = 0; i < layer->proto->link_count; i++) {
		const char *own = layer->proto->links[i].own;
		const struct rt_row *row = own ? rt_row_find(layer->proto, own, strlen(own)) : NULL;
		if (row && row->bit + row->width > have * 8)
			return false;
	}
	return true;
}

/* Bytes alone tell it from another protocol of the same place, which it may look like when it is cut. */
static bool is_told_by_bytes(const struct rt_proto *proto)
{
	return proto->measure || proto->claims || rt_more(proto)->only.width;
}

/* A trailer is not there in a cut frame, so that its bytes are read as what is in front of it. */
static bool is_in_trailer(const struct rt_packet *whole, uint32_t caplen)
{
	uint32_t trailers = 0;
	for (unsigned i = 0; i < whole->count; i++)
		trailers += whole->layer[i].trailer;
	return caplen > whole->frame->caplen - trailers;
}

/* Where a header of fixed size, or with a size of its own, is cut, short_proto tells it; a cut between two headers
 * leaves nothing to tell. */
static void check_short(const struct rt_packet *whole, const struct rt_packet *cut)
{
	uint32_t caplen = cut->frame->caplen;
	const struct rt_layer *layer = layer_at(whole, caplen);
	if (!layer || is_rest(layer) || layer->at == caplen) {
		if (layer != whole->layer && !is_in_trailer(whole, caplen))
			assert_null(cut->short_proto);
		return;
	}
	if (!is_known(layer, caplen - layer->at))
		return;
	/* a protocol that measures itself, or whose size is not captured, makes do with what there is */
	if (caplen - layer->at >= layer->proto->header &&
	    (layer->proto->measure || layer->proto->is_flow || !is_size_captured(layer, caplen - layer->at)))
		return;
	bool is_minimum = caplen - layer->at < layer->proto->header;
	if (is_minimum && is_told_by_bytes(layer->proto))
		return;
	assert_non_null(cut->short_proto);
	if (is_told_by_bytes(layer->proto))
		return;
	assert_string_equal(layer->proto->name, cut->short_proto->name);
	assert_int_equal(caplen - layer->at, cut->short_have);
	assert_int_equal(is_minimum ? layer->proto->header : layer->header, cut->short_need);
}

void hard_cut(const struct sample *sample)
{
	struct sampled whole;
	uint8_t copy[SAMPLE_MAX];
	uint32_t size = (uint32_t)sample_bytes(sample, copy);
	sample_make(&whole, sample->link, copy, size, size);
	check_nesting(&whole.packet);
	assert_null(whole.packet.short_proto);
	for (uint32_t caplen = 0; caplen < whole.frame.caplen; caplen++) {
		uint8_t *bytes = malloc(caplen ? caplen : 1);
		assert_non_null(bytes);
		memcpy(bytes, whole.bytes, caplen);
		struct rt_frame frame = whole.frame;
		struct rt_packet cut;
		frame.data = bytes;
		frame.caplen = caplen;
		rt_decode(sample_dissector(), &frame, &cut);
		check_nesting(&cut);
		check_front(&whole.packet, &cut);
		if (caplen)
			check_short(&whole.packet, &cut);
		free(bytes);
	}
}

/* ---- spoilt ----------------------------------------------------------------------------------------------- */

uint32_t hard_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

void hard_frame(unsigned link, const uint8_t *bytes, uint32_t caplen, uint32_t len)
{
	const struct rt_iface iface = { .name = "", .link = (uint16_t)link };
	uint8_t *exact = malloc(caplen ? caplen : 1);
	struct rt_packet packet;
	assert_non_null(exact);
	memcpy(exact, bytes, caplen);
	const struct rt_frame frame = { .data = exact, .caplen = caplen, .len = len, .iface = &iface,
	                                .link = (uint16_t)link };
	rt_decode(sample_dissector(), &frame, &packet);
	check_nesting(&packet);
	free(exact);
}

unsigned hard_variants(void)
{
	const char *wish = getenv("RINGTAP_SPOILT");
	return wish ? (unsigned)strtoul(wish, NULL, 10) : 1000;
}

void hard_spoil(const struct sample *sample)
{
	const unsigned variants = hard_variants();
	uint32_t seed = HARD_SEED;
	uint8_t bytes[SAMPLE_MAX];
	for (unsigned n = 0; n < variants; n++) {
		uint32_t size = (uint32_t)sample_bytes(sample, bytes);
		for (unsigned k = 1 + hard_random(&seed) % 4; k; k--)
			bytes[hard_random(&seed) % size] = (uint8_t)(hard_random(&seed) >> 8);
		hard_frame(sample->link, bytes, n % 3 ? size : 1 + hard_random(&seed) % size, size);
	}
}
