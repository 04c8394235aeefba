/* SPDX-License-Identifier: MIT */
/* test_read.c - the real program on files: what it prints, writes and says for good, cut, empty and mixed captures,
 * with filters from every place, and into outputs that fail. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"
#include "command.h"
#include "sample.h"

#define SYN "192.168.16.34:43948 -> 192.168.16.100:8006 TTL: 64, Flags: S\n"
#define ECHO "192.168.16.34 -> 216.58.204.238 TTL: 64, ICMP echo-request\n"
#define ARP "ARP who-has 192.168.16.1 tell 192.168.16.34\n"
#define RAW "192.168.16.34:1000 -> 192.168.16.100:2000 TTL: 64, UDP\n"
#define COOKED "192.168.16.34:22 -> 192.168.16.100:40000 TTL: 64, Flags: R\n"
#define NO_ETHER "there are no Ethernet addresses in RAW\n"
#define WRONG_HOST "ringtap: filter, column 12: " NO_ETHER \
	"  ether host 02:00:00:00:00:01\n" \
	"             ^^^^^^^^^^^^^^^^^\n"

/* ---- the files ---------------------------------------------------------------------------------------------- */

static bool is_big_machine(void) { return *(const uint8_t *)&(const uint16_t){ 1 } == 0; }

static void record(struct capfile *file, uint32_t second, const char *sample)
{
	struct sampled s;
	sample_get(&s, sample);
	capfile_record(file, 1700000000 + second, 35, s.frame.caplen, s.frame.len, s.bytes, s.frame.caplen);
}

static void block(struct capfile *file, uint32_t iface, const char *sample)
{
	struct sampled s;
	sample_get(&s, sample);
	capfile_enhanced(file, iface, 1700000000000035u, s.bytes, s.frame.caplen, s.frame.len);
}

static void interface(struct capfile *file, unsigned link, const char *name)
{
	capfile_interface(file, &(struct capfile_interface){ .link = link, .tsresol = NO_OPTION, .name = name });
}

/* In the byte order of this machine, as -w writes. */
static struct capfile plain(void)
{
	struct capfile file = { .is_big = is_big_machine() };
	capfile_pcap(&file, PCAP_MICRO, RT_SNAPLEN_MAX, RT_LINK_ETHER);
	record(&file, 0, "syn");
	record(&file, 1, "echo");
	record(&file, 61, "who-has");
	return file;
}

static void save(struct capfile *file, const char *name, size_t leave_out)
{
	file->size -= leave_out;
	capfile_save(file, scratch(name));
	capfile_free(file);
}

static void save_pcaps(void)
{
	struct capfile file = plain();
	save(&file, "plain.pcap", 0);
	file = plain();
	save(&file, "cut.pcap", 20);
	file = (struct capfile){ 0 };
	capfile_pcap(&file, PCAP_MICRO, 65535, RT_LINK_ETHER);
	save(&file, "empty.pcap", 0);
	file = (struct capfile){ 0 };
	capfile_pcap(&file, PCAP_MICRO, 65535, RT_LINK_RAW);
	record(&file, 0, "raw ip4");
	save(&file, "raw.pcap", 0);
	file = (struct capfile){ 0 };
	capfile_pcap(&file, PCAP_MICRO, 65535, 147);            /* LINKTYPE_USER0 */
	record(&file, 0, "syn");
	save(&file, "user.pcap", 0);
}

static void save_pcapngs(void)
{
	struct capfile file = { 0 };
	capfile_section(&file);
	save(&file, "empty.pcapng", 0);
	file = (struct capfile){ 0 };
	capfile_section(&file);
	interface(&file, RT_LINK_ETHER, "eth0");
	interface(&file, RT_LINK_RAW, "tun0");
	block(&file, 0, "syn");
	block(&file, 1, "raw ip4");
	interface(&file, RT_LINK_SLL, "any");
	block(&file, 2, "cooked");
	block(&file, 0, "echo");
	save(&file, "links.pcapng", 0);
	file = (struct capfile){ 0 };
	capfile_section(&file);
	interface(&file, RT_LINK_RAW, "tun0");
	block(&file, 0, "raw ip4");
	block(&file, 0, "raw ip4");
	save(&file, "raw.pcapng", 0);
	file = (struct capfile){ 0 };
	capfile_section(&file);
	interface(&file, RT_LINK_RAW, "tun0");
	block(&file, 0, "raw ip4");
	interface(&file, RT_LINK_ETHER, "eth0");
	block(&file, 1, "syn");
	save(&file, "raw-first.pcapng", 0);
}

static void save_text(const char *name, const char *text)
{
	struct capfile file = { 0 };
	capfile_put(&file, text, strlen(text));
	save(&file, name, 0);
}

static int make_files(void **state)
{
	(void)state;
	save_pcaps();
	save_pcapngs();
	save_text("filter", "# pings and\n"
	                    "icmp   # nothing but\r\n"
	                    "# pings\n");
	save_text("bad filter", "ip # and\n"
	                        "and and icmp\n");
	save_text("nothing", "# no filter\n");
	save_text("strings", "Raw.load contains \"\\\"#$%\" # \"in\" pings\n"
	                     "and ICMP # \"\n");
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

/* ---- rows: @ is the folder of the files ------------------------------------------------------------------------ */

struct row { const char *line; int status; const char *out, *err; };

static const struct row rows[] = {
	{ "-t -q -r @/plain.pcap", 0, SYN ECHO ARP, "" },
	{ "-tqr @/plain.pcap", 0, SYN ECHO ARP, "" },
	{ "-t -q -r @/plain.pcap -c 2", 0, SYN ECHO, "" },
	{ "-t -q -r @/plain.pcap -c 0", 0, SYN ECHO ARP, "ringtap: ignoring packet count 0\n" },
	{ "-r @/plain.pcap -c 1 -t", 0,
	  "192.168.16.34:43948 -> 192.168.16.100:8006 TTL: 64, Flags: S, Seq: 1234, Ack: 0, Win: 64240, Len: 0\n", "" },
	/* times */
	{ "-q --utc -r @/plain.pcap arp", 0, "22:14:21.000035 " ARP, "" },
	{ "-tt -q -r @/plain.pcap icmp", 0, "1700000001.000035 " ECHO, "" },
	{ "-ttt -q -r @/plain.pcap icmp or arp", 0, " 00:00:00.000000 " ECHO " 00:01:00.000000 " ARP, "" },
	{ "-tttt --utc -q -r @/plain.pcap icmp", 0, "2023-11-14 22:13:21.000035 " ECHO, "" },
	{ "-ttttt -q -r @/plain.pcap icmp or arp", 0, " 00:00:00.000000 " ECHO " 00:01:00.000000 " ARP, "" },
	{ "-tt --nano -q -r @/plain.pcap icmp", 0, "1700000001.000035000 " ECHO, "" },
	/* filters from every place */
	{ "-t -q -r @/plain.pcap icmp", 0, ECHO, "" },
	{ "-t -q icmp -r @/plain.pcap", 0, ECHO, "" },
	{ "-t -q -r @/plain.pcap 'ip and not icmp'", 0, SYN, "" },
	{ "-t -q -f ip and icmp -r @/plain.pcap", 0, ECHO, "" },
	{ "-t -q -F @/filter -r @/plain.pcap", 0, ECHO, "" },
	{ "-t -q -F @/nothing -r @/plain.pcap", 0, SYN ECHO ARP, "" },
	{ "-t -q -r @/plain.pcap -O --pcap-filter icmp", 0, ECHO, "" },
	{ "-t -q -F @/strings -r @/plain.pcap", 0, ECHO, "" },
	/* fields */
	{ "-t -q -r @/plain.pcap IP.ttl == 64 and not TCP", 0, ECHO, "" },
	{ "-t -q -r @/plain.pcap ARP.op == who-has or tcp.flags == S", 0, SYN ARP, "" },
	{ "-t -q -r @/plain.pcap --pcap-filter IP.id == 0x1234", 0, SYN, "" },
	{ "-t -q -r @/links.pcapng IP.proto == udp or TCP.flags == R", 0, RAW COOKED, "" },
	{ "-t -q -r @/links.pcapng Ether.src == 02:00:00:00:00:01", 0, SYN ECHO, "" },
	{ "-r @/plain.pcap TCP.flag == S", 2, "",
	  "ringtap: filter, column 1: TCP has no field flag; did you mean flags?\n"
	  "  TCP.flag == S\n"
	  "  ^^^^^^^^\n"
	  "ringtap --protocols lists the names of layers and fields\n" },
	{ "-F '@/bad filter' -r @/plain.pcap", 2, "",
	  "ringtap: filter, column 14: \"and\" is not expected here\n"
	  "  ip       and and icmp \n"
	  "               ^^^\n" },
	{ "-r @/plain.pcap tcp and and", 2, "",
	  "ringtap: filter, column 9: \"and\" is not expected here\n"
	  "  tcp and and\n"
	  "          ^^^\n" },
	{ "-r @/empty.pcap tcp and and", 2, "", NULL },
	{ "-r @/empty.pcapng tcp and and", 2, "", NULL },
	{ "-F @ -r @/plain.pcap", 1, "", NULL },
	/* counting */
	{ "--count-only -r @/plain.pcap", 0, "3 packets\n", "" },
	{ "--count-only -r @/plain.pcap arp", 0, "1 packet\n", "" },
	{ "--count-only -r @/plain.pcap udp", 0, "0 packets\n", "" },
	{ "--count-only -r @/plain.pcap -c 2", 0, "2 packets\n", "" },
	{ "--count-only -r @/empty.pcapng ip", 0, "0 packets\n", "" },
	/* damage: what is in front of it, then one line */
	{ "-t -q -r @/cut.pcap", 1, SYN ECHO,
	  "ringtap: @/cut.pcap: truncated packet at offset 228: 42 bytes claimed, 22 left\n" },
	{ "-t -q -r @/cut.pcap -c 2", 0, SYN ECHO, "" },
	{ "-t -q -r @/cut.pcap icmp", 1, ECHO,
	  "ringtap: @/cut.pcap: truncated packet at offset 228: 42 bytes claimed, 22 left\n" },
	{ "--count-only -r @/cut.pcap", 1, "2 packets\n",
	  "ringtap: @/cut.pcap: truncated packet at offset 228: 42 bytes claimed, 22 left\n" },
	{ "-r @/filter", 1, "", "ringtap: @/filter: not a pcap or pcapng file\n" },
	{ "-r @", 1, "", "ringtap: @: Is a directory\n" },
	/* several link types in one file: each frame is asked what the expression means for its own */
	{ "-t -q -r @/links.pcapng", 0, SYN RAW COOKED ECHO, "" },
	{ "-t -q -r @/links.pcapng tcp", 0, SYN COOKED, "" },
	{ "-t -q -r @/links.pcapng udp", 0, RAW, "" },
	{ "-t -q -r @/links.pcapng ip and not udp", 0, SYN COOKED ECHO, "" },
	{ "-t -q -r @/links.pcapng src host 192.168.16.34", 0, SYN RAW COOKED ECHO, "" },
	{ "-t -q -r @/links.pcapng 'ip[9] = 17'", 0, RAW, "" },
	{ "-t -q -c 1 -r @/raw-first.pcapng tcp", 0, SYN, "" },
	/* ... and frames whose link type has no such thing do not match */
	{ "-t -q -r @/links.pcapng ether host 02:00:00:00:00:01", 0, SYN ECHO,
	  "ringtap: 2 packets left out, because the filter does not fit their link type: " NO_ETHER },
	{ "-t -q -r @/raw-first.pcapng ether host 02:00:00:00:00:01", 0, SYN,
	  "ringtap: 1 packet left out, because the filter does not fit its link type: " NO_ETHER },
	{ "-t -q -r @/raw-first.pcapng not ether host 02:00:00:00:00:01", 0, "",
	  "ringtap: 1 packet left out, because the filter does not fit its link type: " NO_ETHER },
	{ "-r @/raw.pcapng ether host 02:00:00:00:00:01", 2, "", WRONG_HOST },
	{ "-r @/raw.pcap ether host 02:00:00:00:00:01", 2, "", WRONG_HOST },
	/* nothing in it */
	{ "-r @/empty.pcap", 0, "", "" },
	{ "-r @/empty.pcapng", 0, "", "" },
	{ "-r @/empty.pcapng ether host 02:00:00:00:00:01", 0, "", "" },
	/* a link type nobody knows is bytes, and takes no filter */
	{ "-r @/user.pcap --summary", 0, "Raw\n", "" },
	{ "-r @/user.pcap ip", 2, "", NULL },
	/* -s cuts files as it cuts what the kernel hands over */
	{ "-t -q -s 20 -r @/plain.pcap --format '{len}\\n'", 0, "74\n98\n42\n", "" },
	{ "-t -q -s 34 -x -r @/plain.pcap icmp", 0,
	  "192.168.16.34 -> 216.58.204.238 TTL: 64, proto icmp\n"
	  "\t0x0000:  4500 0054 c822 4000 4001 fc92 c0a8 1022\n"
	  "\t0x0010:  d83a ccee\n", "" },
	/* outputs that fail */
	{ "-r @/plain.pcap -w @", 1, "", "ringtap: @: Is a directory\n" },
	{ "-r @/plain.pcap -w /dev/full", 1, "", "ringtap: /dev/full: No space left on device\n" },
	{ "-r @/links.pcapng -w @/out.pcap", 1, "",
	  "ringtap: @/out.pcap: packet 2 has link type 101, and the file holds link type 1\n" },
	/* listing for the link type of a file */
	{ "-ddd -r @/raw.pcap", 0, "1\n6 0 0 262144\n", "" },
	{ "-ddd -r @/empty.pcapng", 0, "1\n6 0 0 262144\n", "" },
};

/* Every @ of `text` becomes the folder. */
static char *in_folder(char *to, size_t room, const char *text)
{
	const char *folder = scratch("");
	int size = (int)strlen(folder) - 1;
	char *at = to;
	for (; *text; text++) {
		assert_true((size_t)(at - to) + (size_t)size + 2 < room);
		if (*text == '@')
			at += sprintf(at, "%.*s", size, folder);
		else
			*at++ = *text;
	}
	*at = '\0';
	return to;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	char line[1024], err[1024];
	command_says(row->status, row->out, row->err ? in_folder(err, sizeof err, row->err) : NULL,
	             in_folder(line, sizeof line, row->line));
}

/* ---- more than a row says ------------------------------------------------------------------------------------------ */

static void test_stdin(void **state)
{
	struct capfile file = plain();
	(void)state;
	struct said said = command_fed(file.bytes, file.size, "-t -q -r -");
	assert_string_equal(SYN ECHO ARP, said.out);
	assert_string_equal("", said.err);
	assert_int_equal(0, said.status);
	free(said.out);
	said = command_fed(file.bytes, file.size - 50, "-t -q -r - icmp");
	assert_string_equal(ECHO, said.out);
	assert_string_equal("ringtap: standard input: truncated packet header at offset 228: 16 bytes claimed, "
	                    "8 left\n", said.err);
	assert_int_equal(1, said.status);
	free(said.out);
	capfile_free(&file);
}

/* Names and files of items, for every link type of a capture and for --explain. */
static void test_names(void **state)
{
	static const char carets[] = "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^";
	char line[512], err[1024];
	const char *list = scratch("list"), *links = scratch("links.pcapng");
	(void)state;
	save_text("list", "# who we are\n192.168.16.34\n10.0.0.1 # somebody else\n");
	snprintf(line, sizeof line, "-t -q -r %s src host {@%s} and not port domain", links, list);
	command_says(0, SYN RAW COOKED ECHO, "", line);
	snprintf(line, sizeof line, "-t -q -r %s dst host {@%s}", links, list);
	command_says(0, "", "", line);
	snprintf(line, sizeof line, "-t -q -r %s --pcap-filter tcp and not host localhost", links);
	command_says(0, SYN COOKED, "", line);
	struct said said = command("--explain 'dst port domain and host localhost'");
	assert_int_equal(0, said.status);
	assert_true(strstr(said.out, " == 0x35\n") || strstr(said.out, "      0x35\n"));
	assert_non_null(strstr(said.out, " == 0x7f000001\n"));
	free(said.out);
	save_text("list", "192.168.16.34\n192.168.16.340\n");
	snprintf(line, sizeof line, "-t -q -r %s src host {@%s}", links, list);
	snprintf(err, sizeof err, "ringtap: filter, column 11: %s:2: \"192.168.16.340\" is not an address\n"
	         "  src host {@%s}\n            %.*s\n", list, list, (int)strlen(list) + 1, carets);
	command_says(2, "", err, line);
}

/* What was read is written, byte for byte; a filter leaves whole records out. */
static void test_round_trip(void **state)
{
	struct capfile file = plain();
	(void)state;
	struct said said = command_fed(file.bytes, file.size, "-r - -w -");
	assert_int_equal(0, said.status);
	assert_string_equal("", said.err);
	assert_int_equal(file.size, said.out_size);
	assert_memory_equal(file.bytes, said.out, file.size);
	free(said.out);
	said = command_fed(file.bytes, file.size, "-r - -w - not arp");
	assert_int_equal(file.size - 16 - 42, said.out_size);
	assert_memory_equal(file.bytes, said.out, said.out_size);
	free(said.out);
	capfile_free(&file);
}

static void test_write_and_print(void **state)
{
	const char *from = scratch("plain.pcap"), *to = scratch("written.pcap");
	(void)state;
	struct said said = command("-r %s -w %s ip", from, to);
	assert_string_equal("", said.out);
	assert_string_equal("", said.err);
	free(said.out);
	said = command("-t -q -r %s", to);
	assert_string_equal(SYN ECHO, said.out);
	free(said.out);
	said = command("-t -q -r %s -w %s --print arp", from, to);
	assert_string_equal(ARP, said.out);
	free(said.out);
	said = command("-r %s -w %s --count-only -c 2", from, to);
	assert_string_equal("2 packets\n", said.out);
	free(said.out);
	said = command("-t -q -r %s", to);
	assert_string_equal(SYN ECHO, said.out);
	free(said.out);
	said = command("-r %s -w %s", scratch("empty.pcapng"), to);
	assert_int_equal(0, said.status);
	free(said.out);
	said = command("-r %s --count-only", to);
	assert_string_equal("0 packets\n", said.out);
	free(said.out);
}

/* -s N: neither the header nor a record of the written file claims more. */
static void test_write_cut(void **state)
{
	const char *to = scratch("written.pcap");
	(void)state;
	struct said said = command("-r %s -s 60 -w %s", scratch("plain.pcap"), to);
	assert_int_equal(0, said.status);
	free(said.out);
	struct seen seen = seen_path(to);
	assert_int_equal(3, seen.count);
	for (size_t i = 0; i < seen.count; i++) {
		assert_int_equal(60, seen.frames[i].snaplen);
		assert_int_equal(i < 2 ? 60 : 42, seen.frames[i].caplen);
	}
	assert_int_equal(98, seen.frames[1].len);
	seen_free(&seen);
}

/* A reader that goes away ends the program quietly, with status 0: a line, then nothing on standard error. */
static void broken_pipe(const char *options)
{
	char command_text[1024], err[256];
	snprintf(command_text, sizeof command_text, "{ %s -r %s %s; echo $? >&2; } | head -c 30 >/dev/null",
	         command_itself(), scratch("long.pcap"), options);
	struct answer answer = ask_both((const char *const[]){ "sh", "-c", command_text, NULL }, NULL, 0, err, sizeof err);
	assert_string_equal("0\n", err);
	free(answer.text);
}

static void test_broken_pipe(void **state)
{
	struct capfile file = plain();
	(void)state;
	for (int i = 0; i < 20000; i++)
		record(&file, 0, "echo");
	save(&file, "long.pcap", 0);
	broken_pipe("");
	broken_pipe("-l");
	broken_pipe("--json icmp");
	broken_pipe("-w -");
}

/* Standard output is full, or closed: an error, told once. And no file takes the place of a closed descriptor. */
static void shell_says(int status, const char *err, const char *tail)
{
	char command_text[1024], said[512];
	snprintf(command_text, sizeof command_text, "%s -t -q -r %s %s", command_itself(), scratch("plain.pcap"), tail);
	struct answer answer = ask_both((const char *const[]){ "sh", "-c", command_text, NULL }, NULL, 0, said, sizeof said);
	assert_string_equal(err, said);
	assert_int_equal(status, answer.status);
	free(answer.text);
}

static void test_broken_outputs(void **state)
{
	char tail[256];
	const char *to = scratch("written.pcap");
	(void)state;
	shell_says(1, "ringtap: standard output: No space left on device\n", ">/dev/full");
	shell_says(1, "ringtap: standard output: No space left on device\n", "--count-only >/dev/full");
	shell_says(1, "ringtap: standard output: No space left on device\n", "-w - >/dev/full");
	shell_says(1, "ringtap: standard output: Bad file descriptor\n", ">&-");
	snprintf(tail, sizeof tail, "-w %s --print >&-", to);
	shell_says(1, "ringtap: standard output: Bad file descriptor\n", tail);
	shell_says(0, "", "<&- 2>&-");
}

int main(void)
{
	static const struct CMUnitTest more[] = {
		cmocka_unit_test(test_stdin), cmocka_unit_test(test_names), cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_write_and_print),
		cmocka_unit_test(test_write_cut), cmocka_unit_test(test_broken_pipe),
		cmocka_unit_test(test_broken_outputs),
	};
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(more)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].line, .test_func = test_row,
		                                .initial_state = (void *)(uintptr_t)&rows[i] };
	memcpy(tests + RT_COUNT(rows), more, sizeof more);
	return cmocka_run_group_tests_name("read", tests, make_files, remove_files);
}
