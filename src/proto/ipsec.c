/* SPDX-License-Identifier: MIT */
/* ipsec.c - the headers of IPsec: ESP (RFC 4303 section 2), also in UDP (RFC 3948), and AH (RFC 4302 section 2). What
 * ESP carries is encrypted and stays bytes. In UDP, zeros where ESP has its SPI mean that IKE follows, and a lone byte
 * ff keeps a NAT's mapping alive. */
#include <ringtap/dissect.h>
#include "list.h"
#include "words.h"

static const struct rt_row esp_rows[] = {
	{ "spi",   0, 32, RT_HEX, .init = 1 },
	{ "seq",  32, 32, RT_NUM },
	{ "data", 64,  0, RT_XBYTES },
};
static const struct rt_row alive_rows[] = { { "nat_keepalive", 0, 8, RT_HEX, .init = 0xff } };
static const struct rt_row ah_rows[] = {
	{ "nh",          0,  8, RT_ENUM, RT_FILL_NEXT, .names = &ip_protocols },
	{ "payloadlen",  8,  8, RT_NUM },
	{ "reserved",   16, 16, RT_NUM },
	{ "spi",        32, 32, RT_HEX, .init = 1 },
	{ "seq",        64, 32, RT_NUM },
	{ "icv",        96,  0, RT_XBYTES, RT_COUNTED(4, 4, -4) },
};

static uint32_t measure_esp(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return rt_be32(frame->data + at) ? end - at : 0;
}

static uint32_t measure_alive(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	bool is_cut = end == frame->caplen && frame->caplen < frame->len;
	return end - at == 1 && !is_cut && frame->data[at] == 0xff;
}

const struct rt_proto proto_nat_alive = {
	.name = "NAT_KEEPALIVE", .spec = "RFC 3948 section 2.3", RT_ROWS(alive_rows), .header = 1,
	.measure = measure_alive, .lines = RT_LINES({ .text = "NAT keepalive" }),
	RT_LINKS({ "UDP", "dport", 4500 }, { "UDP", "sport", 4500 }),
};

const struct rt_proto proto_esp = {
	.name = "ESP", .spec = "RFC 4303 section 2", RT_ROWS(esp_rows), .header = 8, .measure = measure_esp,
	.is_carrier = true, .data_at = 8, .lines = RT_LINES({ .text = "ESP spi {spi:x}|, seq {seq}" }),
	RT_LINKS({ "IP", "proto", 50 }, { "IPv6", "nh", 50 }, { "UDP", "dport", 4500 }, { "UDP", "sport", 4500 }),
};

/* What follows AH is numbered as what follows the header around it. */
#define AH(parent, row) { \
	.name = "AH", .spec = "RFC 4302 section 2", RT_ROWS(ah_rows), .header = 12, .is_flow = true, \
	.next = { "nh" }, .next_as = (parent), .is_carrier = true, \
	.lines = RT_LINES({ .text = "AH spi {spi:x}|, seq {seq}" }), RT_LINKS({ (parent), (row), 51 }) }

const struct rt_proto proto_ah4 = AH("IP", "proto");
const struct rt_proto proto_ah6 = AH("IPv6", "nh");
