/* SPDX-License-Identifier: MIT */
/* test_packets.c - the rows of packets.txt: statements typed in the console and what it answers, about the Ethernet
 * packets of sample.c. `pkts` are all of them, and each has a variable of its name (who-has: who_has). All rows are
 * run in one interpreter, in order, and again in another that collects garbage at every allocation. What is expected
 * of rows with >>> comes from Scapy, which scapy_console (tests/scapy/console.py) asks again; those with ~>> say how
 * we differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/file.h>
#include <ringtap/packets.h>
#include "hard.h"
#include "rows.h"
#include "sample.h"

#define FILE_MAX   (1u << 20)
#define OUTPUT_MAX (1u << 16)

struct row { char name[60], statement[1024]; char *expected; size_t size; };

struct console {
	struct rt_host *host;
	struct rt_script *script;
	struct rt_text out;
	char output[OUTPUT_MAX];
};

static char file[FILE_MAX], folder[] = "/tmp/ringtap-packets-XXXXXX";
static struct row rows[512];
static struct console consoles[2];       /* as it is; with garbage collected at every allocation         */

/* ---- consoles -------------------------------------------------------------------------------------- */

static void fill_file(const char *path)
{
	const struct rt_file_options options = { .link = RT_LINK_ETHER, .snaplen = RT_SNAPLEN_MAX };
	struct rt_sink *sink;
	struct rt_error error;
	struct sampled sampled;
	assert_int_equal(rt_file_create(&sink, path, &options, &error), 0);
	for (size_t i = 0; i < sample_count; i++) {
		if (samples[i].link != RT_LINK_ETHER)
			continue;
		sample_get(&sampled, samples[i].name);
		assert_int_equal(sink->take(sink, &sampled.frame, 1, &error), 0);
	}
	assert_int_equal(sink->close(sink, &error), 0);
}

static struct rt_store *store_of_file(struct rt_host *host, const char *path)
{
	struct rt_source *source;
	struct rt_store *store;
	struct rt_error error;
	assert_int_equal(rt_store_new(&store, host, 0, &error), 0);
	assert_int_equal(rt_file_open(&source, path, NULL, &error), 0);
	struct rt_sink *sink = rt_store_sink(store);
	for (struct rt_batch batch; source->next(source, &batch, &error) > 0; source->release(source))
		assert_int_equal(sink->take(sink, batch.frames, batch.count, &error), 0);
	source->close(source);
	return store;
}

static void run(struct console *console, const char *text)
{
	struct rt_script_error what;
	rt_text_init(&console->out, console->output, OUTPUT_MAX - sizeof what, -1);
	const int rc = rt_script_run(console->script, text, strlen(text), "row", RT_SCRIPT_ECHO, &what);
	assert_int_equal(console->out.error, 0);
	console->out.end += sizeof what;
	if (rc < 0)
		rt_put_format(&console->out, "! %s\n", what.what);
	rt_put_char(&console->out, '\0');
}

static void name_samples(struct console *console)
{
	unsigned at = 0;
	for (size_t i = 0; i < sample_count; i++) {
		char text[64];
		if (samples[i].link != RT_LINK_ETHER)
			continue;
		snprintf(text, sizeof text, "%s = pkts[%u]", samples[i].name, at++);
		for (char *c = text; *c != '='; c++)
			*c = *c == '-' || (*c == ' ' && c[1] != '=') ? '_' : *c;
		run(console, text);
		assert_string_equal(console->output, "");
	}
}

static void open_console(struct console *console, bool is_stressed)
{
	char path[64], text[160];
	struct rt_error error;
	const struct rt_host_options options = { .dissector = sample_dissector() };
	assert_int_equal(rt_host_new(&console->host, &options, &error), 0);
	const struct rt_script_options with = { .out = &console->out, .is_stressed = is_stressed, .find = rt_host_find,
	                                        .context = console->host };
	assert_int_equal(rt_script_new(&console->script, &with, &error), 0);
	snprintf(path, sizeof path, "%s/packets.pcap", folder);
	struct rt_store *store = store_of_file(console->host, path);
	assert_int_equal(rt_script_set(console->script, "pkts", rt_packets_value(console->script, store, "Sniffed")),
	                 0);
	rt_store_close(store);
	snprintf(text, sizeof text, "path = '%s'; written = '%s/written.pcap'", path, folder);
	run(console, text);
	name_samples(console);
}

static void close_console(struct console *console)
{
	rt_script_free(console->script);
	rt_host_free(console->host);
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static void test_row(void **state)
{
	struct row *row = *state;
	for (size_t i = 0; i < RT_COUNT(consoles); i++) {
		run(&consoles[i], row->statement);
		row->expected[row->size] = '\0';
		assert_string_equal(consoles[i].output, row->expected);
	}
}

static bool is_prompt(const char *line) { return strncmp(line, ">>> ", 4) == 0 || strncmp(line, "~>> ", 4) == 0; }

/* From a prompt to the empty line, or the comment, in front of the next. Returns what follows. */
static char *take_row(struct row *row, char *line)
{
	char *to = row->statement;
	const bool is_block = strncmp(strchr(line, '\n') + 1, "... ", 4) == 0;
	do {
		const size_t length = strcspn(line, "\n") - 4;
		to = (char *)memcpy(to, line + 4, length) + length;
		*to++ = '\n';
		line = strchr(line, '\n') + 1;
	} while (is_block && strncmp(line, "... ", 4) == 0);
	row->expected = line;
	while (*line && !is_prompt(line) && !(line[0] == '#' && line[1] == ' '))
		line = strchr(line, '\n') + 1;
	row->size = (size_t)(line - row->expected);
	row->size -= *line != '\0';              /* the empty line */
	return line;
}

static void read_rows(void)
{
	size_t count = 0;
	FILE *from = fopen(RINGTAP_SOURCE "/tests/unit/console/packets.txt", "rb");
	assert_non_null(from);
	assert_in_range(fread(file, 1, FILE_MAX - 1, from), 1000, FILE_MAX - 2);
	fclose(from);
	for (char *line = file; *line; ) {
		if (!is_prompt(line)) {
			line = strchr(line, '\n') + 1;
			continue;
		}
		assert_in_range(count, 0, RT_COUNT(rows) - 1);
		line = take_row(&rows[count], line);
		const size_t length = strcspn(rows[count].statement, "\n"), most = sizeof rows[count].name - 1;
		memcpy(rows[count].name, rows[count].statement, length < most ? length : most);
		rows_add(rows[count].name, NULL, test_row, &rows[count]);
		count++;
	}
	assert_in_range(count, 150, RT_COUNT(rows));
}

/* ---- stores ---------------------------------------------------------------------------------------- */

static void oldest_frames_go_first(void **state)
{
	enum { FRAMES = 5000, LIMIT = 64 << 10 };
	struct rt_host *host;
	struct rt_store *store;
	struct rt_error error;
	struct sampled sampled;
	const struct rt_host_options options = { .dissector = sample_dissector() };
	(void)state;
	assert_int_equal(rt_host_new(&host, &options, &error), 0);
	assert_int_equal(rt_store_new(&store, host, LIMIT, &error), 0);
	sample_get(&sampled, "syn");
	for (unsigned i = 1; i <= FRAMES; i++) {
		sampled.frame.number = i;
		rt_store_sink(store)->take(rt_store_sink(store), &sampled.frame, 1, &error);
	}
	const size_t kept = rt_store_count(store);
	assert_int_equal(kept + rt_store_gone(store), FRAMES);
	assert_in_range(kept, LIMIT / 2 / (sizeof sampled.frame + 74 + 16), LIMIT / (sizeof sampled.frame + 74));
	struct rt_script *script;
	struct rt_text out;
	char memory[256];
	struct rt_script_error what;
	const char *text = "print(pkts[0].number + len(pkts), pkts[-1].number, pkts[-1][TCP].sport)";
	rt_text_init(&out, memory, sizeof memory - 1, -1);
	const struct rt_script_options with = { .out = &out, .find = rt_host_find, .context = host };
	assert_int_equal(rt_script_new(&script, &with, &error), 0);
	assert_int_equal(rt_script_set(script, "pkts", rt_packets_value(script, store, "Sniffed")), 0);
	rt_store_close(store);
	assert_int_equal(rt_script_run(script, text, strlen(text), "row", 0, &what), 0);
	*out.at = '\0';
	assert_string_equal(memory, "5001 5000 43948\n");
	rt_script_free(script);
	rt_host_free(host);
}

/* A frame's memory may go when the packet is made; what a script keeps stays as it was. */
static void kept_packets_are_copies(void **state)
{
	struct sampled sampled;
	struct rt_script_error what;
	struct rt_any result;
	struct rt_any function;
	const char *define = "kept = []\ndef each(p):\n    if len(kept) < 2: kept.append(p)\n";
	struct console *console = *state;
	run(console, define);
	function = rt_script_get(console->script, "each");
	for (unsigned i = 0; i < 1000; i++) {
		sample_get(&sampled, i % 2 ? "mdns" : "syn");
		const struct rt_any packet = rt_packet_value(console->script, &sampled.frame);
		assert_int_equal(rt_script_call(console->script, function, &packet, 1, &result, &what), 0);
		memset(sampled.bytes, 0xee, sizeof sampled.bytes);
	}
	run(console, "[p.summary() for p in kept], len(kept)");
	assert_string_equal(console->output, "(['Ether / IP / TCP 192.168.16.34:43948 > 192.168.16.100:8006 S', "
	                    "'Ether / IP / UDP / DNS Qry \"b\\'example.local.\\'\" '], 2)\n");
}

/* ---- hard packets ---------------------------------------------------------------------------------- */

/* Everything that can be asked of a packet, for each of its layers. */
static const char look[] =
	"def look(p):\n"
	"    repr(p); p.summary(); p.show(dump=True); bytes(p); p.layers(); p.time; p.iface; p.lastlayer().name\n"
	"    p == p.copy()\n"
	"    q = p\n"
	"    while q:\n"
	"        f = q.fields\n"
	"        for name in f:\n"
	"            q.getfieldval(name); str(f[name])\n"
	"            if isinstance(f[name], list): [repr(x) for x in f[name]]\n"
	"        repr(q); q.name; q.sprintf('%IP.src% %.time% {TCP:%TCP.flags%} {!DNSQR:-}')\n"
	"        DNSQR in q; q.haslayer('IP'); q.getlayer(1); len(q[0]); bytes(q)\n"
	"        q = q.payload\n"
	"def list_them(p):\n"
	"    repr(p); p.sessions(); p.conversations(); p[IP]; p.filter('ip or tcp port 80')\n";

static void look_at(struct console *console, struct sampled *sampled)
{
	struct rt_script_error what = { .what = "" };
	struct rt_any result, packet = rt_packet_value(console->script, &sampled->frame);
	rt_script_call(console->script, rt_script_get(console->script, "look"), &packet, 1, &result, &what);
	assert_string_equal(what.what, "");
}

static void hard_packets_are_read(void **state)
{
	struct console *console = *state;
	uint8_t bytes[SAMPLE_MAX];
	struct sampled sampled;
	uint32_t seed = HARD_SEED;
	run(console, look);
	assert_string_equal(console->output, "");
	for (size_t i = 0; i < sample_count; i++) {
		const uint32_t size = (uint32_t)sample_bytes(&samples[i], bytes);
		for (uint32_t cut = 0; cut <= size; cut++) {
			sample_make(&sampled, samples[i].link, bytes, cut, size);
			look_at(console, &sampled);
		}
		for (unsigned spoilt = 0; spoilt < 50; spoilt++) {
			uint8_t changed[SAMPLE_MAX];
			memcpy(changed, bytes, size);
			for (unsigned n = 0; n < 3; n++)
				changed[hard_random(&seed) % size] = (uint8_t)hard_random(&seed);
			sample_make(&sampled, samples[i].link, changed, size, size);
			look_at(console, &sampled);
		}
	}
}

/* The same in a list, of which each frame is of another length. */
static void lists_of_hard_packets_are_read(void **state)
{
	struct console *console = *state;
	uint8_t bytes[SAMPLE_MAX];
	struct rt_store *store;
	struct rt_error error;
	struct rt_script_error what = { .what = "" };
	struct sampled sampled;
	assert_int_equal(rt_store_new(&store, console->host, 0, &error), 0);
	for (size_t i = 0; i < sample_count; i++) {
		const uint32_t size = (uint32_t)sample_bytes(&samples[i], bytes);
		for (uint32_t cut = 0; cut <= size && samples[i].link == RT_LINK_ETHER; cut += 3) {
			sample_make(&sampled, samples[i].link, bytes, cut, size);
			rt_store_sink(store)->take(rt_store_sink(store), &sampled.frame, 1, &error);
		}
	}
	struct rt_any result, list = rt_packets_value(console->script, store, "cut");
	rt_store_close(store);
	rt_script_call(console->script, rt_script_get(console->script, "list_them"), &list, 1, &result, &what);
	assert_string_equal(what.what, "");
}

/* What does not fit is an error, and garbage of the host is collected as any other. */
static void little_memory_is_an_error(void **state)
{
	(void)state;
	struct console small = { 0 };
	struct rt_error error;
	const struct rt_host_options options = { .dissector = sample_dissector(), .store = 64 << 10 };
	assert_int_equal(rt_host_new(&small.host, &options, &error), 0);
	const struct rt_script_options with = { .out = &small.out, .find = rt_host_find, .context = small.host,
	                                        .memory = 256 << 10 };
	assert_int_equal(rt_script_new(&small.script, &with, &error), 0);
	char text[256];
	snprintf(text, sizeof text, "p = rdpcap('%s/packets.pcap')\nwhile True: p = p + p", folder);
	run(&small, text);
	assert_string_equal(small.output, "! MemoryError: no memory for both lists\n");
	run(&small, "for i in range(5000): q = p.filter('tcp')[0]\nq.foo");
	assert_string_equal(small.output, "! AttributeError: 'Ether' object has no attribute 'foo'\n");
	run(&small, "kept = []\nwhile True: kept.append(p[0])");
	assert_string_equal(small.output, "! MemoryError\n");
	close_console(&small);
}

static void remove_files(void)
{
	char path[64];
	snprintf(path, sizeof path, "%s/packets.pcap", folder);
	unlink(path);
	snprintf(path, sizeof path, "%s/written.pcap", folder);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	char path[64];
	setenv("TZ", "UTC", 1);
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof path, "%s/packets.pcap", folder);
	fill_file(path);
	for (size_t i = 0; i < RT_COUNT(consoles); i++)
		open_console(&consoles[i], i);
	read_rows();
	rows_add("the oldest frames go first", NULL, oldest_frames_go_first, NULL);
	rows_add("packets that are kept are copies", NULL, kept_packets_are_copies, &consoles[0]);
	rows_add("little memory is an error", NULL, little_memory_is_an_error, NULL);
	rows_add("hard packets are read", NULL, hard_packets_are_read, &consoles[0]);
	rows_add("lists of hard packets are read", NULL, lists_of_hard_packets_are_read, &consoles[0]);
	const int failed = rows_run("console_packets");
	for (size_t i = 0; i < RT_COUNT(consoles); i++)
		close_console(&consoles[i]);
	remove_files();
	return failed;
}
