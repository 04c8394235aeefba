/* SPDX-License-Identifier: MIT */
/* field_value.c - what a value in the text means for the rows that a field may be: numbers and their names for
 * numbers, letters for flags, addresses, strings for bytes and domain names. One name may stand for rows of several
 * kinds (ARP.psrc, DNS.an.rdata); the value has to fit one of them. */
#include <arpa/inet.h>
#include <errno.h>
#include <strings.h>
#include "field.h"

struct value { const char *text; size_t size; const struct token *token, *mask; };

/* ---- rows -------------------------------------------------------------------------------------------------------- */

struct rows { const struct rt_row **at; uint32_t count; };

static void add_rows(struct rows *rows, const struct rt_proto *proto, const char *name)
{
	for (unsigned i = 0; proto && i < proto->row_count; i++) {
		if (strcmp(proto->rows[i].name, name) != 0)
			continue;
		if (rows->at)
			rows->at[rows->count] = &proto->rows[i];
		rows->count++;
	}
}

static void add_items(struct rows *rows, const struct rt_path *path, const struct rt_row *row)
{
	const struct rt_list *list = row->kind == RT_LIST ? row->list : NULL;
	for (unsigned i = 0; list && i <= list->item_count; i++) {
		const struct rt_proto *proto = i < list->item_count ? list->items[i].proto : list->other;
		if (proto && (!path->item || strcmp(path->item, proto->name) == 0))
			add_rows(rows, proto, path->field);
	}
}

/* All rows that the path may mean; without memory for them, their number. */
static void gather(struct rows *rows, const struct rt_path *path)
{
	rows->count = 0;
	for (unsigned i = 0; i < path->count; i++) {
		if (path->field)
			add_items(rows, path, path->choice[i].row);
		else if (rows->at)
			rows->at[rows->count++] = path->choice[i].row;
		else
			rows->count++;
	}
}

/* ---- numbers -------------------------------------------------------------------------------------------------------- */

/* Spelled as it is or as it is shown: in names of services '-' becomes '_'. */
static bool is_word(const struct value *value, const char *word)
{
	size_t i = 0;
	for (; i < value->size && word[i]; i++) {
		const bool is_same = strncasecmp(value->text + i, word + i, 1) == 0;
		if (!is_same && !(value->text[i] == '_' && word[i] == '-'))
			return false;
	}
	return i == value->size && !word[i];
}

static bool fit_word(struct fit *fit, const struct value *value)
{
	const struct rt_names *names = rt_row_names(fit->row);
	for (unsigned i = 0; names && i < names->count; i++) {
		if (!is_word(value, names->words[i].name))
			continue;
		fit->number = names->words[i].value;
		if (names->by_width) {
			fit->kind = FIT_PAIR;
			fit->by = fit->number >> fit->row->width;
			fit->number &= (1u << fit->row->width) - 1;
		}
		return true;
	}
	return false;
}

/* The longest name that the text goes on with. */
static const struct rt_word *next_flag(const struct rt_names *names, const char *text, size_t size)
{
	const struct rt_word *best = NULL;
	size_t longest = 0;
	for (unsigned i = 0; names && i < names->count; i++) {
		const size_t length = strlen(names->words[i].name);
		if (length > longest && length <= size && memcmp(names->words[i].name, text, length) == 0) {
			best = &names->words[i];
			longest = length;
		}
	}
	return best;
}

/* "SA", "MF+DF"; "" is no flag at all. */
static bool fit_flags(struct fit *fit, const struct value *value)
{
	const struct rt_names *names = fit->row->names;
	for (size_t at = 0; at < value->size; ) {
		const struct rt_word *flag = next_flag(names, value->text + at, value->size - at);
		if (!flag)
			return false;
		fit->number |= flag->value;
		at += strlen(flag->name);
		if (at + 1 < value->size && names->join && value->text[at] == names->join)
			at++;
	}
	return true;
}

static bool fit_number(struct fit *fit, const struct value *value)
{
	fit->kind = FIT_NUMBER;
	if (value->token->kind == TOKEN_NUMBER) {
		fit->number = value->token->number;
		return true;
	}
	if (!value->text)
		return false;
	return fit->row->kind == RT_FLAGS ? fit_flags(fit, value) : fit_word(fit, value);
}

/* ---- bytes ---------------------------------------------------------------------------------------------------------- */

static uint8_t *copy_bytes(struct compiler *c, struct fit *fit, const void *bytes, uint32_t size)
{
	uint8_t *copy = rt_arena_get(&c->arena, size + 1u);
	if (!copy) {
		rt_fail(c->error, ENOMEM, "no memory");
		return NULL;
	}
	memcpy(copy, bytes, size);
	fit->kind = FIT_BYTES;
	fit->bytes = copy;
	fit->size = size;
	return copy;
}

/* The bytes that the mask leaves to compare. */
static bool set_mask(struct compiler *c, struct fit *fit, const struct token *mask)
{
	if (!mask)
		return true;
	if (mask->number > fit->size * 8) {
		token_fail(c, mask, "a mask has at most %u bits here", fit->size * 8);
		return false;
	}
	uint8_t *bits = rt_arena_get(&c->arena, fit->size);
	if (!bits) {
		rt_fail(c->error, ENOMEM, "no memory");
		return false;
	}
	for (uint32_t i = 0; i < mask->number; i++)
		bits[i / 8] |= (uint8_t)(0x80 >> i % 8);
	fit->mask = bits;
	return true;
}

/* An address in quotes is as good as one without. */
static bool read_quoted(const struct value *value, int family, uint8_t *bytes)
{
	char text[INET6_ADDRSTRLEN];
	if (!value->text || value->size >= sizeof text)
		return false;
	memcpy(text, value->text, value->size);
	text[value->size] = '\0';
	return inet_pton(family, text, bytes) == 1;
}

static bool fit_ip4(struct compiler *c, struct fit *fit, const struct value *value)
{
	const struct token *token = value->token;
	uint8_t bytes[4] = { (uint8_t)(token->number >> 24), (uint8_t)(token->number >> 16), (uint8_t)(token->number >> 8),
	                     (uint8_t)token->number };
	const bool is_number = token->kind == TOKEN_NUMBER || (token->kind == TOKEN_IP4 && token->parts == 4);
	return (is_number || read_quoted(value, AF_INET, bytes)) && copy_bytes(c, fit, bytes, 4);
}

static bool fit_ip6(struct compiler *c, struct fit *fit, const struct value *value)
{
	uint8_t bytes[16];
	if (value->token->kind == TOKEN_IP6)
		return copy_bytes(c, fit, value->token->address, 16);
	return read_quoted(value, AF_INET6, bytes) && copy_bytes(c, fit, bytes, 16);
}

/* 10.0.0.0/8 is that prefix; 10.0.0.0 alone, one of any length. */
static bool fit_prefix(struct compiler *c, struct fit *fit, const struct value *value)
{
	const bool is_address = fit->row->kind == RT_PREFIX4 ? fit_ip4(c, fit, value) : fit_ip6(c, fit, value);
	fit->kind = FIT_PREFIX;
	fit->number = value->mask ? value->mask->number : UINT32_MAX;
	return is_address;
}

/* "1:2": two numbers of 16 bits. */
static bool fit_two(struct compiler *c, struct fit *fit, const struct value *value)
{
	uint32_t numbers[2] = { 0 };
	unsigned which = 0, digits = 0;
	for (size_t i = 0; i < value->size; i++) {
		const char one = value->text[i];
		if (one == ':' && digits && which == 0) {
			which = 1;
			digits = 0;
			continue;
		}
		if (one < '0' || one > '9' || ++digits > 5)
			return false;
		numbers[which] = numbers[which] * 10 + (uint32_t)(one - '0');
	}
	const uint8_t bytes[4] = { (uint8_t)(numbers[0] >> 8), (uint8_t)numbers[0], (uint8_t)(numbers[1] >> 8), (uint8_t)numbers[1] };
	return which == 1 && digits && numbers[0] <= UINT16_MAX && numbers[1] <= UINT16_MAX && copy_bytes(c, fit, bytes, 4);
}

/* Strings, and addresses where a table has only bytes. */
static bool fit_bytes(struct compiler *c, struct fit *fit, const struct value *value)
{
	switch ((enum token_kind)value->token->kind) {
	case TOKEN_MAC: return copy_bytes(c, fit, value->token->address, 6);
	case TOKEN_IP6: return copy_bytes(c, fit, value->token->address, 16);
	case TOKEN_IP4: return fit_ip4(c, fit, value);
	default:        return value->text && copy_bytes(c, fit, value->text, (uint32_t)value->size);
	}
}

static bool fit_name(struct compiler *c, struct fit *fit, const struct value *value)
{
	if (!value->text || !copy_bytes(c, fit, value->text, (uint32_t)value->size))
		return false;
	fit->kind = FIT_NAME;
	return true;
}

/* What is shown as text, without a quote: 1.3.6.1 */
static bool fit_text(struct compiler *c, struct fit *fit, const struct value *value)
{
	const bool is_text = value->text != NULL;
	const char *text = is_text ? value->text : c->text + value->token->at;
	if (!is_text && value->token->kind != TOKEN_IP4)
		return false;
	if (!copy_bytes(c, fit, text, is_text ? (uint32_t)value->size : value->token->length))
		return false;
	fit->kind = FIT_TEXT;
	return true;
}

/* false and no error: it does not fit. */
static bool fit_row(struct compiler *c, struct fit *fit, const struct value *value)
{
	const uint8_t kind = fit->row->kind;
	if (value->mask && kind != RT_IP4 && kind != RT_IP6 && kind != RT_PREFIX4 && kind != RT_PREFIX6)
		return false;
	if (rt_row_is_number(fit->row))
		return fit_number(fit, value);
	switch ((enum rt_kind)kind) {
	case RT_IP4:     return fit_ip4(c, fit, value) && set_mask(c, fit, value->mask);
	case RT_IP6:     return fit_ip6(c, fit, value) && set_mask(c, fit, value->mask);
	case RT_PREFIX4:
	case RT_PREFIX6: return fit_prefix(c, fit, value);
	case RT_MAC:     return value->token->kind == TOKEN_MAC && fit_bytes(c, fit, value);
	case RT_NAME:    return fit_name(c, fit, value);
	case RT_OID:
	case RT_NETBIOS: return fit_text(c, fit, value);
	case RT_PAIR:    return fit_two(c, fit, value);
	case RT_LIST:    return false;
	default:         return fit_bytes(c, fit, value);
	}
}

/* ---- what to tell --------------------------------------------------------------------------------------------------- */

static const char *kind_text(const struct rt_row *row)
{
	if (rt_row_is_number(row))
		return "a number";
	switch ((enum rt_kind)row->kind) {
	case RT_MAC:     return "a MAC address";
	case RT_IP4:     return "an IPv4 address";
	case RT_IP6:     return "an IPv6 address";
	case RT_PREFIX4: return "a prefix such as 10.0.0.0/8";
	case RT_PREFIX6: return "a prefix such as 2001:db8::/32";
	case RT_NAME:    return "a domain name";
	case RT_PAIR:    return "two numbers such as \"1:2\"";
	case RT_OID:     return "an object identifier such as \"1.3.6.1.2.1\"";
	case RT_NETBIOS: return "a NetBIOS name";
	case RT_LIST:    return "a list: ask for a field of its items";
	default:         return "bytes";
	}
}

static void tell_misfit(struct compiler *c, const struct rt_path *path, const struct rt_row *row, const struct value *value)
{
	const struct token *token = value->mask ? value->mask : value->token;
	const char *proto = path->choice[0].proto->name;
	const bool is_text = value->text && !value->mask;
	if (value->mask)
		token_fail(c, token, "%s.%s is %s: no mask can stand here", proto, row->name, kind_text(row));
	else if (is_text && rt_row_is_number(row) && rt_row_names(row))
		token_fail(c, token, "%.*s is no value of %s.%s", (int)value->size, value->text, proto, row->name);
	else
		token_fail(c, token, "%s.%s is %s", proto, row->name, kind_text(row));
}

/* Only numbers are less or more than others. */
static bool may_relate(struct compiler *c, const struct fit *fit, const struct rt_path *path, uint16_t relation,
                       const struct token *value)
{
	if (relation == '=' || relation == SYMBOL_NOT_EQUAL || fit->kind == FIT_NUMBER)
		return true;
	token_fail(c, value, "%s.%s is %s here: only = and != can be asked", path->choice[0].proto->name, fit->row->name,
	           fit->kind == FIT_PAIR ? "one of several values" : kind_text(fit->row));
	return false;
}

/* ---- fits -------------------------------------------------------------------------------------------------------------- */

static struct value value_of(const struct compiler *c, const struct token *token, const struct token *mask)
{
	struct value value = { .token = token, .mask = mask };
	if (token->kind == TOKEN_STRING) {
		value.text = (const char *)token->address;
		value.size = token->number;
	} else if (token->kind == TOKEN_NAME || token->kind == TOKEN_WORD) {
		const bool is_escaped = c->text[token->at] == '\\';
		value.text = c->text + token->at + is_escaped;
		value.size = token->length - is_escaped;
	}
	return value;
}

const struct fit *fits_make(struct compiler *c, const struct field *field, uint16_t relation, const struct token *token,
                            const struct token *mask, uint32_t *count)
{
	const struct value value = value_of(c, token, mask);
	struct rows rows = { 0 };
	gather(&rows, &field->path);
	struct fit *fits = rt_arena_get(&c->arena, (rows.count + 1) * sizeof *fits);
	rows.at = rt_arena_get(&c->scratch, (rows.count + 1) * sizeof(struct rt_row *));
	if (!fits || !rows.at) {
		rt_fail(c->error, ENOMEM, "no memory");
		return NULL;
	}
	gather(&rows, &field->path);
	*count = 0;
	for (uint32_t i = 0; i < rows.count; i++) {
		struct fit *fit = &fits[*count];
		*fit = (struct fit){ .row = rows.at[i] };
		if (fit_row(c, fit, &value)) {
			if (!may_relate(c, fit, &field->path, relation, token))
				return NULL;
			++*count;
		}
		if (c->error->code)
			return NULL;
	}
	if (*count)
		return fits;
	tell_misfit(c, &field->path, rows.at[0], &value);
	return NULL;
}

const struct fit *fit_find(const struct field_test *test, const struct rt_row *row)
{
	for (uint32_t i = 0; i < test->fit_count; i++)
		if (test->fits[i].row == row)
			return &test->fits[i];
	return NULL;
}
