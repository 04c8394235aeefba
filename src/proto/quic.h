/* SPDX-License-Identifier: MIT */
/* quic.h - what the headers of QUIC (quic.c) and what they hide (quic_initial.c) share. */
#ifndef RINGTAP_PROTO_QUIC_H
#define RINGTAP_PROTO_QUIC_H

#include <ringtap/dissect.h>

#define QUIC_V2 0x6b3343cfu

/* What a client's Initial packet carries of the TLS handshake, from its first byte on; returns how many bytes. 0: it is
 * not one, it is damaged, or its beginning is in another packet. */
uint32_t quic_open(const struct rt_packet *packet, const struct rt_layer *layer, uint8_t bytes[RT_OPENED_MAX]);
/* The same of a payload that is not encrypted any more. */
uint32_t quic_crypto(const uint8_t *payload, uint32_t size, uint8_t bytes[RT_OPENED_MAX]);

#endif
