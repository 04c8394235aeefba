/* SPDX-License-Identifier: MIT */
/* fuzz_file.c - any bytes as a capture file. A map and a pipe must give the same frames and the same end, frames lie
 * within bounds, and there are never more than the bytes allow. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <ringtap/file.h>

struct outcome { uint64_t count, sum; int rc; };

static uint64_t mix(uint64_t sum, uint64_t value) { return (sum ^ value) * 1099511628211u; }   /* FNV-1a */

static uint64_t frame_sum(uint64_t sum, const struct rt_frame *frame)
{
	if (frame->caplen > frame->len || frame->link != frame->iface->link)
		abort();
	for (uint32_t i = 0; i < frame->caplen; i++)
		sum = mix(sum, frame->data[i]);
	return mix(mix(mix(sum, frame->time), frame->len), strlen(frame->iface->name));
}

static struct outcome read_all(int fd)
{
	struct outcome outcome = { 0 };
	struct rt_source *source;
	struct rt_error error;
	struct rt_batch batch;
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	outcome.rc = rt_file_open(&source, path, NULL, &error);
	if (outcome.rc < 0)
		return outcome;
	while ((outcome.rc = source->next(source, &batch, &error)) == 1) {
		for (size_t i = 0; i < batch.count; i++)
			outcome.sum = frame_sum(outcome.sum, &batch.frames[i]);
		outcome.count += batch.count;
		source->release(source);
	}
	rt_source_close(source);
	return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int pipes[2];
	if (size > 32768)                       /* a pipe holds 64 KiB */
		return 0;
	int memory = memfd_create("capture", MFD_CLOEXEC);
	if (memory < 0 || pipe2(pipes, O_CLOEXEC) < 0)
		abort();
	if (rt_write_all(memory, data, size) < 0 || rt_write_all(pipes[1], data, size) < 0)
		abort();
	close(pipes[1]);
	struct outcome mapped = read_all(memory), piped = read_all(pipes[0]);
	close(pipes[0]);
	close(memory);
	if (mapped.count != piped.count || mapped.sum != piped.sum || mapped.rc != piped.rc || mapped.count > size / 12)
		abort();
	return 0;
}
