#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What reading and printing a capture costs, next to its peers: CPU time (user + system), output to /dev/null.

usage: peers.py RINGTAP FILE [ROUNDS [PACKETS]]      FILE: mixed.py writes one of 1,000,000 packets

tcpdump reads all of the file; tshark and Scapy, which are slower, get its first PACKETS (default 20,000), and what they
take for one packet, which is their start, is not counted. The two of a pair take turns, so that a busy machine slows
both; medians of the rounds (default 5) and of their ratios are printed. At the end, memory beside the mapped file."""
import os
import statistics
import subprocess
import sys
import tempfile

SUMMARIES = "import logging, sys; logging.disable(50)\nfrom scapy.all import PcapReader\n" \
            "for p in PcapReader(sys.argv[1]): print(p.summary())\n"


def run(command):
    """(seconds of CPU time, KiB at most)"""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command}: status {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss


def against(name, rounds, ours, theirs):
    """Functions that give seconds a packet."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    mine, other = (statistics.median(column) * 1e9 for column in zip(*pairs))
    print("%-28s %9.0f ns a packet, ringtap %6.0f: %.1f times" %
          (name, other, mine, statistics.median(b / a for a, b in pairs)), flush=True)


def first(program, path, count, out):
    subprocess.run([program, "-r", path, "-c", str(count), "-w", out], stderr=subprocess.DEVNULL, check=True)
    return out


def main():
    program, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 20000
    said = subprocess.run([program, "-r", path, "--count-only"], capture_output=True, text=True, check=True).stdout
    packets = int(said.split()[0])

    def per_packet(*command):
        return lambda: run(command)[0] / packets

    def per_more(few, one, *command):
        return lambda: (run(command + (few,))[0] - run(command + (one,))[0]) / (count - 1)

    against("tcpdump -nS", rounds, per_packet(program, "-r", path), per_packet("tcpdump", "-nS", "-r", path))
    against("tcpdump -nSq", rounds, per_packet(program, "-q", "-r", path), per_packet("tcpdump", "-nSq", "-r", path))
    with tempfile.TemporaryDirectory() as folder:
        few = first(program, path, count, os.path.join(folder, "few.pcap"))
        one = first(program, path, 1, os.path.join(folder, "one.pcap"))
        against("tshark -T ek", min(rounds, 3), per_packet(program, "--json", "-r", path),
                per_more(few, one, "tshark", "-n", "-T", "ek", "-r"))
        against("Scapy's summary()", min(rounds, 3), per_packet(program, "--summary", "-r", path),
                per_more(few, one, "/usr/bin/python3", "-c", SUMMARIES))
    for option in ("--show", "-X", "--count-only"):
        print("ringtap %-20s %9.0f ns a packet" % (option, run([program, option, "-r", path])[0] / packets * 1e9))
    for option in ("-q", "--json"):
        used = run([program, option, "-r", path])[1] - os.path.getsize(path) // 1024
        print("ringtap %-20s %9d KiB beside the mapped file" % (option, used))


main()
