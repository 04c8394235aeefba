/* SPDX-License-Identifier: MIT */
/* packet_list.c - many packets as one value: a store, or some of the packets of one. A packet is taken apart only
 * when it is asked for, so that a list of a million costs no more than their bytes. */
#include "packets.h"

/* ---- making ---------------------------------------------------------------------------------------- */

static struct packet_list *list_with(struct rt_script *s, struct rt_store *store, struct rt_any name)
{
	struct packet_list *list = is_nothing(name) ? NULL :
	                           (struct packet_list *)(void *)rt_object_new(s, &type_packet_list, sizeof *list);
	if (!list)
		return NULL;
	list->store = store_share(store);
	list->name = name;
	return list;
}

struct rt_any packets_new(struct rt_script *s, struct rt_store *store, struct rt_any name)
{
	struct packet_list *list = list_with(s, store, name);
	return list ? rt_any_of(&list->head) : rt_nothing();
}

struct rt_any rt_packets_value(struct rt_script *s, struct rt_store *store, const char *name)
{
	return packets_new(s, store, rt_str(s, name, strlen(name)));
}

/* A part has an index of its own from the start, even an empty one. */
struct packet_list *packets_part(struct rt_script *s, struct rt_any of, const char *format, ...)
{
	char name[128];
	struct rt_text out;
	va_list args;
	va_start(args, format);
	rt_text_init(&out, name, sizeof name, -1);
	rt_put_vformat(&out, format, args);
	va_end(args);
	struct packet_list *list = list_with(s, as_packets(of)->store, rt_str(s, name, rt_text_length(&out)));
	if (!list)
		return NULL;
	list->index = heap_resize(s, NULL, 0, sizeof *list->index);
	list->room = list->index != NULL;
	return list->index ? list : NULL;
}

bool packets_add(struct rt_script *s, struct packet_list *part, size_t place)
{
	if (part->count == part->room) {
		const size_t room = (size_t)part->room * 2, size = sizeof *part->index;
		uint32_t *index = NULL;
		if (room <= UINT32_MAX / 8)
			index = heap_resize(s, part->index, part->room * size, room * size);
		if (!index)
			return rt_failed(s) ? false : fail(s, RT_MemoryError, "too many packets");
		part->index = index;
		part->room = (uint32_t)room;
	}
	part->index[part->count++] = (uint32_t)place;
	return true;
}

static void list_drop(struct rt_script *s, struct rt_object *object)
{
	struct packet_list *list = (struct packet_list *)(void *)object;
	if (list->room)
		heap_resize(s, list->index, list->room * sizeof *list->index, 0);
	rt_store_close(list->store);
}

static void list_mark(struct rt_script *s, struct rt_object *object)
{
	rt_mark(s, ((struct packet_list *)(void *)object)->name);
}

/* ---- asking ---------------------------------------------------------------------------------------- */

size_t packets_count(const struct packet_list *list)
{
	return list->index ? list->count : rt_store_count(list->store);
}

size_t packets_place(const struct packet_list *list, size_t at) { return list->index ? list->index[at] : at; }

const struct rt_frame *packets_frame(const struct packet_list *list, size_t at)
{
	return at < packets_count(list) ? store_frame(list->store, packets_place(list, at)) : NULL;
}

static int64_t list_length(struct rt_script *s, struct rt_any v)
{
	(void)s;
	return (int64_t)packets_count(as_packets(v));
}

static bool has_layer(struct rt_script *s, const struct rt_frame *frame, const struct wanted *wanted)
{
	struct whole whole;
	struct rt_layer item;
	whole.view = (struct layer_view){ .of = &whole };
	whole.frame = *frame;
	rt_decode(host_of(s)->options.dissector, &whole.frame, &whole.packet);
	return layer_find(&whole.view, wanted, 1, &item) >= 0;
}

/* pkts[IP]: those that have one. */
static struct rt_any list_with_layer(struct rt_script *s, struct rt_any v, struct rt_any class)
{
	const struct packet_list *list = as_packets(v);
	struct packet_list *part = packets_part(s, v, "%s from %s", class_proto(class)->name,
	                                        as_text(list->name)->bytes);
	struct wanted wanted;
	wanted_get(s, class, &wanted);
	for (size_t i = 0; part && i < packets_count(list); i++)
		if (!step_allowed(s) ||
		    (has_layer(s, packets_frame(list, i), &wanted) && !packets_add(s, part, packets_place(list, i))))
			return rt_nothing();
	return part ? rt_any_of(&part->head) : rt_nothing();
}

static struct rt_any list_item(struct rt_script *s, struct rt_any v, struct rt_any key)
{
	const struct packet_list *list = as_packets(v);
	int64_t at;
	if (is_class(key))
		return list_with_layer(s, v, key);
	if (!is_int(key) && !key.type->number)
		return rt_raise(s, RT_TypeError, "list indices must be integers or slices, not %s", key.type->name);
	if (!any_int(s, key, &at))
		return rt_nothing();
	if (!index_within(&at, (int64_t)packets_count(list)))
		return rt_raise(s, RT_IndexError, "list index out of range");
	return rt_packet_value(s, packets_frame(list, (size_t)at));
}

static struct rt_any list_slice(struct rt_script *s, struct rt_any v, const struct rt_any parts[3])
{
	const struct packet_list *list = as_packets(v);
	struct range range = { 0 };
	if (!slice_bounds(s, parts, (int64_t)packets_count(list), &range))
		return rt_nothing();
	struct packet_list *part = packets_part(s, v, "mod %s", as_text(list->name)->bytes);
	for (int64_t i = 0, at = range.start; part && i < range.count; i++, at += range.step)
		if (!packets_add(s, part, packets_place(list, (size_t)at)))
			return rt_nothing();
	return part ? rt_any_of(&part->head) : rt_nothing();
}

static int list_next(struct rt_script *s, struct rt_any v, int64_t state[2], struct rt_any *item)
{
	const struct rt_frame *frame = packets_frame(as_packets(v), (size_t)state[0]);
	if (!frame)
		return 0;
	state[0]++;
	*item = rt_packet_value(s, frame);
	return is_nothing(*item) ? -1 : 1;
}

/* ---- <Sniffed: TCP:1 UDP:0 ICMP:0 Other:2> --------------------------------------------------------- */

#define COUNTED_MAX 3

struct counted { const struct rt_proto *proto[COUNTED_MAX]; uint64_t packets[COUNTED_MAX], others; unsigned count; };

static struct counted counted_protos(void)
{
	struct counted counted = { .count = 0 };
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		if (!proto->counted)
			continue;
		counted.proto[proto->counted - 1] = proto;
		counted.count = counted.count < proto->counted ? proto->counted : counted.count;
	}
	return counted;
}

static void count_packet(struct counted *counted, const struct rt_packet *packet)
{
	for (unsigned i = 0; i < counted->count; i++) {
		for (unsigned l = 0; l < packet->count; l++) {
			if (packet->layer[l].proto == counted->proto[i]) {
				counted->packets[i]++;
				return;
			}
		}
	}
	counted->others++;
}

static bool list_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	struct packet_list *list = as_packets(v);
	struct counted counted = counted_protos();
	(void)form;
	for (size_t i = 0; i < packets_count(list); i++) {
		if (!step_allowed(s))
			return false;
		rt_decode(host_of(s)->options.dissector, packets_frame(list, i), &host_of(s)->scratch);
		count_packet(&counted, &host_of(s)->scratch);
	}
	rt_put_format(out, "<%s:", as_text(list->name)->bytes);
	for (unsigned i = 0; i < counted.count; i++)
		rt_put_format(out, " %s:%llu", counted.proto[i]->name, (unsigned long long)counted.packets[i]);
	rt_put_format(out, " Other:%llu>", (unsigned long long)counted.others);
	return true;
}

/* ---- + --------------------------------------------------------------------------------------------- */

static bool add_all(struct rt_script *s, struct rt_store *store, const struct packet_list *list)
{
	for (size_t i = 0; i < packets_count(list); i++)
		if (!step_allowed(s) || store_add(store, packets_frame(list, i)) < 0)
			return false;
	return !rt_store_gone(store) || fail(s, RT_MemoryError, "no memory for both lists");
}

static struct rt_any list_binary(struct rt_script *s, char op, struct rt_any a, struct rt_any b, bool is_swapped)
{
	if (op != '+' || a.type != b.type || is_swapped)
		return rt_nothing();
	struct rt_store *store = store_for(s);
	if (!store)
		return rt_nothing();
	char name[128];
	struct rt_text out;
	rt_text_init(&out, name, sizeof name, -1);
	rt_put_format(&out, "%s+%s", as_text(as_packets(a)->name)->bytes, as_text(as_packets(b)->name)->bytes);
	const bool is_right = add_all(s, store, as_packets(a)) && add_all(s, store, as_packets(b));
	if (!is_right && !rt_failed(s))
		fail(s, RT_MemoryError, "no memory for both lists");
	struct rt_any list = rt_nothing();
	if (is_right)
		list = packets_new(s, store, rt_str(s, name, rt_text_length(&out)));
	rt_store_close(store);
	return list;
}

const struct rt_type type_packet_list = {
	.name = "PacketList", .methods = packet_list_methods, .mark = list_mark, .drop = list_drop, .put = list_put,
	.item = list_item, .slice = list_slice, .length = list_length, .next = list_next, .binary = list_binary,
};
