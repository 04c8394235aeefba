/* SPDX-License-Identifier: MIT */
/* ends.c - who talks with whom: the two ends of a packet, for sessions and conversations. The tables say which rows
 * hold them; what an ICMP error quotes does not count. */
#include "packets.h"

static const struct rt_row *end_row(const struct rt_proto *proto, const char *name)
{
	return name ? rt_row_find(proto, name, strlen(name)) : NULL;
}

static bool is_address(const struct rt_row *row)
{
	return row->kind == RT_MAC || row->kind == RT_IP4 || row->kind == RT_IP6;
}

struct ends { const struct rt_layer *addresses, *ports, *last; };

static struct ends find_ends(const struct rt_packet *packet)
{
	struct ends ends = { 0 };
	for (unsigned i = 0; i < packet->count && !packet->layer[i].proto->is_quote; i++) {
		const struct rt_layer *layer = &packet->layer[i];
		const struct rt_row *row = end_row(layer->proto, rt_more(layer->proto)->from);
		if (row && is_address(row)) {
			ends.addresses = layer;
			ends.ports = ends.last = NULL;
		} else if (ends.addresses && row && !ends.ports) {
			ends.ports = layer;
		}
		if (ends.addresses && (!ends.last || ends.last == ends.addresses))
			ends.last = layer;      /* what the addresses carry */
	}
	return ends;
}

static void put_row(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer, const char *name)
{
	struct rt_value value;
	if (rt_value_find(packet, layer, name, &value))
		rt_put_value(out, &value, RT_STYLE_PLAIN);
}

static void write_end(char text[80], const struct rt_packet *packet, const struct ends *ends, bool with_ports,
                      bool is_from)
{
	const struct rt_more *around = rt_more(ends->addresses->proto);
	struct rt_text out;
	rt_text_init(&out, text, 79, -1);
	put_row(&out, packet, ends->addresses, is_from ? around->from : around->to);
	if (with_ports && ends->ports) {
		const struct rt_more *ports = rt_more(ends->ports->proto);
		rt_put_char(&out, ':');
		put_row(&out, packet, ends->ports, is_from ? ports->from : ports->to);
	}
	*out.at = '\0';
}

bool packet_ends(const struct rt_packet *packet, bool with_ports, struct ends_text *text)
{
	const struct ends ends = find_ends(packet);
	if (!ends.addresses)
		return false;
	text->name = (ends.ports ? ends.ports : ends.last)->proto->name;
	write_end(text->from, packet, &ends, with_ports, true);
	write_end(text->to, packet, &ends, with_ports, false);
	return true;
}
