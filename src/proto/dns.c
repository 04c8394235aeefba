/* SPDX-License-Identifier: MIT */
/* dns.c - DNS messages (RFC 1035 section 4.1.1), over UDP, and over TCP behind a length (section 4.2.2), and LLMNR,
 * which is DNS but for a few bits. The records are in dns_records.c. */
#include "dns.h"
#include "list.h"

static const struct rt_word opcodes[] = { { 0, "QUERY" }, { 1, "IQUERY" }, { 2, "STATUS" } };
static const struct rt_word rcodes[] = {
	{ 0, "ok" }, { 1, "format-error" }, { 2, "server-failure" }, { 3, "name-error" }, { 4, "not-implemented" },
	{ 5, "refused" },
};

#define HEADER(bit) \
	{ "id",      (bit),      16, RT_NUM }, \
	{ "qr",      (bit) + 16,  1, RT_NUM }, \
	{ "opcode",  (bit) + 17,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(opcodes)) }, \
	{ "aa",      (bit) + 21,  1, RT_NUM }, \
	{ "tc",      (bit) + 22,  1, RT_NUM }, \
	{ "rd",      (bit) + 23,  1, RT_NUM, .init = 1 }, \
	{ "ra",      (bit) + 24,  1, RT_NUM }, \
	{ "z",       (bit) + 25,  1, RT_NUM }, \
	{ "ad",      (bit) + 26,  1, RT_NUM }, \
	{ "cd",      (bit) + 27,  1, RT_NUM }, \
	{ "rcode",   (bit) + 28,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(rcodes)) }, \
	SECTIONS(bit)

#define SECTIONS(bit) \
	{ "qdcount", (bit) + 32, 16, RT_NUM }, \
	{ "ancount", (bit) + 48, 16, RT_NUM }, \
	{ "nscount", (bit) + 64, 16, RT_NUM }, \
	{ "arcount", (bit) + 80, 16, RT_NUM }, \
	{ "qd",      (bit) + 96,  0, RT_LIST, .list = &dns_sections[0] }, \
	{ "an",      (bit) + 96,  0, RT_LIST, .list = &dns_sections[1] }, \
	{ "ns",      (bit) + 96,  0, RT_LIST, .list = &dns_sections[2] }, \
	{ "ar",      (bit) + 96,  0, RT_LIST, .list = &dns_sections[3] }

static const struct rt_row udp_dns[] = { HEADER(0) };
static const struct rt_row tcp_dns[] = { { "length", 0, 16, RT_NUM }, HEADER(16) };

static uint32_t measure_udp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return dns_section(frame, at, end, DNS_SECTIONS) - at;
}

/* A TCP segment that does not begin with a whole message is data, not DNS. */
static uint32_t measure_tcp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t length = rt_be16(frame->data + at);
	if (length < 12 || length > end - at - 2)
		return 0;
	return dns_section(frame, at + 2, at + 2 + length, DNS_SECTIONS) - at;
}

#define SENTENCES \
	.lines = RT_LINES( \
		{ "qr", 0, "DNS query[ {qd.qtype} {qd.qname}]" }, \
		{ "rcode", 0, "DNS answer[ {qd.qtype} {qd.qname}][ {an.rdata}]" }, \
		{ .text = "DNS answer {rcode}[ {qd.qtype} {qd.qname}]" }), \
	.summaries = RT_LINES( \
		{ "qr", 0, "DNS Qry[ \"{qd.qname}\"] " }, \
		{ .text = "DNS Ans[ \"{an.rdata}\"] " })

const struct rt_proto proto_dns = {
	.name = "DNS", .spec = "RFC 1035 section 4.1", RT_ROWS(udp_dns), .header = 12, .measure = measure_udp,
	.is_certain = true,
	SENTENCES,
	RT_LINKS({ "UDP", "dport", 53 }, { "UDP", "sport", 53 }, { "UDP", "dport", 5353 }, { "UDP", "sport", 5353 }),
};

const struct rt_proto proto_dns_tcp = {
	.name = "DNS", .spec = "RFC 1035 section 4.2.2", RT_ROWS(tcp_dns), .header = 14, .measure = measure_tcp,
	.names_at = 2, SENTENCES,
	RT_LINKS({ "TCP", "dport", 53 }, { "TCP", "sport", 53 }),
};

/* ---- LLMNR (RFC 4795 section 2.1.1): C, TC and T in place of AA, TC and RD ------------------------------------ */

static const struct rt_word llmnr_opcodes[] = { { 0, "QUERY" } };
static const struct rt_word llmnr_rcodes[] = { { 0, "ok" } };

static const struct rt_row llmnr_rows[] = {
	{ "id",      0, 16, RT_NUM },
	{ "qr",     16,  1, RT_NUM },
	{ "opcode", 17,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(llmnr_opcodes)) },
	{ "c",      21,  1, RT_NUM },
	{ "tc",     22,  1, RT_NUM },
	{ "t",      23,  1, RT_NUM },
	{ "z",      24,  4, RT_NUM },
	{ "rcode",  28,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(llmnr_rcodes)) },
	SECTIONS(0)
};

#define LLMNR(class, words, bit, sentence) { \
	.name = class, .title = words, .spec = "RFC 4795 section 2.1.1", RT_ROWS(llmnr_rows), .header = 12, \
	.measure = measure_udp, .lines = RT_LINES({ .text = sentence }), .summaries = RT_LINES( \
		{ "ancount", 0, class "[ who has '{qd.qname:s}']", .also = "UDP" }, \
		{ .text = class "[ '{an.rrname:s}' is at '{an.rdata:s}']", .also = "UDP" }), \
	RT_LINKS({ "UDP", "dport", 5355, "qr", bit }, { "UDP", "sport", 5355, "qr", bit }) }

const struct rt_proto proto_llmnr_query = LLMNR("LLMNRQuery", "Link Local Multicast Node Resolution - Query", 0,
                                                "LLMNR query[ {qd.qtype} {qd.qname}]");
const struct rt_proto proto_llmnr_response = LLMNR("LLMNRResponse", "Link Local Multicast Node Resolution - Response",
	1,
                                                   "LLMNR answer[ {qd.qtype} {qd.qname}][ {an.rdata}]");
