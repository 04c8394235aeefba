// SPDX-License-Identifier: MIT
/* bodies.c - bodies written byte by byte, and IPv6 chains of extension headers put together from their numbers.
 * RFC 791, 792, 793, 768, 826, 903, 8200, 4302, 6275; MPLS 3032, PPPoE 2516, Geneve 8926, VXLAN 7348, CLNP and
 * IS-IS as ISO 8473, 9542, 10589 number them; IEEE 802.2; DECnet Phase IV routing 2.0; Inside AppleTalk. Checksums
 * are 0: no filter looks at them. */
#include <stdio.h>
#include "bodies.h"

#define A1   "0a000001"          /* 10.0.0.1                                                    */
#define A2   "0a000002"          /* 10.0.0.2                                                    */
#define C34  "c0a81022"          /* 192.168.16.34                                               */
#define C100 "c0a81064"          /* 192.168.16.100                                              */
#define S1   "20010db8000000000000000000000001"      /* 2001:db8::1                             */
#define S2   "20010db8000000000000000000000002"      /* 2001:db8::2                             */
#define SYN  "c001 0050 00000001 00000000 5002 ffff 0000 0000 "      /* 49153 -> 80             */
#define DATA "abac 01bb 00000002 00000003 5018 0200 0000 0000 6869 " /* 43948 -> 443, "hi"      */
/* Ends of tunnels: nobody else has these addresses. */
#define T1   "c6336401"          /* 198.51.100.1                                                */
#define T2   "c6336402"          /* 198.51.100.2                                                */
#define U1   "20010db8ffff00000000000000000001"      /* 2001:db8:ffff::1                        */
#define U2   "20010db8ffff00000000000000000002"
/* What stands inside of them. */
#define IN4  "4500 0028 0001 4000 40 06 0000" A1 A2 SYN                            /* 40 bytes  */
#define IN6  "60000000 0010 11 40" S1 S2 "0035 cf08 0010 0000 6869686968696869"    /* 56 bytes  */
#define IN_MACS "020000000004 020000000003 "
#define NSP  "04 0100 0200 0180"                     /* DECnet: an acknowledgement              */
#define MAC1 "020000000001"
#define MAC2 "020000000002"

const struct body bodies[] = {
	/*                                       version/ihl tos, length, id, fragment, ttl, protocol, checksum */
	{ "tcp4-syn",     0x0800, ONE,   "ip:tcp", "4500 0028 0001 4000 40 06 0000" A1 A2 SYN },
	{ "udp4-dns",     0x0800, ONE,   "ip:udp", "4510 0024 0002 0000 40 11 0000" A1 "0a000035"
	                                 "cf08 0035 0010 0000 6869686968696869" },
	{ "icmp4-echo",   0x0800, ONE,   "ip:icmp", "4500 001c 0003 0000 40 01 0000" C34 C100 "0800 0000 0006 0001" },
	{ "tcp4-later",   0x0800, ONE,   "ip:data", "4500 0028 0004 1000 40 06 0000" A1 A2
	                                 "0050 0050 00000001 00000000 5002 ffff 0000 0000" },
	{ "tcp4-options", 0x0800, ONE,   "ip:tcp", "4800 0034 0005 0000 40 06 0000" A2 "ac100001"
	                                 "0101 0101 0101 0101 0101 0100" SYN },
	{ "arp-request",  0x0806, ALL,   "arp", "0001 0800 06 04 0001 020000000001" A1 "000000000000" A2 },
	{ "tcp6-plain",   0x86dd, ONE,   "ipv6:tcp", "60000000 0014 06 40" S1 S2 SYN },
	{ "udp6-plain",   0x86dd, ONE,   "ipv6:udp", "60000000 000a 11 40" S2 S1 "0035 cf08 000a 0000 6869" },
	{ "icmp6-echo",   0x86dd, ONE,   "ipv6:icmpv6", "60000000 0008 3a 40" S1 S2 "8000 0000 0006 0001" },
	{ "tcp6-x0",      0x86dd, ONE,   "ipv6:ipv6.hopopts:tcp",
	                                 "60000000 001c 00 40" S1 S2 "06 00 050200000000" SYN },
#define COMMON 10                /* the rows above                                              */
	{ "tcp4-data",    0x0800, ONE,   "ip:tcp", "4500 002a 0006 4000 40 06 0000" C34 C100 DATA },
	{ "tcp4-rst",     0x0800, ONE,   "ip:tcp", "4500 0028 0007 4000 ff 06 0000" A2 A1
	                                 "0016 c350 00000001 00000000 5004 0000 0000 0000" },
	{ "tcp4-first",   0x0800, ONE,   "ip:tcp", "4500 0028 0008 2000 40 06 0000" A1 A2
	                                 "0050 1f90 00000001 00000000 5010 ffff 0000 0000" },
	{ "udp4-first",   0x0800, ONE,   "ip:udp", "4500 0024 0009 2000 40 11 0000" A1 A2
	                                 "0035 0035 0100 0000 6869686968696869" },
	{ "udp4-later",   0x0800, ONE,   "ip:data", "4500 0024 0009 2001 40 11 0000" A1 A2
	                                 "0035 0035 0035 0035 6869686968696869" },
	{ "udp4-options", 0x0800, ONE,   "ip:udp", "4600 0020 000a 0000 01 11 0000" C34 A1 "94040000"
	                                 "13c4 1fff 0008 0000" },
	{ "udp4-mdns",    0x0800, GROUP, "ip:udp", "4500 0020 000b 0000 ff 11 0000" C34 "e00000fb"
	                                 "14e9 14e9 000c 0000 00000000" },
	{ "udp4-dhcp",    0x0800, ALL,   "ip:udp", "4500 0020 000c 0000 40 11 0000" "00000000 ffffffff"
	                                 "0044 0043 000c 0000 01010600" },
	{ "icmp4-reply",  0x0800, ONE,   "ip:icmp", "4500 001c 000d 0000 40 01 0000" C100 C34 "0000 0000 0006 0001" },
	{ "icmp4-port",   0x0800, ONE,   "ip:icmp:ip:udp",
	                                 "4500 0038 000e 0000 40 01 0000" C100 C34 "0303 0000 00000000"
	                                 "4500 001c 0003 0000 40 11 0000" C34 C100 "13c4 0035 0008 0000" },
	{ "icmp4-later",  0x0800, ONE,   "ip:data", "4500 001c 000f 0010 40 01 0000" A1 A2 "0800 0000 0006 0001" },
	{ "igmp4",        0x0800, GROUP, "ip:igmp", "46c0 0020 0010 0000 01 02 0000" C34 "e0000016" "94040000"
	                                 "1600 0000 e00000fb" },
	{ "sctp4",        0x0800, ONE,   "ip:sctp", "4500 0020 0011 0000 40 84 0000" A1 A2
	                                 "0050 1388 00000001 00000000" },
	{ "gre4",         0x0800, ONE,   "ip:gre", "4500 0018 0012 0000 40 2f 0000" A1 A2 "0000 0800" },
	{ "esp4",         0x0800, ONE,   "ip:esp", "4500 001c 0013 0000 40 32 0000" A1 A2 "00000001 00000001" },
	{ "arp-reply",    0x0806, ONE,   "arp", "0001 0800 06 04 0002 020000000002" A2 "020000000001" A1 },
	{ "rarp-request", 0x8035, ALL,   "arp", "0001 0800 06 04 0003 020000000001 00000000 020000000001 0a000063" },
	{ "udp6-mdns",    0x86dd, GROUP, "ipv6:udp", "60000000 0008 11 ff fe800000000000000000000000000001"
	                                 "ff0200000000000000000000000000fb" "14e9 14e9 0008 0000" },
	{ "icmp6-ns",     0x86dd, GROUP, "ipv6:icmpv6", "60000000 0018 3a ff" S1 "ff0200000000000000000001ff000002"
	                                 "8700 0000 00000000" S2 },
	{ "sctp6",        0x86dd, ONE,   "ipv6:sctp", "60000000 000c 84 40" S1 S2 "0050 1388 00000001 00000000" },
	{ "none6",        0x86dd, ONE,   "ipv6", "60000000 0000 3b 40" S1 S2 },
	{ "mpls",         0x8847, ONE,   "mpls:ip:tcp", "000641ff 4500 0028 0001 4000 40 06 0000" A1 A2 SYN },
	{ "pppoe",        0x8864, ONE,   "pppoes:ppp:ip:udp", "1100 0001 001e 0021 4500 001c 0001 4000 40 11 0000" A1 A2
	                                 "0035 0035 0008 0000" },
	{ "local",        0x88b5, ONE,   "data", "4500 0028 0001 4000 40 06 0000" A1 A2 SYN },
	{ "stp",          BODY_LLC, GROUP, "llc:stp",
	                                 "424203 0000 00 00 00 8000020000000001 00000000 8000020000000001 8001"
	                                 "0000 1400 0200 0f00" },
	{ "snap",         BODY_LLC, ONE, "llc:ip:udp", "aaaa03 000000 0800 4500 001c 0001 0000 40 11 0000" A1 A2
	                                 "0035 0035 0008 0000" },
};
const size_t bodies_count = RT_COUNT(bodies), bodies_common = COMMON;

const struct body more_bodies[] = {
	/* tunnels: what UDP carries */
	{ "geneve4-ether4", 0x0800, ONE, "ip:udp:geneve:eth:ethertype:ip:tcp",
	                                 "4500 005a 0020 0000 40 11 0000" T1 T2 "d000 17c1 0046 0000"
	                                 "0000 6558 00000b00" IN_MACS "0800" IN4 },
	{ "geneve4-ip4",  0x0800, ONE,   "ip:udp:geneve:ip:tcp",
	                                 "4500 004c 0021 0000 40 11 0000" T1 T2 "d000 17c1 0038 0000"
	                                 "0000 0800 00000b00" IN4 },
	{ "geneve4-options", 0x0800, ONE, "ip:udp:geneve:eth:ethertype:ip:tcp",
	                                 "4600 0066 0022 0000 40 11 0000" T1 T2 "94040000" "d000 17c1 004e 0000"
	                                 "0200 6558 00000c00 0102 0101 00000001" IN_MACS "0800" IN4 },
	{ "geneve4-ip6",  0x0800, ONE,   "ip:udp:geneve:ipv6:udp", "4500 005c 0023 0000 40 11 0000" T1 T2
	                                 "d000 17c1 0048 0000" "0000 86dd 00000b00" IN6 },
	{ "geneve4-arp",  0x0800, ONE,   "ip:udp:geneve:eth:ethertype:arp", "4500 004e 0024 0000 40 11 0000" T2 T1
	                                 "d000 17c1 003a 0000" "0000 6558 12345600" IN_MACS "0806"
	                                 "0001 0800 06 04 0001" MAC1 A1 "000000000000" A2 },
	{ "geneve4-vlan", 0x0800, ONE,   "ip:udp:geneve:eth:ethertype:vlan:ethertype:ip:tcp",
	                                 "4500 005e 0025 0000 40 11 0000" T1 T2 "d000 17c1 004a 0000"
	                                 "0000 6558 00000b00" IN_MACS "8100 0005 0800" IN4 },
	{ "geneve4-mpls", 0x0800, ONE,   "ip:udp:geneve:mpls:ip:tcp", "4500 0050 0026 0000 40 11 0000" T1 T2
	                                 "d000 17c1 003c 0000" "0000 8847 00000b00 004001ff" IN4 },
	{ "geneve4-llc",  0x0800, ONE,   "ip:udp:geneve:eth:llc:ip:tcp", "4500 0062 0027 0000 40 11 0000" T1 T2
	                                 "d000 17c1 004e 0000" "0000 6558 00000b00" IN_MACS "0030"
	                                 "aaaa03 000000 0800" IN4 },
	{ "geneve4-v1",   0x0800, ONE,   "ip:udp:geneve", "4500 004c 0028 0000 40 11 0000" T1 T2 "d000 17c1 0038 0000"
	                                 "4000 0800 00000b00" IN4 },
	{ "geneve4-first", 0x0800, ONE,  "ip:udp:geneve:ip:tcp", "4500 004c 0029 2000 40 11 0000" T1 T2
	                                 "d000 17c1 0038 0000" "0000 0800 00000b00" IN4 },
	{ "geneve4-src",  0x0800, ONE,   "ip:udp:geneve:ip:tcp",
	                                 "4500 004c 002a 0000 40 11 0000" T1 T2 "17c1 d000 0038 0000"
	                                 "0000 0800 00000b00" IN4 },
	{ "geneve6-ether4", 0x86dd, ONE, "ipv6:udp:geneve:eth:ethertype:ip:tcp", "60000000 0046 11 40" U1 U2
	                                 "d000 17c1 0046 0000" "0000 6558 00000b00" IN_MACS "0800" IN4 },
	{ "geneve6-ip4",  0x86dd, ONE,   "ipv6:udp:geneve:ip:tcp", "60000000 0038 11 40" U1 U2 "d000 17c1 0038 0000"
	                                 "0000 0800 00000d00" IN4 },
	{ "geneve6-options", 0x86dd, ONE, "ipv6:udp:geneve:ip:tcp", "60000000 0040 11 40" U1 U2 "d000 17c1 0040 0000"
	                                 "0200 0800 00000b00 0102 0101 00000001" IN4 },
	{ "geneve6-ether6", 0x86dd, ONE, "ipv6:udp:geneve:eth:ethertype:ipv6:udp", "60000000 0056 11 40" U1 U2
	                                 "d000 17c1 0056 0000" "0000 6558 00000b00" IN_MACS "86dd" IN6 },
	{ "vxlan4",       0x0800, ONE,   "ip:udp:vxlan:eth:ethertype:ip:tcp", "4500 005a 0030 0000 40 11 0000" T1 T2
	                                 "d000 12b5 0046 0000" "08000000 00000b00" IN_MACS "0800" IN4 },
	{ "vxlan6",       0x86dd, ONE,   "ipv6:udp:vxlan:eth:ethertype:ip:tcp", "60000000 0046 11 40" U1 U2
	                                 "d000 12b5 0046 0000" "08000000 00000b00" IN_MACS "0800" IN4 },
	/* chains of headers behind IPv4, and protocols of their own */
	{ "ah4-tcp",      0x0800, ONE,   "ip:ah:tcp", "4500 0040 0031 0000 40 33 0000" T1 T2
	                                 "06 04 0000 00000001 00000002 000000000000000000000000" SYN },
	{ "ah4-ah-udp",   0x0800, ONE,   "ip:ah:ah:udp", "4500 0050 0032 0000 40 33 0000" T1 T2
	                                 "33 04 0000 00000001 00000002 000000000000000000000000"
	                                 "11 03 0000 00000001 00000003 0000000000000000"
	                                 "0035 cf08 0010 0000 6869686968696869" },
	{ "ah4-esp",      0x0800, ONE,   "ip:ah:esp", "4600 0038 0033 0000 40 33 0000" T1 T2 "94040000"
	                                 "32 04 0000 00000001 00000002 000000000000000000000000" "00000001 00000001" },
	{ "ipip4",        0x0800, ONE,   "ip:ip:tcp", "4500 003c 0034 0000 40 04 0000" T1 T2 IN4 },
	{ "sixin4",       0x0800, ONE,   "ip:ipv6:udp", "4500 004c 0035 0000 40 29 0000" T1 T2 IN6 },
	{ "igrp4",        0x0800, ONE,   "ip:igrp",
	                                 "4500 0020 0036 0000 40 09 0000" T1 T2 "11 00 0001 00000000 00000000" },
	{ "pim4",         0x0800, GROUP, "ip:pim", "45c0 0018 0037 0000 01 67 0000" T1 "e000000d" "20 00 0000" },
	{ "vrrp4",        0x0800, GROUP, "ip:vrrp", "45c0 0028 0038 0000 ff 70 0000" T1 "e0000012"
	                                 "21 01 64 01 00 01 0000 0a0000fe 0000000000000000" },
	{ "pim6",         0x86dd, GROUP, "ipv6:pim",
	                                 "60000000 0004 67 01" U1 "ff02000000000000000000000000000d" "20 00 0000" },
	{ "esp6",         0x86dd, ONE,   "ipv6:esp", "60000000 0008 32 40" U1 U2 "00000001 00000001" },
	/* labels */
	{ "mpls-ip6",     0x8847, ONE,   "mpls:ipv6:udp", "186a01ff" IN6 },
	{ "mpls2-ip4",    0x8847, ONE,   "mpls:ip:tcp", "186a0040 00400140" IN4 },
	{ "mpls2-ip6",    0x8847, ONE,   "mpls:ipv6:udp", "00400040 186a0140" IN6 },
	{ "mpls3-ip4",    0x8847, ONE,   "mpls:ip:tcp", "186a0040 00400040 00064140" IN4 },
	{ "mpls-udp4",    0x8847, ONE,   "mpls:ip:udp",
	                                 "00400140 4510 001c 0002 0000 40 11 0000" C34 C100 "0035 0035 0008 0000" },
	{ "mplsm-ip4",    0x8848, GROUP, "mpls:ip:tcp", "186a01ff" IN4 },
	/* PPPoE: version and type, code, session, length */
	{ "pppoed-padi",  0x8863, ALL,   "pppoed", "11 09 0000 0004 0101 0000" },
	{ "pppoed-pads",  0x8863, ONE,   "pppoed", "11 65 0027 0004 0101 0000" },
	{ "pppoes-ip4",   0x8864, ONE,   "pppoes:ppp:ip:tcp", "11 00 0027 002a 0021" IN4 },
	{ "pppoes-ip6",   0x8864, ONE,   "pppoes:ppp:ipv6:udp", "11 00 0027 003a 0057" IN6 },
	{ "pppoes-lcp",   0x8864, ONE,   "pppoes:ppp:lcp", "11 00 0001 000a c021 0901 0008 00000001" },
	{ "pppoes-mpls",  0x8864, ONE,   "pppoes:ppp:mpls:ip:tcp", "11 00 0001 002e 0281 004001ff" IN4 },
	/* other network layers by ethertype; DECnet: length, (a byte of padding), flags, to, from */
	{ "decnet-long",  0x6003, ONE,   "dec_dna", "1c00 06 0000 aa0004000304 0000 aa0004000f28 00 00 00 00" NSP },
	{ "decnet-longpad", 0x6003, ONE, "dec_dna", "1d00 81 06 0000 aa0004000304 0000 aa0004000f28 00 00 00 00" NSP },
	{ "decnet-short", 0x6003, ONE,   "dec_dna", "0d00 02 0304 0f28 00" NSP },
	{ "decnet-shortpad", 0x6003, ONE, "dec_dna", "0e00 81 02 0f28 0304 00" NSP },
	{ "atalk",        0x809b, ONE,   "llap:ddp", "03 04 02 000f 0000 0001 0002 03 04 05 06 fe 6869" },
	{ "aarp",         0x80f3, ALL,   "aarp", "0001 809b 06 04 0001" MAC1 "00000102" "000000000000 00000103" },
	{ "ipx",          0x8137, ONE,   "ipx",
	                                 "ffff 0020 00 14 00000001 020000000002 4000 00000001 020000000001 4001 6869" },
	{ "lat",          0x6004, ONE,   "lat", "02 00 0100 0200 00 00" },
	{ "moprc",        0x6002, ONE,   "data", "0300 05 00 0000" },
	{ "mopdl",        0x6001, ONE,   "data", "0100 08" },
	{ "sca",          0x6007, ONE,   "data", "0102 0304" },
	{ "loopback",     0x9000, ONE,   "loop", "0000 0100 6869" },
	/* 802.2: destination and source access point, control */
	{ "netbeui",      BODY_LLC, ONE, "llc:netbios", "f0f003 2c00 ffef 08 00 0000 0000 0000"
	                                 "41414141414141414141414141414141 42424242424242424242424242424242" },
	{ "ipx-llc",      BODY_LLC, ONE, "llc:ipx", "e0e003"
	                                 "ffff 0020 00 14 00000001 020000000002 4000 00000001 020000000001 4001 6869" },
	{ "ipx-snap",     BODY_LLC, ONE, "llc:ipx", "aaaa03 000000 8137"
	                                 "ffff 0020 00 14 00000001 020000000002 4000 00000001 020000000001 4001 6869" },
	{ "ipx-novell",   BODY_NOVELL, ONE, "ipx",
	                                 "ffff 0020 00 14 00000001 020000000002 4000 00000001 020000000001 4001 6869" },
	{ "atalk-snap",   BODY_LLC, ONE, "ddp", "aaaa03 080007 809b 000f 0000 0001 0002 03 04 05 06 fe 6869" },
	{ "aarp-snap",    BODY_LLC, ALL, "llc:aarp", "aaaa03 000000 80f3"
	                                 "0001 809b 06 04 0001" MAC1 "00000102" "000000000000 00000103" },
	{ "arp-snap",     BODY_LLC, ONE, "llc:arp", "aaaa03 000000 0806"
	                                 "0001 0800 06 04 0002" MAC2 A2 MAC1 A1 },
	{ "snap6",        BODY_LLC, ONE, "llc:ipv6:udp", "aaaa03 000000 86dd" IN6 },
	{ "snap-cisco",   BODY_LLC, ONE, "llc:cdp", "aaaa03 00000c 2000 02 b4 0000" },
	{ "snap-pppoe",   BODY_LLC, ONE, "llc:pppoes:ppp:ip:tcp", "aaaa03 000000 8864 11 00 0027 002a 0021" IN4 },
	{ "ip-llc",       BODY_LLC, ONE, "llc:ip:tcp", "060603" IN4 },
	{ "clnp",         BODY_LLC, ONE, "osi:clnp:data", "fefe03 81 0d 01 40 0c 000f 0000 01 01 01 02 6869" },
	{ "esis-esh",     BODY_LLC, GROUP, "osi:esis", "fefe03 82 12 01 00 02 003c 0000 01 07 01 020000000001 00" },
	{ "isis-l1-iih",  BODY_LLC, GROUP, "osi:isis:isis.hello", "fefe03 83 1b 01 00 0f 01 00 00"
	                                 "01 020000000001 001b 001b 40 02000000000101" },
	{ "isis-l2-iih",  BODY_LLC, GROUP, "osi:isis:isis.hello", "fefe03 83 1b 01 00 10 01 00 00"
	                                 "02 020000000001 001b 001b 40 02000000000101" },
	{ "isis-ptp-iih", BODY_LLC, GROUP, "osi:isis:isis.hello", "fefe03 83 14 01 00 11 01 00 00"
	                                 "03 020000000001 001b 0014 01" },
	{ "isis-l1-lsp",  BODY_LLC, GROUP, "osi:isis:isis.lsp", "fefe03 83 1b 01 00 12 01 00 00"
	                                 "001b 04b0 0200000000010000 00000001 0000 01" },
	{ "isis-l2-lsp",  BODY_LLC, GROUP, "osi:isis:isis.lsp", "fefe03 83 1b 01 00 14 01 00 00"
	                                 "001b 04b0 0200000000010000 00000001 0000 03" },
	{ "isis-l1-csnp", BODY_LLC, GROUP, "osi:isis:isis.csnp", "fefe03 83 21 01 00 18 01 00 00"
	                                 "0021 02000000000100 0000000000000000 ffffffffffffffff" },
	{ "isis-l2-csnp", BODY_LLC, GROUP, "osi:isis:isis.csnp", "fefe03 83 21 01 00 19 01 00 00"
	                                 "0021 02000000000100 0000000000000000 ffffffffffffffff" },
	{ "isis-l1-psnp", BODY_LLC, GROUP, "osi:isis:isis.psnp", "fefe03 83 11 01 00 1a 01 00 00"
	                                 "0011 02000000000100" },
	{ "isis-l2-psnp", BODY_LLC, GROUP, "osi:isis:isis.psnp", "fefe03 83 11 01 00 1b 01 00 00"
	                                 "0011 02000000000100" },
	{ "llc-i",        BODY_LLC, ONE, "llc", "1414 0200 6869" },
	{ "llc-rr",       BODY_LLC, ONE, "llc",   "0405 0102" },
	{ "llc-rnr",      BODY_LLC, ONE, "llc",   "0404 0502" },
	{ "llc-rej",      BODY_LLC, ONE, "llc",   "0404 0903" },
	{ "llc-ui",       BODY_LLC, ONE, "llc", "1414 03 6869" },
	{ "llc-ui-poll",  BODY_LLC, ONE, "llc", "1414 13 6869" },
	{ "llc-ua",       BODY_LLC, ONE, "llc",   "0405 73" },
	{ "llc-disc",     BODY_LLC, ONE, "llc",   "0404 53" },
	{ "llc-dm",       BODY_LLC, ONE, "llc",   "0405 1f" },
	{ "llc-sabme",    BODY_LLC, ONE, "llc",   "0404 7f" },
	{ "llc-test",     BODY_LLC, ONE, "llc", "1414 f3 6869" },
	{ "llc-xid",      BODY_LLC, ONE, "llc", "0000 bf 81 01 00" },
	{ "llc-frmr",     BODY_LLC, ONE, "llc", "0405 97 0000 0000 00" },
};
const size_t more_bodies_count = RT_COUNT(more_bodies);

/* Chains of extension headers: their numbers in order, what stands behind them. 44: a first fragment; -44:
 * a later one, behind which there is only data. */
struct chain { const char *name; uint8_t last; int16_t headers[21]; };

static const struct chain chains[] = {
	{ "tcp6-x43",       6, { 43 } },
	{ "tcp6-x51",       6, { 51 } },
	{ "tcp6-x60",       6, { 60 } },
	{ "tcp6-x135",      6, { 135 } },
	{ "tcp6-first",     6, { 44 } },
	{ "tcp6-later",     6, { -44 } },
	{ "udp6-x0",       17, { 300 } },
	{ "udp6-first",    17, { 60, 44 } },
	{ "udp6-later",    17, { 60, -44 } },
	{ "udp6-behind",   17, { 44, 60, 51 } },
	{ "icmp6-x0",      58, { 300 } },
	{ "icmp6-x60-60",  58, { 60, 60 } },
	{ "tcp6-x3",        6, { 300, 60, 43 } },
	{ "tcp6-x4",        6, { 300, 60, 43, 44 } },
	{ "udp6-x5",       17, { 300, 60, 43, 44, 51 } },
	{ "tcp6-x6",        6, { 300, 60, 43, 44, 51, 60 } },
	{ "tcp6-x7",        6, { 300, 60, 43, 44, 51, 60, 135 } },
	{ "tcp6-x8",        6, { 300, 60, 60, 43, 44, 51, 60, 135 } },
	{ "none6-x0",      59, { 300 } },
	/* more headers than a program follows */
	{ "long6-tcp9",     6, { 300, 60, 60, 43, 51, 60, 60, 60, 60 } },
	{ "long6-tcp10",    6, { 60, 60, 60, 60, 60, 60, 60, 60, 51, 60 } },
	{ "long6-mobile",   6, { 60, 60, 60, 60, 60, 60, 60, 60, 60, 135 } },
	{ "long6-udp20",   17, { 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60 } },
	{ "long6-ah10",    17, { 51, 51, 51, 51, 51, 51, 51, 51, 51, 51 } },
};
#define HOP_BY_HOP 300           /* number 0, in a table where 0 is the end */

size_t hex_put(uint8_t *at, const char *hex)
{
	size_t digits = 0;
	for (; *hex; hex++) {
		if (*hex == ' ')
			continue;
		const unsigned value = (unsigned)(*hex <= '9' ? *hex - '0' : *hex - 'a' + 10);
		at[digits / 2] = (uint8_t)(digits % 2 ? at[digits / 2] | value : value << 4);
		digits++;
	}
	return digits / 2;
}

static uint8_t chain_number(const struct chain *chain, size_t at)
{
	const int header = chain->headers[at];
	if (header == 0)
		return chain->last;
	return header == HOP_BY_HOP ? 0 : (uint8_t)(header < 0 ? -header : header);
}

/* Each header names the next one; lengths are in their own units: 4 bytes less 8 for AH, 8 bytes less 8
 * for others. */
static size_t chain_header(uint8_t *at, const struct chain *chain, size_t place)
{
	const uint8_t number = chain_number(chain, place);
	size_t size = number == 51 ? 24 : number == 43 ? 24 : number == 44 ? 8 : place % 2 ? 16 : 8;
	memset(at, 0, size);
	at[0] = chain_number(chain, place + 1);
	at[1] = (uint8_t)(number == 44 ? 0 : number == 51 ? size / 4 - 2 : size / 8 - 1);
	if (number == 44)
		hex_put(at + 2, chain->headers[place] < 0 ? "0009 00000007" : "0001 00000007");
	return size;
}

static size_t chain_bytes(uint8_t *at, const struct chain *chain)
{
	size_t size = hex_put(at, "60000000 0000 00 40" S1 S2);
	at[6] = chain_number(chain, 0);
	for (size_t i = 0; chain->headers[i]; i++)
		size += chain_header(at + size, chain, i);
	if (chain->last == 6)
		size += hex_put(at + size, SYN);
	else if (chain->last == 17)
		size += hex_put(at + size, "0035 cf08 000a 0000 6869");
	else if (chain->last == 58)
		size += hex_put(at + size, "8f00 0000 00000000");
	at[4] = (uint8_t)((size - 40) >> 8);
	at[5] = (uint8_t)(size - 40);
	return size;
}

size_t chains_count(void) { return RT_COUNT(chains); }

size_t chain_get(size_t at, struct body *body, uint8_t bytes[BODY_MAX])
{
	*body = (struct body){ .name = chains[at].name, .type = 0x86dd, .to = ONE, .shark = "ipv6" };
	return chain_bytes(bytes, &chains[at]);
}

/* Hop-by-hop options come first if at all (RFC 8200 section 4.1); behind a later fragment there are no headers. */
static struct chain chain_roll(unsigned length, struct dice *dice)
{
	static const int16_t middle[] = { 43, 44, 51, 60, 60, 135 };
	static const uint8_t lasts[] = { 6, 6, 17, 17, 58, 59 };
	struct chain chain = { .last = lasts[dice_roll(dice, RT_COUNT(lasts))] };
	for (unsigned i = 0; i < length; i++)
		chain.headers[i] = middle[dice_roll(dice, RT_COUNT(middle))];
	if (length && dice_roll(dice, 3) == 0)
		chain.headers[0] = HOP_BY_HOP;
	if (length && dice_roll(dice, 4) == 0)
		chain.headers[length - 1] = -44;
	return chain;
}

size_t chain_random(unsigned length, struct dice *dice, char name[32], struct body *body, uint8_t bytes[BODY_MAX])
{
	const struct chain chain = chain_roll(length, dice);
	size_t size = (size_t)snprintf(name, 32, "%u", chain.last);
	for (unsigned i = 0; i < length && size < 32; i++)
		size += (size_t)snprintf(name + size, 32 - size, "%s%d", i ? "," : " behind ", chain.headers[i] % HOP_BY_HOP);
	*body = (struct body){ .name = name, .type = 0x86dd, .to = ONE, .shark = "ipv6" };
	return chain_bytes(bytes, &chain);
}
