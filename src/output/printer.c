/* SPDX-License-Identifier: MIT */
/* printer.c - the sink that prints: dissects a frame, writes it in the chosen format, then perhaps its bytes.
 * Output leaves at the end of a batch, so that a busy capture costs few system calls and an idle one no wait. */
#include <errno.h>
#include <stdlib.h>
#include "line.h"
#include "stamp.h"
#include "value.h"

#define BUFFER_BYTES (64u << 10)

struct printer {
	struct rt_sink sink;            /* first: the sink is the printer                              */
	const struct rt_dissector *dissector;
	struct rt_output_options options;
	struct rt_text out;
	struct stamp stamp;
	struct lines lines;
	struct summaries summaries;
	struct rt_template *template;
	struct rt_packet packet;
	bool is_exact;                  /* JSON, --format: a line holds that and nothing else           */
	char buffer[BUFFER_BYTES];
};

static void put_front(struct printer *p)
{
	if (p->options.show_number && !p->is_exact) {
		uint64_t number = p->packet.frame->number;
		for (uint64_t width = 10000; width > number && width > 1; width /= 10)
			rt_put_char(&p->out, ' ');
		rt_put_num(&p->out, number);
		rt_put_string(&p->out, "  ");
	}
	if (p->options.format == RT_FORMAT_LINE)
		put_stamp(&p->out, &p->stamp, p->packet.frame);
}

static void put_body(struct printer *p)
{
	switch ((enum rt_format)p->options.format) {
	case RT_FORMAT_LINE:
		put_line(&p->out, &p->lines, &p->packet, p->options.is_short, p->options.show_link);
		break;
	case RT_FORMAT_SUMMARY:  put_summary(&p->out, &p->summaries, &p->packet, 0); break;
	case RT_FORMAT_SHOW:
		if (p->options.checks_sums)
			put_checked_show(&p->out, &p->packet);
		else
			rt_put_show(&p->out, &p->packet, 0);
		break;
	case RT_FORMAT_JSON:     rt_put_json(&p->out, &p->packet); break;
	case RT_FORMAT_TEMPLATE: rt_put_template(&p->out, p->template, &p->packet); return;
	}
	rt_put_char(&p->out, '\n');
}

/* Where the link header and its tags end; a link header that was cut has nothing behind it. */
static uint32_t link_end(const struct rt_packet *packet)
{
	uint32_t end = 0;
	if (packet->short_proto && packet->short_proto->is_link)
		return packet->frame->caplen;
	for (unsigned i = 0; i < packet->count && packet->layer[i].proto->is_link; i++)
		end = packet->layer[i].at + packet->layer[i].header;
	return end;
}

/* -x, -X and -A begin behind the link header, as tcpdump's do; doubled they show all. */
static void put_bytes(struct printer *p)
{
	const struct rt_frame *frame = p->packet.frame;
	if (p->options.dump == RT_DUMP_NONE || p->options.format == RT_FORMAT_JSON)
		return;
	uint32_t from = p->options.dump_link ? 0 : link_end(&p->packet);
	if (from < frame->caplen)
		rt_put_hexdump(&p->out, frame->data + from, frame->caplen - from, p->options.dump);
}

static int result(struct printer *p, struct rt_error *error)
{
	if (!p->out.error)
		return 0;
	return rt_fail(error, p->out.error, "standard output: %s", rt_errno_text(p->out.error));
}

static void print_frame(struct printer *p, const struct rt_frame *frame)
{
	rt_decode(p->dissector, frame, &p->packet);
	put_front(p);
	put_body(p);
	put_bytes(p);
	if (p->options.is_line_buffered)
		rt_text_flush(&p->out);
}

/* --nano: as if its interface had nanoseconds. */
static void print_nano(struct printer *p, const struct rt_frame *frame)
{
	struct rt_iface iface = *frame->iface;
	struct rt_frame copy = *frame;
	iface.is_nano = true;
	copy.iface = &iface;
	print_frame(p, &copy);
}

static int printer_take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct printer *p = RT_OUTER(sink, struct printer, sink);
	for (size_t i = 0; i < count; i++) {
		if (p->options.is_nano)
			print_nano(p, &frames[i]);
		else
			print_frame(p, &frames[i]);
	}
	return result(p, error);
}

/* A file nobody watches is written in whole buffers; everything else at once. */
static int printer_flush(struct rt_sink *sink, struct rt_error *error)
{
	struct printer *p = RT_OUTER(sink, struct printer, sink);
	rt_text_flush(&p->out);
	return result(p, error);
}

static int printer_close(struct rt_sink *sink, struct rt_error *error)
{
	struct printer *p = RT_OUTER(sink, struct printer, sink);
	int rc = printer_flush(sink, error);
	lines_close(&p->lines);
	summaries_close(&p->summaries);
	rt_template_free(p->template);
	free(p);
	return rc;
}

static int open_format(struct printer *p, struct rt_error *error)
{
	if (p->options.format == RT_FORMAT_LINE)
		return lines_open(&p->lines, error);
	if (p->options.format == RT_FORMAT_SUMMARY)
		return summaries_open(&p->summaries, error);
	if (p->options.format == RT_FORMAT_TEMPLATE)
		return rt_template_new(&p->template, p->options.template_text, error);
	return 0;
}

int rt_printer_new(struct rt_sink **sink, int fd, const struct rt_dissector *dissector,
                   const struct rt_output_options *options, struct rt_error *error)
{
	struct printer *p = calloc(1, sizeof *p);
	*sink = NULL;
	if (!p)
		return rt_fail(error, ENOMEM, "no memory for the output");
	p->sink = (struct rt_sink){ .take = printer_take, .flush = printer_flush, .close = printer_close };
	p->dissector = dissector;
	p->options = *options;
	p->is_exact = options->format == RT_FORMAT_JSON || options->format == RT_FORMAT_TEMPLATE;
	p->stamp = (struct stamp){ .form = options->stamp, .is_utc = options->is_utc };
	rt_text_init(&p->out, p->buffer, sizeof p->buffer, fd);
	int rc = open_format(p, error);
	if (rc) {
		free(p);
		return rc;
	}
	*sink = &p->sink;
	return 0;
}
