/* SPDX-License-Identifier: MIT */
/* packets.h - the host's objects from inside: packets and their layers, lists of packets, classes of layers, flags,
 * times. Functions that raise give nothing, false or NULL. */
#ifndef RINGTAP_CONSOLE_PACKETS_H
#define RINGTAP_CONSOLE_PACKETS_H

#include <ringtap/packets.h>
#include "../output/items.h"
#include "../output/line.h"
#include "machine.h"

struct rt_host {
	struct rt_host_options options;
	struct summaries summaries;
	struct kept_iface *ifaces;       /* copies of those that frames came from                        */
	size_t iface_count;
	uint64_t stored;                 /* bytes in all stores                                          */
	struct rt_packet scratch;
};

/* The host whose objects a script has. */
static inline struct rt_host *host_of(const struct rt_script *s) { return s->options.context; }
/* One that lives as long as the host and says the same. */
const struct rt_iface *host_iface(struct rt_host *host, const struct rt_iface *iface);
/* A Ctrl-C that was answered already does not stop what begins now. */
void host_clear_stop(struct rt_host *host);
struct rt_any raise_error(struct rt_script *s, const struct rt_error *error);
/* What sniff() or rdpcap() return: all, or what there is in front of an error, which is told. Raises without any. */
struct rt_any packets_until(struct rt_script *s, struct rt_store *store, const char *name, const struct rt_error *error);

/* ---- packets: packet.c, packet_methods.c, find_layer.c --------------------------------------------- */

struct layer_view {              /* a packet from one of its layers on, or an item of a list in it           */
	struct rt_object head;
	struct whole *of;
	struct rt_layer layer;   /* proto NULL: no more layers                                                   */
	uint8_t index;           /* of the layer; VIEW_ITEM: an item                                             */
};
#define VIEW_ITEM UINT8_MAX

struct whole {                   /* what a script keeps of a frame: the view of its first layer comes first      */
	struct layer_view view;
	struct rt_frame frame;
	struct rt_packet packet; /* cut off behind its last layer; then the bytes. What is hidden in it is laid
	                          * open in the host's scratch, one packet at a time                             */
};

extern const struct rt_type type_packet;
extern const struct rt_method packet_methods[];

static inline struct layer_view *as_layer(struct rt_any v) { return (struct layer_view *)(void *)v.object; }

struct rt_any view_new(struct rt_script *s, struct whole *whole, unsigned index);
struct rt_any item_new(struct rt_script *s, struct whole *whole, const struct rt_layer *item);
const uint8_t *view_bytes(const struct layer_view *view, size_t *size);
/* As show() does. */
void put_view(struct rt_text *out, const struct layer_view *view);
struct rt_any packet_sprintf(struct rt_script *s, struct rt_any *args, unsigned count);
struct rt_any packet_attribute(struct rt_script *s, struct layer_view *view, const char *name, size_t length);

struct wanted { const char *name; size_t length; bool may_be_item; };    /* a layer by class or by name          */

bool wanted_get(struct rt_script *s, struct rt_any what, struct wanted *wanted);
/* The nth from the view's layer on: its index, or VIEW_ITEM and `*item`; -1: there is none. */
int  layer_find(const struct layer_view *view, const struct wanted *wanted, int64_t nth, struct rt_layer *item);

/* ---- values of fields: field.c, flags.c, time.c, records.c ----------------------------------------- */

struct rt_any field_value(struct rt_script *s, struct whole *whole, const struct rt_value *value);
struct rt_any row_value(struct rt_script *s, struct whole *whole, const struct rt_layer *layer,
                        const struct rt_row *row);
struct rt_any flags_new(struct rt_script *s, uint64_t num, const struct rt_names *names);
struct rt_any time_value(uint64_t time);
struct rt_any records_new(struct rt_script *s, struct rt_any list);

/* ---- classes of layers: classes.c ------------------------------------------------------------------ */

extern const struct rt_type type_layer_class, type_item_class;

static inline const struct rt_proto *class_proto(struct rt_any v) { return (const struct rt_proto *)(uintptr_t)v.num; }
static inline bool is_class(struct rt_any v) { return rt_is(v, &type_layer_class) || rt_is(v, &type_item_class); }
struct rt_any class_of(const struct rt_proto *proto, bool is_item);
/* A list whose items have classes: those of pairs and of values are plain in Scapy, too. */
static inline bool has_classes(const struct rt_row *row)
{
	return row->kind == RT_LIST && !row->list->is_pairs && !row->list->is_values;
}
struct rt_any class_find(const char *name, size_t length);       /* or nothing; raises nothing               */
void class_each(void (*add)(void *, const char *, bool is_own), void *context);  /* names that class_find knows */
extern const struct rt_method class_functions[];                 /* ls()                                     */

/* ---- stores and lists: store.c, packet_list.c, packet_list_methods.c ------------------------------- */

struct packet_list {
	struct rt_object head;
	struct rt_store *store;
	uint32_t *index;         /* of its frames in the store; NULL: all of them                                */
	uint32_t count, room;
	struct rt_any name;
};

extern const struct rt_type type_packet_list;
extern const struct rt_method packet_list_methods[];

static inline struct packet_list *as_packets(struct rt_any v) { return (struct packet_list *)(void *)v.object; }
const struct rt_frame *store_frame(const struct rt_store *store, size_t index);
int  store_add(struct rt_store *store, const struct rt_frame *frame);    /* 0 or -ENOMEM                    */
struct rt_store *store_share(struct rt_store *store);
/* For what scripts make: what is left of the host's memory. */
struct rt_store *store_for(struct rt_script *s);
size_t packets_count(const struct packet_list *list);
size_t packets_place(const struct packet_list *list, size_t at);          /* in the store                    */
const struct rt_frame *packets_frame(const struct packet_list *list, size_t at);
struct rt_any packets_new(struct rt_script *s, struct rt_store *store, struct rt_any name);     /* shares the store */
/* Some of the packets of another list; filled by packets_add with their places. */
struct packet_list *packets_part(struct rt_script *s, struct rt_any of, const char *format, ...) RT_PRINTF(3, 4);
bool packets_add(struct rt_script *s, struct packet_list *part, size_t place);
/* "10.0.0.1" and "10.0.0.2", with ports "10.0.0.1:80"; false: it has no two ends.                              */
struct ends_text { char from[80], to[80]; const char *name; };
bool packet_ends(const struct rt_packet *packet, bool with_ports, struct ends_text *ends);

/* ---- sniff.c, files.c ------------------------------------------------------------------------------ */

extern const struct rt_method sniff_functions[], file_functions[], dump_functions[];

#endif
