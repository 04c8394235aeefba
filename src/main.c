/* SPDX-License-Identifier: MIT */
/* main.c - joins what the options ask for: one source, a filter, sinks; then tells how it went. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <ringtap/capture.h>
#include <ringtap/file.h>
#include <ringtap/output.h>
#include "callbacks.h"
#include "expression.h"
#include "options.h"
#include "tell.h"

enum status {                           /* what the process exits with                                 */
	STATUS_FINE,                    /* also when a signal ended the capture, or a pipe was closed  */
	STATUS_FAILED,                  /* an error while running                                      */
	STATUS_USAGE,                   /* the options or the filter are wrong                         */
};

struct app {
	struct options options;
	struct rt_error error;
	struct rt_text out, err;        /* results; everything else                                    */
	char *expression;               /* the filter's text; owned                                    */
	const struct rt_filter_names *names;    /* what it may ask for                                  */
	struct rt_filter *filter;       /* live: what the kernel gets                                  */
	struct rt_source *source;
	struct rt_capture *capture;     /* the source, when live ...                                   */
	struct rt_source *filtered;     /* ... and when it is a file with a filter                     */
	struct rt_demo *demo;
	struct rt_dissector *dissector;
	struct callbacks *callbacks;    /* --each, --script, -i                                        */
	struct rt_sink *sinks[4];
	size_t sink_count;
};

/* ---- the one thing a signal handler may touch ------------------------------------------------------- */

static struct rt_stop stop = { .fd = -1 };
static int end_fd = -1;                                 /* readable: not only the capture, all is to end */
static struct rt_script *volatile script;               /* what Ctrl-C interrupts; NULL: none            */

static void on_signal(int number)
{
	const uint64_t one = 1;
	int saved = errno;
	stop.now = 1;
	(void)!write(stop.fd, &one, sizeof one);
	if (number != SIGINT)
		(void)!write(end_fd, &one, sizeof one);
	if (script)
		rt_script_interrupt(script);
	errno = saved;
}

static int catch_signals(struct rt_error *error)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	stop.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	end_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (stop.fd < 0 || end_fd < 0)
		return rt_fail(error, errno, "eventfd: %s", rt_errno_text(errno));
	for (size_t i = 0; i < RT_COUNT(numbers); i++) {
		struct sigaction old;
		/* nohup and shells in the background ignore signals on purpose */
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
	return 0;
}

/* ---- from errors to statuses -------------------------------------------------------------------------- */

static enum status failed(struct app *app)
{
	rt_text_flush(&app->out);
	tell_error(&app->err, &app->error);
	return STATUS_FAILED;
}

static enum status misused(struct app *app)
{
	tell_error(&app->err, &app->error);
	return STATUS_USAGE;
}

static enum status bad_filter(struct app *app)
{
	rt_text_flush(&app->out);
	tell_filter_error(&app->err, &app->error, app->expression);
	return app->error.code == ENOMEM ? STATUS_FAILED : STATUS_USAGE;
}

/* ---- the filter ------------------------------------------------------------------------------------------ */

static enum status read_expression(struct app *app)
{
	int rc = expression_read(&app->expression, &app->options, &app->error);
	rc = rc ? rc : rt_names_open(&app->names, &app->error);
	return rc == 0 ? STATUS_FINE : rc == -EINVAL ? misused(app) : failed(app);
}

static struct rt_filter_options filter_options(const struct app *app, unsigned link, bool is_live)
{
	const struct options *o = &app->options;
	return (struct rt_filter_options){ .link = link, .snaplen = o->capture.snaplen, .is_pcap = o->pcap_filter,
	                                   .is_plain = o->plain, .is_live = is_live, .names = app->names };
}

/* The link type of an interface, without any privilege. */
static enum status link_of_interface(struct app *app, unsigned *link)
{
	struct rt_interface found;
	if (rt_interface_find(&found, app->options.iface, &app->error) < 0)
		return failed(app);
	int value = rt_interface_link_of(&found);
	if (value < 0) {
		rt_fail(&app->error, EAFNOSUPPORT, "%s: its link type is not known", found.name);
		return failed(app);
	}
	*link = (unsigned)value;
	return STATUS_FINE;
}

/* For which link type a filter is listed. A file is asked for its first. */
static enum status link_to_list(struct app *app, unsigned *link)
{
	const struct options *o = &app->options;
	*link = o->link_name ? o->link : (unsigned)RT_LINK_ETHER;
	if (o->read_path) {
		if (rt_file_open(&app->source, o->read_path, NULL, &app->error) < 0)
			return failed(app);
		if (app->source->iface_count)
			*link = app->source->ifaces[0]->link;
		return STATUS_FINE;
	}
	return o->link_name || o->demo || o->explain ? STATUS_FINE : link_of_interface(app, link);
}

/* -d, -dd, -ddd, --explain */
static enum status list_filter(struct app *app)
{
	const struct options *o = &app->options;
	unsigned link;
	enum status status = read_expression(app);
	if (status == STATUS_FINE)
		status = link_to_list(app, &link);
	if (status != STATUS_FINE)
		return status;
	const struct rt_filter_options with = filter_options(app, link, !o->read_path && !o->link_name && !o->explain);
	if (o->explain && rt_filter_explain(app->expression, &with, &app->out, &app->error) < 0)
		return bad_filter(app);
	if (rt_filter_compile(&app->filter, app->expression, &with, &app->error) < 0)
		return bad_filter(app);
	if (o->listing)
		rt_filter_list(app->filter, o->listing, &app->out);
	return STATUS_FINE;
}

/* ---- sources --------------------------------------------------------------------------------------------- */

static enum status open_file(struct app *app)
{
	if (rt_file_open(&app->source, app->options.read_path, &stop, &app->error) < 0)
		return failed(app);
	if (!app->expression[0] && !app->options.capture.snaplen)
		return STATUS_FINE;
	const struct rt_filter_options with = filter_options(app, 0, false);
	if (rt_filtered_open(&app->filtered, app->source, app->expression, &with, &app->error) < 0)
		return bad_filter(app);
	app->source = app->filtered;
	return STATUS_FINE;
}

/* A person who watches waits less than a file. */
static uint32_t default_latency(const struct options *o)
{
	struct stat st;
	bool is_file = fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode);
	bool is_watched = !o->write_path || o->print_too;
	return is_watched && !is_file ? 10 : 100;
}

static void tell_interface(struct app *app)
{
	rt_put_format(&app->err, "ringtap: capturing on %s, the interface of the default route\n",
	              rt_capture_interface(app->capture)->name);
	rt_text_flush(&app->err);
}

/* Best effort: frames with a tag are shown as if they had none. */
static void tell_tag(struct app *app)
{
	const struct rt_interface *interface = rt_capture_interface(app->capture);
	if (!interface->tag[0] || rt_capture_link(app->capture) != RT_LINK_ETHER)
		return;
	rt_put_format(&app->err, "ringtap: %s: frames may have a tag of the switch chip, ", interface->name);
	rt_put_escaped(&app->err, (const uint8_t *)interface->tag, strlen(interface->tag));
	rt_put_string(&app->err, ", that is not known; they are read as plain Ethernet\n");
	rt_text_flush(&app->err);
}

static enum status open_capture(struct app *app)
{
	struct options *o = &app->options;
	o->capture.iface = o->demo ? rt_demo_interface(app->demo) : o->iface;
	o->capture.stop = &stop;
	if (!o->capture.latency_ms)
		o->capture.latency_ms = default_latency(o);
	if (rt_capture_open(&app->capture, &o->capture, &app->error) < 0)
		return failed(app);
	app->source = rt_capture_source(app->capture);
	if (!o->capture.iface)
		tell_interface(app);
	tell_tag(app);
	unsigned link = rt_capture_link(app->capture);
	if (o->link_name && o->link != link) {
		const char *name = rt_link_name(link);
		rt_fail(&app->error, EINVAL, "-y %s: %s gives %s", o->link_name,
		        rt_capture_interface(app->capture)->name, name ? name : "another link type");
		return misused(app);
	}
	const struct rt_filter_options with = filter_options(app, link, true);
	if (rt_filter_compile(&app->filter, app->expression, &with, &app->error) < 0)
		return bad_filter(app);
	return rt_capture_start(app->capture, app->filter, &app->error) < 0 ? failed(app) : STATUS_FINE;
}

static enum status open_source(struct app *app)
{
	if (app->options.read_path)
		return open_file(app);
	if (app->options.demo && rt_demo_open(&app->demo, &app->error) < 0)
		return failed(app);
	return open_capture(app);
}

/* ---- sinks ------------------------------------------------------------------------------------------------- */

static enum status open_printer(struct app *app)
{
	const struct options *o = &app->options;
	if (rt_dissector_new(&app->dissector, &app->error) < 0)
		return failed(app);
	if (o->count_only || ((o->write_path || o->each || o->script) && !o->print_too))
		return STATUS_FINE;
	if (rt_printer_new(&app->sinks[app->sink_count], STDOUT_FILENO, app->dissector, &o->output, &app->error) < 0)
		return app->error.code == ENOMEM ? failed(app) : misused(app);
	app->sink_count++;
	return STATUS_FINE;
}

static enum status open_writer(struct app *app)
{
	const struct options *o = &app->options;
	if (!o->write_path)
		return STATUS_FINE;
	const struct rt_iface *from = app->source->iface_count ? app->source->ifaces[0] : NULL;
	const struct rt_file_options with = {
		.link = app->capture ? rt_capture_link(app->capture) : from ? from->link : RT_LINK_ETHER,
		.snaplen = o->capture.snaplen ? o->capture.snaplen : from && from->snaplen ? from->snaplen
		                                                                            : RT_SNAPLEN_MAX,
		.is_nano = o->output.is_nano || (from && from->is_nano), .is_unbuffered = o->unbuffered,
	};
	if (rt_file_create(&app->sinks[app->sink_count], o->write_path, &with, &app->error) < 0)
		return failed(app);
	app->sink_count++;
	return STATUS_FINE;
}

static enum status open_callbacks(struct app *app)
{
	const struct options *o = &app->options;
	if (!o->each && !o->script && !o->is_interactive)
		return STATUS_FINE;
	const struct callbacks_options with = {
		.host = { .dissector = app->dissector, .names = app->names, .is_pcap_filter = o->pcap_filter, .stop = &stop,
		          .store = o->store_mib ? (uint64_t)o->store_mib << 20 : rt_memory_available() / 4,
		          .err = &app->err },
		.each = o->each, .script = o->script, .is_interactive = o->is_interactive, .out = &app->out, .err = &app->err,
	};
	if (callbacks_new(&app->callbacks, &with, &app->error) < 0)
		return failed(app);
	script = callbacks_script(app->callbacks);
	const int rc = callbacks_load(app->callbacks, &app->error);
	if (rc < 0)
		return rc == -EINVAL ? misused(app) : failed(app);
	app->sink_count += callbacks_sinks(app->callbacks, app->sinks + app->sink_count);
	return STATUS_FINE;
}

/* A callback called exit(): with what? */
static bool is_left(const struct app *app, int *status)
{
	return app->callbacks && callbacks_left(app->callbacks, status);
}

/* -i, unless all is to end. */
static enum status talk(struct app *app)
{
	int left;
	uint64_t count;
	if (is_left(app, &left))
		return (enum status)left;
	struct pollfd end = { .fd = end_fd, .events = POLLIN };
	if (!app->options.is_interactive || poll(&end, 1, 0) != 0)
		return STATUS_FINE;
	rt_source_close(app->source);
	app->source = NULL;
	stop.now = 0;
	(void)!read(stop.fd, &count, sizeof count);
	const int rc = callbacks_talk(app->callbacks, end_fd, &app->error);
	return rc < 0 ? failed(app) : (enum status)rc;
}

/* All of them; the first error is the one to tell. */
static int close_sinks(struct app *app, struct rt_error *error)
{
	int rc = 0;
	for (size_t i = 0; i < app->sink_count; i++) {
		struct rt_error later;
		int closed = app->sinks[i]->close(app->sinks[i], rc ? &later : error);
		rc = rc ? rc : closed;
	}
	app->sink_count = 0;
	return rc;
}

/* ---- the run ------------------------------------------------------------------------------------------------- */

/* The one place that says how it went, once all is written. */
static enum status tell_end(struct app *app, int rc, uint64_t captured)
{
	struct rt_error why;
	enum status status = STATUS_FINE;
	if (rc < 0 && app->error.column)
		status = bad_filter(app);
	else if (rc < 0 && rc != -EPIPE)
		status = failed(app);
	else if (app->filtered)
		tell_misfits(&app->err, rt_filtered_misfits(app->filtered, &why), &why);
	if (app->capture) {
		struct rt_stats stats = { 0 };
		app->source->stats(app->source, &stats);
		tell_counts(&app->err, captured, &stats);
	}
	return status;
}

/* That the filter runs here and not in the kernel is worth a line; with -v also where it runs else. */
static void tell_way(struct app *app)
{
	size_t count;
	const int refusal = rt_capture_refusal(app->capture, &count);
	if (!tell_is_usual(refusal, app->filter) || app->options.is_verbose)
		tell_filter(&app->err, refusal, count, app->filter);
}

static enum status run(struct app *app)
{
	int left;
	if (is_left(app, &left))
		return (enum status)left;
	struct rt_run run = { .source = app->source, .sinks = app->sinks, .sink_count = app->sink_count,
	                      .limit = app->options.count, .stop = &stop };
	if (app->capture)
		tell_way(app);
	if (app->demo && rt_demo_play(app->demo, &stop, &app->error) < 0)
		return failed(app);
	int rc = rt_run(&run, &app->error);
	struct rt_error later;
	int closed = close_sinks(app, rc < 0 ? &later : &app->error);
	if (app->options.count_only && !(rc < 0 && app->error.column)) {
		put_packets(&app->out, run.captured);
		rt_put_char(&app->out, '\n');
		rt_text_flush(&app->out);
	}
	if (app->callbacks)
		callbacks_end(app->callbacks);
	const enum status status = tell_end(app, rc < 0 ? rc : closed, run.captured);
	if (status != STATUS_FINE && (status != STATUS_FAILED || !run.captured))
		return status;
	const enum status talked = talk(app);           /* also about what stands in front of an error */
	return talked == STATUS_FINE ? status : talked;
}

static enum status work(struct app *app)
{
	if (app->options.listing || app->options.explain)
		return list_filter(app);
	if (catch_signals(&app->error) < 0)
		return failed(app);
	enum status (*const steps[])(struct app *) = { read_expression, open_printer, open_source, open_writer, open_callbacks, run };
	enum status status = STATUS_FINE;
	for (size_t i = 0; i < RT_COUNT(steps) && status == STATUS_FINE; i++)
		status = steps[i](app);
	return status;
}

/* ---- lists ------------------------------------------------------------------------------------------------------ */

static enum status list_interfaces(struct app *app)
{
	struct rt_interface *list = NULL;
	int count = rt_interfaces(&list, &app->error);
	if (count < 0)
		return failed(app);
	rt_interfaces_print(list, (size_t)count, &app->out);
	free(list);
	return STATUS_FINE;
}

static enum status list_links(struct app *app)
{
	unsigned link;
	enum status status = link_of_interface(app, &link);
	if (status != STATUS_FINE)
		return status;
	const char *word = rt_link_name(link), *description = rt_link_description(link);
	rt_put_format(&app->out, "%s (%s)\n", word ? word : "?", description ? description : "not known");
	return STATUS_FINE;
}

static enum status dispatch(struct app *app)
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

/* ---- begin and end ------------------------------------------------------------------------------------------------ */

/* A standard descriptor that is closed would be given to a file we open, and a message would end up there.
 * Open the wrong way round, it still fails when it is used. */
static void hold_standard_descriptors(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static void clean_up(struct app *app)
{
	struct rt_error unused;
	close_sinks(app, &unused);
	rt_source_close(app->source);
	rt_demo_close(app->demo);
	script = NULL;
	callbacks_free(app->callbacks);
	rt_dissector_free(app->dissector);
	rt_filter_free(app->filter);
	rt_names_close(app->names);
	free(app->expression);
}

int main(int argc, char **argv)
{
	static struct app app;
	static char out[8192], err[8192];
	hold_standard_descriptors();
	signal(SIGPIPE, SIG_IGN);       /* a write then fails with EPIPE, which ends quietly */
	rt_text_init(&app.out, out, sizeof out, STDOUT_FILENO);
	rt_text_init(&app.err, err, sizeof err, STDERR_FILENO);
	char **words = calloc((size_t)argc + 1, sizeof *words);
	if (!words)
		return STATUS_FAILED;
	int rc = options_parse(&app.options, argc, argv, words, &app.err, &app.error);
	rt_text_flush(&app.err);
	enum status status = rc < 0 ? misused(&app) : dispatch(&app);
	rt_text_flush(&app.out);
	if (app.out.error && app.out.error != EPIPE && status == STATUS_FINE) {
		rt_fail(&app.error, app.out.error, "standard output: %s", rt_errno_text(app.out.error));
		status = failed(&app);
	}
	clean_up(&app);
	free(words);
	return (int)status;
}
