#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Checksums with -v: right ones have no mark, wrong ones say what Scapy, which made the packet, puts there.

usage: sums.py RINGTAP

Every kind is tried right, with one bit of the sum flipped, and that one cut; with loads of even and odd length.
tcpdump and tshark, where they are installed, must be of the same opinion."""
import logging
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

logging.getLogger("scapy").setLevel(logging.CRITICAL)
try:
    from scapy.all import (Dot1Q, Ether, GRE, HAO, ICMP, ICMPv6DestUnreach, ICMPv6EchoRequest,
                           ICMPv6MLQuery, ICMPv6MLReport2, ICMPv6MLDMultAddrRec, ICMPv6ND_NS, ICMPv6NDOptSrcLLAddr, IP,
                           IPOption_LSRR, IPOption_NOP, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment,
                           IPv6ExtHdrHopByHop, IPv6ExtHdrRouting, IPv6ExtHdrSegmentRouting, Raw, TCP, UDP, checksum,
                           fragment, raw, PadN)
    from scapy.contrib.cdp import CDPMsgDeviceID, CDPv2_HDR
    from scapy.contrib.eigrp import EIGRP, EIGRPParam
    from scapy.contrib.igmp import IGMP
    from scapy.contrib.igmpv3 import IGMPv3, IGMPv3mr, IGMPv3gr
    from scapy.contrib.ospf import (LLS_Extended_Options, OSPF_Hdr, OSPF_Hello, OSPF_LLS_Hdr, OSPF_LSUpd,
                                    OSPF_Network_LSA, OSPFv3_Hdr, OSPFv3_Hello, OSPFv3_LSUpd,
                                    OSPFv3_Network_LSA)
    from scapy.layers.inet6 import in6_chksum
    from scapy.layers.inet import in4_chksum
    from scapy.layers.l2 import Dot3, LLC, SNAP
    from scapy.layers.sctp import SCTP, SCTPChunkData
    from scapy.layers.vrrp import VRRP, VRRPv3
    from scapy.layers.vxlan import VXLAN
except ImportError as error:
    print("skipped: python3-scapy is not installed (%s)" % error)
    sys.exit(77)

ETHER = Ether(dst="02:00:00:00:00:02", src="02:00:00:00:00:01")
V4 = {"src": "10.1.2.3", "dst": "10.4.5.6"}
V6 = {"src": "2001:db8::1:2", "dst": "2001:db8::3:4"}


def load(size):
    return Raw(bytes((i * 37 + size * 11 + 1) & 0xff for i in range(size)))


def ip4(**more):
    return ETHER / IP(**V4, **more)


def ip6(**more):
    return ETHER / IPv6(**V6, **more)


def below(network, number):
    """The pseudo-header sum function of Scapy for a header that Scapy does not know."""
    if IPv6 in network:
        return lambda data: in6_chksum(number, network[IPv6], data)
    return lambda data: in4_chksum(number, network[IP], data)


def lite(network, size, coverage):
    """UDP-Lite, RFC 3828 3.1 to 3.2: the sum of the covered bytes and of a pseudo header with the whole length."""
    body = raw(load(size))
    packet = struct.pack(">HHHH", 5000, 5001, coverage, 0) + body
    covered = packet[:coverage] if coverage else packet
    return with_partial(network, 136, packet, covered, 6)


def dccp(network, size, cscov):
    """DCCP-Data with short sequence numbers, RFC 4340 9.1 and 9.2."""
    body = raw(load(size))
    packet = struct.pack(">HHBBHBB", 5000, 5001, 3, cscov, 0, 2 << 1, 0) + b"\x12\x34" + body
    covered = packet[:12 + (cscov - 1) * 4] if cscov else packet
    return with_partial(network, 33, packet, covered, 6)


def with_partial(network, number, packet, covered, place):
    """Scapy's function gives the pseudo header the length of what it sums: add the difference."""
    got = below(network, number)(covered) ^ 0xffff
    total = got + len(packet) - len(covered)
    total = (total & 0xffff) + (total >> 16) ^ 0xffff
    return packet[:place] + struct.pack(">H", total or 0xffff) + packet[place + 2:]


def pim(network, kind, body, size=None):
    """PIM, RFC 7761 4.9; Scapy sums a Register whole, which is only accepted."""
    packet = bytes([0x20 | kind, 0, 0, 0]) + body
    part = packet[:size]
    if IPv6 in network:
        total = in6_chksum(103, network[IPv6], part)
    else:
        total = checksum(part)
    return network / (packet[:2] + struct.pack(">H", total) + packet[4:])


REGISTER = b"\0\0\0\0" + raw(IP(**V4) / UDP(sport=1, dport=2) / load(5))

KINDS = []


def kind(name, layer, line, make, status, size=2, sizes=(0, 1, 2, 7, 8, 33)):
    """A layer begins at a byte, its sum of `size` bytes so many behind that; line None: only the right one is tried.
    make(n): the packet with a load of n bytes. status: what tshark calls its verdict."""
    KINDS.append((name, layer, line, make, status, size, sizes))


kind("IP", (14, 10), "chksum", lambda n: ip4() / load(n), "ip.checksum.status")
kind("IP with options", (14, 10), "chksum", lambda n: ip4(options=[IPOption_NOP()] * 3) / load(n), "ip.checksum.status")
kind("ICMP", (34, 2), "chksum", lambda n: ip4() / ICMP() / load(n), "icmp.checksum.status")
kind("ICMP error", (34, 2), "chksum", lambda n: ip4() / ICMP(type=3, code=3) / IP(chksum=1, **V4) / UDP(chksum=2) /
     load(n), "icmp.checksum.status")


def kinds_of(digit, at, over):
    """Over IPv4 and IPv6; over(number): the headers of a packet of that protocol."""
    def both(name, number, place, make, status, size=2, sizes=(0, 1, 2, 7, 8, 33)):
        kind("%s %s" % (name, digit), (at, place), "chksum", lambda n: make(over(number), n), status, size, sizes)
    both("TCP", 6, 16, lambda net, n: net / TCP(sport=4000, dport=4001, seq=77) / load(n), "tcp.checksum.status")
    both("UDP", 17, 6, lambda net, n: net / UDP(sport=4000, dport=4001) / load(n), "udp.checksum.status")
    both("SCTP", 132, 8, lambda net, n: net / SCTP(sport=4000, dport=4001) / SCTPChunkData(data=raw(load(n))),
         "sctp.checksum.status", 4)
    both("EIGRP", 88, 2, lambda net, n: net / EIGRP(tlvlist=[EIGRPParam()]), "eigrp.checksum.status", sizes=(0,))
    both("PIM", 103, 2, lambda net, n: pim(net, 0, b"\0\1\0\2\0\x69" + raw(load(n))), None, sizes=(0, 2))
    both("PIM Register", 103, 2, lambda net, n: pim(net, 1, REGISTER, 8), None, sizes=(0,))
    kind("PIM Register, whole " + digit, (at, 2), None, lambda n: pim(over(103), 1, REGISTER), None, sizes=(0,))
    both("VRRPv3", 112, 6, lambda net, n: net / VRRPv3(addrlist=["10.0.0.1" if digit == "4" else "fe80::1"]),
         "vrrp.checksum.status", sizes=(0,))
    for size, part in ((9, 0), (9, 8), (12, 13), (12, 20)):
        both("UDP-Lite %d of %d" % (part, size + 8), 136, 6, lambda net, n, size=size, part=part:
             net / lite(net, size, part), "udp.checksum.status", sizes=(0,))
    for size, part in ((9, 0), (9, 1), (12, 3), (16, 5)):
        both("DCCP %d of %d" % (part, size), 33, 6, lambda net, n, size=size, part=part: net / dccp(net, size, part),
             "dccp.checksum.status", sizes=(0,))


kinds_of("4", 34, lambda number: ip4(proto=number, ttl=255))
kinds_of("6", 54, lambda number: ip6(nh=number, hlim=255))
kind("VRRP", (34, 6), "chksum", lambda n: ip4(ttl=255) / VRRP(addrlist=["10.0.0.1", "10.0.0.2"]),
     "vrrp.checksum.status", sizes=(0,))
kind("VRRPv3 without pseudo header", (34, 6), None, lambda n: ip4(ttl=255, proto=112) / raw(
     VRRPv3(addrlist=["10.0.0.1"], chksum=checksum(raw(VRRPv3(addrlist=["10.0.0.1"], chksum=0))))), None, sizes=(0,))
kind("ICMPv6", (54, 2), "cksum", lambda n: ip6() / ICMPv6EchoRequest(data=raw(load(n))), "icmpv6.checksum.status")
kind("ICMPv6 ND", (54, 2), "cksum", lambda n: ip6() / ICMPv6ND_NS() / ICMPv6NDOptSrcLLAddr(), "icmpv6.checksum.status",
     sizes=(0,))
kind("ICMPv6 MLD", (54, 2), "cksum", lambda n: ip6() / ICMPv6MLQuery(), "icmpv6.checksum.status", sizes=(0,))
kind("ICMPv6 MLD2", (62, 2), "cksum", lambda n: ip6() / IPv6ExtHdrHopByHop(options=[PadN(optdata=b"\0\0\0\0")]) /
     ICMPv6MLReport2(records=[ICMPv6MLDMultAddrRec()]), "icmpv6.checksum.status", sizes=(0,))
kind("ICMPv6 error", (54, 2), "cksum", lambda n: ip6() / ICMPv6DestUnreach() / IPv6(**V6) / UDP(chksum=2) / load(n),
     "icmpv6.checksum.status")
kind("IGMP", (34, 2), "chksum", lambda n: ip4() / IGMP(type=0x16, gaddr="224.1.2.3"), "igmp.checksum.status",
     sizes=(0,))
kind("IGMPv3", (34, 2), "chksum", lambda n: ip4(proto=2) / IGMPv3(type=0x22) / IGMPv3mr(records=[
     IGMPv3gr(maddr="224.1.1.1")]), "igmp.checksum.status", sizes=(0,))
kind("OSPF", (34, 12), "chksum", lambda n: ip4() / OSPF_Hdr(authtype=1, authdata=0x1122334455667788) / OSPF_Hello(),
     None, sizes=(0,))
kind("OSPF LLS", (78, 0), "chksum", lambda n: ip4() / OSPF_Hdr() / OSPF_Hello(options=0x12) /
     OSPF_LLS_Hdr(llstlv=[LLS_Extended_Options()]), None, sizes=(0,))
kind("OSPF LSA", (62, 16), "chksum", lambda n: ip4() / OSPF_Hdr() / OSPF_LSUpd(lsalist=[
     OSPF_Network_LSA(routerlist=["1.1.1.1", "2.2.2.2"])]), "lsa", sizes=(0,))
kind("OSPF LSA with ff in its sum", (62, 16), "chksum", lambda n: next(packet for packet in (
     ip4() / OSPF_Hdr() / OSPF_LSUpd(lsalist=[OSPF_Network_LSA(seq=seq)]) for seq in range(1, 100000))
     if raw(packet)[78 + n] == 0xff), "lsa", sizes=(0, 1))
kind("OSPFv3", (54, 12), "chksum", lambda n: ip6() / OSPFv3_Hdr() / OSPFv3_Hello(), None, sizes=(0,))
kind("OSPFv3 LSA", (74, 16), "chksum", lambda n: ip6() / OSPFv3_Hdr() / OSPFv3_LSUpd(lsalist=[
     OSPFv3_Network_LSA(routerlist=["1.1.1.1", "2.2.2.2"])]), "lsa", sizes=(0,))
kind("GRE", (34, 4), "chksum", lambda n: ip4() / GRE(chksum_present=1, proto=0x0800) / IP(**V4) / load(n),
     "gre.checksum.status")
kind("GRE with a key", (34, 4), "chksum", lambda n: ip4() / GRE(chksum_present=1, key_present=1, key=7, proto=0x0800) /
     IP(**V4) / load(n), "gre.checksum.status")
kind("CDP", (22, 2), "cksum", lambda n: Dot3(dst="01:00:0c:cc:cc:cc", src="02:00:00:00:00:01") /
     LLC(dsap=0xaa, ssap=0xaa, ctrl=3) / SNAP(OUI=0x0c, code=0x2000) /
     CDPv2_HDR(msg=[CDPMsgDeviceID(val=b"r" * 2 + raw(load(n)))]),
     "cdp.checksum.status", sizes=(0, 1, 3, 4, 5, 6, 7))
kind("TCP behind a tag", (38, 16), "chksum", lambda n: ETHER / Dot1Q(vlan=5) / IP(**V4) / TCP() / load(n),
     "tcp.checksum.status")
kind("UDP in VXLAN", (84, 6), "chksum", lambda n: ip4() / UDP(sport=3000, dport=4789, chksum=0) / VXLAN(vni=7) / ip4() /
     UDP(sport=4000, dport=4001) / load(n), None)
kind("UDP, routed on", (94, 6), "chksum", lambda n: ip6() / IPv6ExtHdrRouting(addresses=["2001:db8::7", "2001:db8::8"],
     segleft=1) / UDP(sport=4000, dport=4001) / load(n), None)
kind("UDP, routed", (94, 6), "chksum", lambda n: ip6() / IPv6ExtHdrRouting(addresses=["2001:db8::7", "2001:db8::8"],
     segleft=0) / UDP(sport=4000, dport=4001) / load(n), "udp.checksum.status")
kind("UDP, segments left", (94, 6), "chksum", lambda n: ip6() / IPv6ExtHdrSegmentRouting(addresses=["2001:db8::7",
     "2001:db8::8"], segleft=1, lastentry=1) / UDP(sport=4000, dport=4001) / load(n), "udp.checksum.status")
kind("UDP from a home address", (78, 6), "chksum", lambda n: ip6() / IPv6ExtHdrDestOpt(options=[
     HAO(hoa="2001:db8::77")]) / UDP(sport=4000, dport=4001) / load(n), None)


def with_route(n):
    """RFC 1122 4.1.3.3; Scapy sums the next hop."""
    option = b"\x83\x0b\x04" + bytes([10, 7, 7, 7, 10, 8, 8, 8]) + b"\x01"
    body = raw(UDP(sport=4000, dport=4001, len=8 + n, chksum=0) / load(n))
    last = IP(src=V4["src"], dst="10.8.8.8")
    body = body[:6] + struct.pack(">H", in4_chksum(17, last, body)) + body[8:]
    return ip4(proto=17, options=[IPOption_LSRR(routers=["10.7.7.7", "10.8.8.8"]), IPOption_NOP()]) / body


kind("UDP, source route", (46, 6), "chksum", with_route, "udp.checksum.status")

# ---- packets of which nothing may be said, although sums are wrong -------------------------------------------------


def bad(packet, layer, field="chksum", value=0xabcd):
    """The packet with a wrong sum in it."""
    setattr(packet[layer], field, value)
    return raw(packet)


def partial(network, number, body, place):
    """As Linux leaves it to the network card: the sum of the pseudo header, not inverted."""
    total = below(network, number)(b"\0" * len(body)) ^ 0xffff
    return raw(network / (body[:place] + struct.pack(">H", total) + body[place + 2:]))


FRAGMENTS = fragment(IP(**V4) / UDP(sport=4000, dport=4001, chksum=0xabcd) / load(40), fragsize=24)
SILENT = [
    ("no sum over IPv4", raw(ip4() / UDP(sport=4000, dport=4001, chksum=0) / load(5))),
    ("no sum over IPv6, a tunnel", raw(ip6() / UDP(sport=3000, dport=4789, chksum=0) / VXLAN() / ip4() / load(5))),
    ("first fragment", raw(ETHER / FRAGMENTS[0])),
    ("second fragment", raw(ETHER / FRAGMENTS[1])),
    ("first fragment, IPv6", raw(ip6() / IPv6ExtHdrFragment(m=1, offset=0) /
                                 UDP(sport=4000, dport=4001, chksum=0xabcd) / load(8))),
    ("ICMP in a fragment", bad(ip4(flags="MF") / ICMP() / load(8), ICMP)),
    ("GRE without a sum", raw(ip4() / (b"\x40\0\x08\0" + b"\xab\xcd\0\0" + b"\0" * 4))),
    ("OSPF with a digest", raw(ip4() / OSPF_Hdr(authtype=2, chksum=0xabcd, authdatalen=16) / OSPF_Hello() / load(16))),
    ("SCTP without a sum", raw(ip4() / SCTP(chksum=0) / SCTPChunkData(data=b"hi"))),
    ("TCP, left to the card", partial(ip4(proto=6), 6, raw(TCP(chksum=0) / load(7)), 16)),
    ("UDP, left to the card", partial(ip6(nh=17), 17, raw(UDP(len=15, chksum=0) / load(7)), 6)),
    ("UDP, longer than IP", raw(ip4() / UDP(sport=4000, dport=4001, len=100, chksum=0xabcd) / load(5))),
    ("TCP, all ones for 0", None),
    ("IP, header too short", raw(ip4(ihl=4, chksum=0xabcd) / load(5))),
    ("routing of a type nobody knows", raw(ip6(nh=43) / (b"\x11\x02\x09\x01" + b"\0" * 20) /
                                           UDP(sport=1, dport=2, chksum=0xabcd))),
]

# ---- and others with exactly these marks -------------------------------------------------------------------------


def zero_tcp():
    """Bytes whose sum is 0: sent as 0 by TCP, and all ones are the same number."""
    packet = ip4() / TCP(sport=4000, dport=4001)
    first = raw(packet)
    got = struct.unpack(">H", first[50:52])[0]
    return first[:52] + struct.pack(">H", got) + first[54:]         # the urgent pointer takes the rest


def zero_udp(chksum=None):
    packet = ip4() / UDP(sport=4000, dport=4001, chksum=chksum) / load(0) / b"\0\0"
    got = struct.unpack(">H", raw(ip4() / UDP(sport=4000, dport=4001) / b"\0\0")[40:42])[0]
    return raw(packet)[:42] + struct.pack(">H", got)


ZERO_TCP = zero_tcp()
SILENT[[name for name, _ in SILENT].index("TCP, all ones for 0")] = (
    "TCP, all ones for 0", ZERO_TCP[:50] + b"\xff\xff" + ZERO_TCP[52:])
SILENT += [
    ("TCP whose sum is 0", ZERO_TCP[:50] + b"\0\0" + ZERO_TCP[52:]),
    ("UDP whose sum is 0, sent as ones", zero_udp(0xffff)),
]


def right_of(frame, at, size=2):
    return int.from_bytes(frame[at:at + size], "big")


def mark(value):
    return "(incorrect -> 0x%x)" % value


def gso(frame, length_at):
    return frame[:length_at] + b"\0\0" + frame[length_at + 2:]


BIG4 = gso(raw(ip4() / TCP(sport=4000, dport=4001) / load(41)), 16)
BIG4 = BIG4[:24] + struct.pack(">H", checksum(BIG4[14:24] + b"\0\0" + BIG4[26:34])) + BIG4[26:]
BIG6 = gso(raw(ip6() / TCP(sport=4000, dport=4001) / load(41)), 18)
HUGE6 = raw(ip6(plen=0) / TCP(sport=4000, dport=4001) / load(70001))
MARKED = [
    ("IPv6 without a length, 70 KB", HUGE6, []),
    ("IPv6 without a length, 70 KB, wrong", HUGE6[:70] + b"\xab\xcd" + HUGE6[72:], [mark(right_of(HUGE6, 70))]),
    ("no sum over IPv6", raw(ip6() / UDP(sport=4000, dport=4001, chksum=0) / load(5)),
     [mark(right_of(raw(ip6() / UDP(sport=4000, dport=4001) / load(5)), 60))]),
    ("UDP whose sum is 0, wrong", zero_udp(0x1234), [mark(0xffff)]),
    ("IPv4 without a length", BIG4, []),
    ("IPv4 without a length, wrong", BIG4[:50] + b"\xab\xcd" + BIG4[52:], [mark(right_of(BIG4, 50))]),
    ("IPv6 without a length", BIG6, []),
    ("IPv6 without a length, wrong", BIG6[:70] + b"\xab\xcd" + BIG6[72:], [mark(right_of(BIG6, 70))]),
    ("UDP and padding", raw(ip4() / UDP(sport=4000, dport=4001) / load(3)) + b"\x55" * 15, []),
    ("UDP and padding, wrong", raw(ip4() / UDP(sport=4000, dport=4001, chksum=0xabcd) / load(3)) + b"\x55" * 15,
     [mark(right_of(raw(ip4() / UDP(sport=4000, dport=4001) / load(3)), 40))]),
    ("two wrong sums", raw(ip4(chksum=0xabcd) / ICMP(chksum=0xabcd) / load(3)),
     [mark(right_of(raw(ip4() / ICMP() / load(3)), 24)), mark(right_of(raw(ip4() / ICMP() / load(3)), 36))]),
    ("whole datagram with a fragment header",
     raw(ip6() / IPv6ExtHdrFragment() / UDP(sport=4000, dport=4001, chksum=0xabcd) / load(8)),
     [mark(right_of(raw(ip6() / IPv6ExtHdrFragment() / UDP(sport=4000, dport=4001) / load(8)), 68))]),
]


def write_pcap(path, frames, link=1):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, link))
        for data, size in frames:
            out.write(struct.pack("<IIII", 1700000000, 0, len(data), size) + data)


def ask(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit("%s: %s" % (words, done.stderr.decode()))
    return done.stdout.decode("utf-8", "replace")


def shows(program, path, option):
    return re.split(r"\n\n(?=###\[)", ask(program, "-r", path, option, "-t"))


class Cases:
    def __init__(self):
        self.rows = []                  # (name, data, wire size, marks, tshark's field and verdict)
        self.failed = 0

    def add(self, name, data, marks, status=None, size=None):
        self.rows.append((name, data, size or len(data), marks, status))

    def check(self, is_right, name, *what):
        if not is_right:
            self.failed += 1
            if self.failed < 20:
                print("FAILED:", name, *what)


def flipped(frame, at):
    return frame[:at] + bytes([frame[at] ^ 0x40]) + frame[at + 1:]


def summed_again(frame):
    """With the sum of the header of OSPF, which covers that of a link state, made right."""
    packet = Ether(frame)
    packet[2].chksum = None
    return raw(packet)


def cases():
    out = Cases()
    for name, (header, behind), line, make, status, size, sizes in KINDS:
        at = header + behind
        for n in sizes:
            frame = raw(make(n))
            name_n = "%s, load %d" % (name, n)
            out.add(name_n, frame, [], status and (status, "1"))
            if not line:
                continue
            marks = [mark(right_of(frame, at, size))]
            wrong = flipped(frame, at)
            if status == "lsa":
                wrong = summed_again(wrong)
            out.add(name_n + ", wrong", wrong, marks, status and (status, "0"))
            if not name.startswith("IP"):
                out.add(name_n + ", cut", wrong[:-1], [], None, len(wrong))
    for name, data in SILENT:
        out.add(name, data, [])
    for name, data, marks in MARKED:
        out.add(name, data, marks)
    out.add("IPv6 without a length, cut", HUGE6[:1000], [], None, len(HUGE6))
    return out


def marks_of(show):
    return re.findall(r"^ *(?:\|  )?\w+ += 0x[0-9a-f]+ (\(incorrect -> 0x[0-9a-f]+\))$", show, re.M)


def compare_ours(program, path, all_cases):
    verbose, plain = shows(program, path, "-v"), shows(program, path, "--show")
    all_cases.check(len(verbose) == len(all_cases.rows), "%d packets" % len(verbose))
    for (name, data, _, marks, _), show, other in zip(all_cases.rows, verbose, plain):
        all_cases.check(marks_of(show) == marks and show.count("incorrect") == len(marks), name, marks, marks_of(show),
                        data[:200].hex())
        all_cases.check(re.sub(r" \(incorrect -> \w+\)", "", show) == other, name, "--show differs")


def compare_tcpdump(path, all_cases):
    """What it calls wrong is marked here, with the same value."""
    texts = [text for text in re.split(r"^(?=#\d+# )", re.sub(r"(?m)^(?= *\d+  )", "#1# ",
             ask("tcpdump", "-#nvvtr", path)), flags=re.M) if text.strip()]
    all_cases.check(len(texts) == len(all_cases.rows), "tcpdump: %d packets" % len(texts))
    judged = 0
    for (name, data, _, marks, _), text in zip(all_cases.rows, texts):
        theirs = re.findall(r"(?:incorrect|bad \w+ cksum 0x\w+|bad cksum \w+|wrong icmp6? cksum \w+) \(?-> ?"
                            r"(?:0x)?(\w+)", text)
        if not theirs or is_doubted(name):
            continue
        judged += 1
        ours = [int(re.search(r"0x(\w+)", one).group(1), 16) for one in marks]
        for value in theirs:
            all_cases.check(int(value, 16) in ours, name, "tcpdump:", text.strip(), ours)
    print("tcpdump: %d judged" % judged)
    all_cases.check(judged > 80, "tcpdump judged", judged)


def is_doubted(name):
    """Of these tcpdump has another opinion: it looks into quoted packets, knows neither network cards that sum nor home
    addresses nor sums that tunnels leave out, sums what there is of a datagram that should be longer, and takes the
    last address of a routing header that has no segments left."""
    return re.search(r"left to the card|home address|a tunnel|error|longer|routed", name)


def compare_tshark(path, all_cases):
    fields = sorted({status[0] for *_, status in all_cases.rows if status and status[0] != "lsa"})
    options = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
               "-o", "sctp.checksum:TRUE"]
    known = [field for field in fields if is_field(field)]
    words = [word for field in known for word in ("-e", field)]
    text = ask("tshark", "-r", path, "-T", "fields", *words, *options)
    lines = text.split("\n")[:-1]
    judged = 0
    for (name, data, _, marks, status), line in zip(all_cases.rows, lines):
        if not status or status[0] not in known:
            continue
        got = line.split("\t")[known.index(status[0])].split(",")[0]
        judged += got in ("0", "1", "Bad", "Good")
        all_cases.check(got in ("2", "Unverified", "") or got == status[1], name, "tshark:", status[0], got, data.hex())
    print("tshark: %d judged, by %s" % (judged, ", ".join(known)))
    all_cases.check(judged > 100, "tshark judged", judged)


def is_field(name):
    done = subprocess.run(["tshark", "-T", "fields", "-e", name, "-r", os.devnull], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    return b"aren't valid" not in done.stderr


def dot11_frame(body, fcs):
    radiotap = b"\0\0\x09\0\x02\0\0\0\x10"
    return radiotap + body + struct.pack("<I", fcs)


def compare_dot11(program, path, all_cases):
    """The frame check sequence of 802.11, zlib as the second source."""
    body = b"\x08\0\0\0" + b"\2" * 18 + b"\x10\0" + b"\xaa\xaa\x03\0\0\0\x08\x06" + b"hello"
    fcs = zlib.crc32(body)
    write_pcap(path, [(frame, len(frame)) for frame in (dot11_frame(body, fcs), dot11_frame(body, fcs ^ 1))], 127)
    verbose = shows(program, path, "-v")
    all_cases.check([marks_of(show) for show in verbose] == [[], [mark(fcs)]], "802.11", verbose)


def main():
    program, all_cases = sys.argv[1], cases()
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        write_pcap(file.name, [row[1:3] for row in all_cases.rows])
        compare_ours(program, file.name, all_cases)
        if shutil.which("tcpdump"):
            compare_tcpdump(file.name, all_cases)
        if shutil.which("tshark"):
            compare_tshark(file.name, all_cases)
        compare_dot11(program, file.name, all_cases)
    print("%d packets, %d failed" % (len(all_cases.rows), all_cases.failed))
    return all_cases.failed != 0


if __name__ == "__main__":
    sys.exit(main())
