/* SPDX-License-Identifier: MIT */
/* veth.h - make a private network: pairs of interfaces, their addresses, up and down, away. Everything happens in the
 * network namespace of the netlink descriptor. All give 0 or a negative errno. */
#ifndef RINGTAP_CAPTURE_VETH_H
#define RINGTAP_CAPTURE_VETH_H

#include <ringtap/capture.h>

struct veth_end {
	const char *name;
	const uint8_t *mac;      /* 6 bytes; NULL: the kernel rolls dice                          */
	int netns;               /* descriptor of the namespace it is born in; -1: this one        */
};

int veth_make(int netlink, const struct veth_end *one, const struct veth_end *other);
int veth_remove(int netlink, const char *name);         /* any interface; the other end goes too */
int veth_up(int netlink, const char *name, bool is_up);
/* No link-local address of its own, hence no router solicitations. Only where there is IPv6. */
int veth_quiet(int netlink, const char *name);
/* IPv6 addresses may be used at once (no duplicate address detection). */
int veth_address(int netlink, const char *name, const struct rt_address *address);

#endif
