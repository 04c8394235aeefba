/* SPDX-License-Identifier: MIT */
/* sample.h - one packet of every kind, byte by byte, and what a printer makes of frames.
 *
 * The bytes were made by Scapy 2.5.0 (checksums included); a comment says which layer a line holds. Tests that
 * compare with Scapy or tcpdump hand them the very same bytes. */
#ifndef RINGTAP_TESTS_SAMPLE_H
#define RINGTAP_TESTS_SAMPLE_H

#include <ringtap/output.h>

struct sample { const char *name; uint16_t link; const char *hex; };     /* "4700": hex; "'G'00": text too */

extern const struct sample samples[];
extern const size_t sample_count;

#define SAMPLE_MAX 1536
#define SAMPLE_TIME 1700000000000035000ull      /* CLI.md's packet: 1700000000.000035                      */

struct sampled {                 /* a frame and what it borrows; must not be copied                        */
	uint8_t bytes[SAMPLE_MAX];
	struct rt_iface iface;   /* "eth0", microseconds                                                   */
	struct rt_frame frame;   /* number 1, SAMPLE_TIME                                                  */
	struct rt_packet packet;
};

/* The one dissector of a test program, made when first asked for. */
const struct rt_dissector *sample_dissector(void);
/* Fails the test when there is no sample of that name. */
void sample_get(struct sampled *out, const char *name);
/* The first `caplen` bytes of `bytes`, `len` bytes on the wire. */
void sample_make(struct sampled *out, unsigned link, const uint8_t *bytes, uint32_t caplen, uint32_t len);
size_t sample_bytes(const struct sample *sample, uint8_t bytes[SAMPLE_MAX]);

/* Frames whose bytes end where their memory ends, so that a sanitizer sees a read past the capture. */
struct exact { struct rt_frame *frames; size_t count, room; };
/* One more: `like` another, but with the first `caplen` of `bytes`. */
void exact_add(struct exact *exact, const struct rt_frame *like, const uint8_t *bytes, uint32_t caplen);
void exact_free(struct exact *exact);

/* Everything a new printer writes for these frames, flushed and closed; a 0 after it. free() it. */
char *printed(const struct rt_output_options *options, const struct rt_frame *frames, size_t count,
              size_t *size);

#endif
