/* SPDX-License-Identifier: MIT */
/* mqtt.c - MQTT 3.1.1 (OASIS standard, sections 2 and 3): a header in front of every packet, and behind it what its
 * type has, so that a segment is a chain of both. A packet that goes on in the next segment is shown as far as it
 * goes. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word types[] = {
	{ 1, "CONNECT" }, { 2, "CONNACK" }, { 3, "PUBLISH" }, { 4, "PUBACK" }, { 5, "PUBREC" }, { 6, "PUBREL" },
	{ 7, "PUBCOMP" }, { 8, "SUBSCRIBE" }, { 9, "SUBACK" }, { 10, "UNSUBSCRIBE" }, { 11, "UNSUBACK" },
	{ 12, "PINGREQ" }, { 13, "PINGRESP" }, { 14, "DISCONNECT" }, { 15, "AUTH" },
};
static const struct rt_word qualities[] = {
	{ 0, "At most once delivery" }, { 1, "At least once delivery" }, { 2, "Exactly once delivery" },
};
static const struct rt_word switches[] = { { 0, "Disabled" }, { 1, "Enabled" } };
static const struct rt_word levels[] = { { 3, "v3.1" }, { 4, "v3.1.1" }, { 5, "v5.0" } };
static const struct rt_word results[] = {
	{ 0, "Connection Accepted" }, { 1, "Unacceptable protocol version" }, { 2, "Identifier rejected" },
	{ 3, "Server unavailable" }, { 4, "Bad username/password" }, { 5, "Not authorized" },
};
static const struct rt_word grants[] = { { 0, "Success" }, { 1, "Success" }, { 2, "Success" }, { 128, "Failure" } };

#define QUALITY(name, bit, width) { name, bit, width, RT_ENUM, .names = RT_NAMES(RT_WORDS(qualities)) }
#define SWITCH(name, bit) { name, bit, 1, RT_ENUM, .names = RT_NAMES(RT_WORDS(switches)) }
#define NUMBER { "msgid", 0, 16, RT_NUM }

/* ---- the header -------------------------------------------------------------------------------------------------- */

static const struct rt_row rows[] = {
	{ "type",      0, 4, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 1 },
	SWITCH("DUP", 4),
	QUALITY("QOS", 5, 2),
	SWITCH("RETAIN", 7),
	{ "len",       8, 0, RT_SEVENS },
};

/* A type, and a length that ends after at most four bytes (section 2.2.3). */
static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const uint8_t *header = frame->data + at;
	uint32_t size = 1;
	while (size < 5 && at + size < end && header[size] & 0x80)
		size++;
	return header[0] >= 0x10 && size < 5 && at + size < end ? size + 1 : 0;
}

static bool place_length(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                         struct rt_place *place)
{
	(void)frame;
	if (!row->width)
		place->width = layer->header * 8 - place->bit;
	return true;
}

/* A packet ends where the header above it says. */
static bool claims_packet(const struct rt_packet *above, struct rt_layer *layer)
{
	const struct rt_layer *header = &above->layer[above->count - 1];
	struct rt_value length;
	uint32_t left = layer->end - layer->at;
	if (!rt_value_get(above, header, &rows[RT_COUNT(rows) - 1], &length))
		return false;
	layer->header = length.num < left ? (uint32_t)length.num : left;
	return layer->header > 0;
}

static bool claims_numbered(const struct rt_packet *above, struct rt_layer *layer)
{
	const uint8_t first = above->frame->data[above->layer[above->count - 1].at];
	return first & 6 && claims_packet(above, layer);
}

/* ---- connections: strings, each behind its length ---------------------------------------------------------------- */

/* `init`: which string the row is, or whose length. Places of the others are those behind an empty first string. */
enum { PROTOCOL = 1, CLIENT, WILL_TOPIC, WILL, USER, PASSWORD, STRINGS };
static const uint8_t wanted_by[STRINGS] = { [WILL_TOPIC] = 0x04, [WILL] = 0x04, [USER] = 0x80, [PASSWORD] = 0x40 };

#define FIXED 4                         /* bytes between the first string and the second                 */
#define STRING(length, name, bit, which) \
	{ length, bit, 16, RT_NUM, .init = which }, { name, (bit) + 16, 0, RT_TEXT, .init = which }

static const struct rt_row connect_rows[] = {
	STRING("length", "protoname", 0, PROTOCOL),
	{ "protolevel", 16, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(levels)) },
	SWITCH("usernameflag", 24), SWITCH("passwordflag", 25), SWITCH("willretainflag", 26),
	QUALITY("willQOSflag", 27, 2), SWITCH("willflag", 29), SWITCH("cleansess", 30), SWITCH("reserved", 31),
	{ "klive",     32, 16, RT_NUM },
	STRING("clientIdlen", "clientId", 48, CLIENT),
	STRING("wtoplen", "willtopic", 64, WILL_TOPIC),
	STRING("wmsglen", "willmsg", 64, WILL),
	STRING("userlen", "username", 64, USER),
	STRING("passlen", "password", 64, PASSWORD),
};

/* Bytes of a string with its length, up to the end of the layer. */
static uint32_t string_size(const struct rt_frame *frame, const struct rt_layer *layer, uint32_t at)
{
	uint32_t left = at < layer->header ? layer->header - at : 0;
	if (left < 2)
		return left;
	uint32_t size = 2u + rt_be16(frame->data + layer->at + at);
	return size < left ? size : left;
}

static bool place_connect(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                          struct rt_place *place)
{
	uint32_t front = string_size(frame, layer, 0), at = 0;
	const uint8_t flags = front + 1 < layer->header ? frame->data[layer->at + front + 1] : 0;
	if (!row->init) {
		place->bit = row->bit + front * 8 - 16;
		return front >= 2;
	}
	if (wanted_by[row->init] && !(flags & wanted_by[row->init]))
		return false;
	for (unsigned i = PROTOCOL; i < row->init; i++)
		if (!wanted_by[i] || flags & wanted_by[i])
			at += string_size(frame, layer, at) + (i == PROTOCOL ? FIXED : 0);
	uint32_t size = string_size(frame, layer, at);
	*place = row->width ? (struct rt_place){ at * 8, row->width }
	                    : (struct rt_place){ (at + 2) * 8, size < 2 ? 0 : (size - 2) * 8 };
	return true;
}

/* ---- the other packets ------------------------------------------------------------------------------------------- */

static const struct rt_row connack_rows[] = {
	{ "sessPresentFlag", 0, 8, RT_NUM },
	{ "retcode",         8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(results)) },
};
static const struct rt_row publish_rows[] = {
	{ "length", 0, 16, RT_NUM },
	{ "topic", 16, 0, RT_TEXT, RT_COUNTED(1, 1, 0) },
	{ "value", 16, 0, RT_BYTES },
};
static const struct rt_row numbered_publish_rows[] = {
	{ "length", 0, 16, RT_NUM },
	{ "topic", 16,  0, RT_TEXT, RT_COUNTED(1, 1, 0) },
	{ "msgid", 16, 16, RT_NUM },
	{ "value", 16,  0, RT_BYTES },
};
static const struct rt_row number_rows[] = { NUMBER };
static const struct rt_row suback_rows[] = {
	NUMBER, { "retcode", 16, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(grants)) },
};

#define TOPIC { "length", 0, 16, RT_NUM }, { "topic", 16, 0, RT_TEXT, RT_COUNTED(1, 1, 0) }
#define ITEM(table, class, section) { .name = class, .title = "MQTT topic", \
	.spec = "OASIS MQTT 3.1.1 section " section, RT_ROWS(table), .header = 2, .is_flow = true }
#define TOPICS(item) { .other = &(item), .is_sized = true, .last_code = -1 }

static const struct rt_row topic_rows[] = { TOPIC };
static const struct rt_row asked_rows[] = { TOPIC, QUALITY("QOS", 16, 8) };
static const struct rt_proto topic = ITEM(topic_rows, "MQTTTopic", "3.10.3");
static const struct rt_proto asked = ITEM(asked_rows, "MQTTTopicQOS", "3.8.3");
static const struct rt_list topics = TOPICS(topic), asked_topics = TOPICS(asked);
static const struct rt_row subscribe_rows[] = { NUMBER, { "topics", 16, 0, RT_LIST, .list = &asked_topics } };
static const struct rt_row unsubscribe_rows[] = { NUMBER, { "topics", 16, 0, RT_LIST, .list = &topics } };

/* All are flows: they make do with what there is. */
#define PACKET(c_name, class, words, number, section, table, bytes, sentence, ...) \
	const struct rt_proto proto_mqtt_##c_name = { \
		.name = class, .title = "MQTT " words, .spec = "OASIS MQTT 3.1.1 section " section, RT_ROWS(table), \
		.header = bytes, .is_flow = true, .lines = RT_LINES({ .text = "MQTT " sentence }), \
		RT_LINKS({ "MQTT", "type", number }), __VA_ARGS__ }

#define SHORT(c_name, class, words, number, section, table, bytes, sentence) \
	PACKET(c_name, class, words, number, section, table, bytes, sentence, .claims = claims_packet)

PACKET(connect, "MQTTConnect", "connect", 1, "3.1", connect_rows, 2, "CONNECT[ {clientId}]",
       .claims = claims_packet, .place = place_connect);
SHORT(connack, "MQTTConnack", "connack", 2, "3.2", connack_rows, 2, "CONNACK {retcode}");
PACKET(numbered, "MQTTPublish", "publish", 3, "3.3", numbered_publish_rows, 2, "PUBLISH[ id {msgid}] {topic}",
       .claims = claims_numbered);
SHORT(publish, "MQTTPublish", "publish", 3, "3.3", publish_rows, 2, "PUBLISH {topic}");
SHORT(puback, "MQTTPuback", "puback", 4, "3.4", number_rows, 2, "PUBACK id {msgid}");
SHORT(pubrec, "MQTTPubrec", "pubrec", 5, "3.5", number_rows, 2, "PUBREC id {msgid}");
SHORT(pubrel, "MQTTPubrel", "pubrel", 6, "3.6", number_rows, 2, "PUBREL id {msgid}");
SHORT(pubcomp, "MQTTPubcomp", "pubcomp", 7, "3.7", number_rows, 2, "PUBCOMP id {msgid}");
SHORT(subscribe, "MQTTSubscribe", "subscribe", 8, "3.8", subscribe_rows, 2, "SUBSCRIBE id {msgid}[ {topics.topic}]");
SHORT(suback, "MQTTSuback", "suback", 9, "3.9", suback_rows, 3, "SUBACK id {msgid} {retcode}");
SHORT(unsubscribe, "MQTTUnsubscribe", "unsubscribe", 10, "3.10", unsubscribe_rows, 2,
      "UNSUBSCRIBE id {msgid}[ {topics.topic}]");
SHORT(unsuback, "MQTTUnsuback", "unsuback", 11, "3.11", number_rows, 2, "UNSUBACK id {msgid}");

#define ALONE(number) { "type", number, "MQTT {type}" }
#define BEHIND(class) { "MQTT" class, NULL }

const struct rt_proto proto_mqtt = {
	.name = "MQTT", .title = "MQTT fixed header", .spec = "OASIS MQTT 3.1.1 section 2.2", RT_ROWS(rows),
	.header = 1, .measure = measure, .place = place_length, .next = { "type" },
	.lines = RT_LINES(ALONE(12), ALONE(13), ALONE(14), ALONE(15), { .text = "?MQTT {type}" }),
	RT_LINKS({ "TCP", "dport", 1883 }, { "TCP", "sport", 1883 }, BEHIND("Connect"), BEHIND("Connack"),
	         BEHIND("Publish"), BEHIND("Puback"), BEHIND("Pubrec"), BEHIND("Pubrel"), BEHIND("Pubcomp"),
	         BEHIND("Subscribe"), BEHIND("Suback"), BEHIND("Unsubscribe"), BEHIND("Unsuback"),
	         { "MQTT", "type", 12 }, { "MQTT", "type", 13 }, { "MQTT", "type", 14 }),
};
