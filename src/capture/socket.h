/* SPDX-License-Identifier: MIT */
/* socket.h - what the files of this room share: a capture, its packet socket, and the two ways frames come out of
 * it. The ring is the usual way; recvmsg serves where a kernel (or what poses as one) refuses rings. Both give
 * arrivals, and one function makes frames of them, so the frames are the same. */
#ifndef RINGTAP_CAPTURE_SOCKET_H
#define RINGTAP_CAPTURE_SOCKET_H

#include <linux/if_packet.h>
#include <ringtap/capture.h>

#define BATCH_FRAMES 1024u       /* most frames of one batch                                      */
#define TAG_BYTES    4u          /* of a VLAN tag; so much room is in front of every arrival       */

struct ring {
	uint8_t *map;            /* NULL: no ring                                                 */
	uint32_t block_count;
	uint32_t current;        /* block that is leased, or comes next                           */
	bool     is_leased;
	uint32_t left;           /* packets of the leased block that were not lent yet ...        */
	uint8_t *packet;         /* ... and the first of them                                     */
};

struct receiver {
	uint8_t *buffer;         /* NULL: not in use                                              */
	uint64_t taken;          /* frames so far                                                 */
};

struct rt_capture {
	struct rt_source source; /* first: it is what others see                                  */
	struct rt_interface interface;
	struct rt_iface iface;
	const struct rt_iface *ifaces[1];
	int      fd;
	struct rt_stop *stop;
	uint32_t snaplen;        /* most bytes of a frame we lend                                 */
	uint32_t kernel_snaplen; /* most bytes the attached program lets through                  */
	uint32_t ring_kib;       /* asked for; 0: choose                                          */
	uint32_t latency_ms;
	bool     no_promisc;
	bool     no_ring;        /* tests: take the fallback                                      */
	bool     is_ether;       /* frames begin with MAC addresses, so a tag can be put back      */
	bool     skips_out, skips_in;    /* frames this host sends; all others                    */
	const struct rt_filter *filter;  /* runs here; NULL: in the kernel, or there is none       */
	uint8_t *whole;          /* --pcap-filter, with fields: room for a frame and its tag; or NULL   */
	int      refusal;        /* why it does not run in the kernel; 0: it does                 */
	size_t   insn_count;     /* of the filter with its gates                                  */
	bool     is_ending;      /* stop->fd was readable; what is ready is still lent ...        */
	uint64_t end_by;         /* ... until then, monotonic milliseconds                        */
	unsigned unpolled;       /* batches since stop->fd was last looked at                     */
	unsigned unread;         /* batches since the kernel's counters were last read            */
	struct rt_stats stats;
	struct ring ring;
	struct receiver receiver;
	struct rt_frame frames[BATCH_FRAMES];
};

/* One frame as the kernel hands it over. */
struct arrival {
	uint8_t *data;           /* TAG_BYTES in front of it may be written                       */
	uint32_t caplen, len;
	uint64_t time;           /* ns since 1970                                                 */
	uint32_t status;         /* TP_STATUS_*                                                   */
	unsigned vlan_tci, vlan_tpid;
	unsigned type;           /* PACKET_HOST ... PACKET_OUTGOING                               */
};

/* ---- socket.c: the socket and its options --------------------------------------------------------------- */

int  socket_open(struct rt_capture *capture, struct rt_error *error);   /* deaf: it receives nothing yet */
/* `rest`: what rt_filter_rest says of the program. */
int  socket_attach(struct rt_capture *capture, const struct sock_filter *program, size_t count, unsigned rest,
                   struct rt_error *error);
int  socket_bind(struct rt_capture *capture, struct rt_error *error);   /* from now on frames come */
void socket_count(struct rt_capture *capture);  /* the one reader of PACKET_STATISTICS, which clears them */
bool socket_is_gone(const struct rt_capture *capture);  /* the interface was removed */

/* ---- wait.c -------------------------------------------------------------------------------------------- */

enum wait { WAIT_READY, WAIT_TIMEOUT, WAIT_STOP };

int  wait_frames(struct rt_capture *capture, struct rt_error *error);   /* enum wait, or a negative errno */
bool wait_is_stopped(const struct rt_capture *capture);         /* is stop->fd readable? does not wait */

/* ---- ring.c and recv.c: the ways out. `take` never waits: false when nothing is there. ------------------ */

int  ring_open(struct rt_capture *capture);
bool ring_take(struct rt_capture *capture, struct rt_batch *batch);
void ring_release(struct ring *ring);
void ring_close(struct ring *ring);

int  receiver_open(struct rt_capture *capture);
bool receiver_take(struct rt_capture *capture, struct rt_batch *batch);
void receiver_close(struct receiver *receiver);

/* ---- arrival.c ------------------------------------------------------------------------------------------ */

/* false: a direction that is not wanted; `frame` is then not set. */
bool arrival_frame(struct rt_capture *capture, const struct arrival *arrival, struct rt_frame *frame);

/* ---- netns.c: only a socket's birth decides its namespace ----------------------------------------------- */

/* Moves this thread into `netns` (PID, name or path; NULL: stay); give `*back` to netns_leave. */
int  netns_enter(const char *netns, int *back, struct rt_error *error);
int  netns_here(void);                          /* a descriptor of this thread's; -1 and errno */
int  netns_leave(int back, struct rt_error *error);

#endif
