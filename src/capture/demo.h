/* SPDX-License-Identifier: MIT */
/* demo.h - the network of the demonstration, as the one who makes it and the one who talks in it know it. */
#ifndef RINGTAP_CAPTURE_DEMO_H
#define RINGTAP_CAPTURE_DEMO_H

#include <stdint.h>

#define DEMO_NAME "demo0"        /* the end that is captured on                                   */
#define DEMO_PEER "peer0"        /* the other one                                                 */

/* 192.168.16.34 and 192.168.16.100; 2001:db8:16::34 and 2001:db8:16::100 (RFC 3849); locally administered MACs. */
#define DEMO_MAC { 0x02, 0, 0, 0, 0x16, 0x34 }
#define PEER_MAC { 0x02, 0, 0, 0, 0x16, 0x64 }
#define DEMO_IP4 { 192, 168, 16, 34 }
#define PEER_IP4 { 192, 168, 16, 100 }
#define DEMO_IP6 { 0x20, 0x01, 0x0d, 0xb8, 0, 0x16, [15] = 0x34 }
#define PEER_IP6 { 0x20, 0x01, 0x0d, 0xb8, 0, 0x16, [14] = 0x01, 0x00 }

/* Talks for about a second, never longer than 3, whatever goes wrong. Moves this thread between the two
 * namespaces, so it is for a process of its own. */
void demo_talk(int here, int there);

#endif
