/* SPDX-License-Identifier: MIT */
/* packet.c - a packet in a script: what a frame is made into, what stands behind its dot and in its brackets. A
 * packet and each of its layers are views of one copy of the frame; fields are read from its bytes when they are
 * asked for. */
#include "packets.h"

/* ---- making ---------------------------------------------------------------------------------------- */

static struct rt_any view_of(struct layer_view *view, struct whole *whole, unsigned index)
{
	view->of = whole;
	view->index = (uint8_t)index;
	if (index < whole->packet.count)
		view->layer = whole->packet.layer[index];
	return rt_any_of(&view->head);
}

struct rt_any view_new(struct rt_script *s, struct whole *whole, unsigned index)
{
	if (index == 0)
		return rt_any_of(&whole->view.head);
	struct layer_view *view = (struct layer_view *)(void *)rt_object_new(s, &type_packet, sizeof *view);
	return view ? view_of(view, whole, index) : rt_nothing();
}

struct rt_any item_new(struct rt_script *s, struct whole *whole, const struct rt_layer *item)
{
	struct layer_view *view = (struct layer_view *)(void *)rt_object_new(s, &type_packet, sizeof *view);
	if (!view)
		return rt_nothing();
	view->layer = *item;
	return view_of(view, whole, VIEW_ITEM);
}

struct rt_any rt_packet_value(struct rt_script *s, const struct rt_frame *frame)
{
	struct rt_host *host = host_of(s);
	if (!s->frame_count)
		heap_begin(s);          /* between two runs: what the one before left may go */
	rt_decode(host->options.dissector, frame, &host->scratch);
	const size_t packet = offsetof(struct rt_packet, layer) + host->scratch.count * sizeof host->scratch.layer[0];
	const size_t bytes = offsetof(struct whole, packet) + packet;
	struct whole *whole = (struct whole *)(void *)rt_object_new(s, &type_packet, bytes + frame->caplen);
	if (!whole) {
		s->raised = s->frame_count ? s->raised : rt_nothing();
		return rt_nothing();
	}
	uint8_t *data = (uint8_t *)whole + bytes;
	memcpy((void *)&whole->packet, &host->scratch, packet);
	whole->frame = *frame;
	whole->frame.data = memcpy(data, frame->data, frame->caplen);
	whole->frame.iface = host_iface(host, frame->iface);
	whole->packet.frame = &whole->frame;
	return view_of(&whole->view, whole, 0);
}

static void packet_mark(struct rt_script *s, struct rt_object *object)
{
	const struct layer_view *view = (struct layer_view *)(void *)object;
	if (&view->of->view != view)
		rt_mark(s, rt_any_of(&view->of->view.head));
}

/* ---- attributes ------------------------------------------------------------------------------------ */

static struct rt_any packet_payload(struct rt_script *s, const struct layer_view *view)
{
	const unsigned count = view->of->packet.count;
	return view_new(s, view->of, view->index < count ? view->index + 1u : count);
}

/* Of this layer, or of the next one that has such a field; nothing: none has. */
static struct rt_any layer_field(struct rt_script *s, struct layer_view *view, const char *name, size_t length)
{
	const struct rt_packet *packet = &view->of->packet;
	const struct rt_layer *layer = &view->layer;
	for (unsigned i = view->index; layer->proto; layer = &packet->layer[i]) {
		const struct rt_row *row = rt_row_find(layer->proto, name, length);
		if (row)
			return row_value(s, view->of, layer, row);
		if (++i >= packet->count)
			break;
	}
	return rt_nothing();
}

static struct rt_any frame_field(struct rt_script *s, struct layer_view *view, const char *name, size_t length)
{
	const struct rt_layer frame = rt_frame_layer(&view->of->packet);
	const struct rt_row *row = rt_row_find(frame.proto, name, length);
	return row ? row_value(s, view->of, &frame, row) : rt_nothing();
}

static struct rt_any fields_dict(struct rt_script *s, const struct layer_view *view)
{
	const struct rt_proto *proto = view->layer.proto;
	struct rt_any dict = rt_dict(s);
	struct rt_value value;
	for (unsigned i = 0; proto && i < proto->row_count && !is_nothing(dict); i++) {
		const struct rt_row *row = &proto->rows[i];
		if (row->is_aside || !rt_value_get(&view->of->packet, &view->layer, row, &value))
			continue;
		const struct rt_any key = rt_str(s, row->name, strlen(row->name));
		const struct rt_any field = is_nothing(key) ? key : field_value(s, view->of, &value);
		if (is_nothing(field) || !rt_dict_put(s, dict, key, field))
			return rt_nothing();
	}
	return dict;
}

static struct rt_any layer_name(struct rt_script *s, const struct layer_view *view)
{
	const struct rt_proto *proto = view->layer.proto;
	const char *name = !proto ? "NoPayload" : proto->title ? proto->title : proto->name;
	return rt_str(s, name, strlen(name));
}

static const char *const special_names[] = { "name", "fields", "payload", "time", "original", "sniffed_on", "wirelen" };

/* What a packet has besides its fields; these names stand for themselves whatever fields there are. */
static struct rt_any special(struct rt_script *s, struct layer_view *view, const char *name, size_t length)
{
	size_t which = 0;
	while (which < RT_COUNT(special_names) &&
	       (strncmp(special_names[which], name, length) != 0 || special_names[which][length]))
		which++;
	switch (which) {
	case 0: return layer_name(s, view);
	case 1: return fields_dict(s, view);
	case 2: return packet_payload(s, view);
	case 3: return time_value(view->of->frame.time);
	case 4: return rt_bytes(s, view->of->frame.data, view->of->frame.caplen);
	case 5: return frame_field(s, view, "iface", 5);
	case 6: return rt_int(view->of->frame.len);
	}
	return rt_nothing();
}

struct rt_any packet_attribute(struct rt_script *s, struct layer_view *view, const char *name, size_t length)
{
	struct rt_any found = special(s, view, name, length);
	if (is_nothing(found) && !rt_failed(s))
		found = layer_field(s, view, name, length);
	if (is_nothing(found) && !rt_failed(s))
		found = frame_field(s, view, name, length);
	if (!is_nothing(found) || rt_failed(s))
		return found;
	return rt_raise(s, RT_AttributeError, "'%s' object has no attribute '%.*s'",
	                view->layer.proto ? view->layer.proto->name : "NoPayload", (int)length, name);
}

static bool is_special(const struct rt_site *site)
{
	for (size_t i = 0; i < RT_COUNT(special_names); i++)
		if (strlen(special_names[i]) == site->length && memcmp(special_names[i], site->name, site->length) == 0)
			return true;
	return false;
}

/* A place in a script mostly meets the same layer again: it remembers the row. */
static struct rt_any packet_get(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	struct layer_view *view = as_layer(v);
	const struct rt_proto *proto = view->layer.proto;
	if (proto && site->key == proto)
		return row_value(s, view->of, &view->layer, (const struct rt_row *)site->memo);
	const struct rt_row *row = proto && !is_special(site) ? rt_row_find(proto, site->name, site->length) : NULL;
	if (!row)
		return packet_attribute(s, view, site->name, site->length);
	site->key = proto;
	site->memo = (uintptr_t)row;
	return row_value(s, view->of, &view->layer, row);
}

static void packet_names(struct rt_any v, void (*add)(void *context, const char *name, size_t length), void *context)
{
	const struct rt_proto *proto = as_layer(v)->layer.proto;
	for (size_t i = 0; i < RT_COUNT(special_names); i++)
		add(context, special_names[i], strlen(special_names[i]));
	for (unsigned i = 0; proto && i < proto->row_count; i++)
		add(context, proto->rows[i].name, strlen(proto->rows[i].name));
}

/* ---- brackets and `in` ----------------------------------------------------------------------------- */

static struct rt_any not_found(struct rt_script *s, struct rt_any key)
{
	const struct rt_any text = any_text(s, key, RT_FORM_REPR);
	return is_nothing(text) ? text : rt_raise(s, RT_IndexError, "Layer [%s] not found", as_text(text)->bytes);
}

static struct rt_any packet_layer(struct rt_script *s, struct layer_view *view, struct rt_any key, int64_t nth)
{
	struct wanted wanted;
	struct rt_layer item;
	if (!wanted_get(s, key, &wanted))
		return rt_nothing();
	const int index = layer_find(view, &wanted, nth, &item);
	if (index < 0)
		return not_found(s, key);
	return index == VIEW_ITEM ? item_new(s, view->of, &item) : view_new(s, view->of, (unsigned)index);
}

static struct rt_any packet_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	struct layer_view *view = as_layer(v);
	if (!is_int(key))
		return packet_layer(s, view, key, 1);
	if (view->index == VIEW_ITEM && key.num == 0)
		return v;
	if (view->index == VIEW_ITEM || key.num < 0 || key.num >= view->of->packet.count - view->index)
		return not_found(s, key);
	return view_new(s, view->of, view->index + (unsigned)key.num);
}

/* pkt[IP:2] */
static struct rt_any packet_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	int64_t nth = 1;
	if (!is_none(parts[1]) && !any_int(s, parts[1], &nth))
		return rt_nothing();
	return packet_layer(s, as_layer(v), parts[0], nth);
}

static int packet_contains(struct rt_script *s, struct rt_any v, struct rt_any what)
{
	struct wanted wanted;
	struct rt_layer item;
	return wanted_get(s, what, &wanted) ? layer_find(as_layer(v), &wanted, 1, &item) >= 0 : -1;
}

/* ---- as bytes -------------------------------------------------------------------------------------- */

const uint8_t *view_bytes(const struct layer_view *view, size_t *size)
{
	const struct rt_packet *packet = &view->of->packet;
	const uint8_t *data = view->of->frame.data;
	*size = 0;
	if (view->index == 0) {
		*size = view->of->frame.caplen;
		return data;
	}
	if (!view->layer.proto)
		return data;
	uint32_t end = view->layer.end;
	for (unsigned i = view->index; i < packet->count; i++)
		end = packet->layer[i].end > end ? packet->layer[i].end : end;
	*size = end - view->layer.at;
	return data + view->layer.at;
}

static struct rt_any packet_bytes(struct rt_script *s, struct rt_any v)
{
	size_t size;
	const uint8_t *bytes = view_bytes(as_layer(v), &size);
	return rt_bytes(s, bytes, size);
}

static int64_t packet_length(struct rt_script *s, struct rt_any v)
{
	size_t size;
	(void)s;
	view_bytes(as_layer(v), &size);
	return (int64_t)size;
}

static int packet_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	size_t size, other;
	(void)s;
	if (b.type != a.type || (relation != RT_EQUAL && relation != RT_NOT_EQUAL))
		return RT_UNKNOWN;
	const uint8_t *bytes = view_bytes(as_layer(a), &size), *others = view_bytes(as_layer(b), &other);
	const bool is_equal = as_layer(a)->layer.proto == as_layer(b)->layer.proto && size == other &&
	                      memcmp(bytes, others, size) == 0;
	return is_equal == (relation == RT_EQUAL);
}

static bool packet_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	size_t size;
	const uint8_t *bytes = view_bytes(as_layer(v), &size);
	*hash = hash_bytes(s, bytes, size);
	return true;
}

static bool packet_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	const struct layer_view *view = as_layer(v);
	if (view->index == VIEW_ITEM)
		put_item(out, &view->of->packet, &view->layer);
	else
		rt_put_repr(out, &view->of->packet, view->index);
	return true;
}

/* isinstance(pkt, Packet) needs no help; isinstance(pkt, IP) is for the class. */
const struct rt_type type_packet = {
	.name = "Packet", .methods = packet_methods, .mark = packet_mark, .put = packet_put, .get = packet_get,
	.item = packet_item, .slice = packet_slice, .length = packet_length, .contains = packet_contains,
	.compare = packet_compare, .hash = packet_hash, .bytes = packet_bytes, .names = packet_names,
};
