/* SPDX-License-Identifier: MIT */
/* main.c - joins what the options ask for: one source, a filter, sinks; then tells how it went.
 * The only file that decides an exit status: 0 fine, 1 a run-time error, 2 a usage or filter error. */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <ringtap/capture.h>
#include <ringtap/file.h>
#include <ringtap/output.h>
#include "options.h"

enum status { STATUS_FINE, STATUS_FAILED, STATUS_USAGE };

#define FILTER_TEXT_MAX (1u << 20)      /* bytes of an expression, as the compiler's own limit          */

struct app {
	struct options options;
	struct rt_error error;
	struct rt_text out, err;        /* results; everything else                                    */
	char *filter_text;              /* owned                                                       */
	struct rt_filter *filter;
	struct rt_capture *capture;     /* the live one, or NULL; owned by `source`                     */
	struct rt_source *source;
	struct rt_demo *demo;
	struct rt_dissector *dissector;
	struct rt_sink *sinks[2];
	size_t sink_count;
	uint64_t captured;
};

/* ---- the one thing a signal handler may touch ------------------------------------------------------- */

static struct rt_stop stop = { .fd = -1 };

static void on_signal(int number)
{
	(void)number;
	const uint64_t one = 1;
	int saved = errno;
	stop.now = 1;
	(void)!write(stop.fd, &one, sizeof one);
	errno = saved;
}

static int catch_signals(struct rt_error *error)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	stop.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (stop.fd < 0)
		return rt_fail(error, errno, "eventfd: %s", rt_errno_text(errno));
	for (size_t i = 0; i < RT_COUNT(numbers); i++) {
		struct sigaction old;
		/* nohup and shells in the background ignore signals on purpose */
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
	signal(SIGPIPE, SIG_IGN);       /* a write then fails with EPIPE, which ends quietly */
	return 0;
}

/* ---- telling ------------------------------------------------------------------------------------------- */

static int tell_error(struct app *app, int status)
{
	rt_text_flush(&app->out);
	rt_put_format(&app->err, "ringtap: %s\n", app->error.what);
	if (app->error.hint[0])
		rt_put_format(&app->err, "%s\n", app->error.hint);
	rt_text_flush(&app->err);
	return status;
}

/* The expression on a line of its own, and carets under what is wrong. A long one is shown around it. */
static int tell_filter_error(struct app *app, const char *text)
{
	const int around = 60;
	rt_context(&app->error, "filter");
	tell_error(app, STATUS_USAGE);
	int column = app->error.column, size = (int)strlen(text);
	if (column < 1)
		return STATUS_USAGE;
	int from = column > around ? column - around : 0, shown = size - from;
	if (shown > 2 * around)
		shown = 2 * around;
	int carets = app->error.length > 0 ? app->error.length : 1;
	if (carets > from + shown - column + 1)
		carets = from + shown - column + 1;
	rt_put_string(&app->err, "  ");
	for (int i = 0; i < shown; i++)         /* one column a byte, so that the caret stands right */
		rt_put_char(&app->err, text[from + i] >= ' ' && text[from + i] < 127 ? text[from + i] : '?');
	rt_put_string(&app->err, "\n  ");
	rt_put_spaces(&app->err, (size_t)(column - 1 - from));
	for (int i = 0; i < carets || i == 0; i++)
		rt_put_char(&app->err, '^');
	rt_put_char(&app->err, '\n');
	rt_text_flush(&app->err);
	return STATUS_USAGE;
}

static void tell_counts(struct app *app)
{
	struct rt_stats stats = { 0 };
	app->source->stats(app->source, &stats);
	const struct { uint64_t count; const char *what; bool always; } lines[] = {
		{ app->captured,  " captured",            true },
		{ stats.received, " received by filter",  true },
		{ stats.dropped,  " dropped by kernel",   true },
		{ stats.cut,      " cut to fit the ring", false },
	};
	for (size_t i = 0; i < RT_COUNT(lines); i++) {
		if (!lines[i].always && !lines[i].count)
			continue;
		rt_put_num(&app->err, lines[i].count);
		rt_put_string(&app->err, lines[i].count == 1 ? " packet" : " packets");
		rt_put_format(&app->err, "%s\n", lines[i].what);
	}
	rt_text_flush(&app->err);
}

/* ---- the filter's text ----------------------------------------------------------------------------------- */

static int join_words(struct app *app, char **words, int count)
{
	size_t size = 1;
	for (int i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	char *text = malloc(size), *at = text;
	if (!text)
		return rt_fail(&app->error, ENOMEM, "filter: no memory");
	for (int i = 0; i < count; i++) {
		if (i)
			*at++ = ' ';
		at = stpcpy(at, words[i]);
	}
	*at = '\0';
	app->filter_text = text;
	return 0;
}

/* Comments become blanks, so that columns still count from the start of the file. */
static void blank_comments(char *text)
{
	bool is_comment = false;
	for (; *text; text++) {
		is_comment = *text != '\n' && (is_comment || *text == '#');
		if (is_comment || *text == '\n' || *text == '\r')
			*text = ' ';
	}
}

static int read_filter_file(struct app *app, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return rt_fail(&app->error, errno, "%s: %s", path, rt_errno_text(errno));
	size_t size = 0, room = FILTER_TEXT_MAX + 1;
	char *text = malloc(room);
	ssize_t got = text ? 1 : -1;
	while (text && size < room - 1 && (got = read(fd, text + size, room - 1 - size)) > 0)
		size += (size_t)got;
	int failed = errno;
	close(fd);
	if (got < 0 || size >= FILTER_TEXT_MAX || (text && memchr(text, '\0', size))) {
		free(text);
		return rt_fail(&app->error, EINVAL, "%s: %s", path, got < 0 ? rt_errno_text(failed) :
		               size >= FILTER_TEXT_MAX ? "the expression is too long" : "not a text");
	}
	text[size] = '\0';
	blank_comments(text);
	app->filter_text = text;
	return 0;
}

static int make_filter_text(struct app *app, int skip)
{
	struct options *o = &app->options;
	if (o->filter_file)
		return read_filter_file(app, o->filter_file);
	if (o->filter_words)
		return join_words(app, o->filter_words, o->filter_count);
	return join_words(app, o->words + skip, o->word_count > skip ? o->word_count - skip : 0);
}

static struct rt_filter_options filter_options(const struct app *app, unsigned link, bool is_live)
{
	const struct options *o = &app->options;
	return (struct rt_filter_options){ .link = link, .snaplen = o->capture.snaplen, .is_pcap = o->pcap_filter,
	                                   .is_plain = o->plain, .is_live = is_live };
}

/* -d, -dd, -ddd and --explain end here: a status to exit with; -1: go on. */
static int show_filter(struct app *app, unsigned link, bool is_live)
{
	struct rt_filter_options with = filter_options(app, link, is_live);
	if (app->options.explain &&
	    rt_filter_explain(app->filter_text, &with, &app->out, &app->error) < 0)
		return tell_filter_error(app, app->filter_text);
	if (rt_filter_compile(&app->filter, app->filter_text, &with, &app->error) < 0)
		return tell_filter_error(app, app->filter_text);
	if (app->options.listing)
		rt_filter_list(app->filter, app->options.listing, &app->out);
	return app->options.listing || app->options.explain ? STATUS_FINE : -1;
}

/* ---- sources --------------------------------------------------------------------------------------------- */

static int find_link(struct app *app, unsigned *link)
{
	int value = rt_link_parse(app->options.link_name);
	if (value < 0)
		return rt_fail(&app->error, EINVAL, "-y %s: no such link type", app->options.link_name);
	*link = (unsigned)value;
	return 0;
}

/* The link type of an interface, without any privilege. */
static int link_of_interface(struct app *app, const char *name, unsigned *link)
{
	struct rt_interface *list = NULL;
	int count = rt_interfaces(&list, &app->error), found = -1;
	if (count < 0)
		return count;
	for (int i = 0; i < count; i++)
		if (name ? strcmp(list[i].name, name) == 0 : list[i].is_default)
			found = i;
	int value = found < 0 ? -1 : rt_interface_link(list[found].type);
	free(list);
	if (found < 0)
		return rt_fail(&app->error, ENODEV, "%s: No such device", name ? name : "default route");
	if (value < 0)
		return rt_fail(&app->error, EAFNOSUPPORT, "%s: its link type is not known", name);
	*link = (unsigned)value;
	return 0;
}

static const char *interface_word(const struct app *app)
{
	return app->options.word_count > 0 ? app->options.words[0] : NULL;
}

static int show_filter_only(struct app *app)
{
	unsigned link;
	int skip = app->options.link_name ? 0 : 1;
	if (make_filter_text(app, skip) < 0)
		return tell_error(app, STATUS_USAGE);
	if (app->options.link_name ? find_link(app, &link) < 0
	                           : link_of_interface(app, interface_word(app), &link) < 0)
		return tell_error(app, STATUS_USAGE);
	return show_filter(app, link, !app->options.link_name);
}

static int open_file(struct app *app)
{
	if (make_filter_text(app, 0) < 0)
		return tell_error(app, STATUS_USAGE);
	if (rt_file_open(&app->source, app->options.read_path, &stop, &app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	unsigned link = app->source->iface_count ? app->source->ifaces[0]->link : RT_LINK_ETHER;
	return show_filter(app, link, false);
}

static uint32_t default_latency(const struct options *o)
{
	struct stat st;
	bool is_file = fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode);
	bool is_watched = !o->write_path || o->print_too;
	return is_watched && !is_file ? 10 : 100;
}

static int open_live(struct app *app)
{
	struct options *o = &app->options;
	o->capture.iface = o->demo ? rt_demo_interface(app->demo) : interface_word(app);
	o->capture.stop = &stop;
	if (!o->capture.latency_ms)
		o->capture.latency_ms = default_latency(o);
	if (make_filter_text(app, o->demo ? 0 : 1) < 0)
		return tell_error(app, STATUS_USAGE);
	if (rt_capture_open(&app->capture, &o->capture, &app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	app->source = rt_capture_source(app->capture);
	if (!o->capture.iface) {
		rt_put_format(&app->err, "ringtap: capturing on %s, the interface of the default route\n",
		              rt_capture_interface(app->capture)->name);
		rt_text_flush(&app->err);
	}
	int status = show_filter(app, rt_capture_link(app->capture), true);
	if (status >= 0)
		return status;
	if (rt_capture_start(app->capture, app->filter, &app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	return -1;
}

/* ---- sinks ------------------------------------------------------------------------------------------------- */

static int open_writer(struct app *app)
{
	const struct options *o = &app->options;
	const struct rt_iface *from = app->source->iface_count ? app->source->ifaces[0] : NULL;
	struct rt_file_options with = {
		.link = app->capture ? rt_capture_link(app->capture) : from ? from->link : RT_LINK_ETHER,
		.snaplen = o->capture.snaplen ? o->capture.snaplen : from && from->snaplen ? from->snaplen
		                                                                            : RT_SNAPLEN_MAX,
		.is_nano = o->output.is_nano || (from && from->is_nano), .is_unbuffered = o->unbuffered,
	};
	return rt_file_create(&app->sinks[app->sink_count], o->write_path, &with, &app->error);
}

static int open_sinks(struct app *app)
{
	const struct options *o = &app->options;
	if (o->write_path) {
		if (open_writer(app) < 0)
			return tell_error(app, STATUS_FAILED);
		app->sink_count++;
	}
	if (o->count_only || (o->write_path && !o->print_too))
		return -1;
	if (rt_dissector_new(&app->dissector, &app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	if (rt_printer_new(&app->sinks[app->sink_count], STDOUT_FILENO, app->dissector, &o->output, &app->error) < 0)
		return tell_error(app, STATUS_USAGE);
	app->sink_count++;
	return -1;
}

static int close_sinks(struct app *app)
{
	int rc = 0;
	for (size_t i = 0; i < app->sink_count; i++) {
		struct rt_error error;
		int closed = app->sinks[i]->close(app->sinks[i], &error);
		if (closed < 0 && rc == 0) {
			rc = closed;
			app->error = error;
		}
	}
	app->sink_count = 0;
	return rc;
}

/* ---- the run ------------------------------------------------------------------------------------------------- */

static int run(struct app *app)
{
	struct rt_run run = { .source = app->source, .filter = app->filter, .sinks = app->sinks,
	                      .sink_count = app->sink_count, .limit = app->options.count, .stop = &stop };
	if (app->capture && rt_capture_filters_in_kernel(app->capture))
		run.filter = NULL;
	else if (app->capture)
		rt_put_string(&app->err, "ringtap: the filter is too big for the kernel and runs here instead\n");
	rt_text_flush(&app->err);
	if (app->demo && rt_demo_play(app->demo, &stop, &app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	int rc = rt_run(&run, &app->error);
	app->captured = run.captured;
	struct rt_error first = app->error;
	int closed = close_sinks(app);
	if (rc < 0)
		app->error = first;
	if (app->options.count_only && rc >= 0)
		rt_put_format(&app->out, "%llu packet%s\n", (unsigned long long)run.captured,
		              run.captured == 1 ? "" : "s");
	bool is_quiet = rc == -EPIPE || (rc >= 0 && closed == -EPIPE);
	int status = STATUS_FINE;
	if ((rc < 0 || closed < 0) && !is_quiet)
		status = tell_error(app, STATUS_FAILED);
	if (app->capture)
		tell_counts(app);
	return status;
}

static int work(struct app *app)
{
	struct options *o = &app->options;
	if ((o->listing || o->explain) && !o->read_path && !o->demo)
		return show_filter_only(app);
	if (catch_signals(&app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	if (o->demo && rt_demo_open(&app->demo, &app->error) < 0)
		return tell_error(app, STATUS_FAILED);
	int status = o->read_path ? open_file(app) : open_live(app);
	if (status < 0)
		status = open_sinks(app);
	return status < 0 ? run(app) : status;
}

/* ---- lists ------------------------------------------------------------------------------------------------------ */

static int list_interfaces(struct app *app)
{
	struct rt_interface *list = NULL;
	int count = rt_interfaces(&list, &app->error);
	if (count < 0)
		return tell_error(app, STATUS_FAILED);
	rt_interfaces_print(list, (size_t)count, &app->out);
	free(list);
	return STATUS_FINE;
}

static int list_links(struct app *app)
{
	unsigned link;
	const char *name = interface_word(app);
	if (link_of_interface(app, name, &link) < 0)
		return tell_error(app, STATUS_FAILED);
	const char *word = rt_link_name(link), *description = rt_link_description(link);
	rt_put_format(&app->out, "%s (%s)\n", word ? word : "?", description ? description : "not known");
	return STATUS_FINE;
}

static int dispatch(struct app *app)
{
	switch (app->options.mode) {
	case MODE_HELP:       options_help(&app->out); return STATUS_FINE;
	case MODE_VERSION:    rt_put_string(&app->out, "ringtap " RINGTAP_VERSION "\n"); return STATUS_FINE;
	case MODE_INTERFACES: return list_interfaces(app);
	case MODE_LINKS:      return list_links(app);
	case MODE_PROTOCOLS:  rt_protocols_print(&app->out); return STATUS_FINE;
	case MODE_CAPTURE:    break;
	}
	return work(app);
}

int main(int argc, char **argv)
{
	static struct app app;
	static char out[8192], err[8192];
	rt_text_init(&app.out, out, sizeof out, STDOUT_FILENO);
	rt_text_init(&app.err, err, sizeof err, STDERR_FILENO);
	char **words = calloc((size_t)argc + 1, sizeof *words);
	int status = STATUS_FAILED;
	if (words && options_parse(&app.options, argc, argv, words, &app.err, &app.error) < 0) {
		status = tell_error(&app, STATUS_USAGE);
	} else if (words) {
		rt_text_flush(&app.err);
		status = dispatch(&app);
	}
	rt_text_flush(&app.out);
	if (app.out.error && app.out.error != EPIPE && status == STATUS_FINE) {
		rt_fail(&app.error, app.out.error, "standard output: %s", rt_errno_text(app.out.error));
		status = tell_error(&app, STATUS_FAILED);
	}
	close_sinks(&app);
	rt_source_close(app.source);
	rt_demo_close(app.demo);
	rt_dissector_free(app.dissector);
	rt_filter_free(app.filter);
	free(app.filter_text);
	free(words);
	return status;
}
