/* SPDX-License-Identifier: MIT */
/* summary.c - one line a packet, as Scapy's summary(): the deepest layer that has a sentence says it, and those that it
 * names; all others give their names. */
#include <errno.h>
#include "line.h"

int summaries_open(struct summaries *summaries, struct rt_error *error)
{
	*summaries = (struct summaries){ 0 };
	summaries->speech = rt_arena_get(&summaries->arena, rt_proto_count() * sizeof *summaries->speech);
	int rc = summaries->speech ? 0 : rt_fail(error, ENOMEM, "no memory for summaries");
	for (size_t id = 0; id < rt_proto_count() && !rc; id++)
		rc = speech_compile(&summaries->speech[id], rt_proto_at(id), rt_proto_at(id)->summaries,
		                    &summaries->arena, error);
	if (rc)
		summaries_close(summaries);
	return rc;
}

void summaries_close(struct summaries *summaries) { rt_arena_free(&summaries->arena); }

void put_summary(struct rt_text *out, const struct summaries *summaries, const struct rt_packet *packet,
                 unsigned from)
{
	const struct sentence *deepest = NULL;
	unsigned speaker = packet->count;
	for (unsigned i = packet->count; i-- > from && !deepest; ) {
		deepest = speech_find(&summaries->speech[packet->layer[i].id], packet, i);
		speaker = i;
	}
	for (unsigned i = from; i < packet->count; i++) {
		const struct rt_proto *proto = packet->layer[i].proto;
		const struct sentence *s = i == speaker ? deepest : NULL;
		if (i < speaker && deepest && deepest->also && strcmp(deepest->also, proto->name) == 0)
			s = speech_find(&summaries->speech[packet->layer[i].id], packet, i);
		if (i > from)
			rt_put(out, " / ", 3);
		if (s)
			template_put(out, &s->text, packet, i, TEMPLATE_SUMMARY, false, true);
		else
			rt_put_string(out, proto->name);
	}
}

/* For single packets: compiles what it needs each time. Printers keep theirs. */
void rt_put_summary(struct rt_text *out, const struct rt_packet *packet)
{
	struct summaries summaries;
	struct rt_error error;
	if (summaries_open(&summaries, &error) < 0)
		return;
	put_summary(out, &summaries, packet, 0);
	summaries_close(&summaries);
}
