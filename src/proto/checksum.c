/* SPDX-License-Identifier: MIT */
/* checksum.c - is a checksum right, and what should it be? Its row says which bytes count (sums.h), the layers above it
 * say the ends of the pseudo header. Knows the kinds of sums, and no protocol. */
#include <ringtap/dissect.h>
#include "flow.h"

/* ---- sums of bytes ---------------------------------------------------------------------------------------- */

/* RFC 1071 section 2: the sum does not depend on the order of bytes in the words, which is put right in the end. */
static uint32_t add_words(const uint8_t *bytes, uint32_t size)
{
	const uint16_t one = 1;
	uint64_t sum = 0;
	uint32_t word;
	uint8_t rest[sizeof word] = { 0 };
	for (; size >= sizeof word; bytes += sizeof word, size -= (uint32_t)sizeof word) {
		memcpy(&word, bytes, sizeof word);
		sum += word;
	}
	memcpy(rest, bytes, size);
	memcpy(&word, rest, sizeof word);
	sum += word;
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return *(const uint8_t *)&one ? (uint32_t)(sum << 8 | sum >> 8) & 0xffff : (uint32_t)sum;
}

static uint16_t folded(uint32_t sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)(sum + (sum >> 16));
}

/* What each bit of a byte adds to a CRC, least significant bit first; the sum is linear. */
static const uint32_t crc32_bits[8] = {
	0x77073096, 0xee0e612c, 0x076dc419, 0x0edb8832, 0x1db71064, 0x3b6e20c8, 0x76dc4190, 0xedb88320,
};
static const uint32_t crc32c_bits[8] = {
	0xf26b8303, 0xe13b70f7, 0xc79a971f, 0x8ad958cf, 0x105ec76f, 0x20bd8ede, 0x417b1dbc, 0x82f63b78,
};

/* What a byte adds that is followed by none, by one, two or three others: four bytes are one step. */
struct crc { uint32_t table[4][256]; };

static void crc_begin(struct crc *crc, const uint32_t bits[8])
{
	uint32_t *first = crc->table[0];
	first[0] = 0;
	for (unsigned bit = 0; bit < 8; bit++)
		for (unsigned i = 0; i < 1u << bit; i++)
			first[1u << bit | i] = first[i] ^ bits[bit];
	for (unsigned k = 1; k < 4; k++)
		for (unsigned i = 0; i < 256; i++)
			crc->table[k][i] = crc->table[k - 1][i] >> 8 ^ first[crc->table[k - 1][i] & 0xff];
}

static uint32_t crc_add(const struct crc *crc, uint32_t sum, const uint8_t *bytes, uint32_t size)
{
	for (; size >= 4; bytes += 4, size -= 4) {
		sum ^= bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
		sum = crc->table[3][sum & 0xff] ^ crc->table[2][sum >> 8 & 0xff] ^
		      crc->table[1][sum >> 16 & 0xff] ^ crc->table[0][sum >> 24];
	}
	for (; size; bytes++, size--)
		sum = sum >> 8 ^ crc->table[0][(sum ^ *bytes) & 0xff];
	return sum;
}

static uint32_t crc32(const uint8_t *bytes, uint32_t size)
{
	struct crc crc;
	crc_begin(&crc, crc32_bits);
	return ~crc_add(&crc, UINT32_MAX, bytes, size);
}

/* The four bytes of the sum itself, which begin at `place`, count as 0. */
static uint32_t crc32c(const uint8_t *bytes, uint32_t size, uint32_t place)
{
	static const uint8_t zeros[4];
	struct crc crc;
	uint32_t sum;
	crc_begin(&crc, crc32c_bits);
	sum = crc_add(&crc, UINT32_MAX, bytes, place);
	sum = crc_add(&crc, sum, zeros, sizeof zeros);
	sum = ~crc_add(&crc, sum, bytes + place + sizeof zeros, size - place - (uint32_t)sizeof zeros);
	return sum >> 24 | (sum >> 8 & 0xff00) | (sum << 8 & 0xff0000) | sum << 24;
}

/* The two bytes at `place` make both sums 0. */
static uint16_t fletcher(const uint8_t *bytes, uint32_t size, uint32_t place)
{
	uint32_t low = 0, high = 0;
	for (uint32_t i = 0; i < size; i++) {
		low = (low + (i - place < 2 ? 0 : bytes[i])) % 255;
		high = (high + low) % 255;
	}
	uint32_t first = ((size - place - 1) % 255 * low + 255 - high) % 255;
	uint32_t second = (510 - low - first) % 255;
	return (uint16_t)((first ? first : 255) << 8 | (second ? second : 255));
}

/* ---- what counts ------------------------------------------------------------------------------------------ */

struct covered {
	const struct rt_packet *packet;
	const struct rt_layer *layer;
	unsigned above;                 /* layers in front of it                                          */
	uint32_t all, size;             /* bytes of the layer; bytes that count                           */
	struct rt_ends ends;
	uint32_t next;                  /* the protocol's number in the pseudo header                     */
};

/* The size that a row of this layer states; false: none. */
static bool stated(const struct rt_packet *packet, const struct rt_layer *layer, const struct rt_size *size,
                   int64_t *out)
{
	struct rt_value value;
	if (!size->row || !rt_value_find(packet, layer, size->row, &value) || !value.num)
		return false;
	*out = (int64_t)value.num * size->unit + size->add;
	return true;
}

/* Is the layer captured whole, as it and those around it say how long they are? A size that makes no sense says that
 * something else is wrong. */
static bool is_whole(const struct covered *c)
{
	const struct rt_frame *frame = c->packet->frame;
	bool is_told = frame->caplen == frame->len || c->layer->end < frame->caplen;
	for (unsigned i = 0; i <= c->above; i++) {
		const struct rt_layer *layer = i < c->above ? &c->packet->layer[i] : c->layer;
		int64_t size;
		if (!stated(c->packet, layer, &rt_more(layer->proto)->extent, &size))
			continue;
		if (size < layer->header || size > layer->end - layer->at)
			return false;
		is_told = true;
	}
	return is_told;
}

static bool is_header_whole(const struct covered *c)
{
	int64_t size;
	return !stated(c->packet, c->layer, &c->layer->proto->size, &size) || size == c->layer->header;
}

/* What the layers above say; false: the layer is in a fragment, or in the packet that an error quotes. */
static bool find_ends(struct covered *c)
{
	for (unsigned i = 0; i < c->packet->count && c->packet->layer[i].at < c->layer->at; i++, c->above++) {
		const struct rt_layer *layer = &c->packet->layer[i];
		if (layer->proto->is_quote)
			return false;
		const struct rt_more *more = rt_more(layer->proto);
		if (more->ends)
			more->ends(c->packet, layer, &c->ends);
	}
	return !c->ends.is_part && !c->layer->proto->is_quote;
}

/* The number that chose the layer. */
static bool find_next(struct covered *c)
{
	const struct rt_layer *parent = c->above ? &c->packet->layer[c->above - 1] : NULL;
	struct rt_value value;
	if (!parent || !parent->proto->next[0] || !rt_value_find(c->packet, parent, parent->proto->next[0], &value))
		return false;
	c->next = (uint32_t)value.num;
	return true;
}

static bool find_size(struct covered *c, const struct rt_sum *sum)
{
	const struct rt_layer *layer = c->layer;
	struct rt_value value = { .num = 0 };
	int64_t size = sum->bytes;
	c->all = layer->end - layer->trailer - layer->at;
	if (sum->row && !rt_value_find(c->packet, layer, sum->row, &value))
		return false;
	if (sum->is_header && (value.num || !sum->row))
		size += layer->header;
	if (value.num)
		size += (int64_t)value.num * sum->unit + sum->add;
	if (!size)
		size = c->all;
	c->size = (uint32_t)size;
	return size >= layer->proto->header && size <= c->all;
}

/* A network or Ethernet header follows: what is in front is a tunnel. */
static bool is_tunnel(const struct covered *c)
{
	for (unsigned i = c->above + 1; i < c->packet->count; i++)
		if (rt_more(c->packet->layer[i].proto)->ends || c->packet->layer[i].proto->is_link)
			return true;
	return false;
}

static bool is_none(const struct covered *c, const struct rt_sum *sum, uint64_t value)
{
	if (value)
		return false;
	return sum->zero == RT_ZERO_IS_NONE || (sum->zero == RT_ZERO_IS_EITHER && (c->ends.size == 4 || is_tunnel(c)));
}

/* ---- the sum of a row ------------------------------------------------------------------------------------- */

static bool has_pseudo(const struct covered *c, const struct rt_sum *sum)
{
	return sum->pseudo == RT_PSEUDO_ANY || (sum->pseudo == RT_PSEUDO_IP6 && c->ends.size == 16);
}

static uint32_t pseudo_words(const struct covered *c, const struct rt_sum *sum)
{
	uint32_t length = sum->counts_all ? c->all : c->size;
	if (!has_pseudo(c, sum))
		return 0;
	return add_words(c->ends.from, c->ends.size) + add_words(c->ends.to, c->ends.size) + (length >> 16) +
	       (length & 0xffff) + c->next;
}

/* An odd last byte is the lower one, and negative from 0x81 on: as if it followed 00, or its predecessor ff. */
static uint32_t odd_words(uint8_t last)
{
	return last <= 0x80 ? last : 0xff00u | (last - 1u);
}

/* All that counts but the sum itself, which begins at `place`, in front of what is left out. */
static uint64_t internet(const struct covered *c, const struct rt_sum *sum, uint32_t place)
{
	const uint8_t *bytes = c->packet->frame->data + c->layer->at;
	uint32_t after = place + 2, skip = sum->skip ? sum->skip_at : after, rest = skip + sum->skip, size = c->size;
	uint32_t words = sum->kind == RT_SUM_SIGNED_END && size & 1 ? odd_words(bytes[--size]) : 0;
	words += pseudo_words(c, sum) + add_words(bytes, place) + add_words(bytes + after, skip - after) +
	         add_words(bytes + rest, size - rest);
	uint16_t right = (uint16_t)~folded(words);
	return !right && sum->zero ? 0xffff : right;
}

static uint64_t right_sum(const struct covered *c, const struct rt_value *value, const struct rt_sum *sum)
{
	const uint8_t *bytes = c->packet->frame->data + c->layer->at;
	const uint32_t place = value->row->bit / 8u;
	switch ((enum rt_sum_kind)sum->kind) {
	case RT_SUM_CRC32:    return crc32(bytes, c->size);
	case RT_SUM_CRC32C:   return crc32c(bytes, c->size, place);
	case RT_SUM_FLETCHER: return fletcher(bytes + sum->skip, c->size - sum->skip, place - sum->skip);
	case RT_SUM_INTERNET:
	case RT_SUM_SIGNED_END: break;
	}
	return internet(c, sum, place);
}

/* In one's complement all ones are 0. The sum of the pseudo header alone is what Linux leaves in frames whose sum the
 * network card was to fill in, and what files have of them. */
static bool is_fine(const struct covered *c, const struct rt_sum *sum, uint64_t value, uint64_t right)
{
	if (value == right || sum->kind > RT_SUM_SIGNED_END)
		return value == right;
	return (has_pseudo(c, sum) && value == folded(pseudo_words(c, sum))) ||
	       (value == 0xffff && right == 0);
}

enum verdict { UNKNOWN, FINE, WRONG };

static enum verdict judge(struct covered *c, const struct rt_value *value, const struct rt_sum *sum, uint64_t *right)
{
	if (sum->when && !when_holds(c->packet->frame->data + c->layer->at, c->layer->header, sum->when))
		return UNKNOWN;
	if (!find_size(c, sum) || (has_pseudo(c, sum) && (!c->ends.size || !find_next(c))))
		return UNKNOWN;
	if (!(sum->is_header && !sum->row ? is_header_whole(c) : is_whole(c)) || is_none(c, sum, value->num))
		return UNKNOWN;
	*right = right_sum(c, value, sum);
	return is_fine(c, sum, value->num, *right) ? FINE : WRONG;
}

bool rt_sum_is_wrong(const struct rt_value *value, uint64_t *right)
{
	struct covered c = { .packet = value->packet, .layer = &value->layer };
	const struct rt_sum *sum = value->row->fill == RT_FILL_SUM ? value->row->sum : NULL;
	enum verdict verdict = UNKNOWN;
	if (!sum || c.packet->frame->is_unsummed || !find_ends(&c))
		return false;
	for (; sum && verdict != FINE; sum = sum->or) {
		uint64_t other;
		enum verdict next = judge(&c, value, sum, verdict == WRONG ? &other : right);
		verdict = next == UNKNOWN ? verdict : next;
	}
	return verdict == WRONG;
}
