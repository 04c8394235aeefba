/* SPDX-License-Identifier: MIT */
/* capture.c - a live source: joins the interface, the socket and the ring (or recvmsg), and decides when to lend,
 * to wait and to end. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "socket.h"

#define LATENCY_MS   10u
#define LATENCY_MOST 60000u
#define LOOK_EVERY   8u         /* batches lent without waiting until stop->fd is looked at: some 20 ms of flood */
#define COUNT_EVERY  4096u      /* batches until the kernel's 32-bit counters are read: long before they are full */
#define END_MS       100u       /* after a stop, what is ready is lent for so long */

/* ---- reading -------------------------------------------------------------------------------------------- */

/* Through void: with 32 bits the larger one may need more alignment than a source alone. */
static struct rt_capture *of(struct rt_source *source) { return (void *)source; }

static uint64_t milliseconds(void)
{
	struct timespec now = { 0 };
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

static void begin_ending(struct rt_capture *capture)
{
	if (!capture->is_ending)
		capture->end_by = milliseconds() + END_MS;
	capture->is_ending = true;
}

static bool is_over(const struct rt_capture *capture)
{
	return (capture->stop && capture->stop->now) || (capture->is_ending && milliseconds() >= capture->end_by);
}

static bool take(struct rt_capture *capture, struct rt_batch *batch)
{
	return capture->ring.map ? ring_take(capture, batch) : receiver_take(capture, batch);
}

/* What must be done now and then even when frames come faster than they are used. */
static void keep_house(struct rt_capture *capture)
{
	if (++capture->unpolled >= LOOK_EVERY) {
		capture->unpolled = 0;
		if (wait_is_stopped(capture))
			begin_ending(capture);
	}
	if (++capture->unread >= COUNT_EVERY) {
		capture->unread = 0;
		socket_count(capture);
	}
}

/* Everything that is ready is lent before we wait, and also after stop->fd became readable: whoever writes to it
 * when the traffic is over shall lose none of it. stop->now ends at once. */
static int capture_next(struct rt_source *source, struct rt_batch *batch, struct rt_error *error)
{
	struct rt_capture *capture = of(source);
	*batch = (struct rt_batch){ .frames = capture->frames };
	while (!is_over(capture)) {
		if (take(capture, batch)) {
			keep_house(capture);
			return 1;
		}
		if (capture->is_ending) {
			capture->end_by = 0;    /* for good, whatever comes now */
			break;
		}
		int rc = wait_frames(capture, error);
		capture->unpolled = 0;
		if (rc < 0 || rc == WAIT_TIMEOUT)
			return rc < 0 ? rc : 1;
		if (rc == WAIT_STOP)
			begin_ending(capture);
	}
	return 0;
}

static void capture_release(struct rt_source *source)
{
	struct rt_capture *capture = of(source);
	if (capture->ring.map)
		ring_release(&capture->ring);
}

static void capture_stats(struct rt_source *source, struct rt_stats *stats)
{
	struct rt_capture *capture = of(source);
	socket_count(capture);
	*stats = capture->stats;
}

static void capture_close(struct rt_source *source)
{
	struct rt_capture *capture = of(source);
	ring_close(&capture->ring);
	receiver_close(&capture->receiver);
	if (capture->fd >= 0)
		close(capture->fd);
	free(capture->whole);
	free(capture);
}

/* ---- opening -------------------------------------------------------------------------------------------- */

static uint32_t bounded(uint32_t value, uint32_t otherwise, uint32_t most)
{
	value = value ? value : otherwise;
	return value < most ? value : most;
}

/* On lo every frame passes twice, sent and received; one of them is enough. */
static void set_direction(struct rt_capture *capture, uint8_t direction)
{
	bool is_loopback = capture->interface.type == 772;      /* ARPHRD_LOOPBACK */
	capture->skips_in = direction == RT_DIRECTION_OUT;
	capture->skips_out = direction == RT_DIRECTION_IN || (is_loopback && direction != RT_DIRECTION_OUT);
}

static int set_interface(struct rt_capture *capture, struct rt_error *error)
{
	char type[48];
	int link = rt_interface_link_of(&capture->interface);
	if (link < 0) {
		rt_interface_type(capture->interface.type, type);
		return rt_fail(error, EAFNOSUPPORT, "%s: %s: this link type is not known", capture->interface.name,
		               type);
	}
	capture->iface = (struct rt_iface){ .name = capture->interface.name, .snaplen = capture->snaplen,
	                                    .link = (uint16_t)link };
	capture->is_ether = rt_interface_link(capture->interface.type) == RT_LINK_ETHER &&
	                    link != RT_LINK_DSA_BRCM_PREPEND;
	return 0;
}

static int open_there(struct rt_capture *capture, const struct rt_capture_options *options, struct rt_error *error)
{
	struct rt_error late;
	int back, rc = netns_enter(options->netns, &back, error);
	if (rc < 0)
		return rc;
	rc = rt_interface_find(&capture->interface, options->iface, error);
	if (rc == 0)
		rc = set_interface(capture, error);
	if (rc == 0)
		rc = socket_open(capture, error);
	int left = netns_leave(back, &late);
	if (left < 0 && error)
		*error = late;
	return left < 0 ? left : rc;
}

int rt_capture_open(struct rt_capture **opened, const struct rt_capture_options *options, struct rt_error *error)
{
	*opened = NULL;
	struct rt_capture *capture = calloc(1, sizeof *capture);
	if (!capture)
		return rt_fail(error, ENOMEM, "capture: no memory");
	capture->source = (struct rt_source){
		.next = capture_next, .release = capture_release, .stats = capture_stats, .close = capture_close,
		.ifaces = capture->ifaces, .iface_count = 1,
	};
	capture->ifaces[0] = &capture->iface;
	capture->fd = -1;
	capture->stop = options->stop;
	capture->snaplen = bounded(options->snaplen, RT_SNAPLEN_MAX, RT_SNAPLEN_MAX);
	capture->latency_ms = bounded(options->latency_ms, LATENCY_MS, LATENCY_MOST);
	capture->ring_kib = options->ring_kib;
	capture->no_promisc = options->no_promisc;
	int rc = open_there(capture, options, error);
	if (rc < 0) {
		capture_close(&capture->source);
		return rc;
	}
	set_direction(capture, options->direction);
	*opened = capture;
	return 0;
}

int rt_capture_start(struct rt_capture *capture, const struct rt_filter *filter, struct rt_error *error)
{
	size_t count = 0;
	const struct sock_filter *program = filter ? rt_filter_program(filter, &count) : NULL;
	const unsigned rest = filter ? rt_filter_rest(filter) : 0;
	int rc = socket_attach(capture, program, count, rest, error);
	if (rc < 0)
		return rc;
	capture->filter = capture->refusal ? filter : NULL;
	if ((rest & RT_FILTER_FIELDS) && rt_filter_is_pcap(filter) && !(capture->whole = malloc(RT_SNAPLEN_MAX + TAG_BYTES)))
		return rt_fail(error, ENOMEM, "capture: no memory");
	if ((capture->no_ring || ring_open(capture) < 0) && (rc = receiver_open(capture)) < 0)
		return rt_fail(error, -rc, "%s: %s", capture->interface.name, rt_errno_text(-rc));
	return socket_bind(capture, error);
}

const struct rt_interface *rt_capture_interface(const struct rt_capture *capture) { return &capture->interface; }
unsigned rt_capture_link(const struct rt_capture *capture) { return capture->iface.link; }
bool rt_capture_filters_in_kernel(const struct rt_capture *capture) { return !capture->refusal; }
struct rt_source *rt_capture_source(struct rt_capture *capture) { return &capture->source; }

int rt_capture_refusal(const struct rt_capture *capture, size_t *count)
{
	*count = capture->insn_count;
	return capture->refusal;
}
