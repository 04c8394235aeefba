/* SPDX-License-Identifier: MIT */
/* capture.h - live frames: the interfaces of this machine, and a source that reads one of them.
 *
 * Opening and starting are two steps, because a filter can only be compiled when the link type is known:
 * `open` finds the interface and makes a deaf socket (it receives nothing yet), `start` attaches the
 * filter, makes the ring and binds last, so that no frame arrives before its filter. */
#ifndef RINGTAP_CAPTURE_H
#define RINGTAP_CAPTURE_H

#include <ringtap/filter.h>

/* ---- interfaces (rtnetlink; no other program is called) ------------------------------------------- */

struct rt_interface {
	char     name[16];       /* IFNAMSIZ                                                      */
	int      index;
	unsigned type;           /* ARPHRD_*                                                      */
	unsigned flags;          /* IFF_*                                                         */
	uint8_t  operstate;      /* IF_OPER_*                                                     */
	uint32_t mtu;
	uint8_t  mac[32];
	uint8_t  mac_size;       /* 0: none                                                       */
	bool     is_default;     /* the default route (IPv4, else IPv6; lowest metric) leaves here */
	struct rt_address addresses[16];
	uint8_t  address_count;  /* more than 16 are left out                                     */
	char     tag[16];        /* which tag of a switch chip frames have ("dsa"); "": none. Only of
	                          * what rt_interface_find() found                                 */
};

/* All interfaces of this network namespace by index; the caller frees `*list` with free(). Returns the
 * count or a negative errno. */
int  rt_interfaces(struct rt_interface **list, struct rt_error *error);
/* The one of that name, or, for NULL, the one of the default route. -ENODEV: the error names those there are, for the
 * name may have been meant as a filter. */
int  rt_interface_find(struct rt_interface *found, const char *name, struct rt_error *error);
/* The type in the words of `ip link`: "link/ether", "link/ieee802.11/radiotap", "link/[65534]". */
void rt_interface_type(unsigned type, char text[48]);
/* The link type (enum rt_link) a capture on ARPHRD_* `type` gives; -1: not one we know. */
int  rt_interface_link(unsigned type);
/* The same for a whole interface: a switch chip's tag makes a link type of its own. One that is not known leaves
 * RT_LINK_ETHER. */
int  rt_interface_link_of(const struct rt_interface *interface);
/* Fills `tag` from `root`/NAME/dsa/tagging; root is /sys/class/net, but for tests. */
void rt_interface_read_tag(struct rt_interface *interface, const char *root);
void rt_interfaces_print(const struct rt_interface *list, size_t count, struct rt_text *out);   /* -D */

/* ---- a live source --------------------------------------------------------------------------------- */

struct rt_capture_options {
	const char *iface;       /* NULL: the one of the default route                             */
	uint32_t snaplen;        /* 0: RT_SNAPLEN_MAX                                              */
	uint32_t ring_kib;       /* 0: 1 to 2 % of MemAvailable, between 1 and 16 MiB              */
	uint32_t latency_ms;     /* block time-out; 0: 10                                          */
	bool     no_promisc;     /* -p                                                             */
	uint8_t  direction;      /* enum rt_direction; UNKNOWN: both                               */
	const char *netns;       /* PID, name under /run/netns, or path; NULL: this one            */
	struct rt_stop *stop;    /* ends `next` with 0; NULL: never                                */
};

struct rt_capture;               /* starts with its struct rt_source                               */

int  rt_capture_open(struct rt_capture **capture, const struct rt_capture_options *options,
                     struct rt_error *error);
const struct rt_interface *rt_capture_interface(const struct rt_capture *capture);
unsigned rt_capture_link(const struct rt_capture *capture);             /* enum rt_link              */
/* `filter` NULL: everything (still `ret #snaplen`). Else borrowed until the source is closed: it runs in the kernel, or
 * here if the kernel would not take it. After this the source may be read. */
int  rt_capture_start(struct rt_capture *capture, const struct rt_filter *filter, struct rt_error *error);
/* After start. false: the kernel got a wider program, and the filter decides here what of that is lent. */
bool rt_capture_filters_in_kernel(const struct rt_capture *capture);
/* Why: E2BIG (more than BPF_MAXINSNS instructions), ENOMEM (net.core.optmem_max), EOPNOTSUPP (rt_filter_rest), or
 * what else the kernel said; 0: it runs there. `*count`: instructions, what ringtap puts in front included. */
int  rt_capture_refusal(const struct rt_capture *capture, size_t *count);
struct rt_source *rt_capture_source(struct rt_capture *capture);        /* its close frees the capture */
uint32_t rt_capture_ring_kib(const struct rt_capture *capture);         /* what the kernel gave; 0: no ring */

/* ---- the engine: source -> filter -> sinks ----------------------------------------------------------- */

struct rt_run {
	struct rt_source *source;
	const struct rt_filter *filter;   /* decided here; NULL when the source does it               */
	struct rt_sink **sinks;
	size_t sink_count;
	uint64_t limit;                   /* stop after so many frames; 0: none                       */
	struct rt_stop *stop;             /* looked at between batches; may be NULL                   */
	uint64_t captured;                /* out: frames given to the sinks                           */
};

/* Until the end of the source, the limit, or stop. 0, or a negative errno; sinks are flushed, not closed. */
int rt_run(struct rt_run *run, struct rt_error *error);

/* ---- the demonstration: a private network with ordinary traffic in it --------------------------------- */

struct rt_demo;                  /* a namespace, a veth pair, a child that talks                   */
/* Moves this thread into a new network namespace (and a user namespace when not root) and prepares
 * interface "demo0" there; `play` starts the child's traffic, which ends by itself in about 2 seconds and then
 * (unless `stop` is NULL or has no descriptor) makes stop->fd, an eventfd, readable; `close` ends the child and
 * leaves nothing behind. */
int  rt_demo_open(struct rt_demo **demo, struct rt_error *error);
const char *rt_demo_interface(const struct rt_demo *demo);
int  rt_demo_play(struct rt_demo *demo, struct rt_stop *stop, struct rt_error *error);
void rt_demo_close(struct rt_demo *demo);

#endif
