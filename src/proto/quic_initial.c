/* SPDX-License-Identifier: MIT */
/* quic_initial.c - a client's Initial packet to the handshake in it. Its keys come from the connection id that it is
 * sent to (RFC 9001 section 5.2, RFC 9369 section 3.3), and protect from accidents rather than from readers. A server's
 * come from that same id, which its packets do not have: they stay closed, as all later ones do. */
#include "../base/crypto.h"
#include "quic.h"

#define SALT_SIZE  20
#define NUMBER_MAX 4u                   /* bytes of a packet number                                      */

struct version {
	uint32_t number;
	uint8_t salt[SALT_SIZE];
	const char *key, *iv, *protection;      /* labels                                                 */
};

static const struct version versions[] = {
	{ 1, { 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	       0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a }, "quic key", "quic iv", "quic hp" },
	{ QUIC_V2, { 0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
	             0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9 },
	  "quicv2 key", "quicv2 iv", "quicv2 hp" },
};

/* ---- opening (RFC 9001 section 5) ---------------------------------------------------------------------------- */

struct keys { struct aes payload, header; uint8_t iv[GCM_NONCE]; };

static const struct version *find_version(uint32_t number)
{
	for (size_t i = 0; i < RT_COUNT(versions); i++)
		if (versions[i].number == number)
			return &versions[i];
	return NULL;
}

static void derive(struct keys *keys, const struct version *version, const struct rt_value *id)
{
	uint8_t initial[SHA256_SIZE], client[SHA256_SIZE], key[AES_SIZE];
	hmac_sha256(version->salt, SALT_SIZE, id->bytes, id->size, initial);
	hkdf_expand_label(initial, "client in", client, sizeof client);
	hkdf_expand_label(client, version->key, key, sizeof key);
	aes_start(&keys->payload, key);
	hkdf_expand_label(client, version->iv, keys->iv, sizeof keys->iv);
	hkdf_expand_label(client, version->protection, key, sizeof key);
	aes_start(&keys->header, key);
}

/* Takes the protection off the header; returns the bytes of its packet number. The sample begins where the payload
 * would if that number had as many as it can have. */
static uint32_t bare_header(const struct keys *keys, uint8_t *packet, uint32_t number_at)
{
	uint8_t mask[AES_SIZE];
	aes_encrypt(&keys->header, packet + number_at + NUMBER_MAX, mask);
	packet[0] ^= mask[0] & 0x0f;
	const uint32_t size = (packet[0] & 3u) + 1;
	for (uint32_t i = 0; i < size; i++)
		packet[number_at + i] ^= mask[1 + i];
	return size;
}

/* Decrypts in place. A client has not sent so many packets yet that their number would be cut. */
static uint32_t open_packet(struct keys *keys, uint8_t *packet, uint32_t size, uint32_t number_at, uint8_t *bytes)
{
	const uint32_t number_size = bare_header(keys, packet, number_at), at = number_at + number_size;
	for (uint32_t i = 0; i < number_size; i++)
		keys->iv[GCM_NONCE - number_size + i] ^= packet[number_at + i];
	const uint32_t payload = size - at - GCM_TAG;
	return gcm_open(&keys->payload, keys->iv, packet, at, packet + at, payload)
	       ? quic_crypto(packet + at, payload, bytes) : 0;
}

uint32_t quic_open(const struct rt_packet *packet, const struct rt_layer *layer, uint8_t bytes[RT_OPENED_MAX])
{
	const uint8_t *from = packet->frame->data + layer->at;
	const struct version *version = find_version(rt_be32(from + 1));
	uint8_t copy[RT_OPENED_MAX];
	struct rt_value id, token, length;
	struct keys keys;
	if (!version || !rt_value_find(packet, layer, "token", &token) ||       /* only an Initial has one */
	    !rt_value_find(packet, layer, "length", &length) || !rt_value_find(packet, layer, "dcid", &id))
		return 0;
	const uint64_t size = layer->header + length.num;
	if (length.num < NUMBER_MAX + GCM_TAG || size > layer->end - layer->at || size > sizeof copy)
		return 0;
	memcpy(copy, from, (size_t)size);
	derive(&keys, version, &id);
	return open_packet(&keys, copy, (uint32_t)size, layer->header, bytes);
}

/* ---- what was sealed (RFC 9000 section 19) -------------------------------------------------------------------- */

enum { PADDING = 0, PING = 1, CRYPTO = 6 };

static uint64_t varint(struct rt_cursor *cursor)
{
	const uint8_t first = rt_cursor_u8(cursor);
	uint64_t value = first & 0x3f;
	for (unsigned more = (1u << (first >> 6)) - 1; more; more--)
		value = value << 8 | rt_cursor_u8(cursor);
	return value;
}

/* Puts what the next frame has at its place; false: nothing more can be read. A first packet has no other frames. */
static bool take_frame(struct rt_cursor *cursor, uint8_t bytes[RT_OPENED_MAX], uint8_t is_missing[RT_OPENED_MAX])
{
	const uint64_t type = varint(cursor);
	if (type == PADDING || type == PING)
		return !cursor->is_short;
	const uint64_t offset = varint(cursor), size = varint(cursor);
	if (type != CRYPTO || size > (size_t)(cursor->end - cursor->at))
		return false;
	const uint8_t *from = rt_cursor_take(cursor, (size_t)size);
	if (!from || offset >= RT_OPENED_MAX)
		return from != NULL;
	const size_t room = RT_OPENED_MAX - (size_t)offset, part = size < room ? (size_t)size : room;
	memcpy(bytes + offset, from, part);
	memset(is_missing + offset, false, part);
	return true;
}

uint32_t quic_crypto(const uint8_t *payload, uint32_t size, uint8_t bytes[RT_OPENED_MAX])
{
	uint8_t is_missing[RT_OPENED_MAX];
	struct rt_cursor cursor = { payload, payload + size, false };
	memset(is_missing, true, sizeof is_missing);
	while (cursor.at < cursor.end && take_frame(&cursor, bytes, is_missing))
		;
	const uint8_t *hole = memchr(is_missing, true, sizeof is_missing);
	return hole ? (uint32_t)(hole - is_missing) : RT_OPENED_MAX;
}
