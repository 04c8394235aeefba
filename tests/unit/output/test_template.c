/* SPDX-License-Identifier: MIT */
/* test_template.c - --format: what a template prints, and what is wrong with those that are refused. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

struct row { const char *expected, *sample, *text; };

static const struct row rows[] = {
	{ "192.168.16.34:43948 -> 192.168.16.100:8006 TTL: 64, Flags: S\n", "syn",
	  "{IP.src}:{TCP.sport} -> {IP.dst}:{TCP.dport} TTL: {IP.ttl}, Flags: {TCP.flags}" },   /* CLI.md's */
	{ "1 1700000000.000035 eth0 74 74\n", "syn", "{number} {time} {iface} {caplen} {len}" },
	{ "-\n", "syn", "{UDP.sport}" },
	{ "-:-\n", "who-has", "{IP.src}:{TCP.sport}" },
	{ "2048 6 34481 DF\n", "syn", "{Ether.type} {IP.proto} {IP.chksum} {IP.flags}" },
	{ "10.0.0.1 < 192.168.16.34\n", "tunnel", "{IP_2.src} < {IP.src}" },
	{ "192.168.16.34\n", "tunnel", "{IP_1.src}" },
	{ "-\n", "syn", "{IP_2.src}" },
	{ "0x86b1 0x6 0x4a\n", "syn", "{IP.chksum:x} {IP.proto:x} {len:x}" },
	{ "34481 2\n", "syn", "{IP.chksum:d} {TCP.flags:d}" },
	{ "9.9.9.9 - 0x1\n", "answer", "{IP.src:x} {ICMP.id:x} {DNS.qd.qtype:x}" },
	{ "6869002722ff0a1b5b33316d\n", "data", "{Raw.load}" },
	{ "www.example.com. 1 example.com.\n", "answer", "{DNS.qd.qname} {DNS.qd.qtype} {DNS.an.rdata}" },
	{ "-\n", "mdns", "{DNS.an.rrname}" },
	{ "[[\"NOP\",null],[\"NOP\",null],[\"SAck\",[1,2,3,4]]]\n", "data", "{TCP.options}" },
	{ "1460 7 - -\n", "syn", "{TCP.options.MSS.value} {TCP.options.WScale.value} {TCP.options.MD5.value} "
	                       "{TCP_2.options.MSS.value}" },
	{ "a\tb\nc\\d\n", "syn", "a\\tb\\nc\\\\d" },
	{ "{64}\n", "syn", "{{{IP.ttl}}}" },
	{ "{}\n", "syn", "{{}}" },
	{ "64\n", "syn", "{IP.ttl}\\n" },               /* one line feed at the end, whoever wrote it */
	{ "64\n", "syn", "{IP.ttl}\n" },
	{ "\n64\n", "syn", "\\n{IP.ttl}" },
	{ "\n", "syn", "" },
	{ "[a|b?]\n", "syn", "[a|b?]" },                  /* marks of the tables' sentences only */
	{ "33434\n", "unreach", "{UDPerror.dport}" },
	{ "100 4094\n", "qinq", "{Dot1AD.vlan} {Dot1Q.vlan}" },
	{ "45296789 -\n", "timestamp", "{ICMP.ts_ori} {ICMP.gw}" },
	{ "192.168.16.2 -\n", "redirect", "{ICMP.gw} {ICMP.id}" },
	{ "\\x1b[31m\\x0a\"\\x5c\\xff<&\\xc3\\xa9{\\x07.\n", "evil name", "{DNS.qd.qname}" },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct rt_output_options options = { .format = RT_FORMAT_TEMPLATE, .template_text = row->text };
	struct sampled sampled;
	size_t size;
	sample_get(&sampled, row->sample);
	char *text = printed(&options, &sampled.frame, 1, &size);
	assert_string_equal(row->expected, text);
	free(text);
}

/* Where a file does not say. */
static void test_no_interface(void **state)
{
	const struct rt_output_options options = { .format = RT_FORMAT_TEMPLATE, .template_text = "{iface} {number}" };
	struct sampled sampled;
	size_t size;
	(void)state;
	sample_get(&sampled, "syn");
	sampled.iface.name = "";
	char *text = printed(&options, &sampled.frame, 1, &size);
	assert_string_equal("- 1\n", text);
	free(text);
}

/* The word that the message must name, and where it stands. */
struct wrong { int column; const char *word, *text; };

static const struct wrong wrongs[] = {
	{ 2,  "IP.sorc",   "{IP.sorc}" },
	{ 14, "IPv5.src",  "{IP.src} -> {IPv5.src}" },
	{ 2,  "tiem",      "{tiem}" },
	{ 2,  "IP",        "{IP}" },
	{ 2,  "DNS.qd.qnam", "{DNS.qd.qnam}" },
	{ 2,  "IP.src.x",  "{IP.src.x}" },
	{ 2,  "TCP.options.MSS", "{TCP.options.MSS}" },
	{ 2,  "TCP.options.MSS.x", "{TCP.options.MSS.x}" },
	{ 2,  "IP_0.src",  "{IP_0.src}" },
	{ 2,  "IP.",       "{IP.}" },
	{ 2,  ".src",      "{.src}" },
	{ 2,  "",          "{}" },
	{ 4,  "IP.src",    "ab{IP.src" },
	{ 3,  "}",         "ab}" },
	{ 2,  "",          "{" },
	{ 2,  "ip.src",    "{ip.src}" },
	{ 2,  "IP.src ",   "{IP.src }" },
	{ 2,  "TCP_x.sport", "{TCP_x.sport}" },
};

static void test_wrong(void **state)
{
	const struct wrong *wrong = *state;
	struct rt_template *template = NULL;
	struct rt_error error = { 0 };
	assert_int_equal(rt_template_new(&template, wrong->text, &error), -EINVAL);
	assert_null(template);
	assert_int_equal(error.code, EINVAL);
	assert_non_null(strstr(error.what, wrong->word));
	assert_null(strchr(error.what, '\n'));
	if (error.column != wrong->column)
		fail_msg("%s: column %d, not %d", error.what, error.column, wrong->column);
}

/* Every field of every protocol can be asked for, and asking is harmless on every packet. */
static void test_all_names(void **state)
{
	struct sampled sampled;
	char text[128];
	size_t size;
	(void)state;
	sample_get(&sampled, "syn");
	for (size_t id = 0; id < rt_proto_count(); id++) {
		const struct rt_proto *proto = rt_proto_at(id);
		for (unsigned i = 0; i < proto->row_count; i++) {
			char *dot = stpcpy(stpcpy(text, "{"), proto->name);
			stpcpy(stpcpy(stpcpy(dot, "."), proto->rows[i].name), "}");
			const struct rt_output_options options = { .format = RT_FORMAT_TEMPLATE,
			                                           .template_text = text };
			char *out = printed(&options, &sampled.frame, 1, &size);
			bool is_there = rt_more(proto)->value || rt_layer_find(&sampled.packet, proto->name, 1);
			assert_true(is_there || strcmp(out, "-\n") == 0);
			assert_true(size > 0 && out[size - 1] == '\n');
			free(out);
		}
	}
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(wrongs) + 2];
	size_t count = 0;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = rows[i].text, .test_func = test_row,
		                                      .initial_state = (void *)(uintptr_t)&rows[i] };
	for (size_t i = 0; i < RT_COUNT(wrongs); i++)
		tests[count++] = (struct CMUnitTest){ .name = wrongs[i].text, .test_func = test_wrong,
		                                      .initial_state = (void *)(uintptr_t)&wrongs[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_all_names);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_no_interface);
	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
