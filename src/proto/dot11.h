/* SPDX-License-Identifier: MIT */
/* dot11.h - the header of 802.11 as those behind it see it: kind of frame, and whether it is encrypted. */
#ifndef RINGTAP_PROTO_DOT11_H
#define RINGTAP_PROTO_DOT11_H

#include <ringtap/dissect.h>

enum dot11_type { DOT11_MANAGEMENT, DOT11_CONTROL, DOT11_DATA, DOT11_EXTENSION };

/* The last layer, or the one in front of its QoS control, if it is of 802.11; or NULL. */
const uint8_t *dot11_above(const struct rt_packet *above);

static inline enum dot11_type dot11_type(const uint8_t *header) { return header[0] >> 2 & 3; }
static inline unsigned dot11_subtype(const uint8_t *header) { return header[0] >> 4; }
static inline bool dot11_is_protected(const uint8_t *header) { return header[1] & 0x40; }
static inline bool dot11_has_order(const uint8_t *header) { return header[1] & 0x80; }
static inline bool dot11_has_qos(const uint8_t *header)
{
	return dot11_type(header) == DOT11_DATA && dot11_subtype(header) >= 8 && dot11_subtype(header) != 13;
}
/* Flags of the radiotap header at `at`; 0 if it has none. */
uint8_t radiotap_flags(const struct rt_frame *frame, const struct rt_layer *radiotap);

#endif
