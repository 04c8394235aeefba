/* SPDX-License-Identifier: MIT */
/* test_lab.c - the lab end to end: lab.c, built against the library, sniffs the demonstration network. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/ringtap.h>

static char output[65536];

/* Runs `argv` with its standard output into `output`, ends it after 10 seconds; its exit status. */
static int run(char *const argv[], void (*meanwhile)(void *), void *user)
{
	int pipes[2];
	size_t size = 0;
	assert_int_equal(pipe(pipes), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		alarm(10);
		execv(argv[0], argv);
		_exit(127);
	}
	close(pipes[1]);
	if (meanwhile)
		meanwhile(user);
	for (ssize_t n; size < sizeof output - 1 && (n = read(pipes[0], output + size, sizeof output - 1 - size)) > 0; )
		size += (size_t)n;
	output[size] = '\0';
	close(pipes[0]);
	int status = 0;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The lab binds its socket within this time; only then may the traffic begin. */
static void play(void *user)
{
	static struct rt_stop stop = { .fd = -1 };
	const struct timespec bound = { .tv_nsec = 300000000 };
	struct rt_error error;
	nanosleep(&bound, NULL);
	assert_int_equal(rt_demo_play(user, &stop, &error), 0);
}

static void test_live(void **state)
{
	struct rt_demo *demo;
	struct rt_error error = { 0 };
	(void)state;
	if (rt_demo_open(&demo, &error) < 0) {
		print_message("skipped: no private network: %s\n", error.what);
		skip();
	}
	char *argv[] = { RINGTAP_BUILD "/tests/lab", (char *)rt_demo_interface(demo), "ip and icmp", "4", NULL };
	int status = run(argv, play, demo);
	rt_demo_close(demo);
	assert_int_equal(status, 0);
	assert_non_null(strstr(output, "Ether / IP / ICMP 192.168.16.34 > 192.168.16.100 echo-request 0 / Raw\n"));
	assert_non_null(strstr(output, "layer 0: Ether\nlayer 1: IP\nlayer 2: ICMP\nlayer 3: Raw\n"));
	assert_non_null(strstr(output, "###[ ICMP ]###"));
	assert_non_null(strstr(output, "\n4 packets\n"));
}

static void write_syn(const char *path)
{
	/* one frame: the SYN of CLI.md, 192.168.16.34:43948 -> 192.168.16.100:8006, TTL 64 */
	static const uint8_t file[] = {
		0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0,
		0, 0xf1, 0x53, 0x65, 35, 0, 0, 0, 54, 0, 0, 0, 54, 0, 0, 0,
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0,
		0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0x98, 0xf8, 192, 168, 16, 34, 192, 168, 16, 100,
		0xab, 0xac, 0x1f, 0x46, 0, 0, 4, 0xd2, 0, 0, 0, 0, 0x50, 2, 0xfa, 0xf0, 0, 0, 0, 0,
	};
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, file, sizeof file), sizeof file);
	close(fd);
}

static void test_challenge(void **state)
{
	char path[] = "/tmp/ringtap-lab-XXXXXX.pcap";
	(void)state;
	int fd = mkstemps(path, 5);
	assert_true(fd >= 0);
	close(fd);
	write_syn(path);
	char *argv[] = { RINGTAP_BUILD "/tests/lab", path, "tcp", NULL };
	int status = run(argv, NULL, NULL);
	char *command[] = { RINGTAP_PROGRAM, "-r", path, "-t", "-q", NULL };
	char challenge[sizeof output];
	memcpy(challenge, output, sizeof output);
	int second = run(command, NULL, NULL);
	unlink(path);
	const char *want = "192.168.16.34:43948 -> 192.168.16.100:8006 TTL: 64, Flags: S\n";
	assert_int_equal(status, 0);
	assert_non_null(strstr(challenge, want));
	assert_int_equal(second, 0);
	assert_string_equal(output, want);
}

static int stop_at_once(const struct rt_packet *packet, void *user)
{
	(void)packet;
	++*(int *)user;
	return 1;
}

static void test_wrong(void **state)
{
	struct rt_error error = { 0 };
	int calls = 0;
	(void)state;
	assert_int_equal(rt_sniff(&(struct rt_sniff_options){ .file = "/nonexistent.pcap" }, stop_at_once, &calls,
	                          &error), -ENOENT);
	assert_non_null(strstr(error.what, "/nonexistent.pcap"));
	assert_int_equal(rt_sniff(&(struct rt_sniff_options){ .iface = "no-such-if0" }, stop_at_once, &calls, &error),
	                 -ENODEV);
	assert_int_equal(calls, 0);
}

static void test_callback_stops(void **state)
{
	char path[] = "/tmp/ringtap-lab-XXXXXX.pcap";
	struct rt_error error = { 0 };
	int calls = 0;
	(void)state;
	close(mkstemps(path, 5));
	write_syn(path);
	assert_int_equal(rt_sniff(&(struct rt_sniff_options){ .file = path, .filter = "udp" }, stop_at_once, &calls,
	                          &error), 0);
	assert_int_equal(rt_sniff(&(struct rt_sniff_options){ .file = path, .filter = "tcp dst port 8006" },
	                          stop_at_once, &calls, &error), 1);
	assert_int_equal(rt_sniff(&(struct rt_sniff_options){ .file = path, .filter = "ip and not host localhost" },
	                          stop_at_once, &calls, &error), 1);
	assert_int_equal(rt_sniff(&(struct rt_sniff_options){ .file = path, .filter = "tcp and and" }, stop_at_once,
	                          &calls, &error), -EINVAL);
	assert_int_equal(error.column, 9);
	unlink(path);
	assert_int_equal(calls, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_challenge),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_callback_stops),
		cmocka_unit_test(test_live),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
