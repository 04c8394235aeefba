#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes a capture of N mixed packets over many flows, for benchmarks: TCP, UDP, DNS, ICMP, ARP, IPv6, VLAN.

usage: mixed.py FILE [N]     (default 1,000,000 packets, mean about 400 bytes; the same bytes every time)"""
import random
import struct
import sys


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ip4(rnd, proto, payload):
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), rnd.randrange(65536), 0x4000,
                       rnd.choice((64, 64, 128, 55)), proto, 0, bytes((10, 1, rnd.randrange(8), rnd.randrange(256))),
                       bytes((192, 168, rnd.randrange(4), rnd.randrange(256))))
    return struct.pack("!H", 0x800) + head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def ip6(rnd, proto, payload):
    prefix = b"\x20\x01\x0d\xb8" + bytes(10)
    return struct.pack("!H", 0x86dd) + struct.pack("!IHBB", 0x60000000, len(payload), proto, 64) + \
        prefix + struct.pack("!H", rnd.randrange(500)) + prefix + struct.pack("!H", rnd.randrange(500)) + payload


def tcp(rnd, size):
    flags = rnd.choice((0x10, 0x10, 0x18, 0x02, 0x12, 0x11))
    options = b"\x02\x04\x05\xb4\x04\x02\x08\x0a" + bytes(8) + b"\x01\x03\x03\x07" if flags & 2 else \
        b"\x01\x01\x08\x0a" + struct.pack("!II", rnd.randrange(2 ** 32), rnd.randrange(2 ** 32))
    return struct.pack("!HHIIBBHHH", rnd.randrange(32768, 60999), rnd.choice((80, 443, 22, 8006)),
                       rnd.randrange(2 ** 32), rnd.randrange(2 ** 32), (5 + len(options) // 4) << 4, flags,
                       rnd.randrange(65536), rnd.randrange(65536), 0) + options + bytes(0 if flags & 2 else size)


def udp(rnd, payload, dport):
    return struct.pack("!HHHH", rnd.randrange(32768, 60999), dport, 8 + len(payload), 0) + payload


def dns(rnd):
    name = b"".join(bytes((len(part),)) + part for part in (b"host%d" % rnd.randrange(5000), b"example", b"com"))
    return struct.pack("!HHHHHH", rnd.randrange(65536), 0x100, 1, 0, 0, 0) + name + b"\0\0\1\0\1"


def icmp(rnd):
    body = struct.pack("!BBHHH", rnd.choice((0, 8)), 0, 0, rnd.randrange(65536), rnd.randrange(65536)) + bytes(56)
    return body[:2] + struct.pack("!H", checksum(body)) + body[4:]


def arp(rnd):
    return struct.pack("!HHHBBH", 0x806, 1, 0x800, 6, 4, 1) + bytes(6) + bytes((10, 1, 2, rnd.randrange(256))) + \
        bytes(6) + bytes((10, 1, 2, rnd.randrange(256)))


def frame(rnd):
    ends = b"\x02\0\0\0\0" + bytes((rnd.randrange(256),)) + b"\x02\0\0\0\1" + bytes((rnd.randrange(256),))
    kind, size = rnd.randrange(100), rnd.choice((0, 0, 64, 200, 500, 1400))
    if kind < 60:
        body = ip4(rnd, 6, tcp(rnd, size))
    elif kind < 70:
        body = ip4(rnd, 17, udp(rnd, bytes(size), rnd.randrange(1024, 65536)))
    elif kind < 77:
        body = ip4(rnd, 17, udp(rnd, dns(rnd), 53))
    elif kind < 82:
        body = ip4(rnd, 1, icmp(rnd))
    elif kind < 84:
        body = arp(rnd)
    elif kind < 95:
        body = ip6(rnd, 6, tcp(rnd, size))
    else:
        body = struct.pack("!HH", 0x8100, rnd.randrange(1, 4095)) + ip4(rnd, 6, tcp(rnd, size))
    return ends + body


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    rnd = random.Random(1)
    pool = [frame(rnd) for _ in range(min(count, 50000))]
    with open(sys.argv[1], "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        for i in range(count):
            data = pool[i * 7919 % len(pool)]
            out.write(struct.pack("<IIII", 1700000000 + i // 50000, i % 50000 * 20, len(data), len(data)) + data)


main()
