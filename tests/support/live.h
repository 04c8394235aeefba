/* SPDX-License-Identifier: MIT */
/* live.h - a private network for tests that capture: a network namespace of this process's own, with the pair
 * v0 <-> v1 in it, silent but for what the test sends. Frames go in through one end; a capture on either is read into
 * copies. All waits are bounded; nothing leaves the namespace. */
#ifndef RINGTAP_TESTS_LIVE_H
#define RINGTAP_TESTS_LIVE_H

#include <ringtap/capture.h>

#define LIVE_TYPE 0x88b5         /* ethertype for local experiments (IEEE 802), which nobody answers */

/* Every live test program begins so. false: it was said why not, and main returns 77. */
bool live_begin(void);
/* Another pair, up; removed with live_unlink. */
void live_link(const char *one, const char *other);
void live_unlink(const char *name);
void live_up(const char *name, bool is_up);

/* ---- sending -------------------------------------------------------------------------------------------- */

int  live_sender(const char *name);              /* a descriptor: each write() is one frame out of `name` */
/* A frame of `size` bytes (at least 42) that carries `number`; bytes behind it depend on the number. */
void live_frame(uint8_t *frame, size_t size, uint32_t number);
/* The same, but IPv4 with that protocol number; what is sent by the test above matches `ip proto N`. */
void live_ip_frame(uint8_t *frame, size_t size, uint8_t protocol, uint32_t number);
uint32_t live_number(const uint8_t *frame);      /* of either */
void live_send(int sender, size_t size, uint32_t first, uint32_t count);

/* ---- capturing ------------------------------------------------------------------------------------------ */

enum live_way { LIVE_RING, LIVE_RECV };

struct live {
	struct rt_capture *capture;
	struct rt_source *source;
	struct rt_filter *filter;
	struct rt_stop stop;     /* its descriptor is a timer                                     */
};

struct live_copy { uint32_t caplen, len; uint64_t time, number; uint8_t direction; char iface[16]; uint8_t data[2048]; };
struct live_seen { struct live_copy *frames; size_t count, room; };

/* Opened and started; `filter` may be NULL. A failure ends the test. */
void live_open(struct live *live, struct rt_capture_options options, const char *filter, enum live_way way);
/* The same, and the filter means what it means to tcpdump. */
void live_open_pcap(struct live *live, struct rt_capture_options options, const char *filter, enum live_way way);
void live_close(struct live *live);
/* Reads `count` frames, or as many as come in `ms` (0: as are ready, and the last of this capture); appends copies of up to 2048 bytes. What rt_run returned. */
int  live_read(struct live *live, struct live_seen *seen, uint64_t count, unsigned ms);
void live_forget(struct live_seen *seen);

uint64_t live_ms(void);                          /* a clock */
void live_rest(unsigned ms);

#endif
