/* SPDX-License-Identifier: MIT */
/* test_messages.c - what people read when an expression is wrong: the exact message, the column, the length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/filter.h>

struct row { const char *text, *what; int column, length; unsigned link; bool is_pcap; };

#define E RT_LINK_ETHER

static const struct row rows[] = {
	/* the grammar */
	{ "tcp and and", "\"and\" is not expected here", 9, 3, E, false },
	{ "and tcp", "\"and\" is not expected here", 1, 3, E, false },
	{ "tcp udp", "\"udp\" is not expected here", 5, 3, E, false },
	{ "tcp or", "the expression ends too early", 7, 1, E, false },
	{ "not", "the expression ends too early", 4, 1, E, false },
	{ "ip!", "\"!\" is not expected here", 3, 1, E, false },
	{ "port", "the expression ends too early", 5, 1, E, false },
	{ "src", "the expression ends too early", 4, 1, E, false },
	{ "port and tcp", "\"and\" is not expected here", 6, 3, E, false },
	{ "(tcp", "\"(\" without \")\"", 1, 1, E, false },
	{ "tcp)", "\")\" without \"(\"", 4, 1, E, false },
	{ "()", "\")\" is not expected here", 2, 1, E, false },
	{ "tcp port 80 443", "\"443\" is not expected here", 13, 3, E, false },
	{ "tcp or 443", "\"443\" needs a word in front of it, such as host, net or port", 8, 3, E, false },
	{ "10.0.0.1", "\"10.0.0.1\" needs a word in front of it, such as host, net or port", 1, 8, E, false },
	{ "vpi 5", "\"vpi\" is only for ATM links", 1, 3, E, false },
	{ "on eth0", "\"on\" is only for PF log links", 1, 2, E, false },
	{ "tcp $ udp", "\"$\" is no part of the filter language", 5, 1, E, false },
	{ "tcp \x01", "this is no part of the filter language", 5, 1, E, false },
	{ "host \\", "a name must stand behind \"\\\"", 6, 1, E, false },
	{ "port {80, 443", "the expression ends too early", 14, 1, E, false },
	{ "port {}", "\"}\" is not expected here", 7, 1, E, false },
	{ "host {10.0.0.1, 80-90}", "\"80-90\" is not an address, and names are not looked up", 17, 5, E, false },
	{ "tcp or {80}", "\"{\" needs a word in front of it, such as host, net or port", 8, 1, E, false },
	/* addresses */
	{ "host foo", "\"foo\" is not an address, and names are not looked up", 6, 3, E, false },
	{ "host 10.0.0.256", "\"10.0.0.256\" is not an address, and names are not looked up", 6, 10, E, false },
	{ "host 1::2::3", "\"1::2::3\" is not an address", 6, 7, E, false },
	{ "net 10.0.0.1/8", "bits behind the mask are set in 10.0.0.1", 5, 8, E, false },
	{ "net 10.0.0.0/33", "a mask has at most 32 bits here", 14, 2, E, false },
	{ "net 2001:db8::1/32", "bits behind the mask are set in 2001:db8::1", 5, 11, E, false },
	{ "net 2001:db8::/129", "a mask has at most 128 bits here", 16, 3, E, false },
	{ "host 10.0.0.0/8", "a mask needs \"net\"", 15, 1, E, false },
	{ "tcp host 10.0.0.1", "\"tcp\" cannot stand in front of an IPv4 host", 10, 8, E, false },
	{ "arp host 2001:db8::1", "\"arp\" cannot stand in front of an IPv6 address", 10, 11, E, false },
	{ "host 02:00:00:00:00:01", "an Ethernet address needs \"ether\" in front: ether host 02:00:00:00:00:01", 6, 17,
	  E, false },
	{ "ether host 02:00:00:00:00:01", "there are no Ethernet addresses in RAW", 12, 17, RT_LINK_RAW, false },
	/* ports and protocols */
	{ "port 65536", "a port is at most 65535", 6, 5, E, false },
	{ "port nosuch", "\"nosuch\" is no port", 6, 6, E, false },
	{ "portrange 1-70000", "a port is at most 65535", 11, 7, E, false },
	{ "port 10.0.0.1", "\"10.0.0.1\" is no port", 6, 8, E, false },
	{ "ip port 80", "\"ip\" cannot stand in front of a port", 9, 2, E, false },
	{ "ip proto foo", "\"foo\" is no protocol of IP", 10, 3, E, false },
	{ "ether proto \\tcp", "\"\\tcp\" is no protocol of the link layer", 13, 4, E, false },
	{ "arp proto 6", "\"arp\" carries no other protocol", 11, 1, E, false },
	{ "src proto 6", "a protocol has no direction", 11, 1, E, false },
	{ "ether", "\"ether\" cannot stand alone", 1, 5, E, false },
	/* tags, groups */
	{ "vlan 4096", "a VLAN number is at most 4095", 6, 4, E, false },
	{ "vlan", "there are no VLAN tags in RAW", 1, 4, RT_LINK_RAW, false },
	{ "vlan", "there are no VLAN tags in LINUX_SLL", 1, 4, RT_LINK_SLL, true },
	{ "broadcast", "there is no link-layer broadcast in LINUX_SLL", 1, 9, RT_LINK_SLL, false },
	{ "arp multicast", "\"arp\" has no multicast", 5, 9, E, false },
	{ "less", "the expression ends too early", 5, 1, E, false },
	/* arithmetic */
	{ "ip[0", "the expression ends too early", 5, 1, E, false },
	{ "ip[0] =", "the expression ends too early", 8, 1, E, false },
	{ "ip[0]", "the expression ends too early", 6, 1, E, false },
	{ "ip[0:3] = 1", "the size must be 1, 2 or 4", 6, 1, E, false },
	{ "ip[0] / 0 = 1", "division by zero", 9, 1, E, false },
	{ "ip[0] % (1 - 1) = 1", "division by zero", 12, 1, E, false },
	{ "ip[0] << 32 = 1", "a shift by more than 31 bits", 10, 2, E, false },
	{ "len = 4294967296", "4294967296 is more than 32 bits hold", 7, 10, E, false },
	{ "1 + tcp = 2", "\"=\" is not expected here", 9, 1, E, false },
	/* links */
	/* tunnels, 802.11, OSI */
	{ "mpls 1048576", "an MPLS label is at most 1048575", 6, 7, E, false },
	{ "mpls", "there are no MPLS labels in RAW", 1, 4, RT_LINK_RAW, false },
	{ "pppoes 65536", "a PPPoE session number is at most 65535", 8, 5, E, false },
	{ "geneve 16777216", "a VNI is at most 16777215", 8, 8, E, false },
	{ "type data", "\"type\" is only for 802.11", 1, 4, E, false },
	{ "type nosuch", "\"nosuch\" is no 802.11 type", 6, 6, RT_LINK_WLAN, false },
	{ "type 1", "an 802.11 type has no other bits than 0x0c", 6, 1, RT_LINK_WLAN, false },
	{ "type mgt subtype rts", "\"rts\" is no 802.11 subtype", 18, 3, RT_LINK_WLAN, false },
	{ "subtype", "the expression ends too early", 8, 1, RT_LINK_WLAN, false },
	{ "dir up", "\"up\" is no 802.11 direction", 5, 2, RT_LINK_RADIOTAP, false },
	{ "wlan addr5 02:00:00:00:00:01", "\"addr5\" is not expected here", 6, 5, RT_LINK_WLAN, false },
	{ "ether ra 02:00:00:00:00:01", "addr1 to addr4, ra and ta are only for 802.11 addresses: wlan addr1 MAC", 10,
	  17, E, false },
	{ "llc nosuch", "\"nosuch\" is no LLC frame type", 5, 6, E, false },
	{ "llc", "there is no LLC in PPP", 1, 3, RT_LINK_PPP, false },
	{ "iso proto \\tcp", "\"\\tcp\" is no protocol of OSI", 11, 4, E, false },
	{ "iso[0] = 1", "the bytes of \"iso\" cannot be asked for", 1, 3, E, false },
	{ "radio[0] = 1", "there is no radio header in EN10MB", 1, 5, E, false },
	{ "radio", "\"radio\" cannot stand alone", 1, 5, RT_LINK_RADIOTAP, false },
	{ "tcp protochain 6", "\"tcp\" carries no other protocol", 16, 1, E, false },
	{ "ip protochain 6", "protochain needs headers of a fixed length, or the default meaning", 15, 1,
	  RT_LINK_RADIOTAP, true },
	{ "decnet host 64.1", "\"64.1\" is no DECnet address, such as 10.1000", 13, 4, E, false },
	{ "inbound", "\"inbound\" is not known of frames in files of EN10MB", 1, 7, E, false },
	{ "ifindex 3", "\"ifindex\" is not known of frames in files of RAW", 1, 7, RT_LINK_RAW, false },
	{ "ifindex", "the expression ends too early", 8, 1, E, false },
	{ "byte 0 + 5", "\"+\" is not expected here", 8, 1, E, false },
	{ "tcp", "filters on link type 9999 are not supported", 0, 0, 9999, false },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct rt_filter_options options = { .link = row->link, .is_pcap = row->is_pcap };
	struct rt_error error;
	struct rt_filter *filter = (struct rt_filter *)1;
	assert_true(rt_filter_compile(&filter, row->text, &options, &error) < 0);
	assert_null(filter);
	assert_string_equal(row->what, error.what);
	assert_int_equal(row->column, error.column);
	assert_int_equal(row->length, error.length);
}

/* Deeper, longer or larger than the limits: refused in one line, whatever it is. */
static void refuse(const char *text, const char *what)
{
	const struct rt_filter_options options = { .link = E };
	struct rt_error error;
	struct rt_filter *filter;
	assert_true(rt_filter_compile(&filter, text, &options, &error) < 0);
	assert_string_equal(what, error.what);
}

static char *repeated(const char *begin, const char *piece, size_t count, const char *end)
{
	const size_t size = strlen(piece);
	char *text = malloc(strlen(begin) + size * count + strlen(end) + 1), *at;
	assert_non_null(text);
	at = stpcpy(text, begin);
	for (size_t i = 0; i < count; i++)
		at = stpcpy(at, piece);
	strcpy(at, end);
	return text;
}

static void test_limits(void **state)
{
	static const struct { const char *begin, *piece; size_t count; const char *end, *what; } cases[] = {
		{ "", "(", 300, "tcp", "\"(\" without \")\"" },
		{ "", "not ", 100000, "tcp", "nested deeper than 256 levels" },
		{ "", "- ", 100000, "1 = 1", "nested deeper than 256 levels" },
		{ "1 = 1", " + 1", 100000, "", "nested deeper than 256 levels" },
		{ "ip", " and ip or ip", 1000, "", "nested deeper than 256 levels" },
		{ "ip[", "ip[", 100000, "", "nested deeper than 256 levels" },
		{ "", " ", 2000000, "", "the expression is longer than 1048576 bytes" },
	};
	(void)state;
	for (size_t i = 0; i < RT_COUNT(cases); i++) {
		char *text = repeated(cases[i].begin, cases[i].piece, cases[i].count, cases[i].end);
		refuse(text, cases[i].what);
		free(text);
	}
	char *open = repeated("", "(", 300, "tcp"), *closed = repeated(open, ")", 300, "");
	refuse(closed, "nested deeper than 256 levels");
	free(open);
	free(closed);
}

/* Sums nested to the right need a scratch word a level; a filter has 16. */
static void test_scratch(void **state)
{
	(void)state;
	char *text = repeated("", "(tcp[1] - ", 20, "1"), *closed = repeated(text, ")", 20, " = 0");
	refuse(closed, "the arithmetic needs more than the 16 scratch words of a filter");
	free(text);
	free(closed);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 2];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].text, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	tests[RT_COUNT(rows)] = (struct CMUnitTest)cmocka_unit_test(test_limits);
	tests[RT_COUNT(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(test_scratch);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
