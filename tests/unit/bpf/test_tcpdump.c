// SPDX-License-Identifier: MIT
/* test_tcpdump.c - the second source for --pcap-filter: what libpcap makes of an expression when it reads a savefile
 * gives the same verdict as our program, on every test packet of every link type and on copies with changed bytes.
 * libpcap is asked by libpcap.py, for tens of thousands of programs; that tcpdump prints the same ones is looked at
 * here and there. Where both made the same program, the listings are the same to the byte. Needs tcpdump and Python;
 * without them the tests skip and say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"
#include "compare.h"
#include "rows.h"

/* tcpdump's -d, -dd or -ddd, for a savefile without packets. */
static struct answer tcpdump(const char *form, unsigned link, const char *text)
{
	struct capfile file = { 0 };
	const char *path = scratch("savefile");
	capfile_pcap(&file, PCAP_MICRO, RT_SNAPLEN_MAX, link);
	capfile_save(&file, path);
	capfile_free(&file);
	return ask((const char *[]){ "tcpdump", "-r", path, form, "--", text, NULL }, NULL, 0);
}

static char *listing(const struct rt_filter *filter, int form)
{
	const size_t room = 1 << 19;
	char *memory = malloc(room);
	struct rt_text text;
	assert_non_null(memory);
	rt_text_init(&text, memory, room - 1, -1);
	rt_filter_list(filter, form, &text);
	*text.at = 0;
	assert_int_equal(text.error, 0);
	return memory;
}

static unsigned check_listings(const struct rt_filter *ours, unsigned link, const char *text)
{
	unsigned wrong = 0;
	for (int form = 1; form <= 3; form++) {
		struct answer theirs = tcpdump(form == 1 ? "-d" : form == 2 ? "-dd" : "-ddd", link, text);
		char *mine = listing(ours, form);
		if (strcmp(mine, theirs.text) != 0) {
			printf("listing %d | %s | %s\n%s--- tcpdump:\n%s", form, text, rt_link_name(link), mine,
			       theirs.text);
			wrong++;
		}
		free(mine);
		free(theirs.text);
	}
	return wrong;
}

/* ---- every filter on every link type ---------------------------------------------------------------------- */

static void check_table(unsigned link, bool is_swapped)
{
	struct dice dice = dice_new(7);
	struct packet_set set = compare_packets(link, is_swapped, &dice);
	compare_all(filters, filter_count, is_swapped, true, &set);
	packets_free(&set);
}

static void test_link(void **state) { check_table(*(const unsigned *)*state, false); }

static void test_swapped(void **state)
{
	(void)state;
	check_table(RT_LINK_NULL, true);
}

/* ---- the table itself ------------------------------------------------------------------------------------ */

static unsigned check_tcpdump(const struct theirs *expected, unsigned link, const char *text)
{
	struct answer answer = tcpdump("-ddd", link, text);
	struct theirs got = theirs_read(answer.size ? answer.text : "!");
	const bool is_equal = got.count == expected->count && !got.why == !expected->why &&
	                      (got.why || memcmp(got.code, expected->code, got.count * sizeof *got.code) == 0);
	if (!is_equal)
		printf("tcpdump says something else | %s | %s\n", text, rt_link_name(link));
	free(got.why);
	free(got.code);
	free(answer.text);
	return !is_equal;
}

static unsigned check_same_listings(const struct theirs *theirs, unsigned link, const char *text)
{
	struct rt_error error = { 0 };
	struct rt_filter *ours;
	unsigned wrong = 0;
	if (compile_for_file(&ours, text, link, &error) == 0 && is_same_program(theirs, ours))
		wrong = check_listings(ours, link, text);
	rt_filter_free(ours);
	return wrong;
}

/* Each filter is taken on one link type at least; tcpdump prints what libpcap told. */
static void test_table(void **state)
{
	bool *is_taken = calloc(filter_count, 1);
	unsigned wrong = 0;
	(void)state;
	assert_non_null(is_taken);
	need_program("tcpdump");
	for (size_t i = 0; i < filter_link_count; i++) {
		struct both *answers = libpcap_ask(filter_links[i], false, filters, filter_count);
		for (size_t row = 0; row < filter_count; row++) {
			is_taken[row] |= !answers[row].optimised.why;
			if ((row + i) % 61 != 0)
				continue;
			wrong += check_tcpdump(&answers[row].optimised, filter_links[i], filters[row]);
			wrong += check_same_listings(&answers[row].optimised, filter_links[i], filters[row]);
		}
		libpcap_free(answers, filter_count);
	}
	for (size_t row = 0; row < filter_count; row++) {
		if (!is_taken[row])
			printf("taken nowhere | %s\n", filters[row]);
		wrong += !is_taken[row];
	}
	free(is_taken);
	assert_int_equal(wrong, 0);
}

/* What libpcap refuses everywhere, we refuse everywhere. */
static void test_refused(void **state)
{
	unsigned wrong = 0;
	(void)state;
	for (size_t i = 0; i < filter_link_count; i++) {
		struct both *answers = libpcap_ask(filter_links[i], false, refused_filters, refused_filter_count);
		for (size_t row = 0; row < refused_filter_count; row++) {
			struct rt_error error = { 0 };
			struct rt_filter *ours;
			const int rc = compile_for_file(&ours, refused_filters[row], filter_links[i], &error);
			const char *why = answers[row].optimised.why;
			if (!why || rc == 0) {
				printf("%s | %s | %s\n", why ? "we take" : "libpcap takes", refused_filters[row],
				       rt_link_name(filter_links[i]));
				wrong++;
			}
			rt_filter_free(ours);
		}
		libpcap_free(answers, refused_filter_count);
	}
	assert_int_equal(wrong, 0);
}

/* ---- listings ---------------------------------------------------------------------------------------------- */

/* The six instructions everybody knows. */
static void test_six(void **state)
{
	(void)state;
	need_program("tcpdump");
	struct rt_error error = { 0 };
	struct rt_filter *filter;
	assert_int_equal(compile_for_file(&filter, "ip and icmp", RT_LINK_ETHER, &error), 0);
	char *text = listing(filter, 1);
	assert_string_equal("(000) ldh      [12]\n"
	                    "(001) jeq      #0x800           jt 2\tjf 5\n"
	                    "(002) ldb      [23]\n"
	                    "(003) jeq      #0x1             jt 4\tjf 5\n"
	                    "(004) ret      #262144\n"
	                    "(005) ret      #0\n", text);
	free(text);
	assert_int_equal(check_listings(filter, RT_LINK_ETHER, "ip and icmp"), 0);
	rt_filter_free(filter);
}

static void check_round_trip(const struct rt_filter *filter)
{
	size_t count;
	const struct sock_filter *program = rt_filter_program(filter, &count);
	char *decimal = listing(filter, 3), *c = listing(filter, 2), *at = c;
	struct theirs back = theirs_read(decimal);
	assert_true(is_same_program(&back, filter));
	for (size_t j = 0; j < count; j++) {
		unsigned code, jt, jf, k;       /* "{ 0x28, 0, 0, 0x0000000c }," */
		assert_int_equal(sscanf(at, "{ 0x%x, %u, %u, 0x%8x },", &code, &jt, &jf, &k), 4);
		assert_int_equal(code, program[j].code);
		assert_true(jt == program[j].jt && jf == program[j].jf && k == program[j].k);
		at = strchr(at, '\n') + 1;
	}
	assert_string_equal(at, "");
	free(back.code);
	free(decimal);
	free(c);
}

/* -ddd and -dd say the same as the program itself. */
static void test_round_trip(void **state)
{
	(void)state;
	for (size_t i = 0; i < filter_count; i++) {
		const struct rt_filter_options options = { .link = RT_LINK_ETHER };
		struct rt_error error = { 0 };
		struct rt_filter *filter;
		if (rt_filter_compile(&filter, filters[i], &options, &error) < 0)
			continue;
		check_round_trip(filter);
		rt_filter_free(filter);
	}
}

int main(void)
{
	rows_add("six", NULL, test_six, NULL);
	rows_add("round trip", NULL, test_round_trip, NULL);
	rows_add("table", NULL, test_table, NULL);
	rows_add("refused", NULL, test_refused, NULL);
	for (size_t i = 0; i < filter_link_count; i++)
		rows_add("filters", rt_link_name(filter_links[i]), test_link, &filter_links[i]);
	rows_add("filters", "NULL, swapped", test_swapped, NULL);
	const int failed = rows_run("tcpdump");
	scratch_end();
	return failed;
}
