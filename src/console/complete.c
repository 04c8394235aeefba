/* SPDX-License-Identifier: MIT */
/* complete.c - a word that was begun becomes the words it may be. Knows no name by itself: all come from the interpreter
 * and the types of its values. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "complete.h"

#define HIDDEN "_ringtap_"               /* the name under which what stands in front of a dot is looked at     */

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

/* Sorted, each once. */
static void add(struct completer *c, const char *text, size_t size, const char *behind)
{
	struct editor_choices *choices = c->choices;
	if (strncmp(text, c->word, strlen(c->word)) != 0 || strlen(c->word) > size || choices->count == EDITOR_CHOICES)
		return;
	char *copy = rt_arena_get(&c->arena, size + strlen(behind) + 1);
	if (!copy)
		return;
	memcpy(copy, text, size);
	strcpy(copy + size, behind);
	unsigned at = choices->count;
	while (at > 0 && strcmp(choices->texts[at - 1], copy) > 0)
		at--;
	if (at > 0 && strcmp(choices->texts[at - 1], copy) == 0)
		return;
	memmove(&choices->texts[at + 1], &choices->texts[at], (choices->count - at) * sizeof choices->texts[0]);
	choices->texts[at] = copy;
	choices->count++;
}

/* ---- file names ------------------------------------------------------------------------------------------- */

/* As it is written between quotes. False: not in one line of text. */
static bool put_quoted(struct rt_text *out, const char *name, char quote)
{
	for (; *name; name++) {
		if ((unsigned char)*name < ' ' || *name == 0x7f)
			return false;
		if (*name == quote || *name == '\\')
			rt_put_char(out, '\\');
		rt_put_char(out, *name);
	}
	rt_put_char(out, '\0');
	return !out->error;
}

/* The other way. */
static void unquote(char *text)
{
	char *to = text;
	for (; *text; *to++ = *text++)
		text += text[0] == '\\' && text[1];
	*to = '\0';
}

/* Inside of quotes? Then where they begin, else 0. */
static size_t quote_of(const char *line, size_t cursor)
{
	size_t begin = 0;
	char open = 0;
	for (size_t i = 0; i < cursor; i++) {
		if (open && line[i] == '\\') {
			i++;
		} else if (open && line[i] == open) {
			open = 0;
		} else if (!open && (line[i] == '\'' || line[i] == '"')) {
			open = line[i];
			begin = i + 1;
		}
	}
	return open ? begin : 0;
}

static void add_file(struct completer *c, int directory, const char *name, char quote)
{
	char memory[2 * NAME_MAX + 2];
	struct rt_text out;
	struct stat found;
	const bool is_hidden = name[0] == '.' && c->word[0] != '.';
	rt_text_init(&out, memory, sizeof memory, -1);
	if (is_hidden || !put_quoted(&out, name, quote))
		return;
	const bool is_directory = fstatat(directory, name, &found, 0) == 0 && S_ISDIR(found.st_mode);
	add(c, memory, strlen(memory), is_directory ? "/" : "");
}

/* `text` stands behind its quote. */
static void complete_file(struct completer *c, const char *text, size_t size)
{
	char path[512], *slash;
	if (size >= sizeof path)
		return;
	memcpy(path, text, size);
	path[size] = '\0';
	slash = strrchr(path, '/');
	char *word = rt_arena_get(&c->arena, size + 1);
	if (!word)
		return;
	c->word = strcpy(word, slash ? slash + 1 : path);
	c->choices->from += size - strlen(word);
	if (slash)
		slash[1] = '\0';
	unquote(path);
	DIR *directory = opendir(slash ? path : ".");
	for (const struct dirent *entry; directory && (entry = readdir(directory)); )
		add_file(c, dirfd(directory), entry->d_name, text[-1]);
	if (directory)
		closedir(directory);
}

/* ---- names --------------------------------------------------------------------------------------------------- */

static void add_global(void *context, const char *name, bool is_own)
{
	(void)is_own;
	if (strcmp(name, HIDDEN) != 0)
		add(context, name, strlen(name), "");
}

/* The host has hundreds of names: only those that begin with what was typed. */
static void add_names(struct completer *c)
{
	rt_script_each_name(c->script, add_global, c);
	if (*c->word)
		rt_script_host_names(c->script, add_global, c);
}

static void add_attribute(void *context, const char *name, size_t size) { add(context, name, size, ""); }

/* Back over names, dots and indexes without calls: where the expression in front of a dot begins. */
static size_t expression_back(const char *line, size_t end)
{
	size_t at = end, depth = 0;
	while (at > 0) {
		const char c = line[at - 1];
		if (c == ']')
			depth++;
		else if (c == '[' && depth > 0)
			depth--;
		else if (c == '(' || c == ')' || c == '=' || c == '[' || (depth == 0 && !is_name(c) && c != '.'))
			break;
		at--;
	}
	return at;
}

static void complete_attribute(struct completer *c, const char *line, size_t dot)
{
	const size_t from = expression_back(line, dot);
	struct rt_script_error error;
	char text[1024];
	if (from == dot || dot - from > sizeof text - sizeof HIDDEN - 8)
		return;
	struct rt_text out;
	rt_text_init(&out, text, sizeof text, -1);
	rt_put_string(&out, HIDDEN " = ");
	rt_put(&out, line + from, dot - from);
	rt_put_char(&out, '\n');
	if (rt_script_run(c->script, text, rt_text_length(&out), "", 0, &error) < 0)
		return;
	const struct rt_any value = rt_script_get(c->script, HIDDEN);
	rt_names(value, add_attribute, c);
	rt_script_set(c->script, HIDDEN, rt_none());
}

void complete(void *completer, const char *line, size_t cursor, struct editor_choices *choices)
{
	struct completer *c = completer;
	rt_arena_free(&c->arena);
	c->arena.limit = 1u << 20;
	c->choices = choices;
	const size_t quote = quote_of(line, cursor);
	choices->from = quote ? quote : cursor;
	if (quote) {
		complete_file(c, line + quote, cursor - quote);
		return;
	}
	while (choices->from > 0 && is_name(line[choices->from - 1]))
		choices->from--;
	char *word = rt_arena_get(&c->arena, cursor - choices->from + 1);
	if (!word)
		return;
	memcpy(word, line + choices->from, cursor - choices->from);
	c->word = word;
	if (choices->from > 0 && line[choices->from - 1] == '.')
		complete_attribute(c, line, choices->from - 1);
	else
		add_names(c);
}

void complete_free(struct completer *c) { rt_arena_free(&c->arena); }
