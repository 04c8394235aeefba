/* SPDX-License-Identifier: MIT */
/* eap.c - the extensible authentication protocol (RFC 3748) and those of its methods whose data have rows: MD5 (section
 * 5.4), TLS (RFC 5216), TTLS (RFC 5281), PEAP, FAST (RFC 4851) and Cisco's LEAP. What another method sends is Raw. */
#include <ringtap/dissect.h>
#include "list.h"

enum { REQUEST = 1, RESPONSE, SUCCESS, FAILURE };
enum { IDENTITY = 1, NAK = 3 };

static const struct rt_word codes[] = {
	{ REQUEST, "Request" }, { RESPONSE, "Response" }, { SUCCESS, "Success" }, { FAILURE, "Failure" },
	{ 5, "Initiate" }, { 6, "Finish" },
};
static const struct rt_word types[] = {
#define WORD(value, name) { value, name },
#include "names/eap_types.def"
#undef WORD
};

#define TYPE { "type", 32, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) }
#define START \
	{ "code", 0,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(codes)) }, \
	{ "id",   8,  8, RT_NUM }, \
	{ "len", 16, 16, RT_NUM, RT_FILL_HEADER }

static const struct rt_row auth_type_rows[] = { { "auth_type", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) } };
static const struct rt_proto auth_type = { .name = "auth_type", .spec = "RFC 3748 section 5.3.1",
                                           RT_ROWS(auth_type_rows), .header = 1 };
static const struct rt_list auth_types = { .other = &auth_type, .item_bytes = 1, .is_values = true, .last_code = -1 };

static const struct rt_row eap_rows[] = {
	START, TYPE,
	{ "desired_auth_types", 40, 0, RT_LIST, .list = &auth_types, .init = RESPONSE << 8 | NAK },
	{ "identity",           40, 0, RT_BYTES, .init = RESPONSE << 8 | IDENTITY },
	{ "message",            40, 0, RT_BYTES, .init = REQUEST << 8 | IDENTITY },
};

/* Code and type together select one of the rows that have an `init`. */
static uint32_t code_and_type(const struct rt_frame *frame, uint32_t at)
{
	return (uint32_t)frame->data[at] << 8 | frame->data[at + 4];
}

static bool has_type(uint8_t code) { return code != SUCCESS && code != FAILURE; }

static uint32_t measure_eap(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t size = rt_be16(frame->data + at + 2);
	if (!has_type(frame->data[at]))
		return 4;
	if (end - at < 5)
		return 5;
	for (size_t i = 0; i < RT_COUNT(eap_rows); i++)
		if (eap_rows[i].init && eap_rows[i].init == code_and_type(frame, at))
			return size > 5 ? size : 5;
	return 5;
}

static bool place_eap(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	if (row->bit < 32)
		return true;
	if (!has_type(frame->data[layer->at]) || layer->header < 5)
		return false;
	if (row->bit > 32)
		place->width = (layer->header - 5) * 8;
	return row->bit == 32 || row->init == code_and_type(frame, layer->at);
}

/* Only requests and responses have a method. */
static bool claims_method(const struct rt_packet *above, struct rt_layer *layer)
{
	uint8_t code = above->frame->data[layer->at];
	return layer->end - layer->at >= 5 && (code == REQUEST || code == RESPONSE);
}

/* ---- methods: the flag L says that a length stands in front of the data ------------------------------------- */

#define L 40, 1
#define FLAGS(...) \
	START, TYPE, { "L", 40, 1, RT_NUM }, { "M", 41, 1, RT_NUM }, { "S", 42, 1, RT_NUM }, __VA_ARGS__
#define DATA(length, data) \
	{ length, 48, 32, RT_NUM, RT_WHEN(L, 1) }, \
	{ data,   80,  0, RT_XBYTES, RT_WHEN(L, 1) }, \
	{ data,   48,  0, RT_XBYTES, RT_UNLESS(L, 1) }
#define FIELD(name, bit, bits) { name, bit, bits, RT_NUM }

static const struct rt_row md5_rows[] = {
	START, TYPE, { "value_size", 40, 8, RT_NUM }, { "value", 48, 0, RT_XBYTES, RT_COUNTED(1, 1, 0) },
	{ "optional_name", 48, 0, RT_XBYTES },
};
static const struct rt_row tls_rows[] = { FLAGS(FIELD("reserved", 43, 5)), DATA("tls_message_len", "tls_data") };
static const struct rt_row ttls_rows[] = {
	FLAGS(FIELD("reserved", 43, 2), FIELD("version", 45, 3)), DATA("message_len", "data"),
};
static const struct rt_row peap_rows[] = {
	FLAGS(FIELD("reserved", 43, 3), FIELD("version", 46, 2)), DATA("tls_message_len", "tls_data"),
};
static const struct rt_row leap_rows[] = {
	START, TYPE, { "version", 40, 8, RT_NUM }, { "unused", 48, 8, RT_HEX },
	{ "count", 56, 8, RT_NUM }, { "challenge_response", 64, 0, RT_XBYTES, RT_COUNTED(1, 1, 0) },
	{ "username", 64, 0, RT_BYTES },
};

#define LAYER(class, text, rfc, table, bytes) \
	.name = class, .title = text, .spec = rfc, RT_ROWS(table), .header = bytes, RT_MORE(.extent = { "len", 1 }), \
	.is_carrier = true
#define SAYS .lines = RT_LINES({ .text = "EAP {code} {type}| id {id}" }), \
	.summaries = RT_LINES({ .text = "EAP {code} {type}" })
#define METHOD(class, text, rfc, number, table, bytes, ...) { \
	LAYER(class, text, rfc, table, bytes), .size = { "len", 1 }, .claims = claims_method, SAYS, \
	RT_LINKS({ "EAPOL", "type", 0, "type", number }, { "PPP", "proto", 0xc227, "type", number }), __VA_ARGS__ }

const struct rt_proto proto_eap_md5 =
	METHOD("EAP_MD5", "EAP-MD5", "RFC 3748 section 5.4", 4, md5_rows, 6, .is_flow = true);
const struct rt_proto proto_eap_tls = METHOD("EAP_TLS", "EAP-TLS", "RFC 5216 section 3", 13, tls_rows, 6, );
const struct rt_proto proto_leap = METHOD("LEAP", "Cisco LEAP", "Cisco", 17, leap_rows, 8, .is_flow = true);
const struct rt_proto proto_eap_ttls = METHOD("EAP_TTLS", "EAP-TTLS", "RFC 5281 section 9", 21, ttls_rows, 6, );
const struct rt_proto proto_eap_peap =
	METHOD("EAP_PEAP", "PEAP", "draft-josefsson-pppext-eap-tls-eap-05", 25, peap_rows, 6, );
const struct rt_proto proto_eap_fast = METHOD("EAP_FAST", "EAP-FAST", "RFC 4851 section 4.1", 43, ttls_rows, 6, );

const struct rt_proto proto_eap = {
	LAYER("EAP", NULL, "RFC 3748 section 4", eap_rows, 4), .measure = measure_eap, .place = place_eap,
	.lines = RT_LINES(
		{ "code", SUCCESS, "EAP Success| id {id}" },
		{ "code", FAILURE, "EAP Failure| id {id}" },
		{ "type", IDENTITY, "EAP {code} {type}| id {id}[ {identity:s}]" },
		{ .text = "EAP {code} {type}| id {id}" }),
	.summaries = RT_LINES(
		{ "code", SUCCESS, "EAP Success" },
		{ "code", FAILURE, "EAP Failure" },
		{ "type", IDENTITY, "EAP {code} {type}[ {identity}]" },
		{ .text = "EAP {code} {type}" }),
	RT_LINKS({ "EAPOL", "type", 0 }, { "PPP", "proto", 0xc227 }),
};
