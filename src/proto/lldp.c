/* SPDX-License-Identifier: MIT */
/* lldp.c - the link layer discovery protocol (IEEE 802.1AB-2016 clause 8): a chain of values, each a layer that is told
 * by its own type. Types that are reserved stay Raw. */
#include "list.h"

static const struct rt_word types[] = {
	{ 0, "end of LLDPDU" }, { 1, "chassis id" }, { 2, "port id" }, { 3, "time to live" }, { 4, "port description" },
	{ 5, "system name" }, { 6, "system description" }, { 7, "system capabilities" }, { 8, "management address" },
	{ 127, "organisation specific TLV" },
};
static const struct rt_word families[] = {
#define WORD(value, name) { value, name },
#include "names/address_families.def"
#undef WORD
};
static const struct rt_word chassis[] = {
	{ 0, "reserved" }, { 1, "chassis component" }, { 2, "interface alias" }, { 3, "port component" },
	{ 4, "MAC address" }, { 5, "network address" }, { 6, "interface name" }, { 7, "locally assigned" },
};
static const struct rt_word ports[] = {
	{ 0, "reserved" }, { 1, "interface alias" }, { 2, "port component" }, { 3, "MAC address" },
	{ 4, "network address" }, { 5, "interface name" }, { 6, "agent circuit ID" }, { 7, "locally assigned" },
};
static const struct rt_word numberings[] = { { 1, "unknown" }, { 2, "ifIndex" }, { 3, "system port number" } };
static const struct rt_word organisations[] = {
	{ 0x000ecf, "PROFIBUS International (PNO)" }, { 0x00120f, "IEEE 802.3" },
	{ 0x0012bb, "TIA TR-41 Committee . Media Endpoint Discovery" }, { 0x0080c2, "IEEE 802.1" },
	{ 0x30b216, "Hytec Geraetebau GmbH" },
};

#define START \
	{ "_type",   0, 7, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) }, \
	{ "_length", 7, 9, RT_NUM, RT_FILL_HEADER }
#define FAMILY(name, ...) { name, 24, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(families)), __VA_ARGS__ }

/* ---- ids: an address or text, as the subtype says ---------------------------------------------------------- */

enum { NETWORK_OF_CHASSIS = 5, NETWORK_OF_PORT = 4 };   /* the subtype; MAC's is one less            */
enum { FAMILY_IP4 = 1, FAMILY_IP6 = 2 };

/* `init` of a row is the subtype of a network address. */
#define ID_ROWS(words, network) \
	START, \
	{ "subtype", 16, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }, \
	FAMILY("family", RT_WHEN(16, 8, (network))), \
	{ "id", 24, 0, RT_MAC, .init = (network) }, { "id", 32, 0, RT_IP4, .init = (network) }, \
	{ "id", 32, 0, RT_IP6, .init = (network) }, { "id", 24, 0, RT_BYTES, .init = (network) }

static const struct rt_row chassis_rows[] = { ID_ROWS(chassis, NETWORK_OF_CHASSIS) };
static const struct rt_row port_rows[] = { ID_ROWS(ports, NETWORK_OF_PORT) };

static enum rt_kind id_kind(const uint8_t *header, uint32_t size, uint32_t network)
{
	if (header[2] == network - 1 && size == 9)
		return RT_MAC;
	if (header[2] != network || size < 4)
		return RT_BYTES;
	if (header[3] == FAMILY_IP4 && size == 8)
		return RT_IP4;
	return header[3] == FAMILY_IP6 && size == 20 ? RT_IP6 : RT_BYTES;
}

static bool place_id(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                     struct rt_place *place)
{
	const uint8_t *header = frame->data + layer->at;
	if (row->width)
		return true;
	if (row->kind != id_kind(header, layer->header, row->init))
		return false;
	uint32_t at = header[2] == row->init ? 4 : 3;
	*place = (struct rt_place){ at * 8, layer->header > at ? (layer->header - at) * 8 : 0 };
	return true;
}

/* ---- the others ------------------------------------------------------------------------------------------ */

#define CAPABILITY(name, bit) { name "_available", 16 + (bit), 1, RT_NUM }
#define ENABLED(name, bit)    { name "_enabled",   32 + (bit), 1, RT_NUM }
#define CAPABILITIES(ROW) \
	ROW("reserved_5", 0), ROW("reserved_4", 1), ROW("reserved_3", 2), ROW("reserved_2", 3), ROW("reserved_1", 4), \
	ROW("two_port_mac_relay", 5), ROW("s_vlan_component", 6), ROW("c_vlan_component", 7), \
	ROW("station_only", 8), ROW("docsis_cable_device", 9), ROW("telephone", 10), ROW("router", 11), \
	ROW("wlan_access_point", 12), ROW("mac_bridge", 13), ROW("repeater", 14), ROW("other", 15)

static const struct rt_row end_rows[] = { START };
static const struct rt_row ttl_rows[] = { START, { "ttl", 16, 16, RT_NUM, .init = 20 } };
static const struct rt_row description_rows[] = { START, { "description", 16, 0, RT_BYTES } };
static const struct rt_row name_rows[] = { START, { "system_name", 16, 0, RT_BYTES } };
static const struct rt_row capability_rows[] = { START, CAPABILITIES(CAPABILITY), CAPABILITIES(ENABLED) };
static const struct rt_row management_rows[] = {
	START,
	{ "_management_address_string_length", 16, 8, RT_NUM },
	FAMILY("management_address_subtype", ),
	{ "management_address",          32,  0, RT_XBYTES, RT_COUNTED(2, 1, -1) },    /* with the subtype      */
	{ "interface_numbering_subtype", 32,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(numberings)) },
	{ "interface_number",            32, 32, RT_NUM },
	{ "_oid_string_length",          32,  8, RT_NUM },
	{ "object_id",                   32,  0, RT_XBYTES, RT_COUNTED(1, 1, 0) },
};
static const struct rt_row organisation_rows[] = {
	START,
	{ "org_code", 16, 24, RT_ENUM, .names = RT_NAMES(RT_WORDS(organisations)) },
	{ "subtype",  40,  8, RT_NUM },
	{ "data",     48,  0, RT_XBYTES },
};

/* The start: nothing but a name, which the values share as their family. */
const struct rt_proto proto_lldp = {
	.name = "LLDPDU", .spec = "IEEE 802.1AB-2016 clause 8", .is_carrier = true,
	.lines = RT_LINES({ .text = "LLDP|" }),
	RT_LINKS({ "Ether", "type", 0x88cc }),
};

#define SAYS(words) .lines = RT_LINES({ .text = words })
#define VALUE(class, number, table, bytes, ...) { \
	.name = "LLDPDU" class, .spec = "IEEE 802.1AB-2016 clause 8.5", RT_ROWS(table), .header = bytes, \
	.size = { "_length", 1, 2 }, .next_as = "LLDPDU", \
	RT_LINKS({ "LLDPDU", NULL, 0, "_type", number }), __VA_ARGS__ }

const struct rt_proto proto_lldp_end = VALUE("EndOfLLDPDU", 0, end_rows, 2, .is_last = true);
const struct rt_proto proto_lldp_chassis =
	VALUE("ChassisID", 1, chassis_rows, 3, .place = place_id, SAYS("chassis {id:s}"));
const struct rt_proto proto_lldp_port = VALUE("PortID", 2, port_rows, 3, .place = place_id, SAYS("port {id:s}"));
const struct rt_proto proto_lldp_ttl = VALUE("TimeToLive", 3, ttl_rows, 4, SAYS("ttl {ttl}"));
const struct rt_proto proto_lldp_port_description = VALUE("PortDescription", 4, description_rows, 2, );
const struct rt_proto proto_lldp_system_name = VALUE("SystemName", 5, name_rows, 2, SAYS("system {system_name:s}"));
const struct rt_proto proto_lldp_system_description = VALUE("SystemDescription", 6, description_rows, 2, );
const struct rt_proto proto_lldp_capabilities = VALUE("SystemCapabilities", 7, capability_rows, 6, );
const struct rt_proto proto_lldp_management =
	VALUE("ManagementAddress", 8, management_rows, 4, .is_flow = true);
const struct rt_proto proto_lldp_organisation = VALUE("GenericOrganisationSpecific", 127, organisation_rows, 6, );
