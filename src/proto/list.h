/* SPDX-License-Identifier: MIT */
/* list.h - declares every protocol of list.def, and the three that the machinery itself must know:
 * `frame`, the root of all links, and Raw and Padding, which take what nobody claims. */
#ifndef RINGTAP_PROTO_LIST_H
#define RINGTAP_PROTO_LIST_H

#include <ringtap/proto.h>

#define PROTO(name) extern const struct rt_proto proto_##name;
#include "list.def"
#undef PROTO

enum {
#define PROTO(name) PROTO_##name,
#include "list.def"
#undef PROTO
	PROTO_COUNT
};

#endif
