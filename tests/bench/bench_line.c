/* SPDX-License-Identifier: MIT */
/* bench_line.c - what a packet costs on its way to the screen: finding its layers, and each format, in nanoseconds
 * of CPU time, the best of several rounds. The frames come from a pcap file (mixed.py writes one) and lie in memory;
 * the output goes to /dev/null.
 *
 *     cc -O2 -g -std=gnu11 -D_GNU_SOURCE -Iinclude tests/bench/bench_line.c libringtap.a -o bench_line
 *     bench_line FILE [PACKETS [ROUNDS [FORMAT]]]        FORMAT: decode line quiet summary json show */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <ringtap/output.h>
#include "load.h"

#define BATCH 256u                      /* frames given to a sink at once */

struct format { const char *name; bool only_decode; struct rt_output_options options; };

static const struct format formats[] = {
	{ "decode",  true,  { 0 } },
	{ "line",    false, { .format = RT_FORMAT_LINE } },
	{ "quiet",   false, { .format = RT_FORMAT_LINE, .stamp = RT_STAMP_NONE, .is_short = true } },
	{ "summary", false, { .format = RT_FORMAT_SUMMARY } },
	{ "json",    false, { .format = RT_FORMAT_JSON } },
	{ "show",    false, { .format = RT_FORMAT_SHOW } },
};

static unsigned decode_all(const struct rt_dissector *dissector, const struct load *load)
{
	struct rt_packet packet;
	unsigned layers = 0;
	for (size_t i = 0; i < load->count; i++) {
		rt_decode(dissector, &load->frames[i], &packet);
		layers += packet.count;
	}
	return layers;
}

static void print_all(struct rt_sink *sink, const struct load *load)
{
	struct rt_error error;
	for (size_t i = 0; i < load->count; i += BATCH) {
		size_t count = load->count - i < BATCH ? load->count - i : BATCH;
		if (sink->take(sink, load->frames + i, count, &error) < 0 || sink->flush(sink, &error) < 0)
			quit(error.what);
	}
}

static void measure(const struct format *format, const struct rt_dissector *dissector, const struct load *load,
                    unsigned rounds)
{
	struct rt_error error;
	struct rt_sink *sink = NULL;
	uint64_t best = UINT64_MAX;
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	unsigned layers = 0;
	if (!format->only_decode && rt_printer_new(&sink, fd, dissector, &format->options, &error) < 0)
		quit(error.what);
	for (unsigned i = 0; i < rounds; i++) {
		uint64_t from = cpu_now();
		if (format->only_decode)
			layers = decode_all(dissector, load);
		else
			print_all(sink, load);
		uint64_t spent = cpu_now() - from;
		best = spent < best ? spent : best;
	}
	printf("%-8s %6llu ns a packet", format->name, (unsigned long long)(best / load->count));
	printf(format->only_decode ? ", %u layers in %zu packets\n" : "\n", layers, load->count);
	if (sink)
		sink->close(sink, &error);
	close(fd);
}

int main(int argc, char **argv)
{
	struct rt_dissector *dissector;
	struct rt_error error;
	if (argc < 2)
		quit("usage: bench_line FILE [PACKETS [ROUNDS [FORMAT]]]");
	struct load load = load_pcap(argv[1], argc > 2 ? strtoul(argv[2], NULL, 10) : 200000);
	unsigned rounds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 5;
	if (!load.count || !rounds || rt_dissector_new(&dissector, &error) < 0)
		quit("nothing to measure");
	for (size_t i = 0; i < RT_COUNT(formats); i++)
		if (argc < 5 || strcmp(argv[4], formats[i].name) == 0)
			measure(&formats[i], dissector, &load, rounds);
	rt_dissector_free(dissector);
	return 0;
}
