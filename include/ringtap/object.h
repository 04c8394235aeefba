/* SPDX-License-Identifier: MIT */
/* object.h - values of the console's language, for who makes some: functions in C, and objects of the host such as
 * packets.
 *
 * A value is a type and a word. A type is a struct of functions; the interpreter knows no other way to a value. What
 * lies on the heap goes when nothing holds it any more: globals, the stack, containers, rt_script_keep, rt_hold, and
 * for a short while whoever made it (see struct rt_method). */
#ifndef RINGTAP_OBJECT_H
#define RINGTAP_OBJECT_H

#include <ringtap/base.h>

struct rt_script;
struct rt_type;
struct rt_method;

struct rt_any {                  /* a value; integers and other small ones take no memory              */
	const struct rt_type *type;      /* NULL: nothing. From a function: an error was raised        */
	union {
		int64_t num;             /* int, bool, and a host's types that are `is_inline`         */
		struct rt_object *object;
		const void *fixed;       /* functions in C, types                                      */
	};
};

struct rt_object {               /* what everything on the heap begins with; only the heap writes it   */
	struct rt_object *next, *gray;
	const struct rt_type *type;
	uint32_t size;           /* bytes of the whole object                                          */
	bool is_marked, is_busy;
};

struct rt_site {                 /* a place in a script where ".name" stands, with what was found there */
	const char *name;
	uint32_t length;
	const void *key;         /* the host's cache: for this key (a protocol, say) ...               */
	uintptr_t memo;          /* ... this was found (a row). 0 at first                             */
	const struct rt_type *type;      /* the interpreter's cache of methods                         */
	const struct rt_method *method;
};

enum rt_relation { RT_EQUAL, RT_NOT_EQUAL, RT_LESS, RT_LESS_EQUAL, RT_GREATER, RT_GREATER_EQUAL };
enum rt_form { RT_FORM_STR, RT_FORM_REPR };
#define RT_UNKNOWN 2             /* from `compare`: not for this type to say                           */

struct rt_args {                 /* of a call of the host's object                                     */
	struct rt_any *at;       /* `count` by place, then `named` by name                             */
	unsigned count, named;
	const struct rt_any *names;      /* str, of the named ones                                     */
};

/* A function in C. args[0 .. count-1] are given by place; what is not given is nothing (type NULL). Arguments that may
 * be given by name stand in `names` ("key reverse"), the first of them at args[first]; with `max` RT_VARIADIC they
 * stand behind the others, at args[count]. A method has its object in args[0], and all others one place further. What
 * it allocates, and what rt_call and rt_next give, is safe until it calls one of these two; what it needs longer goes
 * to rt_hold. */
struct rt_method {
	const char *name;
	struct rt_any (*run)(struct rt_script *, struct rt_any *args, unsigned count);
	uint8_t min, max, first;
	const char *names;
	bool is_static;          /* of the type, as bytes.fromhex: args[0] means nothing               */
};
#define RT_VARIADIC 255

/* What a type can do; NULL: it cannot, and the error says so as Python does. Only `call` and `next` may run script
 * code. "Raises" is: rt_raise, then nothing, false or -1. */
struct rt_type {
	const char *name;
	const struct rt_type *base;      /* isinstance looks here too                                  */
	bool is_inline;                  /* no object: everything is in `num`                          */
	bool is_iterator;                /* `next` is called on the object itself                      */
	const struct rt_method *methods; /* ended by a row without name                                */
	const struct rt_method *maker;   /* what calling the type itself does; args[0] is the type     */
	void (*mark)(struct rt_script *, struct rt_object *);            /* rt_mark on each value inside */
	/* Frees what is not on the heap; other objects may be gone already. */
	void (*drop)(struct rt_script *, struct rt_object *);
	bool (*put)(struct rt_script *, struct rt_text *, struct rt_any, enum rt_form);  /* may be asked twice */
	bool (*format)(struct rt_script *, struct rt_text *, struct rt_any, const char *spec, size_t length);
	struct rt_any (*get)(struct rt_script *, struct rt_any, struct rt_site *);       /* .name; nothing: none */
	bool (*set)(struct rt_script *, struct rt_any, struct rt_site *, struct rt_any);
	struct rt_any (*item)(struct rt_script *, struct rt_any, struct rt_any key);
	bool (*set_item)(struct rt_script *, struct rt_any, struct rt_any key, struct rt_any value);  /* nothing: del */
	struct rt_any (*slice)(struct rt_script *, struct rt_any, const struct rt_any parts[3]);      /* or None   */
	int64_t (*length)(struct rt_script *, struct rt_any);
	int  (*contains)(struct rt_script *, struct rt_any, struct rt_any item);         /* 1, 0, -1   */
	int  (*next)(struct rt_script *, struct rt_any, int64_t state[2], struct rt_any *item);  /* 1, 0: end, -1 */
	int  (*compare)(struct rt_script *, struct rt_any, struct rt_any, enum rt_relation);     /* or RT_UNKNOWN */
	bool (*hash)(struct rt_script *, struct rt_any, uint64_t *hash);
	bool (*number)(struct rt_script *, struct rt_any, int64_t *num); /* int(value), and as an index */
	struct rt_any (*bytes)(struct rt_script *, struct rt_any);       /* bytes(value)               */
	/* `op`: the operator, '<' for <<, '>' for >>, 'd' for //, 'p' for **; swapped: the object is its right side. */
	struct rt_any (*binary)(struct rt_script *, char op, struct rt_any, struct rt_any, bool is_swapped);
	struct rt_any (*call)(struct rt_script *, struct rt_any, const struct rt_args *);
	int  (*has)(struct rt_script *, struct rt_any kind, struct rt_any value);        /* isinstance(value, kind) */
	void (*names)(struct rt_any, void (*add)(void *context, const char *name, size_t length), void *context);
	void (*help)(struct rt_script *, struct rt_any);         /* help(value) prints; NULL: its names          */
};

/* ---- making values, and asking them ------------------------------------------------------------------- */

extern const struct rt_type rt_type_none, rt_type_bool, rt_type_int, rt_type_str, rt_type_bytes, rt_type_list,
                            rt_type_tuple, rt_type_dict, rt_type_native, rt_type_type;

/* Python's exceptions, each with the one it is a kind of. */
#define RT_EACH_TROUBLE(X) \
	X(BaseException, BaseException) X(KeyboardInterrupt, BaseException) X(SystemExit, BaseException) \
	X(Exception, BaseException) X(ArithmeticError, Exception) X(OverflowError, ArithmeticError) \
	X(ZeroDivisionError, ArithmeticError) X(AssertionError, Exception) X(AttributeError, Exception) \
	X(ImportError, Exception) X(ModuleNotFoundError, ImportError) X(LookupError, Exception) X(IndexError, LookupError) \
	X(KeyError, LookupError) X(MemoryError, Exception) X(NameError, Exception) X(UnboundLocalError, NameError) \
	X(OSError, Exception) X(FileNotFoundError, OSError) X(PermissionError, OSError) X(RuntimeError, Exception) \
	X(NotImplementedError, RuntimeError) X(RecursionError, RuntimeError) X(StopIteration, Exception) \
	X(SyntaxError, Exception) X(IndentationError, SyntaxError) X(TabError, IndentationError) X(TypeError, Exception) \
	X(ValueError, Exception) X(UnicodeError, ValueError) X(UnicodeDecodeError, UnicodeError) \
	X(UnicodeEncodeError, UnicodeError)

enum rt_trouble {
#define RT_TROUBLE(name, base) RT_##name,
	RT_EACH_TROUBLE(RT_TROUBLE)
#undef RT_TROUBLE
	RT_TROUBLES
};
struct rt_any rt_raise(struct rt_script *script, enum rt_trouble what, const char *format, ...) RT_PRINTF(3, 4);
bool rt_failed(const struct rt_script *script);       /* something was raised and not caught            */

static inline bool rt_is(struct rt_any value, const struct rt_type *type) { return value.type == type; }
static inline struct rt_any rt_inline(const struct rt_type *type, int64_t num)
{
	return (struct rt_any){ .type = type, .num = num };
}
static inline struct rt_any rt_nothing(void) { return rt_inline(NULL, 0); }
static inline struct rt_any rt_none(void) { return rt_inline(&rt_type_none, 0); }
static inline struct rt_any rt_bool(bool value) { return rt_inline(&rt_type_bool, value); }
static inline struct rt_any rt_int(int64_t value) { return rt_inline(&rt_type_int, value); }
struct rt_any rt_any_of(struct rt_object *object);    /* NULL: nothing                                   */
struct rt_any rt_native(const struct rt_method *function);
struct rt_any rt_type_value(const struct rt_type *type);
struct rt_object *rt_object_new(struct rt_script *script, const struct rt_type *type, size_t size);  /* zeroed */
void rt_mark(struct rt_script *script, struct rt_any value);
/* Keeps a value until the function returns. NULL: it is nothing, or an error was raised. */
struct rt_any *rt_hold(struct rt_script *script, struct rt_any value);
struct rt_any rt_call(struct rt_script *script, struct rt_any function, const struct rt_any *args, unsigned count);
struct rt_any rt_iterate(struct rt_script *script, struct rt_any value);  /* an iterator                  */
int  rt_next(struct rt_script *script, struct rt_any iterator, struct rt_any *item);  /* 1, 0: end, -1    */

struct rt_any rt_str(struct rt_script *script, const char *bytes, size_t size);     /* no UTF-8: as \xNN */
struct rt_any rt_bytes(struct rt_script *script, const void *bytes, size_t size);
const char *rt_text_bytes(struct rt_any text, size_t *size);     /* of a str or bytes; ends with a zero    */
struct rt_any rt_list(struct rt_script *script, size_t room);
bool rt_list_add(struct rt_script *script, struct rt_any list, struct rt_any item);
struct rt_any rt_tuple(struct rt_script *script, const struct rt_any *items, size_t count);
struct rt_any rt_dict(struct rt_script *script);
bool rt_dict_put(struct rt_script *script, struct rt_any dict, struct rt_any key, struct rt_any value);
bool rt_number(struct rt_script *script, struct rt_any value, int64_t *num);     /* false: raised, no integer */
bool rt_put_any(struct rt_script *script, struct rt_text *out, struct rt_any value, enum rt_form form);

#endif
