/* SPDX-License-Identifier: MIT */
/* test_fields.c - tests of fields on live frames: the kernel lets through enough, ringtap decides the rest, and what
 * comes out is what the same expression chooses from a file of the frames as they were on the wire; wherever the VLAN tag
 * is, in both meanings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <ringtap/filter.h>
#include "live.h"
#include "rows.h"
#include "shots.h"

static const char *const texts[] = {
	"IP.ttl == 64", "not IP.ttl == 64", "IP.src == 10.0.0.1 and TCP.flags & 2 != 0", "TCP.dport == 80 or UDP.dport == 53",
	"not (TCP.dport == 80 or UDP.dport == 53)", "IPv6.nh == 0", "ARP.op == 1", "not ARP.op == 1", "ICMP.code == port-unreachable",
	"Dot1Q.vlan == 5", "not Dot1Q.vlan == 5", "Dot1Q.vlan == 100", "Dot1AD.vlan == 100", "Dot1Q.prio > 0", "Dot1Q.type == IPv4",
	"Dot1Q_2.vlan == 5", "Dot1Q", "not Dot1Q", "Dot1AD and Dot1Q.vlan == 5 and TCP", "Dot1Q.vlan - Dot1Q.prio == 5",
	"Ether.type == IPv4", "Ether.type == 0x8100", "not Ether.type == 0x88a8", "Ether.dst == ff:ff:ff:ff:ff:ff",
	"IPerror.dst == 192.168.16.100", "Raw.load contains \"hi\"", "not tcp contains \"hi\"", "IP.len + 14 == frame.len",
	"IP_2", "frame.len > 70 and UDP.len > 10", "DNS or ICMPv6EchoRequest.id == 6", "IPv6ExtHdrFragment.offset > 0",
};

static struct rt_filter *of_file(const char *text)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER };
	struct rt_filter *filter;
	struct rt_error error;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		fail_msg("%s: %s", text, error.what);
	return filter;
}

static void complain(const char *what, const char *text, const char *where, const struct shot *shot)
{
	printf("%s | %s | %s | %s ", what, text, where, shot->name);
	for (uint32_t i = 0; i < shot->size; i++)
		printf("%02x", shot->bytes[i]);
	printf("\n");
}

static unsigned compare(const char *text, const char *where, const struct shots *shots, const struct live_seen *seen)
{
	struct rt_filter *filter = of_file(text);
	unsigned wrong = 0;
	size_t at = 0;
	for (uint32_t i = 0; i < shots->count && wrong < 3; i++) {
		const struct shot *shot = &shots->at[i];
		const struct live_copy *copy = at < seen->count ? &seen->frames[at] : NULL;
		const bool came = copy && copy->caplen >= 2 && shot_number(copy->data, copy->caplen) == i;
		const bool is_wanted = rt_filter_run(filter, shot->bytes, shot->size, shot->size) != 0;
		if (came != is_wanted) {
			complain(came ? "came, but should not" : "did not come", text, where, shot);
			wrong++;
		} else if (came && (copy->caplen != shot->size || memcmp(copy->data, shot->bytes, shot->size) != 0)) {
			complain("came otherwise than it was sent", text, where, shot);
			wrong++;
		}
		at += came;
	}
	rt_filter_free(filter);
	return wrong + (wrong == 0 && at != seen->count);
}

static size_t count_wanted(const char *text, const struct shots *shots)
{
	struct rt_filter *filter = of_file(text);
	size_t count = 0;
	for (size_t i = 0; i < shots->count; i++)
		count += rt_filter_run(filter, shots->at[i].bytes, shots->at[i].size, shots->at[i].size) != 0;
	rt_filter_free(filter);
	return count;
}

struct answers { struct live live; struct live_seen seen; bool is_pcap; const char *text; };

static void open_one(struct answers *a, const char *text, bool is_pcap, const char *iface, enum live_way way)
{
	const struct rt_capture_options options = { .iface = iface, .ring_kib = 2048, .latency_ms = 50 };
	*a = (struct answers){ .text = text, .is_pcap = is_pcap };
	if (is_pcap)
		live_open_pcap(&a->live, options, text, way);
	else
		live_open(&a->live, options, text, way);
}

/* What came in time: frames that the kernel lets through and ringtap does not are no batch. */
static unsigned check_one(struct answers *a, const struct shots *shots, const char *where)
{
	const size_t count = count_wanted(a->text, shots);
	char place[48];
	snprintf(place, sizeof place, "%s%s", where, a->is_pcap ? ", --pcap-filter" : "");
	if (count)
		live_read(&a->live, &a->seen, count, 1000);
	live_read(&a->live, &a->seen, 0, 0);
	const unsigned wrong = compare(a->text, place, shots, &a->seen);
	live_forget(&a->seen);
	live_close(&a->live);
	return wrong;
}

static unsigned check_end(const struct shots *shots, const struct shot_end *end)
{
	static struct answers answers[2 * RT_COUNT(texts)];
	unsigned wrong = 0;
	int witness = shots_witness(end);
	for (size_t i = 0; i < RT_COUNT(answers); i++)
		open_one(&answers[i], texts[i / 2], i % 2, end->iface, i % 16 < 2 ? LIVE_RING : LIVE_RECV);
	shots_fire(shots, end, witness);
	for (size_t i = 0; i < RT_COUNT(answers); i++)
		wrong += check_one(&answers[i], shots, end->name);
	return wrong;
}

static size_t end_count;

static void test_ends(void **state)
{
	struct dice dice = dice_new(20261126);
	struct shots shots = shots_make(&dice);
	unsigned wrong = 0;
	(void)state;
	for (size_t end = 0; end < end_count; end++)
		wrong += check_end(&shots, &shot_ends[end]);
	shots_free(&shots);
	assert_int_equal(0, wrong);
}

/* -s cuts what is kept, not what is looked at. */
static void test_snaplen(void **state)
{
	struct live live;
	struct live_seen seen = { 0 };
	uint8_t frame[100];
	(void)state;
	live_open(&live, (struct rt_capture_options){ .iface = "v1", .latency_ms = 50, .snaplen = 20 },
	          "Raw.load contains \"at the end\" and IP", LIVE_RING);
	int sender = live_sender("v0");
	for (uint32_t i = 0; i < 2; i++) {
		live_ip_frame(frame, sizeof frame, 253, i);
		memcpy(frame + 90, i ? "at the end" : "at one end", 10);
		assert_int_equal(write(sender, frame, sizeof frame), sizeof frame);
	}
	live_read(&live, &seen, 1, 2000);
	live_read(&live, &seen, 0, 0);
	assert_int_equal(1, seen.count);
	assert_int_equal(20, seen.frames[0].caplen);
	assert_int_equal(100, seen.frames[0].len);
	live_forget(&seen);
	live_close(&live);
}

int main(void)
{
	if (!live_begin())
		return 77;
	end_count = shots_network();
	rows_add("the tag in band and aside", NULL, test_ends, NULL);
	rows_add("snapshot length", NULL, test_snaplen, NULL);
	return rows_run("test_fields");
}
