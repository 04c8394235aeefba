/* SPDX-License-Identifier: MIT */
/* ringtap.h - the library for C programs: sniff with a callback, read fields, list interfaces, use filters.
 *
 *     static int seen(const struct rt_packet *packet, void *user) { ... return 0; }
 *     ...
 *     rt_sniff(&(struct rt_sniff_options){ .iface = "eth0", .filter = "ip and icmp", .count = 4 },
 *              seen, NULL, &error);
 *
 * Everything is an argument: there is no global state, and different threads may sniff at once. Link with
 * libringtap.a; there is nothing else to link. The other headers of this folder are included by this one
 * and may be used as well: filter.h compiles and runs filters, file.h reads and writes captures, capture.h
 * lists interfaces and opens rings, dissect.h walks layers, output.h prints. */
#ifndef RINGTAP_RINGTAP_H
#define RINGTAP_RINGTAP_H

#include <ringtap/capture.h>
#include <ringtap/dissect.h>
#include <ringtap/file.h>
#include <ringtap/filter.h>
#include <ringtap/output.h>

/* ---- sniffing ------------------------------------------------------------------------------------- */

struct rt_sniff_options {        /* all zero: everything on the interface of the default route, for ever */
	const char *iface;       /* interface; NULL: the one of the default route                  */
	const char *file;        /* a capture file to read instead; "-" is standard input           */
	const char *filter;      /* pcap-filter(7), names as in /etc and DNS; NULL or "": all      */
	uint64_t count;          /* stop after so many packets; 0: no limit                        */
	uint32_t snaplen;        /* bytes kept of a packet; 0: RT_SNAPLEN_MAX                      */
	uint32_t ring_kib;       /* size of the ring; 0: chosen from the free memory                */
	uint32_t latency_ms;     /* how long the kernel may hold a packet back; 0: 10              */
	bool is_pcap_filter;     /* the filter has tcpdump's exact meaning                         */
	bool no_promisc;         /* do not make the interface promiscuous                          */
	bool catch_signals;      /* SIGINT and SIGTERM end the sniffing (blocked meanwhile, and     */
	                         /* restored afterwards; for programs with one thread)             */
	struct rt_stop *stop;    /* or end it yourself; NULL: never                                */
};

/* Called for every packet; the packet and all that hangs on it are borrowed until it returns. Not 0: stop. */
typedef int rt_callback(const struct rt_packet *packet, void *user);

/* Returns the number of packets given to the callback, or a negative errno and fills `error` (which may be
 * NULL): EPERM without CAP_NET_RAW, ENODEV for a wrong interface, EINVAL for a wrong filter (then
 * error->column is not 0), EBADMSG for a damaged file (after all packets before the damage). */
int64_t rt_sniff(const struct rt_sniff_options *options, rt_callback *callback, void *user, struct rt_error *error);

/* ---- fields by name ------------------------------------------------------------------------------------ */

/* Is there such a layer: rt_has(packet, "TCP"). Names are Scapy's, as `ringtap --protocols` lists them. */
bool rt_has(const struct rt_packet *packet, const char *layer);
/* rt_get_number(packet, "IP", "ttl", &ttl). false: no such layer or field here, or not a number. */
bool rt_get_number(const struct rt_packet *packet, const char *layer, const char *field, uint64_t *number);
/* The bytes of a field, borrowed: addresses, loads. NULL: not here, or a number. */
const uint8_t *rt_get_bytes(const struct rt_packet *packet, const char *layer, const char *field, size_t *size);
/* As --format prints it ("192.168.16.34", "SA", "64"), always ended. Returns the length, cut to size - 1;
 * 0 and "" when the field is not here. */
size_t rt_get_text(const struct rt_packet *packet, const char *layer, const char *field, char *text, size_t size);

/* ---- fields resolved once, for the hot path --------------------------------------------------------------- */

/* rt_field_find(&sport, "TCP.sport"): 0, or -ENOENT. */
int  rt_field_find(struct rt_field *field, const char *path, struct rt_error *error);
bool rt_field_number(const struct rt_field *field, const struct rt_packet *packet, uint64_t *number);

/* ---- whole packets as text, always ended; return the length, cut to size - 1 ------------------------------- */

size_t rt_summary(const struct rt_packet *packet, char *text, size_t size);
size_t rt_show(const struct rt_packet *packet, char *text, size_t size);
size_t rt_json(const struct rt_packet *packet, char *text, size_t size);

#endif
