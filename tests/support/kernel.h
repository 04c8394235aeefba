/* SPDX-License-Identifier: MIT */
/* kernel.h - the judge that decides in the end: Linux runs the program on a datagram between two AF_UNIX
 * sockets. Needs no root and no network. The kernel knows no length but the datagram's: len is caplen
 * here. */
#ifndef RINGTAP_TESTS_KERNEL_H
#define RINGTAP_TESTS_KERNEL_H

#include <stdint.h>
#include <stddef.h>
#include <linux/filter.h>

struct kernel { int sender, receiver; };

int  kernel_open(struct kernel *kernel);       /* 0 or -errno */
void kernel_close(struct kernel *kernel);
/* Puts the program in the place of the last one; 0 or -errno (-EINVAL: the kernel refuses it). */
int  kernel_attach(struct kernel *kernel, const struct sock_filter *program, size_t count);
/* Bytes that came through: -1 none at all, else what the program let pass (at least 1 of a frame that has
 * any). */
int  kernel_run(struct kernel *kernel, const uint8_t *data, size_t size);

#endif
