/* SPDX-License-Identifier: MIT */
/* test_offload.c - frames that segmentation offload puts together: IPv4 with a total length of 0, IPv6 with a payload
 * length of 0 (BIG TCP; RFC 2675 where the jumbo option says the size). The default line counts their bytes by the frame's
 * length on the wire, captured or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

#define ETHER "020000000002020000000001"
#define TCP   "0014005000000001000000005010200000000000"
#define IP4   ETHER "0800" "4500000000010000400600000a0000010a000002"
#define ENDS6 "20010db800000000000000000000000120010db8000000000000000000000002"
#define IP6   ETHER "86dd" "600000000000" "0640" ENDS6
#define JUMBO ETHER "86dd" "600000000000" "0040" ENDS6 "0600" "c204" "0002d01c"
#define SAYS4 "10.0.0.1:20 -> 10.0.0.2:80 TTL: 64, Flags: A, Seq: 1, Ack: 0, Win: 8192, Len: "
#define SAYS6 "[2001:db8::1]:20 -> [2001:db8::2]:80 HLIM: 64, Flags: A, Seq: 1, Ack: 0, Win: 8192, Len: "

struct row { const char *expected, *name, *hex; uint32_t len; };

static const struct row rows[] = {
	{ SAYS4 "2\n", "IPv4, captured whole", IP4 TCP "6869", 14 + 20 + 20 + 2 },
	{ SAYS4 "100000\n", "IPv4, cut", IP4 TCP "6869", 14 + 20 + 20 + 100000 },
	{ SAYS6 "2\n", "IPv6, captured whole", IP6 TCP "6869", 14 + 40 + 20 + 2 },
	{ SAYS6 "184306\n", "IPv6, cut", IP6 TCP "6869", 14 + 40 + 20 + 184306 },
	{ SAYS6 "184316\n", "IPv6 with the jumbo option, cut", JUMBO TCP "6869", 14 + 40 + 8 + 20 + 184316 },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct sample sample = { row->name, RT_LINK_ETHER, row->hex };
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE };
	uint8_t bytes[SAMPLE_MAX];
	struct sampled sampled;
	size_t size;
	sample_make(&sampled, RT_LINK_ETHER, bytes, (uint32_t)sample_bytes(&sample, bytes), row->len);
	char *text = printed(&options, &sampled.frame, 1, &size);
	assert_string_equal(row->expected, text);
	free(text);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("offload", tests, NULL, NULL);
}
