#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second source: what the rows of tests/unit/console/packets.txt expect must be what Scapy answers.

usage: console.py RINGTAP

The packets are those of sample.c, written by packet_driver. Rows behind ~>> differ by design and say why there; all
others, behind >>>, are typed here in Python with Scapy's names."""
import ast
import contextlib
import io
import logging
import os
import subprocess
import sys
import tempfile
import time
import traceback

logging.getLogger("scapy").setLevel(logging.CRITICAL)
try:
    import scapy.all
    from scapy.all import PacketList, conf, rdpcap
except ImportError:
    print("skipped: python3-scapy is not installed")
    sys.exit(77)

ROWS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../unit/console/packets.txt")
IS_KNOWN = scapy.VERSION.startswith("2.5.")             # whose texts the rows have


def read_rows(path):
    """(is it asked here, statement, expected)"""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    row = None
    for line in lines:
        if line[:4] in (">>> ", "~>> "):
            if row:
                yield row
            row = (line[0] == ">", [line[4:]], [])
        elif line.startswith("# "):
            continue
        elif row and line.startswith("... ") and not row[2]:
            row[1].append(line[4:])
        elif row:
            row[2].append(line)
    yield row


def names_of(driver, folder):
    path = os.path.join(folder, "packets.pcap")
    made = subprocess.run([driver, "--samples", path], capture_output=True, text=True, check=True)
    names = dict(vars(scapy.all), path=path, written=os.path.join(folder, "written.pcap"))
    names["pkts"] = PacketList(rdpcap(path).res, name="Sniffed")
    for name, packet in zip(made.stdout.split("\n"), names["pkts"]):
        names[name.replace(" ", "_").replace("-", "_")] = packet
    return names


def answer(statement, names):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            for node in ast.parse(statement).body:
                exec(compile(ast.Interactive([node]), "row", "single"), names)
        except BaseException as error:
            out.write("! " + traceback.format_exception_only(type(error), error)[-1])
    return out.getvalue().rstrip("\n")


def main():
    os.environ["TZ"] = "UTC"
    time.tzset()
    conf.debug_dissector = False
    asked = wrong = 0
    driver = os.path.join(os.path.dirname(sys.argv[1]), "tests/packet_driver")
    with tempfile.TemporaryDirectory(prefix="ringtap-console-") as folder:
        names = names_of(driver, folder)
        for is_asked, statement, expected in read_rows(ROWS):
            if not is_asked:
                continue
            said, expected = answer("\n".join(statement) + "\n", names), "\n".join(expected).rstrip("\n")
            asked += 1
            if said != expected:
                wrong += 1
                print(">>> " + "\n... ".join(statement), f"expected: {expected}", f"Scapy:    {said}", sep="\n")
    print(f"{asked} rows asked, {wrong} wrong, Scapy {scapy.VERSION}")
    if wrong and not IS_KNOWN:
        print("skipped: the rows have the texts of Scapy 2.5")
        sys.exit(77)
    sys.exit(1 if wrong or asked < 150 else 0)


main()
