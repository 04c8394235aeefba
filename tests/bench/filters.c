// SPDX-License-Identifier: MIT
/* filters.c - how long our programs are next to libpcap's, and how much of them runs: the table of filters on the test
 * packets, link type by link type. Counted, not timed: the numbers are the same everywhere.
 *
 *     BUILD/tests/bench_filters [LINK]          -> a line a link type and a total, then the rows where ours is worst,
 *                                                  but for those where libpcap's jumps back (protochain)
 *
 * Verdicts are not looked at here (test_tcpdump.c does). A row that one of the two refuses is left out, and one whose
 * program libpcap gets wrong, so that it reads what nobody wrote (compare.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "compare.h"
#include "interpreter.h"

#define WORST 20

struct pair { double ours, theirs; };

struct row {
	const char *text;
	unsigned link;
	bool has_loops;                  /* libpcap's: the kernel takes none, so ours never does        */
	struct pair size, steps;         /* instructions; instructions run, mean of a packet           */
};

struct rows { struct row *at; size_t count, room; };

static double ratio(struct pair pair) { return pair.theirs > 0 ? pair.ours / pair.theirs : 1; }

/* False: libpcap's program has no meaning. */
static bool run_all(const struct rt_filter *ours, const struct theirs *theirs, const struct packet_set *set,
                    struct row *row)
{
	size_t count;
	const struct sock_filter *code = rt_filter_program(ours, &count);
	row->size = (struct pair){ (double)count, (double)theirs->count };
	for (size_t i = 0; i < set->count; i++) {
		const struct test_packet *p = &set->packets[i];
		const struct interpreted it = interpret(theirs->code, theirs->count, p->bytes, p->size);
		if (it.is_undefined)
			return false;
		row->steps.ours += (double)interpret(code, count, p->bytes, p->size).steps / (double)set->count;
		row->steps.theirs += (double)it.steps / (double)set->count;
	}
	return true;
}

static void rows_put(struct rows *rows, const struct row *row)
{
	if (rows->count == rows->room) {
		rows->room = rows->room ? rows->room * 2 : 1024;
		rows->at = realloc(rows->at, rows->room * sizeof *rows->at);
		if (!rows->at)
			abort();
	}
	rows->at[rows->count++] = *row;
}

static void measure(unsigned link, struct rows *rows)
{
	struct packet_set set = packets_make_all(link);
	struct both *answers = libpcap_ask(link, false, filters, filter_count);
	for (size_t i = 0; i < filter_count; i++) {
		const struct theirs *theirs = &answers[i].optimised;
		struct row row = { filters[i], link, has_loops(theirs->code, theirs->count), { 0 }, { 0 } };
		struct rt_error error = { 0 };
		struct rt_filter *ours;
		if (!theirs->why && compile_for_file(&ours, filters[i], link, &error) == 0) {
			if (run_all(ours, theirs, &set, &row))
				rows_put(rows, &row);
			rt_filter_free(ours);
		}
	}
	libpcap_free(answers, filter_count);
	packets_free(&set);
}

static size_t without_loops(const struct rows *rows)
{
	size_t kept = 0;
	for (size_t i = 0; i < rows->count; i++)
		if (!rows->at[i].has_loops)
			rows->at[kept++] = rows->at[i];
	return kept;
}

/* ---- what is printed -------------------------------------------------------------------------------------------- */

static void print_sums(const char *name, const struct row *rows, size_t count)
{
	struct pair size = { 0 }, steps = { 0 };
	for (size_t i = 0; i < count; i++) {
		size.ours += rows[i].size.ours;
		size.theirs += rows[i].size.theirs;
		steps.ours += rows[i].steps.ours;
		steps.theirs += rows[i].steps.theirs;
	}
	const double all = count ? (double)count : 1;
	printf("%-20s %7zu %8.0f %8.0f %7.3f %9.2f %9.2f %7.3f\n", name, count, size.ours, size.theirs, ratio(size),
	       steps.ours / all, steps.theirs / all, ratio(steps));
}

static int by_size(const void *a, const void *b)
{
	const double left = ratio(((const struct row *)a)->size), right = ratio(((const struct row *)b)->size);
	return left < right ? 1 : left > right ? -1 : 0;
}

static int by_steps(const void *a, const void *b)
{
	const double left = ratio(((const struct row *)a)->steps), right = ratio(((const struct row *)b)->steps);
	return left < right ? 1 : left > right ? -1 : 0;
}

/* Of a filter only its worst link type. */
static bool is_shown(const struct rows *rows, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (rows->at[i].text == rows->at[at].text)
			return true;
	return false;
}

static void print_worst(const char *title, const struct rows *rows, bool is_size)
{
	printf("\n%s\n%7s %9s %9s  %-20s\n", title, "ratio", "ours", "libpcap", "link type");
	size_t shown = 0;
	for (size_t i = 0; shown < WORST && i < rows->count; i++) {
		const struct row *row = &rows->at[i];
		if (is_shown(rows, i))
			continue;
		shown++;
		const struct pair pair = is_size ? row->size : row->steps;
		printf("%7.3f %9.2f %9.2f  %-20s %s\n", ratio(pair), pair.ours, pair.theirs, rt_link_name(row->link),
		       row->text);
	}
}

int main(int argc, char **argv)
{
	const int only = argc > 1 ? rt_link_parse(argv[1]) : -1;
	struct rows rows = { 0 };
	if (argc > 1 && only < 0) {
		fprintf(stderr, "bench_filters: no link type is called %s\n", argv[1]);
		return 1;
	}
	printf("%-20s %7s %8s %8s %7s %9s %9s %7s\n", "", "filters", "ours", "libpcap", "ratio", "run", "libpcap", "ratio");
	for (size_t i = 0; i < filter_link_count; i++) {
		const size_t before = rows.count;
		if (only >= 0 && filter_links[i] != (unsigned)only)
			continue;
		measure(filter_links[i], &rows);
		print_sums(rt_link_name(filter_links[i]), rows.at + before, rows.count - before);
	}
	print_sums("total", rows.at, rows.count);
	rows.count = without_loops(&rows);
	print_sums("... without loops", rows.at, rows.count);
	qsort(rows.at, rows.count, sizeof *rows.at, by_size);
	print_worst("the longest programs next to libpcap's, instructions", &rows, true);
	qsort(rows.at, rows.count, sizeof *rows.at, by_steps);
	print_worst("the most instructions run next to libpcap's, mean of a packet", &rows, false);
	free(rows.at);
	return 0;
}
