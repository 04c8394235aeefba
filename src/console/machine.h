/* SPDX-License-Identifier: MIT */
/* machine.h - compiled code, and the interpreter that runs it. A function's frame lies on one stack of values: its
 * arguments and other slots, then what its expressions push. Calls between functions of the language take no C stack.
 * */
#ifndef RINGTAP_CONSOLE_MACHINE_H
#define RINGTAP_CONSOLE_MACHINE_H

#include <signal.h>
#include "objects.h"

#define CALLS_MAX   1000         /* frames                                                               */
#define NESTED_MAX  64           /* C functions that call back, one in the other                         */
#define SPARE_SIZES 16           /* small blocks are kept for the next object, by size / 16              */

enum opcode {
#define OP(name, effect, step) OP_##name,
#include "code.def"
#undef OP
};

struct instruction { uint8_t op, a; uint16_t b; };

/* Instructions from..to-1: an error goes to `handler`, with `depth` values left above the slots. The one
 * with the highest level counts. */
struct guard { uint16_t from, to, handler, depth, level; };

struct code {
	struct rt_object head;
	struct instruction *instructions;
	uint32_t *places;        /* of each: line << 12 | column                                         */
	struct rt_any *consts;
	struct rt_site *sites;
	struct guard *guards;
	uint16_t *captures;      /* slots of the frame around it whose cells it takes                    */
	struct rt_any *names;    /* of slots: parameters first                                           */
	uint32_t count, const_count, site_count, guard_count, capture_count;
	uint32_t room, const_room, site_room, guard_room;        /* of the arrays                        */
	uint16_t param_count, name_count, slots, depth;
	uint16_t capture_at;     /* the slot of the first captured cell                                  */
	bool is_generator, is_spread;    /* is_spread: the last parameter takes all other arguments      */
	struct rt_any name, file;
};

struct function {
	struct rt_object head;
	struct code *code;
	struct rt_any defaults;  /* tuple, of the last parameters                                        */
	struct rt_any cells[];
};

struct generator {
	struct rt_object head;
	struct function *function;
	const struct instruction *ip;
	uint32_t count;          /* of `saved`                                                           */
	bool is_running, is_over;
	struct rt_any saved[];
};

struct frame {
	struct code *code;
	const struct instruction *ip;    /* the next one                                                 */
	struct rt_any *base;
	struct generator *generator;     /* that it belongs to, or NULL                                  */
};

struct global { struct rt_any name, value, built_in; };

struct heap {
	struct rt_object *objects;       /* newest first                                                 */
	struct rt_object *elder;         /* the newest when the current instruction began                */
	struct rt_object *gray;          /* marked, what hangs on them not yet                           */
	struct spare *spares[SPARE_SIZES + 1];
	size_t used, spare, peak;        /* bytes                                                        */
	size_t limit, threshold;
	uint64_t seed[2];
};

struct rt_script {
	struct rt_script_options options;
	struct heap heap;
	struct rt_any *stack, *sp, *stack_end;
	struct frame *frames;
	uint32_t frame_count, frame_room;
	struct global *globals;
	uint32_t global_count, global_room;
	struct dict *names;              /* of globals, to their slots                                   */
	struct rt_any raised;            /* the exception on its way, or nothing                         */
	struct rt_any no_memory, kept, result;
	struct rt_any returned;          /* what a function or generator gave to C code last              */
	struct rt_any letters[128];      /* str of one ASCII character                                   */
	struct rt_any keywords;          /* tuple, of the next call                                      */
	uint64_t steps;                  /* left                                                         */
	volatile sig_atomic_t is_interrupted;
	bool is_over;                    /* steps used up: nothing catches that                          */
	bool is_early;                   /* the text ended too early                                     */
	bool has_yielded;
	uint32_t depth, nested;
	int status;
};

static inline struct function *as_function(struct rt_any v) { return (struct function *)(void *)v.object; }
static inline struct generator *as_generator(struct rt_any v) { return (struct generator *)(void *)v.object; }
static inline struct code *as_code(struct rt_any v) { return (struct code *)(void *)v.object; }
static inline struct cell *as_cell(struct rt_any v) { return (struct cell *)(void *)v.object; }

/* From here on garbage made before counts as such. */
static inline void heap_begin(struct rt_script *s) { s->heap.elder = s->heap.objects; }

/* ---- machine.c, call.c, steps.c ----------------------------------------------------------------------- */

/* Runs the topmost frame and all it calls. What it returned or yielded; nothing: raised. */
struct rt_any machine_run(struct rt_script *s);
/* Callee and `count` arguments are on the stack; they go. */
struct rt_any machine_call(struct rt_script *s, unsigned count);

enum called { CALLED_RAISED, CALLED_DONE, CALLED_FRAME };
/* Callee (at s->sp[-count - 1]) and arguments become a result in the callee's place, or a new frame. */
enum called call_begin(struct rt_script *s, unsigned count);
enum called call_method(struct rt_script *s, unsigned count, struct rt_site *site);
struct frame *frame_push(struct rt_script *s, struct code *code, struct rt_any *base);        /* NULL: raised */
/* The method that the name of the site means for a type, or NULL. */
const struct rt_method *site_method(struct rt_site *site, const struct rt_type *type);
struct rt_any *stack_room(struct rt_script *s, struct rt_any *from, size_t values);    /* NULL: raised */
struct rt_any any_attribute(struct rt_script *s, struct rt_any v, struct rt_site *site);

extern bool (*const steps[])(struct rt_script *s, struct frame *frame, struct instruction in, struct rt_any *sp);

/* ---- script.c, builtins.c, help.c --------------------------------------------------------------------- */

int  global_slot(struct rt_script *s, struct rt_any name);     /* -1: raised; a name that is new gets a slot */
extern const struct rt_method builtin_functions[];     /* ended by a row without name                    */
extern const struct rt_type *const builtin_types[];    /* ended by NULL                                  */
struct rt_any builtin_dir(struct rt_script *s, struct rt_any *args, unsigned count);
struct rt_any builtin_help(struct rt_script *s, struct rt_any *args, unsigned count);

/* ---- compile.c ---------------------------------------------------------------------------------------- */

/* A function without arguments, or nothing: raised. */
struct rt_any compile_text(struct rt_script *s, const char *text, size_t size, const char *file, unsigned flags);
bool compile_wants_more(struct rt_script *s, const char *text, size_t size);

#endif
