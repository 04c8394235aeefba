/* SPDX-License-Identifier: MIT */
/* test_life.c - how a capture ends and what it survives: stop while nothing comes and while too much comes, an
 * interface that goes down and comes back, one that is removed, limits, interfaces that are no Ethernet. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "live.h"
#include "rows.h"
#include "src/capture/socket.h"

#define PROMPT_MS 200           /* a stop is obeyed within this time */

static const struct rt_capture_options v0 = { .iface = "v0" };

static pid_t flood(void)
{
	pid_t pid = fork();
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	alarm(20);
	int sender = live_sender("v1");
	for (uint32_t i = 0; i < 4000; i++)
		live_send(sender, 60, i, 5000);
	_exit(0);
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* ---- stop ----------------------------------------------------------------------------------------------- */

/* Whoever looks only at `next` must see it end: a descriptor that is readable is enough, and so is `now`. */
static const struct stop_row { const char *name; bool sets_now, is_flooded; enum live_way way; } stop_rows[] = {
	{ "silence, descriptor",       false, false, LIVE_RING },
	{ "silence, both",             true,  false, LIVE_RING },
	{ "flood, descriptor",         false, true,  LIVE_RING },
	{ "flood, both",               true,  true,  LIVE_RING },
	{ "recvmsg silence, descriptor", false, false, LIVE_RECV },
	{ "recvmsg flood, descriptor", false, true,  LIVE_RECV },
};

static volatile sig_atomic_t *now_flag;
static int now_fd;

static void on_alarm(int number)
{
	const uint64_t one = 1;
	(void)number;
	if (now_flag)
		*now_flag = 1;
	(void)!write(now_fd, &one, sizeof one);
}

static void test_stop(void **state)
{
	const struct stop_row *row = *state;
	struct live live;
	struct rt_error error;
	struct rt_batch batch;
	live_open(&live, v0, NULL, row->way);
	close(live.stop.fd);
	live.stop.fd = now_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	now_flag = row->sets_now ? &live.stop.now : NULL;
	pid_t pid = row->is_flooded ? flood() : 0;
	struct sigaction action = { .sa_handler = on_alarm, .sa_flags = SA_RESTART };
	sigaction(SIGALRM, &action, NULL);
	uint64_t start = live_ms(), frames = 0;
	ualarm(300000, 0);
	while (live.source->next(live.source, &batch, &error) == 1) {
		frames += batch.count;
		live.source->release(live.source);
		assert_true(live_ms() - start < 5000);
	}
	uint64_t took = live_ms() - start;
	if (pid)
		end(pid);
	assert_in_range(took, 300, 300 + PROMPT_MS);
	assert_true(row->is_flooded ? frames > 1000 : frames == 0);
	assert_int_equal(0, live.source->next(live.source, &batch, &error));    /* and it stays ended */
	live_close(&live);
}

/* A stop by descriptor loses nothing that was there before it. */
static void test_stop_drains(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	(void)state;
	live_open(&live, v0, NULL, LIVE_RING);
	int sender = live_sender("v1");
	live_send(sender, 1400, 0, 3000);
	live_rest(50);                                  /* the last block is given out by time */
	assert_int_equal(0, live_read(&live, &seen, 0, 1));
	assert_int_equal(3000, seen.count);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* Neither a descriptor nor a signal: seen when poll comes back by itself. */
static void test_no_descriptor(void **state)
{
	struct live live;
	struct rt_error error;
	struct rt_batch batch;
	(void)state;
	live_open(&live, v0, NULL, LIVE_RING);
	int timer = live.stop.fd;
	live.stop.fd = -1;
	uint64_t start = live_ms();
	assert_int_equal(1, live.source->next(live.source, &batch, &error));
	assert_int_equal(0, batch.count);
	assert_true(live_ms() - start < PROMPT_MS);
	live.source->release(live.source);
	live.stop.now = 1;
	assert_int_equal(0, live.source->next(live.source, &batch, &error));
	live.stop.fd = timer;
	live_close(&live);
}

static void test_limit(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	(void)state;
	live_open(&live, v0, NULL, LIVE_RING);
	int sender = live_sender("v1");
	live_send(sender, 60, 0, 100);
	assert_int_equal(0, live_read(&live, &seen, 7, 1000));
	assert_int_equal(7, seen.count);
	assert_int_equal(6, live_number(seen.frames[6].data));
	assert_int_equal(7, seen.frames[6].number);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* ---- the interface -------------------------------------------------------------------------------------- */

static const struct life_row { const char *name; enum live_way way; } life_rows[] = {
	{ "ring", LIVE_RING }, { "recv", LIVE_RECV },
};

static void test_down_and_up(void **state)
{
	const struct life_row *row = *state;
	struct live live;
	struct live_seen seen = { 0 };
	live_open(&live, v0, NULL, row->way);
	int sender = live_sender("v1");
	live_send(sender, 60, 0, 10);
	live_up("v0", false);
	uint64_t start = live_ms();
	assert_int_equal(0, live_read(&live, &seen, 10, 1000));
	assert_int_equal(10, seen.count);
	(void)start;
	live_up("v0", true);
	live_rest(50);
	live_send(sender, 60, 10, 10);
	assert_int_equal(0, live_read(&live, &seen, 10, 1000));
	assert_int_equal(20, seen.count);
	assert_int_equal(19, live_number(seen.frames[19].data));
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* POLLERR must be read away, or waiting becomes a busy loop. */
static void test_down_rests(void **state)
{
	const struct life_row *row = *state;
	struct live live;
	struct rt_error error;
	struct rt_batch batch;
	live_open(&live, v0, NULL, row->way);
	live_up("v0", false);
	uint64_t start = live_ms();
	unsigned turns = 0;
	for (; live_ms() - start < 1500; turns++) {
		assert_int_equal(1, live.source->next(live.source, &batch, &error));
		live.source->release(live.source);
	}
	assert_in_range(turns, 1, 4);
	live_up("v0", true);
	live_close(&live);
}

static void test_opened_while_down(void **state)
{
	const struct life_row *row = *state;
	struct live live;
	struct live_seen seen = { 0 };
	live_up("v0", false);
	live_open(&live, v0, NULL, row->way);
	live_up("v0", true);
	live_rest(50);
	int sender = live_sender("v1");
	live_send(sender, 60, 0, 5);
	assert_int_equal(0, live_read(&live, &seen, 5, 1000));
	assert_int_equal(5, seen.count);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

static void test_removed(void **state)
{
	const struct life_row *row = *state;
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_error error = { 0 };
	struct rt_batch batch;
	int rc;
	live_link("w0", "w1");
	live_open(&live, (struct rt_capture_options){ .iface = "w0" }, NULL, row->way);
	int sender = live_sender("w1");
	live_send(sender, 60, 0, 10);
	close(sender);
	live_unlink("w0");
	size_t frames = 0;
	uint64_t start = live_ms();
	while ((rc = live.source->next(live.source, &batch, &error)) == 1) {
		frames += batch.count;
		live.source->release(live.source);
	}
	assert_int_equal(-ENODEV, rc);
	assert_string_equal("w0: the interface was removed", error.what);
	assert_int_equal(10, frames);                   /* all good frames first */
	assert_true(live_ms() - start < 2000);
	live_close(&live);
	live_forget(&seen);
}

/* Taken away between open and start: there is nothing to bind to. */
static void test_removed_early(void **state)
{
	struct rt_capture *capture;
	struct rt_error error;
	(void)state;
	live_link("w0", "w1");
	assert_int_equal(0, rt_capture_open(&capture, &(struct rt_capture_options){ .iface = "w0" }, &error));
	live_unlink("w0");
	assert_int_equal(-ENODEV, rt_capture_start(capture, NULL, &error));
	assert_string_equal("w0: promiscuous mode: No such device", error.what);
	rt_source_close(rt_capture_source(capture));
}

/* ---- links ---------------------------------------------------------------------------------------------- */

/* A tap that says it is of that type (TUNSETLINK), or a tun. A negative descriptor: not possible here. */
static int make_tap(const char *name, short mode, int type)
{
	struct ifreq request = { .ifr_flags = (short)(mode | IFF_NO_PI) };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -1;
	strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
	if (ioctl(fd, TUNSETIFF, &request) == 0 && (!type || ioctl(fd, TUNSETLINK, type) == 0))
		return fd;
	close(fd);
	return -1;
}

static void test_tun(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	uint8_t frame[114];
	(void)state;
	int tun = make_tap("t0", IFF_TUN, 0);
	if (tun < 0) {
		print_message("skipped: no /dev/net/tun\n");
		skip();
	}
	live_up("t0", true);
	live_open(&live, (struct rt_capture_options){ .iface = "t0" }, NULL, LIVE_RING);
	assert_int_equal(RT_LINK_RAW, rt_capture_link(live.capture));
	live_ip_frame(frame, sizeof frame, 253, 1);
	assert_int_equal(100, write(tun, frame + 14, 100));             /* no header: IP comes first */
	assert_int_equal(0, live_read(&live, &seen, 1, 1000));
	assert_int_equal(1, seen.count);
	assert_int_equal(100, seen.frames[0].len);
	assert_memory_equal(frame + 14, seen.frames[0].data, 100);
	live_close(&live);
	live_forget(&seen);
	close(tun);
}

static const struct type_row { const char *name; int type, link; const char *what; } type_rows[] = {
	{ "none",     65534, RT_LINK_RAW, NULL },
	{ "ppp",      512,   RT_LINK_RAW, NULL },
	{ "radiotap", 803,   RT_LINK_RADIOTAP, NULL },
	{ "802.15.4", 804,   -1, "t1: link/ieee802.15.4: this link type is not known" },
	{ "a number", 4711,  -1, "t1: link/[4711]: this link type is not known" },
};

static void test_type(void **state)
{
	const struct type_row *row = *state;
	struct rt_capture *capture = NULL;
	struct rt_error error = { 0 };
	int tap = make_tap("t1", IFF_TAP, row->type);
	if (tap < 0) {
		print_message("skipped: no /dev/net/tun\n");
		skip();
	}
	int rc = rt_capture_open(&capture, &(struct rt_capture_options){ .iface = "t1" }, &error);
	if (row->what) {
		assert_int_equal(-EAFNOSUPPORT, rc);
		assert_string_equal(row->what, error.what);
		assert_null(capture);
	} else {
		assert_int_equal(0, rc);
		assert_int_equal(row->link, rt_capture_link(capture));
		rt_source_close(rt_capture_source(capture));
	}
	close(tap);
}

/* ---- running them --------------------------------------------------------------------------------------- */

int main(void)
{
	if (!live_begin())
		return 77;
	for (size_t i = 0; i < RT_COUNT(stop_rows); i++)
		rows_add("stop", stop_rows[i].name, test_stop, &stop_rows[i]);
	for (size_t i = 0; i < RT_COUNT(life_rows); i++) {
		rows_add("down and up", life_rows[i].name, test_down_and_up, &life_rows[i]);
		rows_add("down without haste", life_rows[i].name, test_down_rests, &life_rows[i]);
		rows_add("opened while down", life_rows[i].name, test_opened_while_down, &life_rows[i]);
		rows_add("removed", life_rows[i].name, test_removed, &life_rows[i]);
	}
	for (size_t i = 0; i < RT_COUNT(type_rows); i++)
		rows_add("type", type_rows[i].name, test_type, &type_rows[i]);
	rows_add("stop drains", NULL, test_stop_drains, NULL);
	rows_add("stop without descriptor", NULL, test_no_descriptor, NULL);
	rows_add("limit", NULL, test_limit, NULL);
	rows_add("removed before the start", NULL, test_removed_early, NULL);
	rows_add("tun has no header", NULL, test_tun, NULL);
	return rows_run("life");
}
