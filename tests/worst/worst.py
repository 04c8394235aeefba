#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""No packet costs much more than another: packets of 64 KB full of what a dissector likes least, in every text.

usage: worst.py RINGTAP [DIR]            DIR: only write the packets there, a file each

Counts instructions with valgrind, because times depend on the machine: a packet takes at most LIMIT of them in any
text, about a millisecond. JSON stays JSON where the budget for items ends."""
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

LIMIT = 12000000        # the worst, PIM with -v, takes 9.4 million
N = 65450               # bytes behind the headers
ETHER, PPP, DOT11 = 1, 9, 105
TEXTS = (["-t"], ["--summary", "-t"], ["--json"], ["--show", "-t"], ["-v", "-t"])
PACKETS = []            # (name, link type, bytes)


def add(name, frame, link=ETHER):
    PACKETS.append((name, link, frame))


def fill(pattern, size=N):
    return (pattern * (size // len(pattern) + 1))[:size]


def ip4(proto, data):
    return bytes(12) + b"\x08\0" + struct.pack(">BBHHHBBH4s4s", 0x45, 0, 0, 0, 0, 64, proto, 0, b"\x0a\0\0\1",
                                               b"\x0a\0\0\2") + data


def ip6(following, data):
    return bytes(12) + b"\x86\xdd" + struct.pack(">IHBB", 0x60000000, 0, following, 64) + bytes(32) + data


def udp(port, data):
    return ip4(17, struct.pack(">HHHH", 5000, port, 0, 0) + data)


def tcp(port, data):
    return ip4(6, struct.pack(">HHIIBBHHH", 5000, port, 0, 0, 0x50, 0x18, 0, 0, 0) + data)


def long_fields():
    rnd = random.Random(1)
    for name, pattern in (("zeros", b"\0"), ("7f", b"\x7f"), ("80", b"\x80"), ("text", b"hello world "),
                          ("lines", b"a\n"), ("quotes", b"'\""), ("two bytes", "\u00e9\u0378".encode()),
                          ("three bytes", "\u4e2d".encode()), ("four bytes", "\U0001f600".encode())):
        add("Raw " + name, ip4(253, fill(pattern)))
    add("Raw at random", ip4(253, bytes(rnd.randrange(256) for _ in range(N))))
    for name, low, high in (("two bytes", 0x80, 0x800), ("three bytes", 0x900, 0xe00)):
        text = "".join(chr(rnd.randrange(low, high)) for _ in range(N)).encode()
        add("Raw %s at random" % name, ip4(253, text[:N]))
    add("SNMP one identifier", udp(161, snmp(b"\x30\x82\xfe\xd0\6\x82\xfe\xc0" + fill(b"\1", 0xfec0) + b"\5\0")))
    for name, text in (("long", b"Host: " + fill(b"a")), ("colons", fill(b":")), ("lines", fill(b"a:b\r\n")),
                       ("half lines", fill(b"a:\r"))):
        add("HTTP " + name, tcp(80, b"GET / HTTP/1.1\r\n" + text))
    add("SIP lines", udp(5060, b"INVITE sip:a SIP/2.0\r\n" + fill(b"a:b\r\n")))


def snmp(bindings):
    return b"\x30\x82\xff\0\2\1\1\4\0\xa0\x82\xfe\xf0\2\1\1\2\1\0\2\1\0\x30\x82\xfe\xe0" + bindings


def extension_headers():
    def chain(kind, option):
        return b"".join(bytes([kind, 255]) + fill(option, 8 * 256 - 2) for _ in range(31))
    add("IPv6 Pad1", ip6(0, chain(0, b"\0")))
    add("IPv6 PadN", ip6(0, chain(0, b"\1\0")))
    add("IPv6 options", ip6(0, chain(0, b"\5\2\0\0")))
    segments = bytes([43, 255, 4, 0, 0, 0, 0, 0]) + bytes(16) + fill(b"\5\2\0\0", 8 * 256 - 24)
    add("IPv6 segments", ip6(43, segments * 31))


LABELS = b"\1a" * 126 + b"\0"
QUESTION = LABELS + b"\0\1\0\1"


def dns(records, answers, others, more, questions=1):
    return struct.pack(">6H", 1, 0x8180, questions, answers, others, more) + (QUESTION if questions else b"") + records


def record(kind, data, owner=b"\xc0\x0c"):
    return owner + struct.pack(">HHIH", kind, 1, 60, len(data)) + data


def names():
    back = b"\xc0\x0c"
    for name, one in (("CNAME", record(5, back)), ("SOA", record(6, back + back + bytes(20))),
                      ("empty TXT", record(16, bytes(240))), ("TXT", record(16, b"\1a" * 120))):
        many = min(765, 65000 // len(one)) // 3
        add("DNS " + name, udp(53, dns(one * many * 3, many, many, many)))
    add("DNS options", udp(53, dns(record(41, b"\0\5\0\0" * 60, b"\0") * 250, 0, 0, 250)))
    add("DNS long names", udp(53, dns(record(5, LABELS, LABELS) * 120, 120, 0, 0, 0)))
    links = b"\1a\0\0" + b"".join(b"\1a" + struct.pack(">H", 0xc000 | 12 + 4 * (i - 1)) for i in range(1, 120))
    last = struct.pack(">H", 0xc000 | 12 + 4 * 118)
    add("DNS pointers", udp(53, dns(links + record(5, last, last) * 700, 255, 255, 190, 0)))
    add("DNSSL", ip6(58, b"\x86\0\0\0" + bytes(12) + fill(b"\x1f\xff" + bytes(6) + b"\1a\0\0" * 508)))
    add("node names", ip6(58, b"\x8c\0\0\0\0\2\0\0" + bytes(12) + fill(b"\1a\0\0")))


def lists_in_lists():
    join = b"\x23\0\0\0\1\0\x0a\0\0\1\0\xff\0\xd2"
    source = b"\1\0\4\x20\x0a\0\0\1"
    add("PIM groups", ip4(103, join + fill(b"\1\0\0\x20\xe0\1\1\1\0\x14\0\x0b" + source * 31)))
    add("PIM deep groups", ip4(103, join + fill(b"\1\0\0\x20\xe0\1\1\1\0\xff\0\xff" + source * 510)))
    add("PIM Hello", ip4(103, b"\x20\0\0\0" + fill(b"\0\2\0\xf8" + bytes(0xf8))))
    update = bytes(20) + b"\0\0\xff\xff"
    add("OSPF routers", ip4(89, b"\2\4\xff\0" + update + fill(
        b"\0\1\2\1" + bytes(14) + b"\0\xf0" + b"\0\0\0\xff" + bytes(216))))
    add("OSPF networks", ip4(89, b"\2\4\xff\0" + update + fill(b"\0\1\2\2" + bytes(14) + b"\0\xf8" + bytes(228))))
    add("OSPFv3 prefixes", ip6(89, b"\3\4\xff\0" + bytes(12) + b"\0\0\xff\xff" + fill(
        b"\0\1\0\x08" + bytes(14) + b"\0\xf8" + bytes(20) + b"\0\0\0\xff" + bytes(204))))
    add("MLDv2", ip6(58, b"\x8f\0\0\0\0\0\xff\xff" + fill(b"\1\0\0\x0e" + bytes(16 + 14 * 16))))
    add("IGMPv3", ip4(2, b"\x22\0\0\0\0\0\xff\xff" + fill(b"\1\0\0\x3e" + bytes(4 + 62 * 4))))
    add("SCTP chunk lists", ip4(132, b"\0\1\0\2" + bytes(8) + b"\1\0\xff\0" + bytes(16) + fill(
        b"\x80\x08\0\xf8" + b"\1" * 0xf4)))
    boot = b"\1\1\6\0" + bytes(232) + b"\x63\x82\x53\x63"
    for name, option in (("empty", b"\x0c\0"), ("numbers", b"\x37\xff" + bytes(255)),
                         ("addresses", b"\6\xfc" + bytes(252)), ("names", b"\x77\xff" + b"\1a\0" * 85)):
        add("DHCP " + name, udp(67, boot + fill(option)))
    add("DHCPv6", udp(547, b"\1\0\0\1" + fill(b"\0\3\xff\0" + bytes(12) + b"\0\5\0\x18" + bytes(24))))
    hello = b"\x16\3\1\xff\0\1\0\xfe\xfc\3\3" + bytes(32) + b"\0" + b"\x20\0" + fill(b"\x13\1", 0x2000) + b"\1\0\xd0\0"
    add("TLS groups", tcp(443, hello + fill(b"\0\x0a\0\4\0\2\0\x1d", 0xd000)))
    add("TLS protocols", tcp(443, hello + b"\0\x10\xcf\xf0\xcf\xee" + fill(b"\1h", 0xcfee)))
    add("TLS messages", tcp(443, fill(b"\x16\3\3\1\0" + b"\x0e\0\0\0" * 64)))


def many_items():
    add("BGP attributes", tcp(179, b"\xff" * 16 + b"\xfd\xe8\2\0\0\xfc\0" + fill(b"\x40\1\0", 0xfc00)))
    add("BGP prefixes", tcp(179, b"\xff" * 16 + b"\xfd\xe8\2\0\0\0\0" + fill(b"\x08\x0a")))
    add("BGP messages", tcp(179, fill(b"\xff" * 16 + b"\0\x13\4")))
    add("RADIUS", udp(1812, b"\1\1\xfd\xe8" + bytes(16) + fill(b"\1\2")))
    add("RADIUS vendors", udp(1812, b"\1\1\xfd\xe8" + bytes(16) + fill(b"\x1a\xff\0\0\0\x09" + b"\1\2" * 124 + b"\0")))
    add("ISAKMP", udp(500, bytes(16) + b"\x21\x20\x22\0\0\0\0\0\0\0\xff\0" + fill(b"\x21\0\0\4")))
    add("LDAP", tcp(389, b"\x30\x82\xff\0\2\1\1\x64\x82\xfe\xf0\4\0\x30\x82\xfe\xe0" + fill(b"\x30\4\4\0\x31\0")))
    add("SNMP", udp(161, snmp(fill(b"\x30\4\6\0\5\0"))))
    add("MQTT", tcp(1883, fill(b"\xc0\0")))
    add("MQTT topics", tcp(1883, b"\x82\xf0\xff\3\0\1" + fill(b"\0\1a\0")))
    add("SCTP", ip4(132, b"\0\1\0\2" + bytes(8) + fill(b"\1\0\0\4")))
    add("EIGRP", ip4(88, b"\2\1\0\0" + bytes(16) + fill(b"\1\2\0\x1c" + bytes(24))))
    add("LLDP", bytes(12) + b"\x88\xcc" + fill(b"\xfe\4\0\0\0\0"))
    add("TFTP", udp(69, b"\0\1a\0octet\0" + fill(b"a\0b\0")))
    add("STUN", udp(3478, b"\0\1\xff\0\x21\x12\xa4\x42" + bytes(12) + fill(b"\x80\x22\0\0")))
    add("ND options", ip6(58, b"\x86\0\0\0" + bytes(12) + fill(b"\5\1\0\0\0\0\5\xdc")))
    add("NetBIOS", udp(137, b"\0\1\x85\0\0\0\0\1\0\0\0\0\x20" + b"CA" * 16 + b"\0\0\x20\0\1\0\0\0\0\xf0\0" +
                       fill(bytes(6))))
    add("Redis", tcp(6379, b"*9999\r\n" + fill(b"$0\r\n\r\n")))
    add("GTP", udp(2152, b"\x34\xff\xff\0\0\0\0\0\0\0\0\x85" + fill(b"\1\0\0\x85")))
    add("LCP", b"\xc0\x21\1\1\xff\0" + fill(b"\1\2"), PPP)
    beacon = b"\x80\0\0\0" + b"\xff" * 6 + bytes(26)
    suites = b"\0\x0f\xac\4"
    for name, element in (("empty", b"\0\0"), ("rates", b"\1\xff" + b"\x82" * 255),
                          ("RSN", b"\x30\xf2\1\0" + suites + b"\x1e\0" + suites * 30 + b"\x1c\0" + suites * 28)):
        add("802.11 " + name, beacon + fill(element), DOT11)


def deep():
    outer = struct.pack(">BBHHHBBH", 0x45, 0, 0, 0, 0, 64, 47, 0) + bytes(8) + b"\x80\0\x08\0\0\0\0\0"
    add("sums in sums", bytes(12) + b"\x08\0" + outer * 15 + b"\x45\0\0\0\0\0\0\0\x40\xfd\0\0" + bytes(8) + bytes(N))


def write_pcap(path, frames, link):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, link))
        for frame in frames:
            out.write(struct.pack("<IIII", 0, 0, len(frame), len(frame)) + frame)


def count(program, path, text, packets):
    """Instructions of each packet: a part of the profile ends where the next packet is dissected, or the program."""
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile")
        done = subprocess.run(["valgrind", "--tool=callgrind", "--dump-before=rt_decode", "--combine-dumps=yes",
                               "--callgrind-out-file=" + profile, program, "-r", path, *text],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(done.stderr.decode())
        with open(profile) as parts:
            totals = [int(line.split()[1]) for line in parts if line.startswith("totals:")]
    return totals[-packets:], done.stdout


def main():
    for make in (long_fields, extension_headers, names, lists_in_lists, many_items, deep):
        make()
    if len(sys.argv) > 2:
        for name, link, frame in PACKETS:
            write_pcap(os.path.join(sys.argv[2], name.replace(" ", "_") + ".pcap"), [frame], link)
        return 0
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return 77
    failed, worst = 0, (0, "")
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        for link in (ETHER, PPP, DOT11):
            packets = [(name, frame) for name, its, frame in PACKETS if its == link]
            write_pcap(file.name, [frame for _, frame in packets], link)
            for text in TEXTS:
                totals, output = count(sys.argv[1], file.name, text, len(packets))
                if text == ["--json"]:
                    numbers = [json.loads(line)["number"] for line in output.splitlines()]
                    assert numbers == [*range(1, len(packets) + 1)], numbers
                for (name, _), total in zip(packets, totals):
                    worst = max(worst, (total, name + " " + text[0]))
                    if total > LIMIT:
                        failed += 1
                        print("FAILED: %s %s: %d instructions" % (name, text[0], total))
    print("%d packets, the worst %s: %d instructions" % (len(PACKETS), worst[1], worst[0]))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
