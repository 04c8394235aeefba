/* SPDX-License-Identifier: MIT */
/* test_messages.c - what people read when an expression is wrong: the exact message, the column, the length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/filter.h>

struct row { const char *text, *what; int column, length; unsigned link; bool is_pcap; };

#define E RT_LINK_ETHER

static const struct row rows[] = {
	/* fields */
	{ "TCP.flag == 2", "TCP has no field flag; did you mean flags?", 1, 8, E, false },
	{ "ip and tcp.flag == 2", "tcp has no field flag; did you mean flags?", 8, 8, E, false },
	{ "IP_2.tll == 2", "IP_2 has no field tll; did you mean ttl?", 1, 8, E, false },
	{ "TCP.nothinglikeit == 2", "TCP has no field nothinglikeit", 1, 17, E, false },
	{ "IVP6.src == ::1", "there is no layer IVP6; did you mean IPv6?", 1, 8, E, false },
	{ "foo.bar == 1", "there is no layer foo", 1, 7, E, false },
	{ "foo.bar contains \"x\"", "there is no layer foo", 1, 7, E, false },
	{ "5 < foo.bar", "there is no layer foo", 5, 7, E, false },
	{ "DNS.qd.qnam == \"x\"", "the items of DNS.qd have no field qnam; did you mean qname?", 1, 11, E, false },
	{ "TCP.options.MSS.valu == 5", "the items of TCP.options have no field MSS.valu", 1, 20, E, false },
	{ "IP.ttl.x == 5", "the items of IP.ttl have no field x", 1, 8, E, false },
	{ "IP.ttl == \"x\"", "IP.ttl is a number", 11, 3, E, false },
	{ "IP.ttl == 10.0.0.1", "IP.ttl is a number", 11, 8, E, false },
	{ "IP.src == \"x\"", "IP.src is an IPv4 address", 11, 3, E, false },
	{ "IP.src == 10.0", "IP.src is an IPv4 address", 11, 4, E, false },
	{ "IP.src == ::1", "IP.src is an IPv4 address", 11, 3, E, false },
	{ "IPv6.src == 10.0.0.1", "IPv6.src is an IPv6 address", 13, 8, E, false },
	{ "Ether.src == 10.0.0.1", "Ether.src is a MAC address", 14, 8, E, false },
	{ "Raw.load == 5", "Raw.load is bytes", 13, 1, E, false },
	{ "DNS.qd.qname == 5", "DNS.qname is a domain name", 17, 1, E, false },
	{ "DNS.qd == \"x\"", "DNS.qd is a list: ask for a field of its items", 11, 3, E, false },
	{ "ARP.op == whohas", "whohas is no value of ARP.op", 11, 6, E, false },
	{ "IP.chksum == right", "IP.chksum is a number", 14, 5, E, false },
	{ "TCP.flags == SX", "SX is no value of TCP.flags", 14, 2, E, false },
	{ "IP.src < 10.0.0.1", "IP.src is an IPv4 address here: only = and != can be asked", 10, 8, E, false },
	{ "ICMP.code < port-unreachable", "ICMP.code is one of several values here: only = and != can be asked", 13, 16, E,
	  false },
	{ "IP.src == 10.0.0.0/33", "a mask has at most 32 bits here", 20, 2, E, false },
	{ "IP.src == 10.0.0.0/x", "\"x\" is not expected here", 20, 1, E, false },
	{ "Ether.src == 02:00:00:00:00:01/8", "Ether.src is a MAC address: no mask can stand here", 32, 1, E, false },
	{ "IP.ttl <", "the expression ends too early", 9, 1, E, false },
	{ "IP.ttl 5", "\"5\" is not expected here", 8, 1, E, false },
	{ "IP.ttl & 3", "the expression ends too early", 11, 1, E, false },
	{ "IP.ttl == 5 6", "\"6\" is not expected here", 13, 1, E, false },
	{ "TCP == 5", "TCP is a layer: compare one of its fields", 1, 3, E, false },
	{ "TCP == \"x\"", "TCP is a layer: compare one of its fields", 1, 3, E, false },
	{ "tcp contains", "a string such as \"GET\" must stand behind \"contains\"", 13, 1, E, false },
	{ "tcp contains GET", "a string such as \"GET\" must stand behind \"contains\"", 14, 3, E, false },
	{ "foo contains \"x\"", "there is no layer foo", 1, 3, E, false },
	{ "IP.ttl contains \"x\"", "IP.ttl is a number: nothing is in it", 1, 6, E, false },
	{ "DNS.id == 5 and DNS.qd.qname == \"x", "the string that begins here has no end", 33, 1, E, false },
	{ "Raw.load == \"a\\q\"", "write \\\" \\\\ \\n \\r \\t or \\xNN: no other character follows a backslash", 15, 2, E,
	  false },
	{ "Raw.load == \"a\\", "write \\\" \\\\ \\n \\r \\t or \\xNN: no other character follows a backslash", 15, 1, E,
	  false },
	{ "\"x\" == Raw.load", "a string can only be compared with a field", 1, 3, E, false },
	{ "ip[0] = \"x\"", "a string can only be compared with a field", 9, 3, E, false },
	{ "frame.time > 5", "a filter is not told frame.time", 1, 10, E, false },
	{ "frame.number = 5", "a filter is not told frame.number", 1, 12, E, false },
	{ "IP.ttl / 0 == 1", "division by zero", 10, 1, E, false },
	{ "IP.ttl << 32 == 1", "a shift by more than 31 bits", 11, 2, E, false },
	{ "IP.src + 1 == 5", "IP.src is no number to compute with", 1, 6, E, false },
	{ "DNS.an.ttl + 1 == 5", "DNS.an.ttl is no number to compute with", 1, 10, E, false },
	{ "Ether.dst & 1 == 1", "Ether.dst is no number to compute with", 1, 9, E, false },
	{ "ip[8] = IP.ttl", "bytes of a protocol and fields do not mix in one sum", 1, 2, E, false },
	{ "port 53 or DNS", "\"DNS\" is no port", 12, 3, E, true },
	{ "host 10.0.0.1 or dns.id", "\"dns.id\" is not an address, and names are not looked up", 18, 6, E, false },
	/* the grammar */
	{ "tcp and and", "\"and\" is not expected here", 9, 3, E, false },
	{ "and tcp", "\"and\" is not expected here", 1, 3, E, false },
	{ "tcp udp", "\"udp\" is not expected here", 5, 3, E, false },
	{ "tcp or", "the expression ends too early", 7, 1, E, false },
	{ "not", "the expression ends too early", 4, 1, E, false },
	{ "ip!", "\"!\" is not expected here", 3, 1, E, false },
	{ "port", "the expression ends too early", 5, 1, E, false },
	{ "src", "the expression ends too early", 4, 1, E, false },
	{ "port and tcp", "\"and\" is not expected here", 6, 3, E, false },
	{ "(tcp", "\"(\" without \")\"", 1, 1, E, false },
	{ "tcp)", "\")\" without \"(\"", 4, 1, E, false },
	{ "()", "\")\" is not expected here", 2, 1, E, false },
	{ "tcp port 80 443", "\"443\" is not expected here", 13, 3, E, false },
	{ "tcp or 443", "\"443\" needs a word in front of it, such as host, net or port", 8, 3, E, false },
	{ "10.0.0.1", "\"10.0.0.1\" needs a word in front of it, such as host, net or port", 1, 8, E, false },
	{ "vpi 5", "\"vpi\" is only for ATM links", 1, 3, E, false },
	{ "on eth0", "\"on\" is only for PF log links", 1, 2, E, false },
	{ "tcp $ udp", "\"$\" is no part of the filter language", 5, 1, E, false },
	{ "tcp \x01", "this is no part of the filter language", 5, 1, E, false },
	{ "host \\", "a name must stand behind \"\\\"", 6, 1, E, false },
	{ "port {80, 443", "the expression ends too early", 14, 1, E, false },
	{ "port {}", "\"}\" is not expected here", 7, 1, E, false },
	{ "host {10.0.0.1, 80-90}", "\"80-90\" is not an address, and names are not looked up", 17, 5, E, false },
	{ "tcp or {80}", "\"{\" needs a word in front of it, such as host, net or port", 8, 1, E, false },
	{ "tcp & udp", "\"&\" is not expected here", 5, 1, E, false },
	{ "tcp ||", "the expression ends too early", 7, 1, E, false },
	{ "|| tcp", "\"||\" is not expected here", 1, 2, E, false },
	{ "!", "the expression ends too early", 2, 1, E, false },
	{ "not and tcp", "\"and\" is not expected here", 5, 3, E, false },
	{ "not (tcp", "\"(\" without \")\"", 5, 1, E, false },
	{ "(tcp))", "\")\" without \"(\"", 6, 1, E, false },
	{ "((tcp)", "\"(\" without \")\"", 1, 1, E, false },
	{ "tcp ( udp )", "\"(\" is not expected here", 5, 1, E, false },
	{ "tcp and ()", "\")\" is not expected here", 10, 1, E, false },
	{ "tcp, udp", "\",\" is not expected here", 4, 1, E, false },
	{ "src and tcp", "\"and\" is not expected here", 5, 3, E, false },
	{ "src or src 10.0.0.1", "\"or\" is not expected here", 5, 2, E, false },
	{ "src dst 10.0.0.1", "\"dst\" is not expected here", 5, 3, E, false },
	{ "dst and dst port 80", "\"and\" is not expected here", 5, 3, E, false },
	{ "host port 80", "\"port\" is not expected here", 6, 4, E, false },
	{ "host host 10.0.0.1", "\"host\" is not expected here", 6, 4, E, false },
	{ "net host 10.0.0.1", "\"host\" is not expected here", 5, 4, E, false },
	{ "ip tcp port 80", "\"tcp\" is not expected here", 4, 3, E, false },
	{ "port tcp 80", "\"tcp\" is not expected here", 6, 3, E, false },
	{ "port 80 or tcp 443", "\"443\" is not expected here", 16, 3, E, false },
	{ "(port 80 or 443) 22", "\"22\" is not expected here", 18, 2, E, false },
	{ "port (80 tcp)", "\"tcp\" is not expected here", 10, 3, E, false },
	{ "port (80", "\"(\" without \")\"", 6, 1, E, false },
	{ "mask 255.0.0.0", "\"mask\" is not expected here", 1, 4, E, false },
	{ "net mask 255.0.0.0", "\"mask\" is not expected here", 5, 4, E, false },
	{ "foo", "\"foo\" needs a word in front of it, such as host, net or port", 1, 3, E, false },
	{ "tcp foo", "\"foo\" is not expected here", 5, 3, E, false },
	{ "tcp and foo", "\"foo\" needs a word in front of it, such as host, net or port", 9, 3, E, false },
	{ "TCP port 80", "\"TCP\" needs a word in front of it, such as host, net or port", 1, 3, E, false },
	{ "tcp AND udp", "\"AND\" is not expected here", 5, 3, E, false },
	{ "host \"foo\"", "a string can only be compared with a field", 6, 5, E, false },
	{ "tcp;udp", "\";\" is no part of the filter language", 4, 1, E, false },
	{ "tcp ~ udp", "\"~\" is no part of the filter language", 5, 1, E, false },
	{ "host \\(x)", "a name must stand behind \"\\\"", 6, 1, E, false },
	{ "host \xc3" "\xa9", "this is no part of the filter language", 6, 1, E, false },
	{ "tcp \xff", "this is no part of the filter language", 5, 1, E, false },
	/* sets */
	{ "{80}", "\"{\" needs a word in front of it, such as host, net or port", 1, 1, E, false },
	{ "tcp port {", "the expression ends too early", 11, 1, E, false },
	{ "tcp port {80,", "the expression ends too early", 14, 1, E, false },
	{ "tcp port {80,}", "\"}\" is not expected here", 14, 1, E, false },
	{ "tcp port {,80}", "\",\" is not expected here", 11, 1, E, false },
	{ "tcp port {80 443}", "\"443\" is not expected here", 14, 3, E, false },
	{ "tcp port {80;443}", "\";\" is no part of the filter language", 13, 1, E, false },
	{ "tcp port {{80}}", "\"{\" is not expected here", 11, 1, E, false },
	{ "tcp port {80 or 443}", "\"or\" is not expected here", 14, 2, E, false },
	{ "tcp port {80} {443}", "\"{\" is not expected here", 15, 1, E, false },
	{ "port {80}}", "\"}\" is not expected here", 10, 1, E, false },
	{ "host {10.0.0.1, tcp}", "\"tcp\" is not expected here", 17, 3, E, false },
	{ "host {not 10.0.0.1}", "\"not\" is not expected here", 7, 3, E, false },
	{ "host {10.0.0.0/33}", "a mask has at most 32 bits here", 16, 2, E, false },
	{ "ether host {10.0.0.1}", "\"ether\" cannot stand in front of an IPv4 host", 13, 8, E, false },
	{ "host {02:00:00:00:00:01}", "an Ethernet address needs \"ether\" in front: ether host 02:00:00:00:00:01",
	  7, 17, E, false },
	{ "port {80, 443-70000}", "a port is at most 65535", 11, 9, E, false },
	{ "port {10.0.0.1}", "\"10.0.0.1\" is no port", 7, 8, E, false },
	{ "ip proto {6, foo}", "\"foo\" is no protocol of IP", 14, 3, E, false },
	{ "vlan {4096}", "a VLAN number is at most 4095", 7, 4, E, false },
	{ "vlan {foo}", "\"foo\" is no VLAN number", 7, 3, E, false },
	{ "vlan {5-}", "\"-\" is not expected here", 8, 1, E, false },
	{ "vlan {5-4096}", "a VLAN number is at most 4095", 7, 6, E, false },
	{ "vlan {10.0.0.1}", "\"10.0.0.1\" is no VLAN number", 7, 8, E, false },
	{ "vlan {}", "\"}\" is not expected here", 7, 1, E, false },
	{ "mpls {5}", "\"{\" is not expected here", 6, 1, E, false },
	{ "less {5}", "\"{\" is not expected here", 6, 1, E, false },
	{ "host @list", "a file can only stand in a set: {@list}", 6, 5, E, false },
	{ "host {@}", "the name of a file must stand behind \"@\"", 7, 1, E, false },
	{ "host {@list}", "files are not read here", 7, 5, E, false },
	/* addresses */
	{ "host foo", "\"foo\" is not an address, and names are not looked up", 6, 3, E, false },
	{ "host 10.0.0.256", "\"10.0.0.256\" is not an address, and names are not looked up", 6, 10, E, false },
	{ "host 1::2::3", "\"1::2::3\" is not an address", 6, 7, E, false },
	{ "net 10.0.0.1/8", "bits behind the mask are set in 10.0.0.1", 5, 8, E, false },
	{ "net 10.0.0.0/33", "a mask has at most 32 bits here", 14, 2, E, false },
	{ "net 2001:db8::1/32", "bits behind the mask are set in 2001:db8::1", 5, 11, E, false },
	{ "net 2001:db8::/129", "a mask has at most 128 bits here", 16, 3, E, false },
	{ "host 10.0.0.0/8", "a mask needs \"net\"", 15, 1, E, false },
	{ "tcp host 10.0.0.1", "\"tcp\" cannot stand in front of an IPv4 host", 10, 8, E, false },
	{ "arp host 2001:db8::1", "\"arp\" cannot stand in front of an IPv6 address", 10, 11, E, false },
	{ "host 02:00:00:00:00:01", "an Ethernet address needs \"ether\" in front: ether host 02:00:00:00:00:01", 6, 17,
	  E, false },
	{ "ether host 02:00:00:00:00:01", "there are no Ethernet addresses in RAW", 12, 17, RT_LINK_RAW, false },
	{ "host 1.2.3.4.5", "\"1.2.3.4.5\" is not an address, and names are not looked up", 6, 9, E, false },
	{ "host 10..1", "\"10..1\" is not an address, and names are not looked up", 6, 5, E, false },
	{ "host 10.0.0.", "\"10.0.0.\" is not an address, and names are not looked up", 6, 7, E, false },
	{ "host 2001:db8", "\":\" is not expected here", 10, 1, E, false },
	{ "host 2001:db8::g", "\"2001:db8::g\" is not an address", 6, 11, E, false },
	{ "host ::1::", "\"::1::\" is not an address", 6, 5, E, false },
	{ "host 1:2:3:4:5:6:7:8:9", "\"1:2:3:4:5:6:7:8:9\" is not an address", 6, 17, E, false },
	{ "host fe80::1%eth0", "\"%\" is not expected here", 13, 1, E, false },
	{ "host 02:00:00:00:00", "\"02:00:00:00:00\" is not an address", 6, 14, E, false },
	{ "ether host 10.0.0.1", "\"ether\" cannot stand in front of an IPv4 host", 12, 8, E, false },
	{ "ether host 2001:db8::1", "\"ether\" cannot stand in front of an IPv6 address", 12, 11, E, false },
	{ "ether host foo", "\"foo\": no such ether host", 12, 3, E, false },
	{ "ether net 10", "\"ether\" cannot stand in front of an IPv4 net", 11, 2, E, false },
	{ "net 02:00:00:00:00:01", "an Ethernet address needs \"ether\" in front: ether host 02:00:00:00:00:01",
	  5, 17, E, false },
	{ "net 10.0.0.0 mask", "the expression ends too early", 18, 1, E, false },
	{ "net 10.0.0.0 mask tcp", "\"tcp\" is not expected here", 19, 3, E, false },
	{ "net 10.0.0.1 mask 255.0.0.0", "bits behind the mask are set in 10.0.0.1", 5, 8, E, false },
	{ "net 10.0.0.0/", "the expression ends too early", 14, 1, E, false },
	{ "net 10.0.0.0/a", "\"a\" is not expected here", 14, 1, E, false },
	{ "net 10.0.0.0/-1", "\"-\" is not expected here", 14, 1, E, false },
	{ "net 10.0.0.0//8", "\"/\" is not expected here", 14, 1, E, false },
	{ "net 10.0.0.0/8/8", "\"/\" is not expected here", 15, 1, E, false },
	{ "net 10/33", "a mask has at most 32 bits here", 8, 2, E, false },
	{ "net 2001:db8::/", "the expression ends too early", 16, 1, E, false },
	{ "net 2001:db8:: mask 255.0.0.0", "an IPv6 mask is written /bits", 21, 9, E, false },
	{ "src 10.0.0.1/24", "bits behind the mask are set in 10.0.0.1", 5, 8, E, false },
	{ "udp host 10.0.0.1", "\"udp\" cannot stand in front of an IPv4 host", 10, 8, E, false },
	{ "arp net 2001:db8::/32", "\"arp\" cannot stand in front of an IPv6 address", 9, 10, E, false },
	{ "ip6 host 10.0.0.1", "\"ip6\" cannot stand in front of an IPv4 host", 10, 8, E, false },
	{ "ip host 2001:db8::1", "\"ip\" cannot stand in front of an IPv6 address", 9, 11, E, false },
	{ "ip6 net 10.0.0.0/8", "\"ip6\" cannot stand in front of an IPv4 net", 9, 8, E, false },
	{ "gateway 10.0.0.1", "a gateway needs a name", 9, 8, E, false },
	{ "gateway foo", "\"foo\": no such ether host", 9, 3, E, false },
	{ "dst gateway foo", "\"gateway\" is not expected here", 5, 7, E, false },
	{ "udp gateway foo", "\"udp\" cannot stand in front of a gateway", 13, 3, E, false },
	/* ports and protocols */
	{ "port 65536", "a port is at most 65535", 6, 5, E, false },
	{ "port nosuch", "\"nosuch\" is no port", 6, 6, E, false },
	{ "portrange 1-70000", "a port is at most 65535", 11, 7, E, false },
	{ "port 10.0.0.1", "\"10.0.0.1\" is no port", 6, 8, E, false },
	{ "ip port 80", "\"ip\" cannot stand in front of a port", 9, 2, E, false },
	{ "ip proto foo", "\"foo\" is no protocol of IP", 10, 3, E, false },
	{ "ether proto \\tcp", "\"\\tcp\" is no protocol of the link layer", 13, 4, E, false },
	{ "arp proto 6", "\"arp\" carries no other protocol", 11, 1, E, false },
	{ "src proto 6", "a protocol has no direction", 11, 1, E, false },
	{ "ether", "\"ether\" cannot stand alone", 1, 5, E, false },
	{ "port -1", "\"-\" is not expected here", 6, 1, E, false },
	{ "port 80-", "\"-\" is not expected here", 8, 1, E, false },
	{ "port 80-90", "a range needs \"portrange\"", 6, 5, E, false },
	{ "port 0x1ffff", "a port is at most 65535", 6, 7, E, false },
	{ "portrange 80-90-100", "\"80-90-100\" is no port", 11, 9, E, false },
	{ "portrange 90000-100000", "a port is at most 65535", 11, 12, E, false },
	{ "portrange 10.0.0.1", "\"10.0.0.1\" is no port", 11, 8, E, false },
	{ "port 2001:db8::1", "\"2001:db8::1\" is no port", 6, 11, E, false },
	{ "udp port http", "\"http\" is no udp port", 10, 4, E, false },
	{ "tcp port syslog", "\"syslog\" is no tcp port", 10, 6, E, false },
	{ "icmp port 80", "\"icmp\" cannot stand in front of a port", 11, 2, E, false },
	{ "ether port 80", "\"ether\" cannot stand in front of a port", 12, 2, E, false },
	{ "proto", "the expression ends too early", 6, 1, E, false },
	{ "proto 10.0.0.1", "\"10.0.0.1\" is no protocol of IP", 7, 8, E, false },
	{ "proto tcp udp", "\"udp\" is not expected here", 11, 3, E, false },
	{ "proto ether", "\"ether\" is no protocol of IP", 7, 5, E, false },
	{ "ip proto \\ip", "\"\\ip\" is no protocol of IP", 10, 3, E, false },
	{ "ip6 proto arp", "\"arp\" is no protocol of IP", 11, 3, E, false },
	{ "ether proto tcp", "\"tcp\" is no protocol of the link layer", 13, 3, E, false },
	{ "tcp proto 6", "\"tcp\" carries no other protocol", 11, 1, E, false },
	{ "dst proto 6", "a protocol has no direction", 11, 1, E, false },
	{ "protochain foo", "\"foo\" is no protocol of IP", 12, 3, E, false },
	{ "ether protochain 6", "\"ether\" has no protochain", 18, 1, E, false },
	/* tags, groups */
	{ "vlan 4096", "a VLAN number is at most 4095", 6, 4, E, false },
	{ "vlan", "there are no VLAN tags in RAW", 1, 4, RT_LINK_RAW, false },
	{ "vlan", "there are no VLAN tags in LINUX_SLL", 1, 4, RT_LINK_SLL, true },
	{ "broadcast", "there is no link-layer broadcast in LINUX_SLL", 1, 9, RT_LINK_SLL, false },
	{ "arp multicast", "\"arp\" has no multicast", 5, 9, E, false },
	{ "less", "the expression ends too early", 5, 1, E, false },
	{ "less foo", "\"foo\" is not expected here", 6, 3, E, false },
	{ "less -1", "\"-\" is not expected here", 6, 1, E, false },
	{ "greater tcp", "\"tcp\" is not expected here", 9, 3, E, false },
	{ "less 5 6", "\"6\" is not expected here", 8, 1, E, false },
	{ "vlan tcp 5", "\"tcp\" is not expected here", 6, 3, E, false },
	{ "vlan foo", "\"foo\" is not expected here", 6, 3, E, false },
	{ "vlan -5", "\"-\" is not expected here", 6, 1, E, false },
	{ "broadcast 5", "\"5\" is not expected here", 11, 1, E, false },
	{ "tcp broadcast", "\"tcp\" has no broadcast", 5, 9, E, false },
	{ "ip6 broadcast", "\"ip6\" has no broadcast", 5, 9, E, false },
	{ "host broadcast", "\"broadcast\" is not expected here", 6, 9, E, false },
	{ "multicast ip", "\"ip\" is not expected here", 11, 2, E, false },
	{ "ifindex foo", "\"foo\" is not expected here", 9, 3, E, false },
	{ "inbound outbound", "\"outbound\" is not expected here", 9, 8, E, false },
	{ "byte 0", "the expression ends too early", 7, 1, E, false },
	{ "byte 0 =", "the expression ends too early", 9, 1, E, false },
	{ "byte foo = 1", "\"foo\" is not expected here", 6, 3, E, false },
	{ "byte 0 >= 1", "\">=\" is not expected here", 8, 2, E, false },
	{ "llc tcp", "\"tcp\" is not expected here", 5, 3, E, false },
	/* arithmetic */
	{ "ip[0", "the expression ends too early", 5, 1, E, false },
	{ "ip[0] =", "the expression ends too early", 8, 1, E, false },
	{ "ip[0]", "the expression ends too early", 6, 1, E, false },
	{ "ip[0:3] = 1", "the size must be 1, 2 or 4", 6, 1, E, false },
	{ "ip[0] / 0 = 1", "division by zero", 9, 1, E, false },
	{ "ip[0] % (1 - 1) = 1", "division by zero", 12, 1, E, false },
	{ "ip[0] << 32 = 1", "a shift by more than 31 bits", 10, 2, E, false },
	{ "len = 4294967296", "4294967296 is more than 32 bits hold", 7, 10, E, false },
	{ "1 + tcp = 2", "\"=\" is not expected here", 9, 1, E, false },
	{ "len", "the expression ends too early", 4, 1, E, false },
	{ "len > > 5", "\">\" is not expected here", 7, 1, E, false },
	{ "length < tcp", "the expression ends too early", 13, 1, E, false },
	{ "5 =", "the expression ends too early", 4, 1, E, false },
	{ "= 5", "\"=\" is not expected here", 1, 1, E, false },
	{ "ip[]", "\"]\" is not expected here", 4, 1, E, false },
	{ "ip[0] = = 5", "\"=\" is not expected here", 9, 1, E, false },
	{ "ip[0:] = 1", "the size must be 1, 2 or 4", 6, 1, E, false },
	{ "ip[0:8] = 1", "the size must be 1, 2 or 4", 6, 1, E, false },
	{ "ip[0:tcp] = 1", "the size must be 1, 2 or 4", 6, 3, E, false },
	{ "ip[0 = 1", "\"=\" is not expected here", 6, 1, E, false },
	{ "ip[tcp] = 1", "\"]\" is not expected here", 7, 1, E, false },
	{ "ip[foo] = 1", "\"foo\" is not expected here", 4, 3, E, false },
	{ "ip[0] & = 1", "\"=\" is not expected here", 9, 1, E, false },
	{ "ip[0] ! 1", "\"!\" is not expected here", 7, 1, E, false },
	{ "tcp[tcpflags = 1", "\"=\" is not expected here", 14, 1, E, false },
	{ "tcp[tcpflags] & tcp-foo != 0", "\"tcp-foo\" is not expected here", 17, 7, E, false },
	{ "tcp-syn", "the expression ends too early", 8, 1, E, false },
	{ "tcp-syn and ip", "\"and\" is not expected here", 9, 3, E, false },
	{ "(ip[0] = 1", "\"(\" without \")\"", 1, 1, E, false },
	{ "ip[0] + (1 = 2", "\"(\" without \")\"", 9, 1, E, false },
	{ "ip[0] % 0 = 0", "division by zero", 9, 1, E, false },
	{ "ip[0] / (5 - 5) = 1", "division by zero", 12, 1, E, false },
	{ "1 / 0 = 0", "division by zero", 5, 1, E, false },
	{ "ip[0] >> 32 = 0", "a shift by more than 31 bits", 10, 2, E, false },
	{ "ip[0] << (16 + 16) = 0", "a shift by more than 31 bits", 14, 1, E, false },
	{ "ip[0] = 0x100000000", "0x100000000 is more than 32 bits hold", 9, 11, E, false },
	{ "ip[0] = 99999999999999999999", "99999999999999999999 is more than 32 bits hold", 9, 20, E, false },
	{ "ip[0] = 08", "08 is no octal number", 9, 2, E, false },
	{ "ip[0] = 0x", "\"0x\" is not expected here", 9, 2, E, false },
	{ "ip[0] = 1.2", "\"1.2\" is not expected here", 9, 3, E, false },
	{ "ip[0] = foo", "\"foo\" is not expected here", 9, 3, E, false },
	{ "ip[0] =< 1", "\"<\" is not expected here", 8, 1, E, false },
	{ "ether[0:4", "the expression ends too early", 10, 1, E, false },
	{ "tcp[0] + 1", "the expression ends too early", 11, 1, E, false },
	/* tunnels, 802.11, OSI */
	{ "mpls and arp", "behind MPLS labels there is only ip and ip6", 10, 3, E, false },
	{ "mpls 1048576", "an MPLS label is at most 1048575", 6, 7, E, false },
	{ "mpls", "there are no MPLS labels in RAW", 1, 4, RT_LINK_RAW, false },
	{ "pppoes 65536", "a PPPoE session number is at most 65535", 8, 5, E, false },
	{ "geneve 16777216", "a VNI is at most 16777215", 8, 8, E, false },
	{ "type data", "\"type\" is only for 802.11", 1, 4, E, false },
	{ "type nosuch", "\"nosuch\" is no 802.11 type", 6, 6, RT_LINK_WLAN, false },
	{ "type 1", "an 802.11 type has no other bits than 0x0c", 6, 1, RT_LINK_WLAN, false },
	{ "type mgt subtype rts", "\"rts\" is no 802.11 subtype", 18, 3, RT_LINK_WLAN, false },
	{ "subtype", "the expression ends too early", 8, 1, RT_LINK_WLAN, false },
	{ "dir up", "\"up\" is no 802.11 direction", 5, 2, RT_LINK_RADIOTAP, false },
	{ "wlan addr5 02:00:00:00:00:01", "\"addr5\" is not expected here", 6, 5, RT_LINK_WLAN, false },
	{ "ether ra 02:00:00:00:00:01", "addr1 to addr4, ra and ta are only for 802.11 addresses: wlan addr1 MAC", 10,
	  17, E, false },
	{ "llc nosuch", "\"nosuch\" is no LLC frame type", 5, 6, E, false },
	{ "llc", "there is no LLC in PPP", 1, 3, RT_LINK_PPP, false },
	{ "iso proto \\tcp", "\"\\tcp\" is no protocol of OSI", 11, 4, E, false },
	{ "iso[0] = 1", "the bytes of \"iso\" cannot be asked for", 1, 3, E, false },
	{ "radio[0] = 1", "there is no radio header in EN10MB", 1, 5, E, false },
	{ "radio", "\"radio\" cannot stand alone", 1, 5, RT_LINK_RADIOTAP, false },
	{ "tcp protochain 6", "\"tcp\" carries no other protocol", 16, 1, E, false },
	{ "ip protochain 6", "protochain needs headers of a fixed length, or the default meaning", 15, 1,
	  RT_LINK_RADIOTAP, true },
	{ "decnet host 64.1", "\"64.1\" is no DECnet address, such as 10.1000", 13, 4, E, false },
	{ "inbound", "\"inbound\" is not known of frames in files of EN10MB", 1, 7, E, false },
	{ "ifindex 3", "\"ifindex\" is not known of frames in files of RAW", 1, 7, RT_LINK_RAW, false },
	{ "ifindex", "the expression ends too early", 8, 1, E, false },
	{ "byte 0 + 5", "\"+\" is not expected here", 8, 1, E, false },
	{ "tcp", "filters on link type 9999 are not supported", 0, 0, 9999, false },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct rt_filter_options options = { .link = row->link, .is_pcap = row->is_pcap };
	struct rt_error error;
	struct rt_filter *filter = (struct rt_filter *)1;
	assert_true(rt_filter_compile(&filter, row->text, &options, &error) < 0);
	assert_null(filter);
	assert_string_equal(row->what, error.what);
	assert_int_equal(row->column, error.column);
	assert_int_equal(row->length, error.length);
}

/* ---- every word of the language where none can stand --------------------------------------------------------------- */

struct spelling { const char *word, *link; };            /* link: the only one that knows it                   */

static const struct spelling words[] = {
#define KEYWORD(spelling, id) { spelling, NULL },
#define PROTOCOL(spelling, id, layer, number) { spelling, NULL },
#define CONSTANT(spelling, number) { spelling, NULL },
#define ALIAS(spelling, other) { spelling, NULL },
#define ELSEWHERE(spelling, link) { spelling, link },
#include "bpf/words.def"
};

static void check_word(const struct spelling *word, const char *before, const char *after)
{
	const struct rt_filter_options options = { .link = E };
	char text[100], what[100];
	struct rt_error error;
	struct rt_filter *filter;
	snprintf(text, sizeof text, "%s%s%s", before, word->word, after);
	if (word->link)
		snprintf(what, sizeof what, "\"%s\" is only for %s links", word->word, word->link);
	else
		snprintf(what, sizeof what, "\"%s\" is not expected here", word->word);
	assert_true(rt_filter_compile(&filter, text, &options, &error) < 0);
	assert_string_equal(what, error.what);
	assert_int_equal((int)strlen(before) + 1, error.column);
	assert_int_equal((int)strlen(word->word), error.length);
}

static void test_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < RT_COUNT(words); i++) {
		check_word(&words[i], "host ", "");
		check_word(&words[i], "src host {", "}");
		check_word(&words[i], "vlan and port ", " 80");
		check_word(&words[i], "less ", " 5");
		check_word(&words[i], "net 10.0.0.0/", "");
	}
}

/* Whoever gives a link type a name gives it filters. */
static void test_links(void **state)
{
	(void)state;
	for (unsigned link = 0; link <= UINT16_MAX; link++) {
		const struct rt_filter_options options = { .link = link };
		struct rt_error error;
		struct rt_filter *filter;
		assert_int_equal(rt_filter_compile(&filter, "ip", &options, &error) == 0, rt_link_name(link) != NULL);
		rt_filter_free(filter);
	}
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 2];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].text, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	tests[RT_COUNT(rows)] = (struct CMUnitTest)cmocka_unit_test(test_words);
	tests[RT_COUNT(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(test_links);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
