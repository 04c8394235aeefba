/* SPDX-License-Identifier: MIT */
/* test_complete.c - what Tab offers for a line: names of the script, of the language, of the host and its protocol
 * tables, what stands behind a dot, and files inside of quotes. Layers and fields are those of Scapy (explore(), ls()),
 * methods those of its Packet and PacketList that we have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/packets.h>
#include "../../../src/console/complete.h"
#include "hard.h"
#include "rows.h"
#include "sample.h"

/* `pkt` is the sample "syn", `my_list` a list of it. `choices`: with a blank behind each. */
struct row { const char *line, *choices; };

static const struct row rows[] = {
	{ "my", "my_function my_list " },
	{ "pkt", "pkt " },
	{ "x = pk", "pkt " },
	{ "zzz", "" },
	/* the language */
	{ "le", "len " },
	{ "is", "isinstance " },
	{ "Zero", "ZeroDivisionError " },
	/* the host: functions, layers, items of lists */
	{ "sn", "sniff " },
	{ "interf", "interfaces " },
	{ "PacketL", "PacketList " },
	{ "rd", "rdpcap " },
	{ "Dot1Q", "Dot1Q " },
	{ "TCP in p", "pkt pow print " },
	{ "TC", "TCP TCPerror " },
	{ "pkt[ICMPe", "ICMPerror " },
	{ "DNSQ", "DNSQR " },
	{ "IPOption_R", "IPOption_RR IPOption_Router_Alert " },
	/* attributes: fields of the layer, methods */
	{ "pkt[IP].t", "time tos ttl " },
	{ "pkt[TCP].s", "seq show show2 sniffed_on sport sprintf summary " },
	{ "pkt[\"TCP\"].dp", "dport " },
	{ "print(pkt[IP].dst, pkt[TCP].dpo", "dport " },
	{ "pkt.ha", "haslayer " },
	{ "pkt[IP].sr", "src " },
	{ "my_list[0][TCP].fl", "flags " },
	{ "my_list[0].time.", "" },
	{ "pkt[TCP].flags.S", "S " },
	{ "'a'.spli", "" },
	{ "nothing.a", "" },
	{ "exit().a", "" },                     /* nothing is called */
	{ "my_list[my_function(1)].a", "" },
	/* files */
	{ "rdpcap('", "folder/ it\\'s.pcap one.pcap two.pcap \xc3\xbc.pcap " },
	{ "rdpcap(\"", "folder/ it's.pcap one.pcap two.pcap \xc3\xbc.pcap " },
	{ "rdpcap('.", "../ ./ .hidden " },
	{ "rdpcap('tw", "two.pcap " },
	{ "rdpcap(\"it's", "it's.pcap " },
	{ "rdpcap('it\\'", "it\\'s.pcap " },
	{ "rdpcap('folder/", "inner.pcap " },
	{ "rdpcap('nowhere/", "" },
	{ "x = 'a'; rdpcap('o", "one.pcap " },
	{ "f('one.pcap', pk", "pkt " },
};

static struct rt_host *host;
static struct rt_script *script;
static struct rt_text out;
static char output[4096];

static void test_row(void **state)
{
	const struct row *row = *state;
	struct completer completer = { .script = script };
	struct editor_choices choices = { 0 };
	char found[1024];
	struct rt_text text;
	rt_text_init(&text, found, sizeof found, -1);
	complete(&completer, row->line, strlen(row->line), &choices);
	for (unsigned i = 0; i < choices.count; i++)
		rt_put_format(&text, "%s ", choices.texts[i]);
	rt_put_char(&text, '\0');
	assert_int_equal(0, text.error);
	assert_string_equal(row->choices, found);
	complete_free(&completer);
}

/* Every choice for every begin of these lines begins with what was typed, in order and each once. */
static void test_any(void **state)
{
	static const char line[] = "print(pkt[TCP].sport, my_list[0].summary(), 'folder/inner.pcap', IPv6 in pkt)";
	(void)state;
	for (size_t cursor = 0; cursor < sizeof line; cursor++) {
		struct completer completer = { .script = script };
		struct editor_choices choices = { 0 };
		complete(&completer, line, cursor, &choices);
		assert_true(choices.from <= cursor && choices.count <= EDITOR_CHOICES);
		for (unsigned i = 0; i < choices.count; i++) {
			assert_memory_equal(line + choices.from, choices.texts[i], cursor - choices.from);
			assert_true(i == 0 || strcmp(choices.texts[i - 1], choices.texts[i]) < 0);
		}
		complete_free(&completer);
	}
}

/* Any line: what is offered fits, and nothing is called. */
static void test_random(void **state)
{
	static const char letters[] = "pkt[IP].src'\"/\\ ()=:0-1,my_list#\x1b\xc3";
	uint32_t seed = HARD_SEED;
	(void)state;
	for (unsigned run = 0; run < 20000; run++) {
		struct completer completer = { .script = script };
		struct editor_choices choices = { 0 };
		char line[32];
		const size_t size = hard_random(&seed) % sizeof line;
		for (size_t i = 0; i < sizeof line; i++)
			line[i] = i < size ? letters[hard_random(&seed) % (sizeof letters - 1)] : '\0';
		complete(&completer, line, size, &choices);
		assert_true(choices.from <= size && choices.count <= EDITOR_CHOICES);
		for (unsigned i = 0; i < choices.count; i++)
			assert_memory_equal(line + choices.from, choices.texts[i], size - choices.from);
		complete_free(&completer);
	}
	assert_int_equal(0, rt_text_length(&out));
}

static bool make_files(const char *folder)
{
	static const char *const names[] = { "one.pcap", "two.pcap", "it's.pcap", "\xc3\xbc.pcap", ".hidden", "a\nb",
	                                     "folder/inner.pcap" };
	if (chdir(folder) < 0 || mkdir("folder", 0700) < 0)
		return false;
	for (size_t i = 0; i < RT_COUNT(names); i++)
		fclose(fopen(names[i], "w"));
	return true;
}

static void remove_files(const char *folder)
{
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", folder);
	(void)!system(command);
}

static bool open_script(void)
{
	static struct sampled syn;
	static const char text[] = "def my_function(x): exit(x)\nmy_list = [pkt]\n";
	struct rt_error error;
	struct rt_script_error what;
	const struct rt_host_options options = { .dissector = sample_dissector() };
	rt_text_init(&out, output, sizeof output, -1);
	if (rt_host_new(&host, &options, &error) < 0)
		return false;
	const struct rt_script_options with = { .out = &out, .find = rt_host_find, .names = rt_host_names,
	                                        .context = host };
	if (rt_script_new(&script, &with, &error) < 0)
		return false;
	sample_get(&syn, "syn");
	return rt_script_set(script, "pkt", rt_packet_value(script, &syn.frame)) == 0 &&
	       rt_script_run(script, text, sizeof text - 1, "test", 0, &what) == 0;
}

int main(void)
{
	char folder[] = "/tmp/ringtap-complete-XXXXXX";
	if (!mkdtemp(folder) || !make_files(folder) || !open_script())
		return 1;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		rows_add("complete", rows[i].line, test_row, &rows[i]);
	rows_add("any place of a line", NULL, test_any, NULL);
	rows_add("any line", NULL, test_random, NULL);
	const int failed = rows_run("console_complete");
	rt_script_free(script);
	rt_host_free(host);
	remove_files(folder);
	return failed;
}
