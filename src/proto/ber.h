/* SPDX-License-Identifier: MIT */
/* ber.h - tag, length, value as ASN.1 is written (X.690 section 8.1), for SNMP, LDAP and Kerberos. */
#ifndef RINGTAP_PROTO_BER_H
#define RINGTAP_PROTO_BER_H

#include <ringtap/dissect.h>

enum { BER_INTEGER = 2, BER_OCTETS = 4, BER_OID = 6, BER_SEQUENCE = 0x30 };

struct ber {
	uint8_t tag;             /* class, form and number in one byte                             */
	uint32_t at;             /* of the tag, bytes of the frame                                 */
	uint32_t from, end;      /* the contents; cut at the end of what is around them            */
	uint32_t size;           /* of the contents as stated                                      */
};

/* The element at `*at`, which moves behind it; false: not even a tag and a length. */
bool ber_next(const struct rt_frame *frame, uint32_t *at, uint32_t end, struct ber *ber);
/* ... of that tag. */
bool ber_expect(const struct rt_frame *frame, uint32_t *at, uint32_t end, uint8_t tag, struct ber *ber);
/* Where the contents stand, in bits of the layer; an integer without leading zeros, at least one byte. */
struct rt_place ber_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct ber *ber,
	bool is_number);

#endif
