/* SPDX-License-Identifier: MIT */
/* ospf3.c - OSPF version 3, for IPv6: the header and the five messages (RFC 5340 section A.3). */
#include "list.h"
#include "lists.h"
#include "ospf.h"

static const struct rt_word options[] = {
	{ 1, "V6" }, { 2, "E" }, { 4, "MC" }, { 8, "N" }, { 16, "R" }, { 32, "DC" }, { 64, "AF" }, { 128, "L" },
	{ 256, "I" }, { 512, "F" },
};
static const struct rt_word lsa_types[] = {
	{ 0x0008, "link" }, { 0x2001, "router" }, { 0x2002, "network" }, { 0x2003, "interAreaPrefix" },
	{ 0x2004, "interAreaRouter" }, { 0x2007, "type7" }, { 0x2009, "intraAreaPrefix" }, { 0x4005, "asExternal" },
};
static const struct rt_word description[] = { { 1, "MS" }, { 2, "M" }, { 4, "I" }, { 8, "R" } };

const struct rt_names ospf3_options   = { RT_WORDS(options), .join = '+' };
const struct rt_names ospf3_lsa_types = { RT_WORDS(lsa_types) };

static const struct rt_row rows[] = {
	{ "version",    0,  8, RT_NUM, .init = 3 },
	{ "type",       8,  8, RT_ENUM, RT_FILL_NEXT, .names = &ospf_types, .init = 1 },
	{ "len",       16, 16, RT_NUM, RT_FILL_EXTENT },
	{ "src",       32, 32, RT_IP4 },
	{ "area",      64, 32, RT_IP4 },
	{ "chksum",    96, 16, RT_HEX, RT_SUM(.pseudo = RT_PSEUDO_IP6, .row = "len", .unit = 1) },
	{ "instance", 112,  8, RT_NUM },
	{ "reserved", 120,  8, RT_NUM },
};

static const struct rt_row lsa_rows[] = { OSPF3_LSA };
static const struct rt_proto lsa = { .name = "OSPFv3_LSA_Hdr", .title = "OSPFv3 LSA Header",
                                     .spec = "RFC 5340 section A.4.2", RT_ROWS(lsa_rows), .header = 20 };
static const struct rt_list headers = { .other = &lsa, .item_bytes = 20, .last_code = -1 };

static const struct rt_row request_rows[] = {
	{ "reserved",  0, 16, RT_NUM },
	{ "type",     16, 16, RT_ENUM, .names = &ospf3_lsa_types, .init = 0x2001 },
	{ "id",       32, 32, RT_IP4 },
	{ "adrouter", 64, 32, RT_IP4 },
};
static const struct rt_proto request = { .name = "OSPFv3_LSReq_Item", .title = "OSPFv3 Link State Request (item)",
                                         .spec = "RFC 5340 section A.3.4", RT_ROWS(request_rows), .header = 12 };
static const struct rt_list requests = { .other = &request, .item_bytes = 12, .last_code = -1 };

static const struct rt_row hello_rows[] = {
	{ "intid",           0, 32, RT_NUM },
	{ "prio",           32,  8, RT_NUM, .init = 1 },
	{ "options",        40, 24, RT_FLAGS, .names = &ospf3_options },
	{ "hellointerval",  64, 16, RT_NUM, .init = 10 },
	{ "deadinterval",   80, 16, RT_NUM, .init = 40 },
	{ "router",         96, 32, RT_IP4 },
	{ "backup",        128, 32, RT_IP4 },
	{ "neighbors",     160,  0, RT_LIST, .list = &ip4_list },
};
static const struct rt_row description_rows[] = {
	{ "reserved",    0,  8, RT_NUM },
	{ "options",     8, 24, RT_FLAGS, .names = &ospf3_options },
	{ "mtu",        32, 16, RT_NUM, .init = 1500 },
	{ "reserved2",  48,  8, RT_NUM },
	{ "dbdescr",    56,  8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(description), .join = '+') },
	{ "ddseq",      64, 32, RT_NUM, .init = 1 },
	{ "lsaheaders", 96,  0, RT_LIST, .list = &headers },
};
static const struct rt_row requests_rows[] = { { "requests", 0, 0, RT_LIST, .list = &requests } };
static const struct rt_row update_rows[] = {
	{ "lsacount",  0, 32, RT_NUM },
	{ "lsalist",  32,  0, RT_LIST, .list = &ospf3_lsas, RT_COUNTED(1, 0, 0) },
};
static const struct rt_row acknowledgement_rows[] = { { "lsaheaders", 0, 0, RT_LIST, .list = &headers } };

const struct rt_proto proto_ospf3 = {
	.name = "OSPFv3_Hdr", .title = "OSPFv3 Header", .spec = "RFC 5340 section A.3.1", RT_ROWS(rows),
	.header = 16, .next = { "type" },
	.lines = RT_LINES({ .text = "OSPFv3 {type}| router {src} area {area}" }),
	RT_LINKS({ "IPv6", "nh", 89 }),
};

#define MESSAGE(class, words, section, number, table, bytes, ...) { \
	.name = class, .title = "OSPFv3 " words, .spec = "RFC 5340 section " section, RT_ROWS(table), .header = bytes, \
	RT_LINKS({ "OSPFv3_Hdr", "type", number }), __VA_ARGS__ }
#define SAYS(words) .lines = RT_LINES({ .text = words })

const struct rt_proto proto_ospf3_hello =
	MESSAGE("OSPFv3_Hello", "Hello", "A.3.2", 1, hello_rows, 20, .claims = ospf_claims,
	        SAYS("DR {router} BDR {backup}"));
const struct rt_proto proto_ospf3_description =
	MESSAGE("OSPFv3_DBDesc", "Database Description", "A.3.3", 2, description_rows, 12,
	        .claims = ospf_claims, SAYS("flags {dbdescr} seq {ddseq}"));
const struct rt_proto proto_ospf3_request =
	MESSAGE("OSPFv3_LSReq", "Link State Request (container)", "A.3.4", 3, requests_rows, 0,
	        .claims = ospf_claims, SAYS("{requests.type} {requests.id}"));
const struct rt_proto proto_ospf3_update =
	MESSAGE("OSPFv3_LSUpd", "Link State Update", "A.3.5", 4, update_rows, 4, .is_flow = true,
	        SAYS("{lsacount} LSAs[, {lsalist.type} {lsalist.id} by {lsalist.adrouter}]"));
const struct rt_proto proto_ospf3_acknowledgement =
	MESSAGE("OSPFv3_LSAck", "Link State Acknowledgement", "A.3.6", 5, acknowledgement_rows, 0,
	        .claims = ospf_claims, SAYS("{lsaheaders.type} {lsaheaders.id}"));
