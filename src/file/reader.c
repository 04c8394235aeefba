/* SPDX-License-Identifier: MIT */
/* reader.c - a capture file into batches of frames: finds the format, drives it, and tells damage after
 * everything in front of it was lent. Knows no format. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "reader.h"

/* ---- errors ------------------------------------------------------------------------------------------- */

int reader_damage(const struct reader *reader, struct rt_error *error, const char *format, ...)
{
	va_list args;
	rt_fail(error, EBADMSG, " ");
	if (error) {
		struct rt_text text;
		rt_text_init(&text, error->what, sizeof error->what - 1, -1);
		va_start(args, format);
		rt_put_vformat(&text, format, args);
		va_end(args);
		*text.at = '\0';
	}
	rt_context(error, "%s: damaged at offset %llu", reader->input.name,
	           (unsigned long long)input_offset(&reader->input));
	return -EBADMSG;
}

static int truncated(const struct reader *reader, struct rt_error *error)
{
	size_t left = input_left(&reader->input), header = reader->more.header;
	return rt_fail(error, EBADMSG, "%s: truncated %s at offset %llu: %zu bytes claimed, %zu left",
	               reader->input.name, reader->more.what, (unsigned long long)input_offset(&reader->input),
	               reader->more.size - header, left > header ? left - header : (size_t)0);
}

/* What is not a capture is often a packed one. */
static int foreign(const struct reader *reader, struct rt_error *error)
{
	static const struct { uint8_t magic[4]; uint8_t size; const char *what, *command; } packed[] = {
		{ { 0x1f, 0x8b },             2, "gzip",  "gzip -dc" },
		{ { 0x28, 0xb5, 0x2f, 0xfd }, 4, "zstd",  "zstd -dc" },
		{ { 0xfd, '7', 'z', 'X' },    4, "xz",    "xz -dc" },
		{ { 'B', 'Z', 'h' },          3, "bzip2", "bzip2 -dc" },
		{ { 0x04, 0x22, 0x4d, 0x18 }, 4, "lz4",   "lz4 -dc" },
	};
	const struct input *input = &reader->input;
	size_t left = input_left(input);
	if (!left)
		return rt_fail(error, EBADMSG, "%s: empty: not a pcap or pcapng file", input->name);
	int rc = rt_fail(error, EBADMSG, "%s: not a pcap or pcapng file", input->name);
	for (size_t i = 0; i < RT_COUNT(packed); i++) {
		if (left < packed[i].size || memcmp(input->bytes + input->at, packed[i].magic, packed[i].size) != 0)
			continue;
		rt_fail(error, EBADMSG, "%s: not a pcap or pcapng file but %s", input->name, packed[i].what);
		if (input->fd != STDIN_FILENO)
			rt_hint(error, "try: %s %s | ringtap -r -", packed[i].command, input->name);
		else
			rt_hint(error, "try to put %s in front", packed[i].command);
	}
	return rc;
}

/* ---- interfaces ------------------------------------------------------------------------------------------- */

struct file_iface *reader_iface(struct reader *reader, const struct rt_iface *iface, const struct clock *clock)
{
	const char *name = iface->name ? iface->name : "";
	size_t size = strlen(name) + 1;
	if (reader->source.iface_count == INTERFACES_MAX)
		return NULL;
	struct file_iface *made = malloc(sizeof *made + size);
	if (!made)
		return NULL;
	made->iface = *iface;
	made->clock = *clock;
	memcpy(made->name, name, size);
	made->iface.name = made->name;
	reader->all[reader->source.iface_count++] = &made->iface;
	return made;
}

/* ---- the source ------------------------------------------------------------------------------------------- */

/* Gets more for the record at hand. 1: try again; 0: the end, or stop; negative: damage or a failure. */
static int more(struct reader *reader, struct rt_error *error)
{
	struct input *input = &reader->input;
	if (input->is_at_end && input_left(input))
		return truncated(reader, error);
	if (input->is_cut)
		return rt_fail(error, EBADMSG, "%s: cut at offset %llu while it was read", input->name,
		               (unsigned long long)input_offset(input));
	if (input->is_at_end)
		return 0;
	int rc = input_fill(input, reader->more.size, error);
	return rc < 0 ? rc : rc == INPUT_FILLED;
}

static int reader_next(struct rt_source *source, struct rt_batch *batch, struct rt_error *error)
{
	struct reader *reader = RT_OUTER(source, struct reader, source);
	size_t count = 0;
	input_check(&reader->input);
	while (count < BATCH_FRAMES) {
		int rc = reader->step(reader, &reader->frames[count], error);
		if (rc == STEP_FRAME) {
			count++;
		} else if (rc != STEP_NOTHING) {
			if (count)              /* frames first: they may borrow from the buffer */
				break;
			rc = rc == STEP_MORE ? more(reader, error) : rc;
			if (rc <= 0)
				return rc;
		}
	}
	*batch = (struct rt_batch){ .frames = reader->frames, .count = count };
	reader->lent += count;
	return 1;
}

static void reader_release(struct rt_source *source) { (void)source; }

static void reader_stats(struct rt_source *source, struct rt_stats *stats)
{
	*stats = (struct rt_stats){ .received = RT_OUTER(source, struct reader, source)->lent };
}

static void reader_close(struct rt_source *source)
{
	struct reader *reader = RT_OUTER(source, struct reader, source);
	for (size_t i = 0; i < source->iface_count; i++)
		free((char *)(uintptr_t)reader->all[i] - offsetof(struct file_iface, iface));
	input_close(&reader->input);
	free(reader);
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

/* The first step of every reader: which format is it? */
static int find_format(struct reader *reader, struct rt_frame *frame, struct rt_error *error)
{
	const struct input *input = &reader->input;
	(void)frame;
	if (input_left(input) < 4)
		return input->is_at_end ? foreign(reader, error) : reader_more(reader, "file header", 0, 4);
	uint32_t magic = rt_be32(input->bytes + input->at);
	return pcap_begin(reader, magic) || pcapng_begin(reader, magic) ? STEP_NOTHING : foreign(reader, error);
}

/* Records up to the first interface, or until stop. What goes wrong after the file header is for `next` to tell. */
static int read_header(struct reader *reader, struct rt_error *error)
{
	unsigned passed = 0;            /* the format, then the file header */
	while (!reader->source.iface_count) {
		int rc = reader->step(reader, &reader->frames[0], error);
		passed += rc == STEP_NOTHING;
		if (rc == STEP_MORE)
			rc = more(reader, error);
		if (rc <= 0)
			return passed >= 2 ? 0 : rc;
	}
	return 0;
}

int rt_file_open(struct rt_source **source, const char *path, struct rt_stop *stop, struct rt_error *error)
{
	*source = NULL;
	struct reader *reader = calloc(1, sizeof *reader);
	if (!reader)
		return rt_fail(error, ENOMEM, "%s: no memory", path);
	reader->source = (struct rt_source){ .next = reader_next, .release = reader_release, .stats = reader_stats,
	                                     .close = reader_close, .ifaces = reader->all };
	reader->step = find_format;
	int rc = input_open(&reader->input, path, stop, error);
	if (rc == 0)
		rc = read_header(reader, error);
	if (rc < 0) {
		reader_close(&reader->source);
		return rc;
	}
	*source = &reader->source;
	return 0;
}
