// SPDX-License-Identifier: MIT
/* test_tcpdump.c - the second source for --pcap-filter: what tcpdump (libpcap) makes of an expression, run
 * by the kernel, gives the same verdict as our program on every test packet and on copies with changed
 * bytes. Where both made the same program, the listings are the same to the byte. Needs tcpdump; without
 * it the tests skip and say so.
 *
 * libpcap's optimizer drops loads whose value nobody wants, and with them the end of the program when they
 * lie outside the packet: on packets with broken lengths its programs with and without -O differ. There
 * libpcap has two meanings and ours must be one of them; on whole packets it has one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "ask.h"
#include "expressions.h"

static const unsigned links[] = { RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL, RT_LINK_SLL2 };

static const char *const rows[] = {
	"", "ip", "ip6", "arp", "rarp", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "pim", "ah", "esp",
	"igrp", "vrrp", "not ip", "not tcp", "! udp", "not icmp6", "not (tcp or udp)",
	"not arp and not rarp", "ip and icmp", "ip and tcp", "ip6 and tcp", "ip6 and udp", "ip or arp",
	"ip or ip6", "tcp or udp", "icmp or icmp6", "tcp and udp", "ip and ip6", "ip and (tcp or udp)",
	"ip6 and (tcp or udp) and not icmp6", "not not ip", "tcp && not udp", "tcp || udp",
	/* numbers of protocols */
	"ip proto 6", "ip proto 17", "ip proto \\tcp", "ip proto \\udp", "ip proto \\icmp", "ip proto 47",
	"ip proto 255", "ip6 proto 6", "ip6 proto 17", "ip6 proto 58", "ip6 proto 0", "ip6 proto 44",
	"ip6 proto \\tcp", "proto 6", "proto 17", "proto 1", "proto 58", "proto \\tcp", "proto \\udp",
	"not proto 6", "ether proto 0x800", "ether proto 0x86dd", "ether proto 0x806", "ether proto \\ip",
	"ether proto \\arp", "ether proto \\ip6", "ether proto 0x88b5", "ether proto 0x8847",
	"ether proto 100", "ether proto 0x8100", "ether proto \\rarp", "not ether proto 0x800",
	/* hosts */
	"host 10.0.0.1", "src host 10.0.0.1", "dst host 10.0.0.1", "src or dst host 10.0.0.1",
	"src and dst host 10.0.0.1", "10.0.0.1", "src 10.0.0.1", "dst 10.0.0.2", "ip host 10.0.0.1",
	"ip src host 10.0.0.1", "ip dst 10.0.0.2", "arp host 10.0.0.1", "arp src host 10.0.0.1",
	"arp dst 10.0.0.2", "rarp host 10.0.0.99", "not host 10.0.0.1", "host 10.0.0.1 or 10.0.0.2",
	"host 10.0.0.1 and 10.0.0.2", "src 10.0.0.1 and dst 10.0.0.2", "src host 10.0.0.1 or 192.168.16.34",
	"not src host 10.0.0.1 and not dst host 10.0.0.1", "host 10.0.0.1 and not (host 10.0.0.2 or tcp)",
	"host 2001:db8::1", "src host 2001:db8::1", "dst host 2001:db8::2", "ip6 host 2001:db8::1",
	"src and dst host 2001:db8::1", "2001:db8::2", "not host 2001:db8::1", "host ff02::fb",
	"host 2001:db8::1 or 10.0.0.1", "host 2001:db8::1 and tcp port 80", "src fe80::1 and dst ff02::fb",
	"ether host 02:00:00:00:00:01", "ether src 02:00:00:00:00:01", "ether dst ff:ff:ff:ff:ff:ff",
	"ether src host 02:00:00:00:00:02", "ether dst host 02:00:00:00:00:02",
	"not ether host 02:00:00:00:00:02", "ether host 02:00:00:00:00:02 and ip",
	"ether src or dst 02:00:00:00:00:02", "ether host 0200.0000.0002", "ether src 020000000002",
	"ether host 02-00-00-00-00-02", "ether dst 2.0.0.0.0.2",
	/* networks */
	"net 10.0.0.0/8", "src net 10.0.0.0/8", "dst net 10.0.0.0/24", "src and dst net 10.0.0.0/24",
	"src or dst net 192.168.0.0/16", "net 10", "net 10.0", "net 192.168.16", "dst net 172.16",
	"net 10.0.0.1/32", "net 0.0.0.0/0", "net 10.0.0.0 mask 255.0.0.0",
	"src net 192.168.16.0 mask 255.255.255.0", "ip net 10.0.0.0/30", "arp net 10.0.0.0/8",
	"not net 10.0.0.0/8", "net 10.0.0.0/8 or 192.168.0.0/16", "net 2001:db8::/32", "src net fe80::/10",
	"dst net ff00::/8", "net 2001:db8::/64", "net 2001:db8::/127", "net 2001:db8::1/128",
	"not net 2001:db8::/32", "src and dst net 2001:db8::/96", "net 2001:db8::/32 and udp",
	/* ports */
	"port 80", "src port 80", "dst port 80", "src or dst port 80", "src and dst port 53", "tcp port 80",
	"udp port 53", "tcp src port 22", "tcp dst port 443", "udp src port 53", "udp dst port 53",
	"sctp port 80", "not port 80", "port 80 or 443", "port 80 or 443 or 22", "tcp port 80 or 443",
	"tcp port 80 or udp port 53", "port 80 and 8080", "tcp and port 80", "ip and port 80",
	"ip6 and port 80", "ip and tcp port 80", "ip6 and tcp dst port 80", "port 53 and not tcp",
	"host 10.0.0.1 and port 80", "src host 10.0.0.1 and dst port 80", "tcp and not port 80",
	"portrange 50-90", "src portrange 1-1023", "dst portrange 8000-9000", "tcp portrange 1-1023",
	"udp dst portrange 5000-6000", "tcp src portrange 20-22", "src and dst portrange 5000-6000",
	"portrange 80-80", "portrange 90-50", "not portrange 1-1023", "src or dst portrange 5000-6000",
	"portrange 20-25 or 80", "port 0", "port 65535", "dst port 5353 and dst host 224.0.0.251",
	"not (port 80 or port 53) and (tcp or udp)",
	/* bytes */
	"ip[0] & 0xf != 5", "ip[0] = 0x45", "ip[0:1] == 0x45", "ip[2:2] > 40", "ip[2:2] < 36",
	"ip[12:4] = 0x0a000001", "ip[6:2] & 0x1fff = 0", "ip[6:2] & 0x1fff != 0", "ip[6] & 0x40 != 0",
	"ip[8] <= 1", "ip[8] >= 255", "ip[9] = 6", "tcp[13] = 2", "tcp[13] & 2 != 0",
	"tcp[tcpflags] & tcp-syn != 0", "tcp[tcpflags] == tcp-syn",
	"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
	"tcp[tcpflags] & tcp-rst != 0", "tcp[tcpflags] = tcp-push|tcp-ack", "tcp[tcpflags] & tcp-urg = 0",
	"tcp[0:2] = 80", "tcp[2:2] > 1023", "tcp[4:4] = 1", "tcp[12] >> 4 = 5",
	"tcp[(tcp[12] >> 2) & 0x3c:2] = 0x6869", "tcp[((tcp[12:1] & 0xf0) >> 2):2] = 0x6869",
	"udp[0:2] = 53", "udp[4:2] > 10", "udp[8] = 0x68", "icmp[icmptype] = icmp-echo",
	"icmp[icmptype] != icmp-echoreply", "icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 3",
	"icmp[0] = 8 or icmp[0] = 0", "icmp[4:2] = 6", "icmp[icmptype] = icmp-timxceed", "ip6[6] = 58",
	"ip6[6] = 0 or ip6[6] = 44", "ip6[7] = 255", "ip6[0] & 0xf0 = 0x60", "ip6[40] = 128",
	"icmp6[icmp6type] = icmp6-echo", "icmp6[0] = 135", "arp[6:2] = 1", "arp[7] = 2", "rarp[7] = 3",
	"ether[0] & 1 = 0", "ether[0:4] = 0xffffffff", "ether[12:2] = 0x800", "ether[14] = 0x45",
	"link[12:2] = 0x806", "ip[0] & 0xf > 5 and ip[20] = 0x94", "ip[2:2] - ((ip[0] & 0xf) << 2) = 20",
	"(ip[0] & 0xf) * 4 > 20", "ip[2:2] / 4 = 10", "ip[3] % 8 = 4", "ip[3] ^ 0x28 = 0",
	"ip[1] | ip[8] > 64", "ip[8] + ip[9] = 70", "ip[8] - ip[9] > 50", "ip[9] << 1 = 12",
	"ip[8] >> 6 = 1", "ip[ip[0] & 0xf] = 4", "ip[2:2] = udp[4:2] + 20", "tcp[0:2] = tcp[2:2]",
	"ip[0] % 8 + 1 = 6", "ip[3] % 16 - 3 = 5", "ip[3] ^ ip[9] & 3 = 42", "ip[0] & ip[3] ^ 3 = 1",
	"ip[9] * ip[3] % 7 = 30", "ip[3] % ip[9] * 3 = 4", "ip[9] - ip[1] - 3 = 3", "ip[1] | ip[9] << 3 = 48",
	"2 + 3 * ip[9] = 20", "ip[3] / 2 / 2 = 10", "ip[0] & 15 << 2 = 4",
	"40 = ip[3]", "ip[8] > ip[9]", "not ip[0] = 0x45", "ip[19] & 1 = 0 and tcp", "- ip[9] = -6",
	"1 = 1", "1 > 2", "len > 60", "len <= 60", "less 60", "greater 60", "len = 40",
	"len - 14 > ip[2:2]", "len - ip[3] = 14", "not less 60",
	"tcp[2:2] & 0xff00 = 0 and tcp[tcpflags] = tcp-syn", "ip[20000] = 0 or tcp",
	"ip[16:4] & 0xff000000 = 0xe0000000",
	/* groups */
	"ether broadcast", "ether multicast", "broadcast", "multicast", "ip multicast", "ip6 multicast",
	"not broadcast", "not multicast and ip", "ip broadcast", "ip multicast or ip6 multicast",
	"ether multicast and not ether broadcast",
	/* tags: vlan shifts what stands behind it */
	"vlan", "vlan 5", "vlan 100", "vlan 0", "not vlan", "vlan and ip", "vlan 5 and tcp",
	"vlan and icmp", "ip and vlan", "vlan and vlan", "vlan 100 and vlan 5",
	"vlan 100 and vlan 5 and tcp port 80", "vlan and host 10.0.0.1", "vlan 5 or vlan 6",
	"(vlan 5 and tcp) or (vlan 6 and udp)", "vlan and not ip", "not vlan and ip", "ip or (vlan and ip)",
	"(vlan and host 10.0.0.1) or host 10.0.0.1", "vlan and ip[8] > 64", "vlan and ether[12:2] = 0x8100",
	"vlan and arp", "vlan and ip6 and tcp port 80", "vlan and ether host 02:00:00:00:00:01",
	"vlan and tcp[13] = 2", "vlan and net 10.0.0.0/8 and portrange 50-90", "vlan and vlan and ip6",
	"icmp or vlan 5 and icmp",
	/* precedence, carry-over */
	"tcp or udp and port 53", "tcp and udp or icmp", "not tcp and udp", "not tcp or udp",
	"tcp or not udp and port 53", "tcp port 80 and (host 10.0.0.1 or host 10.0.0.2)",
	"src 10.0.0.1 or dst 10.0.0.2 and tcp", "tcp dst port 80 or 443 and src 10.0.0.1",
	"host 10.0.0.1 and port 80 or port 53", "src port 80 or 53 or dst port 22",
	"not host 10.0.0.1 and 10.0.0.2", "not (src port 80 or 53)", "src (10.0.0.1 or 10.0.0.2)",
	"dst port (80 or 443)", "tcp port (80 or 443) and host (10.0.0.1 or 192.168.16.34)", "(((tcp)))",
	"ip proto (6 or 17)", "host 10.0.0.1 or 10.0.0.2 or 192.168.16.34 or 192.168.16.100 or 172.16.0.1",
	"tcp port 80 or 443 or 22 or 8080 or 53 and not host 10.0.0.1",
	"(tcp and dst port 80 and src net 10.0.0.0/8) or (udp and port 53) or (icmp and icmp[0] = 8) or arp",
	"ip and tcp and dst host 10.0.0.2 and dst port 80 and tcp[tcpflags] = tcp-syn and ip[8] > 32 and len < 100",
};

struct program { struct sock_filter code[BPF_MAXINSNS]; size_t count; };

static const char *link_dlt(unsigned link) { return link == RT_LINK_RAW ? "RAW" : rt_link_name(link); }

/* tcpdump's -d, -dd or -ddd; the packets it prints are 262144 bytes at most. */
static struct answer tcpdump(const char *form, unsigned link, const char *text)
{
	/* "-dddO": not optimised */
	const char *argv[] = { "tcpdump", "-y", link_dlt(link), form, "--", text, NULL };
	return ask(argv, NULL, 0);
}

/* "3\n40 0 0 12\n..." */
static bool program_parse(struct program *out, const char *text)
{
	char *at;
	const unsigned long count = strtoul(text, &at, 10);
	if (count == 0 || count > BPF_MAXINSNS)
		return false;
	for (out->count = 0; out->count < count; out->count++) {
		struct sock_filter *insn = &out->code[out->count];
		insn->code = (uint16_t)strtoul(at, &at, 10);
		insn->jt = (uint8_t)strtoul(at, &at, 10);
		insn->jf = (uint8_t)strtoul(at, &at, 10);
		insn->k = (uint32_t)strtoul(at, &at, 10);
	}
	return strcmp(at, "\n") == 0;
}

static char *listing(const struct rt_filter *filter, int form)
{
	const size_t room = 1 << 19;
	char *memory = malloc(room);
	struct rt_text text;
	assert_non_null(memory);
	rt_text_init(&text, memory, room - 1, -1);
	rt_filter_list(filter, form, &text);
	*text.at = 0;
	assert_int_equal(text.error, 0);
	return memory;
}

static bool is_same_program(const struct program *a, const struct sock_filter *b, size_t count)
{
	return a->count == count && memcmp(a->code, b, count * sizeof *b) == 0;
}

/* ---- one expression, one link type ---------------------------------------------------------------------- */

struct tally { unsigned long ours, theirs; unsigned judged, same, refused, torn; };

static unsigned check_listings(const struct rt_filter *ours, unsigned link, const char *text)
{
	unsigned wrong = 0;
	for (int form = 1; form <= 3; form++) {
		struct answer theirs = tcpdump(form == 1 ? "-d" : form == 2 ? "-dd" : "-ddd", link, text);
		char *mine = listing(ours, form);
		if (strcmp(mine, theirs.text) != 0) {
			printf("listing %d | %s | %s\n%s--- tcpdump:\n%s", form, text, rt_link_name(link), mine,
			       theirs.text);
			wrong++;
		}
		free(mine);
		free(theirs.text);
	}
	return wrong;
}

/* Refused by tcpdump: we refuse it too, or (its "expression rejects all packets") let nothing pass. */
static unsigned check_refused(const struct rt_filter *ours, const char *text, const struct packet_set *set)
{
	for (size_t i = 0; ours && i < set->count; i++) {
		const struct test_packet *p = &set->packets[i];
		if (rt_filter_run(ours, p->bytes, p->size, p->size) == 0)
			continue;
		judges_report("tcpdump refuses, we match", text, set->link, p);
		return 1;
	}
	return 0;
}

/* What libpcap would say without its optimizer. */
static bool ask_plain(const char *text, unsigned link, const struct test_packet *packet)
{
	static struct program program;
	struct answer answer = tcpdump("-dddO", link, text);
	struct kernel kernel;
	assert_true(program_parse(&program, answer.text));
	assert_int_equal(kernel_open(&kernel), 0);
	assert_int_equal(kernel_attach(&kernel, program.code, program.count), 0);
	const bool verdict = kernel_run(&kernel, packet->bytes, packet->size) >= 0;
	kernel_close(&kernel);
	free(answer.text);
	return verdict;
}

static unsigned check_verdicts(const struct rt_filter *ours, const struct program *theirs, const char *text,
                               const struct packet_set *set, struct tally *tally)
{
	struct kernel kernel;
	assert_int_equal(kernel_open(&kernel), 0);
	assert_int_equal(kernel_attach(&kernel, theirs->code, theirs->count), 0);
	unsigned wrong = 0;
	for (size_t i = 0; i < set->count && wrong < 3; i++) {
		const struct test_packet *p = &set->packets[i];
		const bool mine = rt_filter_run(ours, p->bytes, p->size, p->size) != 0;
		const bool expected = kernel_run(&kernel, p->bytes, p->size) >= 0;
		if (mine == expected)
			continue;
		if (!p->is_whole && ask_plain(text, set->link, p) == mine) {
			tally->torn++;
			continue;
		}
		judges_report(expected ? "tcpdump 1, ringtap 0" : "tcpdump 0, ringtap 1", text, set->link, p);
		wrong++;
	}
	kernel_close(&kernel);
	return wrong;
}

static unsigned check(const char *text, const struct packet_set *set, struct tally *tally)
{
	const struct rt_filter_options options = { .link = set->link, .is_pcap = true };
	struct rt_error error = { 0 };
	struct rt_filter *ours = NULL;
	static struct program theirs;
	struct answer answer = tcpdump("-ddd", set->link, text);
	const int rc = rt_filter_compile(&ours, text, &options, &error);
	unsigned wrong = 0;
	if (!program_parse(&theirs, answer.text)) {
		tally->refused++;
		wrong = check_refused(ours, text, set);
	} else if (rc < 0) {
		printf("we refuse | %s | %s | %s\n", text, rt_link_name(set->link), error.what);
		wrong = 1;
	} else {
		size_t count;
		const struct sock_filter *program = rt_filter_program(ours, &count);
		tally->judged++;
		tally->ours += count;
		tally->theirs += theirs.count;
		wrong = check_verdicts(ours, &theirs, text, set, tally);
		if (is_same_program(&theirs, program, count)) {
			tally->same++;
			wrong += tally->same % 4 == 1 ? check_listings(ours, set->link, text) : 0;
		}
	}
	free(answer.text);
	rt_filter_free(ours);
	return wrong;
}

static void test_link(void **state)
{
	const unsigned link = *(const unsigned *)*state;
	need_program("tcpdump");
	struct dice dice = dice_new(7);
	struct packet_set set = packets_make_all(link);
	packets_damage(&set, set.count, 3, false, &dice);
	struct tally tally = { 0 };
	unsigned wrong = 0;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		wrong += check(rows[i], &set, &tally) != 0;
	printf("%s: %u expressions on %zu packets, %u refused by tcpdump; %lu instructions, libpcap %lu (%lu %%); "
	       "%u programs the same; %u verdicts where libpcap's optimizer changes the meaning\n",
	       rt_link_name(link), tally.judged, set.count, tally.refused, tally.ours, tally.theirs, tally.theirs ? tally.ours * 100 / tally.theirs : 0,
	       tally.same, tally.torn);
	packets_free(&set);
	assert_int_equal(wrong, 0);
	assert_true(tally.judged >= 100);
	assert_true(tally.ours <= tally.theirs);
}

/* The six instructions everybody knows. */
static void test_six(void **state)
{
	(void)state;
	need_program("tcpdump");
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = true };
	struct rt_error error = { 0 };
	struct rt_filter *filter;
	assert_int_equal(rt_filter_compile(&filter, "ip and icmp", &options, &error), 0);
	char *text = listing(filter, 1);
	assert_string_equal("(000) ldh      [12]\n"
	                    "(001) jeq      #0x800           jt 2\tjf 5\n"
	                    "(002) ldb      [23]\n"
	                    "(003) jeq      #0x1             jt 4\tjf 5\n"
	                    "(004) ret      #262144\n"
	                    "(005) ret      #0\n", text);
	free(text);
	assert_int_equal(check_listings(filter, RT_LINK_ETHER, "ip and icmp"), 0);
	rt_filter_free(filter);
}

/* -ddd and -dd say the same as the program itself. */
static void test_round_trip(void **state)
{
	(void)state;
	static struct program back;
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		const struct rt_filter_options options = { .link = RT_LINK_ETHER };
		struct rt_error error = { 0 };
		struct rt_filter *filter;
		if (rt_filter_compile(&filter, rows[i], &options, &error) < 0)
			continue;
		size_t count;
		const struct sock_filter *program = rt_filter_program(filter, &count);
		char *decimal = listing(filter, 3), *c = listing(filter, 2), *at = c;
		assert_true(program_parse(&back, decimal));
		assert_true(is_same_program(&back, program, count));
		for (size_t j = 0; j < count; j++) {
			unsigned code, jt, jf, k;       /* "{ 0x28, 0, 0, 0x0000000c }," */
			assert_int_equal(sscanf(at, "{ 0x%x, %u, %u, 0x%8x },", &code, &jt, &jf, &k), 4);
			assert_int_equal(code, program[j].code);
			assert_true(jt == program[j].jt && jf == program[j].jf && k == program[j].k);
			at = strchr(at, '\n') + 1;
		}
		assert_string_equal(at, "");
		free(decimal);
		free(c);
		rt_filter_free(filter);
	}
}

int main(void)
{
	struct CMUnitTest tests[2 + RT_COUNT(links)] = { cmocka_unit_test(test_six),
	                                                 cmocka_unit_test(test_round_trip) };
	for (size_t i = 0; i < RT_COUNT(links); i++)
		tests[2 + i] = (struct CMUnitTest){ rt_link_name(links[i]), test_link, NULL, NULL,
		                                    (void *)(uintptr_t)&links[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
