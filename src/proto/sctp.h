/* SPDX-License-Identifier: MIT */
/* sctp.h - what the chunks of SCTP (sctp.c) and their parameters (sctp_params.c) share. */
#ifndef RINGTAP_PROTO_SCTP_H
#define RINGTAP_PROTO_SCTP_H

#include <ringtap/proto.h>

extern const struct rt_names sctp_chunk_types;
extern const struct rt_list sctp_params;

#endif
