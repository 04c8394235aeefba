/* SPDX-License-Identifier: MIT */
/* ip.h - the header rows that a protocol shares with its copy inside ICMP errors. */
#ifndef RINGTAP_PROTO_IP_H
#define RINGTAP_PROTO_IP_H

#include <ringtap/proto.h>

#define IP_ROW_COUNT    13
#define IP6_ROW_COUNT    8
#define TCP_ROW_COUNT   11
#define UDP_ROW_COUNT    4
#define ICMP_ROW_COUNT  16

extern const struct rt_row ip_rows[IP_ROW_COUNT], ip6_rows[IP6_ROW_COUNT], tcp_rows[TCP_ROW_COUNT],
                           udp_rows[UDP_ROW_COUNT], icmp_rows[ICMP_ROW_COUNT];
extern const struct rt_list ip_options, tcp_options, ip6_options;

#endif
