/* SPDX-License-Identifier: MIT */
/* decnet.c - decnet host AREA.NODE: DECnet phase IV keeps its addresses in long or short headers, behind a length and,
 * often, a byte of padding. All of it is little-endian. */
#include "meaning.h"

/* "10.1000": six bits and ten; a bare number is all of them. */
static bool read_address(struct compiler *c, const struct token *token, uint32_t *address)
{
	const char *text = c->text + token->at;
	uint32_t parts[2] = { 0, 0 }, part = 0;
	if (token->kind == TOKEN_NUMBER && token->number <= 0xffff) {
		*address = token->number;
		return true;
	}
	for (uint32_t i = 0; i < token->length; i++) {
		if (text[i] == '.' && part == 0 && i > 0 && i + 1 < token->length)
			part = 1;
		else if (text[i] >= '0' && text[i] <= '9' && parts[part] < 1024)
			parts[part] = parts[part] * 10 + (uint32_t)(text[i] - '0');
		else
			part = 2;
		if (part > 1)
			break;
	}
	if (part != 1 || parts[0] > 63 || parts[1] > 1023) {
		token_fail(c, token, "\"%.*s\" is no DECnet address, such as 10.1000", (int)token->length, text);
		return false;
	}
	*address = parts[0] << 10 | parts[1];
	return true;
}

/* Flags: the last three bits say how long the header is; a byte 0x81 in front is padding. */
static struct test *in_header(struct compiler *c, const struct scope *scope, bool is_long, bool is_padded, uint32_t at,
                              uint32_t address)
{
	const uint32_t flags = is_long ? 6 : 2, value = (address & 0xff) << 8 | address >> 8;
	struct test *is_header = is_padded ?
		test_number(c, COMPARE_EQUAL, sum_masked(c, sum_net(c, scope, 2, 2), 0xff07), 0x8100 | flags) :
		test_number(c, COMPARE_EQUAL, sum_masked(c, sum_net(c, scope, 2, 1), 7), flags);
	return test_and(c, is_header, test_number(c, COMPARE_EQUAL, sum_net(c, scope, 2 + is_padded + at, 2), value));
}

static struct test *side(struct compiler *c, const struct scope *scope, bool is_dst, uint32_t address)
{
	const uint32_t in_long = is_dst ? 7 : 15, in_short = is_dst ? 1 : 3;
	struct test *any = test_new(c, TEST_OR);
	bool is_fine = test_add(any, in_header(c, scope, false, false, in_short, address)) &&
	               test_add(any, in_header(c, scope, false, true, in_short, address)) &&
	               test_add(any, in_header(c, scope, true, false, in_long, address)) &&
	               test_add(any, in_header(c, scope, true, true, in_long, address));
	return is_fine ? test_and(c, test_type(c, scope, 0x6003), any) : NULL;
}

struct test *mean_decnet(struct compiler *c, const struct scope *scope, const struct node *node)
{
	uint32_t address;
	if (!read_address(c, node->token, &address))
		return NULL;
	return test_direction(c, (enum direction)node->qualifiers.direction, side(c, scope, false, address),
	                      side(c, scope, true, address));
}
