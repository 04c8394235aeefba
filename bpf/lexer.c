/* SPDX-License-Identifier: MIT */
/* lexer.c - the text becomes tokens, all at once, and every "(" learns where its ")" is. Knows how words, numbers
 * and addresses are spelled (pcap-filter(7)), and nothing of what they mean. */
#include <arpa/inet.h>
#include <errno.h>
#include <strings.h>
#include "stages.h"

static const struct word words[] = {
#define KEYWORD(spelling, id) { spelling, NULL, ROLE_KEYWORD, WORD_##id, 0, 0 },
#define PROTOCOL(spelling, id, layer, number) { spelling, NULL, ROLE_PROTOCOL, WORD_##id, LAYER_##layer, number },
#define CONSTANT(spelling, number) { spelling, NULL, ROLE_CONSTANT, WORD_NONE, 0, number },
#define ALIAS(spelling, other) { spelling, other, 0, 0, 0, 0 },
#define ELSEWHERE(spelling, links) { spelling, links, ROLE_ELSEWHERE, WORD_NONE, 0, 0 },
#include "words.def"
};

const struct word *word_find(const char *text, size_t length)
{
	for (size_t i = 0; i < RT_COUNT(words); i++) {
		const struct word *word = &words[i];
		if (*word->spelling != *text || strlen(word->spelling) != length || strncmp(word->spelling, text, length) != 0)
			continue;
		return word->alias_of && word->role != ROLE_ELSEWHERE ? word_find(word->alias_of, strlen(word->alias_of)) : word;
	}
	return NULL;
}

bool token_is(const struct compiler *c, const struct token *token, const char *text)
{
	return strlen(text) == token->length && strncasecmp(text, c->text + token->at, token->length) == 0;
}

/* Only the name of a file can have bytes that no terminal should get. */
static void put_visible(struct rt_text *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\\')
			rt_put_char(out, '\\');
		else
			rt_put_escaped(out, (const uint8_t *)text + i, 1);
	}
}

int token_fail(struct compiler *c, const struct token *token, const char *format, ...)
{
	char raw[sizeof c->error->what], visible[sizeof c->error->what];
	const struct list *list = list_of(c, token);
	struct rt_text what, out;
	va_list args;
	rt_text_init(&what, raw, sizeof raw, -1);
	va_start(args, format);
	rt_put_vformat(&what, format, args);
	va_end(args);
	rt_text_init(&out, visible, sizeof visible - 1, -1);
	if (list)
		list_put_place(c, list, token->at, &out);
	put_visible(&out, raw, rt_text_length(&what));
	*out.at = '\0';
	rt_fail(c->error, EINVAL, "%s", visible);
	token = list ? list->token : token;
	c->error->column = (int)token->at + 1;
	c->error->length = token->length ? (int)token->length : 1;
	return -EINVAL;
}

/* ---- characters ------------------------------------------------------------------------------------------ */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
static uint32_t hex_value(char c) { return (uint32_t)(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10); }

static size_t span(const char *text, bool (*is_in)(char))
{
	size_t n = 0;
	while (is_in(text[n]))
		n++;
	return n;
}

static bool is_address(char c) { return is_hex(c) || c == ':' || c == '.'; }
static bool is_around(char c) { return is_address(c) || is_letter(c) || c == '-'; }
static bool is_inside(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; }

static bool is_escaped(char c) { return c > ' ' && c < 127 && !strchr("!(){},#", c); }
static bool is_path(char c) { return (uint8_t)c > ' ' && c != 127 && !strchr(",}", c); }

/* ---- what a run of characters is -------------------------------------------------------------------------- */

#define WORD_LENGTH_MAX 253              /* of a name in the DNS                                      */

static int check_length(struct compiler *c, const struct token *token, size_t length)
{
	if (length <= WORD_LENGTH_MAX)
		return 0;
	return token_fail(c, token, "a word of more than %d characters", WORD_LENGTH_MAX);
}

/* Decimal, 0x hexadecimal or 0 octal; false: no number, or more than 32 bits. */
static bool read_number(const char *text, size_t length, uint32_t *number)
{
	const bool is_hexadecimal = length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x';
	const uint32_t base = is_hexadecimal ? 16 : length > 1 && text[0] == '0' ? 8 : 10;
	uint64_t value = 0;
	for (size_t i = is_hexadecimal ? 2 : 0; i < length; i++) {
		if (!is_hex(text[i]) || hex_value(text[i]) >= base)
			return false;
		value = value * base + hex_value(text[i]);
		if (value > UINT32_MAX)
			return false;
	}
	*number = (uint32_t)value;
	return length > 0;
}

/* "10.1.2.3", or only its beginning: "10.1". The parts are decimal, at most 255. */
static bool read_ip4(const char *text, size_t length, struct token *token)
{
	uint32_t number = 0, part = 0, parts = 1;
	size_t digits = 0;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && digits && parts < 4) {
			number = number << 8 | part;
			part = 0;
			digits = 0;
			parts++;
		} else if (is_digit(text[i]) && part * 10 + hex_value(text[i]) <= 255) {
			part = part * 10 + hex_value(text[i]);
			digits++;
		} else {
			return false;
		}
	}
	token->number = number << 8 | part;
	token->parts = (uint8_t)parts;
	return digits && parts > 1;
}

/* Six pieces of one or two digits, three of four, or twelve digits; the same sign between all of them. */
static bool read_mac(const char *text, size_t length, uint8_t mac[6])
{
	uint32_t values[6] = { 0 };
	size_t pieces = 0, digits = 0, most = 0;
	char sign = 0;
	if (length == 12 && span(text, is_hex) >= 12) {
		for (size_t i = 0; i < 6; i++)
			mac[i] = (uint8_t)(hex_value(text[2 * i]) << 4 | hex_value(text[2 * i + 1]));
		return true;
	}
	for (size_t i = 0; i < length; i++) {
		if (is_hex(text[i]) && digits < 4) {
			values[pieces] = values[pieces] << 4 | hex_value(text[i]);
			digits++;
			most = digits > most ? digits : most;
			continue;
		}
		if (!digits || is_hex(text[i]) || (sign && text[i] != sign) || ++pieces > 5)
			return false;
		sign = text[i];
		digits = 0;
	}
	if (!digits || !((pieces == 5 && most <= 2) || (pieces == 2 && length == 14 && sign == '.')))
		return false;
	for (size_t i = 0; i < 6; i++)
		mac[i] = (uint8_t)(pieces == 5 ? values[i] : values[i / 2] >> (i % 2 ? 0 : 8));
	return true;
}

static bool read_ip6(const char *text, size_t length, uint8_t address[16])
{
	char copy[INET6_ADDRSTRLEN];
	if (length >= sizeof copy)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return inet_pton(AF_INET6, copy, address) == 1;
}

static int set_address(struct compiler *c, struct token *token, enum token_kind kind, const uint8_t *bytes, size_t size)
{
	uint8_t *copy = rt_arena_get(&c->scratch, size);
	if (!copy)
		return rt_fail(c->error, ENOMEM, "no memory");
	memcpy(copy, bytes, size);
	token->kind = (uint8_t)kind;
	token->address = copy;
	return 0;
}

/* Runs with at least two colons can only be addresses: tcp[0:2] has one. Returns 1 when it was one. */
static int lex_address(struct compiler *c, struct token *token)
{
	const char *text = c->text + token->at;
	size_t length = span(text, is_address), colons = 0;
	uint8_t bytes[16];
	for (size_t i = 0; i < length; i++)
		colons += text[i] == ':';
	if (colons < 2)
		return 0;
	length += span(text + length, is_around);
	token->length = (uint32_t)length;
	int rc = check_length(c, token, length);
	if (rc < 0)
		return rc;
	if (read_mac(text, length, bytes))
		rc = set_address(c, token, TOKEN_MAC, bytes, 6);
	else if (read_ip6(text, length, bytes))
		rc = set_address(c, token, TOKEN_IP6, bytes, 16);
	else
		rc = token_fail(c, token, "\"%.*s\" is not an address", (int)length, text);
	return rc < 0 ? rc : 1;
}

/* 0x1ffffffff, 08 and 99999999999 are not even names. */
static int check_number(struct compiler *c, const struct token *token, const char *text, size_t length)
{
	const bool is_decimal = span(text, is_digit) == length;
	const bool is_hexadecimal = length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' &&
	                            span(text + 2, is_hex) == length - 2;
	if (is_decimal && *text == '0' && strcspn(text, "89") < length)
		return token_fail(c, token, "%.*s is no octal number", (int)length, text);
	if (is_decimal || is_hexadecimal)
		return token_fail(c, token, "%.*s is more than 32 bits hold", (int)length, text);
	return 0;
}

/* A word, a number, an IPv4 address, a MAC address without colons, or else a name. */
static int lex_word(struct compiler *c, struct token *token)
{
	const char *text = c->text + token->at;
	uint8_t mac[6];
	size_t length = span(text, is_inside);
	while (length > 1 && text[length - 1] == '-')
		length--;
	token->length = (uint32_t)length;
	if (length > WORD_LENGTH_MAX)
		return check_length(c, token, length);
	token->word = is_digit(*text) ? NULL : word_find(text, length);
	if (token->word) {
		token->kind = TOKEN_WORD;
		return 0;
	}
	if (read_mac(text, length, mac))
		return set_address(c, token, TOKEN_MAC, mac, 6);
	if (read_ip4(text, length, token)) {
		token->kind = TOKEN_IP4;
		return 0;
	}
	if (read_number(text, length, &token->number)) {
		token->kind = TOKEN_NUMBER;
		return 0;
	}
	token->kind = TOKEN_NAME;
	return check_number(c, token, text, length);
}

/* \tcp: the name, not the keyword, and names with other characters: \whois++. */
static int lex_escaped(struct compiler *c, struct token *token)
{
	const char *text = c->text + token->at + 1;
	const size_t length = span(text, is_escaped);
	token->length = (uint32_t)length + 1;
	if (!length)
		return token_fail(c, token, "a name must stand behind \"\\\"");
	token->kind = TOKEN_NAME;
	token->word = word_find(text, length);
	return check_length(c, token, length);
}

static int lex_symbol(struct compiler *c, struct token *token)
{
	static const struct { char text[3]; uint16_t symbol; } doubles[] = {
		{ "<<", SYMBOL_SHIFT_LEFT }, { ">>", SYMBOL_SHIFT_RIGHT }, { "!=", SYMBOL_NOT_EQUAL },
		{ "<=", SYMBOL_LESS_EQUAL }, { ">=", SYMBOL_GREATER_EQUAL }, { "==", '=' },
	};
	const char *text = c->text + token->at;
	token->kind = TOKEN_SYMBOL;
	token->length = 2;
	for (size_t i = 0; i < RT_COUNT(doubles); i++) {
		if (strncmp(text, doubles[i].text, 2) == 0) {
			token->symbol = doubles[i].symbol;
			return 0;
		}
	}
	for (; token->length; token->length--) {        /* "&&", "||", "!" are words */
		token->word = word_find(text, token->length);
		if (token->word) {
			token->kind = TOKEN_WORD;
			return 0;
		}
	}
	token->length = 1;
	token->symbol = (uint16_t)(uint8_t)*text;
	if (!strchr("()[]{},:+-*/%&|^<>=", *text))
		return token_fail(c, token, *text > ' ' && *text < 127 ? "\"%c\" is no part of the filter language"
		                                                        : "this is no part of the filter language", *text);
	return 0;
}

/* @FILE: up to a blank or what a set goes on with. */
static int lex_file(struct compiler *c, struct token *token)
{
	const size_t length = span(c->text + token->at + 1, is_path);
	token->kind = TOKEN_FILE;
	token->length = (uint32_t)length + 1;
	return length ? 0 : token_fail(c, token, "the name of a file must stand behind \"@\"");
}

static int lex_token(struct compiler *c, struct token *token)
{
	const char first = c->text[token->at];
	if (is_hex(first) || first == ':') {
		const int rc = lex_address(c, token);
		if (rc)
			return rc < 0 ? rc : 0;
	}
	if (is_letter(first) || is_digit(first))
		return lex_word(c, token);
	if (first == '"')
		return lex_string(c, token);
	return first == '\\' ? lex_escaped(c, token) : first == '@' ? lex_file(c, token) : lex_symbol(c, token);
}

/* ---- parentheses ---------------------------------------------------------------------------------------------- */

/* `open` chains the "(" that wait, through their `match`. */
static int match_parenthesis(struct compiler *c, uint32_t at, uint32_t *open)
{
	struct token *token = &c->tokens[at];
	if (token->kind != TOKEN_SYMBOL)
		return 0;
	if (token->symbol == '(') {
		token->match = *open;
		*open = at;
	} else if (token->symbol == ')') {
		if (*open == UINT32_MAX)
			return token_fail(c, token, "\")\" without \"(\"");
		const uint32_t outer = c->tokens[*open].match;
		c->tokens[*open].match = at;
		*open = outer;
	}
	return 0;
}

int lexer_run(struct compiler *c)
{
	const size_t size = strnlen(c->text, FILTER_TEXT_MAX + 1);
	uint32_t open = UINT32_MAX, at = 0;
	if (size > FILTER_TEXT_MAX)
		return rt_fail(c->error, E2BIG, "the expression is longer than %u bytes", FILTER_TEXT_MAX);
	c->tokens = rt_arena_get(&c->scratch, (size + 1) * sizeof *c->tokens);
	if (!c->tokens)
		return rt_fail(c->error, ENOMEM, "no memory");
	for (;;) {
		at += (uint32_t)span(c->text + at, is_blank);
		struct token *token = &c->tokens[c->token_count];
		token->at = at;
		if (!c->text[at])
			break;
		int rc = lex_token(c, token);
		rc = rc < 0 ? rc : match_parenthesis(c, c->token_count, &open);
		if (rc < 0)
			return rc;
		at += token->length;
		c->token_count++;
	}
	c->tokens[c->token_count++].kind = TOKEN_END;
	return open == UINT32_MAX ? 0 : token_fail(c, &c->tokens[open], "\"(\" without \")\"");
}

/* ---- lines of lists --------------------------------------------------------------------------------------------- */

#define LINE_TOKENS 4                    /* an item has three at most: "10.0.0.0 mask 255.0.0.0"       */

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
static bool is_in_line(char c) { return c && c != '\n'; }

/* Up to LINE_TOKENS of one line; `*at` is behind the last. The number of them, or a negative errno. */
static int lex_line(struct compiler *c, uint32_t *at, struct token tokens[LINE_TOKENS])
{
	int count = 0;
	for (; count < LINE_TOKENS; count++) {
		struct token *token = &tokens[count];
		*at += (uint32_t)span(c->text + *at, is_space);
		*token = (struct token){ .at = *at };
		if (strchr("\n#", c->text[*at]))        /* or the 0 at the end */
			break;
		const int rc = lex_token(c, token);
		if (rc < 0)
			return rc;
		*at += token->length;
	}
	return count;
}

int lexer_line(struct compiler *c, uint32_t *at, struct token **tokens)
{
	struct token line[LINE_TOKENS + 1];
	int count = 0;
	while (!count && c->text[*at]) {
		count = lex_line(c, at, line);
		if (count < 0)
			return count;
		line[count] = (struct token){ .kind = TOKEN_END, .at = *at };
		*at += (uint32_t)span(c->text + *at, is_in_line);
		*at += c->text[*at] == '\n';
	}
	const size_t size = ((size_t)count + 1) * sizeof *line;
	if (!count)
		return 0;
	*tokens = rt_arena_get(&c->scratch, size);
	if (!*tokens)
		return rt_fail(c->error, ENOMEM, "no memory");
	memcpy(*tokens, line, size);
	return 1;
}
