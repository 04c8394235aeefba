# SPDX-License-Identifier: MIT
"""Frames of every link type that filters know, made at random by Scapy: "LINKTYPE HEX", one a line.

    random_frames.py SEED COUNT

COUNT of each link type. What they carry comes from at_random.py, with addresses and ports that filters.def has. Status
77: there is no Scapy here."""
import logging
import struct
import sys

logging.getLogger("scapy").setLevel(40)
try:
    from scapy.all import (Dot1Q, Dot3, Ether, GRE, IP, IPv6, LLC, PPP, PPPoE, PPPoED, RadioTap, Raw, SNAP, STP, UDP)
    from scapy.contrib.mpls import MPLS
    from scapy.layers.dot11 import (Dot11, Dot11AssoReq, Dot11Auth, Dot11Beacon, Dot11Deauth, Dot11Elt, Dot11ProbeReq,
                                    Dot11QoS)
    from scapy.layers.l2 import CookedLinux, CookedLinuxV2
    from scapy.layers.vxlan import VXLAN
    import at_random
    from at_random import rnd
except ImportError:
    sys.exit(77)

MACS = ("02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:0b", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:fb",
        "02:00:00:00:00:03", "02:00:00:00:00:04")
IP4 = ("10.0.0.1", "10.0.0.2", "10.0.0.53", "192.168.16.34", "192.168.16.100", "172.16.0.1", "224.0.0.251",
       "198.51.100.1", "255.255.255.255", "127.0.0.1", "169.254.1.1", "8.8.8.8")
IP6 = ("2001:db8::1", "2001:db8::2", "fe80::1", "ff02::fb", "2001:db8:ffff::1", "::1", "2600::1")
PORTS = (20, 22, 53, 67, 68, 80, 123, 443, 5060, 5353, 8080, 49153, 6081, 4789)


def mac():
    return rnd.choice(MACS)


at_random.mac = mac
at_random.ip4 = lambda: rnd.choice(IP4)
at_random.ip6 = lambda: rnd.choice(IP6)
at_random.port = lambda: rnd.choice(PORTS)


def ip():
    return rnd.choice((at_random.ipv4, at_random.ipv4, at_random.ipv6))()


def short_ip():
    """Without the long payloads and chains that at_random.py likes."""
    if rnd.random() < .2:
        return at_random.ipv4()
    if rnd.random() < .5:
        return IP(src=at_random.ip4(), dst=at_random.ip4()) / at_random.udp_data()
    return IPv6(src=at_random.ip6(), dst=at_random.ip6()) / at_random.udp_data()


# ---- tunnels -------------------------------------------------------------------------------------------------

def labels():
    packet = short_ip()
    depth = rnd.randrange(1, 4)
    for i in range(depth):
        packet = MPLS(label=rnd.choice((0, 100, 1024, 100000, 1048575)), s=int(i == 0), ttl=64) / packet
    return packet


def session():
    inner = short_ip()
    return PPPoE(sessionid=rnd.choice((1, 0x27, 65535))) / PPP(proto=0x21 if isinstance(inner, IP) else 0x57) / inner


def geneve():
    inner = short_ip()
    if rnd.random() < .5:
        inner = Ether(src=mac(), dst=mac()) / (Dot1Q(vlan=5) / inner if rnd.random() < .3 else inner)
    number = 0x6558 if isinstance(inner, Ether) else 0x800 if isinstance(inner, IP) else 0x86dd
    options = at_random.octets(3) * 4
    header = struct.pack("!BBHI", len(options) // 4, 0, number, rnd.choice((11, 12, 0x123456)) << 8) + options
    return UDP(sport=rnd.randrange(65536), dport=6081) / Raw(header) / Raw(bytes(inner))


def vxlan():
    return UDP(sport=rnd.randrange(65536), dport=4789) / VXLAN(vni=rnd.choice((11, 12))) / Ether(
        src=mac(), dst=mac()) / short_ip()


def tunnelled():
    outer = rnd.choice((IP(src=at_random.ip4(), dst=at_random.ip4()), IPv6(src=at_random.ip6(), dst=at_random.ip6())))
    return outer / rnd.choice((geneve, vxlan, lambda: GRE() / short_ip()))()


# ---- 802.2 -----------------------------------------------------------------------------------------------------

def llc():
    kind = rnd.randrange(5)
    if kind == 0:
        return LLC(dsap=0x42, ssap=0x42, ctrl=3) / STP()
    if kind == 1:
        code = rnd.choice((0x0800, 0x86dd, 0x0806, 0x809b, 0x80f3, 0x8137, 0x8847, 0x8863, 0x8864, 0x6003))
        inner = short_ip() if code in (0x800, 0x86dd) else Raw(at_random.load())
        return LLC(dsap=0xaa, ssap=0xaa, ctrl=3) / SNAP(OUI=rnd.choice((0, 0, 0x080007, 12)), code=code) / inner
    if kind == 2:
        kind = rnd.choice((15, 16, 17, 18, 20, 24, 25, 26, 27))
        return LLC(dsap=0xfe, ssap=0xfe, ctrl=3) / Raw(bytes((rnd.choice((0x81, 0x82, 0x83)), 27, 1, 0, kind, 1, 0, 0)))
    sap = rnd.choice((0x00, 0x04, 0x06, 0xe0, 0xf0, 0xfe, 0xff))
    return LLC(dsap=sap, ssap=sap, ctrl=rnd.randrange(256)) / Raw(at_random.load())


# ---- links -----------------------------------------------------------------------------------------------------

def ether():
    kind = rnd.randrange(8)
    head = Ether(src=mac(), dst=mac())
    if kind < 2:
        return at_random.ether()
    if kind == 2:
        body = llc()
        return Dot3(src=mac(), dst=mac(), len=len(body)) / body
    if kind == 3:
        head = Ether(src=mac(), dst=mac()) / Dot1Q(vlan=rnd.choice((5, 6, 100)))
        return head / rnd.choice((tunnelled, labels, session, ip, at_random.arp))()
    if kind == 4:
        return Ether(src=mac(), dst=mac(), type=0x8847) / labels()
    if kind == 5:
        return head / rnd.choice((session, lambda: PPPoED(code=9)))()
    if kind == 6:
        head.type = rnd.choice((0x6003, 0x809b, 0x80f3, 0x8137, 0x6004, 0x9000, 0x600))
        return head / Raw(at_random.octets(40))
    return head / tunnelled()


def family(order, four, six):
    inner = rnd.choice((ip, tunnelled))()
    return struct.pack(order + "I", four if isinstance(inner, IP) else rnd.choice(six)) + bytes(inner)


def null():
    return family("=", 2, (10, 24, 28, 30))


def loop():
    return family("!", 2, (10, 24, 28, 30))


def ppp():
    kind = rnd.randrange(5)
    if kind == 0:
        return b"\xff\x03" + struct.pack("!H", 0x281) + bytes(labels())
    if kind == 1:
        number = rnd.choice((0x23, 0x25, 0x27, 0x29, 0x2b, 0x31, 0xc021, 0x8021))
        return b"\xff\x03" + struct.pack("!H", number) + at_random.octets(40)
    inner = rnd.choice((ip, tunnelled))()
    return b"\xff\x03" + struct.pack("!H", 0x21 if isinstance(inner, IP) else 0x57) + bytes(inner)


def pppoe():
    return bytes(session())


def cooked():
    head = CookedLinux(pkttype=rnd.randrange(5), lladdrtype=1, lladdrlen=6, src=b"\2\0\0\0\0\1\0\0")
    if rnd.random() < .3:
        head.proto = 4
        return head / llc()
    return head / rnd.choice((ip, tunnelled))() if rnd.random() < .8 else at_random.cooked()


def cooked2():
    if rnd.random() < .3:
        return CookedLinuxV2(proto=4, ifindex=rnd.choice((3, 7)), lladdrtype=1, pkttype=rnd.randrange(5), lladdrlen=6,
                             src=b"\2\0\0\0\0\1\0\0") / llc()
    packet = at_random.cooked2()
    packet.ifindex = rnd.choice((0, 3, 7))
    return packet


def management():
    head = Dot11(type=0, addr1=mac(), addr2=mac(), addr3=mac(), FCfield=rnd.choice((0, 0, 8, 0x40)))
    return rnd.choice((
        lambda: head / Dot11Beacon() / Dot11Elt(ID=0, info=b"test"), lambda: head / Dot11ProbeReq() / Dot11Elt(ID=0),
        lambda: head / Dot11Auth(), lambda: head / Dot11Deauth(), lambda: head / Dot11AssoReq(),
        lambda: Dot11(type=0, subtype=rnd.randrange(16), addr1=mac(), addr2=mac(), addr3=mac()) /
        Raw(at_random.load())))()


def control():
    return Dot11(type=1, subtype=rnd.randrange(4, 16), addr1=mac(), addr2=mac())


def data():
    flags = rnd.choice((0, 1, 2, 3)) | rnd.choice((0, 0, 0, 8, 0x40))
    head = Dot11(type=2, subtype=rnd.choice((0, 0, 1, 2, 3, 4)), FCfield=flags, addr1=mac(), addr2=mac(), addr3=mac(),
                 addr4=mac())
    if rnd.random() < .5:
        head.subtype = rnd.choice((8, 8, 9, 12))
        head /= Dot11QoS(TID=rnd.randrange(8))
    if rnd.random() < .3:
        return head / llc()
    inner = rnd.choice((ip, tunnelled, at_random.arp, labels))()
    codes = {IP: 0x800, IPv6: 0x86dd, MPLS: 0x8847}
    return head / LLC(dsap=0xaa, ssap=0xaa, ctrl=3) / SNAP(OUI=0, code=codes.get(type(inner), 0x806)) / inner


def wlan():
    return rnd.choice((management, control, data, data, data))()


def radiotap():
    fields = rnd.choice(([], ["Flags"], ["TSFT", "Flags"], ["Flags", "Rate", "Channel", "dBm_AntSignal", "Antenna"]))
    head = RadioTap(present="+".join(fields), Flags=rnd.choice((0, 0, "pad"))) if fields else RadioTap(present=0)
    return head / wlan()


def prism():
    return struct.pack("=II", 0x44, 144) + at_random.octets(136).ljust(136, b"\0") + bytes(wlan()) \
        if rnd.random() < .6 else avs()


def avs():
    size = rnd.choice((24, 64, 64, 80))
    return struct.pack("!II", 0x80211001, size) + bytes(size - 8) + bytes(wlan())


LINKS = ((1, ether), (101, lambda: rnd.choice((ip, tunnelled))()), (228, at_random.ipv4), (229, at_random.ipv6),
         (0, null), (108, loop), (9, ppp), (50, ppp), (51, pppoe), (113, cooked), (276, cooked2), (105, wlan),
         (119, prism), (127, radiotap), (163, avs))


def main():
    rnd.seed(int(sys.argv[1]))
    for number, make in LINKS:
        for _ in range(int(sys.argv[2])):
            print(number, bytes(make())[:500].hex())


main()
