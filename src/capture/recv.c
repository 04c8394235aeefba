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

static void read_control(struct arrival *arrival, struct msghdr *header)
{
	struct tpacket_auxdata aux;
	struct timespec time;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c)) {
		if (c->cmsg_level == SOL_PACKET && c->cmsg_type == PACKET_AUXDATA &&
		    c->cmsg_len >= CMSG_LEN(sizeof aux)) {
			memcpy(&aux, CMSG_DATA(c), sizeof aux);
			read_aux(arrival, &aux);
		} else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPNS &&
		           c->cmsg_len == CMSG_LEN(sizeof time)) {
			memcpy(&time, CMSG_DATA(c), sizeof time);
			arrival->time = nanoseconds(&time);
		}
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
	read_control(arrival, &header);
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
		if (arrival_frame(capture, &arrival, &capture->frames[count])) {
			count++;
			at += SLOT_ALIGN + ((arrival.caplen + SLOT_ALIGN - 1) & ~(size_t)(SLOT_ALIGN - 1));
		}
	}
	*batch = (struct rt_batch){ .frames = capture->frames, .count = count };
	return any;
}
