/* SPDX-License-Identifier: MIT */
/* test_command.c - the real program on a real interface: v1, one end of a veth pair in a network namespace of this
 * test's own, whose other end answers pings. What it prints, when it ends, and what it says when it cannot begin.
 * Needs root. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "capfile.h"
#include "command.h"
#include "live.h"
#include "src/capture/netlink.h"
#include "src/capture/veth.h"

#define NOBODY "setpriv --reuid=65534 --regid=65534 --clear-groups "
#define NOTHING "0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n"

/* ---- the network ------------------------------------------------------------------------------------------------- */

/* A new network namespace, and this process in it: its descriptor. */
static int new_namespace(void)
{
	return unshare(CLONE_NEWNET) < 0 ? -errno : open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
}

/* In the namespace of `name`, where this process stays. */
static int set_end(int there, const char *name, uint8_t last)
{
	const struct rt_address address = { .bytes = { 10, 9, 0, last }, .family = AF_INET, .prefix = 24 };
	int rc = setns(there, CLONE_NEWNET) < 0 ? -errno : 0, fd = netlink_open();
	if (rc == 0)
		(void)veth_quiet(fd, name);     /* refused where there is no IPv6 */
	rc = rc ? rc : veth_address(fd, name, &address);
	rc = rc ? rc : veth_up(fd, name, true);
	close(fd);
	return rc;
}

static int make_network(void)
{
	int there = new_namespace();
	if (there < 0)
		return there;
	int here = new_namespace(), fd = netlink_open();
	const struct veth_end v1 = { .name = "v1", .netns = -1 }, v2 = { .name = "v2", .netns = there };
	int rc = veth_make(fd, &v1, &v2);
	rc = rc ? rc : set_end(there, "v2", 2);
	rc = rc ? rc : set_end(here, "v1", 1);
	close(fd);
	close(here);                    /* but not `there`: with it the namespace and its end would go */
	return rc;
}

static int tear_down(void **state)
{
	(void)state;
	scratch_end();
	return 0;
}

static uint16_t checksum(const uint8_t *bytes, size_t size)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < size; i += 2)
		sum += rt_be16(bytes + i);
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~(sum + (sum >> 16));
}

static void ping(int fd, unsigned sequence)
{
	const struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr = { htonl(0x0a090002) } };
	uint8_t echo[64] = { 8, 0, 0, 0, 0, 7, (uint8_t)(sequence >> 8), (uint8_t)sequence };
	const uint16_t sum = checksum(echo, sizeof echo);
	echo[2] = (uint8_t)(sum >> 8);
	echo[3] = (uint8_t)sum;
	(void)!sendto(fd, echo, sizeof echo, 0, (const struct sockaddr *)&to, sizeof to);
}

/* A child that pings 10.9.0.2 fifty times a second until it is ended. */
static pid_t start_pinging(void)
{
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	if (fd < 0)
		_exit(1);
	for (unsigned sequence = 1; ; sequence++) {
		ping(fd, sequence);
		live_rest(20);
	}
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static unsigned count_lines(const char *text)
{
	unsigned count = 0;
	for (; *text; text++)
		count += *text == '\n';
	return count;
}

/* ---- capturing ------------------------------------------------------------------------------------------------------ */

static void is_ping(const char *line)
{
	static const char request[] = "10.9.0.1 -> 10.9.0.2 TTL: 64, ICMP echo-request id 7 seq ";
	static const char reply[] = "10.9.0.2 -> 10.9.0.1 TTL: 64, ICMP echo-reply id 7 seq ";
	if (strncmp(line, request, sizeof request - 1) != 0 && strncmp(line, reply, sizeof reply - 1) != 0)
		fail_msg("not one of our pings: %s", line);
}

static void test_four_pings(void **state)
{
	unsigned received = 0;
	int end_of_counts = 0;
	(void)state;
	pid_t pinger = start_pinging();
	struct said said = command("v1 -f ip and icmp -c 4 -t");
	end(pinger);
	assert_int_equal(0, said.status);
	assert_int_equal(4, count_lines(said.out));
	for (const char *line = said.out; *line; line = strchr(line, '\n') + 1)
		is_ping(line);
	sscanf(said.err, "4 packets captured\n%u packets received by filter\n0 packets dropped by kernel\n%n", &received,
	       &end_of_counts);
	assert_int_equal(strlen(said.err), end_of_counts);
	assert_true(received >= 4);
	free(said.out);
}

/* A reader that leaves: the closing lines, and no word of it. */
static void test_broken_pipe(void **state)
{
	char line[1024], err[256];
	(void)state;
	pid_t pinger = start_pinging();
	snprintf(line, sizeof line, "{ timeout 10 %s v1 icmp; echo $? >&2; } | head -n 1", command_itself());
	struct answer answer = ask_both((const char *const[]){ "sh", "-c", line, NULL }, NULL, 0, err, sizeof err);
	end(pinger);
	assert_int_equal(1, count_lines(answer.text));
	assert_int_equal(4, count_lines(err));
	assert_string_equal(" packets dropped by kernel\n0\n", strstr(err, " packets dropped"));
	free(answer.text);
}

static void test_write(void **state)
{
	(void)state;
	pid_t pinger = start_pinging();
	struct said said = command("v1 -w - -c 3 -s 60 icmp");
	end(pinger);
	assert_int_equal(0, said.status);
	assert_int_equal(24 + 3 * (16 + 60), said.out_size);
	assert_non_null(strstr(said.err, "3 packets captured\n"));
	struct said read = command_fed(said.out, said.out_size, "-r - -tq");
	assert_int_equal(3, count_lines(read.out));
	free(read.out);
	free(said.out);
}

static void test_count_only(void **state)
{
	(void)state;
	pid_t pinger = start_pinging();
	struct said said = command("v1 --count-only -c 2 icmp");
	end(pinger);
	assert_int_equal(0, said.status);
	assert_string_equal("2 packets\n", said.out);
	free(said.out);
}

/* ---- ending ----------------------------------------------------------------------------------------------------------- */

struct running { pid_t pid; int err; };

static struct running start(const char *line)
{
	struct command_line words;
	struct running running;
	command_split(&words, line);
	running.err = memfd_create("err", MFD_CLOEXEC);
	running.pid = fork();
	assert_true(running.pid >= 0);
	if (running.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(open("/dev/null", O_RDWR), STDOUT_FILENO);
		dup2(running.err, STDERR_FILENO);
		execvp(words.argv[0], (char *const *)(uintptr_t)words.argv);
		_exit(127);
	}
	return running;
}

/* Its socket listens when the kernel has it bound to an interface: 5 seconds at most. */
static void wait_bound(void)
{
	for (int i = 0; i < 500; i++) {
		char text[4096] = "";
		int fd = open("/proc/thread-self/net/packet", O_RDONLY | O_CLOEXEC);
		ssize_t n = read(fd, text, sizeof text - 1);
		close(fd);
		if (n > 0 && count_lines(text) > 1)
			return;
		live_rest(10);
	}
	fail_msg("it does not listen");
}

/* Nothing comes, and a signal ends it at once, with the closing lines. */
static void ends_at_once(const char *line, int signal, const char *err)
{
	char said[1024] = "";
	int status = -1;
	struct running running = start(line);
	wait_bound();
	live_rest(50);
	uint64_t before = live_ms();
	kill(running.pid, signal);
	assert_int_equal(running.pid, waitpid(running.pid, &status, 0));
	uint64_t took = live_ms() - before;
	assert_true(pread(running.err, said, sizeof said - 1, 0) >= 0);
	close(running.err);
	assert_string_equal(err, said);
	assert_true(WIFEXITED(status));
	assert_int_equal(0, WEXITSTATUS(status));
	assert_in_range(took, 0, 199);
}

static void test_interrupt(void **state) { (void)state; ends_at_once("v1 -f tcp port 1", SIGINT, NOTHING); }
static void test_terminate(void **state) { (void)state; ends_at_once("v1 -f tcp port 1", SIGTERM, NOTHING); }
static void test_hang_up(void **state) { (void)state; ends_at_once("v1 -f tcp port 1 -w /dev/null", SIGHUP, NOTHING); }

static void test_count_zero(void **state)
{
	(void)state;
	ends_at_once("v1 -c 0 -f tcp port 1", SIGINT, "ringtap: ignoring packet count 0\n" NOTHING);
}

static void test_long_latency(void **state)
{
	(void)state;
	ends_at_once("v1 --latency 60000 -f tcp port 1", SIGINT, NOTHING);
}

/* ---- what it says when it cannot begin --------------------------------------------------------------------------------- */

struct row { int status; const char *out, *err, *line; };

static const struct row rows[] = {
	{ 1, "", "ringtap: eth9: No such device\n"
	         "interfaces: lo, v1; a filter without an interface: ringtap -f eth9\n", "eth9" },
	{ 1, "", "ringtap: icmp: No such device\n"
	         "interfaces: lo, v1; a filter without an interface: ringtap -f icmp\n", "icmp -c 4" },
	{ 1, "", "ringtap: default route: there is none, so name an interface\ninterfaces: lo, v1\n", "-c 4" },
	{ 1, "", "ringtap: default route: there is none, so name an interface\ninterfaces: lo, v1\n", "-f ip and icmp" },
	{ 1, "", "ringtap: eth9: No such device\n"
	         "interfaces: lo, v1; a filter without an interface: ringtap -f eth9\n", "-d eth9 icmp" },
	{ 1, "", "ringtap: eth9: No such device\n"
	         "interfaces: lo, v1; a filter without an interface: ringtap -f eth9\n", "-L eth9" },
	{ 2, "", "ringtap: filter, column 9: \"and\" is not expected here\n"
	         "  tcp and and\n"
	         "          ^^^\n", "v1 tcp and and" },
	{ 2, "", "ringtap: filter, column 9: \"and\" is not expected here\n"
	         "  tcp and and\n"
	         "          ^^^\n", "v1 -c 4 -f tcp and and" },
	{ 2, "", "ringtap: COUNT must be a positive integer\n", "v1 -f ip and icmp -c -1" },
	{ 2, "", "ringtap: -y RAW: v1 gives EN10MB\n", "v1 -y RAW -c 4" },
	{ 2, "", "ringtap: --format: {IP.foo}: no such field\nringtap --protocols lists the names of layers and fields\n",
	  "v1 --format '{IP.foo}'" },
	{ 1, "", "ringtap: /nonexistent/x.pcap: No such file or directory\n", "v1 -w /nonexistent/x.pcap" },
	{ 0, "EN10MB (Ethernet)\n", "", "-L v1" },
	{ 0, "(000) ret      #262144\n", "", "-d v1" },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	command_says(row->status, row->out, row->err, row->line);
}

/* The same program as nobody, from a place that nobody may enter. */
static const char *nobody(void)
{
	static char command_line[256];
	const char *copy = scratch("ringtap");
	snprintf(command_line, sizeof command_line, NOBODY "%s", copy);
	struct answer answer = ask((const char *const[]){ "cp", command_itself(), copy, NULL }, NULL, 0);
	free(answer.text);
	char folder[64];
	snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(copy, '/') - copy), copy);
	assert_int_equal(0, chmod(folder, 0755));
	assert_int_equal(0, chmod(copy, 0755));
	return command_line;
}

static void test_no_privilege(void **state)
{
	(void)state;
	need_program("setpriv");
	if (getenv("RINGTAP_COMMAND"))
		skip();
	setenv("RINGTAP_COMMAND", nobody(), 1);
	command_says(1, "", "ringtap: v1: packet socket: Operation not permitted\n"
	                    "capturing needs the capability CAP_NET_RAW: use sudo, or once: "
	                    "sudo setcap cap_net_raw+ep $(command -v ringtap)\n", "v1 -c 1");
	command_says(0, "EN10MB (Ethernet)\n", "", "-L v1");
	command_says(0, "(000) ret      #262144\n", "", "-d v1");
	command_says(0, "1\n6 0 0 262144\n", "", "-ddd -y EN10MB");
	struct said said = command("-D");
	assert_int_equal(0, said.status);
	assert_non_null(strstr(said.out, "\nv1 "));
	free(said.out);
	unsetenv("RINGTAP_COMMAND");
}

/* ---- the interface of the default route, last because the route stays ----------------------------------------------------- */

static int add_default_route(void)
{
	const struct rtmsg message = { .rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_STATIC,
	                               .rtm_type = RTN_UNICAST };
	const uint8_t gateway[4] = { 10, 9, 0, 2 };
	struct netlink_request request;
	netlink_begin(&request, RTM_NEWROUTE, NLM_F_CREATE, &message, sizeof message);
	netlink_put(&request, RTA_GATEWAY, gateway, sizeof gateway);
	int fd = netlink_open(), rc = netlink_ask(fd, &request);
	close(fd);
	return rc;
}

static void test_default_route(void **state)
{
	(void)state;
	assert_int_equal(0, add_default_route());
	pid_t pinger = start_pinging();
	struct said said = command("-c 1 -tf icmp");
	end(pinger);
	is_ping(said.out);
	static const char begin[] = "ringtap: capturing on v1, the interface of the default route\n1 packet captured\n";
	assert_int_equal(0, strncmp(said.err, begin, sizeof begin - 1));
	free(said.out);
	said = command("-D");
	assert_non_null(strstr(said.out, " 10.9.0.1/24 "));
	assert_non_null(strstr(said.out, "(default route)\n"));
	free(said.out);
	command_says(0, "EN10MB (Ethernet)\n", "", "-L");
}

/* ---- the demonstration ------------------------------------------------------------------------------------------------------- */

static void test_demo(void **state)
{
	(void)state;
	struct said said = command("--demo -f ip and icmp -c 4 -t");
	assert_int_equal(0, said.status);
	assert_int_equal(4, count_lines(said.out));
	assert_int_equal(0, strncmp(said.out, "192.168.16.34 -> 192.168.16.100 TTL: 64, ICMP echo-request id ", 62));
	assert_int_equal(0, strncmp(said.err, "4 packets captured\n", 19));
	assert_int_equal(3, count_lines(said.err));
	free(said.out);
}

/* It ends by itself, and loses nothing of what was said. */
static void test_whole_demo(void **state)
{
	unsigned captured = 0, received = 0;
	(void)state;
	struct said said = command("--demo --summary");
	assert_int_equal(0, said.status);
	assert_int_equal(2, sscanf(said.err, "%u packets captured\n%u packets received by filter\n0 packets dropped",
	                           &captured, &received));
	assert_int_equal(captured, received);
	assert_int_equal(captured, count_lines(said.out));
	assert_true(captured > 20);
	free(said.out);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_four_pings), cmocka_unit_test(test_broken_pipe), cmocka_unit_test(test_write),
		cmocka_unit_test(test_count_only), cmocka_unit_test(test_interrupt), cmocka_unit_test(test_terminate),
		cmocka_unit_test(test_hang_up), cmocka_unit_test(test_count_zero), cmocka_unit_test(test_long_latency),
		cmocka_unit_test(test_no_privilege), cmocka_unit_test(test_demo), cmocka_unit_test(test_whole_demo),
		cmocka_unit_test(test_default_route),
	};
	static struct CMUnitTest tests[RT_COUNT(rows) + RT_COUNT(others)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].line, .test_func = test_row,
		                                .initial_state = (void *)(uintptr_t)&rows[i] };
	memcpy(tests + RT_COUNT(rows), others, sizeof others);
	int rc = make_network();
	if (rc < 0) {
		printf("skipped: a private network needs root: %s\n", rt_errno_text(-rc));
		return 77;
	}
	return cmocka_run_group_tests_name("command", tests, NULL, tear_down);
}
