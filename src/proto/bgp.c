/* SPDX-License-Identifier: MIT */
/* bgp.c - BGP-4 (RFC 4271 section 4): a header in front of every message, so that a segment is a chain of both. A
 * message that goes on in the next segment is shown as far as it goes. */
#include "bgp.h"
#include "list.h"

#define HEADER 19u
#define TYPE 18u                        /* where it stands                                               */
#define KEEPALIVE 4                     /* ... and that of a message that is a header alone              */

static const struct rt_word types[] = {
	{ 0, "NONE" }, { 1, "OPEN" }, { 2, "UPDATE" }, { 3, "NOTIFICATION" }, { 4, "KEEPALIVE" },
	{ 5, "ROUTE-REFRESH" },
};
static const struct rt_word error_codes[] = {
	{ 1, "Message Header Error" }, { 2, "OPEN Message Error" }, { 3, "UPDATE Message Error" },
	{ 4, "Hold Timer Expired" }, { 5, "Finite State Machine Error" }, { 6, "Cease" },
	{ 7, "ROUTE-REFRESH Message Error" },
};
static const struct rt_word error_subcodes[] = {
	{ 0x100, "Unspecific" }, { 0x101, "Connection Not Synchronized" }, { 0x102, "Bad Message Length" },
	{ 0x103, "Bad Message Type" }, { 0x200, "Reserved" }, { 0x201, "Unsupported Version Number" },
	{ 0x202, "Bad Peer AS" }, { 0x203, "Bad BGP Identifier" }, { 0x204, "Unsupported Optional Parameter" },
	{ 0x205, "Authentication Failure - Deprecated (RFC 4271)" }, { 0x206, "Unacceptable Hold Time" },
	{ 0x207, "Unsupported Capability" }, { 0x300, "Reserved" }, { 0x301, "Malformed Attribute List" },
	{ 0x302, "Unrecognized Well-known Attribute" }, { 0x303, "Missing Well-known Attribute" },
	{ 0x304, "Attribute Flags Error" }, { 0x305, "Attribute Length Error" },
	{ 0x306, "Invalid ORIGIN Attribute" }, { 0x307, "AS Routing Loop - Deprecated (RFC 4271)" },
	{ 0x308, "Invalid NEXT_HOP Attribute" }, { 0x309, "Optional Attribute Error" },
	{ 0x30a, "Invalid Network Field" }, { 0x30b, "Malformed AS_PATH" }, { 0x500, "Unspecified Error" },
	{ 0x501, "Receive Unexpected Message in OpenSent State" },
	{ 0x502, "Receive Unexpected Message in OpenConfirm State" },
	{ 0x503, "Receive Unexpected Message in Established State" }, { 0x600, "Unspecified Error" },
	{ 0x601, "Maximum Number of Prefixes Reached" }, { 0x602, "Administrative Shutdown" },
	{ 0x603, "Peer De-configured" }, { 0x604, "Administrative Reset" }, { 0x605, "Connection Rejected" },
	{ 0x606, "Other Configuration Change" }, { 0x607, "Connection Collision Resolution" },
	{ 0x608, "Out of Resources" }, { 0x700, "Reserved" }, { 0x701, "Invalid Message Length" },
};
static const struct rt_word families[] = {
	{ 0, "Reserved" }, { 1, "IP (IP version 4)" }, { 2, "IP6 (IP version 6)" }, { 3, "NSAP" },
	{ 4, "HDLC (8-bit multidrop)" }, { 5, "BBN 1822" },
	{ 6, "802 (includes all 802 media plus Ethernet \"canonical format\")" }, { 7, "E.163" },
	{ 8, "E.164 (SMDS, Frame Relay, ATM)" }, { 9, "F.69 (Telex)" }, { 10, "X.121 (X.25, Frame Relay)" },
	{ 11, "IPX" }, { 12, "Appletalk" }, { 13, "Decnet IV" }, { 14, "Banyan Vines" },
	{ 15, "E.164 with NSAP format subaddress" }, { 16, "DNS (Domain Name System)" },
	{ 17, "Distinguished Name" }, { 18, "AS Number" }, { 19, "XTP over IP version 4" },
	{ 20, "XTP over IP version 6" }, { 21, "XTP native mode XTP" },
	{ 22, "Fibre Channel World-Wide Port Name" }, { 23, "Fibre Channel World-Wide Node Name" }, { 24, "GWID" },
	{ 25, "AFI for L2VPN information" }, { 26, "MPLS-TP Section Endpoint Identifier" },
	{ 27, "MPLS-TP LSP Endpoint Identifier" }, { 28, "MPLS-TP Pseudowire Endpoint Identifier" },
	{ 29, "MT IP: Multi-Topology IP version 4" }, { 30, "MT IPv6: Multi-Topology IP version 6" },
	{ 16384, "EIGRP Common Service Family" }, { 16385, "EIGRP IPv4 Service Family" },
	{ 16386, "EIGRP IPv6 Service Family" }, { 16387, "LISP Canonical Address Format (LCAF)" },
	{ 16388, "BGP-LS" }, { 16389, "48-bit MAC" }, { 16390, "64-bit MAC" }, { 16391, "OUI" },
	{ 16392, "MAC/24" }, { 16393, "MAC/40" }, { 16394, "IPv6/64" }, { 16395, "RBridge Port ID" },
	{ 16396, "TRILL Nickname" }, { 65535, "Reserved" },
};
static const struct rt_word more_families[] = {
	{ 0, "Reserved" }, { 1, "Network Layer Reachability Information used for unicast forwarding" },
	{ 2, "Network Layer Reachability Information used for multicast forwarding" }, { 3, "Reserved" },
	{ 4, "Network Layer Reachability Information (NLRI) with MPLS Labels" }, { 5, "MCAST-VPN" },
	{ 6, "Network Layer Reachability Information used for Dynamic Placement of        Multi-Segment Pseudowires" },
	{ 7, "Encapsulation SAFI" }, { 8, "MCAST-VPLS" }, { 64, "Tunnel SAFI" },
	{ 65, "Virtual Private LAN Service (VPLS)" }, { 66, "BGP MDT SAFI" }, { 67, "BGP 4over6 SAFI" },
	{ 68, "BGP 6over4 SAFI" }, { 69, "Layer-1 VPN auto-discovery information" }, { 70, "BGP EVPNs" },
	{ 71, "BGP-LS" }, { 72, "BGP-LS-VPN" }, { 128, "MPLS-labeled VPN address" },
	{ 129, "Multicast for BGP/MPLS IP Virtual Private Networks (VPNs)" }, { 132, "Route Target constraint" },
	{ 133, "IPv4 dissemination of flow specification rules" },
	{ 134, "VPNv4 dissemination of flow specification rules" }, { 140, "VPN auto-discovery" },
	{ 255, "Reserved" },
};
static const struct rt_word refreshes[] = {
	{ 0, "Route-Refresh" }, { 1, "BoRR" }, { 2, "EoRR" }, { 255, "Reserved" },
};
static const struct rt_word parameter_types[] = {
	{ 0, "Reserved" }, { 1, "Authentication (deprecated)" }, { 2, "Capabilities" },
};

/* ---- lists: prefixes, parameters ------------------------------------------------------------------ */

static const struct rt_row prefix_rows[] = {
	{ "prefixlen", 0, 8, RT_NUM, .is_aside = true }, { "prefix", 8, 0, RT_PREFIX4, RT_BITS(1, 1) },
};
static const struct rt_proto prefix = { .name = "BGPNLRI_IPv4", .title = "IPv4 NLRI", .spec = "RFC 4271 section 4.3",
                                        RT_ROWS(prefix_rows), .header = 1, .is_flow = true };
static const struct rt_list prefixes = { .other = &prefix, .is_sized = true, .last_code = -1 };

static const struct rt_row parameter_rows[] = {
	{ "param_type",   0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(parameter_types)) },
	{ "param_length", 8, 8, RT_NUM },
	{ "param_value", 16, 0, RT_XBYTES },
};
static const struct rt_proto parameter = { .name = "BGPOptParam", .title = "Optional parameter",
                                           .spec = "RFC 4271 section 4.2", RT_ROWS(parameter_rows), .header = 2 };
static const struct rt_list parameters = { .other = &parameter, .code_bytes = 1, .length_bytes = 1, .length_unit = 1,
                                           .length_add = 2, .last_code = -1 };

/* ---- messages ---------------------------------------------------------------------------------------------------- */

static const struct rt_row header_rows[] = {
	{ "marker",   0, 128, RT_XBYTES },
	{ "len",    128,  16, RT_NUM },
	{ "type",   144,   8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 4 },
};
static const struct rt_row open_rows[] = {
	{ "version",       0,  8, RT_NUM, .init = 4 },
	{ "my_as",         8, 16, RT_NUM },
	{ "hold_time",    24, 16, RT_NUM },
	{ "bgp_id",       40, 32, RT_IP4 },
	{ "opt_param_len", 72, 8, RT_NUM },
	{ "opt_params",   80,  0, RT_LIST, .list = &parameters, RT_COUNTED(1, 1, 0) },
};
static const struct rt_row update_rows[] = {
	{ "withdrawn_routes_len", 0, 16, RT_NUM },
	{ "withdrawn_routes",    16,  0, RT_LIST, .list = &prefixes, RT_COUNTED(1, 1, 0) },
	{ "path_attr_len",       16, 16, RT_NUM },
	{ "path_attr",           16,  0, RT_LIST, .list = &bgp_attributes, RT_COUNTED(1, 1, 0) },
	{ "nlri",                16,  0, RT_LIST, .list = &prefixes },
};
static const struct rt_row notification_rows[] = {
	{ "error_code",    0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(error_codes)) },
	{ "error_subcode", 8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(error_subcodes), .by_bit = 0, .by_width = 8) },
	{ "data",         16, 0, RT_BYTES },
};
static const struct rt_row refresh_rows[] = {
	{ "afi",      0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(families)) },
	{ "subtype", 16,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(refreshes)) },
	{ "safi",    24,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(more_families)) },
};

static bool is_header(const struct rt_frame *frame, uint32_t at)
{
	const uint8_t *p = frame->data + at;
	for (unsigned i = 0; i < 16; i++)
		if (p[i] != 0xff)
			return false;
	return rt_be16(p + 16) >= HEADER && p[18] >= 1 && p[18] <= 5;
}

/* Segments that begin inside a message are data. */
static uint32_t measure_header(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return is_header(frame, at) && frame->data[at + TYPE] != KEEPALIVE ? HEADER : 0;
}

static uint32_t measure_keepalive(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return is_header(frame, at) && frame->data[at + TYPE] == KEEPALIVE ? HEADER : 0;
}

/* A message ends where the header above it says. */
static bool claims_message(const struct rt_packet *above, struct rt_layer *layer)
{
	const struct rt_layer *header = &above->layer[above->count - 1];
	uint32_t length = rt_be16(above->frame->data + header->at + 16) - HEADER, left = layer->end - layer->at;
	layer->header = length < left ? length : left;
	return length > 0;
}

#define FRONT(class, words, function, sentence) { \
	.name = class, .title = words, .spec = "RFC 4271 section 4.1", RT_ROWS(header_rows), .header = HEADER, \
	.measure = function, .next = { "type" }, .lines = RT_LINES({ .text = sentence }), \
	RT_LINKS({ "TCP", "dport", 179 }, { "TCP", "sport", 179 }, { "BGPOpen", NULL }, { "BGPUpdate", NULL }, \
	         { "BGPNotification", NULL }, { "BGPRouteRefresh", NULL }, { "BGPKeepAlive", NULL }) }

const struct rt_proto proto_bgp = FRONT("BGPHeader", "HEADER", measure_header, "?BGP {type}");
const struct rt_proto proto_bgp_keepalive = FRONT("BGPKeepAlive", "KEEPALIVE", measure_keepalive, "BGP KEEPALIVE");
#define MESSAGE(class, words, number, rows, bytes, sentence) { \
	.name = class, .title = words, .spec = "RFC 4271 section 4", RT_ROWS(rows), .header = bytes, .is_flow = true, \
	.claims = claims_message, .lines = RT_LINES({ .text = "BGP " sentence }), \
		RT_LINKS({ "BGPHeader", "type", number }) }

const struct rt_proto proto_bgp_open = MESSAGE("BGPOpen", "OPEN", 1, open_rows, 10,
                                               "OPEN AS {my_as} id {bgp_id} hold {hold_time}");
const struct rt_proto proto_bgp_update = MESSAGE("BGPUpdate", "UPDATE", 2, update_rows, 2,
                                                 "UPDATE[ {nlri.prefix}][ withdraws {withdrawn_routes.prefix}]");
const struct rt_proto proto_bgp_notification = MESSAGE("BGPNotification", "NOTIFICATION", 3, notification_rows, 2,
                                                       "NOTIFICATION {error_code} subcode {error_subcode:d}");
const struct rt_proto proto_bgp_refresh = MESSAGE("BGPRouteRefresh", "ROUTE-REFRESH", 5, refresh_rows, 4,
                                                  "ROUTE-REFRESH afi {afi:d} safi {safi:d}");
