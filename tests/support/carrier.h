/* SPDX-License-Identifier: MIT */
/* carrier.h - headers in front of what an application says: IPv4 from 192.168.16.34 to 192.168.16.100 and UDP or TCP,
 * ports as four hexadecimal digits. Lengths of 0 reach to the end of the frame (link type RT_LINK_IPV4). */
#ifndef RINGTAP_TESTS_CARRIER_H
#define RINGTAP_TESTS_CARRIER_H

#define CARRIER_IP4(proto) "4500000000010000" "40" proto "0000" "c0a81022" "c0a81064"
#define UDP4(sport, dport) CARRIER_IP4("11") sport dport "00000000"
#define TCP4(sport, dport) CARRIER_IP4("06") sport dport "00000001" "00000002" "5018" "0200" "00000000"

#define UDP4_LINE(sport, dport, text) "192.168.16.34:" sport " -> 192.168.16.100:" dport " TTL: 64, " text
#define TCP4_LINE(sport, dport, text) UDP4_LINE(sport, dport, "Flags: PA, Seq: 1, Ack: 2, Win: 512, " text)

#endif
