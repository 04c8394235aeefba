/* SPDX-License-Identifier: MIT */
/* fuzz_quic.c - any bytes as what a client's Initial packet hides: frames, put together to a hello, of which every
 * field is read. fuzz_packet does not get there, for a packet that was changed is not opened. */
#include <stdlib.h>
#include <ringtap/output.h>
#include "../../src/proto/quic.h"

static const uint8_t header[] = {
	0x45, 0, 0, 0, 0, 1, 0, 0, 64, 17, 0, 0, 192, 168, 16, 34, 192, 168, 16, 100,   /* IPv4 */
	0xc0, 0, 1, 0xbb, 0, 0, 0, 0,                                                  /* UDP, to port 443 */
	0xc3, 0, 0, 0, 1, 1, 0xaa, 0, 0, 1, 0,                                         /* Initial, with nothing in it */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rt_iface iface = { .name = "", .link = RT_LINK_IPV4 };
	static struct rt_dissector *dissector;
	static char memory[65536];
	const struct rt_frame frame = { .data = header, .caplen = sizeof header, .len = sizeof header, .iface = &iface,
	                                .link = RT_LINK_IPV4 };
	struct rt_error error;
	struct rt_packet packet;
	struct rt_text out;
	if (size > RT_OPENED_MAX || (!dissector && rt_dissector_new(&dissector, &error) < 0))
		return 0;
	rt_decode(dissector, &frame, &packet);
	const struct rt_layer *layer = rt_layer_find(&packet, "QUIC", 1);
	if (!layer)
		abort();
	packet.memory.of = header + layer->at;
	packet.memory.size = quic_crypto(data, (uint32_t)size, packet.memory.bytes);
	if (packet.memory.size > size)
		abort();
	rt_text_init(&out, memory, sizeof memory, -1);
	rt_put_json(&out, &packet);
	rt_put_show(&out, &packet, 0);
	return 0;
}
