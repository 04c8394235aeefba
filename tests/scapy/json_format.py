#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What --json says, read by a strict parser, is what --format says, and of the kinds that --protocols lists.

usage: json_format.py RINGTAP [PACKETS [SEED]]

Packets of all families made at random by Scapy, each of them also cut and spoilt. Every member of every object, and of
the first item of every list, is asked for by name with --format; what an object does not have must print as `-`."""
import codecs
import json
import os
import re
import subprocess
import sys
import tempfile

import agree                    # skips where Scapy is not
from agree import raw, rnd, run, write_pcap
import agree_app
import agree_link
import agree_net
import agree_services
from at_random import LINKS

FAMILIES = (LINKS, agree_link.LINKS, ((101, None, lambda: rnd.choice(agree_net.MAKERS)(), 20),
                                      (101, None, lambda: rnd.choice(agree_app.MAKERS)(), 20),
                                      (101, None, lambda: rnd.choice(agree_services.MAKERS)(), 20)))
FRONT = ("number", "time", "iface", "caplen", "len")


# ---- what --json may say --------------------------------------------------------------------------------------------

class Number(str):
    """As it was written: 1.50 is not 1.5."""


def unique(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name twice: %s" % [name for name, _ in pairs])
    return dict(pairs)


def not_a_number(text):
    raise ValueError(text + " is no JSON")


def strict(text):
    return json.loads(text, object_pairs_hook=unique, parse_constant=not_a_number, parse_int=Number, parse_float=Number)


INTEGER, DECIMAL = re.compile(r"-?(0|[1-9]\d*)$"), re.compile(r"-?\d+\.\d+$")
HEX, MAC, IP4 = re.compile(r"([0-9a-f]{2})*$"), re.compile(r"([0-9a-f]{2}(:[0-9a-f]{2}){5})?$"), r"\d+(\.\d+){3}"
IP6 = r"[0-9a-f:]+(%s)?" % IP4


def is_integer(value):
    return isinstance(value, Number) and bool(INTEGER.match(value))


def is_text(value, pattern=r""):
    return isinstance(value, str) and not isinstance(value, Number) and bool(re.match(pattern, value))


SCHEMA = {                      # kinds of --protocols, as ringtap.8 has them
    "number": is_integer, "hex number": is_integer, "signed number": is_integer, "enumeration": is_integer,
    "OUI": is_integer, "milliseconds since midnight": is_integer,
    "decimal number": lambda value: isinstance(value, Number) and bool(DECIMAL.match(value)),
    "flags": is_text, "text": is_text, "domain name": is_text, "NetBIOS name": is_text,
    "bytes": lambda value: is_text(value, HEX), "MAC address": lambda value: is_text(value, MAC),
    "IPv4 address": lambda value: is_text(value, IP4 + "$"), "IPv6 address": lambda value: is_text(value, IP6 + "$"),
    "IPv4 prefix": lambda value: is_text(value, IP4 + r"/\d+$"),
    "IPv6 prefix": lambda value: is_text(value, IP6 + r"/\d+$"),
    "object identifier": lambda value: is_text(value, r"[\d.]*$"),
    "two numbers": lambda value: is_text(value, r"\d+:\d+$"), "list": lambda value: isinstance(value, list),
}


def kinds(program):
    """{"IP": {"ttl": {"number"}}}: a name may stand for several tables. Without what only --format says."""
    out = {}
    for line in subprocess.check_output([program, "--protocols"]).decode().split("\n")[:-1]:
        if not line.startswith(" "):
            fields = out.setdefault(line.split(" ")[0], {})
        elif not line.endswith(" (not in --json)"):
            name, kind = line.split(None, 1)
            fields.setdefault(name, set()).add(re.sub(r", \d+ bits?$", "", kind))
    return out


def undocumented():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/ringtap.8")) as manual:
        section = re.search(r"^\.Sh JSON\n.*?^\.Sh ", manual.read(), re.S | re.M)[0]
    return set(SCHEMA) - {kind for line in re.findall(r"^\.It (.*)", section, re.M) for kind in line.split(", ")}


def layer_of(member):
    return re.sub(r"_\d+$", "", member)


def against_schema(table, obj):
    """What is not as documented, one by one."""
    for name, value in obj.items():
        if name in FRONT:
            continue
        if name == "layers":
            seen = {}
            for layer in value:
                seen[layer] = seen.get(layer, 0) + 1
            keys = {"%s_%d" % (layer, i) if i > 1 else layer for layer, n in seen.items() for i in range(1, n + 1)}
            if keys != set(obj) - set(FRONT) - {"layers"}:
                yield "layers", value
            continue
        fields = table.get(name) or table[layer_of(name)]
        for field, member in value.items():
            if not any(SCHEMA[kind](member) for kind in fields[field]):
                yield "%s.%s" % (name, field), member


# ---- what --format says of the same ---------------------------------------------------------------------------------

codecs.register_error("as-latin-1", lambda e: ("".join(chr(b) for b in e.object[e.start:e.end]), e.end))


def unescaped(text):
    """\\xNN is a byte; bytes that are not UTF-8 are in JSON the characters of their number."""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes((int(m[1], 16),)), text.encode()).decode("utf-8", "as-latin-1")


def agrees(value, text):
    if value is None:
        return text == "-"
    if isinstance(value, (list, dict)):
        return strict(text) == value
    return text == value if isinstance(value, Number) else unescaped(text) == value


def names_in(obj):
    """Every name that --format takes for something in this object, and its value."""
    for member, value in obj.items():
        if member in FRONT:
            yield member, value
        elif member != "layers":
            for field, inner in value.items():
                yield "%s.%s" % (member, field), inner
                if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                    for name, first in inner[0].items():
                        yield "%s.%s.%s" % (member, field, name), first


def absent(table, objects):
    """Fields of the layers that are there, whether they are there or not."""
    members = {member for obj in objects for member in obj if member not in FRONT and member != "layers"}
    return ["%s.%s" % (member, field) for member in sorted(members)
            for field in table.get(member) or table[layer_of(member)]]


# ---- frames ---------------------------------------------------------------------------------------------------------

def spoilt(frame):
    out = bytearray(frame)
    for _ in range(rnd.randrange(1, 4)):
        out[rnd.randrange(len(out))] = rnd.randrange(256)
    return bytes(out)


def with_hostile(frames):
    frames = [frame for frame in frames if frame]
    return frames + [frame[:rnd.randrange(1, len(frame) + 1)] for frame in frames] + [spoilt(frame) for frame in frames]


def compare(program, table, link, frames, tally):
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        write_pcap(file.name, link, frames)
        objects = [strict(line) for line in run(program, file.name, "--json").split("\n")[:-1]]
        values = [dict(names_in(obj)) for obj in objects]
        names = sorted({name for value in values for name in value} | set(absent(table, objects)))
        texts = run(program, file.name, "--format", "\\t".join("{%s}" % name for name in names)).split("\n")[:-1]
    if not len(frames) == len(objects) == len(texts):
        sys.exit("link type %d: %d objects and %d lines for %d packets" % (link, len(objects), len(texts), len(frames)))
    for frame, obj, value, text in zip(frames, objects, values, texts):
        tally["packets"] += 1
        for where, what in against_schema(table, obj):
            say(tally, where + ", its kind", frame, what, "of another kind")
        for name, word in zip(names, text.split("\t")):
            tally["fields"] += 1
            tally["there"] += name in value
            if not agrees(value.get(name), word):
                say(tally, name, frame, value.get(name), word)


def say(tally, what, frame, one, two):
    tally["wrong"] += 1
    kind = re.sub(r"_\d+\b", "", what)
    tally[kind] = tally.get(kind, 0) + 1
    if tally[kind] == 1:
        print("%s of %s\n  --json   %r\n  --format %r" % (what, frame.hex(), one, two))


def main():
    program = sys.argv[1]
    packets = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rnd.seed(seed)
    print("seed %d, %d packets a family, each also cut and spoilt" % (seed, packets))
    table, tally = kinds(program), dict.fromkeys(("packets", "fields", "there", "wrong"), 0)
    for links in FAMILIES:
        for link, _, maker, share in links:
            compare(program, table, link, with_hostile([raw(maker()) for _ in range(packets * share // 20)]), tally)
    for kind in undocumented():
        print("ringtap.8 says nothing of the kind %s" % kind)
        tally["wrong"] += 1
    print("%(packets)d packets, %(fields)d fields asked for, %(there)d there: %(wrong)d wrong" % tally)
    return 1 if tally["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
