/* SPDX-License-Identifier: MIT */
/* dot11_frames.c - what management frames of 802.11 begin with (IEEE 802.11-2016 clause 9.3.3); elements follow. Action
 * frames stay Raw. */
#include "dot11.h"
#include "list.h"

/* Scapy reads these two bytes as one number, the first byte on top. */
static const struct rt_word capabilities[] = {
	{ 0x0001, "res8" }, { 0x0002, "res9" }, { 0x0004, "short-slot" }, { 0x0008, "res11" }, { 0x0010, "res12" },
	{ 0x0020, "DSSS-OFDM" }, { 0x0040, "res14" }, { 0x0080, "res15" }, { 0x0100, "ESS" }, { 0x0200, "IBSS" },
	{ 0x0400, "CFP" }, { 0x0800, "CFP-req" }, { 0x1000, "privacy" }, { 0x2000, "short-preamble" },
	{ 0x4000, "PBCC" }, { 0x8000, "agility" },
};
static const struct rt_word reasons[] = {
	{ 0, "reserved" }, { 1, "unspec" }, { 2, "auth-expired" }, { 3, "deauth-ST-leaving" }, { 4, "inactivity" },
	{ 5, "AP-full" }, { 6, "class2-from-nonauth" }, { 7, "class3-from-nonass" }, { 8, "disas-ST-leaving" },
	{ 9, "ST-not-auth" },
};
static const struct rt_word algorithms[] = { { 0, "open" }, { 1, "sharedkey" } };
static const struct rt_word statuses[] = {
	{ 0, "success" }, { 1, "failure" }, { 10, "cannot-support-all-cap" }, { 11, "inexist-asso" },
	{ 12, "asso-denied" }, { 13, "algo-unsupported" }, { 14, "bad-seq-num" }, { 15, "challenge-failure" },
	{ 16, "timeout" }, { 17, "AP-full" }, { 18, "rate-unsupported" },
};

#define CAPABILITIES(bit) { "cap", (bit), 16, RT_FLAGS, .names = RT_NAMES(RT_WORDS(capabilities), .join = '+') }
#define NUMBER(name, bit) { name, (bit), 16, RT_NUM, .is_little = true }
#define WORDS(name, bit, words) { name, (bit), 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(words)), .is_little = true }

static const struct rt_row beacon_rows[] = {
	{ "timestamp", 0, 64, RT_NUM, .is_little = true }, NUMBER("beacon_interval", 64), CAPABILITIES(80),
};
static const struct rt_row reason_rows[] = { WORDS("reason", 0, reasons) };
static const struct rt_row request_rows[] = { CAPABILITIES(0), NUMBER("listen_interval", 16) };
static const struct rt_row again_rows[] = {
	CAPABILITIES(0), NUMBER("listen_interval", 16), { "current_AP", 32, 48, RT_MAC },
};
static const struct rt_row answer_rows[] = { CAPABILITIES(0), NUMBER("status", 16), NUMBER("AID", 32) };
static const struct rt_row auth_rows[] = {
	WORDS("algo", 0, algorithms), NUMBER("seqnum", 16), WORDS("status", 32, statuses),
};

static bool is_plain(const struct rt_packet *above, enum dot11_type type)
{
	const uint8_t *header = dot11_above(above);
	return header && dot11_type(header) == type && !dot11_is_protected(header);
}

static bool claims_frame(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return is_plain(above, DOT11_MANAGEMENT);
}

static bool claims_ack(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return is_plain(above, DOT11_CONTROL);
}

#define LAYER(class, text, number, ...) \
	.name = "Dot11" class, .title = "802.11 " text, .spec = "IEEE 802.11-2016 clause 9.3.3", \
	RT_LINKS({ "Dot11", "subtype", number }), __VA_ARGS__
#define FRAME(class, text, number, table, bytes, ...) { \
	LAYER(class, text, number, __VA_ARGS__), .claims = claims_frame, RT_ROWS(table), .header = bytes }
#define ELEMENTS .next_as = "Dot11Elt"
#define SAYS(words) .lines = RT_LINES({ .text = words })

const struct rt_proto proto_dot11_asso_req =
	FRAME("AssoReq", "Association Request", 0, request_rows, 4, ELEMENTS);
const struct rt_proto proto_dot11_asso_resp =
	FRAME("AssoResp", "Association Response", 1, answer_rows, 6, ELEMENTS, SAYS("status {status}"));
const struct rt_proto proto_dot11_reasso_req =
	FRAME("ReassoReq", "Reassociation Request", 2, again_rows, 10, ELEMENTS);
const struct rt_proto proto_dot11_reasso_resp =
	FRAME("ReassoResp", "Reassociation Response", 3, answer_rows, 6, ELEMENTS, SAYS("status {status}"));
const struct rt_proto proto_dot11_probe_req = {
	LAYER("ProbeReq", "Probe Request", 4, ELEMENTS), .claims = claims_frame,
};
const struct rt_proto proto_dot11_probe_resp =
	FRAME("ProbeResp", "Probe Response", 5, beacon_rows, 12, ELEMENTS);
const struct rt_proto proto_dot11_beacon = FRAME("Beacon", "Beacon", 8, beacon_rows, 12, ELEMENTS);
const struct rt_proto proto_dot11_atim = { LAYER("ATIM", "ATIM", 9, .claims = claims_frame) };
const struct rt_proto proto_dot11_disas =
	FRAME("Disas", "Disassociation", 10, reason_rows, 2, SAYS("reason {reason}"));
const struct rt_proto proto_dot11_auth =
	FRAME("Auth", "Authentication", 11, auth_rows, 6, ELEMENTS, SAYS("{algo} number {seqnum} {status}"));
const struct rt_proto proto_dot11_deauth =
	FRAME("Deauth", "Deauthentication", 12, reason_rows, 2, SAYS("reason {reason}"));
const struct rt_proto proto_dot11_ack = { LAYER("Ack", "Ack packet", 13, .claims = claims_ack) };
