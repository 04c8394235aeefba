/* SPDX-License-Identifier: MIT */
/* template.h - texts with fields in braces, compiled once into steps and written many times. The user's --format
 * and the sentences in the protocol tables (struct rt_line) are both of this kind. */
#ifndef RINGTAP_OUTPUT_TEMPLATE_H
#define RINGTAP_OUTPUT_TEMPLATE_H

#include <ringtap/output.h>

enum step_kind {
	STEP_TEXT,                      /* write `text`                                                */
	STEP_FIELD,                     /* write a field                                               */
	STEP_MAYBE,                     /* skip to `skip` unless every field up to there is there      */
	STEP_SHORT,                     /* '|': the short form ends here                               */
	STEP_ALONE,                     /* '?': the rest is for the deepest layer that speaks          */
};

enum where {                            /* of which layer a field is                                   */
	WHERE_SELF,                     /* the one the sentence is about                               */
	WHERE_NEAR,                     /* the nearest above of that name, or else the first           */
	WHERE_NAMED,                    /* as the path says                                            */
};

struct step {
	uint8_t kind;                   /* enum step_kind                                              */
	uint8_t where;                  /* STEP_FIELD: enum where                                      */
	char base;                      /* {nh:d}, {spi:x}, {SSID:s} as text; 0: as its kind is printed  */
	uint16_t skip;                  /* STEP_MAYBE: step behind the group                           */
	const char *text;               /* STEP_TEXT                                                   */
	uint32_t length;
	struct rt_path path;            /* STEP_FIELD                                                  */
};

struct rt_template {
	struct rt_arena arena;
	struct step *steps;
	uint16_t count;
	bool ends_line;                 /* the text ends with a newline of its own                     */
};

enum template_style { TEMPLATE_USER, TEMPLATE_LINE, TEMPLATE_SUMMARY };

/* A sentence of `self`; its steps live in `arena`. */
int template_compile(struct rt_template *template, const char *text, const struct rt_proto *self,
                     struct rt_arena *arena, struct rt_error *error);
/* Writes it for layer number `self` (any, for the user's own). Returns false when '|' ended it. */
bool template_put(struct rt_text *out, const struct rt_template *template, const struct rt_packet *packet,
                  unsigned self, enum template_style style, bool is_short, bool is_alone);

#endif
