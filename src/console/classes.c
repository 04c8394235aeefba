/* SPDX-License-Identifier: MIT */
/* classes.c - layers as values: IP, TCP ... in pkt[IP], TCP in pkt, isinstance, ls(). Which there are is read from the
 * protocol tables: those of list.def, and what the items of their lists are (DNSQR). */
#include "packets.h"

static struct rt_any class_name(struct rt_script *s, struct rt_any v, struct rt_site *site)
{
	const struct rt_proto *proto = class_proto(v);
	const bool is_name = site->length == 8 && memcmp(site->name, "__name__", 8) == 0;
	if (!is_name && (site->length != 4 || memcmp(site->name, "name", 4) != 0))
		return rt_raise(s, RT_AttributeError, "type object '%s' has no attribute '%.*s'", proto->name,
		                (int)site->length, site->name);
	const char *name = is_name || !proto->title ? proto->name : proto->title;
	return rt_str(s, name, strlen(name));
}

static bool class_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form)
{
	(void)s, (void)form;
	rt_put_string(out, class_proto(v)->name);
	return true;
}

static int class_has(struct rt_script *s, struct rt_any kind, struct rt_any value)
{
	(void)s;
	return rt_is(value, &type_packet) && as_layer(value)->layer.proto &&
	       strcmp(as_layer(value)->layer.proto->name, class_proto(kind)->name) == 0;
}

static int class_compare(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation)
{
	(void)s;
	if (!is_class(b) || relation > RT_NOT_EQUAL)
		return RT_UNKNOWN;
	return (strcmp(class_proto(a)->name, class_proto(b)->name) == 0) == (relation == RT_EQUAL);
}

static bool class_hash(struct rt_script *s, struct rt_any v, uint64_t *hash)
{
	*hash = hash_bytes(s, class_proto(v)->name, strlen(class_proto(v)->name));
	return true;
}

static struct rt_any class_call(struct rt_script *s, struct rt_any v, const struct rt_args *args)
{
	(void)args;
	return rt_raise(s, RT_NotImplementedError, "%s(): packets are read here, not made", class_proto(v)->name);
}

static void class_names(struct rt_any v, void (*add)(void *context, const char *name, size_t length), void *context)
{
	(void)v;
	add(context, "name", 4);
}

static void class_help(struct rt_script *s, struct rt_any v) { rt_put_protocol(s->options.out, class_proto(v)); }

#define CLASS_TYPE \
	.name = "Packet_metaclass", .is_inline = true, .put = class_put, .get = class_name, .has = class_has, \
	.names = class_names, .help = class_help, \
	.compare = class_compare, .hash = class_hash, .call = class_call

const struct rt_type type_layer_class = { CLASS_TYPE };
const struct rt_type type_item_class = { CLASS_TYPE };

struct rt_any class_of(const struct rt_proto *proto, bool is_item)
{
	return rt_inline(is_item ? &type_item_class : &type_layer_class, (int64_t)(uintptr_t)proto);
}

/* ---- finding one ----------------------------------------------------------------------------------- */

static bool is_named(const struct rt_proto *proto, const char *name, size_t length)
{
	return proto && strncmp(proto->name, name, length) == 0 && !proto->name[length];
}

static const struct rt_proto *item_named(const struct rt_list *list, const char *name, size_t length)
{
	for (unsigned i = 0; i < list->item_count; i++)
		if (is_named(list->items[i].proto, name, length))
			return list->items[i].proto;
	return is_named(list->other, name, length) ? list->other : NULL;
}

static const struct rt_proto *item_of(const struct rt_proto *proto, const char *name, size_t length)
{
	const struct rt_proto *found = NULL;
	for (unsigned i = 0; i < proto->row_count && !found; i++) {
		if (has_classes(&proto->rows[i]))
			found = item_named(proto->rows[i].list, name, length);
	}
	return found;
}

struct rt_any class_find(const char *name, size_t length)
{
	const struct rt_proto *proto = length ? rt_proto_find(name, length) : NULL;
	if (proto && !rt_more(proto)->value)
		return class_of(proto, false);
	for (size_t id = 0; id < rt_proto_count() && length; id++) {
		proto = item_of(rt_proto_at(id), name, length);
		if (proto)
			return class_of(proto, true);
	}
	return rt_nothing();
}

static void each_item(const struct rt_list *list, void (*add)(void *, const char *, bool), void *context)
{
	for (unsigned i = 0; i < list->item_count; i++)
		if (list->items[i].proto)
			add(context, list->items[i].proto->name, false);
	if (list->other)
		add(context, list->other->name, false);
}

void class_each(void (*add)(void *, const char *, bool), void *context)
{
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		if (!rt_more(proto)->value)
			add(context, proto->name, false);
		for (unsigned i = 0; i < proto->row_count; i++)
			if (has_classes(&proto->rows[i]))
				each_item(proto->rows[i].list, add, context);
	}
}

/* ---- ls() ------------------------------------------------------------------------------------------ */

static struct rt_any list_all(struct rt_script *s)
{
	struct rt_text *out = s->options.out;
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		const size_t length = strlen(proto->name);
		if (rt_more(proto)->value)
			continue;
		rt_put_string(out, proto->name);
		rt_put_spaces(out, length < 24 ? 24 - length : 0);
		rt_put_format(out, " : %s\n", proto->title ? proto->title : proto->name);
	}
	return rt_none();
}

NATIVE(run_ls)
{
	struct rt_any what = is_nothing(args[0]) ? rt_none() : args[0];
	if (is_none(what))
		return list_all(s);
	if (is_str(what)) {
		what = class_find(as_text(what)->bytes, as_text(what)->size);
		if (is_nothing(what))
			return rt_raise(s, RT_ValueError, "there is no layer '%s'; ls() lists them",
			                as_text(args[0])->bytes);
	}
	if (is_class(what)) {
		class_help(s, what);
		return rt_none();
	}
	if (!rt_is(what, &type_packet))
		return rt_raise(s, RT_TypeError, "a layer or a packet is wanted, not '%s'", what.type->name);
	put_view(s->options.out, as_layer(what));
	if (as_layer(what)->index == VIEW_ITEM)
		rt_put_char(s->options.out, '\n');
	return rt_none();
}

const struct rt_method class_functions[] = { { "ls", run_ls, 0, 1 }, { NULL } };
