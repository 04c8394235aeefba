/* SPDX-License-Identifier: MIT */
/* wireguard.c - the messages of WireGuard (wireguard.com/papers/wireguard.pdf section 5.4): a type, and behind it what
 * that type has. Numbers are little-endian. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word types[] = {
	{ 1, "initiate" }, { 2, "respond" }, { 3, "cookie reply" }, { 4, "transport" },
};

#define INDEX(name, bit) { name, bit, 32, RT_HEX, .is_little = true }

static const struct rt_row rows[] = {
	{ "message_type",  0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 1 },
	{ "reserved_zero", 8, 24, RT_NUM },
};
static const struct rt_row initiation_rows[] = {
	INDEX("sender_index", 0),
	{ "unencrypted_ephemeral",  32, 256, RT_XBYTES },
	{ "encrypted_static",      288, 384, RT_XBYTES },
	{ "encrypted_timestamp",   672, 224, RT_XBYTES },
	{ "mac1",                  896, 128, RT_XBYTES },
	{ "mac2",                 1024, 128, RT_XBYTES },
};
static const struct rt_row response_rows[] = {
	INDEX("sender_index", 0),
	INDEX("receiver_index", 32),
	{ "unencrypted_ephemeral",  64, 256, RT_XBYTES },
	{ "encrypted_nothing",     320, 128, RT_XBYTES },
	{ "mac1",                  448, 128, RT_XBYTES },
	{ "mac2",                  576, 128, RT_XBYTES },
};
static const struct rt_row cookie_rows[] = {
	INDEX("receiver_index", 0),
	{ "nonce",             32, 192, RT_XBYTES },
	{ "encrypted_cookie", 224, 256, RT_XBYTES },
};
static const struct rt_row transport_rows[] = {
	INDEX("receiver_index", 0),
	{ "counter", 32, 64, RT_HEX, .is_little = true },
	{ "encrypted_encapsulated_packet", 96, 0, RT_XBYTES },
};

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const uint8_t *header = frame->data + at;
	(void)end;
	return header[0] >= 1 && header[0] <= 4 && !(header[1] | header[2] | header[3]) ? 4 : 0;
}

const struct rt_proto proto_wireguard = {
	.name = "Wireguard", .spec = "WireGuard paper section 5.4", RT_ROWS(rows), .header = 4, .measure = measure,
	.next = { "message_type" }, .is_carrier = true, .lines = RT_LINES({ .text = "WireGuard {message_type}|" }),
	RT_LINKS({ "UDP", "dport", 51820 }, { "UDP", "sport", 51820 }),
};

#define MESSAGE(c_name, class, words, number, table, bytes, ...) \
	const struct rt_proto proto_wireguard_##c_name = { \
		.name = "Wireguard" class, .title = "Wireguard " words, .spec = "WireGuard paper section 5.4", \
		RT_ROWS(table), .header = bytes, RT_LINKS({ "Wireguard", "message_type", number }), __VA_ARGS__ }
#define SAYS(words) .lines = RT_LINES({ .text = words })

MESSAGE(initiation, "Initiation", "Initiation", 1, initiation_rows, 144, SAYS("from {sender_index:x}"));
MESSAGE(response, "Response", "Response", 2, response_rows, 88, SAYS("from {sender_index:x} to {receiver_index:x}"));
MESSAGE(cookie, "CookieReply", "Cookie Reply", 3, cookie_rows, 60, SAYS("to {receiver_index:x}"));
MESSAGE(transport, "Transport", "Transport", 4, transport_rows, 12, .is_flow = true,
        SAYS("to {receiver_index:x} counter {counter:d}"));
