/* SPDX-License-Identifier: MIT */
/* test_fields.c - tests of fields against the dissector: every number of every protocol table, on all test packets,
 * whole and damaged. What is expected is read by the C API's getters, which know nothing of filters. And for random
 * combinations: the program, which the kernel runs, lets through all that the verdict does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ringtap/ringtap.h>
#include "bpf/stages.h"
#include "kernel.h"
#include "pool.h"
#include "sample.h"

static const unsigned links[] = { RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL, RT_LINK_SLL2, RT_LINK_PPP, RT_LINK_WLAN };

/* ---- packets ------------------------------------------------------------------------------------------------------ */

static struct packet_set make(unsigned link, unsigned copies, struct dice *dice)
{
	struct packet_set set = pool_make(link);
	packets_damage(&set, set.count, copies, true, dice);
	return set;
}

/* All of them decoded. */
static struct sampled *decode(const struct packet_set *set)
{
	struct sampled *decoded = calloc(set->count, sizeof *decoded);
	assert_non_null(decoded);
	for (size_t i = 0; i < set->count; i++)
		sample_make(&decoded[i], set->link, set->packets[i].bytes, set->packets[i].size, set->packets[i].size);
	return decoded;
}

/* ---- filters ------------------------------------------------------------------------------------------------------- */

static struct rt_filter *compile(const char *text, unsigned link, bool is_pcap, bool is_live)
{
	const struct rt_filter_options options = { .link = link, .is_pcap = is_pcap, .is_live = is_live };
	struct rt_error error;
	struct rt_filter *filter;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		fail_msg("%s: %s, column %d", text, error.what, error.column);
	return filter;
}

static bool verdict(const struct rt_filter *filter, const struct test_packet *packet)
{
	return rt_filter_run(filter, packet->bytes, packet->size, packet->size) != 0;
}

/* What the kernel lets through: the program alone. */
static bool program(const struct rt_filter *filter, const struct test_packet *packet)
{
	struct rt_filter alone = *filter;
	alone.dissector = NULL;
	return rt_filter_run(&alone, packet->bytes, packet->size, packet->size) != 0;
}

/* In which packets the default meaning finds the network layer: frames too short for that match nothing. */
static bool *find_network(const struct packet_set *set, bool is_pcap)
{
	struct rt_filter *probe = compile("ip", set->link, is_pcap, false), *not_probe = compile("not ip", set->link, is_pcap, false);
	bool *is_found = calloc(set->count + 1, sizeof *is_found);
	assert_non_null(is_found);
	for (size_t i = 0; i < set->count; i++)
		is_found[i] = verdict(probe, &set->packets[i]) || verdict(not_probe, &set->packets[i]);
	rt_filter_free(probe);
	rt_filter_free(not_probe);
	return is_found;
}

/* ---- one relation, all packets ---------------------------------------------------------------------------------------- */

struct relation { const char *symbol; bool (*holds)(uint64_t, uint64_t); };

static bool equal(uint64_t a, uint64_t b) { return a == b; }
static bool differ(uint64_t a, uint64_t b) { return a != b; }
static bool less(uint64_t a, uint64_t b) { return a < b; }
static bool at_least(uint64_t a, uint64_t b) { return a >= b; }

static const struct relation relations[] = { { "==", equal }, { "!=", differ }, { "<", less }, { ">=", at_least } };

struct pool { const struct packet_set *set; const struct sampled *decoded; bool *is_found[2]; };

struct question { const struct rt_proto *proto; const struct rt_row *row; const struct relation *relation; uint32_t value; };

/* The first layer of that name that has such a field at all; the getters take the first layer of that name. */
static bool expected(const struct question *q, const struct sampled *packet)
{
	uint64_t number;
	return rt_get_number(&packet->packet, q->proto->name, q->row->name, &number) && q->relation->holds(number, q->value);
}

static unsigned ask_all(const struct question *q, const struct pool *pool, const char *text, bool is_pcap, bool is_live)
{
	const struct packet_set *set = pool->set;
	char negated[128];
	snprintf(negated, sizeof negated, "not %s", text);
	struct rt_filter *yes = compile(text, set->link, is_pcap, is_live), *no = compile(negated, set->link, is_pcap, is_live);
	unsigned wrong = 0;
	for (size_t i = 0; i < set->count && !wrong; i++) {
		const struct test_packet *packet = &set->packets[i];
		const bool is_true = expected(q, &pool->decoded[i]), is_found = pool->is_found[is_pcap][i];
		wrong += verdict(yes, packet) != is_true && is_found;
		wrong += verdict(no, packet) == is_true && is_found;
		wrong += (verdict(yes, packet) && !program(yes, packet)) || (verdict(no, packet) && !program(no, packet));
		if (wrong)
			packets_report(is_true ? "expected yes" : "expected no", text, set->link, packet);
	}
	rt_filter_free(yes);
	rt_filter_free(no);
	return wrong;
}

/* Some table of this name has a row of this name that is no number, or the name stands for several tables. */
static bool is_odd(const struct rt_proto *proto, const struct rt_row *row)
{
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (rt_proto_at(id) != proto && strcmp(rt_proto_at(id)->name, proto->name) == 0)
			return true;
	return !rt_row_is_number(row) || row->kind == RT_FIXED || row->width > 32;
}

/* A value that some packet has there. */
static bool find_value(const struct pool *pool, const struct rt_proto *proto, const struct rt_row *row, struct dice *dice,
                       uint32_t *value)
{
	const size_t count = pool->set->count;
	uint64_t number;
	for (size_t i = 0, at = dice_roll(dice, (uint32_t)count); i < count; i++, at = (at + 1) % count) {
		if (rt_get_number(&pool->decoded[at].packet, proto->name, row->name, &number)) {
			*value = (uint32_t)number;
			return true;
		}
	}
	return false;
}

static unsigned ask_row(const struct pool *pool, const struct rt_proto *proto, const struct rt_row *row, struct dice *dice,
                        unsigned *asked)
{
	unsigned wrong = 0;
	struct question q = { .proto = proto, .row = row };
	if (is_odd(proto, row) || !find_value(pool, proto, row, dice, &q.value))
		return 0;
	for (size_t i = 0; i < RT_COUNT(relations) && !wrong; i++) {
		char text[120];
		const uint32_t way = dice_roll(dice, 4);
		q.relation = &relations[i];
		snprintf(text, sizeof text, "%s.%s %s %u", proto->name, row->name, q.relation->symbol, q.value);
		wrong += ask_all(&q, pool, text, way == 1, way == 2);
		++*asked;
	}
	return wrong;
}

static void test_numbers(void **state)
{
	const unsigned link = *(const unsigned *)*state;
	struct dice dice = dice_new(link + 11);
	struct packet_set set = make(link, 2, &dice);
	struct sampled *decoded = decode(&set);
	const struct pool pool = { &set, decoded, { find_network(&set, false), find_network(&set, true) } };
	unsigned wrong = 0, asked = 0;
	for (size_t id = 1; id < rt_proto_count() && wrong < 10; id++)
		for (unsigned i = 0; i < rt_proto_at(id)->row_count && wrong < 10; i++)
			wrong += ask_row(&pool, rt_proto_at(id), &rt_proto_at(id)->rows[i], &dice, &asked);
	printf("%s: %u questions on %zu packets\n", rt_link_name(link), asked, set.count);
	free(decoded);
	free(pool.is_found[0]);
	free(pool.is_found[1]);
	packets_free(&set);
	assert_int_equal(wrong, 0);
}

/* ---- combinations, with each other and with words of pcap-filter(7) ------------------------------------------------- */

static const char *const atoms[] = {
	"IP.ttl < 64", "IP.ttl == 64", "IP.flags & 2 != 0", "IP.frag > 0", "IP.src == 10.0.0.1", "IP.dst == 192.168.0.0/16",
	"IP.proto == udp", "IP.len - IP.ihl * 4 > 20", "IP_2.ttl >= 0", "IP", "IPv6", "IPv6.hlim > 64", "IPv6.nh == 0",
	"IPv6.src == 2001:db8::1", "TCP.flags & 2 != 0", "TCP.flags == SA", "TCP.dport == 80", "TCP.options.MSS", "TCP",
	"tcp.sport != 443", "UDP.dport < 1024", "UDP.len > 16", "UDP.sport == UDP.dport", "ARP.op == 1",
	"ARP.psrc == 10.0.0.1", "ARP.hwdst == 00:00:00:00:00:00", "ICMP.type == 8", "ICMP.code == port-unreachable",
	"ICMP.unused == 0", "IPerror.ttl > 1", "UDPerror", "DNS.id == 0x1234", "DNS.qr == 0", "DNS",
	"DNS.qd.qname contains \"example\"", "Raw.load contains \"hi\"", "tcp contains \"hi\"", "frame.len > 60",
	"IP.len + TCP.dataofs * 4 > 60", "IPv6ExtHdrFragment.offset == 0", "ICMPv6EchoRequest.id == 6", "Padding",
};
static const char *const words[] = {
	"ip", "ip6", "arp", "tcp", "udp", "icmp", "less 60", "ip[8] > 10", "tcp[13] & 2 != 0", "tcp or udp",
	"port 80", "port 53", "host 10.0.0.1", "src net 192.168.0.0/16", "ip6 proto 58", "ip proto 17",
#define WITH_IDS 6               /* the last of them: in --pcap-filter a bare name behind these is another id */
};

#define ATOMS (RT_COUNT(atoms) + RT_COUNT(words))

static const char *atom_text(size_t at) { return at < RT_COUNT(atoms) ? atoms[at] : words[at - RT_COUNT(atoms)]; }

enum shape { ONE, NOT, AND, OR };

struct trees { struct { enum shape shape; int left, right; size_t atom; } nodes[64]; int count; };

static int grow(struct trees *trees, struct dice *dice, unsigned depth, size_t most)
{
	const int at = trees->count++;
	const enum shape shape = depth ? (enum shape)dice_roll(dice, 4) : ONE;
	trees->nodes[at].shape = shape;
	if (shape == ONE)
		trees->nodes[at].atom = dice_roll(dice, (uint32_t)most);
	if (shape != ONE)
		trees->nodes[at].left = grow(trees, dice, depth - 1, most);
	if (shape == AND || shape == OR)
		trees->nodes[at].right = grow(trees, dice, depth - 1, most);
	return at;
}

static void put_tree(struct rt_text *out, const struct trees *trees, int at)
{
	const enum shape shape = trees->nodes[at].shape;
	if (shape == ONE) {
		rt_put_string(out, atom_text(trees->nodes[at].atom));
		return;
	}
	rt_put_string(out, shape == NOT ? "not (" : "(");
	put_tree(out, trees, trees->nodes[at].left);
	if (shape != NOT) {
		rt_put_string(out, shape == AND ? ") and (" : ") or (");
		put_tree(out, trees, trees->nodes[at].right);
	}
	rt_put_char(out, ')');
}

/* `truths`: what each atom alone says of the packet. */
static bool answer(const struct trees *trees, int at, const bool truths[ATOMS])
{
	const int left = trees->nodes[at].left, right = trees->nodes[at].right;
	switch (trees->nodes[at].shape) {
	case ONE: return truths[trees->nodes[at].atom];
	case NOT: return !answer(trees, left, truths);
	case AND: return answer(trees, left, truths) && answer(trees, right, truths);
	case OR:  break;
	}
	return answer(trees, left, truths) || answer(trees, right, truths);
}

struct truths { bool of[ATOMS]; };

static struct truths *find_truths(const struct packet_set *set, bool is_pcap)
{
	struct truths *truths = calloc(set->count, sizeof *truths);
	assert_non_null(truths);
	for (size_t i = 0; i < ATOMS; i++) {
		struct rt_filter *filter = compile(atom_text(i), set->link, is_pcap, false);
		for (size_t at = 0; at < set->count; at++)
			truths[at].of[i] = verdict(filter, &set->packets[at]);
		rt_filter_free(filter);
	}
	return truths;
}

/* The kernel runs the program as our machine does. */
static bool kernel_agrees(struct kernel *kernel, const struct rt_filter *filter, const struct packet_set *set, struct dice *dice)
{
	size_t count;
	const struct sock_filter *insns = rt_filter_program(filter, &count);
	if (count > BPF_MAXINSNS || kernel_attach(kernel, insns, count) < 0)
		return count > BPF_MAXINSNS;
	for (unsigned i = 0; i < 40; i++) {
		const struct test_packet *packet = &set->packets[dice_roll(dice, (uint32_t)set->count)];
		if ((kernel_run(kernel, packet->bytes, packet->size) >= 0) == program(filter, packet))
			continue;
		packets_report("the kernel does not agree", "", set->link, packet);
		return false;
	}
	return true;
}

/* The end of a cut header ends a program that has words of pcap-filter(7) in it; what is expected of those is known
 * for whole packets only. */
static unsigned check_combination(const struct packet_set *set, const struct truths *truths, const bool *is_found,
                                  struct dice *dice, struct kernel *kernel, bool is_pcap)
{
	struct trees trees = { .count = 0 };
	const bool has_words = dice_roll(dice, 2), is_live = dice_roll(dice, 2);
	const int top = grow(&trees, dice, 4, !has_words ? RT_COUNT(atoms) : is_pcap ? ATOMS - WITH_IDS : ATOMS);
	char memory[4096];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	put_tree(&text, &trees, top);
	*text.at = 0;
	struct rt_filter *filter = compile(memory, set->link, is_pcap, is_live);
	unsigned wrong = !kernel_agrees(kernel, filter, set, dice);
	for (size_t i = 0; i < set->count && !wrong; i++) {
		const struct test_packet *packet = &set->packets[i];
		const bool is_true = answer(&trees, top, truths[i].of), is_passed = verdict(filter, packet);
		const bool is_whole = packet->is_whole && strcmp(packet->way, "damaged") != 0;
		const bool is_meant = has_words ? is_whole : is_found[i];
		const bool judged = rt_filter_judge(filter, packet->bytes, packet->size, packet->size);
		wrong += is_meant && (is_passed != is_true || is_passed != judged);
		wrong += is_passed && (!judged || !program(filter, packet));
		if (wrong)
			packets_report(is_true ? "expected yes" : "expected no", memory, set->link, packet);
	}
	rt_filter_free(filter);
	return wrong;
}

static void test_combinations(void **state)
{
	(void)state;
	struct dice dice = dice_new(77);
	struct kernel kernel;
	unsigned wrong = 0;
	assert_int_equal(kernel_open(&kernel), 0);
	for (size_t link = 0; link < 3; link++) {
		struct packet_set set = make(links[link], 1, &dice);
		for (unsigned is_pcap = 0; is_pcap < 2; is_pcap++) {
			struct truths *truths = find_truths(&set, is_pcap);
			bool *is_found = find_network(&set, is_pcap);
			for (unsigned i = 0; i < 200 && wrong < 5; i++)
				wrong += check_combination(&set, truths, is_found, &dice, &kernel, is_pcap);
			free(truths);
			free(is_found);
		}
		packets_free(&set);
	}
	kernel_close(&kernel);
	assert_int_equal(wrong, 0);
}

/* A packet that was cut while it was captured: what is not there makes tests of fields false, and nothing else. */
static void test_cut(void **state)
{
	(void)state;
	struct rt_filter *filter = compile("TCP.flags == S or not DNS.id == 5 and Ether.type == 2048", RT_LINK_ETHER, false, false);
	struct packet_set set = pool_make(RT_LINK_ETHER);
	const struct test_packet *packet = packets_find(&set, "plain", "udp4-dns");
	assert_non_null(packet);
	for (uint32_t size = 14; size <= packet->size; size++)
		assert_true(rt_filter_run(filter, packet->bytes, size, packet->size));
	packets_free(&set);
	rt_filter_free(filter);
}

/* ---- what the compiler takes from the tables ---------------------------------------------------------------------------- */

/* Rows in the part of the header that is always there stand where the table says, also where a function places rows. */
static void test_fixed_places(void **state)
{
	(void)state;
	for (size_t i = 0; i < sample_count; i++) {
		struct sampled sampled;
		sample_get(&sampled, samples[i].name);
		for (unsigned at = 0; at < sampled.packet.count; at++) {
			const struct rt_layer *layer = &sampled.packet.layer[at];
			for (const struct rt_row *row = layer->proto->rows; row < layer->proto->rows + layer->proto->row_count; row++) {
				struct rt_value value;
				if (!row->width || row->width > 64 || row->bit + row->width > layer->proto->header * 8 ||
				    !rt_row_is_number(row) || !rt_value_get(&sampled.packet, layer, row, &value))
					continue;
				if (value.num != rt_bits(sampled.bytes + layer->at, row->bit, row->width))
					fail_msg("%s: %s.%s", samples[i].name, layer->proto->name, row->name);
			}
		}
	}
}

/* A protocol that says so measures every header, and none shorter than the shortest. */
static void test_certain(void **state)
{
	(void)state;
	struct dice dice = dice_new(3);
	uint8_t bytes[300];
	const struct rt_frame frame = { .data = bytes, .caplen = sizeof bytes, .len = sizeof bytes };
	for (unsigned i = 0; i < 2000; i++) {
		for (size_t at = 0; at < sizeof bytes; at++)
			bytes[at] = (uint8_t)(i % 2 ? dice_roll(&dice, 256) : dice_roll(&dice, 4));
		for (size_t id = 0; id < rt_proto_count(); id++) {
			const struct rt_proto *proto = rt_proto_at(id);
			const uint32_t end = proto->header + dice_roll(&dice, (uint32_t)(sizeof bytes - proto->header));
			if (proto->is_certain && proto->measure(&frame, 0, end) < proto->header)
				fail_msg("%s", proto->name);
		}
	}
}

int main(void)
{
	struct CMUnitTest tests[4 + RT_COUNT(links)] = {
		cmocka_unit_test(test_fixed_places), cmocka_unit_test(test_certain), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_combinations),
	};
	for (size_t i = 0; i < RT_COUNT(links); i++)
		tests[4 + i] = (struct CMUnitTest){ rt_link_name(links[i]), test_numbers, NULL, NULL, (void *)(uintptr_t)&links[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
