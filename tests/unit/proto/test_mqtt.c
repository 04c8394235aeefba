/* SPDX-License-Identifier: MIT */
/* test_mqtt.c - MQTT, laid out by OASIS MQTT 3.1.1 section 3; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "connect", V4, TCP4("c000", "075b") "10" "0f" "0004'MQTT'" "04" "02" "003c" "0003'box'" },
	  "IP / TCP / MQTT",
	  TCP4_LINE("49152", "1883", "MQTT CONNECT box, Len: 17") },
	{ { "connack", V4, TCP4("075b", "c000") "20" "02" "00" "05" }, "IP / TCP / MQTT",
	  TCP4_LINE("1883", "49152", "MQTT CONNACK Not authorized, Len: 4") },
	{ { "publish", V4, TCP4("c000", "075b") "33" "0a" "0003'a/b'" "0007" "'21C'" "e0" "00" },
	  "IP / TCP / MQTT / MQTT",
	  TCP4_LINE("49152", "1883", "MQTT PUBLISH id 7 a/b, MQTT DISCONNECT, Len: 14") },
	{ { "long", V4, TCP4("c000", "075b") "30" "8002" "0003'a/b'" "'xyz'" }, "IP / TCP / MQTT",
	  TCP4_LINE("49152", "1883", "MQTT PUBLISH a/b, Len: 11") },
	{ { "subscribe", V4, TCP4("c000", "075b") "82" "08" "0001" "0003'a/#'" "01" }, "IP / TCP / MQTT",
	  TCP4_LINE("49152", "1883", "MQTT SUBSCRIBE id 1 a/#, Len: 10") },
	{ { "no length", V4, TCP4("c000", "075b") "30" "ffffffffff" }, "IP / TCP / Raw",
	  "192.168.16.34:49152 -> 192.168.16.100:1883 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 6" },
};

static const struct dissected_field fields[] = {
	{ "MQTT", "connect", "MQTT", "protoname" },
	{ "4", "connect", "MQTT", "protolevel" },
	{ "60", "connect", "MQTT", "klive" },
	{ "1", "publish", "MQTT", "QOS" },
	{ "1", "publish", "MQTT", "RETAIN" },
	{ "323143", "publish", "MQTT", "value" },
	{ "", "subscribe", "MQTT", "value" },
	{ "8002", "long", "MQTT", "len" },
};

DISSECTED_MAIN("mqtt", packets, fields)
