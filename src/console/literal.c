/* SPDX-License-Identifier: MIT */
/* literal.c - numbers as they are written, and what stands between quotes with its escapes (Python's reference, 2.4).
 * */
#include "tree.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* 0 to 35, or 36. */
static unsigned digit_value(char c)
{
	if (is_digit(c))
		return (unsigned)(c - '0');
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (unsigned)((c | 0x20) - 'a') + 10 : 36;
}

/* ---- numbers ------------------------------------------------------------------------------------------ */

static bool number_fail(struct lexer *l, const struct token *token, const char *what)
{
	return syntax_error(l->source, RT_SyntaxError, token->place, "%s", what) != NULL;
}

static const char *name_of_base(unsigned base)
{
	return base == 16 ? "hexadecimal" : base == 8 ? "octal" : base == 2 ? "binary" : "decimal";
}

static bool invalid_literal(struct lexer *l, const struct token *token, unsigned base)
{
	return syntax_error(l->source, RT_SyntaxError, token->place, "invalid %s literal", name_of_base(base)) != NULL;
}

/* Digits with single '_' between them; in front of the first only behind 0x. */
static bool read_digits(struct lexer *l, struct token *token, unsigned base, bool may_begin_low)
{
	bool was_digit = may_begin_low, has_digit = false, is_big = false;
	for (; l->at < l->end; l->at++) {
		const unsigned value = digit_value(*l->at);
		if (*l->at == '_' ? !was_digit : value >= base)
			break;
		was_digit = *l->at != '_';
		if (!was_digit)
			continue;
		has_digit = true;
		is_big |= token->number > (UINT64_MAX - value) / base;
		token->number = token->number * base + value;
	}
	if (!has_digit || !was_digit || (l->at < l->end && (*l->at == '_' || (base < 10 && is_digit(*l->at)))))
		return invalid_literal(l, token, base);
	/* -9223372036854775808 is fine; the compiler looks */
	if (is_big || token->number > 1ull << 63)
		return number_fail(l, token, "integers have 64 bits here: this one does not fit");
	return true;
}

static bool begins_float(const struct lexer *l)
{
	if (l->at == l->end)
		return false;
	const char c = *l->at, next = l->end - l->at > 1 ? l->at[1] : '\0';
	const char after = l->end - l->at > 2 ? l->at[2] : '\0';
	return c == '.' || c == 'j' || c == 'J' ||
	       ((c | 0x20) == 'e' && (is_digit(next) || ((next == '+' || next == '-') && is_digit(after))));
}

bool lexer_number(struct lexer *l, struct token *token)
{
	unsigned base = 10;
	token->kind = TOKEN_NUMBER;
	if (l->end - l->at > 1 && *l->at == '0') {
		const char letter = l->at[1] | 0x20;
		base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
	}
	const bool is_zero = *l->at == '0';
	const char *from = l->at;
	l->at += base == 10 ? 0 : 2;
	if (*from != '.' && !read_digits(l, token, base, base != 10))
		return false;
	if (base == 10 && begins_float(l))
		return number_fail(l, token, "there are no floats here");
	if (is_zero && base == 10 && token->number)
		return number_fail(l, token, "leading zeros in decimal integer literals are not permitted; "
		                             "use an 0o prefix for octal integers");
	/* "1if x" is allowed, if barely; "1abc" is not */
	if (l->at < l->end && (digit_value(*l->at) < 36 || *l->at == '_'))
		return invalid_literal(l, token, base);
	return true;
}

/* ---- escapes ------------------------------------------------------------------------------------------ */

struct escape {
	struct lexer *lexer;
	const struct token *token;
	const char *at, *end;
	char *to;                /* where the next byte goes                                             */
};

static bool escape_fail(struct escape *e, const char *what)
{
	return syntax_error(e->lexer->source, RT_SyntaxError, e->token->place, "%s", what) != NULL;
}

static void put_code(struct escape *e, uint32_t code)
{
	if (e->token->is_bytes)
		*e->to++ = (char)code;
	else
		e->to += utf8_put(e->to, code);
}

static bool read_hex(struct escape *e, unsigned digits, char letter)
{
	uint32_t code = 0;
	for (unsigned i = 0; i < digits; i++, e->at++) {
		const unsigned value = e->at < e->end ? digit_value(*e->at) : 36;
		if (value >= 16)
			return escape_fail(e, e->token->is_bytes ? "(value error) invalid \\x escape"
			                   : letter == 'x' ? "(unicode error) truncated \\xXX escape"
			                   : letter == 'u' ? "(unicode error) truncated \\uXXXX escape"
			                                   : "(unicode error) truncated \\UXXXXXXXX escape");
		code = code << 4 | value;
	}
	if (code > 0x10ffff)
		return escape_fail(e, "(unicode error) illegal Unicode character");
	if (code >= 0xd800 && code < 0xe000)
		return escape_fail(e, "(unicode error) there are no surrogates here");
	put_code(e, code);
	return true;
}

static void read_octal(struct escape *e)
{
	uint32_t code = 0;
	for (unsigned i = 0; i < 3 && e->at < e->end && *e->at >= '0' && *e->at <= '7'; i++)
		code = code << 3 | (uint32_t)(*e->at++ - '0');
	put_code(e, e->token->is_bytes ? code & 0xff : code);
}

/* e->at is behind the backslash. */
static bool read_escape(struct escape *e)
{
	static const char letters[] = "n\nt\tr\r\\\\'\'\"\"a\ab\bf\fv\v";
	const char c = *e->at++;
	if (c == '\n')
		return true;
	for (const char *p = letters; *p; p += 2) {
		if (*p == c) {
			*e->to++ = p[1];
			return true;
		}
	}
	if (c >= '0' && c <= '7') {
		e->at--;
		read_octal(e);
		return true;
	}
	if (c == 'x' || (!e->token->is_bytes && (c == 'u' || c == 'U')))
		return read_hex(e, c == 'x' ? 2 : c == 'u' ? 4 : 8, c);
	if (c == 'N' && !e->token->is_bytes)
		return escape_fail(e, "(unicode error) there are no character names here");
	*e->to++ = '\\';
	*e->to++ = c;
	return true;
}

struct rt_any literal_text(struct lexer *l, const struct token *token, const char *from, size_t size)
{
	/* no escape is longer than what it stands for */
	struct text *text = text_new(l->source->s, token->is_bytes ? &rt_type_bytes : &rt_type_str, size);
	if (!text)
		return rt_nothing();
	struct escape e = { l, token, from, from + size, text->bytes };
	while (e.at < e.end) {
		if (*e.at == '\r' && e.at + 1 < e.end && e.at[1] == '\n')
			e.at++;
		if (token->is_bytes && (uint8_t)*e.at >= 0x80) {
			escape_fail(&e, "bytes can only contain ASCII literal characters");
			return rt_nothing();
		}
		if (*e.at != '\\' || token->is_raw || e.at + 1 == e.end) {
			*e.to++ = *e.at++;
			continue;
		}
		e.at++;
		if (!read_escape(&e))
			return rt_nothing();
	}
	text->size = (uint32_t)(e.to - text->bytes);
	text_counted(text);
	return rt_any_of(&text->head);
}
