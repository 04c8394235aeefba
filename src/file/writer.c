/* SPDX-License-Identifier: MIT */
/* writer.c - frames into a pcap file, in the byte order of this machine as tcpdump does it: one buffer, whole
 * records, no system call a packet. A disk that is full leaves a file that ends with a whole record.
 * Format: draft-ietf-opsawg-pcap. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <ringtap/file.h>

#define BUFFER_BYTES  (256u << 10)
#define RECORD_HEADER 16u
#define SECOND        1000000000u

struct writer {
	struct rt_sink sink;     /* first: it is what others see                                   */
	struct rt_text text;     /* the buffer; holds whole records only                           */
	uint32_t unit;           /* nanoseconds of a fraction of a second                          */
	unsigned link;
	bool is_unbuffered, is_own;
	char name[128];          /* for messages                                                   */
	char memory[BUFFER_BYTES];
};

static int failed(struct writer *writer, struct rt_error *error)
{
	int code = writer->text.error;
	return rt_fail(error, code, "%s: %s", writer->name, rt_errno_text(code));
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

/* How many of the first `size` bytes of the buffer are whole records. */
static size_t whole_records(const struct writer *writer, size_t size)
{
	size_t at = 0;
	while (size - at >= RECORD_HEADER) {
		uint32_t caplen;
		memcpy(&caplen, writer->memory + at + 8, sizeof caplen);
		if (size - at - RECORD_HEADER < caplen)
			break;
		at += RECORD_HEADER + (size_t)caplen;
	}
	return at;
}

/* After a failed write: what was written of the buffer is cut back to its whole records. */
static void cut_back(const struct writer *writer, off_t start)
{
	off_t end = lseek(writer->text.fd, 0, SEEK_CUR);
	if (!writer->is_own || start < 0 || end < start)
		return;
	(void)!ftruncate(writer->text.fd, start + (off_t)whole_records(writer, (size_t)(end - start)));
}

static int flush(struct writer *writer, struct rt_error *error)
{
	size_t size = rt_text_length(&writer->text);
	if (!writer->text.error && size) {
		off_t start = writer->is_own ? lseek(writer->text.fd, 0, SEEK_CUR) : -1;
		if (rt_text_flush(&writer->text) < 0)
			cut_back(writer, start);
	}
	return writer->text.error ? failed(writer, error) : 0;
}

/* A frame larger than the buffer: straight to the file, after what is in front of it. */
static int write_large(struct writer *writer, const uint32_t header[4], const struct rt_frame *frame,
                       struct rt_error *error)
{
	int rc = flush(writer, error);
	if (rc < 0)
		return rc;
	off_t start = writer->is_own ? lseek(writer->text.fd, 0, SEEK_CUR) : -1;
	rc = rt_write_all(writer->text.fd, header, RECORD_HEADER);
	if (rc == 0)
		rc = rt_write_all(writer->text.fd, frame->data, frame->caplen);
	if (rc == 0)
		return 0;
	if (start >= 0)
		(void)!ftruncate(writer->text.fd, start);
	writer->text.error = -rc;
	return failed(writer, error);
}

static int write_frame(struct writer *writer, const struct rt_frame *frame, struct rt_error *error)
{
	uint64_t seconds = frame->time / SECOND;
	const uint32_t header[4] = {
		seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds,
		(uint32_t)(frame->time % SECOND) / writer->unit, frame->caplen, frame->len,
	};
	size_t size = RECORD_HEADER + (size_t)frame->caplen;
	if (size > BUFFER_BYTES)
		return write_large(writer, header, frame, error);
	if ((size_t)(writer->text.end - writer->text.at) < size) {
		int rc = flush(writer, error);
		if (rc < 0)
			return rc;
	}
	memcpy(writer->text.at, header, RECORD_HEADER);
	if (frame->caplen)
		memcpy(writer->text.at + RECORD_HEADER, frame->data, frame->caplen);
	writer->text.at += size;
	return 0;
}

/* ---- the sink ------------------------------------------------------------------------------------------------ */

static int writer_take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct writer *writer = RT_OUTER(sink, struct writer, sink);
	if (writer->text.error)
		return failed(writer, error);
	for (size_t i = 0; i < count; i++) {
		if (frames[i].link != writer->link)
			return rt_fail(error, EINVAL, "%s: packet %llu has link type %u, and the file holds link type %u",
			               writer->name, (unsigned long long)frames[i].number, frames[i].link, writer->link);
		int rc = write_frame(writer, &frames[i], error);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int writer_flush(struct rt_sink *sink, struct rt_error *error)
{
	struct writer *writer = RT_OUTER(sink, struct writer, sink);
	return writer->is_unbuffered ? flush(writer, error) : writer->text.error ? failed(writer, error) : 0;
}

static int writer_close(struct rt_sink *sink, struct rt_error *error)
{
	struct writer *writer = RT_OUTER(sink, struct writer, sink);
	int rc = flush(writer, error);
	/* some file systems tell only now that the disk is full */
	if (writer->is_own && close(writer->text.fd) < 0 && rc == 0 && errno != EINTR)
		rc = rt_fail(error, errno, "%s: %s", writer->name, rt_errno_text(errno));
	free(writer);
	return rc;
}

static int write_header(struct writer *writer, const struct rt_file_options *options, struct rt_error *error)
{
	const struct { uint32_t magic; uint16_t major, minor; uint32_t zeros[2], snaplen, link; } header = {
		.magic = options->is_nano ? 0xa1b23c4du : 0xa1b2c3d4u, .major = 2, .minor = 4,
		.snaplen = options->snaplen, .link = rt_link_in_file(options->link),
	};
	writer->text.error = -rt_write_all(writer->text.fd, &header, sizeof header);
	return writer->text.error ? failed(writer, error) : 0;
}

int rt_file_create(struct rt_sink **sink, const char *path, const struct rt_file_options *options,
                   struct rt_error *error)
{
	*sink = NULL;
	struct writer *writer = calloc(1, sizeof *writer);
	if (!writer)
		return rt_fail(error, ENOMEM, "%s: no memory", path);
	bool is_standard = strcmp(path, "-") == 0;
	const char *name = is_standard ? "standard output" : path;
	size_t size = strlen(name), most = sizeof writer->name - 1;
	memcpy(writer->name, size > most ? name + size - most : name, size > most ? most : size);
	writer->sink = (struct rt_sink){ .take = writer_take, .flush = writer_flush, .close = writer_close };
	writer->unit = options->is_nano ? 1 : 1000;
	writer->link = options->link;
	writer->is_unbuffered = options->is_unbuffered;
	int fd = is_standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int rc = fd < 0 ? rt_fail(error, errno, "%s: %s", writer->name, rt_errno_text(errno)) : 0;
	writer->is_own = !is_standard && fd >= 0;
	rt_text_init(&writer->text, writer->memory, BUFFER_BYTES, fd);
	if (rc == 0)
		rc = write_header(writer, options, error);
	if (rc < 0) {
		if (writer->is_own)
			close(fd);
		free(writer);
		return rc;
	}
	*sink = &writer->sink;
	return 0;
}
