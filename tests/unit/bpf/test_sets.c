/* SPDX-License-Identifier: MIT */
/* test_sets.c - a set is what its items joined by "or" are: the same verdicts on every test packet, in both meanings,
 * from the tree, the machine and the kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "expressions.h"

static const struct { const char *set, *list; } rows[] = {
	{ "host {10.0.0.1}", "host 10.0.0.1" },
	{ "host {10.0.0.1, 192.168.16.0/24, 2001:db8::/32}", "host 10.0.0.1 or net 192.168.16.0/24 or net 2001:db8::/32" },
	{ "src host {10.0.0.2, fe80::1}", "src host 10.0.0.2 or src host fe80::1" },
	{ "net {10, 172.16.0.0/12, 2001:db8::2/128}", "net 10 or net 172.16.0.0/12 or host 2001:db8::2" },
	{ "src and dst host {10.0.0.1, 10.0.0.2}",
	  "(src 10.0.0.1 or src 10.0.0.2) and (dst 10.0.0.1 or dst 10.0.0.2)" },
	{ "host {10.0.0.1, 10.0.0.2, 10.0.0.53, 192.168.16.34, 172.16.0.1, 224.0.0.251, 10.0.0.99}",
	  "host 10.0.0.1 or (host 10.0.0.2) or (host 10.0.0.53) or (host 192.168.16.34) or (host 172.16.0.1) or "
	  "(host 224.0.0.251) or (host 10.0.0.99)" },
	{ "port {80, 443, 5000-6000}", "port 80 or port 443 or portrange 5000-6000" },
	{ "tcp dst port {22, http}", "tcp dst port 22 or tcp dst port 80" },
	{ "udp port {53} or {5353}", "udp port 53 or udp port 5353" },
	{ "not port {80, 53}", "not (port 80 or port 53)" },
	{ "ip proto {6, \\udp}", "ip proto 6 or ip proto 17" },
	{ "host {::/0, 10.0.0.1}", "ip6 or host 10.0.0.1" },
	{ "net {0.0.0.0/0, 10.0.0.0/8}", "net 0.0.0.0/0" },
	/* behind all that can stand in front of one address */
	{ "ip host {10.0.0.1, 10.0.0.2}", "ip host 10.0.0.1 or ip host 10.0.0.2" },
	{ "ip src {10.0.0.1, 192.168.16.0/24}", "ip src host 10.0.0.1 or ip src net 192.168.16.0/24" },
	{ "arp host {10.0.0.1, 10.0.0.2}", "arp host 10.0.0.1 or arp host 10.0.0.2" },
	{ "rarp dst {10.0.0.99, 10.0.0.2}", "rarp dst 10.0.0.99 or rarp dst 10.0.0.2" },
	{ "ip6 src host {2001:db8::1, fe80::/10}", "ip6 src host 2001:db8::1 or ip6 src net fe80::/10" },
	{ "src or dst host {10.0.0.2, 2001:db8::2}", "src or dst host 10.0.0.2 or src or dst host 2001:db8::2" },
	{ "ip net {10.0.0.0/30, 192.168}", "ip net 10.0.0.0/30 or ip net 192.168" },
	{ "ip6 net {2001:db8::/64, fe80::/10}", "ip6 net 2001:db8::/64 or ip6 net fe80::/10" },
	{ "dst net {10.0.0.0/24, 224.0.0.0/4, ff00::/8}", "dst net 10.0.0.0/24 or dst net 224.0.0.0/4 or dst net ff00::/8" },
	{ "src and dst net {10, 2001:db8::/32}", "src and dst net 10 or src and dst net 2001:db8::/32" },
	{ "net {10.0.0.1 mask 255.0.0.255, 192.168.16.0/24}", "net 10.0.0.1 mask 255.0.0.255 or net 192.168.16.0/24" },
	{ "net {10.0.0.0 mask 255.0.0.0}", "net 10.0.0.0/8" },
	{ "ether host {02:00:00:00:00:01, ff:ff:ff:ff:ff:ff}", "ether host 02:00:00:00:00:01 or ether broadcast" },
	{ "ether src {02:00:00:00:00:02, 02:00:00:00:00:03}", "ether src 02:00:00:00:00:02 or ether src 02:00:00:00:00:03" },
	{ "ether src and dst host {02:00:00:00:00:01, 02:00:00:00:00:02}",
	  "(ether src 02:00:00:00:00:01 or ether src 02:00:00:00:00:02) and "
	  "(ether dst 02:00:00:00:00:01 or ether dst 02:00:00:00:00:02)" },
	/* ... and one port */
	{ "src port {53, 80}", "src port 53 or src port 80" },
	{ "src or dst port {443}", "src or dst port 443" },
	{ "src and dst port {53, 5353}", "(src port 53 or src port 5353) and (dst port 53 or dst port 5353)" },
	{ "sctp port {80, 1-9}", "sctp port 80 or sctp portrange 1-9" },
	{ "udp dst portrange {5000-6000, 53}", "udp dst portrange 5000-6000 or udp dst port 53" },
	{ "port {domain, 1-1023}", "portrange 1-1023" },
	/* ... and one number */
	{ "proto {6, 17, \\tcp, icmp}", "proto 6 or proto 17 or proto 1" },
	{ "ip6 proto {58, 0, 44}", "ip6 proto 58 or ip6 proto 0 or ip6 proto 44" },
	{ "ether proto {0x800, \\arp, 0x88b5}", "ether proto 0x800 or ether proto 0x806 or ether proto 0x88b5" },
	{ "not proto {6, 17}", "not proto 6 and not proto 17" },
	/* what stands in front is carried over, from a set and to one */
	{ "port {80} or 443", "port 80 or port 443" },
	{ "port 80 or {443, 53}", "port 80 or port 443 or port 53" },
	{ "host {10.0.0.1} or 10.0.0.2", "host 10.0.0.1 or host 10.0.0.2" },
	{ "src net {10} or 192.168", "src net 10 or src net 192.168" },
	{ "tcp port ({22} or {80, 443})", "tcp port 22 or tcp port 80 or tcp port 443" },
	{ "src {10.0.0.1} and not {10.0.0.2} or 10.0.0.53", "src 10.0.0.1 and not src 10.0.0.2 or src 10.0.0.53" },
	{ "(host {10.0.0.1, 10.0.0.2} and port {53, 80}) or 443",
	  "((host 10.0.0.1 or host 10.0.0.2) and (port 53 or port 80)) or port 443" },
};

static const unsigned links[] = { RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL, RT_LINK_SLL2 };

/* `misfits` counts link types that have no such thing; then both are refused. */
static unsigned check(const char *set_text, const char *list_text, unsigned link, bool is_pcap, unsigned *misfits)
{
	struct judges set, list;
	struct kernel kernel;
	unsigned wrong = 0, refused = 0;
	const int rc = judges_open(&set, set_text, link, is_pcap), list_rc = judges_open(&list, list_text, link, is_pcap);
	assert_int_equal(rc, list_rc);
	*misfits += rc < 0;
	if (rc < 0)
		return 0;
	struct packet_set packets = packets_make(link);
	assert_int_equal(kernel_open(&kernel), 0);
	for (size_t i = 0; i < packets.count; i++) {
		const struct test_packet *p = &packets.packets[i];
		if (!p->is_whole || (rt_filter_run(set.best, p->bytes, p->size, p->size) != 0) ==
		                    (rt_filter_run(list.best, p->bytes, p->size, p->size) != 0))
			continue;
		packets_report("set and list differ", set_text, link, p);
		wrong++;
	}
	wrong += !judges_agree(&set, set_text, &packets, 0);
	wrong += !judges_kernel(&set, &kernel, set_text, &packets, 5, link, &refused) || refused;
	kernel_close(&kernel);
	packets_free(&packets);
	judges_close(&set);
	judges_close(&list);
	return wrong;
}

static void test_row(void **state)
{
	const size_t row = *(const size_t *)*state;
	unsigned wrong = 0, misfits = 0;
	for (size_t i = 0; i < 2 * RT_COUNT(links); i++)
		wrong += check(rows[row].set, rows[row].list, links[i / 2], i % 2, &misfits);
	assert_int_equal(wrong, 0);
	assert_true(misfits < 2 * RT_COUNT(links));
}

/* For libpcap a second `vlan` would look behind the first; a set of them is one. */
static void test_vlan(void **state)
{
	static const struct { const char *set, *list, *pcap; } vlans[] = {
		{ "vlan {5, 100}", "vlan 5 or vlan 100", "vlan and (ether[14:2] & 0xfff = 5 or ether[14:2] & 0xfff = 100)" },
		{ "vlan {5}", "vlan 5", "vlan 5" },
		{ "vlan {4-6, 99-101}", "vlan 5 or vlan 6 or vlan 100",
		  "vlan and (ether[14:2] & 0xfff = 5 or ether[14:2] & 0xfff = 6 or ether[14:2] & 0xfff = 100)" },
		{ "vlan {0-4095}", "vlan", "vlan" },
		{ "vlan {6-5} and tcp", "(vlan 5 or vlan 6) and tcp",
		  "vlan and (ether[14:2] & 0xfff = 5 or ether[14:2] & 0xfff = 6) and tcp" },
		{ "vlan {100} and vlan {5, 7}", "vlan 100 and vlan 5", "vlan 100 and vlan 5" },
		{ "not vlan {5, 6}", "not (vlan 5 or vlan 6)",
		  "not (vlan and (ether[14:2] & 0xfff = 5 or ether[14:2] & 0xfff = 6))" },
	};
	unsigned wrong = 0, misfits = 0;
	(void)state;
	for (size_t i = 0; i < RT_COUNT(vlans); i++) {
		wrong += check(vlans[i].set, vlans[i].list, RT_LINK_ETHER, false, &misfits);
		wrong += check(vlans[i].set, vlans[i].list, RT_LINK_SLL, false, &misfits);
		wrong += check(vlans[i].set, vlans[i].pcap, RT_LINK_ETHER, true, &misfits);
	}
	assert_int_equal(wrong, 0);
	assert_int_equal(misfits, 0);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 1];
	static size_t numbers[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		numbers[i] = i;
		tests[i] = (struct CMUnitTest){ rows[i].set, test_row, NULL, NULL, &numbers[i] };
	}
	tests[RT_COUNT(rows)] = (struct CMUnitTest)cmocka_unit_test(test_vlan);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
