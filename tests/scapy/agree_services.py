#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The family of services: packets made at random by Scapy must read the same in ringtap.

usage: agree_services.py RINGTAP [PACKETS [SEED]]            see agree.py"""
import itertools
import struct
import sys

import agree
from agree import CONVERT, EXTRA_LINES, KNOWN_FIELDS, KNOWN_LINES, KNOWN_PACKETS, as_text, layers_of, rnd
from at_random import ip4, mac, octets, text, u16, u32, u8, under
from scapy.all import IP, TCP, UDP, Raw, bind_layers
from scapy.contrib.bgp import (BGPHeader, BGPKeepAlive, BGPNLRI_IPv4, BGPNLRI_IPv4_AP, BGPNotification, BGPOpen,
                               BGPPAAggregator, BGPPAASPath, BGPPAClusterList, BGPPACommunity, BGPPALocalPref,
                               BGPPAMultiExitDisc, BGPPANextHop, BGPPAOrigin, BGPPAOriginatorID, BGPPathAttr,
                               BGPRouteRefresh, BGPUpdate)
from scapy.contrib.modbus import (ModbusADURequest, ModbusADUResponse, _modbus_error_classes,
                                  _modbus_request_classes, _modbus_response_classes)
from scapy.contrib.mqtt import (MQTT, MQTTConnack, MQTTConnect, MQTTPuback, MQTTPubcomp, MQTTPublish, MQTTPubrec,
                                MQTTPubrel, MQTTSuback, MQTTSubscribe, MQTTTopic, MQTTTopicQOS, MQTTUnsuback,
                                MQTTUnsubscribe)
from scapy.contrib.stun import (STUNFingerprint, STUNGenericTlv, STUNGoogNetworkInfo, STUNIceControlling,
                                STUNMessageIntegrity, STUNPriority, STUNUseCandidate, STUNUsername)
from scapy.layers.isakmp import (ISAKMP, ISAKMP_payload, ISAKMP_payload_Hash, ISAKMP_payload_ID, ISAKMP_payload_KE,
                                 ISAKMP_payload_Nonce, ISAKMP_payload_VendorID)
from scapy.layers.netbios import (NBNS_ADD_ENTRY, NBNSHeader, NBNSNodeStatusRequest, NBNSNodeStatusResponse,
                                  NBNSNodeStatusResponseService, NBNSQueryRequest, NBNSQueryResponse,
                                  NBNSRegistrationRequest, NBNSWackResponse, NBTDatagram, NBTSession)
from scapy.layers.rtp import RTP
from scapy.layers.smb import SMB_Header
from scapy.layers.smb2 import SMB2_Header
from scapy.layers.tls.extensions import (ProtocolName, ServerName, TLS_Ext_ALPN, TLS_Ext_EncryptThenMAC,
                                         TLS_Ext_ExtendedMasterSecret, TLS_Ext_ServerName)
from scapy.layers.tls.handshake import TLSClientHello, TLSHelloRequest, TLSServerHelloDone
from scapy.layers.tls.record import TLS, TLSAlert, TLSChangeCipherSpec


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


# ---- Modbus --------------------------------------------------------------------------------------------------------

def many(make):
    return [make() for _ in range(rnd.randrange(1, 5))]


MODBUS_VALUES = {"coilStatus": u8, "inputStatus": u8, "registerVal": u16, "data": u16, "event": u8, "FIFOVal": u16,
                 "writeRegistersValue": u16}
KNOWN_LINES += [(r"^ +exceptionCode= 0x", r"^ +exceptionCode= ", "names of exceptions; Scapy shows some as numbers")]
NO_END = {"dataLength", "respLength", "slaveId", "mei"}          # records of files, and what Scapy misreads


def can_be_read(cls):
    return not NO_END & {field.name for field in cls.fields_desc} and ("File" not in cls.__name__ or
                                                                      cls.__name__.endswith("Error"))


MODBUS_REQUESTS = itertools.cycle(filter(can_be_read, _modbus_request_classes.values()))
MODBUS_RESPONSES = itertools.cycle(filter(can_be_read, [*_modbus_response_classes.values(),
                                                        *_modbus_error_classes.values()]))


def modbus_pdu(cls):
    """Fields at random, lists of values as long as their counts say."""
    given = {}
    for field in cls.fields_desc:
        if field.name == "outputsValue":
            given[field.name] = many(u8 if "Coils" in cls.__name__ else u16)
        elif field.name in MODBUS_VALUES:
            given[field.name] = many(MODBUS_VALUES[field.name])
        elif field.name not in ("funcCode", "byteCount", "FIFOCount"):
            given[field.name] = u8() if field.sz == 1 else u16()
    for count in ("quantityRegisters", "writeQuantityRegisters"):
        if count in given and bit():
            del given[count]
    return cls(**given)


def modbus():
    front = {"transId": u16(), "unitId": u8()}
    if bit():
        return under(TCP, 40000, 502) / ModbusADURequest(**front) / modbus_pdu(next(MODBUS_REQUESTS))
    return under(TCP, 502, 40000) / ModbusADUResponse(**front) / modbus_pdu(next(MODBUS_RESPONSES))


# ---- RTP -----------------------------------------------------------------------------------------------------------

bind_layers(UDP, RTP, dport=5004)
bind_layers(UDP, RTP, sport=5004)


def rtp():
    packet = under(UDP, *ends(5004)) / RTP(padding=0, extension=0, marker=bit(), payload_type=rnd.randrange(128),
                                           sequence=u16(), timestamp=u32(), sourcesync=u32(),
                                           sync=[u32() for _ in range(rnd.randrange(4))])
    return packet / Raw(octets(20))


# ---- NetBIOS, SMB ---------------------------------------------------------------------------------------------------

as_name = lambda value: value.decode("utf-8", "as-latin-1").rstrip(" \0")      # noqa: E731
for nb_field in ("NBNSQueryRequest.QUESTION_NAME", "NBNSNodeStatusRequest.QUESTION_NAME", "NBNSQueryResponse.RR_NAME",
                 "NBNSRegistrationRequest.QUESTION_NAME", "NBNSNodeStatusResponse.RR_NAME", "NBNSWackResponse.RR_NAME",
                 "NBTDatagram.SourceName", "NBTDatagram.DestinationName"):
    CONVERT[nb_field] = as_name
for nb_number in range(4):
    CONVERT["NBNSNodeStatusResponse.NODE_NAME[%d].NETBIOS_NAME" % nb_number] = as_text


def node_status(suffix):
    """With 40 bytes of statistics behind the address (RFC 1002 4.2.18); Scapy builds 46."""
    names = [NBNSNodeStatusResponseService(NETBIOS_NAME=nb_name().ljust(15), SUFFIX=rnd.choice((0, 3, 0x20)),
                                           NAME_FLAGS=u8()) for _ in range(rnd.randrange(1, 4))]
    return NBNSHeader(NAME_TRN_ID=u16(), RESPONSE=1, NM_FLAGS=0x40, ANCOUNT=1) / Raw(bytes(NBNSNodeStatusResponse(
        RR_NAME=nb_name(), SUFFIX=suffix, MAC_ADDRESS=mac(), NODE_NAME=names, RDLENGTH=47 + 18 * len(names)))[:-6])


def nb_name():
    return bytes(rnd.randrange(65, 91) for _ in range(rnd.randrange(1, 15)))


def nbns():
    suffix = rnd.choice((0x4141, 0x4141 + 0x200, 0x4141 + 0x10b))
    return under(UDP, 137, 137) / rnd.choice((
        lambda: NBNSHeader(NAME_TRN_ID=u16()) / NBNSQueryRequest(QUESTION_NAME=nb_name(), SUFFIX=suffix),
        lambda: NBNSHeader(NAME_TRN_ID=u16()) / NBNSQueryResponse(
            RR_NAME=nb_name(), SUFFIX=suffix, TTL=u32(),
            ADDR_ENTRY=[NBNS_ADD_ENTRY(G=bit(), OWNER_NODE_TYPE=rnd.randrange(4), NB_ADDRESS=ip4())]),
        lambda: NBNSHeader(NAME_TRN_ID=u16()) / NBNSRegistrationRequest(QUESTION_NAME=nb_name(), SUFFIX=suffix,
                                                                        TTL=u32(), NB_ADDRESS=ip4()),
        lambda: NBNSHeader(NAME_TRN_ID=u16()) / NBNSNodeStatusRequest(QUESTION_NAME=nb_name(), QUESTION_TYPE=0x21),
        lambda: node_status(suffix),
        lambda: NBNSHeader(NAME_TRN_ID=u16()) / NBNSWackResponse(RR_NAME=nb_name(), SUFFIX=suffix, TTL=u32(),
                                                                 RDATA=u16())))()


def nbt():
    if bit():
        return under(UDP, 138, 138) / NBTDatagram(Type=u8(), Flags=u8(), ID=u16(), SourceIP=ip4(), Length=u16(),
                                                  Offset=u16(), SourceName=nb_name(), DestinationName=nb_name())
    return under(TCP, *ends(139)) / NBTSession(TYPE=rnd.choice((0x81, 0x82, 0x83, 0x84, 0x85)))


def smb():
    return under(TCP, *ends(445)) / NBTSession() / rnd.choice((
        lambda: SMB_Header(Command=rnd.choice((0x04, 0xa4, 0xf0)), Status=u32(), Flags=u8(), Flags2=u16(),
                           PIDHigh=u16(), SecuritySignature=u32(), TID=u16(), PIDLow=u16(), UID=u16(), MID=u16()),
        lambda: SMB2_Header(CreditCharge=u16(), Status=rnd.choice((0, 0xc0000016, u32())), Command=rnd.choice((12, 17)),
                            CreditsRequested=u16(), Flags=u32() & 1, NextCommand=0, MID=u32(), PID=u32(), TID=u32(),
                            SessionId=u32(), SecuritySignature=octets(16).ljust(16, b"x"))))()


# ---- BGP ------------------------------------------------------------------------------------------------------------

GUESSED = "RFC 7911 4: identifiers of paths are there only where both sides agreed on them; Scapy guesses"
KNOWN_PACKETS += [(lambda p: any(isinstance(route, BGPNLRI_IPv4_AP) for l in layers_of(p) if isinstance(l, BGPUpdate)
                                 for route in l.withdrawn_routes + l.nlri), GUESSED)]
KNOWN_LINES += [(r"^ +marker += 0x(f{32})$", r"^ +marker += (f{32})$", "bytes that Scapy shows as a number"),
                (r"^ +\|  prefix += ([0-9./]+)$", r"^ +\|  prefix += '([0-9./]+)'$", "a prefix, written as others are")]
CONVERT["BGPHeader.marker"] = CONVERT["BGPKeepAlive.marker"] = lambda value: "%032x" % value


def routes():
    return [BGPNLRI_IPv4(prefix="%s/%d" % (ip4(), rnd.randrange(33))) for _ in range(rnd.randrange(4))]


def segment():
    return BGPPAASPath.ASPathSegment(segment_type=rnd.randrange(1, 5), segment_value=[u16() for _ in range(3)])


ATTRIBUTES = (
    lambda: (0x40, 1, BGPPAOrigin(origin=rnd.randrange(4))), lambda: (0x40, 3, BGPPANextHop(next_hop=ip4())),
    lambda: (0x80, 4, BGPPAMultiExitDisc(med=u32())), lambda: (0x50, 5, BGPPALocalPref(local_pref=u32())),
    lambda: (0x40, 2, BGPPAASPath(segments=[segment() for _ in range(rnd.randrange(1, 3))])),
    lambda: (0xc0, 7, BGPPAAggregator(aggregator_asn=u16(), speaker_address=ip4())),
    lambda: (0xe0, 8, BGPPACommunity(community=u32() & 0x7fffffff)),
    lambda: (0x80, 9, BGPPAOriginatorID(originator_id=ip4())),
    lambda: (0x80, 10, BGPPAClusterList(cluster_list=[u32() for _ in range(rnd.randrange(1, 4))])),
    lambda: (0xc0, rnd.choice((99, 255)), Raw(octets(9) + b"x")))


def attributes():
    out = []
    for _ in range(rnd.randrange(5)):
        flags, code, value = rnd.choice(ATTRIBUTES)()
        out.append(BGPPathAttr(type_flags=flags, type_code=code, attribute=value))
    return out


def bgp_message():
    return rnd.choice((
        BGPKeepAlive,
        lambda: BGPHeader(type=1) / BGPOpen(my_as=u16(), hold_time=u16(), bgp_id=ip4()),
        lambda: BGPHeader(type=2) / BGPUpdate(withdrawn_routes=routes(), path_attr=attributes(), nlri=routes()),
        lambda: BGPHeader(type=3) / BGPNotification(error_code=rnd.randrange(8), error_subcode=rnd.randrange(13),
                                                    data=octets(9)),
        lambda: BGPHeader(type=5) / BGPRouteRefresh(afi=rnd.choice((1, 2, 25, 999)), subtype=rnd.randrange(4),
                                                    safi=rnd.choice((1, 2, 128, 99)))))()


def bgp():
    """One message, or one behind another that has its own length: Scapy counts what follows too."""
    first = bytes(rnd.choice((BGPKeepAlive, lambda: BGPHeader(type=1) / BGPOpen(my_as=u16(), bgp_id=ip4())))())
    return under(TCP, *ends(179)) / Raw((first if bit() else b"") + bytes(bgp_message()))


# ---- ISAKMP, STUN ----------------------------------------------------------------------------------------------------

KNOWN_LINES += [(r"^ +exch_type = 32$", r"^ +exch_type = quick mode$",
                 "an exchange (RFC 2409) that Scapy has no name for")]
ISAKMP_PAYLOADS = (
    lambda: ISAKMP_payload_VendorID(load=octets(20)), lambda: ISAKMP_payload_Nonce(load=octets(20)),
    lambda: ISAKMP_payload_KE(load=octets(20)), lambda: ISAKMP_payload_Hash(load=octets(20)),
    lambda: ISAKMP_payload_ID(IDtype=rnd.choice((1, 11, 2)), ProtoID=u8(), Port=u16(), load=octets(9)))


def isakmp():
    packet = under(UDP, *rnd.choice(((500, 500), (500, 40000), (40000, 500)))) / ISAKMP(
        init_cookie=octets(8).ljust(8, b"i"), resp_cookie=octets(8).ljust(8, b"r"), version=rnd.choice((0x10, 0x11)),
        exch_type=rnd.choice((0, 1, 2, 3, 4, 5, 32, 99)), flags=rnd.choice((0, 0, 2, 6, u8())), id=u32())
    for _ in range(rnd.randrange(4)):
        packet /= rnd.choice(ISAKMP_PAYLOADS)()
    if bit() and packet.haslayer(ISAKMP_payload_ID):
        packet /= ISAKMP_payload(load=octets(9))
        packet.lastlayer().underlayer.next_payload = rnd.choice((6, 7, 9, 11, 12))
    return packet


X_ADDRESS = "RFC 8489 14.2: X-Port and X-Address are in the packet, what is behind them is not"
TYPES = "names of attributes (RFC 8489 18.3); Scapy shows their numbers"
BYTES = "bytes that Scapy shows as a number"
TURNED = "RFC 8489 14.5: twenty bytes; Scapy turns them round"
KNOWN_LINES += [
    (r"^ +\| +xport +=", r"^ +\| +xport +=", X_ADDRESS), (r"^ +\| +xip +=", r"^ +\| +xip +=", X_ADDRESS),
    (r"^ +\|  type += 0x[0-9a-f]+$", r"^ +\|  type += [A-Z-]+$", TYPES),
    (r"^ +transaction_id= 0x([0-9a-f]+)$", r"^ +transaction_id= 0*([0-9a-f]+)$", BYTES),
    (r"^ +\|  hmac_sha1 = 0x[0-9a-f]+$", r"^ +\|  hmac_sha1 = [0-9a-f]{40}$", TURNED)]
KNOWN_FIELDS += [(r"^STUN\.attributes\[\d+\]\.(xport|xip)$", X_ADDRESS)]
CONVERT["STUN.transaction_id"] = lambda value: "%024x" % value
for stun_number in range(4):
    CONVERT["STUN.attributes[%d].hmac_sha1" % stun_number] = lambda value: value.to_bytes(20, "little").hex()
    CONVERT["STUN.attributes[%d].username" % stun_number] = as_text
STUN_ATTRIBUTES = (
    lambda: STUNUsername(username=text()), lambda: STUNPriority(priority=u32()), lambda: STUNUseCandidate(),
    lambda: STUNFingerprint(crc_32=u32()), lambda: STUNIceControlling(tie_breaker=u32() << 9),
    lambda: STUNMessageIntegrity(hmac_sha1=u32() << 99), lambda: STUNGenericTlv(type=0x8099, value=text()),
    lambda: Raw(bytes((0, 0x20, 0, 8, 0, 1)) + octets(6).ljust(6, b"x")),
    lambda: STUNGoogNetworkInfo(network_id=u16(), network_cost=u16()))


def stun():
    """Put together by hand: Scapy builds no header."""
    attributes_ = b"".join(bytes(rnd.choice(STUN_ATTRIBUTES)()) for _ in range(rnd.randrange(4)))
    kind = rnd.choice((1, 0x101, 0x111, 0x11))
    return under(UDP, 40000, 3478) / Raw(struct.pack("!HHI", kind, len(attributes_), 0x2112a442) +
                                         octets(12).ljust(12, b"t") + attributes_)


# ---- TLS ------------------------------------------------------------------------------------------------------------

DECIPHERED = "RFC 8446 5.1: a record that is not protected has none; what Scapy deciphers with is not in the packet"
RECORDS = "names with their lengths (RFC 6066 3, RFC 7301 3.1) are records; Scapy writes the names alone"
KNOWN_LINES += [
    (r"^ +(iv|mac|pad) += b''$", None, DECIPHERED), (r"^ +padlen += None$", None, DECIPHERED),
    (r"^ +\|  ext(len)? += None$", None, "RFC 5246 7.4.1.2: without extensions there is no length of them"),
    (r"^ +len += (\d+) +\[deciphered_len= \d+\]$", r"^ +len += (\d+)$", DECIPHERED),
    (r"^ +\|  gmt_unix_time= .* \((\d+)\)$", r"^ +\|  gmt_unix_time= (\d+)$",
     "RFC 8446 4.1.2: the start of 32 random bytes, no time any more"),
    (r"^ +\|  comp += null$", r"^ +\|  comp += \[null\]$", "a list, also with one item"),
    (r"^ +\| +\|  (servernames|protocols) *= \[b", r"^ +\| +\|  .(servernames|protocols) *.$", RECORDS)]
EXTRA_LINES += [
    (r"^ +\| +\| +\|(###\[ (ServerName|ProtocolName) \]###|  (nametype|namelen|servername|len|protocol) *=)", RECORDS)]
for tls_number in range(16):
    for tls_field in ("servernames[%d].servername", "protocols[%d].protocol"):
        CONVERT["TLS.msg[0].ext[%d].%s" % (tls_number // 4, tls_field % (tls_number % 4))] = as_text


def tls_hello():
    names = [ServerName(servername=text()) for _ in range(rnd.randrange(1, 3))]
    extensions = [TLS_Ext_ServerName(servernames=names), TLS_Ext_ALPN(protocols=[ProtocolName(protocol=b"h2")]),
                  TLS_Ext_EncryptThenMAC(), TLS_Ext_ExtendedMasterSecret()]
    return TLSClientHello(version=rnd.choice((0x301, 0x303)), gmt_unix_time=u32(),
                          random_bytes=octets(28).ljust(28, b"r"), sid=octets(32),
                          ciphers=[rnd.choice((0x1301, 0xc02f, 0x2f)) for _ in range(3)], comp=[0],
                          ext=rnd.sample(extensions, rnd.randrange(4)))


def tls():
    kind, message = rnd.choice((
        lambda: (22, tls_hello()), lambda: (21, TLSAlert(level=rnd.choice((1, 2)), descr=rnd.choice((0, 40, 70)))),
        lambda: (20, TLSChangeCipherSpec()), lambda: (22, rnd.choice((TLSServerHelloDone, TLSHelloRequest))())))()
    return under(TCP, *ends(443)) / TLS(type=kind, version=rnd.choice((0x301, 0x303)), msg=[message])


MAKERS = [mqtt, modbus, rtp, nbns, nbt, smb, isakmp, stun, bgp, tls]

if __name__ == "__main__":
    if len(sys.argv) > 4:               # the names of makers, to try one of them
        MAKERS = [globals()[name] for name in sys.argv[4:]]
    sys.exit(agree.main(((101, IP, lambda: rnd.choice(MAKERS)(), 20),)))
