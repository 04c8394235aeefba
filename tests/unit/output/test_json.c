/* SPDX-License-Identifier: MIT */
/* test_json.c - --json to the letter: CLI.md's schema with the values that Scapy reads from the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sample.h"

struct row { const char *sample, *expected; };

#define FRONT(size) "{\"number\":1,\"time\":1700000000.000035,\"iface\":\"eth0\",\"caplen\":" size "," \
	"\"len\":" size ","
#define ETHER(type) "\"Ether\":{\"dst\":\"02:00:00:00:00:02\",\"src\":\"02:00:00:00:00:01\"," \
	"\"type\":" type "}"
#define IP(len, id, proto, chksum) \
	"{\"version\":4,\"ihl\":5,\"tos\":0,\"len\":" len ",\"id\":" id ",\"flags\":\"\"," \
	"\"frag\":0,\"ttl\":64,\"proto\":" proto ",\"chksum\":" chksum ","

static const struct row rows[] = {
	{ "echo",
	  FRONT("98") "\"layers\":[\"Ether\",\"IP\",\"ICMP\",\"Raw\"]," ETHER("2048") ","
	  "\"IP\":{\"version\":4,\"ihl\":5,\"tos\":0,\"len\":84,\"id\":51234,\"flags\":\"DF\",\"frag\":0,"
	  "\"ttl\":64,\"proto\":1,"
	  "\"chksum\":64658,\"src\":\"192.168.16.34\",\"dst\":\"216.58.204.238\",\"options\":[]},"
	  "\"ICMP\":{\"type\":8,\"code\":0,\"chksum\":230,\"id\":6,\"seq\":1},"
	  "\"Raw\":{\"load\":\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
	  "3031323334353637\"}}\n" },
	{ "data",
	  FRONT("86") "\"layers\":[\"Ether\",\"IP\",\"TCP\",\"Raw\"]," ETHER("2048") ","
	  "\"IP\":" IP("72", "1", "6", "55512") "\"src\":\"192.168.16.34\",\"dst\":\"192.168.16.100\","
	  "\"options\":[]},"
	  "\"TCP\":{\"sport\":43948,\"dport\":80,\"seq\":4294967295,\"ack\":4000000000,\"dataofs\":10,"
	  "\"reserved\":0,"
	  "\"flags\":\"FPA\",\"window\":1,\"chksum\":54018,\"urgptr\":0,"
	  "\"options\":[[\"NOP\",null],[\"NOP\",null],[\"SAck\",[1,2,3,4]]]},"
	  "\"Raw\":{\"load\":\"6869002722ff0a1b5b33316d\"}}\n" },
	{ "tunnel",
	  FRONT("64") "\"layers\":[\"Ether\",\"IP\",\"IP\",\"UDP\",\"Raw\"]," ETHER("2048") ","
	  "\"IP\":" IP("50", "1", "4", "55536") "\"src\":\"192.168.16.34\",\"dst\":\"192.168.16.100\","
	  "\"options\":[]},"
	  "\"IP_2\":{\"version\":4,\"ihl\":5,\"tos\":0,\"len\":30,\"id\":1,\"flags\":\"\",\"frag\":0,"
	  "\"ttl\":9,\"proto\":17,"
	  "\"chksum\":40396,\"src\":\"10.0.0.1\",\"dst\":\"10.0.0.2\",\"options\":[]},"
	  "\"UDP\":{\"sport\":1000,\"dport\":2000,\"len\":10,\"chksum\":30385},"
	  "\"Raw\":{\"load\":\"696e\"}}\n" },
	{ "who-has",
	  "{\"number\":1,\"time\":1700000000.000035,\"iface\":\"eth0\",\"caplen\":42,\"len\":42,"
	  "\"layers\":[\"Ether\",\"ARP\"],"
	  "\"Ether\":{\"dst\":\"ff:ff:ff:ff:ff:ff\",\"src\":\"02:00:00:00:00:01\",\"type\":2054},"
	  "\"ARP\":{\"hwtype\":1,\"ptype\":2048,\"hwlen\":6,\"plen\":4,\"op\":1,"
	  "\"hwsrc\":\"02:00:00:00:00:01\","
	  "\"psrc\":\"192.168.16.34\",\"hwdst\":\"00:00:00:00:00:00\",\"pdst\":\"192.168.16.1\"}}\n" },
};

static const struct rt_output_options json = { .format = RT_FORMAT_JSON };

static void test_row(void **state)
{
	const struct row *row = *state;
	struct sampled sampled;
	size_t size;
	sample_get(&sampled, row->sample);
	char *text = printed(&json, &sampled.frame, 1, &size);
	assert_string_equal(row->expected, text);
	free(text);
}

/* Only what comes with a packet differs: `expected` is how the object begins. */
struct front { const char *expected, *iface; uint64_t number, time; bool is_nano; uint32_t len; };

static const struct front fronts[] = {
	{ "{\"number\":1,\"time\":0.000000,\"caplen\":42,\"len\":42,\"layers\":[", "", 1, 0, false, 42 },
	{ "{\"number\":1,\"time\":1700000000.123456789,\"iface\":\"v1\",\"caplen\":42,\"len\":42,"
	  "\"layers\":[", "v1", 1,
	  1700000000123456789, true, 42 },
	{ "{\"number\":1,\"time\":1700000000.123456,\"iface\":\"v1\",\"caplen\":42,\"len\":42,\"layers\":[",
	  "v1", 1,
	  1700000000123456789, false, 42 },
	{ "{\"number\":9007199254740993,\"time\":4294967296.000000,\"iface\":\"v1\",\"caplen\":42,"
	  "\"len\":4294967295,\"layers\":[",
	  "v1", 9007199254740993, 4294967296000000000, false, UINT32_MAX },
	{ "{\"number\":18446744073709551615,\"time\":18446744073.709551615,\"iface\":\"v1\",\"caplen\":42,"
	  "\"len\":42,"
	  "\"layers\":[", "v1", UINT64_MAX, UINT64_MAX, true, 42 },
	{ "{\"number\":1,\"time\":0.000000,\"iface\":\"a\\\"b\\\\\\u001b\",\"caplen\":42,\"len\":42,"
	  "\"layers\":[", "a\"b\\\x1b", 1, 0,
	  false, 42 },
};

static void test_front(void **state)
{
	const struct front *front = *state;
	struct sampled sampled;
	size_t size;
	sample_get(&sampled, "who-has");
	sampled.iface.name = front->iface;
	sampled.iface.is_nano = front->is_nano;
	sampled.frame.number = front->number;
	sampled.frame.time = front->time;
	sampled.frame.len = front->len;
	char *text = printed(&json, &sampled.frame, 1, &size);
	if (strncmp(front->expected, text, strlen(front->expected)) != 0)
		assert_string_equal(front->expected, text);
	free(text);
}

/* Records are objects, nested ones too; parts of the object in the order of the message. */
static void test_records(void **state)
{
	static const char *const parts[] = {
		"\"qd\":[{\"qname\":\"www.example.com.\",\"qtype\":1,\"qclass\":1}]",
		"\"an\":[{\"rrname\":\"www.example.com.\",\"type\":5,\"rclass\":1,\"ttl\":60,\"rdlen\":13,"
		"\"rdata\":\"example.com.\"},"
		"{\"rrname\":\"example.com.\",\"type\":1,\"rclass\":1,\"ttl\":300,\"rdlen\":4,"
		"\"rdata\":\"1.2.3.4\"}]",
		"\"ns\":[]",
		"\"ar\":[{\"rrname\":\".\",\"type\":41,\"rclass\":1232,\"extrcode\":0,\"version\":0,"
		"\"z\":32768,\"rdlen\":0,"
		"\"rdata\":[]}]}}\n",
	};
	struct sampled sampled;
	size_t size;
	(void)state;
	sample_get(&sampled, "answer");
	char *text = printed(&json, &sampled.frame, 1, &size), *at = text;
	for (size_t i = 0; i < RT_COUNT(parts); i++) {
		at = strstr(at, parts[i]);
		if (!at)
			fail_msg("no %s in %s", parts[i], text);
		at += strlen(parts[i]);
	}
	assert_int_equal(*at, '\0');
	free(text);
}

int main(void)
{
	static const struct CMUnitTest plain[] = { cmocka_unit_test(test_records) };
	static struct CMUnitTest tests[RT_COUNT(plain) + RT_COUNT(rows) + RT_COUNT(fronts)];
	size_t count = 0;
	for (; count < RT_COUNT(plain); count++)
		tests[count] = plain[count];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = rows[i].sample, .test_func = test_row,
		                                      .initial_state = (void *)(uintptr_t)&rows[i] };
	for (size_t i = 0; i < RT_COUNT(fronts); i++)
		tests[count++] = (struct CMUnitTest){ .name = fronts[i].expected, .test_func = test_front,
		                                      .initial_state = (void *)(uintptr_t)&fronts[i] };
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
