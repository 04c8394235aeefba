#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What reading and printing a capture costs, next to `tcpdump -nS`, in CPU time (user + system) to /dev/null.

usage: against_tcpdump.py RINGTAP FILE [ROUNDS]      FILE: mixed.py writes one of 1,000,000 packets

The two programs take turns, so that a busy machine slows both; medians of the rounds (default 5) and their ratio are
printed for the default line, and ringtap's other formats follow."""
import os
import statistics
import subprocess
import sys


def cpu(command):
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main():
    program, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(cpu([program, "-r", path]))
        theirs.append(cpu(["tcpdump", "-nS", "-r", path]))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    print("ringtap %.2f s, tcpdump %.2f s, ratio %.3f (1/%.1f)" %
          (statistics.median(ours), statistics.median(theirs), ratio, 1 / ratio))
    for option in ("-q", "--summary", "--json", "--show", "-X", "--count-only"):
        print("ringtap %-12s %.2f s" % (option, statistics.median(cpu([program, option, "-r", path]) for _ in range(3))))


main()
