/* SPDX-License-Identifier: MIT */
/* lists.h - lists of bare values that more than one protocol has. */
#ifndef RINGTAP_PROTO_LISTS_H
#define RINGTAP_PROTO_LISTS_H

#include <ringtap/proto.h>

extern const struct rt_list ip4_list, ip6_list;         /* shown as [10.0.0.1, 10.0.0.2]                  */
extern const struct rt_list ip6_list_spaced;            /* ... [ ::1, ::2 ], where Scapy does             */
extern const struct rt_list name_list;                  /* domain names; zeros fill up the rest           */

#endif
