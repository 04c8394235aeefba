/* SPDX-License-Identifier: MIT */
/* ospf.c - OSPF version 2: the header and the five messages (RFC 2328 section A.3). Behind a
 * message may stand a block of link-local signalling (RFC 5613 section 2), if its options say so and no digest stands
 * in front of it; a digest stays Raw. */
#include "list.h"
#include "lists.h"
#include "ospf.h"

static const struct rt_word types[] = {
	{ 1, "Hello" }, { 2, "DBDesc" }, { 3, "LSReq" }, { 4, "LSUpd" }, { 5, "LSAck" },
};
static const struct rt_word options[] = {
	{ 1, "MT" }, { 2, "E" }, { 4, "MC" }, { 8, "NP" }, { 16, "L" }, { 32, "DC" }, { 64, "O" }, { 128, "DN" },
};
static const struct rt_word lsa_types[] = {
	{ 1, "router" }, { 2, "network" }, { 3, "summaryIP" }, { 4, "summaryASBR" }, { 5, "external" },
	{ 7, "NSSAexternal" }, { 9, "linkScopeOpaque" }, { 10, "areaScopeOpaque" }, { 11, "asScopeOpaque" },
};
static const struct rt_word auth_types[] = { { 0, "Null" }, { 1, "Simple" }, { 2, "Crypto" } };
static const struct rt_word description[] = {
	{ 1, "MS" }, { 2, "M" }, { 4, "I" }, { 8, "R" }, { 16, "4" }, { 32, "3" }, { 64, "2" }, { 128, "1" },
};

const struct rt_names ospf_types     = { RT_WORDS(types) };
const struct rt_names ospf_options   = { RT_WORDS(options), .join = '+' };
const struct rt_names ospf_lsa_types = { RT_WORDS(lsa_types) };

static const struct rt_row rows[] = {
	{ "version",      0,  8, RT_NUM, .init = 2 },
	{ "type",         8,  8, RT_ENUM, RT_FILL_NEXT, .names = &ospf_types, .init = 1 },
	{ "len",         16, 16, RT_NUM, RT_FILL_EXTENT },
	{ "src",         32, 32, RT_IP4 },
	{ "area",        64, 32, RT_IP4 },
	{ "chksum",      96, 16, RT_HEX, RT_SUM(.row = "len", .unit = 1, .skip_at = 16, .skip = 8,
	                                        RT_UNLESS(112, 16, 2)) },
	{ "authtype",   112, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(auth_types)) },
	{ "authdata",   128, 64, RT_HEX, RT_UNLESS(112, 16, 2) },
	{ "reserved",   128, 16, RT_HEX, RT_WHEN(112, 16, 2) },
	{ "keyid",      144,  8, RT_NUM, RT_WHEN(112, 16, 2) },
	{ "authdatalen", 152, 8, RT_NUM, RT_WHEN(112, 16, 2) },
	{ "seq",        160, 32, RT_HEX, RT_WHEN(112, 16, 2) },
};

static const struct rt_row lsa_rows[] = { OSPF_LSA(RT_ENUM, .names = &ospf_lsa_types, .init = 1) };
static const struct rt_proto lsa = { .name = "OSPF_LSA_Hdr", .title = "OSPF LSA Header",
                                     .spec = "RFC 2328 section A.4.1", RT_ROWS(lsa_rows), .header = 20 };
static const struct rt_list headers = { .other = &lsa, .item_bytes = 20, .last_code = -1 };

static const struct rt_row request_rows[] = {
	{ "type",      0, 32, RT_ENUM, .names = &ospf_lsa_types, .init = 1 },
	{ "id",       32, 32, RT_IP4 },
	{ "adrouter", 64, 32, RT_IP4 },
};
static const struct rt_proto request = { .name = "OSPF_LSReq_Item", .title = "OSPF Link State Request (item)",
                                         .spec = "RFC 2328 section A.3.4", RT_ROWS(request_rows), .header = 12 };
static const struct rt_list requests = { .other = &request, .item_bytes = 12, .last_code = -1 };

static const struct rt_row hello_rows[] = {
	{ "mask",            0, 32, RT_IP4 },
	{ "hellointerval",  32, 16, RT_NUM, .init = 10 },
	{ "options",        48,  8, RT_FLAGS, .names = &ospf_options },
	{ "prio",           56,  8, RT_NUM, .init = 1 },
	{ "deadinterval",   64, 32, RT_NUM, .init = 40 },
	{ "router",         96, 32, RT_IP4 },
	{ "backup",        128, 32, RT_IP4 },
	{ "neighbors",     160,  0, RT_LIST, .list = &ip4_list },
};
static const struct rt_row description_rows[] = {
	{ "mtu",         0, 16, RT_NUM, .init = 1500 },
	{ "options",    16,  8, RT_FLAGS, .names = &ospf_options },
	{ "dbdescr",    24,  8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(description), .join = '+') },
	{ "ddseq",      32, 32, RT_NUM, .init = 1 },
	{ "lsaheaders", 64,  0, RT_LIST, .list = &headers },
};
static const struct rt_row requests_rows[] = { { "requests", 0, 0, RT_LIST, .list = &requests } };
static const struct rt_row update_rows[] = {
	{ "lsacount",  0, 32, RT_NUM },
	{ "lsalist",  32,  0, RT_LIST, .list = &ospf_lsas, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row acknowledgement_rows[] = { { "lsaheaders", 0, 0, RT_LIST, .list = &headers } };

#define TLV_START { "type", 0, 16, RT_NUM }, { "len", 16, 16, RT_NUM }

static const struct rt_row generic_rows[] = { TLV_START, { "val", 32, 0, RT_BYTES } };
static const struct rt_row extended_rows[] = { TLV_START, { "options", 32, 0, RT_BYTES } };
static const struct rt_row digest_rows[] = {
	TLV_START, { "sequence", 32, 32, RT_HEX }, { "authdata", 64, 0, RT_BYTES },
};
static const struct rt_proto generic = { .name = "LLS_Generic_TLV", .title = "LLS Generic",
                                         .spec = "RFC 5613 section 2.2", RT_ROWS(generic_rows), .header = 4 };
static const struct rt_proto extended = { .name = "LLS_Extended_Options", .title = "LLS Extended Options and Flags",
                                          .spec = "RFC 5613 section 2.4", RT_ROWS(extended_rows), .header = 4 };
static const struct rt_proto digest = { .name = "LLS_Crypto_Auth", .title = "LLS Cryptographic Authentication",
                                        .spec = "RFC 5613 section 2.5", RT_ROWS(digest_rows), .header = 8 };
static const struct rt_item tlvs[] = { { 1, &extended }, { 2, &digest } };
static const struct rt_list tlv_list = {
	RT_ITEMS(tlvs), .other = &generic, .code_bytes = 2, .length_bytes = 2, .length_unit = 1, .length_add = 4,
	.align = 4, .last_code = -1,
};
static const struct rt_row signalling_rows[] = {
	{ "chksum", 0, 16, RT_HEX, RT_SUM(.is_header = true) },
	{ "len",   16, 16, RT_NUM, RT_FILL_HEADER },
	{ "llstlv", 32, 0, RT_LIST, .list = &tlv_list },
};

bool ospf_claims(const struct rt_packet *above, struct rt_layer *layer)
{
	const struct rt_layer *header = &above->layer[above->count - 1];
	uint32_t size = rt_be16(above->frame->data + header->at + 2), least = header->header + layer->proto->header;
	layer->header = (size > least ? size : least) - header->header;
	return layer->header > 0;
}

const struct rt_proto proto_ospf = {
	.name = "OSPF_Hdr", .title = "OSPF Header", .spec = "RFC 2328 section A.3.1", RT_ROWS(rows),
	.header = 24, .next = { "type" },
	.lines = RT_LINES({ .text = "OSPFv2 {type}| router {src} area {area}" }),
	RT_LINKS({ "IP", "proto", 89 }),
};

#define MESSAGE(class, words, section, number, table, bytes, ...) { \
	.name = class, .title = "OSPF " words, .spec = "RFC 2328 section " section, RT_ROWS(table), .header = bytes, \
	RT_LINKS({ "OSPF_Hdr", "type", number }), __VA_ARGS__ }
#define SAYS(words) .lines = RT_LINES({ .text = words })

const struct rt_proto proto_ospf_hello =
	MESSAGE("OSPF_Hello", "Hello", "A.3.2", 1, hello_rows, 20, .claims = ospf_claims,
	        SAYS("DR {router} BDR {backup}"));
const struct rt_proto proto_ospf_description =
	MESSAGE("OSPF_DBDesc", "Database Description", "A.3.3", 2, description_rows, 8,
	        .claims = ospf_claims, SAYS("flags {dbdescr} seq {ddseq}"));
const struct rt_proto proto_ospf_request =
	MESSAGE("OSPF_LSReq", "Link State Request (container)", "A.3.4", 3, requests_rows, 0, .claims = ospf_claims,
	        SAYS("{requests.type} {requests.id}"));
const struct rt_proto proto_ospf_update =
	MESSAGE("OSPF_LSUpd", "Link State Update", "A.3.5", 4, update_rows, 4, .is_flow = true,
	        SAYS("{lsacount} LSAs[, {lsalist.id} by {lsalist.adrouter}]"));
const struct rt_proto proto_ospf_acknowledgement =
	MESSAGE("OSPF_LSAck", "Link State Acknowledgement", "A.3.6", 5, acknowledgement_rows, 0,
	        .claims = ospf_claims, SAYS("{lsaheaders.type} {lsaheaders.id}"));

/* The bit L of the message in front, and the kind of authentication of the header in front of that. */
static bool claims_signalling(const struct rt_packet *packet, struct rt_layer *layer)
{
	const struct rt_layer *message = &packet->layer[packet->count - 1];
	struct rt_value options, kind;
	(void)layer;
	return packet->count > 1 && rt_value_find(packet, message, "options", &options) && options.num & 0x10 &&
	       rt_value_find(packet, message - 1, "authtype", &kind) && kind.num != 2;
}

const struct rt_proto proto_ospf_signalling = {
	.name = "OSPF_LLS_Hdr", .title = "OSPF Link-local signaling", .spec = "RFC 5613 section 2",
	RT_ROWS(signalling_rows), .header = 4, .size = { "len", 4 }, .claims = claims_signalling,
	RT_LINKS({ "OSPF_Hello" }, { "OSPF_DBDesc" }),
};
