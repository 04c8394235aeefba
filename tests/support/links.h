/* SPDX-License-Identifier: MIT */
/* links.h - every link type that rt_link_name knows, for tests that go through all of them; test_packets.c sees to it
 * that none is missing. To be put between the braces of an array. Needs no library, so that fuzz targets may have it. */
#ifndef RINGTAP_TESTS_LINKS_H
#define RINGTAP_TESTS_LINKS_H

#include <ringtap/packet.h>

/* Those that packets.h makes packets for, and that libpcap and tshark know. */
#define PACKET_LINKS \
	RT_LINK_ETHER, RT_LINK_RAW, RT_LINK_SLL, RT_LINK_SLL2, RT_LINK_IPV4, RT_LINK_IPV6, RT_LINK_NULL, RT_LINK_LOOP, \
	RT_LINK_PPP, RT_LINK_PPP_SERIAL, RT_LINK_PPP_ETHER, RT_LINK_WLAN, RT_LINK_RADIOTAP, RT_LINK_PRISM, RT_LINK_AVS
/* Ethernet with the tag of a switch chip. */
#define SWITCH_LINKS \
	RT_LINK_DSA, RT_LINK_EDSA, RT_LINK_DSA_BRCM, RT_LINK_DSA_BRCM_PREPEND, RT_LINK_DSA_MTK, RT_LINK_DSA_QCA
#define ALL_LINKS PACKET_LINKS, SWITCH_LINKS

#endif
