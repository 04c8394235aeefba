/* SPDX-License-Identifier: MIT */
/* packet_driver.c - packets in the console's language from the command line: for scapy/console.py, to measure, to
 * try things.
 *
 *     packet_driver --samples FILE         writes the Ethernet packets of sample.c to a file; prints their names
 *     packet_driver FILE -c TEXT           runs TEXT with the file's packets in `pkts`
 *     packet_driver FILE --each TEXT [END] runs TEXT for every packet, which is `pkt`, then END; says how fast */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <ringtap/file.h>
#include <ringtap/packets.h>
#include "sample.h"

static char output[1 << 16];
static struct rt_text out;
static struct rt_script *script;
static struct rt_host *host;

static int report(const struct rt_script_error *error)
{
	rt_text_flush(&out);
	fprintf(stderr, "%s:%d:%d: %s\n", error->file, error->line, error->column, error->what);
	return 1;
}

static int write_samples(const char *path)
{
	const struct rt_file_options options = { .link = RT_LINK_ETHER, .snaplen = RT_SNAPLEN_MAX };
	struct rt_sink *sink;
	struct rt_error error;
	struct sampled sampled;
	if (rt_file_create(&sink, path, &options, &error) < 0)
		return 1;
	for (size_t i = 0; i < sample_count; i++) {
		if (samples[i].link != RT_LINK_ETHER)
			continue;
		sample_get(&sampled, samples[i].name);
		sink->take(sink, &sampled.frame, 1, &error);
		puts(samples[i].name);
	}
	return sink->close(sink, &error) < 0;
}

static int run_text(const char *path, const char *text)
{
	struct rt_source *source;
	struct rt_store *store;
	struct rt_error error;
	struct rt_script_error what;
	if (rt_store_new(&store, host, 0, &error) < 0 || rt_file_open(&source, path, NULL, &error) < 0)
		return 1;
	struct rt_sink *sinks[] = { rt_store_sink(store) };
	for (struct rt_batch batch; source->next(source, &batch, &error) > 0; source->release(source))
		sinks[0]->take(sinks[0], batch.frames, batch.count, &error);
	source->close(source);
	rt_script_set(script, "pkts", rt_packets_value(script, store, "Sniffed"));
	rt_store_close(store);
	return rt_script_run(script, text, strlen(text), "text", RT_SCRIPT_ECHO, &what) < 0 ? report(&what) : 0;
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int run_each(const char *path, const char *text, const char *at_end)
{
	struct rt_source *source;
	struct rt_error error;
	struct rt_script_error what = { .what = "no such file, or no memory" };
	struct rt_any function, result;
	uint64_t count = 0;
	if (rt_file_open(&source, path, NULL, &error) < 0 ||
	    rt_script_compile(script, text, strlen(text), "each", 0, &function, &what) < 0 ||
	    !rt_script_keep(script, function))
		return report(&what);
	const int slot = rt_script_slot(script, "pkt");
	if (slot < 0)
		return report(&what);
	const double start = now();
	for (struct rt_batch batch; source->next(source, &batch, &error) > 0; source->release(source)) {
		for (size_t i = 0; i < batch.count; i++, count++) {
			const struct rt_any packet = rt_packet_value(script, &batch.frames[i]);
			rt_script_set_slot(script, slot, packet);
			if (rt_script_call(script, function, NULL, 0, &result, &what) < 0)
				return report(&what);
		}
	}
	size_t used, peak;
	rt_script_memory(script, &used, &peak);
	fprintf(stderr, "%llu packets, %.0f a second; heap %zu KiB, at most %zu KiB\n", (unsigned long long)count,
	        (double)count / (now() - start), used >> 10, peak >> 10);
	source->close(source);
	const int rc = at_end ? rt_script_run(script, at_end, strlen(at_end), "end", RT_SCRIPT_ECHO, &what) : 0;
	return rc < 0 ? report(&what) : 0;
}

int main(int argc, char **argv)
{
	struct rt_dissector *dissector;
	struct rt_error error;
	if (argc > 2 && strcmp(argv[1], "--samples") == 0)
		return write_samples(argv[2]);
	if (argc < 4 || rt_dissector_new(&dissector, &error) < 0)
		return 2;
	const struct rt_host_options options = { .dissector = dissector };
	rt_text_init(&out, output, sizeof output, 1);
	if (rt_host_new(&host, &options, &error) < 0)
		return 2;
	const struct rt_script_options with = { .out = &out, .find = rt_host_find, .context = host };
	if (rt_script_new(&script, &with, &error) < 0)
		return 2;
	const bool is_each = strcmp(argv[2], "--each") == 0;
	const int status = is_each ? run_each(argv[1], argv[3], argv[4]) : run_text(argv[1], argv[3]);
	rt_text_flush(&out);
	rt_script_free(script);
	rt_host_free(host);
	rt_dissector_free(dissector);
	return status;
}
