/* SPDX-License-Identifier: MIT */
/* objects.h - the values of the language from inside: what lies on the heap, and what every file of the interpreter
 * does with any value. A function that returns bool, a pointer or a struct rt_any says false, NULL or nothing when it
 * raised; one that returns int says -1.
 *
 * Garbage is collected when memory is asked for. Kept is what hangs on the globals, the stack and rt_script_keep, and
 * all that was made since the current instruction began: C code need not guard what it has just made. */
#ifndef RINGTAP_CONSOLE_OBJECTS_H
#define RINGTAP_CONSOLE_OBJECTS_H

#include <ringtap/console.h>

#define CONTAINERS_MAX 200       /* how deep lists may nest where they are compared or printed           */
#define SIZE_LIMIT     (1u << 30)        /* bytes of anything                                            */

#define UNUSED __attribute__((unused))
/* A function in C; see struct rt_method. */
#define NATIVE(its_name) \
	static struct rt_any its_name(struct rt_script *s UNUSED, struct rt_any *args UNUSED, unsigned count UNUSED)

struct text {                    /* str and bytes                                                        */
	struct rt_object head;
	uint32_t hash;           /* 0: not computed yet                                                  */
	uint32_t size;           /* bytes, without the zero behind them                                  */
	uint32_t count;          /* characters; of bytes: as `size`                                      */
	char bytes[];            /* str: valid UTF-8                                                     */
};

struct list {                    /* list and tuple                                                       */
	struct rt_object head;
	struct rt_any *items;    /* a tuple's stand in `own`                                             */
	uint32_t count, room;
	struct rt_any own[];
};

struct entry { struct rt_any key, value; uint32_t hash; };

struct dict {                    /* dict and set; entries stand in the order in which they came          */
	struct rt_object head;
	struct entry *entries;   /* a key that is nothing: deleted                                       */
	uint32_t *index;         /* open addressing: number of an entry + 1, or 0                        */
	uint32_t count;          /* keys there are                                                       */
	uint32_t used;           /* entries, deleted ones too                                            */
	uint32_t filled;         /* places of the index that are not 0                                   */
	uint32_t room, places;
};

struct range { struct rt_object head; int64_t start, stop, step, count; };

struct iterator {                /* over anything that has `next`; or what zip, map ... make             */
	struct rt_object head;
	struct rt_any over;
	int64_t state[2];
};

struct view { struct rt_object head; struct rt_any dict; };
struct cell { struct rt_object head; struct rt_any value; };
struct bound { struct rt_object head; struct rt_any self; const struct rt_method *method; };

struct exception {
	struct rt_object head;   /* its type is its class                                                */
	struct rt_any args;      /* tuple                                                                */
	struct rt_any file;      /* str, or nothing                                                      */
	uint32_t line, column;
};

static inline struct text *as_text(struct rt_any v) { return (struct text *)(void *)v.object; }
static inline struct list *as_list(struct rt_any v) { return (struct list *)(void *)v.object; }
static inline struct dict *as_dict(struct rt_any v) { return (struct dict *)(void *)v.object; }
static inline struct range *as_range(struct rt_any v) { return (struct range *)(void *)v.object; }
static inline struct iterator *as_iterator(struct rt_any v) { return (struct iterator *)(void *)v.object; }
static inline struct exception *as_exception(struct rt_any v) { return (struct exception *)(void *)v.object; }

static inline bool is_nothing(struct rt_any v) { return !v.type; }
static inline bool is_str(struct rt_any v) { return v.type == &rt_type_str; }
static inline bool is_int(struct rt_any v) { return v.type == &rt_type_int || v.type == &rt_type_bool; }
static inline bool is_list(struct rt_any v) { return v.type == &rt_type_list || v.type == &rt_type_tuple; }
static inline bool is_same(struct rt_any a, struct rt_any b) { return a.type == b.type && a.num == b.num; }
static inline bool is_none(struct rt_any v) { return v.type == &rt_type_none; }

/* ---- types that the host does not see ----------------------------------------------------------------- */

extern const struct rt_type type_range, type_set, type_iterator, type_function, type_code, type_cell, type_bound,
                            type_generator, type_keys, type_values, type_items, type_zip, type_map, type_filter,
                            type_enumerate, type_reversed;
extern const struct rt_type type_of_trouble[RT_TROUBLES];

/* ---- heap.c ------------------------------------------------------------------------------------------- */

/* Memory that belongs to an object; gives NULL and raises when the limit is reached. new 0 frees. */
void *heap_resize(struct rt_script *s, void *old, size_t old_size, size_t new_size);
void  heap_collect(struct rt_script *s);
void  heap_close(struct rt_script *s);

/* ---- raise.c ------------------------------------------------------------------------------------------ */

bool fail(struct rt_script *s, enum rt_trouble what, const char *format, ...) RT_PRINTF(3, 4);   /* false */
struct rt_any raise_value(struct rt_script *s, struct rt_any exception);
struct rt_any raise_key(struct rt_script *s, struct rt_any key);        /* KeyError */
struct rt_any raise_memory(struct rt_script *s);
struct rt_any exception_new(struct rt_script *s, const struct rt_type *class, struct rt_any args);
bool type_is_a(const struct rt_type *type, const struct rt_type *base);
void exception_report(struct rt_script *s, struct rt_script_error *error);

/* ---- values.c: what can be asked of any value --------------------------------------------------------- */

bool step_allowed(struct rt_script *s);         /* counts one; false: raised (Ctrl-C, budget)                    */
bool depth_enter(struct rt_script *s);          /* false: raised                                                  */
void depth_leave(struct rt_script *s);
int  any_truth(struct rt_script *s, struct rt_any v);
int  any_equal(struct rt_script *s, struct rt_any a, struct rt_any b);
int  any_relation(struct rt_script *s, struct rt_any a, struct rt_any b, enum rt_relation relation);
int  any_contains(struct rt_script *s, struct rt_any whole, struct rt_any item);
int64_t any_length(struct rt_script *s, struct rt_any v);
bool any_hash(struct rt_script *s, struct rt_any v, uint32_t *hash);
bool any_int(struct rt_script *s, struct rt_any v, int64_t *num);              /* "an integer is required" */
int  relation_holds(int order, enum rt_relation relation);                     /* order: -1, 0, 1          */
uint64_t hash_bytes(const struct rt_script *s, const void *bytes, size_t size);

/* ---- operate.c ---------------------------------------------------------------------------------------- */

/* in_place: a list, set or dict on the left is changed itself. */
struct rt_any any_binary(struct rt_script *s, char op, struct rt_any a, struct rt_any b, bool in_place);
struct rt_any any_unary(struct rt_script *s, char op, struct rt_any v);
struct rt_any any_item(struct rt_script *s, struct rt_any whole, struct rt_any key);
bool any_set_item(struct rt_script *s, struct rt_any whole, struct rt_any key, struct rt_any value);
struct rt_any any_slice(struct rt_script *s, struct rt_any whole, const struct rt_any parts[3]);
bool any_set_slice(struct rt_script *s, struct rt_any whole, const struct rt_any parts[3], struct rt_any value);

/* ---- iterate.c ---------------------------------------------------------------------------------------- */

struct rt_any any_iterate(struct rt_script *s, struct rt_any v);
int  any_next(struct rt_script *s, struct rt_any iterator, struct rt_any *item);

/* ---- put.c, format.c ---------------------------------------------------------------------------------- */

bool any_put(struct rt_script *s, struct rt_text *out, struct rt_any v, enum rt_form form);
/* Characters that are not printable become \\xNN and the like, but for those `allowed`. */
void put_clean(struct rt_text *out, const char *bytes, size_t size, const char *allowed);
/* To where print goes; control characters escaped where that is wanted. */
bool any_print(struct rt_script *s, struct rt_any v, enum rt_form form);
struct rt_any any_text(struct rt_script *s, struct rt_any v, enum rt_form form);        /* a str */
/* Runs `write` until its text fits into the buffer; the str it wrote, or nothing. */
struct rt_any text_made(struct rt_script *s, bool (*write)(struct rt_script *, struct rt_text *, const void *),
                        const void *);
struct rt_any any_format(struct rt_script *s, struct rt_any v, const char *spec, size_t length);
struct rt_any format_percent(struct rt_script *s, struct rt_any text, struct rt_any values);
struct rt_any format_braces(struct rt_script *s, struct rt_any *args, unsigned count);

/* ---- text.c, text_methods.c --------------------------------------------------------------------------- */

struct text *text_new(struct rt_script *s, const struct rt_type *type, size_t size);    /* bytes to be filled in */
struct rt_any text_of(struct rt_script *s, const struct rt_type *type, const char *bytes, size_t size);
void   text_counted(struct text *text);                 /* of a str, when its bytes are there            */
size_t text_offset(const struct text *text, size_t character);
bool   utf8_is_valid(const char *bytes, size_t size);
size_t utf8_put(char *to, uint32_t code);               /* bytes, 1 to 4                                 */
struct rt_any bytes_decode(struct rt_script *s, struct rt_any *args, unsigned count);
struct rt_any str_encode(struct rt_script *s, struct rt_any *args, unsigned count);
extern const struct rt_method str_methods[], bytes_methods[], list_methods[], tuple_methods[], dict_methods[],
                              set_methods[], int_methods[];

/* ---- list.c, range.c, sort.c -------------------------------------------------------------------------- */

struct list *list_new(struct rt_script *s, const struct rt_type *type, size_t room);
bool list_add(struct rt_script *s, struct list *list, struct rt_any item);
bool list_extend(struct rt_script *s, struct rt_any list, struct rt_any from);   /* `list` must be held      */
bool list_repeat(struct rt_script *s, struct list *list, int64_t times);
bool list_set_slice(struct rt_script *s, struct rt_any list, const struct rt_any parts[3], struct rt_any value);
bool list_sort(struct rt_script *s, struct rt_any list, struct rt_any key, bool is_reverse);
/* A range [start:stop:step] of something `length` long; false: raised. */
bool slice_bounds(struct rt_script *s, const struct rt_any parts[3], int64_t length, struct range *range);
/* May it be an index: an integer, or something of the host's that is one? */
static inline bool is_index(struct rt_any v) { return is_int(v) || v.type->number; }
/* An index, negative ones from the end; false: not there. */
bool index_within(int64_t *index, int64_t length);

/* ---- dict.c, dict_methods.c --------------------------------------------------------------------------- */

struct dict *dict_new(struct rt_script *s, const struct rt_type *type);
int  dict_find(struct rt_script *s, const struct dict *dict, struct rt_any key, struct entry **found);   /* 1, 0, -1 */
bool dict_put(struct rt_script *s, struct dict *dict, struct rt_any key, struct rt_any value);
int  dict_remove(struct rt_script *s, struct dict *dict, struct rt_any key, struct rt_any *value);       /* 1, 0, -1 */
void dict_clear(struct rt_script *s, struct dict *dict);
bool dict_update(struct rt_script *s, struct rt_any dict, struct rt_any from);   /* `dict` must be held      */
void dict_mark(struct rt_script *s, struct rt_object *object);
void dict_drop(struct rt_script *s, struct rt_object *object);
int64_t dict_length(struct rt_script *s, struct rt_any v);
int  dict_contains(struct rt_script *s, struct rt_any v, struct rt_any item);
int  dict_step(struct rt_script *s, struct rt_any v, int64_t state[2], struct entry **entry);    /* 1, 0: end, -1 */
bool set_change(struct rt_script *s, char op, struct rt_any a, struct rt_any b);
/* The next entry at or behind `at`, which moves behind it; NULL: no more. */
struct entry *dict_next(const struct dict *dict, uint32_t *at);

#endif
