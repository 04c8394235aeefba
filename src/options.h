/* SPDX-License-Identifier: MIT */
/* options.h - the command line, parsed: what main.c is asked to do. */
#ifndef RINGTAP_OPTIONS_H
#define RINGTAP_OPTIONS_H

#include <ringtap/capture.h>
#include <ringtap/output.h>

enum mode { MODE_CAPTURE, MODE_HELP, MODE_VERSION, MODE_INTERFACES, MODE_LINKS, MODE_PROTOCOLS };

struct options {
	enum mode mode;
	const char *iface;              /* IFACE; NULL: left out, or there is none (-r, -d -y ...) */
	char **words;                   /* EXPRESSION, behind IFACE or after -f                     */
	int word_count;
	const char *filter_file;        /* -F                                                       */
	const char *read_path;          /* -r                                                       */
	const char *write_path;         /* -w                                                       */
	const char *link_name;          /* -y as it was typed, or NULL ...                          */
	unsigned link;                  /* ... and the enum rt_link it means                        */
	const char *each, *script;      /* --each, --script; NULL: none                             */
	uint32_t store_mib;             /* --store; 0: not given                                    */
	uint64_t count;                 /* -c; 0: no limit                                          */
	int  listing;                   /* how many -d, at most 3                                   */
	bool explain, plain, pcap_filter, demo, print_too, count_only, unbuffered, is_verbose, is_interactive;
	struct rt_capture_options capture;
	struct rt_output_options output;
};

/* Fills `options` from the command line; the strings stay argv's, `words` is the caller's array of `argc`
 * places. Returns 0, or a negative errno for what is wrong with the command line. A warning that is no error
 * (-c 0) is put into `warnings`. */
int  options_parse(struct options *options, int argc, char **argv, char **words, struct rt_text *warnings,
                   struct rt_error *error);
void options_help(struct rt_text *out);

#endif
