/* SPDX-License-Identifier: MIT */
/* lists.c - lists of bare values: addresses (RFC 791, RFC 4291) and numbers. */
#include "lists.h"

static const struct rt_row ip4_rows[] = { { "address", 0, 32, RT_IP4 } };
static const struct rt_row ip6_rows[] = { { "address", 0, 128, RT_IP6 } };
static const struct rt_proto ip4 = { .name = "address", .spec = "RFC 791", RT_ROWS(ip4_rows), .header = 4 };
static const struct rt_proto ip6 = { .name = "address", .spec = "RFC 4291", RT_ROWS(ip6_rows), .header = 16 };

#define VALUES(proto, bytes) .other = &(proto), .item_bytes = (bytes), .is_values = true, .last_code = -1

const struct rt_list ip4_list = { VALUES(ip4, 4) };
const struct rt_list ip6_list = { VALUES(ip6, 16) };
const struct rt_list ip6_list_spaced = { VALUES(ip6, 16), .is_spaced = true };
