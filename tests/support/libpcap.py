# SPDX-License-Identifier: MIT
"""What libpcap makes of filters for a savefile, as `tcpdump -r FILE -ddd` prints it, but in one go.

    libpcap.py LINKTYPE [swapped] < filters, one a line; swapped: the file is of a host of the other byte order

For each filter two lines, with libpcap's optimizer and without: the number of instructions, then code, jt, jf and k of
each; or "!" and why it is refused. Status 77: there is no libpcap here."""
import ctypes
import os
import struct
import sys


class Insn(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_uint), ("insns", ctypes.POINTER(Insn))]


def load():
    try:
        pcap = ctypes.CDLL("libpcap.so.0.8")
    except OSError:
        sys.exit(77)
    pcap.pcap_open_offline.restype = ctypes.c_void_p
    pcap.pcap_geterr.restype = ctypes.c_char_p
    pcap.pcap_geterr.argtypes = [ctypes.c_void_p]
    pcap.pcap_compile.argtypes = [ctypes.c_void_p, ctypes.POINTER(Program), ctypes.c_char_p, ctypes.c_int,
                                  ctypes.c_uint32]
    pcap.pcap_freecode.argtypes = [ctypes.POINTER(Program)]
    return pcap


def savefile(pcap, link, is_swapped):
    fd = os.memfd_create("savefile")
    order = "<" if (sys.byteorder == "little") != is_swapped else ">"
    os.write(fd, struct.pack(order + "IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, link))
    return pcap.pcap_open_offline(b"/proc/self/fd/%d" % fd, ctypes.create_string_buffer(256))


def compiled(pcap, handle, text, is_optimised):
    """The netmask is 0, as in tcpdump when it reads a file."""
    program = Program()
    if pcap.pcap_compile(handle, program, text, is_optimised, 0) < 0:
        return "! " + pcap.pcap_geterr(handle).decode(errors="replace").replace("\n", " ")
    numbers = [program.len]
    for insn in program.insns[:program.len]:
        numbers += insn.code, insn.jt, insn.jf, insn.k
    pcap.pcap_freecode(program)
    return " ".join(map(str, numbers))


def main():
    pcap = load()
    handle = savefile(pcap, int(sys.argv[1]), sys.argv[2:] == ["swapped"])
    if not handle:
        sys.exit("libpcap cannot read link type " + sys.argv[1])
    for line in sys.stdin.buffer:
        for is_optimised in 1, 0:
            print(compiled(pcap, handle, line.rstrip(b"\n"), is_optimised))


main()
