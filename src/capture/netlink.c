/* SPDX-License-Identifier: MIT */
/* netlink.c - requests packed and sent, answers received and taken apart (rtnetlink(7), netlink(7)). Messages are
 * in host byte order and padded to 4 bytes; they are copied, never cast. */
#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include "netlink.h"

#define ANSWER_BYTES 32768      /* the kernel fills at most so much per message when the reader has room */

int netlink_open(void)
{
	const struct timeval bound = { .tv_sec = 2 };   /* an answer is immediate; this only rules out hanging */
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0)
		return -errno;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
	return fd;
}

/* ---- asking --------------------------------------------------------------------------------------------- */

static void append(struct netlink_request *request, const void *data, size_t size)
{
	size_t padded = NLMSG_ALIGN(size);
	if (request->size + padded <= sizeof request->bytes && size) {
		memcpy(request->bytes + request->size, data, size);
		memset(request->bytes + request->size + size, 0, padded - size);
	}
	request->size += padded;
}

void netlink_begin(struct netlink_request *request, unsigned type, unsigned flags, const void *fixed, size_t size)
{
	request->header = (struct nlmsghdr){ .nlmsg_type = (uint16_t)type, .nlmsg_seq = 1,
	                                     .nlmsg_flags = (uint16_t)(flags | NLM_F_REQUEST) };
	request->size = sizeof request->header;
	append(request, fixed, size);
}

void netlink_put(struct netlink_request *request, unsigned type, const void *data, size_t size)
{
	const struct rtattr header = { .rta_len = (uint16_t)(sizeof header + size), .rta_type = (uint16_t)type };
	append(request, &header, sizeof header);
	append(request, data, size);
}

void netlink_put_u32(struct netlink_request *request, unsigned type, uint32_t value)
{
	netlink_put(request, type, &value, sizeof value);
}

void netlink_put_string(struct netlink_request *request, unsigned type, const char *string)
{
	netlink_put(request, type, string, strlen(string) + 1);
}

void netlink_put_fixed(struct netlink_request *request, const void *fixed, size_t size)
{
	append(request, fixed, size);
}

size_t netlink_nest(struct netlink_request *request, unsigned type)
{
	size_t nest = request->size;
	netlink_put(request, type, NULL, 0);
	return nest;
}

void netlink_unnest(struct netlink_request *request, size_t nest)
{
	const uint16_t size = (uint16_t)(request->size - nest);         /* rta_len is the first member */
	if (request->size <= sizeof request->bytes)
		memcpy(request->bytes + nest, &size, sizeof size);
}

static int transmit(int fd, struct netlink_request *request)
{
	if (request->size > sizeof request->bytes)
		return -EMSGSIZE;
	request->header.nlmsg_len = (uint32_t)request->size;
	ssize_t n;
	do
		n = send(fd, request->bytes, request->size, 0);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

/* ---- answers -------------------------------------------------------------------------------------------- */

struct answers { netlink_each *each; void *user; bool is_interrupted; };

/* NLMSG_ERROR and NLMSG_DONE both begin with a negative errno, or 0. */
static int status_of(struct rt_cursor *body)
{
	int32_t status = 0;
	const uint8_t *at = rt_cursor_take(body, sizeof status);
	if (at)
		memcpy(&status, at, sizeof status);
	return status;
}

/* 1: more are to come; 0: the end; negative: an error. */
static int hear_message(struct answers *answers, const struct nlmsghdr *header, struct rt_cursor *body)
{
	answers->is_interrupted |= (header->nlmsg_flags & NLM_F_DUMP_INTR) != 0;
	if (header->nlmsg_type == NLMSG_ERROR || header->nlmsg_type == NLMSG_DONE)
		return status_of(body);
	if (!answers->each || header->nlmsg_type < NLMSG_MIN_TYPE)
		return 1;
	int rc = answers->each(answers->user, body);
	return rc < 0 ? rc : 1;
}

static int hear_datagram(struct answers *answers, const uint8_t *bytes, size_t size)
{
	int rc = 1;
	for (size_t at = 0; rc == 1 && size - at >= sizeof(struct nlmsghdr); ) {
		struct nlmsghdr header;
		memcpy(&header, bytes + at, sizeof header);
		if (header.nlmsg_len < sizeof header || header.nlmsg_len > size - at)
			return -EBADMSG;
		struct rt_cursor body = { .at = bytes + at + NLMSG_HDRLEN, .end = bytes + at + header.nlmsg_len };
		rc = hear_message(answers, &header, &body);
		size_t step = NLMSG_ALIGN(header.nlmsg_len);
		at += step < size - at ? step : size - at;
	}
	return rc;
}

static int hear(int fd, struct answers *answers)
{
	uint8_t bytes[ANSWER_BYTES];
	for (;;) {
		ssize_t n = recv(fd, bytes, sizeof bytes, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ? -EPIPE : errno == EAGAIN ? -ETIMEDOUT : -errno;
		int rc = hear_datagram(answers, bytes, (size_t)n);
		if (rc <= 0)
			return rc;
	}
}

int netlink_ask(int fd, struct netlink_request *request)
{
	struct answers answers = { 0 };
	request->header.nlmsg_flags |= NLM_F_ACK;
	int rc = transmit(fd, request);
	return rc < 0 ? rc : hear(fd, &answers);
}

int netlink_dump(int fd, struct netlink_request *request, netlink_each *each, void *user)
{
	struct answers answers = { .each = each, .user = user };
	int rc = transmit(fd, request);
	if (rc == 0)
		rc = hear(fd, &answers);
	return rc < 0 ? rc : answers.is_interrupted ? -EAGAIN : 0;
}

bool netlink_next(struct rt_cursor *attributes, struct netlink_attribute *attribute)
{
	struct rtattr header;
	const uint8_t *at = rt_cursor_take(attributes, sizeof header);
	if (!at)
		return false;
	memcpy(&header, at, sizeof header);
	if (header.rta_len < sizeof header)
		return false;
	attribute->type = header.rta_type & ~(unsigned)(NLA_F_NESTED | NLA_F_NET_BYTEORDER);
	attribute->size = header.rta_len - sizeof header;
	attribute->data = rt_cursor_take(attributes, attribute->size);
	size_t left = (size_t)(attributes->end - attributes->at), pad = RTA_ALIGN(attribute->size) - attribute->size;
	attributes->at += pad < left ? pad : left;
	return attribute->data != NULL;
}

uint32_t netlink_u32(const struct netlink_attribute *attribute)
{
	uint32_t value = 0;
	if (attribute->size == sizeof value)
		memcpy(&value, attribute->data, sizeof value);
	return value;
}
