/* SPDX-License-Identifier: MIT */
/* shots.h - frames that are sent through the private network of live.h, and where they can be seen: with the outer
 * VLAN tag in band, or moved aside by the kernel. All are sent out of v1:
 *
 *     v1 --- v0 - br0 - w0 --- w1
 *
 * v1 sends them as they are; in v0 the kernel takes the outer tag out of the bytes (skb_vlan_untag, only 0x8100 and
 * 0x88a8); the bridge hands them on like that, so w0 sends them with the tag aside. A witness at each end makes sure. */
#ifndef RINGTAP_TESTS_SHOTS_H
#define RINGTAP_TESTS_SHOTS_H

#include "live.h"
#include "oracle.h"
#include "packets.h"

#define SHOT_MAX (TEST_PACKET_MAX + 2)

struct shot {
	char name[64];           /* "qinq/tcp4-syn"                                                 */
	uint32_t size;
	uint8_t bytes[SHOT_MAX]; /* as on the wire; the last two are its number                     */
	struct parsed parsed;
};

struct shots { size_t count, room; struct shot *at; };

struct shot_end { const char *name, *iface; bool is_out, moves_tags; };
extern const struct shot_end shot_ends[3];

/* After live_begin. How many of the ends there are: 2 where no bridge can be made. */
size_t shots_network(void);
/* Every body in every way with tags, chains of IPv6, three and four tags; none is cut. */
struct shots shots_make(struct dice *dice);
void shots_free(struct shots *shots);
uint32_t shot_number(const uint8_t *bytes, uint32_t size);

/* A socket at the end that gets everything, with PACKET_AUXDATA. */
int  shots_witness(const struct shot_end *end);
/* Sends all of them; returns when the witness has seen the last. Fails the test unless each came as the end says: the
 * bytes, the tag, the direction; and unless there were some of every kind. Ends the witness. */
void shots_fire(const struct shots *shots, const struct shot_end *end, int witness);

#endif
