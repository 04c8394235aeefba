/* SPDX-License-Identifier: MIT */
/* lint.c - checks a protocol's table: rows, names, the rows that it refers to by name, and its links. Rows with a
 * `when` are added up once for every value of the row that they depend on. */
#include <stdio.h>
#include "lint.h"

#define COMPLAIN(text, ...) (snprintf((text), LINT_TEXT, __VA_ARGS__), false)

/* ---- one row ---------------------------------------------------------------------------------------------- */

static bool has_right_width(const struct rt_proto *proto, const struct rt_row *row)
{
	switch ((enum rt_kind)row->kind) {
	case RT_MAC:   return row->width == 48 && row->bit % 8 == 0;
	case RT_IP4:   return (row->width == 32 || (!row->width && proto->is_flow)) && row->bit % 8 == 0;
	case RT_IP6:   return (row->width == 128 || (!row->width && proto->is_flow)) && row->bit % 8 == 0;
	case RT_PREFIX4:
	case RT_PREFIX6: return row->width == 0 && row->round && row->bit % 8 == 0;
	case RT_TIME:  return row->width == 64;
	case RT_PAIR:  return row->width == 32 && row->bit % 8 == 0;
	case RT_CLOCK: return row->width == 32;
	case RT_OUI:   return row->width == 24;
	case RT_BYTES:
	case RT_XBYTES:
	case RT_OID:
	case RT_NETBIOS:
	case RT_TEXT:  return row->width % 8 == 0 && row->bit % 8 == 0;
	case RT_NAME:  return row->width == 0 && row->bit % 8 == 0;
	case RT_LIST:  return row->width % 8 == 0 && row->bit % 8 == 0;
	default:       return row->is_varint || (row->width >= 1 && row->width <= 64);
	}
}

/* A part of a little-endian word lies in it; a number has at most 64 bits with what is in front of it in its byte. */
static bool is_right_word(const struct rt_row *row, bool is_placed)
{
	if (!row->word)
		return !row->part;
	return rt_row_is_number(row) && (is_placed || (row->bit >= row->part && (row->bit - row->part) % 8 == 0)) &&
	       row->part + row->width <= row->word * 8 && row->part % 8 + row->width <= 64;
}

/* What a sum covers: a number of its own table says how much; the internet's sums are of words. */
static bool lint_sum(const struct rt_proto *proto, const struct rt_row *row, char text[LINT_TEXT])
{
	const struct rt_sum *sum = row->fill == RT_FILL_SUM ? row->sum : NULL;
	if (row->fill != RT_FILL_SUM)
		return true;
	if (row->kind != RT_HEX || !sum)
		return COMPLAIN(text, "%s: a sum of what?", row->name);
	for (; sum; sum = sum->or) {
		const struct rt_row *size = sum->row ? rt_row_find(proto, sum->row, strlen(sum->row)) : NULL;
		if (sum->row && (!size || !rt_row_is_number(size)))
			return COMPLAIN(text, "%s: no number %s", row->name, sum->row);
		if (row->bit % 16 || sum->skip % 2 || sum->skip_at % 2)
			return COMPLAIN(text, "%s: not at a word", row->name);
	}
	return true;
}

static bool lint_names(const struct rt_row *row, char text[LINT_TEXT])
{
	const struct rt_names *names = rt_row_names(row);
	bool wants = row->kind == RT_ENUM || row->kind == RT_XENUM || row->kind == RT_FLAGS;
	if (row->kind == RT_FIXED && (!names || !names->per))
		return COMPLAIN(text, "%s: how many make 1?", row->name);
	if (!names)
		return !wants || COMPLAIN(text, "%s: no names", row->name);
	for (unsigned i = 0; i < names->count; i++) {
		uint32_t value = names->words[i].value;
		unsigned width = row->width + names->by_width;
		if (!names->words[i].name || !names->words[i].name[0])
			return COMPLAIN(text, "%s: %u has an empty name", row->name, value);
		if (i && value <= names->words[i - 1].value)
			return COMPLAIN(text, "%s: %u is not in order", row->name, value);
		if (width < 32 && value >> width)
			return COMPLAIN(text, "%s: %u does not fit", row->name, value);
		if (row->kind == RT_FLAGS && value & (value - 1))
			return COMPLAIN(text, "%s: %u is not one bit", row->name, value);
	}
	return true;
}

/* A number that says its own size has none here. */
static bool is_right_varint(const struct rt_proto *proto, const struct rt_row *row)
{
	return !row->is_varint || (proto->is_flow && rt_row_is_number(row) && !row->width &&
	                           row->bit == proto->header * 8u);
}

/* The rows that a `when` looks at: in the table, in front, numbers that touch. */
static bool lint_when(const struct rt_proto *proto, const struct rt_row *row, char text[LINT_TEXT])
{
	uint32_t at = row->when ? row->when->bit : 0, end = row->when ? at + row->when->width : 0;
	for (const struct rt_row *other = proto->rows; other < row && at < end; other++)
		if (other->bit <= at && at < (uint32_t)other->bit + other->width && rt_row_is_number(other))
			at = other->bit + other->width < end ? (uint32_t)other->bit + other->width : end;
	if (at != end)
		return COMPLAIN(text, "%s: its condition looks at no row", row->name);
	return end <= proto->header * 8u ||
	       COMPLAIN(text, "%s: its condition looks behind the shortest header", row->name);
}

/* The row that counts another: in the table, in front, a number; items are counted for lists only. */
static bool lint_count(const struct rt_proto *proto, const struct rt_row *row, char text[LINT_TEXT])
{
	if (!row->back)
		return true;
	if (!proto->is_flow || row->width || row->bit != proto->header * 8u)
		return COMPLAIN(text, "%s: counted, but not in a flow", row->name);
	if (row - proto->rows < row->back || !rt_row_is_number(row - row->back))
		return COMPLAIN(text, "%s: no number counts it", row->name);
	return row->unit || row->kind == RT_LIST || COMPLAIN(text, "%s: items of no list", row->name);
}

static bool lint_row(const struct rt_proto *proto, const struct rt_row *row, char text[LINT_TEXT])
{
	if (!row->name || !row->name[0])
		return COMPLAIN(text, "a row without a name");
	if (row->kind == RT_LIST && !row->list)
		return COMPLAIN(text, "%s: a list without items", row->name);
	bool is_placed = rt_more(proto)->value || (proto->place && row->width == 0);
	if (row->is_opened && (!rt_more(proto)->open || !proto->place || row->bit != proto->header * 8u))
		return COMPLAIN(text, "%s: hidden, but nothing lays it open", row->name);
	if (row->is_opened && (row->kind == RT_LIST || row->kind == RT_NAME))
		return COMPLAIN(text, "%s: hidden, but read from the frame", row->name);
	if (!is_placed && !has_right_width(proto, row))
		return COMPLAIN(text, "%s: a wrong width", row->name);
	if (row->is_little && (row->bit % 8 || row->width % 8 || !rt_row_is_number(row)))
		return COMPLAIN(text, "%s: little-endian, but not of whole bytes", row->name);
	if (!is_right_word(row, proto->place != NULL))
		return COMPLAIN(text, "%s: not in its word", row->name);
	if (!is_right_varint(proto, row))
		return COMPLAIN(text, "%s: says its size, but not in a flow", row->name);
	return lint_names(row, text) && lint_when(proto, row, text) && lint_count(proto, row, text) &&
	       lint_sum(proto, row, text);
}

/* ---- rows added up ---------------------------------------------------------------------------------------- */

static bool holds(const struct rt_when *when, uint32_t value)
{
	for (unsigned i = 0; when && i < when->count; i++)
		if (when->values[i] == value)
			return !when->unless;
	return !when || when->unless;
}

static bool add_up(const struct rt_proto *proto, uint32_t at, uint32_t value, char text[LINT_TEXT])
{
	const struct rt_row *open = NULL;       /* reaches to the end of the header */
	for (unsigned i = 0; i < proto->row_count; i++) {
		const struct rt_row *row = &proto->rows[i];
		if (!holds(row->when, value))
			continue;
		if (row->in_trailer || row->is_opened || (proto->is_flow && row->bit == proto->header * 8u))
			continue;               /* behind the fixed part */
		if (open && row->bit == open->bit && row->kind == RT_LIST && row->list->next)
			continue;               /* lists that place their own items share the rest */
		if (open)
			return COMPLAIN(text, "%s: behind %s, which has no end", row->name, open->name);
		if (row->bit != at)
			return COMPLAIN(text, "%s: %s at bit %u, value %u", row->name,
			                row->bit < at ? "overlap" : "hole", at, value);
		at += row->width;
		open = row->width ? NULL : row;
	}
	if (open ? at > proto->header * 8u && !proto->size.row : at < proto->header * 8u)
		return COMPLAIN(text, "%u bits in a header of %u bytes, value %u", at, proto->header, value);
	return true;
}

/* Tables whose rows are placed by a function, or come with the packet, have no fixed places; where something is
 * hidden, the function places only that. */
static bool lint_places(const struct rt_proto *proto, uint32_t from, char text[LINT_TEXT])
{
	uint32_t values = 1;
	if ((proto->place && !rt_more(proto)->open) || rt_more(proto)->value)
		return true;
	for (unsigned i = 0; i < proto->row_count; i++)
		if (proto->rows[i].when && proto->rows[i].when->width <= 16)
			values = 1u << proto->rows[i].when->width;
	for (uint32_t value = 0; value < values; value++)
		if (!add_up(proto, from, value, text))
			return false;
	return true;
}

/* ---- what is referred to by name -------------------------------------------------------------------------- */

static bool names_row(const struct rt_proto *proto, const char *name, bool as_number, char text[LINT_TEXT])
{
	const struct rt_row *row = name ? rt_row_find(proto, name, strlen(name)) : NULL;
	if (name && !row)
		return COMPLAIN(text, "no row %s", name);
	if (row && as_number && !rt_row_is_number(row))
		return COMPLAIN(text, "%s is no number", name);
	return true;
}

static bool lint_references(const struct rt_proto *proto, char text[LINT_TEXT])
{
	return names_row(proto, proto->size.row, true, text) && names_row(proto, rt_more(proto)->extent.row, true, text) &&
	       names_row(proto, rt_more(proto)->solid, true, text) && names_row(proto, proto->next[0], true, text) &&
	       names_row(proto, proto->next[1], true, text) && names_row(proto, rt_more(proto)->from, false, text) &&
	       names_row(proto, rt_more(proto)->to, false, text) &&
	       (!rt_more(proto)->from == !rt_more(proto)->to || COMPLAIN(text, "one end only")) &&
	       (!proto->next_as || rt_proto_find(proto->next_as, strlen(proto->next_as)) ||
	        COMPLAIN(text, "no protocol %s", proto->next_as));
}

/* What tells a protocol is in its shortest header, and some values are its and some are not. */
static bool lint_only(const struct rt_proto *proto, char text[LINT_TEXT])
{
	const struct rt_only *only = &rt_more(proto)->only;
	const uint32_t all = (1u << only->width % 32) - 1;
	if (!only->width)
		return true;
	if (only->width > 16 || only->bit + only->width > proto->header * 8)
		return COMPLAIN(text, "told by bits that are not in the header");
	return (only->low <= only->high && only->high <= all && (uint32_t)(only->high - only->low) < all) ||
	       COMPLAIN(text, "told by all values, or by none");
}

static bool fits(const struct rt_proto *proto, const char *name, uint32_t value)
{
	const struct rt_row *row = rt_row_find(proto, name, strlen(name));
	return row && (row->width >= 32 || value >> row->width == 0);
}

static bool lint_link(const struct rt_proto *proto, const struct rt_link_to *link, char text[LINT_TEXT])
{
	const struct rt_proto *under = rt_proto_find(link->under, strlen(link->under));
	bool is_selected = !link->row;
	if (!under)
		return COMPLAIN(text, "a link below %s, which is not there", link->under);
	for (unsigned i = 0; i < 2 && link->row; i++)
		is_selected |= under->next[i] && strcmp(under->next[i], link->row) == 0;
	if (!is_selected)
		return COMPLAIN(text, "%s is not selected by %s", link->under, link->row);
	if (link->row && !fits(under, link->row, link->value))
		return COMPLAIN(text, "%s.%s has no value %u", link->under, link->row, link->value);
	if (link->own && !fits(proto, link->own, link->own_value))
		return COMPLAIN(text, "%s has no value %u", link->own, link->own_value);
	return true;
}

static bool is_same(const struct rt_link_to *a, const struct rt_link_to *b)
{
	bool is_same_row = a->row && b->row ? strcmp(a->row, b->row) == 0 : a->row == b->row;
	bool is_same_own = a->own && b->own ? strcmp(a->own, b->own) == 0 && a->own_value == b->own_value :
	    a->own == b->own;
	return is_same_row && is_same_own && a->value == b->value && strcmp(a->under, b->under) == 0;
}

static bool lint_links(const struct rt_proto *proto, char text[LINT_TEXT])
{
	for (unsigned i = 0; i < proto->link_count; i++) {
		if (!lint_link(proto, &proto->links[i], text))
			return false;
		for (unsigned j = 0; j < i; j++)
			if (is_same(&proto->links[i], &proto->links[j]))
				return COMPLAIN(text, "the link below %s stands twice", proto->links[i].under);
	}
	return true;
}

/* Links seen from above: the child is there, and has the row. */
static bool lint_carries(const struct rt_proto *proto, char text[LINT_TEXT])
{
	for (unsigned i = 0; i < rt_more(proto)->carries_count; i++) {
		const struct rt_link_to *link = &rt_more(proto)->carries[i];
		const struct rt_proto *child = rt_proto_find(link->under, strlen(link->under));
		if (!child)
			return COMPLAIN(text, "carries %s, which is not there", link->under);
		if (link->row && !fits(proto, link->row, link->value))
			return COMPLAIN(text, "%s has no value %u", link->row, link->value);
		if (link->own && !fits(child, link->own, link->own_value))
			return COMPLAIN(text, "%s.%s has no value %u", link->under, link->own, link->own_value);
	}
	return true;
}

/* ---- all of it -------------------------------------------------------------------------------------------- */

/* `from`: the bit where the rows begin. */
static bool lint_from(const struct rt_proto *proto, uint32_t from, char text[LINT_TEXT]);

static bool lint_list(const struct rt_list *list, char text[LINT_TEXT])
{
	/* an item that is a bare value does not show its code and length */
	uint32_t from = list->is_values ? 8u * (list->code_bytes + list->length_bytes) : 0;
	for (unsigned i = 0; i < list->item_count; i++) {
		if (i && list->items[i].code <= list->items[i - 1].code)
			return COMPLAIN(text, "item %u is not in order", list->items[i].code);
		if (!lint_from(list->items[i].proto, from, text))
			return false;
	}
	return !list->other || lint_from(list->other, from, text);
}

static bool lint_table(const struct rt_proto *proto, uint32_t from, char text[LINT_TEXT])
{
	if ((!proto->row_count && proto->header) || !proto->spec)   /* a header may be nothing but a name */
		return COMPLAIN(text, "no rows, or no specification");
	for (unsigned i = 0; i < proto->row_count; i++)
		if (!lint_row(proto, &proto->rows[i], text))
			return false;
	return lint_places(proto, from, text) && lint_references(proto, text) && lint_only(proto, text) &&
	       lint_links(proto, text) && lint_carries(proto, text);
}

static bool lint_from(const struct rt_proto *proto, uint32_t from, char text[LINT_TEXT])
{
	char inner[LINT_TEXT / 2];
	if (!lint_table(proto, from, text)) {
		snprintf(inner, sizeof inner, "%s", text);
		return COMPLAIN(text, "%s: %s", proto->name, inner);
	}
	for (unsigned i = 0; i < proto->row_count; i++)
		if (proto->rows[i].kind == RT_LIST && !lint_list(proto->rows[i].list, text))
			return false;
	return true;
}

bool lint_proto(const struct rt_proto *proto, char text[LINT_TEXT]) { return lint_from(proto, 0, text); }
