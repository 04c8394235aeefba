/* SPDX-License-Identifier: MIT */
/* ospf.h - what the messages of OSPF share: their sizes come from the header in front of them, and their lists of link
 * state advertisements from ospf_lsa.c and ospf3_lsa.c. */
#ifndef RINGTAP_PROTO_OSPF_H
#define RINGTAP_PROTO_OSPF_H

#include <ringtap/dissect.h>

extern const struct rt_names ospf_types, ospf_options, ospf_lsa_types;
extern const struct rt_names ospf3_options, ospf3_lsa_types;
extern const struct rt_list ospf_lsas, ospf3_lsas;

/* A message ends where the header above it says, but not before its own fixed part. */
bool ospf_claims(const struct rt_packet *above, struct rt_layer *layer);

/* The start of a link state advertisement, RFC 2328 section A.4.1. */
#define OSPF_LSA(...) \
	{ "age",       0, 16, RT_NUM, .init = 1 }, \
	{ "options",  16,  8, RT_FLAGS, .names = &ospf_options }, \
	{ "type",     24,  8, __VA_ARGS__ }, \
	{ "id",       32, 32, RT_IP4 }, \
	{ "adrouter", 64, 32, RT_IP4 }, \
	{ "seq",      96, 32, RT_HEX, .init = 0x80000001 }, \
	{ "chksum",  128, 16, RT_HEX, RT_SUM(RT_SUM_FLETCHER, .row = "len", .unit = 1, .skip = 2) }, \
	{ "len",     144, 16, RT_NUM }

/* ... of version 3, RFC 5340 section A.4.2. */
#define OSPF3_LSA \
	{ "age",       0, 16, RT_NUM, .init = 1 }, \
	{ "type",     16, 16, RT_ENUM, .names = &ospf3_lsa_types, .init = 0x2001 }, \
	{ "id",       32, 32, RT_IP4 }, \
	{ "adrouter", 64, 32, RT_IP4 }, \
	{ "seq",      96, 32, RT_HEX, .init = 0x80000001 }, \
	{ "chksum",  128, 16, RT_HEX, RT_SUM(RT_SUM_FLETCHER, .row = "len", .unit = 1, .skip = 2) }, \
	{ "len",     144, 16, RT_NUM }

#endif
