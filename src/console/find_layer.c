/* SPDX-License-Identifier: MIT */
/* find_layer.c - pkt[IP], pkt["IP"], pkt[IP:2]: a layer by its class or name, from some layer on. Items of lists (the
 * questions of a DNS message) are found as well, when no layer has that name. */
#include "packets.h"

bool wanted_get(struct rt_script *s, struct rt_any what, struct wanted *wanted)
{
	if (is_class(what)) {
		const char *name = class_proto(what)->name;
		*wanted = (struct wanted){ name, strlen(name), rt_is(what, &type_item_class) };
		return true;
	}
	if (!is_str(what))
		return fail(s, RT_TypeError, "a layer or its name is wanted, not '%s'", what.type->name);
	*wanted = (struct wanted){ as_text(what)->bytes, as_text(what)->size, true };
	return true;
}

static bool is_named(const char *name, const struct wanted *wanted)
{
	return strncmp(name, wanted->name, wanted->length) == 0 && !name[wanted->length];
}

static bool is_wanted(const struct rt_proto *proto, const struct wanted *wanted)
{
	return proto && (proto->name == wanted->name || is_named(proto->name, wanted) ||
	                 (proto->title && is_named(proto->title, wanted)));
}

/* Among the items of one list; `*nth` counts down to 0. */
static void find_in_list(const struct rt_value *list, const struct wanted *wanted, int64_t *nth, struct rt_layer *item)
{
	struct rt_walk walk;
	struct rt_layer at;
	rt_walk_start(&walk, list);
	while (*nth && rt_walk_next(&walk, &at))
		if (is_wanted(at.proto, wanted) && --*nth == 0)
			*item = at;
}

static bool find_item(const struct rt_packet *packet, const struct rt_layer *layer, const struct wanted *wanted,
                      int64_t *nth, struct rt_layer *item)
{
	struct rt_value value;
	for (unsigned i = 0; i < layer->proto->row_count && *nth; i++) {
		const struct rt_row *row = &layer->proto->rows[i];
		if (has_classes(row) && rt_value_get(packet, layer, row, &value))
			find_in_list(&value, wanted, nth, item);
	}
	return *nth == 0;
}

int layer_find(const struct layer_view *view, const struct wanted *wanted, int64_t nth, struct rt_layer *item)
{
	const struct rt_packet *packet = &view->of->packet;
	int64_t left = nth;
	if (view->index == VIEW_ITEM) {
		*item = view->layer;
		return nth == 1 && is_wanted(item->proto, wanted) ? VIEW_ITEM : -1;
	}
	for (unsigned i = view->index; i < packet->count; i++)
		if (is_wanted(packet->layer[i].proto, wanted) && left-- == 1)
			return (int)i;
	for (unsigned i = view->index; i < packet->count && wanted->may_be_item && left > 0; i++)
		if (find_item(packet, &packet->layer[i], wanted, &left, item))
			return VIEW_ITEM;
	return -1;
}
