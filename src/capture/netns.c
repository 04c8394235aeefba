/* SPDX-License-Identifier: MIT */
/* netns.c - into another network namespace and back (setns(2), ip-netns(8)). A socket stays where it was made, so
 * that a capture is there for no longer than it takes to make one. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>
#include "socket.h"

#define PATH_BYTES 256

/* A number is a process, a word a name that `ip netns` gave, anything with a slash a path. */
static int open_netns(const char *netns)
{
	char path[PATH_BYTES];
	struct rt_text text;
	rt_text_init(&text, path, sizeof path - 1, -1);
	if (strchr(netns, '/'))
		rt_put_string(&text, netns);
	else if (netns[strspn(netns, "0123456789")] == '\0')
		rt_put_format(&text, "/proc/%s/ns/net", netns);
	else
		rt_put_format(&text, "/run/netns/%s", netns);
	*text.at = '\0';
	if (text.error)
		return -ENAMETOOLONG;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int fail(struct rt_error *error, const char *netns, int code)
{
	rt_fail(error, code, "netns %s: %s", netns, rt_errno_text(code));
	if (code == EPERM || code == EACCES)
		rt_hint(error, "entering a network namespace needs the capability CAP_SYS_ADMIN: use sudo");
	if (code == ENOENT)
		rt_hint(error, "give a process id, a name of `ip netns`, or a path such as /proc/PID/ns/net");
	return -code;
}

int netns_here(void)
{
	int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	return fd >= 0 ? fd : open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);  /* before Linux 3.17 */
}

int netns_enter(const char *netns, int *back, struct rt_error *error)
{
	*back = -1;
	if (!netns)
		return 0;
	int there = open_netns(netns);
	if (there < 0)
		return fail(error, netns, -there);
	int here = netns_here();
	int rc = here < 0 || setns(there, CLONE_NEWNET) < 0 ? -errno : 0;
	close(there);
	if (rc == 0) {
		*back = here;
		return 0;
	}
	if (here >= 0)
		close(here);
	return fail(error, netns, -rc);
}

int netns_leave(int back, struct rt_error *error)
{
	if (back < 0)
		return 0;
	int rc = setns(back, CLONE_NEWNET) < 0 ? -errno : 0;
	close(back);
	return rc < 0 ? rt_fail(error, -rc, "netns: cannot return: %s", rt_errno_text(-rc)) : 0;
}
