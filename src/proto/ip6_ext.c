/* SPDX-License-Identifier: MIT */
/* ip6_ext.c - the extension headers of IPv6 (RFC 8200 section 4) and their options. What follows each is
 * linked as below IPv6. */
#include <ringtap/dissect.h>
#include "ip.h"
#include "list.h"
#include "lists.h"
#include "words.h"

static const struct rt_word option_types[] = {
	{ 0x00, "Pad1" }, { 0x01, "PadN" }, { 0x04, "Tunnel Encapsulation Limit" }, { 0x05, "Router Alert" },
	{ 0x06, "Quick-Start" }, { 0xc2, "Jumbo Payload" }, { 0xc9, "Home Address Option" },
};
/* RFC 8200 section 4.2: the upper bits say what a node does that does not know the option. */
static const struct rt_word policies[] = {
	{ 0x00, " [00: skip, 0: Don't change en-route]" }, { 0x20, " [00: skip, 1: May change en-route]" },
	{ 0x40, " [01: discard, 0: Don't change en-route]" }, { 0x60, " [01: discard, 1: May change en-route]" },
	{ 0x80, " [10: discard+ICMP, 0: Don't change en-route]" },
	{ 0xa0, " [10: discard+ICMP, 1: May change en-route]" },
	{ 0xc0, " [11: discard+ICMP not mcast, 0: Don't change en-route]" },
	{ 0xe0, " [11: discard+ICMP not mcast, 1: May change en-route]" },
};
static const struct rt_word alerts[] = {
	{ 0, "Datagram contains a MLD message" }, { 1, "Datagram contains RSVP message" },
	{ 2, "Datagram contains an Active Network message" }, { 68, "NSIS NATFW NSLP" }, { 69, "MPLS OAM" },
	{ 65535, "Reserved" },
};

#define OTYPE  { "otype", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(option_types), \
	.classes = RT_NAMES(RT_WORDS(policies)), .class_mask = 0xe0) }
#define OPTLEN { "optlen", 8, 8, RT_NUM }

static const struct rt_row pad1_rows[] = { OTYPE };
static const struct rt_row data_rows[] = { OTYPE, OPTLEN, { "optdata", 16, 0, RT_BYTES } };
static const struct rt_row alert_rows[] = {
	OTYPE, OPTLEN, { "value", 16, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(alerts)) },
};
static const struct rt_row jumbo_rows[] = { OTYPE, OPTLEN, { "jumboplen", 16, 32, RT_NUM } };
static const struct rt_row home_rows[] = { OTYPE, OPTLEN, { "hoa", 16, 128, RT_IP6 } };

#define OPTION(c_name, class, text, rfc, words, bytes) \
	static const struct rt_proto c_name = { .name = class, .title = text, .spec = rfc, RT_ROWS(words), \
	                                        .header = bytes }
OPTION(pad1,  "Pad1",          "Pad1",                  "RFC 8200 section 4.2", pad1_rows,  1);
OPTION(padn,  "PadN",          "PadN",                  "RFC 8200 section 4.2", data_rows,  2);
OPTION(alert, "RouterAlert",   "Router Alert",          "RFC 2711",             alert_rows, 4);
OPTION(jumbo, "Jumbo",         "Jumbo Payload",         "RFC 2675",             jumbo_rows, 6);
OPTION(home,  "HAO",           "Home Address Option",   "RFC 6275",             home_rows, 18);
OPTION(other, "HBHOptUnknown", "Scapy6 Unknown Option", "RFC 8200 section 4.2", data_rows,  2);

static const struct rt_item items[] = {
	{ 0, &pad1 }, { 1, &padn }, { 5, &alert }, { 0xc2, &jumbo }, { 0xc9, &home },
};

const struct rt_list ip6_options = {
	RT_ITEMS(items), .other = &other, .code_bytes = 1, .length_bytes = 1, .length_unit = 1, .length_add = 2,
	.single_count = 1, .last_code = -1,
};

#define NEXT { "nh", 0, 8, RT_ENUM, RT_FILL_NEXT, .names = &ip6_next, .init = 59 }

static const struct rt_row option_rows[] = {
	NEXT,
	{ "len",      8, 8, RT_NUM, RT_FILL_HEADER },
	{ "options", 16, 0, RT_LIST, .list = &ip6_options },
};
static const struct rt_row routing_rows[] = {
	NEXT,
	{ "len",        8,  8, RT_NUM, RT_FILL_HEADER },
	{ "type",      16,  8, RT_NUM },
	{ "segleft",   24,  8, RT_NUM },
	{ "reserved",  32, 32, RT_NUM },
	{ "addresses", 64,  0, RT_LIST, .list = &ip6_list_spaced },
};
static const struct rt_row fragment_rows[] = {
	NEXT,
	{ "res1",    8,  8, RT_NUM },
	{ "offset", 16, 13, RT_NUM },
	{ "res2",   29,  2, RT_NUM },
	{ "m",      31,  1, RT_NUM },
	{ "id",     32, 32, RT_NUM },
};

/* A mobile node is known by its home address (RFC 6275 section 6.3). */
static void home_ends(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	struct rt_walk walk;
	struct rt_layer item;
	rt_walk_find(&walk, packet, layer, "options");
	while (rt_walk_next(&walk, &item))
		if (item.proto == &home && item.header >= home.header && ends->size == 16)
			ends->from = packet->frame->data + item.at + 2;
}

/* The last address of types 0 and 2; what other types would put there is not known. */
static void routed_ends(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	const uint8_t *header = packet->frame->data + layer->at;
	if (header[3] == 0)
		return;
	if (ends->size != 16 || layer->header < 24 || (header[2] != 0 && header[2] != 2))
		ends->size = 0;
	else
		ends->to = header + layer->header - 16;
}

static void fragment_ends(const struct rt_packet *packet, const struct rt_layer *layer, struct rt_ends *ends)
{
	ends->is_part |= (rt_be16(packet->frame->data + layer->at + 2) & 0xfff9) != 0;
}

#define EXTENSION .next = { "nh" }, .next_as = "IPv6"

const struct rt_proto proto_ip6_hop_by_hop = {
	.name = "IPv6ExtHdrHopByHop", .title = "IPv6 Extension Header - Hop-by-Hop Options Header",
	.spec = "RFC 8200 section 4.3", RT_ROWS(option_rows), .header = 8, .size = { "len", 8, 8 }, EXTENSION,
	RT_LINKS({ "IPv6", "nh", 0 }, { "IPerror6", "nh", 0 }),
};

const struct rt_proto proto_ip6_dest_opt = {
	.name = "IPv6ExtHdrDestOpt", .title = "IPv6 Extension Header - Destination Options Header",
	.spec = "RFC 8200 section 4.6", RT_ROWS(option_rows), .header = 8, .size = { "len", 8, 8 }, EXTENSION,
	RT_MORE(.ends = home_ends),
	RT_LINKS({ "IPv6", "nh", 60 }, { "IPerror6", "nh", 60 }),
};

const struct rt_proto proto_ip6_routing = {
	.name = "IPv6ExtHdrRouting", .title = "IPv6 Option Header Routing", .spec = "RFC 8200 section 4.4",
	RT_ROWS(routing_rows), .header = 8, .size = { "len", 8, 8 }, EXTENSION, RT_MORE(.ends = routed_ends),
	RT_LINKS({ "IPv6", "nh", 43 }, { "IPerror6", "nh", 43 }),
};

const struct rt_proto proto_ip6_fragment = {
	.name = "IPv6ExtHdrFragment", .title = "IPv6 Extension Header - Fragmentation header",
	.spec = "RFC 8200 section 4.5", RT_ROWS(fragment_rows), .header = 8, EXTENSION,
	RT_MORE(.solid = "offset", .ends = fragment_ends),
	.lines = RT_LINES({ "offset", 0, NULL }, { .text = "{nh} fragment at {offset}" }),
	RT_LINKS({ "IPv6", "nh", 44 }, { "IPerror6", "nh", 44 }),
};
