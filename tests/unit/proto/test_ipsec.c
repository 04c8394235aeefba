/* SPDX-License-Identifier: MIT */
/* test_ipsec.c - ESP and AH. The bytes are laid out by RFC 4303 section 2, RFC 4302 section 2 and RFC 3948; tshark
 * 4.0.17 reads the same. */
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, proto) "4500" len "00010000" "40" proto "0000" "0a000001" "0a000002"
#define OUTER6(len, nh) "60000000" len nh "40" "20010db8000000000000000000000001" "20010db8000000000000000000000002"
#define UDP "03e807d000080000"
#define AH(nh) nh "040000" "c0ffee00" "00000007" "000102030405060708090a0b"
#define HOSTS "10.0.0.1 -> 10.0.0.2 TTL: 64, "

static const struct dissected_packet packets[] = {
	{ { "esp", V4, OUTER("0024", "32") "c0ffee00" "00000007" "0123456789abcdef" }, "IP / ESP",
	  HOSTS "ESP spi 0xc0ffee00, seq 7, Len: 8" },
	{ { "esp in IPv6", RT_LINK_IPV6, OUTER6("0010", "32") "c0ffee00" "00000007" "0123456789abcdef" }, "IPv6 / ESP",
	  "2001:db8::1 -> 2001:db8::2 HLIM: 64, ESP spi 0xc0ffee00, seq 7, Len: 8" },
	{ { "esp in UDP", V4, OUTER("002c", "11") "1194119400180000" "c0ffee00" "00000007" "0123456789abcdef" },
	  "IP / UDP / ESP", "10.0.0.1:4500 -> 10.0.0.2:4500 TTL: 64, ESP spi 0xc0ffee00, seq 7, Len: 8" },
	{ { "no esp", V4, OUTER("0028", "11") "1194119400140000" "00000000" "00000007" "01234567" },
	  "IP / UDP / Raw", "10.0.0.1:4500 -> 10.0.0.2:4500 TTL: 64, UDP, Len: 12",
	  .is_doubtful = true },
	{ { "alive", V4, OUTER("001d", "11") "1194119400090000" "ff" }, "IP / UDP / NAT_KEEPALIVE",
	  "10.0.0.1:4500 -> 10.0.0.2:4500 TTL: 64, NAT keepalive, Len: 1" },
	{ { "ah", V4, OUTER("0034", "33") AH("11") UDP }, "IP / AH / UDP",
	  "10.0.0.1:1000 -> 10.0.0.2:2000 TTL: 64, AH spi 0xc0ffee00, seq 7, UDP, Len: 0" },
	{ { "ah and esp", V4, OUTER("0034", "33") AH("32") "c0ffee01" "00000008" }, "IP / AH / ESP",
	  HOSTS "AH spi 0xc0ffee00, seq 7, ESP spi 0xc0ffee01, seq 8, Len: 0" },
	{ { "ah in IPv6", RT_LINK_IPV6, OUTER6("0020", "33") AH("3a") "8000000000010002" },
	  "IPv6 / AH / ICMPv6EchoRequest",
	  "2001:db8::1 -> 2001:db8::2 HLIM: 64, AH spi 0xc0ffee00, seq 7, ICMPv6 Echo Request id 1 seq 2, Len: 0" },
};

static const struct dissected_field fields[] = {
	{ "3237998080", "esp", "ESP", "spi" },               /* c0ffee00 */
	{ "7", "esp", "ESP", "seq" },
	{ "0123456789abcdef", "esp", "ESP", "data" },
	{ "255", "alive", "NAT_KEEPALIVE", "nat_keepalive" },
	{ "17", "ah", "AH", "nh" },
	{ "4", "ah", "AH", "payloadlen" },
	{ "3237998080", "ah", "AH", "spi" },
	{ "000102030405060708090a0b", "ah", "AH", "icv" },   /* 4 + 2 words, less three */
	{ "58", "ah in IPv6", "AH", "nh" },
};

DISSECTED_MAIN("ipsec", packets, fields)
