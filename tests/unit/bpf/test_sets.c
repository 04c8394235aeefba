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
};

static const unsigned links[] = { RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL, RT_LINK_SLL2 };

static unsigned check(const char *set_text, const char *list_text, unsigned link, bool is_pcap)
{
	struct judges set, list;
	struct kernel kernel;
	unsigned wrong = 0, refused = 0;
	struct packet_set packets = packets_make(link);
	assert_int_equal(judges_open(&set, set_text, link, is_pcap), 0);
	assert_int_equal(judges_open(&list, list_text, link, is_pcap), 0);
	assert_int_equal(kernel_open(&kernel), 0);
	for (size_t i = 0; i < packets.count; i++) {
		const struct test_packet *p = &packets.packets[i];
		if (!p->is_whole || (rt_filter_run(set.best, p->bytes, p->size, p->size) != 0) ==
		                    (rt_filter_run(list.best, p->bytes, p->size, p->size) != 0))
			continue;
		judges_report("set and list differ", set_text, link, p);
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
	unsigned wrong = 0;
	for (size_t i = 0; i < 2 * RT_COUNT(links); i++)
		wrong += check(rows[row].set, rows[row].list, links[i / 2], i % 2);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows)];
	static size_t numbers[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		numbers[i] = i;
		tests[i] = (struct CMUnitTest){ rows[i].set, test_row, NULL, NULL, &numbers[i] };
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
