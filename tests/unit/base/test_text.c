/* SPDX-License-Identifier: MIT */
/* test_text.c - the output buffer. Numbers are compared with the C library's, IPv6 with the examples of RFC 5952
 * and with inet_ntop, JSON and Python strings with python3, the buffer with what comes out of a pipe. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/base.h>
#include "ask.h"

#define SEED 20240217u

static uint32_t random_next(uint32_t *seed)         /* xorshift32, Marsaglia 2003 */
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

struct page { struct rt_text text; char memory[512]; };

static struct rt_text *page_start(struct page *page)
{
	rt_text_init(&page->text, page->memory, sizeof page->memory - 1, -1);
	return &page->text;
}

static const char *page_end(struct page *page)
{
	assert_int_equal(page->text.error, 0);
	*page->text.at = '\0';
	return page->memory;
}

/* ---- numbers: the C library is the second source ------------------------------------------------------- */

static const uint64_t numbers[] = {
	0, 1, 9, 10, 11, 99, 100, 255, 256, 999, 1000, 65535, 65536, 999999999, 1000000000, 4294967295, 4294967296,
	4294967297, 42949672950, 42949672960, 9999999999, 10000000000, 1700000000123456789, INT64_MAX, UINT64_MAX - 1,
	UINT64_MAX,
};

static void check_number(uint64_t value)
{
	struct page page;
	char expected[64];
	snprintf(expected, sizeof expected, "%llu", (unsigned long long)value);
	rt_put_num(page_start(&page), value);
	assert_string_equal(expected, page_end(&page));
	for (int width = 0; width <= 20; width += 5) {
		snprintf(expected, sizeof expected, "%0*llu", width, (unsigned long long)value);
		rt_put_num_padded(page_start(&page), value, (unsigned)width);
		assert_string_equal(expected, page_end(&page));
	}
	for (int width = 1; width <= 16; width++) {
		snprintf(expected, sizeof expected, "%0*llx", width, (unsigned long long)value);
		rt_put_hex(page_start(&page), value, (unsigned)width);
		assert_string_equal(expected, page_end(&page));
	}
}

static void test_numbers(void **state)
{
	uint32_t seed = SEED;
	(void)state;
	for (size_t i = 0; i < RT_COUNT(numbers); i++)
		check_number(numbers[i]);
	for (int i = 0; i < 20000; i++) {
		uint64_t value = (uint64_t)random_next(&seed) << 32 | random_next(&seed);
		check_number(value >> (random_next(&seed) & 63));
	}
}

static void test_format(void **state)
{
	struct page page;
	char expected[256];
	(void)state;
	snprintf(expected, sizeof expected, "%s|%.*s|%c|%d|%i|%u|%04x|%zu|%ld|%lu|%llu|%lld|%%|%05u|%d", "eth0", 3, "abcdef",
	         'x', -7, 42, 4000000000u, 0xabcu, (size_t)77, -5L, 6UL, 18446744073709551615ULL, INT64_MIN + 0LL, 42u,
	         INT32_MIN);
	rt_put_format(page_start(&page), "%s|%.*s|%c|%d|%i|%u|%04x|%zu|%ld|%lu|%llu|%lld|%%|%05u|%d", "eth0", 3, "abcdef",
	              'x', -7, 42, 4000000000u, 0xabcu, (size_t)77, -5L, 6UL, 18446744073709551615ULL, INT64_MIN + 0LL, 42u,
	              INT32_MIN);
	assert_string_equal(expected, page_end(&page));
}

/* ---- addresses ------------------------------------------------------------------------------------------- */

struct ip6_row { const char *expected, *given, *why; };

static const struct ip6_row ip6_rows[] = {
	{ "2001:db8::1",               "2001:0db8:0000:0000:0000:0000:0000:0001", "RFC 5952 1" },
	{ "2001:db8::aaaa:0:0:1",      "2001:db8:0:0:aaaa:0:0:1",  "RFC 5952 2.2: the first of equal runs" },
	{ "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA", "RFC 5952 2.3: lower case" },
	{ "2001:db8::2:1",             "2001:db8:0:0:0:0:2:1",     "RFC 5952 4.2.1: as short as possible" },
	{ "2001:db8:0:1:1:1:1:1",      "2001:db8::1:1:1:1:1",      "RFC 5952 4.2.2: never one group" },
	{ "2001:0:0:1::1",             "2001:0:0:1:0:0:0:1",       "RFC 5952 4.2.3: the longest run" },
	{ "2001:db8::1:0:0:1",         "2001:db8:0:0:1:0:0:1",     "RFC 5952 4.2.3: the first of equal runs" },
	{ "::ffff:192.0.2.1",          "::ffff:192.0.2.1",         "RFC 5952 5: mapped" },
	{ "::",                        "0:0:0:0:0:0:0:0",          "RFC 4291 2.2" },
	{ "::1",                       "0:0:0:0:0:0:0:1",          "RFC 4291 2.2" },
	{ "ff01::101",                 "FF01:0:0:0:0:0:0:101",     "RFC 4291 2.2" },
	{ "1::",                       "1:0:0:0:0:0:0:0",          "a run at the end" },
	{ "1:2:3:4:5:6:7:0",           "1:2:3:4:5:6:7:0",          "one group at the end" },
	{ "0:2:3:4:5:6:7:8",           "0:2:3:4:5:6:7:8",          "one group at the start" },
	{ "fe80::1ff:fe23:4567:890a",  "fe80:0:0:0:1ff:fe23:4567:890a", "link local" },
};

static void test_ip6_row(void **state)
{
	const struct ip6_row *row = *state;
	struct page page;
	uint8_t ip[16];
	assert_int_equal(inet_pton(AF_INET6, row->given, ip), 1);
	rt_put_ip6(page_start(&page), ip);
	assert_string_equal(row->expected, page_end(&page));
}

static void check_addresses(const uint8_t ip[16])
{
	static const uint8_t none[12] = { 0 };
	struct page page;
	char expected[64];
	rt_put_ip4(page_start(&page), ip);
	assert_string_equal(inet_ntop(AF_INET, ip, expected, sizeof expected), page_end(&page));
	/* ::/96: inet_ntop writes the IPv4-compatible form, which RFC 4291 2.5.5.1 deprecates and RFC 5952 leaves out */
	if (memcmp(ip, none, sizeof none) == 0)
		return;
	rt_put_ip6(page_start(&page), ip);
	assert_string_equal(inet_ntop(AF_INET6, ip, expected, sizeof expected), page_end(&page));
}

static void test_addresses(void **state)
{
	uint32_t seed = SEED;
	(void)state;
	for (int i = 0; i < 50000; i++) {
		uint8_t ip[16];
		uint32_t zeros = random_next(&seed), zeros_too = random_next(&seed);
		for (unsigned k = 0; k < 16; k++)
			ip[k] = (zeros & zeros_too) >> (k / 2) & 1 || zeros >> (16 + k) & 1 ? 0 : (uint8_t)random_next(&seed);
		check_addresses(ip);
	}
	/* every choice of empty groups */
	for (unsigned set = 0; set < 256; set++) {
		uint8_t ip[16] = { 0 };
		for (unsigned k = 0; k < 8; k++)
			ip[2 * k + 1] = set >> k & 1 ? 0xff : 0;
		check_addresses(ip);
	}
}

static void test_mac(void **state)
{
	struct page page;
	(void)state;
	rt_put_mac(page_start(&page), (const uint8_t[]){ 0x00, 0x0a, 0xf0, 0xff, 0x10, 0x9b });
	assert_string_equal("00:0a:f0:ff:10:9b", page_end(&page));
	rt_put_hex_bytes(page_start(&page), (const uint8_t[]){ 0x00, 0x0a, 0xf0 }, 3);
	assert_string_equal("000af0", page_end(&page));
}

/* ---- hostile bytes: python3 is the second source ------------------------------------------------------------ */

/* Bytes that often form UTF-8, now and then spoiled, with quotes and controls among them. */
static size_t hostile(uint32_t *seed, uint8_t *bytes)
{
	static const char *const pieces[] = {
		"'", "\"", "\\", "\n", "\r", "\t", "\x7f", "\x1b[31m", "abc", " ", "\xc2\x9b", "\xc2\xad", "\xc3\xa9", "\xe2\x82\xac",
		"\xed\xa0\x80", "\xf0\x9f\x98\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xff", "\xe2\x80\xae", "\xe2\x82",
		"\xf0\x9f\x98", "\xf3\xa0\x84\x80", "\xee\x80\x80", "\xcd\xb8",
	};
	size_t size = 0;
	for (unsigned n = random_next(seed) % 12; n; n--) {
		const char *piece = pieces[random_next(seed) % RT_COUNT(pieces)];
		if (random_next(seed) % 3) {
			memcpy(bytes + size, piece, strlen(piece));
			size += strlen(piece);
		} else {
			bytes[size++] = (uint8_t)random_next(seed);
		}
	}
	return size;
}

/* One line a case, "INPUT OUTPUT", both in hexadecimal; `put` makes the output. */
static char *make_cases(void (*put)(struct rt_text *, const uint8_t *, size_t), int count, size_t *size)
{
	char *cases = malloc(1u << 24);
	struct rt_text text;
	uint32_t seed = SEED;
	assert_non_null(cases);
	rt_text_init(&text, cases, 1u << 24, -1);
	for (int i = 0; i < count; i++) {
		struct page page;
		uint8_t bytes[128];
		size_t n = hostile(&seed, bytes);
		put(page_start(&page), bytes, n);
		assert_int_equal(page.text.error, 0);
		rt_put_hex_bytes(&text, bytes, n);
		rt_put_char(&text, ' ');
		rt_put_hex_bytes(&text, (const uint8_t *)page.memory, rt_text_length(&page.text));
		rt_put_char(&text, '\n');
	}
	assert_int_equal(text.error, 0);
	*size = rt_text_length(&text);
	return cases;
}

/* `program` prints what it finds wrong and, at the end, how many cases it saw. */
static void judge(const char *program, const char *cases, size_t size, const char *expected)
{
	need_program("/usr/bin/python3");
	struct answer answer = ask((const char *const[]){ "/usr/bin/python3", "-c", program, NULL }, cases, size);
	assert_string_equal(expected, answer.text);
	assert_int_equal(answer.status, 0);
	free(answer.text);
}

#define PYTHON_CASES \
	"import sys, json, codecs\n" \
	"count = 0\n" \
	"for line in sys.stdin:\n" \
	"    given, got = (bytes.fromhex(x) for x in line.rstrip('\\n').split(' '))\n" \
	"    count += 1\n"

static void test_json_text(void **state)
{
	static const char program[] =
		"import codecs\n"
		"codecs.register_error('latin', lambda e: (e.object[e.start:e.end].decode('latin1'), e.end))\n"
		PYTHON_CASES
		"    text = got.decode('utf-8', 'strict')\n"
		"    want = given.decode('utf-8', 'latin')\n"
		"    if json.loads(text) != want: print('not the same:', given, text)\n"
		"    if any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text): print('control:', given, repr(text))\n"
		"print(count)\n";
	(void)state;
	size_t size;
	char *cases = make_cases(rt_put_json_text, 20000, &size);
	judge(program, cases, size, "20000\n");
	free(cases);
}

static void test_python_text(void **state)
{
	static const char program[] =
		PYTHON_CASES
		"    want = repr(given.decode(errors='backslashreplace'))\n"
		"    if got != want.encode(): print('not the same:', given, got, want)\n"
		"print(count)\n";
	(void)state;
	size_t size;
	char *cases = make_cases(rt_put_python, 20000, &size);
	judge(program, cases, size, "20000\n");
	free(cases);
}

static size_t utf8(uint32_t code, uint8_t bytes[4])     /* RFC 3629 section 3 */
{
	if (code < 0x80) {
		bytes[0] = (uint8_t)code;
		return 1;
	}
	unsigned n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (unsigned i = n - 1; i; i--, code >>= 6)
		bytes[i] = (uint8_t)(0x80 | (code & 0x3f));
	bytes[0] = (uint8_t)(0xf00 >> n | code);
	return n;
}

/* Every code point there is, 16 in a string. */
static void test_python_code_points(void **state)
{
	static const char program[] =
		"import sys\n"
		"lines = sys.stdin.buffer.read().split(b'\\n')\n"
		"codes = [c for c in range(0x20, 0x110000) if not 0xd800 <= c < 0xe000]\n"
		"for i in range(0, len(codes), 16):\n"
		"    want = repr(''.join(map(chr, codes[i:i + 16])))\n"
		"    if lines[i // 16] != want.encode(): print(hex(codes[i]), lines[i // 16], want)\n"
		"print(len(codes), len(lines) - 1)\n";
	const size_t room = 1u << 24;
	char *lines = malloc(room);
	struct rt_text text;
	uint8_t bytes[64];
	size_t size = 0;
	unsigned count = 0;
	(void)state;
	assert_non_null(lines);
	rt_text_init(&text, lines, room, -1);
	for (uint32_t code = 0x20; code < 0x110000; code++) {
		if (code >= 0xd800 && code < 0xe000)
			continue;
		size += utf8(code, bytes + size);
		if (++count % 16 == 0) {
			rt_put_python(&text, bytes, size);
			rt_put_char(&text, '\n');
			size = 0;
		}
	}
	assert_int_equal(text.error, 0);
	assert_int_equal(size, 0);
	judge(program, lines, rt_text_length(&text), "1112032 69502\n");
	free(lines);
}

/* What reaches a terminal: no byte of it may steer the terminal, and a backslash is never ambiguous. */
static void test_escaped(void **state)
{
	struct page page;
	(void)state;
	rt_put_escaped(page_start(&page), (const uint8_t *)"a\x1b[0m\\\x7f\xc2\x9b\n~ ", 12);
	assert_string_equal("a\\x1b[0m\\x5c\\x7f\\xc2\\x9b\\x0a~ ", page_end(&page));
}

/* ---- the buffer ----------------------------------------------------------------------------------------------- */

static void test_cut(void **state)
{
	(void)state;
	for (size_t size = 0; size < 12; size++) {
		char memory[16];
		struct rt_text text;
		memset(memory, '#', sizeof memory);
		rt_text_init(&text, memory, size, -1);
		rt_put_string(&text, "0123456789");
		assert_int_equal(rt_text_length(&text), size < 10 ? size : 10);
		assert_memory_equal(memory, "0123456789", size < 10 ? size : 10);
		assert_int_equal(text.error, size < 10 ? ENOBUFS : 0);
		assert_int_equal(memory[size], '#');
		rt_put_num(&text, UINT64_MAX);
		rt_put_hex_bytes(&text, (const uint8_t *)"\x01\x02\x03", 3);
		rt_put_mac(&text, (const uint8_t *)"\x01\x02\x03\x04\x05\x06");
		rt_put_json_text(&text, (const uint8_t *)"\xff\n", 2);
		assert_int_equal(text.error, ENOBUFS);
		assert_int_equal(memory[size], '#');
		assert_true(rt_text_length(&text) <= size);
	}
}

static void test_flushed_nowhere(void **state)
{
	struct page page;
	(void)state;
	rt_put_string(page_start(&page), "kept");
	assert_int_equal(rt_text_flush(&page.text), 0);
	rt_put_string(&page.text, " all");
	assert_string_equal(page_end(&page), "kept all");
}

/* A child drains a pipe slowly; the buffer is far smaller than what is put. */
static void test_descriptor(void **state)
{
	int out[2];
	char memory[64], expected[16];
	struct rt_text text;
	(void)state;
	assert_int_equal(pipe(out), 0);
	fcntl(out[1], F_SETFL, O_NONBLOCK);             /* so that short writes and EAGAIN happen */
	fcntl(out[1], F_SETPIPE_SZ, 4096);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(out[0]);
		rt_text_init(&text, memory, sizeof memory, out[1]);
		for (unsigned i = 0; i < 20000; i++) {
			rt_put_num_padded(&text, i, 7);
			rt_put_char(&text, '\n');
		}
		_exit(rt_text_flush(&text) == 0 && text.error == 0 ? 0 : 1);
	}
	close(out[1]);
	FILE *in = fdopen(out[0], "r");
	for (unsigned i = 0; i < 20000; i++) {
		char line[32];
		assert_non_null(fgets(line, sizeof line, in));
		snprintf(expected, sizeof expected, "%07u\n", i);
		assert_string_equal(expected, line);
	}
	assert_int_equal(fgetc(in), EOF);
	fclose(in);
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* After a failed write all puts are harmless and the first error stays. */
static void test_full_disk(void **state)
{
	char memory[32];
	struct rt_text text;
	(void)state;
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		print_message("skipped: no /dev/full\n");
		skip();
	}
	rt_text_init(&text, memory, sizeof memory, fd);
	for (int i = 0; i < 100; i++)
		rt_put_string(&text, "does not fit");
	assert_int_equal(text.error, ENOSPC);
	assert_int_equal(rt_text_flush(&text), -ENOSPC);
	close(fd);
}

int main(void)
{
	static const struct CMUnitTest plain[] = {
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_format), cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_mac), cmocka_unit_test(test_json_text), cmocka_unit_test(test_python_text),
		cmocka_unit_test(test_python_code_points), cmocka_unit_test(test_escaped), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_flushed_nowhere),
		cmocka_unit_test(test_descriptor), cmocka_unit_test(test_full_disk),
	};
	static struct CMUnitTest tests[RT_COUNT(plain) + RT_COUNT(ip6_rows)];
	size_t count = 0;
	for (; count < RT_COUNT(plain); count++)
		tests[count] = plain[count];
	for (size_t i = 0; i < RT_COUNT(ip6_rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = ip6_rows[i].given, .test_func = test_ip6_row,
		                                      .initial_state = (void *)(uintptr_t)&ip6_rows[i] };
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
