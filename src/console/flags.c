/* SPDX-License-Identifier: MIT */
/* flags.c - the value of a field of flags: a number that prints as its letters (SA), and answers == "SA", & 2, .S */
#include "../output/value.h"
#include "packets.h"

struct flags { struct rt_object head; uint64_t num; const struct rt_names *names; };

static struct flags *as_flags(struct rt_any v) { return (struct flags *)(void *)v.object; }

static const struct rt_type type_flags;

struct rt_any flags_new(struct rt_script *s, uint64_t num, const struct rt_names *names)
{
	struct flags *flags = (struct flags *)(void *)rt_object_new(s, &type_flags, sizeof *flags);
	if (!flags)
		return rt_nothing();
	flags->num = num;
	flags->names = names;
	return rt_any_of(&flags->head);
}

static bool flags_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	const struct flags *flags = as_flags(v);
	(void)s;
	if (form == RT_FORM_STR) {
		put_flags(out, flags->names, flags->num);
		return true;
	}
	rt_put_string(out, "<Flag ");
	rt_put_num(out, flags->num);
	rt_put_string(out, " (");
	put_flags(out, flags->names, flags->num);
	rt_put_string(out, ")>");
	return true;
}

/* ---- names to bits --------------------------------------------------------------------------------- */

/* The longest name that the text begins with; 0: none. */
static size_t first_name(const struct rt_names *names, const char *text, size_t length, uint32_t *bit)
{
	size_t longest = 0;
	for (unsigned i = 0; names && i < names->count; i++) {
		const size_t size = strlen(names->words[i].name);
		if (size > longest && size <= length && memcmp(names->words[i].name, text, size) == 0) {
			longest = size;
			*bit = names->words[i].value;
		}
	}
	return longest;
}

/* "SA", "DF+MF"; false: some of it is no name. */
static bool bits_of(const struct rt_names *names, const char *text, size_t length, uint64_t *bits)
{
	*bits = 0;
	while (length) {
		uint32_t bit = 0;
		size_t size = first_name(names, text, length, &bit);
		*bits |= bit;
		if (!size && *text != (names && names->join ? names->join : '+'))
			return false;
		size += !size;
		text += size;
		length -= size;
	}
	return true;
}

/* 1; 0: text that names no flags of these; -1: neither a number nor text. */
static int other_side(struct rt_any flags, struct rt_any other, uint64_t *bits)
{
	if (is_int(other) || other.type == flags.type) {
		*bits = is_int(other) ? (uint64_t)other.num : as_flags(other)->num;
		return 1;
	}
	if (!is_str(other))
		return -1;
	return bits_of(as_flags(flags)->names, as_text(other)->bytes, as_text(other)->size, bits);
}

/* ---- what it answers ------------------------------------------------------------------------------- */

static struct rt_any flags_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	uint64_t bits;
	(void)s;
	if (site->length == 5 && memcmp(site->name, "value", 5) == 0)
		return rt_int((int64_t)as_flags(v)->num);
	if (!bits_of(as_flags(v)->names, site->name, site->length, &bits))
		return rt_nothing();
	return rt_bool((as_flags(v)->num & bits) == bits);
}

static int flags_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	uint64_t other;
	const int verdict = other_side(a, b, &other);
	(void)s;
	if (verdict <= 0)
		return verdict == 0 && relation <= RT_NOT_EQUAL ? relation == RT_NOT_EQUAL : RT_UNKNOWN;
	const uint64_t num = as_flags(a)->num;
	return relation_holds(num < other ? -1 : num > other, relation);
}

static bool flags_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	uint32_t half;
	if (!any_hash(s, rt_int((int64_t)as_flags(v)->num), &half))
		return false;
	*hash = half;
	return true;
}

static bool flags_number(struct rt_script *s, struct rt_any v, int64_t *num)
{
	(void)s;
	*num = (int64_t)as_flags(v)->num;
	return true;
}

/* Of flags other flags, as in Scapy. */
static struct rt_any flags_binary(struct rt_script *s, char op, struct rt_any a, struct rt_any b, bool is_swapped)
{
	uint64_t num = as_flags(a)->num, other;
	if (!strchr("&|^-<>", op) || (is_swapped && strchr("-<>", op)) || other_side(a, b, &other) <= 0)
		return rt_nothing();
	switch (op) {
	case '&': num &= other; break;
	case '|': num |= other; break;
	case '^': num ^= other; break;
	case '-': num &= ~other; break;
	case '<': return any_binary(s, op, rt_int((int64_t)num), rt_int((int64_t)other), false);
	case '>': return any_binary(s, op, rt_int((int64_t)num), rt_int((int64_t)other), false);
	}
	return flags_new(s, num, as_flags(a)->names);
}

/* How many are set: no flags are false. */
static int64_t flags_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return __builtin_popcountll(as_flags(v)->num);
}

static int flags_contains(struct rt_script *s, struct rt_any v, struct rt_any item)
{
	uint64_t bits;
	if (!is_str(item)) {
		fail(s, RT_TypeError, "'in <flags>' requires string as left operand, not %s", item.type->name);
		return -1;
	}
	return other_side(v, item, &bits) == 1 && (as_flags(v)->num & bits) == bits;
}

static void flags_names(struct rt_any v, void (*add)(void *context, const char *name, size_t length), void *context)
{
	const struct rt_names *names = as_flags(v)->names;
	for (unsigned i = 0; names && i < names->count; i++)
		add(context, names->words[i].name, strlen(names->words[i].name));
}

static const struct rt_type type_flags = {
	.name = "FlagValue", .put = flags_put, .get = flags_get, .length = flags_length, .contains = flags_contains,
	.compare = flags_compare, .hash = flags_hash, .number = flags_number, .binary = flags_binary,
	.names = flags_names,
};
