/* SPDX-License-Identifier: MIT */
/* test_value.c - one field in the three styles: as Scapy shows it, plainly, and for the default line. The SHOW
 * column is Scapy 2.5.0's i2repr() of the same field of the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

struct row { const char *sample, *layer, *field, *show, *plain, *line; };

#define SAME(text) text, text, text

static const struct row rows[] = {
	{ "syn",       "Ether", "dst",     SAME("02:00:00:00:00:02") },
	{ "syn",       "Ether", "type",    "IPv4", "2048", "IPv4" },
	{ "unknown",   "Ether", "type",    "0x88b5", "34997", "0x88b5" },
	{ "syn",       "IP",    "tos",     "0x0", "0", "0" },
	{ "options",   "IP",    "tos",     "0xb8", "184", "184" },
	{ "syn",       "IP",    "flags",   SAME("DF") },
	{ "data",      "IP",    "flags",   SAME("") },
	{ "syn",       "IP",    "proto",   "tcp", "6", "tcp" },
	{ "syn",       "IP",    "chksum",  "0x86b1", "34481", "34481" },
	{ "syn",       "IP",    "src",     SAME("192.168.16.34") },
	{ "tcp6",      "IPv6",  "dst",     SAME("2001:db8::2") },
	{ "tcp6",      "IPv6",  "fl",      SAME("74565") },
	{ "data",      "TCP",   "dport",   "http", "80", "http" },
	{ "redirect",  "TCPerror", "dport", "http", "80", "http" },
	{ "data",      "TCP",   "seq",     SAME("4294967295") },
	{ "data",      "TCP",   "flags",   SAME("FPA") },
	{ "echo",      "ICMP",  "type",    "echo-request", "8", "echo-request" },
	{ "unreach",   "ICMP",  "code",    "port-unreachable", "3", "port-unreachable" },
	{ "echo",      "ICMP",  "id",      "0x6", "6", "6" },
	{ "timestamp", "ICMP",  "ts_ori",  "12:34:56.789", "45296789", "45296789" },
	{ "timestamp", "ICMP",  "ts_rx",   "0:0:0.0", "0", "0" },
	{ "data",      "Raw",   "load",    "'hi\\x00\\'\"\\\\xff\\n\\x1b[31m'", "6869002722ff0a1b5b33316d",
	  "6869002722ff0a1b5b33316d" },
	{ "syn",       "TCP",   "options", "[('MSS', 1460), ('SAckOK', b''), ('Timestamp', (1, 2)), ('NOP', "
	  "None), ('WScale', 7)]",
	  "[[\"MSS\",1460],[\"SAckOK\",\"\"],[\"Timestamp\",[1,2]],[\"NOP\",null],[\"WScale\",7]]", NULL },
	{ "data",      "TCP",   "options", "[('NOP', None), ('NOP', None), ('SAck', (1, 2, 3, 4))]",
	  "[[\"NOP\",null],[\"NOP\",null],[\"SAck\",[1,2,3,4]]]", NULL },
	{ "fragment6", "IPv6ExtHdrRouting", "addresses", "[ 2001:db8::9 ]", "[\"2001:db8::9\"]", NULL },
	{ "syn",       "frame", "time",    SAME("1700000000.000035") },
	{ "syn",       "frame", "iface",   "'eth0'", "eth0", "eth0" },
	{ "syn",       "frame", "caplen",  SAME("74") },
};

static void get_value(const struct rt_packet *packet, const struct row *row, struct rt_value *value)
{
	struct rt_layer layer = rt_frame_layer(packet);
	if (strcmp(row->layer, "frame") != 0) {
		const struct rt_layer *found = rt_layer_find(packet, row->layer, 1);
		assert_non_null(found);
		layer = *found;
	}
	assert_true(rt_value_find(packet, &layer, row->field, value));
}

static void check(const struct rt_value *value, const char *expected, enum rt_style style)
{
	struct rt_text out;
	char text[512];
	if (!expected)
		return;
	rt_text_init(&out, text, sizeof text - 1, -1);
	rt_put_value(&out, value, style);
	assert_int_equal(out.error, 0);
	*out.at = '\0';
	assert_string_equal(expected, text);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct sampled sampled;
	struct rt_value value;
	sample_get(&sampled, row->sample);
	get_value(&sampled.packet, row, &value);
	check(&value, row->show, RT_STYLE_SHOW);
	check(&value, row->plain, RT_STYLE_PLAIN);
	check(&value, row->line, RT_STYLE_LINE);
}

/* ---- kinds that the samples do not have: Scapy 2.5.0's XStrLenField, FlagsField, XLEIntField --------------- */

static const struct rt_word letters[] = { { 1, "a" }, { 4, "c" } };

struct bare { const char *name, *show, *plain; const uint8_t bytes[8]; struct rt_row row; };

static const struct bare bares[] = {
	{ "bytes in hex", "68690a", "68690a", { 0x68, 0x69, 0x0a }, { "x", 0, 24, RT_XBYTES } },
	{ "no bytes in hex", "", "", { 0x68, 0x69, 0x0a }, { "x", 64, 0, RT_XBYTES } },
	{ "flags", "a+c", "a+c", { 5 }, { "x", 0, 8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(letters), .join = '+') } },
	{ "flags without names", "a+?+c+?", "a+?+c+?", { 0x0f },
	  { "x", 0, 8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(letters), .join = '+') } },
	{ "a pair", "'1:65535'", "1:65535", { 0, 1, 255, 255 }, { "x", 0, 32, RT_PAIR } },
	{ "little-endian", "0x4030201", "67305985", { 1, 2, 3, 4 }, { "x", 0, 32, RT_HEX, .is_little = true } },
	{ "little-endian, 64 bits", "578437695752307201", "578437695752307201", { 1, 2, 3, 4, 5, 6, 7, 8 },
	  { "x", 0, 64, RT_NUM, .is_little = true } },
};

static void test_bare(void **state)
{
	const struct bare *bare = *state;
	const struct rt_proto proto = { .name = "X", .rows = &bare->row, .row_count = 1 };
	const struct rt_layer layer = { .proto = &proto, .header = 8, .end = 8 };
	struct sampled sampled;
	struct rt_value value;
	sample_make(&sampled, 9999, bare->bytes, 8, 8);
	assert_true(rt_value_get(&sampled.packet, &layer, &bare->row, &value));
	check(&value, bare->show, RT_STYLE_SHOW);
	check(&value, bare->plain, RT_STYLE_PLAIN);
}

/* A name stands in a list's record, so it is reached by a walk. The dot at its end belongs to --show and JSON. */
static void test_name(void **state)
{
	struct sampled sampled;
	struct rt_value list, value;
	struct rt_walk walk;
	struct rt_layer item;
	(void)state;
	sample_get(&sampled, "answer");
	const struct rt_layer *dns = rt_layer_find(&sampled.packet, "DNS", 1);
	assert_true(dns && rt_value_find(&sampled.packet, dns, "an", &list));
	rt_walk_start(&walk, &list);
	assert_true(rt_walk_next(&walk, &item));
	assert_true(rt_value_find(&sampled.packet, &item, "rdata", &value));
	check(&value, "'example.com.'", RT_STYLE_SHOW);
	check(&value, "example.com.", RT_STYLE_PLAIN);
	check(&value, "example.com", RT_STYLE_LINE);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(bares) + 1];
	static char names[RT_COUNT(rows)][64];
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		stpcpy(stpcpy(stpcpy(names[i], rows[i].layer), "."), rows[i].field);
		tests[i] = (struct CMUnitTest){ .name = names[i], .test_func = test_row,
		                                .initial_state = (void *)(uintptr_t)&rows[i] };
	}
	for (size_t i = 0; i < RT_COUNT(bares); i++)
		tests[RT_COUNT(rows) + i] = (struct CMUnitTest){ bares[i].name, test_bare, NULL, NULL,
		                                                 (void *)(uintptr_t)&bares[i] };
	tests[RT_COUNT(rows) + RT_COUNT(bares)] = (struct CMUnitTest)cmocka_unit_test(test_name);
	return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
