#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The family of services: packets made at random by Scapy must read the same in ringtap.

usage: agree_services.py RINGTAP [PACKETS [SEED]]            see agree.py"""
import sys

import agree
from agree import CONVERT, EXTRA_LINES, KNOWN_FIELDS, KNOWN_LINES, KNOWN_PACKETS, rnd
from at_random import ip4, mac, octets, u16, u32, u8
from agree_app import as_text, text, under
from scapy.all import IP, TCP, UDP, Raw, bind_layers
from scapy.contrib.mqtt import (MQTT, MQTTConnack, MQTTConnect, MQTTPuback, MQTTPubcomp, MQTTPublish, MQTTPubrec,
                                MQTTPubrel, MQTTSuback, MQTTSubscribe, MQTTTopic, MQTTTopicQOS, MQTTUnsuback,
                                MQTTUnsubscribe)


def bit():
    return rnd.randrange(2)


def ends(port):
    out = [port, rnd.randrange(40000, 60000)]
    rnd.shuffle(out)
    return out


# ---- MQTT ----------------------------------------------------------------------------------------------------------

for mqtt_field in ("MQTTConnect.protoname", "MQTTConnect.clientId", "MQTTConnect.willtopic", "MQTTConnect.willmsg",
                   "MQTTConnect.username", "MQTTConnect.password", "MQTTPublish.topic"):
    CONVERT[mqtt_field] = as_text
for mqtt_number in range(4):
    for mqtt_list in ("MQTTSubscribe.topics[%d].topic", "MQTTUnsubscribe.topics[%d].topic"):
        CONVERT[mqtt_list % mqtt_number] = as_text


def mqtt_connect():
    return MQTTConnect(protoname=b"MQTT", protolevel=rnd.choice((3, 4, 9)), usernameflag=bit(), passwordflag=bit(),
                       willretainflag=bit(), willQOSflag=rnd.randrange(4), willflag=bit(), cleansess=bit(),
                       reserved=bit(), klive=u16(), clientId=text(), willtopic=text(), willmsg=text(), username=text(),
                       password=text())


MQTT_PACKETS = (
    (1, mqtt_connect), (2, lambda: MQTTConnack(sessPresentFlag=u8(), retcode=rnd.randrange(8))),
    (3, lambda: MQTTPublish(topic=text(), msgid=u16(), value=octets(200))),
    (4, lambda: MQTTPuback(msgid=u16())), (5, lambda: MQTTPubrec(msgid=u16())), (6, lambda: MQTTPubrel(msgid=u16())),
    (7, lambda: MQTTPubcomp(msgid=u16())), (9, lambda: MQTTSuback(msgid=u16(), retcode=rnd.choice((0, 1, 2, 128, 7)))),
    (8, lambda: MQTTSubscribe(msgid=u16(), topics=[MQTTTopicQOS(topic=text(), QOS=rnd.randrange(4))
                                                   for _ in range(rnd.randrange(1, 4))])),
    (10, lambda: MQTTUnsubscribe(msgid=u16(), topics=[MQTTTopic(topic=text()) for _ in range(rnd.randrange(1, 4))])),
    (11, lambda: MQTTUnsuback(msgid=u16())))


def mqtt():
    """At most one packet that ends in a list, and that last: to Scapy it has no end. The others get their own length:
    Scapy counts what follows too."""
    packet = under(TCP, *ends(1883))
    for _ in range(rnd.randrange(1, 4)):
        kind, make = rnd.choice(MQTT_PACKETS)
        one = MQTT(type=kind, DUP=bit(), QOS=rnd.randrange(3), RETAIN=bit(), len=0) / make()
        one.len = len(bytes(one)) - 2
        packet /= one
        if kind in (8, 10):
            return packet
    return packet / MQTT(type=rnd.choice((12, 13, 14, 15)), QOS=3) if bit() else packet


MAKERS = [mqtt]

if __name__ == "__main__":
    if len(sys.argv) > 4:               # the names of makers, to try one of them
        MAKERS = [globals()[name] for name in sys.argv[4:]]
    sys.exit(agree.main(((101, IP, lambda: rnd.choice(MAKERS)(), 20),)))
