/* SPDX-License-Identifier: MIT */
/* cdp.c - Cisco's discovery protocol, behind SNAP: version, time to live, checksum, then messages of type and length.
 * There is no standard; the rows are Scapy's. */
#include <ringtap/dissect.h>
#include "list.h"
#include "llc.h"

static const struct rt_word types[] = {
	{ 0x01, "Device ID" }, { 0x02, "Addresses" }, { 0x03, "Port ID" }, { 0x04, "Capabilities" },
	{ 0x05, "Software Version" }, { 0x06, "Platform" }, { 0x07, "IP Prefix" }, { 0x08, "Protocol Hello" },
	{ 0x09, "VTP Management Domain" }, { 0x0a, "Native VLAN" }, { 0x0b, "Duplex" },
	{ 0x0c, "CDP Unknown command (send us a pcap file)" }, { 0x0d, "CDP Unknown command (send us a pcap file)" },
	{ 0x0e, "VoIP VLAN Reply" }, { 0x0f, "VoIP VLAN Query" }, { 0x10, "Power" }, { 0x11, "MTU" },
	{ 0x12, "Trust Bitmap" }, { 0x13, "Untrusted Port CoS" }, { 0x14, "System Name" }, { 0x15, "System OID" },
	{ 0x16, "Management Address" }, { 0x17, "Location" }, { 0x18, "CDP Unknown command (send us a pcap file)" },
	{ 0x19, "CDP Unknown command (send us a pcap file)" }, { 0x1a, "Power Available" },
};
static const struct rt_word capabilities[] = {
	{ 0x01, "Router" }, { 0x02, "TransparentBridge" }, { 0x04, "SourceRouteBridge" }, { 0x08, "Switch" },
	{ 0x10, "Host" }, { 0x20, "IGMPCapable" }, { 0x40, "Repeater" }, { 0x80, "Bit25" }, { 0x100, "Bit24" },
	{ 0x200, "Bit23" }, { 0x400, "Bit22" },
};
static const struct rt_word duplexes[] = { { 0, "Half" }, { 1, "Full" } };
static const struct rt_word address_types[] = { { 1, "NLPID" }, { 2, "802.2" } };

/* ---- addresses: each says its protocol ------------------------------------------------------------------- */

#define ADDRESS_START \
	{ "ptype", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(address_types)) }, \
	{ "plen",  8, 8, RT_NUM }, \
	{ "proto", 16, 0, RT_BYTES, RT_COUNTED(1, 1, 0) }, \
	{ "addrlen", 16, 16, RT_NUM }

static const struct rt_row ip4_rows[] = { ADDRESS_START, { "addr", 16, 32, RT_IP4 } };
static const struct rt_row ip6_rows[] = { ADDRESS_START, { "addr", 16, 128, RT_IP6 } };
static const struct rt_row any_rows[] = { ADDRESS_START, { "addr", 16, 0, RT_BYTES, RT_COUNTED(1, 1, 0) } };

#define ADDRESS(c_name, class, words, table) \
	static const struct rt_proto c_name = { .name = class, .title = "CDP Address" words, .spec = "Cisco", \
	                                        RT_ROWS(table), .header = 2, .is_flow = true }
ADDRESS(address_ip4, "CDPAddrRecordIPv4", " IPv4", ip4_rows);
ADDRESS(address_ip6, "CDPAddrRecordIPv6", " IPv6", ip6_rows);
ADDRESS(address_any, "CDPAddrRecord",     "",      any_rows);

static const struct rt_item address_items[] = { { 1, &address_ip4 }, { 2, &address_ip6 } };

static const struct rt_proto *address_proto(const uint8_t *address, uint32_t size)
{
	static const uint8_t ip4[] = { 1, 0xcc, 0, 4 };
	static const uint8_t ip6[] = { 8, 0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd, 0, 16 };
	if (size >= 9 && memcmp(address + 1, ip4, sizeof ip4) == 0)
		return &address_ip4;
	if (size >= 28 && memcmp(address + 1, ip6, sizeof ip6) == 0)
		return &address_ip6;
	return &address_any;
}

static bool next_address(struct rt_walk *walk, struct rt_layer *item)
{
	const uint8_t *address = walk->frame->data + walk->at;
	uint32_t left = walk->end - walk->at, size = left;
	if (walk->at >= walk->end)
		return false;
	if (left >= 2 && left >= 4u + address[1])
		size = 4u + address[1] + rt_be16(address + 2 + address[1]);
	if (size > left)
		size = left;
	*item = (struct rt_layer){ .proto = address_proto(address, size), .at = walk->at, .header = size,
	                           .end = walk->at + size, .id = RT_NO_ID };
	walk->at += size;
	return true;
}

static const struct rt_list addresses = {
	RT_ITEMS(address_items), .other = &address_any, .next = next_address, .last_code = -1,
};

/* ---- messages -------------------------------------------------------------------------------------------- */

#define START { "type", 0, 16, RT_XENUM, .names = RT_NAMES(RT_WORDS(types)) }, { "len", 16, 16, RT_NUM }

static const struct rt_row value_rows[] = { START, { "val", 32, 0, RT_BYTES } };
static const struct rt_row address_rows[] = {
	START, { "naddr", 32, 32, RT_NUM }, { "addr", 64, 0, RT_LIST, .list = &addresses },
};
static const struct rt_row port_rows[] = { START, { "iface", 32, 0, RT_BYTES } };
static const struct rt_row capability_rows[] = {
	START, { "cap", 32, 32, RT_FLAGS, .names = RT_NAMES(RT_WORDS(capabilities), .join = '+') },
};
static const struct rt_row gateway_rows[] = { START, { "defaultgw", 32, 32, RT_IP4 } };
static const struct rt_row prefix_rows[] = { START, { "prefix", 32, 32, RT_IP4 }, { "plen", 64, 8, RT_NUM } };
static const struct rt_row hello_rows[] = {
	START, { "oui", 32, 24, RT_OUI }, { "protocol_id", 56, 16, RT_HEX }, { "data", 72, 0, RT_BYTES },
};
static const struct rt_row vlan_rows[] = { START, { "vlan", 32, 16, RT_NUM } };
static const struct rt_row duplex_rows[] = {
	START, { "duplex", 32, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(duplexes)) },
};
static const struct rt_row reply_rows[] = { START, { "status", 32, 8, RT_NUM }, { "vlan", 40, 16, RT_NUM } };
static const struct rt_row query_rows[] = {
	START, { "unknown1", 32, 8, RT_HEX }, { "vlan", 40, 16, RT_NUM }, { "unknown2", 56, 0, RT_BYTES },
};
static const struct rt_row power_rows[] = { START, { "power", 32, 16, RT_NUM, .names = RT_NAMES(.unit = " mW") } };
static const struct rt_row mtu_rows[] = { START, { "mtu", 32, 16, RT_NUM } };
static const struct rt_row trust_rows[] = { START, { "trust_bitmap", 32, 8, RT_HEX } };
static const struct rt_row untrusted_rows[] = { START, { "untrusted_port_cos", 32, 8, RT_HEX } };

#define MESSAGE(c_name, class, text, table, bytes) \
	static const struct rt_proto c_name = { .name = "CDPMsg" class, .title = text, .spec = "Cisco", \
	                                        RT_ROWS(table), .header = bytes }
MESSAGE(other,      "Generic",          "CDP Generic Message",   value_rows,      4);
MESSAGE(device,     "DeviceID",         "Device ID",             value_rows,      4);
MESSAGE(address,    "Addr",             "Addresses",             address_rows,    8);
MESSAGE(port,       "PortID",           "Port ID",               port_rows,       4);
MESSAGE(capability, "Capabilities",     "Capabilities",          capability_rows, 8);
MESSAGE(software,   "SoftwareVersion",  "Software Version",      value_rows,      4);
MESSAGE(platform,   "Platform",         "Platform",              value_rows,      4);
MESSAGE(gateway,    "IPGateway",        "IP Gateway",            gateway_rows,    8);
MESSAGE(prefix,     "IPPrefix",         "IP Prefix",             prefix_rows,     9);
MESSAGE(hello,      "ProtoHello",       "Protocol Hello",        hello_rows,      9);
MESSAGE(domain,     "VTPMgmtDomain",    "VTP Management Domain", value_rows,      4);
MESSAGE(vlan,       "NativeVLAN",       "Native VLAN",           vlan_rows,       6);
MESSAGE(duplex,     "Duplex",           "Duplex",                duplex_rows,     5);
MESSAGE(reply,      "VoIPVLANReply",    "VoIP VLAN Reply",       reply_rows,      7);
MESSAGE(query,      "VoIPVLANQuery",    "VoIP VLAN Query",       query_rows,      7);
MESSAGE(power,      "Power",            "Power",                 power_rows,      6);
MESSAGE(mtu,        "MTU",              "MTU",                   mtu_rows,        6);
MESSAGE(trust,      "TrustBitmap",      "Trust Bitmap",          trust_rows,      5);
MESSAGE(untrusted,  "UntrustedPortCoS", "Untrusted Port CoS",    untrusted_rows,  5);
MESSAGE(management, "MgmtAddr",         "Management Address",    address_rows,    8);
MESSAGE(unknown,    "Unknown19",        "Unknown CDP Message",   value_rows,      4);

#define IP_PREFIX   7                   /* of 8 bytes it is a gateway                                  */
#define IP_GATEWAY  0xffff              /* no type; its place in the list                              */

static const struct rt_item items[] = {
	{ 1, &device }, { 2, &address }, { 3, &port }, { 4, &capability }, { 5, &software }, { 6, &platform },
	{ IP_PREFIX, &prefix }, { 8, &hello }, { 9, &domain }, { 10, &vlan }, { 11, &duplex }, { 14, &reply },
	{ 15, &query }, { 16, &power }, { 17, &mtu }, { 18, &trust }, { 19, &untrusted }, { 22, &management },
	{ 25, &unknown }, { IP_GATEWAY, &gateway },
};

static const struct rt_proto *message_proto(uint32_t type, uint32_t size)
{
	uint32_t key = type == IP_PREFIX && size == 8 ? IP_GATEWAY : type;
	for (size_t i = 0; i < RT_COUNT(items); i++)
		if (items[i].code == key)
			return items[i].proto;
	return &other;
}

static bool next_message(struct rt_walk *walk, struct rt_layer *item)
{
	const uint8_t *message = walk->frame->data + walk->at;
	uint32_t left = walk->end - walk->at;
	if (walk->at >= walk->end)
		return false;
	uint32_t type = left >= 2 ? rt_be16(message) : 0, size = left >= 4 ? rt_be16(message + 2) : left;
	if (size < 4)
		size = 4;
	if (size > left)
		size = left;
	*item = (struct rt_layer){ .proto = message_proto(type, size), .at = walk->at, .header = size,
	                           .end = walk->at + size, .id = RT_NO_ID };
	walk->at += size;
	return true;
}

static const struct rt_list messages = { RT_ITEMS(items), .other = &other, .next = next_message, .last_code = -1 };

static const struct rt_row rows[] = {
	{ "vers",   0,  8, RT_NUM, .init = 2 },
	{ "ttl",    8,  8, RT_NUM, .init = 180 },
	{ "cksum", 16, 16, RT_HEX, RT_SUM(RT_SUM_SIGNED_END) },
	{ "msg",   32,  0, RT_LIST, .list = &messages },
};

static bool claims_cdp(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return is_snap(above, 0x00000c);
}

const struct rt_proto proto_cdp = {
	.name = "CDPv2_HDR", .title = "Cisco Discovery Protocol version 2", .spec = "Cisco", RT_ROWS(rows), .header = 4,
	.is_flow = true, .claims = claims_cdp, .lines = RT_LINES({ .text = "CDP|[ {msg.val:s}], ttl {ttl}" }),
	RT_LINKS({ "Ether", "type", 0x2000 }),
};
