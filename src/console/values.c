/* SPDX-License-Identifier: MIT */
/* values.c - what can be asked of any value: is it true, how long, equal, less, inside, its hash. */
#include "machine.h"

/* ---- budgets ------------------------------------------------------------------------------------------ */

bool step_allowed(struct rt_script *s)
{
	if (s->is_interrupted) {
		s->is_interrupted = false;
		raise_value(s, exception_new(s, &type_of_trouble[RT_KeyboardInterrupt], rt_tuple(s, NULL, 0)));
		return false;
	}
	if (--s->steps == 0) {
		s->is_over = true;
		return fail(s, RT_RuntimeError, "the step budget is used up");
	}
	return true;
}

bool depth_enter(struct rt_script *s)
{
	if (s->depth == CONTAINERS_MAX)
		return fail(s, RT_RecursionError, "maximum recursion depth exceeded");
	s->depth++;
	return true;
}

void depth_leave(struct rt_script *s) { s->depth--; }

/* ---- truth, length, integers -------------------------------------------------------------------------- */

int any_truth(struct rt_script *s, struct rt_any v)
{
	if (v.type == &rt_type_bool || v.type == &rt_type_int || v.type == &rt_type_none)
		return v.num != 0;
	if (!v.type->length)
		return 1;
	const int64_t length = v.type->length(s, v);
	return length < 0 ? -1 : length > 0;
}

int64_t any_length(struct rt_script *s, struct rt_any v)
{
	if (v.type->length)
		return v.type->length(s, v);
	fail(s, RT_TypeError, "object of type '%s' has no len()", v.type->name);
	return -1;
}

bool any_int(struct rt_script *s, struct rt_any v, int64_t *num)
{
	if (v.type->number)
		return v.type->number(s, v, num);
	*num = v.num;
	return is_int(v) || fail(s, RT_TypeError, "'%s' object cannot be interpreted as an integer", v.type->name);
}

/* ---- relations ---------------------------------------------------------------------------------------- */

int relation_holds(int order, enum rt_relation relation)
{
	switch (relation) {
	case RT_EQUAL:         return order == 0;
	case RT_NOT_EQUAL:     return order != 0;
	case RT_LESS:          return order < 0;
	case RT_LESS_EQUAL:    return order <= 0;
	case RT_GREATER:       return order > 0;
	case RT_GREATER_EQUAL: return order >= 0;
	}
	return 0;
}

static enum rt_relation mirrored(enum rt_relation relation)
{
	static const uint8_t others[] = {
		RT_EQUAL, RT_NOT_EQUAL, RT_GREATER, RT_GREATER_EQUAL, RT_LESS, RT_LESS_EQUAL
	};
	return others[relation];
}

static int not_supported(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	static const char *const signs[] = { "==", "!=", "<", "<=", ">", ">=" };
	fail(s, RT_TypeError, "'%s' not supported between instances of '%s' and '%s'", signs[relation], a.type->name,
	     b.type->name);
	return -1;
}

int any_relation(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	if (is_int(a) && is_int(b))
		return relation_holds(a.num < b.num ? -1 : a.num > b.num, relation);
	if (is_same(a, b) && (relation == RT_EQUAL || relation == RT_NOT_EQUAL))
		return relation == RT_EQUAL;
	int verdict = a.type->compare ? a.type->compare(s, a, b, relation) : RT_UNKNOWN;
	if (verdict == RT_UNKNOWN && b.type->compare && b.type != a.type)
		verdict = b.type->compare(s, b, a, mirrored(relation));
	if (verdict != RT_UNKNOWN)
		return verdict;
	if (relation == RT_EQUAL || relation == RT_NOT_EQUAL)
		return relation == RT_NOT_EQUAL;
	return not_supported(s, a, b, relation);
}

int any_equal(struct rt_script *s, struct rt_any a, struct rt_any b)
{
	return is_same(a, b) ? 1 : any_relation(s, a, b, RT_EQUAL);
}

/* ---- in ----------------------------------------------------------------------------------------------- */

static int contains_by_order(struct rt_script *s, struct rt_any whole, struct rt_any item)
{
	struct rt_any *iterator = rt_hold(s, any_iterate(s, whole));
	if (!iterator)
		return -1;
	for (;;) {
		struct rt_any each;
		int rc = any_next(s, *iterator, &each);
		if (rc == 1 && (rc = any_equal(s, each, item)) == 0)
			continue;
		return rc;
	}
}

int any_contains(struct rt_script *s, struct rt_any whole, struct rt_any item)
{
	if (whole.type->contains)
		return whole.type->contains(s, whole, item);
	if (whole.type->next)
		return contains_by_order(s, whole, item);
	fail(s, RT_TypeError, "argument of type '%s' is not iterable", whole.type->name);
	return -1;
}

/* ---- hash --------------------------------------------------------------------------------------------- */

static uint64_t rotated(uint64_t v, unsigned by) { return v << by | v >> (64 - by); }

static void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotated(v[1], 13) ^ v[0];
	v[0] = rotated(v[0], 32);
	v[2] += v[3];
	v[3] = rotated(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotated(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotated(v[1], 17) ^ v[2];
	v[2] = rotated(v[2], 32);
}

/* SipHash-1-3 (Aumasson, Bernstein 2012) with a secret key: keys of dicts come from packets, and whoever sends those
 * must not be able to choose ones that collide. */
uint64_t hash_bytes(const struct rt_script *s, const void *bytes, size_t size)
{
	const uint64_t k0 = s->heap.seed[0], k1 = s->heap.seed[1];
	uint64_t v[4] = {
		k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573,
	};
	const uint8_t *at = bytes;
	for (size_t left = size; ; left -= 8, at += 8) {
		uint64_t word = 0;
		memcpy(&word, at, left < 8 ? left : 8);
		if (left < 8)
			word ^= (uint64_t)size << 56;
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
		if (left < 8)
			break;
	}
	v[2] ^= 0xff;
	for (int i = 0; i < 3; i++)
		sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* Integers are mixed with the key: multiply and shift, twice, as in the finalizer of MurmurHash3. */
static uint64_t hash_num(const struct rt_script *s, int64_t num)
{
	uint64_t h = (uint64_t)num ^ s->heap.seed[0];
	h = (h ^ h >> 33) * 0xff51afd7ed558ccd + s->heap.seed[1];
	h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53;
	return h ^ h >> 33;
}

static uint32_t hash_text(const struct rt_script *s, struct text *text)
{
	if (!text->hash) {
		const uint64_t h = hash_bytes(s, text->bytes, text->size);
		text->hash = (uint32_t)(h ^ h >> 32) | 1;
	}
	return text->hash;
}

bool any_hash(struct rt_script *s, struct rt_any v, uint32_t *hash)
{
	uint64_t h = 0;
	if (is_str(v) || v.type == &rt_type_bytes) {
		*hash = hash_text(s, as_text(v));
		return true;
	}
	if (v.type->hash) {
		if (!v.type->hash(s, v, &h))
			return false;
	} else if (v.type->compare) {
		return fail(s, RT_TypeError, "unhashable type: '%s'", v.type->name);
	} else {
		h = hash_num(s, v.num);
	}
	*hash = (uint32_t)(h ^ h >> 32);
	return true;
}
