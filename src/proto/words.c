/* SPDX-License-Identifier: MIT */
/* words.c - numbers and their names (IANA, IEEE), in the spelling that Scapy shows. One table a list. */
#include "words.h"

#define WORD(value, name) { value, name },

static const struct rt_word ethertype_words[] = {
#include "names/ethertypes.def"
};
static const struct rt_word ip_protocol_words[] = {
#include "names/ip_protocols.def"
};
static const struct rt_word hardware_words[] = {
#include "names/hardware.def"
};
static const struct rt_word dns_type_words[] = {
#include "names/dns_types.def"
};
static const struct rt_word icmp_type_words[] = {
#include "names/icmp_types.def"
};
static const struct rt_word icmp_code_words[] = {
#include "names/icmp_codes.def"
};
static const struct rt_word icmp6_type_words[] = {
#include "names/icmp6_types.def"
};
static const struct rt_word ip6_next_words[] = {
#include "names/ip6_next.def"
};
static const struct rt_word ppp_protocol_words[] = {
#include "names/ppp_protocols.def"
};

#define SERVICE_BOTH(port, name) { port, name },
#define SERVICE_TCP(port, name)  { port, name },
#define SERVICE_UDP(port, name)
static const struct rt_word tcp_port_words[] = {
#include "../base/services.def"
};
#undef SERVICE_TCP
#undef SERVICE_UDP
#define SERVICE_TCP(port, name)
#define SERVICE_UDP(port, name)  { port, name },
static const struct rt_word udp_port_words[] = {
#include "../base/services.def"
};

const struct rt_names ethertypes     = { RT_WORDS(ethertype_words) };
const struct rt_names ip_protocols   = { RT_WORDS(ip_protocol_words) };
const struct rt_names tcp_ports      = { RT_WORDS(tcp_port_words), .is_service = true };
const struct rt_names udp_ports      = { RT_WORDS(udp_port_words), .is_service = true };
const struct rt_names hardware_types = { RT_WORDS(hardware_words) };
const struct rt_names dns_types      = { RT_WORDS(dns_type_words) };
const struct rt_names icmp_types     = { RT_WORDS(icmp_type_words) };
const struct rt_names icmp_codes     = { RT_WORDS(icmp_code_words), .by_bit = 0, .by_width = 8 };
const struct rt_names icmp6_types    = { RT_WORDS(icmp6_type_words) };
const struct rt_names ip6_next       = { RT_WORDS(ip6_next_words) };
const struct rt_names ppp_protocols  = { RT_WORDS(ppp_protocol_words) };
const struct rt_names ppp_short_protocols = { .words = ppp_protocol_words, .count = 12 };  /* those of one byte */
