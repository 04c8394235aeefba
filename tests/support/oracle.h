/* SPDX-License-Identifier: MIT */
/* oracle.h - filters answered the slow and plain way: take a well-formed packet apart, then look. Default
 * meaning (tags and extension headers are seen through). Knows nothing of programs, trees or offsets;
 * compared with those who do. */
#ifndef RINGTAP_TESTS_ORACLE_H
#define RINGTAP_TESTS_ORACLE_H

#include <ringtap/packet.h>

struct parsed {
	unsigned tags;           /* VLAN tags                                                       */
	uint16_t vid[8];
	uint16_t type;           /* the ethertype behind the tags; 0: an 802.3 length               */
	int version;             /* 4, 6, or 0: not IP                                              */
	int protocol;            /* of the payload, behind extension headers; -1: not IP            */
	int first_protocol;      /* what the IP header itself says                                  */
	bool is_later;           /* a fragment but the first                                        */
	bool has_ports;
	uint16_t port[2];        /* source, destination                                             */
	bool has_hosts;          /* IP, ARP, RARP                                                   */
	uint8_t host[2][16];     /* source, destination; 4 or 16 bytes                              */
};

/* False: a way of being carried that filters do not see through: PPP without address and control, or with the protocol
 * in one byte. */
bool oracle_knows(unsigned link, const char *way);
void oracle_parse(struct parsed *out, unsigned link, const uint8_t *data, size_t size);

struct primitive;
extern const size_t primitive_count;
const struct primitive *primitive_get(size_t at);
const char *primitive_text(const struct primitive *primitive);
/* May it stand in a filter for that link at all? */
bool primitive_fits(const struct primitive *primitive, unsigned link);
bool oracle(const struct primitive *primitive, const struct parsed *packet);

#endif
