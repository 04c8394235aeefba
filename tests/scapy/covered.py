#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every layer that Scapy has too is compared by an agreement file, or is a row of NOT_COMPARED with the reason.

usage: covered.py RINGTAP

Scapy's layers are the classes in its sources: to import them all would change what it takes packets for."""
import os
import re
import subprocess
import sys

import agree                    # skips where Scapy is not
import scapy
from agree import dissect, layers_of, raw, rnd
import json_format

NOT_COMPARED = {
    "DHCP6OptIAAddress": "an item of an association, compared there", "DHCP6OptIAPrefix": "as DHCP6OptIAAddress",
    "DHCP6OptRelayMsg": "a message in a message is data here", "DHCP6OptVendorClass": "its items are data here",
    "ICMPv6Unknown": "RFC 4443 2.1: Scapy takes unknown messages for Raw",
    "ISAKMP_payload_SA": "its proposals are data here",
    "Kerberos": "ASN.1: of a message here only what it is", "LDAP": "ASN.1: of a message here only its first fields",
    "ModbusPDU11ReportSlaveIdResponse": "Modbus 6.13: Scapy reads the status behind what the count counts",
    "NAT_KEEPALIVE": "in a module that takes ISAKMP for itself",
    "NTPAuthenticator": "a field of the header in Scapy", "NTPControl": "statuses and data are layers in Scapy",
    "NTPPrivate": "its data have a hundred layers in Scapy",
    "SCTPerror": "a quoted header, in no binding of Scapy's", "SNMP": "ASN.1: a tree of objects in Scapy",
}


def of_scapy():
    """Names of classes with fields, or that inherit from something of Scapy's."""
    names = set()
    for folder, _, files in os.walk(os.path.dirname(scapy.__file__)):
        for file in files:
            if file.endswith(".py"):
                with open(os.path.join(folder, file), encoding="utf-8") as source:
                    names.update(re.findall(r"^class (\w+)\(", source.read(), re.M))
    return names


def of_ringtap(program):
    listing = subprocess.check_output([program, "--protocols"]).decode().split("\n")
    return {line.split(" ")[0] for line in listing if line and not line.startswith(" ")}


def compared():
    """Names of the layers in a few hundred packets of every family."""
    names = set()
    for _, cls, maker, share in (links for family in json_format.FAMILIES for links in family):
        for _ in range(75 * share if share == 20 else 30 * share):
            names.update(type(layer).__name__ for layer in layers_of(dissect(cls, raw(maker()))))
    return names


def main():
    rnd.seed(1)
    both, seen = of_scapy() & of_ringtap(sys.argv[1]), compared()
    missing, idle = both - seen - set(NOT_COMPARED), set(NOT_COMPARED) & seen | set(NOT_COMPARED) - both
    for name in sorted(missing):
        print("%s: no agreement file makes it" % name)
    for name in sorted(idle):
        print("%s: a row of NOT_COMPARED without need" % name)
    print("%d layers of ringtap's are Scapy's too, %d of them compared" % (len(both), len(both & seen)))
    return 1 if missing or idle else 0


if __name__ == "__main__":
    sys.exit(main())
