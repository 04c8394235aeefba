/* SPDX-License-Identifier: MIT */
/* expression.h - the text of the filter, wherever the options say it comes from. */
#ifndef RINGTAP_EXPRESSION_H
#define RINGTAP_EXPRESSION_H

#include "options.h"

/* The words behind IFACE or -f, joined by blanks, or the file of -F; "" when there is no expression. The caller frees
 * `*text`. 0 or a negative errno; EINVAL: the file holds no expression. */
int expression_read(char **text, const struct options *options, struct rt_error *error);

#endif
