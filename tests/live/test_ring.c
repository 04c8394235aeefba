/* SPDX-License-Identifier: MIT */
/* test_ring.c - what was sent over a veth pair is what a capture lends: all of it, in order, with its VLAN tags, cut
 * only where asked; through the ring, and through recvmsg. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "live.h"
#include "rows.h"
#include "src/capture/netlink.h"
#include "src/capture/socket.h"

static const struct rt_capture_options v0 = { .iface = "v0" };

/* ---- all of it, in order -------------------------------------------------------------------------------- */

#define MANY 20000u

static const struct way_row { const char *name; enum live_way way; uint32_t many; } way_rows[] = {
	{ "ring", LIVE_RING, MANY },
	{ "recv", LIVE_RECV, 1000 },            /* so many are sure to fit into the socket's queue */
};

static void test_everything(void **state)
{
	const struct way_row *row = *state;
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_stats stats;
	live_open(&live, v0, NULL, row->way);
	int sender = live_sender("v1");
	for (uint32_t i = 0; i < row->many; i += 1000) {
		live_send(sender, 60 + i % 1400, i, 1000);
		assert_int_equal(0, live_read(&live, &seen, 1000, 3000));
	}
	assert_int_equal(row->many, seen.count);
	for (uint32_t i = 0; i < row->many; i++) {
		assert_int_equal(i, live_number(seen.frames[i].data));
		assert_int_equal(i % 1000 + 1, seen.frames[i].number);
		assert_int_equal(60 + i / 1000 * 1000 % 1400, seen.frames[i].caplen);
		assert_int_equal(seen.frames[i].caplen, seen.frames[i].len);
		assert_string_equal("v0", seen.frames[i].iface);
		assert_true(i == 0 || seen.frames[i].time >= seen.frames[i - 1].time);
	}
	live.source->stats(live.source, &stats);
	assert_int_equal(row->many, stats.received);
	assert_int_equal(0, stats.dropped);
	assert_int_equal(0, stats.cut);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* The two ways side by side give the same. */
static void test_same(void **state)
{
	struct live ring, recv;
	struct live_seen one = { 0 }, other = { 0 };
	const uint32_t count = 300;
	uint8_t frame[1500];
	(void)state;
	const struct rt_capture_options options = { .iface = "v0", .snaplen = 700 };
	live_open(&ring, options, NULL, LIVE_RING);
	live_open(&recv, options, NULL, LIVE_RECV);
	int sender = live_sender("v1"), back = live_sender("v0");
	for (uint32_t i = 0; i < count; i++) {
		size_t size = 60 + i * 7 % 1400;
		live_frame(frame, size, i);
		if (i % 3 == 0)
			memcpy(frame + 12, (const uint8_t[]){ 0x81, 0, 0, (uint8_t)i }, 4);
		assert_int_equal(size, write(i % 5 ? sender : back, frame, size));
	}
	assert_int_equal(0, live_read(&ring, &one, count, 3000));
	assert_int_equal(0, live_read(&recv, &other, count, 3000));
	assert_int_equal(count, one.count);
	assert_int_equal(count, other.count);
	for (uint32_t i = 0; i < count; i++) {
		const struct live_copy *a = &one.frames[i], *b = &other.frames[i];
		assert_int_equal(a->caplen, b->caplen);
		assert_int_equal(a->len, b->len);
		assert_int_equal(a->direction, b->direction);
		assert_int_equal(i % 5 ? RT_DIRECTION_IN : RT_DIRECTION_OUT, b->direction);
		assert_memory_equal(a->data, b->data, a->caplen);
		assert_true(a->time - b->time + 1000000000u < 2000000000u);
	}
	live_close(&ring);
	live_close(&recv);
	live_forget(&one);
	live_forget(&other);
	close(sender);
	close(back);
}

/* ---- VLAN tags ------------------------------------------------------------------------------------------ */

/* Tags are in the bytes that are sent. The kernel of the receiving end moves the outer one aside. */
static const struct tag_row { const char *name; uint8_t size, tags[8]; uint32_t snaplen; uint32_t caplen; } tag_rows[] = {
	{ "untagged",             0, { 0 },                               0,  100 },
	{ "802.1Q",               4, { 0x81, 0, 0, 5 },                   0,  100 },
	{ "802.1Q with priority", 4, { 0x81, 0, 0xef, 0xff },             0,  100 },
	{ "802.1Q, vid 0",        4, { 0x81, 0, 0, 0 },                   0,  100 },
	{ "802.1ad",              4, { 0x88, 0xa8, 0, 7 },                0,  100 },
	{ "QinQ",                 8, { 0x88, 0xa8, 0, 7, 0x81, 0, 0, 5 }, 0,  100 },
	{ "802.1Q twice",         8, { 0x81, 0, 0, 7, 0x81, 0, 0, 5 },    0,  100 },
	{ "9100",                 4, { 0x91, 0, 0, 7 },                   0,  100 },
	{ "cut behind the tag",   4, { 0x81, 0, 0, 5 },                   60, 60 },
	{ "cut at its end",       4, { 0x81, 0, 0, 5 },                   16, 16 },
	{ "cut inside the tag",   4, { 0x81, 0, 0, 5 },                   14, 14 },
	{ "cut at its start",     4, { 0x81, 0, 0, 5 },                   12, 12 },
	{ "cut before the tag",   4, { 0x81, 0, 0, 5 },                   9,  9 },
};

static void check_tag(const struct tag_row *row, const char *iface, enum live_way way)
{
	struct live live;
	struct live_seen seen = { 0 };
	uint8_t frame[100];
	live_open(&live, (struct rt_capture_options){ .iface = iface, .snaplen = row->snaplen }, NULL, way);
	int sender = live_sender("v1");
	live_frame(frame, sizeof frame, 1);
	memcpy(frame + 12, row->tags, row->size);
	assert_int_equal(sizeof frame, write(sender, frame, sizeof frame));
	assert_int_equal(0, live_read(&live, &seen, 1, 1000));
	assert_int_equal(1, seen.count);
	assert_int_equal(row->caplen, seen.frames[0].caplen);
	assert_int_equal(sizeof frame, seen.frames[0].len);
	assert_memory_equal(frame, seen.frames[0].data, row->caplen);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

static void test_tag(void **state)
{
	static const char *const ends[] = { "v0", "v1" };
	for (size_t end = 0; end < RT_COUNT(ends); end++) {
		check_tag(*state, ends[end], LIVE_RING);
		check_tag(*state, ends[end], LIVE_RECV);
	}
}

/* ---- what is cut, and what is not ----------------------------------------------------------------------- */

static void test_snaplen(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_stats stats;
	const struct way_row *row = *state;
	live_open(&live, (struct rt_capture_options){ .iface = "v0", .snaplen = 96 }, NULL, row->way);
	int sender = live_sender("v1");
	live_send(sender, 1000, 0, 50);
	live_send(sender, 80, 50, 50);
	assert_int_equal(96, live.capture->kernel_snaplen);     /* the program that is attached says so */
	assert_int_equal(0, live_read(&live, &seen, 100, 2000));
	assert_int_equal(100, seen.count);
	for (uint32_t i = 0; i < 100; i++) {
		assert_int_equal(i < 50 ? 96 : 80, seen.frames[i].caplen);
		assert_int_equal(i < 50 ? 1000 : 80, seen.frames[i].len);
	}
	live.source->stats(live.source, &stats);
	assert_int_equal(0, stats.cut);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* 14 + 20 + 8 + 65507 bytes, the largest UDP datagram, in one frame of lo. */
static void test_large(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_stats stats;
	static uint8_t data[65507];
	const struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct way_row *row = *state;
	live_up("lo", true);
	live_open(&live, (struct rt_capture_options){ .iface = "lo" }, "udp", row->way);
	int sender = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	for (unsigned i = 0; i < 20; i++)
		assert_int_equal(sizeof data, sendto(sender, data, sizeof data, 0, (const void *)&to, sizeof to));
	assert_int_equal(0, live_read(&live, &seen, 20, 2000));
	assert_int_equal(20, seen.count);
	for (unsigned i = 0; i < 20; i++) {
		assert_int_equal(65549, seen.frames[i].len);
		assert_int_equal(65549, seen.frames[i].caplen);
	}
	live.source->stats(live.source, &stats);
	assert_int_equal(0, stats.cut);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* ---- counting ------------------------------------------------------------------------------------------- */

/* Nobody reads while 5000 frames come into the smallest ring. */
static void test_drops(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_stats stats, again;
	(void)state;
	live_open(&live, (struct rt_capture_options){ .iface = "v0", .ring_kib = 1 }, NULL, LIVE_RING);
	assert_int_equal(512, rt_capture_ring_kib(live.capture));
	int sender = live_sender("v1");
	live_send(sender, 1000, 0, 5000);
	live.source->stats(live.source, &stats);
	assert_int_equal(5000, stats.received);
	assert_in_range(stats.dropped, 4000, 4999);
	assert_int_not_equal(0, stats.frozen);
	assert_int_equal(0, live_read(&live, &seen, 0, 300));
	assert_int_equal(stats.received - stats.dropped, seen.count);
	live.source->stats(live.source, &again);                /* sums, although the kernel's were cleared */
	assert_int_equal(stats.received, again.received);
	assert_int_equal(stats.dropped, again.dropped);
	live_send(sender, 1000, 0, 10);
	live.source->stats(live.source, &again);
	assert_int_equal(stats.received + 10, again.received);
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

static const struct ring_row { const char *name; uint32_t asked, low, high; } ring_rows[] = {
	{ "smallest",     1,    512,  512 },
	{ "rounded up",   1025, 1280, 1280 },
	{ "as asked",     4096, 4096, 4096 },
	{ "by itself",    0,    1024, 16384 },
};

static void test_ring_size(void **state)
{
	const struct ring_row *row = *state;
	struct live live;
	live_open(&live, (struct rt_capture_options){ .iface = "v0", .ring_kib = row->asked }, NULL, LIVE_RING);
	assert_in_range(rt_capture_ring_kib(live.capture), row->low, row->high);
	live_close(&live);
}

/* Address space for some blocks only, as a small machine has memory for some only: the ring is halved until it fits. */
static void open_in_a_corner(void)
{
	struct live live;
	struct live_seen seen = { 0 };
	unsigned long pages = 0;
	FILE *statm = fopen("/proc/self/statm", "r");
	if (!statm || fscanf(statm, "%lu", &pages) != 1)
		_exit(77);
	fclose(statm);
	const rlim_t most = pages * (unsigned long)sysconf(_SC_PAGESIZE) + (6u << 20);
	const struct rlimit limit = { most, most };
	int sender = live_sender("v1");
	setrlimit(RLIMIT_AS, &limit);
	live_open(&live, (struct rt_capture_options){ .iface = "v0", .ring_kib = 16384 }, NULL, LIVE_RING);
	if (rt_capture_ring_kib(live.capture) != 4096 && rt_capture_ring_kib(live.capture) != 2048)
		_exit(2);
	live_send(sender, 60, 0, 10);
	if (live_read(&live, &seen, 10, 1000) < 0 || seen.count != 10)
		_exit(3);
	_exit(0);
}

static void test_ring_halves(void **state)
{
	int status = 0;
	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	skip();                         /* its shadow memory needs more address space than any limit */
#endif
	pid_t pid = fork();
	if (pid == 0)
		open_in_a_corner();
	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(0, status);
}

/* ---- promiscuous mode ------------------------------------------------------------------------------ */

struct promiscuity { unsigned index; uint32_t count; };

static int each_link(void *user, struct rt_cursor *body)
{
	struct promiscuity *asked = user;
	struct ifinfomsg info;
	struct netlink_attribute a;
	memcpy(&info, rt_cursor_take(body, sizeof info), sizeof info);
	while (netlink_next(body, &a))
		if ((unsigned)info.ifi_index == asked->index && a.type == IFLA_PROMISCUITY)
			asked->count = netlink_u32(&a);
	return 0;
}

/* How many have asked for it. */
static uint32_t promiscuity(const char *name)
{
	struct promiscuity asked = { .index = if_nametoindex(name) };
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	int netlink = netlink_open();
	netlink_begin(&request, RTM_GETLINK, NLM_F_DUMP, &info, sizeof info);
	assert_int_equal(0, netlink_dump(netlink, &request, each_link, &asked));
	close(netlink);
	return asked.count;
}

static void test_promiscuous(void **state)
{
	const struct way_row *row = *state;
	struct live live;
	assert_int_equal(0, promiscuity("v0"));
	live_open(&live, v0, NULL, row->way);
	assert_int_equal(1, promiscuity("v0"));
	live_close(&live);
	assert_int_equal(0, promiscuity("v0"));
	live_open(&live, (struct rt_capture_options){ .iface = "v0", .no_promisc = true }, NULL, row->way);
	assert_int_equal(0, promiscuity("v0"));
	live_close(&live);
}

/* ---- filters -------------------------------------------------------------------------------------------- */

/* Sends until it is killed, at most so many: ICMP and UDP by turns. */
static pid_t flood(uint32_t count)
{
	pid_t pid = fork();
	if (pid)
		return pid;
	uint8_t frame[60];
	alarm(20);
	int sender = live_sender("v1");
	for (uint32_t i = 0; i < count; i++) {
		live_ip_frame(frame, sizeof frame, i % 2 ? 17 : 1, i);
		(void)!write(sender, frame, sizeof frame);
	}
	_exit(0);
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void test_filter_first(void **state)
{
	(void)state;
	pid_t pid = flood(20000000);
	for (unsigned start = 0; start < 60; start++) {
		struct live live;
		struct live_seen seen = { 0 };
		live_open(&live, (struct rt_capture_options){ .iface = "v0", .latency_ms = 1 }, "icmp",
		          start % 2 ? LIVE_RING : LIVE_RECV);
		assert_int_equal(0, live_read(&live, &seen, 20, 2000));
		assert_int_equal(20, seen.count);
		for (size_t i = 0; i < seen.count; i++)
			assert_int_equal(1, seen.frames[i].data[23]);
		live_close(&live);
		live_forget(&seen);
	}
	end(pid);
}

/* One instruction more than the kernel takes. The wider program lets everything through. */
static void test_too_long(void **state)
{
	static struct sock_filter program[BPF_MAXINSNS + 1];
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_error error;
	(void)state;
	for (size_t i = 0; i < RT_COUNT(program); i++)
		program[i] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
	live_open(&live, (struct rt_capture_options){ .iface = "v0", .snaplen = 77 }, NULL, LIVE_RING);
	assert_true(rt_capture_filters_in_kernel(live.capture));
	assert_int_equal(0, socket_attach(live.capture, program, RT_COUNT(program), 0, &error));
	assert_false(rt_capture_filters_in_kernel(live.capture));
	int sender = live_sender("v1");
	live_send(sender, 100, 1, 3);
	assert_int_equal(0, live_read(&live, &seen, 3, 1000));
	assert_int_equal(3, seen.count);
	assert_int_equal(77, seen.frames[0].caplen);
	assert_int_equal(0, socket_attach(live.capture, program, BPF_MAXINSNS, 0, &error));
	assert_true(rt_capture_filters_in_kernel(live.capture));
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* More addresses than instructions; exactly those that are named come out. */
static void test_large_set(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	static char text[200000] = "src host ";
	uint8_t frame[60];
	size_t size = strlen(text);
	(void)state;
	for (unsigned i = 0; i < 6000; i++)             /* 10.0.0.0, 10.0.0.2, 10.0.0.4 ... */
		size += (size_t)snprintf(text + size, sizeof text - size, "%s10.0.%u.%u", i ? " or " : "", i * 2 / 256, i * 2 % 256);
	live_open(&live, v0, text, LIVE_RING);
	assert_false(rt_capture_filters_in_kernel(live.capture));
	int sender = live_sender("v1");
	for (uint32_t i = 0; i < 200; i++) {
		live_ip_frame(frame, sizeof frame, 17, i);
		frame[28] = (uint8_t)(i / 20);
		frame[29] = (uint8_t)i;
		assert_int_equal(sizeof frame, write(sender, frame, sizeof frame));
	}
	assert_int_equal(0, live_read(&live, &seen, 0, 200));
	assert_int_equal(100, seen.count);
	for (size_t i = 0; i < seen.count; i++) {
		assert_int_equal(2 * i, live_number(seen.frames[i].data));
		assert_int_equal(i + 1, seen.frames[i].number);
	}
	close(sender);
	live_close(&live);
	live_forget(&seen);
}

/* ---- directions ----------------------------------------------------------------------------------------- */

static const struct direction_row { const char *name, *iface; uint8_t asked; unsigned in, out; } direction_rows[] = {
	{ "both",       "v0", RT_DIRECTION_UNKNOWN, 20, 10 },
	{ "in",         "v0", RT_DIRECTION_IN,      20, 0 },
	{ "out",        "v0", RT_DIRECTION_OUT,     0,  10 },
	{ "lo, both",   "lo", RT_DIRECTION_UNKNOWN, 15, 0 },     /* each frame once, not twice */
	{ "lo, in",     "lo", RT_DIRECTION_IN,      15, 0 },
	{ "lo, out",    "lo", RT_DIRECTION_OUT,     0,  15 },
};

static void check_direction(const struct direction_row *row, const char *filter, enum live_way way)
{
	struct live live;
	struct live_seen seen = { 0 };
	struct rt_stats stats;
	uint8_t frame[60];
	unsigned counts[3] = { 0 };
	live_up("lo", true);
	live_open(&live, (struct rt_capture_options){ .iface = row->iface, .direction = row->asked }, filter, way);
	static const struct { const char *from; unsigned count; } sends[] = { { "v1", 20 }, { "v0", 10 }, { "lo", 15 } };
	for (size_t i = 0; i < RT_COUNT(sends); i++) {
		int sender = live_sender(sends[i].from);
		live_ip_frame(frame, sizeof frame, 253, 1);
		for (unsigned n = 0; n < sends[i].count; n++)
			assert_int_equal(sizeof frame, write(sender, frame, sizeof frame));
		close(sender);
	}
	assert_int_equal(0, live_read(&live, &seen, 0, 150));
	for (size_t i = 0; i < seen.count; i++)
		counts[seen.frames[i].direction]++;
	assert_int_equal(row->in, counts[RT_DIRECTION_IN]);
	assert_int_equal(row->out, counts[RT_DIRECTION_OUT]);
	live.source->stats(live.source, &stats);
	assert_int_equal(row->in + row->out, stats.received);   /* the kernel decided, not we */
	live_close(&live);
	live_forget(&seen);
}

static void test_direction(void **state)
{
	check_direction(*state, NULL, LIVE_RING);
	check_direction(*state, "ip", LIVE_RING);
	check_direction(*state, "ip", LIVE_RECV);
}

/* ---- running them --------------------------------------------------------------------------------------- */

int main(void)
{
	if (!live_begin())
		return 77;
	for (size_t i = 0; i < RT_COUNT(way_rows); i++) {
		rows_add("everything in order", way_rows[i].name, test_everything, &way_rows[i]);
		rows_add("snaplen", way_rows[i].name, test_snaplen, &way_rows[i]);
		rows_add("promiscuous", way_rows[i].name, test_promiscuous, &way_rows[i]);
		rows_add("64 KB on lo", way_rows[i].name, test_large, &way_rows[i]);
	}
	for (size_t i = 0; i < RT_COUNT(tag_rows); i++)
		rows_add("tag", tag_rows[i].name, test_tag, &tag_rows[i]);
	for (size_t i = 0; i < RT_COUNT(ring_rows); i++)
		rows_add("ring size", ring_rows[i].name, test_ring_size, &ring_rows[i]);
	for (size_t i = 0; i < RT_COUNT(direction_rows); i++)
		rows_add("direction", direction_rows[i].name, test_direction, &direction_rows[i]);
	rows_add("ring and recvmsg give the same", NULL, test_same, NULL);
	rows_add("drops add up", NULL, test_drops, NULL);
	rows_add("no frame before the filter", NULL, test_filter_first, NULL);
	rows_add("a ring that halves", NULL, test_ring_halves, NULL);
	rows_add("a set the kernel does not take", NULL, test_large_set, NULL);
	rows_add("a filter the kernel does not take", NULL, test_too_long, NULL);
	return rows_run("ring");
}
