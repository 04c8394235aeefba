/* SPDX-License-Identifier: MIT */
/* field_name.c - which names in an expression are fields and layers of the protocol tables, and what to tell when
 * there is no such one. "IP.ttl" and "ip.ttl" are the same. */
#include <errno.h>
#include <strings.h>
#include "field.h"

struct name { const char *at; size_t size; };

static struct name token_name(const struct compiler *c, const struct token *token)
{
	return (struct name){ c->text + token->at, token->length };
}

static struct name cut(struct name *rest)
{
	const char *dot = memchr(rest->at, '.', rest->size);
	const size_t size = dot ? (size_t)(dot - rest->at) : rest->size;
	const struct name first = { rest->at, size };
	rest->at += size + (dot != NULL);
	rest->size -= size + (dot != NULL);
	return first;
}

static bool is_same(struct name name, const char *text, bool is_exact)
{
	return strlen(text) == name.size &&
	       (is_exact ? strncmp(text, name.at, name.size) : strncasecmp(text, name.at, name.size)) == 0;
}

/* ---- layers ------------------------------------------------------------------------------------------------- */

/* "IP_2" is "IP", the second. `*number` stays as it is when there is none. */
static struct name cut_number(struct name name, uint16_t *number)
{
	size_t size = name.size;
	unsigned value = 0, unit = 1;
	for (; size && name.at[size - 1] >= '0' && name.at[size - 1] <= '9' && unit < 1000; unit *= 10)
		value += (unsigned)(name.at[--size] - '0') * unit;
	if (size < 2 || unit == 1 || unit > 100 || !value || name.at[size - 1] != '_')
		return name;
	*number = (uint16_t)value;
	return (struct name){ name.at, size - 1 };
}

static bool is_proto(struct name name, bool is_exact)
{
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (is_same(name, rt_proto_at(id)->name, is_exact))
			return true;
	return false;
}

static bool is_layer(struct name name, bool is_exact)
{
	uint16_t number;
	return is_proto(name, is_exact) || is_proto(cut_number(name, &number), is_exact);
}

static bool is_unescaped(const struct compiler *c, const struct token *token)
{
	return token->kind == TOKEN_NAME && c->text[token->at] != '\\';
}

bool token_is_layer(const struct compiler *c, const struct token *token, bool is_exact)
{
	const struct name name = token_name(c, token);
	return is_unescaped(c, token) && is_layer(name, is_exact);
}

bool token_is_field(const struct compiler *c, const struct token *token, bool is_exact)
{
	struct name rest = token_name(c, token);
	struct rt_path path;
	if (!is_unescaped(c, token) || !memchr(rest.at, '.', rest.size))
		return false;
	if (is_exact)
		return rt_path_find(&path, rest.at, rest.size, false) == RT_PATH_FINE;
	return is_layer(cut(&rest), false);
}

/* ---- what to tell: the nearest name, if one is near ------------------------------------------------------------- */

#define COMPARED_MAX 40u                 /* longer names are not compared                                  */

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

static bool is_like(char a, char b) { return strncasecmp(&a, &b, 1) == 0; }

/* Characters to change, to leave out, to put in, and neighbours to swap, to make one name of the other. */
static unsigned distance(struct name a, const char *b)
{
	const size_t length = strlen(b);
	unsigned rows[3][COMPARED_MAX + 1];
	if (a.size > COMPARED_MAX || length > COMPARED_MAX)
		return COMPARED_MAX;
	for (unsigned i = 0; i <= a.size; i++) {
		unsigned *row = rows[i % 3];
		const unsigned *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		row[0] = i;
		for (unsigned j = 1; j <= length; j++) {
			row[j] = i ? least(above[j - 1] + !is_like(a.at[i - 1], b[j - 1]), least(above[j], row[j - 1]) + 1) : j;
			if (i > 1 && j > 1 && is_like(a.at[i - 1], b[j - 2]) && is_like(a.at[i - 2], b[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return rows[a.size % 3][length];
}

struct nearest { struct name name; const char *best; unsigned distance; };

static struct nearest nearest_to(struct name name)
{
	return (struct nearest){ .name = name, .distance = name.size < 4 ? 2 : (unsigned)name.size / 2 + 1 };
}

static void compare(struct nearest *nearest, const char *candidate)
{
	const unsigned now = distance(nearest->name, candidate);
	if (now < nearest->distance) {
		nearest->distance = now;
		nearest->best = candidate;
	}
}

static void compare_rows(struct nearest *nearest, const struct rt_proto *proto)
{
	for (unsigned i = 0; proto && i < proto->row_count; i++)
		compare(nearest, proto->rows[i].name);
}

static void compare_items(struct nearest *nearest, const struct rt_list *list)
{
	compare_rows(nearest, list->other);
	for (unsigned i = 0; i < list->item_count; i++)
		compare_rows(nearest, list->items[i].proto);
}

static struct nearest nearest_layer(struct name layer)
{
	struct nearest nearest = nearest_to(layer);
	for (size_t id = 0; id < rt_proto_count(); id++)
		compare(&nearest, rt_proto_at(id)->name);
	return nearest;
}

static struct nearest nearest_field(struct name layer, struct name field)
{
	struct nearest nearest = nearest_to(field);
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (is_same(layer, rt_proto_at(id)->name, false))
			compare_rows(&nearest, rt_proto_at(id));
	return nearest;
}

static struct nearest nearest_item(const struct rt_path *path, struct name field)
{
	struct nearest nearest = nearest_to(field);
	for (unsigned i = 0; i < path->count; i++)
		if (path->choice[i].row->kind == RT_LIST)
			compare_items(&nearest, path->choice[i].row->list);
	return nearest;
}

static void tell(struct compiler *c, const struct token *token, const struct rt_path *path, enum rt_path_fault fault)
{
	uint16_t number;
	struct name rest = token_name(c, token), layer = cut(&rest), field = cut(&rest);
	const struct nearest nearest = fault == RT_PATH_NO_LAYER ? nearest_layer(layer) :
	                               fault == RT_PATH_NO_FIELD ? nearest_field(cut_number(layer, &number), field) :
	                               nearest_item(path, rest);
	const bool is_near = nearest.best != NULL;
	const char *mean = is_near ? "; did you mean " : "", *best = is_near ? nearest.best : "", *mark = is_near ? "?" : "";
	if (fault == RT_PATH_NO_LAYER)
		token_fail(c, token, "there is no layer %.*s%s%s%s", (int)layer.size, layer.at, mean, best, mark);
	else if (fault == RT_PATH_NO_FIELD)
		token_fail(c, token, "%.*s has no field %.*s%s%s%s", (int)layer.size, layer.at, (int)field.size, field.at, mean,
		           best, mark);
	else
		token_fail(c, token, "the items of %.*s.%.*s have no field %.*s%s%s%s", (int)layer.size, layer.at, (int)field.size,
		           field.at, (int)rest.size, rest.at, mean, best, mark);
	rt_hint(c->error, "ringtap --protocols lists the names of layers and fields");
}

/* ---- finding ---------------------------------------------------------------------------------------------------- */

static struct field *field_new(struct compiler *c)
{
	struct field *field = rt_arena_get(&c->arena, sizeof *field);
	if (!field)
		rt_fail(c->error, ENOMEM, "no memory");
	return field;
}

/* The layers of one name: several tables may have it. */
static void add_layers(struct rt_path *path, struct name name, bool is_exact)
{
	for (size_t id = 0; id < rt_proto_count() && path->count < RT_CHOICES_MAX; id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		if (!is_same(name, proto->name, is_exact))
			continue;
		path->choice[path->count++].proto = proto;
		path->is_frame |= rt_more(proto)->value != NULL;
	}
}

/* A word of pcap-filter(7) for a protocol with another name in the tables: the one that the same ethertype announces. */
static void add_word(struct rt_path *path, const struct token *token)
{
	const bool has_type = token->kind == TOKEN_WORD && token->word->layer == LAYER_TYPE && token->word->number > 1500;
	const struct rt_proto *proto = has_type ? proto_of_type(token->word->number) : NULL;
	if (proto && !path->count)
		path->choice[path->count++].proto = proto;
}

static const struct field *find_layer(struct compiler *c, const struct token *token)
{
	struct field *field = field_new(c);
	if (!field)
		return NULL;
	struct name name = token_name(c, token);
	field->is_layer = true;
	field->path.nth = 1;
	if (!is_proto(name, false))
		name = cut_number(name, &field->path.nth);
	add_layers(&field->path, name, true);
	if (!field->path.count)
		add_layers(&field->path, name, false);
	add_word(&field->path, token);
	if (field->path.count)
		return field;
	tell(c, token, &field->path, RT_PATH_NO_LAYER);
	return NULL;
}

const struct field *field_find(struct compiler *c, const struct token *token)
{
	const struct name name = token_name(c, token);
	if (!memchr(name.at, '.', name.size))
		return find_layer(c, token);
	struct field *field = field_new(c);
	if (!field)
		return NULL;
	enum rt_path_fault fault = rt_path_find(&field->path, name.at, name.size, false);
	if (fault)
		fault = rt_path_find(&field->path, name.at, name.size, true);
	if (!fault)
		return field;
	tell(c, token, &field->path, fault);
	return NULL;
}
