/* SPDX-License-Identifier: MIT */
/* packets.h - packets in the console's language: what `pkt`, `pkts`, IP, sniff() ... are in a script.
 *
 * A host holds what its objects need: the dissector, link names, the memory all kept packets may take. It is the
 * `find` and `context` of an interpreter; everything it knows of protocols comes from their tables. A packet that
 * a script sees is a copy in the heap of the interpreter, small and given back by its garbage collector; lists of
 * packets stand in stores outside of it. Free the interpreter first, then stores, then the host. */
#ifndef RINGTAP_PACKETS_H
#define RINGTAP_PACKETS_H

#include <ringtap/console.h>
#include <ringtap/dissect.h>
#include <ringtap/filter.h>

struct rt_host;
struct rt_store;                 /* frames that are kept: copies, bounded, the oldest go first           */

struct rt_host_options {
	const struct rt_dissector *dissector;    /* borrowed                                             */
	const struct rt_filter_names *names;     /* for filters; borrowed; NULL: only the tables          */
	uint64_t store;          /* bytes that kept packets may take; what sniff() and rdpcap() add in the
	                          * console comes on top, at most as much again. 0: 64 MiB                */
	bool is_pcap_filter;     /* filters have tcpdump's exact meaning                                 */
	/* Ctrl-C: the handler sets `now`, makes `fd` readable (an eventfd) and calls rt_script_interrupt. sniff() then
	 * takes both back and returns what there is. NULL: nothing stops it but its own limits.          */
	struct rt_stop *stop;
	struct rt_text *err;     /* what is worth a line and no error: a damaged file, packets that had to go. NULL */
};

int  rt_host_new(struct rt_host **host, const struct rt_host_options *options, struct rt_error *error);
void rt_host_free(struct rt_host *host);                     /* accepts NULL */
/* For rt_script_options: .find = rt_host_find, .names = rt_host_names, .context = the host. */
struct rt_any rt_host_find(struct rt_script *script, const char *name, size_t length);
void rt_host_names(struct rt_script *script, void (*add)(void *, const char *, bool is_own), void *context);

/* What a script gets for a frame; the frame's bytes may go afterwards. While no script runs it is safe until the next
 * one is made: give it to rt_script_call or rt_script_set_slot at once. Nothing: no memory (raised, if a script runs). */
struct rt_any rt_packet_value(struct rt_script *script, const struct rt_frame *frame);

/* A store of at most `limit` bytes (0: the host's). It is filled through its sink, then given to a script; from then on
 * it does not change. rt_store_close ends the caller's share; lists in scripts keep it alive. */
int  rt_store_new(struct rt_store **store, struct rt_host *host, uint64_t limit, struct rt_error *error);
struct rt_sink *rt_store_sink(struct rt_store *store);       /* closing the sink leaves the store open    */
size_t rt_store_count(const struct rt_store *store);
uint64_t rt_store_gone(const struct rt_store *store);        /* frames that had to go, or did not fit      */
void rt_store_tell_gone(const struct rt_store *store, struct rt_text *err);      /* one line, if there are any */
void rt_store_close(struct rt_store *store);                 /* accepts NULL */
/* <Sniffed: TCP:0 ...>, with `name` in front. Nothing: no memory (raised). */
struct rt_any rt_packets_value(struct rt_script *script, struct rt_store *store, const char *name);

#endif
