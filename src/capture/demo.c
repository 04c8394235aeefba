/* SPDX-License-Identifier: MIT */
/* demo.c - a private network for `ringtap --demo`: two new network namespaces with a veth pair between them, and a
 * child that talks over it. Works as root, and as anybody where user namespaces are allowed; everything is gone
 * with the process, for nothing outside it refers to the namespaces. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "demo.h"
#include "netlink.h"
#include "socket.h"
#include "veth.h"

struct rt_demo {
	int before;              /* descriptors of namespaces: where this thread came from, ...    */
	int here, there;         /* ... of demo0, and of the peer                                  */
	pid_t child;             /* who talks; 0: nobody                                          */
};

static int fail(struct rt_error *error, int code, const char *what)
{
	rt_fail(error, code, "demo: %s: %s", what, rt_errno_text(code));
	if (code == EPERM || code == EACCES || code == ENOSPC || code == EUSERS)
		rt_hint(error, "a private network needs root (sudo), or a kernel that lets users make user namespaces");
	if (code == EOPNOTSUPP)
		rt_hint(error, "this kernel has no veth interfaces (modprobe veth)");
	return -code;
}

/* ---- namespaces ----------------------------------------------------------------------------------------- */

static bool write_proc(const char *path, const char *format, unsigned id)
{
	char memory[32];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory, -1);
	rt_put_format(&text, format, id);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, memory, rt_text_length(&text)) == (ssize_t)rt_text_length(&text);
	if (fd >= 0)
		close(fd);
	return done;
}

/* As root of a user namespace of our own, where we may make networks. A program with file capabilities does not own
 * its /proc files unless it says that it may be dumped. */
static int become_root(void)
{
	unsigned uid = geteuid(), gid = getegid();
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return -errno;
	prctl(PR_SET_DUMPABLE, 1);
	(void)write_proc("/proc/self/setgroups", "deny", 0);    /* Linux 3.19 asks for it before gid_map */
	if (!write_proc("/proc/self/uid_map", "0 %u 1", uid) || !write_proc("/proc/self/gid_map", "0 %u 1", gid))
		return -EPERM;
	return 0;
}

/* Multicast reports are repeated after a random part of this time; only the first ones, before anybody listens, are
 * wanted. Of interfaces made from now on in this namespace; where it is not allowed, there is some more traffic. */
static void hush_multicast(void)
{
	(void)write_proc("/proc/sys/net/ipv6/conf/default/mldv2_unsolicited_report_interval", "%u", 3600000);
}

static int make_namespaces(struct rt_demo *demo, struct rt_error *error)
{
	demo->before = netns_here();
	int rc = unshare(CLONE_NEWNET) < 0 ? -errno : 0;
	if (rc == -EPERM)
		rc = become_root();
	if (rc < 0)
		return fail(error, -rc, "new namespace");
	hush_multicast();
	demo->there = netns_here();
	if (demo->there < 0 || unshare(CLONE_NEWNET) < 0 || (demo->here = netns_here()) < 0)
		return fail(error, errno, "second namespace");
	hush_multicast();
	return 0;
}

/* ---- the network ---------------------------------------------------------------------------------------- */

static const uint8_t demo_mac[6] = DEMO_MAC, peer_mac[6] = PEER_MAC;
static const struct rt_address demo_addresses[] = {
	{ .family = AF_INET, .prefix = 24, .bytes = DEMO_IP4 }, { .family = AF_INET6, .prefix = 64, .bytes = DEMO_IP6 },
}, peer_addresses[] = {
	{ .family = AF_INET, .prefix = 24, .bytes = PEER_IP4 }, { .family = AF_INET6, .prefix = 64, .bytes = PEER_IP6 },
};

/* A kernel without IPv6 still gives the rest of the demonstration. Up first: an IPv6 address that is given to an
 * interface which is down only works when the kernel has looked at the link again, up to a second later. */
static int set_up(int netlink, const char *name, const struct rt_address addresses[2])
{
	(void)veth_quiet(netlink, name);
	int rc = veth_up(netlink, name, true);
	if (rc == 0)
		rc = veth_address(netlink, name, &addresses[0]);
	if (rc == 0)
		(void)veth_address(netlink, name, &addresses[1]);
	return rc;
}

static int set_up_peer(const struct rt_demo *demo)
{
	if (setns(demo->there, CLONE_NEWNET) < 0)
		return -errno;
	int netlink = netlink_open();
	int rc = netlink < 0 ? netlink : set_up(netlink, DEMO_PEER, peer_addresses);
	if (netlink >= 0)
		close(netlink);
	return setns(demo->here, CLONE_NEWNET) < 0 ? -errno : rc;
}

static int make_network(const struct rt_demo *demo, struct rt_error *error)
{
	const struct veth_end here = { DEMO_NAME, demo_mac, -1 }, there = { DEMO_PEER, peer_mac, demo->there };
	int netlink = netlink_open();
	int rc = netlink < 0 ? netlink : veth_make(netlink, &here, &there);
	if (rc == 0)
		rc = set_up(netlink, DEMO_NAME, demo_addresses);
	if (rc == 0)
		rc = set_up_peer(demo);
	if (netlink >= 0)
		close(netlink);
	return rc < 0 ? fail(error, -rc, "veth pair") : 0;
}

int rt_demo_open(struct rt_demo **opened, struct rt_error *error)
{
	*opened = NULL;
	struct rt_demo *demo = calloc(1, sizeof *demo);
	if (!demo)
		return rt_fail(error, ENOMEM, "demo: no memory");
	demo->before = demo->here = demo->there = -1;
	int rc = make_namespaces(demo, error);
	if (rc == 0)
		rc = make_network(demo, error);
	if (rc < 0) {
		rt_demo_close(demo);
		return rc;
	}
	*opened = demo;
	return 0;
}

const char *rt_demo_interface(const struct rt_demo *demo) { (void)demo; return DEMO_NAME; }

/* ---- the child ------------------------------------------------------------------------------------------ */

/* The last frames are out of the kernel after 200 ms, and only then the capture may end. */
static void talk(const struct rt_demo *demo, int stop_fd)
{
	const struct timespec rest = { .tv_nsec = 200000000 };
	const uint64_t one = 1;
	demo_talk(demo->here, demo->there);
	nanosleep(&rest, NULL);
	if (stop_fd >= 0)
		(void)!write(stop_fd, &one, sizeof one);
}

/* It dies with its parent, by a signal like any other process, and holds no pipe of a shell open. */
static void become_child(pid_t parent)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	sigset_t none;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	for (size_t i = 0; i < RT_COUNT(numbers); i++)
		signal(numbers[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int fd = 0; fd < 3; fd++)
		close(fd);
}

static void end_child(struct rt_demo *demo)
{
	if (demo->child <= 0)
		return;
	kill(demo->child, SIGKILL);
	while (waitpid(demo->child, NULL, 0) < 0 && errno == EINTR)
		;
	demo->child = 0;
}

int rt_demo_play(struct rt_demo *demo, struct rt_stop *stop, struct rt_error *error)
{
	pid_t parent = getpid();
	end_child(demo);
	demo->child = fork();
	if (demo->child < 0)
		return fail(error, errno, "fork");
	if (demo->child == 0) {
		become_child(parent);
		talk(demo, stop ? stop->fd : -1);
		_exit(0);
	}
	return 0;
}

/* Back where we came from, which a user namespace does not allow; then the namespaces end with the process. */
void rt_demo_close(struct rt_demo *demo)
{
	if (!demo)
		return;
	end_child(demo);
	int netlink = demo->here >= 0 && setns(demo->here, CLONE_NEWNET) == 0 ? netlink_open() : -1;
	if (netlink >= 0) {
		(void)veth_remove(netlink, DEMO_NAME);
		close(netlink);
	}
	if (demo->before >= 0)
		(void)setns(demo->before, CLONE_NEWNET);
	const int fds[] = { demo->before, demo->here, demo->there };
	for (size_t i = 0; i < RT_COUNT(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	free(demo);
}
