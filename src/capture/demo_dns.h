/* SPDX-License-Identifier: MIT */
/* demo_dns.h - the questions the demonstration asks, and what its name server says. */
#ifndef RINGTAP_CAPTURE_DEMO_DNS_H
#define RINGTAP_CAPTURE_DEMO_DNS_H

#include <ringtap/base.h>

struct dns_message { uint8_t bytes[512]; size_t size; };

bool dns_query(size_t index, struct dns_message *query);        /* false: there are no more */
void dns_answer(size_t index, struct dns_message *answer);

#endif
