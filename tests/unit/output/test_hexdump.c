/* SPDX-License-Identifier: MIT */
/* test_hexdump.c - -x -xx -X -XX -A in tcpdump's layout: rows by hand, and every sample next to tcpdump itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"
#include "sample.h"

struct row { const char *name, *expected, *bytes; size_t size; enum rt_dump dump; };

static const struct row rows[] = {
	{ "nothing, hex",
	  "", "", 0, RT_DUMP_HEX },
	{ "nothing, ASCII",
	  "", "", 0, RT_DUMP_HEX_ASCII },
	{ "no dump",
	  "", "abc", 3, RT_DUMP_NONE },
	{ "one byte",
	  "\t0x0000:  61\n", "a", 1, RT_DUMP_HEX },
	{ "an odd byte",
	  "\t0x0000:  6162 63\n", "abc", 3, RT_DUMP_HEX },
	{ "an odd byte, ASCII",
	  "\t0x0000:  6162 63                                  abc\n", "abc", 3, RT_DUMP_HEX_ASCII },
	{ "what is visible",
	  "\t0x0000:  001f 207e 7f80 ff0a                      ...~....\n", "\x00\x1f\x20\x7e\x7f\x80\xff\n",
	  8,
	  RT_DUMP_HEX_ASCII },
	{ "two lines",
	  "\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566\n\t0x0010:  67\n", "0123456789abcdefg", 17,
	  RT_DUMP_HEX },
	{ "two lines, ASCII",
	  "\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n"
	  "\t0x0010:  67                                       g\n", "0123456789abcdefg", 17,
	  RT_DUMP_HEX_ASCII },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	char memory[1024];
	struct rt_text out;
	rt_text_init(&out, memory, sizeof memory - 1, -1);
	rt_put_hexdump(&out, (const uint8_t *)row->bytes, row->size, row->dump);
	*out.at = '\0';
	assert_string_equal(row->expected, memory);
}

/* ---- next to tcpdump -------------------------------------------------------------------------------------- */

struct mode { const char *option; enum rt_dump dump; bool dump_link; };

static const struct mode modes[] = {
	{ "-x", RT_DUMP_HEX, false },        { "-xx", RT_DUMP_HEX, true },
	{ "-X", RT_DUMP_HEX_ASCII, false },  { "-XX", RT_DUMP_HEX_ASCII, true },
	{ "-A", RT_DUMP_ASCII, false },
};

static void same_as_tcpdump(const struct mode *mode, const char *name, struct sampled *sampled)
{
	const struct rt_output_options options = { .stamp = RT_STAMP_NONE, .dump = (uint8_t)mode->dump,
	                                           .dump_link = mode->dump_link };
	const char *const argv[] = { "tcpdump", "-n", "-t", mode->option, "-r", "-", NULL };
	struct capfile file = { 0 };
	size_t size;
	capfile_pcap(&file, PCAP_MICRO, 65535, sampled->frame.link);
	capfile_record(&file, 1, 0, sampled->frame.caplen, sampled->frame.len, sampled->bytes,
	               sampled->frame.caplen);
	struct answer answer = ask(argv, file.bytes, file.size);
	char *text = printed(&options, &sampled->frame, 1, &size);
	const char *theirs = strchr(answer.text, '\n'), *ours = strchr(text, '\n');   /* behind the line */
	assert_true(theirs && ours);
	if (strcmp(theirs, ours) != 0)
		fail_msg("%s %s\ntcpdump:%.600s\nringtap:%.600s", name, mode->option, theirs, ours);
	free(text);
	free(answer.text);
	capfile_free(&file);
}

/* Of an EtherType that it does not know, tcpdump -A prints the bytes twice, in hexadecimal first. */
static void test_samples(void **state)
{
	const struct mode *mode = *state;
	struct sampled sampled;
	need_program("tcpdump");
	for (size_t i = 0; i < sample_count; i++) {
		bool is_unknown = strcmp(samples[i].name, "unknown") == 0 || strcmp(samples[i].name, "tagged") == 0;
		if (mode->dump == RT_DUMP_ASCII && is_unknown)
			continue;
		sample_get(&sampled, samples[i].name);
		same_as_tcpdump(mode, samples[i].name, &sampled);
	}
}

/* Every byte value and every size up to three lines, behind an IP header of a protocol that nobody knows. */
static void test_sizes(void **state)
{
	struct sampled sampled;
	uint8_t bytes[SAMPLE_MAX];
	need_program("tcpdump");
	sample_get(&sampled, "igmp");
	memcpy(bytes, sampled.bytes, 34);
	bytes[14 + 9] = 253;                    /* RFC 3692: for experiments */
	for (uint32_t size = 35; size <= 34 + 256; size += size < 34 + 48 ? 1 : 34) {
		bytes[14 + 2] = (uint8_t)((size - 14) >> 8);
		bytes[14 + 3] = (uint8_t)(size - 14);
		for (uint32_t i = 34; i < size; i++)
			bytes[i] = (uint8_t)(i - 34);
		sample_make(&sampled, RT_LINK_ETHER, bytes, size, size);
		same_as_tcpdump(*state, "a size", &sampled);
	}
}

/* Carriage returns: at ends of lines, alone, and next to the end, where tcpdump looks no further. */
static void test_returns(void **state)
{
	static const char *const texts[] = { "a\rb", "a\r\nb", "a\r\r\nb", "a\r", "a\r\r", "\r\tb",
	                                     "a\r \r\rb\n\r" };
	struct sampled sampled;
	need_program("tcpdump");
	for (size_t i = 0; i < RT_COUNT(texts); i++) {
		uint8_t bytes[64];
		uint32_t size = (uint32_t)strlen(texts[i]);
		sample_get(&sampled, "igmp");
		memcpy(bytes, sampled.bytes, 34);
		memcpy(bytes + 34, texts[i], size);
		bytes[14 + 3] = (uint8_t)(20 + size);
		bytes[14 + 9] = 253;
		sample_make(&sampled, RT_LINK_ETHER, bytes, 34 + size, 34 + size);
		same_as_tcpdump(*state, "a carriage return", &sampled);
	}
}

/* A frame that is nothing but a link header, or less. */
static void test_link_only(void **state)
{
	struct sampled sampled;
	need_program("tcpdump");
	for (uint32_t size = 1; size <= 14; size++) {
		sample_get(&sampled, "unknown");
		sample_make(&sampled, RT_LINK_ETHER, sampled.bytes, size, size);
		same_as_tcpdump(*state, "a link header", &sampled);
	}
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows) + 4 * RT_COUNT(modes)];
	static char names[RT_COUNT(modes)][4][32];
	static const CMUnitTestFunction functions[] = { test_samples, test_sizes, test_returns,
	                                                test_link_only };
	static const char *const words[] = { " samples", " sizes", " carriage returns", " link header" };
	size_t count = 0;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[count++] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
		                                      .initial_state = (void *)(uintptr_t)&rows[i] };
	for (size_t i = 0; i < RT_COUNT(modes); i++) {
		for (size_t j = 0; j < RT_COUNT(functions); j++) {
			stpcpy(stpcpy(names[i][j], modes[i].option), words[j]);
			tests[count++] = (struct CMUnitTest){ .name = names[i][j], .test_func = functions[j],
			                                      .initial_state = (void *)(uintptr_t)&modes[i] };
		}
	}
	return cmocka_run_group_tests_name("hexdump", tests, NULL, NULL);
}
