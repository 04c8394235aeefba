/* SPDX-License-Identifier: MIT */
/* lint.h - what is wrong with a protocol's table: rows that do not add up, links that lead nowhere, names out of
 * order. Tables are data, and this is their compiler. */
#ifndef RINGTAP_TESTS_LINT_H
#define RINGTAP_TESTS_LINT_H

#include <ringtap/dissect.h>

#define LINT_TEXT 160

/* The first complaint in `text`, false; or true. Follows lists into the tables of their items. */
bool lint_proto(const struct rt_proto *proto, char text[LINT_TEXT]);

#endif
