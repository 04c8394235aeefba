/* SPDX-License-Identifier: MIT */
/* test_mqtt.c - MQTT, laid out by OASIS MQTT 3.1.1 section 3; Scapy 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "connect", V4, TCP4("c000", "075b") "10" "0f" "0004'MQTT'" "04" "02" "003c" "0003'box'" },
	  "IP / TCP / MQTT / MQTTConnect", TCP4_LINE("49152", "1883", "MQTT CONNECT box, Len: 17"),
	  FIELDS("MQTT.len", "15", "MQTTConnect.length", "4", "MQTTConnect.protoname", "MQTT",
	         "MQTTConnect.protolevel", "4",
	         "MQTTConnect.cleansess", "1", "MQTTConnect.klive", "60", "MQTTConnect.clientIdlen", "3",
	         "MQTTConnect.clientId", "box", "MQTTConnect.username", "") },
	{ { "with a will and a user", V4, TCP4("c000", "075b") "10" "1d" "0004'MQTT'" "04" "f4" "0000" "0001'c'"
	    "0001't'" "0002'hm'" "0003'bob'" "0002'pw'" },
	  "IP / TCP / MQTT / MQTTConnect", TCP4_LINE("49152", "1883", "MQTT CONNECT c, Len: 31"),
	  FIELDS("MQTTConnect.willQOSflag", "2", "MQTTConnect.willretainflag", "1", "MQTTConnect.willtopic", "t",
	         "MQTTConnect.wmsglen", "2", "MQTTConnect.willmsg", "hm", "MQTTConnect.userlen", "3",
	         "MQTTConnect.username", "bob", "MQTTConnect.passlen", "2", "MQTTConnect.password", "pw") },
	{ { "with a password alone", V4, TCP4("c000", "075b") "10" "11" "0004'MQTT'" "04" "40" "0000" "0001'c'"
	    "0002'pw'" },
	  "IP / TCP / MQTT / MQTTConnect", NULL,
	  FIELDS("MQTTConnect.willtopic", "", "MQTTConnect.userlen", "", "MQTTConnect.password", "pw") },
	{ { "connack", V4, TCP4("075b", "c000") "20" "02" "00" "05" }, "IP / TCP / MQTT / MQTTConnack",
	  TCP4_LINE("1883", "49152", "MQTT CONNACK Not authorized, Len: 4") },
	{ { "publish", V4, TCP4("c000", "075b") "33" "0a" "0003'a/b'" "0007" "'21C'" "e0" "00" },
	  "IP / TCP / MQTT / MQTTPublish / MQTT",
	  TCP4_LINE("49152", "1883", "MQTT PUBLISH id 7 a/b, MQTT DISCONNECT, Len: 14"),
	  FIELDS("MQTT.QOS", "1", "MQTT.RETAIN", "1", "MQTTPublish.length", "3", "MQTTPublish.topic", "a/b",
	         "MQTTPublish.msgid", "7", "MQTTPublish.value", "323143") },
	{ { "long", V4, TCP4("c000", "075b") "30" "8002" "0003'a/b'" "'xyz'" }, "IP / TCP / MQTT / MQTTPublish",
	  TCP4_LINE("49152", "1883", "MQTT PUBLISH a/b, Len: 11"),
	  FIELDS("MQTT.len", "256", "MQTTPublish.msgid", "", "MQTTPublish.value", "78797a") },
	{ { "received", V4, TCP4("c000", "075b") "50" "02" "0007" "62" "02" "0008" },
	  "IP / TCP / MQTT / MQTTPubrec / MQTT / MQTTPubrel",
	  TCP4_LINE("49152", "1883", "MQTT PUBREC id 7, MQTT PUBREL id 8, Len: 8") },
	{ { "subscribe", V4, TCP4("c000", "075b") "82" "0e" "0001" "0003'a/#'" "01" "0003'b/c'" "00" },
	  "IP / TCP / MQTT / MQTTSubscribe", TCP4_LINE("49152", "1883", "MQTT SUBSCRIBE id 1 a/#, Len: 16"),
	  FIELDS("MQTTSubscribe.topics", "[{\"length\":3,\"topic\":\"a/#\",\"QOS\":1},"
	                                 "{\"length\":3,\"topic\":\"b/c\",\"QOS\":0}]") },
	{ { "suback", V4, TCP4("075b", "c000") "90" "03" "0001" "80" "d0" "00" }, "IP / TCP / MQTT / MQTTSuback / MQTT",
	  TCP4_LINE("1883", "49152", "MQTT SUBACK id 1 Failure, MQTT PINGRESP, Len: 7") },
	{ { "unsubscribe", V4, TCP4("c000", "075b") "a2" "07" "0002" "0003'a/#'" }, "IP / TCP / MQTT / MQTTUnsubscribe",
	  TCP4_LINE("49152", "1883", "MQTT UNSUBSCRIBE id 2 a/#, Len: 9") },
	{ { "no length", V4, TCP4("c000", "075b") "30" "ffffffffff" }, "IP / TCP / Raw",
	  "192.168.16.34:49152 -> 192.168.16.100:1883 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 6" },
};

DISSECTED_PACKETS("mqtt", packets)
