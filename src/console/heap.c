/* SPDX-License-Identifier: MIT */
/* heap.c - memory of one interpreter, counted against its limit, and mark and sweep. Small blocks that are swept are
 * kept for the next object of their size; all memory comes from malloc, so that tools see its use. */
#include <stdlib.h>
#include "machine.h"

#define UNIT          16u
#define THRESHOLD_MIN (256u << 10)       /* bytes made before the first collection                       */
#define SPARE_MAX     (256u << 10)       /* bytes kept for later, at most, when nothing else is used     */

#if defined(__SANITIZE_ADDRESS__)
#define KEEPS_SPARES 0                   /* so that a use after the sweep is seen                        */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEEPS_SPARES 0
#endif
#endif
#ifndef KEEPS_SPARES
#define KEEPS_SPARES 1
#endif

struct spare { struct spare *next; };

/* ---- spare blocks ------------------------------------------------------------------------------------- */

static size_t rounded(size_t size) { return (size + UNIT - 1) / UNIT * UNIT; }
static bool is_small(size_t size) { return KEEPS_SPARES && size <= UNIT * SPARE_SIZES; }

static void *spare_take(struct heap *heap, size_t size)
{
	struct spare *spare = heap->spares[size / UNIT];
	heap->spares[size / UNIT] = spare->next;
	heap->spare -= size;
	return spare;
}

static void spare_give(struct heap *heap, void *memory, size_t size)
{
	struct spare *spare = memory;
	spare->next = heap->spares[size / UNIT];
	heap->spares[size / UNIT] = spare;
	heap->spare += size;
}

static void spares_free(struct heap *heap)
{
	for (unsigned i = 0; i <= SPARE_SIZES; i++) {
		while (heap->spares[i]) {
			struct spare *spare = heap->spares[i];
			heap->spares[i] = spare->next;
			free(spare);
		}
	}
	heap->spare = 0;
}

/* ---- mark --------------------------------------------------------------------------------------------- */

static void mark_object(struct rt_script *s, struct rt_object *object)
{
	if (object->is_marked)
		return;
	object->is_marked = true;
	if (object->type->mark) {
		object->gray = s->heap.gray;
		s->heap.gray = object;
	}
}

void rt_mark(struct rt_script *s, struct rt_any value)
{
	if (value.type && !value.type->is_inline && value.object)
		mark_object(s, value.object);
}

static void mark_all(struct rt_script *s, const struct rt_any *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		rt_mark(s, values[i]);
}

static void mark_frames(struct rt_script *s)
{
	for (uint32_t i = 0; i < s->frame_count; i++) {
		mark_object(s, &s->frames[i].code->head);
		if (s->frames[i].generator)
			mark_object(s, &s->frames[i].generator->head);
	}
}

static void mark_globals(struct rt_script *s)
{
	for (uint32_t i = 0; i < s->global_count; i++) {
		rt_mark(s, s->globals[i].name);
		rt_mark(s, s->globals[i].value);
		rt_mark(s, s->globals[i].built_in);
	}
}

/* What was made since the current instruction began, and the newest before, at which the list ends. */
static void mark_young(struct rt_script *s)
{
	struct rt_object *object = s->heap.objects;
	for (; object && object != s->heap.elder; object = object->next)
		mark_object(s, object);
	if (object)
		mark_object(s, object);
}

static void mark_roots(struct rt_script *s)
{
	mark_all(s, s->stack, (size_t)(s->sp - s->stack));
	mark_all(s, s->letters, RT_COUNT(s->letters));
	mark_frames(s);
	mark_globals(s);
	mark_young(s);
	if (s->names)
		mark_object(s, &s->names->head);
	rt_mark(s, s->raised);
	rt_mark(s, s->no_memory);
	rt_mark(s, s->kept);
	rt_mark(s, s->result);
	rt_mark(s, s->returned);
	rt_mark(s, s->keywords);
}

/* ---- sweep -------------------------------------------------------------------------------------------- */

static void object_free(struct rt_script *s, struct rt_object *object)
{
	if (object->type->drop)
		object->type->drop(s, object);
	const size_t size = object->size;
	s->heap.used -= size;
	if (is_small(size))
		spare_give(&s->heap, object, size);
	else
		free(object);
}

static void sweep(struct rt_script *s)
{
	struct rt_object **link = &s->heap.objects;
	while (*link) {
		struct rt_object *object = *link;
		if (object->is_marked) {
			object->is_marked = false;
			link = &object->next;
		} else {
			*link = object->next;
			object_free(s, object);
		}
	}
}

void heap_collect(struct rt_script *s)
{
	struct heap *heap = &s->heap;
	mark_roots(s);
	while (heap->gray) {
		struct rt_object *object = heap->gray;
		heap->gray = object->gray;
		object->type->mark(s, object);
	}
	sweep(s);
	heap->threshold = heap->used * 2 > THRESHOLD_MIN ? heap->used * 2 : THRESHOLD_MIN;
	if (heap->spare > heap->used / 2 + SPARE_MAX)
		spares_free(heap);
}

/* ---- memory ------------------------------------------------------------------------------------------- */

/* Makes room for `size` bytes more; false: there is none. After a collection a part of the heap must be free, or the
 * next one would follow at once. */
static bool heap_reserve(struct rt_script *s, size_t size)
{
	struct heap *heap = &s->heap;
	if (size > SIZE_LIMIT) {
		raise_memory(s);
		return false;
	}
	const size_t most = heap->threshold < heap->limit ? heap->threshold : heap->limit;
	if (heap->used + size > most || s->options.is_stressed) {
		heap_collect(s);
		if (heap->used + size > heap->limit - heap->limit / 16) {
			raise_memory(s);
			return false;
		}
	}
	if (heap->used + heap->spare + size > heap->limit)
		spares_free(heap);
	return true;
}

static void count_used(struct heap *heap, size_t size)
{
	heap->used += size;
	if (heap->used > heap->peak)
		heap->peak = heap->used;
}

void *heap_resize(struct rt_script *s, void *old, size_t old_size, size_t new_size)
{
	if (!new_size) {
		free(old);
		s->heap.used -= old_size;
		return NULL;
	}
	if (new_size > old_size && !heap_reserve(s, new_size - old_size))
		return NULL;
	void *memory = realloc(old, new_size);
	if (!memory) {
		raise_memory(s);
		return NULL;
	}
	s->heap.used -= old_size;
	count_used(&s->heap, new_size);
	return memory;
}

struct rt_object *rt_object_new(struct rt_script *s, const struct rt_type *type, size_t size)
{
	struct heap *heap = &s->heap;
	size = rounded(size);
	if (!heap_reserve(s, size))
		return NULL;
	struct rt_object *object = is_small(size) && heap->spares[size / UNIT] ? spare_take(heap, size) : malloc(size);
	if (!object) {
		raise_memory(s);
		return NULL;
	}
	memset(object, 0, size);
	object->type = type;
	object->size = (uint32_t)size;
	object->next = heap->objects;
	heap->objects = object;
	count_used(heap, size);
	return object;
}

void heap_close(struct rt_script *s)
{
	while (s->heap.objects) {
		struct rt_object *object = s->heap.objects;
		s->heap.objects = object->next;
		object_free(s, object);
	}
	spares_free(&s->heap);
}
