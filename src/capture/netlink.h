/* SPDX-License-Identifier: MIT */
/* netlink.h - put a question to rtnetlink and hear the answers. Who asks names the messages; here they are only
 * packed, sent, received and taken apart. Used for the list of interfaces, the demonstration network, and the
 * networks of the live tests. */
#ifndef RINGTAP_CAPTURE_NETLINK_H
#define RINGTAP_CAPTURE_NETLINK_H

#include <linux/rtnetlink.h>
#include <ringtap/base.h>

struct netlink_request {
	union {
		struct nlmsghdr header;
		uint8_t bytes[512];
	};
	size_t size;
};

struct netlink_attribute { unsigned type; const uint8_t *data; size_t size; };

/* One message of a dump; `body` is what follows its header. Not 0: an error that ends the dump. */
typedef int netlink_each(void *user, struct rt_cursor *body);

int  netlink_open(void);                       /* a descriptor, or a negative errno; close() it */

/* A request begins with its fixed part; attributes follow. What does not fit makes the request too long, and
 * then it is not sent. */
void netlink_begin(struct netlink_request *request, unsigned type, unsigned flags, const void *fixed, size_t size);
void netlink_put(struct netlink_request *request, unsigned type, const void *data, size_t size);
void netlink_put_u32(struct netlink_request *request, unsigned type, uint32_t value);
void netlink_put_string(struct netlink_request *request, unsigned type, const char *string);
void netlink_put_fixed(struct netlink_request *request, const void *fixed, size_t size);   /* inside a nest */
size_t netlink_nest(struct netlink_request *request, unsigned type);    /* give it to netlink_unnest */
void netlink_unnest(struct netlink_request *request, size_t nest);

/* Waits for the acknowledgement: 0 or a negative errno. */
int  netlink_ask(int fd, struct netlink_request *request);
/* A request with NLM_F_DUMP. -EAGAIN: something changed meanwhile, the dump is not consistent: ask again. */
int  netlink_dump(int fd, struct netlink_request *request, netlink_each *each, void *user);

bool netlink_next(struct rt_cursor *attributes, struct netlink_attribute *attribute);   /* false: no more */
uint32_t netlink_u32(const struct netlink_attribute *attribute);        /* 0 if it has another size */

#endif
