/* SPDX-License-Identifier: MIT */
/* sentence.c - compiles the sentences of a protocol and finds the one that fits a layer. */
#include <errno.h>
#include "sentence.h"

static bool is_last(const struct rt_line *line) { return !line->row && !line->under; }

int speech_compile(struct speech *speech, const struct rt_proto *proto, const struct rt_line *lines,
                   struct rt_arena *arena, struct rt_error *error)
{
	unsigned count = 0;
	*speech = (struct speech){ 0 };
	if (!lines)
		return 0;
	while (!is_last(&lines[count++]))
		;
	speech->sentences = rt_arena_get(arena, count * sizeof *speech->sentences);
	if (!speech->sentences)
		return rt_fail(error, ENOMEM, "no memory for the sentences of %s", proto->name);
	for (unsigned i = 0; i < count; i++) {
		struct sentence *s = &speech->sentences[i];
		*s = (struct sentence){ .value = lines[i].value, .under = lines[i].under,
		                         .also = lines[i].also, .is_silent = !lines[i].text };
		s->row = lines[i].row ? rt_row_find(proto, lines[i].row, strlen(lines[i].row)) : NULL;
		if (lines[i].row && !s->row)
			return rt_fail(error, EINVAL, "%s has no row %s", proto->name, lines[i].row);
		int rc = s->is_silent ? 0 : template_compile(&s->text, lines[i].text, proto, arena, error);
		if (rc)
			return rc;
	}
	speech->count = count;
	return 0;
}

static bool fits(const struct sentence *s, const struct rt_packet *packet, unsigned layer)
{
	struct rt_value value;
	if (s->under && (layer == 0 || strcmp(packet->layer[layer - 1].proto->name, s->under) != 0))
		return false;
	return !s->row || (rt_value_get(packet, &packet->layer[layer], s->row, &value) && value.num == s->value);
}

const struct sentence *speech_find(const struct speech *speech, const struct rt_packet *packet, unsigned layer)
{
	for (unsigned i = 0; i < speech->count; i++)
		if (fits(&speech->sentences[i], packet, layer))
			return speech->sentences[i].is_silent ? NULL : &speech->sentences[i];
	return NULL;
}
