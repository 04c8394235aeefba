/* SPDX-License-Identifier: MIT */
/* live.c - a private network, frames into it, and captures of them. */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "live.h"
#include "src/capture/netlink.h"
#include "src/capture/socket.h"
#include "src/capture/veth.h"

/* ---- the network ---------------------------------------------------------------------------------------- */

/* Interfaces that are made from now on have no IPv6 and so say nothing by themselves. */
static void silence(void)
{
	int fd = open("/proc/sys/net/ipv6/conf/default/disable_ipv6", O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && write(fd, "1", 1) != 1)
		print_message("IPv6 stays on: there may be other frames\n");
	if (fd >= 0)
		close(fd);
}

bool live_begin(void)
{
	if (unshare(CLONE_NEWNET) < 0) {
		printf("skipped: a private network namespace needs root: %s\n", strerror(errno));
		return false;
	}
	silence();
	int netlink = netlink_open();
	const struct veth_end one = { "v0", NULL, -1 }, other = { "v1", NULL, -1 };
	int rc = netlink < 0 ? netlink : veth_make(netlink, &one, &other);
	close(netlink);
	if (rc < 0) {
		printf("skipped: no veth interfaces here: %s\n", strerror(-rc));
		return false;
	}
	live_up("v0", true);
	live_up("v1", true);
	return true;
}

static int ask(int (*what)(int, const char *, bool), const char *name, bool flag)
{
	int netlink = netlink_open();
	int rc = netlink < 0 ? netlink : what(netlink, name, flag);
	close(netlink);
	return rc;
}

static int remove_it(int netlink, const char *name, bool flag) { (void)flag; return veth_remove(netlink, name); }

void live_up(const char *name, bool is_up)
{
	if (ask(veth_up, name, is_up) < 0)
		fail_msg("%s does not go %s", name, is_up ? "up" : "down");
}

void live_unlink(const char *name)
{
	if (ask(remove_it, name, false) < 0)
		fail_msg("%s cannot be removed", name);
}

void live_link(const char *one, const char *other)
{
	int netlink = netlink_open();
	const struct veth_end here = { one, NULL, -1 }, there = { other, NULL, -1 };
	assert_int_equal(0, veth_make(netlink, &here, &there));
	close(netlink);
	live_up(one, true);
	live_up(other, true);
}

/* ---- sending -------------------------------------------------------------------------------------------- */

int live_sender(const char *name)
{
	const struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(name) };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(0, bind(fd, (const void *)&at, sizeof at));
	return fd;
}

static void fill(uint8_t *frame, size_t from, size_t size, uint32_t number)
{
	for (size_t i = from; i < size; i++)
		frame[i] = (uint8_t)(number * 7 + i);
	for (size_t i = 0; i < 4; i++)
		frame[38 + i] = (uint8_t)(number >> (24 - 8 * i));
}

static void put_ether(uint8_t *frame, unsigned type)
{
	static const uint8_t addresses[12] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2 };
	memcpy(frame, addresses, sizeof addresses);
	frame[12] = (uint8_t)(type >> 8);
	frame[13] = (uint8_t)type;
}

void live_frame(uint8_t *frame, size_t size, uint32_t number)
{
	put_ether(frame, LIVE_TYPE);
	fill(frame, 14, size, number);
}

void live_ip_frame(uint8_t *frame, size_t size, uint8_t protocol, uint32_t number)
{
	const uint8_t header[20] = { 0x45, 0, (uint8_t)((size - 14) >> 8), (uint8_t)(size - 14), 0, 0, 0, 0, 64, protocol,
	                             0, 0, 10, 0, 0, 1, 10, 0, 0, 2 };
	put_ether(frame, 0x0800);
	fill(frame, 34, size, number);
	memcpy(frame + 14, header, sizeof header);
}

uint32_t live_number(const uint8_t *frame) { return rt_be32(frame + 38); }

void live_send(int sender, size_t size, uint32_t first, uint32_t count)
{
	uint8_t frame[9000];
	for (uint32_t i = 0; i < count; i++) {
		live_frame(frame, size, first + i);
		assert_int_equal(size, write(sender, frame, size));
	}
}

/* ---- capturing ------------------------------------------------------------------------------------------ */

static void open_with(struct live *live, struct rt_capture_options options, const char *filter, enum live_way way,
                      bool is_pcap)
{
	struct rt_error error = { 0 };
	*live = (struct live){ .stop = { .fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK) } };
	options.stop = &live->stop;
	if (rt_capture_open(&live->capture, &options, &error) < 0)
		fail_msg("%s", error.what);
	live->source = rt_capture_source(live->capture);
	live->capture->no_ring = way == LIVE_RECV;
	const struct rt_filter_options with = { .link = rt_capture_link(live->capture), .snaplen = options.snaplen,
	                                        .is_live = true, .is_pcap = is_pcap };
	if (filter && rt_filter_compile(&live->filter, filter, &with, &error) < 0)
		fail_msg("%s", error.what);
	if (rt_capture_start(live->capture, live->filter, &error) < 0)
		fail_msg("%s", error.what);
	assert_int_equal(way == LIVE_RING, rt_capture_ring_kib(live->capture) > 0);
}

void live_open(struct live *live, struct rt_capture_options options, const char *filter, enum live_way way)
{
	open_with(live, options, filter, way, false);
}

void live_open_pcap(struct live *live, struct rt_capture_options options, const char *filter, enum live_way way)
{
	open_with(live, options, filter, way, true);
}

void live_close(struct live *live)
{
	rt_source_close(live->source);
	rt_filter_free(live->filter);
	close(live->stop.fd);
}

struct collector { struct rt_sink sink; struct live_seen *seen; };

static int collect(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct live_seen *seen = ((struct collector *)sink)->seen;
	(void)error;
	for (size_t i = 0; i < count; i++) {
		const struct rt_frame *f = &frames[i];
		if (seen->count == seen->room) {
			seen->room = seen->room ? 2 * seen->room : 64;
			seen->frames = realloc(seen->frames, seen->room * sizeof *seen->frames);
			assert_non_null(seen->frames);
		}
		struct live_copy *copy = &seen->frames[seen->count++];
		*copy = (struct live_copy){ .caplen = f->caplen, .len = f->len, .time = f->time, .number = f->number,
		                            .direction = f->direction };
		strncpy(copy->iface, f->iface->name, sizeof copy->iface - 1);
		memcpy(copy->data, f->data, f->caplen < sizeof copy->data ? f->caplen : sizeof copy->data);
	}
	return 0;
}

static int nothing(struct rt_sink *sink, struct rt_error *error) { (void)sink; (void)error; return 0; }

int live_read(struct live *live, struct live_seen *seen, uint64_t count, unsigned ms)
{
	struct rt_error error = { 0 };
	struct collector collector = { { .take = collect, .flush = nothing, .close = nothing }, seen };
	struct rt_sink *sinks[] = { &collector.sink };
	struct rt_run run = { .source = live->source, .sinks = sinks, .sink_count = 1, .limit = count,
	                      .stop = &live->stop };
	const struct itimerspec at = { .it_value = { ms / 1000, (long)(ms % 1000) * 1000000 + (ms == 0) } };
	timerfd_settime(live->stop.fd, 0, &at, NULL);
	int rc = rt_run(&run, &error);
	if (rc < 0)
		print_message("%s\n", error.what);
	return rc;
}

void live_forget(struct live_seen *seen)
{
	free(seen->frames);
	*seen = (struct live_seen){ 0 };
}

uint64_t live_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void live_rest(unsigned ms)
{
	const struct timespec time = { ms / 1000, (long)(ms % 1000) * 1000000 };
	nanosleep(&time, NULL);
}
