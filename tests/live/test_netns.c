/* SPDX-License-Identifier: MIT */
/* test_netns.c - --netns: a capture in the network namespace of another process, by its id, a path and a name; and this
 * thread back where it was. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "live.h"

static pid_t other;             /* it has n0 <-> n1 in its namespace, and sends there twenty times a second */
static char id[16], path[64];

static void live_elsewhere(int ready)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	alarm(60);
	if (unshare(CLONE_NEWNET) < 0)
		_exit(1);
	live_link("n0", "n1");
	int sender = live_sender("n1");
	(void)!write(ready, "x", 1);
	for (uint32_t i = 0;; i++) {
		live_send(sender, 60, i, 1);
		live_rest(50);
	}
}

static int start_other(void **state)
{
	int pipes[2];
	char byte;
	(void)state;
	assert_int_equal(0, pipe(pipes));
	other = fork();
	if (other == 0)
		live_elsewhere(pipes[1]);
	close(pipes[1]);
	int rc = read(pipes[0], &byte, 1) == 1 ? 0 : -1;
	close(pipes[0]);
	snprintf(id, sizeof id, "%d", (int)other);
	snprintf(path, sizeof path, "/proc/%d/ns/net", (int)other);
	return rc;
}

static int end_other(void **state)
{
	(void)state;
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	return 0;
}

/* A name, as `ip netns add` makes one, where only this process sees it. */
static bool name_it(const char *name)
{
	char file[64];
	snprintf(file, sizeof file, "/run/netns/%s", name);
	if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("tmpfs", "/run", "tmpfs", 0, NULL) < 0 || mkdir("/run/netns", 0755) < 0)
		return false;
	close(open(file, O_RDONLY | O_CREAT | O_CLOEXEC, 0444));
	return mount(path, file, NULL, MS_BIND, NULL) == 0;
}

static ino_t own_netns(void)
{
	struct stat st = { 0 };
	stat("/proc/self/ns/net", &st);
	return st.st_ino;
}

static void check(const char *netns)
{
	struct live live;
	struct live_seen seen = { 0 };
	ino_t before = own_netns();
	live_open(&live, (struct rt_capture_options){ .iface = "n0", .netns = netns }, NULL, LIVE_RING);
	assert_int_equal(before, own_netns());
	assert_int_equal(0, live_read(&live, &seen, 3, 2000));
	assert_int_equal(3, seen.count);
	assert_string_equal("n0", seen.frames[0].iface);
	live_close(&live);
	live_forget(&seen);
}

static void test_id(void **state) { (void)state; check(id); }
static void test_path(void **state) { (void)state; check(path); }

static void test_name(void **state)
{
	(void)state;
	if (!name_it("ringtap-test")) {
		print_message("skipped: no mount namespace here: %s\n", strerror(errno));
		skip();
	}
	check("ringtap-test");
}

static const struct wrong_row { const char *netns, *iface; int code; const char *what, *hint; } wrong_rows[] = {
	{ "no-such-name", "lo", ENOENT, "netns no-such-name: No such file or directory",
	  "give a process id, a name of `ip netns`, or a path such as /proc/PID/ns/net" },
	{ "999999999", "lo", ENOENT, "netns 999999999: No such file or directory",
	  "give a process id, a name of `ip netns`, or a path such as /proc/PID/ns/net" },
	{ "/etc/passwd", "lo", EINVAL, "netns /etc/passwd: Invalid argument", "" },
	{ id, "v0", ENODEV, "v0: No such device", "interfaces: lo, n1, n0; a filter without an interface: ringtap -f v0" },
};

static void test_wrong(void **state)
{
	(void)state;
	ino_t before = own_netns();
	for (size_t i = 0; i < RT_COUNT(wrong_rows); i++) {
		const struct wrong_row *row = &wrong_rows[i];
		struct rt_capture *capture;
		struct rt_error error;
		const struct rt_capture_options with = { .iface = row->iface, .netns = row->netns };
		assert_int_equal(-row->code, rt_capture_open(&capture, &with, &error));
		assert_null(capture);
		assert_string_equal(row->what, error.what);
		assert_string_equal(row->hint, error.hint);
		assert_int_equal(before, own_netns());
	}
}

int main(void)
{
	if (!live_begin())
		return 77;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_id),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_name),            /* changes mounts: last */
	};
	return cmocka_run_group_tests(tests, start_other, end_other);
}
