/* SPDX-License-Identifier: MIT */
/* test_ranges.c - what the optimizer believes about one value: thousands of random combinations of relations on the same
 * two bytes with neighbouring numbers, each asked with every value of the first byte. RINGTAP_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "expressions.h"

#define EXPRESSIONS 6000u

static void put_relation(struct rt_text *out, struct dice *dice)
{
	static const char *const compares[] = { "=", "!=", ">", ">=", "<", "<=" };
	static const uint32_t edges[] = { 0, 1, 254, 255, 256 };
	const unsigned byte = dice_roll(dice, 4) ? 8 : 9;
	const uint32_t number = dice_roll(dice, 4) ? 5 + dice_roll(dice, 6) : edges[dice_roll(dice, RT_COUNT(edges))];
	if (dice_roll(dice, 4) == 0)
		rt_put_format(out, "ip[%u] & %u %s 0", byte, 1 + dice_roll(dice, 15), dice_roll(dice, 2) ? "=" : "!=");
	else
		rt_put_format(out, "ip[%u] %s %u", byte, compares[dice_roll(dice, RT_COUNT(compares))], number);
}

static void put_combination(struct rt_text *out, struct dice *dice, unsigned depth)
{
	if (!depth) {
		put_relation(out, dice);
		return;
	}
	rt_put_string(out, dice_roll(dice, 4) ? "(" : "not (");
	put_combination(out, dice, depth - 1);
	rt_put_string(out, dice_roll(dice, 2) ? " and " : " or ");
	put_combination(out, dice, dice_roll(dice, 2) ? depth - 1 : 0);
	rt_put_char(out, ')');
}

static unsigned check(const char *text, bool is_pcap)
{
	uint8_t packet[34] = { [12] = 8, [14] = 0x45 };
	struct judges judges;
	unsigned wrong = 0;
	assert_int_equal(judges_open(&judges, text, RT_LINK_ETHER, is_pcap), 0);
	for (unsigned value = 0; value < 512 && !wrong; value++) {
		packet[22] = (uint8_t)value;
		packet[23] = value < 256 ? 6 : 8;
		const bool tree = rt_filter_judge(judges.best, packet, sizeof packet, sizeof packet);
		const bool best = rt_filter_run(judges.best, packet, sizeof packet, sizeof packet) != 0;
		const bool plain = rt_filter_run(judges.plain, packet, sizeof packet, sizeof packet) != 0;
		wrong = tree != best || tree != plain;
		if (wrong)
			printf("tree %d optimised %d plain %d | %s | ip[8] = %u\n", tree, best, plain, text, value & 255);
	}
	judges_close(&judges);
	return wrong;
}

static void test_ranges(void **state)
{
	(void)state;
	struct dice dice = dice_new(1500);
	unsigned wrong = 0;
	for (unsigned i = 0; i < EXPRESSIONS && wrong < 10; i++) {
		char memory[2048];
		struct rt_text text;
		rt_text_init(&text, memory, sizeof memory - 1, -1);
		put_combination(&text, &dice, 1 + dice_roll(&dice, 5));
		*text.at = '\0';
		wrong += check(memory, i % 2);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ranges) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
