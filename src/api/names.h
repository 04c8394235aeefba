/* SPDX-License-Identifier: MIT */
/* names.h - rt_names_open for tests. */
#ifndef RINGTAP_API_NAMES_H
#define RINGTAP_API_NAMES_H

#include <ringtap/filter.h>

/* As rt_names_open, with the databases of another folder than /etc, which must stay valid. */
int names_open(const struct rt_filter_names **names, const char *folder, struct rt_error *error);

#endif
