/* SPDX-License-Identifier: MIT */
/* test_options.c - what the command line means, to the letter: the real program's exit status, standard output and
 * standard error for lines that need neither an interface nor a privilege. And: --help and the man page name the
 * same options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "command.h"

#define COUNT_WRONG "ringtap: COUNT must be a positive integer\n"
#define UNKNOWN(option) "ringtap: " option ": unknown option\nringtap --help lists the options\n"
#define TWO "ringtap: two filter expressions: give one, after IFACE, with -f or with -F\n"
#define SIX "(000) ldh      [12]\n" \
	"(001) jeq      #0x800           jt 2\tjf 5\n" \
	"(002) ldb      [23]\n" \
	"(003) jeq      #0x1             jt 4\tjf 5\n" \
	"(004) ret      #262144\n" \
	"(005) ret      #0\n"

struct row { int status; const char *out, *err, *line; };     /* NULL: whatever */

static const struct row rows[] = {
	{ 0, "ringtap 0.1.0\n", "", "--version" },
	/* counts */
	{ 2, "", COUNT_WRONG, "lo -c -1" },
	{ 2, "", COUNT_WRONG, "lo -c x" },
	{ 2, "", COUNT_WRONG, "lo -c 3x" },
	{ 2, "", COUNT_WRONG, "lo -cx" },
	{ 2, "", COUNT_WRONG, "lo --count=-1" },
	{ 2, "", COUNT_WRONG, "lo --count ''" },
	{ 2, "", COUNT_WRONG, "lo -c 99999999999999999999999" },
	{ 2, "", "ringtap: -c: needs N\n", "lo -c" },
	{ 0, "ringtap 0.1.0\n", "ringtap: ignoring packet count 0\n", "-c 0 --version" },
	{ 0, "ringtap 0.1.0\n", "", "-c 18446744073709551600 --version" },
	/* options that are none, or not yet */
	{ 2, "", UNKNOWN("--bogus"), "--bogus" },
	{ 2, "", UNKNOWN("--count-onl"), "--count-onl" },
	{ 2, "", UNKNOWN("-Z"), "lo -nZ" },
	{ 2, "", "ringtap: -i: standard input is taken by -r -\n", "-i -r -" },
	{ 2, "", "ringtap: --store 0: must be a number from 1 to 1048576\n", "lo -i --store 0" },
	{ 2, "", UNKNOWN("--pcapng"), "lo -w x --pcapng" },
	{ 2, "", "ringtap: -w /nonexistent/x.pcapng: pcapng cannot be written yet, only pcap\n",
	  "lo -w /nonexistent/x.pcapng" },
	/* arguments */
	{ 2, "", "ringtap: --json=3: takes no argument\n", "lo --json=3" },
	{ 2, "", "ringtap: -f: needs an expression\n", "lo -f" },
	{ 2, "", "ringtap: -f: needs an expression\n", "lo -f -c 4" },
	{ 2, "", "ringtap: -f: given twice\n", "lo -f ip -c 4 -f icmp" },
	{ 2, "", "ringtap: -f: the expression stands behind it, after a blank\n", "lo -ficmp" },
	{ 2, "", "ringtap: -s 262145: must be a number from 0 to 262144\n", "lo -s 262145" },
	{ 2, "", "ringtap: -s many: must be a number from 0 to 262144\n", "lo -s many" },
	{ 2, "", "ringtap: -B 0: must be a number from 1 to 4194304\n", "lo -B 0" },
	{ 2, "", "ringtap: --latency 0: must be a number from 1 to 60000\n", "lo --latency 0" },
	{ 2, "", "ringtap: -Q up: must be in, out or inout\n", "lo -Q up" },
	{ 2, "", "ringtap: -y FOO: no such link type\n", "-d -y FOO tcp" },
	{ 2, "", "ringtap: --format: needs TEXT\n", "--format" },
	{ 2, "", "ringtap: --format: {IP.foo}: no such field\nringtap --protocols lists the names of layers and fields\n",
	  "-r /nonexistent --format '{IP.foo}'" },
	/* what does not go together */
	{ 2, "", TWO, "lo ip -f icmp" },
	{ 2, "", TWO, "lo ip -F /nonexistent" },
	{ 2, "", TWO, "lo -f ip -F /nonexistent" },
	{ 2, "", TWO, "-r - ip -f icmp" },
	{ 2, "", TWO, "-d -y EN10MB ip -f icmp" },
	{ 2, "", "ringtap: -r and --demo exclude each other\n", "-r x --demo" },
	{ 2, "", "ringtap: -y and -r exclude each other: a file says its link type itself\n", "-r x -y RAW" },
	{ 2, "", "ringtap: -Q: only for a live capture\n", "-r x -Q in" },
	{ 2, "", "ringtap: --netns: only for a live capture\n", "-r x --netns 1" },
	{ 2, "", "ringtap: --netns: only for a live capture\n", "--demo --netns 1" },
	{ 2, "", "ringtap: --print: only together with -w\n", "lo --print" },
	{ 2, "", "ringtap: --print: standard output is taken by -w -\n", "lo --print -w -" },
	{ 2, "", "ringtap: --print and --count-only exclude each other\n", "lo -w x --print --count-only" },
	{ 2, "", "ringtap: --count-only: standard output is taken by -w -\n", "lo --count-only -w -" },
	{ 2, "", "ringtap: -D: lists all interfaces of this network namespace, and takes no other word\n", "-D lo" },
	{ 2, "", "ringtap: -L: takes an interface, and no expression\n", "-L lo ip" },
	/* files that are not there */
	{ 1, "", "ringtap: /nonexistent: No such file or directory\n", "-r /nonexistent" },
	{ 1, "", "ringtap: /nonexistent: No such file or directory\n", "-d -y EN10MB -F /nonexistent" },
	{ 1, "", "ringtap: standard input: empty: not a pcap or pcapng file\n", "-r -" },
	/* filters, listed without an interface */
	{ 0, SIX, "", "-d -y EN10MB --pcap-filter ip and icmp" },
	{ 0, SIX, "", "-d -y en10mb --pcap-filter 'ip and icmp'" },
	{ 0, SIX, "", "-y EN10MB --pcap-filter -d -f ip and icmp" },
	{ 0, SIX, "", "-y EN10MB --pcap-filter -f ip and icmp -d" },
	{ 0, SIX, "", "-d -y EN10MB --pcap-filter -- ip and icmp" },
	{ 0, "{ 0x6, 0, 0, 0x00040000 },\n", "", "-dd -y EN10MB" },
	{ 0, "1\n6 0 0 262144\n", "", "-ddd -y EN10MB" },
	{ 0, "1\n6 0 0 262144\n", "", "-dddd -y EN10MB" },
	{ 0, "1\n6 0 0 96\n", "", "-ddd -y RAW -s 96" },
	{ 0, "(000) ret      #262144\n", "", "-d -y LINUX_SLL2" },
	{ 2, "", "ringtap: filter, column 9: \"and\" is not expected here\n"
	         "  tcp and and\n"
	         "          ^^^\n", "-d -y EN10MB tcp and and" },
	{ 2, NULL, "ringtap: filter, column 9: \"and\" is not expected here\n"
	         "  tcp and and\n"
	         "          ^^^\n", "-d -y EN10MB --explain -f tcp and and" },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	command_says(row->status, row->out, row->err, row->line);
}

/* ---- --help and the man page --------------------------------------------------------------------------- */

#define OPTIONS_MAX 128

struct option { char name[32]; bool has_argument; };           /* "c", "-count" */
struct option_list { struct option options[OPTIONS_MAX]; size_t count; };

static void add_option(struct option_list *list, const char *name, size_t size, bool has_argument)
{
	assert_true(list->count < OPTIONS_MAX && size > 0 && size < sizeof list->options[0].name);
	struct option *option = &list->options[list->count++];
	memcpy(option->name, name, size);
	option->name[size] = '\0';
	option->has_argument = has_argument;
}

static const struct option *find_option(const struct option_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->options[i].name, name) == 0)
			return &list->options[i];
	return NULL;
}

/* "  -c, --count N           stop after N packets": names, perhaps an argument, two blanks, text */
static void read_help_line(struct option_list *list, const char *line)
{
	char names[64] = "", *save = NULL;
	const char *from = line + strspn(line, " "), *text = strstr(from, "  ");
	size_t first = list->count;
	bool has_argument = false;
	assert_true(text && text < strchr(from, '\n') && text - from < (ptrdiff_t)sizeof names);
	memcpy(names, from, (size_t)(text - from));
	for (char *word = strtok_r(names, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		if (word[0] == '-')
			add_option(list, word + 1, strlen(word + 1), false);
		else
			has_argument = true;
	}
	for (; first < list->count; first++)
		list->options[first].has_argument = has_argument;
}

static void read_help(struct option_list *list)
{
	struct said said = command("--help");
	assert_int_equal(0, said.status);
	assert_string_equal("", said.err);
	for (const char *line = said.out; *line; line = strchr(line, '\n') + 1)
		if (strncmp(line, "  -", 3) == 0 || strncmp(line, "      --", 8) == 0)
			read_help_line(list, line);
	free(said.out);
}

/* ".It Fl c , -count Ar n" */
static void read_man(struct option_list *list)
{
	FILE *file = fopen(RINGTAP_SOURCE "/src/ringtap.8", "r");
	char line[256];
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		size_t first = list->count;
		if (strncmp(line, ".It Fl ", 7) != 0)
			continue;
		char *argument = strstr(line, " Ar ");
		if (argument)
			*argument = '\0';
		char *save = NULL;
		for (char *word = strtok_r(line + 7, " \n", &save); word; word = strtok_r(NULL, " \n", &save))
			if (strcmp(word, ",") != 0)
				add_option(list, word, strlen(word), argument != NULL);
		assert_true(list->count > first);
	}
	fclose(file);
}

static void holds_all(const char *where, const struct option_list *all, const struct option_list *wanted)
{
	for (size_t i = 0; i < wanted->count; i++) {
		const struct option *option = find_option(all, wanted->options[i].name);
		if (!option)
			print_message("-%s is not in %s\n", wanted->options[i].name, where);
		assert_non_null(option);
		if (option->has_argument != wanted->options[i].has_argument)
			print_message("-%s: only one of --help and the man page has an argument\n", option->name);
		assert_int_equal(option->has_argument, wanted->options[i].has_argument);
	}
}

static void test_man_and_help(void **state)
{
	struct option_list help = { .count = 0 }, man = { .count = 0 };
	(void)state;
	read_help(&help);
	read_man(&man);
	assert_in_range(help.count, 40, OPTIONS_MAX);
	holds_all("the man page", &man, &help);
	holds_all("--help", &help, &man);
}

/* No line of --help is wider than a terminal. */
static void test_help_fits(void **state)
{
	struct said said = command("-h");
	(void)state;
	assert_int_equal(0, strncmp(said.out, "usage: ringtap ", 15));
	for (const char *line = said.out; *line; line += strcspn(line, "\n") + 1)
		assert_in_range(strcspn(line, "\n"), 0, 80);
	free(said.out);
}

int main(void)
{
	static struct CMUnitTest tests[sizeof rows / sizeof rows[0] + 2];
	size_t count = sizeof rows / sizeof rows[0];
	for (size_t i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].line, .test_func = test_row,
		                                .initial_state = (void *)(uintptr_t)&rows[i] };
	tests[count] = (struct CMUnitTest)cmocka_unit_test(test_man_and_help);
	tests[count + 1] = (struct CMUnitTest)cmocka_unit_test(test_help_fits);
	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
