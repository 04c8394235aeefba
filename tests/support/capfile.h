/* SPDX-License-Identifier: MIT */
/* capfile.h - capture files byte by byte, good and bad, and what a source makes of them.
 *
 * A capfile is an image in memory, written in either byte order straight from draft-ietf-opsawg-pcap and
 * draft-ietf-opsawg-pcapng; a test may put any claim into it. It can be saved, or fed through a pipe. `seen`
 * is a source read to its end: copies of all frames, and how it ended. */
#ifndef RINGTAP_TESTS_CAPFILE_H
#define RINGTAP_TESTS_CAPFILE_H

#include <ringtap/file.h>

#define PCAP_MICRO     0xa1b2c3d4u
#define PCAP_NANO      0xa1b23c4du
#define PCAP_KUZNETZOV 0xa1b2cd34u
#define NO_OPTION      -1

struct capfile {
	uint8_t *bytes;
	size_t size, room;
	bool is_big;             /* byte order of what is put from now on                            */
};

void capfile_free(struct capfile *file);
void capfile_put(struct capfile *file, const void *bytes, size_t size);
void capfile_zeros(struct capfile *file, size_t size);
void capfile_u16(struct capfile *file, unsigned value);
void capfile_u32(struct capfile *file, uint32_t value);
void capfile_set_u32(struct capfile *file, size_t at, uint32_t value);      /* spoil what stands there */

void capfile_pcap(struct capfile *file, uint32_t magic, uint32_t snaplen, uint32_t network);
/* A record header of what is claimed, then `size` bytes of data. */
void capfile_record(struct capfile *file, uint32_t seconds, uint32_t fraction, uint32_t caplen, uint32_t len,
                    const uint8_t *data, size_t size);

void capfile_section(struct capfile *file);
struct capfile_interface { unsigned link; uint32_t snaplen; int tsresol; int64_t tsoffset; const char *name; };
void capfile_interface(struct capfile *file, const struct capfile_interface *with);   /* tsresol NO_OPTION: none */
void capfile_enhanced(struct capfile *file, uint32_t iface, uint64_t units, const uint8_t *data, uint32_t caplen,
                      uint32_t len);
void capfile_obsolete(struct capfile *file, unsigned iface, uint64_t units, const uint8_t *data, uint32_t caplen,
                      uint32_t len);
void capfile_simple(struct capfile *file, const uint8_t *data, uint32_t caplen, uint32_t len);
void capfile_block(struct capfile *file, uint32_t type, const void *body, size_t size);   /* any block; padded */

/* Bytes a test can tell apart: a function of place and seed. */
void capfile_fill(uint8_t *data, size_t size, unsigned seed);

enum capfile_way { CAPFILE_MAPPED, CAPFILE_PIPED, CAPFILE_DRIBBLED };

struct seen_frame { uint64_t time; uint32_t caplen, len, snaplen; uint16_t link; bool is_nano; char iface[32]; uint8_t *data; };

struct seen {
	struct seen_frame *frames;
	size_t count, room;
	bool is_open;            /* rt_file_open succeeded                                          */
	int rc;                  /* 0: the end; negative: of open, or of the `next` that failed      */
	struct rt_error error;
	char path[64];           /* as it was opened                                                */
};

/* Reads the image from a file, through a pipe at once, or through a pipe in pieces of 1 to 7 bytes. */
struct seen capfile_read(const struct capfile *file, enum capfile_way way);
struct seen seen_path(const char *path);
void seen_free(struct seen *seen);

/* A private folder under /tmp, and a path in it, good until the next call but 7. `scratch_end` removes all. */
const char *scratch(const char *name);
void scratch_end(void);
void capfile_save(const struct capfile *file, const char *path);

#endif
