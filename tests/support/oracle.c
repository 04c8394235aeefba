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
	return link != RT_LINK_RAW || (primitive->asks != VLAN && primitive->asks != TYPE);
}

static bool is_tag(unsigned type) { return type == 0x8100 || type == 0x88a8 || type == 0x9100; }

static bool is_extension(int number)
{
	return number == 0 || number == 43 || number == 44 || number == 51 || number == 60 || number == 135;
}

/* Returns where the network layer begins. */
static size_t parse_link(struct parsed *out, unsigned link, const uint8_t *data)
{
	size_t type_at = 12, behind = 14;
	if (link == RT_LINK_RAW) {
		out->type = data[0] >> 4 == 4 ? 0x0800 : 0x86dd;
		return 0;
	}
	if (link == RT_LINK_SLL) {
		type_at = 14;
		behind = 16;
	} else if (link == RT_LINK_SLL2) {
		type_at = 0;
		behind = 20;
	}
	out->type = rt_be16(data + type_at);
	while (is_tag(out->type)) {
		out->vid[out->tags++] = rt_be16(data + behind) & 0x0fff;
		out->type = rt_be16(data + behind + 2);
		behind += 4;
	}
	return behind;
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

static void parse_ip6(struct parsed *out, const uint8_t *ip)
{
	out->version = 6;
	out->has_hosts = true;
	memcpy(out->host[0], ip + 8, 16);
	memcpy(out->host[1], ip + 24, 16);
	out->protocol = out->first_protocol = ip[6];
	const uint8_t *at = ip + 40;
	while (is_extension(out->protocol) && !out->is_later) {
		const int number = out->protocol;
		out->protocol = at[0];
		if (number == 44)
			out->is_later = rt_be16(at + 2) >> 3 != 0;
		at += number == 44 ? 8 : number == 51 ? (size_t)at[1] * 4 + 8 : (size_t)at[1] * 8 + 8;
	}
	parse_ports(out, at);
}

void oracle_parse(struct parsed *out, unsigned link, const uint8_t *data, size_t size)
{
	*out = (struct parsed){ .protocol = -1, .first_protocol = -1 };
	if (size == 0)
		return;
	const uint8_t *at = data + parse_link(out, link, data);
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
