/* SPDX-License-Identifier: MIT */
/* capfile.c - capture files byte by byte, and what a source makes of them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"

/* ---- bytes -------------------------------------------------------------------------------------------- */

void capfile_free(struct capfile *file)
{
	free(file->bytes);
	*file = (struct capfile){ 0 };
}

void capfile_put(struct capfile *file, const void *bytes, size_t size)
{
	if (file->room - file->size < size) {
		file->room = (file->size + size) * 2;
		file->bytes = realloc(file->bytes, file->room);
		assert_non_null(file->bytes);
	}
	if (size)
		memcpy(file->bytes + file->size, bytes, size);
	file->size += size;
}

void capfile_zeros(struct capfile *file, size_t size)
{
	while (size--)
		capfile_put(file, "", 1);
}

static void put_number(struct capfile *file, uint32_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++) {
		uint8_t byte = (uint8_t)(value >> 8 * (file->is_big ? size - 1 - i : i));
		capfile_put(file, &byte, 1);
	}
}

void capfile_u16(struct capfile *file, unsigned value) { put_number(file, value, 2); }
void capfile_u32(struct capfile *file, uint32_t value) { put_number(file, value, 4); }

void capfile_set_u32(struct capfile *file, size_t at, uint32_t value)
{
	size_t size = file->size;
	assert_true(at + 4 <= size);
	file->size = at;
	capfile_u32(file, value);
	file->size = size;
}

/* ---- pcap --------------------------------------------------------------------------------------------------- */

void capfile_pcap(struct capfile *file, uint32_t magic, uint32_t snaplen, uint32_t network)
{
	capfile_u32(file, magic);
	capfile_u16(file, 2);
	capfile_u16(file, 4);
	capfile_u32(file, 0);
	capfile_u32(file, 0);
	capfile_u32(file, snaplen);
	capfile_u32(file, network);
}

void capfile_record(struct capfile *file, uint32_t seconds, uint32_t fraction, uint32_t caplen, uint32_t len,
                    const uint8_t *data, size_t size)
{
	capfile_u32(file, seconds);
	capfile_u32(file, fraction);
	capfile_u32(file, caplen);
	capfile_u32(file, len);
	capfile_put(file, data, size);
}

/* ---- pcapng --------------------------------------------------------------------------------------------------- */

static size_t block_begin(struct capfile *file, uint32_t type)
{
	size_t at = file->size;
	capfile_u32(file, type);
	capfile_u32(file, 0);
	return at;
}

static void pad(struct capfile *file, size_t size) { capfile_zeros(file, (4 - size % 4) % 4); }

static void block_end(struct capfile *file, size_t at)
{
	uint32_t size = (uint32_t)(file->size + 4 - at);
	capfile_u32(file, size);
	capfile_set_u32(file, at + 4, size);
}

static void option(struct capfile *file, unsigned code, const void *value, size_t size)
{
	capfile_u16(file, code);
	capfile_u16(file, (unsigned)size);
	capfile_put(file, value, size);
	pad(file, size);
}

void capfile_block(struct capfile *file, uint32_t type, const void *body, size_t size)
{
	size_t at = block_begin(file, type);
	capfile_put(file, body, size);
	pad(file, size);
	block_end(file, at);
}

void capfile_section(struct capfile *file)
{
	size_t at = block_begin(file, 0x0a0d0d0a);
	capfile_u32(file, 0x1a2b3c4d);
	capfile_u16(file, 1);
	capfile_u16(file, 0);
	capfile_u32(file, 0xffffffff);          /* section length: not known */
	capfile_u32(file, 0xffffffff);
	block_end(file, at);
}

void capfile_interface(struct capfile *file, const struct capfile_interface *with)
{
	size_t at = block_begin(file, 1);
	capfile_u16(file, with->link);
	capfile_u16(file, 0);
	capfile_u32(file, with->snaplen);
	if (with->name)
		option(file, 2, with->name, strlen(with->name));
	if (with->tsresol != NO_OPTION)
		option(file, 9, &(uint8_t){ (uint8_t)with->tsresol }, 1);
	if (with->tsoffset) {
		struct capfile value = { .is_big = file->is_big };
		uint32_t high = (uint32_t)((uint64_t)with->tsoffset >> 32), low = (uint32_t)with->tsoffset;
		capfile_u32(&value, file->is_big ? high : low);
		capfile_u32(&value, file->is_big ? low : high);
		option(file, 14, value.bytes, 8);
		capfile_free(&value);
	}
	if (with->name || with->tsresol != NO_OPTION || with->tsoffset)
		option(file, 0, NULL, 0);
	block_end(file, at);
}

void capfile_enhanced(struct capfile *file, uint32_t iface, uint64_t units, const uint8_t *data, uint32_t caplen,
                      uint32_t len)
{
	size_t at = block_begin(file, 6);
	capfile_u32(file, iface);
	capfile_u32(file, (uint32_t)(units >> 32));
	capfile_u32(file, (uint32_t)units);
	capfile_u32(file, caplen);
	capfile_u32(file, len);
	capfile_put(file, data, caplen);
	pad(file, caplen);
	block_end(file, at);
}

void capfile_obsolete(struct capfile *file, unsigned iface, uint64_t units, const uint8_t *data, uint32_t caplen,
                      uint32_t len)
{
	size_t at = block_begin(file, 2);
	capfile_u16(file, iface);
	capfile_u16(file, 0xffff);              /* drops: not known */
	capfile_u32(file, (uint32_t)(units >> 32));
	capfile_u32(file, (uint32_t)units);
	capfile_u32(file, caplen);
	capfile_u32(file, len);
	capfile_put(file, data, caplen);
	pad(file, caplen);
	block_end(file, at);
}

void capfile_simple(struct capfile *file, const uint8_t *data, uint32_t caplen, uint32_t len)
{
	size_t at = block_begin(file, 3);
	capfile_u32(file, len);
	capfile_put(file, data, caplen);
	pad(file, caplen);
	block_end(file, at);
}

void capfile_fill(uint8_t *data, size_t size, unsigned seed)
{
	for (size_t i = 0; i < size; i++)
		data[i] = (uint8_t)(seed * 31 + i * 7 + (i >> 8));
}

/* ---- a private folder --------------------------------------------------------------------------------------- */

static char folder[32];

const char *scratch(const char *name)
{
	static char paths[8][64];
	static unsigned turn;
	char *path = paths[turn++ % 8];
	if (!folder[0]) {
		snprintf(folder, sizeof folder, "/tmp/ringtap-XXXXXX");
		assert_non_null(mkdtemp(folder));
	}
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

void scratch_end(void)
{
	DIR *all = folder[0] ? opendir(folder) : NULL;
	for (struct dirent *entry; all && (entry = readdir(all)); )
		unlinkat(dirfd(all), entry->d_name, 0);
	if (all)
		closedir(all);
	if (folder[0])
		rmdir(folder);
	folder[0] = '\0';
}

void capfile_save(const struct capfile *file, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(rt_write_all(fd, file->bytes, file->size), 0);
	close(fd);
}

/* ---- reading to the end ---------------------------------------------------------------------------------------- */

static void seen_take(struct seen *seen, const struct rt_frame *frame)
{
	if (seen->count == seen->room) {
		seen->room = seen->room ? seen->room * 2 : 16;
		seen->frames = realloc(seen->frames, seen->room * sizeof *seen->frames);
		assert_non_null(seen->frames);
	}
	struct seen_frame *to = &seen->frames[seen->count++];
	assert_non_null(frame->iface);
	assert_non_null(frame->iface->name);
	assert_int_equal(frame->link, frame->iface->link);
	assert_true(frame->caplen <= frame->len);
	*to = (struct seen_frame){ .time = frame->time, .caplen = frame->caplen, .len = frame->len, .link = frame->link,
	                           .snaplen = frame->iface->snaplen, .is_nano = frame->iface->is_nano };
	snprintf(to->iface, sizeof to->iface, "%s", frame->iface->name);
	to->data = malloc(frame->caplen + 1);
	assert_non_null(to->data);
	if (frame->caplen)
		memcpy(to->data, frame->data, frame->caplen);
}

struct seen seen_path(const char *path)
{
	struct seen seen = { 0 };
	struct rt_source *source = NULL;
	snprintf(seen.path, sizeof seen.path, "%s", path);
	seen.rc = rt_file_open(&source, path, NULL, &seen.error);
	seen.is_open = seen.rc == 0;
	if (seen.rc < 0)
		return seen;
	assert_non_null(source);
	for (;;) {
		struct rt_batch batch = { 0 };
		seen.rc = source->next(source, &batch, &seen.error);
		if (seen.rc != 1)
			break;
		for (size_t i = 0; i < batch.count; i++)
			seen_take(&seen, &batch.frames[i]);
		source->release(source);
	}
	if (seen.rc < 0) {                      /* an error stays, and is not told twice with other words */
		struct rt_batch batch = { 0 };
		struct rt_error again = { 0 };
		assert_true(source->next(source, &batch, &again) <= 0);
	}
	rt_source_close(source);
	return seen;
}

void seen_free(struct seen *seen)
{
	for (size_t i = 0; i < seen->count; i++)
		free(seen->frames[i].data);
	free(seen->frames);
	*seen = (struct seen){ 0 };
}

static void dribble(const struct capfile *file, int fd, bool is_slow)
{
	for (size_t at = 0, n; at < file->size; at += n) {
		n = is_slow ? 1 + at % 7 : file->size;
		if (n > file->size - at)
			n = file->size - at;
		if (rt_write_all(fd, file->bytes + at, n) < 0)
			_exit(1);
	}
	_exit(0);
}

struct seen capfile_read(const struct capfile *file, enum capfile_way way)
{
	char path[64];
	int pipes[2];
	if (way == CAPFILE_MAPPED) {
		const char *name = scratch("image");
		capfile_save(file, name);
		return seen_path(name);
	}
	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(pipes[0]);
		dribble(file, pipes[1], way == CAPFILE_DRIBBLED);
	}
	close(pipes[1]);
	snprintf(path, sizeof path, "/proc/self/fd/%d", pipes[0]);
	struct seen seen = seen_path(path);
	close(pipes[0]);                        /* a writer that is still there now gets SIGPIPE */
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return seen;
}
