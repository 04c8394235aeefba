/* SPDX-License-Identifier: MIT */
/* load.h - what the benchmarks in C share: the frames of a pcap file, which stay in memory, and the CPU time. */
#ifndef RINGTAP_BENCH_LOAD_H
#define RINGTAP_BENCH_LOAD_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <ringtap/packet.h>

struct load { struct rt_frame *frames; size_t count; };

static const struct rt_iface load_iface = { .name = "", .link = RT_LINK_ETHER };

static inline void quit(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

static inline uint32_t le32(const uint8_t *p) { return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24; }

static inline uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0)
		quit("cannot read the file");
	*size = (size_t)ftell(file);
	rewind(file);
	uint8_t *bytes = malloc(*size + 1);
	if (!bytes || fread(bytes, 1, *size, file) != *size)
		quit("cannot read the file");
	fclose(file);
	return bytes;
}

/* At most `limit` frames of Ethernet; the file is not checked, it is one that mixed.py wrote. */
static inline struct load load_pcap(const char *path, size_t limit)
{
	size_t size, room = 1024;
	const uint8_t *bytes = read_file(path, &size);
	struct load load = { .frames = malloc(room * sizeof *load.frames) };
	if (!load.frames || size < 24 || le32(bytes) != 0xa1b2c3d4)
		quit("not a little-endian pcap file with microseconds");
	for (size_t at = 24; at + 16 <= size && load.count < limit; ) {
		const uint8_t *p = bytes + at;
		const uint32_t caplen = le32(p + 8);
		if (caplen > size - at - 16)
			break;
		if (load.count == room && !(load.frames = realloc(load.frames, (room *= 2) * sizeof *load.frames)))
			quit("no memory");
		load.frames[load.count++] = (struct rt_frame){
			.data = p + 16, .caplen = caplen, .len = le32(p + 12), .iface = &load_iface, .link = RT_LINK_ETHER,
			.time = le32(p) * 1000000000ull + le32(p + 4) * 1000ull, .number = load.count + 1,
		};
		at += 16 + (size_t)caplen;
	}
	return load;
}

static inline uint64_t cpu_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

#endif
