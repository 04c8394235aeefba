# SPDX-License-Identifier: MIT
"""Frames in a file, and what a program says of them."""
import struct
import subprocess
import sys


def write_pcap(path, link, frames):
    """One second after the other, a microsecond more each time."""
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, link))
        for i, frame in enumerate(frames):
            out.write(struct.pack("<IIII", 1700000000 + i, i % 1000000, len(frame), len(frame)) + frame)


def run(program, path, *options):
    """Its output; a status other than 0 ends the test."""
    done = subprocess.run([program, "-r", path, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit("%s %s: %s" % (program, options, done.stderr.decode()))
    return done.stdout.decode()
