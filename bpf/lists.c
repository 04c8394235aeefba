/* SPDX-License-Identifier: MIT */
/* lists.c - @FILE inside of a set, one item a line. The text of a file is put behind that of the expression, so that
 * its tokens are tokens like all others; only an error about one of them is told with the file and the line, and points
 * at the @FILE. Opens nothing: the caller lends the text (struct rt_filter_names). */
#include <errno.h>
#include <stdlib.h>
#include "stages.h"

#define NAME_SHOWN 100                   /* bytes of a long path that a message shows: the last ones   */

/* Behind the expression and its 0, or behind the list before. */
static int join(struct compiler *c, const char *text, size_t size, uint32_t *at)
{
	const struct list *last = c->lists;
	const size_t end = (last ? (size_t)last->at + last->size : strlen(c->text)) + 1;
	if (size > FILTER_LISTS_MAX || end > FILTER_LISTS_MAX - size)
		return rt_fail(c->error, E2BIG, "the files of the expression have more than %u MiB", FILTER_LISTS_MAX >> 20);
	char *joined = realloc(c->joined, end + size + 1);
	if (!joined)
		return rt_fail(c->error, ENOMEM, "no memory");
	if (!c->joined)
		memcpy(joined, c->text, end);
	memcpy(joined + end, text, size);
	joined[end + size] = '\0';
	c->text = c->joined = joined;
	*at = (uint32_t)end;
	return 0;
}

static void more_memory(struct rt_arena *arena, size_t size)
{
	const size_t room = SIZE_MAX / 2 - arena->limit, more = size < room / FILTER_MEMORY_LIST ? size * FILTER_MEMORY_LIST
	                                                                                        : room;
	arena->limit += more;
}

int list_open(struct compiler *c, const struct token *token, struct list **list)
{
	const struct rt_filter_names *names = c->options.names;
	struct rt_error why = { 0 };
	const char *text;
	size_t size;
	*list = rt_arena_get(&c->scratch, sizeof **list);
	char *path = rt_arena_get(&c->scratch, token->length);
	if (!*list || !path)
		return rt_fail(c->error, ENOMEM, "no memory");
	memcpy(path, c->text + token->at + 1, token->length - 1);
	if (!names || !names->file)
		return token_fail(c, token, "files are not read here");
	if (names->file(names->context, path, &text, &size, &why) < 0)
		return token_fail(c, token, "%s", why.what);
	const int rc = join(c, text, size, &(*list)->at);
	if (rc)
		return rc;
	(*list)->size = (uint32_t)size;
	(*list)->token = token;
	(*list)->older = c->lists;
	c->lists = *list;
	more_memory(&c->scratch, size);
	more_memory(&c->arena, size);
	return 0;
}

const struct list *list_of(const struct compiler *c, const struct token *token)
{
	for (const struct list *list = c->lists; list; list = list->older)
		if (token->at >= list->at)
			return list;
	return NULL;
}

void list_put_place(const struct compiler *c, const struct list *list, uint32_t at, struct rt_text *out)
{
	const uint8_t *path = (const uint8_t *)c->text + list->token->at + 1;
	const size_t length = list->token->length - 1, cut = length > NAME_SHOWN ? length - NAME_SHOWN : 0;
	unsigned line = 1;
	for (uint32_t i = list->at; i < at; i++)
		line += c->text[i] == '\n';
	rt_put_string(out, cut ? "..." : "");
	rt_put_escaped(out, path + cut, length - cut);
	rt_put_format(out, ":%u: ", line);
}
