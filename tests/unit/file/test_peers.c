/* SPDX-License-Identifier: MIT */
/* test_peers.c - files of other programs, packet for packet: tcpdump, editcap, mergecap and Scapy write, we read, and
 * tshark says what is in them. Our own images (capfile.c) are put to tshark too, so that test_reader.c stands on
 * more than our reading of the drafts. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"

#define FRAMES 40

/* A plain microsecond capture to start from; frame i has 14 + 37 * i bytes. */
static const char *make_plain(const char *name, bool is_big, unsigned shift)
{
	struct capfile file = { .is_big = is_big };
	uint8_t data[2000];
	const char *path = scratch(name);
	capfile_pcap(&file, PCAP_MICRO, 65535, RT_LINK_ETHER);
	for (uint32_t i = 0; i < FRAMES; i++) {
		capfile_fill(data, sizeof data, i + shift);
		capfile_record(&file, 1700000000 + i, 123456 + shift, 14 + 37 * i, 14 + 37 * i + i % 2, data, 14 + 37 * i);
	}
	capfile_save(&file, path);
	capfile_free(&file);
	return path;
}

/* ---- does tshark see in a file what we see? ------------------------------------------------------------------- */

/* tshark calls an interface without a name "unknown", and a pcap file has no interfaces for it. */
static void describe(struct rt_text *text, const struct seen *seen, bool is_pcap)
{
	for (size_t i = 0; i < seen->count; i++) {
		const struct seen_frame *f = &seen->frames[i];
		rt_put_format(text, "%llu.%09llu\t%u\t%u\t", (unsigned long long)f->time / 1000000000u,
		              (unsigned long long)f->time % 1000000000u, f->caplen, f->len);
		rt_put_format(text, "%s\n", f->iface[0] || is_pcap ? f->iface : "unknown");
	}
}

static bool is_pcap_file(const char *path)
{
	unsigned char first = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(1, read(fd, &first, 1));
	close(fd);
	return first != 0x0a;
}

static void judge(const char *path, size_t expected_count)
{
	char *ours = malloc(1 << 20);
	struct rt_text text;
	assert_non_null(ours);
	rt_text_init(&text, ours, (1 << 20) - 1, -1);
	struct seen seen = seen_path(path);
	assert_string_equal("", seen.error.what);
	assert_int_equal(0, seen.rc);
	assert_int_equal(expected_count, seen.count);
	describe(&text, &seen, is_pcap_file(path));
	*text.at = '\0';
	struct answer answer = ask((const char *const[]){ "tshark", "-n", "-r", path, "-Tfields", "-eframe.time_epoch",
	                           "-eframe.cap_len", "-eframe.len", "-eframe.interface_name", NULL }, NULL, 0);
	assert_int_equal(0, answer.status);
	assert_string_equal(answer.text, ours);
	free(answer.text);
	free(ours);
	seen_free(&seen);
}

/* The bytes as well: tshark's hexadecimal dump of every frame, put back together by python3. */
static void judge_bytes(const char *path)
{
	static const char program[] =
		"import sys, json\n"
		"for p in json.load(sys.stdin): print(p['_source']['layers']['frame_raw'][0])\n";
	char command[512];
	struct seen seen = seen_path(path);
	need_program("/usr/bin/python3");
	snprintf(command, sizeof command, "tshark -n -r %s -T json -x | /usr/bin/python3 -c \"$0\"", path);
	struct answer answer = ask((const char *const[]){ "sh", "-c", command, program, NULL }, NULL, 0);
	assert_int_equal(0, answer.status);
	char *at = answer.text;
	for (size_t i = 0; i < seen.count; i++) {
		const struct seen_frame *f = &seen.frames[i];
		assert_int_equal(2 * (size_t)f->caplen, strcspn(at, "\n"));
		for (uint32_t k = 0; k < f->caplen; k++, at += 2)
			assert_int_equal(hex_pair(at), f->data[k]);
		at++;
	}
	assert_string_equal("", at);
	free(answer.text);
	seen_free(&seen);
}

/* ---- files of others ---------------------------------------------------------------------------------------------- */

struct peer_row { const char *name, *program, *command; size_t count; bool has_bytes; };

/* $0, $1: two plain captures; $2: the file to write. */
static const struct peer_row peer_rows[] = {
	{ "tcpdump -w",             "tcpdump",  "tcpdump -r $0 -w $2",                                     FRAMES, true },
	{ "tcpdump -w nanoseconds", "tcpdump",  "tcpdump -r $0 --time-stamp-precision=nano -w $2",         FRAMES, true },
	{ "editcap pcapng",         "editcap",  "editcap -F pcapng $0 $2",                                 FRAMES, true },
	{ "editcap nsecpcap",       "editcap",  "editcap -F nsecpcap $0 $2",                               FRAMES, true },
	{ "editcap snaplen",        "editcap",  "editcap -F pcapng -s 50 $0 $2",                           FRAMES, true },
	{ "editcap comments",       "editcap",  "editcap -F pcapng -a 1:first -a 9:ninth $0 $2",           FRAMES, true },
	{ "editcap modlibpcap",     "editcap",  "editcap -F modpcap $0 $2",                             FRAMES, false },
	{ "mergecap interfaces",    "mergecap", "mergecap -F pcapng -I none -w $2 $0 $1",                  2 * FRAMES, true },
	{ "mergecap one interface", "mergecap", "mergecap -F pcapng -I all -w $2 $0 $1",                   2 * FRAMES, false },
	{ "sections in a row",      "editcap",  "editcap -F pcapng $0 $2.a && editcap -F pcapng $1 $2.b && cat $2.a $2.b >$2",
	  2 * FRAMES, false },
};

static void test_peer(void **state)
{
	const struct peer_row *row = *state;
	need_program("tshark");
	need_program(row->program);
	const char *first = make_plain("first.pcap", false, 0), *second = make_plain("second.pcap", true, 500);
	const char *path = scratch("peer");
	unlink(path);
	struct answer answer = ask((const char *const[]){ "sh", "-c", row->command, first, second, path, NULL }, NULL, 0);
	free(answer.text);
	assert_int_equal(0, answer.status);
	judge(path, row->count);
	if (row->has_bytes)
		judge_bytes(path);
}

/* Scapy's writers, and Scapy's own word for what it wrote. */
static void test_scapy(void **state)
{
	static const char program[] =
		"import sys\n"
		"from scapy.all import *\n"
		"path = sys.argv[1]\n"
		"pkts = [Ether(src='00:00:00:00:00:01', dst='00:00:00:00:00:02') / IP(dst='10.0.0.%d' % i) / UDP() / Raw(b'x' * i)\n"
		"        for i in range(1, 30)]\n"
		"for i, p in enumerate(pkts): p.time = 1700000000 + i\n"
		"(wrpcapng if path.endswith('ng') else lambda f, p: wrpcap(f, p, nano=path.endswith('n')))(path, pkts)\n"
		"for p in pkts: print(bytes(p).hex())\n";
	static const char *const names[] = { "scapy.pcap", "scapy.pcap.n", "scapy.pcapng" };
	(void)state;
	need_program("/usr/bin/python3");
	for (size_t k = 0; k < RT_COUNT(names); k++) {
		const char *path = scratch(names[k]);
		struct answer answer = ask((const char *const[]){ "/usr/bin/python3", "-c", program, path, NULL }, NULL, 0);
		if (answer.status) {
			free(answer.text);
			print_message("skipped: no Scapy with %s\n", names[k]);
			skip();
		}
		struct seen seen = seen_path(path);
		assert_int_equal(0, seen.rc);
		assert_int_equal(29, seen.count);
		char *at = answer.text;
		for (size_t i = 0; i < seen.count; i++) {
			char hex[400];
			struct rt_text text;
			rt_text_init(&text, hex, sizeof hex - 1, -1);
			rt_put_hex_bytes(&text, seen.frames[i].data, seen.frames[i].caplen);
			rt_put_char(&text, '\n');
			*text.at = '\0';
			assert_memory_equal(at, hex, strlen(hex));
			at += strlen(hex);
			assert_int_equal((1700000000 + i) * 1000000000u, seen.frames[i].time);
			assert_int_equal(k == 1, seen.frames[i].is_nano);
		}
		free(answer.text);
		seen_free(&seen);
	}
}

/* ---- our images, judged by tshark -------------------------------------------------------------------------------------- */

struct image_row { const char *name; bool is_big, is_ng; int tsresol; int64_t offset; uint64_t units; };

static const struct image_row image_rows[] = {
	{ "pcap little",           false, false, 0,         0,     0 },
	{ "pcap big",              true,  false, 0,         0,     0 },
	{ "pcapng little",         false, true,  NO_OPTION, 0,     1700000000123456 },
	{ "pcapng big",            true,  true,  NO_OPTION, 0,     1700000000123456 },
	{ "pcapng nanoseconds",    false, true,  9,         0,     1700000000123456789 },
	{ "pcapng milliseconds",   true,  true,  3,         0,     1700000000123 },
	{ "pcapng 2^-20",          false, true,  0x94,      0,     1782579200000001 },
	{ "pcapng 10^-7",          false, true,  7,         0,     17000000001234567 },
	{ "pcapng offset",         true,  true,  6,         3600,  1700000000123456 },
};

static void test_image(void **state)
{
	const struct image_row *row = *state;
	struct capfile file = { .is_big = row->is_big };
	uint8_t data[300];
	const char *path = scratch("image");
	need_program("tshark");
	if (!row->is_ng) {
		make_plain("image", row->is_big, 3);
		judge(path, FRAMES);
		judge_bytes(path);
		return;
	}
	capfile_section(&file);
	capfile_interface(&file, &(struct capfile_interface){ 1, 65535, row->tsresol, row->offset, "eth0" });
	capfile_interface(&file, &(struct capfile_interface){ 1, 65535, row->tsresol, row->offset, "eth1" });
	for (uint32_t i = 0; i < FRAMES; i++) {
		capfile_fill(data, sizeof data, i);
		if (i % 5 == 4)
			capfile_block(&file, 0x0f00, "of no known type", 16);
		(i % 3 == 2 ? (void)capfile_obsolete(&file, i % 2, row->units + i, data, 14 + i, 20 + i)
		            : (void)capfile_enhanced(&file, i % 2, row->units + i, data, 14 + i, 20 + i));
	}
	capfile_save(&file, path);
	capfile_free(&file);
	judge(path, FRAMES);
	judge_bytes(path);
}

static int finish(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

int main(void)
{
	static struct CMUnitTest tests[1 + RT_COUNT(peer_rows) + RT_COUNT(image_rows)] = { cmocka_unit_test(test_scapy) };
	size_t count = 1;
	for (size_t i = 0; i < RT_COUNT(peer_rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = peer_rows[i].name, .test_func = test_peer,
		                                      .initial_state = (void *)(uintptr_t)&peer_rows[i] };
	for (size_t i = 0; i < RT_COUNT(image_rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = image_rows[i].name, .test_func = test_image,
		                                      .initial_state = (void *)(uintptr_t)&image_rows[i] };
	return cmocka_run_group_tests_name("peers", tests, NULL, finish);
}
