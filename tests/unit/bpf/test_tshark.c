/* SPDX-License-Identifier: MIT */
/* test_tshark.c - tests of fields against tshark: a file with all test packets, and for each row the numbers of the
 * packets that an expression of ours and a display filter of tshark's choose. "#1" is tshark's word for the first
 * layer of a name. What ICMP errors quote are an IP, a UDP to tshark, and an IPerror, a UDPerror to Scapy and ringtap.
 * Packets with headers that carry others and that ringtap has no table for are left out: tshark looks into them. So
 * are headers that were cut, of which tshark tells the fields that are left, and types that are nothing to it, such as
 * a length behind a tag. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/filter.h>
#include "ask.h"
#include "capfile.h"
#include "pool.h"

struct row { const char *ours, *theirs; };

#define ALIVE " and not icmp and not icmpv6"     /* nothing is quoted in it                                  */

static const struct row rows[] = {
	/* numbers */
	{ "IP.ttl < 64", "ip.ttl#1 < 64" },
	{ "IP.ttl >= 255", "ip.ttl#1 >= 255" },
	{ "IP.ttl != 64", "ip.ttl#1 != 64" },
	{ "IP.len == 40", "ip.len#1 == 40" },
	{ "IP.id == 0x1234", "ip.id#1 == 0x1234" },
	{ "IP.frag > 0", "ip.frag_offset#1 > 0" },
	{ "IP.flags == DF", "ip.flags#1 == 2" },
	{ "IP.flags & 1 != 0", "ip.flags.mf#1 == 1" },
	{ "IP.ihl > 5", "ip.hdr_len#1 > 20" },
	{ "IP.proto == udp", "ip.proto#1 == 17" },
	{ "IP.tos != 0", "ip.dsfield#1 != 0" },
	{ "IPv6.hlim == 255", "ipv6.hlim#1 == 255" },
	{ "IPv6.nh == 0", "ipv6.nxt#1 == 0" },
	{ "IPv6.plen > 20", "ipv6.plen#1 > 20" },
	{ "TCP.sport == 80", "tcp.srcport == 80" ALIVE },
	{ "TCP.dport < 1024", "tcp.dstport < 1024" ALIVE },
	{ "tcp.flags & 2 != 0", "tcp.flags.syn == 1" ALIVE },
	{ "TCP.flags == SA", "tcp.flags == 0x12" ALIVE },
	{ "TCP.flags == \"PA\"", "tcp.flags == 0x18" ALIVE },
	{ "TCP.seq > 1000", "tcp.seq_raw > 1000" ALIVE },
	{ "TCP.window == 65535", "tcp.window_size_value == 65535" ALIVE },
	{ "TCP.dataofs > 5", "tcp.hdr_len > 20" ALIVE },
	{ "UDP.dport == 53", "udp.dstport == 53" ALIVE },
	{ "UDP.len > 20", "udp.length > 20" ALIVE },
	{ "ARP.op == 1", "arp.opcode == 1" },
	{ "ARP.op == is-at", "arp.opcode == 2" },
	{ "ARP.hwtype == 1 and ARP.plen == 4", "arp.hw.type == 1 and arp.proto.size == 4" },
	{ "ICMP.type == echo-request", "icmp.type == 8" },
	{ "ICMP.code == port-unreachable", "icmp.type == 3 and icmp.code == 3" },
	{ "ICMP.id == 6", "icmp.ident == 6" },
	{ "Ether.type == 0x86dd", "eth.type#1 == 0x86dd" },
	{ "Dot1Q.vlan == 5", "vlan.id#1 == 5" },
	{ "Dot1Q.prio > 0", "vlan.priority#1 > 0" },
	/* addresses */
	{ "IP.src == 10.0.0.1", "ip.src#1 == 10.0.0.1" },
	{ "IP.src == 10.0.0.0/8", "ip.src#1 == 10.0.0.0/8" },
	{ "IP.dst != 10.0.0.2", "ip.dst#1 != 10.0.0.2" },
	{ "IPv6.src == 2001:db8::1", "ipv6.src#1 == 2001:db8::1" },
	{ "IPv6.dst == 2001:db8::/32", "ipv6.dst#1 == 2001:db8::/32" },
	{ "Ether.dst == ff:ff:ff:ff:ff:ff", "eth.dst#1 == ff:ff:ff:ff:ff:ff" },
	{ "Ether.src == 02:00:00:00:00:01", "eth.src#1 == 02:00:00:00:00:01" },
	{ "ARP.psrc == 10.0.0.2", "arp.src.proto_ipv4 == 10.0.0.2" },
	{ "ARP.hwsrc == 02:00:00:00:00:01", "arp.src.hw_mac == 02:00:00:00:00:01" },
	/* DNS */
	{ "DNS.id == 0x1234", "dns.id == 0x1234" },
	{ "DNS.qr == 1", "dns.flags.response == 1" },
	{ "DNS.qd.qname == \"www.example.com\"", "dns.qry.name == \"www.example.com\"" },
	{ "DNS.qd.qname contains \"example\"", "dns.qry.name contains \"example\"" },
	{ "DNS.qd.qtype == A", "dns.qry.type == 1" },
	{ "DNS.an.type == CNAME", "dns.resp.type == 5" },
	/* options, bytes, layers */
	{ "TCP.options.MSS.value == 1460", "tcp.options.mss_val == 1460" },
	{ "TCP.options.WScale", "tcp.options.wscale" },
	{ "TCP.options.Timestamp.value > 0", "tcp.options.timestamp.tsval > 0" },
	{ "tcp contains \"hi\"", "tcp contains \"hi\"" ALIVE },
	{ "udp contains \"hihi\"", "udp contains \"hihi\"" ALIVE },
	{ "ip contains \"\\x0a\\x00\\x00\\x35\"", "ip contains 0a:00:00:35" },
	{ "frame contains \"example\"", "frame contains \"example\"" },
	{ "frame.len > 100", "frame.len > 100" },
	{ "TCP", "tcp" ALIVE },
	{ "ICMP", "icmp" },
	{ "IPerror", "icmp and ip#2" },
	/* arithmetic and combinations */
	{ "IP.len - IP.ihl * 4 == 20", "(ip.len#1 == 40 and ip.hdr_len#1 == 20) or (ip.len#1 == 52 and ip.hdr_len#1 == 32)" },
	{ "UDP.sport == UDP.dport", "udp.srcport == udp.dstport" ALIVE },
	{ "IP.ttl < 64 or ARP.op == 2", "ip.ttl#1 < 64 or arp.opcode == 2" },
	{ "TCP.flags == S and not IP.src == 10.0.0.1", "tcp.flags == 2 and not ip.src#1 == 10.0.0.1" ALIVE },
	{ "not (TCP.dport == 80 or UDP.dport == 53)", "icmp or icmpv6 or not (tcp.dstport == 80 or udp.dstport == 53)" },
	{ "UDP and not DNS", "udp and not dns.count.add_rr" ALIVE },      /* a whole header */
	{ "DNS or ARP", "dns.count.add_rr or arp" },
};

/* ---- the file ----------------------------------------------------------------------------------------------------- */

struct fixture { struct packet_set set; char path[64]; bool *theirs, *is_out; };

static int set_up(void **state)
{
	static struct fixture fixture;
	struct capfile file = { 0 };
	fixture.set = pool_make(RT_LINK_ETHER);
	fixture.theirs = calloc(2 * (fixture.set.count + 1), sizeof *fixture.theirs);
	fixture.is_out = fixture.theirs + fixture.set.count + 1;
	capfile_pcap(&file, PCAP_MICRO, 65535, 1);
	for (size_t i = 0; i < fixture.set.count; i++) {
		const struct test_packet *packet = &fixture.set.packets[i];
		capfile_record(&file, (uint32_t)i, 0, packet->size, packet->size, packet->bytes, packet->size);
	}
	snprintf(fixture.path, sizeof fixture.path, "%s", scratch("fields.pcap"));
	capfile_save(&file, fixture.path);
	capfile_free(&file);
	*state = &fixture;
	return fixture.theirs ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	packets_free(&fixture->set);
	free(fixture->theirs);
	scratch_end();
	return 0;
}

/* ---- the rows -------------------------------------------------------------------------------------------------------- */

/* Every packet stands for itself. */
static void ask_tshark(const struct fixture *fixture, const char *filter, bool *chosen)
{
	const char *const argv[] = {
		"tshark", "-n", "-r", fixture->path, "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE",
		"-o", "tcp.desegment_tcp_streams:FALSE", "-T", "fields", "-e", "frame.number", "-Y", filter, NULL,
	};
	struct answer answer = ask(argv, NULL, 0);
	if (answer.status)
		fail_msg("tshark: %s: status %d", filter, answer.status);
	memset(chosen, 0, (fixture->set.count + 1) * sizeof *chosen);
	for (char *at = answer.text; *at; at++) {
		const unsigned long number = strtoul(at, &at, 10);
		assert_in_range(number, 1, fixture->set.count);
		chosen[number - 1] = true;
	}
	free(answer.text);
}

static struct rt_filter *compile(const char *text)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER };
	struct rt_error error;
	struct rt_filter *filter;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		fail_msg("%s: %s", text, error.what);
	return filter;
}

static unsigned check(struct fixture *fixture, const struct row *row, unsigned *chosen)
{
	struct rt_filter *filter = compile(row->ours);
	unsigned wrong = 0;
	ask_tshark(fixture, row->theirs, fixture->theirs);
	for (size_t i = 0; i < fixture->set.count; i++) {
		const struct test_packet *packet = &fixture->set.packets[i];
		if (fixture->is_out[i] || strcmp(packet->way, "short") == 0)
			continue;
		const bool ours = rt_filter_run(filter, packet->bytes, packet->size, packet->size) != 0;
		*chosen += ours;
		if (ours != fixture->theirs[i] && ++wrong <= 3)
			packets_report(ours ? "ringtap 1, tshark 0" : "ringtap 0, tshark 1", row->ours, fixture->set.link,
			               packet);
	}
	rt_filter_free(filter);
	return wrong;
}

static void test_rows(void **state)
{
	unsigned wrong = 0, idle = 0;
	struct fixture *fixture = *state;
	need_program("tshark");
	ask_tshark(fixture, "mpls or pppoes or geneve or vxlan or gre or llc or ipx or ah or mipv6"
	           " or frame.protocols contains \"ethertype:data\"", fixture->is_out);
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		unsigned chosen = 0;
		wrong += check(fixture, &rows[i], &chosen) != 0;
		if (!chosen)
			printf("nothing is chosen by | %s\n", rows[i].ours);
		idle += !chosen;
	}
	printf("%zu expressions on %zu packets\n", RT_COUNT(rows), fixture->set.count);
	assert_int_equal(wrong, 0);
	assert_int_equal(idle, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
