// SPDX-License-Identifier: MIT
/* oracle.c - a well-formed packet and a primitive become true or false. Written from the RFCs and
 * pcap-filter(7), to be obviously right; no cleverness, no speed. */
#include "oracle.h"

enum asks { VERSION, TYPE, PROTOCOL, PROTOCOL4, PROTOCOL6, HOST4, HOST6, PORT, VLAN };
enum side { SRC = 1, DST = 2, BOTH = 3, EITHER = 4 };

struct primitive {
	const char *text;
	enum asks asks;
	enum side side;
	int low, high;           /* the number, or the range                                        */
	int over;                /* the protocol ports belong to; 0: any                             */
	uint8_t address[16];
	int bits;
};

#define TAGS    3                /* so many are seen through; the next one is what the packet carries */
#define NET10   { 10, 0, 0, 0 }
#define IP6(n)  { 0x20, 0x01, 0x0d, 0xb8, [15] = n }

static const struct primitive primitives[] = {
	{ "ip", VERSION, .low = 4 },
	{ "ip6", VERSION, .low = 6 },
	{ "arp", TYPE, .low = 0x0806 },
	{ "rarp", TYPE, .low = 0x8035 },
	{ "tcp", PROTOCOL, .low = 6 },
	{ "udp", PROTOCOL, .low = 17 },
	{ "sctp", PROTOCOL, .low = 132 },
	{ "icmp", PROTOCOL4, .low = 1 },
	{ "icmp6", PROTOCOL6, .low = 58 },
	{ "ip proto 17", PROTOCOL4, .low = 17 },
	{ "ip6 proto 6", PROTOCOL6, .low = 6 },
	{ "host 10.0.0.1", HOST4, EITHER, .address = { 10, 0, 0, 1 }, .bits = 32 },
	{ "src host 10.0.0.1", HOST4, SRC, .address = { 10, 0, 0, 1 }, .bits = 32 },
	{ "dst host 192.168.16.100", HOST4, DST, .address = { 192, 168, 16, 100 }, .bits = 32 },
	{ "net 10.0.0.0/8", HOST4, EITHER, .address = NET10, .bits = 8 },
	{ "src net 10.0.0.0/8", HOST4, SRC, .address = NET10, .bits = 8 },
	{ "src and dst net 10.0.0.0/8", HOST4, BOTH, .address = NET10, .bits = 8 },
	{ "host 2001:db8::1", HOST6, EITHER, .address = IP6(1), .bits = 128 },
	{ "dst host 2001:db8::2", HOST6, DST, .address = IP6(2), .bits = 128 },
	{ "net 2001:db8::/32", HOST6, EITHER, .address = IP6(0), .bits = 32 },
	{ "src net 2001:db8::/127", HOST6, SRC, .address = IP6(0), .bits = 127 },
	{ "port 80", PORT, EITHER, .low = 80, .high = 80 },
	{ "src port 53", PORT, SRC, .low = 53, .high = 53 },
	{ "dst port 80", PORT, DST, .low = 80, .high = 80 },
	{ "tcp port 80", PORT, EITHER, .low = 80, .high = 80, .over = 6 },
	{ "udp port 53", PORT, EITHER, .low = 53, .high = 53, .over = 17 },
	{ "portrange 50-100", PORT, EITHER, .low = 50, .high = 100 },
	{ "dst portrange 400-9000", PORT, DST, .low = 400, .high = 9000 },
	{ "src and dst port 5353", PORT, BOTH, .low = 5353, .high = 5353 },
	{ "vlan", VLAN, .low = -1 },
	{ "vlan 5", VLAN, .low = 5 },
	{ "vlan 100", VLAN, .low = 100 },
};
const size_t primitive_count = RT_COUNT(primitives);

const struct primitive *primitive_get(size_t at) { return &primitives[at]; }
const char *primitive_text(const struct primitive *primitive) { return primitive->text; }

bool primitive_fits(const struct primitive *primitive, unsigned link)
{
	static const unsigned tagged[] = { RT_LINK_ETHER, RT_LINK_SLL, RT_LINK_SLL2, RT_LINK_WLAN, RT_LINK_PRISM,
	                                   RT_LINK_RADIOTAP, RT_LINK_AVS };
	for (size_t i = 0; i < RT_COUNT(tagged); i++)
		if (tagged[i] == link)
			return true;
	return primitive->asks != VLAN && primitive->asks != TYPE;
}

static bool is_tag(unsigned type) { return type == 0x8100 || type == 0x88a8 || type == 0x9100; }

static bool is_extension(int number)
{
	return number == 0 || number == 43 || number == 44 || number == 51 || number == 60 || number == 135;
}

/* Tags, from where the type is to where the network layer begins. */
static const uint8_t *parse_tags(struct parsed *out, const uint8_t *type, const uint8_t *behind)
{
	out->type = rt_be16(type);
	while (is_tag(out->type) && out->tags < TAGS) {
		out->vid[out->tags++] = rt_be16(behind) & 0x0fff;
		out->type = rt_be16(behind + 2);
		behind += 4;
	}
	return behind;
}

/* radiotap.org: presence words as long as bit 31 is set; time stamp (aligned to 8), then flags. */
static bool is_padded(const uint8_t *radiotap)
{
	const uint8_t *at = radiotap + 4;
	size_t behind = 8;
	for (; at[3] & 0x80; at += 4)
		behind += 4;
	if (!(radiotap[4] & 2))
		return false;
	if (radiotap[4] & 1)
		behind = (behind + 7) / 8 * 8 + 8;
	return radiotap[behind] & 0x20;
}

static const uint8_t *behind_radio(unsigned link, const uint8_t *data)
{
	if (link == RT_LINK_RADIOTAP)
		return data + data[2] + 256u * data[3];
	if (link == RT_LINK_WLAN)
		return data;
	return rt_be32(data) >> 12 == 0x80211 ? data + rt_be32(data + 4) : data + 144;
}

/* IEEE 802.11-2016, 9.2.4: the fourth address, QoS control and HT control may be there. */
static const uint8_t *parse_wlan(struct parsed *out, unsigned link, const uint8_t *data)
{
	const uint8_t *frame = behind_radio(link, data);
	const bool is_data = (frame[0] & 0x0c) == 0x08, is_qos = is_data && frame[0] & 0x80;
	size_t size = 24;
	size += is_data && (frame[1] & 3) == 3 ? 6 : 0;
	size += is_qos ? 2 : 0;
	size += is_qos && frame[1] & 0x80 ? 4 : 0;
	if (!is_data || frame[0] & 0x40 || frame[1] & 0x40)
		return data;
	if (link == RT_LINK_RADIOTAP && is_padded(data))
		size = (size + 3) / 4 * 4;
	const uint8_t *llc = frame + size;
	return llc[0] == 0xaa && llc[1] == 0xaa ? parse_tags(out, llc + 6, llc + 8) : llc;
}

/* RFC 1661, 1662; Cisco's framing has ethertypes. */
static const uint8_t *parse_ppp(struct parsed *out, unsigned link, const uint8_t *data)
{
	const uint8_t *number = data + (link == RT_LINK_PPP_ETHER ? 6 : 2);
	out->type = rt_be16(number);
	if (out->type == 0x0021)
		out->type = 0x0800;
	if (out->type == 0x0057)
		out->type = 0x86dd;
	return number + 2;
}

/* Returns where the network layer begins. */
static const uint8_t *parse_link(struct parsed *out, unsigned link, const uint8_t *data)
{
	switch (link) {
	case RT_LINK_ETHER: return parse_tags(out, data + 12, data + 14);
	case RT_LINK_SLL:   return parse_tags(out, data + 14, data + 16);
	case RT_LINK_SLL2:  return parse_tags(out, data, data + 20);
	case RT_LINK_PPP:
	case RT_LINK_PPP_SERIAL:
	case RT_LINK_PPP_ETHER: return parse_ppp(out, link, data);
	case RT_LINK_NULL:
	case RT_LINK_LOOP:
		out->type = data[0] == 2 || data[3] == 2 ? 0x0800 : 0x86dd;
		return data + 4;
	case RT_LINK_RAW:
	case RT_LINK_IPV4:
	case RT_LINK_IPV6:
		out->type = data[0] >> 4 == 4 ? 0x0800 : 0x86dd;
		return data;
	}
	return parse_wlan(out, link, data);
}

static void parse_ports(struct parsed *out, const uint8_t *data)
{
	if (out->is_later || (out->protocol != 6 && out->protocol != 17 && out->protocol != 132))
		return;
	out->has_ports = true;
	out->port[0] = rt_be16(data);
	out->port[1] = rt_be16(data + 2);
}

static void parse_ip4(struct parsed *out, const uint8_t *ip)
{
	out->version = 4;
	out->has_hosts = true;
	memcpy(out->host[0], ip + 12, 4);
	memcpy(out->host[1], ip + 16, 4);
	out->protocol = out->first_protocol = ip[9];
	out->is_later = (rt_be16(ip + 6) & 0x1fff) != 0;
	parse_ports(out, ip + (size_t)(ip[0] & 15) * 4);
}

#define HEADERS_LOOKED_THROUGH 8         /* README, limits: the next one is what the packet carries */

static void parse_ip6(struct parsed *out, const uint8_t *ip)
{
	out->version = 6;
	out->has_hosts = true;
	memcpy(out->host[0], ip + 8, 16);
	memcpy(out->host[1], ip + 24, 16);
	out->protocol = out->first_protocol = ip[6];
	const uint8_t *at = ip + 40;
	for (int i = 0; i < HEADERS_LOOKED_THROUGH && is_extension(out->protocol) && !out->is_later; i++) {
		const int number = out->protocol;
		out->protocol = at[0];
		if (number == 44)
			out->is_later = rt_be16(at + 2) >> 3 != 0;
		at += number == 44 ? 8 : number == 51 ? (size_t)at[1] * 4 + 8 : (size_t)at[1] * 8 + 8;
	}
	parse_ports(out, at);
}

bool oracle_knows(unsigned link, const char *way)
{
	return (link != RT_LINK_PPP && link != RT_LINK_PPP_SERIAL) ||
	       (strcmp(way, "bare") != 0 && strcmp(way, "short") != 0);
}

void oracle_parse(struct parsed *out, unsigned link, const uint8_t *data, size_t size)
{
	*out = (struct parsed){ .protocol = -1, .first_protocol = -1 };
	if (size == 0)
		return;
	const uint8_t *at = parse_link(out, link, data);
	if (out->type == 0x0800)
		parse_ip4(out, at);
	else if (out->type == 0x86dd)
		parse_ip6(out, at);
	else if (out->type == 0x0806 || out->type == 0x8035) {
		out->has_hosts = true;
		memcpy(out->host[0], at + 14, 4);
		memcpy(out->host[1], at + 24, 4);
	}
}

static bool on_side(enum side side, bool src, bool dst)
{
	return side == SRC ? src : side == DST ? dst : side == BOTH ? src && dst : src || dst;
}

static bool same_bits(const uint8_t *a, const uint8_t *b, int bits)
{
	for (int i = 0; i < bits; i++)
		if ((a[i / 8] ^ b[i / 8]) & 0x80 >> i % 8)
			return false;
	return true;
}

static bool ask_host(const struct primitive *p, const struct parsed *packet)
{
	if (!packet->has_hosts || (packet->version == 6) != (p->asks == HOST6))
		return false;
	return on_side(p->side, same_bits(packet->host[0], p->address, p->bits),
	               same_bits(packet->host[1], p->address, p->bits));
}

static bool ask_port(const struct primitive *p, const struct parsed *packet)
{
	if (!packet->has_ports || (p->over && packet->protocol != p->over))
		return false;
	return on_side(p->side, packet->port[0] >= p->low && packet->port[0] <= p->high,
	               packet->port[1] >= p->low && packet->port[1] <= p->high);
}

static bool ask_vlan(const struct primitive *p, const struct parsed *packet)
{
	for (unsigned i = 0; i < packet->tags; i++)
		if (p->low < 0 || packet->vid[i] == p->low)
			return true;
	return false;
}

bool oracle(const struct primitive *p, const struct parsed *packet)
{
	switch (p->asks) {
	case VERSION:   return packet->version == p->low;
	case TYPE:      return packet->type == p->low;
	case PROTOCOL:  return packet->protocol == p->low;
	case PROTOCOL4: return packet->version == 4 && packet->protocol == p->low;
	case PROTOCOL6: return packet->version == 6 && packet->protocol == p->low;
	case HOST4:
	case HOST6:     return ask_host(p, packet);
	case PORT:      return ask_port(p, packet);
	case VLAN:      return ask_vlan(p, packet);
	}
	return false;
}
