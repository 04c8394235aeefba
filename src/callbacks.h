/* SPDX-License-Identifier: MIT */
/* callbacks.h - the language in a run: --each and --script for every packet, -i in the end. */
#ifndef RINGTAP_CALLBACKS_H
#define RINGTAP_CALLBACKS_H

#include <ringtap/packets.h>

struct callbacks;

struct callbacks_options {
	struct rt_host_options host;
	const char *each;                /* --each: a statement or an expression; NULL: none           */
	const char *script;              /* --script: a file; NULL: none                               */
	bool is_interactive;             /* -i: keep the packets                                       */
	struct rt_text *out, *err;       /* borrowed                                                   */
};

int  callbacks_new(struct callbacks **callbacks, const struct callbacks_options *options, struct rt_error *error);
void callbacks_free(struct callbacks *callbacks);        /* accepts NULL */
struct rt_script *callbacks_script(struct callbacks *callbacks);
/* Reads and runs the script, compiles the statement. 0, or a negative errno; EINVAL: what the user wrote is wrong. */
int  callbacks_load(struct callbacks *callbacks, struct rt_error *error);
/* The sinks of a run: at most two are put into `sinks`; how many. Closing them leaves the rest open. */
size_t callbacks_sinks(struct callbacks *callbacks, struct rt_sink *sinks[2]);
/* Did one call exit(), or did Ctrl-C end the loading? Then `*status` is what the program should return. */
bool callbacks_left(const struct callbacks *callbacks, int *status);
/* After the run: at_end(), and how many calls failed. */
void callbacks_end(struct callbacks *callbacks);
/* The console: `stop_fd` ends it. What exit() was given, or 0; or a negative errno. */
int  callbacks_talk(struct callbacks *callbacks, int stop_fd, struct rt_error *error);

#endif
