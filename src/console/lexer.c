/* SPDX-License-Identifier: MIT */
/* lexer.c - text becomes tokens, one at a time; indentation becomes INDENT and DEDENT as in Python's reference, chapter
 * 2. Knows how things are spelled and which bracket closes which, and nothing of what they mean. */
#include "tree.h"
#include "width.h"

static const struct { const char *text; uint8_t length, kind; } signs[] = {
#define SIGN(spelling, id) { spelling, sizeof spelling - 1, TOKEN_##id },
#define KEYWORD(spelling, id)
#define FOREIGN(spelling)
#include "tokens.def"
#undef SIGN
#undef KEYWORD
#undef FOREIGN
};

static const struct { const char *text; uint8_t length, kind; } keywords[] = {
#define SIGN(spelling, id)
#define KEYWORD(spelling, id) { spelling, sizeof spelling - 1, TOKEN_##id },
#define FOREIGN(spelling) { spelling, sizeof spelling - 1, TOKEN_END },
#include "tokens.def"
#undef SIGN
#undef KEYWORD
#undef FOREIGN
};

void lexer_open(struct lexer *lexer, struct source *source, const char *text, size_t size)
{
	*lexer = (struct lexer){ .source = source, .at = text, .end = text + size, .counted = text, .here = { 1, 1 },
	                         .is_line_start = true };
}

struct place lexer_place(struct lexer *l, const char *at)
{
	for (; l->counted < at; l->counted++) {
		if (*l->counted == '\n') {
			l->here.line++;
			l->here.column = 1;
		} else if ((*l->counted & 0xc0) != 0x80) {
			l->here.column++;
		}
	}
	return l->here;
}

static bool lexer_fail(struct lexer *l, struct place place, const char *what)
{
	return syntax_error(l->source, RT_SyntaxError, place, "%s", what) != NULL;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_end(const struct lexer *l, char c) { return l->at < l->end && *l->at == c; }

/* ---- indentation -------------------------------------------------------------------------------------- */

/* Moves to the first character of the next line that is not empty; its columns with tabs of 8, and of 1. */
static void measure_indent(struct lexer *l, unsigned *columns, unsigned *characters)
{
	*columns = *characters = 0;
	for (; l->at < l->end; l->at++) {
		if (*l->at == ' ' || *l->at == '\t') {
			*columns = *l->at == ' ' ? *columns + 1 : (*columns / 8 + 1) * 8;
			++*characters;
		} else if (*l->at == '\n' || *l->at == '\r' || *l->at == '\f') {
			*columns = *characters = 0;
		} else if (*l->at == '#') {
			while (l->at + 1 < l->end && l->at[1] != '\n')
				l->at++;
		} else {
			return;
		}
	}
	*columns = *characters = 0;
}

static bool indent_fail(struct lexer *l, enum rt_trouble what, const char *text)
{
	return syntax_error(l->source, what, lexer_place(l, l->at), "%s", text) != NULL;
}

/* Sets token->kind to INDENT, or l->dedents. */
static bool lex_indent(struct lexer *l, struct token *token)
{
	unsigned columns, characters, top = l->indent_count;
	measure_indent(l, &columns, &characters);
	l->is_line_start = l->at == l->end;
	unsigned now = top ? l->indents[top - 1] : 0, tabs = top ? l->tab_indents[top - 1] : 0;
	if (columns == now)
		return characters == tabs ||
		       indent_fail(l, RT_TabError, "inconsistent use of tabs and spaces in indentation");
	if (columns > now) {
		if (characters <= tabs)
			return indent_fail(l, RT_TabError, "inconsistent use of tabs and spaces in indentation");
		if (top == INDENTS_MAX)
			return indent_fail(l, RT_IndentationError, "too many levels of indentation");
		l->indents[top] = columns;
		l->tab_indents[top] = characters;
		l->indent_count++;
		token->kind = TOKEN_INDENT;
		return true;
	}
	while (l->indent_count && l->indents[l->indent_count - 1] > columns) {
		l->indent_count--;
		l->dedents++;
	}
	now = l->indent_count ? l->indents[l->indent_count - 1] : 0;
	return now == columns ||
	       indent_fail(l, RT_IndentationError, "unindent does not match any outer indentation level");
}

/* Behind a backslash there is only the line's end. */
static bool continue_line(struct lexer *l)
{
	if (l->is_inside)
		return lexer_fail(l, lexer_place(l, l->at), "f-string expression part cannot include a backslash");
	l->at++;
	if (is_end(l, '\r'))
		l->at++;
	if (l->at < l->end && *l->at != '\n')
		return lexer_fail(l, lexer_place(l, l->at), "unexpected character after line continuation character");
	if (l->end - l->at > 1) {
		l->at++;
		return true;
	}
	l->source->s->is_early = true;
	return lexer_fail(l, lexer_place(l, l->at), "unexpected EOF while parsing");
}

/* ---- what a token is ---------------------------------------------------------------------------------- */

/* Letters in front of a quote: r b f u, rb, br, fr, rf, in any case. */
static bool is_prefix(struct token *token, const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool *which = NULL;
		switch (at[i] | 0x20) {
		case 'r': which = &token->is_raw; break;
		case 'b': which = &token->is_bytes; break;
		case 'f': which = &token->is_format; break;
		case 'u': return length == 1;
		}
		if (!which || *which)
			return false;
		*which = true;
	}
	return length < 3 && !(token->is_bytes && token->is_format);
}

static bool unterminated(struct lexer *l, struct token *token)
{
	l->source->s->is_early = token->is_triple;
	const unsigned line =
		lexer_place(l, l->at > token->inside && l->at == l->end && l->at[-1] == '\n' ? l->at - 1 : l->at).line;
	syntax_error(l->source, RT_SyntaxError, token->place, "unterminated %sstring literal (detected at line %u)",
	             token->is_triple ? "triple-quoted " : "", line);
	return false;
}

/* l->at is the quote. */
static bool lex_string(struct lexer *l, struct token *token)
{
	const char quote = *l->at;
	token->kind = TOKEN_STRING;
	token->is_triple = l->end - l->at >= 3 && l->at[1] == quote && l->at[2] == quote;
	l->at += token->is_triple ? 3 : 1;
	token->inside = l->at;
	for (; l->at < l->end; l->at++) {
		if (*l->at == '\\' && l->is_inside)
			return continue_line(l);
		if (*l->at == '\\' && l->end - l->at > 1) {
			l->at++;
		} else if (*l->at == '\n' && !token->is_triple) {
			return unterminated(l, token);
		} else if (*l->at == quote &&
		           (!token->is_triple || (l->end - l->at >= 3 && l->at[1] == quote && l->at[2] == quote))) {
			token->size = (size_t)(l->at - token->inside);
			l->at += token->is_triple ? 3 : 1;
			return true;
		}
	}
	return unterminated(l, token);
}

static bool lex_word(struct lexer *l, struct token *token)
{
	const char *from = l->at;
	while (l->at < l->end && (is_letter(*l->at) || is_digit(*l->at)))
		l->at++;
	const size_t length = (size_t)(l->at - from);
	if ((is_end(l, '"') || is_end(l, '\'')) && is_prefix(token, from, length))
		return lex_string(l, token);
	token->is_raw = token->is_bytes = token->is_format = false;
	token->kind = TOKEN_NAME;
	for (size_t i = 0; i < RT_COUNT(keywords); i++) {
		if (keywords[i].length != length || memcmp(keywords[i].text, from, length) != 0)
			continue;
		token->kind = keywords[i].kind;
		if (token->kind == TOKEN_END)
			return syntax_error(l->source, RT_SyntaxError, token->place, "there is no '%s' here",
			                    keywords[i].text) != NULL;
	}
	return true;
}

static bool lex_bracket(struct lexer *l, const struct token *token, char sign)
{
	static const char pairs[] = "()[]{}";
	const char *pair = strchr(pairs, sign);
	if (!pair)
		return true;
	if ((pair - pairs) % 2 == 0) {
		if (l->open_count == NESTING_MAX)
			return lexer_fail(l, token->place, "too many nested parentheses");
		l->open[l->open_count].sign = sign;
		l->open[l->open_count++].place = token->place;
		return true;
	}
	if (l->open_count == 0) {
		if (l->is_inside)
			return true;            /* the end of an expression in an f-string */
		return syntax_error(l->source, RT_SyntaxError, token->place, "unmatched '%c'", sign) != NULL;
	}
	const char open = l->open[--l->open_count].sign;
	if (open == pair[-1])
		return true;
	return syntax_error(l->source, RT_SyntaxError, token->place,
	                    "closing parenthesis '%c' does not match opening parenthesis '%c'", sign, open) != NULL;
}

static bool lex_sign(struct lexer *l, struct token *token)
{
	for (size_t i = 0; i < RT_COUNT(signs); i++) {
		if ((size_t)(l->end - l->at) >= signs[i].length && memcmp(l->at, signs[i].text, signs[i].length) == 0) {
			token->kind = signs[i].kind;
			l->at += signs[i].length;
			return lex_bracket(l, token, l->at[-1]);
		}
	}
	uint32_t code;
	size_t length = utf8_next(l->at, (size_t)(l->end - l->at), &code);
	if (code < 0x80)
		return lexer_fail(l, token->place, "invalid syntax");
	char number[8] = { 0 };
	for (unsigned i = code > 0xffff ? 5 : 4, rest = code; i; rest >>= 4)
		number[--i] = "0123456789ABCDEF"[rest & 15];
	if (rt_is_printable(code))
		syntax_error(l->source, RT_SyntaxError, token->place, "invalid character '%.*s' (U+%s)", (int)length,
		             l->at, number);
	else
		syntax_error(l->source, RT_SyntaxError, token->place, "invalid non-printable character U+%s", number);
	return false;
}

/* ---- between tokens ----------------------------------------------------------------------------------- */

static void skip_comment(struct lexer *l)
{
	while (l->at < l->end && *l->at != '\n')
		l->at++;
}

/* Blanks, comments, and line ends that mean nothing. */
static bool skip_blanks(struct lexer *l)
{
	while (l->at < l->end) {
		const char c = *l->at;
		if (c == '\\') {
			if (!continue_line(l))
				return false;
		} else if (c == '#') {
			if (l->is_inside)
				return lexer_fail(l, lexer_place(l, l->at),
				                  "f-string expression part cannot include '#'");
			skip_comment(l);
		} else if (c == ' ' || c == '\t' || c == '\f' || c == '\r' ||
		           (c == '\n' && (l->open_count || l->is_inside))) {
			l->at++;
		} else {
			break;
		}
	}
	return true;
}

static bool lex_end(struct lexer *l, struct token *token)
{
	if (l->open_count) {
		l->source->s->is_early = !l->is_inside;
		return syntax_error(l->source, RT_SyntaxError, l->open[l->open_count - 1].place,
		                    "'%c' was never closed", l->open[l->open_count - 1].sign) != NULL;
	}
	token->kind = TOKEN_END;
	if (l->is_inside)
		return true;
	if (!l->is_line_start) {
		l->is_line_start = true;
		token->kind = TOKEN_NEWLINE;
	} else if (l->indent_count) {
		l->indent_count--;
		token->kind = TOKEN_DEDENT;
	}
	return true;
}

static bool lex_token(struct lexer *l, struct token *token)
{
	const char c = *l->at;
	if (is_letter(c))
		return lex_word(l, token);
	if (is_digit(c) || (c == '.' && l->end - l->at > 1 && is_digit(l->at[1])))
		return lexer_number(l, token);
	return c == '"' || c == '\'' ? lex_string(l, token) : lex_sign(l, token);
}

bool lexer_next(struct lexer *l, struct token *token)
{
	*token = (struct token){ .kind = TOKEN_END };
	if (l->is_line_start && !l->is_inside && l->at < l->end && !lex_indent(l, token))
		return false;
	token->at = token->end = l->at;
	token->place = lexer_place(l, l->at);
	if (token->kind == TOKEN_INDENT)
		return true;
	if (l->dedents) {
		l->dedents--;
		token->kind = TOKEN_DEDENT;
		return true;
	}
	if (!skip_blanks(l))
		return false;
	token->at = l->at;
	token->place = lexer_place(l, l->at);
	bool is_right = true;
	if (l->at == l->end) {
		is_right = lex_end(l, token);
	} else if (*l->at == '\n') {
		l->at++;
		l->is_line_start = true;
		token->kind = TOKEN_NEWLINE;
	} else {
		is_right = lex_token(l, token);
	}
	token->end = l->at;
	return is_right;
}
