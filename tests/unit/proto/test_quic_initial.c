/* SPDX-License-Identifier: MIT */
/* test_quic_initial.c - CRYPTO frames put together (RFC 9000 section 19.6), packets that were damaged or cut, and how
 * long what was laid open is lent. tests/tshark/quic.py has packets made at random, and tshark's opinion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/ringtap.h>
#include "bodies.h"
#include "carrier.h"
#include "initials.h"
#include "rows.h"
#include "sample.h"
#include "src/proto/quic.h"

/* ---- frames ---------------------------------------------------------------------------------------------------- */

struct frames { const char *name, *expected, *payload; };

static const struct frames frames[] = {
	{ "one",                   "0102",   "06" "00" "02" "0102" },
	{ "nothing",               "",       "" },
	{ "padding and ping",      "0102",   "00" "01" "0000" "06" "00" "02" "0102" "0100" },
	{ "out of order",          "010203", "06" "02" "01" "03" "06" "00" "02" "0102" },
	{ "overlap",               "010203", "06" "00" "02" "0102" "06" "01" "02" "0203" },
	{ "a hole",                "01",     "06" "00" "01" "01" "06" "02" "01" "03" },
	{ "no beginning",          "",       "06" "01" "01" "02" },
	{ "empty",                 "01",     "06" "00" "00" "06" "00" "01" "01" },
	{ "long numbers",          "0102",   "06" "80000000" "4001" "01" "06" "c000000000000001" "01" "02" },
	{ "ACK ends what is read", "01",     "06" "00" "01" "01" "0200000000" "06" "01" "01" "02" },
	{ "unknown frame",         "01",     "06" "00" "01" "01" "3f" "06" "01" "01" "02" },
	{ "longer than the rest",  "01",     "06" "00" "01" "01" "06" "01" "02" "02" },
	{ "cut behind its offset", "01",     "06" "00" "01" "01" "06" "01" },
	{ "cut in its offset",     "01",     "06" "00" "01" "01" "06" "40" },
	{ "cut in its length",     "01",     "06" "00" "01" "01" "06" "01" "c0000000" },
	{ "cut behind its type",   "01",     "06" "00" "01" "01" "06" },
	{ "offset of 62 bits",     "01",     "06" "ffffffffffffffff" "01" "02" "06" "00" "01" "01" },
	{ "length of 62 bits",     "",       "06" "00" "ffffffffffffffff" "01" },
	{ "over the end of room",  "01",     "06" "47ff" "02" "0203" "06" "00" "01" "01" },
	{ "behind the room",       "01",     "06" "4800" "02" "0203" "06" "00" "01" "01" },
	{ "far behind the room",   "01",     "06" "4810" "02" "0203" "06" "00" "01" "01" },
};

/* Nothing is written behind the room. */
static void test_frames(void **state)
{
	const struct frames *row = *state;
	uint8_t hex[256], expected[256], bytes[RT_OPENED_MAX + 64];
	const size_t size = hex_put(hex, row->payload);
	uint8_t *payload = malloc(size + !size);
	assert_non_null(payload);
	memcpy(payload, hex, size);
	memset(bytes, 0x55, sizeof bytes);
	assert_int_equal(hex_put(expected, row->expected), quic_crypto(payload, (uint32_t)size, bytes));
	assert_memory_equal(expected, bytes, strlen(row->expected) / 2);
	for (size_t i = RT_OPENED_MAX; i < sizeof bytes; i++)
		assert_int_equal(0x55, bytes[i]);
	free(payload);
}

/* As much as there is room for, and a byte more. */
static void test_room(void **state)
{
	static uint8_t payload[5 + RT_OPENED_MAX + 1], bytes[RT_OPENED_MAX];
	(void)state;
	memset(payload, 0xaa, sizeof payload);
	hex_put(payload, "06" "00" "4800");
	assert_int_equal(RT_OPENED_MAX, quic_crypto(payload, 4 + RT_OPENED_MAX, bytes));
	hex_put(payload, "06" "00" "4801");
	assert_int_equal(RT_OPENED_MAX, quic_crypto(payload, 4 + RT_OPENED_MAX + 1, bytes));
}

/* ---- packets --------------------------------------------------------------------------------------------------- */

#define UDP_END 28                      /* where the datagram begins in the frame                         */

static const struct sample samples_of_it[] = {
	{ "version 1", RT_LINK_IPV4, UDP4("c000", "01bb") INITIAL },
	{ "version 2", RT_LINK_IPV4, UDP4("c000", "01bb") INITIAL_V2 },
};

static size_t name_of(const struct rt_packet *packet, char name[64])
{
	return rt_get_text(packet, "QUIC", "server_name", name, 64);
}

/* Every bit of it is authenticated: with any of them turned over, nothing is said. */
static void test_damaged(void **state)
{
	struct sampled packet;
	char name[64];
	uint8_t bytes[SAMPLE_MAX];
	const uint32_t size = (uint32_t)sample_bytes(*state, bytes);
	for (uint32_t at = UDP_END; at < size; at++) {
		bytes[at] ^= (uint8_t)(1 << at % 8);
		sample_make(&packet, RT_LINK_IPV4, bytes, size, size);
		assert_int_equal(0, name_of(&packet.packet, name));
		bytes[at] ^= (uint8_t)(1 << at % 8);
	}
	sample_make(&packet, RT_LINK_IPV4, bytes, size, size);
	assert_int_equal(11, name_of(&packet.packet, name));
}

static void test_cut(void **state)
{
	struct sampled packet;
	char name[64];
	uint8_t bytes[SAMPLE_MAX];
	const uint32_t size = (uint32_t)sample_bytes(*state, bytes);
	for (uint32_t caplen = 0; caplen < size; caplen++) {
		sample_make(&packet, RT_LINK_IPV4, bytes, caplen, size);
		assert_int_equal(0, name_of(&packet.packet, name));
	}
}

static const uint8_t *lent(const struct rt_packet *packet, const char *expected)
{
	size_t size;
	const uint8_t *bytes = rt_get_bytes(packet, "QUIC", "server_name", &size);
	assert_non_null(bytes);
	assert_int_equal(strlen(expected), size);
	assert_memory_equal(expected, bytes, size);
	return bytes;
}

/* Each packet has room of its own, where what was opened once stays until the next packet is decoded. */
static void test_lent(void **state)
{
	static struct sampled one, two;
	uint8_t bytes[SAMPLE_MAX];
	uint32_t size = (uint32_t)sample_bytes(&samples_of_it[0], bytes);
	size_t none;
	(void)state;
	sample_make(&one, RT_LINK_IPV4, bytes, size, size);
	const uint8_t *first = lent(&one.packet, "example.com");
	size = (uint32_t)sample_bytes(&samples_of_it[1], bytes);
	sample_make(&two, RT_LINK_IPV4, bytes, size, size);
	lent(&two.packet, "example.com");
	assert_memory_equal("example.com", first, 11);
	one.bytes[one.frame.caplen - 1] ^= 1;   /* would not be opened any more */
	assert_ptr_equal(first, lent(&one.packet, "example.com"));
	bytes[size - 1] ^= 1;           /* in the same place */
	sample_make(&one, RT_LINK_IPV4, bytes, size, size);
	assert_null(rt_get_bytes(&one.packet, "QUIC", "server_name", &none));
}

int main(void)
{
	for (size_t i = 0; i < RT_COUNT(frames); i++)
		rows_add("frames", frames[i].name, test_frames, &frames[i]);
	rows_add("frames", "as many bytes as fit", test_room, NULL);
	for (size_t i = 0; i < RT_COUNT(samples_of_it); i++) {
		rows_add("damaged", samples_of_it[i].name, test_damaged, &samples_of_it[i]);
		rows_add("cut", samples_of_it[i].name, test_cut, &samples_of_it[i]);
	}
	rows_add("lent", NULL, test_lent, NULL);
	return rows_run("quic_initial");
}
