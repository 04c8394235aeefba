/* SPDX-License-Identifier: MIT */
/* arena.c - memory that is given back all at once: the filter compiler's trees and graphs.
 * Chunks are at least 16 KiB; a request never moves what was given before. */
#include <stdlib.h>
#include <ringtap/base.h>

#define CHUNK_BYTES 16384u

struct rt_chunk {
	struct rt_chunk *older;
	size_t used, size;                  /* of `bytes` */
	_Alignas(max_align_t) unsigned char bytes[];
};

static struct rt_chunk *chunk_new(struct rt_arena *arena, size_t size)
{
	size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
	struct rt_chunk *chunk = calloc(1, sizeof *chunk + room);
	if (!chunk)
		return NULL;
	chunk->size = room;
	chunk->older = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *rt_arena_get(struct rt_arena *arena, size_t size)
{
	const size_t unit = _Alignof(max_align_t);
	if (arena->is_full || size > SIZE_MAX / 2 ||
	    (arena->limit && (size > arena->limit || arena->used > arena->limit - size))) {
		arena->is_full = true;
		return NULL;
	}
	size = (size + unit - 1) / unit * unit;
	struct rt_chunk *chunk = arena->chunks;
	if (!chunk || chunk->size - chunk->used < size)
		chunk = chunk_new(arena, size);
	if (!chunk) {
		arena->is_full = true;
		return NULL;
	}
	void *memory = chunk->bytes + chunk->used;
	chunk->used += size;
	arena->used += size;
	return memory;
}

void rt_arena_free(struct rt_arena *arena)
{
	while (arena->chunks) {
		struct rt_chunk *older = arena->chunks->older;
		free(arena->chunks);
		arena->chunks = older;
	}
	arena->used = 0;
	arena->is_full = false;
}
