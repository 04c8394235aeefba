/* SPDX-License-Identifier: MIT */
/* pcapng.c - the blocks of a pcapng file into interfaces and frames; sections may change the byte order and count
 * their interfaces anew; blocks of other types are passed over. Format: draft-ietf-opsawg-pcapng sections 3 and 4. */
#include <errno.h>
#include "reader.h"

enum block {
	BLOCK_SECTION = 0x0a0d0d0a, BLOCK_INTERFACE = 1, BLOCK_OBSOLETE = 2, BLOCK_SIMPLE = 3, BLOCK_ENHANCED = 6,
};

enum option { OPTION_END = 0, OPTION_NAME = 2, OPTION_FLAGS = 2, OPTION_TSRESOL = 9, OPTION_TSOFFSET = 14 };

#define BLOCK_MIN   12u         /* type, length, length again */
#define PACKET_MIN  32u         /* a packet block without packet */
#define MICROSECONDS 6          /* where if_tsresol is not given */

/* The next option in [*at, end), or NULL; one that claims more than there is ends the list. */
static const uint8_t *next_option(const struct reader *reader, const uint8_t **at, const uint8_t *end, unsigned *code,
                                  size_t *size)
{
	if (end - *at < 4)
		return NULL;
	*code = reader_u16(reader, *at);
	*size = reader_u16(reader, *at + 2);
	const uint8_t *value = *at + 4;
	size_t padded = (*size + 3) & ~(size_t)3;
	if (*code == OPTION_END || (size_t)(end - value) < padded)
		return NULL;
	*at = value + padded;
	return value;
}

/* ---- sections and interfaces ------------------------------------------------------------------------------ */

static int read_section(struct reader *reader, const uint8_t *p, size_t size, struct rt_error *error)
{
	if (size < 28)
		return reader_damage(reader, error, "a section header of %zu bytes", size);
	if (reader_u16(reader, p + 12) != 1)
		return reader_damage(reader, error, "pcapng version %u.%u is not known", reader_u16(reader, p + 12),
		                     reader_u16(reader, p + 14));
	reader->section_count = 0;
	return STEP_NOTHING;
}

static void copy_name(char name[256], const uint8_t *bytes, size_t size)
{
	size_t n = 0;
	for (; n < size && n < 255 && bytes[n]; n++)
		name[n] = bytes[n] < 0x20 || bytes[n] == 0x7f ? '?' : (char)bytes[n];
	name[n] = '\0';
}

static void interface_options(const struct reader *reader, const uint8_t *at, const uint8_t *end, char name[256],
                              struct clock *clock)
{
	unsigned code;
	size_t size;
	for (const uint8_t *value; (value = next_option(reader, &at, end, &code, &size)); ) {
		if (code == OPTION_NAME)
			copy_name(name, value, size);
		else if (code == OPTION_TSRESOL && size == 1)
			clock->resolution = value[0];
		else if (code == OPTION_TSOFFSET && size == 8)
			clock->offset = (int64_t)((uint64_t)reader_u32(reader, value + (reader->is_big ? 0 : 4)) << 32 |
			                          reader_u32(reader, value + (reader->is_big ? 4 : 0)));
	}
}

static bool is_same(const struct file_iface *a, const struct rt_iface *iface, const struct clock *clock)
{
	return a && a->iface.link == iface->link && a->iface.snaplen == iface->snaplen &&
	       a->clock.resolution == clock->resolution && a->clock.offset == clock->offset &&
	       strcmp(a->name, iface->name) == 0;
}

static int read_interface(struct reader *reader, const uint8_t *p, size_t size, struct rt_error *error)
{
	char name[256] = "";
	struct clock clock = { .resolution = MICROSECONDS };
	if (size < 20)
		return reader_damage(reader, error, "an interface block of %zu bytes", size);
	interface_options(reader, p + 16, p + size - 4, name, &clock);
	unsigned n = clock.resolution & 0x7f, link = reader_u16(reader, p + 8);
	const struct rt_iface iface = {
		.name = name, .snaplen = reader_u32(reader, p + 12),
		.link = (uint16_t)(link == 12 ? RT_LINK_RAW : link),
		.is_nano = clock.resolution & 0x80 ? n >= 20 : n > MICROSECONDS,
	};
	if (reader->section_count == INTERFACES_MAX)
		return reader_damage(reader, error, "more than %u interfaces", INTERFACES_MAX);
	/* The sections of files put one behind the other describe the same interfaces again and again. */
	const struct file_iface **place = &reader->section[reader->section_count];
	if (!is_same(*place, &iface, &clock)) {
		if (reader->source.iface_count == INTERFACES_MAX)
			return reader_damage(reader, error, "more than %u different interfaces", INTERFACES_MAX);
		const struct file_iface *made = reader_iface(reader, &iface, &clock);
		if (!made)
			return rt_fail(error, ENOMEM, "%s: no memory", reader->input.name);
		*place = made;
	}
	reader->section_count++;
	return STEP_NOTHING;
}

/* ---- packets -------------------------------------------------------------------------------------------------- */

static uint8_t direction(const struct reader *reader, const uint8_t *at, const uint8_t *end)
{
	unsigned code;
	size_t size;
	for (const uint8_t *value; (value = next_option(reader, &at, end, &code, &size)); ) {
		if (code != OPTION_FLAGS || size != 4)
			continue;
		unsigned bits = reader_u32(reader, value) & 3;
		return bits == 1 ? RT_DIRECTION_IN : bits == 2 ? RT_DIRECTION_OUT : RT_DIRECTION_UNKNOWN;
	}
	return RT_DIRECTION_UNKNOWN;
}

/* Enhanced and obsolete packet blocks differ only in where the interface stands. */
static int read_packet(struct reader *reader, const uint8_t *p, size_t size, uint32_t id, struct rt_frame *frame,
                       struct rt_error *error)
{
	if (id >= reader->section_count)
		return reader_damage(reader, error, "a packet of interface %u, and there are %zu", id, reader->section_count);
	uint32_t caplen = reader_u32(reader, p + 20), len = reader_u32(reader, p + 24);
	if (caplen > size - PACKET_MIN)
		return reader_damage(reader, error, "a packet that claims %u bytes in a block with room for %zu", caplen,
		                     size - PACKET_MIN);
	const struct file_iface *from = reader->section[id];
	uint64_t units = (uint64_t)reader_u32(reader, p + 12) << 32 | reader_u32(reader, p + 16);
	const uint8_t *options = p + 28 + ((caplen + 3) & ~3u), *end = p + size - 4;
	*frame = (struct rt_frame){
		.data = p + 28, .caplen = caplen, .len = len > caplen ? len : caplen,
		.time = clock_nanoseconds(&from->clock, units), .iface = &from->iface, .link = from->iface.link,
		.direction = options < end ? direction(reader, options, end) : (uint8_t)RT_DIRECTION_UNKNOWN,
	};
	return STEP_FRAME;
}

/* Of interface 0, without a time. */
static int read_simple(struct reader *reader, const uint8_t *p, size_t size, struct rt_frame *frame,
                       struct rt_error *error)
{
	if (!reader->section_count)
		return reader_damage(reader, error, "a packet, and there is no interface");
	const struct file_iface *from = reader->section[0];
	if (size < 16)
		return reader_damage(reader, error, "a packet block of %zu bytes", size);
	uint32_t len = reader_u32(reader, p + 8), snaplen = from->iface.snaplen;
	uint32_t caplen = snaplen && snaplen < len ? snaplen : len;
	if (caplen > size - 16)
		return reader_damage(reader, error, "a packet that claims %u bytes in a block with room for %zu", caplen,
		                     size - 16);
	*frame = (struct rt_frame){ .data = p + 12, .caplen = caplen, .len = len, .iface = &from->iface,
	                            .link = from->iface.link };
	return STEP_FRAME;
}

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

static int read_body(struct reader *reader, uint32_t type, const uint8_t *p, size_t size, struct rt_frame *frame,
                     struct rt_error *error)
{
	if ((type == BLOCK_ENHANCED || type == BLOCK_OBSOLETE) && size < PACKET_MIN)
		return reader_damage(reader, error, "a packet block of %zu bytes", size);
	switch (type) {
	case BLOCK_SECTION:   return read_section(reader, p, size, error);
	case BLOCK_INTERFACE: return read_interface(reader, p, size, error);
	case BLOCK_ENHANCED:  return read_packet(reader, p, size, reader_u32(reader, p + 8), frame, error);
	case BLOCK_OBSOLETE:  return read_packet(reader, p, size, reader_u16(reader, p + 8), frame, error);
	case BLOCK_SIMPLE:    return read_simple(reader, p, size, frame, error);
	default:              return STEP_NOTHING;
	}
}

/* The byte order of the section that begins at `p`; its block type reads alike in both. */
static bool find_order(struct reader *reader, const uint8_t *p)
{
	uint32_t magic = rt_be32(p + 8);
	if (magic != 0x1a2b3c4d && magic != 0x4d3c2b1a)
		return false;
	reader->is_big = magic == 0x1a2b3c4d;
	return true;
}

static int read_block(struct reader *reader, struct rt_frame *frame, struct rt_error *error)
{
	struct input *input = &reader->input;
	const uint8_t *p = input->bytes + input->at;
	size_t left = input_left(input);
	if (left < BLOCK_MIN)
		return reader_more(reader, "block header", 0, BLOCK_MIN);
	uint32_t type = reader_u32(reader, p);
	if (type == BLOCK_SECTION && !find_order(reader, p))
		return reader_damage(reader, error, "a section without the byte-order magic");
	uint32_t size = reader_u32(reader, p + 4);
	if (size < BLOCK_MIN || size % 4 || size > RT_FILE_RECORD_MAX)
		return reader_damage(reader, error, "a block that claims %u bytes", size);
	if (left < size)
		return reader_more(reader, "block", 0, size);
	if (reader_u32(reader, p + size - 4) != size)
		return reader_damage(reader, error, "a block of %u bytes that ends with %u", size,
		                     reader_u32(reader, p + size - 4));
	int rc = read_body(reader, type, p, size, frame, error);
	if (rc >= 0)
		input->at += size;
	return rc;
}

bool pcapng_begin(struct reader *reader, uint32_t magic)
{
	if (magic != BLOCK_SECTION)
		return false;
	reader->step = read_block;
	reader->source.is_growing = true;
	return true;
}
