#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The same script file runs in ringtap and under Scapy, and prints the same; the lab's challenge prints what -t -q does.

usage: script.py RINGTAP

The files are those of a person who has Scapy: they begin with its import and define pkt_callback(pkt), which Scapy's
sniff(prn=) gets here and --script there. The packets are those of the demo, and those of sample.c."""
import os
import subprocess
import sys
import tempfile

try:
    import scapy.all
except ImportError:
    print("skipped: python3-scapy is not installed")
    sys.exit(77)

CHALLENGE = '''#!/usr/bin/env python3
"""Ends, TTL and flags of every TCP segment."""
from scapy.all import *

def pkt_callback(pkt):
    if IP in pkt and TCP in pkt:

        print(f"{pkt[IP].src}:{pkt[TCP].sport} -> {pkt[IP].dst}:{pkt[TCP].dport} "
              f"TTL: {pkt[IP].ttl}, Flags: {pkt[TCP].flags}")
'''
SCRIPTS = {
    "the lab's challenge": CHALLENGE,
    "what is returned is printed": '''from scapy.all import IP, TCP, UDP
def pkt_callback(pkt):
    if UDP in pkt:
        return pkt.summary()
    return pkt.sprintf("{TCP:%IP.src% %TCP.flags%}") if IP in pkt and TCP in pkt else None
''',
    "counting": '''from scapy.all import *
seen = {}
total = 0
def pkt_callback(pkt):
    global total
    total += 1
    for layer in (IP, IPv6, ARP):
        if layer in pkt:
            name = layer.__name__
            seen[name] = seen.get(name, 0) + 1
def at_end():
    for name, count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        print(f"{name:<6}{count:>4} of {total}")
''',
    "fields of all kinds": '''from scapy.layers.inet import *
from scapy.all import *
def pkt_callback(pkt):
    try:
        print(pkt[IP].ttl, pkt[IP].proto, pkt[IP].flags, hex(pkt[IP].chksum), pkt[IP].payload.name)
        if pkt.haslayer(TCP) and pkt[TCP].flags & 2:
            print("SYN", pkt[TCP].options, len(pkt), bytes(pkt)[:4])
        if pkt.haslayer(ICMP):
            print(pkt[ICMP].type, pkt.getlayer(ICMP).code)
    except IndexError as error:
        print(f"no IP: {error}")
''',
    "main is guarded": '''from scapy.all import *
def pkt_callback(pkt):
    print(len(pkt.layers()), pkt.lastlayer().name)
if __name__ == "__main__" and False:
    sniff(iface="eth0", filter="tcp", prn=pkt_callback, count=10)
''',
}
KNOWN = "not igmp and not udp port 514".split()         # which Scapy knows only when it is asked to
UNDER_SCAPY = '''import logging, runpy, sys
logging.disable(50)
from scapy.all import conf, sniff
conf.debug_dissector = False
names = runpy.run_path(sys.argv[1])
sniff(offline=sys.argv[2], prn=names["pkt_callback"], store=0, quiet=True)
names.get("at_end", lambda: None)()
'''


def said(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{command}: status {done.returncode}\n{done.stderr}")
    return done.stdout


def captures(ringtap, folder):
    """Files with packets: the demo is left out where its network cannot be made."""
    all_samples, samples, demo = (os.path.join(folder, name) for name in ("all.pcap", "samples.pcap", "demo.pcap"))
    driver = os.path.join(os.path.dirname(ringtap), "tests/packet_driver")
    subprocess.run([driver, "--samples", all_samples], stdout=subprocess.DEVNULL, check=True)
    subprocess.run([ringtap, "-r", all_samples, "-w", samples, *KNOWN], check=True)
    made = subprocess.run([ringtap, "--demo", "-w", demo, "-f", *KNOWN], stderr=subprocess.DEVNULL, check=False)
    return [samples] + [demo] * (made.returncode == 0)


def main():
    ringtap = sys.argv[1]
    wrong = lines = 0
    with tempfile.TemporaryDirectory(prefix="ringtap-script-") as folder:
        files = captures(ringtap, folder)
        script = os.path.join(folder, "script.py")
        for name, text in SCRIPTS.items():
            with open(script, "w", encoding="utf-8") as file:
                file.write(text)
            for path in files:
                ours = said([ringtap, "-r", path, "--script", script])
                others = {"Scapy": said([sys.executable, "-c", UNDER_SCAPY, script, path])}
                if text is CHALLENGE:
                    others["-t -q"] = said([ringtap, "-r", path, "-t", "-q", "ip and tcp"])
                lines += ours.count("\n")
                for who, theirs in others.items():
                    if ours != theirs or not ours:
                        wrong += 1
                        print(f"=== {name}, {os.path.basename(path)}\n--- ringtap\n{ours}--- {who}\n{theirs}")
    print(f"{len(SCRIPTS)} scripts, {lines} lines, {wrong} wrong, Scapy {scapy.all.conf.version}")
    sys.exit(1 if wrong or lines < 100 else 0)


main()
