#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The application family: packets made at random by Scapy must read the same in ringtap.

usage: agree_app.py RINGTAP [PACKETS [SEED]]            see agree.py"""
import sys

import agree
from agree import CONVERT, EXTRA_LINES, KNOWN_FIELDS, KNOWN_LINES, as_text, plain, rnd
from at_random import ip4, ip6, mac, octets, text, u16, u32, u8, under
from scapy.all import IP, TCP, UDP, raw
from scapy.layers.dns import DNSQR, DNSRR
from scapy.layers.llmnr import LLMNRQuery, LLMNRResponse
from scapy.layers.ntp import NTPHeader
from scapy.layers.http import HTTP, HTTPRequest, HTTPResponse
from scapy.layers.dhcp import BOOTP, DHCP, DHCPOptions
from scapy.layers.tftp import (TFTP, TFTP_ACK, TFTP_DATA, TFTP_ERROR, TFTP_OACK, TFTP_Option, TFTP_Options, TFTP_RRQ,
                               TFTP_WRQ)
from scapy.layers.rip import RIP, RIPAuth, RIPEntry
from scapy.layers.dhcp6 import (DHCP6_Advertise, DHCP6_Confirm, DHCP6_Decline, DHCP6_InfoRequest, DHCP6_Rebind,
                                DHCP6_Reconf, DHCP6_RelayForward, DHCP6_RelayReply, DHCP6_Release, DHCP6_Renew,
                                DHCP6_Reply, DHCP6_Request, DHCP6_Solicit, DHCP6OptBootFileUrl, DHCP6OptClientFQDN,
                                DHCP6OptClientId, DHCP6OptDNSDomains, DHCP6OptDNSServers,
                                DHCP6OptElapsedTime, DHCP6OptIA_NA,
                                DHCP6OptIA_PD, DHCP6OptIA_TA, DHCP6OptIAAddress, DHCP6OptIAPrefix, DHCP6OptIfaceId,
                                DHCP6OptInfoRefreshTime, DHCP6OptOptReq, DHCP6OptPref, DHCP6OptRapidCommit,
                                DHCP6OptReconfAccept, DHCP6OptReconfMsg, DHCP6OptServerId,
                                DHCP6OptServerUnicast, DHCP6OptSNTPServers,
                                DHCP6OptStatusCode, DHCP6OptUnknown, DUID_EN, DUID_LL, DUID_LLT)
from scapy.packet import Packet


# ---- BOOTP and DHCP -----------------------------------------------------------------------------------------------

KNOWN_LINES += [
    (r"chaddr += ([0-9a-f:]+) \(", r"chaddr += ([0-9a-f:]+)$",
     "RFC 2131 2: the address alone; what fills it up is `pad`"),
    (r"options += b.* \(DHCP magic\)$", r"options += .c.+x82Sc.$", "RFC 2131 3: the cookie's bytes"),
    (r"options += b''$", r"options += '", "RFC 951 3: the vendor's area is there without a cookie too"),
    (r"options += \[", r"options += \[",
     "RFC 2132: option by option in --json; Scapy writes b before some strings, and lists in brackets"),
]
KNOWN_FIELDS += [(r"^BOOTP\.pad$", "RFC 2131 2: what fills up chaddr"),
                 (r"^BOOTP\.chaddr$", "RFC 2131 2: chaddr without what fills it up")]

TEXTS = {12, 14, 15, 17, 18, 40, 47, 56, 60, 62, 64, 66, 67, 86, 87, 88, 98, 100, 101, 113, 114, 160, 161, 209, 210}


def dhcp_options(options):
    """As --json has them: names or numbers, single values bare, text where the option is text."""
    numbers = {n if isinstance(n, str) else n.name: code for code, n in DHCPOptions.items()}
    out = []
    for option in options:
        if not isinstance(option, tuple):
            out.append([option, None])
            continue
        name, values = option[0], list(option[1:])
        code = numbers.get(name, name)
        if values and isinstance(values[0], list):
            values = values[0]
        if code in (121,) and values:       # the bytes of the routes
            values = [b"".join(DHCPOptions[121].i2m(None, values) for _ in (1,))]
        if values and isinstance(values[0], bytes):
            joined = b"".join(values)
            values = [joined.decode("utf-8", "as-latin-1") if code in TEXTS else joined.hex()]
        out.append([name, values[0] if len(values) == 1 else values or ""])
    return out


CONVERT["DHCP.options"] = dhcp_options


def dhcp_option():
    code = rnd.choice([c for c in DHCPOptions if c not in (0, 255, 121, 53)])
    field = DHCPOptions[code]
    if rnd.random() < .2 or isinstance(field, str):
        code = rnd.choice([c for c in DHCPOptions if isinstance(DHCPOptions[c], str) and 0 < c < 255] + [200, 250])
        return (DHCPOptions.get(code, code), text())
    kind = type(field).__name__
    many = range(rnd.choice((1, 1, 1, 2, 3)))
    values = {"IPField": ip4, "IntField": u32, "ShortField": u16, "ByteField": u8, "StrField": text}.get(kind, u8)
    if kind == "_DHCPParamReqFieldListField":
        return (field.name, [u8() for _ in range(rnd.randrange(2, 9))])
    if kind == "StrField":
        return (field.name, text())
    return (field.name,) + tuple(values() for _ in many)


def dhcp():
    ports = rnd.choice(((68, 67), (67, 68), (67, 67)))
    packet = under(UDP, *ports) / BOOTP(
        op=rnd.choice((1, 2)), htype=rnd.choice((1, 1, 1, 6)), hops=u8(), xid=u32(), secs=u16(),
        flags=rnd.choice((0, 32768)),
        ciaddr=ip4(), yiaddr=ip4(), siaddr=ip4(), giaddr=ip4(),
        chaddr=bytes(int(b, 16) for b in mac().split(":")), sname=text(), file=text())
    if rnd.random() < .05:
        return packet / b"\0\0\0\0"
    options = [("message-type", rnd.randrange(1, 14))] if rnd.random() < .95 else []
    options += [dhcp_option() for _ in range(rnd.randrange(6))]
    return packet / DHCP(options=options + ["end"] + ["pad"] * rnd.choice((0, 0, 5)))


# ---- HTTP ---------------------------------------------------------------------------------------------------------

KNOWN_LINES += [
    (r"^ +[A-Z]\w+ *= None$", None, "RFC 9110 5: a header field that is not there; Scapy lists all that it knows"),
    (r"^ +Unknown_Headers= \{", r"^ +.Unknown_Headers.$",
     "RFC 9110 5.2: fields of one name may stand side by side, so they are records and not a dictionary"),
]
EXTRA_LINES += [(r"^ +\|(###\[ Header \]###|  field_(name|value) *=)", "RFC 9110 5: Unknown_Headers as records")]


def unknown_headers(headers):
    return [{"field_name": plain(k, True), "field_value": plain(v, True)} for k, v in (headers or {}).items()] or None


for http_layer in (HTTPRequest, HTTPResponse):
    for http_field in http_layer.fields_desc:
        CONVERT["%s.%s" % (http_layer.__name__, http_field.name)] = (
            unknown_headers if http_field.name == "Unknown_Headers" else
            lambda value: None if value is None else value.decode("utf-8", "as-latin-1"))


def words():
    return b" ".join(text(9) for _ in range(rnd.randrange(1, 4)))


def http_fields(layer):
    names = [f.name for f in layer.fields_desc[3:-1]]
    names = [n for n in names if n not in ("Connection", "Transfer_Encoding", "Content_Encoding")]
    fields = {n: words() for n in rnd.sample(names, rnd.randrange(8))}
    if rnd.random() < .3:
        fields["Unknown_Headers"] = {b"X-%d-" % i + text().replace(b":", b""): words() for i in range(rnd.randrange(4))}
    return fields


def http():
    ports = [rnd.choice((80, 8080)), rnd.randrange(40000, 60000)]
    rnd.shuffle(ports)
    packet = under(TCP, *ports) / HTTP()
    if rnd.random() < .5:
        return packet / HTTPRequest(Method=rnd.choice(("GET", "POST", "PUT", "HEAD", "OPTIONS")), Path=text(),
                                    Http_Version=rnd.choice(("HTTP/1.1", "HTTP/1.0")), **http_fields(HTTPRequest))
    return packet / HTTPResponse(Http_Version="HTTP/1.1", Status_Code=b"%d" % rnd.randrange(100, 600),
                                 Reason_Phrase=words(), **http_fields(HTTPResponse)) / rnd.choice((b"", text()))


# ---- NTP ----------------------------------------------------------------------------------------------------------

KNOWN_LINES += [
    (r"NTP v\?\?, \?\?", r"NTP v\d, ", "RFC 5905 7.3: version and mode are there; Scapy looks for a layer named NTP"),
    (r"^ +(ref|orig|recv|sent|delay|dispersion) *= ", r"^ +(ref|orig|recv|sent|delay|dispersion) *= ",
     "RFC 5905 6: the bits of the wire; Scapy rounds them to seconds (--json is compared bit by bit)"),
    (r"ref_id += b(.*)$", r"ref_id += (.*)$", "RFC 5905 7.3: four bytes, written like all others"),
    (r"^ +authenticator= ''$", None, "a packet inside a packet, of no bytes"),
    (r"^ +status_word= b?''$", None, "RFC 9327 3: `status` is the word; Scapy keeps it twice"),
]


def ntp():
    ports = [123, rnd.choice((123, rnd.randrange(40000, 60000)))]
    rnd.shuffle(ports)
    return under(UDP, *ports) / NTPHeader(
        leap=rnd.randrange(4), version=rnd.randrange(1, 5), mode=rnd.randrange(6), stratum=rnd.choice((0, 1, 2, 3, 16)),
        poll=u8(), precision=u8(), delay=u16(), dispersion=u16(), id=ip4(), ref_id=text(4)[:4].ljust(4, b"\0"),
        ref=u32(), orig=u32(), recv=u32(), sent=u32())


# ---- LLMNR --------------------------------------------------------------------------------------------------------

KNOWN_LINES += [(r"^ +tc +=", r"^ +tc +=", "RFC 4795 2.1.1: TC is one bit, T another (--json compares both)"),
                (r" / LLMNR\w+ .*\\", r" / LLMNR\w+ .*\\x5c", "text from packets is escaped, a backslash too")]
EXTRA_LINES += [(r"^ +t +=", "RFC 4795 2.1.1: the T bit")]
KNOWN_FIELDS += [(r"^LLMNR\w+\.t$", "RFC 4795 2.1.1: the T bit"),
                 (r"^LLMNR.*\.rdlen$", "RFC 1035 3.2.1: RDLENGTH is in the packet")]
for llmnr_layer in ("LLMNRQuery", "LLMNRResponse"):
    CONVERT[llmnr_layer + ".tc"] = lambda value: value >> 1


def llmnr():
    question = DNSQR(qname=text(9).replace(b".", b""), qtype=rnd.choice((1, 12, 28)))
    answer = DNSRR(rrname=question.qname, rdata=ip4(), ttl=u32())
    if rnd.random() < .5:
        return under(UDP, 40000, 5355) / LLMNRQuery(id=u16(), c=rnd.randrange(2), tc=rnd.randrange(4), qd=question)
    return under(UDP, 5355, 40000) / LLMNRResponse(id=u16(), z=rnd.randrange(16), rcode=rnd.randrange(16), qd=question,
                                                   an=answer)


# ---- TFTP ---------------------------------------------------------------------------------------------------------

for tftp_field in ("TFTP_RRQ.filename", "TFTP_RRQ.mode", "TFTP_WRQ.filename", "TFTP_WRQ.mode", "TFTP_ERROR.errormsg"):
    CONVERT[tftp_field] = as_text
for tftp_field in ("oname", "value"):
    for tftp_number in range(4):
        CONVERT["TFTP_Options.options[%d].%s" % (tftp_number, tftp_field)] = as_text


def tftp():
    options = TFTP_Options(options=[TFTP_Option(oname=text(), value=text()) for _ in range(rnd.randrange(1, 4))])
    kind = rnd.choice((TFTP_RRQ, TFTP_WRQ, TFTP_DATA, TFTP_ACK, TFTP_ERROR, TFTP_OACK))
    packet = under(UDP, rnd.randrange(40000, 60000), 69) / TFTP()
    if kind in (TFTP_RRQ, TFTP_WRQ):
        packet /= kind(filename=text(), mode=rnd.choice((b"octet", b"netascii")))
        return packet / options if rnd.random() < .5 else packet
    if kind is TFTP_ERROR:
        return packet / TFTP_ERROR(errorcode=rnd.randrange(9), errormsg=text())
    if kind is TFTP_OACK:
        return packet / TFTP_OACK() / options
    return packet / kind(block=u16()) / (text() if kind is TFTP_DATA else b"")


# ---- RIP and RADIUS -----------------------------------------------------------------------------------------------

def rip():
    packet = under(UDP, 520, rnd.choice((520, 40000)))
    packet /= RIP(cmd=rnd.randrange(12), version=rnd.choice((1, 2)), null=u16())
    if rnd.random() < .3:
        packet /= rnd.choice((RIPAuth(authtype=2, password=text()[:16]),
                              RIPAuth(authtype=3, digestoffset=u16(), keyid=u8(), authdatalen=u8(), seqnum=u32(),
                                      zeropad=b"\0" * 8)))
    for _ in range(rnd.randrange(5)):
        packet /= RIPEntry(AF=rnd.choice((2, 2, 0, 9)), RouteTag=u16(), addr=ip4(), mask=ip4(), nextHop=ip4(),
                           metric=rnd.choice((1, 16, u32())))
    return packet


KNOWN_LINES += [
    (r"(\|###\[) [A-Z][A-Za-z0-9-]+ \]###", r"(\|###\[) Radius Attribute \]###",
     "RFC 2865 5: all attributes are alike, `type` says which one it is"),
    (r"^ +\|  value +=", r"^ +\|  value +=",
     "RFC 2865 5: text, octets, addresses by attribute (--json compares bytes)"),
    (r"^ +\|  type +=", r"^ +\|  type +=", "RFC 2865: names of numbers that are not assigned"),
    (r"^ +code += ", r"^ +code += ", "RFC 3575 2.1: codes that nobody uses have no name here (--json compares them)"),
]


def radius_attribute():
    kind = rnd.choice((1, 2, 4, 5, 11, 12, 18, 24, 25, 27, 32, 44, 87, 200))
    if kind in (5, 12, 27):
        return bytes((kind, 6)) + u32().to_bytes(4, "big")
    if kind == 4:
        return bytes((kind, 6)) + octets(4).ljust(4, b"\1")
    value = text()
    return bytes((kind, len(value) + 2)) + value


def radius_attributes(attributes):
    """Values as --json has them, from the bytes of each attribute."""
    out = []
    for attribute in map(raw, attributes):
        value, kind = attribute[2:], attribute[0]
        value = (int.from_bytes(value, "big") if kind in (5, 12, 27) else ".".join(map(str, value)) if kind == 4 else
                 value.decode() if kind in (1, 11, 18, 32, 44, 87) else value.hex())
        out.append({"type": kind, "len": attribute[1], "value": value})
    return out


CONVERT["Radius.attributes"] = radius_attributes


def radius():
    attributes = b"".join(radius_attribute() for _ in range(rnd.randrange(6)))
    return under(UDP, *rnd.choice(((1812, 40000), (40000, 1812), (40000, 1813)))) / (
        bytes((rnd.choice((1, 2, 3, 4, 5, 11, 40, 43)), u8())) + (20 + len(attributes)).to_bytes(2, "big") +
        octets(16).ljust(16, b"\7") + attributes)


# ---- DHCPv6 -------------------------------------------------------------------------------------------------------

KNOWN_LINES += [
    (r"^ +.(duid|message) +.$", r"^ +(duid|message) +=",
     "RFC 8415 11: a DUID is opaque, and a relayed message is data"),
    (r"^ +\|(###\[ DUID|  (type|hwtype|timeval|lladdr|enterprisenum|id) *=)", None, "RFC 8415 11: a DUID is opaque"),
    (r"^ +elapsedtime= (?:[0-9.]+ sec|infinity .*)$", r"^ +elapsedtime= \d+$",
     "RFC 8415 21.9: the number; Scapy says it in seconds"),
    (r"^ +statusmsg = b?(.*)$", r"^ +statusmsg = (.*)$", "text"),
    (r"^ +(fqdn|dnsdomains) += ", r"^ +(fqdn|dnsdomains) += ",
     "RFC 8415 10: names, with their final dot (--json compares)"),
    (r"^ +reqopts   = ", r"^ +reqopts   = ", "RFC 8415 21.7: names of options that nobody uses (--json compares)"),
    (r"^ +(pref|valid)lft += (.*)$", r"^ +(pref|valid)lft += (.*)$", "the same"),
]
CONVERT["DHCP6OptClientId.duid"] = CONVERT["DHCP6OptServerId.duid"] = lambda duid: raw(duid).hex()
CONVERT["DHCP6OptStatusCode.statusmsg"] = CONVERT["DHCP6OptBootFileUrl.optdata"] = as_text
CONVERT["DHCP6OptDNSDomains.dnsdomains"] = lambda names: [n if isinstance(n, str) else n.decode() for n in names]
CONVERT["DHCP6OptClientFQDN.fqdn"] = lambda name: name if isinstance(name, str) else name.decode()


def dhcp6_option():
    address = DHCP6OptIAAddress(addr=ip6(), preflft=u32(), validlft=u32())
    prefix = DHCP6OptIAPrefix(prefix=ip6(), plen=rnd.randrange(129), preflft=u32(), validlft=u32())
    duid = rnd.choice((DUID_LL(lladdr=mac()), DUID_LLT(lladdr=mac(), timeval=u32()), DUID_EN(id=text())))
    return rnd.choice((
        DHCP6OptClientId(duid=duid), DHCP6OptServerId(duid=duid),
        DHCP6OptIA_NA(iaid=u32(), T1=u32(), T2=u32(), ianaopts=[address] * rnd.randrange(3)),
        DHCP6OptIA_TA(iaid=u32(), iataopts=[address] * rnd.randrange(2)),
        DHCP6OptIA_PD(iaid=u32(), T1=u32(), T2=u32(), iapdopt=[prefix] * rnd.randrange(2)),
        DHCP6OptOptReq(reqopts=[rnd.randrange(1, 80) for _ in range(rnd.randrange(1, 5))]), DHCP6OptPref(prefval=u8()),
        DHCP6OptElapsedTime(elapsedtime=u16()), DHCP6OptServerUnicast(srvaddr=ip6()), DHCP6OptRapidCommit(),
        DHCP6OptStatusCode(statuscode=rnd.randrange(7), statusmsg=text()), DHCP6OptReconfAccept(),
        DHCP6OptIfaceId(ifaceid=text()), DHCP6OptDNSServers(dnsservers=[ip6() for _ in range(rnd.randrange(1, 3))]),
        DHCP6OptSNTPServers(sntpservers=[ip6()]), DHCP6OptDNSDomains(dnsdomains=["a.example.", "b."]),
        DHCP6OptReconfMsg(msgtype=rnd.choice((5, 6, 11, 99))), DHCP6OptBootFileUrl(optdata=text()),
        DHCP6OptUnknown(optcode=rnd.choice((200, 999)), data=octets(9)),
        DHCP6OptInfoRefreshTime(reftime=u32()), DHCP6OptClientFQDN(flags=rnd.randrange(8), fqdn="box.example.")))


def dhcp6():
    kind = rnd.choice((DHCP6_Solicit, DHCP6_Advertise, DHCP6_Request, DHCP6_Confirm, DHCP6_Renew, DHCP6_Rebind,
                       DHCP6_Reply,
                       DHCP6_Release, DHCP6_Decline, DHCP6_Reconf, DHCP6_InfoRequest, DHCP6_RelayForward,
                       DHCP6_RelayReply))
    is_relay = kind in (DHCP6_RelayForward, DHCP6_RelayReply)
    packet = kind(linkaddr=ip6(), peeraddr=ip6()) if is_relay else kind(trid=u16())
    for _ in range(rnd.randrange(6)):
        packet /= dhcp6_option()
    return under(UDP, *rnd.choice(((546, 547), (547, 546)))) / packet


MAKERS = [dhcp, http, ntp, llmnr, tftp, rip, radius, dhcp6]

if __name__ == "__main__":
    if len(sys.argv) > 4:               # the names of makers, to try one of them
        MAKERS = [globals()[name] for name in sys.argv[4:]]
    sys.exit(agree.main(((101, IP, lambda: rnd.choice(MAKERS)(), 20),)))
