/* SPDX-License-Identifier: MIT */
/* tls.c - records of TLS (RFC 8446 section 5.1), each a layer, with their messages in the list `msg`. A record that
 * goes on in the next segment is shown as far as it goes. Names of servers and protocols stand aside. */
#include "list.h"
#include "tls.h"

#define HEADER     5u
#define LENGTH_MAX (16384 + 2048)       /* RFC 5246 section 6.2.3                                        */

static const struct rt_word type_words[] = {
	{ 20, "change_cipher_spec" }, { 21, "alert" }, { 22, "handshake" }, { 23, "application_data" },
	{ 24, "heartbeat" },
};
static const struct rt_word level_words[] = { { 1, "warning" }, { 2, "fatal" } };
static const struct rt_word alert_words[] = {
	{ 0, "close_notify" }, { 10, "unexpected_message" }, { 20, "bad_record_mac" }, { 21, "decryption_failed" },
	{ 22, "record_overflow" }, { 30, "decompression_failure" }, { 40, "handshake_failure" },
	{ 42, "bad_certificate" }, { 43, "unsupported_certificate" }, { 44, "certificate_revoked" },
	{ 45, "certificate_expired" }, { 46, "certificate_unknown" }, { 47, "illegal_parameter" },
	{ 48, "unknown_ca" }, { 49, "access_denied" }, { 50, "decode_error" }, { 51, "decrypt_error" },
	{ 70, "protocol_version" }, { 71, "insufficient_security" }, { 80, "internal_error" },
	{ 86, "inappropriate_fallback" }, { 90, "user_canceled" }, { 100, "no_renegotiation" },
	{ 109, "missing_extension" }, { 110, "unsupported_extension" }, { 112, "unrecognized_name" },
	{ 116, "certificate_required" }, { 120, "no_application_protocol" },
};

static const struct rt_word change_words[] = { { 1, "change_cipher_spec" } };
static const struct rt_row change_rows[] = {
	{ "msgtype", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(change_words)) },
};
static const struct rt_row alert_rows[] = {
	{ "level", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(level_words)) },
	{ "descr", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(alert_words)) },
};
static const struct rt_row data_rows[] = { { "data", 0, 0, RT_BYTES } };
static const struct rt_proto change = { .name = "TLSChangeCipherSpec", .title = "TLS ChangeCipherSpec",
                                        .spec = "RFC 5246 section 7.1", RT_ROWS(change_rows), .header = 1 };
static const struct rt_proto alert  = { .name = "TLSAlert", .title = "TLS Alert", .spec = "RFC 8446 section 6",
                                        RT_ROWS(alert_rows), .header = 2 };
static const struct rt_proto data   = { .name = "TLSApplicationData", .title = "TLS Application Data",
                                        .spec = "RFC 8446 section 5.1", RT_ROWS(data_rows), .header = 1 };

/* ---- messages of a record --------------------------------------------------------------------------------------- */

/* A handshake message at the walk's position; one that claims more than its record has is encrypted. */
static uint32_t handshake(const struct rt_walk *walk, const struct rt_proto **proto)
{
	const uint8_t *p = walk->frame->data + walk->at;
	uint32_t left = walk->end - walk->at,
		record_end = walk->owner.at + HEADER + rt_be16(walk->frame->data + walk->owner.at + 3);
	*proto = &tls_encrypted;
	if (left < 4)
		return left;
	uint32_t size = 4 + (rt_be32(p) & 0xffffff);
	if (size > record_end - walk->at)
		return left;
	*proto = tls_handshake_proto(p[0]);
	return *proto == &tls_encrypted || size > left ? left : size;
}

static bool next_message(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->at >= walk->end)
		return false;
	const uint8_t *record = walk->frame->data + walk->owner.at;
	uint32_t size = walk->end - walk->at;
	const struct rt_proto *proto = &tls_encrypted;
	switch (record[0]) {
	case TLS_CHANGE_CIPHER_SPEC: proto = &change; break;
	case TLS_ALERT:              proto = rt_be16(record + 3) == 2 ? &alert : &tls_encrypted; break;
	case TLS_APPLICATION_DATA:   proto = &data; break;
	case TLS_HANDSHAKE:          size = handshake(walk, &proto); break;
	}
	*item = (struct rt_layer){ .proto = proto, .at = walk->at, .header = size, .end = walk->at + size,
	                           .id = RT_NO_ID };
	walk->at += size;
	return true;
}

/* ---- the record ------------------------------------------------------------------------------------------------- */

#define ASIDE(name, width, kind, what, ...) { name, 0, width, kind, .init = what, .is_aside = true, __VA_ARGS__ }

static const struct rt_item kinds[] = {
	{ 0, &tls_client_hello }, { 1, &tls_server_hello }, { 2, &tls_certificate }, { 3, &tls_message },
	{ 4, &tls_encrypted }, { 5, &change }, { 6, &alert }, { 7, &data },
	{ 8, &tls_hello_request }, { 9, &tls_hello_done },
};
static const struct rt_list messages = { RT_ITEMS(kinds), .other = &data, .next = next_message, .last_code = -1 };
static const struct rt_row rows[] = {
	{ "type",     0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(type_words)) },
	{ "version",  8, 16, RT_XENUM, .names = &tls_versions },
	{ "len",     24, 16, RT_NUM },
	{ "msg",     40,  0, RT_LIST, .list = &messages },
	ASIDE("handshake", 8, RT_ENUM, TLS_SAYS_TYPE, .names = &tls_handshake_types),
	ASIDE("servername", 0, RT_TEXT, TLS_SAYS_SERVER, .names = NULL),
	ASIDE("alpn", 0, RT_TEXT, TLS_SAYS_ALPN, .names = NULL),
	ASIDE("hello_version", 16, RT_XENUM, TLS_SAYS_VERSION, .names = &tls_versions),
};

static bool first_message(const struct rt_frame *frame, const struct rt_layer *layer, struct rt_layer *item)
{
	struct rt_walk walk = { .frame = frame, .list = &messages, .owner = *layer, .at = layer->at + HEADER,
	                        .end = layer->at + layer->header, .most = RT_ITEMS_MAX };
	return frame->data[layer->at] == TLS_HANDSHAKE && rt_walk_next(&walk, item) && item->proto != &tls_encrypted;
}

static bool place_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	struct rt_layer message;
	if (row->kind == RT_LIST)
		place->width = (layer->header - HEADER) * 8;
	if (!row->is_aside)
		return true;
	return first_message(frame, layer, &message) && tls_place(frame, layer, &message, row->init, place);
}

/* Any port may carry TLS: less than a header of it is data. */
static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const uint8_t *p = frame->data + at;
	uint32_t length = end - at < HEADER ? UINT16_MAX : rt_be16(p + 3);
	if (length > LENGTH_MAX || p[0] < TLS_CHANGE_CIPHER_SPEC || p[0] > TLS_HEARTBEAT || p[1] != 3 || p[2] > 4 ||
	    (length == 0 && p[0] != TLS_APPLICATION_DATA))
		return 0;
	return length < end - at - HEADER ? HEADER + length : end - at;
}

/* Scapy's sentence: the session, then what the record holds. */
#define ENDS "TLS [{IP.src}][{IPv6.src}]:{TCP.sport:d} > [{IP.dst}][{IPv6.dst}]:{TCP.dport:d} / TLS"

const struct rt_proto proto_tls = {
	.name = "TLS", .spec = "RFC 8446 section 5.1", RT_ROWS(rows), .header = 1, .measure = measure,
	.place = place_row,
	.lines = RT_LINES(
		{ "handshake", TLS_CLIENT_HELLO, "TLS ClientHello[ {servername}][ alpn {alpn}]" },
		{ "handshake", TLS_SERVER_HELLO, "TLS ServerHello[ {hello_version}][ {msg.cipher}][ alpn {alpn}]" },
		{ "handshake", TLS_CERTIFICATE, "TLS certificate[ {msg.certslen} bytes]" },
		{ "type", TLS_ALERT, "TLS alert[ {msg.level} {msg.descr}]" },
		{ .text = "TLS {type}[ {handshake}]" }),
	.summaries = RT_LINES(
		{ "handshake", TLS_HELLO_REQUEST, ENDS " / TLS Handshake - Hello Request" },
		{ "handshake", TLS_CLIENT_HELLO, ENDS " / TLS Handshake - Client Hello" },
		{ "handshake", TLS_SERVER_HELLO, ENDS " / TLS Handshake - Server Hello" },
		{ "handshake", TLS_CERTIFICATE, ENDS " / TLS Handshake - Certificate" },
		{ "handshake", TLS_HELLO_DONE, ENDS " / TLS Handshake - Server Hello Done" },
		{ "type", TLS_CHANGE_CIPHER_SPEC, ENDS " / TLS ChangeCipherSpec" },
		{ "type", TLS_ALERT, ENDS " / TLS Alert" },
		{ "type", TLS_APPLICATION_DATA, ENDS " / TLS Application Data" }, { .text = ENDS }),
	RT_LINKS({ "TCP", NULL }, { "TLS", NULL }),
};
