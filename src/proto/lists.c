/* SPDX-License-Identifier: MIT */
/* lists.c - lists of bare values: addresses (RFC 791, RFC 4291), domain names one after the other (RFC 1035). */
#include "dns.h"
#include "lists.h"

static const struct rt_row ip4_rows[] = { { "address", 0, 32, RT_IP4 } };
static const struct rt_row ip6_rows[] = { { "address", 0, 128, RT_IP6 } };
static const struct rt_proto ip4 = { .name = "address", .spec = "RFC 791", RT_ROWS(ip4_rows), .header = 4 };
static const struct rt_proto ip6 = { .name = "address", .spec = "RFC 4291", RT_ROWS(ip6_rows), .header = 16 };

#define VALUES(proto, bytes) .other = &(proto), .item_bytes = (bytes), .is_values = true, .last_code = -1

const struct rt_list ip4_list = { VALUES(ip4, 4) };
const struct rt_list ip6_list = { VALUES(ip6, 16) };
const struct rt_list ip6_list_spaced = { VALUES(ip6, 16), .is_spaced = true };

static bool next_name(struct rt_walk *walk, struct rt_layer *item);

static const struct rt_row name_rows[] = { { "name", 0, 0, RT_NAME } };
static const struct rt_proto name = { .name = "name", .spec = "RFC 1035 section 3.1", RT_ROWS(name_rows) };

const struct rt_list name_list = { .other = &name, .next = next_name, .is_values = true, .last_code = -1,
                                   .empty = "[]" };

static bool next_name(struct rt_walk *walk, struct rt_layer *item)
{
	while (walk->at < walk->end && walk->frame->data[walk->at] == 0)
		walk->at++;
	uint32_t after = dns_skip_name(walk->frame, walk->at, walk->end);
	*item = (struct rt_layer){ .proto = &name, .at = walk->at, .header = after - walk->at, .end = after,
	                           .id = RT_NO_ID };
	walk->at = after;
	return item->header != 0;
}
