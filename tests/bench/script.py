#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What an iteration costs in the console's language, and under python3 in the same run: nanoseconds of CPU time, the best
of several turns, less what starting and an empty script take.

usage: script.py DRIVER [MILLIONS [TURNS]]      DRIVER: build/tests/script_driver of a build without sanitizers"""
import os
import resource
import subprocess
import sys
import tempfile

LOOPS = [
    ("count", "n = {}\nx = '10.0.0.1'\nfor i in range(%d):\n    n[x] = n.get(x, 0) + 1\n"),
    ("count many keys", "n = {}\nfor i in range(%d):\n    x = i & 1023\n    n[x] = n.get(x, 0) + 1\n"),
    ("call", "def f(pkt):\n    if pkt > 5 and pkt != 7:\n        return None\n    return pkt\n"
             "for i in range(%d):\n    f(i)\n"),
    ("the lab's line", "src, dst = '192.168.16.34', '192.168.16.100'\nfor i in range(%d):\n"
                       "    s = f'{src}:{i} -> {dst}:8006 TTL: {64}, Flags: S'\n"),
    ("list, sum, generator", "for i in range(%d // 10):\n    sum(x * 2 for x in [i, 1, 2, 3, 4, 5, 6, 7, 8, 9])\n"),
]


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(command, path, source, turns):
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    return min(cpu([*command, path]) for _ in range(turns))


def main():
    millions = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    turns = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    count = millions * 1000000
    runners = [("ringtap", [sys.argv[1]]), ("python3", ["/usr/bin/python3", "-S", "-E"])]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "loop.py")
        idle = {name: best(command, path, "pass\n", turns) for name, command in runners}
        for title, source in LOOPS:
            spent = {name: best(command, path, source % count, turns) - idle[name] for name, command in runners}
            print(f"{title:<22}" + "".join(f" {name} {spent[name] / count * 1e9:6.1f} ns" for name, _ in runners) +
                  f"  {spent['python3'] / spent['ringtap']:.2f} times as fast")


if __name__ == "__main__":
    main()
