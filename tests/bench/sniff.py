#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A function called for every packet of a file: the console's sniff(offline=, prn=) and --script against Scapy's sniff(),
in one run; and the memory of ringtap for few packets and for many, which must be the same.

usage: sniff.py RINGTAP [N [SCAPY_N [TURNS]]]

N packets of mixed.py (default 1,000,000) for ringtap; Scapy, which is slower, gets the first SCAPY_N of them (default
5,000). Both count packets by their destination and print what they counted: of the same packets that must be the same.
What starting and reading no packet takes is not counted. Exits with 1 if something is not as it must be."""
import ast
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DEFINE = ("n = {}\ndef f(p):\n    if IP in p and TCP in p and p[TCP].dport < 1024:\n"
          "        k = p[IP].dst\n        n[k] = n.get(k, 0) + 1\n")
SNIFF = "_ = sniff(offline=%r, prn=f, store=0, count=%d)\nprint(sorted(n.items()))\n"
SCAPY = "import logging; logging.disable(50)\nfrom scapy.all import *\n"
FILE_HEADER = 24
GROWS = 512                                     # KiB that more packets may take: the allocator's own


def run(command, text=None):
    """(output, seconds of CPU time, KiB at most)"""
    out = tempfile.TemporaryFile("w+")
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL, text=True)
    child.stdin.write(text or "")
    child.stdin.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command}: status {child.returncode}")
    out.seek(0)
    return out.read(), used.ru_utime + used.ru_stime, used.ru_maxrss


def through_pipe(path, fifo, make, count):
    """KiB at most, where the packets come through a pipe: of a file that is mapped its pages would count."""
    os.mkfifo(fifo)
    feeder = subprocess.Popen(["sh", "-c", 'exec cat "$0" > "$1"', path, fifo], stderr=subprocess.DEVNULL)
    size = make(fifo, count)[2]
    feeder.kill()
    feeder.wait()
    os.unlink(fifo)
    return size


def main():
    ringtap = sys.argv[1]
    many, few, turns = [int(n) for n in sys.argv[2:5]] + [1000000, 5000, 3][len(sys.argv[2:5]):]
    wrong = False
    with tempfile.TemporaryDirectory() as folder:
        path, script, empty, fifo = (os.path.join(folder, name) for name in ("pcap", "script.py", "empty", "fifo"))
        subprocess.run([sys.executable, os.path.join(HERE, "mixed.py"), path, str(many)], check=True)
        with open(path, "rb") as file, open(empty, "wb") as other:
            other.write(file.read(FILE_HEADER))
        with open(script, "w", encoding="utf-8") as file:
            file.write(DEFINE + "def pkt_callback(p): f(p)\ndef at_end(): print(sorted(n.items()))\n")

        def sniff(source, count):
            return run([ringtap, "-r", empty, "-i"], DEFINE + "\n" + SNIFF % (source, count))

        def scripted(source, count):
            return run([ringtap, "-r", source, "-c", str(count), "--script", script])

        def scapy(source, count):
            return run(["/usr/bin/python3", "-c", SCAPY + DEFINE + SNIFF % (source, count)])

        def best(make, count):
            """(output, packets a second): the best of several turns, less what no packet takes"""
            idle = min(make(empty, 1)[1] for _ in range(turns))
            runs = [make(path, count) for _ in range(turns)]
            return runs[0][0], count / max(min(seconds for _, seconds, _ in runs) - idle, 1e-6)

        counted, slow = best(scapy, few)
        print(f"{'Scapy sniff(offline=, prn=)':<30} {slow:8.0f} packets a second")
        for title, make in (("ringtap sniff(offline=, prn=)", sniff), ("ringtap --script", scripted)):
            is_same = ast.literal_eval(make(path, few)[0]) == ast.literal_eval(counted)
            fast = best(make, many)[1]
            small, large = (through_pipe(path, fifo, make, count) for count in (few, many))
            wrong |= not is_same or large > small + GROWS
            print(f"{title:<30} {fast:8.0f} packets a second, {fast / slow:.0f} times Scapy; {small} KiB for {few} "
                  f"packets, {large} KiB for {many}; {'counts as Scapy' if is_same else 'COUNTS OTHERS'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
