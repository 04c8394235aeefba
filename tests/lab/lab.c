/* SPDX-License-Identifier: MIT */
/* lab.c - the packet capture lab against the C API: list the interfaces, sniff with a filter and a callback,
 * take one packet apart, and the challenge: one line for every IPv4 TCP packet.
 * usage: lab [IFACE|FILE.pcap [FILTER [COUNT]]] */
#include <stdio.h>
#include <stdlib.h>
#include <ringtap/ringtap.h>

/* The challenge: 192.168.16.34:43948 -> 192.168.16.100:8006 TTL: 64, Flags: S */
static void print_tcp(const struct rt_packet *pkt)
{
	char src[16], dst[16], flags[16];
	uint64_t sport = 0, dport = 0, ttl = 0;
	rt_get_text(pkt, "IP", "src", src, sizeof src);
	rt_get_text(pkt, "IP", "dst", dst, sizeof dst);
	rt_get_text(pkt, "TCP", "flags", flags, sizeof flags);
	rt_get_number(pkt, "TCP", "sport", &sport);
	rt_get_number(pkt, "TCP", "dport", &dport);
	rt_get_number(pkt, "IP", "ttl", &ttl);
	printf("%s:%u -> %s:%u TTL: %u, Flags: %s\n", src, (unsigned)sport, dst, (unsigned)dport, (unsigned)ttl, flags);
}

static int pkt_callback(const struct rt_packet *pkt, void *user)
{
	int *shown = user;
	char text[4096];
	if (rt_has(pkt, "IP") && rt_has(pkt, "TCP")) {
		print_tcp(pkt);
		return 0;
	}
	rt_summary(pkt, text, sizeof text);
	puts(text);
	if (rt_has(pkt, "ICMP") && (*shown)++ == 0) {       /* the first ping, layer by layer */
		for (unsigned i = 0; i < pkt->count; i++)
			printf("layer %u: %s\n", i, pkt->layer[i].proto->name);
		rt_show(pkt, text, sizeof text);
		fputs(text, stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct rt_error error = { 0 };
	struct rt_interface *list = NULL;
	int shown = 0, count = rt_interfaces(&list, &error);
	for (int i = 0; i < count; i++)
		printf("interface %d: %s%s\n", i, list[i].name, list[i].is_default ? " (default route)" : "");
	free(list);

	bool is_file = argc > 1 && strchr(argv[1], '.');
	int64_t seen = rt_sniff(&(struct rt_sniff_options){
		.iface = argc > 1 && !is_file ? argv[1] : NULL,
		.file = is_file ? argv[1] : NULL,
		.filter = argc > 2 ? argv[2] : NULL,
		.count = argc > 3 ? strtoull(argv[3], NULL, 10) : 0,
		.catch_signals = true,
	}, pkt_callback, &shown, &error);
	if (seen < 0) {
		fprintf(stderr, "lab: %s\n%s\n", error.what, error.hint);
		return 1;
	}
	printf("%lld packets\n", (long long)seen);
	return 0;
}
