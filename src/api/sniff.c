/* SPDX-License-Identifier: MIT */
/* sniff.c - rt_sniff(): joins a source, a filter and a sink that calls back, as main.c does for the command. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <ringtap/ringtap.h>

struct sniff {                          /* the sink, and all that must be given back                    */
	struct rt_sink sink;
	rt_callback *callback;
	void *user;
	uint64_t called;
	bool is_over;                   /* the callback asked to stop                                  */
	struct rt_stop own_stop, *stop;
	sigset_t old_mask;
	struct rt_dissector *dissector;
	struct rt_source *source;
	struct rt_filter *filter;
	const struct rt_filter_names *names;
	struct rt_packet packet;
};

static int sniff_take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct sniff *sniff = RT_OUTER(sink, struct sniff, sink);
	(void)error;
	for (size_t i = 0; i < count && !sniff->is_over; i++) {
		rt_decode(sniff->dissector, &frames[i], &sniff->packet);
		sniff->called++;
		if (sniff->callback(&sniff->packet, sniff->user) != 0) {
			sniff->is_over = true;
			sniff->stop->now = 1;
		}
	}
	return 0;
}

/* A signalfd does not interrupt anything: under load, when nobody waits, it is looked at here. */
static int sniff_flush(struct rt_sink *sink, struct rt_error *error)
{
	struct sniff *sniff = RT_OUTER(sink, struct sniff, sink);
	struct pollfd ready = { .fd = sniff->stop->fd, .events = POLLIN };
	(void)error;
	if (sniff->stop->fd >= 0 && poll(&ready, 1, 0) > 0)
		sniff->stop->now = 1;
	return 0;
}

static int sniff_close(struct rt_sink *sink, struct rt_error *error) { (void)sink; (void)error; return 0; }

static int catch_signals(struct sniff *sniff, struct rt_error *error)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &sniff->old_mask);
	sniff->own_stop.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (sniff->own_stop.fd >= 0)
		return 0;
	int code = errno;
	sigprocmask(SIG_SETMASK, &sniff->old_mask, NULL);
	return rt_fail(error, code, "signalfd: %s", rt_errno_text(code));
}

static void release_signals(struct sniff *sniff)
{
	struct signalfd_siginfo pending;
	while (read(sniff->own_stop.fd, &pending, sizeof pending) > 0)
		;                       /* taken: it must not strike again once it is not blocked */
	close(sniff->own_stop.fd);
	sniff->own_stop.fd = -1;
	sigprocmask(SIG_SETMASK, &sniff->old_mask, NULL);
}

static int open_file(struct sniff *sniff, const struct rt_sniff_options *options, struct rt_error *error)
{
	const struct rt_filter_options with = { .snaplen = options->snaplen, .is_pcap = options->is_pcap_filter,
	                                        .names = sniff->names };
	struct rt_source *filtered;
	int rc = rt_file_open(&sniff->source, options->file, sniff->stop, error);
	if (rc < 0)
		return rc;
	rc = rt_filtered_open(&filtered, sniff->source, options->filter, &with, error);
	if (rc < 0)
		return rt_context(error, "filter");
	sniff->source = filtered;
	return 0;
}

static int compile(struct sniff *sniff, const struct rt_sniff_options *options, unsigned link,
                   struct rt_error *error)
{
	const struct rt_filter_options with = { .link = link, .snaplen = options->snaplen,
	                                        .is_pcap = options->is_pcap_filter, .is_live = true,
	                                        .names = sniff->names };
	int rc = rt_filter_compile(&sniff->filter, options->filter, &with, error);
	return rc < 0 ? rt_context(error, "filter") : 0;
}

static int open_live(struct sniff *sniff, const struct rt_sniff_options *options, struct rt_error *error)
{
	struct rt_capture *capture;
	const struct rt_capture_options with = {
		.iface = options->iface, .snaplen = options->snaplen, .ring_kib = options->ring_kib,
		.latency_ms = options->latency_ms, .no_promisc = options->no_promisc, .stop = sniff->stop,
	};
	int rc = rt_capture_open(&capture, &with, error);
	if (rc < 0)
		return rc;
	sniff->source = rt_capture_source(capture);
	rc = compile(sniff, options, rt_capture_link(capture), error);
	if (rc == 0)
		rc = rt_capture_start(capture, sniff->filter, error);
	return rc;
}

int64_t rt_sniff(const struct rt_sniff_options *options, rt_callback *callback, void *user, struct rt_error *error)
{
	struct rt_error unused;
	struct sniff sniff = {
		.sink = { .take = sniff_take, .flush = sniff_flush, .close = sniff_close },
		.callback = callback, .user = user, .own_stop = { .fd = -1 },
	};
	struct rt_sink *sinks[] = { &sniff.sink };
	error = error ? error : &unused;
	sniff.stop = options->stop ? options->stop : &sniff.own_stop;
	int rc = options->catch_signals && !options->stop ? catch_signals(&sniff, error) : 0;
	if (rc < 0)
		return rc;
	rc = rt_dissector_new(&sniff.dissector, error);
	rc = rc ? rc : rt_names_open(&sniff.names, error);
	if (rc == 0)
		rc = options->file ? open_file(&sniff, options, error) : open_live(&sniff, options, error);
	if (rc == 0) {
		struct rt_run run = { .source = sniff.source, .sinks = sinks, .sink_count = 1, .limit = options->count,
		                      .stop = sniff.stop };
		rc = rt_run(&run, error);
		if (rc < 0 && error->column)            /* found out while reading: it fits no link type */
			rc = rt_context(error, "filter");
	}
	rt_source_close(sniff.source);
	rt_filter_free(sniff.filter);
	rt_names_close(sniff.names);
	rt_dissector_free(sniff.dissector);
	if (sniff.own_stop.fd >= 0)
		release_signals(&sniff);
	return rc < 0 ? rc : (int64_t)sniff.called;
}
