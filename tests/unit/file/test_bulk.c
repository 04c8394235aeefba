/* SPDX-License-Identifier: MIT */
/* test_bulk.c - a million packets, mapped and through a pipe: nothing is allocated on the way, memory does not grow
 * with the file, and system calls are counted through ptrace. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"

#define PACKETS 1000000u

/* ---- every allocation of this program is counted ---------------------------------------------------------------- */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(HAS_SANITIZER)
#define COUNTS_ALLOCATIONS 1
static volatile unsigned long allocations;
void *__libc_malloc(size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_calloc(size_t count, size_t size);
void *malloc(size_t size) { allocations++; return __libc_malloc(size); }
void *realloc(void *old, size_t size) { allocations++; return __libc_realloc(old, size); }
void *calloc(size_t count, size_t size) { allocations++; return __libc_calloc(count, size); }
#else
#define COUNTS_ALLOCATIONS 0
static volatile unsigned long allocations;
#endif

/* ---- the file ----------------------------------------------------------------------------------------------------- */

static const struct rt_iface ether = { .name = "", .link = RT_LINK_ETHER };

static int make_file(void **state)
{
	static uint8_t data[64];
	struct rt_sink *sink;
	struct rt_error error = { 0 };
	const struct rt_file_options options = { .link = RT_LINK_ETHER, .snaplen = RT_SNAPLEN_MAX };
	struct rt_frame frames[100];
	(void)state;
	capfile_fill(data, sizeof data, 9);
	assert_int_equal(0, rt_file_create(&sink, scratch("bulk.pcap"), &options, &error));
	for (uint32_t i = 0; i < PACKETS; i += RT_COUNT(frames)) {
		for (uint32_t k = 0; k < RT_COUNT(frames); k++)
			frames[k] = (struct rt_frame){ .data = data, .caplen = 40 + (i + k) % 25, .len = 40 + (i + k) % 25,
			                               .time = (uint64_t)(i + k) * 1000, .iface = &ether, .link = RT_LINK_ETHER };
		assert_int_equal(0, sink->take(sink, frames, RT_COUNT(frames), &error));
	}
	assert_int_equal(0, sink->close(sink, &error));
	return 0;
}

static int remove_file(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

struct total { uint64_t count, bytes, times; unsigned long allocations; };

/* Reads to the end; `allocations`: those after the source was opened. */
static struct total iterate(const char *path)
{
	struct total total = { 0 };
	struct rt_source *source = NULL;
	struct rt_batch batch;
	struct rt_error error = { 0 };
	if (rt_file_open(&source, path, NULL, &error) < 0)
		return total;
	unsigned long before = allocations;
	while (source->next(source, &batch, &error) == 1) {
		for (size_t i = 0; i < batch.count; i++) {
			total.bytes += batch.frames[i].caplen;
			total.times += batch.frames[i].time / 1000;
		}
		total.count += batch.count;
		source->release(source);
	}
	total.allocations = allocations - before;
	rt_source_close(source);
	return total;
}

static void check_total(const struct total *total)
{
	assert_int_equal(PACKETS, total->count);
	assert_int_equal((uint64_t)PACKETS * (PACKETS - 1) / 2, total->times);
	assert_int_equal((uint64_t)PACKETS * 52, total->bytes);
}

/* A child that pours the file into a pipe; the path of the other end is put into `path`. */
static pid_t pour(const char *file, int *read_end, char path[64])
{
	int pipes[2];
	assert_int_equal(0, pipe2(pipes, O_CLOEXEC));
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		execlp("cat", "cat", file, (char *)NULL);
		_exit(127);
	}
	close(pipes[1]);
	*read_end = pipes[0];
	snprintf(path, 64, "/proc/self/fd/%d", pipes[0]);
	return pid;
}

static void test_allocates_nothing(void **state)
{
	char path[64];
	int read_end;
	(void)state;
	unsigned long before = allocations;
	void *volatile one = malloc(1);
	free(one);
	bool counts = COUNTS_ALLOCATIONS && allocations > before;       /* valgrind replaces malloc as well */
	struct total total = iterate(scratch("bulk.pcap"));
	check_total(&total);
	assert_int_equal(0, total.allocations);
	pid_t pid = pour(scratch("bulk.pcap"), &read_end, path);
	total = iterate(path);
	close(read_end);
	waitpid(pid, NULL, 0);
	check_total(&total);
	assert_int_equal(0, total.allocations);
	if (!counts) {
		print_message("skipped: allocations cannot be counted here\n");
		skip();
	}
}

/* ---- system calls, counted from outside ----------------------------------------------------------------------------- */

/* Stops of the child at system calls, two a call; 0: not allowed here. */
static unsigned long trace(pid_t pid)
{
	unsigned long stops = 0;
	int status;
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return 0;
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) < 0)
		return 0;
	for (;;) {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) < 0 || waitpid(pid, &status, 0) != pid)
			return 0;
		if (!WIFSTOPPED(status))
			break;
		stops += WSTOPSIG(status) == (SIGTRAP | 0x80);
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? stops : 0;
}

static void test_system_calls(void **state)
{
	const char *path = scratch("bulk.pcap");
	(void)state;
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(2);
		raise(SIGSTOP);
		_exit(iterate(path).count != PACKETS);
	}
	unsigned long calls = trace(pid) / 2;
	if (!calls) {
		print_message("skipped: ptrace is not allowed here\n");
		skip();
	}
	print_message("%u packets, %lu system calls\n", PACKETS, calls);
	assert_in_range(calls, 1, PACKETS / 100);
}

/* ---- memory: what a child that streams the file needed at most --------------------------------------------------------- */

static void test_memory(void **state)
{
	char path[64];
	int read_end;
	(void)state;
	pid_t cat = pour(scratch("bulk.pcap"), &read_end, path);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct rusage before, after;
		getrusage(RUSAGE_SELF, &before);
		uint64_t count = iterate(path).count;
		getrusage(RUSAGE_SELF, &after);
		_exit(count != PACKETS ? 1 : after.ru_maxrss - before.ru_maxrss > 4096 ? 2 : 0);
	}
	int status;
	assert_int_equal(pid, waitpid(pid, &status, 0));
	close(read_end);
	waitpid(cat, NULL, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(0, WEXITSTATUS(status));
}

static void test_time(void **state)
{
	struct timespec start, end;
	(void)state;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	struct total total = iterate(scratch("bulk.pcap"));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	check_total(&total);
	print_message("%u packets in %ld us\n", PACKETS,
	              (long)(end.tv_sec - start.tv_sec) * 1000000 + (end.tv_nsec - start.tv_nsec) / 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_allocates_nothing), cmocka_unit_test(test_system_calls), cmocka_unit_test(test_memory),
		cmocka_unit_test(test_time),
	};
	return cmocka_run_group_tests_name("bulk", tests, make_file, remove_file);
}
