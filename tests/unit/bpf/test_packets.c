// SPDX-License-Identifier: MIT
/* test_packets.c - the second source for the packets that filters are judged on: tshark finds in every whole one the
 * layers that its row names, and nothing malformed. One file with an interface for each link type. Needs
 * tshark; without it the test skips and says so. And links.h is complete. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"
#include "links.h"
#include "packets.h"

static const unsigned links[] = { PACKET_LINKS };

static void write_all(struct capfile *file, struct packet_set sets[])
{
	capfile_section(file);
	for (size_t i = 0; i < RT_COUNT(links); i++)
		capfile_interface(file, &(struct capfile_interface){ .link = links[i], .tsresol = NO_OPTION });
	for (size_t i = 0; i < RT_COUNT(links); i++) {
		sets[i] = packets_make_all(links[i]);
		for (size_t j = 0; j < sets[i].count; j++) {
			const struct test_packet *p = &sets[i].packets[j];
			if (p->is_whole)
				capfile_enhanced(file, (uint32_t)i, 0, p->bytes, p->size, p->size);
		}
	}
}

/* What tshark does not know. */
static const struct { unsigned link; const char *way, *body; } limits[] = {
	{ RT_LINK_NULL, "linux", NULL },         /* Linux's AF_INET6 is in no BSD's file             */
	{ RT_LINK_LOOP, "linux", NULL },
	{ RT_LINK_LOOP, "little", NULL },        /* written so by mistake                            */
	{ RT_LINK_ETHER, "service", "stp" },     /* a length behind a single 802.1ad tag             */
	{ RT_LINK_ETHER, "service", "snap" },
	{ RT_LINK_SLL, "service", "stp" },
	{ RT_LINK_SLL, "service", "snap" },
	{ RT_LINK_SLL2, "service", "stp" },
	{ RT_LINK_SLL2, "service", "snap" },
	{ RT_LINK_PPP, "cisco", "arp-request" }, /* ARP is no protocol of its Cisco HDLC             */
	{ RT_LINK_PPP, "cisco-all", "arp-request" },
	{ RT_LINK_PPP_SERIAL, "cisco", "arp-request" },
	{ RT_LINK_PPP_SERIAL, "cisco-all", "arp-request" },
};

static bool is_limit(unsigned link, const struct test_packet *p)
{
	if (strcmp(p->body, "timing") == 0)     /* its management subtype 6 is that of a draft of 802.11k */
		return true;
	if (strcmp(p->body, "none6-x0") == 0)   /* nothing behind an extension header: "malformed"        */
		return true;
	for (size_t i = 0; i < RT_COUNT(limits); i++)
		if (limits[i].link == link && strcmp(limits[i].way, p->way) == 0 &&
		    (!limits[i].body || strcmp(limits[i].body, p->body) == 0))
			return true;
	return false;
}

/* The row's words are layers of "eth:ethertype:ip:tcp:data", one behind the other, or begin what tshark says about
 * the frame in its second column. */
static bool is_found(const char *line, const char *row)
{
	const size_t size = strlen(row);
	const char *info = strchr(line, '\t');
	if (!info || strcasestr(line, "malformed"))
		return false;
	if (strncmp(info + 1, row, size) == 0)
		return true;
	for (const char *at = line; (at = strstr(at, row)) && at < info; at++)
		if ((at == line || at[-1] == ':') && (at[size] == ':' || at[size] == '\t'))
			return true;
	return false;
}

static void test_layers(void **state)
{
	/* what ports carry here is not true: UDP and TCP are the last layers that count */
	const char *argv[] = { "tshark", "-r", "-", "-n", "-T", "fields", "-e", "frame.protocols", "-e",
	                       "_ws.col.Info", "-o", "ip.defragment:FALSE", "--disable-protocol", "dns",
	                       "--disable-protocol", "mdns", "--disable-protocol", "dhcp", NULL };
	struct packet_set sets[RT_COUNT(links)];
	struct capfile file = { 0 };
	unsigned wrong = 0;
	(void)state;
	need_program("tshark");
	write_all(&file, sets);
	struct answer answer = ask(argv, file.bytes, file.size);
	char *rest = answer.text;
	for (size_t i = 0; i < RT_COUNT(links); i++) {
		for (size_t j = 0; j < sets[i].count; j++) {
			const struct test_packet *p = &sets[i].packets[j];
			const char *line = p->is_whole ? strsep(&rest, "\n") : NULL;
			if (!p->is_whole || is_limit(links[i], p) || (line && is_found(line, p->shark)))
				continue;
			printf("%s | %s/%s | %s | %s\n", rt_link_name(links[i]), p->way, p->body, p->shark,
			       line ? line : "");
			wrong++;
		}
		packets_free(&sets[i]);
	}
	capfile_free(&file);
	free(answer.text);
	assert_int_equal(wrong, 0);
}

/* links.h and the product's table have the same link types. */
static void test_links(void **state)
{
	static const unsigned all[] = { ALL_LINKS };
	size_t known = 0;
	(void)state;
	for (unsigned link = 0; link <= UINT16_MAX; link++)
		known += rt_link_name(link) != NULL;
	assert_int_equal(known, RT_COUNT(all));
	for (size_t i = 0; i < RT_COUNT(all); i++) {
		assert_non_null(rt_link_name(all[i]));
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(all[i], all[j]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_links), cmocka_unit_test(test_layers) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
