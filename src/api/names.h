/* SPDX-License-Identifier: MIT */
/* names.h - the parts of names.c that tests look at. */
#ifndef RINGTAP_API_NAMES_H
#define RINGTAP_API_NAMES_H

#include <ringtap/filter.h>

/* As rt_names_open, with the databases of another folder than /etc, which must stay valid. */
int names_open(const struct rt_filter_names **names, const char *folder, struct rt_error *error);

/* A host in the text of a /etc/hosts: how many addresses, at most `room` are stored. */
int names_in_hosts(const char *text, const char *name, struct rt_address *addresses, int room);

#endif
