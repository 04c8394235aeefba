/* SPDX-License-Identifier: MIT */
/* kerberos.c - which message of Kerberos 5 it is (RFC 4120 section 5.10), in TCP behind a length (section 7.2.2). */
#include "ber.h"
#include "list.h"

static const struct rt_word types[] = {
	{ 10, "AS-REQ" }, { 11, "AS-REP" }, { 12, "TGS-REQ" }, { 13, "TGS-REP" }, { 14, "AP-REQ" }, { 15, "AP-REP" },
	{ 20, "KRB-SAFE" }, { 21, "KRB-PRIV" }, { 22, "KRB-CRED" }, { 30, "KRB-ERROR" },
};

#define TYPE(bit) { "class", bit, 3, RT_NUM }, { "msg_type", (bit) + 3, 5, RT_ENUM, \
	.names = RT_NAMES(RT_WORDS(types)) }, \
	{ "message", (bit) + 8, 0, RT_XBYTES }

static const struct rt_row udp_rows[] = { TYPE(0) };
static const struct rt_row tcp_rows[] = { { "len", 0, 32, RT_NUM }, TYPE(32) };

/* An application's tag that is constructed, and one of the numbers above. */
static bool is_message(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	struct ber ber;
	uint32_t next = at;
	return ber_next(frame, &next, end, &ber) && (ber.tag & 0xe0) == 0x60 && ber.size >= 2 &&
	       rt_names_find(&(const struct rt_names){ RT_WORDS(types) }, ber.tag & 0x1f);
}

static uint32_t measure_udp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return is_message(frame, at, end) ? end - at : 0;
}

static uint32_t measure_tcp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t size = rt_be32(frame->data + at);
	if (!is_message(frame, at + 4, end))
		return 0;
	return size < end - at - 4 ? size + 4 : end - at;
}

#define LINES .lines = RT_LINES({ .text = "Kerberos {msg_type}" })

const struct rt_proto proto_kerberos = {
	.name = "Kerberos", .spec = "RFC 4120 section 5", RT_ROWS(udp_rows), .header = 1, .measure = measure_udp, LINES,
	RT_LINKS({ "UDP", "dport", 88 }, { "UDP", "sport", 88 }),
};
const struct rt_proto proto_kerberos_tcp = {
	.name = "Kerberos", .spec = "RFC 4120 section 7.2.2", RT_ROWS(tcp_rows), .header = 5, .measure = measure_tcp,
		LINES,
	RT_LINKS({ "TCP", "dport", 88 }, { "TCP", "sport", 88 }),
};
