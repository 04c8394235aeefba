/* SPDX-License-Identifier: MIT */
/* llc.h - what lies behind LLC and SNAP looks at all of their header, not at one number. */
#ifndef RINGTAP_PROTO_LLC_H
#define RINGTAP_PROTO_LLC_H

#include <ringtap/proto.h>

/* The last layer is LLC with both access points `sap`, unnumbered information. */
bool is_llc(const struct rt_packet *above, uint8_t sap);
/* The last layer is SNAP, and its number is one of `oui`'s. */
bool is_snap(const struct rt_packet *above, uint32_t oui);

#endif
