/* SPDX-License-Identifier: MIT */
/* test_field_rows.c - what values, names and lists mean in tests of fields: a sample, an expression, the verdict. What
 * is in the samples was said by Scapy (sample.c has the bytes). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/filter.h>
#include "carrier.h"
#include "sample.h"

struct row { bool is_yes; const char *sample, *text; };

#define Y true
#define N false

static const struct row rows[] = {
	/* numbers and their names */
	{ Y, "syn", "TCP.flags == S" },
	{ N, "syn", "TCP.flags == SA" },
	{ Y, "data", "TCP.flags == FPA" },
	{ Y, "data", "TCP.flags == \"APF\"" },
	{ N, "data", "TCP.flags == \"\"" },
	{ Y, "data", "IP.flags == \"\"" },
	{ Y, "syn", "IP.flags == DF" },
	{ N, "syn", "IP.flags == \"MF+DF\"" },
	{ Y, "data", "TCP.dport == http" },
	{ Y, "answer", "UDP.sport == domain" },
	{ N, "answer", "UDP.sport == ntp" },
	{ Y, "data", "IP.proto == tcp" },
	{ Y, "data", "IP.proto == \\tcp" },
	{ Y, "data", "IP.proto == \"TCP\"" },
	{ Y, "data", "Ether.type == IPv4" },
	{ Y, "unreach", "ICMP.type == dest-unreach and ICMP.code == port-unreachable" },
	{ N, "unreach", "ICMP.code == host-unreachable" },
	{ N, "timestamp", "ICMP.code == network-unreachable" },     /* code 0, but of another type */
	{ Y, "timestamp", "ICMP.code != network-unreachable" },
	{ Y, "timestamp", "ICMP.ts_ori == 45296789 and ICMP.ts_tx > 86399000" },
	{ N, "unreach", "ICMP.ts_ori >= 0" },
	{ Y, "data", "TCP.seq == 4294967295 and TCP.seq > 4294967294" },
	{ N, "data", "TCP.seq + 1 != 0" },                           /* sums have 32 bits */
	{ Y, "data", "TCP.seq == 0xffffffff and TCP.urgptr == 00" },
	{ Y, "data", "TCP.dport == 0x50 and TCP.dport == 0120 and TCP.dport == 79 + 1" },
	{ Y, "qinq", "Dot1AD.vlan == 100 and Dot1Q.vlan == 4094" },
	{ Y, "answer", "DNS.rcode == ok and DNS.opcode == QUERY" },
	/* what is not there */
	{ N, "syn", "UDP.sport == 5" },
	{ N, "syn", "UDP.sport != 5" },
	{ Y, "syn", "not UDP.sport == 5" },
	{ N, "syn", "IP_2.ttl > 0" },
	{ Y, "syn", "TCP and not UDP and IP.ttl" },
	{ Y, "timestamp", "ICMP.ts_rx" },
	{ N, "unreach", "ICMP.ts_rx" },
	{ Y, "syn", "frame and Ether" },
	/* layers of one name */
	{ Y, "tunnel", "IP.ttl == 64 and IP_2.ttl == 9 and IP_1.ttl == 64" },
	{ Y, "tunnel", "IP.src == 192.168.16.34 and IP_2.src == 10.0.0.1" },
	{ N, "tunnel", "IP_3" },
	{ Y, "tunnel", "IP_2 and ip_2.dst == 10.0.0.2" },
	{ Y, "unreach", "IPerror.dst == 10.9.8.7 and UDPerror.dport == 33434" },
	{ N, "unreach", "UDP or IP_2" },
	/* addresses */
	{ Y, "data", "IP.src == 192.168.16.34" },
	{ Y, "data", "IP.src == \"192.168.16.34\"" },
	{ Y, "data", "IP.src == 0xc0a81022" },
	{ Y, "data", "IP.src == 192.168.16.0/24 and IP.src == 192.168.16.99/24 and IP.src == 1.2.3.4/0" },
	{ N, "data", "IP.src == 192.168.16.35/32" },
	{ Y, "data", "IP.src != 192.168.17.0/24" },
	{ Y, "qinq", "IPv6.src == 2001:db8::1 and IPv6.dst == 2001:db8::/32" },
	{ Y, "qinq", "IPv6.src == \"2001:0db8:0::1\"" },
	{ N, "qinq", "IPv6.src == 2001:db8::2/127" },
	{ Y, "data", "Ether.src == 02:00:00:00:00:01 and Ether.src == 0200.0000.0001" },
	{ Y, "who-has", "ARP.psrc == 192.168.16.34 and ARP.hwdst == 00:00:00:00:00:00" },
	{ N, "who-has", "ARP.psrc == 2001:db8::1" },
	{ Y, "who-has", "ARP.psrc != 2001:db8::1" },
	/* lists: one item is enough, and all have to differ */
	{ Y, "answer", "DNS.qd.qname == www.example.com" },
	{ Y, "answer", "DNS.qd.qname == \"WWW.example.com.\"" },
	{ N, "answer", "DNS.qd.qname == \"example.com\"" },
	{ Y, "answer", "DNS.qd.qname != \"example.com\"" },
	{ Y, "answer", "DNS.an.rrname == \"example.com\" and DNS.an.rrname == \"www.example.com\"" },
	{ N, "answer", "DNS.an.rrname != \"example.com\"" },
	{ Y, "answer", "DNS.an.rdata == 1.2.3.4" },
	{ Y, "answer", "DNS.an.rdata == example.com" },
	{ N, "answer", "DNS.an.rdata == 1.2.3.5" },
	{ Y, "answer", "DNS.an.rdata == 1.2.0.0/16" },
	{ Y, "answer", "DNS.an.type == CNAME and DNS.an.type == A and not DNS.an.type == AAAA" },
	{ Y, "answer", "DNS.an.ttl > 299 and DNS.an.ttl < 61" },
	{ N, "answer", "DNS.an.ttl > 300" },
	{ N, "answer", "DNS.ns.ttl > 0 or DNS.ns.ttl != 0" },
	{ Y, "answer", "DNS.ar.DNSRROPT" },
	{ N, "answer", "DNS.an.DNSRROPT" },
	{ N, "answer", "DNS.an.DNSRRMX.preference == 5" },
	{ Y, "syn", "TCP.options.MSS.value == 1460 and TCP.options.WScale.value == 7" },
	{ N, "syn", "TCP.options.MSS.value == 7" },
	{ Y, "syn", "TCP.options.value == 7 and TCP.options.value == 1460" },
	{ Y, "syn", "TCP.options.MSS and not TCP.options.SAck" },
	{ Y, "data", "TCP.options.SAck and TCP.options.kind == 5" },
	{ Y, "options", "IP.options.alert == 0" },
	/* bytes */
	{ Y, "data", "Raw.load contains \"hi\"" },
	{ N, "data", "Raw.load contains \"hI\"" },
	{ Y, "data", "Raw.load contains \"\\x00'\\\"\"" },
	{ Y, "data", "Raw.load == \"hi\\x00'\\\"\\xff\\n\\x1b[31m\"" },
	{ N, "data", "Raw.load == \"hi\"" },
	{ Y, "data", "Raw.load != \"hi\"" },
	{ Y, "data", "Raw.load contains \"\"" },
	{ Y, "data", "tcp contains \"hi\" and ip contains \"hi\" and TCP contains \"\\x00\\x50\"" },
	{ N, "data", "udp contains \"hi\"" },
	{ Y, "data", "IP.src contains \"\\xa8\\x10\"" },
	{ Y, "qinq", "ip6 contains \"abc\" and frame contains \"abc\" and Raw contains \"abc\"" },
	{ Y, "answer", "DNS.an.rrname contains \"www\" and DNS.qd.qname contains \".\"" },
	{ N, "answer", "DNS.qd.qname contains \"\\x03www\"" },
	{ Y, "answer", "DNS contains \"\\x03www\"" },
	{ Y, "syn", "TCP.options contains \"\\x02\\x04\\x05\\xb4\"" },
	/* sums */
	{ Y, "data", "IP.len - IP.ihl * 4 == 52" },
	{ Y, "data", "IP.len == 20 + TCP.dataofs * 4 + 12" },
	{ Y, "data", "40 < IP.len and 5 = IP.ihl" },
	{ Y, "data", "TCP.flags & 0x12 = 0x10 and TCP.flags & (1|8) = 9" },
	{ Y, "data", "-IP.ttl == -64 and (IP.ttl) == 64" },
	{ N, "data", "100 / IP.frag == 0 or 100 % IP.frag >= 0" },
	{ Y, "data", "100 / IP.frag == 0 or IP" },                   /* nothing ends here */
	{ Y, "data", "len == IP.len + 14 and frame.len == len" },
	{ N, "data", "IP.len == UDP.len or IP.len != UDP.len" },
	{ Y, "tunnel", "IP.len - IP_2.len == 20 and IP.ttl > IP_2.ttl" },
	/* upper and lower case; where names of pcap-filter(7) are meant */
	{ Y, "data", "ip.TTL == 64 and tcp.Flags == FPA and ether.type == ipv4" },
	{ Y, "data", "src host 192.168.16.34 and IP.ttl == 64 and TCP" },
	{ Y, "data", "port 80 and TCP.flags" },
	/* of applications */
	{ Y, "snmp", "SNMP.varbindlist.oid == 1.3.6.1 or SNMP.varbindlist.oid == \"1.3.6.1.2.1.1.1.0\"" },
	{ N, "snmp", "SNMP.varbindlist.oid == \"1.3.6.1.2.1.1.1\"" },
	{ Y, "snmp", "SNMP.varbindlist.oid contains \"1.3.6.1.2\" and snmp.community == \"public\"" },
	{ Y, "snmp", "SNMP.id == 1328157123" },
	{ Y, "netbios", "NBNSQueryRequest.QUESTION_NAME == \"BOX\" and NBNSHeader" },
	{ N, "netbios", "NBNSQueryRequest.QUESTION_NAME != BOX" },
	{ Y, "netbios", "NBNSQueryRequest.QUESTION_NAME contains \"OX\"" },
};

/* What tshark and Scapy read is said where these are tested as packets (test_snmp.c, test_netbios.c). */
static const struct sample others[] = {
	{ "snmp", RT_LINK_IPV4, UDP4("c000", "00a1") "3029" "020101" "0406'public'" "a01c" "02044f2a11c3" "020100" "020100"
	  "300e" "300c" "06082b06010201010100" "0500" },
	{ "netbios", RT_LINK_IPV4, UDP4("0089", "0089") "1234" "0110" "0001" "0000" "0000" "0000"
	  "20'ECEPFICACACACACACACACACACACACACA'" "'CA'00" "0020" "0001" },
};

static void get(struct sampled *out, const char *name)
{
	uint8_t bytes[SAMPLE_MAX];
	for (size_t i = 0; i < RT_COUNT(others); i++) {
		if (strcmp(others[i].name, name) != 0)
			continue;
		const uint32_t size = (uint32_t)sample_bytes(&others[i], bytes);
		sample_make(out, others[i].link, bytes, size, size);
		return;
	}
	sample_get(out, name);
}

static bool verdict(const struct row *row, bool is_pcap)
{
	struct sampled sampled;
	get(&sampled, row->sample);
	const struct rt_filter_options options = { .link = sampled.frame.link, .is_pcap = is_pcap };
	struct rt_filter *filter;
	struct rt_error error;
	if (rt_filter_compile(&filter, row->text, &options, &error) < 0)
		fail_msg("%s, column %d", error.what, error.column);
	const bool is_yes = rt_filter_match(filter, &sampled.frame);
	rt_filter_free(filter);
	return is_yes;
}

/* --pcap-filter takes a bare name behind a host or port for one more of them. */
static void test_row(void **state)
{
	const struct row *row = *state;
	assert_int_equal(row->is_yes, verdict(row, false));
	if (!strstr(row->text, "host ") && !strstr(row->text, "port 80"))
		assert_int_equal(row->is_yes, verdict(row, true));
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].text, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
