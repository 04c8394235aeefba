/* SPDX-License-Identifier: MIT */
/* test_limits.c - long, deep and odd expressions: each is compiled or refused in one line, and soon. The times are
 * printed; the bound is only there to notice what would take for ever, also with sanitizers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/filter.h>
#include "ask.h"

#define TEXT_MAX    (1u << 20)
#define SECONDS_MAX 60

/* 0 or the error's code; the filter is freed. */
static int compile(const char *name, const char *text, bool is_pcap, struct rt_error *error)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap };
	struct rt_filter *filter;
	const clock_t begin = clock();
	const int rc = rt_filter_compile(&filter, text, &options, error);
	const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
	print_message("%s%s, %zu bytes: %d ms%s\n", name, is_pcap ? ", --pcap-filter" : "", strlen(text),
	              (int)(seconds * 1000), rc ? ", refused" : "");
	assert_true(seconds < SECONDS_MAX);
	assert_true((rc == 0) == (filter != NULL));
	rt_filter_free(filter);
	return -rc;
}

static void refuse(const char *name, const char *text, const char *what)
{
	struct rt_error error;
	for (int is_pcap = 0; is_pcap <= 1; is_pcap++) {
		assert_int_not_equal(compile(name, text, is_pcap, &error), 0);
		assert_string_equal(what, error.what);
	}
}

static char *repeated(const char *begin, const char *piece, size_t count, const char *end)
{
	const size_t size = strlen(piece);
	char *text = malloc(strlen(begin) + size * count + strlen(end) + 1), *at;
	assert_non_null(text);
	at = stpcpy(text, begin);
	for (size_t i = 0; i < count; i++)
		at = stpcpy(at, piece);
	strcpy(at, end);
	return text;
}

/* ---- too deep, too long --------------------------------------------------------------------------------------------- */

static void test_refused(void **state)
{
	static const struct { const char *begin, *piece; size_t count; const char *end, *what; } cases[] = {
		{ "", "(", 300, "tcp", "\"(\" without \")\"" },
		{ "", "not ", 10000, "tcp", "nested deeper than 256 levels" },
		{ "", "!", TEXT_MAX - 3, "tcp", "nested deeper than 256 levels" },
		{ "", "- ", 100000, "1 = 1", "nested deeper than 256 levels" },
		{ "1 = 1", " + 1", 100000, "", "nested deeper than 256 levels" },
		{ "ip", " and ip or ip", 1000, "", "nested deeper than 256 levels" },
		{ "ip[", "ip[", 100000, "", "nested deeper than 256 levels" },
		{ "", " ", TEXT_MAX + 1, "", "the expression is longer than 1048576 bytes" },
		{ "", " ", 2 * TEXT_MAX, "", "the expression is longer than 1048576 bytes" },
		{ "host ", "x", TEXT_MAX - 5, "", "a word of more than 253 characters" },
		{ "host \\", "x", TEXT_MAX - 6, "", "a word of more than 253 characters" },
		{ "host ", ":", TEXT_MAX - 5, "", "a word of more than 253 characters" },
		{ "len = ", "1", TEXT_MAX - 6, "", "a word of more than 253 characters" },
		{ "port a", "-", TEXT_MAX - 7, "b", "a word of more than 253 characters" },
		{ "host {@", "x", TEXT_MAX - 8, "}", "files are not read here" },
		{ "IP.ttl == 5", " or IP.ttl == 5", 64, "", "more than 64 tests of fields" },
		{ "IP.ttl", " and TCP", 64, "", "more than 64 tests of fields" },
		{ "IP.ttl", " + IP.ttl", 300, " = 5", "nested deeper than 256 levels" },
		{ "Raw.load == \"", "x", 1025, "\"", "a string has at most 1024 bytes" },
		{ "Raw.load == \"", "\\x00", TEXT_MAX / 4 - 4, "", "a string has at most 1024 bytes" },
		{ "IP", ".x", 100, " = 1", "IP has no field x" },
	};
	(void)state;
	for (size_t i = 0; i < RT_COUNT(cases); i++) {
		char *text = repeated(cases[i].begin, cases[i].piece, cases[i].count, cases[i].end);
		refuse(cases[i].piece, text, cases[i].what);
		free(text);
	}
	char *open = repeated("", "(", 10000, "tcp"), *closed = repeated(open, ")", 10000, "");
	refuse("( )", closed, "nested deeper than 256 levels");
	free(open);
	free(closed);
}

/* As many tests of fields as there may be, and as long strings. */
static void test_fields(void **state)
{
	static const struct { const char *begin, *piece; size_t count; const char *end; } cases[] = {
		{ "IP.ttl == 5", " or IP.ttl == 5", 63, "" },
		{ "not DNS.id == 5", " or not DNS.id == 5", 63, "" },
		{ "DNS.qd.qname == \"a\"", " and not DNS.qd.qname == \"b\"", 63, "" },
		{ "ICMPv6EchoRequest.id == 5", " or ICMPv6EchoRequest.id == 5", 63, "" },
		{ "Dot1Q_2.vlan == 5", " or Dot1Q_2.vlan == 5", 63, "" },
		{ "Raw.load == \"", "x", 1024, "\"" },
		{ "Raw.load contains \"", "\\xff", 1024, "\"" },
	};
	struct rt_error error;
	(void)state;
	for (size_t i = 0; i < RT_COUNT(cases); i++) {
		char *text = repeated(cases[i].begin, cases[i].piece, cases[i].count, cases[i].end);
		for (int is_pcap = 0; is_pcap <= 1; is_pcap++)
			assert_int_equal(compile(cases[i].begin, text, is_pcap, &error), 0);
		free(text);
	}
}

/* Sums nested to the right need a scratch word a level; a filter has 16. */
static void test_scratch(void **state)
{
	(void)state;
	char *text = repeated("", "(tcp[1] - ", 20, "1"), *closed = repeated(text, ")", 20, " = 0");
	refuse("- ( )", closed, "the arithmetic needs more than the 16 scratch words of a filter");
	free(text);
	free(closed);
}

/* ---- as long as may be ----------------------------------------------------------------------------------------------- */

/* Pieces with another number each, and blanks up to the last byte. */
static char *numbered(const char *begin, const char *format, const char *end)
{
	char *text = malloc(TEXT_MAX + 1), *at = stpcpy(text, begin);
	assert_non_null(text);
	for (uint32_t i = 1; at - text < (long)TEXT_MAX - 80; i++) {
		const uint32_t n = i * 2654435761u;
		at += sprintf(at, format, n >> 16, n >> 8 & 0xff, n & 0xff);
	}
	at = stpcpy(at, end);
	memset(at, ' ', (size_t)(text + TEXT_MAX - at));
	text[TEXT_MAX] = '\0';
	return text;
}

static void test_longest(void **state)
{
	static const struct { const char *begin, *format, *end; bool is_large; } cases[] = {
		{ "port 1", " or port %u", "", false },
		{ "tcp port 1", " or %u", "", false },
		{ "port {1", ",%u", "}", false },
		{ "vlan {1", ",%2$u-%3$u", "}", false },
		{ "ip proto 1", " or ip proto %2$u", "", false },
		{ "ether proto {1", ",%u", "}", true },
		{ "tcp", " or tcp", "", true },
		{ "tcp", " or udp or ip6", "", true },
		{ "host 10.0.0.1", " or 10.%2$u.%3$u.1", "", true },
		{ "src host {10.0.0.1", ",10.%2$u.%3$u.1", "}", true },
		{ "host ::1", " or %x:%x::%x", "", true },
	};
	(void)state;
	for (size_t i = 0; i < RT_COUNT(cases); i++) {
		char *text = numbered(cases[i].begin, cases[i].format, cases[i].end);
		struct rt_error error;
		for (int is_pcap = 0; is_pcap <= 1; is_pcap++) {
			const int code = compile(cases[i].begin, text, is_pcap, &error);
			if (code && cases[i].is_large)
				assert_string_equal("no memory", error.what);
			else
				assert_int_equal(code, 0);
		}
		free(text);
	}
}

/* ---- bytes ------------------------------------------------------------------------------------------------------------ */

/* What is told about a text can be shown on a terminal, and is about a place in it. */
static void check_error(const char *text)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER };
	struct rt_error error;
	struct rt_filter *filter;
	const int rc = rt_filter_compile(&filter, text, &options, &error);
	rt_filter_free(filter);
	if (rc == 0)
		return;
	assert_true(error.what[0] && error.column > 0 && error.length > 0);
	assert_true((size_t)error.column + (size_t)error.length <= strlen(text) + 2);
	for (const char *at = error.what; *at; at++)
		assert_true(*at >= ' ' && *at < 127);
}

static void test_bytes(void **state)
{
	static const char *const before[] = {
		"", "tcp ", "host ", "host \\", "port {1", "host {@", "ip[0] = 1", "IP.", "IP.ttl ", "Raw.load = \"", "TCP.flags = S",
	};
	static const char behind[] = " a1:.-/\\@{}[()!=\n\t\x80\xc3\xff";
	(void)state;
	for (size_t i = 0; i < RT_COUNT(before); i++)
		for (unsigned byte = 1; byte < 256; byte++)
			for (const char *next = behind; *next; next++) {
				char text[40];
				snprintf(text, sizeof text, "%s%c%c} or udp", before[i], (char)byte, *next);
				check_error(text);
			}
}

/* A zero ends what the API is given, and makes a file no text. */
static void test_zero(void **state)
{
	static const char text[] = "tcp\0 and and";
	char path[] = "/tmp/ringtap-limits-XXXXXX", errors[300], what[200];
	struct rt_error error;
	const int fd = mkstemp(path);
	const char *argv[] = { RINGTAP_PROGRAM, "-d", "-y", "EN10MB", "-F", path, NULL };
	(void)state;
	assert_int_equal(compile("zero", text, false, &error), 0);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, sizeof text), (ssize_t)sizeof text);
	struct answer answer = ask_both(argv, NULL, 0, errors, sizeof errors);
	snprintf(what, sizeof what, "ringtap: %s: not a text\n", path);
	assert_int_equal(answer.status, 2);
	assert_string_equal(errors, what);
	assert_string_equal(answer.text, "");
	free(answer.text);
	close(fd);
	unlink(path);
}

/* The largest file that -F takes, and one byte more. */
static void test_file(void **state)
{
	char path[] = "/tmp/ringtap-limits-XXXXXX", errors[300];
	const int fd = mkstemp(path);
	const char *argv[] = { RINGTAP_PROGRAM, "-d", "-y", "EN10MB", "-F", path, NULL };
	char *text = repeated("tcp\n", "#", TEXT_MAX - 5, "\n");
	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, TEXT_MAX - 1), (ssize_t)TEXT_MAX - 1);
	struct answer answer = ask_both(argv, NULL, 0, errors, sizeof errors);
	assert_int_equal(answer.status, 0);
	assert_string_equal(errors, "");
	free(answer.text);
	assert_int_equal(write(fd, "##", 2), 2);
	answer = ask_both(argv, NULL, 0, errors, sizeof errors);
	assert_int_equal(answer.status, 2);
	assert_non_null(strstr(errors, ": the expression is too long\n"));
	free(answer.text);
	free(text);
	close(fd);
	unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused), cmocka_unit_test(test_fields), cmocka_unit_test(test_scratch), cmocka_unit_test(test_longest),
		cmocka_unit_test(test_bytes), cmocka_unit_test(test_zero), cmocka_unit_test(test_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
