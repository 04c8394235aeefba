/* SPDX-License-Identifier: MIT */
/* test_demo.c - the demonstration network: what is heard in it, and that nothing is left of it; as root, and as
 * nobody. */
#include <errno.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/ringtap.h>
#include "live.h"

struct heard { unsigned arp, request, reply, syn, fin, data, dns, nxdomain, ping6, neighbour, vlan, unreachable, all; };

static void count_frame(struct heard *heard, const struct rt_packet *packet)
{
	uint64_t value, port = 0;
	heard->all++;
	heard->arp += rt_has(packet, "ARP");
	heard->request += rt_get_number(packet, "ICMP", "type", &value) && value == 8;
	heard->reply += rt_get_number(packet, "ICMP", "type", &value) && value == 0;
	heard->unreachable += rt_get_number(packet, "ICMP", "type", &value) && value == 3;
	heard->vlan += rt_get_number(packet, "Dot1Q", "vlan", &value) && value == 5;
	heard->dns += rt_has(packet, "DNS");
	heard->nxdomain += rt_get_number(packet, "DNS", "rcode", &value) && value == 3;
	heard->ping6 += rt_has(packet, "IPv6") && packet->frame->caplen == 14 + 40 + 64;
	heard->neighbour += rt_has(packet, "IPv6") && packet->frame->caplen == 14 + 40 + 32;
	if (!rt_get_number(packet, "TCP", "sport", &port))
		return;
	assert_true(port == 43948 || port == 8006);
	rt_get_number(packet, "TCP", "flags", &value);
	heard->syn += (value & 2) != 0;
	heard->fin += (value & 1) != 0;
	heard->data += (value & 8) != 0;
}

static int hear(const struct rt_packet *packet, void *user) { count_frame(user, packet); return 0; }

/* As main.c does it; in a process of its own, for it changes namespaces. */
static struct heard play(void)
{
	struct rt_error error = { 0 };
	struct rt_demo *demo;
	struct rt_stop stop = { .fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) };
	struct heard heard = { 0 };
	if (rt_demo_open(&demo, &error) < 0)
		fail_msg("%s", error.what);
	assert_string_equal("demo0", rt_demo_interface(demo));
	struct rt_capture *capture;
	const struct rt_capture_options with = { .iface = "demo0", .stop = &stop };
	if (rt_capture_open(&capture, &with, &error) < 0 || rt_capture_start(capture, NULL, &error) < 0)
		fail_msg("%s", error.what);
	uint64_t start = live_ms();
	assert_int_equal(0, rt_demo_play(demo, &stop, &error));
	struct rt_source *source = rt_capture_source(capture);
	struct rt_dissector *dissector;
	assert_int_equal(0, rt_dissector_new(&dissector, &error));
	struct rt_batch batch;
	while (source->next(source, &batch, &error) == 1) {
		for (size_t i = 0; i < batch.count; i++) {
			struct rt_packet packet;
			rt_decode(dissector, &batch.frames[i], &packet);
			hear(&packet, &heard);
		}
		source->release(source);
	}
	assert_in_range(live_ms() - start, 300, 3500);
	rt_source_close(source);
	rt_dissector_free(dissector);
	rt_demo_close(demo);
	close(stop.fd);
	return heard;
}

static void check(const struct heard *heard)
{
	assert_in_range(heard->arp, 2, 20);
	assert_int_equal(4, heard->request);
	assert_int_equal(4, heard->reply);
	assert_int_equal(2, heard->syn);
	assert_int_equal(2, heard->fin);
	assert_in_range(heard->data, 2, 4);
	assert_int_equal(6, heard->dns);
	assert_int_equal(1, heard->nxdomain);
	assert_int_equal(4, heard->ping6);
	assert_in_range(heard->neighbour, 2, 20);
	assert_int_equal(1, heard->vlan);
	assert_int_equal(1, heard->unreachable);
}

/* No child is left to wait for, and no interface. */
static void check_gone(void)
{
	assert_int_equal(-1, waitpid(-1, NULL, WNOHANG));
	assert_int_equal(ECHILD, errno);
	assert_int_equal(0, if_nametoindex("demo0"));
}

/* Runs `what` in a child; what it prints and whether it failed is the test's. */
static void apart(void (*what)(void))
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		alarm(20);
		what();
		_exit(0);
	}
	assert_int_equal(pid, waitpid(pid, &status, 0));
	assert_true(WIFEXITED(status));
	assert_int_equal(0, WEXITSTATUS(status));
}

static void play_once(void)
{
	struct heard heard = play();
	check(&heard);
	check_gone();
}

static void play_twice(void)
{
	play_once();
	play_once();
}

/* EPERM and ENOSPC are kernels and containers that do not let users make namespaces. */
static void play_as_nobody(void)
{
	struct rt_demo *demo;
	struct rt_error error;
	if (setgid(65534) < 0 || setuid(65534) < 0)
		_exit(0);
	if (rt_demo_open(&demo, &error) == 0) {
		rt_demo_close(demo);
		play_once();
		return;
	}
	print_message("not as nobody here: %s (%s)\n", error.what, error.hint);
	assert_non_null(strstr(error.what, "demo: "));
	assert_string_not_equal("", error.hint);
}

/* Closed in the middle of the talk. */
static void close_early(void)
{
	struct rt_demo *demo;
	struct rt_error error;
	assert_int_equal(0, rt_demo_open(&demo, &error));
	assert_int_equal(0, rt_demo_play(demo, NULL, &error));
	live_rest(50);
	rt_demo_close(demo);
	check_gone();
	rt_demo_close(NULL);
}

static void test_demo(void **state) { (void)state; apart(play_once); }
static void test_twice(void **state) { (void)state; apart(play_twice); }
static void test_as_nobody(void **state) { (void)state; apart(play_as_nobody); }
static void test_close_early(void **state) { (void)state; apart(close_early); }

int main(void)
{
	if (!live_begin())
		return 77;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_demo),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_as_nobody),
		cmocka_unit_test(test_close_early),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
