/* SPDX-License-Identifier: MIT */
/* flood.c - how many frames a capture loses: a private network, N mixed frames (mean 400 bytes) out of one end as
 * fast as they go, and a command that captures on the other end (v0).
 *
 *     flood [FRAMES [PER_SECOND]] -- COMMAND...         needs root
 *     flood 2000000 -- ./ringtap v0 --count-only -c 2000000
 *     flood 2000000 600000 -- strace -c -f ./ringtap v0 -w /dev/null
 *
 * PER_SECOND 0 (the default) is flat out. The command is given half a second to start, SIGINT two seconds after
 * the last frame if it is still there, and both are in a namespace of their own that ends with them. A second process
 * pushes frames in through v1 with sendmmsg(2), 64 at a time. Sizes are the usual mixture: half of them 66 bytes, an
 * eighth 1514, the rest between; TCP, UDP, ICMP and ARP in the ratio 6 : 4 : 1 : 1. */
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <ringtap/capture.h>
#include <linux/if_packet.h>
#include "src/capture/netlink.h"
#include "src/capture/veth.h"

#define SHAPES 240u                     /* different frames; all of them in turn have a mean of 400 bytes */
#define VECTOR 64u

static void quit(const char *what)
{
	perror(what);
	exit(1);
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- frames --------------------------------------------------------------------------------------------- */

static uint8_t frames[SHAPES][1514];
static size_t sizes[SHAPES];

static size_t size_of(unsigned i)
{
	if (i % 2 == 0)
		return 66;
	if (i % 8 == 1)
		return 1514;
	return 100 + (i * 37) % 841;    /* mean 468: 0.5 * 66 + 0.125 * 1514 + 0.375 * 468 = 398 */
}

static void put_be16(uint8_t *at, size_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static void make_frame(unsigned i)
{
	static const uint8_t protocols[12] = { 6, 17, 6, 17, 6, 1, 6, 17, 6, 17, 6, 0 };
	uint8_t *frame = frames[i], protocol = protocols[i % 12];
	size_t size = sizes[i] = size_of(i);
	for (size_t at = 0; at < size; at++)
		frame[at] = (uint8_t)(at * 31 + i);
	memcpy(frame, (const uint8_t[]){ 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2 }, 12);
	put_be16(frame + 12, protocol ? 0x0800 : 0x0806);
	if (!protocol) {
		memcpy(frame + 14, (const uint8_t[]){ 0, 1, 8, 0, 6, 4, 0, 1 }, 8);
		return;
	}
	memcpy(frame + 14, (const uint8_t[]){ 0x45, 0, 0, 0, 0, (uint8_t)i, 0x40, 0, 64, protocol, 0, 0,
	                                      10, 0, 0, (uint8_t)i, 10, 0, 1, (uint8_t)(i * 7) }, 20);
	put_be16(frame + 16, size - 14);
	put_be16(frame + 34, protocol == 1 ? 0x0800 : 1024 + i);
	put_be16(frame + 36, protocol == 17 ? 53000 : 443);
	if (protocol == 6)
		frame[46] = 0x50;
	if (protocol == 17)
		put_be16(frame + 38, size - 34);
}

/* ---- sending -------------------------------------------------------------------------------------------- */

static int open_sender(void)
{
	const struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex("v1") };
	const int yes = 1;
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (fd < 0 || bind(fd, (const void *)&at, sizeof at) < 0)
		quit("sender");
	(void)setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes);
	return fd;
}

static double send_all(unsigned long count, unsigned long per_second, unsigned long long *bytes)
{
	struct mmsghdr messages[VECTOR] = { 0 };
	struct iovec parts[VECTOR];
	int fd = open_sender();
	double start = seconds();
	for (unsigned long sent = 0; sent < count; ) {
		unsigned n = count - sent < VECTOR ? (unsigned)(count - sent) : VECTOR;
		for (unsigned i = 0; i < n; i++) {
			unsigned shape = (unsigned)((sent + i) % SHAPES);
			parts[i] = (struct iovec){ frames[shape], sizes[shape] };
			messages[i].msg_hdr.msg_iov = &parts[i];
			messages[i].msg_hdr.msg_iovlen = 1;
		}
		int rc = sendmmsg(fd, messages, n, 0);
		if (rc <= 0)
			quit("sendmmsg");
		for (int i = 0; i < rc; i++)
			*bytes += sizes[(sent + (unsigned)i) % SHAPES];
		sent += (unsigned long)rc;
		while (per_second && (double)sent / (double)per_second > seconds() - start)
			;
	}
	return seconds() - start;
}

/* ---- the command ---------------------------------------------------------------------------------------- */

static void make_network(void)
{
	const struct veth_end one = { "v0", NULL, -1 }, other = { "v1", NULL, -1 };
	if (unshare(CLONE_NEWNET) < 0)
		quit("a private network namespace");
	int fd = open("/proc/sys/net/ipv6/conf/default/disable_ipv6", O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && write(fd, "1", 1) != 1)
		fprintf(stderr, "flood: IPv6 stays on: there will be some more frames\n");
	close(fd);
	int netlink = netlink_open();
	if (veth_make(netlink, &one, &other) < 0 || veth_up(netlink, "v0", true) < 0 || veth_up(netlink, "v1", true) < 0)
		quit("veth pair");
	close(netlink);
}

static void rest(long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
	nanosleep(&time, NULL);
}

/* SIGINT to the whole group, so that it reaches what strace runs. */
static void end_command(pid_t pid)
{
	for (unsigned i = 0; i < 100; i++) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return;
		if (i == 20)
			kill(-pid, SIGINT);
		rest(100);
	}
	kill(-pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
	int dashes = 1;
	unsigned long long bytes = 0;
	while (dashes < argc && strcmp(argv[dashes], "--") != 0)
		dashes++;
	if (dashes + 1 >= argc) {
		fprintf(stderr, "usage: flood [FRAMES [PER_SECOND]] -- COMMAND...\n");
		return 2;
	}
	unsigned long count = dashes > 1 ? strtoul(argv[1], NULL, 10) : 2000000;
	unsigned long per_second = dashes > 2 ? strtoul(argv[2], NULL, 10) : 0;
	for (unsigned i = 0; i < SHAPES; i++)
		make_frame(i);
	make_network();
	pid_t pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		execvp(argv[dashes + 1], argv + dashes + 1);
		quit(argv[dashes + 1]);
	}
	rest(500);
	double took = send_all(count, per_second, &bytes);
	fprintf(stderr, "flood: %lu frames, mean %llu bytes, in %.2f s: %.0f a second\n", count, bytes / count, took,
	        (double)count / took);
	end_command(pid);
	struct rusage used;
	getrusage(RUSAGE_CHILDREN, &used);
	fprintf(stderr, "flood: the command used %ld.%02ld s user, %ld.%02ld s system\n", (long)used.ru_utime.tv_sec,
	        (long)used.ru_utime.tv_usec / 10000, (long)used.ru_stime.tv_sec, (long)used.ru_stime.tv_usec / 10000);
	return 0;
}
