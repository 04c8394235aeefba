// SPDX-License-Identifier: MIT
/* expressions.c - dice become filter expressions; and the comparison of one filter's judges over many
 * packets. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "expressions.h"

static const char *const simple[] = {
	"ip", "ip6", "arp", "rarp", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "vlan", "vlan 5",
	"vlan 100", "vlan 0", "ip proto 6", "ip proto 17", "ip proto 2", "ip6 proto 6", "ip6 proto 58",
	"ip6 proto 0", "ip6 proto 44", "proto 17", "proto 132", "ether proto 0x800", "ether proto 0x86dd",
	"ether proto 0x8100", "ether proto 0x806", "ether host 02:00:00:00:00:01",
	"ether src 02:00:00:00:00:01", "ether dst ff:ff:ff:ff:ff:ff", "ether broadcast", "ether multicast",
	"ip multicast", "ip6 multicast", "less 60", "greater 60", "len > 80",
};
static const char *const rare[] = {
	"mpls", "mpls 100", "pppoes", "pppoes 7", "pppoed", "geneve", "geneve 42", "vxlan", "vxlan 42", "llc", "llc i",
	"llc s", "llc u", "llc ui", "llc rnr", "llc xid", "iso", "clnp", "esis", "isis", "l1", "l2", "iih", "lsp", "snp",
	"psnp", "stp", "ipx", "netbeui", "atalk", "aarp", "decnet", "decnet host 10.1000", "iso proto 0x82",
	"isis proto 15", "ether proto 0xf0", "ip protochain 6", "ip6 protochain 17", "protochain 50", "ip protochain 51",
	"type data", "type mgt", "type ctl subtype ack", "subtype beacon", "subtype qos-data", "dir tods", "dir dstods",
	"wlan addr1 02:00:00:00:00:01", "wlan addr2 02:00:00:00:00:02", "wlan addr3 02:00:00:00:00:03",
	"wlan addr4 02:00:00:00:00:04", "wlan ra 02:00:00:00:00:01", "wlan ta 02:00:00:00:00:02", "radio[2] > 8",
	"byte 0 = 2", "byte 1 & 3", "lat", "moprc",
};
static const char *const addresses[] = {
	"10.0.0.1", "10.0.0.2", "10.0.0.53", "192.168.16.34", "192.168.16.100", "172.16.0.1", "224.0.0.251",
	"10.0.0.99", "2001:db8::1", "2001:db8::2", "fe80::1", "ff02::fb",
};
static const char *const nets[] = {
	"10.0.0.0/8", "10", "10.0.0.0/30", "192.168.16.0/24", "192.168", "172.16.0.0/12", "0.0.0.0/0",
	"10.0.0.1/32", "10.0.0.0 mask 255.255.255.0", "2001:db8::/32", "2001:db8::/127", "fe80::/10",
	"::/0",
};
static const char *const ports[] = { "80", "443", "22", "53", "5353", "8080", "49153", "67", "5060", "0" };
static const char *const ranges[] = { "1-1023", "50-90", "5000-6000", "0-65535", "49153-49153", "400-9000" };
static const char *const sides[] = { "", "", "", "src ", "dst ", "src or dst ", "src and dst " };
static const char *const required_sides[] = { "src ", "dst ", "src or dst ", "src and dst " };
static const char *const families[] = { "", "", "", "ip ", "arp " };
static const char *const transports[] = { "", "", "tcp ", "udp ", "sctp " };
static const char *const loads[] = { "ip", "ip", "tcp", "udp", "icmp", "ip6", "arp", "ether" };
static const char *const compares[] = { "=", "!=", ">", "<", ">=", "<=", "==" };
static const char *const sums[] = { "+", "-", "*", "&", "|", "^", "/", "%", "<<", ">>" };
static const char *const known[] = {
	"tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn", "tcp[tcpflags] & tcp-push != 0",
	"icmp[icmptype] = icmp-echo", "icmp[icmptype] != icmp-echo", "icmp[icmpcode] = 3",
	"ip[0] & 0xf != 5", "ip[6:2] & 0x1fff != 0", "ip[2:2] > 40",
	"tcp[((tcp[12] & 0xf0) >> 2):1] = 0x68", "ether[0] & 1 = 0", "ip6[6] = 44", "udp[4:2] > 10",
	"ip[2:2] - ((ip[0] & 0xf) << 2) = 20", "len - 14 > ip[3]", "ip[ip[0] & 0xf] = 0",
};

#define PICK(list) (list)[dice_roll(dice, RT_COUNT(list))]

static void put_sum(struct rt_text *out, struct dice *dice, unsigned depth)
{
	const char *width[] = { "", ":1", ":2", ":4" };
	switch (dice_roll(dice, depth ? 5 : 3)) {
	case 0:
		rt_put_num(out, dice_roll(dice, 2) ? dice_roll(dice, 8) : dice_roll(dice, 70000));
		return;
	case 1:
	case 2:
		if (dice_roll(dice, 8) == 0) {
			rt_put_string(out, "len");
			return;
		}
		rt_put_format(out, "%s[%u%s]", PICK(loads), dice_roll(dice, 20), PICK(width));
		return;
	case 3:
		rt_put_format(out, "%s[", PICK(loads));
		put_sum(out, dice, depth - 1);
		rt_put_format(out, "%s]", PICK(width));
		return;
	default:
		rt_put_char(out, '(');
		put_sum(out, dice, depth - 1);
		rt_put_format(out, " %s ", PICK(sums));
		put_sum(out, dice, depth - 1);
		rt_put_char(out, ')');
		return;
	}
}

static void put_primitive(struct rt_text *out, struct dice *dice)
{
	switch (dice_roll(dice, 13)) {
	case 11:
	case 12: rt_put_string(out, PICK(rare)); return;
	case 0:
	case 1: rt_put_string(out, PICK(simple)); return;
	case 2: rt_put_format(out, "%shost %s", PICK(sides), PICK(addresses)); return;
	case 3: rt_put_format(out, "%s%s", PICK(required_sides), PICK(addresses)); return;
	case 4: rt_put_format(out, "%snet %s", PICK(sides), PICK(nets)); return;
	case 5: rt_put_format(out, "%s%snet %s", PICK(families), PICK(sides), nets[dice_roll(dice, 9)]); return;
	case 6: rt_put_format(out, "%s%sport %s", PICK(transports), PICK(sides), PICK(ports)); return;
	case 7: rt_put_format(out, "%s%sportrange %s", PICK(transports), PICK(sides), PICK(ranges)); return;
	case 8: rt_put_format(out, "port %s or %s", PICK(ports), PICK(ports)); return;
	case 9: rt_put_string(out, PICK(known)); return;
	default:
		put_sum(out, dice, 2);
		rt_put_format(out, " %s ", PICK(compares));
		put_sum(out, dice, 1);
		return;
	}
}

void expression_random(struct rt_text *out, struct dice *dice, unsigned depth)
{
	const uint32_t shape = depth ? dice_roll(dice, 8) : 0;
	if (shape < 2) {
		put_primitive(out, dice);
		return;
	}
	if (shape == 2) {
		rt_put_string(out, dice_roll(dice, 2) ? "not " : "! ");
		put_primitive(out, dice);
		return;
	}
	if (shape == 3) {
		rt_put_string(out, dice_roll(dice, 2) ? "not (" : "(");
		expression_random(out, dice, depth - 1);
		rt_put_char(out, ')');
		return;
	}
	expression_random(out, dice, depth - 1);
	rt_put_string(out, shape < 6 ? " and " : " or ");
	expression_random(out, dice, depth - 1);
}

int judges_open(struct judges *judges, const char *text, unsigned link, bool is_pcap)
{
	return judges_open_without(judges, text, link, is_pcap, 0);
}

int judges_open_without(struct judges *judges, const char *text, unsigned link, bool is_pcap, uint32_t passes_off)
{
	struct rt_filter_options options = { .link = link, .is_pcap = is_pcap, .passes_off = passes_off };
	*judges = (struct judges){ .is_pcap = is_pcap };
	const int best = rt_filter_compile(&judges->best, text, &options, &judges->error);
	options.is_live = true;
	const int live = rt_filter_compile(&judges->live, text, &options, &judges->error);
	options.is_live = false;
	options.is_plain = true;
	const int plain = rt_filter_compile(&judges->plain, text, &options, &judges->error);
	if (best == 0 && plain == 0 && live == 0)
		return 0;
	judges->is_odd = (best < 0) != (plain < 0) || (best < 0) != (live < 0);
	if (judges->is_odd)
		printf("refused by one | %s | link %u%s | optimised %d plain %d live %d: %s\n", text, link,
		       is_pcap ? " pcap" : "", best, plain, live, judges->error.what);
	judges_close(judges);
	return -EINVAL;
}

void judges_close(struct judges *judges)
{
	rt_filter_free(judges->best);
	rt_filter_free(judges->plain);
	rt_filter_free(judges->live);
	judges->best = judges->plain = judges->live = NULL;
}

bool judges_agree(const struct judges *judges, const char *text, const struct packet_set *set,
                  uint32_t extra_len)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct test_packet *packet = &set->packets[i];
		const uint32_t size = packet->size, len = size + extra_len;
		const bool tree = rt_filter_judge(judges->best, packet->bytes, size, len);
		const bool best = rt_filter_run(judges->best, packet->bytes, size, len) != 0;
		const bool plain = rt_filter_run(judges->plain, packet->bytes, size, len) != 0;
		const bool live = rt_filter_run(judges->live, packet->bytes, size, len) != 0;
		/* libpcap's live meaning of `vlan` is another one: behind `or` nothing may be shifted */
		const bool live_tree = judges->is_pcap ? rt_filter_judge(judges->live, packet->bytes, size, len) : tree;
		/* the machine that knows what the kernel knows: here, nothing */
		const struct rt_aside nothing = { 0 };
		const bool aside = rt_filter_run_live(judges->live, packet->bytes, size, len, &nothing) != 0;
		if (tree == best && tree == plain && live_tree == live && live == aside)
			continue;
		char what[100];
		snprintf(what, sizeof what, "tree %d optimised %d plain %d live %d %d %d (len + %u)", tree, best, plain,
		         live, live_tree, aside, extra_len);
		packets_report(what, text, set->link, packet);
		return false;
	}
	return true;
}

bool judges_allow(const struct rt_filter *filter, bool is_through, bool is_match, const struct test_packet *packet)
{
	return is_through == is_match ||
	       (is_through && rt_filter_rest(filter) == RT_FILTER_FIELDS && strncmp(packet->body, "long6-", 6) == 0);
}

static bool ask_kernel(const struct rt_filter *filter, struct kernel *kernel, const char *text,
                       const struct packet_set *set, size_t stride, size_t from, unsigned *refused)
{
	size_t count;
	const struct sock_filter *program = rt_filter_program(filter, &count);
	const int rc = kernel_attach(kernel, program, count);
	if (rc == -ENOMEM || count > BPF_MAXINSNS) {
		(*refused)++;
		return true;
	}
	if (rc < 0) {
		printf("the kernel refuses (%d) | %s | %s\n", -rc, text, rt_link_name(set->link));
		return false;
	}
	for (size_t i = from % stride; i < set->count; i += stride) {
		const struct test_packet *packet = &set->packets[i];
		const bool machine = rt_filter_run(filter, packet->bytes, packet->size, packet->size) != 0;
		const int went = kernel_run(kernel, packet->bytes, packet->size);
		if (judges_allow(filter, went == (int)packet->size, machine, packet) && (went == -1 || went == (int)packet->size))
			continue;
		char what[80];
		snprintf(what, sizeof what, "machine %d kernel %d", machine, went);
		packets_report(what, text, set->link, packet);
		return false;
	}
	return true;
}

bool judges_kernel(const struct judges *judges, struct kernel *kernel, const char *text,
                   const struct packet_set *set, size_t stride, size_t from, unsigned *refused)
{
	return ask_kernel(judges->best, kernel, text, set, stride, from, refused) &&
	       ask_kernel(judges->plain, kernel, text, set, stride, from + 1, refused) &&
	       ask_kernel(judges->live, kernel, text, set, stride, from + 2, refused);
}
