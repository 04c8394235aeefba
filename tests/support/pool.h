/* SPDX-License-Identifier: MIT */
/* pool.h - the packets that tests of fields are asked about: those of the filters' tests and the samples of every
 * protocol, of one link type. */
#ifndef RINGTAP_TESTS_POOL_H
#define RINGTAP_TESTS_POOL_H

#include "packets.h"

/* Freed by packets_free. */
struct packet_set pool_make(unsigned link);

#endif
