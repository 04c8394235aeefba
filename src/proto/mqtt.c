/* SPDX-License-Identifier: MIT */
/* mqtt.c - MQTT 3.1.1 (OASIS standard, section 2 and 3): each packet a layer, with the fields of its type. Names are
 * Scapy's, which splits a packet into two layers; a publication's end would be lost there. */
#include "list.h"
#include "text.h"

enum { CONNECT = 1, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK };

static const struct rt_word types[] = {
	{ 1, "CONNECT" }, { 2, "CONNACK" }, { 3, "PUBLISH" }, { 4, "PUBACK" }, { 5, "PUBREC" }, { 6, "PUBREL" },
	{ 7, "PUBCOMP" }, { 8, "SUBSCRIBE" }, { 9, "SUBACK" }, { 10, "UNSUBSCRIBE" }, { 11, "UNSUBACK" },
	{ 12, "PINGREQ" }, { 13, "PINGRESP" }, { 14, "DISCONNECT" }, { 15, "AUTH" },
};
static const struct rt_word qualities[] = {
	{ 0, "At most once delivery" }, { 1, "At least once delivery" }, { 2, "Exactly once delivery" },
};
static const struct rt_word results[] = {
	{ 0, "Connection Accepted" }, { 1, "Unacceptable protocol version" }, { 2, "Identifier rejected" },
	{ 3, "Server unavailable" }, { 4, "Bad username/password" }, { 5, "Not authorized" },
};

/* The remaining length, seven bits a byte (section 2.2.3); false: more than four bytes, or not captured. */
static bool read_length(const struct rt_frame *frame, uint32_t at, uint32_t end, uint32_t *length, uint32_t *body)
{
	*length = 0;
	for (unsigned i = 0; i < 4 && at + 1 + i < end; i++) {
		uint8_t byte = frame->data[at + 1 + i];
		*length |= (uint32_t)(byte & 0x7f) << (7 * i);
		*body = at + 2 + i;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t length, body;
	if (frame->data[at] < 0x10 || !read_length(frame, at, end, &length, &body))
		return 0;
	return length < end - body ? body + length - at : end - at;
}

/* `init`: what a row is; `bit` is of no use in a packet of strings. */
enum { LENGTH = 1, MSGID, TOPIC, VALUE, PROTOCOL, LEVEL, FLAGS, KEEP_ALIVE, CLIENT, PRESENT, RESULT };

static const struct rt_row rows[] = {
	{ "type",      0, 4, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) },
	{ "DUP",       4, 1, RT_NUM },
	{ "QOS",       5, 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(qualities)) },
	{ "RETAIN",    7, 1, RT_NUM },
	{ "len",       8, 0, RT_XBYTES, .init = LENGTH },
	{ "protoname", 0, 0, RT_TEXT, .init = PROTOCOL },
	{ "protolevel", 0, 8, RT_NUM, .init = LEVEL },
	{ "connectflags", 0, 8, RT_HEX, .init = FLAGS },
	{ "klive",     0, 16, RT_NUM, .init = KEEP_ALIVE },
	{ "clientId",  0, 0, RT_TEXT, .init = CLIENT },
	{ "sessPresentFlag", 0, 8, RT_NUM, .init = PRESENT },
	{ "retcode",   0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(results)), .init = RESULT },
	{ "msgid",     0, 16, RT_NUM, .init = MSGID },
	{ "topic",     0, 0, RT_TEXT, .init = TOPIC },
	{ "value",     0, 0, RT_BYTES, .init = VALUE },
};

/* A string behind its length of two bytes; `*at` moves behind it. */
static bool read_string(const struct rt_frame *frame, uint32_t *at, uint32_t end, struct text_span *string)
{
	if (end < *at + 2)
		return false;
	uint32_t size = rt_be16(frame->data + *at);
	*string = (struct text_span){ *at + 2, size < end - *at - 2 ? *at + 2 + size : end };
	*at = string->end;
	return true;
}

static bool find_connect(const struct rt_frame *frame, uint32_t at, uint32_t end, uint32_t what, struct text_span *span)
{
	if (!read_string(frame, &at, end, span) || what == PROTOCOL)
		return what == PROTOCOL;
	uint32_t from = at + (what == FLAGS ? 1 : what == KEEP_ALIVE ? 2 : 0);
	*span = (struct text_span){ from, from + (what == KEEP_ALIVE ? 2 : 1) };
	at += 4;
	return what == CLIENT ? read_string(frame, &at, end, span) : what <= KEEP_ALIVE && span->end <= end;
}

static bool find_publish(const struct rt_frame *frame, uint32_t at, uint32_t end, uint32_t what, bool has_id,
                         struct text_span *span)
{
	if (!read_string(frame, &at, end, span) || what == TOPIC)
		return what == TOPIC && span->end <= end;
	*span = (struct text_span){ at, at + 2 };
	if (what == MSGID)
		return has_id && span->end <= end;
	*span = (struct text_span){ at + (has_id ? 2 : 0), end };
	return what == VALUE && span->at <= end;
}

/* Types that begin with the number of a packet, and perhaps name a topic. */
static bool find_numbered(const struct rt_frame *frame, uint32_t at, uint32_t end, uint8_t type, uint32_t what,
                          struct text_span *span)
{
	*span = (struct text_span){ at, at + 2 };
	if (what == MSGID)
		return span->end <= end;
	at += 2;
	return what == TOPIC && (type == SUBSCRIBE || type == UNSUBSCRIBE) && at < end &&
		read_string(frame, &at, end, span);
}

static bool find_field(const struct rt_frame *frame, uint32_t at, uint32_t end, uint32_t what, struct text_span *span)
{
	uint32_t length, body;
	uint8_t type = frame->data[at] >> 4;
	if (!read_length(frame, at, end, &length, &body))
		return false;
	if (what == LENGTH) {
		*span = (struct text_span){ at + 1, body };
		return true;
	}
	if (type == CONNECT)
		return what >= PROTOCOL && what <= CLIENT && find_connect(frame, body, end, what, span);
	if (type == PUBLISH)
		return find_publish(frame, body, end, what, frame->data[at] & 6, span);
	if (type == CONNACK) {
		*span = (struct text_span){ body + (what == RESULT), body + (what == RESULT) + 1 };
		return what >= PRESENT && span->end <= end;
	}
	return type >= PUBACK && type <= UNSUBACK && find_numbered(frame, body, end, type, what, span);
}

static bool place_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	struct text_span span = { 0, 0 };
	if (!row->init)
		return true;
	if (!find_field(frame, layer->at, layer->at + layer->header, row->init, &span))
		return false;
	*place = text_place(layer, span);
	return true;
}

const struct rt_proto proto_mqtt = {
	.name = "MQTT", .title = "MQTT fixed header", .spec = "OASIS MQTT 3.1.1 section 2.2", RT_ROWS(rows),
	.header = 1,
	.measure = measure, .place = place_row,
	.lines = RT_LINES(
		{ "type", CONNACK, "MQTT CONNACK[ {retcode}]" },
		{ .text = "MQTT {type}[ {clientId}][ id {msgid}][ {topic}]" }),
	RT_LINKS({ "TCP", "dport", 1883 }, { "TCP", "sport", 1883 }, { "MQTT", NULL }),
};
