/* SPDX-License-Identifier: MIT */
/* test_reader.c - good files: every byte order, resolution and kind of block, mapped and through pipes.
 * The images are written field by field from the drafts (capfile.c); test_peers.c has them judged by tshark. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"

static const char *const ways[] = { "mapped", "piped", "dribbled" };

/* ---- pcap: byte order x resolution x way ------------------------------------------------------------------ */

struct frame_row { uint32_t seconds, nanoseconds, caplen, len; };

static const struct frame_row frame_rows[] = {
	{ 0,           0,          60,   60 },
	{ 1,           999999999,  1,    1 },
	{ 1700000000,  123456789,  1514, 1514 },
	{ 1700000000,  123456000,  96,   1514 },
	{ 2147483648u, 1000,       3,    3 },           /* past 2038: seconds are unsigned */
	{ 4294967295u, 999999000,  0,    0 },           /* 2106, and an empty frame */
	{ 1600000000,  5,          65549, 184306 },     /* back in time; longer than the snaplen below */
};

struct pcap_row { const char *name; uint32_t magic; bool is_big; unsigned unit, extra; };

static const struct pcap_row pcap_rows[] = {
	{ "pcap micro little", PCAP_MICRO, false, 1000, 0 },
	{ "pcap micro big",    PCAP_MICRO, true,  1000, 0 },
	{ "pcap nano little",  PCAP_NANO,  false, 1,    0 },
	{ "pcap nano big",     PCAP_NANO,  true,  1,    0 },
};

struct pcap_case { const struct pcap_row *row; enum capfile_way way; };

static void put_records(struct capfile *file, const struct pcap_row *row)
{
	static uint8_t data[70000];
	capfile_pcap(file, row->magic, 65535, RT_LINK_ETHER);
	for (size_t i = 0; i < RT_COUNT(frame_rows); i++) {
		const struct frame_row *f = &frame_rows[i];
		capfile_fill(data, f->caplen, (unsigned)i);
		capfile_record(file, f->seconds, f->nanoseconds / row->unit, f->caplen, f->len, data, f->caplen);
	}
}

static void check_frames(const struct seen *seen, unsigned unit)
{
	static uint8_t data[70000];
	assert_int_equal(RT_COUNT(frame_rows), seen->count);
	for (size_t i = 0; i < RT_COUNT(frame_rows); i++) {
		const struct frame_row *f = &frame_rows[i];
		uint64_t time = (uint64_t)f->seconds * 1000000000u + f->nanoseconds / unit * unit;
		assert_int_equal(time, seen->frames[i].time);
		assert_int_equal(f->caplen, seen->frames[i].caplen);
		assert_int_equal(f->len, seen->frames[i].len);
		assert_int_equal(RT_LINK_ETHER, seen->frames[i].link);
		assert_int_equal(65535, seen->frames[i].snaplen);
		assert_int_equal(unit == 1, seen->frames[i].is_nano);
		capfile_fill(data, f->caplen, (unsigned)i);
		assert_memory_equal(data, seen->frames[i].data, f->caplen);
	}
}

static void test_pcap(void **state)
{
	const struct pcap_case *with = *state;
	struct capfile file = { .is_big = with->row->is_big };
	put_records(&file, with->row);
	struct seen seen = capfile_read(&file, with->way);
	assert_string_equal("", seen.error.what);
	assert_int_equal(0, seen.rc);
	check_frames(&seen, with->row->unit);
	seen_free(&seen);
	capfile_free(&file);
}

/* ---- pcap: what else a header may say ------------------------------------------------------------------------ */

struct header_row { const char *name; uint32_t magic, network; unsigned link; uint32_t claimed, len, expected_len; };

static const struct header_row header_rows[] = {
	{ "FCS bits are not the link type",  PCAP_MICRO, 0xf4000001u, RT_LINK_ETHER, 20, 20, 20 },
	{ "SLL2",                            PCAP_MICRO, 276,         RT_LINK_SLL2,  20, 20, 20 },
	{ "a link type nobody knows",        PCAP_MICRO, 65000,       65000,         20, 20, 20 },
	{ "caplen greater than len",         PCAP_MICRO, 1,           RT_LINK_ETHER, 20, 10, 20 },
	{ "len 0",                           PCAP_NANO,  1,           RT_LINK_ETHER, 20, 0,  20 },
	{ "len 4 GiB",                       PCAP_MICRO, 1,           RT_LINK_ETHER, 20, 0xffffffffu, 0xffffffffu },
};

static void test_header(void **state)
{
	const struct header_row *row = *state;
	struct capfile file = { 0 };
	uint8_t data[20];
	capfile_fill(data, sizeof data, 1);
	capfile_pcap(&file, row->magic, 0, row->network);
	capfile_record(&file, 1, 2, row->claimed, row->len, data, sizeof data);
	struct seen seen = capfile_read(&file, CAPFILE_MAPPED);
	assert_int_equal(0, seen.rc);
	assert_int_equal(1, seen.count);
	assert_int_equal(row->link, seen.frames[0].link);
	assert_int_equal(20, seen.frames[0].caplen);
	assert_int_equal(row->expected_len, seen.frames[0].len);
	assert_memory_equal(data, seen.frames[0].data, 20);
	seen_free(&seen);
	capfile_free(&file);
}

/* The records of the "modified" format of 1990s Linux have 8 more bytes: ifindex, protocol, type. */
static void test_kuznetzov(void **state)
{
	struct capfile file = { 0 };
	uint8_t data[24] = { 2, 0, 0, 0, 8, 0, 0, 0 };
	(void)state;
	capfile_fill(data + 8, 16, 3);
	capfile_pcap(&file, PCAP_KUZNETZOV, 65535, RT_LINK_ETHER);
	for (unsigned i = 0; i < 2; i++)
		capfile_record(&file, 7, i, 16, 16, data, sizeof data);
	struct seen seen = capfile_read(&file, CAPFILE_MAPPED);
	if (!seen.is_open) {                    /* may be refused, but never misread */
		assert_true(seen.rc < 0);
		assert_int_equal(0, seen.count);
	} else {
		assert_int_equal(0, seen.rc);
		assert_int_equal(2, seen.count);
		assert_memory_equal(data + 8, seen.frames[1].data, 16);
	}
	seen_free(&seen);
	capfile_free(&file);
}

/* ---- pcapng: time --------------------------------------------------------------------------------------------- */

/* Expected values: floor(units * 10^9 / resolution) + offset * 10^9 in Python's integers, clamped to 64 bits. */
struct time_row { const char *name; int tsresol; int64_t offset; uint64_t units, expected; };

static const struct time_row time_rows[] = {
	{ "no tsresol is microseconds",   NO_OPTION, 0, 1700000000123456u,     1700000000123456000u },
	{ "seconds",                      0,    0, 1700000000u,                1700000000000000000u },
	{ "milliseconds",                 3,    0, 1700000000123u,             1700000000123000000u },
	{ "microseconds",                 6,    0, 1700000000123456u,          1700000000123456000u },
	{ "10^-7 (Windows)",              7,    0, 17000000001234567u,         1700000000123456700u },
	{ "nanoseconds",                  9,    0, 1700000000123456789u,       1700000000123456789u },
	{ "picoseconds are cut",          12,   0, 17000001234567890123u,      17000001234567890u },
	{ "10^-19",                       19,   0, 10000000000000000000u,      1000000000u },
	{ "10^-20, past 64 bits",         20,   0, UINT64_MAX,                 184467440u },
	{ "10^-127",                      127,  0, UINT64_MAX,                 0u },
	{ "2^0",                          0x80, 0, 1700000000u,                1700000000000000000u },
	{ "2^-10",                        0x8a, 0, 1740800000512u,             1700000000500000000u },
	{ "2^-20",                        0x94, 0, 1782579200000001u,          1700000000000000953u },
	{ "2^-30",                        0x9e, 0, 1825361100800000001u,       1700000000000000000u },
	{ "2^-32 (NTP)",                  0xa0, 0, 7301444405347483649u,       1700000000500000000u },
	{ "2^-33, all bits",              0xa1, 0, UINT64_MAX,                 2147483647999999999u },
	{ "2^-63",                        0xbf, 0, 13835058055282163712u,      1500000000u },
	{ "2^-64",                        0xc0, 0, 9223372036854775808u,       500000000u },
	{ "2^-127",                       0xff, 0, UINT64_MAX,                 0u },
	{ "seconds that overflow",        0,    0, UINT64_MAX,                 UINT64_MAX },
	{ "milliseconds that overflow",   3,    0, 18446744073710u,            UINT64_MAX },
	{ "the last millisecond",         3,    0, 18446744073709u,            18446744073709000000u },
	{ "microseconds that overflow",   6,    0, UINT64_MAX,                 UINT64_MAX },
	{ "the last nanosecond",          9,    0, UINT64_MAX,                 UINT64_MAX },
	{ "2^-10 that overflows",         0x8a, 0, UINT64_MAX,                 UINT64_MAX },
	{ "offset",                       6, 3600, 1700000000000000u,          1700003600000000000u },
	{ "negative offset",              6, -3600, 1700000000000000u,         1699996400000000000u },
	{ "offset before 1970",           6, -3600, 1000000u,                  0u },
	{ "offset that overflows",        6, INT64_MAX, 1000000u,              UINT64_MAX },
	{ "smallest offset",              6, INT64_MIN, 1000000u,              0u },
	{ "offset of a whole clock",      9, 1700000000, 123456789u,           1700000000123456789u },
};

static void test_time(void **state)
{
	const struct time_row *row = *state;
	for (int is_big = 0; is_big < 2; is_big++) {
		struct capfile file = { .is_big = is_big };
		capfile_section(&file);
		capfile_interface(&file, &(struct capfile_interface){ .link = 1, .snaplen = 96, .tsresol = row->tsresol,
		                                                      .tsoffset = row->offset, .name = "eth0" });
		capfile_enhanced(&file, 0, row->units, (const uint8_t *)"abcde", 5, 6);
		struct seen seen = capfile_read(&file, CAPFILE_MAPPED);
		assert_int_equal(0, seen.rc);
		assert_int_equal(1, seen.count);
		assert_int_equal(row->expected, seen.frames[0].time);
		if (row->tsresol == 6 || row->tsresol == 9 || row->tsresol == NO_OPTION)
			assert_int_equal(row->tsresol == 9, seen.frames[0].is_nano);
		seen_free(&seen);
		capfile_free(&file);
	}
}

/* ---- pcapng: blocks ------------------------------------------------------------------------------------------- */

/* Two sections in different byte orders, interfaces counted anew in each, every kind of packet block, and between
 * them blocks that hold no packet. Frame i has the bytes capfile_fill(.., i). */
static void put_blocks(struct capfile *file)
{
	static uint8_t data[300];
	const uint8_t statistics[12] = { 0 };
	capfile_section(file);
	capfile_interface(file, &(struct capfile_interface){ 1, 64, NO_OPTION, 0, "eth0" });
	capfile_block(file, 4, "", 0);                                          /* name resolution */
	capfile_fill(data, sizeof data, 0);
	capfile_enhanced(file, 0, 1000001, data, 61, 61);
	capfile_interface(file, &(struct capfile_interface){ RT_LINK_SLL2, 0, 9, 0, "any" });
	capfile_fill(data, sizeof data, 1);
	capfile_enhanced(file, 1, 2000000002, data, 300, 400);
	capfile_block(file, 0x0bad, "a custom block", 14);
	capfile_fill(data, sizeof data, 2);
	capfile_simple(file, data, 64, 200);                                    /* cut to the snaplen of interface 0 */
	capfile_fill(data, sizeof data, 3);
	capfile_simple(file, data, 33, 33);
	capfile_fill(data, sizeof data, 4);
	capfile_obsolete(file, 1, 5, data, 7, 7);
	capfile_block(file, 5, statistics, sizeof statistics);                  /* statistics of interface 0 */
	capfile_block(file, 0x7fffffff, data, 299);                             /* of no known type */
	file->is_big = !file->is_big;
	capfile_section(file);
	capfile_interface(file, &(struct capfile_interface){ RT_LINK_RAW, 0, 3, 10, "wlan0" });
	capfile_fill(data, sizeof data, 5);
	capfile_enhanced(file, 0, 1500, data, 20, 20);
	capfile_fill(data, sizeof data, 6);
	capfile_simple(file, data, 100, 100);
	file->is_big = !file->is_big;
}

static const struct seen_frame block_frames[] = {
	{ 1000001000u,  61,  61,  64, RT_LINK_ETHER, false, "eth0",  NULL },
	{ 2000000002u,  300, 400, 0,  RT_LINK_SLL2,  true,  "any",   NULL },
	{ 0,            64,  200, 64, RT_LINK_ETHER, false, "eth0",  NULL },
	{ 0,            33,  33,  64, RT_LINK_ETHER, false, "eth0",  NULL },
	{ 5,            7,   7,   0,  RT_LINK_SLL2,  true,  "any",   NULL },
	{ 11500000000u, 20,  20,  0,  RT_LINK_RAW,   false, "wlan0", NULL },
	{ 10000000000u, 100, 100, 0,  RT_LINK_RAW,   false, "wlan0", NULL },
};

struct blocks_case { enum capfile_way way; bool is_big; };

static void test_blocks(void **state)
{
	const struct blocks_case *with = *state;
	struct capfile file = { .is_big = with->is_big };
	put_blocks(&file);
	struct seen seen = capfile_read(&file, with->way);
	assert_string_equal("", seen.error.what);
	assert_int_equal(0, seen.rc);
	assert_int_equal(RT_COUNT(block_frames), seen.count);
	for (size_t i = 0; i < seen.count; i++) {
		const struct seen_frame *want = &block_frames[i], *got = &seen.frames[i];
		uint8_t data[300];
		capfile_fill(data, sizeof data, (unsigned)i);
		if (i != 2 && i != 3 && i != 6)         /* a simple packet has no time; nothing is promised for it */
			assert_int_equal(want->time, got->time);
		assert_int_equal(want->caplen, got->caplen);
		assert_int_equal(want->len, got->len);
		assert_int_equal(want->snaplen, got->snaplen);
		assert_int_equal(want->link, got->link);
		assert_int_equal(want->is_nano, got->is_nano);
		assert_string_equal(want->iface, got->iface);
		assert_memory_equal(data, got->data, got->caplen);
	}
	seen_free(&seen);
	capfile_free(&file);
}

/* Interfaces stay as long as the source, and are counted; names are bounded and need no 0 in the file. */
static void test_many_interfaces(void **state)
{
	struct capfile file = { 0 };
	(void)state;
	capfile_section(&file);
	for (unsigned i = 0; i < 1000; i++) {
		char name[16];
		snprintf(name, sizeof name, "if%u", i);
		capfile_interface(&file, &(struct capfile_interface){ 1, i, 9, 0, name });
	}
	for (unsigned i = 0; i < 1000; i++)
		capfile_enhanced(&file, 999 - i, i, (const uint8_t *)"x", 1, 1);
	struct seen seen = capfile_read(&file, CAPFILE_MAPPED);
	assert_int_equal(0, seen.rc);
	assert_int_equal(1000, seen.count);
	for (unsigned i = 0; i < 1000; i++) {
		char name[16];
		snprintf(name, sizeof name, "if%u", 999 - i);
		assert_string_equal(name, seen.frames[i].iface);
		assert_int_equal(999 - i, seen.frames[i].snaplen);
	}
	seen_free(&seen);
	capfile_free(&file);
}

/* ---- pipes that are slow, silent, or told to stop ----------------------------------------------------------------- */

static uint64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* `tcpdump -U -w - | ringtap -r -`: a packet that has arrived is lent although the next has not; then stop ends it. */
static void test_live_pipe(void **state)
{
	struct capfile file = { 0 };
	int pipes[2], stop_pipe[2];
	char path[64];
	struct rt_source *source;
	struct rt_batch batch = { 0 };
	struct rt_error error = { 0 };
	(void)state;
	capfile_pcap(&file, PCAP_MICRO, 65535, 1);
	capfile_record(&file, 1, 1, 4, 4, (const uint8_t *)"abcd", 4);
	capfile_record(&file, 1, 1, 4, 4, (const uint8_t *)"ab", 2);            /* the rest is still to come */
	assert_int_equal(0, pipe2(pipes, O_CLOEXEC));
	assert_int_equal(0, pipe2(stop_pipe, O_CLOEXEC));
	assert_int_equal(0, rt_write_all(pipes[1], file.bytes, file.size));
	struct rt_stop stop = { .fd = stop_pipe[0] };
	snprintf(path, sizeof path, "/proc/self/fd/%d", pipes[0]);
	assert_int_equal(0, rt_file_open(&source, path, &stop, &error));
	alarm(10);                              /* a reader that waits for more than it needs ends the test here */
	int rc;
	while ((rc = source->next(source, &batch, &error)) == 1 && batch.count == 0)
		source->release(source);
	assert_int_equal(1, rc);
	assert_int_equal(1, batch.count);
	assert_memory_equal("abcd", batch.frames[0].data, 4);
	source->release(source);
	pid_t pid = fork();
	if (pid == 0) {
		poll(NULL, 0, 100);
		_exit(rt_write_all(stop_pipe[1], "!", 1) < 0);
	}
	uint64_t start = milliseconds();
	while ((rc = source->next(source, &batch, &error)) == 1) {
		assert_int_equal(0, batch.count);
		source->release(source);
		struct pollfd asked = { .fd = stop_pipe[0], .events = POLLIN };
		stop.now = poll(&asked, 1, 0) > 0;      /* the signal handler's part */
	}
	uint64_t took = milliseconds() - start;
	alarm(0);
	assert_int_equal(0, rc);
	assert_in_range(took, 50, 1000);
	rt_source_close(source);
	waitpid(pid, NULL, 0);
	for (int i = 0; i < 2; i++) {
		close(pipes[i]);
		close(stop_pipe[i]);
	}
	capfile_free(&file);
}

static void test_fifo(void **state)
{
	struct capfile file = { 0 };
	const char *path = scratch("fifo");
	(void)state;
	put_records(&file, &pcap_rows[0]);
	assert_int_equal(0, mkfifo(path, 0600));
	pid_t pid = fork();
	if (pid == 0) {
		int fd = open(path, O_WRONLY);
		_exit(fd < 0 || rt_write_all(fd, file.bytes, file.size) < 0);
	}
	struct seen seen = seen_path(path);
	waitpid(pid, NULL, 0);
	unlink(path);
	assert_int_equal(0, seen.rc);
	check_frames(&seen, 1000);
	seen_free(&seen);
	capfile_free(&file);
}

/* "-" is standard input, here a file. */
static void test_standard_input(void **state)
{
	struct capfile file = { .is_big = true };
	const char *path = scratch("input");
	(void)state;
	put_records(&file, &pcap_rows[3]);
	capfile_save(&file, path);
	int saved = dup(STDIN_FILENO), fd = open(path, O_RDONLY);
	dup2(fd, STDIN_FILENO);
	struct seen seen = seen_path("-");
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(fd);
	assert_int_equal(0, seen.rc);
	check_frames(&seen, 1);
	seen_free(&seen);
	capfile_free(&file);
}

static int finish(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

/* ---- every row a test of its own ----------------------------------------------------------------------------------- */

static struct CMUnitTest tests[128];
static size_t test_count;

static void add(const char *name, CMUnitTestFunction function, const void *row)
{
	assert_true(test_count < RT_COUNT(tests));
	tests[test_count++] = (struct CMUnitTest){ .name = name, .test_func = function,
	                                           .initial_state = (void *)(uintptr_t)row };
}

int main(void)
{
	static struct pcap_case pcap_cases[RT_COUNT(pcap_rows)][RT_COUNT(ways)];
	static struct blocks_case block_cases[2][RT_COUNT(ways)];
	static char names[64][48];
	unsigned name = 0;
	for (unsigned way = 0; way < RT_COUNT(ways); way++) {
		for (size_t i = 0; i < RT_COUNT(pcap_rows); i++) {
			pcap_cases[i][way] = (struct pcap_case){ &pcap_rows[i], way };
			snprintf(names[name], sizeof names[0], "%s %s", pcap_rows[i].name, ways[way]);
			add(names[name++], test_pcap, &pcap_cases[i][way]);
		}
		for (unsigned big = 0; big < 2; big++) {
			block_cases[big][way] = (struct blocks_case){ way, big };
			snprintf(names[name], sizeof names[0], "pcapng blocks %s %s", big ? "big" : "little", ways[way]);
			add(names[name++], test_blocks, &block_cases[big][way]);
		}
	}
	for (size_t i = 0; i < RT_COUNT(header_rows); i++)
		add(header_rows[i].name, test_header, &header_rows[i]);
	for (size_t i = 0; i < RT_COUNT(time_rows); i++)
		add(time_rows[i].name, test_time, &time_rows[i]);
	add("kuznetzov", test_kuznetzov, NULL);
	add("many interfaces", test_many_interfaces, NULL);
	add("live pipe", test_live_pipe, NULL);
	add("fifo", test_fifo, NULL);
	add("standard input", test_standard_input, NULL);
	return _cmocka_run_group_tests("reader", tests, test_count, NULL, finish);
}
