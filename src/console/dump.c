/* SPDX-License-Identifier: MIT */
/* dump.c - hexdump(), raw() and interfaces() of the console. */
#include <stdlib.h>
#include <ringtap/capture.h>
#include "packets.h"

struct span { const uint8_t *bytes; size_t size; };

static bool take_span(struct rt_script *s, struct rt_any v, struct span *span)
{
	if (rt_is(v, &type_packet)) {
		span->bytes = view_bytes(as_layer(v), &span->size);
		return true;
	}
	if (!is_str(v) && !rt_is(v, &rt_type_bytes))
		return fail(s, RT_TypeError, "a packet or bytes are wanted, not '%s'", v.type->name);
	span->bytes = (const uint8_t *)as_text(v)->bytes;
	span->size = as_text(v)->size;
	return true;
}

static bool write_dump(struct rt_script *s, struct rt_text *out, const void *what)
{
	const struct span *span = what;
	(void)s;
	rt_put_hexdump(out, span->bytes, span->size, RT_DUMP_CAPITALS);
	if (span->size && out->at > out->start)
		out->at--;                      /* without the last line end, as in Scapy */
	return true;
}

NATIVE(run_hexdump)
{
	struct span span;
	const int is_text = is_nothing(args[1]) ? 0 : any_truth(s, args[1]);
	if (is_text < 0 || !take_span(s, args[0], &span))
		return rt_nothing();
	if (is_text)
		return text_made(s, write_dump, &span);
	rt_put_hexdump(s->options.out, span.bytes, span.size, RT_DUMP_CAPITALS);
	return rt_none();
}

NATIVE(run_raw)
{
	struct span span;
	return take_span(s, args[0], &span) ? rt_bytes(s, span.bytes, span.size) : rt_nothing();
}

/* Their names, by index. */
NATIVE(run_interfaces)
{
	struct rt_interface *list;
	struct rt_error error = { 0 };
	const int found = rt_interfaces(&list, &error);
	if (found < 0)
		return raise_error(s, &error);
	struct rt_any names = rt_list(s, (size_t)found);
	for (int i = 0; i < found && !is_nothing(names); i++) {
		const struct rt_any name = rt_str(s, list[i].name, strlen(list[i].name));
		if (is_nothing(name) || !rt_list_add(s, names, name))
			names = rt_nothing();
	}
	free(list);
	return names;
}

const struct rt_method dump_functions[] = {
	{ "hexdump", run_hexdump, 1, 2, 0, "p dump" },
	{ "raw", run_raw, 1, 1 },
	{ "interfaces", run_interfaces, 0, 0 },
	{ NULL },
};
