/* SPDX-License-Identifier: MIT */
/* test_passes.c - each part of the optimizer alone, and all but each: random filters, on damaged packets too, get the
 * same verdict from the tree, the machine with and without the optimizer, and the kernel. And each part is good for
 * something: without it some of a list of filters are longer. RINGTAP_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <bpf/stages.h>
#include "expressions.h"
#include "interpreter.h"

#define FILTERS 400u
#define MIXED   4000u
#define STRIDE  16               /* the kernel gets every 16th packet                                 */
#define ALL     ((1u << PASS_COUNT) - 1)

static const unsigned links[] = { RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL2 };

struct place { struct dice dice; struct kernel kernel; struct packet_set sets[RT_COUNT(links)]; };

static void place_open(struct place *place, uint64_t seed)
{
	place->dice = dice_new(seed);
	assert_int_equal(kernel_open(&place->kernel), 0);
	for (size_t i = 0; i < RT_COUNT(links); i++) {
		place->sets[i] = packets_make_few(links[i]);
		packets_damage(&place->sets[i], place->sets[i].count, 1, true, &place->dice);
	}
}

static void place_close(struct place *place)
{
	kernel_close(&place->kernel);
	for (size_t i = 0; i < RT_COUNT(links); i++)
		packets_free(&place->sets[i]);
}

/* 1: judged and right, 0: refused, -1: wrong. */
static int judge_one(struct place *place, bool is_pcap, uint32_t passes_off)
{
	char memory[4096];
	struct rt_text text;
	struct judges judges;
	unsigned too_big = 0;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	expression_random(&text, &place->dice, 4);
	*text.at = 0;
	const struct packet_set *set = &place->sets[dice_roll(&place->dice, RT_COUNT(links))];
	if (judges_open_without(&judges, memory, set->link, is_pcap, passes_off) < 0)
		return judges.is_odd ? -1 : 0;
	const size_t from = dice_roll(&place->dice, STRIDE);
	const bool is_right = judges_agree(&judges, memory, set, 0) &&
	                      judges_kernel(&judges, &place->kernel, memory, set, STRIDE, from, &too_big);
	judges_close(&judges);
	if (!is_right)
		printf("(%s, passes_off 0x%x)\n", is_pcap ? "pcap" : "default", passes_off);
	return is_right ? 1 : -1;
}

static void check(uint32_t filters, uint32_t passes_off, bool is_random)
{
	static struct place place;
	unsigned judged = 0, wrong = 0;
	place_open(&place, 4040 + passes_off);
	for (uint32_t tries = 0; judged < filters && tries < 4 * filters && wrong < 5; tries++) {
		const uint32_t off = is_random ? dice_roll(&place.dice, ALL + 1) : passes_off;
		const int verdict = judge_one(&place, tries % 2, off);
		judged += verdict > 0;
		wrong += verdict < 0;
	}
	place_close(&place);
	assert_int_equal(wrong, 0);
	assert_true(judged >= filters);
}

static void test_without(void **state) { check(FILTERS, *(const uint32_t *)*state, false); }
static void test_only(void **state) { check(FILTERS, ALL & ~*(const uint32_t *)*state, false); }

static void test_mixed(void **state)
{
	(void)state;
	check(MIXED, 0, true);
}

/* ---- tags that the kernel moved aside ---------------------------------------------------------------------------- */

static bool lets_through(const struct rt_filter *filter, const struct test_packet *p, const struct aside *tag)
{
	size_t count;
	const struct sock_filter *code = rt_filter_program(filter, &count);
	const struct interpreted it = interpret_live(code, count, p->bytes, p->size, tag);
	assert_false(it.is_undefined);
	return it.verdict != 0;
}

static bool live(const struct rt_filter *filter, const struct test_packet *p, const struct aside *tag)
{
	const struct rt_aside aside = { .has_tag = tag->present, .tci = (uint16_t)tag->tci, .tpid = (uint16_t)tag->tpid };
	return rt_filter_run_live(filter, p->bytes, p->size, p->size, &aside) != 0;
}

/* No packet of a file has one, so here interpreter.c gives them to programs for interfaces. */
static unsigned judge_aside(struct place *place, const char *text, bool is_pcap)
{
	static const struct aside tags[] = { { 0 }, { 1, 5, 0x8100 }, { 1, 0x2064, 0x88a8 }, { 1, 0, 0x9100 } };
	struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap, .is_live = true };
	const struct packet_set *set = &place->sets[0];
	struct rt_filter *best, *plain;
	struct rt_error error;
	unsigned wrong = 0;
	if (rt_filter_compile(&best, text, &options, &error) < 0)
		return 0;
	options.is_plain = true;
	assert_int_equal(rt_filter_compile(&plain, text, &options, &error), 0);
	for (size_t i = 0; i < 4 * set->count && !wrong; i++) {
		const struct test_packet *p = &set->packets[i / 4];
		const struct aside *tag = &tags[i % 4];
		const bool expected = lets_through(best, p, tag);
		if (expected == lets_through(plain, p, tag) && judges_allow(best, expected, live(best, p, tag), p))
			continue;
		printf("(%s, tag %u)\n", is_pcap ? "pcap" : "default", tag->tci);
		packets_report(expected == live(best, p, tag) ? "live: plain and optimised differ" : "live: our machine differs",
		               text, RT_LINK_ETHER, p);
		wrong++;
	}
	rt_filter_free(best);
	rt_filter_free(plain);
	return wrong;
}

static void test_aside(void **state)
{
	static const char *const texts[] = {
		"vlan", "vlan 5", "vlan 100", "ether proto 0x8100", "ether proto 0x88a8", "ether proto 0x9100",
		"vlan and tcp", "vlan 5 and host 10.0.0.1", "not vlan", "vlan 100 and vlan 5", "len > 60",
	};
	static struct place place;
	unsigned wrong = 0;
	(void)state;
	place_open(&place, 55);
	for (size_t i = 0; i < 2 * (RT_COUNT(texts) + MIXED / 4) && wrong < 5; i++) {
		char memory[4096];
		struct rt_text text;
		rt_text_init(&text, memory, sizeof memory - 1, -1);
		if (i / 2 < RT_COUNT(texts))
			rt_put_string(&text, texts[i / 2]);
		else
			expression_random(&text, &place.dice, 4);
		*text.at = 0;
		wrong += judge_aside(&place, memory, i % 2);
	}
	place_close(&place);
	assert_int_equal(wrong, 0);
}

/* ---- what each is good for ------------------------------------------------------------------------------------- */

static size_t size(const char *text, bool is_pcap, uint32_t passes_off)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap, .passes_off = passes_off };
	struct rt_error error;
	struct rt_filter *filter;
	size_t count;
	assert_int_equal(rt_filter_compile(&filter, text, &options, &error), 0);
	rt_filter_program(filter, &count);
	rt_filter_free(filter);
	return count;
}

static void test_worth(void **state)
{
	static const char *const texts[] = {
		"tcp", "tcp port 80", "port 53 and not tcp", "src host 10.0.0.1 and dst port 80", "tcp or udp",
		"host 10.0.0.1 and port 80 or port 53", "ip6 and tcp and port 80", "icmp[0] = 8 or icmp[0] = 0",
		"src port 80 or 53 or dst port 22", "not (port 80 or port 53) and (tcp or udp)", "host 10.0.0.1",
		"(vlan and host 10.0.0.1) or host 10.0.0.1", "not src and dst port 22 and port 5060 or 49153",
		"not port 80 and not port 53",
	};
	const uint32_t pass = *(const uint32_t *)*state;
	size_t with = 0, without = 0;
	for (size_t i = 0; i < 2 * RT_COUNT(texts); i++) {
		with += size(texts[i / 2], i % 2, 0);
		without += size(texts[i / 2], i % 2, pass);
	}
	printf("%zu instructions, %zu without\n", with, without);
	if (pass == PASS_SPECIAL)                /* longer, to be faster */
		assert_true(with > without);
	else if (pass != PASS_JOIN)              /* does early what others do late, to save time */
		assert_true(with < without);
}

static const char *const names[PASS_COUNT] = {
	"special", "join", "share", "repeat", "thread", "split", "spare", "reuse", "tails", "place",
	"group",
};

int main(void)
{
	static struct CMUnitTest tests[3 * PASS_COUNT + 2];
	static uint32_t passes[PASS_COUNT];
	static char labels[3 * PASS_COUNT][32];
	static const struct { const char *what; CMUnitTestFunction run; } kinds[] = {
		{ "without", test_without }, { "only", test_only }, { "worth of", test_worth },
	};
	for (size_t i = 0; i < 3 * PASS_COUNT; i++) {
		const size_t pass = i / 3;
		passes[pass] = 1u << pass;
		snprintf(labels[i], sizeof labels[i], "%s %s", kinds[i % 3].what, names[pass]);
		tests[i] = (struct CMUnitTest){ labels[i], kinds[i % 3].run, NULL, NULL, &passes[pass] };
	}
	tests[3 * PASS_COUNT] = (struct CMUnitTest)cmocka_unit_test(test_mixed);
	tests[3 * PASS_COUNT + 1] = (struct CMUnitTest)cmocka_unit_test(test_aside);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
