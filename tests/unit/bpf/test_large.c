/* SPDX-License-Identifier: MIT */
/* test_large.c - lists of thousands of addresses, networks and ports against a naive search: random items, packets with
 * them, next to them, and far from them, on either side. How much memory compiling takes; and that 1,000 hosts fit the
 * kernel and cost a packet few instructions. RINGTAP_SEED repeats a run. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include <bpf/stages.h>
#include "interpreter.h"
#include "kernel.h"
#include "packets.h"

#define ITEMS   10000u
#define PACKETS 1500u
#define MEMORY  (16u << 20)              /* bytes that compiling may take                                */
#define STEPS   60u                      /* instructions a packet, 1,000 hosts                           */

enum what { HOST4, NET4, HOST6, NET6, MIXED, PORT, RANGE, MAC };
enum side { BOTH, SRC, DST };            /* BOTH: one of them is enough                                  */

static const struct row { const char *name, *begin, *between, *end; enum what what; enum side side; } rows[] = {
	{ "host a or b",        "host ",      " or ", "",  HOST4, BOTH },
	{ "host {a, b}",        "host {",     ", ",   "}", HOST4, BOTH },
	{ "src host a or b",    "src host ",  " or ", "",  HOST4, SRC },
	{ "dst host {a, b}",    "dst host {", ", ",   "}", HOST4, DST },
	{ "net a/24 or b/24",   "net ",       " or ", "",  NET4,  BOTH },
	{ "host ip6, ip6",      "host {",     ", ",   "}", HOST6, BOTH },
	{ "src host ip6, ip6",  "src host {", ", ",   "}", HOST6, SRC },
	{ "net ip6/48",         "net {",      ", ",   "}", NET6,  BOTH },
	{ "host ip, ip6",       "host {",     ", ",   "}", MIXED, BOTH },
	{ "dst host ip or ip6", "dst host ",  " or ", "",  MIXED, DST },
	{ "port a or b",        "port ",      " or ", "",  PORT,  BOTH },
	{ "tcp or udp dst",     "dst port {", ", ",   "}", PORT,  DST },
	{ "portrange a-b, c-d", "portrange {", ", ",  "}", RANGE, BOTH },
	{ "ether host",         "ether host {", ", ", "}", MAC,   BOTH },
};

/* ---- items ----------------------------------------------------------------------------------------------------- */

struct item { uint32_t size; uint8_t low[16], high[16]; };       /* as on the wire, both included           */

static void fill(struct dice *dice, uint8_t *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (uint8_t)dice_roll(dice, 256);
}

static struct item item_random(struct dice *dice, enum what what)
{
	static const uint8_t sizes[] = { [HOST4] = 4, [NET4] = 4, [HOST6] = 16, [NET6] = 16, [PORT] = 2, [RANGE] = 2,
	                                 [MAC] = 6 };
	if (what == MIXED)
		what = dice_roll(dice, 2) ? HOST4 : HOST6;
	struct item item = { .size = sizes[what] };
	fill(dice, item.low, item.size);
	if (what == HOST6 && dice_roll(dice, 2))        /* many in one network */
		memcpy(item.low, "\x20\x01\x0d\xb8\0\0\0", 7);
	memcpy(item.high, item.low, sizeof item.high);
	if (what == NET4) {
		item.low[3] = 0;
		item.high[3] = 255;
	} else if (what == NET6) {
		memset(item.low + 6, 0, 10);
		memset(item.high + 6, 255, 10);
	} else if (what == RANGE) {
		item.low[1] &= 0xf0;
		item.high[1] = (uint8_t)(item.low[1] + dice_roll(dice, 4));
	}
	return item;
}

static void put_item(struct rt_text *out, const struct item *item, enum what what)
{
	switch (what) {
	case PORT:  rt_put_num(out, rt_be16(item->low)); return;
	case RANGE: rt_put_format(out, "%u-%u", (unsigned)rt_be16(item->low), (unsigned)rt_be16(item->high)); return;
	case MAC:   rt_put_mac(out, item->low); return;
	default:    break;
	}
	if (item->size == 4)
		rt_put_ip4(out, item->low);
	else
		rt_put_ip6(out, item->low);
	rt_put_string(out, what == NET4 ? "/24" : what == NET6 ? "/48" : "");
}

static char *expression(const struct row *row, const struct item *items, uint32_t count)
{
	char *memory = malloc(count * (size_t)64 + 64);
	struct rt_text text;
	assert_non_null(memory);
	rt_text_init(&text, memory, count * (size_t)64 + 63, -1);
	rt_put_string(&text, row->begin);
	for (uint32_t i = 0; i < count; i++) {
		rt_put_string(&text, i ? row->between : "");
		put_item(&text, &items[i], row->what);
	}
	rt_put_string(&text, row->end);
	*text.at = '\0';
	return memory;
}

static struct item *items_random(struct dice *dice, enum what what, uint32_t count)
{
	struct item *items = malloc(count * sizeof *items);
	assert_non_null(items);
	for (uint32_t i = 0; i < count; i++)
		items[i] = item_random(dice, what);
	return items;
}

static bool is_among(const struct item *items, uint32_t count, const uint8_t *value, uint32_t size)
{
	for (uint32_t i = 0; i < count; i++)
		if (items[i].size == size && memcmp(value, items[i].low, size) >= 0 &&
		    memcmp(value, items[i].high, size) <= 0)
			return true;
	return false;
}

/* ---- packets ----------------------------------------------------------------------------------------------------- */

/* Where each kind of value stands, source and destination; 0: nowhere. */
struct shape { uint8_t size, ip[2], ip6[2], port[2]; bool is_tagged; const char *hex; };

static const struct shape shapes[] = {
	{ 54, { 26, 30 }, { 0 }, { 34, 36 }, false, "0800 4500 0028 0001 0000 40 06 0000" },
	{ 58, { 30, 34 }, { 0 }, { 38, 40 }, true, "8100 0005 0800 4500 0028 0001 0000 40 11 0000" },
	{ 42, { 28, 38 }, { 0 }, { 0 }, false, "0806 0001 0800 06 04 0001" },
	{ 74, { 0 }, { 22, 38 }, { 54, 56 }, false, "86dd 6000 0000 0014 06 40" },
	{ 70, { 0 }, { 26, 42 }, { 58, 60 }, true, "8100 0005 86dd 6000 0000 0008 11 40" },
};

struct packet { const struct shape *shape; uint8_t bytes[80]; };

/* One of the items, or next to it, or anything. */
static void put_value(struct dice *dice, const struct item *items, uint32_t count, uint8_t *at, uint32_t size)
{
	const struct item *item = &items[dice_roll(dice, count)];
	fill(dice, at, size);
	if (item->size != size || dice_roll(dice, 3) == 0)
		return;
	memcpy(at, dice_roll(dice, 2) ? item->low : item->high, size);
	const uint32_t step = dice_roll(dice, 4);       /* 0, 1: none */
	for (uint32_t i = size; i-- > 0 && step >= 2; ) {
		at[i] = (uint8_t)(step == 2 ? at[i] + 1 : at[i] - 1);
		if (at[i] != (step == 2 ? 0 : 255))
			break;
	}
}

static void put_hex(uint8_t *at, const char *hex)
{
	for (size_t digits = 0; *hex; hex++) {
		if (*hex == ' ')
			continue;
		const unsigned value = (unsigned)(*hex <= '9' ? *hex - '0' : *hex - 'a' + 10);
		at[digits / 2] = (uint8_t)(at[digits / 2] | value << (digits % 2 ? 0 : 4));
		digits++;
	}
}

static struct packet packet_random(struct dice *dice, const struct item *items, uint32_t count)
{
	struct packet packet = { .shape = &shapes[dice_roll(dice, RT_COUNT(shapes))] };
	put_hex(packet.bytes + 12, packet.shape->hex);
	for (unsigned side = 0; side < 2; side++) {
		put_value(dice, items, count, packet.bytes + (side ? 0 : 6), 6);
		if (packet.shape->ip[side])
			put_value(dice, items, count, packet.bytes + packet.shape->ip[side], 4);
		if (packet.shape->ip6[side])
			put_value(dice, items, count, packet.bytes + packet.shape->ip6[side], 16);
		if (packet.shape->port[side])
			put_value(dice, items, count, packet.bytes + packet.shape->port[side], 2);
	}
	return packet;
}

/* The slow answer. libpcap's meaning does not see through tags. */
static bool expect(const struct row *row, const struct item *items, uint32_t count, const struct packet *packet,
                   bool is_pcap)
{
	const struct shape *shape = packet->shape;
	const bool is_ports = row->what == PORT || row->what == RANGE;
	if (is_pcap && shape->is_tagged && row->what != MAC)
		return false;
	for (unsigned side = 0; side < 2; side++) {
		if (row->side == (side ? SRC : DST))
			continue;
		const uint8_t *b = packet->bytes;
		if (row->what == MAC && is_among(items, count, b + (side ? 0 : 6), 6))
			return true;
		if (is_ports && shape->port[side] && is_among(items, count, b + shape->port[side], 2))
			return true;
		if (!is_ports && shape->ip[side] && is_among(items, count, b + shape->ip[side], 4))
			return true;
		if (!is_ports && shape->ip6[side] && is_among(items, count, b + shape->ip6[side], 16))
			return true;
	}
	return false;
}

/* ---- tests --------------------------------------------------------------------------------------------------------- */

static struct rt_filter *compile(const char *text, bool is_pcap)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap };
	struct rt_filter *filter;
	struct rt_error error;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		fail_msg("%s", error.what);
	return filter;
}

/* The most that both arenas hold, as rt_filter_compile goes. */
static size_t memory_of(const char *text, bool is_pcap)
{
	struct rt_error error = { 0 };
	struct compiler c = { .options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap }, .error = &error, .text = text };
	struct node *tree;
	struct test *tests;
	struct program program = { 0 };
	assert_int_equal(compile_tests(&c, &tree, &tests), 0);
	/* a token for each byte is reserved, most are never touched */
	const size_t first = c.arena.used + c.scratch.used - (strlen(text) - c.token_count) * sizeof *c.tokens;
	rt_arena_free(&c.scratch);
	assert_int_equal(compile_program(&c, tests, &program), 0);
	const size_t second = c.arena.used + c.scratch.used;
	rt_arena_free(&c.arena);
	rt_arena_free(&c.scratch);
	free(program.insns);
	return first > second ? first : second;
}

static void check(const struct row *row, struct dice *dice, const struct item *items, const char *text, bool is_pcap)
{
	struct rt_filter *filter = compile(text, is_pcap);
	unsigned yes = 0, wrong = 0;
	for (unsigned i = 0; i < PACKETS && wrong < 5; i++) {
		const struct packet packet = packet_random(dice, items, ITEMS);
		const uint32_t size = packet.shape->size;
		const bool expected = expect(row, items, ITEMS, &packet, is_pcap);
		bool is_right = (rt_filter_run(filter, packet.bytes, size, size) != 0) == expected;
		if (i % 16 == 0)
			is_right = is_right && rt_filter_judge(filter, packet.bytes, size, size) == expected;
		yes += expected;
		wrong += !is_right;
	}
	rt_filter_free(filter);
	assert_int_equal(wrong, 0);
	assert_in_range(yes, PACKETS / 20, PACKETS - PACKETS / 20);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct dice dice = dice_new(77);
	struct item *items = items_random(&dice, row->what, ITEMS);
	char *text = expression(row, items, ITEMS);
	for (unsigned is_pcap = 0; is_pcap < 2; is_pcap++) {
		check(row, &dice, items, text, is_pcap);
		const size_t memory = memory_of(text, is_pcap);
		printf("%s%s: %zu KiB\n", row->name, is_pcap ? ", pcap" : "", memory >> 10);
		assert_in_range(memory, 1, MEMORY);
	}
	free(text);
	free(items);
}

/* Few instructions a packet; and the kernel, which takes the program, gives the same verdict. */
static void test_thousand(void **state)
{
	(void)state;
	struct dice dice = dice_new(78);
	struct item *items = items_random(&dice, HOST4, 1000);
	struct kernel kernel;
	assert_int_equal(kernel_open(&kernel), 0);
	for (unsigned i = 0; i < 8; i++) {
		char *text = expression(&rows[i / 2], items, 1000);
		struct rt_filter *filter = compile(text, i % 2);
		size_t length;
		uint32_t most = 0;
		const struct sock_filter *program = rt_filter_program(filter, &length);
		assert_in_range(length, 1000, BPF_MAXINSNS);
		const int rc = kernel_attach(&kernel, program, length);
		assert_true(rc == 0 || rc == -ENOMEM);          /* net.core.optmem_max */
		for (unsigned j = 0; j < PACKETS; j++) {
			const struct packet packet = packet_random(&dice, items, 1000);
			const bool expected = expect(&rows[i / 2], items, 1000, &packet, i % 2);
			const struct interpreted it = interpret(program, length, packet.bytes, packet.shape->size);
			assert_int_equal(it.verdict != 0, expected);
			if (rc == 0)
				assert_int_equal(kernel_run(&kernel, packet.bytes, packet.shape->size) >= 0, expected);
			most = it.steps > most ? it.steps : most;
		}
		printf("1,000 items, %s%s: %zu instructions, %u at most on a way\n", rows[i / 2].name,
		       i % 2 ? ", pcap" : "", length, most);
		assert_in_range(most, 1, STEPS);
		rt_filter_free(filter);
		free(text);
	}
	kernel_close(&kernel);
	free(items);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 1];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	tests[RT_COUNT(rows)] = (struct CMUnitTest)cmocka_unit_test(test_thousand);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
