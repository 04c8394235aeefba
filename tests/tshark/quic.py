#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second sources: Initial packets of QUIC that python3-cryptography encrypts must be opened, and read as tshark does.

usage: quic.py RINGTAP [PACKETS [SEED]]

Hellos are made at random and cut into CRYPTO frames in any order (RFC 9000 section 19.6). tshark is asked about those
that are whole; what is expected of the others, cut, with holes, damaged or a server's, is known when they are made."""
import hmac
import json
import os
import random
import shutil
import struct
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from savefile import run, write_pcap
try:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
except ImportError:
    print("skipped: python3-cryptography is not installed")
    sys.exit(77)

V1, V2 = 1, 0x6b3343cf
SALTS = {V1: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", V2: "0dede3def700a6db819381be6e269dcbf9bd2ed9"}
PREFIXES = {V1: b"quic ", V2: b"quicv2 "}
TYPES = {V1: 0, V2: 1}
RAW_IP4 = 228
OPENED_MAX = 2048               # what ringtap has room for
rnd = random.Random()


# ---- encryption (RFC 9001 section 5, RFC 9369 section 3.3) --------------------------------------------------------

def expand(secret, label, size):
    label = b"tls13 " + label
    info = struct.pack(">HB", size, len(label)) + label + b"\0"
    return HKDFExpand(hashes.SHA256(), size, info).derive(secret)


def varint(number, size=1):
    while number >= 1 << (8 * size - 2):
        size *= 2
    return (number | {1: 0, 2: 1, 4: 2, 8: 3}[size] << (8 * size - 2)).to_bytes(size, "big")


def seal(header, version, dcid, number, number_size, payload, side):
    """`header` up to the length; the packet number and the payload follow."""
    secret = expand(hmac.new(bytes.fromhex(SALTS[version]), dcid, "sha256").digest(), side, 32)
    key, iv, protection = (expand(secret, PREFIXES[version] + what, size)
                           for what, size in ((b"key", 16), (b"iv", 12), (b"hp", 16)))
    sent = number.to_bytes(number_size, "big")
    nonce = bytes(a ^ b for a, b in zip(iv, number.to_bytes(12, "big")))
    sealed = AESGCM(key).encrypt(nonce, payload, header + sent)
    mask = Cipher(algorithms.AES(protection), modes.ECB()).encryptor().update((sent + sealed)[4:20])
    return (bytes([header[0] ^ mask[0] & 15]) + header[1:] + bytes(a ^ b for a, b in zip(sent, mask[1:])) + sealed)


# ---- hellos (RFC 8446 section 4.1.2) -------------------------------------------------------------------------------

def sized(size, data):
    return len(data).to_bytes(size, "big") + data


def extension(number, data):
    return struct.pack(">H", number) + sized(2, data)


def host():
    return ".".join("".join(rnd.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(rnd.randrange(1, 30)))
                    for _ in range(rnd.randrange(2, 5)))


class Hello:
    """`name` and `alpn`: what it says, or None; `ends`: the byte behind either of them."""

    def __init__(self):
        self.name = host() if rnd.random() < .9 else None
        self.alpn = rnd.choice((None, ["h3"], ["h3", "h3-29"], ["doq"], ["hq-interop", "h3"]))
        parts = [(None, extension(0x2a2a, rnd.randbytes(rnd.choice((0, 1, 20, 300))))),
                 (None, extension(43, b"\2\3\4")),
                 (None, extension(51, sized(2, b"\0\x1d" + sized(2, rnd.randbytes(32))))),
                 (None, extension(57, b"\1\4\x80\0\x75\x30"))]
        if self.name:
            parts.append(("name", extension(0, sized(2, b"\0" + sized(2, self.name.encode())))))
        if self.alpn:
            parts.append(("alpn", extension(16, sized(2, b"".join(sized(1, a.encode()) for a in self.alpn)))))
        rnd.shuffle(parts)
        front = (b"\3\3" + rnd.randbytes(32) + sized(1, rnd.randbytes(rnd.choice((0, 32)))) +
                 sized(2, b"\x13\1\x13\2\x13\3") + b"\1\0")
        extensions = b"".join(data for _, data in parts)
        self.bytes = b"\1" + sized(3, front + sized(2, extensions))
        self.ends, at = {}, 4 + len(front) + 2
        for what, data in parts:
            at += len(data)
            if what == "alpn":          # the first is enough
                self.ends[what] = at - len(data) + 7 + len(self.alpn[0])
            elif what:
                self.ends[what] = at

    def says(self, size):
        """What its first bytes say."""
        said = {} if not size else {"handshake": 1}
        if self.name and size >= self.ends["name"]:
            said["server_name"] = self.name
        if self.alpn and size >= self.ends["alpn"]:
            said["alpn"] = self.alpn[0]
        return said


# ---- packets -------------------------------------------------------------------------------------------------------

def crypto(hello, begin, end):
    return b"\6" + varint(begin, rnd.choice((1, 2, 4, 8))) + varint(end - begin, rnd.choice((1, 2))) + hello[begin:end]


def frames(hello, pieces, without):
    """In any order, some of it twice, with PADDING and PING between; and how far it is whole."""
    cuts = sorted({0, len(hello), *(rnd.randrange(1, len(hello)) for _ in range(pieces - 1))})
    spans = list(zip(cuts, cuts[1:]))
    missing = rnd.randrange(len(spans)) if without else None
    whole = spans[missing][0] if without else len(hello)
    kept = [span for i, span in enumerate(spans) if i != missing]
    if kept and rnd.random() < .2:
        kept.append(rnd.choice(kept))
    if rnd.random() < .8:
        rnd.shuffle(kept)
    out = b""
    for begin, end in kept:
        out += rnd.choice((b"", b"\1", bytes(rnd.randrange(40)))) + crypto(hello, begin, end)
    return out, whole


def packet(kind):
    """A datagram, what tshark may be asked about it, and what it says."""
    hello, version = Hello(), rnd.choice((V1, V1, V2))
    if kind == "no hello":
        hello.bytes = bytes([rnd.randrange(2, 25)]) + hello.bytes[1:]
    shortest = 8 if kind == "whole" else 0      # of short ones, which may come twice, tshark makes one connection
    dcid, scid = rnd.randbytes(rnd.randrange(shortest, 21)), rnd.randbytes(rnd.randrange(21))
    token = rnd.randbytes(rnd.choice((0, 0, 1, 70, 200)))
    data, whole = frames(hello.bytes, rnd.choice((1, 1, 2, 5, 20)), kind == "hole")
    if kind == "cut":
        whole = rnd.randrange(len(hello.bytes))
        data = crypto(hello.bytes, 0, whole) if whole else b"\1"
    data += bytes(max(0, rnd.choice((0, 0, 1100, 1100, 1400, OPENED_MAX - 60)) - len(data)))
    number_size = rnd.randrange(1, 5)
    data += bytes(max(0, 4 - number_size - len(data)))
    header = bytes([0xc0 | TYPES[version] << 4 | number_size - 1]) + struct.pack(">I", version) + sized(1, dcid)
    header += sized(1, scid) + varint(len(token), rnd.choice((1, 2, 4, 8))) + token
    header += varint(number_size + len(data) + 16, rnd.choice((2, 2, 4, 8)))
    number = rnd.randrange(256 ** min(number_size, 2))
    side = b"server in" if kind == "server" else b"client in"
    datagram = seal(header, version, dcid, number, number_size, data, side)
    said = hello.says(whole)
    if kind == "damaged":
        at = rnd.randrange(len(header), len(datagram))
        datagram = datagram[:at] + bytes([datagram[at] ^ 1 << rnd.randrange(8)]) + datagram[at + 1:]
    if kind in ("damaged", "server", "no hello") or len(datagram) > OPENED_MAX:
        said = {}
    said.update(version=version, dcid=dcid.hex(), scid=scid.hex(), token=token.hex())
    said["length"] = number_size + len(data) + 16
    if kind == "coalesced":
        datagram += rnd.randbytes(rnd.randrange(1, 60))
    return datagram, said


def carried(number, datagram):
    """In IPv4. Each is from a port of its own, for tshark keeps keys by connection."""
    udp = struct.pack(">HHHH", 50000 + number % 10000, 443, 8 + len(datagram), 0) + datagram
    source = bytes((10, 0, number >> 8 & 255, number & 255))
    return struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, source, bytes((10, 1, 0, 1))) + udp


# ---- comparing -----------------------------------------------------------------------------------------------------

SHARK = {"version": "quic.version", "dcid": "quic.dcid", "scid": "quic.scid", "token": "quic.token",
         "length": "quic.length", "server_name": "tls.handshake.extensions_server_name",
         "alpn": "tls.handshake.extensions_alpn_str", "handshake": "tls.handshake.type"}


def asked_tshark(path):
    fields = [word for field in SHARK.values() for word in ("-e", field)]
    lines = run("tshark", path, "-T", "fields", "-E", "separator=|", "-E", "occurrence=f", *fields)
    for line in lines.split("\n")[:-1]:
        yield {name: int(text, 0) if name in ("version", "length", "handshake") else text
               for name, text in zip(SHARK, line.split("|")) if text or name in ("scid", "token")}


def main():
    ringtap, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    seed = int(sys.argv[3] if len(sys.argv) > 3 else os.environ.get("RINGTAP_SEED", "9001"), 0)
    rnd.seed(seed)
    print(f"RINGTAP_SEED={seed}")
    kinds = ["whole"] * 5 + ["cut", "hole", "damaged", "server", "coalesced", "no hello"]
    made = [(kind, *packet(kind)) for kind in (kinds[i % len(kinds)] for i in range(count))]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "quic.pcap")
        write_pcap(path, RAW_IP4, [carried(i, datagram) for i, (_, datagram, _) in enumerate(made)])
        lines = run(ringtap, path, "--json")
        shark = list(asked_tshark(path)) if shutil.which("tshark") else [None] * count
    for i, (line, (kind, datagram, said), other) in enumerate(zip(lines.split("\n"), made, shark)):
        quic = json.loads(line).get("QUIC", {})
        told = {name: quic[name] for name in SHARK if name in quic}
        if told != said or (other is not None and kind == "whole" and len(datagram) <= OPENED_MAX and other != said):
            bad += 1
            print(f"packet {i}, {kind}: made  {said}\n    ringtap {told}\n    tshark  {other}\n    {datagram.hex()}")
    print(f"{count} packets, {bad} differ")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
