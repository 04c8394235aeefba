/* SPDX-License-Identifier: MIT */
/* string.c - strings of field tests: "GET /", with \" \\ \n \r \t and \xNN for any byte. */
#include <errno.h>
#include "stages.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What stands behind a backslash becomes a byte. Returns how many characters it is; 0: nothing that is known. */
static uint32_t read_escape(const char *text, uint8_t *byte)
{
	static const char names[] = "\"\\nrt", bytes[] = "\"\\\n\r\t";
	const char *at = *text ? strchr(names, *text) : NULL;
	if (at) {
		*byte = (uint8_t)bytes[at - names];
		return 1;
	}
	if (*text != 'x' || hex_digit(text[1]) < 0 || hex_digit(text[2]) < 0)
		return 0;
	*byte = (uint8_t)(hex_digit(text[1]) << 4 | hex_digit(text[2]));
	return 3;
}

static int fail_escape(struct compiler *c, uint32_t at)
{
	const struct token escape = { .at = at, .length = c->text[at + 1] ? 2 : 1 };
	return token_fail(c, &escape, "write \\\" \\\\ \\n \\r \\t or \\xNN: no other character follows a backslash");
}

/* The bytes between the quotes; `token->length` becomes that of all of it. */
static int read_string(struct compiler *c, struct token *token, uint8_t bytes[FILTER_STRING_MAX])
{
	const char *text = c->text;
	uint32_t at = token->at + 1, size = 0;
	for (; text[at] != '"'; size++) {
		uint32_t length = 1;
		token->length = 1;
		if (!text[at])
			return token_fail(c, token, "the string that begins here has no end");
		if (size == FILTER_STRING_MAX)
			return token_fail(c, token, "a string has at most %d bytes", FILTER_STRING_MAX);
		bytes[size] = (uint8_t)text[at];
		if (text[at] == '\\') {
			length = read_escape(text + at + 1, &bytes[size]) + 1;
			if (length == 1)
				return fail_escape(c, at);
		}
		at += length;
	}
	token->length = at + 1 - token->at;
	token->number = size;
	return 0;
}

int lex_string(struct compiler *c, struct token *token)
{
	uint8_t bytes[FILTER_STRING_MAX];
	int rc = read_string(c, token, bytes);
	if (rc < 0)
		return rc;
	uint8_t *copy = rt_arena_get(&c->arena, token->number + 1u);
	if (!copy)
		return rt_fail(c->error, ENOMEM, "no memory");
	memcpy(copy, bytes, token->number);
	token->kind = TOKEN_STRING;
	token->address = copy;
	return 0;
}
