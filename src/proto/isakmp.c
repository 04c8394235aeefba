/* SPDX-License-Identifier: MIT */
/* isakmp.c - the header of ISAKMP (RFC 2408 section 3.1) and IKEv2 (RFC 7296 section 3.1), and the chain of payloads
 * behind it, where they are not encrypted. What a payload holds stays bytes. */
#include "list.h"

#define NEXT 16u                        /* place of the header's `next_payload`, bytes                   */
#define FLAGS 19u
#define ENCRYPTED 1

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
	RT_MORE(.extent = { "length", 1 }),
	.lines = RT_LINES({ .text = "ISAKMP {exch_type}, {next_payload}, spi {init_cookie}" }),
	.next = { "next_payload" },
	RT_LINKS({ "UDP", "dport", 500 }, { "UDP", "sport", 500 }),
};

/* ---- payloads ---------------------------------------------------------------------------------------------------- */

static const struct rt_word domains[] = { { 1, "IPSEC" } };
static const struct rt_word situations[] = { { 1, "identity" } };
static const struct rt_word id_types[] = { { 1, "IPv4_addr" }, { 11, "Key" } };
static const struct rt_word zero[] = { { 0, "Unused" } };

#define FRONT \
	{ "next_payload", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(payloads)) }, { "res", 8, 8, RT_NUM }, \
	{ "length", 16, 16, RT_NUM, RT_FILL_HEADER }
#define WORD(name, bit, width, words) { name, bit, width, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)) }

static const struct rt_row plain_rows[] = { FRONT, { "load", 32, 0, RT_BYTES } };
static const struct rt_row sa_rows[] = {
	FRONT, WORD("DOI", 32, 32, domains), WORD("situation", 64, 32, situations), { "prop", 96, 0, RT_XBYTES },
};
static const struct rt_row id_rows[] = {
	FRONT, WORD("IDtype", 32, 8, id_types), WORD("ProtoID", 40, 8, zero), WORD("Port", 48, 16, zero),
	{ "load", 64, 0, RT_BYTES },
};

/* Behind the header only where it says that nothing is encrypted; the last payload names no next one. */
static bool claims_payload(const struct rt_packet *above, struct rt_layer *layer)
{
	const struct rt_layer *before = &above->layer[above->count - 1];
	const uint8_t *header = above->frame->data + before->at;
	(void)layer;
	return before->proto == &proto_isakmp ? header[NEXT] && !(header[FLAGS] & ENCRYPTED) : header[0] != 0;
}

#define PAYLOAD(c_name, class, words, table, bytes, ...) \
	const struct rt_proto proto_isakmp_##c_name = { \
		.name = "ISAKMP_payload" class, .title = "ISAKMP " words, .spec = "RFC 2408 section 3", \
		RT_ROWS(table), \
		.header = bytes, .size = { "length", 1 }, .claims = claims_payload, .next = { "next_payload" }, \
		.next_as = "ISAKMP", RT_LINKS(__VA_ARGS__) }

PAYLOAD(sa, "_SA", "SA", sa_rows, 12, { "ISAKMP", "next_payload", 1 });
PAYLOAD(ke, "_KE", "Key Exchange", plain_rows, 4, { "ISAKMP", "next_payload", 4 });
PAYLOAD(id, "_ID", "Identification", id_rows, 8, { "ISAKMP", "next_payload", 5 });
PAYLOAD(hash, "_Hash", "Hash", plain_rows, 4, { "ISAKMP", "next_payload", 8 });
PAYLOAD(nonce, "_Nonce", "Nonce", plain_rows, 4, { "ISAKMP", "next_payload", 10 });
PAYLOAD(vendor, "_VendorID", "Vendor ID", plain_rows, 4, { "ISAKMP", "next_payload", 13 });
PAYLOAD(payload, "", "payload", plain_rows, 4, { "ISAKMP", NULL });
