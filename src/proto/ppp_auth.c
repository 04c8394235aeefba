/* SPDX-License-Identifier: MIT */
/* ppp_auth.c - who is there? PPP's password authentication (RFC 1334 section 2) and its challenge handshake (RFC 1994
 * section 4). Names and values stand one after the other, each behind its length. The default line keeps passwords to
 * itself. */
#include "list.h"
#include "ppp.h"

#define START(words) PPP_CODE(RT_WORDS(words)), PPP_ID, PPP_LEN
#define LENGTH(name) { name, 32, 8, RT_NUM }
#define STRING(name) { name, 32, 0, RT_BYTES, RT_COUNTED(1, 1, 0) }

static const struct rt_word pap_codes[] = {
	{ 1, "Authenticate-Request" }, { 2, "Authenticate-Ack" }, { 3, "Authenticate-Nak" },
};
static const struct rt_word chap_codes[] = {
	{ 1, "Challenge" }, { 2, "Response" }, { 3, "Success" }, { 4, "Failure" },
};

static const struct rt_row pap_rows[] = { START(pap_codes), { "data", 32, 0, RT_BYTES } };
static const struct rt_row request_rows[] = {
	START(pap_codes), LENGTH("username_len"), STRING("username"), LENGTH("passwd_len"), STRING("password"),
};
static const struct rt_row reply_rows[] = { START(pap_codes), LENGTH("msg_len"), STRING("message") };
static const struct rt_row chap_rows[] = { START(chap_codes), { "data", 32, 0, RT_BYTES } };
static const struct rt_row value_rows[] = {
	START(chap_codes), LENGTH("value_size"), { "value", 32, 0, RT_XBYTES, RT_COUNTED(1, 1, 0) },
	{ "optional_name", 32, 0, RT_BYTES },
};

/* ---- PAP -------------------------------------------------------------------------------------------------- */

#define PAP(class, table) \
	.name = class, .title = "PPP Password Authentication Protocol", .spec = "RFC 1334 section 2", RT_ROWS(table), \
	.header = 4, .size = { "len", 1 }, .is_last = true
#define PAP_LINK(number) RT_LINKS({ "PPP", "proto", 0xc023, "code", number })

const struct rt_proto proto_pap_request = {
	PAP("PPP_PAP_Request", request_rows), .is_flow = true, PAP_LINK(1),
	.lines = RT_LINES({ .text = "PAP {code}|[ {username:s}]" }),
	.summaries = RT_LINES({ .text = "PAP-Request username={username} password={password}" }),
};

#define REPLY(number, words) { \
	PAP("PPP_PAP_Response", reply_rows), .is_flow = true, PAP_LINK(number), \
	.lines = RT_LINES({ "msg_len", 0, "PAP {code}|" }, { .text = "PAP {code}|[ {message:s}]" }), \
	.summaries = RT_LINES({ "msg_len", 0, words }, { .text = words " msg={message}" }) }

const struct rt_proto proto_pap_ack = REPLY(2, "PAP-Ack");
const struct rt_proto proto_pap_nak = REPLY(3, "PAP-Nak");

const struct rt_proto proto_pap = {
	PAP("PPP_PAP", pap_rows), .lines = RT_LINES({ .text = "PAP {code}|" }), RT_LINKS({ "PPP", "proto", 0xc023 }),
};

/* ---- CHAP ------------------------------------------------------------------------------------------------- */

#define CHAP(class, table) \
	.name = class, .title = "PPP Challenge Handshake Authentication Protocol", .spec = "RFC 1994 section 4", \
	RT_ROWS(table), .header = 4, .size = { "len", 1 }, .is_last = true

const struct rt_proto proto_chap_value = {
	CHAP("PPP_CHAP_ChallengeResponse", value_rows), .is_flow = true,
	.lines = RT_LINES({ .text = "CHAP {code}|[ {optional_name:s}]" }),
	.summaries = RT_LINES(
		{ "code", 1, "CHAP challenge=0x{value} optional_name={optional_name}" },
		{ .text = "CHAP response=0x{value} optional_name={optional_name}" }),
	RT_LINKS({ "PPP", "proto", 0xc223, "code", 1 }, { "PPP", "proto", 0xc223, "code", 2 }),
};

const struct rt_proto proto_chap = {
	CHAP("PPP_CHAP", chap_rows),
	.lines = RT_LINES({ .text = "CHAP {code}|[ {data:s}]" }),
	.summaries = RT_LINES(
		{ "code", 3, "CHAP Success message={data}" },
		{ "code", 4, "CHAP Failure message={data}" },
		{ .text = NULL }),
	RT_LINKS({ "PPP", "proto", 0xc223 }),
};
