// SPDX-License-Identifier: MIT
/* test_tunnels.c - the default meaning of words that lead into a packet in a packet: mpls, pppoes, geneve, vxlan; and of
 * protochain and 802.2. Each row says which of all bodies match, however Ethernet carries them. What is in a body, tshark
 * has said (test_packets.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "expressions.h"

/* `matches`: patterns of packets_fit. */
static const struct row { const char *matches, *text; } rows[] = {
	/* labels: the words behind `mpls` stand behind the last label that is named */
	{ "mpls mpls-* mpls2-* mpls3-*", "mpls" },
	{ "mpls-ip6 mpls2-ip4 mpls3-ip4", "mpls 100000" },
	{ "mpls mpls-ip6 mpls-udp4", "mpls and (ip or ip6)" },
	{ "mpls", "mpls and tcp port 80" },
	{ "mpls-ip6 mpls-udp4", "mpls and udp" },
	{ "mpls-ip6", "mpls and ip6 and udp port 53" },
	{ "mpls-ip6", "mpls and src host 2001:db8::1" },
	{ "mpls2-* mpls3-*", "mpls and mpls" },
	{ "mpls2-ip4", "mpls 100000 and mpls and tcp" },
	{ "mpls3-ip4", "mpls and mpls and mpls 100 and ip" },
	{ "mpls mpls-* mpls2-* mpls3-* arp-re*", "mpls or arp" },
	{ "mpls mpls-* mpls2-* mpls3-* arp-re*", "arp or mpls" },
	/* sessions of PPPoE */
	{ "pppoe pppoes-*", "pppoes" },
	{ "pppoes-ip*", "pppoes 39" },
	{ "pppoed-*", "pppoed" },
	{ "pppoes-ip4", "pppoes and tcp port 80" },
	{ "pppoes-ip4", "pppoes 39 and host 10.0.0.1" },
	{ "pppoes-ip6", "pppoes and ip6 and udp port 53" },
	{ "pppoe pppoes-ip6", "pppoes and udp" },
	{ "pppoes-mpls", "pppoes and mpls and tcp" },
	{ "pppoes-ip4", "pppoes and ip[8] = 64 and tcp[13] = 2" },
	{ "pppoes-lcp", "pppoes and not (ip or ip6 or mpls)" },
	/* what is joined by `or`, or stands outside of the parentheses, does not look into the tunnel */
	{ "pppoes-ip4 arp-re*", "pppoes and tcp or arp" },
	{ "pppoes-ip4 arp-re*", "arp or (pppoes and tcp)" },
	{ "pppoes-ip4 igmp4", "(pppoes and tcp) or igmp" },
	{ "*", "not (pppoes and tcp and udp)" },
	/* geneve and vxlan: version 0 and the port of the destination tell */
	{ "geneve4-* geneve6-* !geneve4-v1 !geneve4-src", "geneve" },
	{ "geneve4-options", "geneve 12" },
	{ "geneve6-ip4", "geneve 13" },
	{ "geneve4-ether4 geneve4-ip4 geneve4-options geneve4-first geneve6-ether4 geneve6-ip4 geneve6-options",
	  "geneve and tcp port 80" },
	{ "geneve4-ip6 geneve6-ether6", "geneve and ip6 and udp port 53" },
	{ "geneve4-arp", "geneve and arp" },
	{ "geneve4-vlan", "geneve and vlan 5 and tcp" },
	{ "geneve4-mpls", "geneve and mpls and ip" },
	{ "geneve4-ether4 geneve4-options geneve4-arp geneve4-vlan geneve4-llc geneve6-ether4 geneve6-ether6",
	  "geneve and ether host 02:00:00:00:00:04" },
	{ "vxlan4 vxlan6", "vxlan" },
	{ "vxlan4 vxlan6", "vxlan 11" },
	{ "", "vxlan 12" },
	{ "vxlan4 vxlan6", "vxlan and src host 10.0.0.1 and tcp port 80" },
	{ "vxlan4 vxlan6", "vxlan and ether host 02:00:00:00:00:04" },
	/* headers behind headers */
	{ "ah4-*", "ip protochain 51" },
	{ "ah4-tcp", "ip protochain 6 and ip proto 51" },
	{ "ah4-ah-udp", "ip protochain 17 and ip proto 51" },
	{ "ah4-esp", "ip protochain 50 and ip proto 51" },
	/* behind more headers than a program follows */
	{ "long6-tcp*", "ip6 protochain 6 and not tcp" },
	{ "ah4-tcp long6-tcp*", "not (not protochain 6) and not tcp" },
	{ "long6-udp20 long6-ah10", "ip6 protochain 17 and not udp" },
	{ "long6-mobile", "ip6 protochain 135 and not tcp" },
	{ "long6-tcp* long6-mobile icmp6-x60-60", "ip6 protochain 60 and not (ip6 protochain 17 or tcp or udp)" },
	/* 802.2 and what it carries */
	{ "decnet-*", "decnet" },
	{ "aarp", "aarp and not llc" },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct judges judges;
	struct packet_set set = packets_make_all(RT_LINK_ETHER);
	unsigned wrong = 0, refused = 0;
	struct kernel kernel;
	assert_int_equal(kernel_open(&kernel), 0);
	assert_int_equal(judges_open(&judges, row->text, RT_LINK_ETHER, false), 0);
	for (size_t i = 0; i < set.count; i++) {
		const struct test_packet *p = &set.packets[i];
		const bool got = rt_filter_run(judges.best, p->bytes, p->size, p->size) != 0;
		if (!p->is_whole || got == packets_fit(row->matches, p))
			continue;
		if (wrong++ < 5)
			packets_report(got ? "expected 0, got 1" : "expected 1, got 0", row->text, RT_LINK_ETHER, p);
	}
	wrong += !judges_agree(&judges, row->text, &set, 0);
	wrong += !judges_kernel(&judges, &kernel, row->text, &set, 7, 0, &refused);
	judges_close(&judges);
	kernel_close(&kernel);
	packets_free(&set);
	assert_int_equal(wrong, 0);
	assert_int_equal(refused, 0);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].text, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
