/* SPDX-License-Identifier: MIT */
/* test_damage.c - bad files: every packet before the damage is lent, then one error names the file and the
 * offset. Every truncation of small files, claims that cannot be true, random damage, files that shrink. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"

#define SEED 4711u
#define RECORDS 5

/* ---- small good files, and where their parts begin ----------------------------------------------------------- */

struct parts {
	struct capfile file;
	size_t at[16];           /* where each record or block begins; at[count] is the end          */
	bool is_packet[16];
	size_t count;
	size_t header;           /* shorter files than this are refused by open                      */
};

static void part(struct parts *parts, bool is_packet)
{
	parts->is_packet[parts->count] = is_packet;
	parts->at[parts->count++] = parts->file.size;
	parts->at[parts->count] = parts->file.size;
}

static void make_pcap(struct parts *parts)
{
	uint8_t data[64];
	capfile_pcap(&parts->file, PCAP_MICRO, 65535, 1);
	parts->header = parts->file.size;
	for (unsigned i = 0; i < RECORDS; i++) {
		capfile_fill(data, sizeof data, i);
		part(parts, true);
		capfile_record(&parts->file, i, i, i * 5, i * 5, data, i * 5);
	}
	parts->at[parts->count] = parts->file.size;
}

static void make_pcapng(struct parts *parts)
{
	uint8_t data[64];
	part(parts, false);
	capfile_section(&parts->file);
	parts->header = parts->file.size;
	part(parts, false);
	capfile_interface(&parts->file, &(struct capfile_interface){ 1, 65535, 9, 0, "eth0" });
	for (unsigned i = 0; i < RECORDS; i++) {
		capfile_fill(data, sizeof data, i);
		part(parts, true);
		if (i == 1)
			capfile_simple(&parts->file, data, i * 5, i * 5);
		else if (i == 2)
			capfile_obsolete(&parts->file, 0, i, data, i * 5, i * 5);
		else
			capfile_enhanced(&parts->file, 0, i, data, i * 5, i * 5);
		if (i != 2)
			continue;
		part(parts, false);
		capfile_block(&parts->file, 0x0bad, "custom", 6);
	}
	parts->at[parts->count] = parts->file.size;
}

struct kind { const char *name; void (*make)(struct parts *); bool is_big; enum capfile_way way; };

static const struct kind kinds[] = {
	{ "pcap mapped",       make_pcap,   false, CAPFILE_MAPPED },
	{ "pcap big mapped",   make_pcap,   true,  CAPFILE_MAPPED },
	{ "pcap piped",        make_pcap,   false, CAPFILE_PIPED },
	{ "pcapng mapped",     make_pcapng, false, CAPFILE_MAPPED },
	{ "pcapng big mapped", make_pcapng, true,  CAPFILE_MAPPED },
	{ "pcapng piped",      make_pcapng, false, CAPFILE_PIPED },
};

/* ---- every truncation ------------------------------------------------------------------------------------------ */

/* `seen` ended because of the damage of the part that begins at `at`. */
static void assert_damage(const struct seen *seen, size_t at)
{
	char offset[64], path[72];
	snprintf(offset, sizeof offset, "offset %zu", at);
	snprintf(path, sizeof path, "%s: ", seen->path);
	assert_int_equal(-EBADMSG, seen->rc);
	assert_int_equal(EBADMSG, seen->error.code);
	assert_memory_equal(path, seen->error.what, strlen(path));
	const char *found = strstr(seen->error.what, offset);
	if (!found || (found[strlen(offset)] >= '0' && found[strlen(offset)] <= '9'))
		fail_msg("expected \"%s\" in \"%s\"", offset, seen->error.what);
	assert_null(strchr(seen->error.what, '\n'));
}

static void check_packets(const struct seen *seen, size_t expected)
{
	assert_int_equal(expected, seen->count);
	for (size_t i = 0; i < seen->count; i++) {
		uint8_t data[64];
		capfile_fill(data, sizeof data, (unsigned)i);
		assert_int_equal(i * 5, seen->frames[i].caplen);
		assert_memory_equal(data, seen->frames[i].data, i * 5);
	}
}

static void test_truncation(void **state)
{
	const struct kind *kind = *state;
	struct parts parts = { .file.is_big = kind->is_big };
	kind->make(&parts);
	for (size_t size = 0; size <= parts.file.size; size++) {
		struct capfile cut = { .bytes = parts.file.bytes, .size = size };
		struct seen seen = capfile_read(&cut, kind->way);
		size_t packets = 0, i = 0;
		for (; i < parts.count && parts.at[i + 1] <= size; i++)
			packets += parts.is_packet[i];
		check_packets(&seen, packets);
		if (size < parts.header) {
			assert_false(seen.is_open);
			assert_int_not_equal(0, seen.error.code);
			assert_memory_equal(seen.path, seen.error.what, strlen(seen.path));
		} else if (size == parts.at[i]) {
			assert_int_equal(0, seen.rc);   /* between two parts: a shorter file, not a damaged one */
		} else {
			assert_damage(&seen, parts.at[i]);
		}
		seen_free(&seen);
	}
	capfile_free(&parts.file);
}

/* ---- claims that cannot be true ------------------------------------------------------------------------------------ */

/* In the small file, the number `at` bytes into part `part` becomes `value`; the packets before it, and where. */
struct claim_row { const char *name; void (*make)(struct parts *); size_t part, at; uint32_t value; size_t packets; };

static const struct claim_row claim_rows[] = {
	{ "pcap: caplen past the end",            make_pcap,   3, 8,  100,                     3 },
	{ "pcap: caplen of the largest record",   make_pcap,   3, 8,  RT_FILE_RECORD_MAX,      3 },
	{ "pcap: caplen of one more",             make_pcap,   3, 8,  RT_FILE_RECORD_MAX + 1,  3 },
	{ "pcap: caplen of 4 GiB",                make_pcap,   0, 8,  0xffffffffu,             0 },
	{ "pcap: caplen that wraps with header",  make_pcap,   4, 8,  0xfffffff0u,             4 },
	{ "pcapng: block length 0",               make_pcapng, 3, 4,  0,                       1 },
	{ "pcapng: block length 11",              make_pcapng, 3, 4,  11,                      1 },
	{ "pcapng: block length 4 GiB",           make_pcapng, 3, 4,  0xfffffffcu,             1 },
	{ "pcapng: block length past the end",    make_pcapng, 7, 4,  1000,                    4 },
	{ "pcapng: block too large",              make_pcapng, 5, 4,  RT_FILE_RECORD_MAX + 4,  3 },
	{ "pcapng: packet block without room",    make_pcapng, 2, 4,  12,                      0 },
	{ "pcapng: caplen past its block",        make_pcapng, 7, 20, 40,                      4 },
	{ "pcapng: caplen of 4 GiB",              make_pcapng, 7, 20, 0xffffffffu,             4 },
	{ "pcapng: no such interface",            make_pcapng, 6, 8,  1,                       3 },
	{ "pcapng: interface 4 GiB",              make_pcapng, 6, 8,  0xffffffffu,             3 },
	{ "pcapng: simple packet past its block", make_pcapng, 3, 8,  9,                       1 },
	{ "pcapng: block that ends differently",  make_pcapng, 4, 4,  36,                      2 },
	{ "pcapng: obsolete caplen past block",   make_pcapng, 4, 20, 13,                      2 },
};

static void test_claim(void **state)
{
	const struct claim_row *row = *state;
	for (unsigned turn = 0; turn < 4; turn++) {
		struct parts parts = { .file.is_big = turn & 1 };
		row->make(&parts);
		capfile_set_u32(&parts.file, parts.at[row->part] + row->at, row->value);
		struct seen seen = capfile_read(&parts.file, turn & 2 ? CAPFILE_PIPED : CAPFILE_MAPPED);
		check_packets(&seen, row->packets);
		assert_damage(&seen, parts.at[row->part]);
		seen_free(&seen);
		capfile_free(&parts.file);
	}
}

/* An option that claims more than its block must not be believed; the frames do not depend on it. */
static void test_option_past_block(void **state)
{
	(void)state;
	for (unsigned turn = 0; turn < 2; turn++) {
		struct parts parts = { .file.is_big = turn };
		make_pcapng(&parts);
		capfile_set_u32(&parts.file, parts.at[1] + 16, turn ? 0x0002ffffu : 0xffff0002u);
		struct seen seen = capfile_read(&parts.file, CAPFILE_MAPPED);
		if (seen.rc == 0)
			check_packets(&seen, RECORDS);
		else
			assert_damage(&seen, parts.at[1]);
		seen_free(&seen);
		capfile_free(&parts.file);
	}
}

static void test_packet_without_interface(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct capfile file = { 0 };
		capfile_section(&file);
		size_t at = file.size;
		if (i)
			capfile_simple(&file, (const uint8_t *)"abcd", 4, 4);
		else
			capfile_enhanced(&file, 0, 0, (const uint8_t *)"abcd", 4, 4);
		struct seen seen = capfile_read(&file, CAPFILE_MAPPED);
		assert_int_equal(0, seen.count);
		assert_damage(&seen, at);
		seen_free(&seen);
		capfile_free(&file);
	}
}

/* A million interface blocks must not become a million interfaces in memory. */
static void test_interface_flood(void **state)
{
	struct capfile file = { 0 };
	(void)state;
	capfile_section(&file);
	for (unsigned i = 0; i < 5000; i++)
		capfile_interface(&file, &(struct capfile_interface){ 1, 0, NO_OPTION, 0, NULL });
	capfile_enhanced(&file, 4095, 0, (const uint8_t *)"abcd", 4, 4);
	size_t at = file.size;
	capfile_enhanced(&file, 4999, 0, (const uint8_t *)"abcd", 4, 4);
	struct seen seen = capfile_read(&file, CAPFILE_MAPPED);
	assert_int_equal(-EBADMSG, seen.rc);
	if (seen.count == 1)
		assert_damage(&seen, at);       /* either the packet, or the interface too many, is the damage */
	seen_free(&seen);
	capfile_free(&file);
}

/* ---- not a capture at all ----------------------------------------------------------------------------------------- */

struct foreign_row { const char *name, *bytes; size_t size; const char *what, *hint; };

static const struct foreign_row foreign_rows[] = {
	{ "empty",      "",                                   0,  "empty", NULL },
	{ "text",       "hello, this is not a capture file\n", 34, "not a pcap or pcapng file", NULL },
	{ "short text", "hi",                                 2,  NULL, NULL },
	{ "gzip",       "\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xe0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 28, "gzip", "gzip" },
	{ "xz",         "\xfd" "7zXZ\0\0\x04\xe6\xd6\xb4\x46\0\0\0\0\x1c\xdf\x44\x21\0\0\0\0\0\0", 26, NULL, NULL },
	{ "pcapng with a wrong byte-order magic", "\n\r\r\n\x1c\0\0\0\x11\x22\x33\x44\1\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0",
	  28, NULL, NULL },
};

static void test_foreign(void **state)
{
	const struct foreign_row *row = *state;
	for (unsigned way = 0; way < 2; way++) {
		struct capfile file = { 0 };
		capfile_put(&file, row->bytes, row->size);
		struct seen seen = capfile_read(&file, way ? CAPFILE_PIPED : CAPFILE_MAPPED);
		assert_true(seen.rc < 0);
		assert_int_equal(0, seen.count);
		assert_memory_equal(seen.path, seen.error.what, strlen(seen.path));
		if (row->what && !strstr(seen.error.what, row->what) &&
		    !(row->size == 0 && strstr(seen.error.what, "not a pcap or pcapng file")))
			fail_msg("expected \"%s\" in \"%s\"", row->what, seen.error.what);
		if (row->hint && !strstr(seen.error.hint, row->hint))
			fail_msg("expected \"%s\" in the hint \"%s\"", row->hint, seen.error.hint);
		seen_free(&seen);
		capfile_free(&file);
	}
}

static void test_no_file(void **state)
{
	char expected[128];
	(void)state;
	struct seen seen = seen_path(scratch("nothing-here"));
	snprintf(expected, sizeof expected, "%s: No such file or directory", seen.path);
	assert_int_equal(-ENOENT, seen.rc);
	assert_string_equal(expected, seen.error.what);
	seen = seen_path("/");
	assert_int_equal(-EISDIR, seen.rc);
	assert_string_equal("/: Is a directory", seen.error.what);
}

/* ---- random damage ---------------------------------------------------------------------------------------------------- */

static uint32_t random_next(uint32_t *seed)         /* xorshift32, Marsaglia 2003 */
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Nothing but bounds is promised here: the sanitizers are the judge, and the count of frames cannot grow. */
static void test_random_damage(void **state)
{
	uint32_t seed = SEED;
	(void)state;
	for (unsigned turn = 0; turn < 4000; turn++) {
		struct parts parts = { .file.is_big = turn & 1 };
		(turn & 2 ? make_pcap : make_pcapng)(&parts);
		for (unsigned n = 1 + random_next(&seed) % 3; n; n--) {
			uint32_t value = random_next(&seed);
			size_t at = random_next(&seed) % (parts.file.size - 3);
			if (value & 1)
				parts.file.bytes[at] = (uint8_t)(value >> 8);
			else
				capfile_set_u32(&parts.file, at, value >> (value >> 27));
		}
		struct seen seen = capfile_read(&parts.file, CAPFILE_MAPPED);
		assert_true(seen.count <= parts.file.size / 12);
		assert_true(seen.rc == 0 || seen.error.what[0]);
		seen_free(&seen);
		capfile_free(&parts.file);
	}
}

/* ---- a file that shrinks under the reader ------------------------------------------------------------------------------ */

/* Cut in the middle of a record to come, between two, and in front of what was already read. */
static const struct shrink_row { const char *name; off_t size; } shrink_rows[] = {
	{ "cut in a record to come", 3000000 }, { "cut between records", 24 + 1016 * 1000 }, { "cut to nothing", 0 },
	{ "cut where the reader is", 24 + 1016 * 256 },
};

static void test_shrinking_file(void **state)
{
	const struct shrink_row *row = *state;
	struct capfile file = { 0 };
	const char *path = scratch("shrinks");
	struct rt_source *source;
	struct rt_batch batch = { 0 };
	struct rt_error error = { 0 };
	uint8_t data[1000];
	size_t count = 0, sum = 0;
	int rc;
	capfile_fill(data, sizeof data, 1);
	capfile_pcap(&file, PCAP_MICRO, 65535, 1);
	for (unsigned i = 0; i < 20000; i++)
		capfile_record(&file, i, 0, sizeof data, sizeof data, data, sizeof data);
	capfile_save(&file, path);
	assert_int_equal(0, rt_file_open(&source, path, NULL, &error));
	assert_int_equal(1, source->next(source, &batch, &error));
	count += batch.count;
	source->release(source);
	assert_int_equal(0, truncate(path, row->size));
	while ((rc = source->next(source, &batch, &error)) == 1) {     /* SIGBUS would end the test here */
		for (size_t i = 0; i < batch.count; i++)
			sum += batch.frames[i].data[0] + batch.frames[i].data[999];
		count += batch.count;
		source->release(source);
	}
	assert_int_equal(-EBADMSG, rc);
	assert_non_null(strstr(error.what, path));
	size_t whole = (size_t)row->size / 1016;
	assert_int_equal(whole > 256 ? whole : 256, count);
	assert_int_equal(whole > 256, sum != 0);
	rt_source_close(source);
	capfile_free(&file);
}

static int finish(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

#define ADD_ROWS(rows, function) \
	for (size_t i = 0; i < RT_COUNT(rows); i++) \
		tests[count++] = (struct CMUnitTest){ .name = rows[i].name, .test_func = function, \
		                                      .initial_state = (void *)(uintptr_t)&rows[i] }

int main(void)
{
	static struct CMUnitTest tests[64] = {
		cmocka_unit_test(test_option_past_block), cmocka_unit_test(test_packet_without_interface),
		cmocka_unit_test(test_interface_flood), cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_random_damage),
	};
	size_t count = 5;
	ADD_ROWS(kinds, test_truncation);
	ADD_ROWS(claim_rows, test_claim);
	ADD_ROWS(foreign_rows, test_foreign);
	ADD_ROWS(shrink_rows, test_shrinking_file);
	return _cmocka_run_group_tests("damage", tests, count, NULL, finish);
}
