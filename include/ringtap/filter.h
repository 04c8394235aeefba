/* SPDX-License-Identifier: MIT */
/* filter.h - a pcap-filter(7) expression becomes a classic BPF program: one that the kernel runs on a
 * live socket, and that our own machine runs on files, with the same verdicts.
 *
 * text -> tokens -> tree -> tests -> graph -> program. The stages are in bpf/, a file each; this header
 * is all that the rest of ringtap sees of them. A compiled filter is immutable: threads may share it. */
#ifndef RINGTAP_FILTER_H
#define RINGTAP_FILTER_H

#include <linux/filter.h>
#include <ringtap/packet.h>

struct rt_filter;

struct rt_address { uint8_t bytes[16]; uint8_t family, prefix; };   /* family AF_INET or AF_INET6      */

/* What names in an expression stand for. The compiler opens no file and no socket; it asks here, in the order
 * of the text and only for names that stand there, then looks into tables of its own. Any function may be NULL. */
struct rt_filter_names {
	void *context;           /* the first argument of each                                      */
	/* How many addresses, at most `room`; 0: no such host; a negative errno: `error` says why not. */
	int  (*host)(void *context, const char *name, struct rt_address *addresses, int room, struct rt_error *error);
	int  (*service)(void *context, const char *name, unsigned protocol);    /* its port, or -1      */
	int  (*protocol)(void *context, const char *name);                      /* of IP, or -1         */
	bool (*ether)(void *context, const char *name, uint8_t mac[6]);
	bool (*net)(void *context, const char *name, uint32_t *number);         /* 127.0.0.0: 0x7f000000 */
	/* The text of a file (@FILE), without a 0 in it; borrowed while compiling. 0 or a negative errno.     */
	int  (*file)(void *context, const char *path, const char **text, size_t *size, struct rt_error *error);
};

/* What this machine knows: its resolver for hosts, /etc/services, protocols, networks and ethers. Answers are kept,
 * so it means the same each time. For one thread. Close it when all that compiles with it is closed.            */
int  rt_names_open(const struct rt_filter_names **names, struct rt_error *error);
void rt_names_close(const struct rt_filter_names *names);            /* accepts NULL */

struct rt_filter_options {
	unsigned link;           /* enum rt_link of the frames; others: an error                    */
	uint32_t snaplen;        /* what the program returns on a match; 0: RT_SNAPLEN_MAX          */
	bool is_pcap;            /* --pcap-filter: libpcap's meaning to the letter                  */
	bool is_live;            /* the kernel may have moved a VLAN tag aside: test there too      */
	bool is_file;            /* NULL: the address families of all systems that write files       */
	bool is_plain;           /* -O: leave the optimizer out                                     */
	uint32_t passes_off;     /* for tests: parts of the optimizer to leave out, a bit each      */
	uint32_t netmask;        /* of the interface, for `broadcast`; 0: not known                 */
	const struct rt_filter_names *names;     /* used while compiling only; NULL: only the tables */
};

/* NULL or "" matches everything. On error `*filter` is NULL, error->column says where (when it is about
 * the text) and error->what has no prefix: `"and" is not expected here`. */
int  rt_filter_compile(struct rt_filter **filter, const char *text, const struct rt_filter_options *options,
                       struct rt_error *error);
void rt_filter_free(struct rt_filter *filter);                       /* accepts NULL */

/* The program, borrowed from the filter. At most BPF_MAXINSNS (4096) when the kernel shall take it. */
const struct sock_filter *rt_filter_program(const struct rt_filter *filter, size_t *count);
/* What the program alone cannot say; 0: it gives the verdict. It lets through at least what matches. */
enum rt_filter_rest {
	RT_FILTER_TAGS   = 1,    /* with `is_live`, of frames whose VLAN tag the kernel has moved aside (`ether[len - 4]`:
	                          * which byte that is depends on the tag): let all of those through   */
	RT_FILTER_FIELDS = 2,    /* tests of fields that the dissector has to answer                   */
};
unsigned rt_filter_rest(const struct rt_filter *filter);
static inline bool rt_filter_is_exact(const struct rt_filter *filter) { return rt_filter_rest(filter) == 0; }
/* The first of those tests that the program knows little about, as it was written; NULL: there is none, and the
 * dissector is only needed for packets in packets and other rare ones. */
const char *rt_filter_rest_text(const struct rt_filter *filter);
bool rt_filter_is_pcap(const struct rt_filter *filter);              /* made with `is_pcap` */

/* Our machine: the verdict, as what the kernel would return. `data` has `caplen` bytes of a frame of `len` bytes.
 * Never reads outside them: a load outside ends the program with 0, as in the kernel. */
uint32_t rt_filter_run(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len);
static inline bool rt_filter_match(const struct rt_filter *filter, const struct rt_frame *frame)
{
	return !filter || rt_filter_run(filter, frame->data, frame->caplen, frame->len) != 0;
}

/* What the kernel knows of a live frame besides its bytes. */
struct rt_aside {
	uint32_t type;           /* PACKET_HOST ... PACKET_OUTGOING                                 */
	uint32_t ifindex;
	bool     has_tag;        /* the outer VLAN tag is not among the bytes ...                   */
	uint16_t tci, tpid;      /* ... but here                                                    */
	const uint8_t *whole;    /* all bytes with the tag among them, 4 more than there are; for the dissector */
};
/* For a filter made with `is_live` that the kernel does not run, or not alone. */
uint32_t rt_filter_run_live(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len,
                            const struct rt_aside *aside);

/* The reference: the same question answered by walking the tree of tests, without any program. Slow. */
bool rt_filter_judge(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len);

/* Listings in tcpdump's exact formats: 1 text (-d), 2 a C array (-dd), 3 decimal (-ddd). */
void rt_filter_list(const struct rt_filter *filter, int form, struct rt_text *out);

/* What every stage makes of the text (--explain), up to the first error. */
int  rt_filter_explain(const char *text, const struct rt_filter_options *options, struct rt_text *out,
                       struct rt_error *error);

/* ---- a source that lends what matches of another one, for files --------------------------------------------
 * Frames of several link types (pcapng) each meet a program for theirs; options->link is not read. Matching
 * frames are cut to options->snaplen. A text that is wrong is an error at once, as from rt_filter_compile. One
 * that fits only some link types of the source (`ether host` and raw IP): frames of the others do not match; if
 * it fits none that had a frame, `next` ends with that error. After an error `inner` is still the caller's. */
int  rt_filtered_open(struct rt_source **filtered, struct rt_source *inner, const char *text,
                      const struct rt_filter_options *options, struct rt_error *error);
/* Frames left out so far because the text does not fit their link type, and why. */
uint64_t rt_filtered_misfits(const struct rt_source *filtered, struct rt_error *why);

#endif
