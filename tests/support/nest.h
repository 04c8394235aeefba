/* SPDX-License-Identifier: MIT */
/* nest.h - what holds for the layers of every packet, whatever its bytes: packet.h and dissect.h promise it. */
#ifndef RINGTAP_TESTS_NEST_H
#define RINGTAP_TESTS_NEST_H

#include <ringtap/dissect.h>

/* Fails the running test with the frame's bytes unless: at + header <= end <= caplen; each layer begins where the
 * header above it stops and ends inside it; Raw and Padding take the rest, so that every captured byte belongs to
 * a header, Raw or Padding; every field lies inside its header; lists end. */
void check_nesting(const struct rt_packet *packet);
/* The layers as "Ether / IP / TCP"; borrowed until the next call. */
const char *layer_names(const struct rt_packet *packet);

#endif
