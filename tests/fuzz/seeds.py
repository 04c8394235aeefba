#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A corpus for fuzz_packet to start from: packets of every family that is compared with Scapy, and QUIC's, one a file.

usage: seeds.py FOLDER [PACKETS]      of each family, default 2,000; the same ones every time"""
import os
import re
import runpy
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCAPY, TSHARK = os.path.join(HERE, "..", "scapy"), os.path.join(HERE, "..", "tshark")


def words(path, pattern):
    with open(os.path.join(HERE, "..", "..", path), encoding="utf-8") as file:
        return re.findall(pattern, file.read())


def link_bytes():
    """By link type: the byte by which fuzz_packet.c chooses it."""
    numbers = dict(words("include/ringtap/packet.h", r"(RT_LINK_\w+)\s*=\s*(\d+)"))
    order = words("tests/support/links.h", r"RT_LINK_\w+")
    return {int(numbers[name]): bytes((at,)) for at, name in enumerate(order) if name in numbers}


def main():
    folder, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    sys.path[:0] = SCAPY, TSHARK
    import agree                        # exits with 77 where there is no Scapy
    os.makedirs(folder, exist_ok=True)
    first, written = link_bytes(), 0

    def keep_one(link, packet):
        nonlocal written
        with open(os.path.join(folder, "%05d" % written), "wb") as out:
            out.write(first[link] + packet[:4095])
        written += 1

    def keep(links=agree.LINKS):
        agree.rnd.seed(1)
        for link, _, maker, share in links:
            for _ in range(count * share // 20):
                keep_one(link, agree.raw(maker()))

    keep()
    try:
        import quic                     # exits with 77 where there is no python3-cryptography
        quic.rnd.seed(1)
        for i in range(count // 20):
            keep_one(quic.RAW_IP4, quic.carried(i, quic.packet("whole")[0]))
    except SystemExit:
        pass
    agree.main = keep
    sys.argv[1:] = []
    for family in sorted(os.listdir(SCAPY)):
        if family.startswith("agree_"):
            try:
                runpy.run_path(os.path.join(SCAPY, family), run_name="__main__")
            except SystemExit:
                pass
    print("%d packets" % written)


main()
