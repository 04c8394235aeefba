/* SPDX-License-Identifier: MIT */
/* bodies.h - what test packets carry, byte by byte: all that stands behind an ethertype, or behind an 802.3 length;
 * and how each link type carries it (ways.c, wlan.c). packets.h puts the two together. */
#ifndef RINGTAP_TESTS_BODIES_H
#define RINGTAP_TESTS_BODIES_H

#include "packets.h"

#define BODY_MAX 512

enum to { ONE, ALL, GROUP };     /* unicast, broadcast, multicast destination                    */

/* Not ethertypes: 802.2 behind a length; IPX behind a length (its ffff stands where 802.2 would be). */
enum { BODY_LLC = 1, BODY_NOVELL = 2 };

struct body {
	const char *name;
	uint16_t type;           /* ethertype, or BODY_LLC, BODY_NOVELL                          */
	enum to to;
	const char *shark;       /* tshark's names for its layers, joined by ':'                 */
	const char *hex;
};

/* The first `bodies_common` meet every way of being carried, also in small sets; `more_bodies` (tunnels, 802.2,
 * other network layers) only a few. */
extern const struct body bodies[], more_bodies[];
extern const size_t bodies_count, bodies_common, more_bodies_count;

/* IPv6 with extension headers. */
size_t chains_count(void);
size_t chain_get(size_t at, struct body *body, uint8_t bytes[BODY_MAX]);
/* Another one of so many headers, at most 8; its name goes into `name`. */
size_t chain_random(unsigned length, struct dice *dice, char name[32], struct body *body, uint8_t bytes[BODY_MAX]);

/* Digits and spaces become bytes; returns how many. */
size_t hex_put(uint8_t *at, const char *hex);

/* ---- how a link carries a body ------------------------------------------------------------------------ */

struct frame { uint8_t *bytes; size_t size; };

void frame_hex(struct frame *frame, const char *hex);
void frame_copy(struct frame *frame, const uint8_t *bytes, size_t size);
void frame_u16(struct frame *frame, size_t value);
/* "020000000002": where such a body goes to. */
const char *to_mac(enum to to);

struct load { const struct body *body; const uint8_t *bytes; size_t size; };

/* Way 0 is "plain"; ways end with a name of NULL. */
const char *way_name(unsigned link, size_t way);
/* False: the link cannot carry such a body. */
bool way_put(struct frame *frame, unsigned link, size_t way, const struct load *load);

bool is_wlan(unsigned link);
const char *wlan_way_name(unsigned link, size_t way);
bool wlan_put(struct frame *frame, unsigned link, size_t way, const struct load *load);
/* Frames that only 802.11 has, behind the radio headers of the link: way 0, 1 ... until NULL. */
struct wlan_frame { const char *name, *shark, *hex; };
extern const struct wlan_frame wlan_frames[];
extern const size_t wlan_frame_count;
const char *radio_name(unsigned link, size_t way);
void radio_put(struct frame *frame, unsigned link, size_t way, const struct wlan_frame *what);

#endif
