/* SPDX-License-Identifier: MIT */
/* store.c - frames that are kept: copied one behind the other into chunks, with a table of where they are. When the
 * limit is reached the oldest chunk goes with all its frames. Nothing is allocated for a single frame. */
#include <errno.h>
#include <stdlib.h>
#include "packets.h"

#define CHUNK_MIN (4u << 10)
#define CHUNK_MAX (256u << 10)

struct chunk {
	struct chunk *next;
	size_t size, used;       /* of `bytes`                                                           */
	size_t frames;
	_Alignas(struct rt_frame) uint8_t bytes[];
};

struct rt_store {
	struct rt_sink sink;
	struct rt_host *host;
	struct chunk *oldest, *newest;
	struct rt_frame **at;    /* [first .. first + count - 1], oldest first                           */
	size_t first, count, room;
	uint64_t limit, used, gone;
	unsigned shares;
};

/* ---- memory ---------------------------------------------------------------------------------------- */

static void account(struct rt_store *store, uint64_t more, uint64_t less)
{
	store->used += more - less;
	store->host->stored += more - less;
}

static void drop_oldest(struct rt_store *store)
{
	struct chunk *chunk = store->oldest;
	store->oldest = chunk->next;
	if (!store->oldest)
		store->newest = NULL;
	store->first += chunk->frames;
	store->count -= chunk->frames;
	store->gone += chunk->frames;
	account(store, 0, sizeof *chunk + chunk->size);
	free(chunk);
}

static bool reserve(struct rt_store *store, uint64_t bytes)
{
	while (store->oldest && store->used + bytes > store->limit)
		drop_oldest(store);
	return store->used + bytes <= store->limit;
}

static size_t chunk_size(const struct rt_store *store, size_t need)
{
	const uint64_t part = store->limit / 16;
	const size_t size = part > CHUNK_MAX ? CHUNK_MAX : part < CHUNK_MIN ? CHUNK_MIN : (size_t)part;
	return size > need ? size : need;
}

static bool add_chunk(struct rt_store *store, size_t need)
{
	const size_t size = chunk_size(store, need);
	struct chunk *chunk = reserve(store, sizeof *chunk + size) ? malloc(sizeof *chunk + size) : NULL;
	if (!chunk)
		return false;
	*chunk = (struct chunk){ .size = size };
	if (store->newest)
		store->newest->next = chunk;
	else
		store->oldest = chunk;
	store->newest = chunk;
	account(store, sizeof *chunk + size, 0);
	return true;
}

/* Room for one more in the table: what has gone from its front is used again, as long as that is much. */
static bool table_grow(struct rt_store *store)
{
	if (store->first + store->count < store->room)
		return true;
	if (store->first > store->room / 2) {
		memmove(store->at, store->at + store->first, store->count * sizeof *store->at);
		store->first = 0;
		return true;
	}
	const size_t room = store->room ? store->room * 2 : 64, more = (room - store->room) * sizeof *store->at;
	if (room > UINT32_MAX || !reserve(store, more))
		return false;
	struct rt_frame **at = realloc(store->at, room * sizeof *at);
	if (!at)
		return false;
	store->at = at;
	store->room = room;
	account(store, more, 0);
	return true;
}

/* ---- adding ---------------------------------------------------------------------------------------- */

int store_add(struct rt_store *store, const struct rt_frame *frame)
{
	const size_t align = _Alignof(struct rt_frame);
	const size_t need = (sizeof *frame + frame->caplen + align - 1) / align * align;
	bool has_room = table_grow(store);      /* the oldest may have gone for it */
	if (has_room && (!store->newest || store->newest->size - store->newest->used < need))
		has_room = add_chunk(store, need);
	if (!has_room) {
		store->gone++;
		return -ENOMEM;
	}
	struct chunk *chunk = store->newest;
	struct rt_frame *kept = (struct rt_frame *)(void *)(chunk->bytes + chunk->used);
	uint8_t *bytes = (uint8_t *)(kept + 1);
	*kept = *frame;
	kept->data = memcpy(bytes, frame->data, frame->caplen);
	kept->iface = host_iface(store->host, frame->iface);
	if (!kept->number)                      /* straight from a file */
		kept->number = store->gone + store->count + 1;
	chunk->used += need;
	chunk->frames++;
	store->at[store->first + store->count++] = kept;
	return 0;
}

static int sink_take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct rt_store *store = RT_OUTER(sink, struct rt_store, sink);
	(void)error;
	for (size_t i = 0; i < count; i++)
		store_add(store, &frames[i]);
	return 0;
}

static int sink_nothing(struct rt_sink *sink, struct rt_error *error) { (void)sink; (void)error; return 0; }

/* ---- asking ---------------------------------------------------------------------------------------- */

struct rt_sink *rt_store_sink(struct rt_store *store) { return &store->sink; }
size_t rt_store_count(const struct rt_store *store) { return store->count; }
uint64_t rt_store_gone(const struct rt_store *store) { return store->gone; }

void rt_store_tell_gone(const struct rt_store *store, struct rt_text *err)
{
	if (!store->gone)
		return;
	rt_put_format(err, "ringtap: %llu older packets were not kept (--store)\n", (unsigned long long)store->gone);
	rt_text_flush(err);
}

const struct rt_frame *store_frame(const struct rt_store *store, size_t index)
{
	return index < store->count ? store->at[store->first + index] : NULL;
}

/* ---- life ------------------------------------------------------------------------------------------ */

int rt_store_new(struct rt_store **store, struct rt_host *host, uint64_t limit, struct rt_error *error)
{
	struct rt_store *made = *store = calloc(1, sizeof *made);
	if (!made)
		return rt_fail(error, ENOMEM, "no memory to keep packets");
	made->sink = (struct rt_sink){ .take = sink_take, .flush = sink_nothing, .close = sink_nothing };
	made->host = host;
	made->limit = limit ? limit : host->options.store;
	made->shares = 1;
	return 0;
}

struct rt_store *store_share(struct rt_store *store)
{
	store->shares++;
	return store;
}

void rt_store_close(struct rt_store *store)
{
	if (!store || --store->shares)
		return;
	const uint64_t gone = store->gone;
	while (store->oldest)
		drop_oldest(store);
	store->gone = gone;
	account(store, 0, store->room * sizeof *store->at);
	free(store->at);
	free(store);
}

/* Lists that nobody needs any more are only noticed when the heap is swept. */
struct rt_store *store_for(struct rt_script *s)
{
	struct rt_host *host = host_of(s);
	const uint64_t most = 2 * host->options.store;
	struct rt_store *store;
	struct rt_error error;
	if (host->stored > host->options.store / 2)
		heap_collect(s);
	const uint64_t left = host->stored < most ? most - host->stored : 0;
	if (left < 4 * CHUNK_MIN ||
	    rt_store_new(&store, host, left < host->options.store ? left : host->options.store, &error) < 0) {
		rt_raise(s, RT_MemoryError, "no memory to keep more packets");
		return NULL;
	}
	return store;
}
