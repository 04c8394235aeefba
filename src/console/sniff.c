/* SPDX-License-Identifier: MIT */
/* sniff.c - sniff() of the console: the real ring or a file, a filter, functions of the script for every packet, and
 * a list of what was kept. Ctrl-C ends it, and what there is by then is returned. */
#include <errno.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <ringtap/capture.h>
#include <ringtap/file.h>
#include "packets.h"

/* As in Scapy's sniff() up to prn; places of the arguments. */
enum { COUNT, STORE, OFFLINE, PRN, LFILTER, FILTER, IFACE, TIMEOUT, STOP_FILTER, ARGUMENTS };
#define SNIFF_NAMES "count store offline prn lfilter filter iface timeout stop_filter"

struct sniff {
	struct rt_sink sink;
	struct rt_script *s;
	struct rt_any *args;
	int64_t count, timeout;  /* seconds; 0: none                                                     */
	const char *iface, *path, *filter;
	struct rt_store *store;
	struct rt_filter *program;
	struct rt_source *source;
	struct rt_stop stop;     /* an epoll descriptor: of the timer and of the host's stop              */
	int timer;
	int64_t taken;
	bool keeps, is_over;
};

/* ---- every packet ---------------------------------------------------------------------------------- */

static bool is_given(struct rt_any v) { return !is_nothing(v) && !is_none(v); }

/* 1, 0; -1: raised. */
static int asks(struct sniff *sniff, struct rt_any function, struct rt_any packet, bool otherwise)
{
	if (!is_given(function))
		return otherwise;
	const struct rt_any verdict = rt_call(sniff->s, function, &packet, 1);
	return is_nothing(verdict) ? -1 : any_truth(sniff->s, verdict);
}

/* What prn returns is printed, unless it is None. */
static bool run_prn(struct sniff *sniff, struct rt_any packet)
{
	struct rt_script *s = sniff->s;
	if (!is_given(sniff->args[PRN]))
		return true;
	const struct rt_any value = rt_call(s, sniff->args[PRN], &packet, 1);
	if (is_nothing(value))
		return false;
	if (is_none(value))
		return true;
	if (!any_print(s, value, RT_FORM_STR))
		return false;
	rt_put_char(s->options.out, '\n');
	return true;
}

/* false: the end. */
static bool take_packet(struct sniff *sniff, const struct rt_frame *frame)
{
	struct rt_script *s = sniff->s;
	const struct rt_any *args = sniff->args;
	const bool is_seen = is_given(args[PRN]) || is_given(args[LFILTER]) || is_given(args[STOP_FILTER]);
	struct rt_any *packet = rt_hold(s, is_seen ? rt_packet_value(s, frame) : rt_none());
	if (!packet || is_nothing(*packet) || !step_allowed(s))
		return false;
	const int verdict = asks(sniff, args[LFILTER], *packet, true);
	if (verdict <= 0)
		return verdict == 0;
	if (sniff->keeps)
		store_add(sniff->store, frame);
	sniff->taken++;
	if (!run_prn(sniff, *packet) || asks(sniff, args[STOP_FILTER], *packet, false) != 0)
		return false;
	return !sniff->count || sniff->taken < sniff->count;
}

static int sniff_take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct sniff *sniff = RT_OUTER(sink, struct sniff, sink);
	(void)error;
	for (size_t i = 0; i < count && !sniff->is_over; i++) {
		struct rt_any *const sp = sniff->s->sp;
		sniff->is_over = !take_packet(sniff, &frames[i]);
		sniff->s->sp = sp;
	}
	sniff->stop.now = sniff->is_over;
	return 0;
}

/* Under load nobody waits: the descriptor is looked at between batches. What prn said is seen at once. */
static int sniff_flush(struct rt_sink *sink, struct rt_error *error)
{
	struct sniff *sniff = RT_OUTER(sink, struct sniff, sink);
	const struct rt_stop *asked = host_of(sniff->s)->options.stop;
	struct epoll_event event;
	(void)error;
	if (rt_text_flush(sniff->s->options.out) < 0 || (asked && asked->now) || sniff->s->is_interrupted ||
	    epoll_wait(sniff->stop.fd, &event, 1, 0) > 0)
		sniff->stop.now = 1;
	return 0;
}

static int sniff_close(struct rt_sink *sink, struct rt_error *error) { (void)sink; (void)error; return 0; }

/* ---- what ends it ---------------------------------------------------------------------------------- */

static int watch(struct sniff *sniff, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };
	return fd < 0 ? 0 : epoll_ctl(sniff->stop.fd, EPOLL_CTL_ADD, fd, &event);
}

static int open_stop(struct sniff *sniff, struct rt_error *error)
{
	const struct rt_stop *asked = host_of(sniff->s)->options.stop;
	const struct itimerspec when = { .it_value.tv_sec = (time_t)sniff->timeout };
	sniff->stop.fd = epoll_create1(EPOLL_CLOEXEC);
	if (sniff->timeout)
		sniff->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (sniff->stop.fd < 0 ||
	    (sniff->timeout && (sniff->timer < 0 || timerfd_settime(sniff->timer, 0, &when, NULL) < 0)) ||
	    watch(sniff, sniff->timer) < 0 || watch(sniff, asked ? asked->fd : -1) < 0)
		return rt_fail(error, errno, "sniff: %s", rt_errno_text(errno));
	return 0;
}

/* Ctrl-C was for sniff(): the script goes on. */
static void take_back_stop(struct sniff *sniff)
{
	struct rt_script *s = sniff->s;
	if (s->raised.type == &type_of_trouble[RT_KeyboardInterrupt])
		s->raised = rt_nothing();
	s->is_interrupted = false;
	host_clear_stop(host_of(s));
}

/* ---- sources --------------------------------------------------------------------------------------- */

static int open_file(struct sniff *sniff, struct rt_error *error)
{
	const struct rt_host_options *host = &host_of(sniff->s)->options;
	const struct rt_filter_options with = { .is_pcap = host->is_pcap_filter, .names = host->names };
	struct rt_source *filtered;
	int rc = rt_file_open(&sniff->source, sniff->path, &sniff->stop, error);
	if (rc == 0 && sniff->filter) {
		rc = rt_filtered_open(&filtered, sniff->source, sniff->filter, &with, error);
		sniff->source = rc < 0 ? sniff->source : filtered;
	}
	return rc;
}

static int open_live(struct sniff *sniff, struct rt_error *error)
{
	const struct rt_host_options *host = &host_of(sniff->s)->options;
	const struct rt_capture_options with = { .iface = sniff->iface, .stop = &sniff->stop };
	struct rt_capture *capture;
	int rc = rt_capture_open(&capture, &with, error);
	if (rc < 0)
		return rc;
	sniff->source = rt_capture_source(capture);
	const struct rt_filter_options filter = { .link = rt_capture_link(capture), .is_pcap = host->is_pcap_filter,
	                                          .is_live = true, .names = host->names };
	rc = rt_filter_compile(&sniff->program, sniff->filter, &filter, error);
	return rc < 0 ? rc : rt_capture_start(capture, sniff->program, error);
}

static int run(struct sniff *sniff, struct rt_error *error)
{
	struct rt_sink *sinks[] = { &sniff->sink };
	int rc = open_stop(sniff, error);
	if (rc == 0)
		rc = sniff->path ? open_file(sniff, error) : open_live(sniff, error);
	struct rt_run run = { .source = sniff->source, .sinks = sinks, .sink_count = 1, .stop = &sniff->stop };
	return rc < 0 ? rc : rt_run(&run, error);
}

/* ---- the function ---------------------------------------------------------------------------------- */

static bool take_string(struct rt_script *s, struct rt_any v, const char *name, const char **text)
{
	if (is_given(v) && !is_str(v))
		return fail(s, RT_TypeError, "%s is text, not '%s'", name, v.type->name);
	*text = is_given(v) ? as_text(v)->bytes : NULL;
	return true;
}

static bool take_number(struct rt_script *s, struct rt_any v, const char *name, int64_t *number)
{
	*number = 0;
	if (is_given(v) && (!any_int(s, v, number) || *number < 0 || *number > INT32_MAX))
		return rt_failed(s) ? false : fail(s, RT_ValueError, "%s: %lld is too much or too little", name,
		                                   (long long)*number);
	return true;
}

static bool take_arguments(struct sniff *sniff, struct rt_any *args)
{
	struct rt_script *s = sniff->s;
	const int keeps = is_given(args[STORE]) ? any_truth(s, args[STORE]) : 1;
	sniff->keeps = keeps > 0;
	return keeps >= 0 && take_number(s, args[COUNT], "count", &sniff->count) &&
	       take_number(s, args[TIMEOUT], "timeout", &sniff->timeout) &&
	       take_string(s, args[OFFLINE], "offline", &sniff->path) &&
	       take_string(s, args[FILTER], "filter", &sniff->filter) &&
	       take_string(s, args[IFACE], "iface", &sniff->iface);
}

static void close_all(struct sniff *sniff)
{
	rt_source_close(sniff->source);
	rt_filter_free(sniff->program);
	rt_store_close(sniff->store);
	if (sniff->stop.fd >= 0)
		close(sniff->stop.fd);
	if (sniff->timer >= 0)
		close(sniff->timer);
}

/* An error of the script is what is raised. */
static struct rt_any finish(struct sniff *sniff, const struct rt_error *error)
{
	take_back_stop(sniff);
	return rt_failed(sniff->s) ? rt_nothing() : packets_until(sniff->s, sniff->store, "Sniffed", error);
}

NATIVE(run_sniff)
{
	struct rt_error error = { 0 };
	struct sniff sniff = { .sink = { .take = sniff_take, .flush = sniff_flush, .close = sniff_close }, .s = s,
	                       .args = args, .stop = { .fd = -1 }, .timer = -1 };
	if (!take_arguments(&sniff, args) || !step_allowed(s))
		return rt_nothing();
	host_clear_stop(host_of(s));
	sniff.store = store_for(s);
	if (!sniff.store)
		return rt_nothing();
	rt_text_flush(s->options.out);          /* what was said before is seen while we wait */
	const int rc = run(&sniff, &error);
	const struct rt_any list = finish(&sniff, rc < 0 ? &error : NULL);
	close_all(&sniff);
	return list;
}

const struct rt_method sniff_functions[] = { { "sniff", run_sniff, 0, ARGUMENTS, 0, SNIFF_NAMES }, { NULL } };
