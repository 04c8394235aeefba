/* SPDX-License-Identifier: MIT */
/* test_decode.c - the layers of a packet and the values of its fields. Expected values are read from the bytes with the
 * RFC beside them (the comments of sample.c say which bytes are which layer), not from what ringtap prints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/ringtap.h>
#include "nest.h"
#include "sample.h"

/* ---- layers: sample or bytes ------------------------------------------------------------------------------ */

struct stack { const char *expected, *why; uint16_t link; const char *hex; };

#define SAMPLE NULL
#define ETHER  "020000000002020000000001"
#define IP4    "4500002800000000"               /* 40 bytes; ttl, proto and the rest follow */
#define ENDS   "0000c0a81022c0a81064"

static const struct stack stacks[] = {
	{ "Ether / IP / TCP", "syn", 1, SAMPLE },
	{ "Ether / IP / TCP / Raw", "data", 1, SAMPLE },
	{ "Ether / IPv6 / TCP", "tcp6", 1, SAMPLE },
	{ "Ether / IP / ICMP / Raw", "echo", 1, SAMPLE },
	{ "Ether / IP / UDP / DNS", "answer", 1, SAMPLE },
	{ "Ether / ARP / Padding", "is-at", 1, SAMPLE },
	{ "Ether / IP / ICMP / IPerror / UDPerror / Raw", "unreach", 1, SAMPLE },
	{ "Ether / IP / ICMP / IPerror / TCPerror", "redirect", 1, SAMPLE },
	{ "Ether / Dot1Q / IP / UDP / Raw", "vlan", 1, SAMPLE },
	{ "Ether / Dot1AD / Dot1Q / IPv6 / UDP / Raw", "qinq", 1, SAMPLE },
	{ "Ether / IP / UDP / Raw / Padding", "padded", 1, SAMPLE },
	{ "Ether / IP / Raw", "fragment", 1, SAMPLE },
	{ "Ether / IP / IP / UDP / Raw", "tunnel", 1, SAMPLE },
	{ "Ether / IPv6 / IPv6ExtHdrHopByHop / ICMPv6ND_NS / ICMPv6NDOptSrcLLAddr", "solicit", 1, SAMPLE },
	{ "Ether / IPv6 / ICMPv6ND_RA / ICMPv6NDOptPrefixInfo / ICMPv6NDOptMTU", "advert", 1, SAMPLE },
	{ "Ether / IPv6 / ICMPv6EchoRequest", "echo6", 1, SAMPLE },
	{ "Ether / IPv6 / IPv6ExtHdrRouting / IPv6ExtHdrFragment / Raw", "fragment6", 1, SAMPLE },
	{ "IP / UDP / Raw", "raw ip4", 101, SAMPLE },
	{ "IPv6 / TCP", "raw ip6", 101, SAMPLE },
	{ "CookedLinux / IP / TCP", "cooked", 113, SAMPLE },
	{ "CookedLinuxV2 / IPv6 / UDP / Raw", "cooked2", 276, SAMPLE },
	{ "", "an empty frame", 1, "" },
	{ "Raw", "a link type that nobody knows", 147, "4500" },
	{ "Raw", "less than a link header", 1, "02000000000202000000000108" },
	{ "Ether", "nothing behind it", 1, ETHER "0800" },
	{ "Raw", "raw IP of version 5", 101, "55000000" },
	{ "Dot3 / LLC", "802.3: a length, not a type", 1, ETHER "0003424203" },
	{ "Ether / IP / Raw", "IP: 8 of its 40 bytes (RFC 791: len is of the whole)", 1,
	  ETHER "0800" IP4 "4006" ENDS "0102030405060708" },
	{ "Ether / IP / TCP", "RFC 793: a data offset below 5 is 5", 1,
	  ETHER "0800" IP4 "4006" ENDS "00010002" "00000000" "00000000" "10020000" "00000000" },
	{ "Ether / IP / TCP / Raw", "len 0: segmentation offload, up to the end", 1,
	  ETHER "0800" "4500000000000000" "4006" ENDS "00010002" "00000000" "00000000" "50020000" "00000000" "6869" },
	{ "Ether / IP / ICMP / IPerror / TCPerror", "RFC 792: an error with 8 bytes of the culprit", 1,
	  ETHER "0800" "45000038" "00000000" "4001" ENDS "0b00000000000000"
	  "4500003c" "00000000" "0106" ENDS "abac1f46000004d2" },
	{ "Ether / IP / UDP / Raw", "port 53 with less than a message", 1,
	  ETHER "0800" "4500001f" "00000000" "4011" ENDS "00351000000b0000" "010203" },
	{ "Ether / IP / TCP / DNS", "RFC 1035 4.2.2: a message behind its length", 1,
	  ETHER "0800" "45000036" "00000000" "4006" ENDS "00350400" "00000000" "00000000" "50180000" "00000000"
	  "000c" "000180000000000000000000" },
	{ "Ether / IP / TCP / Raw", "... and a part of one is data", 1,
	  ETHER "0800" "45000036" "00000000" "4006" ENDS "00350400" "00000000" "00000000" "50180000" "00000000"
	  "00ff" "000180000000000000000000" },
	{ "Ether / IPv6 / ICMPv6DestUnreach / IPerror6 / UDPerror", "RFC 4443 3.1", 1,
	  ETHER "86dd" "60000000" "00383aff" "00000000000000000000000000000001" "00000000000000000000000000000002"
	  "0104000000000000"
	  "60000000" "00081140" "00000000000000000000000000000002" "00000000000000000000000000000001"
	  "0001000200080000" },
	{ "Ether / IPv6 / ICMPv6TimeExceeded / IPerror6 / IPv6ExtHdrFragment / UDP", "RFC 4443 3.3: of a fragment", 1,
	  ETHER "86dd" "60000000" "00403aff" "00000000000000000000000000000001" "00000000000000000000000000000002"
	  "0301000000000000"
	  "60000000" "00102c40" "00000000000000000000000000000002" "00000000000000000000000000000001"
	  "1100000100000007" "0001000200080000" },
	{ "Ether / IPv6 / ICMPv6Unknown", "an ICMPv6 type without rows", 1,
	  ETHER "86dd" "60000000" "00083aff" "00000000000000000000000000000001" "00000000000000000000000000000002"
	  "c800000000000000" },
	{ "Ether / IPv6 / ICMPv6ND_RA / ICMPv6NDOptRDNSS", "RFC 8106 5.1", 1,
	  ETHER "86dd" "60000000" "00283aff" "fe800000000000000000000000000001" "ff020000000000000000000000000001"
	  "8600000000000000" "0000000000000000" "1903000000000258" "20010db8000000000000000000000053" },
};

static void test_stack(void **state)
{
	const struct stack *stack = *state;
	const struct sample sample = { stack->why, stack->link, stack->hex };
	struct sampled sampled;
	uint8_t bytes[SAMPLE_MAX];
	if (stack->hex) {
		uint32_t size = (uint32_t)sample_bytes(&sample, bytes);
		sample_make(&sampled, stack->link, bytes, size, size);
	} else {
		sample_get(&sampled, stack->why);
	}
	check_nesting(&sampled.packet);
	assert_string_equal(stack->expected, layer_names(&sampled.packet));
}

/* ---- fields ----------------------------------------------------------------------------------------------- */

struct field { const char *expected, *sample, *layer, *field; };

#define ABSENT ""

static const struct field fields[] = {
	{ "02:00:00:00:00:02", "syn", "Ether", "dst" },
	{ "2048", "syn", "Ether", "type" },
	{ "4", "syn", "IP", "version" },
	{ "5", "syn", "IP", "ihl" },
	{ "60", "syn", "IP", "len" },
	{ "4660", "syn", "IP", "id" },
	{ "DF", "syn", "IP", "flags" },
	{ "0", "syn", "IP", "frag" },
	{ "64", "syn", "IP", "ttl" },
	{ "34481", "syn", "IP", "chksum" },                  /* 86b1 */
	{ "192.168.16.100", "syn", "IP", "dst" },
	{ "[]", "syn", "IP", "options" },
	{ "43948", "syn", "TCP", "sport" },
	{ "1234", "syn", "TCP", "seq" },
	{ "10", "syn", "TCP", "dataofs" },
	{ "S", "syn", "TCP", "flags" },
	{ "[[\"MSS\",1460],[\"SAckOK\",\"\"],[\"Timestamp\",[1,2]],[\"NOP\",null],[\"WScale\",7]]",
	  "syn", "TCP", "options" },
	{ ABSENT, "syn", "UDP", "sport" },
	{ ABSENT, "syn", "IP", "nothing" },
	{ "184", "tcp6", "IPv6", "tc" },                     /* 6b8 12345 */
	{ "74565", "tcp6", "IPv6", "fl" },
	{ "2001:db8::2", "tcp6", "IPv6", "dst" },
	{ "MF", "fragment", "IP", "flags" },
	{ "185", "fragment", "IP", "frag" },                 /* 20b9 */
	{ "6", "echo", "ICMP", "id" },
	{ ABSENT, "echo", "ICMP", "gw" },
	{ "192.168.16.2", "redirect", "ICMP", "gw" },
	{ "45296789", "timestamp", "ICMP", "ts_ori" },       /* 02b32c95 */
	{ "0", "timestamp", "ICMP", "ts_rx" },
	{ "10.9.8.7", "unreach", "IPerror", "dst" },
	{ "33434", "unreach", "UDPerror", "dport" },
	{ "3", "vlan", "Dot1Q", "prio" },                    /* 6005 */
	{ "5", "vlan", "Dot1Q", "vlan" },
	{ "4094", "qinq", "Dot1Q", "vlan" },
	{ "2", "is-at", "ARP", "op" },
	{ "02:00:00:00:00:01", "is-at", "ARP", "hwsrc" },
	{ "192.168.16.1", "is-at", "ARP", "pdst" },
	{ "000000000000000000000000000000000000", "is-at", "Padding", "load" },
	{ "74", "syn", "frame", "len" },
	{ "1", "answer", "DNS", "qr" },
	{ "2", "answer", "DNS", "ancount" },
	{ "64", "advert", "ICMPv6NDOptPrefixInfo", "prefixlen" },
	{ "2001:db8::", "advert", "ICMPv6NDOptPrefixInfo", "prefix" },
	{ "1500", "advert", "ICMPv6NDOptMTU", "mtu" },
	{ "1", "fragment6", "IPv6ExtHdrRouting", "segleft" },        /* 2c 02 00 01 */
	{ "[\"2001:db8::9\"]", "fragment6", "IPv6ExtHdrRouting", "addresses" },
	{ "3", "fragment6", "IPv6ExtHdrFragment", "offset" },        /* 0019: 3, more */
	{ "1", "fragment6", "IPv6ExtHdrFragment", "m" },
	{ "616263", "echo6", "ICMPv6EchoRequest", "data" },
	{ "0200000000010000", "cooked2", "CookedLinuxV2", "src" },
	{ "2", "cooked2", "CookedLinuxV2", "ifindex" },
	{ "1700000000.000035", "syn", "frame", "time" },
	{ "eth0", "syn", "frame", "iface" },
};

static void test_field(void **state)
{
	const struct field *field = *state;
	struct sampled sampled;
	char text[256];
	sample_get(&sampled, field->sample);
	assert_int_equal(rt_get_text(&sampled.packet, field->layer, field->field, text, sizeof text),
	                 strlen(field->expected));
	assert_string_equal(field->expected, text);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(stacks) + RT_COUNT(fields)];
	static char names[RT_COUNT(fields)][64];
	size_t count = 0;
	for (size_t i = 0; i < RT_COUNT(stacks); i++)
		tests[count++] = (struct CMUnitTest){ stacks[i].why, test_stack, NULL, NULL,
		                                      (void *)(uintptr_t)&stacks[i] };
	for (size_t i = 0; i < RT_COUNT(fields); i++) {
		struct rt_text name;
		rt_text_init(&name, names[i], sizeof names[i] - 1, -1);
		rt_put_format(&name, "%s %s.%s", fields[i].sample, fields[i].layer, fields[i].field);
		tests[count++] = (struct CMUnitTest){ names[i], test_field, NULL, NULL, (void *)(uintptr_t)&fields[i] };
	}
	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
