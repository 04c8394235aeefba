/* SPDX-License-Identifier: MIT */
/* icmp6.h - what all ICMPv6 messages begin with, and how they are linked: below IPv6 by their own type. */
#ifndef RINGTAP_PROTO_ICMP6_H
#define RINGTAP_PROTO_ICMP6_H

#include "words.h"

extern const struct rt_names nd_preferences;

#define ICMP6_TYPE  { "type", 0, 8, RT_ENUM, .names = &icmp6_types }
#define ICMP6_CODE  { "code", 8, 8, RT_NUM }
#define ICMP6_CKSUM { "cksum", 16, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_IP6) }
#define ICMP6_LINES(words) RT_LINES({ .text = "ICMPv6 " words })
#define ICMP6_LINKS(number) RT_LINKS({ "IPv6", "nh", 58, "type", number }, { "IPerror6", "nh", 58, "type", number })

#endif
