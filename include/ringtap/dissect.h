/* SPDX-License-Identifier: MIT */
/* dissect.h - find the layers of a frame, and read their fields when somebody asks.
 *
 * A dissector is built once, holds the index of all links, never changes afterwards and may be shared by
 * threads. Dissecting allocates nothing and costs one table look-up a layer. Values borrow from the
 * frame. Nothing here reads past caplen, and every loop ends by a budget. */
#ifndef RINGTAP_DISSECT_H
#define RINGTAP_DISSECT_H

#include <ringtap/proto.h>

#define RT_ITEMS_MAX 256         /* budget: items of one list                                      */
#define RT_FIELDS_MAX 8192       /* budget of one text: items of all lists of a packet, and their fields */
#define RT_NAME_MAX  256         /* a DNS name as text never has more bytes than this              */

struct rt_dissector;

struct rt_value {
	const struct rt_packet *packet;
	const struct rt_row *row;
	struct rt_layer layer;   /* whose row it is (needed to walk a list, to follow a name)      */
	uint64_t num;            /* NUM HEX ENUM XENUM FLAGS TIME: the value; PREFIX: its bits     */
	const uint8_t *bytes;    /* MAC IP4 IP6 BYTES TEXT NAME LIST: where it stands              */
	uint32_t size;           /* ... and how many bytes (NAME: as far as the layer goes)        */
};

struct rt_walk {                 /* over the items of a list                                       */
	const struct rt_frame *frame;
	const struct rt_list *list;
	struct rt_layer owner;   /* the layer whose list it is                                     */
	uint32_t at, end;        /* what is left of it, bytes of the frame                         */
	uint16_t index, most;    /* items lent so far, and at most: RT_ITEMS_MAX, or their count   */
	uint32_t memo[4];        /* for `next` functions, 0 at first                               */
};

/* ---- the protocols there are -------------------------------------------------------------------- */

size_t rt_proto_count(void);
const struct rt_proto *rt_proto_at(size_t id);                   /* in the order of list.def        */
const struct rt_proto *rt_proto_find(const char *name, size_t length);  /* "IP"; NULL if there is none */
const struct rt_row *rt_row_find(const struct rt_proto *proto, const char *name, size_t length);
const char *rt_names_find(const struct rt_names *names, uint32_t key);  /* NULL if it has no name   */

/* ---- dissecting ---------------------------------------------------------------------------------- */

int  rt_dissector_new(struct rt_dissector **dissector, struct rt_error *error);
void rt_dissector_free(struct rt_dissector *dissector);
void rt_decode(const struct rt_dissector *dissector, const struct rt_frame *frame, struct rt_packet *packet);

/* The nth (1 is the first) layer of that name, or NULL. */
const struct rt_layer *rt_layer_find(const struct rt_packet *packet, const char *name, unsigned nth);
/* The layer of `frame` itself: interface, time, lengths. Belongs to no list; always there. */
struct rt_layer rt_frame_layer(const struct rt_packet *packet);

/* ---- values ---------------------------------------------------------------------------------------- */

bool rt_row_is_number(const struct rt_row *row);        /* its values are in `num`, not in `bytes`     */
bool rt_row_is_there(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row);
/* false: the row is absent (a `when` that does not hold, or past the captured bytes). */
bool rt_value_get(const struct rt_packet *packet, const struct rt_layer *layer, const struct rt_row *row,
                  struct rt_value *value);
/* By name: the first row of that name that is there. */
bool rt_value_find(const struct rt_packet *packet, const struct rt_layer *layer, const char *name,
                   struct rt_value *value);
void rt_walk_start(struct rt_walk *walk, const struct rt_value *list);
/* Over the list of that name, or over nothing where it is absent. */
void rt_walk_find(struct rt_walk *walk, const struct rt_packet *packet, const struct rt_layer *layer, const char *name);
bool rt_walk_next(struct rt_walk *walk, struct rt_layer *item);
/* A DNS name (RFC 1035 section 4.1.4) at `at` as "a.b." in `text`; `*after` is where it stops in place.
 * Each pointer goes back behind all before it, so that following them ends. Returns characters, or -1: not a name. */
int rt_dns_name(const struct rt_frame *frame, uint32_t message, uint32_t at, uint32_t end,
                char text[RT_NAME_MAX], uint32_t *after);
/* The text of a RT_NAME value, "a.b."; returns characters, 0: not a name. */
int rt_value_name(const struct rt_value *value, char text[RT_NAME_MAX]);
/* The value of a checksum row is wrong, and `*right` is what it should be. false: it is right, or cannot be judged
 * (fragments, packets that were cut, packets in ICMP errors, sums that the network card was to fill in). */
bool rt_sum_is_wrong(const struct rt_value *value, uint64_t *right);
/* Up to 64 bits at any place; the caller has checked the bounds. */
uint64_t rt_bits(const uint8_t *from, uint32_t bit, uint32_t width);

/* ---- paths: fields as people write them ------------------------------------------------------------- */

#define RT_CHOICES_MAX 8         /* rows that one name may stand for (conditional rows, DNS over TCP)   */

struct rt_field { const struct rt_proto *proto; const struct rt_row *row; };

struct rt_path {                 /* "IP.src", "IP_2.src", "DNS.qd.qname", "TCP.options.MSS.value"      */
	struct rt_field choice[RT_CHOICES_MAX];  /* the first that is there is meant               */
	uint8_t count;
	bool is_frame;           /* of what comes with the packet: rt_frame_layer                  */
	uint16_t nth;            /* which layer of that name, counted from 1                       */
	const char *item, *field;        /* of items of a list: which (NULL: all), and which field (NULL: none) */
};

enum rt_path_fault { RT_PATH_FINE, RT_PATH_NO_LAYER, RT_PATH_NO_FIELD, RT_PATH_NO_ITEM };

enum rt_path_fault rt_path_find(struct rt_path *path, const char *text, size_t size, bool any_case);
/* Without the layer, in a protocol that is known: "src". */
enum rt_path_fault rt_path_in(struct rt_path *path, const struct rt_proto *proto, const char *text, size_t size);
/* Does the path look into layers of this protocol? */
bool rt_path_means(const struct rt_path *path, const struct rt_proto *proto);
const struct rt_layer *rt_path_layer(const struct rt_path *path, const struct rt_packet *packet);    /* NULL: none */
/* The field of that layer; false: it is not there. Of a list: of the first item (of that name). */
bool rt_path_value(const struct rt_path *path, const struct rt_packet *packet, const struct rt_layer *layer,
                   struct rt_value *value);
/* To go over all items: the list itself, then its next item (of that name). */
bool rt_path_row(const struct rt_path *path, const struct rt_packet *packet, const struct rt_layer *layer,
                 struct rt_value *value);
bool rt_path_next(const struct rt_path *path, struct rt_walk *walk, struct rt_layer *item);

#endif
