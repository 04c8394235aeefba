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
	struct rt_arena *arena;
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

static void add_choices(struct step *step, const struct rt_proto *proto, struct word field)
{
	for (unsigned i = 0; i < proto->row_count && step->choice_count < TEMPLATE_CHOICES; i++) {
		const struct rt_row *row = &proto->rows[i];
		if (strncmp(row->name, field.at, field.size) == 0 && !row->name[field.size])
			step->choice[step->choice_count++] = (struct choice){ proto, row };
	}
}

static bool item_has(const struct rt_proto *proto, struct word name)
{
	return proto && rt_row_find(proto, name.at, name.size);
}

/* Does some item of the list have such a field? */
static bool list_has(const struct rt_list *list, struct word name)
{
	if (!list || item_has(list->other, name))
		return list != NULL;
	for (unsigned i = 0; i < list->item_count; i++)
		if (item_has(list->items[i].proto, name))
			return true;
	return false;
}

static int set_item_name(struct compile *c, struct step *step, struct word whole, struct word name)
{
	char *copy = rt_arena_get(c->arena, name.size + 1);
	if (!copy)
		return rt_fail(c->error, ENOMEM, "--format: no memory");
	memcpy(copy, name.at, name.size);
	step->text = copy;
	for (unsigned i = 0; i < step->choice_count; i++)
		if (step->choice[i].row->kind == RT_LIST && list_has(step->choice[i].row->list, name))
			return 0;
	return fail(c, whole, "no such field in the list");
}

static struct word cut(struct word *rest, char at)
{
	const char *found = memchr(rest->at, at, rest->size);
	size_t size = found ? (size_t)(found - rest->at) : rest->size;
	struct word first = { rest->at, size };
	rest->at += size + (found != NULL);
	rest->size -= size + (found != NULL);
	return first;
}

/* "IP_2" is the second IP. */
static unsigned cut_number(struct word *layer)
{
	const char *mark = memrchr(layer->at, '_', layer->size);
	size_t digits = mark ? layer->size - (size_t)(mark - layer->at) - 1 : 0;
	if (!digits || digits > 2 || strspn(mark + 1, "0123456789") < digits)
		return 1;
	layer->size = (size_t)(mark - layer->at);
	return (unsigned)atoi(mark + 1);
}

static int name_layer(struct compile *c, struct step *step, struct word whole, struct word layer, struct word field)
{
	bool is_known = false;
	step->where = WHERE_NAMED;
	step->nth = 0;
	if (!c->self && !rt_proto_find(layer.at, layer.size))
		step->nth = (uint16_t)cut_number(&layer);
	else if (!c->self)
		step->nth = 1;
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		if (strncmp(proto->name, layer.at, layer.size) != 0 || proto->name[layer.size])
			continue;
		is_known = true;
		if (proto->value)
			step->where = WHERE_FRAME;
		add_choices(step, proto, field);
	}
	if (!is_known)
		return fail(c, whole, "no such layer");
	return step->choice_count ? 0 : fail(c, whole, "no such field");
}

static int add_field(struct compile *c, struct word whole)
{
	struct step *step = add_step(c, STEP_FIELD);
	struct word rest = whole, first;
	if (rest.size > 2 && rest.at[rest.size - 2] == ':' && strchr("dxs", rest.at[rest.size - 1])) {
		step->base = rest.at[rest.size - 1];
		rest.size -= 2;
	}
	first = cut(&rest, '.');
	if (c->self)
		add_choices(step, c->self, first);
	else if (!rest.size)
		add_choices(step, rt_proto_at(0), first);
	if (step->choice_count) {
		step->where = c->self ? WHERE_SELF : WHERE_FRAME;
		return rest.size ? set_item_name(c, step, whole, rest) : 0;
	}
	if (!rest.size)
		return fail(c, whole, "no such field");
	struct word field = cut(&rest, '.');
	int rc = name_layer(c, step, whole, first, field);
	return rc || !rest.size ? rc : set_item_name(c, step, whole, rest);
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
	struct compile c = { .template = template, .self = self, .text = text, .at = text, .arena = arena,
	                     .error = error };
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
