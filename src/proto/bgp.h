/* SPDX-License-Identifier: MIT */
/* bgp.h - what the messages of BGP share with the attributes of their routes. */
#ifndef RINGTAP_PROTO_BGP_H
#define RINGTAP_PROTO_BGP_H

#include <ringtap/dissect.h>

extern const struct rt_list bgp_attributes;     /* of an UPDATE: BGPPathAttr, up to the end of the row     */

#endif
