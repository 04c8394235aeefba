/* SPDX-License-Identifier: MIT */
/* test_lists.c - @FILE inside of a set means the items of the file, and an error in one of its lines is told with the
 * line, and where the file stands in the expression. The files are made up (fake_names.c), but for those too long to
 * write down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>
#include "fake_names.h"

static const struct { const char *file, *set; } rows[] = {
	{ "host {@hosts.txt}", "host {10.0.0.1, 10.1.0.0/16, 2001:db8::/32, 10.2.0.0/16, 2001:db8::1}" },
	{ "host {@one}", "host {10.0.0.1}" },
	{ "host { @one , 10.9.9.9 }", "host {10.0.0.1, 10.9.9.9}" },
	{ "host {10.9.9.9,@one,fe80::1}", "host {10.9.9.9, 10.0.0.1, fe80::1}" },
	{ "host {@one, @one, @dir/file.x-1}", "host {10.0.0.1, 10.0.0.2}" },
	{ "src and dst host {@one, @dir/file.x-1}", "src and dst host {10.0.0.1, 10.0.0.2}" },
	{ "src net {@nets} or 10.3.0.0/16", "src net {10.1.0.0/16, 2001:db8::/32, 172.16.0.0/12} or 10.3.0.0/16" },
	{ "not host {@one} and not host {@dir/file.x-1}", "not host {10.0.0.1} and not host {10.0.0.2}" },
	{ "host {@empty, 10.0.0.1}", "host {10.0.0.1}" },
	{ "host {@empty}", "1 = 2" },
	{ "port {@comments}", "1 = 2" },
	{ "not host {@empty}", "1 = 1" },
	{ "port {@ports}", "port {80, 443, 8000-8100, 443}" },
	{ "udp dst port {@ports, 53}", "udp dst port {53, 80, 443, 8000-8100}" },
	{ "ether host {@macs}", "ether host {02:00:00:00:00:01, 02:00:00:00:00:02, 02:00:00:00:00:03}" },
	{ "vlan {@vids, 99} and tcp", "vlan {10-20, 30, 99} and tcp" },
	{ "ip proto {@protos}", "ip proto {6, 17, 47}" },
	{ "ip[8] > 5 and host {@one} and port {@ports}", "ip[8] > 5 and host {10.0.0.1} and port {80, 443, 8000-8100}" },
};

static char *listing(const char *text, bool is_pcap)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap, .names = &fake_names };
	const size_t room = 1 << 16;
	char *memory = malloc(room);
	struct rt_error error = { 0 };
	struct rt_filter *filter;
	struct rt_text out;
	assert_non_null(memory);
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		print_error("%s: %s\n", text, error.what);
	assert_non_null(filter);
	rt_text_init(&out, memory, room - 1, -1);
	rt_filter_list(filter, 1, &out);
	*out.at = '\0';
	rt_filter_free(filter);
	return memory;
}

static void test_row(void **state)
{
	const size_t row = *(const size_t *)*state;
	for (int is_pcap = 0; is_pcap <= 1; is_pcap++) {
		char *set = listing(rows[row].set, is_pcap), *file = listing(rows[row].file, is_pcap);
		assert_string_equal(set, file);
		free(set);
		free(file);
	}
}

static const struct { const char *text, *what; int column, length; } wrong[] = {
	{ "host {@wrong}", "wrong:3: \"10.0.0.300\" is not an address", 7, 6 },
	{ "host {@one, @wrong}", "wrong:3: \"10.0.0.300\" is not an address", 13, 6 },
	{ "host {@wrong, @one}", "wrong:3: \"10.0.0.300\" is not an address", 7, 6 },
	{ "host {@two}", "two:1: \"10.0.0.2\" is not expected here", 7, 4 },
	{ "net {@slash}", "slash:1: the line ends too early", 6, 6 },
	{ "host {@nested}", "nested:2: \"@one\" is not expected here", 7, 7 },
	{ "host {@word}", "word:2: \"and\" is not expected here", 7, 5 },
	{ "host {@sign}", "sign:3: \"$\" is no part of the filter language", 7, 5 },
	{ "host {@high}", "high:2: this is no part of the filter language", 7, 5 },
	{ "host {@brace}", "brace:1: \"}\" is not expected here", 7, 6 },
	{ "host {@comma}", "comma:1: \",\" is not expected here", 7, 6 },
	{ "host {@open}", "open:1: \"(\" is not expected here", 7, 5 },
	{ "host {@long}", "long:1: \"2\" is not expected here", 7, 5 },
	{ "host {@unknown}", "unknown:2: \"nobody\": no such host", 7, 8 },
	{ "net {@bits}", "bits:2: bits behind the mask are set in 10.0.0.1", 6, 5 },
	{ "port {@one}", "one:1: \"10.0.0.1\" is no port", 7, 4 },
	{ "tcp and ether host {@one}", "one:1: \"ether\" cannot stand in front of an IPv4 host", 21, 4 },
	{ "vlan {@high-vids}", "high-vids:2: a VLAN number is at most 4095", 7, 10 },
	{ "host {@missing}", "missing: No such file or directory", 7, 8 },
	{ "host {@}", "the name of a file must stand behind \"@\"", 7, 1 },
	{ "host {@one", "the expression ends too early", 11, 1 },
	{ "host {@one @two}", "\"@two\" is not expected here", 12, 4 },
	{ "host @one", "a file can only stand in a set: {@one}", 6, 4 },
	{ "@one", "a file can only stand in a set: {@one}", 1, 4 },
	{ "host 10.0.0.1 or @one", "a file can only stand in a set: {@one}", 18, 4 },
};

static void test_wrong(void **state)
{
	const size_t row = *(const size_t *)*state;
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .names = &fake_names };
	struct rt_error error;
	struct rt_filter *filter;
	assert_true(rt_filter_compile(&filter, wrong[row].text, &options, &error) < 0);
	assert_string_equal(wrong[row].what, error.what);
	assert_int_equal(wrong[row].column, error.column);
	assert_int_equal(wrong[row].length, error.length);
}

/* ---- long ones ------------------------------------------------------------------------------------------------- */

struct lent { char *text; size_t size; };

static int lend(void *context, const char *path, const char **text, size_t *size, struct rt_error *error)
{
	const struct lent *lent = context;
	(void)path;
	(void)error;
	*text = lent->text;
	*size = lent->size;
	return 0;
}

static int compile(struct rt_filter **filter, const char *text, struct lent *lent, struct rt_error *error)
{
	const struct rt_filter_names names = { .context = lent, .file = lend };
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .names = &names };
	return rt_filter_compile(filter, text, &options, error);
}

static uint32_t address_of(uint32_t i) { return (i + 1) * 2654435761u; }         /* spread, none twice */

static struct lent make_list(uint32_t count)
{
	struct lent lent = { .text = malloc(count * 16 + 1) };
	assert_non_null(lent.text);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t ip = address_of(i);
		lent.size += (size_t)sprintf(lent.text + lent.size, "%u.%u.%u.%u\n", ip >> 24, ip >> 16 & 255, ip >> 8 & 255,
		                             ip & 255);
	}
	return lent;
}

static bool is_passed(const struct rt_filter *filter, uint32_t ip)
{
	uint8_t packet[34] = { [12] = 8, [14] = 0x45, [30] = (uint8_t)(ip >> 24), [31] = (uint8_t)(ip >> 16),
	                       [32] = (uint8_t)(ip >> 8), [33] = (uint8_t)ip };
	return rt_filter_run(filter, packet, sizeof packet, sizeof packet) != 0;
}

/* Every item is found, and addresses between them are not. */
static void check_list(uint32_t count)
{
	struct lent lent = make_list(count);
	struct rt_error error;
	struct rt_filter *filter;
	struct timespec begin, end;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	if (compile(&filter, "dst host {@list}", &lent, &error) < 0)
		print_error("%u items: %s\n", count, error.what);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	assert_non_null(filter);
	print_message("%u items: %ld ms\n", count,
	              (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000);
	unsigned between = 0;
	for (uint32_t i = 0; i < count; i++) {
		assert_true(is_passed(filter, address_of(i)));
		between += is_passed(filter, address_of(count + i));
	}
	assert_int_equal(between, 0);
	rt_filter_free(filter);
	free(lent.text);
}

static void test_thousands(void **state)
{
	(void)state;
	check_list(1000);
	check_list(10000);
	check_list(50000);
}

static void refuse(const char *text, struct lent lent, const char *what)
{
	struct rt_error error;
	struct rt_filter *filter;
	assert_true(compile(&filter, text, &lent, &error) < 0);
	assert_string_equal(what, error.what);
	free(lent.text);
}

static struct lent repeat(const char *line, size_t count)
{
	const size_t size = strlen(line);
	struct lent lent = { .text = malloc(count * size + 1), .size = count * size };
	assert_non_null(lent.text);
	for (size_t i = 0; i < count; i++)
		memcpy(lent.text + i * size, line, size);
	return lent;
}

static void test_limits(void **state)
{
	(void)state;
	refuse("port {@list}", repeat("1\n", 1000001), "list:1000001: more than 1000000 items");
	refuse("port {@a, @b, @c, @d, @e}", repeat("# 16 MiB of them\n", 16777216 / 17),
	       "the files of the expression have more than 64 MiB");
	struct lent same = repeat("1\n", 1000000);       /* a million items that are one */
	struct rt_error error;
	struct rt_filter *filter;
	assert_int_equal(compile(&filter, "port {@list}", &same, &error), 0);
	rt_filter_free(filter);
	free(same.text);
}

/* The end of a long path is what tells files apart; bytes that no terminal should get are escaped. */
static void test_paths(void **state)
{
	char text[300] = "host {@/", what[300] = "...";
	struct lent lent = repeat("x.1\n", 1);
	(void)state;
	memset(text + 8, 'x', 200);
	strcpy(text + 208, "}");
	memset(what + 3, 'x', 100);
	strcpy(what + 103, ":1: \"x.1\" is not an address");
	refuse(text, lent, what);
	refuse("host {@a\xff}", repeat("x.1\n", 1), "a\\xff:1: \"x.1\" is not an address");
}

/* Without anybody who could read it. */
static void test_nobody(void **state)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER };
	struct rt_error error;
	struct rt_filter *filter;
	(void)state;
	assert_true(rt_filter_compile(&filter, "host {@one}", &options, &error) < 0);
	assert_string_equal("files are not read here", error.what);
	assert_int_equal(7, error.column);
}

/* --explain shows the items in the tree. */
static void test_explain(void **state)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .names = &fake_names };
	static char memory[1 << 16];
	struct rt_error error;
	struct rt_text out;
	(void)state;
	rt_text_init(&out, memory, sizeof memory - 1, -1);
	assert_int_equal(rt_filter_explain("src host {@one, 10.0.0.7}", &options, &out, &error), 0);
	*out.at = '\0';
	assert_non_null(strstr(memory, "  11 file @one\n"));
	assert_non_null(strstr(memory, "tree\n  or\n    src host 10.0.0.1\n    src host 10.0.0.7\n"));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_thousands), cmocka_unit_test(test_limits), cmocka_unit_test(test_paths),
		cmocka_unit_test(test_nobody), cmocka_unit_test(test_explain),
	};
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(wrong) + RT_COUNT(others)];
	static size_t numbers[RT_COUNT(rows) + RT_COUNT(wrong)];
	size_t at = 0;
	for (size_t i = 0; i < RT_COUNT(rows); i++, at++) {
		numbers[at] = i;
		tests[at] = (struct CMUnitTest){ rows[i].file, test_row, NULL, NULL, &numbers[at] };
	}
	for (size_t i = 0; i < RT_COUNT(wrong); i++, at++) {
		numbers[at] = i;
		tests[at] = (struct CMUnitTest){ wrong[i].text, test_wrong, NULL, NULL, &numbers[at] };
	}
	memcpy(&tests[at], others, sizeof others);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
