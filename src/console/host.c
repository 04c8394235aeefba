/* SPDX-License-Identifier: MIT */
/* host.c - what the objects of the console share, and the names it adds to the language: layers, from the protocol
 * tables, and a few functions. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#include "packets.h"

#define IFACES_MAX    256                /* names that are kept; what comes later has none               */
#define STORE_DEFAULT (64ull << 20)

struct kept_iface {
	struct kept_iface *next;
	struct rt_iface iface;
	char name[];
};

/* ---- interfaces ------------------------------------------------------------------------------------ */

static bool is_same_iface(const struct rt_iface *a, const struct rt_iface *b)
{
	return a->link == b->link && a->snaplen == b->snaplen && a->is_nano == b->is_nano &&
	       strcmp(a->name, b->name) == 0;
}

static const struct rt_iface *add_iface(struct rt_host *host, const struct rt_iface *iface)
{
	static const struct rt_iface nameless = { .name = "" };
	const size_t size = strlen(iface->name) + 1;
	struct kept_iface *kept = host->iface_count < IFACES_MAX ? malloc(sizeof *kept + size) : NULL;
	if (!kept)
		return &nameless;
	memcpy(kept->name, iface->name, size);
	kept->iface = *iface;
	kept->iface.name = kept->name;
	kept->next = host->ifaces;
	host->ifaces = kept;
	host->iface_count++;
	return &kept->iface;
}

const struct rt_iface *host_iface(struct rt_host *host, const struct rt_iface *iface)
{
	struct kept_iface **link = &host->ifaces;
	while (*link && &(*link)->iface != iface && !is_same_iface(&(*link)->iface, iface))
		link = &(*link)->next;
	struct kept_iface *found = *link;
	if (!found)
		return add_iface(host, iface);
	*link = found->next;                    /* to the front: the next frame most likely comes from there too */
	found->next = host->ifaces;
	host->ifaces = found;
	return &found->iface;
}

/* ---- names ----------------------------------------------------------------------------------------- */

static const struct rt_method *const functions[] = { class_functions, sniff_functions, file_functions, dump_functions };
static const struct rt_type *const types[] = { &type_packet, &type_packet_list };

struct rt_any rt_host_find(struct rt_script *script, const char *name, size_t length)
{
	(void)script;
	for (size_t i = 0; i < RT_COUNT(functions); i++)
		for (const struct rt_method *row = functions[i]; row->name; row++)
			if (strncmp(row->name, name, length) == 0 && !row->name[length])
				return rt_native(row);
	for (size_t i = 0; i < RT_COUNT(types); i++)
		if (strncmp(types[i]->name, name, length) == 0 && !types[i]->name[length])
			return rt_type_value(types[i]);
	return class_find(name, length);
}

void rt_host_names(struct rt_script *script, void (*add)(void *, const char *, bool), void *context)
{
	(void)script;
	for (size_t i = 0; i < RT_COUNT(functions); i++)
		for (const struct rt_method *row = functions[i]; row->name; row++)
			add(context, row->name, false);
	for (size_t i = 0; i < RT_COUNT(types); i++)
		add(context, types[i]->name, false);
	class_each(add, context);
}

/* ---- Ctrl-C ---------------------------------------------------------------------------------------- */

void host_clear_stop(struct rt_host *host)
{
	struct rt_stop *stop = host->options.stop;
	uint64_t count;
	if (!stop)
		return;
	struct pollfd ready = { .fd = stop->fd, .events = POLLIN };
	stop->now = 0;
	if (stop->fd >= 0 && poll(&ready, 1, 0) > 0)
		(void)!read(stop->fd, &count, sizeof count);
}

/* ---- errors ---------------------------------------------------------------------------------------- */

struct rt_any raise_error(struct rt_script *s, const struct rt_error *error)
{
	const char *dash = error->hint[0] ? ": " : "";
	switch (error->code) {
	case ENOENT: return rt_raise(s, RT_FileNotFoundError, "%s", error->what);
	case EPERM:
	case EACCES: return rt_raise(s, RT_PermissionError, "%s%s%s", error->what, dash, error->hint);
	case ENOMEM: return rt_raise(s, RT_MemoryError, "%s", error->what);
	}
	return rt_raise(s, error->column ? RT_ValueError : RT_OSError, "%s", error->what);
}

struct rt_any packets_until(struct rt_script *s, struct rt_store *store, const char *name, const struct rt_error *error)
{
	struct rt_text *err = host_of(s)->options.err;
	if (error && !rt_store_count(store))
		return raise_error(s, error);
	if (err) {
		rt_text_flush(s->options.out);
		if (error)
			rt_put_format(err, "ringtap: %s\n", error->what);
		rt_store_tell_gone(store, err);
		rt_text_flush(err);
	}
	return packets_new(s, store, rt_str(s, name, strlen(name)));
}

/* ---- life ------------------------------------------------------------------------------------------ */

int rt_host_new(struct rt_host **host, const struct rt_host_options *options, struct rt_error *error)
{
	struct rt_host *made = *host = calloc(1, sizeof *made);
	if (!made)
		return rt_fail(error, ENOMEM, "no memory for the console");
	made->options = *options;
	if (!made->options.store)
		made->options.store = STORE_DEFAULT;
	const int rc = summaries_open(&made->summaries, error);
	if (rc < 0) {
		free(made);
		*host = NULL;
	}
	return rc;
}

void rt_host_free(struct rt_host *host)
{
	if (!host)
		return;
	while (host->ifaces) {
		struct kept_iface *next = host->ifaces->next;
		free(host->ifaces);
		host->ifaces = next;
	}
	summaries_close(&host->summaries);
	free(host);
}
