/* SPDX-License-Identifier: MIT */
/* json.c - a packet as one JSON object (RFC 8259): what comes with it, the names of its layers, then a member a
 * layer; the second layer of a name is NAME_2. Schema: numbers are numbers, enumerations their number, flags and
 * addresses strings, bytes lower-case hex, records objects, pairs arrays of two. Absent fields are absent. */
#include "items.h"
#include "value.h"

static void put_members(struct rt_text *out, const struct rt_packet *packet, const struct rt_layer *layer,
                        const char *before)
{
	struct rt_value value;
	for (unsigned i = 0; i < layer->proto->row_count; i++) {
		const struct rt_row *row = &layer->proto->rows[i];
		if (row->is_aside || !rt_value_get(packet, layer, row, &value))
			continue;
		rt_put_string(out, before);
		put_member(out, row->name);
		put_json_value(out, &value);
		before = ",";
	}
}

static unsigned number_of_name(const struct rt_packet *packet, unsigned layer)
{
	unsigned number = 1;
	for (unsigned i = 0; i < layer; i++)
		number += packet->layer[i].proto->name == packet->layer[layer].proto->name ||
		          strcmp(packet->layer[i].proto->name, packet->layer[layer].proto->name) == 0;
	return number;
}

void rt_put_json(struct rt_text *out, const struct rt_packet *packet)
{
	const struct rt_layer frame = rt_frame_layer(packet);
	begin_lists(out);
	put_members(out, packet, &frame, "{");
	rt_put_string(out, ",\"layers\":[");
	for (unsigned i = 0; i < packet->count; i++)
		rt_put_format(out, i ? ",\"%s\"" : "\"%s\"", packet->layer[i].proto->name);
	rt_put_char(out, ']');
	for (unsigned i = 0; i < packet->count; i++) {
		unsigned number = number_of_name(packet, i);
		rt_put_format(out, ",\"%s", packet->layer[i].proto->name);
		if (number > 1)
			rt_put_format(out, "_%u", number);
		rt_put_string(out, "\":{");
		put_members(out, packet, &packet->layer[i], "");
		rt_put_char(out, '}');
	}
	rt_put_char(out, '}');
}
