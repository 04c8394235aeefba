/* SPDX-License-Identifier: MIT */
/* words.h - the tables of names that more than one protocol uses; they stand in words.c and names/. */
#ifndef RINGTAP_PROTO_WORDS_H
#define RINGTAP_PROTO_WORDS_H

#include <ringtap/dissect.h>

extern const struct rt_names ethertypes, ip_protocols, tcp_ports, udp_ports, hardware_types, dns_types,
                             icmp_types, icmp_codes, icmp6_types, ip6_next, ppp_protocols, ppp_short_protocols;

#endif
