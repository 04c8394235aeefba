/* SPDX-License-Identifier: MIT */
/* file.h - captures on disk: read pcap and pcapng, write pcap.
 *
 * A regular file is mapped, and frames borrow from the map; a pipe is read through one bounded buffer.
 * Damage is an error that names its offset, given only after every frame before it was lent.
 * Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng. */
#ifndef RINGTAP_FILE_H
#define RINGTAP_FILE_H

#include <ringtap/packet.h>

#define RT_FILE_RECORD_MAX (16u << 20)   /* a block or record that claims more bytes is damage      */

/* `path` "-": standard input. The first header is read at once, so that source->ifaces[0] (pcapng: as
 * soon as there is one) gives the link type. `stop` may be NULL. */
int rt_file_open(struct rt_source **source, const char *path, struct rt_stop *stop, struct rt_error *error);

struct rt_file_options {
	unsigned link;           /* of all frames; a frame of another link type is an error        */
	uint32_t snaplen;        /* for the file header                                            */
	bool is_nano;            /* nanosecond time stamps (magic a1b23c4d)                        */
	bool is_unbuffered;      /* -U: flush after every batch                                    */
};

/* `path` "-": standard output. An existing file is truncated. */
int rt_file_create(struct rt_sink **sink, const char *path, const struct rt_file_options *options,
                   struct rt_error *error);

#endif
