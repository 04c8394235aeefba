/* SPDX-License-Identifier: MIT */
/* test_names.c - an expression with names becomes the program of the same expression with numbers, and what people
 * read when a name is not known. The names are made up: no network is asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "fake_names.h"

enum { DEFAULT = 1, PCAP = 2, BOTH = 3 };

static const struct { const char *names, *numbers; int meanings; } rows[] = {
	/* hosts: all of their addresses, of the family that stands in front */
	{ "host four", "host 10.0.0.1", BOTH },
	{ "host six", "host 2001:db8::1", BOTH },
	{ "host both", "host 10.0.0.1 or 2001:db8::1", BOTH },
	{ "host many", "host 10.0.0.1 or 10.0.0.2 or 2001:db8::2 or fe80::1", BOTH },
	{ "src host both", "src host 10.0.0.1 or 2001:db8::1", BOTH },
	{ "src many", "src 10.0.0.1 or 10.0.0.2 or 2001:db8::2 or fe80::1", BOTH },
	{ "dst four", "dst 10.0.0.1", BOTH },
	{ "src and dst host many", "src and dst host {10.0.0.1, 10.0.0.2, 2001:db8::2, fe80::1}", BOTH },
	{ "ip host both", "ip host 10.0.0.1", BOTH },
	{ "ip6 host both", "ip6 host 2001:db8::1", BOTH },
	{ "ip6 src many", "ip6 src 2001:db8::2 or fe80::1", BOTH },
	{ "arp host four", "arp host 10.0.0.1", BOTH },
	{ "arp host both", "arp host 10.0.0.1", DEFAULT },
	{ "rarp dst both", "rarp dst 10.0.0.1", DEFAULT },
	{ "not host both", "not (host 10.0.0.1 or 2001:db8::1)", BOTH },
	{ "host four or router", "host 10.0.0.1 or 10.0.0.2 or 2001:db8::2", BOTH },
	{ "host a-b.example", "host 192.168.16.34", BOTH },
	{ "host \\tcp", "host 10.0.0.53", BOTH },
	{ "host {four, 10.0.0.2, six}", "host {10.0.0.1, 10.0.0.2, 2001:db8::1}", BOTH },
	{ "host (four or six)", "host (10.0.0.1 or 2001:db8::1)", BOTH },
	{ "port 80 and host four and 10.0.0.2", "port 80 and host 10.0.0.1 and 10.0.0.2", BOTH },
	/* Ethernet, networks */
	{ "ether host router", "ether host 02:00:00:00:00:02", BOTH },
	{ "ether src router", "ether src 02:00:00:00:00:02", BOTH },
	{ "ether dst host {router, 02:00:00:00:00:01}", "ether dst host {02:00:00:00:00:02, 02:00:00:00:00:01}", BOTH },
	{ "net loopback", "net 127.0.0.0/8", DEFAULT },
	{ "net loopback", "net 127.0.0.0/32", PCAP },
	{ "src net short", "src net 10.0.0.0/8", BOTH },
	{ "net {loopback, 10.1.0.0/16}", "net {127.0.0.0/8, 10.1.0.0/16}", DEFAULT },
	/* ports: over the transport whose name it is */
	{ "port http", "tcp port 80", BOTH },
	{ "src port http", "tcp src port 80", BOTH },
	{ "port domain", "port 53", BOTH },
	{ "udp port domain", "udp port 53", BOTH },
	{ "sctp port domain", "sctp port 53", BOTH },
	{ "port syslog", "udp port 514", BOTH },
	{ "port mixed", "tcp port 5000", PCAP },
	{ "port mixed", "tcp port 5000 or udp port 5353", DEFAULT },
	{ "udp port mixed", "udp port 5353", DEFAULT },
	{ "port m3ua", "sctp port 2905", DEFAULT },
	{ "sctp port m3ua", "sctp port 2905", DEFAULT },
	{ "port \\http", "tcp port 80", BOTH },
	{ "port \\80", "port 80", BOTH },
	{ "port \\whois++", "port 63", BOTH },
	{ "port http or ssh", "tcp port 80 or 22", BOTH },
	{ "port {80, 443, 8000-8100, https}", "port {80, 443, 8000-8100}", BOTH },
	{ "tcp port {http, ftp-data, 25}", "tcp port {80, 20, 25}", BOTH },
	{ "port {http, 53, ssh}", "tcp port {22, 80} or port 53", BOTH },
	{ "dst port {http, syslog}", "tcp dst port 80 or udp dst port 514", BOTH },
	{ "portrange http-https", "portrange 80-443", BOTH },
	{ "portrange ftp-http", "tcp portrange 21-80", BOTH },
	{ "portrange http-ftp", "tcp portrange 21-80", BOTH },
	{ "portrange ftp-data-ssh", "tcp portrange 20-22", BOTH },
	{ "portrange ftp-data", "tcp portrange 20-20", BOTH },
	{ "portrange 20-ssh", "portrange 20-22", BOTH },
	{ "udp portrange domain-mixed", "udp portrange 53-5353", DEFAULT },
	{ "port {ftp-data-ssh, 53}", "tcp portrange 20-22 or port 53", BOTH },
	{ "port ntp", "udp port 123", BOTH },                    /* not in this world, but in the tables */
	/* protocols */
	{ "proto magic", "proto 99", BOTH },
	{ "ip proto magic", "ip proto 99", BOTH },
	{ "ip proto \\icmp", "ip proto 1", BOTH },
	{ "proto gre", "proto 47", BOTH },
	{ "ip6 proto ipv6-icmp", "ip6 proto 58", BOTH },
	{ "ip proto \\ax.25", "ip proto 93", BOTH },
	{ "ip proto {\\tcp, udp, magic, 47}", "ip proto 6 or ip proto 17 or ip proto 99 or ip proto 47", BOTH },
	{ "ether proto loopback", "ether proto 0x9000", BOTH },
	{ "ether proto \\decnet", "ether proto 0x6003", BOTH },
	{ "ether proto \\stp", "ether proto 0x42", BOTH },
	{ "ether proto {\\ip, loopback, 0x88b5}", "ether proto 0x800 or ether proto 0x9000 or ether proto 0x88b5", BOTH },
	/* gateway */
	{ "gateway router", "ether host 02:00:00:00:00:02 and not host 10.0.0.2", PCAP },
	{ "gateway router", "ether host 02:00:00:00:00:02 and not (host 10.0.0.2 or 2001:db8::2)", DEFAULT },
	{ "ip gateway router", "ether host 02:00:00:00:00:02 and not ip host 10.0.0.2", BOTH },
	{ "arp gateway router", "ether host 02:00:00:00:00:02 and not arp host 10.0.0.2", BOTH },
	{ "tcp and gateway router", "tcp and ether host 02:00:00:00:00:02 and not (host 10.0.0.2 or 2001:db8::2)", DEFAULT },
};

static char *listing(const char *text, bool is_pcap)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap, .names = &fake_names };
	static char memory[2][1 << 16];
	static unsigned turn;
	struct rt_error error = { 0 };
	struct rt_filter *filter;
	struct rt_text out;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		print_error("%s: %s\n", text, error.what);
	assert_non_null(filter);
	turn ^= 1;
	rt_text_init(&out, memory[turn], sizeof memory[turn] - 1, -1);
	rt_filter_list(filter, 1, &out);
	*out.at = '\0';
	rt_filter_free(filter);
	return memory[turn];
}

static void test_row(void **state)
{
	const size_t row = *(const size_t *)*state;
	for (int meaning = DEFAULT; meaning <= PCAP; meaning++) {
		if (!(rows[row].meanings & meaning))
			continue;
		const char *numbers = listing(rows[row].numbers, meaning == PCAP);
		assert_string_equal(numbers, listing(rows[row].names, meaning == PCAP));
	}
}

/* ---- messages ------------------------------------------------------------------------------------------------- */

static const struct { const char *text, *what; int column, length, meanings; } wrong[] = {
	{ "host nobody", "\"nobody\": no such host", 6, 6, BOTH },
	{ "tcp and src nobody", "\"nobody\": no such host", 13, 6, BOTH },
	{ "host \\nobody", "\"\\nobody\": no such host", 6, 7, BOTH },
	{ "host slow", "\"slow\": Temporary failure in name resolution", 6, 4, BOTH },
	{ "host {10.0.0.1, nobody}", "\"nobody\": no such host", 17, 6, BOTH },
	{ "ip host six", "\"six\": no IPv4 address", 9, 3, BOTH },
	{ "ip6 host four", "\"four\": no IPv6 address", 10, 4, BOTH },
	{ "arp host six", "\"six\": no IPv4 address", 10, 3, DEFAULT },
	{ "arp host both", "\"arp\" cannot stand in front of an IPv6 address", 10, 4, PCAP },
	{ "tcp host four", "\"tcp\" cannot stand in front of an IPv4 host", 10, 4, BOTH },
	{ "host four/8", "\"/\" is not expected here", 10, 1, BOTH },
	{ "host 10.0.0.300", "\"10.0.0.300\" is not an address", 6, 10, BOTH },
	{ "host 80-90", "\"80-90\" is not an address", 6, 5, BOTH },
	{ "host a.b.1", "\"a.b.1\" is not an address", 6, 5, BOTH },
	{ "ether host nobody", "\"nobody\": no such ether host", 12, 6, BOTH },
	{ "net nowhere", "\"nowhere\": no such network", 5, 7, BOTH },
	{ "net default", "\"default\": no such network", 5, 7, BOTH },
	{ "net loopback/8", "a mask needs a number in front, not a name", 14, 1, BOTH },
	{ "port nosuch", "\"nosuch\" is no port", 6, 6, BOTH },
	{ "udp port http", "\"http\" is no udp port", 10, 4, BOTH },
	{ "tcp port syslog", "\"syslog\" is no tcp port", 10, 6, BOTH },
	{ "sctp port http", "\"http\" is no sctp port", 11, 4, BOTH },
	{ "udp port mixed", "\"mixed\" is no udp port", 10, 5, PCAP },
	{ "port m3ua", "\"m3ua\" is no port", 6, 4, PCAP },
	{ "udp portrange ftp-http", "\"ftp-http\" is no udp port", 15, 8, BOTH },
	{ "portrange http-nosuch", "\"http-nosuch\" is no port", 11, 11, BOTH },
	{ "port http-https", "a range needs \"portrange\"", 6, 10, BOTH },
	{ "port four", "\"four\" is no port", 6, 4, BOTH },
	{ "proto nosuch", "\"nosuch\" is no protocol of IP", 7, 6, BOTH },
	{ "ether proto magic", "\"magic\" is no protocol of the link layer", 13, 5, BOTH },
	{ "gateway nobody", "\"nobody\": no such ether host", 9, 6, BOTH },
	{ "gateway stranger", "\"stranger\": no such host", 9, 8, BOTH },
	{ "gateway router6", "\"router6\": no IPv4 address", 9, 7, PCAP },
	{ "gateway 10.0.0.1", "a gateway needs a name", 9, 8, BOTH },
	{ "gateway 02:00:00:00:00:02", "a gateway needs a name", 9, 17, BOTH },
	{ "tcp gateway router", "\"tcp\" cannot stand in front of a gateway", 13, 6, BOTH },
	{ "src gateway router", "\"gateway\" is not expected here", 5, 7, BOTH },
	{ "gateway", "the expression ends too early", 8, 1, BOTH },
};

static void check_wrong(unsigned link, const char *text, const char *what, int column, int length, bool is_pcap)
{
	const struct rt_filter_options options = { .link = link, .is_pcap = is_pcap, .names = &fake_names };
	struct rt_error error;
	struct rt_filter *filter;
	assert_true(rt_filter_compile(&filter, text, &options, &error) < 0);
	assert_string_equal(what, error.what);
	assert_int_equal(column, error.column);
	assert_int_equal(length, error.length);
}

static void test_wrong(void **state)
{
	const size_t row = *(const size_t *)*state;
	for (int meaning = DEFAULT; meaning <= PCAP; meaning++)
		if (wrong[row].meanings & meaning)
			check_wrong(RT_LINK_ETHER, wrong[row].text, wrong[row].what, wrong[row].column, wrong[row].length,
			            meaning == PCAP);
}

/* Where there are no Ethernet addresses, and names that no table can hold. */
static void test_others(void **state)
{
	char text[400] = "host ";
	(void)state;
	check_wrong(RT_LINK_RAW, "ether host router", "there are no Ethernet addresses in RAW", 12, 6, false);
	check_wrong(RT_LINK_SLL, "gateway router", "there are no Ethernet addresses in LINUX_SLL", 9, 6, false);
	memset(text + 5, 'x', 300);
	check_wrong(RT_LINK_ETHER, text, "a word of more than 253 characters", 6, 300, false);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(wrong) + 1];
	static size_t numbers[RT_COUNT(rows) + RT_COUNT(wrong)];
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		numbers[i] = i;
		tests[i] = (struct CMUnitTest){ rows[i].names, test_row, NULL, NULL, &numbers[i] };
	}
	for (size_t i = 0; i < RT_COUNT(wrong); i++) {
		const size_t at = RT_COUNT(rows) + i;
		numbers[at] = i;
		tests[at] = (struct CMUnitTest){ wrong[i].text, test_wrong, NULL, NULL, &numbers[at] };
	}
	tests[RT_COUNT(rows) + RT_COUNT(wrong)] = (struct CMUnitTest)cmocka_unit_test(test_others);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
