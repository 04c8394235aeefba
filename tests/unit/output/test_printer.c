/* SPDX-License-Identifier: MIT */
/* test_printer.c - the sink itself: when its output leaves, in how many writes, numbers, and broken outputs. A
 * datagram socket shows the writes: one message each. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"
#include "sample.h"

#define LINE "ARP who-has 192.168.16.1 tell 192.168.16.34\n"

static struct sampled sampled;
static struct rt_frame frames[3];
static struct rt_error error;

static struct rt_sink *open_printer(int fd, const struct rt_output_options *options)
{
	struct rt_sink *sink = NULL;
	sample_get(&sampled, "who-has");
	for (size_t i = 0; i < RT_COUNT(frames); i++) {
		frames[i] = sampled.frame;
		frames[i].number = i + 1;
	}
	error = (struct rt_error){ 0 };
	assert_int_equal(rt_printer_new(&sink, fd, sample_dissector(), options, &error), 0);
	return sink;
}

/* The next message, or "" when there is none. */
static const char *message(int fd)
{
	static char text[1 << 17];
	ssize_t n = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static void test_batch(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE };
	int ends[2];
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	struct rt_sink *sink = open_printer(ends[0], &options);
	assert_int_equal(sink->take(sink, frames, 2, &error), 0);
	assert_int_equal(sink->take(sink, frames + 2, 1, &error), 0);
	assert_string_equal("", message(ends[1]));
	assert_int_equal(sink->flush(sink, &error), 0);
	assert_string_equal(LINE LINE LINE, message(ends[1]));
	assert_int_equal(sink->flush(sink, &error), 0);
	assert_int_equal(sink->take(sink, frames, 0, &error), 0);
	assert_int_equal(sink->close(sink, &error), 0);
	assert_string_equal("", message(ends[1]));
	close(ends[0]);
	close(ends[1]);
}

static void test_line_buffered(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE, .is_line_buffered = true };
	int ends[2];
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	struct rt_sink *sink = open_printer(ends[0], &options);
	assert_int_equal(sink->take(sink, frames, 3, &error), 0);
	for (int i = 0; i < 3; i++)
		assert_string_equal(LINE, message(ends[1]));
	assert_string_equal("", message(ends[1]));
	assert_int_equal(sink->close(sink, &error), 0);
	close(ends[0]);
	close(ends[1]);
}

/* Closing without a flush loses nothing. */
static void test_close(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE };
	int ends[2];
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	struct rt_sink *sink = open_printer(ends[0], &options);
	assert_int_equal(sink->take(sink, frames, 1, &error), 0);
	assert_int_equal(sink->close(sink, &error), 0);
	assert_string_equal(LINE, message(ends[1]));
	close(ends[0]);
	close(ends[1]);
}

/* 5,000 packets in one batch cost a write for every full buffer, not for every packet, and none is lost. */
static void test_many(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE };
	int ends[2], room = 1 << 20;
	size_t writes = 0, size = 0;
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
	struct rt_sink *sink = open_printer(ends[0], &options);
	for (int i = 0; i < 5000; i++) {
		assert_int_equal(sink->take(sink, frames, 1, &error), 0);
		for (const char *text = message(ends[1]); *text; text = message(ends[1]), writes++)
			size += strlen(text);
	}
	assert_int_equal(sink->close(sink, &error), 0);
	for (const char *text = message(ends[1]); *text; text = message(ends[1]), writes++)
		size += strlen(text);
	assert_int_equal(size, 5000 * strlen(LINE));
	assert_in_range(writes, 1, 5000 / 50);
	close(ends[0]);
	close(ends[1]);
}

static void test_broken_pipe(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE };
	int ends[2];
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	struct rt_sink *sink = open_printer(ends[1], &options);
	close(ends[0]);
	assert_int_equal(sink->take(sink, frames, 3, &error), 0);
	assert_int_equal(sink->flush(sink, &error), -EPIPE);
	assert_int_equal(error.code, EPIPE);
	assert_int_equal(sink->take(sink, frames, 3, &error), -EPIPE);
	assert_int_equal(sink->close(sink, &error), -EPIPE);
	close(ends[1]);
}

static void test_full_disk(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE };
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	(void)state;
	if (fd < 0) {
		print_message("skipped: no /dev/full\n");
		skip();
	}
	struct rt_sink *sink = open_printer(fd, &options);
	assert_int_equal(sink->take(sink, frames, 1, &error), 0);
	assert_int_equal(sink->flush(sink, &error), -ENOSPC);
	assert_string_equal("standard output: No space left on device", error.what);
	assert_int_equal(sink->close(sink, &error), -ENOSPC);
	close(fd);
}

/* -# as tcpdump prints it. */
static void test_numbers(void **state)
{
	const uint64_t count = 12;
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE, .show_number = true };
	const char *const argv[] = { "tcpdump", "-n", "-t", "-#", "-r", "-", NULL };
	struct capfile file = { 0 };
	struct rt_frame many[12];
	size_t size;
	(void)state;
	need_program("tcpdump");
	sample_get(&sampled, "who-has");
	capfile_pcap(&file, PCAP_MICRO, 65535, RT_LINK_ETHER);
	for (uint64_t i = 0; i < count; i++) {
		many[i] = sampled.frame;
		many[i].number = i + 1;
		capfile_record(&file, 1, 0, sampled.frame.caplen, sampled.frame.len, sampled.bytes,
		               sampled.frame.caplen);
	}
	struct answer answer = ask(argv, file.bytes, file.size);
	char *text = printed(&options, many, count, &size), *ours = text, *theirs = answer.text;
	for (uint64_t i = 0; i < count; i++) {
		char *left = strstr(theirs, "ARP"), *right = strstr(ours, "ARP");
		assert_true(left && right);
		*left = *right = '\0';
		assert_string_equal(theirs, ours);
		theirs = strchr(left + 1, '\n') + 1;
		ours = strchr(right + 1, '\n') + 1;
	}
	free(text);
	free(answer.text);
	capfile_free(&file);
}

static void test_big_number(void **state)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE, .show_number = true };
	size_t size;
	(void)state;
	sample_get(&sampled, "who-has");
	sampled.frame.number = 1234567;         /* tcpdump's format is "%5u  " */
	char *text = printed(&options, &sampled.frame, 1, &size);
	assert_string_equal("1234567  " LINE, text);
	free(text);
}

struct exact_row { const char *expected; struct rt_output_options options; };

static const struct exact_row exact_rows[] = {
	{ "1700000000.000035000\n", { .format = RT_FORMAT_TEMPLATE, .template_text = "{time}", .is_nano = true } },
	{ "1\n", { .format = RT_FORMAT_TEMPLATE, .template_text = "{number}", .show_number = true } },
	{ "    1  Ether / ARP who has 192.168.16.1 says 192.168.16.34\n",
	  { .format = RT_FORMAT_SUMMARY, .show_number = true } },
	{ "Ether / ARP who has 192.168.16.1 says 192.168.16.34\n\t0x0000:  0001 0800 0604 0001 0200 0000 0001 c0a8\n"
	  "\t0x0010:  1022 0000 0000 0000 c0a8 1001\n", { .format = RT_FORMAT_SUMMARY, .dump = RT_DUMP_HEX } },
};

static void test_exact(void **state)
{
	size_t size;
	(void)state;
	sample_get(&sampled, "who-has");
	for (size_t i = 0; i < RT_COUNT(exact_rows); i++) {
		char *text = printed(&exact_rows[i].options, &sampled.frame, 1, &size);
		assert_string_equal(exact_rows[i].expected, text);
		free(text);
	}
}

/* Whatever else is asked for, a packet is one line of JSON. */
static void test_json_alone(void **state)
{
	const struct rt_output_options plain = { .format = RT_FORMAT_JSON };
	const struct rt_output_options options = { .format = RT_FORMAT_JSON, .show_number = true, .is_short = true,
	                                           .dump = RT_DUMP_HEX_ASCII, .show_link = true };
	size_t size, size_too;
	(void)state;
	sample_get(&sampled, "answer");
	char *text = printed(&plain, &sampled.frame, 1, &size), *other = printed(&options, &sampled.frame, 1, &size_too);
	assert_string_equal(text, other);
	assert_ptr_equal(strchr(text, '\n'), text + size - 1);
	free(text);
	free(other);
}

/* The message is what main.c shows; a refused printer leaves nothing behind. */
static void test_refused(void **state)
{
	const struct rt_output_options options = { .format = RT_FORMAT_TEMPLATE,
	                                           .template_text = "{IP.sorc}" };
	struct rt_sink *sink = &(struct rt_sink){ 0 };
	(void)state;
	error = (struct rt_error){ 0 };
	assert_int_equal(rt_printer_new(&sink, -1, sample_dissector(), &options, &error), -EINVAL);
	assert_null(sink);
	assert_non_null(strstr(error.what, "IP.sorc"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_batch), cmocka_unit_test(test_line_buffered), cmocka_unit_test(test_close),
		cmocka_unit_test(test_many), cmocka_unit_test(test_broken_pipe), cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_big_number), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_exact), cmocka_unit_test(test_json_alone),
	};
	return cmocka_run_group_tests_name("printer", tests, NULL, NULL);
}
