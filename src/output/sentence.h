/* SPDX-License-Identifier: MIT */
/* sentence.h - the sentences of all protocols (struct rt_line), compiled: per protocol a few templates, of which
 * the first whose condition holds speaks for a layer. */
#ifndef RINGTAP_OUTPUT_SENTENCE_H
#define RINGTAP_OUTPUT_SENTENCE_H

#include "template.h"

struct sentence {
	const struct rt_row *row;       /* NULL: always                                                */
	uint32_t value;
	const char *under;              /* only directly below that layer                              */
	const char *also;               /* summaries: layers of that name speak as well                 */
	bool is_silent;                 /* says nothing                                                */
	struct rt_template text;
};

struct speech {                         /* of one protocol                                             */
	struct sentence *sentences;
	unsigned count;
};

/* `lines`: as the table has them, or NULL. Memory comes from the arena. */
int speech_compile(struct speech *speech, const struct rt_proto *proto, const struct rt_line *lines,
                   struct rt_arena *arena, struct rt_error *error);
/* The sentence that fits the packet's layer number `layer`, or NULL. */
const struct sentence *speech_find(const struct speech *speech, const struct rt_packet *packet, unsigned layer);

#endif
