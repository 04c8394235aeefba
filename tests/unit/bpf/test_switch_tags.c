/* SPDX-License-Identifier: MIT */
/* test_switch_tags.c - a filter means the same behind a switch chip's tag as without one: each test packet of Ethernet
 * gets the tag, behind its addresses or in front of all, and the verdict must stay, from the tree and from the machine.
 * Behind a tag in front of all, addresses of Ethernet are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "expressions.h"

static const struct tag { unsigned link; uint8_t at, size, bytes[8]; } tags[] = {
	{ RT_LINK_DSA,       12, 4, { 0xc0, 0x08, 0x00, 0x01 } },
	{ RT_LINK_EDSA,      12, 8, { 0xda, 0xda, 0x00, 0x00, 0xc0, 0x08, 0x00, 0x01 } },
	{ RT_LINK_DSA_BRCM,  12, 4, { 0x00, 0x00, 0x04, 0x02 } },
	{ RT_LINK_DSA_BRCM_PREPEND, 0, 4, { 0x00, 0x00, 0x04, 0x02 } },
	{ RT_LINK_DSA_MTK,   12, 4, { 0x00, 0x02, 0x00, 0x00 } },
	{ RT_LINK_DSA_QCA,   12, 2, { 0x90, 0x02 } },
};

static const char *const filters[] = {
	"ether host 02:00:00:00:00:01", "ether broadcast", "multicast",
#define OF_ADDRESSES 3           /* the ones in front                                                      */
	"ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "host 10.0.0.1", "host 2001:db8::1", "net 192.168.16.0/24",
	"src host 10.0.0.2 and tcp", "port 53", "tcp dst port 80 or udp", "portrange 50-100",
	"tcp[tcpflags] & tcp-syn != 0", "ip[8] < 64", "ether proto 0x800",
	"vlan", "vlan 5", "not vlan and ip", "vlan and host 10.0.0.1", "ip proto 17", "ip6 proto 58", "llc", "stp",
	"mpls", "pppoes", "host {10.0.0.1, 10.0.0.2}", "not (tcp or udp)",
};

static unsigned check(const char *text, const struct test_packet *p, const struct judges *plain,
                      const struct judges *tagged, const struct tag *tag)
{
	struct test_packet with = *p;
	if (p->size < 14 || p->size + tag->size > TEST_PACKET_MAX)
		return 0;
	memcpy(with.bytes + tag->at, tag->bytes, tag->size);
	memcpy(with.bytes + tag->at + tag->size, p->bytes + tag->at, p->size - tag->at);
	with.size += tag->size;
	bool expected = rt_filter_run(plain->best, p->bytes, p->size, p->size) != 0;
	if ((rt_filter_run(tagged->best, with.bytes, with.size, with.size) != 0) == expected &&
	    rt_filter_judge(tagged->best, with.bytes, with.size, with.size) == expected)
		return 0;
	packets_report("not as without the tag", text, tag->link, &with);
	return 1;
}

static void test_filter(void **state)
{
	const char *const *row = *state, *text = *row;
	struct packet_set packets = packets_make_all(RT_LINK_ETHER);
	unsigned wrong = 0, matches = 0;
	for (size_t i = 0; i < 2 * RT_COUNT(tags); i++) {
		struct judges plain, tagged;
		const bool is_refused = tags[i / 2].at == 0 && row < filters + OF_ADDRESSES;
		assert_int_equal(judges_open(&tagged, text, tags[i / 2].link, i % 2) < 0, is_refused);
		if (is_refused)
			continue;
		assert_int_equal(judges_open(&plain, text, RT_LINK_ETHER, i % 2), 0);
		for (size_t k = 0; k < packets.count; k++) {
			const struct test_packet *p = &packets.packets[k];
			wrong += check(text, p, &plain, &tagged, &tags[i / 2]);
			matches += rt_filter_run(plain.best, p->bytes, p->size, p->size) != 0;
		}
		judges_close(&plain);
		judges_close(&tagged);
	}
	packets_free(&packets);
	assert_int_equal(wrong, 0);
	assert_true(matches > 0);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(filters)];
	for (size_t i = 0; i < RT_COUNT(filters); i++)
		tests[i] = (struct CMUnitTest){ filters[i], test_filter, NULL, NULL, (void *)(uintptr_t)&filters[i] };
	return cmocka_run_group_tests_name("switch_tags", tests, NULL, NULL);
}
