/* SPDX-License-Identifier: MIT */
/* stun.c - STUN (RFC 8489 section 5), known on any port by its magic cookie, and its attributes (section 14, RFC 8656,
 * RFC 8445). Addresses and ports stay as they are sent, combined with the cookie. */
#include "list.h"

#define COOKIE 0x2112a442u

static const struct rt_word types[] = {
	{ 0x001, "Binding request" }, { 0x003, "Allocate request" }, { 0x004, "Refresh request" },
	{ 0x008, "CreatePermission request" }, { 0x009, "ChannelBind request" }, { 0x011, "Binding indication" },
	{ 0x016, "Send indication" }, { 0x017, "Data indication" }, { 0x101, "Binding success response" },
	{ 0x103, "Allocate success response" }, { 0x104, "Refresh success response" },
	{ 0x108, "CreatePermission success response" }, { 0x109, "ChannelBind success response" },
	{ 0x111, "Binding error response" }, { 0x113, "Allocate error response" },
	{ 0x114, "Refresh error response" }, { 0x118, "CreatePermission error response" },
	{ 0x119, "ChannelBind error response" },
};
static const struct rt_word families[] = { { 1, "IPv4" }, { 2, "IPv6" } };
static const struct rt_word attribute_types[] = {
	{ 0x0001, "MAPPED-ADDRESS" }, { 0x0006, "USERNAME" }, { 0x0008, "MESSAGE-INTEGRITY" }, { 0x0009, "ERROR-CODE" },
	{ 0x000a, "UNKNOWN-ATTRIBUTES" }, { 0x000c, "CHANNEL-NUMBER" }, { 0x000d, "LIFETIME" },
	{ 0x0012, "XOR-PEER-ADDRESS" }, { 0x0013, "DATA" }, { 0x0014, "REALM" }, { 0x0015, "NONCE" },
	{ 0x0016, "XOR-RELAYED-ADDRESS" }, { 0x0019, "REQUESTED-TRANSPORT" }, { 0x0020, "XOR-MAPPED-ADDRESS" },
	{ 0x0024, "PRIORITY" }, { 0x0025, "USE-CANDIDATE" }, { 0x8022, "SOFTWARE" }, { 0x8023, "ALTERNATE-SERVER" },
	{ 0x8028, "FINGERPRINT" }, { 0x8029, "ICE-CONTROLLED" }, { 0x802a, "ICE-CONTROLLING" },
	{ 0xc057, "GOOG-NETWORK-INFO" },
};

#define START { "type", 0, 16, RT_XENUM, .names = RT_NAMES(RT_WORDS(attribute_types)) }, { "length", 16, 16, RT_NUM }
#define ADDRESS START, { "RESERVED", 32, 8, RT_NUM }, \
	{ "address_family", 40, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(families)) }

static const struct rt_row bytes_rows[]    = { START, { "value", 32, 0, RT_BYTES } };
static const struct rt_row digest_rows[]   = { START, { "hmac_sha1", 32, 160, RT_XBYTES } };
static const struct rt_row breaker_rows[]  = { START, { "tie_breaker", 32, 64, RT_HEX } };
static const struct rt_row network_rows[]  = {
	START, { "network_id", 32, 16, RT_NUM }, { "network_cost", 48, 16, RT_NUM },
};
static const struct rt_row text_rows[]     = { START, { "value", 32, 0, RT_TEXT } };
static const struct rt_row user_rows[]     = { START, { "username", 32, 0, RT_TEXT } };
static const struct rt_row number_rows[]   = { START, { "value", 32, 32, RT_NUM } };
static const struct rt_row priority_rows[] = { START, { "priority", 32, 32, RT_NUM } };
static const struct rt_row crc_rows[]      = { START, { "crc_32", 32, 32, RT_HEX } };
static const struct rt_row mapped_rows[]   = { ADDRESS, { "port", 48, 16, RT_NUM }, { "ip", 64, 32, RT_IP4 } };
static const struct rt_row xor_rows[]      = { ADDRESS, { "xport", 48, 16, RT_HEX }, { "xip", 64, 0, RT_XBYTES } };
static const struct rt_row error_rows[]    = {
	START, { "RESERVED", 32, 21, RT_NUM }, { "class", 53, 3, RT_NUM }, { "number", 56, 8, RT_NUM },
	{ "reason", 64, 0, RT_TEXT },
};

#define ATTRIBUTE(c_name, class, words, table, bytes) \
	static const struct rt_proto c_name = { .name = "STUN" class, .title = "STUN " words, \
	                                        .spec = "RFC 8489 section 14", RT_ROWS(table), .header = bytes }
ATTRIBUTE(other,     "GenericTlv", "Generic TLV", bytes_rows, 4);
ATTRIBUTE(text,      "Text", "Text", text_rows, 4);
ATTRIBUTE(user,      "Username", "Username", user_rows, 4);
ATTRIBUTE(number,    "Number", "Number", number_rows, 8);
ATTRIBUTE(priority,  "Priority", "Priority", priority_rows, 8);
ATTRIBUTE(candidate, "UseCandidate", "Use Candidate", bytes_rows, 4);
ATTRIBUTE(digest,    "MessageIntegrity", "Message Integrity", digest_rows, 24);
ATTRIBUTE(crc,       "Fingerprint", "Fingerprint", crc_rows, 8);
ATTRIBUTE(breaker,   "IceControlling", "ICE-controlling", breaker_rows, 12);
ATTRIBUTE(network,   "GoogNetworkInfo", "Google Network Info", network_rows, 8);
ATTRIBUTE(mapped,    "MappedAddress", "Mapped Address", mapped_rows, 12);
ATTRIBUTE(xored,     "XorMappedAddress", "XOR Mapped Address", xor_rows, 8);
ATTRIBUTE(error,     "ErrorCode", "Error Code", error_rows, 8);

static const struct rt_item items[] = {
	{ 0x0001, &mapped }, { 0x0006, &user }, { 0x0008, &digest }, { 0x0009, &error }, { 0x000d, &number },
	{ 0x0012, &xored }, { 0x0014, &text }, { 0x0015, &text }, { 0x0016, &xored }, { 0x0020, &xored },
	{ 0x0024, &priority }, { 0x0025, &candidate }, { 0x8022, &text }, { 0x8028, &crc }, { 0x802a, &breaker },
	{ 0xc057, &network },
};
static const struct rt_list attributes = { RT_ITEMS(items), .other = &other, .code_bytes = 2, .length_bytes = 2,
                                           .length_unit = 1, .length_add = 4, .align = 4, .last_code = -1 };

static const struct rt_row rows[] = {
	{ "RESERVED",            0,  2, RT_NUM },
	{ "stun_message_type",   2, 14, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) },
	{ "length",             16, 16, RT_NUM, RT_FILL_EXTENT },
	{ "magic_cookie",       32, 32, RT_HEX, .init = COOKIE },
	{ "transaction_id",     64, 96, RT_XBYTES },
	{ "attributes",        160,  0, RT_LIST, .list = &attributes },
};

/* Any port may carry it: less than a header is somebody else's. */
static bool claims_stun(const struct rt_packet *above, struct rt_layer *layer)
{
	const uint8_t *p = above->frame->data + layer->at;
	return layer->end - layer->at >= 20 && rt_be32(p + 4) == COOKIE && p[0] < 0x40;
}

const struct rt_proto proto_stun = {
	.name = "STUN", .spec = "RFC 8489 section 5", RT_ROWS(rows), .header = 20, .size = { "length", 1, 20 },
	.lines = RT_LINES({ .text = "STUN {stun_message_type}[ {attributes.username}]" }),
	.claims = claims_stun, RT_LINKS({ "UDP", NULL }, { "TCP", "dport", 3478 }, { "TCP", "sport", 3478 }),
};
