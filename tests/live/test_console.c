/* SPDX-License-Identifier: MIT */
/* test_console.c - sniff() of the console on a real ring: count, filter, prn, timeout; and Ctrl-C, after which what
 * came so far is returned and the script goes on. */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/packets.h>
#include "live.h"
#include "sample.h"

static struct rt_host *host;
static struct rt_script *script;
static struct rt_text out;
static char output[4096];
static struct rt_stop stop;
static int sender;
static atomic_bool is_over;

static void run(const char *text, const char *expected)
{
	struct rt_script_error what = { .what = "" };
	rt_text_init(&out, output, sizeof output - 1, -1);
	rt_script_run(script, text, strlen(text), "test", RT_SCRIPT_ECHO, &what);
	*out.at = '\0';
	assert_string_equal(what.what, "");
	assert_string_equal(output, expected);
}

/* A frame every 2 ms of each kind, for at most 20 s. */
static void *send_frames(void *unused)
{
	uint8_t frame[64];
	for (unsigned i = 0; i < 10000 && !is_over; i++) {
		live_frame(frame, sizeof frame, i);
		(void)!write(sender, frame, sizeof frame);
		live_ip_frame(frame, sizeof frame, 253, i);
		(void)!write(sender, frame, sizeof frame);
		usleep(2000);
	}
	return unused;
}

/* What a console's handler of SIGINT does. */
static void *press_ctrl_c(void *unused)
{
	const uint64_t one = 1;
	usleep(300000);
	stop.now = 1;
	rt_script_interrupt(script);
	(void)!write(stop.fd, &one, sizeof one);
	return unused;
}

static void count_ends_it(void **state)
{
	(void)state;
	run("p = sniff(iface='v1', count=3); len(p)", "3\n");
	run("len(sniff(count=5, iface='v1', filter='ip proto 253')[IP])", "5\n");
	run("p = sniff(iface='v1', count=2, lfilter=lambda x: IP in x, prn=lambda x: x[IP].proto)", "253\n253\n");
	run("p", "<Sniffed: TCP:0 UDP:0 ICMP:0 Other:2>\n");
	run("sniff(iface='v1', store=0, count=2)", "<Sniffed: TCP:0 UDP:0 ICMP:0 Other:0>\n");
	run("p = sniff(iface='v1', stop_filter=lambda x: IP in x); IP in p[-1], len(p[:-1][IP])", "(True, 0)\n");
	run("p[0].sniffed_on", "'v1'\n");
}

static void time_ends_it(void **state)
{
	const uint64_t start = live_ms();
	(void)state;
	run("sniff(iface='v0', filter='ip proto 99', timeout=1)", "<Sniffed: TCP:0 UDP:0 ICMP:0 Other:0>\n");
	assert_in_range(live_ms() - start, 950, 3000);
	run("len(sniff(iface='v1', timeout=1)) > 20", "True\n");
}

/* While it waits, and while a function of the script runs. */
static void ctrl_c_ends_it(void **state)
{
	pthread_t thread;
	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, press_ctrl_c, NULL), 0);
	run("p = sniff(iface='v0', filter='ip proto 99'); print('on'); len(p)", "on\n0\n");
	pthread_join(thread, NULL);
	assert_int_equal(pthread_create(&thread, NULL, press_ctrl_c, NULL), 0);
	run("p = sniff(iface='v1', prn=lambda x: None); print('on'); len(p) > 10", "on\nTrue\n");
	pthread_join(thread, NULL);
	assert_int_equal(pthread_create(&thread, NULL, press_ctrl_c, NULL), 0);
	run("def busy(x):\n    while True: pass\n", "");
	run("n = len(sniff(iface='v1', prn=busy))\nprint('on', n)", "on 1\n");
	pthread_join(thread, NULL);
	run("len(sniff(iface='v1', count=2))", "2\n");       /* nothing of it is left */
	assert_int_equal(pthread_create(&thread, NULL, press_ctrl_c, NULL), 0);
	run("try:\n    while True: pass\nexcept KeyboardInterrupt: print('on')\n", "on\n");
	pthread_join(thread, NULL);
	run("len(sniff(iface='v1', count=2))", "2\n");       /* it was answered */
}

/* What a function of the script printed is seen while sniff() goes on: only then this stops it. */
static void *wait_for_output(void *fd)
{
	struct pollfd ready = { .fd = *(const int *)fd, .events = POLLIN };
	if (poll(&ready, 1, 5000) == 1)
		press_ctrl_c(NULL);
	return NULL;
}

static void output_is_seen_at_once(void **state)
{
	static const char text[] =
		"n = []\ndef once(x):\n    n.append(x)\n    return 'seen' if len(n) == 1 else None\n"
		"p = sniff(iface='v1', prn=once, timeout=8)\n";
	struct rt_script_error what = { .what = "" };
	pthread_t thread;
	int ends[2];
	const uint64_t start = live_ms();
	(void)state;
	assert_int_equal(pipe(ends), 0);
	rt_text_init(&out, output, sizeof output, ends[1]);
	assert_int_equal(pthread_create(&thread, NULL, wait_for_output, ends), 0);
	rt_script_run(script, text, sizeof text - 1, "test", 0, &what);
	pthread_join(thread, NULL);
	assert_string_equal(what.what, "");
	assert_in_range(live_ms() - start, 0, 4000);
	assert_int_equal(read(ends[0], output, 5), 5);
	assert_memory_equal(output, "seen\n", 5);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(count_ends_it), cmocka_unit_test(time_ends_it), cmocka_unit_test(ctrl_c_ends_it),
		cmocka_unit_test(output_is_seen_at_once),
	};
	struct rt_error error;
	pthread_t thread;
	if (!live_begin())
		return 77;
	stop.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	sender = live_sender("v0");
	const struct rt_host_options options = { .dissector = sample_dissector(), .stop = &stop };
	if (rt_host_new(&host, &options, &error) < 0)
		return 1;
	const struct rt_script_options with = { .out = &out, .find = rt_host_find, .context = host };
	if (rt_script_new(&script, &with, &error) < 0 || pthread_create(&thread, NULL, send_frames, NULL) != 0)
		return 1;
	const int failed = cmocka_run_group_tests_name("live_console", tests, NULL, NULL);
	is_over = true;
	pthread_join(thread, NULL);
	rt_script_free(script);
	rt_host_free(host);
	return failed;
}
