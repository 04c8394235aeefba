#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What it costs to compile long lists of addresses, networks and ports: CPU time, memory more than an empty filter takes,
instructions; and for 300 hosts the same for tcpdump in the same run, with the ratio. Needs Debian's tcpdump and time.

usage: long_lists.py RINGTAP [ROUNDS]      the least of the rounds (default 5) counts; the lists are the same every time"""
import os
import random
import subprocess
import sys
import tempfile

RANDOM = random.Random(300)
ITEMS = 10000


def ip4():
    return ".".join(str(RANDOM.randrange(1, 255)) for _ in range(4))


def ip6():
    return ":".join("%x" % RANDOM.randrange(65536) for _ in range(8))


def mac():
    return ":".join("%02x" % RANDOM.randrange(256) for _ in range(6))


def lists():
    hosts = [ip4() for _ in range(ITEMS)]
    hosts6 = [ip6() for _ in range(ITEMS)]
    ports = RANDOM.sample(range(65536), 2 * ITEMS)
    ranges = sorted(ports)
    yield "300 host a or b", "host " + " or ".join(hosts[:300])
    yield "1,000 host a or b", "host " + " or ".join(hosts[:1000])
    yield "10,000 host a or b", "host " + " or ".join(hosts)
    yield "10,000 host {a, b}", "host {" + ", ".join(hosts) + "}"
    yield "10,000 src host a or b", "src host " + " or ".join(hosts)
    yield "10,000 net a/24 or b/24", "net " + " or ".join(host.rsplit(".", 1)[0] + ".0/24" for host in hosts)
    yield "10,000 host ip6, ip6", "host {" + ", ".join(hosts6) + "}"
    yield "10,000 port a or b", "port " + " or ".join(str(port) for port in ports[:ITEMS])
    yield "10,000 portrange a-b, c-d", "portrange {" + ", ".join(
        "%d-%d" % pair for pair in zip(ranges[::2], ranges[1::2])) + "}"
    yield "10,000 ether host", "ether host {" + ", ".join(mac() for _ in range(ITEMS)) + "}"


def cost(command, rounds):
    """Milliseconds of CPU, lines written."""
    best = None
    for _ in range(rounds):
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            if status:
                sys.exit("%s failed" % " ".join(command[:4]))
            out.seek(0)
            now = ((usage.ru_utime + usage.ru_stime) * 1000, out.read().count(b"\n"))
        best = now if best is None or now[0] < best[0] else best
    return best


def memory(command):
    """MB at most. Asked through a small program: a child begins with the size of who started it."""
    run = subprocess.run(["/usr/bin/time", "-f", "%M"] + command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                         check=True, text=True)
    return int(run.stderr.splitlines()[-1]) / 1024


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    modes = (("", []), (", pcap", ["--pcap-filter"]))
    with tempfile.NamedTemporaryFile("w") as file:
        nothing = memory([program, "-d", "-f", ""])
        for name, text in lists():
            file.seek(0)
            file.truncate()
            print(text, file=file, flush=True)
            for suffix, options in modes:
                command = [program, "-d"] + options + ["-F", file.name]
                time, lines = cost(command, rounds)
                line = "%-32s %6.1f ms %5.1f MB %7d instructions" % (name + suffix, time, memory(command) - nothing,
                                                                      lines)
                if name.startswith("300 "):
                    theirs, count = cost(["tcpdump", "-y", "EN10MB", "-d", "-F", file.name], rounds)
                    line += "; tcpdump %.0f ms, %d: %.0f times" % (theirs, count, theirs / time)
                print(line, flush=True)


main()
