// SPDX-License-Identifier: MIT
/* test_talk.c - the language in the real program: --each, --script, statements from a pipe, and their errors. What is
 * typed on a terminal is in test_terminal.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/base.h>
#include "command.h"

static void test_errors(void **state)
{
	static const char text[] = "foo\n1 +\nx = pkts[7]\nfor i in [0]:\n    1 // i\n\nlen(pkts)\nexit(3)\n5\n";
	(void)state;
	struct said said = command_fed(text, sizeof text - 1, "--demo -f ip and icmp -c 1 -i --count-only");
	assert_int_equal(3, said.status);
	assert_string_equal("1 packet\n1\n", said.out);
	assert_non_null(strstr(said.err, "<stdin>:1:1: NameError: name 'foo' is not defined\n"));
	assert_non_null(strstr(said.err, "<stdin>:1:4: SyntaxError: invalid syntax\n"));
	assert_non_null(strstr(said.err, "<stdin>:1:5: IndexError: list index out of range\n"));
	assert_non_null(strstr(said.err, "<stdin>:2:7: ZeroDivisionError: integer division or modulo by zero\n"));
	free(said.out);
}

static void test_help(void **state)
{
	(void)state;
	struct said said = command_fed("help()\nhelp(IGMP)\n", 17, "--demo -c 1 -i --each None");
	assert_int_equal(0, said.status);
	assert_non_null(strstr(said.out, "\nls() lists the layers"));
	assert_non_null(strstr(said.out, "\nIGMP ("));
	free(said.out);
}

static void test_each(void **state)
{
	(void)state;
	command_says(0, "echo-request\necho-reply\n", NULL,
	             "--demo -f icmp -c 2 --each 'pkt.sprintf(\"%ICMP.type%\")'");
	command_says(0, "", NULL, "--demo -f icmp -c 2 --each 'x = pkt[IP].ttl'");
	struct said said = command("--demo -f icmp -c 3 --each 'pkt[TCP].flags'");
	assert_int_equal(0, said.status);
	assert_non_null(strstr(said.err, "ringtap: --each:1:"));
	assert_non_null(strstr(said.err, "ringtap: the callback failed 3 times\n"));
	assert_non_null(strstr(said.err, "3 packets captured"));
	free(said.out);
	command_says(2, "", NULL, "--demo --each 'x = = 1'");
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* A callback and a file get the same packets in one run. */
static void test_each_and_file(void **state)
{
	char path[] = "/tmp/ringtap-written-XXXXXX", line[200];
	(void)state;
	close(mkstemp(path));
	snprintf(line, sizeof line, "--demo -f icmp -c 3 --each 'pkt[ICMP].seq, pkt[IP].src' -w %s", path);
	struct said said = command("%s", line);
	assert_int_equal(0, said.status);
	snprintf(line, sizeof line, "-r %s --each 'pkt[ICMP].seq, pkt[IP].src'", path);
	command_says(0, said.out, NULL, line);
	snprintf(line, sizeof line, "-r %s --count-only", path);
	command_says(0, "3 packets\n", NULL, line);
	free(said.out);
	unlink(path);
}

static void test_script(void **state)
{
	char path[] = "/tmp/ringtap-script-XXXXXX", line[200];
	(void)state;
	close(mkstemp(path));
	write_text(path, "from scapy.all import *\ndef pkt_callback(pkt):\n    if IP in pkt and TCP in pkt:\n"
	                 "        print(f\"{pkt[IP].src}:{pkt[TCP].sport} -> {pkt[IP].dst}:{pkt[TCP].dport} \"\n"
	                 "              f\"TTL: {pkt[IP].ttl}, Flags: {pkt[TCP].flags}\")\n");
	struct said lab = command("--demo -t -q -f ip and tcp -c 3");
	snprintf(line, sizeof line, "--demo -f ip and tcp -c 3 --script %s", path);
	command_says(0, lab.out, NULL, line);
	free(lab.out);
	write_text(path, "n = 0\ndef pkt_callback(pkt):\n    global n\n    n += 1\ndef at_end():\n    print(n)\n");
	snprintf(line, sizeof line, "--demo -f icmp -c 2 --script %s", path);
	command_says(0, "2\n", NULL, line);
	write_text(path, "x = 1\n");
	snprintf(line, sizeof line, "--demo --script %s", path);
	struct said said = command("%s", line);
	assert_int_equal(2, said.status);
	assert_non_null(strstr(said.err, "there is no pkt_callback(pkt) in it"));
	free(said.out);
	snprintf(line, sizeof line, "--demo -f icmp -c 2 --script %s --each 'x += 1; print(x)'", path);
	command_says(0, "2\n3\n", NULL, line);         /* a script may only prepare a statement */
	unlink(path);
	command_says(1, "", NULL, "--demo --script /nowhere/at/all");
}

/* exit() ends all, wherever it is called, and the program returns what it was given, as python3 does. */
static void test_exit(void **state)
{
	static const struct { const char *text, *with; int status; const char *out; } rows[] = {
		{ "print(1)\nexit(3)\nprint(2)\n", "", 3, "1\n" },
		{ "print(1)\nexit()\n", "", 0, "1\n" },
		{ "exit(4)\n", "-i", 4, "" },
		{ "def pkt_callback(pkt):\n    print(pkt.number)\n    exit(5)\n", "", 5, "1\n" },
		{ "def pkt_callback(pkt): exit(6)\n", "-i", 6, "" },
		{ "def pkt_callback(pkt): pass\ndef at_end(): exit(7)\n", "", 7, "" },
		{ "def pkt_callback(pkt): pass\n", "--each 'exit(8)'", 8, "" },
	};
	char path[] = "/tmp/ringtap-script-XXXXXX", line[200];
	(void)state;
	close(mkstemp(path));
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		write_text(path, rows[i].text);
		snprintf(line, sizeof line, "--demo -f icmp -c 2 --script %s %s", path, rows[i].with);
		command_says(rows[i].status, rows[i].out, NULL, line);
	}
	unlink(path);
}

/* A script that does not come to its end while it is loaded is ended by Ctrl-C. */
static void test_endless(void **state)
{
	char path[] = "/tmp/ringtap-script-XXXXXX", line[200];
	struct command_line words;
	const char *argv[COMMAND_WORDS + 8] = { "timeout", "--preserve-status", "--kill-after=5", "--signal=INT", "1" };
	(void)state;
	close(mkstemp(path));
	write_text(path, "while True: pass\n");
	snprintf(line, sizeof line, "--demo --script %s", path);
	command_split(&words, line);
	memcpy(argv + 5, words.argv, sizeof words.argv);
	struct answer answer = ask(argv, NULL, 0);
	unlink(path);
	assert_int_equal(0, answer.status);
	free(answer.text);
}

/* A damaged file gives what stands in front of the damage, which is told. */
static void test_damaged(void **state)
{
	char path[] = "/tmp/ringtap-damaged-XXXXXX", line[200], text[200];
	(void)state;
	close(mkstemp(path));
	snprintf(line, sizeof line, "--demo -f icmp -c 3 -t -q -w %s", path);
	command_says(0, "", NULL, line);
	assert_int_equal(0, truncate(path, 24 + 2 * (16 + 98) + 50));    /* in the third of 98 bytes */
	snprintf(text, sizeof text, "len(pkts)\nlen(rdpcap('%s'))\nlen(sniff(offline='%s'))\n", path, path);
	snprintf(line, sizeof line, "-r %s --each None -i", path);
	struct said said = command_fed(text, strlen(text), line);
	assert_int_equal(1, said.status);
	assert_string_equal("2\n2\n2\n", said.out);
	unsigned told = 0;
	for (const char *at = said.err; (at = strstr(at, "truncated packet at offset 252")); at++)
		told++;
	assert_int_equal(3, told);
	free(said.out);
	unlink(path);
}

/* What --store has no room for is told, with a terminal or without, and of sniff() and rdpcap() as well. */
static void test_store(void **state)
{
	enum { PACKETS = 20000, SIZE = 100 };
	char path[] = "/tmp/ringtap-store-XXXXXX", line[200], text[200], err[200];
	static const struct { uint32_t magic; uint16_t version[2]; uint32_t rest[4]; } head =
		{ 0xa1b2c3d4, { 2, 4 }, { 0, 0, 65535, 1 } };
	static const struct { uint32_t time[2], caplen, len; uint8_t bytes[SIZE]; } packet =
		{ .caplen = SIZE, .len = SIZE };
	FILE *file = fdopen(mkstemp(path), "w");
	(void)state;
	assert_non_null(file);
	fwrite(&head, sizeof head, 1, file);
	for (unsigned i = 0; i < PACKETS; i++)
		fwrite(&packet, sizeof packet, 1, file);
	fclose(file);
	snprintf(line, sizeof line, "-r %s --each None -i --store 1", path);
	snprintf(text, sizeof text, "len(pkts), pkts[-1].number\nlen(rdpcap('%s'))\n", path);
	struct said said = command_fed(text, strlen(text), line);
	unlink(path);
	const int kept = atoi(said.out + 1);
	assert_in_range(kept, (1 << 20) / (SIZE + 100), (1 << 20) / SIZE);
	snprintf(text, sizeof text, "(%d, %d)\n%d\n", kept, PACKETS, kept);
	assert_string_equal(text, said.out);
	snprintf(err, sizeof err, "ringtap: %d older packets were not kept (--store)\n", PACKETS - kept);
	assert_int_equal(0, strncmp(err, said.err, strlen(err)));
	assert_string_equal(err, said.err + strlen(err));
	free(said.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors), cmocka_unit_test(test_help), cmocka_unit_test(test_each),
		cmocka_unit_test(test_each_and_file), cmocka_unit_test(test_script), cmocka_unit_test(test_exit),
		cmocka_unit_test(test_endless), cmocka_unit_test(test_damaged), cmocka_unit_test(test_store),
	};
	return cmocka_run_group_tests_name("talk", tests, NULL, NULL);
}
