/* SPDX-License-Identifier: MIT */
/* fake_names.h - a small world of names for filters, without any network or file of this machine. */
#ifndef RINGTAP_TESTS_FAKE_NAMES_H
#define RINGTAP_TESTS_FAKE_NAMES_H

#include <ringtap/filter.h>

extern const struct rt_filter_names fake_names;

#endif
