/* SPDX-License-Identifier: MIT */
/* path.c - fields as people write them, for --format and filters: "IP.src", "IP_2.src" (of the second IP),
 * "DNS.qd.qname" (of the items of a list), "TCP.options.MSS.value" (of the items of that name). Names are looked up
 * once; a packet is then asked without comparing any. */
#include <stdlib.h>
#include <strings.h>
#include <ringtap/dissect.h>

struct word { const char *at; size_t size; };

struct lookup {
	struct rt_path *path;
	bool any_case;
};

static bool is_name(const struct lookup *l, const char *name, struct word word)
{
	const int differ = l->any_case ? strncasecmp(name, word.at, word.size) : strncmp(name, word.at, word.size);
	return differ == 0 && word.size && name[word.size] == '\0';
}

/* ---- the parts of a path ----------------------------------------------------------------------------------- */

static struct word cut(struct word *rest)
{
	const char *found = memchr(rest->at, '.', rest->size);
	size_t size = found ? (size_t)(found - rest->at) : rest->size;
	struct word first = { rest->at, size };
	rest->at += size + (found != NULL);
	rest->size -= size + (found != NULL);
	return first;
}

static bool is_layer(const struct lookup *l, struct word layer)
{
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (is_name(l, rt_proto_at(id)->name, layer))
			return true;
	return false;
}

/* "IP_2" is the second IP. */
static uint16_t cut_number(struct word *layer)
{
	const char *mark = memrchr(layer->at, '_', layer->size);
	size_t digits = mark ? layer->size - (size_t)(mark - layer->at) - 1 : 0;
	if (!digits || digits > 2 || strspn(mark + 1, "0123456789") < digits)
		return 1;
	layer->size = (size_t)(mark - layer->at);
	return (uint16_t)atoi(mark + 1);
}

/* ---- lists --------------------------------------------------------------------------------------------------- */

static const struct rt_row *item_row(const struct lookup *l, const struct rt_proto *proto, struct word name)
{
	for (unsigned i = 0; proto && i < proto->row_count; i++)
		if (is_name(l, proto->rows[i].name, name))
			return &proto->rows[i];
	return NULL;
}

/* Some kind of item, the last of them `other`; NULL behind it. */
static const struct rt_proto *item_kind(const struct rt_list *list, unsigned at)
{
	return at < list->item_count ? list->items[at].proto : at == list->item_count ? list->other : NULL;
}

static bool find_in_list(const struct lookup *l, const struct rt_list *list, struct word item, struct word field)
{
	for (unsigned i = 0; i <= list->item_count; i++) {
		const struct rt_proto *proto = item_kind(list, i);
		if (!proto || (item.size && !is_name(l, proto->name, item)))
			continue;
		const struct rt_row *row = field.size ? item_row(l, proto, field) : NULL;
		if (field.size && !row)
			continue;
		l->path->item = item.size ? proto->name : NULL;
		l->path->field = row ? row->name : NULL;
		return true;
	}
	return false;
}

/* "qname", "MSS.value" or "MSS" */
static bool find_item(const struct lookup *l, const struct rt_list *list, struct word rest)
{
	struct word field = rest, item = cut(&field);
	if (field.size)
		return find_in_list(l, list, item, field);
	return find_in_list(l, list, field, item) || find_in_list(l, list, item, field);
}

/* ---- finding --------------------------------------------------------------------------------------------------- */

static void add_choices(const struct lookup *l, const struct rt_proto *proto, struct word field)
{
	struct rt_path *path = l->path;
	for (unsigned i = 0; i < proto->row_count && path->count < RT_CHOICES_MAX; i++)
		if (is_name(l, proto->rows[i].name, field))
			path->choice[path->count++] = (struct rt_field){ proto, &proto->rows[i] };
	path->is_frame |= path->count && rt_more(proto)->value;
}

static enum rt_path_fault find_rest(const struct lookup *l, struct word rest)
{
	if (!l->path->count)
		return RT_PATH_NO_FIELD;
	for (unsigned i = 0; rest.size && i < l->path->count; i++)
		if (l->path->choice[i].row->kind == RT_LIST && find_item(l, l->path->choice[i].row->list, rest))
			return RT_PATH_FINE;
	return rest.size ? RT_PATH_NO_ITEM : RT_PATH_FINE;
}

enum rt_path_fault rt_path_in(struct rt_path *path, const struct rt_proto *proto, const char *text, size_t size)
{
	const struct lookup l = { path, false };
	struct word rest = { text, size };
	*path = (struct rt_path){ .nth = 1 };
	add_choices(&l, proto, cut(&rest));
	return find_rest(&l, rest);
}

enum rt_path_fault rt_path_find(struct rt_path *path, const char *text, size_t size, bool any_case)
{
	const struct lookup l = { path, any_case };
	struct word rest = { text, size }, layer = cut(&rest), field = cut(&rest);
	*path = (struct rt_path){ .nth = 1 };
	if (!is_layer(&l, layer))
		path->nth = cut_number(&layer);
	if (!path->nth || !is_layer(&l, layer))
		return RT_PATH_NO_LAYER;
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (is_name(&l, rt_proto_at(id)->name, layer))
			add_choices(&l, rt_proto_at(id), field);
	return find_rest(&l, rest);
}

/* ---- asking a packet ---------------------------------------------------------------------------------------------- */

bool rt_path_means(const struct rt_path *path, const struct rt_proto *proto)
{
	for (unsigned i = 0; i < path->count; i++)
		if (path->choice[i].proto == proto)
			return true;
	return false;
}

const struct rt_layer *rt_path_layer(const struct rt_path *path, const struct rt_packet *packet)
{
	unsigned left = path->nth;
	for (unsigned i = 0; i < packet->count; i++)
		if (rt_path_means(path, packet->layer[i].proto) && --left == 0)
			return &packet->layer[i];
	return NULL;
}

bool rt_path_row(const struct rt_path *path, const struct rt_packet *packet, const struct rt_layer *layer,
                 struct rt_value *value)
{
	for (unsigned i = 0; i < path->count; i++)
		if (path->choice[i].proto == layer->proto && rt_value_get(packet, layer, path->choice[i].row, value))
			return true;
	return false;
}

bool rt_path_next(const struct rt_path *path, struct rt_walk *walk, struct rt_layer *item)
{
	while (rt_walk_next(walk, item))
		if (!path->item || strcmp(path->item, item->proto->name) == 0)
			return true;
	return false;
}

bool rt_path_value(const struct rt_path *path, const struct rt_packet *packet, const struct rt_layer *layer,
                   struct rt_value *value)
{
	struct rt_walk walk;
	struct rt_layer item;
	if (!rt_path_row(path, packet, layer, value))
		return false;
	if (!path->field)
		return true;
	if (value->row->kind != RT_LIST)
		return false;
	rt_walk_start(&walk, value);
	return rt_path_next(path, &walk, &item) && rt_value_find(packet, &item, path->field, value);
}
