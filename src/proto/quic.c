/* SPDX-License-Identifier: MIT */
/* quic.c - long headers of QUIC: version and connection ids (RFC 8999), and in the versions that are known what
 * follows up to the packet number (RFC 9000 section 17.2, RFC 9369), from where on all is protected. A short header
 * says nothing that could be told from noise. */
#include "list.h"
#include "quic.h"
#include "tls.h"

#define ID_MAX 20                       /* bytes of a connection id in versions 1 and 2                  */

static const struct rt_word forms[] = { { 0, "short" }, { 1, "long" } };
static const struct rt_word types[] = { { 0, "Initial" }, { 1, "0-RTT" }, { 2, "Handshake" }, { 3, "Retry" } };
static const struct rt_word types2[] = { { 0, "Retry" }, { 1, "Initial" }, { 2, "0-RTT" }, { 3, "Handshake" } };
static const struct rt_word versions[] = { { 0, "version negotiation" }, { 1, "v1" }, { QUIC_V2, "v2" } };

#define FORM  { "header_form", 0, 1, RT_ENUM, .names = RT_NAMES(RT_WORDS(forms)), .init = 1 }
#define FIXED { "fixed_bit", 1, 1, RT_NUM, .init = 1 }

/* `type`: what stands in bits 2 and 3, which differs by version. */
#define LONG(type) \
	FORM, FIXED, type, \
	{ "protected",  4,  4, RT_NUM }, \
	{ "version",    8, 32, RT_XENUM, .names = RT_NAMES(RT_WORDS(versions)), .init = 1 }, \
	{ "dcid_len",  40,  8, RT_NUM }, \
	{ "dcid",      48,  0, RT_XBYTES, RT_COUNTED(1, 1, 0) }, \
	{ "scid_len",  48,  8, RT_NUM }, \
	{ "scid",      48,  0, RT_XBYTES, RT_COUNTED(1, 1, 0) }
#define HIDDEN(name, width, kind, what, words) \
	{ name, 48, width, kind, .names = words, .init = what, .is_opened = true }
/* ... and what follows in packets of two types: all but Retry have a length, and an Initial hides a hello. */
#define KNOWN(initial, retry) \
	{ "token_length", 48, 0, RT_NUM, .is_varint = true, RT_WHEN(2, 2, initial) }, \
	{ "token",     48,  0, RT_XBYTES, RT_COUNTED(1, 1, 0), RT_WHEN(2, 2, initial) }, \
	{ "length",    48,  0, RT_NUM, .is_varint = true, RT_UNLESS(2, 2, retry) }, \
	HIDDEN("handshake", 8, RT_ENUM, TLS_SAYS_TYPE, &tls_handshake_types), \
	HIDDEN("server_name", 0, RT_TEXT, TLS_SAYS_SERVER, NULL), \
	HIDDEN("alpn", 0, RT_TEXT, TLS_SAYS_ALPN, NULL)
#define UNUSED { "unused", 2, 2, RT_NUM }
#define TYPE(words) { "long_packet_type", 2, 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }

static const struct rt_row rows1[] = { LONG(TYPE(types)), KNOWN(0, 3) };
static const struct rt_row rows2[] = { LONG(TYPE(types2)), KNOWN(1, 0) };
static const struct rt_row other_rows[] = { LONG(TYPE(types)) };
static const struct rt_row negotiation_rows[] = { LONG(UNUSED) };

static uint32_t version_of(const struct rt_packet *above, const struct rt_layer *layer)
{
	return layer->end - layer->at < 6 ? 0 : rt_be32(above->frame->data + layer->at + 1);
}

/* Versions that are known have ids of at most 20 bytes, and set the fixed bit. */
static bool is_known(const struct rt_packet *above, const struct rt_layer *layer, uint32_t version)
{
	const uint8_t *p = above->frame->data + layer->at;
	return version_of(above, layer) == version && (p[0] & 0x40) && p[5] <= ID_MAX;
}

static bool claims_1(const struct rt_packet *above, struct rt_layer *layer) { return is_known(above, layer, 1); }
static bool claims_2(const struct rt_packet *above, struct rt_layer *layer) { return is_known(above, layer, QUIC_V2); }

/* Drafts and reserved versions may be anything. */
static bool claims_other(const struct rt_packet *above, struct rt_layer *layer)
{
	uint32_t version = version_of(above, layer);
	return (version & 0xffffff00) == 0xff000000 || (version & 0x0f0f0f0f) == 0x0a0a0a0a;
}

static bool claims_negotiation(const struct rt_packet *above, struct rt_layer *layer)
{
	return version_of(above, layer) == 0;
}

/* In what `quic_open` has laid open: the hello of a client, of which the end may be missing. */
static bool place_hidden(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                         struct rt_place *place)
{
	const struct rt_layer hello = { .proto = &tls_client_hello, .at = layer->at, .header = layer->header,
	                                .end = layer->end, .id = RT_NO_ID };
	return !row->is_opened || (frame->data[layer->at] == TLS_CLIENT_HELLO &&
	                           tls_place(frame, layer, &hello, row->init, place));
}

#define TYPED " {long_packet_type}"
#define IDS   ", dcid {dcid}[, scid {scid}]"
#define HEADER(table, function, ...) { \
	.name = "QUIC", .title = "QUIC long header", .spec = "RFC 8999 section 5.1", RT_ROWS(table), .header = 6, \
	.is_flow = true, .claims = function, __VA_ARGS__, \
	RT_LINKS({ "UDP", "dport", 443, "header_form", 1 }, { "UDP", "sport", 443, "header_form", 1 }) }
#define KNOWN_HEADER(table, function) HEADER(table, function, RT_MORE(.open = quic_open), .place = place_hidden, \
	.lines = RT_LINES( \
		{ "handshake", TLS_CLIENT_HELLO, \
		  "QUIC {version}" TYPED " ClientHello[ {server_name}][ alpn {alpn}]" IDS }, \
		{ .text = "QUIC {version}" TYPED IDS }))
#define OTHER_HEADER(table, function, sentence) HEADER(table, function, .lines = RT_LINES({ .text = sentence }))

const struct rt_proto proto_quic             = KNOWN_HEADER(rows1, claims_1);
const struct rt_proto proto_quic2            = KNOWN_HEADER(rows2, claims_2);
const struct rt_proto proto_quic_other       = OTHER_HEADER(other_rows, claims_other, "QUIC {version}" TYPED IDS);
const struct rt_proto proto_quic_negotiation = OTHER_HEADER(negotiation_rows, claims_negotiation, "QUIC {version}" IDS);
