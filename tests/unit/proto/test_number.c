/* SPDX-License-Identifier: MIT */
/* test_number.c - numbers that are more than bits in network order: little-endian, parts of little-endian words,
 * signed, with a unit, with decimals. SHOW is what Scapy 2.5.0 shows of the same bytes with the field that is
 * named beside the row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

struct number { const char *show, *plain, *line, *why; struct rt_row row; const char *hex; };

#define DBM    .names = RT_NAMES(.unit = " dBm")
#define RATE   .names = RT_NAMES(.unit = " Mbps", .per = 2)
#define BCD    .names = RT_NAMES(.per = 256)
#define SAME(text) text, text, text

static const struct number numbers[] = {
	{ SAME("513"), "LEShortField", { "x", 0, 16, RT_NUM, .is_little = true }, "0102" },
	{ "0x201", "513", "513", "a hex number", { "x", 0, 16, RT_HEX, .is_little = true }, "0102" },
	{ SAME("67305985"), "LEIntField behind a byte", { "x", 8, 32, RT_NUM, .is_little = true }, "ff01020304" },
	{ SAME("578437695752307201"), "LELongField", { "x", 0, 64, RT_NUM, .is_little = true }, "0102030405060708" },
	{ SAME("197121"), "three bytes", { "x", 0, 24, RT_NUM, .is_little = true }, "010203" },
	{ SAME("4"), "BitField(1, tot_size=-2) BitField(4): 0x2143",
	  { "x", 1, 4, RT_NUM, .word = 2, .part = 1 }, "4321" },
	{ SAME("21"), "BitField(9) behind BitField(3, tot_size=-2)",
	  { "x", 11, 9, RT_NUM, .word = 2, .part = 3 }, "ff5301" },
	{ SAME("3"), "... BitField(2), the last", { "x", 14, 2, RT_NUM, .word = 2, .part = 14 }, "4321" },
	{ SAME("-1"), "SignedByteField", { "x", 0, 8, RT_INT }, "ff" },
	{ SAME("127"), "SignedByteField", { "x", 0, 8, RT_INT }, "7f" },
	{ SAME("-2147483648"), "LESignedIntField", { "x", 0, 32, RT_INT, .is_little = true }, "00000080" },
	{ "-40 dBm", "-40", "-40 dBm", "ScalingField(unit='dBm', fmt='b')", { "x", 0, 8, RT_INT, DBM }, "d8" },
	{ SAME("-9223372036854775808"), "the least of 64 bits", { "x", 0, 64, RT_INT }, "8000000000000000" },
	{ "54.0 Mbps", "54.0", "54.0 Mbps", "ScalingField(scaling=0.5)", { "x", 0, 8, RT_FIXED, RATE }, "6c" },
	{ "5.5 Mbps", "5.5", "5.5 Mbps", "ScalingField(scaling=0.5)", { "x", 0, 8, RT_FIXED, RATE }, "0b" },
	{ SAME("20.0"), "BCDFloatField", { "x", 0, 16, RT_FIXED, BCD }, "1400" },
	{ SAME("0.00390625"), "BCDFloatField", { "x", 0, 16, RT_FIXED, BCD }, "0001" },
	{ SAME("255.99609375"), "BCDFloatField", { "x", 0, 16, RT_FIXED, BCD }, "ffff" },
	{ "00:0f:ac", "4012", "00:0f:ac", "OUIField", { "x", 0, 24, RT_OUI }, "000fac" },
	{ SAME("0001ff"), "XStrFixedLenField(3)", { "x", 0, 24, RT_XBYTES }, "0001ff" },
	{ SAME(""), "XStrLenField of nothing", { "x", 8, 0, RT_XBYTES }, "00" },
};

static void check(const struct rt_value *value, const char *expected, enum rt_style style)
{
	struct rt_text out;
	char text[64];
	rt_text_init(&out, text, sizeof text - 1, -1);
	rt_put_value(&out, value, style);
	*out.at = '\0';
	assert_string_equal(expected, text);
}

static bool get(const struct number *number, struct rt_value *value, uint32_t size)
{
	static uint8_t bytes[SAMPLE_MAX];
	static struct rt_frame frame;
	static struct rt_proto proto;
	static struct rt_packet packet;
	const struct sample sample = { number->why, 0, number->hex };
	sample_bytes(&sample, bytes);
	frame = (struct rt_frame){ .data = bytes, .caplen = size, .len = size };
	proto = (struct rt_proto){ .name = "X", .rows = &number->row, .row_count = 1 };
	packet = (struct rt_packet){ .frame = &frame };
	const struct rt_layer layer = { .proto = &proto, .header = size, .end = size };
	return rt_value_get(&packet, &layer, &number->row, value);
}

static void test_number(void **state)
{
	const struct number *number = *state;
	struct rt_value value;
	uint32_t size = (uint32_t)strlen(number->hex) / 2;
	assert_true(get(number, &value, size));
	check(&value, number->show, RT_STYLE_SHOW);
	check(&value, number->plain, RT_STYLE_PLAIN);
	check(&value, number->line, RT_STYLE_LINE);
	if (number->row.width)          /* a word is there only when all of it is */
		assert_false(get(number, &value, size - 1));
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(numbers)];
	for (size_t i = 0; i < RT_COUNT(numbers); i++)
		tests[i] = (struct CMUnitTest){ numbers[i].why, test_number, NULL, NULL,
		                                (void *)(uintptr_t)&numbers[i] };
	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
