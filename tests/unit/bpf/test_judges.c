// SPDX-License-Identifier: MIT
/* test_judges.c - filters with known verdicts, on packets with known names. What is expected comes from
 * reading the packets (packets.c) with pcap-filter(7) and the RFCs in hand; then tree, machine (optimised,
 * plain, live) and kernel must agree on all packets, on runts and on damaged ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "expressions.h"
#include "links.h"
#include "oracle.h"

static const unsigned links[] = { RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL, RT_LINK_SLL2 };
static const unsigned all_links[] = { PACKET_LINKS };

/* Where a row holds. */
#define E 1                      /* Ethernet                                                    */
#define R 2                      /* raw IP                                                      */
#define S 12                     /* both Linux cooked                                           */
#define ANY 15

/* Which meaning: D default, for all ways of carrying; P --pcap-filter, carried plainly; B both. */
enum meaning { D = 1, P = 2, B = 3 };

/* `matches`: patterns of packets_fit. */
struct row { enum meaning meaning; unsigned links; const char *matches, *text; };

#define IP4 "tcp4-* udp4-* icmp4-* igmp4 sctp4 gre4 esp4"
#define IP6 "tcp6-* udp6-* icmp6-* sctp6 none6* long6-*"
#define FROM_A1 "tcp4-syn udp4-dns tcp4-later tcp4-first udp4-first udp4-later icmp4-later sctp4 gre4 esp4 " \
                "arp-request"
#define TO_A1   "tcp4-rst udp4-options arp-reply"
#define TO_A2   "tcp4-syn tcp4-later tcp4-first udp4-first udp4-later icmp4-later sctp4 gre4 esp4 arp-request"
#define FROM_A2 "tcp4-options tcp4-rst arp-reply"
#define FROM_C34 "tcp4-data icmp4-echo udp4-options udp4-mdns igmp4"
#define TO_C100 "tcp4-data icmp4-echo"
#define CHAIN6  "tcp6-x* tcp6-first tcp6-later udp6-x* udp6-first udp6-later udp6-behind icmp6-x* none6-x0 long6-*"
#define TO_S2   "tcp6-* udp6-* icmp6-* sctp6 none6* long6-* !udp6-plain !udp6-mdns !icmp6-ns"
#define PORT6   "tcp6-* !tcp6-later"
#define TCP6_P  "tcp6-plain tcp6-first tcp6-later"
#define WITH_TAG "vlan/* qinq/* 88a8/* zero/* 9100/* service/* six/*"

static const struct row rows[] = {
	{ B, ANY, "*", "" },
	/* protocols */
	{ B, ANY, IP4, "ip" },
	{ B, ANY, IP6, "ip6" },
	{ B, E|S, "arp-*", "arp" },
	{ B, E|S, "rarp-*", "rarp" },
	{ D, ANY, "tcp4-* tcp6-*", "tcp" },
	{ P, ANY, "tcp4-* " TCP6_P, "tcp" },
	{ D, ANY, "udp4-* udp6-*", "udp" },
	{ P, ANY, "udp4-* udp6-plain udp6-mdns udp6-behind !udp6-behind", "udp" },
	{ B, ANY, "icmp4-*", "icmp" },
	{ D, ANY, "icmp6-*", "icmp6" },
	{ P, ANY, "icmp6-echo icmp6-ns", "icmp6" },
	{ B, ANY, "sctp4 sctp6", "sctp" },
	{ B, ANY, "igmp4", "igmp" },
	{ B, ANY, "icmp4-*", "ip and icmp" },
	{ B, ANY, "tcp4-*", "ip and tcp" },
	{ D, ANY, "tcp6-*", "ip6 and tcp" },
	{ B, ANY, "", "ip and ip6" },
	{ B, ANY, IP4 " " IP6, "ip or ip6" },
	{ B, E, "* !tcp4-* !udp4-* !icmp4-* !igmp4 !sctp4 !gre4 !esp4", "not ip" },
	{ B, E, "* !tcp4-* !udp4-* !icmp4-* !igmp4 !sctp4 !gre4 !esp4", "!ip" },
	{ B, R, IP6, "not ip" },
	{ D, ANY, "* !tcp4-* !tcp6-*", "not tcp" },
	{ B, ANY, "tcp4-*", "ip proto 6" },
	{ B, ANY, "tcp4-*", "ip proto \\tcp" },
	{ B, ANY, "udp4-*", "ip proto 17" },
	{ B, ANY, "gre4", "ip proto 47" },
	{ B, ANY, "esp4", "ip proto 50" },
	{ D, ANY, "tcp6-*", "ip6 proto 6" },
	{ P, ANY, TCP6_P, "ip6 proto 6" },
	{ D, ANY, "icmp6-*", "ip6 proto 58" },
	{ D, ANY, "tcp4-* tcp6-*", "proto 6" },
	{ B, ANY, "sctp4 sctp6", "proto 132" },
	{ B, ANY, "igmp4", "proto 2" },
	{ B, E|S, IP4, "ether proto 0x0800" },
	{ B, E|S, IP6, "ether proto 0x86dd" },
	{ B, E|S, IP4, "ether proto \\ip" },
	{ B, E|S, "local", "ether proto 0x88b5" },
	{ B, E|S, "mpls", "ether proto 0x8847" },
	{ B, E|S, "arp-*", "ether proto 0x806" },
	/* hosts */
	{ B, ANY, FROM_A1 " " TO_A1, "host 10.0.0.1" },
	{ B, ANY, FROM_A1, "src host 10.0.0.1" },
	{ B, ANY, FROM_A1, "src 10.0.0.1" },
	{ B, ANY, TO_A1, "dst host 10.0.0.1" },
	{ B, ANY, TO_A1, "dst 10.0.0.1" },
	{ B, ANY, FROM_A1 " " TO_A1, "src or dst host 10.0.0.1" },
	{ B, ANY, "", "src and dst host 10.0.0.1" },
	{ B, ANY, FROM_A2 " " TO_A2, "host 10.0.0.2" },
	{ B, ANY, TO_A2, "dst 10.0.0.2" },
	{ B, ANY, TO_A2, "src 10.0.0.1 and dst 10.0.0.2" },
	{ B, ANY, TO_A2 " tcp4-rst arp-reply", "host 10.0.0.1 and 10.0.0.2" },
	{ B, ANY, "* !arp-request", "not (src 10.0.0.1 and arp)" },
	{ B, ANY, FROM_A1 " " TO_A1 " !arp-*", "ip host 10.0.0.1" },
	{ B, E|S, "arp-request arp-reply", "arp host 10.0.0.1" },
	{ B, E|S, "arp-request", "arp src host 10.0.0.1" },
	{ B, E|S, "rarp-request", "rarp host 10.0.0.99" },
	{ B, E|S, "rarp-request", "host 10.0.0.99" },
	{ B, ANY, FROM_C34, "src host 192.168.16.34" },
	{ B, ANY, TO_C100, "dst host 192.168.16.100" },
	{ B, ANY, "icmp4-reply icmp4-port", "src host 192.168.16.100 and dst host 192.168.16.34" },
	{ B, ANY, IP6 " !udp6-mdns", "host 2001:db8::1" },
	{ B, ANY, IP6 " !udp6-mdns !udp6-plain", "src host 2001:db8::1" },
	{ B, ANY, "udp6-plain", "dst host 2001:db8::1" },
	{ B, ANY, TO_S2, "dst host 2001:db8::2" },
	{ B, ANY, "udp6-mdns", "src fe80::1" },
	{ B, ANY, "udp6-mdns", "ip6 host ff02::fb" },
	{ B, ANY, "icmp6-ns", "dst ff02::1:ff00:2" },
	/* networks */
	{ B, ANY, FROM_A1 " " TO_A1 " tcp4-options rarp-request", "net 10.0.0.0/8" },
	{ B, ANY, FROM_A1 " " TO_A1 " tcp4-options rarp-request", "net 10" },
	{ B, ANY, FROM_A1 " " TO_A1 " tcp4-options rarp-request", "net 10.0.0" },
	{ B, ANY, FROM_A1 " " TO_A1 " tcp4-options rarp-request", "net 10.0.0.0 mask 255.255.255.0" },
	{ B, ANY, FROM_A1 " " FROM_A2, "src net 10.0.0.0/30" },
	{ B, ANY, TO_A1 " " TO_A2 " udp4-dns rarp-request", "dst net 10.0.0.0/25" },
	{ B, ANY, TO_A2 " tcp4-rst arp-reply udp4-dns", "src and dst net 10.0.0.0/24" },
	{ B, ANY, "udp4-dns", "dst net 10.0.0.48/29" },
	{ B, ANY, "tcp4-options", "net 172.16.0.0/12" },
	{ B, ANY, FROM_C34 " icmp4-*  !icmp4-later", "net 192.168.16" },
	{ B, ANY, FROM_C34 " icmp4-*  !icmp4-later", "net 192.168" },
	{ B, ANY, "udp4-mdns igmp4", "net 224.0.0.0/4" },
	{ B, ANY, IP4, "ip net 0.0.0.0/0" },
	{ B, E|S, "arp-request arp-reply rarp-request", "net 10.0.0.0/8 and not ip" },
	{ B, ANY, IP6 " !udp6-mdns", "net 2001:db8::/32" },
	{ B, ANY, "udp6-mdns", "src net fe80::/10" },
	{ B, ANY, "udp6-mdns icmp6-ns", "dst net ff00::/8" },
	{ B, ANY, "udp6-plain", "dst net 2001:db8::/127" },
	/* ports */
	{ D, ANY, "tcp4-syn tcp4-options tcp4-first sctp4 sctp6 " PORT6, "port 80" },
	{ P, ANY, "tcp4-syn tcp4-options tcp4-first sctp4 sctp6 tcp6-plain", "port 80" },
	{ D, ANY, "tcp4-syn tcp4-options tcp4-first " PORT6, "tcp port 80" },
	{ P, ANY, "tcp4-syn tcp4-options tcp4-first tcp6-plain", "tcp port 80" },
	{ B, ANY, "tcp4-first sctp4 sctp6", "src port 80" },
	{ B, ANY, "tcp4-first", "tcp src port 80" },
	{ B, ANY, "sctp4 sctp6", "sctp port 80" },
	{ D, ANY, "tcp4-syn tcp4-options " PORT6, "dst port 80" },
	{ B, ANY, "", "udp port 80" },
	{ B, ANY, "tcp4-data", "port 443" },
	{ B, ANY, "tcp4-data", "tcp dst port 443" },
	{ B, ANY, "tcp4-rst", "port 22" },
	{ B, ANY, "tcp4-rst", "src port 22 and dst port 50000" },
	{ D, ANY, "udp4-dns udp4-first udp6-* !udp6-mdns !udp6-later", "port 53" },
	{ P, ANY, "udp4-dns udp4-first udp6-plain", "port 53" },
	{ D, ANY, "udp4-first udp6-* !udp6-mdns !udp6-later", "udp src port 53" },
	{ B, ANY, "udp4-first", "src and dst port 53" },
	{ B, ANY, "udp4-mdns udp6-mdns", "src and dst port 5353" },
	{ B, ANY, "udp4-mdns udp6-mdns", "udp port 5353" },
	{ D, ANY, "tcp4-syn tcp4-options tcp4-first sctp4 sctp6 tcp4-data " PORT6, "port 80 or 443" },
	{ B, ANY, "tcp4-data tcp4-rst", "tcp port 443 or 22" },
	{ B, ANY, "tcp4-data tcp4-rst udp4-dhcp", "port 443 or 22 or 67" },
	{ B, ANY, "udp4-dhcp", "port 67 and 68" },
	{ B, ANY, "udp4-dhcp", "portrange 60-70" },
	{ B, ANY, "tcp4-rst", "portrange 20-22" },
	{ B, ANY, "tcp4-first", "dst portrange 8000-8100" },
	{ B, ANY, "tcp4-first", "tcp dst portrange 8000-8100" },
	{ B, ANY, "udp4-mdns udp6-mdns udp4-options", "udp src portrange 5000-6000" },
	{ B, ANY, "sctp4 sctp6", "dst portrange 5000-5000" },
	{ D, ANY, "tcp6-* !tcp6-later", "ip6 and tcp port 80" },
	{ D, ANY, "udp6-* !udp6-mdns !udp6-later", "ip6 and port 53" },
	{ B, ANY, "tcp4-syn tcp4-first", "host 10.0.0.1 and tcp port 80 and ip" },
	{ B, ANY, "tcp4-syn tcp4-later", "src 10.0.0.1 and tcp and not tcp port 8080" },
	/* and, or, not */
	{ B, ANY, "icmp4-* igmp4", "icmp or igmp" },
	{ B, ANY, "icmp4-* igmp4", "icmp || igmp" },
	{ B, ANY, "icmp4-later", "icmp && host 10.0.0.1" },
	{ B, ANY, "tcp4-syn tcp4-later tcp4-first", "ip and tcp and src 10.0.0.1" },
	{ B, ANY, "icmp4-later", "(icmp or igmp) and host 10.0.0.1" },
	{ B, ANY, "igmp4", "igmp or icmp and not icmp" },
	{ B, ANY, "icmp4-echo icmp4-reply icmp4-port", "icmp and not host 10.0.0.1" },
	{ B, ANY, "icmp4-echo icmp4-reply icmp4-port", "not not icmp and not (host 10.0.0.1 or 10.0.0.2)" },
	{ B, ANY, "icmp4-*", "not not icmp" },
	{ B, ANY, "tcp4-data tcp4-rst tcp4-later", "ip and tcp and not dst port 80 and not tcp[0:2] = 80" },
	{ B, ANY, "tcp4-first tcp4-rst icmp4-*", "tcp port 8080 and ip or src port 22 or icmp" },
	{ B, ANY, "gre4 esp4", "ip and not (tcp or udp or icmp or igmp or sctp)" },
	/* bytes and arithmetic */
	{ B, ANY, "tcp4-options udp4-options igmp4", "ip[0] & 0xf != 5" },
	{ B, ANY, "tcp4-options", "ip[0] = 0x48" },
	{ B, ANY, "tcp4-options udp4-options igmp4", "(ip[0] & 0xf) * 4 > 20" },
	{ B, ANY, "tcp4-later udp4-later icmp4-later", "ip[6:2] & 0x1fff != 0" },
	{ B, ANY, "tcp4-first udp4-first", "ip[6] & 0x20 != 0 and ip[6:2] & 0x1fff = 0" },
	{ B, ANY, "udp4-mdns tcp4-rst", "ip[8] = 255" },
	{ B, ANY, "udp4-mdns tcp4-rst", "ip[8] > 64" },
	{ B, ANY, "udp4-options igmp4", "ip[8] < 2" },
	{ B, ANY, "udp4-dns", "ip[1] != 0 and udp" },
	{ B, ANY, "tcp4-data", "ip[12:4] = 0xc0a81022 and tcp" },
	{ B, ANY, "tcp4-syn tcp4-options", "ip and tcp[13] & 2 != 0 and tcp[13] & 16 = 0" },
	{ B, ANY, "tcp4-syn tcp4-options", "ip and tcp[tcpflags] = tcp-syn" },
	{ B, ANY, "tcp4-syn tcp4-options", "ip and tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn" },
	{ B, ANY, "tcp4-data", "ip and tcp[tcpflags] & tcp-push != 0" },
	{ B, ANY, "tcp4-rst", "ip and tcp[tcpflags] & tcp-rst != 0" },
	{ D, ANY, "tcp4-syn tcp4-options " PORT6, "tcp[tcpflags] = tcp-syn" },
	{ P, ANY, "tcp4-syn tcp4-options", "tcp[tcpflags] = tcp-syn" },
	{ B, ANY, "tcp4-syn tcp4-options", "ip and tcp[2:2] = 80" },
	{ B, ANY, "tcp4-syn tcp4-options", "ip and tcp[0:4] = 0xc0010050" },
	{ B, ANY, "tcp4-data", "ip and tcp[((tcp[12] & 0xf0) >> 2):2] = 0x6869" },
	{ B, ANY, "udp4-dns", "ip and udp[4:2] = 16" },
	{ B, ANY, "icmp4-echo", "icmp[icmptype] = icmp-echo" },
	{ B, ANY, "icmp4-reply", "icmp[icmptype] == icmp-echoreply" },
	{ B, ANY, "icmp4-port", "icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 3" },
	{ B, ANY, "icmp4-echo icmp4-port", "icmp[0] != 0" },
	{ B, ANY, "icmp4-echo icmp4-reply", "icmp[4:2] = 6" },
	{ B, ANY, "udp6-mdns icmp6-ns", "ip6[7] = 255" },
	{ B, ANY, "tcp6-first tcp6-later", "ip6[6] = 44 and ip6[40] = 6" },
	{ B, ANY, "tcp4-options", "ip[2:2] - ((ip[0] & 0xf) << 2) = 20 and ip[0] = 0x48" },
	{ B, ANY, "gre4", "ip[2:2] / 8 = 3 and ip[9] = 47" },
	{ B, ANY, "gre4", "ip[9] ^ 47 = 0" },
	{ B, ANY, "esp4 gre4", "ip[9] | 31 = 63 and ip[9] > 46" },
	{ B, E|S, "arp-request", "arp[6:2] = 1" },
	{ B, E|S, "arp-reply", "arp[7] = 2" },
	{ B, E, "arp-request rarp-request udp4-dhcp", "ether[0:4] = 0xffffffff" },
	{ B, E, "arp-request rarp-request udp4-dhcp", "ether broadcast" },
	{ B, E, "arp-request rarp-request udp4-dhcp udp4-mdns igmp4 udp6-mdns icmp6-ns stp", "ether multicast" },
	{ B, E, "arp-request rarp-request udp4-dhcp", "ether dst ff:ff:ff:ff:ff:ff" },
	{ B, E, "*", "ether src 02:00:00:00:00:01" },
	{ B, E, "*", "ether host 02:00:00:00:00:01" },
	{ B, E, "udp4-mdns igmp4 udp6-mdns icmp6-ns stp", "ether dst 01:00:5e:00:00:fb" },
	{ B, E, "", "ether src 02:00:00:00:00:02" },
	{ B, ANY, "udp4-mdns igmp4 udp4-dhcp", "ip multicast" },
	{ B, ANY, "udp6-mdns icmp6-ns", "ip6 multicast" },
	{ B, ANY, "*", "len > 0" },
	{ B, ANY, "", "len > 1500" },
	{ B, ANY, "*", "less 1500" },
	{ B, ANY, "", "greater 1500" },
	{ B, ANY, "*", "len - len = 0" },
	{ B, ANY, "", "1 = 2" },
	{ B, ANY, "*", "1 + 2 * 3 = 7" },
	/* nothing stands in front of a header */
	{ D, ANY, "", "ip[-1] >= 0" },
	{ D, ANY, "", "ip[len - len - 1] >= 0" },
	{ D, ANY, "", "ip6[len - len - 4:4] >= 0" },
	{ D, ANY, "", "tcp[len - len - 2:2] >= 0 or udp[-2:2] >= 0" },
	{ D, E|S, "", "ether[len - len - 1] >= 0" },
	{ D, ANY, "*", "not ip[len - len - 1] >= 0" },
	/* tags */
	{ D, E|S, WITH_TAG, "vlan" },
	{ D, E|S, "plain/*", "not vlan" },
	{ D, E|S, "vlan/* qinq/* 88a8/* 9100/* service/*", "vlan 5" },
	{ D, E|S, "qinq/* 88a8/* 9100/*", "vlan 100" },
	{ D, E|S, "zero/*", "vlan 0" },
	{ D, E|S, "six/*", "vlan 6" },
	{ D, E|S, "", "vlan 4000" },
	{ D, E|S, "six/icmp4-*", "vlan 6 and icmp" },
	{ D, E|S, "six/icmp4-*", "icmp and vlan 6" },
	{ D, E|S, "six/* */icmp4-*", "vlan 6 or icmp" },
	{ D, E|S, "six/* */icmp4-*", "icmp or vlan 6" },
	{ D, E|S, "*/icmp4-* !six/*", "icmp and not vlan 6" },
	{ D, E|S, "zero/igmp4 six/igmp4", "(vlan 0 and igmp) or (vlan 6 and igmp)" },
	{ P, E, "vlan/* qinq/* 88a8/* zero/* 9100/* service/* six/*", "vlan" },
	{ P, E, "vlan/* service/*", "vlan 5" },
	{ P, E, "qinq/* 88a8/* 9100/*", "vlan 100" },
	{ P, E, "qinq/* 88a8/* 9100/*", "vlan 100 and vlan 5" },
	{ P, E, "vlan/icmp4-* zero/icmp4-* service/icmp4-* six/icmp4-*", "vlan and icmp" },
	{ P, E, "qinq/icmp4-* 88a8/icmp4-* 9100/icmp4-*", "vlan and vlan and icmp" },
	{ P, E, "plain/icmp4-*", "icmp" },
};

static bool holds_for(const struct row *row, enum meaning meaning, const struct test_packet *packet)
{
	const bool is_plain = strcmp(packet->way, "plain") == 0;
	return packet->is_whole && (meaning == D || is_plain || strchr(row->matches, '/'));
}

static unsigned check_verdicts(const struct row *row, enum meaning meaning, const struct judges *judges,
                               const struct packet_set *set)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct test_packet *packet = &set->packets[i];
		const bool expected = packets_fit(row->matches, packet);
		const bool got = rt_filter_run(judges->best, packet->bytes, packet->size, packet->size) != 0;
		if (!holds_for(row, meaning, packet) || got == expected)
			continue;
		if (wrong++ < 3) {
			char what[64];
			snprintf(what, sizeof what, "%s: expected %d, got %d", meaning == D ? "default" : "pcap",
			         expected, got);
			packets_report(what, row->text, set->link, packet);
		}
	}
	return wrong;
}

static unsigned check_row(const struct row *row, enum meaning meaning, unsigned link)
{
	struct judges judges;
	if (judges_open(&judges, row->text, link, meaning == P) < 0) {
		if (meaning == P && row->matches[0] == 0)        /* tcpdump: expression rejects all packets */
			return 0;
		printf("refused | %s | %s%s | %s\n", row->text, rt_link_name(link), meaning == P ? " pcap" : "",
		       judges.error.what);
		return 1;
	}
	struct kernel kernel;
	assert_int_equal(kernel_open(&kernel), 0);
	struct packet_set set = packets_make(link);
	unsigned wrong = check_verdicts(row, meaning, &judges, &set), refused = 0;
	struct dice dice = { 1 };
	packets_damage(&set, set.count, 1, true, &dice);
	wrong += !judges_agree(&judges, row->text, &set, 0);
	wrong += !judges_agree(&judges, row->text, &set, 70);
	wrong += !judges_kernel(&judges, &kernel, row->text, &set, 5, link, &refused);
	wrong += refused;
	packets_free(&set);
	kernel_close(&kernel);
	judges_close(&judges);
	return wrong;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < RT_COUNT(links); i++) {
		if (!(row->links & 1u << i))
			continue;
		if (row->meaning & D)
			wrong += check_row(row, D, links[i]);
		if (row->meaning & P)
			wrong += check_row(row, P, links[i]);
	}
	assert_int_equal(wrong, 0);
}

/* ---- the oracle: every primitive and its negation, in every way of being carried ------------------------ */

static unsigned check_oracle(const struct primitive *primitive, bool is_not, const struct packet_set *set)
{
	char text[100];
	snprintf(text, sizeof text, "%s%s", is_not ? "not " : "", primitive_text(primitive));
	struct judges judges;
	if (judges_open(&judges, text, set->link, false) < 0)
		return 1;
	unsigned wrong = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct test_packet *packet = &set->packets[i];
		struct parsed parsed;
		if (!packet->is_whole || !oracle_knows(set->link, packet->way))
			continue;
		oracle_parse(&parsed, set->link, packet->bytes, packet->size);
		const bool expected = oracle(primitive, &parsed) != is_not;
		const bool got = rt_filter_run(judges.best, packet->bytes, packet->size, packet->size) != 0;
		if (expected != got && wrong++ < 3)
			packets_report(expected ? "machine 0, oracle 1" : "machine 1, oracle 0", text, set->link,
			              packet);
	}
	judges_close(&judges);
	return wrong;
}

static void test_matrix(void **state)
{
	const unsigned link = *(const unsigned *)*state;
	struct packet_set set = packets_make(link);
	unsigned wrong = 0;
	for (size_t i = 0; i < primitive_count; i++) {
		if (!primitive_fits(primitive_get(i), link))
			continue;
		wrong += check_oracle(primitive_get(i), false, &set);
		wrong += check_oracle(primitive_get(i), true, &set);
	}
	packets_free(&set);
	assert_int_equal(wrong, 0);
}

/* ---- properties: sides of `or` and `and` may change places, two `not` are none ---------------------------- */

static unsigned check_same(const char *left, const char *right, const struct packet_set *set)
{
	struct judges a, b;
	const int rc_a = judges_open(&a, left, set->link, false);
	const int rc_b = judges_open(&b, right, set->link, false);
	unsigned wrong = rc_a < 0 || rc_b < 0;
	for (size_t i = 0; !wrong && i < set->count; i++) {
		const struct test_packet *p = &set->packets[i];
		if (!p->is_whole)
			continue;
		wrong = (rt_filter_run(a.best, p->bytes, p->size, p->size) != 0) !=
		        (rt_filter_run(b.best, p->bytes, p->size, p->size) != 0);
		if (wrong)
			packets_report(left, right, set->link, p);
	}
	judges_close(&a);
	judges_close(&b);
	return wrong;
}

static void test_properties(void **state)
{
	const unsigned link = *(const unsigned *)*state;
	struct packet_set set = packets_make(link);
	unsigned wrong = 0;
	for (size_t i = 0; i < primitive_count; i++) {
		if (!primitive_fits(primitive_get(i), link))
			continue;
		const char *a = primitive_text(primitive_get(i));
		char left[200], right[200];
		snprintf(left, sizeof left, "not not (%s)", a);
		wrong += check_same(left, a, &set);
		for (size_t j = 0; j < i; j++) {
			if (!primitive_fits(primitive_get(j), link))
				continue;
			const char *b = primitive_text(primitive_get(j));
			snprintf(left, sizeof left, "(%s) or (%s)", a, b);
			snprintf(right, sizeof right, "(%s) or (%s)", b, a);
			wrong += check_same(left, right, &set);
			snprintf(left, sizeof left, "(%s) and not (%s)", a, b);
			snprintf(right, sizeof right, "not ((%s) or not (%s))", b, a);
			wrong += check_same(left, right, &set);
		}
	}
	packets_free(&set);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(links) + RT_COUNT(all_links)];
	static char names[RT_COUNT(tests)][200];
	size_t count = 0;
	for (size_t i = 0; i < RT_COUNT(rows); i++, count++) {
		snprintf(names[count], sizeof names[0], "%s%s %s", rows[i].meaning & D ? "D" : "",
		         rows[i].meaning & P ? "P" : "", rows[i].text);
		tests[count] = (struct CMUnitTest){ .name = names[count], .test_func = test_row,
		                                    .initial_state = (void *)(uintptr_t)&rows[i] };
	}
	for (size_t i = 0; i < RT_COUNT(all_links); i++, count++) {
		snprintf(names[count], sizeof names[0], "matrix %s", rt_link_name(all_links[i]));
		tests[count] = (struct CMUnitTest){ .name = names[count], .test_func = test_matrix,
		                                    .initial_state = (void *)(uintptr_t)&all_links[i] };
	}
	for (size_t i = 0; i < RT_COUNT(links); i++, count++) {
		snprintf(names[count], sizeof names[0], "properties %s", rt_link_name(links[i]));
		tests[count] = (struct CMUnitTest){ .name = names[count], .test_func = test_properties,
		                                    .initial_state = (void *)(uintptr_t)&links[i] };
	}
	return _cmocka_run_group_tests("judges", tests, count, NULL, NULL);
}
