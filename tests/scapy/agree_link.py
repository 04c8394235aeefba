#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second source for the link layers: packets made at random by Scapy must read the same in ringtap.

usage: agree_link.py RINGTAP [PACKETS [SEED]]

The comparison is agree.py's; here are the packets, and the differences where Scapy is mistaken."""
import struct
import sys

import agree
from agree import layers_of, main
from at_random import ether as at_random_ether
from at_random import arp, ip4, ip6, ipv4, ipv6, load, mac, octets, rnd, u8, u16, u32
from scapy.all import (Dot1AD, Dot1Q, Dot3, Ether, IP, LLC, Loopback, Padding, Raw, SNAP, STP, conf)
from scapy.layers.eap import *
from scapy.layers.ppp import *
from scapy.layers.dot11 import *
from scapy.contrib.avs import AVSWLANHeader
from scapy.contrib.cdp import *
from scapy.contrib.lacp import LACP, MarkerProtocol
from scapy.contrib.lldp import *
from scapy.contrib.macsec import MACsec, MACsecSCI
from scapy.contrib.mpls import EoMCW, MPLS
from scapy.contrib.slowprot import SlowProtocol
from scapy.contrib.wpa_eapol import WPA_key

conf.contribs["LLDP"].strict_mode_disable()


def maybe(chance):
    return rnd.random() < chance


def pick(*makers):
    return rnd.choice(makers)()


# ---- 802.3 -----------------------------------------------------------------------------------------------------------

def stp():
    kind = rnd.choice((0, 0, 2, 0x81))
    packet = STP(version=rnd.choice((0, 0, 0, 2)), bpdutype=kind, bpduflags=u8(), rootid=u16(), rootmac=mac(),
                 pathcost=u32(), bridgeid=u16(), bridgemac=mac(), portid=u16(), age=u16() / 256, maxage=u16() / 256,
                 hellotime=u16() / 256, fwddelay=u16() / 256)
    return packet / Raw(b"\0") if packet.version > 1 else packet


def snap():
    if maybe(.3):
        return SNAP(OUI=0xc, code=0x10b) / stp()
    inner = pick(ipv4, ipv6, arp)
    packet = SNAP(OUI=rnd.choice((0, 0, 0xf8, rnd.randrange(1 << 24)))) / inner
    if isinstance(inner, Raw):          # ARP of other sizes
        packet.code = 0x806
    if maybe(.2):
        packet = SNAP(OUI=rnd.randrange(1 << 24), code=rnd.choice((0x2004, 0x9999, 0x88b6, 0x700))) / Raw(load())
    return packet


def llc():
    kind = rnd.randrange(4)
    if kind == 0:
        return LLC(dsap=0x42, ssap=0x42, ctrl=3) / stp()
    if kind < 3:
        return LLC(dsap=0xaa, ssap=0xaa, ctrl=3) / snap()
    return LLC(dsap=rnd.choice((0x42, 0xaa, u8() & 0x7f)), ssap=u8() & 0x7f, ctrl=u8()) / Raw(load())


def sized(packet, inner):
    """A length in the place of the last layer's type."""
    packet.lastlayer().type = len(inner)
    return packet / inner


def tags():
    packet = Ether(src=mac(), dst=mac())
    for _ in range(rnd.randrange(1, 3)):
        packet /= rnd.choice((Dot1Q, Dot1AD))(vlan=rnd.randrange(4096), prio=rnd.randrange(8))
    return packet


def filled(packet):
    """With bytes behind it that no length counts."""
    return Raw(bytes(packet) + bytes(rnd.randrange(1, 30)))


def ether():
    kind = rnd.randrange(8)
    inner = llc()
    if len(inner) > 1500:
        inner = LLC() / Raw(b"long")
    packet = Dot3(src=mac(), dst=mac()) / inner if kind < 6 else sized(tags(), inner)
    return packet / Padding(bytes(rnd.randrange(1, 30))) if maybe(.3) else packet


# ---- loopback -------------------------------------------------------------------------------------------------------

def loopback():
    if maybe(.1):
        return Loopback(type=rnd.choice((7, 0x10, 0x17, 99))) / Raw(load())
    return Loopback(type=2) / ipv4()


# ---- PPP ------------------------------------------------------------------------------------------------------------

LCP_OPTIONS = (lambda: PPP_LCP_MRU_Option(max_recv_unit=u16()), lambda: PPP_LCP_ACCM_Option(accm=u32()),
               lambda: PPP_LCP_Auth_Protocol_Option(auth_protocol=0xc223, algorithm=rnd.choice((5, 6, 128, 129, 7))),
               lambda: PPP_LCP_Auth_Protocol_Option(auth_protocol=rnd.choice((0xc227, 99)), data=octets(3)),
               lambda: PPP_LCP_Auth_Protocol_Option(auth_protocol=0xc023),
               lambda: PPP_LCP_Quality_Protocol_Option(data=octets(4)),
               lambda: PPP_LCP_Magic_Number_Option(magic_number=u32()),
               lambda: PPP_LCP_Callback_Option(operation=rnd.randrange(6), message=octets(5)),
               lambda: PPP_LCP_Option(type=rnd.choice((7, 8, 9, 11, 17)), data=octets(4)))


def lcp(deep=0):
    kind = rnd.randrange(1, 13)
    head = dict(code=kind, id=u8())
    if kind < 5:
        return PPP_LCP_Configure(options=[pick(*LCP_OPTIONS) for _ in range(rnd.randrange(5))], **head)
    if kind < 7:
        return PPP_LCP_Terminate(data=load()[:200], **head)
    if kind == 7:
        return PPP_LCP_Code_Reject(rejected_packet=innermost() if deep == 0 else PPP_LCP_Echo(), **head)
    if kind == 8:
        return PPP_LCP_Protocol_Reject(rejected_protocol=rnd.choice((0x8021, 0x8057, 0x80fd, 0x2b, 0x1235)),
                                       rejected_information=Raw(load()[:50]), **head)
    if kind < 12:
        cls = PPP_LCP_Discard_Request if kind == 11 else PPP_LCP_Echo
        return cls(magic_number=u32(), data=octets(20), **head)
    return PPP_LCP(code=rnd.choice((12, 13, 99)), id=u8(), data=octets(9))


def innermost():
    """A message that a Code-Reject gives back: none that rejects itself."""
    packet = lcp(1)
    return packet if packet.code not in (7, 8) else PPP_LCP_Terminate(data=b"why")


def ipcp():
    options = [pick(lambda: PPP_IPCP_Option_IPAddress(data=ip4()), lambda: PPP_IPCP_Option_DNS1(data=ip4()),
                    lambda: PPP_IPCP_Option_DNS2(data=ip4()), lambda: PPP_IPCP_Option_NBNS1(data=ip4()),
                    lambda: PPP_IPCP_Option_NBNS2(data=ip4()),
                    lambda: PPP_IPCP_Option(type=rnd.choice((1, 2, 4, 99)), data=octets(8)))
               for _ in range(rnd.randrange(4))]
    return PPP_IPCP(code=rnd.choice((1, 2, 3, 4, 4, 5)), id=u8(), options=options)


def pap():
    return pick(lambda: PPP_PAP_Request(id=u8(), username=octets(9), password=octets(9)),
                lambda: PPP_PAP_Response(code=rnd.choice((2, 3)), id=u8(), message=octets(9)),
                lambda: PPP_PAP(Raw(struct.pack("!BBH", 9, u8(), 7) + b"abc").load))


def chap():
    return pick(lambda: PPP_CHAP_ChallengeResponse(code=rnd.choice((1, 2)), id=u8(), value=octets(20) or b"v",
                                                   optional_name=octets(9)),
                lambda: PPP_CHAP(code=rnd.choice((3, 4, 5)), id=u8(), data=octets(20)))


def ppp():
    inner = pick(lcp, lcp, ipcp, pap, chap, ipv4, ipv6)
    if maybe(.1):
        inner = pick(*EAPS)
    return PPP() / inner if maybe(.95) else PPP(proto=rnd.choice((0x2b, 0x80fd, 0xc025, 0x1234))) / Raw(load())


def framed():
    """With address and control as on serial lines, and a protocol number of two bytes, where Scapy makes it short."""
    inner = ppp()
    if maybe(.3):
        inner = pick(lambda: Raw(b"\0\x21" + bytes(ipv4())), lambda: Raw(b"\0\x57" + bytes(ipv6())))
    return inner if maybe(.3) else HDLC() / inner


TAGS = (0x101, 0x102, 0x103, 0x104, 0x105, 0x110, 0x120, 0x201, 0x202, 0x203, 0x999)


def pppoe():
    packet = Ether(src=mac(), dst=mac())
    if maybe(.5):
        return packet / PPPoE(sessionid=u16()) / pick(framed, ppp)
    tags = [PPPoETag(tag_type=rnd.choice(TAGS), tag_value=octets(9)) for _ in range(rnd.randrange(5))]
    packet /= PPPoED(code=rnd.choice((9, 7, 0x19, 0x65, 0xa7, 3)), sessionid=rnd.choice((0, u16())))
    packet /= PPPoED_Tags(tag_list=tags)
    return packet / Padding(bytes(rnd.randrange(1, 30))) if maybe(.3) else packet


def session():
    return PPPoE(sessionid=u16()) / ppp()


# ---- labels, EAP --------------------------------------------------------------------------------------------------

def labels():
    packet = Ether(src=mac(), dst=mac())
    for last in [0] * rnd.randrange(4) + [1]:
        packet /= MPLS(label=rnd.randrange(1 << 20), cos=rnd.randrange(8), s=last, ttl=u8())
    return packet / pick(ipv4, ipv6, lambda: EoMCW(zero=0, seq=u16()) / inner_ether(),
                         inner_ether, lambda: Padding())


def inner_ether():
    """No address that looks like an IP version or a control word; BIER has version 5."""
    packet = at_random_ether()
    packet.dst = "a" + packet.dst[1:]
    return packet


EAPS = (lambda: EAP(code=rnd.choice((3, 4)), id=u8()),
        lambda: EAP(code=2, id=u8(), type=1, identity=octets(9)),
        lambda: EAP(code=1, id=u8(), type=1, message=octets(9)),
        lambda: EAP(code=2, id=u8(), type=3, desired_auth_types=[u8() for _ in range(rnd.randrange(1, 4))]),
        lambda: EAP(code=rnd.choice((1, 2)), id=u8(), type=rnd.choice((2, 6, 26, 50, 99))),
        lambda: EAP_MD5(code=rnd.choice((1, 2)), id=u8(), value=octets(16), optional_name=octets(5)),
        lambda: tls(EAP_TLS, "tls_message_len", "tls_data"), lambda: tls(EAP_TTLS, "message_len", "data"),
        lambda: tls(EAP_PEAP, "tls_message_len", "tls_data"), lambda: tls(EAP_FAST, "message_len", "data"),
        lambda: leap())


def tls(cls, length, data):
    with_length = rnd.randrange(2)
    packet = cls(code=rnd.choice((1, 2)), id=u8(), L=with_length, M=rnd.randrange(2), S=rnd.randrange(2),
                 **{data: octets(30)})
    if with_length:
        packet.setfieldval(length, u32())
    return packet


def leap():
    answer, name = octets(24), octets(9)
    return LEAP(code=rnd.choice((1, 2)), id=u8(), version=u8(), unused=u8(), count=len(answer),
                challenge_response=answer, username=name, len=8 + len(answer) + len(name))


def key():
    text = octets(40)
    return WPA_key(descriptor_type=u8(), key_info=u16(), len=rnd.choice((0, 16)), replay_counter=octets(8),
                   nonce=bytes(u8() for _ in range(32)), key_iv=octets(16), wpa_key_rsc=octets(8),
                   wpa_key_id=octets(8), wpa_key_mic=octets(16), wpa_key_length=len(text), wpa_key=text)


def eapol():
    packet = Ether(src=mac(), dst=mac()) / EAPOL(version=rnd.randrange(1, 5))
    inner = pick(*EAPS) if maybe(.8) else pick(key, lambda: EAPOL(type=rnd.choice((1, 2, 4, 6))))
    if isinstance(inner, EAPOL):
        packet = Ether(src=mac(), dst=mac()) / inner
    else:
        packet /= inner
    return filled(packet) if maybe(.3) else packet


# ---- neighbours -----------------------------------------------------------------------------------------------------

def lldp_id(cls, mac_type, network):
    kind = rnd.randrange(8)
    if kind == mac_type:
        return cls(subtype=kind, id=mac())
    if kind == network:
        return pick(lambda: cls(subtype=kind, family=1, id=ip4()), lambda: cls(subtype=kind, family=2, id=ip6()),
                    lambda: cls(subtype=kind, family=6, id=octets(7) or b"x"))
    return cls(subtype=kind, id=octets(12) or b"x")


LLDP = (lambda: LLDPDUPortDescription(description=octets(20)), lambda: LLDPDUSystemName(system_name=octets(20)),
        lambda: LLDPDUSystemDescription(description=octets(40)),
        lambda: LLDPDUSystemCapabilities(struct.pack("!HI", 0x0e04, u32())),
        lambda: LLDPDUManagementAddress(management_address_subtype=u8(), management_address=octets(8),
                                        interface_numbering_subtype=rnd.randrange(5), interface_number=u32(),
                                        object_id=octets(6)),
        lambda: LLDPDUGenericOrganisationSpecific(org_code=rnd.choice((0x80c2, 0x120f, 0x12bb, 99)), subtype=u8(),
                                                  data=octets(9)))


def lldp():
    packet = pick(lambda: Ether(src=mac(), dst=mac()), tags) / LLDPDU() / lldp_id(LLDPDUChassisID, 4, 5)
    packet /= lldp_id(LLDPDUPortID, 3, 4) / LLDPDUTimeToLive(ttl=u16())
    for _ in range(rnd.randrange(5)):
        packet /= pick(*LLDP)
    packet /= LLDPDUEndOfLLDPDU()
    return filled(packet) if maybe(.3) else packet


def cdp_addresses():
    out = [pick(lambda: CDPAddrRecordIPv4(addr=ip4()), lambda: CDPAddrRecordIPv6(addr=ip6()))
           for _ in range(rnd.randrange(4))]
    if maybe(.3):
        proto, address = b"\1" + octets(4), octets(6)
        out.append(CDPAddrRecord(bytes((1, len(proto))) + proto + struct.pack("!H", len(address)) + address))
    return out


CDP = (lambda: CDPMsgDeviceID(type=1, val=octets(12)), lambda: CDPMsgAddr(naddr=u8(), addr=cdp_addresses()),
       lambda: CDPMsgPortID(iface=octets(9) or b"x"), lambda: CDPMsgCapabilities(cap=rnd.randrange(0x800)),
       lambda: CDPMsgSoftwareVersion(type=5, val=octets(50)), lambda: CDPMsgPlatform(type=6, val=octets(9)),
       lambda: CDPMsgIPGateway(defaultgw=ip4()), lambda: CDPMsgIPPrefix(prefix=ip4(), plen=u8()),
       lambda: CDPMsgProtoHello(oui=rnd.randrange(1 << 24), protocol_id=u16(), data=octets(9), len=None),
       lambda: CDPMsgVTPMgmtDomain(type=9, val=octets(9)), lambda: CDPMsgNativeVLAN(vlan=u16()),
       lambda: CDPMsgDuplex(duplex=rnd.randrange(3)), lambda: CDPMsgVoIPVLANReply(status=u8(), vlan=u16()),
       lambda: CDPMsgVoIPVLANQuery(unknown1=u8(), vlan=u16(), unknown2=octets(4)), lambda: CDPMsgPower(power=u16()),
       lambda: CDPMsgMTU(mtu=u16()), lambda: CDPMsgTrustBitmap(trust_bitmap=u8()),
       lambda: CDPMsgUntrustedPortCoS(untrusted_port_cos=u8()),
       lambda: CDPMsgMgmtAddr(naddr=u8(), addr=cdp_addresses()),
       lambda: CDPMsgGeneric(type=rnd.choice((0xc, 0x14, 0x15, 0x17, 0x1a, 99)), val=octets(9)))


def cdp():
    messages = b""
    for _ in range(rnd.randrange(8)):
        message = bytearray(bytes(pick(*CDP)))
        message[2:4] = struct.pack("!H", len(message))
        messages += message
    header = struct.pack("!BBH", rnd.choice((1, 2)), u8(), u16())
    return Dot3(src=mac(), dst=mac()) / LLC(dsap=0xaa, ssap=0xaa, ctrl=3) / SNAP(OUI=0xc, code=0x2000) / \
        Raw(header + messages)


def lacp():
    slow = Ether(src=mac(), dst="01:80:c2:00:00:02") / SlowProtocol(subtype=rnd.choice((1, 1, 2, 3, 10)))
    if slow.subtype > 2:
        return slow / Raw(load())
    return slow / Raw(bytes(rnd.choice((0, rnd.randrange(256))) for _ in range(109)))


def macsec():
    with_sci = rnd.randrange(2)
    packet = MACsec(Ver=rnd.randrange(2), ES=rnd.randrange(2), SC=with_sci, SCB=rnd.randrange(2), E=rnd.randrange(2),
                    C=rnd.randrange(2), AN=rnd.randrange(4), reserved=rnd.randrange(4), SL=rnd.randrange(64), PN=u32())
    if with_sci:
        packet.SCI = MACsecSCI(system_identifier=mac(), port_identifier=u16())
    return pick(lambda: Ether(src=mac(), dst=mac()), tags) / packet / Raw(load())


# ---- 802.11 ---------------------------------------------------------------------------------------------------------

def element():
    if maybe(.3):
        return Dot11Elt(ID=0, info=rnd.choice((b"", b"home", b"two words", b"it's", b"\xff\xfe")))
    return Dot11Elt(ID=rnd.choice((2, 3 + 13, 5, 11, 32, 46, 52, 61, 107, 127, 191, 255, 99)), info=octets(20))


def suites(cls, field):
    return [cls(oui=rnd.choice((0xfac, 0x50f2, 99)), **{field: u8() % 20}) for _ in range(rnd.randrange(1, 4))]


def protection():
    packet = Dot11EltRSN(group_cipher_suite=suites(RSNCipherSuite, "cipher")[0],
                         pairwise_cipher_suites=suites(RSNCipherSuite, "cipher"), akm_suites=suites(AKMSuite, "suite"),
                         mfp_capable=rnd.randrange(2), mfp_required=rnd.randrange(2), pre_auth=rnd.randrange(2),
                         gtksa_replay_counter=rnd.randrange(4), ptksa_replay_counter=rnd.randrange(4),
                         no_pairwise=rnd.randrange(2), ocvc=rnd.randrange(2), pbac=rnd.randrange(2))
    data = bytearray(bytes(packet)[:16 + 4 * len(packet.pairwise_cipher_suites) + 4 * len(packet.akm_suites) - 2])
    if maybe(.5):
        keys = rnd.randrange(3)
        data += struct.pack("<H", keys) + bytes(u8() for _ in range(16 * keys))
        if maybe(.5):
            data += bytes(suites(RSNCipherSuite, "cipher")[0])
    data[1] = len(data) - 2
    return Raw(bytes(data))


def country():
    triplets = b"".join(bytes((u8(), u8(), u8())) for _ in range(rnd.randrange(4)))
    body = b"DE" + rnd.choice((b" ", b"I", b"\xff")) + triplets
    body += b"\0" * (len(body) % 2)
    return Raw(bytes((7, len(body))) + body)


RATES = (2, 4, 11, 12, 18, 22, 24, 36, 48, 72, 96, 108, 0x82, 0x84, 0x8b, 0x8c, 0x96, 0x98, 0xb0)
ELEMENTS = (element, element, lambda: Dot11EltDSSSet(channel=u8()), country, protection,
            lambda: Raw(bytes((42, 1, u8()))),
            lambda: Dot11EltRates(ID=rnd.choice((1, 50)), rates=rnd.sample(RATES, rnd.randrange(1, 9))),
            lambda: Raw(bytes((45, 26)) + bytes(u8() for _ in range(26))),
            lambda: Dot11EltVendorSpecific(oui=rnd.randrange(1 << 24), info=octets(9) or b"x"),
            lambda: Dot11EltMicrosoftWPA(group_cipher_suite=suites(RSNCipherSuite, "cipher")[0],
                                         pairwise_cipher_suites=suites(RSNCipherSuite, "cipher"),
                                         akm_suites=suites(AKMSuite, "suite")))


def elements(packet):
    for _ in range(rnd.randrange(8)):
        packet /= Raw(bytes(pick(*ELEMENTS)))
    return packet


FRAMES = ((0, lambda: elements(Dot11AssoReq(cap=u16(), listen_interval=u16()))),
          (1, lambda: elements(Dot11AssoResp(cap=u16(), status=u16(), AID=u16()))),
          (2, lambda: elements(Dot11ReassoReq(cap=u16(), listen_interval=u16(), current_AP=mac()))),
          (3, lambda: elements(Dot11ReassoResp(cap=u16(), status=u16(), AID=u16()))),
          (4, lambda: elements(Dot11ProbeReq())),
          (5, lambda: elements(Dot11ProbeResp(timestamp=u32() << 20, beacon_interval=u16(), cap=u16()))),
          (8, lambda: elements(Dot11Beacon(timestamp=u32() << 20, beacon_interval=u16(), cap=u16()))),
          (9, lambda: Raw(load())), (10, lambda: Dot11Disas(reason=rnd.randrange(12))),
          (11, lambda: elements(Dot11Auth(algo=rnd.randrange(3), seqnum=u16(), status=rnd.randrange(20)))),
          (12, lambda: Dot11Deauth(reason=rnd.randrange(12))), (13, lambda: Raw(load())))


def addresses(cls, flags=0):
    return cls(proto=0, FCfield=flags, ID=u16(), addr1=mac(), addr2=mac(), addr3=mac(), addr4=mac(), SC=u16())


def management(cls):
    kind, make = rnd.choice(FRAMES)
    packet = addresses(cls, u8() & 0x3c)
    packet.type, packet.subtype = 0, kind
    return packet / Raw(bytes(make()))


def control(cls):
    packet = addresses(cls, u8() & 0x38)
    packet.type, packet.subtype = 1, rnd.choice((2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15))
    return packet / Raw(load()[:20]) if maybe(.3) else packet


def encrypted():
    body = bytearray(bytes(u8() for _ in range(rnd.randrange(8, 40))))
    kind = rnd.randrange(4)
    body[3] = body[3] | 0x20 if kind else body[3] & ~0x20
    body[1] = (body[0] | 0x20) & 0x7f if kind == 1 else body[0] & 0x5f ^ 1
    if kind > 1:
        body[2] = 0 if kind == 2 else 7
    return Raw(bytes(body))


def data(cls):
    packet = addresses(cls, u8() & 0x7f)
    packet.type, packet.subtype = 2, rnd.choice((0, 0, 4, 8, 8, 8, 12))
    if packet.subtype >= 8:
        packet /= Dot11QoS(A_MSDU_Present=0, Ack_Policy=rnd.randrange(4), EOSP=rnd.randrange(2),
                           TID=rnd.randrange(16), TXOP=u8())
    if packet.subtype in (4, 12):
        return packet
    return packet / Raw(bytes(encrypted() if packet.FCfield & 0x40 else llc()))


def dot11(cls=Dot11):
    return pick(lambda: management(cls), lambda: management(cls), lambda: control(cls), lambda: data(cls))


TAPPED = ((0, 8, 8), (1, 1, 1), (2, 1, 1), (3, 2, 4), (5, 1, 1), (6, 1, 1), (7, 2, 2), (11, 1, 1), (14, 2, 2),
          (15, 2, 2), (20, 4, 8), (21, 2, 12), (23, 2, 12), (24, 2, 12), (27, 2, 4))


def radiotap():
    present, fields, checked = 0, b"", False
    more = rnd.randrange(3) if maybe(.2) else 0
    for bit, align, size in TAPPED:
        if maybe(.25):
            present |= 1 << bit
            fields += bytes(-(8 + 4 * more + len(fields)) % align)
            value = bytes(u8() for _ in range(size))
            if bit == 1:
                checked = maybe(.4)
                value = bytes((value[0] & ~0x10 | 0x10 * checked,))
            fields += value
    masks = [present] + [u32() & 0x7fffffff for _ in range(more)]
    head = b"".join(struct.pack("<I", m | 0x80000000 * (i < more)) for i, m in enumerate(masks)) + fields
    head += octets(5) if maybe(.1) else b""
    frame = dot11(Dot11FCS if checked else Dot11)
    return Raw(struct.pack("<BBH", 0, 0, 4 + len(head)) + head + bytes(frame))


def prism():
    return Raw(struct.pack("<II", 0x44, 144) + b"wlan0".ljust(16, b"\0") + bytes(u8() for _ in range(120)) +
               bytes(dot11()))


def avs():
    return AVSWLANHeader(version=0x80211001, mactime=u32() << 9, hosttime=u32(), phytype=rnd.randrange(10),
                         channel=u8(), datarate=u16(), antenna=u8(), priority=u8(), ssi_type=rnd.randrange(5),
                         ssi_signal=-u8(), ssi_noise=-u8(), preamble=rnd.randrange(4),
                         encoding=rnd.randrange(5)) / dot11()


LINKS = ((1, Ether, ether, 10), (0, Loopback, loopback, 2), (108, Loopback, loopback, 1),
         (1, Ether, pppoe, 3), (9, PPP, framed, 2), (50, HDLC, lambda: HDLC() / ppp(), 1), (51, PPPoE, session, 1),
         (1, Ether, labels, 2), (1, Ether, eapol, 4),
         (1, Ether, lldp, 3), (1, Ether, cdp, 3), (1, Ether, lacp, 1), (1, Ether, macsec, 1),
         (105, Dot11, dot11, 6), (127, RadioTap, radiotap, 5), (119, PrismHeader, prism, 1),
         (163, AVSWLANHeader, avs, 1))

ORDER = "IEEE 802.11-2016 9.2.2: little-endian; Scapy reads network order"
BITMAP = "IEEE 802.11-2016 9.4.2.56.4: 77 bits are not a number; ringtap shows their bytes"
SPACES = ("radiotap.org: what the bits of further masks mean depends on their name space; Scapy's names are numbers, "
          "and shift")
INFORMATION = "RFC 1661 5.7: what is rejected is bytes; Scapy makes a layer without a name of it"
agree.KNOWN_LINES += [
    (r"= .* \(((?:[0-9a-f]{2}:){2}[0-9a-f]{2})\)$", r"= ((?:[0-9a-f]{2}:){2}[0-9a-f]{2})$",
     "IEEE 802 8.2: an OUI is three bytes; whose it is Scapy knows from a list of companies, where there is one"),
    (r"^ *(\\rejected_information\\| +\|###\[ (Packet|Raw) \]### )$", None, INFORMATION),
    (r"^ *\| +load += (['\"].*)$", r"^ *rejected_information= (['\"].*)$", INFORMATION),
]
agree.KNOWN_LINES += [
    (r"PAP-Request .*password=None$", r"PAP-Request .*password=''$", "RFC 1334 2.2.1: a password may be empty"),
    (r"(EAP (Success|Failure)) Reserved\b", r"(EAP (Success|Failure))\b",
     "RFC 3748 4.2: success and failure have no type"),
    (r"\|  addr += None$", r"\|  addr += ''$", "an address of no bytes is one, not nothing"),
    (r"\|  data += None$", r"\|  data += ''$", "RFC 1661 6: a length of 2 leaves a value of no bytes"),
]
agree.KNOWN_LINES += [
    (r"^ *ID += \d+$", r"^ *ID += \d+$", ORDER), (r"^ *PartialAID= \d+$", r"^ *PartialAID= \d+$", ORDER),
    (r"^ *RX_MSC_Bitmask= \d+$", r"^ *RX_MSC_Bitmask= [0-9a-f]{20}$", BITMAP),
    (r"802\.11 Control (\S.*?) 00:00:00:00:00:00 \(TA\) > (\S+ \(RA\))", r"802\.11 Control (\S.*?) > (\S+ \(RA\))",
     "IEEE 802.11-2016 9.3.1: this frame has one address; Scapy shows the sender it would build"),
    (r"^ *addr4 += (\S+) \(BSSID\)$", r"^ *addr4 += (\S+) \(SA\)$",
     "IEEE 802.11-2016 table 9-26: with both DS bits the fourth address is the sender's"),
    (r"\|  present += (?:b|Ext$)", r"\|  present += 0x", SPACES), (r"\|  present += $", r"\|  present += 0x0$", SPACES),
]
agree.KNOWN_FIELDS += [
    (r"^Dot11(FCS)?\.ID$", ORDER), (r"^RadioTap\.PartialAID$", ORDER),
    (r"^Dot11EltHTCapabilities\.RX_MSC_Bitmask$", BITMAP), (r"^RadioTap\.Ext\[\d+\]\.present$", SPACES),
]
agree.KNOWN_FIELDS += [
    (r"^PPP_LCP_Protocol_Reject\.rejected_information$", INFORMATION),
]
agree.KNOWN_PACKETS += [
    (lambda p: EAP in p and p[EAP].code == 2 and p[EAP].type == 3 and len(p[EAP].desired_auth_types) > p[EAP].len - 5,
     "RFC 3748 5.3.1: the types end where the length says; Scapy reads a byte more"),
    (lambda p: any(isinstance(l, STP) and l.version > 1 for l in layers_of(p)) and version1(p),
     "IEEE 802.1D-2004 9.3.3: RSTP ends with a length of version 1's part; to Scapy it is Raw"),
    (lambda p: any(isinstance(l, PPP_IPCP) and l.code > 4 for l in layers_of(p)),
     "RFC 1661 5.5: a Terminate-Request has data; to Scapy they are options"),
]


def version1(packet):
    return isinstance(packet[STP].payload, Raw)


if __name__ == "__main__":
    sys.exit(main(LINKS))
