/* SPDX-License-Identifier: MIT */
/* pcap.c - the records of a pcap file into frames: either byte order, micro- and nanoseconds, and the longer
 * records of the "modified" format. Format: draft-ietf-opsawg-pcap. */
#include <errno.h>
#include "reader.h"

#define MAGIC_MICRO    0xa1b2c3d4u
#define MAGIC_NANO     0xa1b23c4du
#define MAGIC_MODIFIED 0xa1b2cd34u      /* Linux patches of the 1990s: 8 more bytes in a record header */

#define FILE_HEADER   24u
#define RECORD_HEADER 16u

#define AHEAD 2048                       /* bytes: a few packets */

static int read_record(struct reader *reader, struct rt_frame *frame, struct rt_error *error)
{
	struct input *input = &reader->input;
	const uint8_t *p = input->bytes + input->at;
	size_t left = input_left(input), header = reader->record_header;
	if (left < header)
		return reader_more(reader, "packet header", 0, header);
	uint32_t caplen = reader_u32(reader, p + 8), len = reader_u32(reader, p + 12);
	if (caplen > RT_FILE_RECORD_MAX)
		return reader_damage(reader, error, "a packet that claims %u bytes", caplen);
	if (left - header < caplen)
		return reader_more(reader, "packet", header, header + caplen);
	const struct rt_iface *iface = reader->all[0];
	*frame = (struct rt_frame){
		.data = p + header, .caplen = caplen, .len = len > caplen ? len : caplen,
		.time = (uint64_t)reader_u32(reader, p) * 1000000000u +
		        (uint64_t)reader_u32(reader, p + 4) * reader->fraction,
		.iface = iface, .link = iface->link,
	};
	input->at += header + caplen;
	if (left > AHEAD)
		__builtin_prefetch(p + AHEAD);
	return STEP_FRAME;
}

static int read_header(struct reader *reader, struct rt_frame *frame, struct rt_error *error)
{
	struct input *input = &reader->input;
	const uint8_t *p = input->bytes + input->at;
	(void)frame;
	if (input_left(input) < FILE_HEADER)
		return reader_more(reader, "file header", 0, FILE_HEADER);
	unsigned major = reader_u16(reader, p + 4), minor = reader_u16(reader, p + 6);
	if (major != 2 || minor < 3)    /* before 2.3 the two lengths stood the other way round */
		return reader_damage(reader, error, "pcap version %u.%u is not known", major, minor);
	/* The upper 16 bits tell the length of the frame check sequence. */
	unsigned link = reader_u32(reader, p + 20) & 0xffff;
	const struct rt_iface iface = { .snaplen = reader_u32(reader, p + 16), .is_nano = reader->fraction == 1,
	                                .link = (uint16_t)(link == 12 ? RT_LINK_RAW : link) };
	if (!reader_iface(reader, &iface, &(struct clock){ 0 }))
		return rt_fail(error, ENOMEM, "%s: no memory", input->name);
	input->at += FILE_HEADER;
	reader->step = read_record;
	return STEP_NOTHING;
}

bool pcap_begin(struct reader *reader, uint32_t magic)
{
	uint32_t other = magic << 24 | (magic & 0xff00) << 8 | (magic >> 8 & 0xff00) | magic >> 24;
	bool is_big = magic == MAGIC_MICRO || magic == MAGIC_NANO || magic == MAGIC_MODIFIED;
	uint32_t known = is_big ? magic : other;
	if (known != MAGIC_MICRO && known != MAGIC_NANO && known != MAGIC_MODIFIED)
		return false;
	reader->is_big = is_big;
	reader->record_header = known == MAGIC_MODIFIED ? RECORD_HEADER + 8 : RECORD_HEADER;
	reader->fraction = known == MAGIC_NANO ? 1 : 1000;
	reader->step = read_header;
	return true;
}
