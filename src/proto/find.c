/* SPDX-License-Identifier: MIT */
/* find.c - names to protocols, rows and words: the list of protocols as everybody else sees it.
 * Linear or binary search, for set-up and for people; the packet path has indexes of its own. */
#include <ringtap/dissect.h>
#include "list.h"

#define PROTO(name) &proto_##name,
static const struct rt_proto *const protos[] = {
#include "list.def"
};
#undef PROTO

size_t rt_proto_count(void) { return RT_COUNT(protos); }

const struct rt_proto *rt_proto_at(size_t id) { return id < RT_COUNT(protos) ? protos[id] : NULL; }

static bool is_name(const char *name, const char *text, size_t length)
{
	return strncmp(name, text, length) == 0 && name[length] == '\0';
}

const struct rt_proto *rt_proto_find(const char *name, size_t length)
{
	for (size_t i = 0; i < RT_COUNT(protos); i++)
		if (is_name(protos[i]->name, name, length))
			return protos[i];
	return NULL;
}

const struct rt_more rt_nothing_more;

const struct rt_row *rt_row_find(const struct rt_proto *proto, const char *name, size_t length)
{
	for (size_t i = 0; i < proto->row_count; i++)
		if (is_name(proto->rows[i].name, name, length))
			return &proto->rows[i];
	return NULL;
}

const char *rt_names_find(const struct rt_names *names, uint32_t key)
{
	size_t low = 0, high = names->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (names->words[middle].value == key)
			return names->words[middle].name;
		if (names->words[middle].value < key)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct rt_layer *rt_layer_find(const struct rt_packet *packet, const char *name, unsigned nth)
{
	for (unsigned i = 0; i < packet->count; i++) {
		const struct rt_layer *layer = &packet->layer[i];
		if ((layer->proto->name == name || strcmp(layer->proto->name, name) == 0) && nth-- <= 1)
			return layer;
	}
	return NULL;
}
