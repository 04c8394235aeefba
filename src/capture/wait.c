/* SPDX-License-Identifier: MIT */
/* wait.c - until frames come, the capture is to stop, or the interface is gone. An interface that goes down says so
 * once with POLLERR and comes back by itself; one that is removed says nothing more, so it is looked for whenever
 * nothing came for a while. Nothing is leased while we wait here. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include "socket.h"

/* Without a descriptor a stop is only seen when poll returns. A second is for the empty house: kernels 3.2 to
 * 3.18 did not always wake us for a block, and a removed interface must be noticed. */
static int timeout_ms(const struct rt_capture *capture)
{
	int bound = capture->stop && capture->stop->fd < 0 ? 100 : 1000;
	int least = 2 * (int)capture->latency_ms;       /* so that the last block has come out before we give up */
	return bound > least ? bound : least;
}

/* Until it is read, the error would end every poll at once. */
static int read_error(const struct rt_capture *capture, struct rt_error *error)
{
	int code = 0;
	socklen_t size = sizeof code;
	if (getsockopt(capture->fd, SOL_SOCKET, SO_ERROR, &code, &size) < 0)
		code = errno;
	if (code == 0 || code == ENETDOWN)
		return WAIT_READY;
	return rt_fail(error, code, "%s: %s", capture->interface.name, rt_errno_text(code));
}

int wait_frames(struct rt_capture *capture, struct rt_error *error)
{
	struct pollfd fds[2] = {
		{ .fd = capture->fd, .events = POLLIN },
		{ .fd = capture->stop ? capture->stop->fd : -1, .events = POLLIN },
	};
	int n = poll(fds, RT_COUNT(fds), timeout_ms(capture));
	if (n < 0 && errno != EINTR)
		return rt_fail(error, errno, "%s: poll: %s", capture->interface.name, rt_errno_text(errno));
	if (n < 0)
		return WAIT_TIMEOUT;            /* a signal: whoever waits looks at stop->now */
	if (fds[1].revents)
		return WAIT_STOP;
	if (fds[0].revents & (POLLERR | POLLNVAL))
		return read_error(capture, error);
	if (n == 0 && socket_is_gone(capture))
		return rt_fail(error, ENODEV, "%s: the interface was removed", capture->interface.name);
	return n == 0 ? WAIT_TIMEOUT : WAIT_READY;
}

bool wait_is_stopped(const struct rt_capture *capture)
{
	struct pollfd ready = { .fd = capture->stop ? capture->stop->fd : -1, .events = POLLIN };
	return ready.fd >= 0 && poll(&ready, 1, 0) > 0;
}
