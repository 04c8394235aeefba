/* SPDX-License-Identifier: MIT */
/* dns.h - what the header (dns.c) and the records (dns_records.c) of DNS share. */
#ifndef RINGTAP_PROTO_DNS_H
#define RINGTAP_PROTO_DNS_H

#include <ringtap/dissect.h>

#define DNS_SECTIONS 4

/* Where the name at `at` stops in place; `end` when it is no name. */
uint32_t dns_skip_name(const struct rt_frame *frame, uint32_t at, uint32_t end);
/* Where the section (0 qd, 1 an, 2 ns, 3 ar; DNS_SECTIONS: what follows them all) of the message at `message`
 * begins, `end` at the latest. */
uint32_t dns_section(const struct rt_frame *frame, uint32_t message, uint32_t end, unsigned section);
extern const struct rt_list dns_sections[DNS_SECTIONS];

#endif
