/* SPDX-License-Identifier: MIT */
/* bench_machine.c - what a filter costs a packet in our machine, in nanoseconds of CPU time (the best of several rounds)
 * and in instructions: our program in both meanings, libpcap's program (of tcpdump -ddd) in the same machine, and in
 * libpcap's own when its library is there. The packets come from a pcap file (mixed.py writes one) and lie in memory.
 *
 *     cc -O2 -g -std=gnu11 -D_GNU_SOURCE -I. -Iinclude -Itests/support tests/bench/bench_machine.c \
 *        tests/support/interpreter.c libringtap.a -o bench_machine
 *     bench_machine FILE [PACKETS [ROUNDS [FILTER]]] */
#include <dlfcn.h>
#include <string.h>
#include <bpf/stages.h>
#include "interpreter.h"
#include "load.h"

/* int bpf_filter(const struct bpf_insn *, const u_char *, u_int wirelen, u_int buflen) */
typedef unsigned bpf_filter_function(const struct sock_filter *insns, const uint8_t *data, unsigned len, unsigned caplen);

static const char *const filters[] = {
	"ip", "tcp", "tcp port 80", "host 10.1.2.3", "udp port 53", "net 192.168.0.0/16 and tcp", "not port 22",
	"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "icmp or arp", "ip6 and tcp dst port 443",
	"(tcp and dst port 80 and src net 10.0.0.0/8) or (udp and port 53) or (icmp and icmp[0] = 8) or arp",
};

/* ---- measuring ------------------------------------------------------------------------------------------------- */

static unsigned run_all(const struct rt_filter *filter, bpf_filter_function *theirs, const struct load *load)
{
	unsigned matches = 0;
	for (size_t i = 0; i < load->count; i++) {
		const struct rt_frame *p = &load->frames[i];
		if (theirs)
			matches += theirs(filter->program.insns, p->data, p->len, p->caplen) != 0;
		else
			matches += rt_filter_run(filter, p->data, p->caplen, p->len) != 0;
	}
	return matches;
}

static double instructions(const struct rt_filter *filter, const struct load *load)
{
	double sum = 0;
	for (size_t i = 0; i < load->count; i++)
		sum += interpret(filter->program.insns, filter->program.count, load->frames[i].data,
		                 load->frames[i].caplen).steps;
	return sum / (double)load->count;
}

static void measure(const char *name, const struct rt_filter *filter, bpf_filter_function *theirs, const struct load *load,
                    unsigned rounds)
{
	uint64_t best = UINT64_MAX;
	unsigned matches = 0;
	for (unsigned i = 0; i < rounds; i++) {
		const uint64_t from = cpu_now();
		matches = run_all(filter, theirs, load);
		const uint64_t spent = cpu_now() - from;
		best = spent < best ? spent : best;
	}
	printf("  %-28s %6.2f ns, %5.2f of %3zu instructions; %u match\n", name, (double)best / (double)load->count,
	       instructions(filter, load), filter->program.count, matches);
}

/* ---- programs ---------------------------------------------------------------------------------------------------- */

static struct rt_filter *compile(const char *text, bool is_pcap)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = is_pcap };
	struct rt_error error;
	struct rt_filter *filter;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		quit(error.what);
	return filter;
}

/* What `tcpdump -ddd` says: a count, then four numbers a line. False: there is no tcpdump. */
static bool ask_tcpdump(const char *text, struct rt_filter *filter)
{
	static struct sock_filter insns[BPF_MAXINSNS];
	char command[1024];
	unsigned count = 0, code, jt, jf, k;
	snprintf(command, sizeof command, "tcpdump -y EN10MB -ddd '%s' 2>/dev/null", text);
	FILE *pipe = popen(command, "r");
	if (!pipe || fscanf(pipe, "%u", &count) != 1 || count > BPF_MAXINSNS)
		count = 0;
	for (unsigned i = 0; i < count && fscanf(pipe, "%u %u %u %u", &code, &jt, &jf, &k) == 4; i++)
		insns[i] = (struct sock_filter){ (uint16_t)code, (uint8_t)jt, (uint8_t)jf, k };
	if (pipe)
		pclose(pipe);
	struct rt_error error;
	*filter = (struct rt_filter){ .program = { insns, count } };
	return count > 0 && machine_open(filter, &error) == 0;
}

static void measure_filter(const char *text, bpf_filter_function *theirs, const struct load *load, unsigned rounds)
{
	struct rt_filter pcap, *ours = compile(text, false), *alike = compile(text, true);
	printf("%s\n", text);
	measure("ours", ours, NULL, load, rounds);
	measure("ours, --pcap-filter", alike, NULL, load, rounds);
	if (ask_tcpdump(text, &pcap)) {
		measure("libpcap's, in our machine", &pcap, NULL, load, rounds);
		if (theirs)
			measure("libpcap's, in its own", &pcap, theirs, load, rounds);
		machine_close(&pcap);
	}
	rt_filter_free(ours);
	rt_filter_free(alike);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		quit("usage: bench_machine FILE [PACKETS [ROUNDS [FILTER]]]");
	const struct load load = load_pcap(argv[1], argc > 2 ? strtoul(argv[2], NULL, 10) : 5000);
	const unsigned rounds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 50;
	void *library = dlopen("libpcap.so.0.8", RTLD_NOW);
	bpf_filter_function *theirs = NULL;
	if (library)
		*(void **)&theirs = dlsym(library, "bpf_filter");
	if (!load.count || !rounds)
		quit("nothing to measure");
	for (size_t i = 0; i < RT_COUNT(filters); i++)
		if (argc < 5)
			measure_filter(filters[i], theirs, &load, rounds);
	if (argc > 4)
		measure_filter(argv[4], theirs, &load, rounds);
	return 0;
}
