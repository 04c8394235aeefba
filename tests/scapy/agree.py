#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second source: packets made at random by Scapy must read the same in ringtap.

usage: agree.py RINGTAP [PACKETS [SEED]]

Compares summary(), show() and every field of --json with what Scapy says of the same bytes. Differences
where Scapy is mistaken are rules in KNOWN, each with its RFC; everything else is a failure."""
import json
import logging
import random
import re
import struct
import subprocess
import sys
import tempfile

logging.getLogger("scapy").setLevel(logging.CRITICAL)
try:
    from scapy.all import (ARP, DNS, DNSQR, DNSRR, DNSRROPT, Dot1AD, Dot1Q, Ether, ICMP, ICMPv6EchoReply,
                           ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS,
                           ICMPv6NDOptDstLLAddr, ICMPv6NDOptMTU, ICMPv6NDOptPrefixInfo, ICMPv6NDOptSrcLLAddr, IP,
                           IPerror, IPOption_NOP, IPOption_RR, IPOption_Router_Alert, IPOption_Timestamp, IPv6,
                           IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting, Padding,
                           PadN, Raw, RouterAlert, TCP, TCPerror, UDP, UDPerror, conf, raw)
    from scapy.layers.l2 import CookedLinux, CookedLinuxV2
    from scapy.fields import ConditionalField, FlagValue, MACField, MultipleTypeField
    from scapy.packet import NoPayload, Packet
except ImportError:
    print("skipped: python3-scapy is not installed")
    sys.exit(77)

conf.debug_dissector = False
conf.color_theme = None
rnd = random.Random()


# ---- packets at random ---------------------------------------------------------------------------------

def ip4():
    return "%d.%d.%d.%d" % tuple(rnd.choice((0, 1, 10, 127, 192, 224, 255, rnd.randrange(256))) for _ in range(4))


def ip6():
    groups = [rnd.choice((0, 0, 0, 1, 0xfe80, 0x2001, rnd.randrange(65536))) for _ in range(8)]
    return ":".join("%x" % g for g in groups)


def mac():
    return ":".join("%02x" % rnd.randrange(256) for _ in range(6))


def u16():
    return rnd.choice((0, 1, 255, 256, 65535, rnd.randrange(65536)))


def u32():
    return rnd.choice((0, 1, 2 ** 32 - 1, rnd.randrange(2 ** 32)))


def load():
    kind = rnd.randrange(4)
    if kind == 0:
        return b""
    if kind == 1:
        return bytes(rnd.randrange(32, 127) for _ in range(rnd.randrange(1, 40)))
    if kind == 2:
        return bytes(rnd.randrange(256) for _ in range(rnd.randrange(1, 40)))
    return "na\u00efve \u2713 caf\u00e9\t'\"\\".encode()


def name():
    return ".".join("".join(rnd.choice("abcxyz019-") for _ in range(rnd.randrange(1, 12)))
                    for _ in range(rnd.randrange(1, 5)))


def port():
    return rnd.choice((20, 22, 80, 443, 8006, 43948, rnd.randrange(10000, 65536)))


def tcp():
    options = [o for o in (("MSS", u16()), ("NOP", None), ("WScale", rnd.randrange(256)), ("SAckOK", b""),
                           ("Timestamp", (u32(), u32())), ("SAck", (u32(), u32())),
                           ("AltChkSum", (rnd.randrange(256), u16())), ("UTO", u16())) if rnd.random() < .25]
    return TCP(sport=port(), dport=port(), seq=u32(), ack=u32(), flags=rnd.randrange(512), window=u16(),
               reserved=rnd.randrange(8), urgptr=u16(), options=options)


def rr():
    kind = rnd.randrange(5)
    ttl = rnd.randrange(2 ** 31)
    if kind == 0:
        return DNSRR(rrname=name(), type="A", rdata=ip4(), ttl=ttl)
    if kind == 1:
        return DNSRR(rrname=name(), type="AAAA", rdata=ip6(), ttl=ttl)
    if kind == 2:
        return DNSRR(rrname=name(), type=rnd.choice(("CNAME", "NS", "PTR")), rdata=name(), ttl=ttl)
    if kind == 3:
        return DNSRR(rrname=name(), type="TXT", rdata=[b"text one", b"two"], ttl=ttl)
    return DNSRROPT(rclass=rnd.randrange(512, 4097))


def records(many):
    out = None
    for _ in range(many):
        out = rr() if out is None else out / rr()
    return out


def dns():
    answers = rnd.randrange(4)
    return DNS(id=u16(), qr=rnd.randrange(2), opcode=rnd.choice((0, 1, 2, 5)), aa=rnd.randrange(2),
               tc=rnd.randrange(2), rd=rnd.randrange(2), ra=rnd.randrange(2), rcode=rnd.randrange(6),
               qd=DNSQR(qname=name(), qtype=rnd.choice(("A", "AAAA", "MX", "TXT", "ANY", 4242))),
               an=records(answers), ar=records(rnd.randrange(2)))


def udp():
    if rnd.random() < .4:
        ports = [53, port()]
        rnd.shuffle(ports)
        return UDP(sport=ports[0], dport=ports[1]) / dns()
    return UDP(sport=port(), dport=port()) / Raw(load())


def icmp():
    kind = rnd.choice((0, 3, 4, 5, 8, 11, 12, 13, 14, 15, 16, 17, 18))
    code = rnd.choice((0, 0, 1, 2, 3, 4, 13))
    if kind in (3, 4, 5, 11, 12):
        inner = IPerror(src=ip4(), dst=ip4(), ttl=rnd.randrange(256), id=u16())
        inner /= rnd.choice((TCPerror(sport=port(), dport=port(), seq=u32()), UDPerror(sport=port(), dport=port())))
        return ICMP(type=kind, code=code) / inner
    if kind in (13, 14):
        return ICMP(type=kind, code=code, id=u16(), seq=u16(), ts_ori=rnd.randrange(86400000),
                    ts_rx=rnd.randrange(86400000), ts_tx=rnd.randrange(86400000))
    return ICMP(type=kind, code=code, id=u16(), seq=u16()) / Raw(load())


def ip_options():
    return [o for o in (IPOption_RR(routers=[ip4(), ip4()]), IPOption_NOP(), IPOption_Router_Alert(),
                        IPOption_Timestamp()) if rnd.random() < .15]


def ipv4():
    packet = IP(src=ip4(), dst=ip4(), ttl=rnd.randrange(256), tos=rnd.randrange(256), id=u16(),
                flags=rnd.randrange(8), frag=rnd.choice((0, 0, 0, 0, rnd.randrange(8192))), options=ip_options())
    kind = rnd.randrange(8)
    if kind < 3:
        return packet / tcp() / Raw(load())
    if kind < 5:
        return packet / udp()
    if kind < 7:
        return packet / icmp()
    packet.proto = rnd.choice((4, 41, 255, 200, 2))
    return packet / Raw(load()) if packet.proto != 4 else packet / IP(src=ip4(), dst=ip4()) / udp()


def nd():
    options = [ICMPv6NDOptSrcLLAddr(lladdr=mac()), ICMPv6NDOptDstLLAddr(lladdr=mac()),
               ICMPv6NDOptMTU(mtu=u32()), ICMPv6NDOptPrefixInfo(prefix=ip6(), prefixlen=rnd.randrange(129))]
    packet = rnd.choice((ICMPv6ND_NS(tgt=ip6()), ICMPv6ND_NA(tgt=ip6(), R=rnd.randrange(2), S=rnd.randrange(2)),
                         ICMPv6ND_RS(), ICMPv6ND_RA(chlim=rnd.randrange(256), routerlifetime=u16())))
    for option in options:
        if rnd.random() < .3:
            packet /= option
    return packet


def ipv6():
    packet = IPv6(src=ip6(), dst=ip6(), hlim=rnd.randrange(256), tc=rnd.randrange(256), fl=rnd.randrange(2 ** 20))
    if rnd.random() < .2:
        packet /= IPv6ExtHdrHopByHop(options=[RouterAlert(value=rnd.randrange(3))])
    if rnd.random() < .15:
        packet /= IPv6ExtHdrDestOpt(options=[PadN(optdata=b"\0" * 4)])
    if rnd.random() < .1:
        packet /= IPv6ExtHdrRouting(addresses=[ip6()])
    if rnd.random() < .15:
        packet /= IPv6ExtHdrFragment(id=u32(), offset=rnd.choice((0, rnd.randrange(8192))), m=rnd.randrange(2))
    kind = rnd.randrange(6)
    if kind < 2:
        return packet / tcp() / Raw(load())
    if kind == 2:
        return packet / udp()
    if kind == 3:
        return packet / rnd.choice((ICMPv6EchoRequest, ICMPv6EchoReply))(id=u16(), seq=u16(), data=load())
    return packet / nd()


def arp():
    return ARP(op=rnd.randrange(0, 11), hwsrc=mac(), hwdst=mac(), psrc=ip4(), pdst=ip4())


def network():
    return rnd.choice((ipv4, ipv4, ipv4, ipv6, ipv6, arp))()


def ether():
    packet = Ether(src=mac(), dst=mac())
    for _ in range(rnd.choice((0, 0, 0, 1, 2))):
        tag = rnd.choice((Dot1Q, Dot1AD))
        packet /= tag(vlan=rnd.randrange(4096), prio=rnd.randrange(8), id=rnd.randrange(2))
    packet /= network()
    return packet / Padding(b"\0" * rnd.randrange(1, 8)) if rnd.random() < .1 else packet


def cooked():
    return CookedLinux(pkttype=rnd.randrange(6), lladdrtype=u16(), lladdrlen=6, src=bytes(8)) / rnd.choice(
        (ipv4, ipv6))()


def cooked2():
    packet = rnd.choice((ipv4, ipv6))()
    return CookedLinuxV2(proto=0x800 if isinstance(packet, IP) else 0x86dd, ifindex=u32(), lladdrtype=u16(),
                         pkttype=rnd.randrange(6), lladdrlen=6, src=bytes(8)) / packet


LINKS = ((1, Ether, ether, 14), (101, None, lambda: rnd.choice((ipv4, ipv6))(), 2), (113, CookedLinux, cooked, 2),
         (276, CookedLinuxV2, cooked2, 2))          # link type, its class, a maker, its share of 20


# ---- what Scapy says, in the words of --json ---------------------------------------------------------------

def plain(value):
    """A field's value as JSON has it: flags as text, bytes as hex, records as objects."""
    if isinstance(value, FlagValue):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, Packet):
        return fields(value)
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def fields(layer):
    out = {}
    for field in layer.fields_desc:
        if isinstance(field, ConditionalField) and not field._evalcond(layer):
            continue
        out[field.name] = layer.getfieldval(field.name)
    return out


def chain(value):
    """DNS records hang together as payloads in Scapy; in JSON they are an array."""
    out = []
    while isinstance(value, Packet) and not isinstance(value, NoPayload):
        out.append(value)
        value = value.payload
    return out


DNS_NAMES = {"qname", "rrname"}


def compare_value(theirs, ours, where, say):
    if isinstance(theirs, Packet) and isinstance(ours, list):
        theirs = chain(theirs)
    if isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            say(where, theirs, ours)
        for i, (t, o) in enumerate(zip(theirs, ours)):
            compare_value(t, o, "%s[%d]" % (where, i), say)
        return
    if isinstance(theirs, tuple) and isinstance(ours, list):
        return compare_value(list(theirs), ours, where, say)
    if isinstance(theirs, Packet) and isinstance(ours, dict):
        return compare_fields(theirs, ours, where, say)
    theirs = plain(theirs)
    if theirs in (None, [], "") and ours in (None, [], ""):
        return
    if isinstance(ours, str) and isinstance(theirs, str) and theirs != ours:
        try:                        # names are text in JSON, bytes in Scapy
            theirs = bytes.fromhex(theirs).decode() if re.fullmatch(r"([0-9a-f]{2})+", theirs) else theirs
        except ValueError:
            pass
    if theirs != ours:
        say(where, theirs, ours)


def compare_fields(layer, ours, where, say):
    theirs = fields(layer)
    for field, value in theirs.items():
        if field not in ours and plain(value) in (None, [], "", {}):
            continue
        if field not in ours:
            say(where + "." + field, value, "absent")
            continue
        compare_value(value, ours[field], where + "." + field, say)
    for field in ours:
        if field not in theirs:
            say(where + "." + field, "absent", ours[field])


# ---- differences where Scapy is mistaken: (text or field pattern, reason) -----------------------------------

KNOWN_FIELDS = [
    (r"ICMP(error)?\.unused$", "RFC 792: 'unused' of width 0 is not in the message; CLI.md shows ICMP without it"),
    (r"IPv6ExtHdr\w+\.autopad$", "RFC 8200: a switch of Scapy's builder, not in the packet"),
]
KNOWN_LINES = [
    (r"^ *unused += ''$", "as ICMP.unused"),
    (r"^ *autopad += ", "as autopad"),
]


def known_field(where):
    return any(re.search(pattern, where) for pattern, _ in KNOWN_FIELDS)


def without_known(text):
    return "\n".join(line for line in text.split("\n")
                     if not any(re.search(pattern, line) for pattern, _ in KNOWN_LINES)).strip("\n")


# ---- the comparison -----------------------------------------------------------------------------------------------

class Tally:
    def __init__(self):
        self.bad, self.count, self.known, self.shown = 0, 0, 0, 0

    def say(self, what, frame, theirs, ours):
        self.bad += 1
        self.shown += 1
        if self.shown <= 25:
            print("%s of %s\n  Scapy   %r\n  ringtap %r" % (what, frame.hex(), theirs, ours))


def write_pcap(path, link, frames):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, link))
        for i, frame in enumerate(frames):
            out.write(struct.pack("<IIII", 1700000000 + i, i % 1000000, len(frame), len(frame)) + frame)


def run(program, path, *options):
    done = subprocess.run([program, "-r", path, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit("%s %s: %s" % (program, options, done.stderr.decode()))
    return done.stdout.decode()


def dissect(link, cls, frame):
    return (cls or (IP if frame[0] >> 4 == 4 else IPv6))(frame)


def compare_link(program, link, cls, frames, tally):
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        write_pcap(file.name, link, frames)
        summaries = run(program, file.name, "--summary", "-t").split("\n")[:-1]
        shows = [s for s in re.split(r"\n\n(?=###\[)", run(program, file.name, "--show", "-t"))]
        objects = [json.loads(line) for line in run(program, file.name, "--json").split("\n")[:-1]]
    for which, got in (("summaries", summaries), ("shows", shows), ("objects", objects)):
        if len(got) != len(frames):
            sys.exit("link type %d: %d %s for %d packets" % (link, len(got), which, len(frames)))
    for frame, summary, show, obj in zip(frames, summaries, shows, objects):
        packet = dissect(link, cls, frame)
        tally.count += 1
        if packet.summary() != summary:
            tally.say("summary", frame, packet.summary(), summary)
        theirs, ours = without_known(packet.show(dump=True)), without_known(show)
        if theirs != ours:
            pair = next((p for p in zip(theirs.split("\n"), ours.split("\n")) if p[0] != p[1]),
                        ("%d lines" % theirs.count("\n"), "%d lines" % ours.count("\n")))
            tally.say("show", frame, *pair)
        compare_json(packet, frame, obj, tally)


def compare_json(packet, frame, obj, tally):
    layers = [layer.__name__ for layer in packet.layers()]
    if layers != obj["layers"]:
        return tally.say("layers", frame, layers, obj["layers"])

    def say(where, theirs, ours):
        if known_field(where):
            tally.known += 1
        else:
            tally.say(where, frame, theirs, ours)
    seen = {}
    for i, layer_name in enumerate(layers):
        seen[layer_name] = seen.get(layer_name, 0) + 1
        key = layer_name if seen[layer_name] == 1 else "%s_%d" % (layer_name, seen[layer_name])
        compare_fields(packet[i], obj[key], layer_name, say)


def main():
    program = sys.argv[1]
    packets = int(sys.argv[2]) if len(sys.argv) > 2 else 2400
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rnd.seed(seed)
    print("seed %d, %d packets" % (seed, packets))
    tally = Tally()
    for link, cls, maker, share in LINKS:
        compare_link(program, link, cls, [raw(maker()) for _ in range(packets * share // 20)], tally)
    print("%d packets compared, %d known differences, %d others" % (tally.count, tally.known, tally.bad))
    print("%d passed, %d failed" % (tally.count if not tally.bad else 0, tally.bad))
    return 1 if tally.bad else 0


if __name__ == "__main__":
    sys.exit(main())
