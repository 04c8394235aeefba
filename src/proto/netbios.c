/* SPDX-License-Identifier: MIT */
/* netbios.c - NetBIOS over TCP/IP (RFC 1002 section 4): name service, datagrams, and the header of sessions, which SMB
 * uses without NetBIOS too. */
#include "list.h"

static const struct rt_word nm_flags[] = {
	{ 1, "B" }, { 2, "res1" }, { 4, "res0" }, { 8, "RA" }, { 16, "RD" }, { 32, "TC" }, { 64, "AA" },
};
static const struct rt_word suffixes[] = {
	{ 0x4141, "workstation" }, { 0x4144, "messenger service" }, { 0x424c, "domain master browser" },
	{ 0x424d, "domain controller" }, { 0x424f, "browser election service" }, { 0x4341, "file server service" },
};
#define NBSTAT 33

static const struct rt_word types[] = { { 32, "NB" }, { NBSTAT, "NBSTAT" } };
static const struct rt_word classes[] = { { 1, "INTERNET" } };
static const struct rt_word groups[] = { { 0, "Unique name" }, { 1, "Group name" } };
static const struct rt_word nodes[] = { { 0, "B node" }, { 1, "P node" }, { 2, "M node" }, { 3, "H node" } };
static const struct rt_word pointers[] = { { 0xc00c, "Label String Pointer to QUESTION_NAME" } };
static const struct rt_word no_bits[] = { { 0, "Unused" } };
static const struct rt_word session_types[] = {
	{ 0x00, "Session Message" }, { 0x81, "Session Request" }, { 0x82, "Positive Session Response" },
	{ 0x83, "Negative Session Response" }, { 0x84, "Retarget Session Response" }, { 0x85, "Session Keepalive" },
};

/* A name of 15 bytes, each as two letters, behind its length; the sixteenth says what has the name. */
#define NAME(name, suffix, null, bit) \
	{ name, bit, 248, RT_NETBIOS }, \
	{ suffix, (bit) + 248, 16, RT_XENUM, .names = RT_NAMES(RT_WORDS(suffixes)), .init = 0x4141 }, \
	{ null, (bit) + 264, 8, RT_NUM }
#define TYPE(name, bit)  { name, bit, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)), .init = 32 }
#define CLASS(name, bit) { name, bit, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(classes)), .init = 1 }
#define ENTRY(bit) \
	{ "G", bit, 1, RT_ENUM, .names = RT_NAMES(RT_WORDS(groups)) }, \
	{ "OWNER_NODE_TYPE", (bit) + 1, 2, RT_ENUM, .names = RT_NAMES(RT_WORDS(nodes)) }, \
	{ "UNUSED", (bit) + 3, 13, RT_ENUM, .names = RT_NAMES(RT_WORDS(no_bits)) }, \
	{ "NB_ADDRESS", (bit) + 16, 32, RT_IP4 }

static const struct rt_row entry_rows[] = { ENTRY(0) };
static const struct rt_proto entry = { .name = "NBNS_ADD_ENTRY", .spec = "RFC 1002 section 4.2.13", RT_ROWS(entry_rows),
                                       .header = 6 };
static const struct rt_list entries = { .other = &entry, .item_bytes = 6, .last_code = -1 };

static const struct rt_word services[] = {
	{ 0x00, "workstation" }, { 0x03, "messenger service" }, { 0x1b, "domain master browser" },
	{ 0x1c, "domain controller" }, { 0x1e, "browser election service" }, { 0x20, "file server service" },
};
static const struct rt_word unused[] = { { 0, "unused" } };
static const struct rt_row service_rows[] = {
	{ "NETBIOS_NAME", 0, 120, RT_TEXT }, { "SUFFIX", 120, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(services)) },
	{ "NAME_FLAGS", 128, 8, RT_NUM }, { "UNUSED", 136, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(unused)) },
};
static const struct rt_proto service = { .name = "NBNSNodeStatusResponseService",
                                         .title = "NBNS Node Status Response Service",
                                         .spec = "RFC 1002 section 4.2.18", RT_ROWS(service_rows), .header = 18 };
static const struct rt_list service_list = { .other = &service, .item_bytes = 18, .last_code = -1 };

static const struct rt_row header_rows[] = {
	{ "NAME_TRN_ID", 0, 16, RT_NUM },
	{ "RESPONSE",   16,  1, RT_NUM },
	{ "OPCODE",     17,  4, RT_NUM },
	{ "NM_FLAGS",   21,  7, RT_FLAGS, .names = RT_NAMES(RT_WORDS(nm_flags), .join = '+') },
	{ "RCODE",      28,  4, RT_NUM },
	{ "QDCOUNT",    32, 16, RT_NUM },
	{ "ANCOUNT",    48, 16, RT_NUM },
	{ "NSCOUNT",    64, 16, RT_NUM },
	{ "ARCOUNT",    80, 16, RT_NUM },
};
static const struct rt_row query_rows[] = {
	NAME("QUESTION_NAME", "SUFFIX", "NULL", 0), TYPE("QUESTION_TYPE", 272), CLASS("QUESTION_CLASS", 288),
};
static const struct rt_row response_rows[] = {
	NAME("RR_NAME", "SUFFIX", "NULL", 0), TYPE("QUESTION_TYPE", 272), CLASS("QUESTION_CLASS", 288),
	{ "TTL", 304, 32, RT_NUM }, { "RDLENGTH", 336, 16, RT_NUM },
	{ "ADDR_ENTRY", 352, 0, RT_LIST, .list = &entries },
};
static const struct rt_row registration_rows[] = {
	NAME("QUESTION_NAME", "SUFFIX", "NULL", 0), TYPE("QUESTION_TYPE", 272), CLASS("QUESTION_CLASS", 288),
	{ "RR_NAME", 304, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(pointers)) }, TYPE("RR_TYPE", 320),
	CLASS("RR_CLASS", 336), { "TTL", 352, 32, RT_NUM },
	{ "RDLENGTH", 384, 16, RT_NUM }, ENTRY(400),
};
static const struct rt_row status_rows[] = {
	NAME("RR_NAME", "SUFFIX", "NULL", 0), TYPE("RR_TYPE", 272), CLASS("RR_CLASS", 288), { "TTL", 304, 32, RT_NUM },
	{ "RDLENGTH", 336, 16, RT_NUM }, { "NUM_NAMES", 352, 8, RT_NUM },
	{ "NODE_NAME", 360, 0, RT_LIST, .list = &service_list, RT_COUNTED(1, 0, 0) },
	{ "MAC_ADDRESS", 360, 48, RT_MAC }, { "STATISTICS", 360, 0, RT_XBYTES },
};
static const struct rt_row wack_rows[] = {
	NAME("RR_NAME", "SUFFIX", "NULL", 0), TYPE("RR_TYPE", 272), CLASS("RR_CLASS", 288), { "TTL", 304, 32, RT_NUM },
	{ "RDLENGTH", 336, 16, RT_NUM }, { "RDATA", 352, 16, RT_NUM },
};
static const struct rt_row datagram_rows[] = {
	{ "Type", 0, 8, RT_NUM }, { "Flags", 8, 8, RT_NUM }, { "ID", 16, 16, RT_NUM }, { "SourceIP", 32, 32, RT_IP4 },
	{ "SourcePort", 64, 16, RT_NUM }, { "Length", 80, 16, RT_NUM }, { "Offset", 96, 16, RT_NUM },
	NAME("SourceName", "SUFFIX1", "NULL1", 112), NAME("DestinationName", "SUFFIX2", "NULL2", 384),
};
static const struct rt_row session_rows[] = {
	{ "TYPE", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(session_types)) }, { "RESERVED", 8, 7, RT_NUM },
	{ "LENGTH", 15, 17, RT_NUM, RT_FILL_EXTENT },
};

/* The 16 bits of the header right above that tell requests, answers and operations. */
static uint16_t flags_above(const struct rt_packet *above)
{
	return rt_be16(above->frame->data + above->layer[above->count - 1].at + 2);
}

static bool claims_query(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return flags_above(above) >> 11 == 0;
}

static bool claims_response(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return flags_above(above) >> 11 == 0x10;
}

/* Is what the name is asked for, behind it, the status of a node? */
static bool is_status(const struct rt_packet *above, const struct rt_layer *layer)
{
	return layer->end - layer->at >= 36 && rt_be16(above->frame->data + layer->at + 34) == NBSTAT;
}

static bool claims_status_query(const struct rt_packet *above, struct rt_layer *layer)
{
	return claims_query(above, layer) && is_status(above, layer);
}

static bool claims_status(const struct rt_packet *above, struct rt_layer *layer)
{
	uint32_t left = layer->end - layer->at;
	layer->header = left < 44 ? left : 44u + rt_be16(above->frame->data + layer->at + 42);
	return claims_response(above, layer) && is_status(above, layer);
}

static bool claims_wack(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return flags_above(above) >> 11 == 0x17;
}

static bool claims_registration(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return flags_above(above) >> 11 == 5;
}

const struct rt_proto proto_nbns = {
	.name = "NBNSHeader", .title = "NBNS Header", .spec = "RFC 1002 section 4.2.1.1", RT_ROWS(header_rows),
	.header = 12,
	.lines = RT_LINES({ .text = "?NBNS opcode {OPCODE}" }),
		RT_LINKS({ "UDP", "dport", 137 }, { "UDP", "sport", 137 }),
};
#define MESSAGE(class, words, rows, bytes, function, sentence, ...) { \
	.name = class, .title = words, .spec = "RFC 1002 section 4.2", RT_ROWS(rows), .header = bytes, \
	.claims = function, \
	.lines = RT_LINES({ .text = "NBNS " sentence }), RT_LINKS({ "NBNSHeader", NULL }), __VA_ARGS__ }
#define SUMMARY(text_) .summaries = RT_LINES({ .text = text_ })
const struct rt_proto proto_nbns_status_query =
	MESSAGE("NBNSNodeStatusRequest", "NBNS status request", query_rows, 38, claims_status_query,
	        "query {QUESTION_TYPE} {QUESTION_NAME}",
	        SUMMARY("NBNSNodeStatusRequest who has '\\\\{QUESTION_NAME:s}'"));
const struct rt_proto proto_nbns_query =
	MESSAGE("NBNSQueryRequest", "NBNS query request", query_rows, 38, claims_query,
	        "query {QUESTION_TYPE} {QUESTION_NAME}",
	        SUMMARY("NBNSQueryRequest who has '\\\\{QUESTION_NAME:s}'"));
const struct rt_proto proto_nbns_status =
	MESSAGE("NBNSNodeStatusResponse", "NBNS Node Status Response", status_rows, 45, claims_status,
	        "status {RR_NAME}[ {NODE_NAME.NETBIOS_NAME}]", .is_flow = true);
const struct rt_proto proto_nbns_wack =
	MESSAGE("NBNSWackResponse", "NBNS Wait for Acknowledgement Response", wack_rows, 46, claims_wack,
	        "wait {RR_NAME}", .is_last = false);
const struct rt_proto proto_nbns_response =
	MESSAGE("NBNSQueryResponse", "NBNS query response", response_rows, 44, claims_response,
	        "response {RR_NAME}[ {ADDR_ENTRY.NB_ADDRESS}]", .size = { "RDLENGTH", 1, 44 },
	        SUMMARY("NBNSQueryResponse[ '\\\\{RR_NAME:s}' is at {ADDR_ENTRY.NB_ADDRESS}]"));
const struct rt_proto proto_nbns_registration =
	MESSAGE("NBNSRegistrationRequest", "NBNS registration request", registration_rows, 56, claims_registration,
	        "registration {QUESTION_NAME} {NB_ADDRESS}", .is_last = false);
const struct rt_proto proto_nbt_datagram = {
	.name = "NBTDatagram", .title = "NBT Datagram Packet", .spec = "RFC 1002 section 4.4.1", RT_ROWS(datagram_rows),
	.header = 82, .lines = RT_LINES({ .text = "NetBIOS datagram {SourceName} to {DestinationName}" }),
	RT_LINKS({ "UDP", "dport", 138 }),
};

/* Segments that begin inside a message are data. */
static uint32_t measure_session(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const uint8_t *p = frame->data + at;
	return end - at >= 4 && (p[0] == 0 || (p[0] >= 0x81 && p[0] <= 0x85)) ? 4 : 0;
}

const struct rt_proto proto_nbt_session = {
	.name = "NBTSession", .title = "NBT Session Packet", .spec = "RFC 1002 section 4.3.1", RT_ROWS(session_rows),
	.header = 4, .measure = measure_session, .lines = RT_LINES({ .text = "?NetBIOS {TYPE}" }),
	RT_LINKS({ "TCP", "dport", 445 }, { "TCP", "sport", 445 }, { "TCP", "dport", 139 }, { "TCP", "sport", 139 }),
};
