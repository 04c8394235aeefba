// SPDX-License-Identifier: MIT
/* test_random.c - 20,000 filters made by dice: the tree, the machine with and without the optimizer, live
 * and not, and the kernel give the same verdict on every packet, whole or damaged; and combinations whose
 * verdict the oracle knows. RINGTAP_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "expressions.h"
#include "links.h"
#include "oracle.h"

#define FILTERS  20000u
#define COMBINED 2000u
#define SAMPLE   110u
#define STRIDE   16              /* the kernel gets every 16th packet: a system call costs two microseconds */

static const unsigned links[] = { PACKET_LINKS };

struct tally { unsigned accepted, refused, too_big, wrong; };

static void judge_one(struct tally *tally, struct dice *dice, struct kernel *kernel, const struct packet_set sets[])
{
	char memory[4096];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	expression_random(&text, dice, 4);
	*text.at = 0;
	const struct packet_set *set = &sets[dice_roll(dice, RT_COUNT(links))];
	for (unsigned is_pcap = 0; is_pcap <= 1; is_pcap++) {
		struct judges judges;
		if (judges_open(&judges, memory, set->link, is_pcap) < 0) {
			tally->refused++;
			tally->wrong += judges.is_odd;
			continue;
		}
		tally->accepted++;
		const uint32_t extra = dice_roll(dice, 2) ? 0 : dice_roll(dice, 100);
		const bool is_right = judges_agree(&judges, memory, set, extra) &&
		                      judges_kernel(&judges, kernel, memory, set, STRIDE, dice_roll(dice, STRIDE),
		                                    &tally->too_big);
		if (!is_right)
			printf("(%s)\n", is_pcap ? "pcap" : "default");
		tally->wrong += !is_right;
		judges_close(&judges);
	}
}

/* A sample of all packets of a link, and damaged copies. */
static struct packet_set sample(unsigned link, struct dice *dice)
{
	struct packet_set set = packets_make_all(link);
	for (; set.count > SAMPLE; set.count--)
		set.packets[dice_roll(dice, (uint32_t)set.count)] = set.packets[set.count - 1];
	packets_damage(&set, set.count, 1, true, dice);
	return set;
}

static void test_random(void **state)
{
	(void)state;
	struct dice dice = dice_new(20261124);
	struct packet_set sets[RT_COUNT(links)];
	for (size_t i = 0; i < RT_COUNT(links); i++)
		sets[i] = sample(links[i], &dice);
	struct kernel kernel;
	assert_int_equal(kernel_open(&kernel), 0);
	struct tally tally = { 0 };
	while (tally.accepted < 2 * FILTERS && tally.refused < 2 * FILTERS && tally.wrong < 20)
		judge_one(&tally, &dice, &kernel, sets);
	kernel_close(&kernel);
	for (size_t i = 0; i < RT_COUNT(links); i++)
		packets_free(&sets[i]);
	printf("%u programs judged, %u texts refused, %u too big for the kernel\n", tally.accepted, tally.refused,
	       tally.too_big);
	assert_int_equal(tally.wrong, 0);
	assert_true(tally.accepted >= 2 * FILTERS);
}

/* ---- combinations that the oracle can answer --------------------------------------------------------------- */

enum shape { ONE, NOT, AND, OR };
struct tree { enum shape shape; const struct primitive *primitive; int left, right; };
struct trees { struct tree nodes[64]; int count; };

static int grow(struct trees *trees, struct dice *dice, unsigned link, unsigned depth)
{
	struct tree tree = { .shape = depth ? (enum shape)dice_roll(dice, 4) : ONE };
	if (tree.shape == ONE) {
		do
			tree.primitive = primitive_get(dice_roll(dice, (uint32_t)primitive_count));
		while (!primitive_fits(tree.primitive, link));
	} else {
		tree.left = grow(trees, dice, link, depth - 1);
		if (tree.shape != NOT)
			tree.right = grow(trees, dice, link, depth - 1);
	}
	trees->nodes[trees->count] = tree;
	return trees->count++;
}

static void put_tree(struct rt_text *out, const struct trees *trees, int at)
{
	const struct tree *tree = &trees->nodes[at];
	if (tree->shape == ONE) {
		rt_put_string(out, primitive_text(tree->primitive));
		return;
	}
	rt_put_string(out, tree->shape == NOT ? "not (" : "(");
	put_tree(out, trees, tree->left);
	if (tree->shape != NOT) {
		rt_put_string(out, tree->shape == AND ? ") and (" : ") or (");
		put_tree(out, trees, tree->right);
	}
	rt_put_char(out, ')');
}

static bool answer(const struct trees *trees, int at, const struct parsed *packet)
{
	const struct tree *tree = &trees->nodes[at];
	switch (tree->shape) {
	case ONE: return oracle(tree->primitive, packet);
	case NOT: return !answer(trees, tree->left, packet);
	case AND: return answer(trees, tree->left, packet) && answer(trees, tree->right, packet);
	case OR:  return answer(trees, tree->left, packet) || answer(trees, tree->right, packet);
	}
	return false;
}

static unsigned check_combined(struct dice *dice, const struct packet_set *set)
{
	struct trees trees = { .count = 0 };
	const int top = grow(&trees, dice, set->link, 4);
	char memory[4096];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	put_tree(&text, &trees, top);
	*text.at = 0;
	struct judges judges;
	if (judges_open(&judges, memory, set->link, false) < 0) {
		printf("refused | %s | %s | %s\n", memory, rt_link_name(set->link), judges.error.what);
		return 1;
	}
	unsigned wrong = 0;
	for (size_t i = 0; i < set->count && !wrong; i++) {
		const struct test_packet *packet = &set->packets[i];
		struct parsed parsed;
		if (!packet->is_whole || !oracle_knows(set->link, packet->way))
			continue;
		oracle_parse(&parsed, set->link, packet->bytes, packet->size);
		const bool got = rt_filter_run(judges.best, packet->bytes, packet->size, packet->size) != 0;
		wrong = got != answer(&trees, top, &parsed);
		if (wrong)
			packets_report(got ? "oracle 0, machine 1" : "oracle 1, machine 0", memory, set->link, packet);
	}
	judges_close(&judges);
	return wrong;
}

static void test_combined(void **state)
{
	(void)state;
	struct dice dice = dice_new(42);
	unsigned wrong = 0;
	for (size_t link = 0; link < RT_COUNT(links); link++) {
		struct packet_set set = packets_make(links[link]);
		for (unsigned i = 0; i < COMBINED / RT_COUNT(links) && wrong < 20; i++)
			wrong += check_combined(&dice, &set);
		packets_free(&set);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_combined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
