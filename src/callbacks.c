/* SPDX-License-Identifier: MIT */
/* callbacks.c - a statement or a script meets every packet; what it returns is printed, as by Scapy's prn. An error is
 * told once, with its place, and counted from then on: the capture goes on. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "callbacks.h"
#include "console/console.h"

#define SCRIPT_MAX (1u << 20)            /* bytes of --script                                              */

struct callbacks {
	struct callbacks_options options;
	struct rt_sink sink;             /* calls `each` and `callback`                               */
	struct rt_host *host;
	struct rt_script *script;
	struct rt_store *store;          /* -i                                                        */
	struct rt_any each, callback, at_end;    /* type NULL: none                                   */
	bool is_value;                   /* `each` is an expression, which gets the packet ...        */
	int slot;                        /* ... or a statement, which finds it here: `pkt`            */
	uint64_t failed;                 /* calls                                                     */
	bool is_over;                    /* no more packets are wanted                                */
	bool is_left;                    /* exit() was called, with ...                               */
	int status;                      /* ... this                                                  */
};

/* ---- errors --------------------------------------------------------------------------------------------- */

/* What stands around an expression of --each. */
static const char begin[] = "def each(pkt): return (", end[] = ")\n";

static void put_place(struct rt_text *out, const struct rt_script_error *error, bool is_value)
{
	const int before = is_value && error->line == 1 && strcmp(error->file, "--each") == 0 ? (int)strlen(begin) : 0;
	if (error->line)
		rt_put_format(out, "%s:%d:%d: ", error->file, error->line,
		              error->column > before ? error->column - before : 1);
}

static int script_fail(struct rt_error *error, const struct rt_script_error *why)
{
	char memory[256];
	struct rt_text text;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	put_place(&text, why, false);
	rt_put_string(&text, why->what);
	*text.at = '\0';
	return rt_fail(error, EINVAL, "%s", memory);
}

static void tell_failure(struct callbacks *c, const struct rt_script_error *error)
{
	struct rt_text *err = c->options.err;
	if (c->failed++ > 0)
		return;
	rt_text_flush(c->options.out);
	rt_put_string(err, "ringtap: ");
	put_place(err, error, c->is_value);
	rt_put_format(err, "%s\n", error->what);
	rt_text_flush(err);
}

/* ---- for every packet -------------------------------------------------------------------------------------- */

static int leave(struct callbacks *c, int status)
{
	c->is_left = true;
	c->status = status;
	return 1;
}

/* 1: exit() or Ctrl-C, the capture is to end. */
static int call(struct callbacks *c, struct rt_any function, const struct rt_any *packet, unsigned count)
{
	struct rt_script_error error = { 0 };
	struct rt_any result = rt_nothing();
	int rc = rt_script_call(c->script, function, packet, count, &result, &error);
	if (rc == 0 && !rt_is(result, &rt_type_none))
		rc = rt_script_print(c->script, result, &error);
	if (rc == -ECANCELED)
		return leave(c, error.status);
	if (rc == -EINTR)
		return 1;
	if (rc < 0)
		tell_failure(c, &error);
	return 0;
}

static int call_all(struct callbacks *c, const struct rt_frame *frame)
{
	const struct rt_any packet = rt_packet_value(c->script, frame);
	if (!packet.type) {
		tell_failure(c, &(struct rt_script_error){ .what = "MemoryError: no memory for a packet" });
		return 0;
	}
	int rc = 0;
	if (c->each.type) {
		if (!c->is_value)
			rt_script_set_slot(c->script, c->slot, packet);
		rc = call(c, c->each, &packet, c->is_value);
	}
	if (rc == 0 && c->callback.type)
		rc = call(c, c->callback, &packet, 1);
	return rc;
}

static int take(struct rt_sink *sink, const struct rt_frame *frames, size_t count, struct rt_error *error)
{
	struct callbacks *c = RT_OUTER(sink, struct callbacks, sink);
	for (size_t i = 0; i < count && !c->is_over; i++)
		c->is_over = call_all(c, &frames[i]) != 0;
	if (c->is_over && c->options.host.stop)
		c->options.host.stop->now = 1;
	if (c->options.out->error)
		return rt_fail(error, c->options.out->error, "standard output: %s", rt_errno_text(c->options.out->error));
	return 0;
}

static int flush(struct rt_sink *sink, struct rt_error *error)
{
	struct rt_text *out = RT_OUTER(sink, struct callbacks, sink)->options.out;
	const int rc = rt_text_flush(out);
	return rc < 0 ? rt_fail(error, -rc, "standard output: %s", rt_errno_text(-rc)) : 0;
}

size_t callbacks_sinks(struct callbacks *c, struct rt_sink *sinks[2])
{
	size_t count = 0;
	if (c->each.type || c->callback.type)
		sinks[count++] = &c->sink;
	if (c->store)
		sinks[count++] = rt_store_sink(c->store);
	return count;
}

/* ---- what the user wrote ---------------------------------------------------------------------------------------- */

static int read_file(const char *path, char **text, size_t *size, struct rt_error *error)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return rt_fail(error, errno, "%s: %s", path, rt_errno_text(errno));
	*size = 0;
	*text = malloc(SCRIPT_MAX + 1);
	int rc = *text ? 0 : rt_fail(error, ENOMEM, "no memory");
	while (rc == 0) {
		const ssize_t n = read(fd, *text + *size, SCRIPT_MAX + 1 - *size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = rt_fail(error, errno, "%s: %s", path, rt_errno_text(errno));
		if (n <= 0)
			break;
		*size += (size_t)n;
		if (*size > SCRIPT_MAX)
			rc = rt_fail(error, EFBIG, "%s: longer than %u bytes", path, SCRIPT_MAX);
	}
	close(fd);
	return rc;
}

static int find_callbacks(struct callbacks *c, struct rt_error *error)
{
	rt_text_flush(c->options.out);
	c->callback = rt_script_get(c->script, "pkt_callback");
	c->at_end = rt_script_get(c->script, "at_end");
	if (!c->callback.type && !c->at_end.type && !c->options.each)
		return rt_fail(error, EINVAL, "%s: there is no pkt_callback(pkt) in it", c->options.script);
	return 0;
}

static int run_script(struct callbacks *c, struct rt_error *error)
{
	struct rt_script_error why = { .status = 0 };
	char *text = NULL;
	size_t size = 0;
	int rc = read_file(c->options.script, &text, &size, error);
	const int ran = rc < 0 ? rc : rt_script_run(c->script, text, size, c->options.script, 0, &why);
	free(text);
	if (rc < 0)
		return rc;
	if (ran == -ECANCELED || ran == -EINTR)
		return leave(c, why.status);
	return ran < 0 ? script_fail(error, &why) : find_callbacks(c, error);
}

/* An expression is returned, so that its value is printed; else it is a statement, with `pkt` among its names. */
static int compile_each(struct callbacks *c, struct rt_error *error)
{
	const size_t size = strlen(c->options.each);
	struct rt_script_error why = { 0 };
	char *text = malloc(sizeof begin + size + sizeof end);
	if (!text)
		return rt_fail(error, ENOMEM, "no memory");
	stpcpy(stpcpy(stpcpy(text, begin), c->options.each), end);
	if (rt_script_run(c->script, text, strlen(text), "--each", 0, &why) == 0) {
		c->each = rt_script_get(c->script, "each");
		c->is_value = true;
	} else if (rt_script_compile(c->script, c->options.each, size, "--each", 0, &c->each, &why) < 0) {
		free(text);
		return script_fail(error, &why);
	}
	free(text);
	const bool is_kept = rt_script_keep(c->script, c->each);
	c->slot = rt_script_slot(c->script, "pkt");
	return is_kept && c->slot >= 0 ? 0 : rt_fail(error, ENOMEM, "no memory");
}

static int close_nothing(struct rt_sink *sink, struct rt_error *error)
{
	(void)sink;
	(void)error;
	return 0;
}

static const char help[] =
	"pkts are the packets: pkts[0].show(), pkts[0][IP].src, TCP in pkts[0], pkts.filter('udp port 53').summary().\n"
	"ls() lists the layers, ls(TCP) its fields; sniff(), rdpcap(), wrpcap(), hexdump() work as in Scapy.\n";

static int start(struct callbacks *c, struct rt_error *error)
{
	const struct callbacks_options *o = &c->options;
	int rc = rt_host_new(&c->host, &o->host, error);
	if (rc < 0)
		return rc;
	const struct rt_script_options with = { .out = o->out, .is_escaped = isatty(o->out->fd) == 1,
	                                        .find = rt_host_find, .names = rt_host_names, .context = c->host,
	                                        .help = help };
	rc = rt_script_new(&c->script, &with, error);
	return rc == 0 && o->is_interactive ? rt_store_new(&c->store, c->host, 0, error) : rc;
}

int callbacks_new(struct callbacks **callbacks, const struct callbacks_options *options, struct rt_error *error)
{
	struct callbacks *c = calloc(1, sizeof *c);
	if (!c)
		return rt_fail(error, ENOMEM, "no memory");
	c->options = *options;
	c->sink = (struct rt_sink){ .take = take, .flush = flush, .close = close_nothing };
	const int rc = start(c, error);
	if (rc < 0) {
		callbacks_free(c);
		return rc;
	}
	*callbacks = c;
	return 0;
}

int callbacks_load(struct callbacks *c, struct rt_error *error)
{
	int rc = c->options.script ? run_script(c, error) : 0;
	if (rc == 0 && c->options.each)
		rc = compile_each(c, error);
	return rc < 0 ? rc : 0;
}

void callbacks_free(struct callbacks *c)
{
	if (!c)
		return;
	rt_script_free(c->script);
	rt_store_close(c->store);
	rt_host_free(c->host);
	free(c);
}

struct rt_script *callbacks_script(struct callbacks *c) { return c->script; }

bool callbacks_left(const struct callbacks *c, int *status)
{
	if (c->is_left)
		*status = c->status;
	return c->is_left;
}

/* ---- the end ------------------------------------------------------------------------------------------------------ */

void callbacks_end(struct callbacks *c)
{
	rt_script_forget_interrupt(c->script);          /* the Ctrl-C that ended the capture */
	if (c->at_end.type)
		call(c, c->at_end, NULL, 0);
	rt_text_flush(c->options.out);
	if (c->failed > 1) {
		rt_put_format(c->options.err, "ringtap: the callback failed %llu times\n", (unsigned long long)c->failed);
		rt_text_flush(c->options.err);
	}
}

static void put_banner(struct callbacks *c, struct rt_text *out)
{
	rt_put_format(out, "ringtap " RINGTAP_VERSION ": pkts has %zu packet%s", rt_store_count(c->store),
	              rt_store_count(c->store) == 1 ? "" : "s");
	rt_put_string(out, ". help() helps, Tab completes, Ctrl-D leaves.\n");
}

int callbacks_talk(struct callbacks *c, int stop_fd, struct rt_error *error)
{
	char memory[256];
	struct rt_text banner;
	const struct rt_any packets = rt_packets_value(c->script, c->store, "Sniffed");
	if (!packets.type || rt_script_set(c->script, "pkts", packets) < 0)
		return rt_fail(error, ENOMEM, "no memory");
	rt_store_tell_gone(c->store, c->options.err);
	rt_text_init(&banner, memory, sizeof memory - 1, -1);
	put_banner(c, &banner);
	*banner.at = '\0';
	const struct console_options with = { .script = c->script, .out = c->options.out, .err = c->options.err,
	                                      .in = STDIN_FILENO, .stop = stop_fd, .banner = memory };
	return console_run(&with, error);
}
