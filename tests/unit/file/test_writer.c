/* SPDX-License-Identifier: MIT */
/* test_writer.c - what is written is what was taken: tcpdump, tshark and capinfos read it packet for packet, and
 * so do we; full disks, other link types and pipes. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"

#define FRAMES 600

static const struct rt_iface ether = { .name = "", .link = RT_LINK_ETHER };

static uint8_t bytes[300000];

/* No frame looks like 802.2 or a known ethertype: tcpdump would print bytes of its own accord. */
static void fill_bytes(void)
{
	capfile_fill(bytes, sizeof bytes, 5);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] |= 0x20;
}

static struct rt_frame frame(unsigned i)
{
	static const uint32_t sizes[] = { 60, 14, 1514, 61, 9000, 0, 65549 };
	uint32_t caplen = i == 17 ? 184306 : i == 400 ? 262144 : i == 401 ? 262128 : sizes[i % RT_COUNT(sizes)];
	return (struct rt_frame){ .data = bytes + i, .caplen = caplen, .len = caplen + (caplen < 262128 ? i % 3 : 0), .number = i + 1,
	                          .time = 1700000000000000000u + (uint64_t)i * 1234567891u, .iface = &ether,
	                          .link = RT_LINK_ETHER };
}

/* FRAMES frames into a new file, in batches of 7; a failure ends the test. */
static void write_frames(const char *path, const struct rt_file_options *options)
{
	struct rt_sink *sink;
	struct rt_error error = { 0 };
	fill_bytes();
	assert_int_equal(0, rt_file_create(&sink, path, options, &error));
	for (unsigned i = 0; i < FRAMES; i += 7) {
		struct rt_frame batch[7];
		unsigned n = 0;
		for (; n < 7 && i + n < FRAMES; n++)
			batch[n] = frame(i + n);
		assert_int_equal(0, sink->take(sink, batch, n, &error));
		assert_int_equal(0, sink->flush(sink, &error));
	}
	assert_int_equal(0, sink->close(sink, &error));
}

static const struct rt_file_options micro = { .link = RT_LINK_ETHER, .snaplen = RT_SNAPLEN_MAX };
static const struct rt_file_options nano = { .link = RT_LINK_ETHER, .snaplen = RT_SNAPLEN_MAX, .is_nano = true };

struct file_row { const char *name; const struct rt_file_options *options; unsigned unit; const char *type; };

static const struct file_row file_rows[] = {
	{ "microseconds", &micro, 1000, "type:           pcap\n" },
	{ "nanoseconds",  &nano,  1,    "type:           nsecpcap\n" },
};

/* ---- second sources ----------------------------------------------------------------------------------------- */

static void test_read_back(void **state)
{
	const struct file_row *row = *state;
	const char *path = scratch("written.pcap");
	write_frames(path, row->options);
	struct seen seen = seen_path(path);
	assert_int_equal(0, seen.rc);
	assert_int_equal(FRAMES, seen.count);
	for (unsigned i = 0; i < FRAMES; i++) {
		struct rt_frame want = frame(i);
		assert_int_equal(want.time / row->unit * row->unit, seen.frames[i].time);
		assert_int_equal(want.caplen, seen.frames[i].caplen);
		assert_int_equal(want.len, seen.frames[i].len);
		assert_memory_equal(want.data, seen.frames[i].data, want.caplen);
	}
	seen_free(&seen);
}

static void test_tshark(void **state)
{
	const struct file_row *row = *state;
	const char *path = scratch("written.pcap");
	char expected[128];
	need_program("tshark");
	write_frames(path, row->options);
	struct answer answer = ask((const char *const[]){ "tshark", "-n", "-r", path, "-Tfields", "-eframe.time_epoch",
	                           "-eframe.cap_len", "-eframe.len", NULL }, NULL, 0);
	assert_int_equal(0, answer.status);
	char *at = answer.text;
	for (unsigned i = 0; i < FRAMES; i++) {
		struct rt_frame want = frame(i);
		uint64_t time = want.time / row->unit * row->unit;
		snprintf(expected, sizeof expected, "%llu.%09llu\t%u\t%u\n", (unsigned long long)time / 1000000000u,
		         (unsigned long long)time % 1000000000u, want.caplen, want.len);
		size_t size = strlen(expected);
		assert_true(strlen(at) >= size);
		char got[128] = "";
		memcpy(got, at, size);
		assert_string_equal(expected, got);
		at += size;
	}
	assert_string_equal("", at);
	free(answer.text);
}

/* tcpdump -xx prints every byte: "0x0010:  0011 2233 ..." lines under each packet. */
static void test_tcpdump(void **state)
{
	const struct file_row *row = *state;
	const char *path = scratch("written.pcap");
	need_program("tcpdump");
	write_frames(path, row->options);
	struct answer answer = ask((const char *const[]){ "tcpdump", "-n", "-tt", "-xx", "-r", path, NULL }, NULL, 0);
	assert_int_equal(0, answer.status);
	int number = -1;
	uint32_t at = 0;
	for (char *line = strtok(answer.text, "\n"); line; line = strtok(NULL, "\n")) {
		unsigned offset;
		int skip = 0;
		if (line[0] != '\t') {            /* a time, or the word that a frame is empty */
			if (number >= 0)
				assert_int_equal(frame((unsigned)number).caplen, at);
			number++;
			at = 0;
		} else if (sscanf(line, "\t0x%x: %n", &offset, &skip) == 1 && skip) {
			struct rt_frame want = frame((unsigned)number);
			assert_int_equal(offset, at);
			for (char *p = line + skip; *p; p += 2 + strspn(p + 2, " ")) {
				assert_true(at < want.caplen);
				assert_int_equal(want.data[at++], hex_pair(p));
			}
		}
	}
	assert_int_equal(FRAMES - 1, number);
	free(answer.text);
}

static void test_capinfos(void **state)
{
	const struct file_row *row = *state;
	const char *path = scratch("written.pcap");
	need_program("capinfos");
	write_frames(path, row->options);
	struct answer answer = ask((const char *const[]){ "capinfos", "-t", "-E", "-c", "-l", "-M", path, NULL }, NULL, 0);
	assert_int_equal(0, answer.status);
	assert_non_null(strstr(answer.text, row->type));
	assert_non_null(strstr(answer.text, "ether"));
	assert_non_null(strstr(answer.text, "600"));
	assert_non_null(strstr(answer.text, "262144 bytes"));
	free(answer.text);
}

/* ---- ends of the way ------------------------------------------------------------------------------------------- */

static void test_other_link(void **state)
{
	struct rt_sink *sink;
	struct rt_error error = { 0 };
	const char *path = scratch("link.pcap");
	struct rt_frame two[2] = { frame(0), frame(1) };
	(void)state;
	two[1].link = RT_LINK_SLL2;
	assert_int_equal(0, rt_file_create(&sink, path, &micro, &error));
	assert_int_equal(-EINVAL, sink->take(sink, two, 2, &error));
	assert_non_null(strstr(error.what, path));
	assert_non_null(strstr(error.what, "link type 276"));
	assert_int_equal(0, sink->close(sink, &error));
	struct seen seen = seen_path(path);             /* the frame in front of it is kept */
	assert_int_equal(0, seen.rc);
	assert_int_equal(1, seen.count);
	seen_free(&seen);
}

static void test_no_folder(void **state)
{
	struct rt_sink *sink;
	struct rt_error error = { 0 };
	(void)state;
	assert_int_equal(-ENOENT, rt_file_create(&sink, "/nonexistent/x.pcap", &micro, &error));
	assert_string_equal("/nonexistent/x.pcap: No such file or directory", error.what);
	assert_null(sink);
}

static void test_full_device(void **state)
{
	struct rt_sink *sink;
	struct rt_error error = { 0 };
	(void)state;
	assert_int_equal(-ENOSPC, rt_file_create(&sink, "/dev/full", &micro, &error));
	assert_string_equal("/dev/full: No space left on device", error.what);
}

/* A file may not grow past a limit (the kernel's own, as a full disk would): it ends with a whole record, whatever
 * the limit is. */
static void test_full_disk(void **state)
{
	const char *path = scratch("full.pcap");
	struct rlimit before, limit;
	(void)state;
	fill_bytes();
	assert_int_equal(0, getrlimit(RLIMIT_FSIZE, &before));
	signal(SIGXFSZ, SIG_IGN);
	for (rlim_t most = 300000; most < 2400000; most += 133333) {
		struct rt_sink *sink;
		struct rt_error error = { 0 };
		int rc = 0;
		limit = (struct rlimit){ most, before.rlim_max };
		assert_int_equal(0, rt_file_create(&sink, path, &micro, &error));
		assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &limit));
		for (unsigned i = 0; i < FRAMES && rc == 0; i++) {
			struct rt_frame one = frame(i);
			rc = sink->take(sink, &one, 1, &error);
		}
		struct rt_error last = { 0 };
		int closed = sink->close(sink, &last);
		assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &before));
		assert_int_equal(-EFBIG, rc);
		assert_int_equal(-EFBIG, closed);
		assert_non_null(strstr(error.what, path));
		struct seen seen = seen_path(path);
		assert_string_equal("", seen.error.what);
		assert_int_equal(0, seen.rc);
		assert_true(seen.count > 0);
		struct stat st;
		assert_int_equal(0, stat(path, &st));
		/* nothing was given away that fitted */
		assert_true((rlim_t)st.st_size <= most &&
		            (rlim_t)st.st_size + 16 + frame((unsigned)seen.count).caplen > most);
		seen_free(&seen);
	}
	signal(SIGXFSZ, SIG_DFL);
}

/* -U: after a flush another process sees the packet; without it the buffer keeps it. */
static void test_unbuffered(void **state)
{
	(void)state;
	for (unsigned is_unbuffered = 0; is_unbuffered < 2; is_unbuffered++) {
		struct rt_file_options options = micro;
		struct rt_sink *sink;
		struct rt_error error = { 0 };
		struct stat st;
		struct rt_frame one = frame(0);
		const char *path = scratch("unbuffered.pcap");
		options.is_unbuffered = is_unbuffered;
		assert_int_equal(0, rt_file_create(&sink, path, &options, &error));
		assert_int_equal(0, sink->take(sink, &one, 1, &error));
		assert_int_equal(0, sink->flush(sink, &error));
		assert_int_equal(0, stat(path, &st));
		assert_int_equal(is_unbuffered ? 24 + 16 + 60 : 24, st.st_size);
		assert_int_equal(0, sink->close(sink, &error));
		assert_int_equal(0, stat(path, &st));
		assert_int_equal(24 + 16 + 60, st.st_size);
	}
}

static int finish(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

#define ROW(row, function) cmocka_unit_test_prestate(function, (void *)(uintptr_t)&file_rows[row])

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(0, test_read_back), ROW(1, test_read_back), ROW(0, test_tshark), ROW(1, test_tshark),
		ROW(0, test_tcpdump), ROW(1, test_tcpdump), ROW(0, test_capinfos), ROW(1, test_capinfos),
		cmocka_unit_test(test_other_link), cmocka_unit_test(test_no_folder), cmocka_unit_test(test_full_device),
		cmocka_unit_test(test_full_disk), cmocka_unit_test(test_unbuffered),
	};
	return cmocka_run_group_tests_name("writer", tests, NULL, finish);
}
