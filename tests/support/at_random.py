# SPDX-License-Identifier: MIT
"""Packets made at random by Scapy, for tests that compare with it.

`LINKS` has a row for each link type: its number, Scapy's class, a maker, and its share of 20. Every maker draws from
`rnd`, so that one seed gives the same packets. Values at the ends of their range are drawn more often than others."""
import random
import struct

from scapy.all import (ARP, DNS, DNSQR, DNSRR, DNSRROPT, Dot1AD, Dot1Q, Ether, HAO, HBHOptUnknown, ICMP,
                       ICMPv6DestUnreach, ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA,
                       ICMPv6ND_Redirect, ICMPv6ND_RS, ICMPv6NDOptAdvInterval, ICMPv6NDOptDstLLAddr,
                       ICMPv6NDOptHAInfo, ICMPv6NDOptMTU, ICMPv6NDOptPrefixInfo, ICMPv6NDOptRDNSS,
                       ICMPv6NDOptSrcLLAddr, ICMPv6PacketTooBig, ICMPv6ParamProblem, ICMPv6TimeExceeded, IP, IPOption,
                       IPOption_LSRR, IPOption_MTU_Probe, IPOption_NOP, IPOption_RR, IPOption_Router_Alert,
                       IPOption_SDBM, IPOption_Security, IPOption_SSRR, IPOption_Stream_Id, IPOption_Timestamp,
                       IPOption_Traceroute, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop,
                       IPv6ExtHdrRouting, Jumbo, Pad1, Padding, PadN, Raw, RouterAlert, TCP, UDP)
from scapy.layers.dns import DNSRRMX, DNSRRSOA, DNSRRSRV, EDNS0TLV
from scapy.layers.l2 import CookedLinux, CookedLinuxV2

rnd = random.Random()


# ---- values ----------------------------------------------------------------------------------------------

def octets(most):
    return bytes(rnd.randrange(256) for _ in range(rnd.randrange(most + 1)))


def ip4():
    return "%d.%d.%d.%d" % tuple(rnd.choice((0, 1, 10, 127, 192, 224, 255, rnd.randrange(256))) for _ in range(4))


def ip6():
    if rnd.random() < .05:
        return "::ffff:" + ip4()
    groups = [rnd.choice((0, 0, 0, 1, 0xfe80, 0x2001, 0xff02, rnd.randrange(65536))) for _ in range(8)]
    return ":".join("%x" % g for g in groups)


def mac():
    return ":".join("%02x" % rnd.choice((0, 255, rnd.randrange(256))) for _ in range(6))


def u8():
    return rnd.choice((0, 1, 255, rnd.randrange(256)))


def u16():
    return rnd.choice((0, 1, 255, 256, 65535, rnd.randrange(65536)))


def u32():
    return rnd.choice((0, 1, 2 ** 32 - 1, rnd.randrange(2 ** 32)))


def load():
    kind = rnd.randrange(5)
    if kind == 0:
        return b""
    if kind == 1:
        return bytes(rnd.randrange(32, 127) for _ in range(rnd.randrange(1, 40)))
    if kind == 2:
        return octets(40)
    if kind == 3:           # what quoting must get right: quotes of one kind, of both, control bytes
        return bytes(rnd.choice(b"'\"\\\n\r\t\0\x1b\x7f\x80a") for _ in range(rnd.randrange(1, 8)))
    return "na\u00efve \u2713 caf\u00e9\t\u202e\U0001f600\u00a0'\"\\".encode()


def text(most=20):
    return bytes(rnd.randrange(33, 127) for _ in range(rnd.randrange(1, most)))


def port():
    return rnd.choice((20, 22, 80, 443, 8006, 43948, rnd.randrange(1, 49), rnd.randrange(10000, 65536)))


# ---- DNS: messages are put together by hand, so that names can be compressed in every way ---------------------

def label():
    if rnd.random() < .04:
        return bytes(rnd.choice(b"'\"\\\n\x1b\0\xff\xc3\xa9 a") for _ in range(rnd.randrange(1, 6)))
    return "".join(rnd.choice("abcxyzABC019-_") for _ in range(rnd.choice((1, 2, 7, 12, 63)))).encode()


class Message:
    """Bytes of a DNS message that grow at their end."""

    def __init__(self):
        self.data = bytearray(12)
        self.places = {}            # where labels begin: bytes of the name from there on

    def name(self):
        """Labels, then the end or a pointer to an earlier name, 255 bytes at the most (RFC 1035 3.1)."""
        if rnd.random() < .05:
            self.data += b"\0"
            return
        labels = [label() for _ in range(rnd.randrange(1, 4))]
        size = sum(len(part) + 1 for part in labels)
        earlier = [at for at, rest in self.places.items() if size + rest <= 255]
        target = rnd.choice(earlier) if earlier and rnd.random() < .6 else None
        size += self.places[target] if target else 1
        for part in labels:
            self.places[len(self.data)] = size
            size -= len(part) + 1
            self.data += bytes((len(part),)) + part
        self.data += struct.pack("!H", 0xc000 | target) if target else b"\0"

    def question(self):
        self.name()
        self.data += struct.pack("!HH", rnd.choice((1, 2, 5, 6, 12, 15, 16, 28, 33, 65, 255, 4242)),
                                 rnd.choice((1, 1, 1, 3, 255, 254, 0x8001)))

    def record(self):
        kind = rnd.choice(("A", "AAAA", "CNAME", "NS", "PTR", "MX", "SOA", "SRV", "TXT", "OPT", "odd"))
        if kind == "OPT":
            return self.option_record()
        number = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33}
        self.name()
        self.data += struct.pack("!HHIH", number.get(kind) or rnd.choice((13, 29, 35, 99, 257, 65280)),
                                 rnd.choice((1, 1, 3, 0x8001)), u32() >> 1, 0)
        at = len(self.data)
        getattr(self, "data_" + kind.lower())()
        struct.pack_into("!H", self.data, at - 2, len(self.data) - at)

    def data_a(self):
        self.data += bytes(rnd.randrange(256) for _ in range(4))

    def data_aaaa(self):
        self.data += bytes(rnd.choice((0, rnd.randrange(256))) for _ in range(16))

    def data_cname(self):
        self.name()
    data_ns = data_ptr = data_cname

    def data_mx(self):
        self.data += struct.pack("!H", u16())
        self.name()

    def data_soa(self):
        self.name()
        self.name()
        self.data += struct.pack("!5I", *(u32() for _ in range(5)))

    def data_srv(self):
        self.data += struct.pack("!3H", u16(), u16(), u16())
        self.name()

    def data_txt(self):
        for _ in range(rnd.randrange(1, 4)):
            text = load()[:255]
            self.data += bytes((len(text),)) + text

    def data_odd(self):
        self.data += octets(20) or b"x"

    def option_record(self):
        options = b"".join(bytes(EDNS0TLV(optcode=rnd.choice((3, 5, 9, 10, 12, 65001)), optdata=octets(12)))
                           for _ in range(rnd.randrange(3)))
        self.data += b"\0" + struct.pack("!HHBBHH", 41, rnd.choice((512, 1232, 4096)), u8(), rnd.randrange(2),
                                         rnd.choice((0, 0x8000)), len(options)) + options


def dns_bytes():
    message = Message()
    counts = (rnd.choice((1, 1, 1, 1, 0, 2)), rnd.randrange(4), rnd.randrange(2), rnd.randrange(3))
    struct.pack_into("!6H", message.data, 0, u16(), rnd.randrange(65536), *counts)
    for _ in range(counts[0]):
        message.question()
    for _ in range(sum(counts[1:])):
        message.record()
    return bytes(message.data)


def dns_by_scapy():
    """As Scapy itself writes messages: every record class once in a while, nothing compressed."""
    records = [DNSRR(rrname="a.example", type="A", rdata=ip4(), ttl=u32() >> 1), DNSRROPT(rclass=1232),
               DNSRRMX(rrname="b.example", type="MX", exchange="mx.example", preference=u16()),
               DNSRRSOA(rrname="example", type="SOA", mname="ns.example", rname="root.example", serial=u32()),
               DNSRRSRV(rrname="_s._tcp.example", type="SRV", target="t.example", port=u16()),
               DNSRR(rrname="c.example", type="TXT", rdata=[b"one", b"two"])]
    return DNS(id=u16(), qr=1, rd=rnd.randrange(2), qd=DNSQR(qname="a.example", qtype="A"), an=rnd.choice(records))


def dns():
    return Raw(dns_bytes()) if rnd.random() < .8 else dns_by_scapy()


# ---- transport -----------------------------------------------------------------------------------------------------

TCP_OPTIONS = (lambda: ("MSS", u16()), lambda: ("NOP", None), lambda: ("WScale", u8()), lambda: ("SAckOK", b""),
               lambda: ("Timestamp", (u32(), u32())), lambda: ("SAck", (u32(), u32())),
               lambda: ("SAck", tuple(u32() for _ in range(4))), lambda: ("AltChkSum", (u8(), u16())),
               lambda: ("UTO", u16()), lambda: ("MD5", bytes(rnd.randrange(256) for _ in range(16))),
               lambda: ("TFO", (u32(), u32())), lambda: ("AO", bytes((u8(), u8())) + octets(11) + b"m"), lambda: (rnd.choice((40, 100, 200)), octets(8)))


def tcp():
    options = [make() for make in TCP_OPTIONS if rnd.random() < .15]
    while len(bytes(TCP(options=options))) > 60:
        options.pop()
    return TCP(sport=port(), dport=port(), seq=u32(), ack=u32(), flags=rnd.randrange(512), window=u16(),
               reserved=rnd.randrange(8), urgptr=u16(), options=options)


def tcp_payload():
    if rnd.random() < .1:
        ports = [53, port()]
        rnd.shuffle(ports)
        message = dns_bytes()
        return TCP(sport=ports[0], dport=ports[1], flags="PA") / Raw(struct.pack("!H", len(message)) + message)
    return tcp() / Raw(load())


def udp():
    if rnd.random() < .5:
        ports = [rnd.choice((53, 53, 5353)), port()]
        rnd.shuffle(ports)
        return UDP(sport=ports[0], dport=ports[1]) / dns()
    return UDP(sport=port(), dport=port()) / Raw(load())


def under(transport, sport, dport):
    return IP(src=ip4(), dst=ip4(), id=u16()) / transport(sport=sport, dport=dport)


# ---- ICMP ----------------------------------------------------------------------------------------------------------

ERRORS = (3, 4, 5, 11, 12)


def icmp():
    kind = rnd.choice(ERRORS + (0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 30, 37, 38, 40, rnd.randrange(256)))
    code = rnd.choice((0, 1, 2, 3, 4, rnd.randrange(20), u8()))
    if kind in ERRORS:
        return ICMP(type=kind, code=code, reserved=0, length=rnd.choice((0, 0, 5, 255)), nexthopmtu=u16(),
                    gw=ip4(), ptr=u8()) / culprit()
    return ICMP(type=kind, code=code, id=u16(), seq=u16(), ts_ori=rnd.randrange(86400000), addr_mask=ip4(),
                ts_rx=rnd.randrange(86400000), ts_tx=rnd.randrange(86400000)) / Raw(load())


def culprit():
    """The packet that caused an error, whole or cut after 8 bytes of its payload (RFC 792)."""
    packet = IP(src=ip4(), dst=ip4(), ttl=u8(), id=u16(), flags=rnd.randrange(8), options=ip_options())
    packet /= rnd.choice((tcp, udp_data, ICMP, lambda: Raw(b"12345678")))()
    data = bytes(packet)
    return Raw(data[:packet.ihl or 4 * (data[0] & 15)] + data[4 * (data[0] & 15):][:rnd.choice((8, 100))])


def udp_data():
    return UDP(sport=port(), dport=port()) / Raw(load())


# ---- IPv4 ------------------------------------------------------------------------------------------------------------

def routers():
    return [ip4() for _ in range(rnd.randrange(1, 4))]


IP_OPTIONS = (lambda: IPOption_RR(routers=routers()), lambda: IPOption_LSRR(routers=routers()),
              lambda: IPOption_SSRR(routers=routers()), IPOption_NOP,
              lambda: IPOption_Router_Alert(alert=rnd.choice((0, u16()))),
              lambda: IPOption_Timestamp(flg=0, timestamp=u32()),
              lambda: IPOption_Timestamp(flg=rnd.choice((1, 3)), internet_address=ip4(), timestamp=u32(), oflw=3),
              lambda: IPOption_MTU_Probe(mtu=u16()), lambda: IPOption_Stream_Id(security=u16()),
              lambda: IPOption_Traceroute(id=u16(), outbound_hops=u16(), originator_ip=ip4()),
              lambda: IPOption_Security(security=u16(), compartment=u16(), transmission_control_code=b"a\0c"),
              lambda: IPOption_SDBM(addresses=routers()),
              lambda: IPOption(copy_flag=1, optclass=rnd.choice((0, 1, 2, 3)), option=rnd.choice((24, 25, 30)),
                               value=octets(4)))


def ip_options():
    options = [make() for make in IP_OPTIONS if rnd.random() < .06]
    while len(b"".join(bytes(o) for o in options)) > 40:
        options.pop()
    return options


def ipv4(deep=0):
    packet = IP(src=ip4(), dst=ip4(), ttl=u8(), tos=u8(), id=u16(), flags=rnd.randrange(8),
                frag=rnd.choice((0, 0, 0, 0, 0, rnd.randrange(8192))), options=ip_options())
    kind = rnd.randrange(10)
    if kind < 4:
        return packet / tcp_payload()
    if kind < 7:
        return packet / udp()
    if kind < 9:
        return packet / icmp()
    if deep < 3 and rnd.random() < .5:
        return packet / rnd.choice((ipv4, ipv6))(deep + 1)
    packet.proto = rnd.choice((255, 200, 253, 12, 22, 142))     # with a name and without, none of them a layer
    return packet / Raw(load())


# ---- IPv6 ---------------------------------------------------------------------------------------------------------------

ND_OPTIONS = (lambda: ICMPv6NDOptSrcLLAddr(lladdr=mac()), lambda: ICMPv6NDOptDstLLAddr(lladdr=mac()),
              lambda: ICMPv6NDOptMTU(mtu=u32(), res=u16()),
              lambda: ICMPv6NDOptPrefixInfo(prefix=ip6(), prefixlen=u8(), L=rnd.randrange(2), A=rnd.randrange(2),
                                            R=rnd.randrange(2), validlifetime=u32(), preferredlifetime=u32()),
              lambda: ICMPv6NDOptAdvInterval(advint=u32()), lambda: ICMPv6NDOptHAInfo(pref=u16(), lifetime=u16()),
              lambda: ICMPv6NDOptRDNSS(lifetime=u32(), res=0, dns=[ip6() for _ in range(rnd.randrange(1, 4))]),
              lambda: Raw(bytes((rnd.choice((15, 38, 253)), 1)) + b"nobody"))


def nd():
    packet = rnd.choice((
        lambda: ICMPv6ND_NS(tgt=ip6(), res=u32()), lambda: ICMPv6ND_RS(res=u32()),
        lambda: ICMPv6ND_NA(tgt=ip6(), R=rnd.randrange(2), S=rnd.randrange(2), O=rnd.randrange(2)),
        lambda: ICMPv6ND_RA(chlim=u8(), routerlifetime=u16(), M=rnd.randrange(2), O=rnd.randrange(2),
                            H=rnd.randrange(2), prf=rnd.randrange(4), reachabletime=u32(), retranstimer=u32()),
        lambda: ICMPv6ND_Redirect(tgt=ip6(), dst=ip6())))()
    for make in ND_OPTIONS:
        if rnd.random() < .25:
            packet /= make()
    return packet


def icmp6_error():
    packet = rnd.choice((lambda: ICMPv6DestUnreach(code=rnd.randrange(9), length=u8()),
                         lambda: ICMPv6PacketTooBig(mtu=u32()),
                         lambda: ICMPv6TimeExceeded(code=rnd.randrange(4)),
                         lambda: ICMPv6ParamProblem(code=rnd.randrange(5), ptr=u32())))()
    inner = IPv6(src=ip6(), dst=ip6(), hlim=u8())
    if rnd.random() < .2:
        inner /= IPv6ExtHdrFragment(id=u32(), m=rnd.randrange(2))
    inner /= rnd.choice((tcp, udp_data, lambda: ICMPv6EchoRequest(id=u16(), seq=u16(), data=b"x")))()
    return packet / Raw(bytes(inner))


HOP_OPTIONS = (lambda: RouterAlert(value=rnd.choice((0, 1, 2, 68, 69, 65535, u16()))), Pad1,
               lambda: PadN(optdata=bytes(rnd.randrange(6))), lambda: Jumbo(jumboplen=u32()),
               lambda: HAO(hoa=ip6()), lambda: HBHOptUnknown(otype=rnd.choice((0x1e, 0x3e, 0x8a, 0xfe)),
                                                             optdata=octets(9)))


def hop_options():
    return [make() for make in HOP_OPTIONS if rnd.random() < .3]


def ipv6(deep=0):
    packet = IPv6(src=ip6(), dst=ip6(), hlim=u8(), tc=u8(), fl=rnd.randrange(2 ** 20))
    if rnd.random() < .2:
        packet /= IPv6ExtHdrHopByHop(options=hop_options())
    if rnd.random() < .15:
        packet /= IPv6ExtHdrDestOpt(options=hop_options())
    if rnd.random() < .1:
        packet /= IPv6ExtHdrRouting(type=rnd.choice((0, 2, 253)), segleft=u8(), reserved=u32(),
                                    addresses=[ip6() for _ in range(rnd.randrange(4))])
    if rnd.random() < .15:
        packet /= IPv6ExtHdrFragment(id=u32(), offset=rnd.choice((0, rnd.randrange(8192))), m=rnd.randrange(2),
                                     res1=u8(), res2=rnd.randrange(4))
    kind = rnd.randrange(10)
    if kind < 3:
        return packet / tcp_payload()
    if kind < 5:
        return packet / udp()
    if kind == 5:
        return packet / rnd.choice((ICMPv6EchoRequest, ICMPv6EchoReply))(id=u16(), seq=u16(), data=load())
    if kind == 6:
        return packet / icmp6_error()
    if kind == 7 and deep < 3:
        return packet / rnd.choice((ipv4, ipv6))(deep + 1)
    if kind == 8:           # no next header, or one that nobody knows
        last = packet.lastlayer()
        last.nh = rnd.choice((59, 253, 142, 200))
        return packet / Raw(load())
    return packet / nd()


# ---- links ------------------------------------------------------------------------------------------------------------------

def arp():
    if rnd.random() < .1:           # other sizes of address: bytes
        sizes = rnd.choice((0, 1, 6, 8)), rnd.choice((0, 2, 4, 16))
        return Raw(struct.pack("!HHBBH", rnd.choice((1, 6, 32)), rnd.choice((0x800, 0x86dd, 0x809b)), *sizes, u8()) +
                   bytes(rnd.randrange(256) for _ in range(2 * sum(sizes))))
    return ARP(hwtype=rnd.choice((1, 1, 6, 99)), op=rnd.randrange(0, 11), hwsrc=mac(), hwdst=mac(), psrc=ip4(),
               pdst=ip4())


def ether():
    packet = Ether(src=mac(), dst=mac())
    for _ in range(rnd.choice((0, 0, 0, 1, 2, 3))):
        packet /= rnd.choice((Dot1Q, Dot1AD))(vlan=rnd.choice((0, 4095, rnd.randrange(4096))), prio=rnd.randrange(8),
                                              id=rnd.randrange(2))
    inner = rnd.choice((ipv4, ipv4, ipv4, ipv6, ipv6, arp))()
    if isinstance(inner, Raw):
        packet.lastlayer().type = 0x806
    if rnd.random() < .05:
        packet.lastlayer().type = rnd.choice((0x8906, 0x88b5, 0xffff, 0x600, 0x9000))
        inner = Raw(load() if packet.lastlayer().type != 0x8906 else b"")
    packet /= inner
    return packet / Padding(rnd.choice((b"\0", b"\x55")) * rnd.randrange(1, 30)) if rnd.random() < .15 else packet


def sender():
    size = rnd.choice((0, 6, 6, 6, 8))
    return size, bytes(rnd.choice((0, 255, rnd.randrange(256))) for _ in range(size)).ljust(8, b"\0")


def cooked():
    size, address = sender()
    inner = rnd.choice((ipv4, ipv6, arp))()
    packet = CookedLinux(pkttype=rnd.randrange(6), lladdrtype=u16(), lladdrlen=size, src=address)
    if isinstance(inner, (Raw, ARP)):
        packet.proto = 0x806
    return packet / inner


def cooked2():
    size, address = sender()
    inner = rnd.choice((ipv4, ipv6, arp))()
    number = 0x800 if isinstance(inner, IP) else 0x86dd if isinstance(inner, IPv6) else 0x806
    return CookedLinuxV2(proto=number, reserved=u16(), ifindex=u32(), lladdrtype=u16(), pkttype=rnd.randrange(6),
                         lladdrlen=size, src=address) / inner


LINKS = ((1, Ether, ether, 14), (101, None, lambda: rnd.choice((ipv4, ipv6))(), 2), (113, CookedLinux, cooked, 2),
         (276, CookedLinuxV2, cooked2, 2))
