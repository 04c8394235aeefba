#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The network, transport and tunnel family: packets made at random by Scapy must read the same in ringtap.

usage: agree_net.py RINGTAP [PACKETS [SEED]]            see agree.py"""
import struct
import sys

import agree
from agree import KNOWN_FIELDS, KNOWN_LINES, KNOWN_PACKETS, layers_of, rnd
from at_random import arp, ether, ip4, ip6, ipv4, ipv6, load, mac, octets, port, u16, u32, u8
from scapy.all import (AH, ARP, ESP, Ether, GRE, ICMPv6HAADReply, ICMPv6HAADRequest, ICMPv6MLDMultAddrRec, ICMPv6MLDone,
                       ICMPv6MLQuery, ICMPv6MLQuery2, ICMPv6MLReport, ICMPv6MLReport2, ICMPv6MPAdv, ICMPv6MPSol,
                       ICMPv6MRD_Advertisement, ICMPv6MRD_Solicitation, ICMPv6MRD_Termination, ICMPv6NIQueryIPv4,
                       ICMPv6NIQueryIPv6, ICMPv6NIQueryName, ICMPv6NIQueryNOOP, ICMPv6NIReplyIPv4, ICMPv6NIReplyIPv6,
                       ICMPv6NIReplyName, ICMPv6NIReplyNOOP, ICMPv6NIReplyRefuse, ICMPv6NIReplyUnknown, ICMPv6RPL,
                       ICMPv6ND_INDAdv, ICMPv6ND_INDSol, ICMPv6ND_RA, ICMPv6ND_Redirect,
                       ICMPv6NDOptDNSSL, ICMPv6NDOptEFA, ICMPv6NDOptIPAddr, ICMPv6NDOptLLA, ICMPv6NDOptMAP,
                       ICMPv6NDOptNewRtrPrefix, ICMPv6NDOptRouteInfo, ICMPv6NDOptShortcutLimit, ICMPv6NDOptSrcAddrList,
                       ICMPv6NDOptTgtAddrList, ICMPv6Unknown, IP, IPv6, IPv6ExtHdrSegmentRouting,
                       IPv6ExtHdrSegmentRoutingTLV, IPv6ExtHdrSegmentRoutingTLVEgressNode,
                       IPv6ExtHdrSegmentRoutingTLVIngressNode, IPv6ExtHdrSegmentRoutingTLVPadN, Padding, PPP, Raw, UDP)
from scapy.contrib.ospf import (LLS_Extended_Options, LLS_Generic_TLV, OSPF_Area_Scope_Opaque_LSA,
                                OSPF_AS_Scope_Opaque_LSA, OSPF_DBDesc, OSPF_External_LSA, OSPF_Hdr, OSPF_Hello,
                                OSPF_Link, OSPF_Link_Scope_Opaque_LSA, OSPF_LLS_Hdr, OSPF_LSA_Hdr, OSPF_LSAck,
                                OSPF_LSReq, OSPF_LSReq_Item, OSPF_LSUpd, OSPF_Network_LSA, OSPF_NSSA_External_LSA,
                                OSPF_Router_LSA, OSPF_SummaryASBR_LSA, OSPF_SummaryIP_LSA, OSPFv3_AS_External_LSA,
                                OSPFv3_DBDesc, OSPFv3_Hdr, OSPFv3_Hello, OSPFv3_Inter_Area_Prefix_LSA,
                                OSPFv3_Inter_Area_Router_LSA, OSPFv3_Intra_Area_Prefix_LSA, OSPFv3_Link,
                                OSPFv3_Link_LSA, OSPFv3_LSA_Hdr, OSPFv3_LSAck, OSPFv3_LSReq, OSPFv3_LSReq_Item,
                                OSPFv3_LSUpd, OSPFv3_Network_LSA, OSPFv3_Prefix_Item, OSPFv3_Router_LSA,
                                OSPFv3_Type_7_LSA)
from scapy.contrib.pim import (PIMv2GroupAddrs, PIMv2Hdr, PIMv2Hello, PIMv2HelloDRPriority, PIMv2HelloGenerationID,
                               PIMv2HelloHoldtime, PIMv2HelloLANPruneDelay, PIMv2HelloLANPruneDelayValue,
                               PIMv2HelloStateRefresh, PIMv2HelloStateRefreshValue, PIMv2JoinAddrs, PIMv2JoinPrune,
                               PIMv2PruneAddrs)
from scapy.contrib.send import ICMPv6NDOptNonce
from scapy.contrib.wireguard import (Wireguard, WireguardCookieReply, WireguardInitiation, WireguardResponse,
                                     WireguardTransport)
from scapy.layers.hsrp import HSRP, HSRPmd5
from scapy.layers.l2 import GRE_PPTP
from scapy.layers.l2tp import L2TP
from scapy.layers.sctp import (SCTP, SCTPChunkAbort, SCTPChunkAddressConf, SCTPChunkAddressConfAck,
                               SCTPChunkAuthentication, SCTPChunkCookieAck, SCTPChunkCookieEcho, SCTPChunkData,
                               SCTPChunkError, SCTPChunkHeartbeatAck, SCTPChunkHeartbeatReq, SCTPChunkInit,
                               SCTPChunkInitAck, SCTPChunkParamAdaptationLayer, SCTPChunkParamAddIPAddr,
                               SCTPChunkParamChunkList, SCTPChunkParamCookiePreservative, SCTPChunkParamDelIPAddr,
                               SCTPChunkParamECNCapable, SCTPChunkParamFwdTSN, SCTPChunkParamHeartbeatInfo,
                               SCTPChunkParamHostname, SCTPChunkParamIPv4Addr, SCTPChunkParamIPv6Addr,
                               SCTPChunkParamRandom, SCTPChunkParamRequestedHMACFunctions,
                               SCTPChunkParamSetPrimaryAddr, SCTPChunkParamStateCookie,
                               SCTPChunkParamSuccessIndication, SCTPChunkParamSupportedAddrTypes,
                               SCTPChunkParamSupportedExtensions, SCTPChunkParamUnrocognizedParam, SCTPChunkSACK,
                               SCTPChunkShutdown, SCTPChunkShutdownAck, SCTPChunkShutdownComplete)
from scapy.layers.vrrp import VRRP, VRRPv3
from scapy.layers.vxlan import VXLAN
from scapy.contrib.eigrp import (EIGRP, EIGRPAuthData, EIGRPExtRoute, EIGRPGeneric, EIGRPIntRoute, EIGRPNms, EIGRPParam,
                                 EIGRPSeq, EIGRPStub, EIGRPSwVer, EIGRPv6ExtRoute, EIGRPv6IntRoute)
from scapy.contrib.geneve import GENEVE, GeneveOptions
from scapy.contrib.gtp import GTP_U_Header, GTPHeader, GTPPDUSessionContainer
from scapy.contrib.igmp import IGMP
from scapy.contrib.igmpv3 import IGMPv3, IGMPv3gr, IGMPv3mq, IGMPv3mr, IGMPv3mra

# ---- differences: (Scapy's, ringtap's, why) -------------------------------------------------------------------------


# ---- IGMP -----------------------------------------------------------------------------------------------------------

def sources():
    return [ip4() for _ in range(rnd.choice((0, 1, 2, 5)))]


def igmp():
    packet = IP(src=ip4(), dst=ip4(), ttl=1, id=u16())       # Scapy knows it by the ttl
    kind = rnd.randrange(6)
    if kind < 2:
        return packet / IGMP(type=rnd.choice((0x11, 0x12, 0x16, 0x17, 0x13, 0x99)), mrcode=u8(), gaddr=ip4())
    if kind == 2:
        return packet / IGMPv3(type=0x11, mrcode=u8()) / IGMPv3mq(gaddr=ip4(), resv=rnd.randrange(16),
                                                                  s=rnd.randrange(2), qrv=rnd.randrange(8),
                                                                  qqic=u8(), srcaddrs=sources())
    if kind == 3:
        records = [IGMPv3gr(rtype=rnd.randrange(8), maddr=ip4(), srcaddrs=sources()) for _ in range(rnd.randrange(4))]
        return packet / IGMPv3(type=0x22, mrcode=0) / IGMPv3mr(res2=u16(), records=records) / load()
    if kind == 4:
        return packet / IGMPv3(type=0x30, mrcode=u8()) / IGMPv3mra(qryIntvl=u16(), robust=u16()) / load()
    return packet / IGMPv3(type=rnd.choice((0x31, 0x32)), mrcode=u8())


# ---- GRE ------------------------------------------------------------------------------------------------------------

def bit():
    return rnd.randrange(2)


def ppp():
    inner = rnd.choice((ipv4, ipv6))(3)
    return PPP(proto=0x21 if isinstance(inner, IP) else 0x57) / inner


def gre():
    if rnd.random() < .3:
        packet = GRE_PPTP(seqnum_present=bit(), acknum_present=bit(), recursion_control=rnd.randrange(8), call_id=u16(),
                          flags=rnd.randrange(16), payload_len=u16(), sequence_number=u32(), ack_number=u32())
        return packet / ppp() if bit() else packet
    packet = GRE(chksum_present=bit(), key_present=bit(), seqnum_present=bit(), strict_route_source=bit(),
                 recursion_control=rnd.randrange(8), flags=rnd.randrange(32), version=rnd.choice((0, 0, 0, 2)),
                 offset=u16(), key=u32(), sequence_number=u32())
    inner = rnd.choice((lambda: ipv4(2), lambda: ipv6(2), lambda: arp(), ether, None))
    if inner:
        packet /= inner()
        packet.proto = {Ether: 0x6558, IP: 0x800, IPv6: 0x86dd, ARP: 0x806, Raw: 0x806}[type(packet.payload)]
        return packet
    packet.proto = rnd.choice((0x2001, 0x4242, 0))
    return packet / load()


# ---- IPsec ----------------------------------------------------------------------------------------------------------

KNOWN_LINES.append((r"^ *padding   = $", None, "RFC 4302 2.6: the ICV has all bytes that the length gives it; Scapy "
                    "shows a field of no width"))
KNOWN_FIELDS.append((r"^AH\.padding$", "RFC 4302 2.6: the ICV has all bytes that the length gives it"))


def ipsec():
    spi = u32() or 1
    if rnd.random() < .5:
        return ESP(spi=spi, seq=u32(), data=octets(40))
    words = rnd.choice((0, 3, 4, 8))
    packet = AH(spi=spi, seq=u32(), payloadlen=words + 1, reserved=u16(),
                icv=bytes(rnd.randrange(256) for _ in range(4 * words)))
    inner = rnd.choice((lambda: ipv6(2), load))()
    packet.nh = 41 if isinstance(inner, IPv6) else rnd.choice((252, 253))    # Scapy knows no other
    return packet / inner


def esp_in_udp():
    ports = [4500, rnd.choice((4500, 1024))]
    rnd.shuffle(ports)
    return UDP(sport=ports[0], dport=ports[1]) / ESP(spi=u32() or 1, seq=u32(), data=octets(40))


# ---- VRRP, HSRP -----------------------------------------------------------------------------------------------------

def vrrp():
    if rnd.random() < .4:
        addresses = [ip6() for _ in range(rnd.randrange(1, 4))]
        return IPv6(hlim=255) / VRRPv3(vrid=u8(), priority=u8(), res=rnd.randrange(16), adv=rnd.randrange(4096),
                                       addrlist=addresses)
    addresses = [ip4() for _ in range(rnd.randrange(1, 4))]
    if rnd.random() < .5:
        return IP(ttl=255) / VRRPv3(vrid=u8(), priority=u8(), adv=rnd.randrange(4096), addrlist=addresses) / load()
    return IP(ttl=255) / VRRP(vrid=u8(), priority=u8(), authtype=u8(), adv=u8(), type=rnd.randrange(16),
                              addrlist=addresses, auth1=u32(), auth2=u32()) / load()


def hsrp():
    port_ = rnd.choice((1985, 2029))
    packet = UDP(sport=port_, dport=port_) / HSRP(opcode=rnd.randrange(5), state=rnd.choice((0, 1, 2, 4, 8, 16, 3)),
                                                  hellotime=u8(), holdtime=u8(), priority=u8(), group=u8(),
                                                  reserved=u8(), auth=octets(8), virtualIP=ip4())
    if rnd.random() < .5:
        packet /= HSRPmd5(len=28, algo=rnd.randrange(2), padding=u8(), flags=u16(), sourceip=ip4(), keyid=u32(),
                          authdigest=octets(16))
    return IP(ttl=1) / packet


# ---- OSPF -----------------------------------------------------------------------------------------------------------

KNOWN_LINES.append((r"^ *len       = \d+ bytes$", r"^ *len       = \d+$", "RFC 5613 2: the length counts words"))


def lsa_start():
    return {"age": u16(), "options": u8(), "id": ip4(), "adrouter": ip4(), "seq": u32(), "chksum": u16()}


def lsa_header():
    return OSPF_LSA_Hdr(type=rnd.randrange(13), len=u16(), **lsa_start())


def links():
    return [OSPF_Link(id=ip4(), data=ip4(), type=rnd.randrange(6), metric=u16()) for _ in range(rnd.randrange(4))]


LSAS = (lambda: OSPF_Router_LSA(flags=rnd.randrange(64), reserved=u8(), linklist=links(), **lsa_start()),
        lambda: OSPF_Network_LSA(mask=ip4(), routerlist=[ip4() for _ in range(rnd.randrange(4))], **lsa_start()),
        lambda: OSPF_SummaryIP_LSA(mask=ip4(), reserved=u8(), metric=u16(), **lsa_start()),
        lambda: OSPF_SummaryASBR_LSA(mask=ip4(), metric=u16(), **lsa_start()),
        lambda: OSPF_External_LSA(mask=ip4(), ebit=bit(), reserved=5, metric=u16(), fwdaddr=ip4(), tag=u32(),
                                  **lsa_start()),
        lambda: OSPF_NSSA_External_LSA(mask=ip4(), fwdaddr=ip4(), **lsa_start()),
        lambda: rnd.choice((OSPF_Link_Scope_Opaque_LSA, OSPF_Area_Scope_Opaque_LSA,
                            OSPF_AS_Scope_Opaque_LSA))(data=octets(16) + b"x", **lsa_start()))


def some(make, least=0):
    return [make() for _ in range(rnd.randrange(least, 4))]


def ospf():
    packet = OSPF_Hdr(src=ip4(), area=ip4(), chksum=u16(), authtype=rnd.randrange(4), authdata=u32(), keyid=u8(),
                      authdatalen=u8(), seq=u32(), reserved=u16())
    packet /= rnd.choice((
        lambda: OSPF_Hello(mask=ip4(), hellointerval=u16(), options=u8() & 0xef, prio=u8(), deadinterval=u32(),
                           router=ip4(), backup=ip4(), neighbors=some(ip4)),
        lambda: OSPF_DBDesc(mtu=u16(), options=u8() & 0xef, dbdescr=u8(), ddseq=u32(), lsaheaders=some(lsa_header)),
        lambda: OSPF_LSReq(requests=some(lambda: OSPF_LSReq_Item(type=rnd.randrange(13), id=ip4(), adrouter=ip4()),
                                         1)),
        lambda: OSPF_LSUpd(lsalist=some(lambda: rnd.choice(LSAS)())),
        lambda: OSPF_LSAck(lsaheaders=some(lsa_header, 1))))()
    if isinstance(packet.payload, (OSPF_Hello, OSPF_DBDesc)) and packet.authtype != 2 and bit():
        packet.payload.options |= 0x10
        return IP(proto=89, ttl=1) / packet / OSPF_LLS_Hdr(chksum=u16(), llstlv=[rnd.choice((
            lambda: LLS_Extended_Options(options=fixed(4)), lambda: LLS_Generic_TLV(type=9, val=fixed(8))))()])
    whole = bytes(packet)
    size = struct.pack("!H", len(whole))
    digest = load() if packet.authtype == 2 and not isinstance(packet.payload, OSPF_LSUpd) else b""
    return IP(proto=89, ttl=1) / Raw(whole[:2] + size + whole[4:] + digest)


# ---- OSPF for IPv6 --------------------------------------------------------------------------------------------------


def lsa3_start():
    return {"age": u16(), "id": ip4(), "adrouter": ip4(), "seq": u32(), "chksum": u16()}


def lsa3_header():
    return OSPFv3_LSA_Hdr(type=rnd.choice((8, 0x2001, 0x2009, 0x4005, u16())), len=u16(), **lsa3_start())


def prefix(longest=128):       # of some bits: at the end of a packet Scapy makes one of none up
    bits = rnd.choice((8, 17, 32, 48, 64, longest))
    return {"prefixlen": bits, "prefixoptions": u8(), "prefix": "%s/%d" % (ip6(), bits)}


def link3():
    return OSPFv3_Link(type=rnd.randrange(6), reserved=u8(), metric=u16(), intid=u32(), neighintid=u32(),
                       neighbor=ip4())


def prefixes():
    items = some(lambda: OSPFv3_Prefix_Item(metric=u16(), **prefix()))
    return {"prefixlist": items, "prefixes": len(items)}


def external():
    return dict(flags=rnd.randrange(8), metric=u16(), reflstype=rnd.choice((0, 0x2001, 0x4005)), fwaddr=ip6(),
                tag=u32(), reflsid=ip4(), **prefix(), **lsa3_start())


LSAS3 = (lambda: OSPFv3_Router_LSA(flags=u8(), options=u16(), linklist=some(link3), **lsa3_start()),
         lambda: OSPFv3_Network_LSA(reserved=u8(), options=u16(), routerlist=some(ip4), **lsa3_start()),
         lambda: OSPFv3_Inter_Area_Prefix_LSA(metric=u16(), reserved2=u16(), **prefix(), **lsa3_start()),
         lambda: OSPFv3_Inter_Area_Router_LSA(options=u16(), metric=u16(), router=ip4(), **lsa3_start()),
         lambda: OSPFv3_AS_External_LSA(**external()), lambda: OSPFv3_Type_7_LSA(type=0x2007, **external()),
         lambda: OSPFv3_Link_LSA(prio=u8(), options=u16(), lladdr=ip6(), **prefixes(), **lsa3_start()),
         lambda: OSPFv3_Intra_Area_Prefix_LSA(reflstype=u16(), reflsid=ip4(), refadrouter=ip4(), **prefixes(),
                                              **lsa3_start()))


def ospf3():
    packet = OSPFv3_Hdr(src=ip4(), area=ip4(), chksum=u16(), instance=u8(), reserved=u8())
    packet /= rnd.choice((
        lambda: OSPFv3_Hello(intid=u32(), prio=u8(), options=rnd.randrange(2 ** 24), hellointerval=u16(),
                             deadinterval=u16(), router=ip4(), backup=ip4(), neighbors=some(ip4)),
        lambda: OSPFv3_DBDesc(reserved=u8(), options=u16(), mtu=u16(), dbdescr=u8(), ddseq=u32(),
                              lsaheaders=some(lsa3_header)),
        lambda: OSPFv3_LSReq(requests=some(lambda: OSPFv3_LSReq_Item(type=u16(), id=ip4(), adrouter=ip4()), 1)),
        lambda: OSPFv3_LSUpd(lsalist=some(lambda: rnd.choice(LSAS3)())),
        lambda: OSPFv3_LSAck(lsaheaders=some(lsa3_header, 1))))()
    return IPv6(hlim=1, nh=89) / Raw(bytes(IPv6(nh=89) / packet)[40:])


# ---- PIM ------------------------------------------------------------------------------------------------------------
# Scapy fails at options that it has no class for, at the T bit, and lets State-Refresh take the rest of the packet.

HELLO_OPTIONS = (lambda: PIMv2HelloHoldtime(holdtime=u16()), lambda: PIMv2HelloDRPriority(dr_priority=u32()),
                 lambda: PIMv2HelloGenerationID(generation_id=u32()),
                 lambda: PIMv2HelloLANPruneDelay(value=[PIMv2HelloLANPruneDelayValue(
                     propagation_delay=u16() >> 1, override_interval=u16())]))
STATE_REFRESH = PIMv2HelloStateRefresh(value=[PIMv2HelloStateRefreshValue(interval=60)])


def pim_source(cls):
    return cls(rsrvd=rnd.randrange(32), sparse=bit(), wildcard=bit(), rpt=bit(), mask_len=u8(), src_ip=ip4())


def pim_group():
    return PIMv2GroupAddrs(bidirection=bit(), reserved=rnd.randrange(64), admin_scope_zone=bit(), mask_len=u8(),
                           gaddr=ip4(), join_ips=some(lambda: pim_source(PIMv2JoinAddrs)),
                           prune_ips=some(lambda: pim_source(PIMv2PruneAddrs)))


def pim():
    kind = rnd.randrange(5)
    packet = IP(ttl=1) / PIMv2Hdr(reserved=u8(), type=0 if kind < 2 else 3)
    if kind < 2:
        options = [rnd.choice(HELLO_OPTIONS)() for _ in range(rnd.randrange(1, 5))]
        return packet / PIMv2Hello(option=options + [STATE_REFRESH] * bit())
    if kind < 4:
        return packet / PIMv2JoinPrune(up_neighbor_ip=ip4(), reserved=u8(), holdtime=u16(), jp_ips=some(pim_group))
    packet[PIMv2Hdr].type = rnd.choice((1, 2, 4, 5, 6, 7, 8, 12))
    return packet / load()


# ---- EIGRP ----------------------------------------------------------------------------------------------------------

KNOWN_LINES += [
    (r"(ios  |eigrp) +.*= v\d+\.\d+$", r"(ios  |eigrp) +.*= \d+$", "RFC 7868 6.8.3: Scapy writes versions with a dot"),
    (r"^(.* / EIGRP \(AS=\d+ Opcode=Hello) \(ACK\)(.*)$", r"^(.* / EIGRP \(AS=\d+ Opcode=Hello)(.*)$",
     "RFC 7868 5.3.1: a Hello that acknowledges; `ack` says so"),
]


def metric():
    return {"delay": u32(), "bandwidth": u32(), "mtu": u16(), "hopcount": u8(), "reliability": u8(), "load": u8()}


def origin():
    return {"originrouter": ip4(), "originasn": u32(), "tag": u32(), "externalmetric": u32(), "reserved": u16(),
            "extprotocolid": rnd.randrange(14), "flags": u8(), "reserved2": u16()}


EIGRP_TLVS = (
    lambda: EIGRPParam(k1=u8(), k5=u8(), reserved=u8(), holdtime=u16()),
    lambda: EIGRPAuthData(keyid=u32(), keysize=16, len=40, authtype=rnd.randrange(4),
                          authdata=bytes(rnd.randrange(256) for _ in range(16))),
    lambda: rnd.choice((EIGRPSeq(ipaddr=ip4()), EIGRPSeq(addrlen=16, ip6addr=ip6()))),
    lambda: EIGRPSwVer(ios=u16(), eigrp=u16()), lambda: EIGRPNms(nms=u32()), lambda: EIGRPStub(flags=u16()),
    lambda: EIGRPIntRoute(nexthop=ip4(), prefixlen=rnd.choice((1, 8, 12, 24, 32)), dst=ip4(), **metric()),
    lambda: EIGRPExtRoute(nexthop=ip4(), prefixlen=rnd.choice((1, 8, 12, 24, 32)), dst=ip4(), **metric(), **origin()),
    lambda: EIGRPv6IntRoute(nexthop=ip6(), prefixlen=rnd.choice((0, 7, 64, 128)), dst=ip6(), **metric()),
    lambda: EIGRPv6ExtRoute(nexthop=ip6(), prefixlen=rnd.choice((0, 7, 64, 128)), dst=ip6(), **metric(), **origin()),
    lambda: EIGRPGeneric(type=rnd.choice((7, 0xf5, 0x8000)), value=octets(12) + b"x"))


def eigrp():
    packet = EIGRP(ver=u8(), opcode=rnd.randrange(13), flags=rnd.choice((0, 0, u32())), seq=u32(), ack=u32(), asn=u32(),
                   tlvlist=[rnd.choice(EIGRP_TLVS)() for _ in range(rnd.randrange(4))])
    outer = outside()
    if isinstance(outer, IP):
        return outer / packet
    outer.nh = 88
    return outer / Raw(bytes(packet))


# ---- neighbour discovery --------------------------------------------------------------------------------------------

def redirected():
    """A packet of a multiple of 8 bytes whose payload nobody knows."""
    data = bytes(IPv6(src=ip6(), dst=ip6(), nh=253, hlim=u8()) / Raw(b"12345678" * rnd.randrange(1, 4)))
    return Raw(struct.pack("!BB6s", 4, 1 + len(data) // 8, bytes(6)) + data)


def route():
    size = rnd.choice((2, 3))           # without a prefix and at the end of a packet, Scapy says None
    return ICMPv6NDOptRouteInfo(len=size, plen=u8(), prf=rnd.randrange(4), res1=rnd.randrange(8), rtlifetime=u32(),
                                prefix=ip6())


ND_OPTIONS = (
    redirected, route, lambda: ICMPv6NDOptShortcutLimit(shortcutlim=u8(), res1=u8(), res2=u32()),
    lambda: ICMPv6NDOptSrcAddrList(addrlist=some(ip6)), lambda: ICMPv6NDOptTgtAddrList(addrlist=some(ip6)),
    lambda: ICMPv6NDOptNonce(nonce=bytes(rnd.randrange(1, 256) for _ in range(rnd.choice((6, 14))))),
    lambda: ICMPv6NDOptIPAddr(optcode=rnd.randrange(5), plen=u8(), res=u32(), addr=ip6()),
    lambda: ICMPv6NDOptNewRtrPrefix(optcode=u8(), plen=u8(), prefix=ip6()),
    lambda: ICMPv6NDOptLLA(optcode=rnd.randrange(10), lla=mac()),
    lambda: ICMPv6NDOptMAP(dist=rnd.randrange(16), pref=rnd.randrange(16), R=bit(), validlifetime=u32(), addr=ip6()),
    lambda: ICMPv6NDOptEFA(res=rnd.randrange(2 ** 48)),
    lambda: ICMPv6NDOptDNSSL(lifetime=u32(), res=0, searchlist=rnd.choice((["a.example."], ["x.y.z.", "b."]))))


def nd_more():
    packet = IPv6(hlim=255) / rnd.choice((
        lambda: ICMPv6ND_RA(), lambda: ICMPv6ND_Redirect(tgt=ip6(), dst=ip6()),
        lambda: ICMPv6ND_INDSol(reserved=u32()), lambda: ICMPv6ND_INDAdv(code=u8(), reserved=u32())))()
    for _ in range(rnd.randrange(1, 4)):
        packet /= rnd.choice(ND_OPTIONS)()
    return packet


# ---- other ICMPv6 ---------------------------------------------------------------------------------------------------

DATA = "RFC 4620 6: the data as they are in the packet; Scapy has tuples with the query type"
KNOWN_LINES += [(r"^ +data += b''$", None, DATA), (r"^ +data +=", r"^ +data +=", DATA)]
KNOWN_FIELDS.append((r"^ICMPv6NI\w+\.data(\[|$)", DATA))
KNOWN_PACKETS.append((lambda p: any(type(l).__name__ in ("ICMPv6NIReplyName", "ICMPv6NIReplyIPv4", "ICMPv6NIReplyIPv6")
                                    for l in layers_of(p)), DATA))


def mld():
    record = lambda: ICMPv6MLDMultAddrRec(rtype=u8(), dst=ip6(), sources=some(ip6))
    return IPv6(hlim=1) / rnd.choice((
        lambda: rnd.choice((ICMPv6MLQuery, ICMPv6MLReport, ICMPv6MLDone))(code=u8(), mrd=u16(), reserved=u16(),
                                                                          mladdr=ip6()),
        lambda: ICMPv6MLQuery2(mrd=u16(), mladdr=ip6(), Resv=rnd.randrange(16), S=bit(), QRV=rnd.randrange(8),
                               QQIC=u8(), sources=some(ip6)),
        lambda: ICMPv6MLReport2(res=u8(), reserved=u16(), records=some(record)),
        lambda: ICMPv6MRD_Advertisement(advinter=u8(), queryint=u16(), robustness=u16()),
        lambda: rnd.choice((ICMPv6MRD_Solicitation, ICMPv6MRD_Termination))(res=u8())))()


KNOWN_PACKETS.append((lambda p: any(isinstance(l, IPv6) and l.nh == 58 and isinstance(l.payload, Raw)
                                    for l in layers_of(p)),
                      "RFC 4443 2.1: every message has a type, a code and a checksum; Scapy takes some for Raw"))


def mobile():
    return IPv6() / rnd.choice((
        lambda: ICMPv6HAADRequest(id=u16(), R=bit(), res=u8()),
        lambda: ICMPv6HAADReply(id=u16(), R=bit(), addresses=some(ip6)),
        lambda: ICMPv6MPSol(code=u8(), id=u16(), res=u16()),
        lambda: ICMPv6MPAdv(id=u16(), flags=rnd.randrange(4)) / rnd.choice(ND_OPTIONS)(),
        lambda: ICMPv6Unknown(type=rnd.choice((200, 100, 255, 170)), code=u8(), msgbody=octets(20)),
        lambda: ICMPv6RPL(code=rnd.randrange(10))))()


def node_information():
    given = {"unused": rnd.randrange(1024), "flags": rnd.randrange(64), "nonce": b"12345678"}
    return IPv6() / rnd.choice((
        lambda: ICMPv6NIQueryNOOP(**given), lambda: ICMPv6NIQueryName(data=ip6(), **given),
        lambda: ICMPv6NIQueryIPv6(data="a.example", **given), lambda: ICMPv6NIQueryIPv4(data=ip4(), **given),
        lambda: ICMPv6NIReplyNOOP(**given), lambda: ICMPv6NIReplyName(data=["a.example"], **given),
        lambda: ICMPv6NIReplyIPv6(data=[(u32(), ip6())], **given),
        lambda: ICMPv6NIReplyIPv4(data=[(u32(), ip4())], **given),
        lambda: ICMPv6NIReplyRefuse(**given), lambda: ICMPv6NIReplyUnknown(**given)))()


# ---- segment routing: without Pad1, to which Scapy gives a length, and HMAC, whose size Scapy has wrong --------------

SEGMENT_TLVS = (lambda: IPv6ExtHdrSegmentRoutingTLVIngressNode(flags=u8(), ingress_node=ip6()),
                lambda: IPv6ExtHdrSegmentRoutingTLVEgressNode(reserved=u8(), egress_node=ip6()),
                lambda: IPv6ExtHdrSegmentRoutingTLVPadN(padding=bytes(rnd.randrange(1, 6))),
                lambda: IPv6ExtHdrSegmentRoutingTLV(type=rnd.choice((6, 200)), len=4, value=b"a\0b\xff"))


def segments():
    tlvs = some(lambda: rnd.choice(SEGMENT_TLVS)())
    over = sum(len(bytes(tlv)) for tlv in tlvs) % 8
    if over:
        tlvs.append(IPv6ExtHdrSegmentRoutingTLVPadN(padding=bytes((13 - over) % 8 + 1)))
    packet = IPv6(hlim=u8()) / IPv6ExtHdrSegmentRouting(
        segleft=u8(), protected=bit(), oam=bit(), alert=bit(), hmac=bit(), tag=u16(), addresses=some(ip6, 1),
        tlv_objects=tlvs)
    return packet / UDP(sport=1, dport=2) / load()


# ---- SCTP -----------------------------------------------------------------------------------------------------------

def fixed(size):
    return bytes(rnd.randrange(256) for _ in range(size))


def change(cls):
    return rnd.choice((lambda: cls(correlation_id=u32(), addr=ip4()),
                       lambda: cls(correlation_id=u32(), len=28, addr_type=6, addr_len=20, addr=ip6())))()


PARAMS = (lambda: SCTPChunkParamIPv4Addr(addr=ip4()), lambda: SCTPChunkParamIPv6Addr(addr=ip6()),
          lambda: SCTPChunkParamStateCookie(cookie=octets(20) + b"x"),
          lambda: SCTPChunkParamUnrocognizedParam(param=octets(20) + b"x"),
          lambda: SCTPChunkParamCookiePreservative(sug_cookie_inc=u32()),
          lambda: SCTPChunkParamHostname(hostname=b"a.example"), SCTPChunkParamECNCapable, SCTPChunkParamFwdTSN,
          lambda: SCTPChunkParamSupportedAddrTypes(addr_type_list=[rnd.choice((5, 6, 11, 99)) for _ in range(2)]),
          lambda: SCTPChunkParamRandom(random=fixed(32)),
          lambda: SCTPChunkParamChunkList(chunk_list=[u8() for _ in range(rnd.randrange(1, 6))]),
          lambda: SCTPChunkParamRequestedHMACFunctions(HMAC_functions_list=[1, 3, u16()]),
          lambda: SCTPChunkParamSupportedExtensions(supported_extensions=[0x80, 0xc1, u8()]),
          lambda: change(SCTPChunkParamAddIPAddr), lambda: change(SCTPChunkParamDelIPAddr),
          lambda: change(SCTPChunkParamSetPrimaryAddr),
          lambda: SCTPChunkParamSuccessIndication(correlation_id=u32()),
          lambda: SCTPChunkParamAdaptationLayer(indication=u32()))


def params():
    return [rnd.choice(PARAMS)() for _ in range(rnd.randrange(4))]


def init(cls):
    return cls(flags=u8(), init_tag=u32(), a_rwnd=u32(), n_out_streams=u16(), n_in_streams=u16(), init_tsn=u32(),
               params=params())


def sack():
    return SCTPChunkSACK(flags=u8(), cumul_tsn_ack=u32(), a_rwnd=u32(),
                         gap_ack_list=["%d:%d" % (u16(), u16()) for _ in range(rnd.randrange(3))],
                         dup_tsn_list=[u32() for _ in range(rnd.randrange(3))])


CHUNKS = (
    lambda: SCTPChunkData(reserved=rnd.randrange(16), delay_sack=bit(), unordered=bit(), beginning=bit(), ending=bit(),
                          tsn=u32(), stream_id=u16(), stream_seq=u16(), proto_id=rnd.choice((0, 18, 46, 51, u32())),
                          data=octets(20) + b"x"),
    lambda: init(SCTPChunkInit), lambda: init(SCTPChunkInitAck), sack,
    lambda: SCTPChunkHeartbeatReq(flags=u8(), params=[SCTPChunkParamHeartbeatInfo(data=octets(20) + b"x")]),
    lambda: SCTPChunkHeartbeatAck(params=[SCTPChunkParamHeartbeatInfo(data=octets(20) + b"x")]),
    lambda: SCTPChunkAbort(reserved=5, TCB=bit(), error_causes=octets(12)),
    lambda: SCTPChunkShutdown(flags=u8(), cumul_tsn_ack=u32()), SCTPChunkShutdownAck, SCTPChunkCookieAck,
    lambda: SCTPChunkError(flags=u8(), error_causes=octets(12)),
    lambda: SCTPChunkCookieEcho(flags=u8(), cookie=octets(12) + b"x"),
    lambda: SCTPChunkShutdownComplete(reserved=3, TCB=bit()),
    lambda: SCTPChunkAuthentication(flags=u8(), shared_key_id=u16(), HMAC_function=u16(), HMAC=fixed(20)),
    lambda: rnd.choice((SCTPChunkAddressConf, SCTPChunkAddressConfAck))(flags=u8(), seq=u32(), params=params()))


def sctp():
    packet = SCTP(sport=rnd.choice((5672, u16())), dport=u16(), tag=u32())
    for _ in range(rnd.randrange(4)):
        packet /= rnd.choice(CHUNKS)()
    outer = outside()
    return outer / packet


# ---- tunnels over UDP ------------------------------------------------------------------------------------------------

def over_udp(packet, number):
    return outside() / UDP(sport=u16() | 0xc000, dport=number) / packet


def vxlan():
    if rnd.random() < .4:
        protocol = rnd.choice((0, 1, 2, 3, 4))
        inner = {1: lambda: ipv4(3), 2: lambda: ipv6(3), 4: load}.get(protocol, ether)()
        packet = VXLAN(flags=0x0c | rnd.choice((0, 1, 0x32)), reserved0=u16(), NextProtocol=protocol, vni=u16(),
                       reserved2=u8())
        return over_udp(packet / inner, 4790)
    packet = VXLAN(flags=8 | rnd.choice((0, 0x80, 0x73)), reserved1=0, gpflags=u8(), gpid=u16(), vni=u16())
    return over_udp(packet / ether(), rnd.choice((4789, 8472, 6633)))


def geneve():
    """One option at most: Scapy takes a second one for what the first carries."""
    option = GeneveOptions(classid=rnd.choice((0x100, 0x102, u16())), type=u8(), reserved=rnd.randrange(8),
                           data=fixed(4 * rnd.randrange(1, 4)))
    packet = GENEVE(version=rnd.randrange(4), oam=bit(), critical=bit(), reserved=rnd.randrange(64), vni=u16(),
                    reserved2=u8(), options=[option] * bit())
    packet.optionlen = sum(len(bytes(o)) for o in packet.options) // 4       # Scapy masks it with 0x2f
    inner = rnd.choice((ether, lambda: ipv4(3), lambda: ipv6(3), load))()
    packet.proto = {Ether: 0x6558, IP: 0x800, IPv6: 0x86dd}.get(type(inner), 0x4242)
    return over_udp(packet / inner, 6081)


def session():
    """Those that need no padding: Scapy reads it behind the type of the next header."""
    if bit():
        return rnd.choice((lambda: GTPPDUSessionContainer(type=0, RQI=bit(), QFI=rnd.randrange(64), spareDl1=bit()),
                           lambda: GTPPDUSessionContainer(type=0, QMP=1, dlSendTime=u32(), QFI=rnd.randrange(64))))()
    return rnd.choice((
        lambda: GTPPDUSessionContainer(type=1, spareUl1=bit(), QFI=rnd.randrange(64)),
        lambda: GTPPDUSessionContainer(type=1, QMP=1, dlSendTimeRpt=u32(), dlRecvTime=u32(), ulSendTime=u32()),
        lambda: GTPPDUSessionContainer(type=1, dlDelayInd=1, dlDelayRslt=u32(), QFI=5),
        lambda: GTPPDUSessionContainer(type=1, ulDelayInd=1, ulDelayRslt=u32(), N3N9DelayInd=1, N3N9DelayRslt=u32())))()


KNOWN_PACKETS.append((lambda p: any(isinstance(l, (GTP_U_Header, GTPPDUSessionContainer)) and
                                    isinstance(l.payload, PPP) for l in layers_of(p)),
                      "RFC 791 3.1: a header may have 60 bytes; Scapy takes them for PPP"))


def gtp():
    given = {"reserved": bit(), "teid": u32(), "seq": u16(), "npdu": u8()}
    inner = rnd.choice((lambda: ipv4(3), lambda: ipv6(3)))
    packet = rnd.choice((
        lambda: GTP_U_Header(gtp_type=255, S=bit(), PN=bit(), next_ex=0, **given) / inner(),
        lambda: GTP_U_Header(gtp_type=255, E=1, S=bit(), next_ex=0x85, **given) / session() / inner(),
        lambda: GTP_U_Header(gtp_type=254, S=bit(), **given),
        lambda: GTP_U_Header(gtp_type=1, S=1, **given)))()
    return over_udp(packet, 2152)


def gtp_control():
    """Of types whose elements nobody reads."""
    return over_udp(GTPHeader(gtp_type=rnd.choice((3, 32, 53)), S=bit(), PN=bit(), reserved=bit(), teid=u32(),
                              seq=u16(), npdu=u8(), next_ex=0) / load(), 2123)


def wireguard():
    body = rnd.choice((
        lambda: WireguardInitiation(sender_index=u32(), unencrypted_ephemeral=fixed(32), encrypted_static=fixed(48),
                                    encrypted_timestamp=fixed(28), mac1=fixed(16), mac2=fixed(16)),
        lambda: WireguardResponse(sender_index=u32(), receiver_index=u32(), unencrypted_ephemeral=fixed(32),
                                  encrypted_nothing=fixed(16), mac1=fixed(16), mac2=fixed(16)),
        lambda: WireguardCookieReply(receiver_index=u32(), nonce=fixed(24), encrypted_cookie=fixed(32)),
        lambda: WireguardTransport(receiver_index=u32(), counter=u32() << rnd.choice((0, 31)),
                                   encrypted_encapsulated_packet=fixed(16 * rnd.randrange(1, 4)))))()
    return over_udp(Wireguard() / body, 51820)


def l2tp():
    packet = L2TP(hdr=rnd.choice((0, 0x400, 0x080, 0x480, 0x410)), tunnel_id=u16(), session_id=u16(), ns=u16(),
                  nr=u16())
    return over_udp(packet / ppp() if bit() else packet, 1701)


# ---- all of them -----------------------------------------------------------------------------------------------------

def outside():
    return rnd.choice((IP, lambda **ends: IPv6(hlim=u8())))(src=ip4(), dst=ip4())


MAKERS = [igmp, lambda: outside() / gre(), lambda: outside() / ipsec(), lambda: outside() / esp_in_udp(), vrrp, hsrp,
          ospf, ospf3, pim, eigrp, nd_more, mld, mobile,
          node_information, segments, sctp, vxlan, geneve, gtp, gtp_control, wireguard, l2tp]

if __name__ == "__main__":
    sys.exit(agree.main(((101, None, lambda: rnd.choice(MAKERS)(), 20),)))
