/* SPDX-License-Identifier: MIT */
/* input.c - a path into bytes in order: a map of a regular file, or one buffer that a pipe is read into.
 * Knows nothing of packets.
 *
 * A mapped page past the end of a file that somebody else cut is SIGBUS. The size is therefore asked again
 * before every batch, and nothing past it is touched. What remains is a file cut while a batch is being used;
 * to exclude that too means to copy every byte, or to own the process's signal handlers. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "input.h"

#define BUFFER_BYTES (256u << 10)

static void set_name(struct input *input, const char *path)
{
	size_t size = strlen(path), most = sizeof input->name - 1;
	bool is_long = size > most;
	struct rt_text text;
	rt_text_init(&text, input->name, most, -1);
	if (is_long)            /* its end tells more, and the message must have room for the offset */
		rt_put_string(&text, "...");
	rt_put_string(&text, is_long ? path + size - (most - 3) : path);
	*text.at = '\0';
}

/* false: streamed instead (too large for the address space, or a file system without maps). */
static bool map_file(struct input *input, uint64_t size)
{
	off_t at = lseek(input->fd, 0, SEEK_CUR);
	if (at < 0 || size == 0 || size > SIZE_MAX || (uint64_t)at > size)
		return false;
	void *map = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, input->fd, 0);
	if (map == MAP_FAILED)
		return false;
	(void)madvise(map, (size_t)size, MADV_SEQUENTIAL);
	input->map = map;
	input->bytes = map;
	input->map_size = input->size = (size_t)size;
	input->at = (size_t)at;
	input->is_at_end = true;
	return true;
}

int input_open(struct input *input, const char *path, struct rt_stop *stop, struct rt_error *error)
{
	struct stat st;
	bool is_standard = strcmp(path, "-") == 0;
	*input = (struct input){ .fd = STDIN_FILENO, .stop = stop };
	set_name(input, is_standard ? "standard input" : path);
	/* O_NONBLOCK: a FIFO without a writer must not hold us where `stop` cannot reach */
	if (!is_standard)
		input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (input->fd < 0 || fstat(input->fd, &st) < 0)
		return rt_fail(error, errno, "%s: %s", input->name, rt_errno_text(errno));
	if (S_ISDIR(st.st_mode))
		return rt_fail(error, EISDIR, "%s: %s", input->name, rt_errno_text(EISDIR));
	if (S_ISREG(st.st_mode) && map_file(input, (uint64_t)st.st_size))
		return 0;
	input->buffer = malloc(BUFFER_BYTES);
	if (!input->buffer)
		return rt_fail(error, ENOMEM, "%s: no memory", input->name);
	input->bytes = input->buffer;
	input->room = BUFFER_BYTES;
	return 0;
}

void input_close(struct input *input)
{
	if (input->map)
		munmap(input->map, input->map_size);
	free(input->buffer);
	if (input->fd > STDIN_FILENO)
		close(input->fd);
	*input = (struct input){ .fd = -1 };
}

void input_check(struct input *input)
{
	struct stat st;
	if (!input->map || fstat(input->fd, &st) < 0 || (uint64_t)st.st_size >= input->size)
		return;
	input->size = st.st_size < (off_t)input->at ? input->at : (size_t)st.st_size;
	input->is_cut = true;
}

static int make_room(struct input *input, size_t need, struct rt_error *error)
{
	size_t left = input_left(input);
	if (left && input->at)
		memmove(input->buffer, input->buffer + input->at, left);
	input->before += input->at;
	input->at = 0;
	input->size = left;
	if (need <= input->room)
		return 0;
	uint8_t *larger = realloc(input->buffer, need);
	if (!larger)
		return rt_fail(error, ENOMEM, "%s: no memory for a record of %zu bytes", input->name, need);
	input->bytes = input->buffer = larger;
	input->room = need;
	return 0;
}

/* Until there is something to read, or the capture is to stop. */
static int wait_readable(const struct input *input, struct rt_error *error)
{
	const struct rt_stop *stop = input->stop;
	struct pollfd fds[2] = {
		{ .fd = input->fd, .events = POLLIN },
		{ .fd = stop ? stop->fd : -1, .events = POLLIN },
	};
	while (!stop || !stop->now) {
		int n = poll(fds, RT_COUNT(fds), -1);
		if (n < 0 && errno != EINTR)
			return rt_fail(error, errno, "%s: poll: %s", input->name, rt_errno_text(errno));
		if (n > 0)
			return fds[1].revents ? INPUT_STOPPED : INPUT_FILLED;
	}
	return INPUT_STOPPED;
}

int input_fill(struct input *input, size_t need, struct rt_error *error)
{
	int rc = make_room(input, need, error);
	if (rc < 0)
		return rc;
	for (;;) {
		rc = wait_readable(input, error);
		if (rc != INPUT_FILLED)
			return rc;
		ssize_t n = read(input->fd, input->buffer + input->size, input->room - input->size);
		if (n >= 0) {
			input->size += (size_t)n;
			input->is_at_end = n == 0;
			return INPUT_FILLED;
		}
		if (errno != EINTR && errno != EAGAIN)
			return rt_fail(error, errno, "%s: %s", input->name, rt_errno_text(errno));
	}
}
