/* SPDX-License-Identifier: MIT */
/* test_pcap_filter.c - --pcap-filter, live: tcpdump and ringtap watch the same interface at the same time with the same
 * expression, and take the same frames, whether the kernel has moved the outer VLAN tag aside or not. Needs tcpdump;
 * without it the test says so. */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"
#include "capfile.h"
#include "live.h"
#include "rows.h"
#include "shots.h"

/* With a '!' in front, tcpdump runs with -O: its optimizer then takes the test for a tag aside behind one that comes in
 * front of it, and shifts by 4 also where the tag is aside. (Not here: `vlan and pppoes`. libpcap 1.10.3 makes a program
 * of it that reads a word it has not written, which the kernel refuses.) */
static const char *const rows[] = {
	"vlan", "vlan 5", "vlan 0", "not vlan", "vlan and ip", "vlan and not ip", "vlan 5 and tcp port 80",
	"vlan and vlan", "vlan 100 and vlan 5", "vlan and vlan and tcp", "tcp or vlan and tcp", "vlan or ip",
	"(vlan 5 and tcp) or (vlan 6 and udp)", "icmp or vlan 5 and icmp", "vlan and host 10.0.0.1",
	"vlan and ip6 and udp port 53", "vlan and tcp[13] = 2", "vlan and ip[8] > 64", "vlan and len > 70",
	"ether[12:2] = 0x8100", "vlan and ether[14:2] & 0xfff = 5", "ether proto 0x8100", "less 64", "port 80",
	/* where `vlan` was not asked, nothing is shifted */
	"ip and vlan or arp", "not (vlan and tcp)", "vlan 5 or vlan 6", "udp and (vlan or ip)", "vlan and mpls",
	"!arp or vlan and vlan and arp", "!ether proto 0x88b5 or (vlan and ip)", "host 10.0.0.1 and vlan or net 192.168.0.0/16",
};

/* ---- tcpdump -------------------------------------------------------------------------------------------------------- */

struct tcpdump { pid_t pid; int out, err; };

/* As root, who may write to where we want it; frame by frame. */
static struct tcpdump start(const char *iface, const char *text)
{
	struct tcpdump t = { .out = memfd_create("out", MFD_CLOEXEC), .err = memfd_create("err", MFD_CLOEXEC) };
	assert_true(t.out >= 0 && t.err >= 0);
	assert_int_equal(0, fcntl(t.err, F_SETFL, O_APPEND));    /* it may be emptied in between */
	t.pid = fork();
	assert_true(t.pid >= 0);
	if (t.pid > 0)
		return t;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(t.out, STDOUT_FILENO);
	dup2(t.err, STDERR_FILENO);
	const bool is_plain = *text == '!';
	execlp("tcpdump", "tcpdump", is_plain ? "-On" : "-n", "-i", iface, "-Z", "root", "-s", "600", "-B", "8192",
	       "--immediate-mode", "-U", "-w", "-", "--", text + is_plain, (char *)NULL);
	_exit(127);
}

/* It says so once its filter is attached: 10 seconds at most. (Frames that come before are lost to it.) */
static void wait_listening(const struct tcpdump *t)
{
	char said[4096] = "";
	for (int i = 0; i < 1000; i++) {
		if (pread(t->err, said, sizeof said - 1, 0) > 0 && strstr(said, "listening on"))
			return;
		live_rest(10);
	}
	fail_msg("tcpdump does not listen: %s", said);
}

/* SIGUSR1 makes it say how many frames it took, and how many the kernel gave it: "5 packets captured, 7 packets ...". */
static bool has_all(const struct tcpdump *t)
{
	char said[4096] = "";
	unsigned captured = 0, received = 1, dropped = 1;
	const ssize_t size = pread(t->err, said, sizeof said - 1, 0);
	const char *line = size > 0 ? strrchr(said, ':') : NULL;
	return line && sscanf(line, ": %u %*s captured, %u %*s received by filter, %u", &captured, &received, &dropped) == 3 &&
	       captured == received && dropped == 0;
}

/* Waits until it has all, 10 seconds at most, and ends it. What it wrote is read by way of a file. */
static struct seen finish(const struct tcpdump *t, bool *is_whole)
{
	char path[64];
	*is_whole = false;
	for (int i = 0; i < 1000 && !*is_whole; i++) {
		assert_int_equal(0, ftruncate(t->err, 0));
		kill(t->pid, SIGUSR1);
		live_rest(10);
		*is_whole = has_all(t);
	}
	kill(t->pid, SIGKILL);
	waitpid(t->pid, NULL, 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", t->out);
	struct seen seen = seen_path(path);
	close(t->out);
	close(t->err);
	return seen;
}

/* ---- both ------------------------------------------------------------------------------------------------------------- */

struct pair { struct live live; struct tcpdump tcpdump; };

static unsigned compare(const char *text, const struct shot_end *end, const struct shots *shots, const struct live_seen *ours,
                        const struct seen *theirs)
{
	size_t one = 0, other = 0;
	unsigned wrong = 0;
	for (uint32_t i = 0; i < shots->count && wrong < 3; i++) {
		const struct live_copy *a = one < ours->count ? &ours->frames[one] : NULL;
		const struct seen_frame *b = other < theirs->count ? &theirs->frames[other] : NULL;
		const bool is_ours = a && shot_number(a->data, a->caplen) == i, is_theirs = b && shot_number(b->data, b->caplen) == i;
		if (is_ours != is_theirs) {
			printf("tcpdump %d, ringtap %d | %s | %s | %s\n", is_theirs, is_ours, text, end->name, shots->at[i].name);
			wrong++;
		} else if (is_ours && (a->len != b->len || a->caplen != b->caplen || memcmp(a->data, b->data, a->caplen) != 0)) {
			printf("not the same bytes | %s | %s | %s\n", text, end->name, shots->at[i].name);
			wrong++;
		}
		one += is_ours;
		other += is_theirs;
	}
	return wrong;
}

static unsigned check(const char *text, const struct shot_end *end, const struct shots *shots, struct pair *pair)
{
	struct live_seen ours = { 0 };
	live_read(&pair->live, &ours, 0, 0);
	live_close(&pair->live);
	bool is_whole;
	struct seen theirs = finish(&pair->tcpdump, &is_whole);
	const unsigned wrong = compare(text, end, shots, &ours, &theirs) + !is_whole;
	if (!is_whole)
		printf("tcpdump does not have all | %s | %s\n", text, end->name);
	seen_free(&theirs);
	live_forget(&ours);
	return wrong;
}

static void test_end(void **state)
{
	const struct shot_end *end = *state;
	struct pair pairs[RT_COUNT(rows)];
	unsigned wrong = 0;
	need_program("tcpdump");
	struct dice dice = dice_new(1);
	struct shots shots = shots_make(&dice);
	int witness = shots_witness(end);
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		pairs[i].tcpdump = start(end->iface, rows[i]);
		live_open_pcap(&pairs[i].live, (struct rt_capture_options){ .iface = end->iface },
		               rows[i] + (*rows[i] == '!'), LIVE_RECV);
	}
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		wait_listening(&pairs[i].tcpdump);
	shots_fire(&shots, end, witness);
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		wrong += check(rows[i], end, &shots, &pairs[i]);
	shots_free(&shots);
	assert_int_equal(0, wrong);
}

int main(void)
{
	if (!live_begin())
		return 77;
	const size_t ends = shots_network();
	for (size_t i = 0; i < ends; i++)
		rows_add("as tcpdump", shot_ends[i].name, test_end, &shot_ends[i]);
	const int rc = rows_run("pcap filter");
	scratch_end();
	return rc;
}
