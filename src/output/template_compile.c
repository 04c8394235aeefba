/* SPDX-License-Identifier: MIT */
/* template_compile.c - text with {Layer.field} in it becomes steps; names are looked up here, once. In the user's
 * --format \n \t \\ {{ }} are escapes; in sentences [ ] | ? have the meaning that struct rt_line gives them. */
#include <errno.h>
#include <stdlib.h>
#include "template.h"

struct compile {
	struct rt_template *template;
	const struct rt_proto *self;    /* NULL: the user's                                            */
	const char *text, *at;
	struct rt_error *error;
	struct step *group;             /* open STEP_MAYBE                                             */
};

struct word { const char *at; size_t size; };

static int fail(struct compile *c, struct word word, const char *why)
{
	rt_fail(c->error, EINVAL, "--format: {%.*s}: %s", (int)word.size, word.at, why);
	rt_hint(c->error, "ringtap --protocols lists the names of layers and fields");
	c->error->column = (int)(word.at - c->text) + 1;
	return -EINVAL;
}

static int fail_open(struct compile *c, struct word word)
{
	rt_fail(c->error, EINVAL, "--format: {%.*s: the closing } is missing", (int)word.size, word.at);
	rt_hint(c->error, "write {{ for the character {");
	c->error->column = (int)(word.at - c->text) + 1;
	return -EINVAL;
}

static struct step *add_step(struct compile *c, enum step_kind kind)
{
	struct step *step = &c->template->steps[c->template->count++];
	*step = (struct step){ .kind = (uint8_t)kind };
	return step;
}

/* ---- fields ------------------------------------------------------------------------------------------ */

static const char *fault_text(const struct step *step, enum rt_path_fault fault)
{
	switch (fault) {
	case RT_PATH_NO_LAYER: return "no such layer";
	case RT_PATH_NO_FIELD: return "no such field";
	case RT_PATH_NO_ITEM:  break;
	case RT_PATH_FINE:     return step->path.item && !step->path.field ? "which field of that item?" : NULL;
	}
	return "no such field in the list";
}

/* A sentence speaks of its own layer first; the user may leave out `frame`. */
static enum rt_path_fault find_path(const struct compile *c, struct step *step, struct word word)
{
	const struct rt_proto *first = c->self ? c->self : rt_proto_at(0);
	enum rt_path_fault fault = rt_path_in(&step->path, first, word.at, word.size);
	step->where = c->self ? WHERE_SELF : WHERE_NAMED;
	if (step->path.count)
		return fault;
	step->where = c->self ? WHERE_NEAR : WHERE_NAMED;
	return memchr(word.at, '.', word.size) ? rt_path_find(&step->path, word.at, word.size, false) : fault;
}

static int add_field(struct compile *c, struct word whole)
{
	struct step *step = add_step(c, STEP_FIELD);
	struct word rest = whole;
	if (rest.size > 2 && rest.at[rest.size - 2] == ':' && strchr("dxs", rest.at[rest.size - 1])) {
		step->base = rest.at[rest.size - 1];
		rest.size -= 2;
	}
	const char *why = fault_text(step, find_path(c, step, rest));
	return why ? fail(c, whole, why) : 0;
}

/* ---- text ------------------------------------------------------------------------------------------------ */

static int add_text(struct compile *c, const char *text, size_t size)
{
	struct step *last = c->template->count ? &c->template->steps[c->template->count - 1] : NULL;
	if (last && last->kind == STEP_TEXT && last->text + last->length == text) {
		last->length += (uint32_t)size;
		return 0;
	}
	struct step *step = add_step(c, STEP_TEXT);
	step->text = text;
	step->length = (uint32_t)size;
	return 0;
}

static int add_escape(struct compile *c)
{
	char next = c->at[1];
	const char *text = next == 'n' ? "\n" : next == 't' ? "\t" : next == '\\' ? "\\" : NULL;
	if (!text)
		return add_text(c, c->at++, 1);
	c->at += 2;
	c->template->ends_line = next == 'n' && !*c->at;
	return add_text(c, text, 1);
}

static int add_braces(struct compile *c)
{
	if (c->at[0] == c->at[1] && !c->self) {
		c->at += 2;
		return add_text(c, c->at - 1, 1);
	}
	size_t size = strcspn(c->at + 1, "{}");
	struct word word = { c->at + 1, size };
	if (c->at[0] == '}')
		return fail(c, (struct word){ c->at, 1 }, "a single }; write }} for the character");
	if (c->at[1 + size] != '}')
		return fail_open(c, word);
	if (!size)
		return fail(c, word, "no field in the braces");
	c->at += size + 2;
	return add_field(c, word);
}

static int add_mark(struct compile *c)
{
	char mark = *c->at++;
	if (mark == '|')
		add_step(c, STEP_SHORT);
	else if (mark == '?')
		add_step(c, STEP_ALONE);
	else if (mark == '[')
		c->group = add_step(c, STEP_MAYBE);
	else if (c->group)
		c->group->skip = c->template->count;
	return 0;
}

static int add_next(struct compile *c)
{
	if (*c->at == '{' || *c->at == '}')
		return add_braces(c);
	if (c->self && strchr("[]|?", *c->at))
		return add_mark(c);
	if (!c->self && *c->at == '\\')
		return add_escape(c);
	size_t size = strcspn(c->at + 1, c->self ? "{}[]|?" : "{}\\") + 1;
	c->at += size;
	return add_text(c, c->at - size, size);
}

int template_compile(struct rt_template *template, const char *text, const struct rt_proto *self,
                     struct rt_arena *arena, struct rt_error *error)
{
	struct compile c = { .template = template, .self = self, .text = text, .at = text, .error = error };
	size_t most = strlen(text) + 1;         /* every step takes a character at least */
	if (most > UINT16_MAX / 2)
		return rt_fail(error, E2BIG, "--format: the text is too long");
	template->steps = rt_arena_get(arena, most * sizeof *template->steps);
	if (!template->steps)
		return rt_fail(error, ENOMEM, "--format: no memory");
	while (*c.at) {
		int rc = add_next(&c);
		if (rc)
			return rc;
	}
	size_t size = strlen(text);
	template->ends_line |= size && text[size - 1] == '\n';
	return 0;
}

int rt_template_new(struct rt_template **template, const char *text, struct rt_error *error)
{
	*template = calloc(1, sizeof **template);
	if (!*template)
		return rt_fail(error, ENOMEM, "--format: no memory");
	int rc = template_compile(*template, text, NULL, &(*template)->arena, error);
	if (rc) {
		rt_template_free(*template);
		*template = NULL;
	}
	return rc;
}

void rt_template_free(struct rt_template *template)
{
	if (template)
		rt_arena_free(&template->arena);
	free(template);
}
