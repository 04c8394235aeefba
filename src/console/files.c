/* SPDX-License-Identifier: MIT */
/* files.c - rdpcap() and wrpcap(): lists of packets from files and into files. */
#include <errno.h>
#include <ringtap/file.h>
#include "packets.h"

/* ---- reading --------------------------------------------------------------------------------------- */

struct reading { struct rt_script *s; struct rt_store *store; int64_t count; };

/* 0: no more wanted. */
static int take_batch(struct reading *reading, const struct rt_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		if (reading->count == 0 || !step_allowed(reading->s))
			return 0;
		store_add(reading->store, &batch->frames[i]);
		reading->count -= reading->count > 0;
	}
	return 1;
}

static int read_all(struct reading *reading, struct rt_source *source, struct rt_error *error)
{
	int rc = 1;
	while (rc > 0) {
		struct rt_batch batch = { 0 };
		rc = source->next(source, &batch, error);
		if (rc > 0) {
			rc = take_batch(reading, &batch);
			source->release(source);
		}
	}
	return rc;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

NATIVE(run_rdpcap)
{
	struct rt_error error = { 0 };
	struct rt_source *source = NULL;
	struct reading reading = { .s = s, .count = -1 };
	if (!is_str(args[0]))
		return rt_raise(s, RT_TypeError, "a file name is text, not '%s'", args[0].type->name);
	if (!is_nothing(args[1]) && !any_int(s, args[1], &reading.count))
		return rt_nothing();
	reading.store = store_for(s);
	if (!reading.store)
		return rt_nothing();
	host_clear_stop(host_of(s));
	const char *path = as_text(args[0])->bytes, *name = last_part(path);
	int rc = rt_file_open(&source, path, host_of(s)->options.stop, &error);
	if (rc == 0)
		rc = read_all(&reading, source, &error);
	struct rt_any list = rt_nothing();
	if (!rt_failed(s))
		list = packets_until(s, reading.store, name, rc < 0 ? &error : NULL);
	rt_source_close(source);
	rt_store_close(reading.store);
	return list;
}

/* ---- writing --------------------------------------------------------------------------------------- */

struct writing { const char *path; struct rt_sink *sink; struct rt_error error; };

/* The first frame says what link type the file has. */
static int write_frame(struct writing *writing, const struct rt_frame *frame)
{
	const struct rt_file_options options = { .link = frame->link, .snaplen = RT_SNAPLEN_MAX,
	                                         .is_nano = frame->iface->is_nano };
	int rc = writing->sink ? 0 : rt_file_create(&writing->sink, writing->path, &options, &writing->error);
	return rc < 0 ? rc : writing->sink->take(writing->sink, frame, 1, &writing->error);
}

static int write_list(struct rt_script *s, struct writing *writing, const struct packet_list *list)
{
	int rc = 0;
	for (size_t i = 0; i < packets_count(list) && rc >= 0; i++)
		rc = step_allowed(s) ? write_frame(writing, packets_frame(list, i)) : -EINTR;
	return rc;
}

/* A list of the language: of packets. */
static int write_values(struct rt_script *s, struct writing *writing, const struct list *list)
{
	int rc = 0;
	for (uint32_t i = 0; i < list->count && rc >= 0; i++) {
		if (!rt_is(list->items[i], &type_packet)) {
			fail(s, RT_TypeError, "packets are written, not '%s'", list->items[i].type->name);
			return -EINVAL;
		}
		rc = step_allowed(s) ? write_frame(writing, &as_layer(list->items[i])->of->frame) : -EINTR;
	}
	return rc;
}

static int write_any(struct rt_script *s, struct writing *writing, struct rt_any what)
{
	if (rt_is(what, &type_packet_list))
		return write_list(s, writing, as_packets(what));
	if (is_list(what))
		return write_values(s, writing, as_list(what));
	if (rt_is(what, &type_packet))
		return write_frame(writing, &as_layer(what)->of->frame);
	fail(s, RT_TypeError, "packets are written, not '%s'", what.type->name);
	return -EINVAL;
}

NATIVE(run_wrpcap)
{
	struct writing writing = { .sink = NULL };
	if (!is_str(args[0]))
		return rt_raise(s, RT_TypeError, "a file name is text, not '%s'", args[0].type->name);
	writing.path = as_text(args[0])->bytes;
	int rc = write_any(s, &writing, args[1]);
	if (rc >= 0 && !writing.sink) {         /* no packets: an empty file, as of Ethernet */
		const struct rt_file_options options = { .link = RT_LINK_ETHER, .snaplen = RT_SNAPLEN_MAX };
		rc = rt_file_create(&writing.sink, writing.path, &options, &writing.error);
	}
	if (rc >= 0)
		rc = writing.sink->flush(writing.sink, &writing.error);
	if (writing.sink) {
		struct rt_error unused;
		const int closed = writing.sink->close(writing.sink, rc < 0 ? &unused : &writing.error);
		rc = rc < 0 ? rc : closed;
	}
	if (rt_failed(s))
		return rt_nothing();
	return rc < 0 ? raise_error(s, &writing.error) : rt_none();
}

const struct rt_method file_functions[] = {
	{ "rdpcap", run_rdpcap, 1, 2, 0, "filename count" },
	{ "wrpcap", run_wrpcap, 2, 2, 0, "filename pkt" },
	{ NULL },
};
