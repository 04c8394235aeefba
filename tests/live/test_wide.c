/* SPDX-License-Identifier: MIT */
/* test_wide.c - the real program with filters that the kernel does not take: too long, too large for optmem_max, or not
 * to be answered there. A wider one runs in the kernel, one line says so, and every packet that matches comes out, none
 * other, cut where asked. Also what -v says of a filter that the kernel takes. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <net/if.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"
#include "command.h"
#include "live.h"
#include "rows.h"

#define OPTMEM "/proc/sys/net/core/optmem_max"

/* ---- frames: 10.0.x.y, every third with a tag, every third with two ------------------------------------------------- */

#define FRAMES 296u

struct frame { uint32_t size; uint8_t bytes[80]; };

static void make_frame(struct frame *frame, uint32_t i)
{
	static const uint8_t tags[8] = { 0x88, 0xa8, 0, 7, 0x81, 0, 0x60, 5 };
	const uint32_t extra = i % 3 * 4;
	uint8_t plain[62];
	live_ip_frame(plain, sizeof plain, 17, i);
	plain[28] = (uint8_t)(i >> 8);
	plain[29] = (uint8_t)i;
	memcpy(frame->bytes, plain, 12);
	memcpy(frame->bytes + 12, tags, extra);
	memcpy(frame->bytes + 12 + extra, plain + 12, sizeof plain - 12);
	frame->size = sizeof plain + extra;
}

/* Is there a packet socket that listens on an interface? sk, references, type, protocol, interface, running, ... */
static bool somebody_listens(void)
{
	char line[256];
	bool listens = false;
	FILE *list = fopen("/proc/thread-self/net/packet", "r");
	while (list && fgets(line, sizeof line, list)) {
		unsigned protocol = 0;
		int interface = 0, running = 0;
		listens |= sscanf(line, "%*s %*d %*d %x %d %d", &protocol, &interface, &running) == 3 && protocol == 3 &&
		           interface > 0 && running;
	}
	if (list)
		fclose(list);
	return listens;
}

/* A child that waits until somebody listens, and then sends all frames out of v1. */
static pid_t start_sending(void)
{
	const pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < 1000 && !somebody_listens(); i++)
		live_rest(10);
	int sender = live_sender("v1");
	for (uint32_t i = 0; i < FRAMES; i++) {
		struct frame frame;
		make_frame(&frame, i);
		if (write(sender, frame.bytes, frame.size) != (ssize_t)frame.size)
			_exit(1);
	}
	_exit(0);
}

/* ---- filters ----------------------------------------------------------------------------------------------------------- */

/* The last frame matches all of them, so that whatever comes wrongly comes before the end. */
static bool is_odd(uint32_t i) { return i % 2 == 1; }
static bool is_odd_with_one_tag(uint32_t i) { return i % 2 == 1 && i % 3 == 1; }
static bool is_odd_with_one_tag_at_most(uint32_t i) { return i % 2 == 1 && i % 3 < 2; }
static bool is_last_over_9(uint32_t i) { return (uint8_t)(i * 7 + 61) > 9; }
static bool is_not_3(uint32_t i) { return i != 3; }

struct row {
	const char *name;
	unsigned hosts;                  /* so many, behind ...                                          */
	const char *text;                /* ... this; %u: the index of v0                                */
	bool (*matches)(uint32_t i);
	const char *why;                 /* %zu: instructions; NULL: the kernel takes it                  */
	unsigned snaplen, optmem;        /* 0: as it is                                                  */
	bool is_pcap;                    /* --pcap-filter: sees no tag where the kernel moved it aside   */
	bool lets_all;                   /* the wider one lets all through                               */
};

#define TOO_LONG  "in ringtap: %zu instructions are more than the kernel takes (4096)"
#define TOO_LARGE "in ringtap: %zu instructions are more than net.core.optmem_max allows"
#define NOT_THERE "in ringtap: the kernel counts bytes without the VLAN tag that it moves aside"
#define NOT_3     "not IP contains \"\\x0a\\x00\\x00\\x03\""
#define NOT_TOLD  "in ringtap: IP contains \"\\x0a\\x00\\x00\\x03\" is more than a program can tell"

static const struct row rows[] = {
	{ "5000 hosts", 5000, "", is_odd, TOO_LONG, 0, 0, false },
	{ "5000 hosts, cut in front of what they ask for", 5000, "", is_odd, TOO_LONG, 20, 0, false },
	{ "5000 hosts, direction, interface", 5000, "inbound and ifindex %u and ", is_odd, TOO_LONG, 0, 0, false },
	{ "5000 hosts, as tcpdump", 5000, "", is_odd_with_one_tag_at_most, TOO_LONG, 0, 0, true },
	{ "5000 hosts, as tcpdump, cut", 5000, "", is_odd_with_one_tag_at_most, TOO_LONG, 18, 0, true },
	{ "5000 hosts, as tcpdump, a tag", 5000, "vlan 7 and ", is_odd_with_one_tag, TOO_LONG, 0, 0, true },
	{ "small optmem_max", 300, "", is_odd, TOO_LARGE, 0, 1000, false },
	{ "small optmem_max, cut", 300, "", is_odd, TOO_LARGE, 17, 1000, false },
	{ "a byte that the tag moves", 0, "ether[len - 1] > 9", is_last_over_9, NOT_THERE, 0, 0, false },
	{ "a byte that the tag moves, cut", 0, "ether[len - 1] > 9", is_last_over_9, NOT_THERE, 30, 0, false },
	{ "a field", 0, NOT_3, is_not_3, NOT_TOLD, 0, 0, false, true },
	{ "a field, cut in front of it", 0, NOT_3, is_not_3, NOT_TOLD, 16, 0, false, true },
	{ "a field, as tcpdump", 0, NOT_3, is_not_3, NOT_TOLD, 0, 0, true, true },
	{ "a field, direction, interface", 0, "inbound and ifindex %u and " NOT_3, is_not_3, NOT_TOLD, 0, 0, false, true },
	{ "300 hosts", 300, "", is_odd, NULL, 0, 0, false },
	{ "300 hosts, cut", 300, "", is_odd, NULL, 20, 0, false },
	{ "300 hosts, direction, interface", 300, "inbound and ifindex %u and ", is_odd, NULL, 0, 0, false },
	{ "300 hosts, as tcpdump", 300, "", is_odd_with_one_tag_at_most, NULL, 0, 0, true },
	{ "300 hosts, as tcpdump, a tag", 300, "vlan 7 and ", is_odd_with_one_tag, NULL, 0, 0, true },
};

/* And every second address from 10.0.0.1 on. */
static char *make_text(const struct row *row)
{
	const size_t room = 128 + 16u * row->hosts;
	char *text = malloc(room);
	assert_non_null(text);
	size_t size = (size_t)snprintf(text, room, row->text, if_nametoindex("v0"));
	if (row->hosts)
		size += (size_t)snprintf(text + size, room - size, "src host {");
	for (unsigned i = 0; i < row->hosts; i++) {
		const unsigned address = 2 * i + 1;
		size += (size_t)snprintf(text + size, room - size, "%s10.%u.%u.%u", i ? "," : "", address >> 16,
		                         address >> 8 & 255, address & 255);
	}
	snprintf(text + size, room - size, row->hosts ? "}" : "");
	return text;
}

/* ---- what is said -------------------------------------------------------------------------------------------------------- */

static size_t count_instructions(const struct row *row, const char *text)
{
	const struct rt_filter_options with = { .link = RT_LINK_ETHER, .snaplen = row->snaplen, .is_live = true,
	                                        .is_pcap = row->is_pcap };
	struct rt_filter *filter;
	struct rt_error error;
	size_t count;
	assert_int_equal(0, rt_filter_compile(&filter, text, &with, &error));
	rt_filter_program(filter, &count);
	rt_filter_free(filter);
	return count;
}

/* The first line; what is left behind it. */
static const char *check_line(const struct row *row, const char *text, const char *err)
{
	char why[160], line[300];
	const size_t count = count_instructions(row, text);
	if (row->why)
		snprintf(why, sizeof why, row->why, count);
	else
		snprintf(why, sizeof why, "%zu instructions", count);
	snprintf(line, sizeof line, "ringtap: filter: %s%s\n", why,
	         row->why ? "; a wider one runs in the kernel" : " in the kernel");
	if (strncmp(err, line, strlen(line)) != 0)
		fail_msg("expected: %sgot: %s", line, err);
	return err + strlen(line);
}

static unsigned count_matching(const struct row *row)
{
	unsigned count = 0;
	for (uint32_t i = 0; i < FRAMES; i++)
		count += row->matches(i);
	return count;
}

/* What the kernel lets through: all, or what matches and whatever has a tag aside. */
static unsigned count_received(const struct row *row)
{
	unsigned count = 0;
	for (uint32_t i = 0; i < FRAMES; i++)
		count += row->matches(i) || (row->why && (row->hosts || row->lets_all || i % 3));
	return count;
}

/* The three closing lines. */
static void check_counts(const struct row *row, unsigned count, const char *err)
{
	unsigned captured = 0, received = 0, dropped = 1;
	int end = 0;
	sscanf(err, "%u packets captured\n%u packets received by filter\n%u packets dropped by kernel\n%n", &captured, &received,
	       &dropped, &end);
	assert_int_equal(strlen(err), end);
	assert_int_equal(count, captured);
	assert_int_equal(0, dropped);
	assert_int_equal(count_received(row), received);
}

static void check_frames(const struct row *row, const struct said *said)
{
	const char *path = scratch("out.pcap");
	struct capfile file = { 0 };
	size_t at = 0;
	capfile_put(&file, said->out, said->out_size);
	capfile_save(&file, path);
	capfile_free(&file);
	struct seen seen = seen_path(path);
	assert_int_equal(count_matching(row), seen.count);
	for (uint32_t i = 0; i < FRAMES; i++) {
		struct frame frame;
		if (!row->matches(i))
			continue;
		make_frame(&frame, i);
		const struct seen_frame *got = &seen.frames[at++];
		assert_int_equal(frame.size, got->len);
		assert_int_equal(row->snaplen && row->snaplen < frame.size ? row->snaplen : frame.size, got->caplen);
		assert_memory_equal(frame.bytes, got->data, got->caplen);
	}
	seen_free(&seen);
}

/* ---- the tests ------------------------------------------------------------------------------------------------------------- */

/* Of this network namespace only (Linux 6.8); before, a private one does not have it. Returns what it was, or 0. */
static unsigned set_optmem(unsigned bytes)
{
	unsigned old = 0;
	FILE *file = fopen(OPTMEM, "r+");
	if (!file)
		return 0;
	assert_int_equal(1, fscanf(file, "%u", &old));
	rewind(file);
	fprintf(file, "%u", bytes);
	assert_int_equal(0, fclose(file));
	return old;
}

/* Runs the program with these options and the filter while frames come; 10 seconds, if it does not end by itself. */
static struct said capture(const char *options, const char *text)
{
	struct capfile file = { 0 };
	struct said said;
	char line[1024];
	int status = 1;
	const char *path = scratch("filter");
	capfile_put(&file, text, strlen(text));
	capfile_save(&file, path);
	capfile_free(&file);
	snprintf(line, sizeof line, "exec timeout -s INT 10 %s v0 %s -F %s", command_itself(), options, path);
	const pid_t sender = start_sending();
	struct answer answer = ask_both((const char *const[]){ "sh", "-c", line, NULL }, NULL, 0, said.err, sizeof said.err);
	waitpid(sender, &status, 0);
	assert_int_equal(0, status);
	said.status = answer.status;
	said.out = answer.text;
	said.out_size = answer.size;
	return said;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	char *text = make_text(row);
	assert_true(row->matches(FRAMES - 1));
	const unsigned optmem = row->optmem ? set_optmem(row->optmem) : 0;
	if (row->optmem && !optmem) {
		print_message("optmem_max belongs to everybody on this kernel, and stays as it is\n");
		free(text);
		skip();
	}
	char options[64];
	snprintf(options, sizeof options, "-v -s %u -w - -c %u%s", row->snaplen, count_matching(row),
	         row->is_pcap ? " --pcap-filter" : "");
	struct said said = capture(options, text);
	if (row->optmem)
		set_optmem(optmem);
	assert_int_equal(0, said.status);
	check_counts(row, count_matching(row), check_line(row, text, said.err));
	check_frames(row, &said);
	free(said.out);
	free(text);
}

/* Without -v only a filter that does not run in the kernel is worth a word. */
static void test_quiet(void **state)
{
	/* ldb [0]; jset #0x1; ret #262144; ret #0: four of them */
	static const struct { const char *text, *options, *begin; } lines[] = {
		{ "ether[0] & 1 = 0", "-c 1",           "1 packet captured\n" },
		{ "ether[0] & 1 = 0", "-c 1 --show",    "1 packet captured\n" },
		{ "ether[0] & 1 = 0", "-c 1 -v",        "ringtap: filter: 4 instructions in the kernel\n1 packet captured\n" },
		{ "ether[0] & 1 = 0", "-c 1 --verbose", "ringtap: filter: 4 instructions in the kernel\n1 packet captured\n" },
		{ "", "-c 1 -v", "ringtap: filter: 1 instruction in the kernel\n1 packet captured\n" },
		{ "ether[len - 1] > 9", "-c 1", "ringtap: filter: " NOT_THERE "; a wider one runs in the kernel\n1 packet captured\n" },
	};
	(void)state;
	for (size_t i = 0; i < RT_COUNT(lines); i++) {
		struct said said = capture(lines[i].options, lines[i].text);
		assert_int_equal(0, said.status);
		if (strncmp(said.err, lines[i].begin, strlen(lines[i].begin)) != 0)
			fail_msg("%s: %s", lines[i].options, said.err);
		free(said.out);
	}
}

/* A field of every packet but those in packets: the program is as good as alone, and only -v tells. */
static void test_rare(void **state)
{
	const struct row row = { .name = "rare" };
	char line[200];
	(void)state;
	struct said quiet = capture("-c 1", "IP.ttl >= 0"), said = capture("-c 1 -v", "IP.ttl >= 0");
	snprintf(line, sizeof line, "ringtap: filter: %zu instructions in the kernel; in ringtap, packets in packets and other "
	         "rare ones\n1 packet captured\n", count_instructions(&row, "IP.ttl >= 0"));
	assert_memory_equal("1 packet captured\n", quiet.err, strlen("1 packet captured\n"));
	assert_memory_equal(line, said.err, strlen(line));
	free(quiet.out);
	free(said.out);
}

/* In this process, with a ring and without one: what is decided about is whole, what is lent is cut. */
static void test_ways(void **state)
{
	static const enum live_way ways[] = { LIVE_RING, LIVE_RECV };
	char *text = make_text(&rows[0]);
	(void)state;
	for (size_t i = 0; i < RT_COUNT(ways); i++) {
		struct live live;
		struct live_seen seen = { 0 };
		live_open(&live, (struct rt_capture_options){ .iface = "v0", .snaplen = 20 }, text, ways[i]);
		assert_false(rt_capture_filters_in_kernel(live.capture));
		int status = 1;
		waitpid(start_sending(), &status, 0);
		assert_int_equal(0, status);
		live_read(&live, &seen, FRAMES / 2, 2000);
		assert_int_equal(FRAMES / 2, seen.count);
		for (size_t at = 0; at < seen.count; at++)
			assert_int_equal(20, seen.frames[at].caplen);
		live_forget(&seen);
		live_close(&live);
	}
	free(text);
}

int main(void)
{
	if (!live_begin())
		return 77;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		rows_add("filter", rows[i].name, test_row, &rows[i]);
	rows_add("what is said", NULL, test_quiet, NULL);
	rows_add("what is said about rare packets", NULL, test_rare, NULL);
	rows_add("with and without a ring", NULL, test_ways, NULL);
	const int rc = rows_run("wide");
	scratch_end();
	return rc;
}
