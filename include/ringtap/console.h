/* SPDX-License-Identifier: MIT */
/* console.h - the small Python-like language of the console, --each and --script.
 *
 * An interpreter has its own heap with a limit, prints to one rt_text and knows no protocol: packets, layers and lists
 * of them are objects of the host (object.h). Integers have 64 bits and overflow is an error; there are no floats, no
 * classes, no modules. Nothing a script does takes more memory than the limit, goes deeper than the C stack allows, or
 * outlives rt_script_interrupt(). One interpreter is used by one thread at a time. */
#ifndef RINGTAP_CONSOLE_H
#define RINGTAP_CONSOLE_H

#include <ringtap/object.h>

struct rt_script_options {
	size_t memory;           /* bytes, heap and stack; at least 256 KiB, at most 1 GiB; 0: 16 MiB  */
	uint64_t steps;          /* jumps back and calls that one run may take; 0: no limit            */
	struct rt_text *out;     /* where print goes; borrowed                                         */
	bool is_escaped;         /* print writes control characters as \xNN (a terminal)               */
	bool is_stressed;        /* tests: collect garbage at every allocation                         */
	/* Called once for each name a script uses that is not known yet; nothing: not the host's either. */
	struct rt_any (*find)(struct rt_script *script, const char *name, size_t length);
	/* Names that `find` knows, for completion; some may come twice. NULL: they are not told.          */
	void (*names)(struct rt_script *script, void (*add)(void *, const char *, bool is_own), void *context);
	void *context;           /* the host's: rt_script_context                                      */
	const char *help;        /* lines that help() adds about what the host has; NULL: none          */
};

struct rt_script_error {
	char what[256];          /* "NameError: name 'foo' is not defined"; one line, escaped          */
	char file[64];
	int  line, column;       /* from 1, in characters; 0: not in a script                          */
	int  status;             /* of exit(): what the program should return                          */
	bool is_early;           /* the text only ended too early: more lines may make it right        */
};

enum { RT_SCRIPT_ECHO = 1 };     /* expressions that stand alone are printed, as a console does        */

/* ---- making one, and running texts -------------------------------------------------------------------- */

int  rt_script_new(struct rt_script **script, const struct rt_script_options *options, struct rt_error *error);
void rt_script_free(struct rt_script *script);

/* These return 0, or: -EINVAL an error in the script, -EINTR interrupted, -ETIME steps used up, -ENOMEM, -ECANCELED
 * exit(). `file` names the text in messages. A result is valid until the next of these calls, as is what the host made
 * itself since the last one: what it needs longer is given to rt_script_set or rt_script_keep. */
int  rt_script_compile(struct rt_script *script, const char *text, size_t size, const char *file, unsigned flags,
                       struct rt_any *function, struct rt_script_error *error);
int  rt_script_call(struct rt_script *script, struct rt_any function, const struct rt_any *args, unsigned count,
                    struct rt_any *result, struct rt_script_error *error);
int  rt_script_run(struct rt_script *script, const char *text, size_t size, const char *file, unsigned flags,
                   struct rt_script_error *error);
/* A line on `out`, as print() writes it. */
int  rt_script_print(struct rt_script *script, struct rt_any value, struct rt_script_error *error);
bool rt_script_wants_more(struct rt_script *script, const char *text, size_t size);   /* for the prompt "... " */

/* ---- its names, its memory ---------------------------------------------------------------------------- */

bool rt_script_keep(struct rt_script *script, struct rt_any value);   /* for ever; false: no memory        */
int  rt_script_set(struct rt_script *script, const char *name, struct rt_any value);  /* 0 or -ENOMEM    */
struct rt_any rt_script_get(struct rt_script *script, const char *name);              /* or nothing      */
/* The place of a global, for one that is set again and again: found once, set without looking. -ENOMEM: none. */
int  rt_script_slot(struct rt_script *script, const char *name);
void rt_script_set_slot(struct rt_script *script, int slot, struct rt_any value);
/* Every global, built-in names too: for completion. `is_own`: the script set it. */
void rt_script_each_name(const struct rt_script *script, void (*add)(void *, const char *, bool is_own), void *context);
/* What a script may use without having set it, from the host. */
void rt_script_host_names(struct rt_script *script, void (*add)(void *, const char *, bool is_own), void *context);
/* What may stand behind the dot of a value: for completion. */
void rt_names(struct rt_any value, void (*add)(void *context, const char *name, size_t length), void *context);
void rt_script_interrupt(struct rt_script *script);   /* Ctrl-C; from a signal handler or another thread */
void rt_script_forget_interrupt(struct rt_script *script);   /* one that came, and is not for what runs next */
void rt_script_memory(const struct rt_script *script, size_t *used, size_t *peak);
void *rt_script_context(const struct rt_script *script);

#endif
