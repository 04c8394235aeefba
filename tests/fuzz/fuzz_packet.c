/* SPDX-License-Identifier: MIT */
/* fuzz_packet.c - any bytes as a packet: the first byte chooses the link type and how much was cut, then every format
 * prints it. Text has no control byte but line feeds, and only --show breaks lines. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <ringtap/output.h>
#include "../support/links.h"

#define TEXT_MAX (8u << 20)              /* --show of 64 KiB: each byte may become \x00 behind indentation */

static const uint16_t links[] = { ALL_LINKS };

static const char fields[] = "{IP.src} {IPv6.dst} {TCP.options} {DNS.qd.qname} {DNS.an.rdata} {DNS.ar} {IP.options} "
                             "{ARP.psrc} {IP_2.len} {ICMP.gw} {QUIC.server_name}";

static void check_text(const char *text, size_t size, bool may_break)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t c = (uint8_t)text[i];
		if (c == 0x7f || (c < 0x20 && !(c == '\n' && (may_break || i == size - 1))))
			abort();
	}
}

static void check_layers(const struct rt_packet *packet)
{
	for (unsigned i = 0; i < packet->count; i++) {
		const struct rt_layer *layer = &packet->layer[i];
		if (layer->at + layer->header > layer->end || layer->end > packet->frame->caplen)
			abort();
	}
}

/* What every run uses again. */
struct desk { struct rt_dissector *dissector; char *memory; struct rt_sink *sinks[3]; };

static struct desk desk_new(void)
{
	static const struct rt_output_options options[] = {
		{ .format = RT_FORMAT_LINE, .show_link = true },
		{ .format = RT_FORMAT_TEMPLATE, .template_text = fields },
		{ .format = RT_FORMAT_SHOW, .checks_sums = true },
	};
	struct desk desk = { .memory = malloc(TEXT_MAX) };
	struct rt_error error;
	const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (!desk.memory || rt_dissector_new(&desk.dissector, &error) < 0)
		abort();
	for (size_t i = 0; i < RT_COUNT(options); i++)
		if (rt_printer_new(&desk.sinks[i], nowhere, desk.dissector, &options[i], &error) < 0)
			abort();
	return desk;
}

/* Sanitizers judge what printers do. */
static void print(struct rt_sink *sink, const struct rt_frame *frame)
{
	struct rt_error error;
	if (sink->take(sink, frame, 1, &error) < 0 || sink->flush(sink, &error) < 0)
		abort();
}

static void show(const struct rt_packet *packet, char *memory)
{
	struct rt_text out;
	rt_text_init(&out, memory, TEXT_MAX, -1);
	rt_put_show(&out, packet, 0);
	check_text(memory, rt_text_length(&out), true);
	rt_text_init(&out, memory, TEXT_MAX, -1);
	rt_put_json(&out, packet);
	check_text(memory, rt_text_length(&out), false);
	rt_text_init(&out, memory, TEXT_MAX, -1);
	rt_put_summary(&out, packet);
	check_text(memory, rt_text_length(&out), false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct desk desk;
	struct rt_packet packet;
	if (!size || size > 65536)
		return 0;
	if (!desk.dissector)
		desk = desk_new();
	const struct rt_iface iface = { .name = "", .link = links[data[0] % RT_COUNT(links)] };
	const struct rt_frame frame = { .data = data + 1, .caplen = (uint32_t)size - 1, .iface = &iface,
	                                .len = (uint32_t)size - 1 + data[0] / 16u, .link = iface.link, .number = 1 };
	rt_decode(desk.dissector, &frame, &packet);
	check_layers(&packet);
	show(&packet, desk.memory);
	for (size_t i = 0; i < RT_COUNT(desk.sinks); i++)
		print(desk.sinks[i], &frame);
	return 0;
}
