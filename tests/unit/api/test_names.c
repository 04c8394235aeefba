/* SPDX-License-Identifier: MIT */
/* test_names.c - what names.c and databases.c read from the databases of a folder, and that it knows on this machine what tcpdump
 * knows: every service, protocol and network becomes the same program. */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"
#include "src/api/databases.h"
#include "src/api/names.h"

/* ---- databases written here ------------------------------------------------------------------------------------- */

static char folder[] = "/tmp/ringtap-names-XXXXXX";

static void put_file(const char *name, const char *text)
{
	char path[64];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	put_file("services", "# comment\n"
	                     "http\t\t80/tcp\t\twww www-http # World Wide Web\r\n"
	                     "domain 53/tcp\ndomain 53/udp\n"
	                     "   indented 7000/udp  other\n"
	                     "bad 99999/tcp\nworse x/tcp\nslashless 12\nnothing\n/\n"
	                     "twice 1/tcp\ntwice 2/tcp\n"
	                     "m3ua 2905/sctp\n"
	                     "hidden#name 9/tcp\n"
	                     "last 65535/tcp");
	put_file("protocols", "ip 0 IP\nmagic\t99\tMAGIC Wizard # 99\nbig 70000\nneg -1\nlast 255");
	put_file("networks", "default 0.0.0.0\nloopback 127.0.0.0 lo-net\nshort 10\nthree 192.168.1\n"
	                     "five 1.2.3.4.5\nword x\nbig 256.1\nempty\nend 172.16.0.0");
	put_file("ethers", "02:00:00:00:00:02 router\n2:0:0:0:a:FF\tShort.Example # comment\n"
	                   "02:00:00:00:00 five\n02:00:00:00:00:02:03 seven\n02-00-00-00-00-02 dashes\n"
	                   "002:00:00:00:00:02 long\n02:00:00:00:00:09 last");
	return 0;
}

static int remove_folder(void **state)
{
	static const char *const files[] = { "services", "protocols", "networks", "ethers", "hosts" };
	char path[64];
	(void)state;
	for (size_t i = 0; i < RT_COUNT(files); i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	return rmdir(folder);
}

static const struct rt_filter_names *open_folder(const char *path)
{
	const struct rt_filter_names *names;
	struct rt_error error;
	assert_int_equal(names_open(&names, path, &error), 0);
	return names;
}

static void test_services(void **state)
{
	static const struct { const char *name; unsigned protocol; int port; } rows[] = {
		{ "http", 6, 80 }, { "http", 17, -1 }, { "www", 6, 80 }, { "www-http", 6, 80 }, { "HTTP", 6, -1 },
		{ "World", 6, -1 }, { "domain", 6, 53 }, { "domain", 17, 53 }, { "indented", 17, 7000 },
		{ "other", 17, 7000 }, { "bad", 6, -1 }, { "worse", 6, -1 }, { "slashless", 6, -1 },
		{ "nothing", 6, -1 }, { "/", 6, -1 }, { "twice", 6, 1 }, { "m3ua", 132, 2905 }, { "m3ua", 6, -1 },
		{ "hidden", 6, -1 }, { "last", 6, 65535 }, { "", 6, -1 }, { "80/tcp", 6, -1 },
	};
	const struct rt_filter_names *names = open_folder(folder);
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		assert_int_equal(rows[i].port, names->service(names->context, rows[i].name, rows[i].protocol));
	rt_names_close(names);
}

static void test_protocols(void **state)
{
	static const struct { const char *name; int number; } rows[] = {
		{ "ip", 0 }, { "IP", 0 }, { "magic", 99 }, { "MAGIC", 99 }, { "Wizard", 99 }, { "wizard", -1 },
		{ "99", -1 }, { "big", -1 }, { "neg", -1 }, { "last", 255 }, { "tcp", -1 },
	};
	const struct rt_filter_names *names = open_folder(folder);
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		assert_int_equal(rows[i].number, names->protocol(names->context, rows[i].name));
	rt_names_close(names);
}

static void test_networks(void **state)
{
	static const struct { const char *name; bool is_there; uint32_t number; } rows[] = {
		{ "default", true, 0 }, { "loopback", true, 0x7f000000 }, { "LO-Net", true, 0x7f000000 },
		{ "short", true, 0x0a000000 }, { "three", true, 0xc0a80100 }, { "five", false, 0 }, { "word", false, 0 },
		{ "big", false, 0 }, { "empty", false, 0 }, { "end", true, 0xac100000 }, { "nowhere", false, 0 },
	};
	const struct rt_filter_names *names = open_folder(folder);
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		uint32_t number = 0;
		assert_int_equal(rows[i].is_there, names->net(names->context, rows[i].name, &number));
		if (rows[i].is_there)
			assert_int_equal(rows[i].number, number);
	}
	rt_names_close(names);
}

static void test_ethers(void **state)
{
	static const struct { const char *name; bool is_there; uint8_t mac[6]; } rows[] = {
		{ "router", true, { 2, 0, 0, 0, 0, 2 } }, { "ROUTER", true, { 2, 0, 0, 0, 0, 2 } },
		{ "short.example", true, { 2, 0, 0, 0, 10, 255 } }, { "five", false, { 0 } }, { "seven", false, { 0 } },
		{ "dashes", false, { 0 } }, { "long", false, { 0 } }, { "last", true, { 2, 0, 0, 0, 0, 9 } },
		{ "nobody", false, { 0 } },
	};
	const struct rt_filter_names *names = open_folder(folder);
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		uint8_t mac[6];
		assert_int_equal(rows[i].is_there, names->ether(names->context, rows[i].name, mac));
		if (rows[i].is_there)
			assert_memory_equal(rows[i].mac, mac, 6);
	}
	rt_names_close(names);
}

/* No files at all, and a path that is no folder: nothing is known, and nothing is wrong. */
static void test_nothing(void **state)
{
	static const char *const paths[] = { "/nonexistent", "/dev/null" };
	(void)state;
	for (size_t i = 0; i < RT_COUNT(paths); i++) {
		const struct rt_filter_names *names = open_folder(paths[i]);
		uint32_t number;
		uint8_t mac[6];
		assert_int_equal(names->service(names->context, "http", 6), -1);
		assert_int_equal(names->protocol(names->context, "tcp"), -1);
		assert_false(names->net(names->context, "loopback", &number));
		assert_false(names->ether(names->context, "router", mac));
		rt_names_close(names);
	}
	rt_names_close(NULL);
}

/* A build without a resolver looks here. */
static void test_hosts(void **state)
{
	struct databases databases = { .folder = folder };
	struct rt_address found[2];
	uint8_t one[16] = { [15] = 1 };
	(void)state;
	put_file("hosts", "# comment\n127.0.0.1\tlocalhost\n::1 localhost ip6-localhost # six\n"
	                  "10.0.0.300 wrong\n10.0.0.1 www.example WWW\n10.0.0.2 many\n10.0.0.3 many\nnothing\n"
	                  "2001:db8::1 last");
	assert_int_equal(databases_host(&databases, "localhost", found, 2), 2);
	assert_true(found[0].family == AF_INET && rt_be32(found[0].bytes) == 0x7f000001);
	assert_int_equal(found[1].family, AF_INET6);
	assert_memory_equal(found[1].bytes, one, 16);
	assert_int_equal(databases_host(&databases, "www", found, 2), 1);
	assert_int_equal(rt_be32(found[0].bytes), 0x0a000001);
	assert_int_equal(databases_host(&databases, "LAST", found, 2), 1);
	assert_int_equal(databases_host(&databases, "many", found, 1), 2);       /* there are more than there is room */
	assert_int_equal(rt_be32(found[0].bytes), 0x0a000002);
	assert_int_equal(databases_host(&databases, "wrong", found, 2), 0);
	assert_int_equal(databases_host(&databases, "six", found, 2), 0);
	databases_close(&databases);
}

/* ---- files of items ------------------------------------------------------------------------------------------------ */

static void put_bytes(const char *path, const void *bytes, size_t size, long hole)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(ftruncate(fileno(file), (long)size + hole), 0);
	assert_int_equal(fclose(file), 0);
}

/* The text, or NULL and the error; borrowed from `names`. */
static const char *lent(const struct rt_filter_names *names, const char *path, size_t *size, struct rt_error *error)
{
	const char *text = NULL;
	const int rc = names->file(names->context, path, &text, size, error);
	assert_int_equal(rc, text ? 0 : -error->code);
	return text;
}

static void test_file(void **state)
{
	const struct rt_filter_names *names = open_folder(folder);
	char path[64], what[128];
	struct rt_error error;
	size_t size;
	(void)state;
	snprintf(path, sizeof path, "%s/list", folder);
	put_bytes(path, "10.0.0.1\n10.0.0.2", 17, 0);
	const char *text = lent(names, path, &size, &error);
	assert_non_null(text);
	assert_int_equal(size, 17);
	assert_string_equal(text, "10.0.0.1\n10.0.0.2");
	put_bytes(path, "10.9.9.9", 8, 0);
	assert_ptr_equal(lent(names, path, &size, &error), text);        /* what was read once is kept ...    */
	assert_int_equal(unlink(path), 0);
	assert_ptr_equal(lent(names, path, &size, &error), text);        /* ... and is there when it is gone  */
	rt_names_close(names);
	names = open_folder(folder);
	assert_null(lent(names, path, &size, &error));
	snprintf(what, sizeof what, "%s: No such file or directory", path);
	assert_string_equal(error.what, what);
	text = lent(names, "/proc/self/status", &size, &error);          /* its size is said to be 0          */
	assert_true(text && size > 100 && strlen(text) == size);
	rt_names_close(names);
}

static void test_no_file(void **state)
{
	static const struct { const char *bytes; size_t size; long hole; const char *why; } rows[] = {
		{ "", 0, 0, NULL }, { "10.0.0.1\n\0", 10, 0, "it is no text" }, { "#", 1, 16777216, "it is larger than 16 MiB" },
		{ "#", 1, 16777215, "it is no text" },                   /* a hole is zeros */
	};
	char path[64], what[128];
	struct rt_error error;
	size_t size;
	(void)state;
	snprintf(path, sizeof path, "%s/list", folder);
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		const struct rt_filter_names *names = open_folder(folder);
		put_bytes(path, rows[i].bytes, rows[i].size, rows[i].hole);
		const char *text = lent(names, path, &size, &error);
		assert_int_equal(text != NULL, rows[i].why == NULL);
		snprintf(what, sizeof what, "%s: %s", path, rows[i].why ? rows[i].why : "");
		if (rows[i].why)
			assert_string_equal(error.what, what);
		rt_names_close(names);
	}
	assert_int_equal(unlink(path), 0);
}

/* Nothing that one could wait for. */
static void test_odd_files(void **state)
{
	static const struct { const char *path, *what; } rows[] = {
		{ "/dev", "/dev: it is a directory" }, { "/dev/zero", "/dev/zero: it is no regular file" },
		{ "/dev/null/x", "/dev/null/x: Not a directory" }, { "/nonexistent\xff", "/nonexistent\\xff: No such file or directory" },
	};
	const struct rt_filter_names *names = open_folder(folder);
	char path[64], what[128];
	struct rt_error error;
	size_t size;
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		assert_null(lent(names, rows[i].path, &size, &error));
		assert_string_equal(error.what, rows[i].what);
	}
	snprintf(path, sizeof path, "%s/fifo", folder);
	snprintf(what, sizeof what, "%s: it is no regular file", path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_null(lent(names, path, &size, &error));
	assert_string_equal(error.what, what);
	assert_int_equal(unlink(path), 0);
	rt_names_close(names);
}

/* ---- this machine ------------------------------------------------------------------------------------------------ */

static bool has_address(const struct rt_address *addresses, int count, uint32_t ip)
{
	for (int i = 0; i < count; i++)
		if (addresses[i].family == AF_INET && rt_be32(addresses[i].bytes) == ip)
			return true;
	return false;
}

static void test_localhost(void **state)
{
	const struct rt_filter_names *names;
	struct rt_address addresses[8], again[8];
	struct rt_error error = { 0 };
	(void)state;
	assert_int_equal(rt_names_open(&names, &error), 0);
	const int count = names->host(names->context, "localhost", addresses, 8, &error);
	assert_true(count > 0);
	assert_true(has_address(addresses, count, 0x7f000001));
	assert_int_equal(names->host(names->context, "localhost", again, 8, &error), count);
	assert_memory_equal(addresses, again, (size_t)count * sizeof *again);
	rt_names_close(names);
}

/* Our -d for Ethernet, or NULL when the text is refused. */
static char *ours(const char *text, const struct rt_filter_names *names)
{
	const struct rt_filter_options options = { .link = RT_LINK_ETHER, .is_pcap = true, .names = names };
	static char memory[1 << 16];
	struct rt_filter *filter;
	struct rt_error error;
	struct rt_text out;
	if (rt_filter_compile(&filter, text, &options, &error) < 0)
		return NULL;
	rt_text_init(&out, memory, sizeof memory - 1, -1);
	rt_filter_list(filter, 1, &out);
	*out.at = '\0';
	rt_filter_free(filter);
	return memory;
}

struct tally { unsigned same, refused, wrong; };

/* mptcp is 262, which no byte is: we see that nothing matches, libpcap asks each packet. */
static bool is_same(const char *mine, const char *theirs)
{
	return strcmp(mine, theirs) == 0 || (strcmp(mine, "(000) ret      #0\n") == 0 && strstr(theirs, "#0x106 "));
}

static void compare(const char *before, const char *name, size_t length, const struct rt_filter_names *names,
                    struct tally *tally)
{
	char text[300];
	snprintf(text, sizeof text, "%s%.*s", before, (int)length, name);
	const char *argv[] = { "tcpdump", "-y", "EN10MB", "-d", "--", text, NULL };
	struct answer theirs = ask(argv, NULL, 0);
	const char *mine = ours(text, names);
	if (theirs.status != 0 && !mine) {
		tally->refused++;
	} else if (theirs.status != 0 || !mine || !is_same(mine, theirs.text)) {
		print_error("%s\n%s--- tcpdump:\n%s", text, mine ? mine : "refused\n", theirs.text);
		tally->wrong++;
	} else {
		tally->same++;
	}
	free(theirs.text);
}

/* All names of a line but its second field, which is the value. */
static void compare_line(const char *line, const char *before, const struct rt_filter_names *names,
                         struct tally *tally)
{
	for (unsigned field = 0; ; field++) {
		line += strspn(line, " \t");
		const size_t length = strcspn(line, " \t\n#");
		if (!length)
			return;
		if (field != 1)
			compare(before, line, length, names, tally);
		line += length;
	}
}

static const struct source { const char *path, *before; } databases[] = {
	{ "/etc/services", "port \\" }, { "/etc/services", "tcp src port \\" }, { "/etc/services", "udp dst port \\" },
	{ "/etc/protocols", "ip proto \\" }, { "/etc/protocols", "ip6 proto \\" }, { "/etc/networks", "ip net \\" },
};

static void test_machine(void **state)
{
	const struct source *database = *state;
	const struct rt_filter_names *names;
	struct rt_error error;
	struct tally tally = { 0 };
	char line[1024];
	need_program("tcpdump");
	FILE *file = fopen(database->path, "r");
	if (!file) {
		print_message("no %s\n", database->path);
		skip();
	}
	assert_int_equal(rt_names_open(&names, &error), 0);
	while (fgets(line, sizeof line, file))
		compare_line(line, database->before, names, &tally);
	fclose(file);
	rt_names_close(names);
	print_message("%sNAME for %s: %u the same, %u refused by both\n", database->before, database->path, tally.same,
	              tally.refused);
	assert_int_equal(tally.wrong, 0);
	assert_true(tally.same > 0);
}

int main(void)
{
	struct CMUnitTest tests[10 + RT_COUNT(databases)] = {
		cmocka_unit_test(test_services), cmocka_unit_test(test_protocols), cmocka_unit_test(test_networks),
		cmocka_unit_test(test_ethers), cmocka_unit_test(test_nothing), cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_file), cmocka_unit_test(test_no_file), cmocka_unit_test(test_odd_files),
		cmocka_unit_test(test_localhost),
	};
	for (size_t i = 0; i < RT_COUNT(databases); i++)
		tests[10 + i] = (struct CMUnitTest){ databases[i].before, test_machine, NULL, NULL,
		                                    (void *)(uintptr_t)&databases[i] };
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
