/* SPDX-License-Identifier: MIT */
/* packet_methods.c - what can be called of a packet or one of its layers: summary, show, layers, haslayer ... The
 * texts are those of the output formats. */
#include "packets.h"

static bool write_summary(struct rt_script *s, struct rt_text *out, const void *what)
{
	const struct layer_view *view = what;
	if (view->index == VIEW_ITEM)
		rt_put_string(out, view->layer.proto->name);
	else
		put_summary(out, &host_of(s)->summaries, &view->of->packet, view->index);
	return true;
}

NATIVE(packet_summary) { return text_made(s, write_summary, as_layer(args[0])); }

void put_view(struct rt_text *out, const struct layer_view *view)
{
	if (view->index == VIEW_ITEM)
		put_item(out, &view->of->packet, &view->layer);
	else
		rt_put_show(out, &view->of->packet, view->index);
}

static bool write_show(struct rt_script *s, struct rt_text *out, const void *view)
{
	(void)s;
	put_view(out, view);
	return true;
}

NATIVE(packet_show)
{
	const int is_text = is_nothing(args[1]) ? 0 : any_truth(s, args[1]);
	if (is_text)
		return is_text < 0 ? rt_nothing() : text_made(s, write_show, as_layer(args[0]));
	put_view(s->options.out, as_layer(args[0]));
	rt_put_char(s->options.out, '\n');
	return rt_none();
}

NATIVE(packet_layers)
{
	const struct layer_view *view = as_layer(args[0]);
	const struct rt_packet *packet = &view->of->packet;
	const struct rt_any all = rt_list(s, packet->count);
	if (view->index == VIEW_ITEM)
		return is_nothing(all) || !rt_list_add(s, all, class_of(view->layer.proto, true)) ? rt_nothing() : all;
	for (unsigned i = view->index; i < packet->count && !is_nothing(all); i++)
		if (!rt_list_add(s, all, class_of(packet->layer[i].proto, false)))
			return rt_nothing();
	return all;
}

NATIVE(packet_haslayer)
{
	const int verdict = type_packet.contains(s, args[0], args[1]);
	return verdict < 0 ? rt_nothing() : verdict ? rt_bool(true) : rt_int(0);       /* as Scapy prints them */
}

/* None, where brackets raise. */
NATIVE(packet_getlayer)
{
	struct layer_view *view = as_layer(args[0]);
	struct wanted wanted;
	struct rt_layer item;
	int64_t nth = 1;
	if (!is_nothing(args[2]) && !any_int(s, args[2], &nth))
		return rt_nothing();
	if (is_int(args[1])) {
		const bool is_there = view->index != VIEW_ITEM && args[1].num >= 0 &&
		                      args[1].num < view->of->packet.count - view->index;
		return is_there ? view_new(s, view->of, view->index + (unsigned)args[1].num) : rt_none();
	}
	if (!wanted_get(s, args[1], &wanted))
		return rt_nothing();
	const int index = layer_find(view, &wanted, nth, &item);
	if (index < 0)
		return rt_none();
	return index == VIEW_ITEM ? item_new(s, view->of, &item) : view_new(s, view->of, (unsigned)index);
}

NATIVE(packet_lastlayer)
{
	const struct layer_view *view = as_layer(args[0]);
	const unsigned layers = view->of->packet.count;
	return view->index >= layers ? args[0] : view_new(s, view->of, layers - 1);
}

NATIVE(packet_firstlayer) { return view_new(s, as_layer(args[0])->of, 0); }
NATIVE(packet_copy) { return args[0]; }         /* nothing changes a packet */

NATIVE(packet_getfieldval)
{
	if (!is_str(args[1]))
		return rt_raise(s, RT_TypeError, "the name of a field is wanted, not '%s'", args[1].type->name);
	return packet_attribute(s, as_layer(args[0]), as_text(args[1])->bytes, as_text(args[1])->size);
}

const struct rt_method packet_methods[] = {
	{ "summary", packet_summary, 0, 0 },
	{ "show", packet_show, 0, 1, 0, "dump" },
	{ "show2", packet_show, 0, 1, 0, "dump" },
	{ "display", packet_show, 0, 1, 0, "dump" },
	{ "layers", packet_layers, 0, 0 },
	{ "haslayer", packet_haslayer, 1, 1 },
	{ "getlayer", packet_getlayer, 1, 2, 0, "cls nb" },
	{ "lastlayer", packet_lastlayer, 0, 0 },
	{ "firstlayer", packet_firstlayer, 0, 0 },
	{ "getfieldval", packet_getfieldval, 1, 1 },
	{ "sprintf", packet_sprintf, 1, 1 },
	{ "copy", packet_copy, 0, 0 },
	{ NULL },
};
