/* SPDX-License-Identifier: MIT */
/* format.h - a format spec, as it is written behind the colon in f"{x:>8}":
 * [[fill]align][sign][#][0][width][,][.precision][type] */
#ifndef RINGTAP_CONSOLE_FORMAT_H
#define RINGTAP_CONSOLE_FORMAT_H

#include "machine.h"

struct spec {
	char fill[4];            /* a character of `fill_size` bytes                                     */
	uint8_t fill_size;
	char align;              /* '<' '>' '^' '=', or 0                                                */
	char sign;               /* '+' '-' ' ', or 0                                                    */
	char group;              /* ',' '_', or 0                                                        */
	char type;               /* or 0                                                                 */
	bool is_alternate;       /* '#'                                                                  */
	int64_t width;
	int64_t precision;       /* -1: none                                                             */
};

bool put_formatted_int(struct rt_script *s, struct rt_text *out, int64_t num, const struct spec *spec);
bool put_formatted_text(struct rt_script *s, struct rt_text *out, const char *bytes, size_t size,
                        const struct spec *spec);

#endif
