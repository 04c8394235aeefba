/* SPDX-License-Identifier: MIT */
/* opened.h - what is hidden in a layer, encrypted with keys that anybody can derive, laid open when somebody asks for a
 * field in it (struct rt_proto.open). A packet has room for one layer's, so that all fields of a layer cost one
 * opening. Values in it are lent until a hidden field of another layer is asked for, or another packet is decoded
 * there. */
#ifndef RINGTAP_OPENED_H
#define RINGTAP_OPENED_H

#include <ringtap/base.h>

#define RT_OPENED_MAX 2048       /* bytes; what would take more stays hidden                       */

struct rt_opened {
	const uint8_t *of;       /* the layer's first byte; NULL: nothing was asked for            */
	uint32_t size;           /* 0: it stays hidden                                             */
	uint8_t bytes[RT_OPENED_MAX];
};

#endif
