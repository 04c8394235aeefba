/* SPDX-License-Identifier: MIT */
/* value.h - pieces of value.c that the other formats share. */
#ifndef RINGTAP_OUTPUT_VALUE_H
#define RINGTAP_OUTPUT_VALUE_H

#include <ringtap/output.h>

void put_flags(struct rt_text *out, const struct rt_names *names, uint64_t bits);
/* What stands for a list without items; NULL: it has some, or is shown like any other. */
const char *empty_text(const struct rt_value *value);
/* rt_put_value in the text of a packet that has begun (items.h). */
void put_value(struct rt_text *out, const struct rt_value *value, enum rt_style style);
/* A value as JSON has it, quotes and brackets included. */
void put_json_value(struct rt_text *out, const struct rt_value *value);
/* "name": */
static inline void put_member(struct rt_text *out, const char *name)
{
	rt_put_char(out, '"');
	rt_put_string(out, name);
	rt_put(out, "\":", 2);
}
/* As in Scapy's mysummary(): as shown; what an item of a list holds, as Python's bytes: b'a.b.' */
void put_summary_value(struct rt_text *out, const struct rt_value *value, bool is_of_item);
/* --show of all layers, with what is wrong with checksums behind them (-v). */
void put_checked_show(struct rt_text *out, const struct rt_packet *packet);
#endif
