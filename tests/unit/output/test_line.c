/* SPDX-License-Identifier: MIT */
/* test_line.c - the default line, as CLI.md words it, for one packet of every kind, whole and cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

#define ALL UINT32_MAX
#define LONG  { .stamp = RT_STAMP_NONE }
#define SHORT { .stamp = RT_STAMP_NONE, .is_short = true }
#define LINK  { .stamp = RT_STAMP_NONE, .show_link = true }
#define HOSTS "192.168.16.34 -> 192.168.16.100"
#define FLOW  "192.168.16.34:43948 -> 192.168.16.100:8006"
#define UDP4  "192.168.16.34:1000 -> 192.168.16.100:2000"

struct row { const char *expected, *sample; uint32_t caplen; struct rt_output_options options; };

static const struct row rows[] = {
	{ FLOW " TTL: 64, Flags: S, Seq: 1234, Ack: 0, Win: 64240, Len: 0", "syn", ALL, LONG },
	{ FLOW " TTL: 64, Flags: S", "syn", ALL, SHORT },
	{ "02:00:00:00:00:01 -> 02:00:00:00:00:02 " FLOW " TTL: 64, Flags: S, Seq: 1234, Ack: 0, Win: 64240,"
	  " Len: 0",
	  "syn", ALL, LINK },
	{ "192.168.16.34:43948 -> 192.168.16.100:80 TTL: 64, Flags: FPA, Seq: 4294967295, Ack: 4000000000, "
	  "Win: 1, "
	  "Len: 12", "data", ALL, LONG },
	{ "[2001:db8::1]:443 -> [2001:db8::2]:51514 HLIM: 64, Flags: SA, Seq: 7, Ack: 8, Win: 9, Len: 0",
	  "tcp6", ALL, LONG },
	{ "[2001:db8::1]:443 -> [2001:db8::2]:51514 HLIM: 64, Flags: SA", "tcp6", ALL, SHORT },
	{ "192.168.16.34 -> 216.58.204.238 TTL: 64, ICMP echo-request id 6 seq 1, Len: 56", "echo", ALL,
	  LONG },
	{ "192.168.16.34 -> 216.58.204.238 TTL: 64, ICMP echo-request", "echo", ALL, SHORT },
	{ "192.168.16.34:5353 -> 224.0.0.251:5353 TTL: 255, DNS query A example.local, Len: 31", "mdns", ALL,
	  LONG },
	{ "9.9.9.9:53 -> 192.168.16.34:3333 TTL: 64, DNS answer A www.example.com example.com, Len: 111",
	  "answer", ALL,
	  LONG },
	{ "[2001:db8::1]:53 -> [2001:db8::2]:3333 HLIM: 64, DNS answer name-error AAAA no.example, Len: 28",
	  "nxdomain", ALL,
	  LONG },
	{ "ARP who-has 192.168.16.1 tell 192.168.16.34", "who-has", ALL, LONG },
	{ "ARP who-has 192.168.16.1 tell 192.168.16.34", "who-has", ALL, SHORT },
	{ "ARP 192.168.16.34 is-at 02:00:00:00:00:01", "is-at", ALL, LONG },
	{ "192.168.16.1 -> 192.168.16.34 TTL: 64, ICMP dest-unreach port-unreachable, 192.168.16.34 -> "
	  "10.9.8.7, Len: 29",
	  "unreach", ALL, LONG },
	{ "192.168.16.1 -> 192.168.16.34 TTL: 64, ICMP redirect host-redirect to 192.168.16.2, Len: 40",
	  "redirect", ALL,
	  LONG },
	{ "vlan 5 " UDP4 " TTL: 64, UDP, Len: 5", "vlan", ALL, LONG },
	{ "vlan 5 " UDP4 " TTL: 64, UDP", "vlan", ALL, SHORT },
	{ "vlan 100 vlan 4094 [2001:db8::1]:1000 -> [2001:db8::2]:2000 HLIM: 1, UDP, Len: 3", "qinq", ALL,
	  LONG },
	{ UDP4 " TTL: 64, UDP, Len: 1", "padded", ALL, LONG },
	{ HOSTS " TTL: 64, udp fragment at 185, Len: 16", "fragment", ALL, LONG },
	{ "192.168.16.34:1 -> 192.168.16.100:2 TTL: 64, UDP, Len: 0", "options", ALL, LONG },
	{ "10.0.0.1:1000 -> 10.0.0.2:2000 TTL: 9, UDP, Len: 2", "tunnel", ALL, LONG },
	{ "fe80::1 -> ff02::1 HLIM: 255, ICMPv6 Neighbor Solicitation who has fe80::3, Len: 8", "solicit",
	  ALL, LONG },
	{ "2001:db8::1 -> 2001:db8::2 HLIM: 64, ICMPv6 Echo Request id 3 seq 4, Len: 3", "echo6", ALL, LONG },
	{ "2001:db8::2 -> 2001:db8::1 HLIM: 64, ICMPv6 Destination unreachable: Port unreachable, "
	  "2001:db8::1 -> 2001:db8::9, Len: 48", "unreach6", ALL, LONG },
	{ "2001:db8::2 -> 2001:db8::1 HLIM: 64, ICMPv6 Destination unreachable: Port unreachable", "unreach6", ALL,
	  SHORT },
	{ "vlan 5 02:00:00:00:00:01 -> 02:00:00:00:00:02 type 0x88b5, Len: 5", "tagged", ALL, LONG },
	{ "fe80::1 -> ff02::1 HLIM: 255, ICMPv6 Router Advertisement lifetime 1800, Len: 40", "resolver", ALL, LONG },
	{ "192.168.16.34:53 -> 192.168.16.100:1024 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 8192, "
	  "DNS answer MX example.org, Len: 62", "mail", ALL, LONG },
	{ "192.168.16.34 -> 224.0.0.22 TTL: 1, IGMP Version 2 - Membership Report 224.0.0.5, Len: 8", "igmp", ALL, LONG },
	{ "02:00:00:00:00:01 -> 02:00:00:00:00:02 type 0x88b5, Len: 16", "unknown", ALL, LONG },
	{ UDP4 " TTL: 64, UDP, Len: 3", "raw ip4", ALL, LONG },
	{ "[2001:db8::1]:1 -> [2001:db8::2]:2 HLIM: 64, Flags: S, Seq: 0, Ack: 0, Win: 8192, Len: 0",
	  "raw ip6", ALL, LONG },
	{ "192.168.16.34:22 -> 192.168.16.100:40000 TTL: 64, Flags: R, Seq: 0, Ack: 0, Win: 8192, Len: 0",
	  "cooked", ALL,
	  LONG },
	{ "[2001:db8::1]:1000 -> [2001:db8::2]:2000 HLIM: 64, UDP, Len: 3", "cooked2", ALL, LONG },
	/* what the network said (len) counts, not what was captured */
	{ "192.168.16.34 -> 216.58.204.238 TTL: 64, ICMP echo-request id 6 seq 1, Len: 56", "echo",
	  14 + 20 + 8, LONG },
	{ FLOW " TTL: 64, Flags: S, Seq: 1234, Ack: 0, Win: 64240, Len: 0 [TCP: 40 bytes needed, 20 "
	  "captured]", "syn",
	  14 + 20 + 20, LONG },
	{ HOSTS " TTL: 64, proto tcp, Len: 40 [TCP: 20 bytes needed, 6 captured]", "syn", 14 + 20 + 6, LONG },
	{ "02:00:00:00:00:01 -> 02:00:00:00:00:02 type IPv4, Len: 60 [IP: 20 bytes needed, 19 captured]",
	  "syn", 14 + 19,
	  LONG },
	/* escape sequences, line feeds and broken UTF-8 in a name */
	{ "192.168.16.34:1024 -> 192.168.16.100:53 TTL: 64, DNS query A "
	  "\\x1b[31m\\x0a\"\\x5c\\xff<&\\xc3\\xa9{\\x07, Len: 33",
	  "evil name", ALL, LONG },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct sampled sampled;
	char expected[512];
	size_t size;
	sample_get(&sampled, row->sample);
	if (row->caplen < sampled.frame.caplen)
		sampled.frame.caplen = row->caplen;
	char *text = printed(&row->options, &sampled.frame, 1, &size);
	assert_true(strlen(row->expected) + 2 <= sizeof expected);
	*stpcpy(stpcpy(expected, row->expected), "\n") = '\0';
	assert_string_equal(expected, text);
	free(text);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].expected, .test_func = test_row,
		                                .initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
