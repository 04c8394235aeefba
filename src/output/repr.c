/* SPDX-License-Identifier: MIT */
/* repr.c - a packet on one line, as Scapy's repr() writes it: each layer inside the one around it. */
#include "items.h"

void rt_put_repr(struct rt_text *out, const struct rt_packet *packet, unsigned from_layer)
{
	begin_lists(out);
	for (unsigned i = from_layer; i < packet->count; i++)
		put_record(out, packet, &packet->layer[i], false);
	for (unsigned i = from_layer; i < packet->count; i++)
		rt_put_char(out, '>');
}
