// SPDX-License-Identifier: MIT
/* compare.c - libpcap's programs run in an interpreter that can go back (`protochain` does). The kernel, which agrees
 * with it, sees a part of the packets; so do all four judges of our program.
 *
 * libpcap's optimizer drops loads whose value nobody wants, and with them the end of the program when they lie outside
 * the packet: on packets with broken lengths its programs with and without -O differ. There libpcap has two meanings
 * and ours must be one of them; on whole packets it has one.
 *
 * Some programs of libpcap 1.10.3 have no meaning at all; `undefined` counts the verdicts left out:
 * - gen_byteop() loads no byte for `byte N & M` and `byte N | M`: they test what an earlier test left behind.
 * - gen_geneve_offsets() and gen_pppoes() take new scratch words for where the inner headers begin, and finish_parse()
 *   fills those with the outer ones of 802.11 and of radio headers; the old words are read, never written.
 * - Sums take scratch words that are free while the text is parsed; those of 802.11's and radio headers' lengths are
 *   taken later and filled earlier. A sum in front of the first test that needs them writes over them.
 * - The optimizer takes `type mgt and wlan addr2 MAC and type mgt` to reject all packets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include "bodies.h"
#include "compare.h"
#include "expressions.h"
#include "interpreter.h"

int compile_for_file(struct rt_filter **ours, const char *text, unsigned link, struct rt_error *error)
{
	struct rt_filter_options options = { .link = link, .is_pcap = true, .is_file = true };
	*ours = NULL;
	int rc = rt_names_open(&options.names, error);
	if (rc == 0)
		rc = rt_filter_compile(ours, text, &options, error);
	rt_names_close(options.names);
	return rc;
}

bool is_same_program(const struct theirs *theirs, const struct rt_filter *ours)
{
	size_t count;
	const struct sock_filter *code = rt_filter_program(ours, &count);
	return theirs->count == count && memcmp(theirs->code, code, count * sizeof *code) == 0;
}

/* ---- what is different, and is libpcap's ------------------------------------------------------------------------ */

/* On 802.11 a program begins with finding its headers: where do the tests begin? */
static size_t tests_begin(const struct theirs *theirs)
{
	const struct sock_filter *code = theirs->code;
	for (size_t i = 2; i < theirs->count; i++)       /* no data frame: this length is all */
		if (code[i].code == (BPF_JMP | BPF_JSET) && code[i].k == 8 &&
		    code[i - 1].code == (BPF_LD | BPF_B | BPF_IND) && code[i - 2].code == BPF_ST)
			return i + 1 + code[i].jf;
	for (size_t i = 1; i < theirs->count; i++)       /* only the radio header's length */
		if (code[i].code == (BPF_MISC | BPF_TAX) && code[i - 1].code == BPF_ST)
			return i + 1;
	return 0;
}

/* Do sums write over what is found there? */
static bool is_overwritten(const struct theirs *plain)
{
	const size_t begin = tests_begin(plain);
	uint32_t found = 0, later = 0;
	for (size_t i = 0; i < plain->count; i++)
		if (plain->code[i].code == BPF_ST)
			*(i < begin ? &found : &later) |= 1u << plain->code[i].k;
	return found & later;
}

/* Tests behind `geneve` read words that nothing was put in where it is not Geneve; in the table they are undefined, but
 * where parts of it are put together they may be what a sum left, and on 802.11 what an outer header did. */
static bool is_muddled(const char *text, const struct theirs *plain, unsigned link, bool is_strict)
{
	const bool is_inside = strstr(text, "geneve") || (is_wlan(link) && strstr(text, "pppoes"));
	if (is_inside)
		return !is_strict && (is_wlan(link) || strpbrk(text, "[=<>"));
	return is_wlan(link) && is_overwritten(plain);
}

/* Has libpcap another meaning for this packet: without its optimizer, or with it where something else in the text keeps
 * it out (it would not have made a load whose mask is 0, say)? */
static bool is_torn(const struct both *both, const struct test_packet *p, bool mine, bool is_strict)
{
	const struct theirs *plain = &both->plain;
	const struct interpreted it = interpret(plain->code, plain->count, p->bytes, p->size);
	if (is_strict && p->is_whole)
		return false;
	return mine == (it.verdict != 0) || (!p->is_whole && it.is_outside);
}

/* ---- one expression, one link type ---------------------------------------------------------------------- */

/* Refused by libpcap: we refuse it too, or (its "expression rejects all packets") let nothing pass. */
static unsigned check_refused(const struct rt_filter *ours, const char *text, const struct packet_set *set,
                              const char *why)
{
	for (size_t i = 0; ours && i < set->count; i++) {
		const struct test_packet *p = &set->packets[i];
		if (rt_filter_run(ours, p->bytes, p->size, p->size) == 0)
			continue;
		printf("libpcap:%s\n", why);
		packets_report("libpcap refuses, we match", text, set->link, p);
		return 1;
	}
	return 0;
}

static unsigned check_verdicts(const struct rt_filter *ours, const struct both *both, const char *text,
                               const struct packet_set *set, struct tally *tally)
{
	const struct theirs *theirs = &both->optimised;
	unsigned wrong = 0;
	for (size_t i = 0; i < set->count && wrong < 3; i++) {
		const struct test_packet *p = &set->packets[i];
		const bool mine = rt_filter_run(ours, p->bytes, p->size, p->size) != 0;
		const struct interpreted it = interpret(theirs->code, theirs->count, p->bytes, p->size);
		if (it.is_undefined) {
			tally->undefined++;
			continue;
		}
		if (mine == (it.verdict != 0))
			continue;
		if (is_torn(both, p, mine, tally->is_strict)) {
			tally->torn++;
			continue;
		}
		packets_report(mine ? "libpcap 0, ringtap 1" : "libpcap 1, ringtap 0", text, set->link, p);
		wrong++;
	}
	return wrong;
}

#define KERNEL_STRIDE 41         /* the kernel sees every 41st packet, beginning elsewhere for each row      */

/* Differences, or what the kernel says when it does not take the program. */
static int check_kernel(const struct sock_filter *code, size_t count, const char *whose, const char *text,
                        const struct packet_set *set, size_t from)
{
	struct kernel kernel;
	unsigned wrong = 0;
	assert_int_equal(kernel_open(&kernel), 0);
	const int rc = kernel_attach(&kernel, code, count);
	for (size_t i = from % KERNEL_STRIDE; rc == 0 && i < set->count; i += KERNEL_STRIDE) {
		const struct test_packet *p = &set->packets[i];
		const struct interpreted it = interpret(code, count, p->bytes, p->size);
		if (it.is_undefined || (it.verdict != 0) == (kernel_run(&kernel, p->bytes, p->size) >= 0))
			continue;
		packets_report(whose, text, set->link, p);
		wrong++;
	}
	kernel_close(&kernel);
	return rc < 0 ? rc : (int)wrong;
}

/* Our machine, the interpreter, the kernel and the tree say the same. */
static unsigned check_judges(const struct rt_filter *ours, const char *text, const struct packet_set *set, size_t from)
{
	size_t count;
	const struct sock_filter *code = rt_filter_program(ours, &count);
	unsigned wrong = 0;
	for (size_t i = from % KERNEL_STRIDE; i < set->count; i += KERNEL_STRIDE) {
		const struct test_packet *p = &set->packets[i];
		const struct interpreted it = interpret(code, count, p->bytes, p->size);
		const uint32_t machine = rt_filter_run(ours, p->bytes, p->size, p->size);
		if (judges_allow(ours, it.verdict != 0, machine != 0, p) && (!machine || machine == it.verdict) && !it.is_undefined &&
		    rt_filter_judge(ours, p->bytes, p->size, p->size) == (machine != 0))
			continue;
		packets_report("machine, interpreter and tree differ", text, set->link, p);
		wrong++;
	}
	const int rc = check_kernel(code, count, "our program, kernel", text, set, from);
	if (rc < 0)
		printf("the kernel refuses (%d) | %s | %s\n", -rc, text, rt_link_name(set->link));
	return rc ? wrong + 1 : wrong;
}

/* The kernel takes no loops, and none that may read a word nothing was put in. */
static unsigned check_theirs(const struct theirs *theirs, const char *text, const struct packet_set *set, size_t from)
{
	if (has_loops(theirs->code, theirs->count))
		return 0;
	return check_kernel(theirs->code, theirs->count, "libpcap's program, kernel", text, set, from) > 0;
}

static unsigned check_programs(const struct rt_filter *ours, const struct both *both, const char *text,
                               size_t number, const struct packet_set *set, struct tally *tally)
{
	size_t count;
	unsigned wrong = check_judges(ours, text, set, number) + check_theirs(&both->optimised, text, set, number);
	rt_filter_program(ours, &count);
	tally->judged++;
	if (!has_loops(both->optimised.code, both->optimised.count)) {
		tally->ours += count;
		tally->theirs += both->optimised.count;
	}
	tally->same += is_same_program(&both->optimised, ours);
	if (is_muddled(text, &both->plain, set->link, tally->is_strict))
		tally->muddled++;
	else
		wrong += check_verdicts(ours, both, text, set, tally);
	return wrong;
}

bool compare(const char *text, size_t number, const struct both *both, const struct packet_set *set,
             struct tally *tally)
{
	const struct both unoptimised = { both->plain, both->plain };
	if (!tally->is_strict && both->optimised.why && !both->plain.why)
		both = &unoptimised;
	struct rt_error error = { 0 };
	struct rt_filter *ours;
	const int rc = compile_for_file(&ours, text, set->link, &error);
	unsigned wrong = 0;
	if (both->optimised.why) {
		tally->refused++;
		wrong = check_refused(ours, text, set, both->optimised.why);
	} else if (rc < 0) {
		printf("we refuse | %s | %s | %s\n", text, rt_link_name(set->link), error.what);
		wrong = 1;
	} else {
		wrong = check_programs(ours, both, text, number, set, tally);
	}
	rt_filter_free(ours);
	return wrong == 0;
}

static void print_tally(const struct tally *tally, const struct packet_set *set)
{
	printf("%s: %u expressions on %zu packets, %u refused by libpcap; %lu instructions, libpcap %lu (%lu %%), "
	       "%u programs the same; %u muddled, %u verdicts where libpcap's optimizer changes the meaning, "
	       "%u undefined\n",
	       rt_link_name(set->link), tally->judged, set->count, tally->refused, tally->ours, tally->theirs,
	       tally->theirs ? tally->ours * 100 / tally->theirs : 0, tally->same, tally->muddled, tally->torn,
	       tally->undefined);
}

void compare_all(const char *const texts[], size_t count, bool is_swapped, bool is_strict, const struct packet_set *set)
{
	struct both *answers = libpcap_ask(set->link, is_swapped, texts, count);
	struct tally tally = { .is_strict = is_strict };
	unsigned wrong = 0;
	for (size_t i = 0; i < count; i++)
		wrong += !compare(texts[i], i, &answers[i], set, &tally);
	print_tally(&tally, set);
	libpcap_free(answers, count);
	assert_int_equal(wrong, 0);
	assert_true(tally.judged >= count / 4);
	if (is_strict)
		assert_true(tally.ours <= tally.theirs);
}

/* ---- packets ---------------------------------------------------------------------------------------------------- */

/* The family of a loopback packet is in the byte order of the host that wrote the file, and libpcap goes by the file's
 * order; ringtap by the packet's. So each half of the packets is compared on its own. */
static void keep_order(struct packet_set *set, bool is_big)
{
	size_t kept = 0;
	for (size_t i = 0; i < set->count; i++)
		if (set->packets[i].size < 4 || (set->packets[i].bytes[0] == 0) == is_big)
			set->packets[kept++] = set->packets[i];
	set->count = kept;
}

struct packet_set compare_packets(unsigned link, bool is_swapped, struct dice *dice)
{
	struct packet_set set = packets_make_all(link);
	packets_damage(&set, set.count, 1, false, dice);
	if (link == RT_LINK_NULL)
		keep_order(&set, is_swapped == (htonl(1) != 1));
	return set;
}
