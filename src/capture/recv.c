/* SPDX-License-Identifier: MIT */
/* recv.c - frames out of a packet socket without a ring, one recvmsg(2) each: for gVisor, qemu-user and kernels
 * that refuse TPACKET_V3. Frames stand one behind the other in one buffer that is one batch. PACKET_AUXDATA tells the
 * length on the wire and the VLAN tag; where even that is refused, the length is what came and tags are lost. */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include "socket.h"

#define BUFFER_BYTES (1u << 20)
#define SLOT_ALIGN   16u
#define QUEUE_BYTES  (4 << 20)  /* of the socket, as far as net.core.rmem_max allows */

struct message {                /* what comes with the bytes */
	struct sockaddr_ll from;
	union {
		struct cmsghdr header;  /* for its alignment */
		uint8_t bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata)) + CMSG_SPACE(2 * sizeof(int64_t)) + 64];
	} control;
};

int receiver_open(struct rt_capture *capture)
{
	const int yes = 1, queue = QUEUE_BYTES;
	capture->receiver.buffer = malloc(BUFFER_BYTES);
	if (!capture->receiver.buffer)
		return -ENOMEM;
	(void)setsockopt(capture->fd, SOL_PACKET, PACKET_AUXDATA, &yes, sizeof yes);
	(void)setsockopt(capture->fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
	if (setsockopt(capture->fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof queue) < 0)
		(void)setsockopt(capture->fd, SOL_SOCKET, SO_RCVBUF, &queue, sizeof queue);
	return 0;
}

void receiver_close(struct receiver *receiver)
{
	free(receiver->buffer);
	receiver->buffer = NULL;
}

static uint64_t nanoseconds(const struct timespec *time)
{
	return (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_nsec;
}

static void read_aux(struct arrival *arrival, const struct tpacket_auxdata *aux)
{
	arrival->len = aux->tp_len;
	arrival->status = aux->tp_status;
	arrival->vlan_tci = aux->tp_vlan_tci;
	arrival->vlan_tpid = aux->tp_vlan_tpid;
}

static void read_one(struct arrival *arrival, const struct cmsghdr *header, const uint8_t *data, size_t size)
{
	struct tpacket_auxdata aux;
	struct timespec time;
	if (header->cmsg_level == SOL_PACKET && header->cmsg_type == PACKET_AUXDATA && size >= sizeof aux) {
		memcpy(&aux, data, sizeof aux);
		read_aux(arrival, &aux);
	}
	if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SO_TIMESTAMPNS && size == sizeof time) {
		memcpy(&time, data, sizeof time);
		arrival->time = nanoseconds(&time);
	}
}

/* As CMSG_NXTHDR, which does not compile without warnings on every libc. */
static void read_control(struct arrival *arrival, const uint8_t *bytes, size_t size)
{
	struct rt_cursor cursor = { .at = bytes, .end = bytes + size };
	struct timespec time;
	for (;;) {
		struct cmsghdr header;
		const uint8_t *at = rt_cursor_take(&cursor, CMSG_LEN(0));
		if (!at)
			break;
		memcpy(&header, at, sizeof header);
		if (header.cmsg_len < CMSG_LEN(0))
			break;
		size_t data = (size_t)header.cmsg_len - CMSG_LEN(0);
		at = rt_cursor_take(&cursor, data);
		if (!at)
			break;
		read_one(arrival, &header, at, data);
		(void)rt_cursor_take(&cursor, CMSG_ALIGN(data) - data);
	}
	if (!arrival->time && clock_gettime(CLOCK_REALTIME, &time) == 0)
		arrival->time = nanoseconds(&time);
}

static bool receive(struct rt_capture *capture, uint8_t *data, size_t room, struct arrival *arrival)
{
	struct message message = { 0 };
	struct iovec bytes = { .iov_base = data, .iov_len = room };
	struct msghdr header = {
		.msg_name = &message.from, .msg_namelen = sizeof message.from, .msg_iov = &bytes, .msg_iovlen = 1,
		.msg_control = message.control.bytes, .msg_controllen = sizeof message.control.bytes,
	};
	ssize_t n;
	do
		n = recvmsg(capture->fd, &header, MSG_TRUNC | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (n < 0)                              /* EAGAIN; ENETDOWN, which passes */
		return false;
	uint32_t size = (uint32_t)n;
	*arrival = (struct arrival){ .data = data, .caplen = size < room ? size : (uint32_t)room, .len = size,
	                             .type = message.from.sll_pkttype };
	read_control(arrival, message.control.bytes, header.msg_controllen);
	if (arrival->len < arrival->caplen)
		arrival->len = arrival->caplen;
	return true;
}

bool receiver_take(struct rt_capture *capture, struct rt_batch *batch)
{
	struct arrival arrival;
	size_t at = 0, count = 0, room = capture->kernel_snaplen;
	bool any = false;
	while (count < BATCH_FRAMES && BUFFER_BYTES - at >= SLOT_ALIGN + room) {
		if (!receive(capture, capture->receiver.buffer + at + SLOT_ALIGN, room, &arrival))
			break;
		any = true;
		capture->receiver.taken++;
		if (arrival_frame(capture, &arrival, &capture->frames[count])) {
			count++;
			at += SLOT_ALIGN + ((arrival.caplen + SLOT_ALIGN - 1) & ~(size_t)(SLOT_ALIGN - 1));
		}
	}
	*batch = (struct rt_batch){ .frames = capture->frames, .count = count };
	return any;
}
