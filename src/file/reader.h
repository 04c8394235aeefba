/* SPDX-License-Identifier: MIT */
/* reader.h - what the formats share: a reader walks its input record by record, and a format's `step` makes
 * of the record at input.at a frame, or nothing, or damage. A step that cannot finish changes nothing, so it can
 * be repeated: when more has come, or to tell the same damage again. */
#ifndef RINGTAP_FILE_READER_H
#define RINGTAP_FILE_READER_H

#include <ringtap/file.h>
#include "input.h"

#define BATCH_FRAMES   256u
#define INTERFACES_MAX 4096u     /* of one file; each costs at most 350 bytes                      */

enum step {
	STEP_FRAME,              /* a frame was made                                              */
	STEP_NOTHING,            /* a record without one was passed                               */
	STEP_MORE,               /* `more` says what is missing                                   */
};

/* How the time stamps of an interface count. */
struct clock {
	uint8_t resolution;      /* if_tsresol: 10^-n, or 2^-n with bit 7                          */
	int64_t offset;          /* seconds                                                       */
};

struct file_iface {
	struct rt_iface iface;
	struct clock clock;
	char name[];
};

struct reader {
	struct rt_source source; /* first: it is what others see                                  */
	struct input input;
	int (*step)(struct reader *, struct rt_frame *, struct rt_error *);
	bool is_big;             /* byte order of the file, or of the section                     */
	struct {
		const char *what;
		size_t header;   /* bytes of the record that no claim counts ...                  */
		size_t size;     /* ... and of the whole record                                   */
	} more;
	uint32_t record_header;  /* pcap: bytes in front of the packet                            */
	uint32_t fraction;       /* pcap: nanoseconds of a fraction of a second                   */
	const struct rt_iface *all[INTERFACES_MAX];             /* of the whole file: source.ifaces */
	const struct file_iface *section[INTERFACES_MAX];       /* pcapng: of this section, by id   */
	size_t section_count;
	uint64_t lent;
	struct rt_frame frames[BATCH_FRAMES];
};

static inline uint32_t reader_u32(const struct reader *reader, const uint8_t *p)
{
	return reader->is_big ? rt_be32(p) : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static inline unsigned reader_u16(const struct reader *reader, const uint8_t *p)
{
	return reader->is_big ? rt_be16(p) : (unsigned)(p[1] << 8 | p[0]);
}

static inline int reader_more(struct reader *reader, const char *what, size_t header, size_t size)
{
	reader->more.what = what;
	reader->more.header = header;
	reader->more.size = size;
	return STEP_MORE;
}

/* "x.pcap: damaged at offset 1234: WHY". */
int reader_damage(const struct reader *reader, struct rt_error *error, const char *format, ...) RT_PRINTF(3, 4);
/* A new interface of the file; a NULL name is "". NULL: too many, or no memory. */
struct file_iface *reader_iface(struct reader *reader, const struct rt_iface *iface, const struct clock *clock);

/* Each looks at the first bytes: false when they are not its own. The input is not moved by a false. */
bool pcap_begin(struct reader *reader, uint32_t magic);
bool pcapng_begin(struct reader *reader, uint32_t magic);

uint64_t clock_nanoseconds(const struct clock *clock, uint64_t units);

#endif
