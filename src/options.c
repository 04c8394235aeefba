/* SPDX-License-Identifier: MIT */
/* options.c - the command line. An option is one row: letter, name, argument, help, function; parsing,
 * --help and the test that the man page names every option all come from the rows. Letters are tcpdump's
 * where they do not clash with the lab's. */
#include <errno.h>
#include <strings.h>
#include <ringtap/base.h>
#include "options.h"

struct parse {                          /* what a row's function sees                                  */
	struct options *options;
	char **plain_words;             /* the words that belong to no option ...                     */
	int plain_count;
	char **filter_words;            /* ... and those after -f, or NULL                            */
	int filter_count;
	const char *value;              /* the option's argument                                      */
	const char *shown;              /* the option as the user typed it: "-s", "--latency"          */
	struct rt_text *warnings;
	struct rt_error *error;
};

struct row {
	char letter;                    /* 0: none                                                     */
	const char *name;               /* NULL: none                                                  */
	const char *argument;           /* NULL: takes none; "WORD...": every word up to the next option */
	const char *help;
	int (*set)(struct parse *);
};

/* ---- arguments ------------------------------------------------------------------------------------ */

static bool read_number(const char *text, uint64_t most, uint64_t *value)
{
	*value = 0;
	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' || *value > (UINT64_MAX - 9) / 10)
			return false;
		*value = *value * 10 + (uint64_t)(*text - '0');
	}
	return *value <= most;
}

static int number_of(struct parse *p, uint64_t least, uint64_t most, uint32_t *place)
{
	uint64_t value;
	if (!read_number(p->value, most, &value) || value < least)
		return rt_fail(p->error, EINVAL, "%s %s: must be a number from %llu to %llu", p->shown, p->value,
		               (unsigned long long)least, (unsigned long long)most);
	*place = (uint32_t)value;
	return 0;
}

static int set_count(struct parse *p)
{
	if (!read_number(p->value, UINT64_MAX, &p->options->count))
		return rt_fail(p->error, EINVAL, "COUNT must be a positive integer");
	if (p->options->count == 0)
		rt_put_string(p->warnings, "ringtap: ignoring packet count 0\n");
	return 0;
}

/* 0 means the default, as for tcpdump. */
static int set_snaplen(struct parse *p) { return number_of(p, 0, RT_SNAPLEN_MAX, &p->options->capture.snaplen); }
static int set_ring(struct parse *p) { return number_of(p, 1, 4u << 20, &p->options->capture.ring_kib); }
static int set_store(struct parse *p) { return number_of(p, 1, 1u << 20, &p->options->store_mib); }
static int set_latency(struct parse *p) { return number_of(p, 1, 60000, &p->options->capture.latency_ms); }

static int set_direction(struct parse *p)
{
	static const struct { const char *name; uint8_t value; } names[] = {
		{ "in", RT_DIRECTION_IN }, { "out", RT_DIRECTION_OUT }, { "inout", RT_DIRECTION_UNKNOWN },
	};
	for (size_t i = 0; i < RT_COUNT(names); i++) {
		if (strcmp(p->value, names[i].name) == 0) {
			p->options->capture.direction = names[i].value;
			return 0;
		}
	}
	return rt_fail(p->error, EINVAL, "%s %s: must be in, out or inout", p->shown, p->value);
}

static int set_link(struct parse *p)
{
	int link = rt_link_parse(p->value);
	if (link < 0)
		return rt_fail(p->error, EINVAL, "-y %s: no such link type", p->value);
	p->options->link_name = p->value;
	p->options->link = (unsigned)link;
	return 0;
}

static int set_format(struct parse *p, enum rt_format format)
{
	p->options->output.format = (uint8_t)format;
	return 0;
}

static int set_template(struct parse *p)
{
	p->options->output.template_text = p->value;
	return set_format(p, RT_FORMAT_TEMPLATE);
}

static int set_stamp(struct parse *p)
{
	uint8_t *stamp = &p->options->output.stamp;
	*stamp = *stamp < RT_STAMP_FIRST ? (uint8_t)(*stamp + 1) : RT_STAMP_FIRST;
	return 0;
}

static int set_dump(struct parse *p, enum rt_dump dump)
{
	struct rt_output_options *output = &p->options->output;
	output->dump_link |= output->dump == dump;
	output->dump = (uint8_t)dump;
	return 0;
}

static int set_hex(struct parse *p) { return set_dump(p, RT_DUMP_HEX); }
static int set_hex_ascii(struct parse *p) { return set_dump(p, RT_DUMP_HEX_ASCII); }
static int set_ascii(struct parse *p) { return set_dump(p, RT_DUMP_ASCII); }
static int set_summary(struct parse *p) { return set_format(p, RT_FORMAT_SUMMARY); }
static int set_show(struct parse *p) { return set_format(p, RT_FORMAT_SHOW); }
static int set_json(struct parse *p) { return set_format(p, RT_FORMAT_JSON); }
static int set_verbose(struct parse *p)
{
	p->options->is_verbose = p->options->output.checks_sums = true;
	return set_show(p);
}
static int set_listing(struct parse *p) { p->options->listing += p->options->listing < 3; return 0; }
static int set_nothing(struct parse *p) { (void)p; return 0; }

#define TEXT(place)  { p->options->place = p->value; return 0; }
#define FLAG(place)  { p->options->place = true; return 0; }
#define MODE(value)  { p->options->mode = (value); return 0; }
static int set_filter_file(struct parse *p) TEXT(filter_file)
static int set_read(struct parse *p) TEXT(read_path)
static int set_write(struct parse *p) TEXT(write_path)
static int set_netns(struct parse *p) TEXT(capture.netns)
static int set_no_promisc(struct parse *p) FLAG(capture.no_promisc)
static int set_print(struct parse *p) FLAG(print_too)
static int set_explain(struct parse *p) FLAG(explain)
static int set_interactive(struct parse *p) FLAG(is_interactive)
static int set_each(struct parse *p) TEXT(each)
static int set_script(struct parse *p) TEXT(script)
static int set_plain(struct parse *p) FLAG(plain)
static int set_pcap_filter(struct parse *p) FLAG(pcap_filter)
static int set_demo(struct parse *p) FLAG(demo)
static int set_count_only(struct parse *p) FLAG(count_only)
static int set_unbuffered(struct parse *p) FLAG(unbuffered)
static int set_utc(struct parse *p) FLAG(output.is_utc)
static int set_nano(struct parse *p) FLAG(output.is_nano)
static int set_short(struct parse *p) FLAG(output.is_short)
static int set_show_link(struct parse *p) FLAG(output.show_link)
static int set_show_number(struct parse *p) FLAG(output.show_number)
static int set_line_buffered(struct parse *p) FLAG(output.is_line_buffered)
static int set_interfaces(struct parse *p) MODE(MODE_INTERFACES)
static int set_links(struct parse *p) MODE(MODE_LINKS)
static int set_protocols(struct parse *p) MODE(MODE_PROTOCOLS)
static int set_version(struct parse *p) MODE(MODE_VERSION)
static int set_help(struct parse *p) MODE(MODE_HELP)

/* ---- the rows ----------------------------------------------------------------------------------------- */

#define WORDS "WORD..."
#define HELP_COLUMN "                        "
#define HELP_WIDTH  (sizeof HELP_COLUMN - 1)

static const struct row rows[] = {
	{ 'c', "count", "N", "stop after N packets", set_count },
	{ 'f', "filter", WORDS, "filter expression: every word up to the next option", NULL },
	{ 'F', NULL, "FILE", "filter expression from FILE (# starts a comment)", set_filter_file },
	{ 'r', NULL, "FILE", "read packets from FILE, pcap or pcapng (- is stdin)", set_read },
	{ 'w', NULL, "FILE", "write packets to FILE as pcap (- is stdout)", set_write },
	{ 0, "print", NULL, "print packets too while -w writes them", set_print },
	{ 'i', "interact", NULL, "keep the packets, and open the console in the end", set_interactive },
	{ 0, "each", "STATEMENT", "run STATEMENT for every packet, pkt", set_each },
	{ 0, "script", "FILE", "run FILE, then its pkt_callback(pkt) for every packet", set_script },
	{ 0, "store", "MIB", "memory for kept packets (default: 1/4 of what is free)", set_store },
	{ 'D', NULL, NULL, "list the interfaces", set_interfaces },
	{ 'L', NULL, NULL, "list the link types that IFACE can give", set_links },
	{ 'y', NULL, "NAME", "link type, for -d without an interface: EN10MB, RAW ...", set_link },
	{ 's', NULL, "N", "keep N bytes of a packet (default 262144)", set_snaplen },
	{ 'B', NULL, "KIB", "size of the capture ring", set_ring },
	{ 0, "latency", "MS", "hand packets over after MS milliseconds at most", set_latency },
	{ 'p', NULL, NULL, "do not make the interface promiscuous", set_no_promisc },
	{ 'Q', NULL, "DIR", "only packets that come in, go out, or inout", set_direction },
	{ 0, "netns", "NS", "capture in the namespace of a PID, a name or a path", set_netns },
	{ 0, "demo", NULL, "capture a small private network that talks to itself", set_demo },
	{ 'd', NULL, NULL, "list the compiled filter; -dd as C, -ddd as numbers", set_listing },
	{ 'O', NULL, NULL, "do not optimise the filter", set_plain },
	{ 0, "pcap-filter", NULL, "filters mean to the letter what they mean to tcpdump", set_pcap_filter },
	{ 0, "explain", NULL, "show what every stage of the filter compiler makes", set_explain },
	{ 0, "summary", NULL, "one line a packet, as Scapy's summary()", set_summary },
	{ 0, "show", NULL, "every field of every layer, as Scapy's show()", set_show },
	{ 'v', "verbose", NULL, "--show, and wrong checksums marked; live, say how\n"
	  HELP_COLUMN "the filter runs", set_verbose },
	{ 0, "json", NULL, "one JSON object a line", set_json },
	{ 0, "format", "TEXT", "fields in a text of yours: '{IP.src} {TCP.flags}\\n'", set_template },
	{ 'q', NULL, NULL, "short lines", set_short },
	{ 'e', NULL, NULL, "link-layer addresses too", set_show_link },
	{ 't', NULL, NULL, "no time; -tt seconds, -ttt since the last packet,\n"
	  HELP_COLUMN "-tttt with the date, -ttttt since the first", set_stamp },
	{ 0, "utc", NULL, "times in UTC", set_utc },
	{ 0, "nano", NULL, "times with nine digits", set_nano },
	{ '#', "number", NULL, "number the packets", set_show_number },
	{ 'x', NULL, NULL, "bytes in hex; -xx with the link header", set_hex },
	{ 'X', NULL, NULL, "bytes in hex and ASCII; -XX with the link header", set_hex_ascii },
	{ 'A', NULL, NULL, "bytes in ASCII", set_ascii },
	{ 'l', NULL, NULL, "flush after every packet", set_line_buffered },
	{ 'U', NULL, NULL, "flush the written file after every batch", set_unbuffered },
	{ 0, "count-only", NULL, "print only how many packets there were", set_count_only },
	{ 'n', NULL, NULL, "nothing: addresses are never turned into names", set_nothing },
	{ 'S', NULL, NULL, "nothing: sequence numbers are always absolute", set_nothing },
	{ 0, "protocols", NULL, "list the protocols and their fields", set_protocols },
	{ 0, "version", NULL, "print the version", set_version },
	{ 'h', "help", NULL, "print this", set_help },
};

static const char usage[] =
	"usage: ringtap [OPTION...] [IFACE] [EXPRESSION...]        capture live\n"
	"       ringtap [OPTION...] -r FILE [EXPRESSION...]        read a file\n"
	"       ringtap -D | --demo | --protocols | --help | --version\n\n";

void options_help(struct rt_text *out)
{
	rt_put_string(out, usage);
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		const struct row *row = &rows[i];
		size_t width = 4;
		rt_put_format(out, row->letter ? "  -%c" : "    ", row->letter);
		if (row->name) {
			rt_put_format(out, row->letter ? ", --%s" : "  --%s", row->name);
			width += 4 + strlen(row->name);
		}
		if (row->argument) {
			rt_put_format(out, " %s", row->argument);
			width += 1 + strlen(row->argument);
		}
		rt_put_spaces(out, width + 2 < HELP_WIDTH ? HELP_WIDTH - width : 2);
		rt_put_format(out, "%s\n", row->help);
	}
}

/* ---- the walk over argv --------------------------------------------------------------------------------- */

struct args { int at, count; char **list; };

/* "-" is a file name, "-1" a number in an expression: neither is an option. */
static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0' && (word[1] < '0' || word[1] > '9');
}

static int take_words(struct parse *p, struct args *args)
{
	if (p->filter_words)
		return rt_fail(p->error, EINVAL, "%s: given twice", p->shown);
	p->filter_words = args->list + args->at;
	while (args->at < args->count && !is_option(args->list[args->at])) {
		args->at++;
		p->filter_count++;
	}
	if (p->filter_count == 0)
		return rt_fail(p->error, EINVAL, "%s: needs an expression", p->shown);
	return 0;
}

/* `attached`: an argument in the same word (-c4, --count=4), or NULL. */
static int apply(struct parse *p, const struct row *row, const char *attached, struct args *args)
{
	bool is_words = row->argument && strcmp(row->argument, WORDS) == 0;
	if (!row->argument && attached)
		return rt_fail(p->error, EINVAL, "%s: takes no argument", p->shown);
	if (is_words && attached)
		return rt_fail(p->error, EINVAL, "%s: the expression stands behind it, after a blank", p->shown);
	if (is_words)
		return take_words(p, args);
	p->value = attached;
	if (row->argument && !attached) {
		if (args->at >= args->count)
			return rt_fail(p->error, EINVAL, "%s: needs %s", p->shown, row->argument);
		p->value = args->list[args->at++];
	}
	return row->set(p);
}

static int unknown(struct parse *p)
{
	rt_fail(p->error, EINVAL, "%s: unknown option", p->shown);
	rt_hint(p->error, "ringtap --help lists the options");
	return -EINVAL;
}

static int parse_long(struct parse *p, const char *word, struct args *args)
{
	size_t size = strcspn(word + 2, "=");
	p->shown = word;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		if (rows[i].name && strncmp(rows[i].name, word + 2, size) == 0 && !rows[i].name[size])
			return apply(p, &rows[i], word[2 + size] ? word + 3 + size : NULL, args);
	return unknown(p);
}

static const struct row *find_letter(char letter)
{
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		if (rows[i].letter == letter)
			return &rows[i];
	return NULL;
}

/* "-nvc4": letters without an argument, then perhaps one that takes the rest of the word. */
static int parse_letters(struct parse *p, const char *word, struct args *args)
{
	for (const char *at = word + 1; *at; at++) {
		const char name[3] = { '-', *at, '\0' };
		const struct row *row = find_letter(*at);
		p->shown = name;
		if (!row)
			return unknown(p);
		if (row->argument)
			return apply(p, row, at[1] ? at + 1 : NULL, args);
		int rc = apply(p, row, NULL, args);
		if (rc)
			return rc;
	}
	return 0;
}

/* ---- what goes with what ------------------------------------------------------------------------------- */

static bool is_pcapng(const char *path)
{
	const char *dot = strrchr(path, '.');
	return dot && strcasecmp(dot, ".pcapng") == 0;
}

static int check(const struct options *o, struct rt_error *error)
{
	bool lists_filter = o->listing || o->explain, to_stdout = o->write_path && strcmp(o->write_path, "-") == 0;
	bool is_elsewhere = o->read_path || o->demo || lists_filter;
	const struct { bool is_wrong; const char *what; } conflicts[] = {
		{ o->read_path && o->demo,  "-r and --demo exclude each other" },
		{ o->link_name && o->read_path, "-y and -r exclude each other: a file says its link type itself" },
		{ o->capture.direction && (o->read_path || lists_filter), "-Q: only for a live capture" },
		{ o->capture.netns && (is_elsewhere || o->mode == MODE_LINKS), "--netns: only for a live capture" },
		{ o->print_too && !o->write_path && !o->each && !o->script, "--print: only together with -w" },
		{ o->print_too && o->count_only, "--print and --count-only exclude each other" },
		{ o->print_too && to_stdout, "--print: standard output is taken by -w -" },
		{ o->is_interactive && o->read_path && strcmp(o->read_path, "-") == 0, "-i: standard input is taken by -r -" },
		{ o->count_only && to_stdout, "--count-only: standard output is taken by -w -" },
	};
	for (size_t i = 0; i < RT_COUNT(conflicts); i++)
		if (conflicts[i].is_wrong)
			return rt_fail(error, EINVAL, "%s", conflicts[i].what);
	if (o->write_path && is_pcapng(o->write_path))
		return rt_fail(error, EINVAL, "-w %s: pcapng cannot be written yet, only pcap", o->write_path);
	return 0;
}

/* Whose the words are: IFACE's and the expression's. */
static int place_words(struct parse *p)
{
	struct options *o = p->options;
	char **words = p->plain_words;
	int count = p->plain_count;
	bool has_iface = !o->read_path && !o->demo && !o->explain && !(o->listing && o->link_name);
	if (has_iface && count) {
		o->iface = *words++;
		count--;
	}
	if ((p->filter_words != NULL) + (o->filter_file != NULL) + (count > 0) > 1)
		return rt_fail(p->error, EINVAL, "two filter expressions: give one, after IFACE, with -f or with -F");
	o->words = p->filter_words ? p->filter_words : words;
	o->word_count = p->filter_words ? p->filter_count : count;
	if (o->mode == MODE_INTERFACES && (o->iface || o->word_count || o->filter_file || o->capture.netns))
		return rt_fail(p->error, EINVAL, "-D: lists all interfaces of this network namespace, and takes no other word");
	if (o->mode == MODE_LINKS && (o->word_count || o->filter_file))
		return rt_fail(p->error, EINVAL, "-L: takes an interface, and no expression");
	return 0;
}

int options_parse(struct options *options, int argc, char **argv, char **words, struct rt_text *warnings,
                  struct rt_error *error)
{
	struct parse parse = { .options = options, .plain_words = words, .warnings = warnings, .error = error };
	struct args args = { .at = 1, .count = argc, .list = argv };
	bool only_words = false;
	while (args.at < argc) {
		char *word = argv[args.at++];
		int rc = 0;
		if (only_words || !is_option(word))
			words[parse.plain_count++] = word;
		else if (strcmp(word, "--") == 0)
			only_words = true;
		else if (word[1] == '-')
			rc = parse_long(&parse, word, &args);
		else
			rc = parse_letters(&parse, word, &args);
		if (rc)
			return rc;
	}
	int rc = place_words(&parse);
	return rc ? rc : check(options, error);
}
