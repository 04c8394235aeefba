#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second source: packets made at random by Scapy must read the same in ringtap.

usage: agree.py RINGTAP [PACKETS [SEED]]
Agreement files of protocol families (agree_FAMILY.py) give main() their own packets and add to KNOWN_... .

Compares summary(), show() and every field of --json with what Scapy says of the same bytes; the packets come
from tests/support/at_random.py. Differences where Scapy is mistaken are rows of KNOWN_LINES and KNOWN_FIELDS, each
with its RFC; everything else is a failure. What agrees is also counted, first with known differences as differences
like any other, then without those that a specification decides against Scapy."""
import codecs
import json
import logging
import os
import re
import struct
import sys
import tempfile

logging.getLogger("scapy").setLevel(logging.CRITICAL)
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
try:
    from scapy.all import DNS, IP, IPv6, Padding, Raw, TCP, conf, raw
    from scapy.fields import ConditionalField, FlagValue
    from scapy.packet import NoPayload, Packet
    from at_random import LINKS, rnd
    from savefile import run, write_pcap
except ImportError:
    print("skipped: python3-scapy is not installed")
    sys.exit(77)

conf.debug_dissector = False


# ---- differences where Scapy is mistaken, or says more than the packet does: (Scapy's, ringtap's, why) ------------

KNOWN_LINES = [
    (r"^ *(unused += \'\'|autopad += \w+)$", None,
     "RFC 792, RFC 8200: a field of no width, and a switch of Scapy's builder; neither is in the packet"),
    (r"^ *\|  +rdlen += None$", r"^ *\|  rdlen += \d+$",
     "RFC 1035 3.2.1: RDLENGTH is in the packet; Scapy forgets it where a name might be compressed"),
    (r"= \'\'$", r"= \'\.\'$", "RFC 1035 3.1: the root is a name; Scapy shows it in an owner's place only"),
    (r"802\.1q (\S+ > \S+ )?\(\?\?\) vlan \?\?", r"802\.1q (\S+ > \S+ )?\(\S+\) vlan \d+",
     "IEEE 802.1Q 9.6: a service tag has type and vlan; Scapy looks for a layer named Dot1Q"),
    (r"DNS Ans \"b\'\'\"", r"DNS Ans \"b\'\.\'\"", "RFC 1035 3.1: the root is a name"),
    (r"ARP .*None", r"ARP .*\'\'", "RFC 826: a length of 0 is a length"),
]
EXTRA_LINES = []        # of ringtap alone: (pattern, why)
SIBLINGS = ("RFC 1035 4.1: records of a section stand side by side; Scapy indents what follows one that is not of its "
            "class DNSRR")
FILLED = "RFC 826: an address has all its bytes; Scapy takes zeros at its end for filling"
ANNOTATED = "RFC 5952: the address alone is its text"
COMPATIBLE = "RFC 4291 2.5.5.1: ::a.b.c.d is no longer a form of its own"
KNOWN_FIELDS = [
    (r"^ICMP(error)?\.unused$", "RFC 792: a field of no width"),
    (r"^IPv6ExtHdr\w+\.autopad$", "RFC 8200 4.2: a switch of Scapy's builder"),
    (r"^DNS\..*\.rdlen$", "RFC 1035 3.2.1: RDLENGTH is in the packet"),
]


KNOWN_PACKETS = [
    (lambda p: any(type(l).__name__.startswith("ICMP") and l.fields.get("type") in (37, 38) for l in layers_of(p)),
     "RFC 1788: after id and seq of a domain name request nothing follows; Scapy reads four bytes more"),
    (lambda p: any(isinstance(l, IP) and l.frag and l.proto == 41 for l in layers_of(p)),
     "RFC 791 3.2: a later fragment does not begin with a header; Scapy finds IPv6 there"),
    (lambda p: any(isinstance(l, TCP) and isinstance(l.payload, Raw) and l.payload.load[:2] in (b"\0\x0c", b"\0\x0d")
                   and 53 in (l.sport, l.dport) for l in layers_of(p)),
     "RFC 1035 4.2.2: the length does not count itself, so a message of 12 bytes is whole; Scapy wants 14"),
    (lambda p: any(isinstance(l, IPv6) and l.plen == 0 and isinstance(l.payload, Padding) for l in layers_of(p)),
     "RFC 2675 3: a payload length of 0 says nothing, the payload may be a jumbogram"),
]
INVENTED = "RFC 792: of a header that was cut Scapy shows what it does not have, with the values it would build"


def layers_of(packet):
    while not isinstance(packet, NoPayload):
        yield packet
        packet = packet.payload


def without_dots(text):
    """::1.2.3.4 as ::102:304."""
    return re.sub(r"(?<![0-9a-f:])::(\d+)\.(\d+)\.(\d+)\.(\d+)\b",
                  lambda m: "::%x:%x" % tuple(int(m[i]) << 8 | int(m[i + 1]) for i in (1, 3)), text)


def invented(packet):
    """The fields that were not dissected, because no byte was left for them."""
    return {f.name for l in layers_of(packet) for f in l.fields_desc if f.name not in l.fields}


def field_of(line):
    return re.sub(r"^ *\\?(\w+) *[=\\].*", r"\1", line or "")


def known_line(theirs, ours):
    """Why two lines may differ, and whether Scapy's stands alone; None: they may not. What the groups of one pattern
    match, those of the other must match too."""
    plainly = without_dots(re.sub(r" \[(Teredo|6to4) [^]]*\]", "", theirs))
    if ours is not None and plainly != ours and re.sub(r"\| +", "|", plainly) == re.sub(r"\| +", "|", ours):
        return SIBLINGS, False
    if ours is not None and without_dots(theirs) == ours:
        return COMPATIBLE, False
    if re.search(r"ARP|(hw|p)(src|dst) ", theirs) and theirs == re.sub(r"(\\x00)+(['\"])$", r"\2", ours or ""):
        return FILLED, False
    if ours is not None and plainly == ours:
        return ANNOTATED, False
    for left, right, why in KNOWN_LINES:
        one, two = re.search(left, theirs), re.search(right, ours) if right and ours is not None else None
        if one and right is None:
            return why, True
        if one and two and one.groups() == two.groups():
            return why, False
    return None


# ---- what Scapy says, in the words of --json ---------------------------------------------------------------------

CONVERT = {}            # "LAYER.field": a function that says Scapy's value in the words of --json
codecs.register_error("as-latin-1", lambda e: ("".join(chr(b) for b in e.object[e.start:e.end]), e.end))
as_text = lambda value: None if value is None else value.decode("utf-8", "as-latin-1")      # noqa: E731
NAMES = {"qname", "rrname", "exchange", "mname", "rname", "target"}      # bytes in Scapy, text in JSON


def plain(value, is_name=False):
    """A field's value as JSON has it: flags as text, bytes as hex, names as text, tuples as arrays."""
    if isinstance(value, FlagValue):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "as-latin-1") if is_name else value.hex()
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if isinstance(value, Packet):
        return "a layer " + type(value).__name__
    return value


def fields(layer):
    out = {}
    for field in layer.fields_desc:
        if isinstance(field, ConditionalField) and not field._evalcond(layer):
            continue
        out[field.name] = layer.getfieldval(field.name)
    return out


def compare_value(theirs, ours, where, is_name, judge):
    if isinstance(theirs, Packet) and isinstance(ours, list):
        theirs = [theirs]
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], Packet) and isinstance(ours, list):
        theirs = [l for packet in theirs for l in layers_of(packet)]    # records hang together as payloads in Scapy
    if isinstance(theirs, tuple) and isinstance(ours, str) and len(theirs) == 2:
        theirs = "%s/%d" % (theirs if isinstance(theirs[-1], int) else theirs[::-1])        # a prefix
    if isinstance(theirs, (list, tuple)) and isinstance(ours, list):
        if len(theirs) != len(ours) or not theirs:
            judge(where, theirs, ours, len(theirs) == len(ours))
        for i, (t, o) in enumerate(zip(theirs, ours)):
            compare_value(t, o, "%s[%d]" % (where, i), is_name, judge)
    elif isinstance(theirs, Packet) and isinstance(ours, dict):
        compare_fields(theirs, ours, where, judge)
    else:
        theirs = plain(theirs, is_name)
        if isinstance(theirs, str) and theirs != ours and without_dots(theirs) == ours:
            theirs = ours
        if is_name and theirs == "" and ours == ".":
            theirs = ours
        judge(where, theirs, ours, theirs == ours or (theirs in (None, [], "") and ours in (None, [], "")))


def compare_fields(layer, ours, where, judge):
    theirs, made_up = fields(layer), invented(layer)
    for field, value in theirs.items():
        is_name = field in NAMES or (field == "rdata" and getattr(layer, "type", 0) in (2, 5, 12))
        value = CONVERT.get(where + "." + field, lambda same: same)(value)
        if field in ours and (field not in made_up or ours[field] != []):
            compare_value(value, ours[field], where + "." + field, is_name, judge)
        elif plain(value) not in (None, [], "") and field not in made_up:
            judge(where + "." + field, value, "absent", False)
    for field in ours:
        if field not in theirs:
            judge(where + "." + field, "absent", ours[field], False)


# ---- the comparison -----------------------------------------------------------------------------------------------

LEAST = {"layer chains": 99, "fields": 99.5, "summary": 98, "show": 98}         # percent, where Scapy may be right
JUDGED = re.compile(r"RFC|IEEE|radiotap\.org")      # how a reason begins that a specification gives


class Tally:
    """Counts, and the first few examples of every kind of difference. What is compared are chains by packet, fields by
    value, text by line."""

    def __init__(self):
        self.packets, self.known, self.bad = 0, {}, {}
        self.compared, self.differ, self.mistaken = (dict.fromkeys(LEAST, 0) for _ in range(3))
        self.excused = None             # why nothing of this packet needs to agree

    def excuse(self, measure, why):
        self.known[why] = self.known.get(why, 0) + 1
        self.differ[measure] += 1
        self.mistaken[measure] += bool(JUDGED.match(why))

    def say(self, measure, what, frame, theirs, ours):
        if self.excused:
            return self.excuse(measure, self.excused)
        self.differ[measure] += 1
        kind = re.sub(r"\d+", "N", what)
        self.bad[kind] = self.bad.get(kind, 0) + 1
        if self.bad[kind] <= 2 and len(self.bad) <= 40:
            print("%s of %s\n  Scapy   %r\n  ringtap %r" % (what, frame.hex(), plain(theirs), ours))
        return None

    def percent(self, measure, less=0):
        return 100 * (1 - (self.differ[measure] - less) / max(self.compared[measure], 1))

    def report(self):
        for why, count in sorted(self.known.items()):
            print("%6d known: %s" % (count, why))
        for kind, count in sorted(self.bad.items()):
            print("%6d wrong: %s" % (count, kind))
        print("%d packets compared: %s" % (self.packets, "all agree" if not self.bad else "they differ"))
        enough = True
        for measure, least in LEAST.items():
            fair = self.percent(measure, self.mistaken[measure])
            enough = enough and fair >= least
            print("%-12s %7.3f %% of %d agree; %7.3f %% where Scapy is not mistaken, at least %s wanted" %
                  (measure, self.percent(measure), self.compared[measure], fair, least))
        return enough and not self.bad


def dissect(cls, frame):
    packet = (cls or (IP if frame[0] >> 4 == 4 else IPv6))(frame)
    if DNS in packet and not packet[DNS].qdcount and len(packet[DNS].original) <= 14:
        packet[DNS].qd = None               # INVENTED: Scapy's default question
    return packet


def compare_lines(what, frame, theirs, ours, without, tally):
    theirs, ours = theirs.strip("\n").split("\n"), ours.strip("\n").split("\n")
    tally.compared[what] += len(theirs)
    for pattern, why in EXTRA_LINES:
        less = [line for line in ours if not re.search(pattern, line)]
        for _ in range(len(ours) - len(less)):
            tally.excuse(what, why)
        ours = less
    at = 0
    for line in theirs:
        mine = ours[at] if at < len(ours) else None
        known = line != mine and known_line(line, mine)
        if line != mine and not known and field_of(line) in without:
            known = INVENTED, field_of(line) != field_of(mine)
        if line != mine and not known:
            return tally.say(what, what, frame, line, mine)
        if known:
            tally.excuse(what, known[0])
        at += not (known and known[1])
    if at != len(ours):
        tally.say(what, what, frame, None, ours[at])
    return None


def compare_layers(what, layers, frame, obj, tally):
    """The fields of these layers, one after the other from the first."""
    seen = {}

    def judge(where, theirs, ours, is_same):
        tally.compared["fields"] += 1
        if is_same:
            return None
        for pattern, why in KNOWN_FIELDS:
            if re.search(pattern, where):
                return tally.excuse("fields", why)
        return tally.say("fields", what + where, frame, theirs, ours)
    for layer in layers:
        name = type(layer).__name__
        seen[name] = seen.get(name, 0) + 1
        compare_fields(layer, obj[name if seen[name] == 1 else "%s_%d" % (name, seen[name])], name, judge)


def compare_json(packet, frame, obj, tally):
    names = [layer.__name__ for layer in packet.layers()]
    tally.compared["layer chains"] += 1
    if names != obj["layers"]:
        return tally.say("layer chains", "layers", frame, names, obj["layers"])
    return compare_layers("", layers_of(packet), frame, obj, tally)


def compare_link(program, link, cls, frames, tally):
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        write_pcap(file.name, link, frames)
        summaries = run(program, file.name, "--summary", "-t").split("\n")[:-1]
        shows = re.split(r"\n\n(?=###\[)", run(program, file.name, "--show", "-t"))
        objects = [json.loads(line) for line in run(program, file.name, "--json").split("\n")[:-1]]
    for which, got in (("summaries", summaries), ("shows", shows), ("objects", objects)):
        if len(got) != len(frames):
            sys.exit("link type %d: %d %s for %d packets" % (link, len(got), which, len(frames)))
    for frame, summary, show, obj in zip(frames, summaries, shows, objects):
        packet = dissect(cls, frame)
        tally.excused = next((why for is_known, why in KNOWN_PACKETS if is_known(packet)), None)
        tally.packets += 1
        compare_lines("summary", frame, packet.summary(), summary, (), tally)
        compare_lines("show", frame, packet.show(dump=True), show, invented(packet), tally)
        compare_json(packet, frame, obj, tally)
    tally.excused = None


def front(packet):
    """The layers in front of a cut. At the cut Scapy gives up a layer that ringtap still shows in part, or makes up its
    fields, so nothing is compared there; the last of the others may lack options."""
    whole = list(layers_of(packet))
    while whole and (isinstance(whole[-1], (Raw, Padding, DNS)) or invented(whole[-1])):
        whole.pop()
    return whole[:-1]


def compare_cut(program, link, cls, frames, tally):
    """Frames cut at any place: the layers in front of the cut must be the same."""
    cut = [frame[:rnd.randrange(1, len(frame))] for frame in frames if len(frame) > 1]
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        write_pcap(file.name, link, cut)
        objects = [json.loads(line) for line in run(program, file.name, "--json").split("\n")[:-1]]
    for frame, obj in zip(cut, objects):
        tally.packets += 1
        try:
            packet = dissect(cls, frame)
        except (struct.error, TypeError):       # Scapy gives up where the first header does not fit
            if obj["layers"] not in (["Raw"], [getattr(cls, "__name__", "")]):     # or shown as far as it goes
                    tally.say("layer chains", "layers of a cut first header", frame, ["Raw"], obj["layers"])
            continue
        except IndexError:                      # ... or where a routing header does not
            continue
        if any(is_known(packet) for is_known, _ in KNOWN_PACKETS):
            continue
        layers = front(packet)
        names = [type(layer).__name__ for layer in layers]
        tally.compared["layer chains"] += 1
        if names != obj["layers"][:len(names)]:
            tally.say("layer chains", "layers of a cut packet", frame, names, obj["layers"])
        else:
            compare_layers("cut: ", layers, frame, obj, tally)


def main(links=LINKS):
    program = sys.argv[1]
    packets = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rnd.seed(seed)
    print("seed %d, %d packets" % (seed, packets))
    tally = Tally()
    for link, cls, maker, share in links:
        frames = [raw(maker()) for _ in range(packets * share // 20)]
        compare_link(program, link, cls, frames, tally)
        compare_cut(program, link, cls, frames[::3], tally)
    return 0 if tally.report() else 1


if __name__ == "__main__":
    sys.exit(main())
