/* SPDX-License-Identifier: MIT */
/* isakmp.c - the header of ISAKMP (RFC 2408 section 3.1) and IKEv2 (RFC 7296 section 3.1). */
#include "list.h"

static const struct rt_word payloads[] = {
	{ 0, "None" }, { 1, "SA" }, { 2, "Proposal" }, { 3, "Transform" }, { 4, "KE" }, { 5, "ID" }, { 6, "CERT" },
	{ 7, "CR" }, { 8, "Hash" }, { 9, "SIG" }, { 10, "Nonce" }, { 11, "Notification" }, { 12, "Delete" },
	{ 13, "VendorID" }, { 33, "IKEv2 SA" }, { 34, "IKEv2 KE" }, { 41, "IKEv2 Notify" }, { 46, "IKEv2 SK" },
};
static const struct rt_word exchanges[] = {
	{ 0, "None" }, { 1, "base" }, { 2, "identity prot." }, { 3, "auth only" }, { 4, "aggressive" }, { 5, "info" },
	{ 32, "quick mode" }, { 34, "IKE_SA_INIT" }, { 35, "IKE_AUTH" }, { 36, "CREATE_CHILD_SA" },
	{ 37, "INFORMATIONAL" },
};
static const struct rt_word flags[] = {
	{ 1, "encryption" }, { 2, "commit" }, { 4, "auth_only" }, { 8, "res3" }, { 16, "res4" }, { 32, "res5" },
	{ 64, "res6" }, { 128, "res7" },
};

static const struct rt_row rows[] = {
	{ "init_cookie",    0, 64, RT_BYTES },
	{ "resp_cookie",   64, 64, RT_BYTES },
	{ "next_payload", 128,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(payloads)) },
	{ "version",      136,  8, RT_HEX, .init = 0x10 },
	{ "exch_type",    144,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(exchanges)) },
	{ "flags",        152,  8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags), .join = '+') },
	{ "id",           160, 32, RT_NUM },
	{ "length",       192, 32, RT_NUM, RT_FILL_EXTENT },
};

const struct rt_proto proto_isakmp = {
	.name = "ISAKMP", .spec = "RFC 2408 section 3.1, RFC 7296 section 3.1", RT_ROWS(rows), .header = 28,
	.extent = { "length", 1 },
	.lines = RT_LINES({ .text = "ISAKMP {exch_type}, {next_payload}, spi {init_cookie}" }),
	.summaries = RT_LINES({ .text = "ISAKMP {exch_type}" }),
	RT_LINKS({ "UDP", "dport", 500 }, { "UDP", "sport", 500 }),
};
