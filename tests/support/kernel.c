// SPDX-License-Identifier: MIT
/* kernel.c - a program and a packet become the kernel's verdict. unix_dgram_sendmsg runs the receiver's
 * filter on the bare datagram and trims it to the verdict (never below 1 byte); a refused one is dropped
 * and the sender not told. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "kernel.h"

int kernel_open(struct kernel *kernel)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0)
		return -errno;
	*kernel = (struct kernel){ pair[0], pair[1] };
	return 0;
}

void kernel_close(struct kernel *kernel)
{
	close(kernel->sender);
	close(kernel->receiver);
}

int kernel_attach(struct kernel *kernel, const struct sock_filter *program, size_t count)
{
	/* the kernel copies the program and does not write to it */
	struct sock_filter *borrowed = (struct sock_filter *)(uintptr_t)program;
	struct sock_fprog fprog;
	if (count > BPF_MAXINSNS)
		return -EINVAL;
	memset(&fprog, 0, sizeof fprog);        /* valgrind looks at its holes too */
	fprog.len = (unsigned short)count;
	fprog.filter = borrowed;
	/* else both programs count against net.core.optmem_max while one takes the other's place */
	setsockopt(kernel->receiver, SOL_SOCKET, SO_DETACH_FILTER, &fprog, sizeof fprog);
	const int rc = setsockopt(kernel->receiver, SOL_SOCKET, SO_ATTACH_FILTER, &fprog, sizeof fprog);
	return rc < 0 ? -errno : 0;
}

int kernel_run(struct kernel *kernel, const uint8_t *data, size_t size)
{
	uint8_t back[2048];
	if (send(kernel->sender, data, size, 0) != (ssize_t)size)
		return -2;
	return (int)recv(kernel->receiver, back, sizeof back, 0);
}
