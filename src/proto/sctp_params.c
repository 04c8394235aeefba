/* SPDX-License-Identifier: MIT */
/* sctp_params.c - the parameters of SCTP's chunks (RFC 9260 section 3.2.1; RFC 4895, RFC 5061): type, length with both,
 * value, filled up to four bytes. */
#include "sctp.h"

static const struct rt_word types[] = {
	{ 1, "heartbeat-info" }, { 5, "IPv4" }, { 6, "IPv6" }, { 7, "state-cookie" }, { 8, "unrecognized-param" },
	{ 9, "cookie-preservative" }, { 11, "hostname" }, { 12, "addrtypes" }, { 0x8000, "ecn-capable" },
	{ 0x8002, "random" }, { 0x8003, "chunk-list" }, { 0x8004, "requested-HMAC-functions" },
	{ 0x8008, "supported-extensions" }, { 0xc000, "fwd-tsn-supported" }, { 0xc001, "add-IP" }, { 0xc002, "del-IP" },
	{ 0xc003, "error-indication" }, { 0xc004, "set-primary-addr" }, { 0xc005, "success-indication" },
	{ 0xc006, "adaptation-layer" },
};
static const struct rt_word functions[] = {
	{ 0, "Reserved1" }, { 1, "SHA-1" }, { 2, "Reserved2" }, { 3, "SHA-256" },
};
static const struct rt_names type_names = { RT_WORDS(types) };

/* ---- lists of numbers ------------------------------------------------------------------------------------- */

#define NUMBERS(c_name, bits, name_list) \
	static const struct rt_row c_name##_rows[] = { { "value", 0, bits, RT_ENUM, .names = name_list } }; \
	static const struct rt_proto c_name = { .name = "value", .spec = "RFC 9260 section 3.2", \
	                                        RT_ROWS(c_name##_rows), .header = (bits) / 8 }; \
	static const struct rt_list c_name##_list = { .other = &c_name, .item_bytes = (bits) / 8, .is_values = true, \
	                                              .last_code = -1 }
NUMBERS(type, 16, &type_names);
NUMBERS(function, 16, RT_NAMES(RT_WORDS(functions)));
NUMBERS(chunk, 8, &sctp_chunk_types);

/* ---- rows ------------------------------------------------------------------------------------------------- */

#define START { "type", 0, 16, RT_ENUM, .names = &type_names }, { "len", 16, 16, RT_NUM }
#define BYTES(name) { START, { name, 32, 0, RT_BYTES } }
#define LIST(name, items) { START, { name, 32, 0, RT_LIST, .list = (items) } }
#define NUMBER(name) { START, { name, 32, 32, RT_HEX } }

static const struct rt_row bare_rows[] = { START };
static const struct rt_row other_rows[] = BYTES("value");
static const struct rt_row info_rows[] = BYTES("data");
static const struct rt_row cookie_rows[] = BYTES("cookie");
static const struct rt_row unknown_rows[] = BYTES("param");
static const struct rt_row hostname_rows[] = BYTES("hostname");
static const struct rt_row random_rows[] = BYTES("random");
static const struct rt_row ip4_rows_[] = { START, { "addr", 32, 32, RT_IP4 } };
static const struct rt_row ip6_rows_[] = { START, { "addr", 32, 128, RT_IP6 } };
static const struct rt_row preservative_rows[] = NUMBER("sug_cookie_inc");
static const struct rt_row correlation_rows[] = NUMBER("correlation_id");
static const struct rt_row indication_rows[] = NUMBER("indication");
static const struct rt_row addr_types_rows[] = LIST("addr_type_list", &type_list);
static const struct rt_row chunks_rows[] = LIST("chunk_list", &chunk_list);
static const struct rt_row functions_rows[] = LIST("HMAC_functions_list", &function_list);
static const struct rt_row extensions_rows[] = LIST("supported_extensions", &chunk_list);
static const struct rt_row error_rows[] = {
	START, { "correlation_id", 32, 32, RT_HEX }, { "error_causes", 64, 0, RT_BYTES },
};
static const struct rt_row change_rows[] = {
	START,
	{ "correlation_id", 32, 32, RT_HEX },
	{ "addr_type",      64, 16, RT_ENUM, .names = &type_names, .init = 5 },
	{ "addr_len",       80, 16, RT_NUM },
	{ "addr",           96, 32, RT_IP4, RT_WHEN(64, 16, 5) },
	{ "addr",           96, 128, RT_IP6, RT_WHEN(64, 16, 6) },
	{ "addr",           96,  0, RT_BYTES, RT_UNLESS(64, 16, 5, 6) },
};

#define PARAM(c_name, class, rfc, table, bytes) \
	static const struct rt_proto c_name = { .name = "SCTPChunkParam" class, .spec = rfc, RT_ROWS(table), \
	                                        .header = bytes }
PARAM(other,        "",                   "RFC 9260 section 3.2.1",   other_rows,        4);
PARAM(info,         "HeartbeatInfo",      "RFC 9260 section 3.3.5",   info_rows,         4);
PARAM(ip4,          "IPv4Addr",           "RFC 9260 section 3.3.2.1.1", ip4_rows_,       8);
PARAM(ip6,          "IPv6Addr",           "RFC 9260 section 3.3.2.1.2", ip6_rows_,       20);
PARAM(cookie,       "StateCookie",        "RFC 9260 section 3.3.3.1", cookie_rows,       4);
PARAM(unknown,      "UnrocognizedParam",  "RFC 9260 section 3.3.3.1", unknown_rows,      4);
PARAM(preservative, "CookiePreservative", "RFC 9260 section 3.3.2.1.3", preservative_rows, 8);
PARAM(hostname,     "Hostname",           "RFC 9260 section 3.3.2.1.4", hostname_rows,   4);
PARAM(addr_types,   "SupportedAddrTypes", "RFC 9260 section 3.3.2.1.5", addr_types_rows, 4);
PARAM(ecn,          "ECNCapable",         "RFC 9260 appendix A",      bare_rows,         4);
PARAM(random_,      "Random",             "RFC 4895 section 3.1",     random_rows,       4);
PARAM(chunks,       "ChunkList",          "RFC 4895 section 3.2",     chunks_rows,       4);
PARAM(hmacs,        "RequestedHMACFunctions", "RFC 4895 section 3.3", functions_rows,    4);
PARAM(extensions,   "SupportedExtensions", "RFC 5061 section 4.2.7",  extensions_rows,   4);
PARAM(forward,      "FwdTSN",             "RFC 3758 section 3.1",     bare_rows,         4);
PARAM(add,          "AddIPAddr",          "RFC 5061 section 4.2.1",   change_rows,       12);
PARAM(del,          "DelIPAddr",          "RFC 5061 section 4.2.2",   change_rows,       12);
PARAM(failure,      "ErrorIndication",    "RFC 5061 section 4.2.3",   error_rows,        8);
PARAM(primary,      "SetPrimaryAddr",     "RFC 5061 section 4.2.4",   change_rows,       12);
PARAM(success,      "SuccessIndication",  "RFC 5061 section 4.2.5",   correlation_rows,  8);
PARAM(adaptation,   "AdaptationLayer",    "RFC 5061 section 4.2.6",   indication_rows,   8);

static const struct rt_item items[] = {
	{ 1, &info }, { 5, &ip4 }, { 6, &ip6 }, { 7, &cookie }, { 8, &unknown }, { 9, &preservative },
	{ 11, &hostname }, { 12, &addr_types }, { 0x8000, &ecn }, { 0x8002, &random_ }, { 0x8003, &chunks },
	{ 0x8004, &hmacs }, { 0x8008, &extensions }, { 0xc000, &forward }, { 0xc001, &add }, { 0xc002, &del },
	{ 0xc003, &failure }, { 0xc004, &primary }, { 0xc005, &success }, { 0xc006, &adaptation },
};

const struct rt_list sctp_params = {
	RT_ITEMS(items), .other = &other, .code_bytes = 2, .length_bytes = 2, .length_unit = 1, .align = 4,
	.last_code = -1,
};
