/* SPDX-License-Identifier: MIT */
/* packet.h - a frame, the layers found in it, and the two ends of its way: sources and sinks.
 *
 * A source lends batches of frames (a ring block, a slice of a mapped file) and takes them back; a sink consumes frames
 * and is flushed at the end of a batch. Between the two nothing is copied: a frame's bytes are borrowed until the
 * batch is released, and who keeps a frame copies it. */
#ifndef RINGTAP_PACKET_H
#define RINGTAP_PACKET_H

#include <signal.h>
#include <ringtap/base.h>
#include <ringtap/opened.h>

#define RT_SNAPLEN_MAX 262144u   /* default and largest snapshot length, bytes (as tcpdump)       */
#define RT_LAYERS_MAX  32        /* deeper layers stay Raw: the budget of one packet              */

enum rt_link {                   /* link types, the numbers of pcap files (LINKTYPE_)             */
	RT_LINK_NULL    = 0,     /* BSD loopback                                                  */
	RT_LINK_ETHER   = 1,     /* EN10MB                                                        */
	RT_LINK_PPP     = 9,     /* with HDLC's address and control bytes, ff 03                   */
	RT_LINK_PPP_SERIAL = 50, RT_LINK_PPP_ETHER = 51, /* ... and in a session of PPPoE          */
	RT_LINK_RAW     = 101,   /* IPv4 or IPv6, by the first nibble; DLT_RAW is 12 on Linux     */
	RT_LINK_WLAN    = 105,   /* IEEE 802.11                                                   */
	RT_LINK_LOOP    = 108,   /* OpenBSD loopback                                              */
	RT_LINK_SLL     = 113, RT_LINK_SLL2 = 276, /* Linux cooked, versions 1 and 2               */
	RT_LINK_PRISM   = 119,   /* IEEE 802.11 behind a Prism header, or AVS                      */
	RT_LINK_RADIOTAP = 127,  /* ... behind a radiotap header                                  */
	RT_LINK_AVS     = 163,   /* ... behind an AVS header                                      */
	RT_LINK_IPV4    = 228, RT_LINK_IPV6 = 229, /* ... or one of them alone                     */
	RT_LINK_DSA_BRCM = 281,  /* Ethernet with a switch chip's tag: Broadcom's,                 */
	RT_LINK_DSA_BRCM_PREPEND = 282, /* ... in front of all,                                   */
	RT_LINK_DSA     = 284, RT_LINK_EDSA, /* ... Marvell's,                                    */
	RT_LINK_DSA_MTK = 65520, RT_LINK_DSA_QCA, /* ... MediaTek's, Qualcomm's; no file knows them */
};
const char *rt_link_name(unsigned link);          /* "EN10MB", as tcpdump -y; NULL if unknown     */
const char *rt_link_description(unsigned link);   /* "Ethernet"; NULL if unknown                  */
unsigned rt_link_in_file(unsigned link);          /* what files call it: Ethernet for those without a number */
int rt_link_parse(const char *name);              /* case does not matter; -1 if unknown          */

enum rt_direction { RT_DIRECTION_UNKNOWN, RT_DIRECTION_IN, RT_DIRECTION_OUT };

struct rt_iface {                /* where frames come from; outlives every frame of its source    */
	const char *name;        /* "eth0"; "" where a file does not say                           */
	uint32_t    snaplen;     /* 0: not known                                                  */
	uint16_t    link;        /* enum rt_link, or any other LINKTYPE_                           */
	bool        is_nano;     /* its time stamps have nanoseconds worth printing                */
};

struct rt_frame {
	const uint8_t *data;     /* `caplen` bytes, borrowed; no alignment promised                */
	uint32_t caplen;         /* bytes there are; at most `len`                                 */
	uint32_t len;            /* bytes on the wire                                              */
	uint64_t time;           /* nanoseconds since 1970-01-01 UTC                               */
	uint64_t number;         /* 1, 2, 3 ... in the order delivered to sinks; 0 before that     */
	const struct rt_iface *iface;   /* never NULL                                              */
	uint16_t link;           /* = iface->link, kept near                                       */
	uint8_t  direction;      /* enum rt_direction                                              */
	bool     is_unsummed;    /* sent by this host: the network card was to fill in the checksums */
};

struct rt_layer {
	const struct rt_proto *proto;
	uint32_t at;             /* first byte of the header, from the start of the frame          */
	uint32_t header;         /* bytes of header, options included                              */
	uint32_t end;            /* one past the last byte that belongs to it, payload included;
	                          * at + header + trailer <= end <= caplen                         */
	uint16_t id;             /* place in list.def; RT_NO_ID for an item of a list               */
	uint8_t trailer;         /* bytes of its own at its end                                    */
};
#define RT_NO_ID UINT16_MAX

struct rt_packet {
	const struct rt_frame *frame;
	uint8_t  count;          /* layers found                                                   */
	const struct rt_proto *short_proto;   /* a header that was cut, or NULL ...                */
	uint32_t short_need, short_have;      /* ... the bytes it needs, the bytes there are       */
	struct rt_opened *opened;             /* `memory`, here or in the packet that this is a copy of */
	struct rt_layer layer[RT_LAYERS_MAX];
	struct rt_opened memory;
};

struct rt_batch {
	struct rt_frame *frames; /* the source's; whoever filters may compact it in place          */
	size_t count;
};

/* What ends a capture from outside: a signal handler sets `now` and makes `fd` readable. */
struct rt_stop {
	volatile sig_atomic_t now;
	int fd;                  /* eventfd or pipe, polled while waiting; -1: none                 */
};

struct rt_stats {                /* sums since the start; 64 bits, never clipped                    */
	uint64_t received;       /* passed the filter in the kernel (drops included) or read        */
	uint64_t dropped;        /* by the kernel: no room in the ring                              */
	uint64_t frozen;         /* times the ring was full                                         */
	uint64_t cut;            /* frames shorter than the snapshot length allows: block too small */
};

struct rt_source {
	/* 1: a batch (perhaps empty: time-out) that is lent until `release`; 0: the end (file read,
	 * stop asked); negative: error, after all good frames were lent. */
	int  (*next)(struct rt_source *, struct rt_batch *, struct rt_error *);
	void (*release)(struct rt_source *);                   /* give the last batch back           */
	void (*stats)(struct rt_source *, struct rt_stats *);
	void (*close)(struct rt_source *);                     /* frees the source itself            */
	const struct rt_iface *const *ifaces;                  /* known so far; pcapng may add more  */
	size_t iface_count;
	bool is_growing;                                       /* more may come (pcapng)             */
};

struct rt_sink {
	int  (*take)(struct rt_sink *, const struct rt_frame *frames, size_t count, struct rt_error *);
	int  (*flush)(struct rt_sink *, struct rt_error *);    /* end of a batch                      */
	int  (*close)(struct rt_sink *, struct rt_error *);    /* end of all; frees the sink itself   */
};

static inline void rt_source_close(struct rt_source *source) { if (source) source->close(source); }

#endif
